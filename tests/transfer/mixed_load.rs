//! Tests that a large share does not delay small ones.

use crate::client::{Client, Share};
use crate::files::Bulk;
use crate::full;
use crate::object_store::on_each_store;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{Site, claim};
use redis::Value;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const MIB: u64 = 1024 * 1024;

/// Measures sequential creates of a small share until `over`; at least `least` of them.
fn creates(site: &Site, over: &AtomicBool, least: usize) -> Vec<Duration> {
    let client = Client::new(site.base.clone());
    let mut times = Vec::new();
    while times.len() < least || !over.load(Ordering::SeqCst) {
        let share = Share::new("small");
        let begin = Instant::now();
        client.create(&share);
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    times
}

fn figures(times: &[Duration]) -> String {
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    format!("p50 {:.1?}, p99 {:.1?}, most {:.1?} of {}", at(50), at(99), at(100), times.len())
}

/// Runs `what` alongside small creates.
fn beside(site: &Site, name: &str, what: impl FnOnce() + Send) {
    let over = AtomicBool::new(false);
    if let Some(redis) = &site.redis {
        let () = redis.ask(&["CONFIG", "SET", "slowlog-log-slower-than", "500"]);
        let () = redis.ask(&["SLOWLOG", "RESET"]);
    }
    let times = thread::scope(|scope| {
        let times = scope.spawn(|| creates(site, &over, 100));
        what();
        over.store(true, Ordering::SeqCst);
        times.join().unwrap()
    });
    let longest = site.redis.as_ref().map_or_else(String::new, |redis| {
        format!("; the longest command held Redis for {:.1?}", longest_command(redis))
    });
    println!("{}, small creates while a large share is {name}: {}{longest}", site.store(), figures(&times));
}

/// Returns the longest execution time of a command in Redis, of those over half a millisecond.
fn longest_command(redis: &RedisServer) -> Duration {
    let entries: Vec<Vec<Value>> = redis.ask(&["SLOWLOG", "GET", "-1"]);
    let took = |entry: Vec<Value>| match entry.into_iter().nth(2) {
        Some(Value::Int(micros)) => Duration::from_micros(micros.try_into().unwrap_or(0)),
        _ => Duration::ZERO,
    };
    entries.into_iter().map(took).max().unwrap_or_default()
}

#[test]
fn a_large_share_does_not_delay_small_ones() {
    on_each_store(Options::default, |site| {
        let alone = creates(site, &AtomicBool::new(true), 300);
        println!("{}, small creates alone: {}", site.store(), figures(&alone));
        let size = if full() { 1024 } else { 256 };
        let (large, receiver) = (Bulk::new(size * MIB), claim());
        beside(site, &format!("stored ({size} MiB)"), || large.send(site));
        beside(site, "opened and fetched", || large.fetch(site, &receiver));
        beside(site, "dropped", || assert_eq!(site.confirm(&large.share, &receiver).status, 204));
    });
}
