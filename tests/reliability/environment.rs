//! A store that outlives its servers, with a controlled clock.

use crate::clock::Clock;
use crate::embedded_files;
use crate::ports::free_port;
use crate::server::{Options, Server};
use crate::site::{SOON, until};
use redb::{ReadableDatabase as _, ReadableTableMetadata as _, TableHandle as _};
use redis::FromRedisValue;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The store and its clock.
pub struct Environment {
    /// The clock of the store and its servers.
    pub clock: Clock,
    store: Kept,
}

enum Kept {
    Folder(TempDir),
    Redis(Redis),
}

impl Environment {
    /// Creates a fresh embedded store.
    pub fn embedded(clock: Clock) -> Self {
        Self::in_folder(clock, TempDir::new().unwrap())
    }

    /// Uses the embedded store in this folder.
    pub fn in_folder(clock: Clock, folder: TempDir) -> Self {
        Self { clock, store: Kept::Folder(folder) }
    }

    /// Starts a fresh Redis.
    pub fn redis(clock: Clock) -> Self {
        let store = Kept::Redis(Redis::start(&clock));
        Self { clock, store }
    }

    /// Name of the store, for the table.
    pub fn name(&self) -> &'static str {
        match self.store {
            Kept::Folder(_) => "embedded",
            Kept::Redis(_) => "Redis",
        }
    }

    /// Starts a server on it.
    pub fn start(&self, settings: fn(Options) -> Options) -> Server {
        let options = settings(self.clock.options().set("limits_per_address", false));
        match &self.store {
            Kept::Folder(folder) => options.data_dir(folder.path()).start(),
            Kept::Redis(redis) => options.redis(redis.port).start(),
        }
    }

    /// The folder of an embedded store.
    pub fn folder(&self) -> Option<&Path> {
        match &self.store {
            Kept::Folder(folder) => Some(folder.path()),
            Kept::Redis(_) => None,
        }
    }

    /// Sends one command to its Redis.
    pub fn ask<T: FromRedisValue>(&self, words: &[&str]) -> T {
        self.ask_bytes(&words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>())
    }

    /// Sends one command with binary arguments to its Redis.
    pub fn ask_bytes<T: FromRedisValue>(&self, words: &[&[u8]]) -> T {
        let Kept::Redis(redis) = &self.store else { panic!("this store is no Redis") };
        redis.ask(words).unwrap()
    }

    /// Redis keys without a TTL, and keys in all; zero for the embedded store, whose rows are swept.
    pub fn endless_keys(&self) -> (i64, i64) {
        if self.folder().is_some() {
            return (0, 0);
        }
        let script = "local endless, all = 0, redis.call('KEYS', '*') \
                      for _, key in ipairs(all) do if redis.call('PTTL', key) < 0 then endless = endless + 1 end end \
                      return {endless, #all}";
        self.ask(&["EVAL", script, "0"])
    }

    /// Waits until the store is empty. No server may be running.
    pub fn is_empty_soon(&self) {
        match &self.store {
            Kept::Folder(folder) => {
                assert_eq!(embedded_files::parts_kept(folder.path()), 0, "part files remain");
                assert_eq!(rows(folder.path()), Vec::<(String, u64)>::new(), "rows remain");
            }
            Kept::Redis(_) => {
                until(SOON, "Redis to be empty", || (self.ask::<i64>(&["DBSIZE"]) == 0).then_some(()));
            }
        }
    }
}

/// The non-empty tables of an embedded store with their row counts, except counters, which never expire.
fn rows(folder: &Path) -> Vec<(String, u64)> {
    let database = redb::Database::open(folder.join("shares.redb")).unwrap();
    let transaction = database.begin_read().unwrap();
    let tables = transaction.list_tables().unwrap().filter(|table| table.name() != "counters");
    let counted = tables.map(|table| {
        let name = table.name().to_owned();
        (name, transaction.open_untyped_table(table).unwrap().len().unwrap())
    });
    counted.filter(|(_, count)| *count > 0).collect()
}

/// A redis-server with a controlled clock; killed when dropped.
struct Redis {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Redis {
    fn start(clock: &Clock) -> Self {
        let folder = TempDir::new().unwrap();
        let port = free_port();
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"])
            .arg("--dir")
            .arg(folder.path())
            .envs(clock.for_redis())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server is installed");
        let started = Self { process, port, _folder: folder };
        until(SOON, "Redis", || started.ask::<String>(&[b"PING"]).ok());
        started
    }

    fn ask<T: FromRedisValue>(&self, words: &[&[u8]]) -> redis::RedisResult<T> {
        let client = redis::Client::open(format!("redis://127.0.0.1:{}/", self.port))?;
        let mut command = redis::Cmd::new();
        for word in words {
            command.arg(*word);
        }
        command.query(&mut client.get_connection_with_timeout(SOON)?)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
