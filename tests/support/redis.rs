//! Real servers of Redis and Valkey for tests, each on a free port with its own folder.
#![allow(dead_code, reason = "each test binary uses a part of this module")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]

use crate::ports::free_port;
use redis::{Client, FromRedisValue, RedisResult, Value};
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Startup timeout.
const START_TIME: Duration = Duration::from_secs(20);

/// Options of a server that persists nothing.
const DEFAULTS: [&str; 8] = ["--save", "", "--appendonly", "no", "--unixsocket", "redis.sock", "--loglevel", "warning"];

/// Environment variables of a server.
type Variables = Vec<(&'static str, String)>;

/// A running server; stopped when dropped.
pub(crate) struct RedisServer {
    process: Option<Child>,
    port: u16,
    folder: TempDir,
    program: OsString,
    options: Vec<String>,
    variables: Variables,
}

impl RedisServer {
    /// Starts a server that persists nothing unless `options` (command-line options such as `--appendonly yes`) enable
    /// it.
    pub(crate) fn start(options: &[&str]) -> Self {
        Self::start_with("redis-server".into(), [&DEFAULTS, options].concat(), Variables::new(), &tempfile::tempdir)
    }

    /// Starts Valkey like [`Self::start`]: the program that `OTS_VALKEY` names, or that of the `PATH`. Returns `None` when
    /// there is none.
    pub(crate) fn start_valkey(options: &[&str]) -> Option<Self> {
        let named = std::env::var_os("OTS_VALKEY").filter(|path| !path.is_empty());
        let found = named.or_else(|| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let mut programs = std::env::split_paths(&path).map(|folder| folder.join("valkey-server"));
            programs.find(|program| program.is_file()).map(OsString::from)
        })?;
        Some(Self::start_with(found, [&DEFAULTS, options].concat(), Variables::new(), &tempfile::tempdir))
    }

    /// Starts a sentinel with its own configuration file, which it rewrites.
    pub(crate) fn start_sentinel(configuration: &str) -> Self {
        Self::start_with("redis-server".into(), vec!["sentinel.conf", "--sentinel"], Variables::new(), &|| {
            let folder = tempfile::tempdir()?;
            std::fs::write(folder.path().join("sentinel.conf"), configuration)?;
            Ok(folder)
        })
    }

    /// Starts a server that persists nothing, with these environment variables.
    pub(crate) fn start_with_variables(variables: Variables) -> Self {
        Self::start_with("redis-server".into(), DEFAULTS.to_vec(), variables, &tempfile::tempdir)
    }

    fn start_with(
        program: OsString,
        options: Vec<&str>,
        variables: Variables,
        folder: &dyn Fn() -> std::io::Result<TempDir>,
    ) -> Self {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        // Another process may take the free port first.
        for _ in 0..5 {
            let (port, folder) = (free_port(), folder().unwrap());
            if let Some(process) = spawn(&program, port, &folder, &options, &variables) {
                return Self { process: Some(process), port, folder, program, options, variables };
            }
        }
        panic!("{} does not start; is it installed?", program.display());
    }

    /// Its port on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.process.as_ref().expect("the server is running").id()
    }

    /// Its URL, as `redis_url` takes it.
    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Its Unix socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    /// Its working directory.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Sends one command on a new connection.
    pub(crate) fn ask<T: FromRedisValue>(&self, words: &[&str]) -> T {
        self.try_ask(words).unwrap_or_else(|error| panic!("{}: {error}", words.join(" ")))
    }

    /// Sends one command on a new connection and returns errors.
    pub(crate) fn try_ask<T: FromRedisValue>(&self, words: &[&str]) -> RedisResult<T> {
        let mut connection = Client::open(self.url())?.get_connection_with_timeout(START_TIME)?;
        let mut command = redis::cmd(words[0]);
        for word in &words[1..] {
            command.arg(*word);
        }
        command.query(&mut connection)
    }

    /// The fields of an `INFO` section; empty when the server does not answer.
    pub(crate) fn info(&self, section: &str) -> HashMap<String, String> {
        fields(&self.try_ask::<String>(&["INFO", section]).unwrap_or_default())
    }

    /// Returns a field of `CLUSTER INFO`.
    pub(crate) fn cluster_info(&self, field: &str) -> String {
        let mut all = fields(&self.try_ask::<String>(&["CLUSTER", "INFO"]).unwrap_or_default());
        all.remove(field).unwrap_or_default()
    }

    /// Kills it with SIGKILL.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Restarts it on the same port after [`Self::kill`], with or without its persisted data.
    pub(crate) fn restart(&mut self, with_data: bool) {
        self.kill();
        if !with_data {
            for entry in self.folder.path().read_dir().unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }.unwrap();
            }
        }
        let started = spawn(&self.program, self.port, &self.folder, &self.options, &self.variables);
        self.process = Some(started.expect("it starts again"));
    }

    /// Suspends it with SIGSTOP: connections stay open, replies stop.
    pub(crate) fn freeze(&self) {
        self.signal("STOP");
    }

    /// Resumes it after [`Self::freeze`].
    pub(crate) fn thaw(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let process = self.process.as_ref().expect("the server is running");
        let status = Command::new("sh").args(["-c", "kill -$0 $1", name, &process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn fields(text: &str) -> HashMap<String, String> {
    text.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.into(), value.into())).collect()
}

fn spawn(
    program: &OsStr,
    port: u16,
    folder: &TempDir,
    options: &[String],
    variables: &[(&'static str, String)],
) -> Option<Child> {
    // The configuration file must be the first argument.
    let (file, options) = match options {
        [file, rest @ ..] if !file.starts_with("--") => (Some(file), rest),
        all => (None, all),
    };
    let started = Command::new(program)
        .args(file)
        .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
        .arg("--dir")
        .arg(folder.path())
        .args(options)
        .envs(variables.iter().cloned())
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut process = match started {
        Err(error) if error.kind() == ErrorKind::NotFound => panic!("{} is not installed", program.display()),
        started => started.unwrap(),
    };
    let client = Client::open(format!("redis://127.0.0.1:{port}/")).unwrap();
    let end = Instant::now() + START_TIME;
    while Instant::now() < end {
        if process.try_wait().unwrap().is_some() {
            return None;
        }
        if let Ok(mut connection) = client.get_connection_with_timeout(Duration::from_millis(500)) {
            match redis::cmd("PING").query::<Value>(&mut connection) {
                Ok(_) => return Some(process),
                // A server that requires a password is up, too.
                Err(error) if error.code() == Some("NOAUTH") => return Some(process),
                Err(_) => {}
            }
        }
        thread::sleep(Duration::from_millis(5));
    }
    process.kill().unwrap();
    process.wait().unwrap();
    None
}
