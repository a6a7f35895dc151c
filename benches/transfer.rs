//! How fast a large file goes up and comes down, beside the same bytes written and read by a few lines of code.
//!
//!     cargo bench --bench transfer            # 256 MiB
//!     cargo bench --bench transfer -- 1024    # another size, in MiB
//!
//! The file's parts are sent to the real program over HTTP, three at a time as the page sends them, by a client that
//! neither locks nor unlocks: what is measured is the server. Beside it, on the same Redis or the same disk, a loop with
//! one `HSET` or `HGET` a part, or with one file a part, synced with its folder; first one part after the other, as a few
//! lines of code do it, then from three threads as well. Files are read from the disk, not from memory, on both sides.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what it did not expect"
)]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(unreachable_pub, reason = "what is shared is shared with test binaries, too")]
#![allow(missing_docs, reason = "a program of its own")]

#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/files.rs"]
mod files;
#[path = "../tests/support/redis.rs"]
mod redis_server;
#[path = "../tests/support/server.rs"]
mod server;

use client::Client;
use files::Bulk;
use onetimeshare::share::Claim;
use redis_server::RedisServer;
use server::Options;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const MIB: u64 = 1024 * 1024;

/// Parts in flight, as the page has them.
const AT_ONCE: usize = 3;

/// How often each figure is taken; the middle one counts.
const ROUNDS: usize = 5;

/// Does something to each part, `at_once` at a time, and tells how long all took. `state` is made once for each thread.
fn each_part<S>(
    bulk: &Bulk,
    at_once: usize,
    state: impl Fn() -> S + Sync,
    to: impl Fn(&mut S, u32) + Sync,
) -> Duration {
    let next = AtomicU32::new(1);
    let begin = Instant::now();
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                let mut state = state();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= bulk.parts {
                        break;
                    }
                    to(&mut state, n);
                }
            });
        }
    });
    begin.elapsed()
}

/// Up and down through the server.
fn through_the_server(url: &str, size: u64, parts: Option<&Path>) -> (Duration, Duration) {
    let (bulk, reader) = (Bulk::new(size), Claim::random().unwrap());
    let client = Client::new(url);
    client.create(&bulk.share);
    let own = || Client::new(url);
    let mut up = each_part(&bulk, AT_ONCE, own, |client, n| {
        assert_eq!(client.put_part(&bulk.share, n, &bulk.part(n)).status, 204);
    });
    let begin = Instant::now();
    assert_eq!(client.complete(&bulk.share).status, 200);
    up += begin.elapsed();
    if let Some(parts) = parts {
        forget(parts);
    }
    let begin = Instant::now();
    assert_eq!(client.open(&bulk.share, &reader).status, 200);
    let mut down = begin.elapsed();
    down += each_part(&bulk, AT_ONCE, own, |client, n| {
        let answer = client.part(&bulk.share, &reader, n);
        assert!(answer.status == 200 && answer.body == bulk.part(n));
    });
    assert_eq!(client.confirm(&bulk.share, &reader).status, 204);
    (up, down)
}

/// In and out of Redis directly.
fn redis_directly(url: &str, size: u64, at_once: usize) -> (Duration, Duration) {
    let bulk = Bulk::new(size);
    let connect = || redis::Client::open(url).unwrap().get_connection().unwrap();
    let up = each_part(&bulk, at_once, connect, |redis, n| {
        redis::cmd("HSET").arg("direct").arg(n).arg(bulk.part(n)).exec(redis).unwrap();
    });
    let down = each_part(&bulk, at_once, connect, |redis, n| {
        let bytes: Vec<u8> = redis::cmd("HGET").arg("direct").arg(n).query(redis).unwrap();
        assert!(bytes == bulk.part(n));
    });
    redis::cmd("UNLINK").arg("direct").exec(&mut connect()).unwrap();
    (up, down)
}

/// Takes the files of a folder out of memory, where the system has kept what was just written.
fn forget(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let file = File::open(entry.unwrap().path()).unwrap();
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).unwrap();
    }
}

/// On the disk and off it directly.
fn disk_directly(folder: &Path, size: u64, at_once: usize) -> (Duration, Duration) {
    let bulk = Bulk::new(size);
    let folder = folder.join("direct");
    fs::create_dir(&folder).unwrap();
    let up = each_part(
        &bulk,
        at_once,
        || (),
        |(), n| {
            let mut file = File::create_new(folder.join(n.to_string())).unwrap();
            file.write_all(&bulk.part(n)).unwrap();
            file.sync_all().unwrap();
            File::open(&folder).unwrap().sync_all().unwrap();
        },
    );
    forget(&folder);
    let down = each_part(
        &bulk,
        at_once,
        || (),
        |(), n| assert!(fs::read(folder.join(n.to_string())).unwrap() == bulk.part(n)),
    );
    fs::remove_dir_all(&folder).unwrap();
    (up, down)
}

type Times = (Duration, Duration);

/// All in turn, so that a machine that slows down slows each; the middle of each.
fn compare(what: &str, size: u64, ways: [&dyn Fn() -> Times; 3]) {
    let mut times: [Vec<Times>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (way, times) in ways.iter().zip(&mut times) {
            times.push(way());
        }
    }
    let of: [fn(&Times) -> Duration; 2] = [|both| both.0, |both| both.1];
    for (name, of) in ["upload", "download"].into_iter().zip(of) {
        let [server, one, three] = times.each_ref().map(|times| {
            let mut times: Vec<Duration> = times.iter().map(of).collect();
            times.sort_unstable();
            #[allow(clippy::cast_precision_loss, reason = "a rate is printed to three digits")]
            let rate = size as f64 / MIB as f64 / times[times.len() / 2].as_secs_f64();
            rate
        });
        let (to_one, to_three) = (server / one, server / three);
        println!("{what:<9} {name:<9} {server:>8.0} {one:>12.0} {to_one:>6.2} {three:>15.0} {to_three:>6.2}");
    }
}

fn main() {
    let mib = std::env::args().find_map(|word| word.parse::<u64>().ok()).unwrap_or(256);
    let size = mib * MIB;
    println!("a file of {mib} MiB, through the server {AT_ONCE} parts at a time; middle of {ROUNDS}, MiB a second");
    println!(
        "{:<9} {:<9} {:>8} {:>12} {:>6} {:>15} {:>6}",
        "store", "way", "server", "direct", "ratio", "three at once", "ratio"
    );

    let redis = RedisServer::start(&[]);
    let server = Options::default().redis(redis.port()).start();
    let (site, directly) = (server.url(), redis.url());
    let through = || through_the_server(&site, size, None);
    compare(
        "Redis",
        size,
        [&through, &|| redis_directly(&directly, size, 1), &|| redis_directly(&directly, size, AT_ONCE)],
    );
    drop((server, redis));

    let folder = TempDir::new().unwrap();
    let (data_dir, beside) = (folder.path().join("data"), folder.path());
    let server = Options::default().data_dir(&data_dir).start();
    let (site, parts) = (server.url(), data_dir.join("parts"));
    let through = || through_the_server(&site, size, Some(&parts));
    compare("embedded", size, [&through, &|| disk_directly(beside, size, 1), &|| disk_directly(beside, size, AT_ONCE)]);
}
