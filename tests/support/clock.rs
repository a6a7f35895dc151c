//! Controls the clock of the server or of Redis through libfaketime.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use crate::server::Options;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::format_description;

/// Path of the library of `faketime` for programs with threads. The usual one mixes the times that two threads read at once.
pub fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1")).find(|path| path.exists());
    found.expect("libfaketime is installed (Debian: apt-get install faketime)")
}

/// Runs a server under libfaketime; further variables set its time.
pub fn faked(options: Options) -> Options {
    options
        .env("LD_PRELOAD", library().display())
        .env("FAKETIME_DONT_FAKE_MONOTONIC", 1)
        .env("NO_FAKE_STAT", 1)
        .env("TZ", "UTC")
}

/// A clock that stands still until a test moves it.
pub struct Clock(TempDir);

impl Drop for Clock {
    /// Removes what libfaketime left in shared memory for processes that were killed.
    fn drop(&mut self) {
        for file in std::fs::read_dir("/dev/shm").into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let process = name.strip_prefix("sem.faketime_sem_").or_else(|| name.strip_prefix("faketime_shm_"));
            if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
                let _ = std::fs::remove_file(file.path());
            }
        }
    }
}

impl Clock {
    /// 2033-05-18 03:33:20 UTC.
    pub const BEGIN: i64 = 2_000_000_000;

    /// Creates a clock stopped at [`Clock::BEGIN`].
    pub fn new() -> Self {
        let clock = Self(TempDir::new().unwrap());
        clock.set(Self::BEGIN);
        clock
    }

    /// Creates a clock that follows the machine's.
    pub fn running() -> Self {
        let clock = Self(TempDir::new().unwrap());
        clock.run_ahead(0);
        clock
    }

    /// Stops the clock at this Unix time.
    pub fn set(&self, seconds: i64) {
        let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
        self.show(&OffsetDateTime::from_unix_timestamp(seconds).unwrap().format(format).unwrap());
    }

    /// Runs the clock this many seconds ahead of the machine's.
    pub fn run_ahead(&self, seconds: u32) {
        self.show(&format!("+{seconds}"));
    }

    fn show(&self, text: &str) {
        std::fs::write(self.0.path().join("next"), text).unwrap();
        std::fs::rename(self.0.path().join("next"), self.0.path().join("now")).unwrap();
    }

    /// Options for a server that uses this clock.
    pub fn options(&self) -> Options {
        self.variables().into_iter().fold(faked(Options::default()), |options, (name, value)| options.env(name, value))
    }

    /// Environment variables for a Redis that uses this clock. Redis must use the allocator of the C library: its
    /// bundled one reads the time before libfaketime is initialised.
    pub fn for_redis(&self) -> Vec<(&'static str, String)> {
        let mut variables = self.variables();
        variables.push(("LD_PRELOAD", format!("{} libc.so.6", library().display())));
        variables.extend(
            [("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("NO_FAKE_STAT", "1"), ("TZ", "UTC")]
                .map(|(name, value)| (name, value.to_owned())),
        );
        variables
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("FAKETIME_TIMESTAMP_FILE", self.0.path().join("now").display().to_string()),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
        ]
    }
}
