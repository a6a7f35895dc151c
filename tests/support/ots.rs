//! Runs the client `ots` as a person on a computer of their own would.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Timeout for one command.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program, beside the server in the target folder.
fn program() -> PathBuf {
    let beside = Path::new(env!("CARGO_BIN_EXE_onetimeshare")).with_file_name("ots");
    assert!(beside.exists(), "{} is missing: run cargo build -p onetimeshare-client", beside.display());
    beside
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    /// Exit code, or -1 after a signal.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Peak of the resident memory in bytes.
    pub peak: u64,
}

impl Done {
    /// Fails unless the command succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Fails unless the command ended with this code, and returns what it said.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self.stderr
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {}{}", self.stdout, self.stderr))
    }

    /// Returns a text of the JSON on standard output.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", self.stdout)).to_owned()
    }
}

/// A computer with the client: its home folder, and the site in its environment.
pub struct Ots {
    home: TempDir,
    site: String,
}

/// A running command.
pub struct Running(Child);

impl Ots {
    /// A computer on which this site is set.
    pub fn new(site: &str) -> Self {
        Self { home: TempDir::new().unwrap(), site: site.to_owned() }
    }

    /// Returns a path below the home folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file below the home folder, and returns its path.
    pub fn put(&self, name: &str, mut from: impl Read) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::io::copy(&mut from, &mut File::create(&path).unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Number of transfers that could go on.
    pub fn journals(&self) -> usize {
        fs::read_dir(self.path("state/ots")).map_or(0, Iterator::count)
    }

    fn command(&self, words: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(program());
        command.env_clear().current_dir(self.home.path()).args(words);
        command.env("HOME", self.home.path()).env("XDG_STATE_HOME", self.path("state"));
        command.env("XDG_CONFIG_HOME", self.path("config")).env("OTS_SITE", &self.site);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::piped());
        command
    }

    /// Runs a command with this standard input.
    pub fn with_input(&self, words: &[impl AsRef<OsStr>], input: &str) -> Done {
        self.begin(words, input, &[]).finish()
    }

    /// Runs a command with an empty standard input.
    pub fn run(&self, words: &[impl AsRef<OsStr>]) -> Done {
        self.with_input(words, "")
    }

    /// Runs a command with further environment variables.
    pub fn with_env(&self, words: &[impl AsRef<OsStr>], variables: &[(&str, &str)]) -> Done {
        self.begin(words, "", variables).finish()
    }

    /// Starts a command.
    pub fn begin(&self, words: &[impl AsRef<OsStr>], input: &str, variables: &[(&str, &str)]) -> Running {
        let mut child = self.command(words).envs(variables.iter().copied()).spawn().unwrap();
        // A command that reads nothing closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Running(child)
    }

    /// Sends a message and returns the link.
    #[track_caller]
    pub fn send(&self, message: &str) -> String {
        self.with_input(&["send", "--json", "-"], message).ok().text("link")
    }

    /// Opens a link into the folder `got`.
    pub fn open(&self, link: &str) -> Done {
        self.with_input(&["open", "-", "--yes", "--json", "-o", "got"], link)
    }
}

impl Running {
    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Returns whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    /// Kills it with SIGKILL.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Done {
        let (mut out, mut err) = (self.0.stdout.take().unwrap(), self.0.stderr.take().unwrap());
        let reader = thread::spawn(move || {
            let mut text = Vec::new();
            out.read_to_end(&mut text).map(|_| text)
        });
        let errors = thread::spawn(move || {
            let mut text = Vec::new();
            err.read_to_end(&mut text).map(|_| text)
        });
        let (begin, mut peak) = (Instant::now(), 0);
        let status = loop {
            peak = peak.max(peak_memory(self.0.id()));
            if let Some(status) = self.0.try_wait().unwrap() {
                break status;
            }
            assert!(begin.elapsed() < PATIENCE, "the command does not end");
            thread::sleep(Duration::from_millis(5));
        };
        let output =
            Output { status, stdout: reader.join().unwrap().unwrap(), stderr: errors.join().unwrap().unwrap() };
        Done {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            peak,
        }
    }
}

fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// The SHA-256 of a file.
pub fn sha256_of(path: impl AsRef<Path>) -> [u8; 32] {
    let (mut file, mut hash, mut buffer) = (File::open(path).unwrap(), Sha256::new(), vec![0; 64 * 1024]);
    while let length @ 1.. = file.read(&mut buffer).unwrap() {
        hash.update(&buffer[..length]);
    }
    hash.finalize().into()
}

/// Returns the names in a folder, sorted; none when it does not exist.
pub fn names(folder: impl AsRef<Path>) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
