//! The browsers that tests drive: Chromium, or by the environment variable `OTS_BROWSER` Firefox or `WebKitGTK`. The tests of
//! `tests/browser/engine_journeys.rs` and the journeys of messages run in all of them.

use crate::ports::free_port;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// The engine that `OTS_BROWSER` names, by default Chromium.
    pub fn chosen() -> Self {
        match std::env::var("OTS_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("OTS_BROWSER={other}: write chromium, firefox or webkit"),
        }
    }

    /// Starts the engine's driver, in a process group of its own. `WebKit` saves files in `downloads` without asking.
    pub fn start_driver(self, folder: &Path, downloads: &Path) -> (Child, u16) {
        fs::create_dir_all(downloads).unwrap();
        let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
        fs::write(folder.join("user-dirs.dirs"), line).unwrap();
        // A driver exits when its chosen port is taken on one of the addresses it listens on.
        for _ in 0..10 {
            let free = free_port();
            let (program, package, arguments) = match self {
                Self::Chromium => ("chromedriver", "chromium-driver", vec!["--port=0".to_owned()]),
                Self::Firefox => ("geckodriver", "it with `cargo install geckodriver`", vec!["--port=0".to_owned()]),
                Self::WebKit => ("WebKitWebDriver", "webkit2gtk-driver", vec!["-p".to_owned(), free.to_string()]),
            };
            let mut driver = Command::new(program)
                .args(arguments)
                .env("TMPDIR", folder)
                .envs((self == Self::WebKit).then_some(("XDG_CONFIG_HOME", folder)))
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .process_group(0)
                .spawn()
                .unwrap_or_else(|error| panic!("{program} cannot be started ({error}): install {package}"));
            let port = if self == Self::WebKit { listens(free) } else { port_of(&mut driver) };
            match port {
                Some(port) => return (driver, port),
                None => drop(driver.wait()),
            }
        }
        panic!("the driver of {self:?} found no free port");
    }

    /// Capabilities of Firefox or `WebKit`. `downloads` is where they save files without asking.
    pub fn capabilities(self, scripts: bool, storage: bool, downloads: &Path) -> Capabilities {
        let timeouts = json!({ "script": 300_000, "pageLoad": 60_000, "implicit": 0 });
        let capabilities = if self == Self::Firefox {
            let prefs = json!({
                "javascript.enabled": scripts,
                // 2 blocks all cookies and storage.
                "network.cookie.cookieBehavior": if storage { 0 } else { 2 },
                "browser.download.folderList": 2,
                "browser.download.dir": downloads,
                "browser.download.always_ask_before_handling_new_types": false,
                "intl.accept_languages": "en-GB",
            });
            let options = json!({ "binary": "/usr/bin/firefox-esr", "args": ["-headless"], "prefs": prefs });
            json!({ "acceptInsecureCerts": true, "moz:firefoxOptions": options, "timeouts": timeouts })
        } else {
            assert!(scripts && storage, "WebKit's driver cannot do without scripts or storage");
            let browser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
            let options = json!({ "binary": browser, "args": ["--automation"] });
            json!({ "webkitgtk:browserOptions": options, "timeouts": timeouts })
        };
        serde_json::from_value(capabilities).unwrap()
    }

    /// The id of the browser process in the capabilities of a session.
    pub fn process(session: Option<&Capabilities>) -> Option<u64> {
        ["goog:processID", "moz:processID"].iter().find_map(|name| session?.get(*name).and_then(Value::as_u64))
    }
}

/// Waits until a driver listens on this port.
fn listens(port: u16) -> Option<u16> {
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(port)
}

/// Returns the port that a driver prints, or `None` when it exited first.
fn port_of(driver: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let after = ["started successfully on port ", "Listening on 127.0.0.1:"];
        let rest = after.iter().find_map(|before| line.split(before).nth(1))?;
        rest.trim_end_matches('.').parse().ok()
    });
    // Drain the output, so that the driver never blocks on a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    port
}
