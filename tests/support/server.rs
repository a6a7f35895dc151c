//! Runs the real server binary as a child process with its own settings, and keeps its log.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use crate::ports::free_port;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Timeout for startup and shutdown.
const PATIENCE: Duration = Duration::from_secs(30);

/// Settings of a server. All defaults apply except the port, chosen by the system; the folder of the embedded store,
/// which is fresh; and the limits per address, which are off because all tests share one address. `OTS_PROGRAM` names another
/// build of the binary, such as that of the image.
pub struct Options {
    settings: Vec<(String, String)>,
    data_dir: Option<PathBuf>,
    wrapper: Vec<String>,
    program: PathBuf,
    arguments: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        let settings = [("ROCKET_LOG_LEVEL", "debug"), ("ROCKET_LIMITS_PER_ADDRESS", "false")];
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let program =
            std::env::var_os("OTS_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_onetimeshare").into(), Into::into);
        Self { settings, data_dir: None, wrapper: Vec::new(), program, arguments: Vec::new() }
    }
}

impl Options {
    /// Sets a key of Rocket.toml, in lower case.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl ToString) -> Self {
        self.settings.push((format!("ROCKET_{}", key.to_uppercase()), value.to_string()));
        self
    }

    /// Sets an environment variable that is not a key of Rocket.toml.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl ToString) -> Self {
        self.settings.push((name.to_owned(), value.to_string()));
        self
    }

    /// Uses the Redis on this port as the store.
    #[must_use]
    pub fn redis(mut self, port: u16) -> Self {
        self.settings.push(("REDIS_HOST".into(), "127.0.0.1".into()));
        self.settings.push(("REDIS_PORT".into(), port.to_string()));
        self
    }

    /// Uses this folder for the embedded store, as after a restart.
    #[must_use]
    pub fn data_dir(mut self, folder: &Path) -> Self {
        self.data_dir = Some(folder.to_owned());
        self
    }

    /// Runs the binary through another program, such as `faketime`.
    #[must_use]
    pub fn through(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(ToString::to_string).collect();
        self
    }

    /// Runs another build of the binary.
    #[must_use]
    pub fn program(mut self, program: &Path) -> Self {
        program.clone_into(&mut self.program);
        self
    }

    /// Adds a command-line argument.
    #[must_use]
    pub fn argument(mut self, word: &str) -> Self {
        self.arguments.push(word.to_owned());
        self
    }

    fn command(&self, arguments: &[&str], folder: &Path) -> Command {
        let mut words: Vec<&OsStr> = self.wrapper.iter().map(OsStr::new).collect();
        words.push(self.program.as_os_str());
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(&self.arguments).args(arguments);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
        for (key, _) in std::env::vars().filter(|(key, _)| key.starts_with("ROCKET_") || key.starts_with("REDIS_")) {
            command.env_remove(key);
        }
        command.env("ROCKET_PORT", "0").env("ROCKET_DATA_DIR", folder).envs(self.settings.iter().cloned());
        command
    }

    /// Starts the server and waits until it listens.
    pub fn start(self) -> Server {
        let mut server = self.spawn();
        server.port = server.log.wait_for_port();
        server
    }

    /// Starts the server without waiting; its port is not known yet.
    pub fn spawn(self) -> Server {
        let mut server = self.launch(Stdio::piped());
        let stderr = server.child.as_mut().unwrap().stderr.take().unwrap();
        let (lines, kept) = (BufReader::new(stderr), server.log.clone());
        thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                kept.add(&line);
            }
            kept.end();
        });
        server
    }

    /// Starts the server with this standard error, on a free port, without waiting. Its log is not kept.
    pub fn spawn_with_stderr(self, stderr: impl Into<Stdio>) -> Server {
        let port = free_port();
        let mut server = self.set("port", port).launch(stderr);
        server.port = port;
        server
    }

    fn launch(self, stderr: impl Into<Stdio>) -> Server {
        let own = TempDir::new().unwrap();
        let folder = self.data_dir.clone().unwrap_or_else(|| own.path().join("data"));
        let child = self.command(&[], &folder).stdout(Stdio::null()).stderr(stderr).spawn().unwrap();
        Server { child: Some(child), port: 0, log: Log::default(), data_dir: folder, _own: own }
    }

    /// Starts the server, sends SIGTERM `after` its signal handler is installed, and waits for the exit. Returns its
    /// exit status, and whether it had begun to listen.
    pub fn start_and_end(self, after: Duration) -> (ExitStatus, bool) {
        let folder = self.data_dir.clone().unwrap();
        let child = self.command(&[], &folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while !catches_the_end(child.id()) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the signal handler was never installed");
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(after);
        ask_to_end(child.id());
        let output = child.wait_with_output().unwrap();
        let log = String::from_utf8_lossy(&output.stderr);
        let listened = log.find("serving http").unwrap_or(usize::MAX);
        (output.status, log.find("shutting down").is_some_and(|shutdown| listened < shutdown))
    }

    /// Runs the binary to its exit, for rejected configurations and subcommands. Returns its exit status and the output
    /// of both streams.
    pub fn run(self, arguments: &[&str]) -> (ExitStatus, String) {
        let own = TempDir::new().unwrap();
        let folder = self.data_dir.clone().unwrap_or_else(|| own.path().join("data"));
        let output = self.command(arguments, &folder).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status, String::from_utf8_lossy(&text).into_owned())
    }
}

