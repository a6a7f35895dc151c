//! What is measured: the real program on a store of its own, and a bare Rocket beside it.

use crate::engine::Run;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use clap::ValueEnum;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

/// Where the shares go.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Kind {
    /// A Redis that saves nothing.
    Redis,
    /// A Redis that appends to a file, synced each second.
    RedisEverysec,
    /// A Redis that appends to a file, synced before each answer.
    RedisAlways,
    /// Files of the server, synced before each answer.
    Embedded,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Redis => "Redis without persistence",
            Self::RedisEverysec => "Redis, appendfsync everysec",
            Self::RedisAlways => "Redis, appendfsync always",
            Self::Embedded => "embedded store",
        }
    }
}

/// The program, its store, and a bare Rocket by the same binary.
pub struct Site {
    pub server: Server,
    pub redis: Option<RedisServer>,
    pub bare: Server,
}

/// The program with nothing in the way of its speed; `program` is another build of it.
fn settled(program: Option<&Path>) -> Options {
    let options = program.map_or_else(Options::default, |program| Options::default().program(program));
    options.set("log_level", "normal").set("limits_per_address", false)
}

impl Site {
    pub fn start(kind: Kind, program: Option<&Path>) -> Self {
        let redis = match kind {
            Kind::Embedded => None,
            Kind::Redis => Some(RedisServer::start(&[])),
            Kind::RedisEverysec => Some(RedisServer::start(&["--appendonly", "yes", "--appendfsync", "everysec"])),
            Kind::RedisAlways => Some(RedisServer::start(&["--appendonly", "yes", "--appendfsync", "always"])),
        };
        let mut options = settled(program);
        if let Some(redis) = &redis {
            options = options.redis(redis.port());
        }
        Self { server: options.start(), redis, bare: settled(program).argument("bare").start() }
    }

    /// Runs something on a server and tells what it cost there, and in Redis.
    pub fn observe(&self, server: &Server, run: impl FnOnce(u16) -> Run) -> Figures {
        let redis = || self.redis.as_ref().map_or(Duration::ZERO, |redis| cpu_of(redis.pid()));
        let cpu = || (cpu_of(server.pid()), redis());
        let before = cpu();
        let run = run(server.port);
        let after = cpu();
        let each = |from: Duration, to: Duration| to.saturating_sub(from).as_secs_f64() * 1e6 / run.waits.len() as f64;
        Figures {
            rate: run.rate(),
            p50: run.percentile(0.5).as_secs_f64() * 1e3,
            p99: run.percentile(0.99).as_secs_f64() * 1e3,
            server_cpu: each(before.0, after.0),
            redis_cpu: each(before.1, after.1),
        }
    }

    /// Empties the store.
    pub fn flush(&self) {
        if let Some(redis) = &self.redis {
            let _: String = redis.ask(&["FLUSHALL", "SYNC"]);
        }
    }

    /// Bytes that Redis uses.
    pub fn redis_memory(&self) -> u64 {
        let redis = self.redis.as_ref().unwrap();
        let info: String = redis.ask(&["INFO", "memory"]);
        let line = info.lines().find_map(|line| line.strip_prefix("used_memory:"));
        line.unwrap().trim().parse().unwrap()
    }
}

/// Processor time that a process has used.
fn cpu_of(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name in brackets may hold anything; the 12th and 13th field behind it count ticks of 10 ms.
    let fields: Vec<&str> = stat[stat.rfind(')').unwrap() + 2..].split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// Makes the system count a process's peak memory anew, and answers what it uses now.
pub fn forget_peak(server: &Server) -> u64 {
    fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").unwrap();
    server.memory().0
}

/// What a run came to.
#[derive(Clone, Copy)]
pub struct Figures {
    /// Answers a second.
    pub rate: f64,
    /// Milliseconds.
    pub p50: f64,
    /// Milliseconds.
    pub p99: f64,
    /// Microseconds of processor time an answer.
    pub server_cpu: f64,
    /// The same of Redis.
    pub redis_cpu: f64,
}

/// From the start of the program on an embedded store to its first answer, and its memory a moment later.
pub fn cold_start(program: Option<&Path>) -> (Duration, u64) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let begin = Instant::now();
    let server = settled(program).set("port", port).spawn();
    let until = begin + Duration::from_secs(10);
    while !answers(port) {
        assert!(Instant::now() < until, "the server does not start");
        std::thread::sleep(Duration::from_micros(200));
    }
    let took = begin.elapsed();
    std::thread::sleep(Duration::from_millis(500));
    (took, server.memory().0)
}

fn answers(port: u16) -> bool {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).unwrap_or(0);
    answer[..length].starts_with(b"HTTP/1.1 200")
}
