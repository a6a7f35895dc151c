//! Drives a browser with real pointer and keyboard input, by default Chromium through chromedriver. Every window has its own
//! profile, and Chromium's console is read when it closes: an unexpected error or CSP violation fails the test.

#[path = "lost_tab.rs"]
mod lost_tab;

use crate::client::Client as Http;
use crate::engines::Engine;
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long to wait for a condition in a page before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Polling interval for conditions.
const GLANCE: Duration = Duration::from_millis(25);

/// Console lines that tests provoke by design and that never count as errors: responses with a 4xx status, and an icon
/// request aborted by navigation.
const ALWAYS_SAID: &[&str] =
    &["the server responded with a status of 4", "about:blank - Error while trying to use the following icon"];

/// Number of windows whose console was checked; reported as a figure.
static CONSOLES: AtomicUsize = AtomicUsize::new(0);

/// Returns the capabilities of a session with Chromium that has these options.
fn chromium(options: Value) -> Capabilities {
    let capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": options,
        "timeouts": { "script": 300_000, "pageLoad": 60_000, "implicit": 0 },
    });
    serde_json::from_value(capabilities).unwrap()
}

/// Options for starting a window.
#[derive(Default)]
pub struct Options {
    arguments: Vec<String>,
    expected: Vec<&'static str>,
    without_scripts: bool,
    without_storage: bool,
}

impl Options {
    /// Disables JavaScript through the browser's content settings.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.without_scripts = true;
        self
    }

    /// Blocks cookies and site storage through the browser's content settings.
    #[must_use]
    pub fn without_storage(mut self) -> Self {
        self.without_storage = true;
        self
    }

    /// Adds a command-line switch.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Adds a substring of a console line that this test provokes.
    #[must_use]
    pub fn expect(mut self, piece: &'static str) -> Self {
        self.expected.push(piece);
        self
    }

    fn capabilities(&self, profile: &TempDir) -> Capabilities {
        let mut arguments: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            "--lang=en-GB",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        arguments.extend(self.arguments.iter().cloned());
        // 2 means "block" in Chromium's content settings.
        let scripts = if self.without_scripts { 2 } else { 1 };
        let storage = if self.without_storage { 2 } else { 1 };
        chromium(json!({
            "args": arguments,
            "prefs": {
                "profile.managed_default_content_settings.javascript": scripts,
                "profile.managed_default_content_settings.cookies": storage,
            },
        }))
    }

    /// Starts a window, a second time if the first fails: nothing is tested yet.
    pub async fn start(self) -> Browser {
        let engine = Engine::chosen();
        for attempt in 1.. {
            let profile = TempDir::new().unwrap();
            let downloads = profile.path().join("downloads");
            let (mut driver, port) = engine.start_driver(profile.path(), &downloads);
            let address = format!("http://127.0.0.1:{port}");
            let capabilities = match engine {
                Engine::Chromium => self.capabilities(&profile),
                other => other.capabilities(!self.without_scripts, !self.without_storage, &downloads),
            };
            let connected = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await;
            match connected {
                Ok(client) => return self.window(client, engine, driver, address, profile).await,
                Err(error) => {
                    let _ = driver.kill();
                    let _ = driver.wait();
                    assert!(attempt < 2, "{engine:?} cannot be started: {error}");
                    println!("{engine:?} is started again: {error}");
                }
            }
        }
        unreachable!()
    }

    async fn window(
        self,
        client: Client,
        engine: Engine,
        driver: Child,
        address: String,
        profile_folder: TempDir,
    ) -> Browser {
        let process = Engine::process(client.capabilities());
        let session = client.session_id().await.unwrap().unwrap();
        let control = Http::new(format!("{address}/session/{session}"));
        let expected = RefCell::new(self.expected);
        let patience = Cell::new(PATIENCE);
        Browser { client, engine, driver, address, process, control, expected, patience, profile_folder }
    }
}

