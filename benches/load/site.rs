//! The server under test on a new store, and the bare server.

use crate::engine::Run;
use crate::ports::free_port;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use clap::ValueEnum;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The store.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Kind {
    /// Redis without persistence.
    Redis,
    /// Redis with an append-only file, synced each second.
    RedisEverysec,
    /// Redis with an append-only file, synced before each reply.
    RedisAlways,
    /// The embedded store, synced before each response.
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

/// The server, its store, and a bare server of the same binary.
pub struct Site {
    pub server: Server,
    pub redis: Option<RedisServer>,
    pub bare: Server,
}

/// Returns options without rate limits, for `program` or by default for this build.
fn options(program: Option<&Path>) -> Options {
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
        let mut server = options(program);
        if let Some(redis) = &redis {
            server = server.redis(redis.port());
        }
        Self { server: server.start(), redis, bare: options(program).argument("bare").start() }
    }

    /// Runs a load on a server and measures the CPU time of the server and of Redis.
    pub fn observe(&self, server: &Server, run: impl FnOnce(u16) -> Run) -> Figures {
        let redis = || self.redis.as_ref().map_or(Duration::ZERO, |redis| cpu_of(redis.pid()));
        let cpu = || (cpu_of(server.pid()), redis());
        let before = cpu();
        let run = run(server.port);
        let after = cpu();
        let each =
            |from: Duration, to: Duration| to.saturating_sub(from).as_secs_f64() * 1e6 / run.latencies.len() as f64;
        Figures {
            rate: run.rate(),
            p50: run.quantile(0.5).as_secs_f64() * 1e3,
            p99: run.quantile(0.99).as_secs_f64() * 1e3,
            server_cpu: each(before.0, after.0),
            redis_cpu: each(before.1, after.1),
        }
    }

    /// Deletes everything in Redis.
    pub fn flush(&self) {
        if let Some(redis) = &self.redis {
            let _: String = redis.ask(&["FLUSHALL", "SYNC"]);
        }
    }

    /// Returns the memory of Redis in bytes.
    pub fn redis_memory(&self) -> u64 {
        let redis = self.redis.as_ref().unwrap();
        let info: String = redis.ask(&["INFO", "memory"]);
        let line = info.lines().find_map(|line| line.strip_prefix("used_memory:"));
        line.unwrap().trim().parse().unwrap()
    }
}

/// Returns the CPU time of a process.
fn cpu_of(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name in parentheses can contain anything. The 12th and 13th field after it count ticks of 10 ms.
    let fields: Vec<&str> = stat[stat.rfind(')').unwrap() + 2..].split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// Resets the peak memory counter of the server and returns its current memory.
pub fn reset_peak(server: &Server) -> u64 {
    fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").unwrap();
    server.memory().0
}

/// Results of a run.
#[derive(Clone, Copy)]
pub struct Figures {
    /// Responses per second.
    pub rate: f64,
    /// Median latency in milliseconds.
    pub p50: f64,
    /// 99th percentile of the latency in milliseconds.
    pub p99: f64,
    /// CPU time of the server per response, in microseconds.
    pub server_cpu: f64,
    /// CPU time of Redis per response, in microseconds.
    pub redis_cpu: f64,
}

/// Returns the time from start to first response on an embedded store, and the memory half a second later.
pub fn cold_start(program: Option<&Path>) -> (Duration, u64) {
    let port = free_port();
    let begin = Instant::now();
    let server = options(program).set("port", port).spawn();
    let until = begin + Duration::from_secs(10);
    while !responds(port) {
        assert!(Instant::now() < until, "the server does not start");
        std::thread::sleep(Duration::from_micros(200));
    }
    let took = begin.elapsed();
    std::thread::sleep(Duration::from_millis(500));
    (took, server.memory().0)
}

fn responds(port: u16) -> bool {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut response = [0; 1024];
    let length = stream.read(&mut response).unwrap_or(0);
    response[..length].starts_with(b"HTTP/1.1 200")
}
