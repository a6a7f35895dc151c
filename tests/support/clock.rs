//! Clocks that tests turn: libfaketime in front of the program, or of Redis, gives it another time of day.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use crate::server::Options;
use std::path::PathBuf;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::format_description;

/// The library that `faketime` loads into a program to give it another clock.
pub fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = folders.map(|folder| folder.path().join("faketime/libfaketime.so.1")).find(|path| path.exists());
    found.expect("libfaketime is there (Debian: apt-get install faketime)")
}

/// A server under libfaketime; which time it sees, further variables say.
pub fn faked(options: Options) -> Options {
    options
        .env("LD_PRELOAD", library().display())
        .env("FAKETIME_DONT_FAKE_MONOTONIC", 1)
        .env("NO_FAKE_STAT", 1)
        .env("TZ", "UTC")
}

/// A clock that stands still until a test turns it.
pub struct Clock(TempDir);

impl Clock {
    /// 2033-05-18 03:33:20 UTC.
    pub const BEGIN: i64 = 2_000_000_000;

    /// One that stands at [`Clock::BEGIN`].
    pub fn new() -> Self {
        let clock = Self(TempDir::new().unwrap());
        clock.set(Self::BEGIN);
        clock
    }

    /// One that goes as the machine's does.
    pub fn running() -> Self {
        let clock = Self(TempDir::new().unwrap());
        clock.run_ahead(0);
        clock
    }

    /// Turns it to this Unix time, where it stands.
    pub fn set(&self, seconds: i64) {
        let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
        self.show(&OffsetDateTime::from_unix_timestamp(seconds).unwrap().format(format).unwrap());
    }

    /// Lets it go, so many seconds ahead of the machine's.
    pub fn run_ahead(&self, seconds: u32) {
        self.show(&format!("+{seconds}"));
    }

    fn show(&self, text: &str) {
        std::fs::write(self.0.path().join("next"), text).unwrap();
        std::fs::rename(self.0.path().join("next"), self.0.path().join("now")).unwrap();
    }

    /// A server that goes by it.
    pub fn options(&self) -> Options {
        self.variables().into_iter().fold(faked(Options::default()), |options, (name, value)| options.env(name, value))
    }

    /// A Redis that goes by it gets these as well as what [`faked`] gives a server. Its memory must come from the C
    /// library: the one it brings asks for the time before libfaketime can tell it.
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