/// A browser window. Its processes are killed when it is dropped.
pub struct Browser {
    /// The driver session, for calls that have no helper here.
    pub client: Client,
    engine: Engine,
    driver: Child,
    address: String,
    process: Option<u64>,
    control: Http,
    expected: RefCell<Vec<&'static str>>,
    patience: Cell<Duration>,
    profile_folder: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The drivers leave the browser running when they are killed; chromedriver puts it into its own process group.
        if let Some(process) = self.process {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
        }
        let group = format!("-{}", self.driver.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// Starts a window with default settings.
    pub async fn start() -> Self {
        Options::default().start().await
    }

    /// Starts a window with JavaScript disabled.
    pub async fn without_scripts() -> Self {
        Options::default().without_scripts().start().await
    }

    /// Navigates to a URL.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Runs a function body in the page and returns its result. Works with JavaScript disabled, too.
    pub async fn run(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(body, arguments).await.unwrap_or_else(|error| panic!("{error}\nin: {body}"))
    }

    /// Evaluates an expression in the page.
    pub async fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression})"), Vec::new()).await
    }

    /// Runs an async function body in the page; an exception fails the test.
    pub async fn run_async(&self, body: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async function () {{ {body}\n}}).apply(null, [...arguments].slice(0, -1)).then(
               (value) => done([value ?? null]),
               (error) => done(`${{error.name}}: ${{error.message}}`));"
        );
        match self.client.execute_async(&script, arguments).await.unwrap() {
            Value::Array(mut result) => result.remove(0),
            error => panic!("the script threw {error}"),
        }
    }

    /// Waits until an expression is truthy in the page.
    pub async fn until(&self, expression: &str) {
        self.until_some(&format!("({expression}) || null")).await;
    }

    /// Waits until an expression is not null in the page and returns its value.
    pub async fn until_some(&self, expression: &str) -> Value {
        let until = Instant::now() + self.patience.get();
        loop {
            // During navigation there is no document to evaluate it in.
            let found = self.client.execute(&format!("return ({expression})"), Vec::new()).await;
            match &found {
                Ok(value) if !value.is_null() => return value.clone(),
                _ if Instant::now() < until => tokio::time::sleep(GLANCE).await,
                _ => panic!("timed out waiting for: {expression}\n{found:?}\n{}", self.describe().await),
            }
        }
    }

    /// Describes the visible page and the console, for failure messages.
    pub async fn describe(&self) -> String {
        let page = self
            .client
            .execute("return `${location.pathname}\n${document.title}\n${document.body.innerText}`", Vec::new())
            .await;
        format!("{}\nconsole: {:?}", page.unwrap_or_default().as_str().unwrap_or("no page"), self.console())
    }

    /// Waits for an element that is visible and enabled.
    pub async fn wait_for(&self, css: &str) -> Element {
        self.until(&format!(
            "(() => {{ const found = document.querySelector({css:?});
               return found && found.checkVisibility({{ visibilityProperty: true }}) && !found.disabled; }})()"
        ))
        .await;
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// Returns whether an element is visible.
    pub async fn is_visible(&self, css: &str) -> bool {
        let look =
            "return document.querySelector(arguments[0])?.checkVisibility({ visibilityProperty: true }) ?? false";
        self.run(look, vec![css.into()]).await == true
    }

    /// Clicks an element.
    pub async fn click(&self, css: &str) {
        self.wait_for(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Replaces the content of a field by typing.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.wait_for(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Sends keys to the focused element.
    pub async fn keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Returns the text of a visible element.
    pub async fn text(&self, css: &str) -> String {
        self.wait_for(css).await.text().await.unwrap()
    }

    /// Waits until the heading has this text.
    pub async fn heading(&self, text: &str) {
        self.until(&format!("document.querySelector('h1')?.textContent.trim() === {}", json!(text))).await;
    }

    /// Returns the page title.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// Returns the URL, fragment included.
    pub async fn address(&self) -> String {
        self.eval("location.href").await.as_str().unwrap().to_owned()
    }

    /// Runs an action that navigates, and waits until the next page has loaded.
    pub async fn to_next_page(&self, action: impl Future<Output = ()>) {
        self.run("document.documentElement.left = true", Vec::new()).await;
        action.await;
        self.until("document.readyState === 'complete' && !document.documentElement.left").await;
    }

    /// Reloads the page.
    pub async fn reload(&self) {
        self.to_next_page(async { self.client.refresh().await.unwrap() }).await;
    }

    /// Sends a command over the debugging protocol of Chromium.
    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let response = self.control.json("POST", "/goog/cdp/execute", None, &body);
        assert_eq!(response.status, 200, "{command}: {}", response.text());
        response.json()["value"].clone()
    }

    /// Runs a script at the start of every page from now on.
    pub fn at_start_of_pages(&self, source: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// Sets the viewport size in CSS pixels, independent of the window manager.
    pub fn width(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics);
        // As on phones, where scrollbars take no space.
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
    }

    /// Emulates a device that prefers a dark or a light colour scheme.
    pub fn dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Returns the folder in which the browser saves downloads without asking.
    pub fn downloads(&self) -> PathBuf {
        let folder = self.profile().join("downloads");
        if self.engine == Engine::Chromium {
            self.downloads_to(&folder);
        }
        folder
    }

    /// Saves downloads in a folder without asking.
    pub fn downloads_to(&self, folder: &Path) {
        self.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder }));
    }

    /// Disables or enables script execution in a window started with JavaScript on.
    pub fn scripts(&self, on: bool) {
        self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Returns the console's warnings and errors since the last call.
    pub fn console(&self) -> Vec<String> {
        // Only chromedriver has such a log.
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let response = self.control.json("POST", "/se/log", None, &json!({ "type": "browser" }));
        let entries = response.json()["value"].as_array().cloned().unwrap_or_default();
        let bad = entries.iter().filter(|entry| entry["level"] == "WARNING" || entry["level"] == "SEVERE");
        bad.map(|entry| format!("{}: {}", entry["source"], entry["message"])).collect()
    }

    /// Adds a substring of a console line that the test provokes from here on.
    pub fn expect(&self, piece: &'static str) {
        self.expected.borrow_mut().push(piece);
    }

    /// Returns the folder of the browser's profile.
    pub fn profile(&self) -> &Path {
        self.profile_folder.path()
    }

    /// Returns the id of the process that started all of the browser's others.
    pub fn root(&self) -> u64 {
        self.process.unwrap_or_else(|| self.driver.id().into())
    }

    /// Returns the browser's version.
    pub fn version(&self) -> String {
        let version = self.client.capabilities().and_then(|session| session.get("browserVersion"));
        version.and_then(Value::as_str).unwrap_or("an unknown version").to_owned()
    }

    /// Sets how long to wait for conditions from here on.
    pub fn patience(&self, patience: Duration) {
        self.patience.set(patience);
    }

    /// Closes the window and fails on unexpected console lines.
    pub async fn close(self) {
        let expected = self.expected.take();
        let fine = |line: &String| ALWAYS_SAID.iter().chain(expected.iter()).any(|piece| line.contains(piece));
        let bad: Vec<_> = self.console().into_iter().filter(|line| !fine(line)).collect();
        assert!(bad.is_empty(), "unexpected console lines: {bad:#?}");
        CONSOLES.fetch_add(1, Ordering::Relaxed);
        self.client.clone().close().await.unwrap();
    }
}

/// Returns the number of windows closed so far with a clean console.
pub fn clean_consoles() -> usize {
    CONSOLES.load(Ordering::Relaxed)
}