/// Returns whether a process has a SIGTERM handler; before that the signal kills it.
fn catches_the_end(process: u32) -> bool {
    const TERM: u64 = 1 << 14;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    caught.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & TERM != 0))
}

fn ask_to_end(pid: u32) {
    let sent = Command::new("kill").args(["-TERM", &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}

/// The server's log output so far.
#[derive(Clone, Default)]
pub struct Log(Arc<(Mutex<(String, bool)>, Condvar)>);

impl Log {
    fn add(&self, line: &str) {
        let mut state = self.0.0.lock().unwrap();
        state.0.push_str(line);
        state.0.push('\n');
        self.0.1.notify_all();
    }

    fn end(&self) {
        self.0.0.lock().unwrap().1 = true;
        self.0.1.notify_all();
    }

    /// All log lines so far.
    pub fn text(&self) -> String {
        self.0.0.lock().unwrap().0.clone()
    }

    /// Waits until the log contains these words. Returns all lines so far.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        let state = self.0.0.lock().unwrap();
        let (state, _) = self.0.1.wait_timeout_while(state, PATIENCE, |state| !state.0.contains(words)).unwrap();
        assert!(state.0.contains(words), "{words:?} is not in the log:\n{}", state.0);
        state.0.clone()
    }

    fn wait_for_port(&self) -> u16 {
        let until = Instant::now() + PATIENCE;
        let mut state = self.0.0.lock().unwrap();
        loop {
            let port = state.0.split("serving http://127.0.0.1:").nth(1).and_then(|rest| {
                let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
                rest[digits.len()..].chars().next()?;
                digits.parse().ok()
            });
            if let Some(port) = port {
                return port;
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(!state.1 && !left.is_zero(), "the server did not start:\n{}", state.0);
            state = self.0.1.wait_timeout(state, left).unwrap().0;
        }
    }
}

/// A running server; killed when it goes out of scope.
pub struct Server {
    child: Option<Child>,
    /// The port it listens on, at 127.0.0.1.
    pub port: u16,
    /// Its log.
    pub log: Log,
    /// The folder of its embedded store.
    pub data_dir: PathBuf,
    _own: TempDir,
}

impl Server {
    /// Starts a server with default settings on a fresh embedded store.
    pub fn start() -> Self {
        Options::default().start()
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Sends SIGTERM, as `docker stop` does, and waits for the exit.
    pub fn terminate(&mut self) -> ExitStatus {
        self.ask_to_end();
        self.wait_for_end()
    }

    /// Sends SIGTERM.
    pub fn ask_to_end(&self) {
        ask_to_end(self.pid());
    }

    /// Waits for the exit.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let mut child = self.child.take().unwrap();
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "the server did not exit:\n{}", self.log.text());
            thread::yield_now();
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Resident memory in bytes: current and peak.
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
        };
        (field("VmRSS:"), field("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
