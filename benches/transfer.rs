//! Throughput of uploading and downloading a large file, compared with writing and reading the same bytes directly.
//!
//!     cargo bench --bench transfer            # 256 MiB
//!     cargo bench --bench transfer -- 1024    # another size, in MiB
//!
//! A client without encryption sends the parts to the server over HTTP, three at a time like the page, so this measures
//! the server. The baseline runs on the same Redis or disk: one `HSET` or `HGET` per part, or one file per part, synced
//! with its directory; first sequentially, then in three threads. Both read files from disk, not from the page cache.
//! `folder` is Redis with files in a folder, `objects` Redis with files in an object store (s3s-fs in this process), whose baseline
//! uses the same client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption stops the benchmark")]
#![allow(clippy::print_stdout, reason = "prints its results")]
#![allow(unreachable_pub, reason = "the modules are shared with tests")]
#![allow(missing_docs, reason = "not a library")]

#[path = "../tests/support/bucket.rs"]
mod bucket;
#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/files.rs"]
mod files;
#[path = "../tests/support/ports.rs"]
mod ports;
#[path = "../tests/support/redis.rs"]
mod redis_server;
#[path = "../tests/support/server.rs"]
mod server;

use bucket::Bucket;
use client::Client;
use files::Bulk;
use onetimeshare::store::{ObjectName, PartStore};
use onetimeshare_envelope::Claim;
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

/// Concurrent transfers, as on the page.
const CONCURRENCY: usize = 3;

/// Number of measurements, of which the median counts.
const ROUNDS: usize = 5;

/// Runs `transfer` for each part in `concurrency` threads and returns the duration. `state` is created once per thread.
fn each_part<S>(
    bulk: &Bulk,
    concurrency: usize,
    state: impl Fn() -> S + Sync,
    transfer: impl Fn(&mut S, u32) + Sync,
) -> Duration {
    let next = AtomicU32::new(1);
    let begin = Instant::now();
    thread::scope(|scope| {
        for _ in 0..concurrency {
            scope.spawn(|| {
                let mut state = state();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= bulk.parts {
                        break;
                    }
                    transfer(&mut state, n);
                }
            });
        }
    });
    begin.elapsed()
}

/// Uploads and downloads through the server.
fn through_the_server(url: &str, size: u64, parts: Option<&Path>) -> (Duration, Duration) {
    let (bulk, reader) = (Bulk::new(size), Claim::random().unwrap());
    let client = Client::new(url);
    client.create(&bulk.share);
    let connect = || Client::new(url);
    let mut up = each_part(&bulk, CONCURRENCY, connect, |client, n| {
        assert_eq!(client.put_part(&bulk.share, n, &bulk.part(n)).status, 204);
    });
    let begin = Instant::now();
    assert_eq!(client.complete(&bulk.share).status, 200);
    up += begin.elapsed();
    if let Some(parts) = parts {
        evict(parts);
    }
    let begin = Instant::now();
    assert_eq!(client.open(&bulk.share, &reader).status, 200);
    let mut down = begin.elapsed();
    down += each_part(&bulk, CONCURRENCY, connect, |client, n| {
        let response = client.part(&bulk.share, &reader, n);
        assert!(response.status == 200 && response.body == bulk.part(n));
    });
    assert_eq!(client.confirm(&bulk.share, &reader).status, 204);
    (up, down)
}

/// Writes to Redis and reads from it.
fn redis_directly(url: &str, size: u64, concurrency: usize) -> (Duration, Duration) {
    let bulk = Bulk::new(size);
    let connect = || redis::Client::open(url).unwrap().get_connection().unwrap();
    let up = each_part(&bulk, concurrency, connect, |redis, n| {
        redis::cmd("HSET").arg("direct").arg(n).arg(bulk.part(n)).exec(redis).unwrap();
    });
    let down = each_part(&bulk, concurrency, connect, |redis, n| {
        let bytes: Vec<u8> = redis::cmd("HGET").arg("direct").arg(n).query(redis).unwrap();
        assert!(bytes == bulk.part(n));
    });
    redis::cmd("UNLINK").arg("direct").exec(&mut connect()).unwrap();
    (up, down)
}

/// Writes to an object store and reads from it.
fn objects_directly(store: &impl PartStore, size: u64, concurrency: usize) -> (Duration, Duration) {
    let bulk = Bulk::new(size);
    let name = |n: u32| ObjectName { hour: 1, random: u128::from(n).to_be_bytes() };
    let up = each_part(&bulk, concurrency, || (), |(), n| store.put(&name(n), &bulk.part(n)).unwrap());
    let down = each_part(
        &bulk,
        concurrency,
        || (),
        |(), n| {
            let part = bulk.part(n);
            let length = u32::try_from(part.len()).unwrap();
            assert!(store.get(&name(n), length).unwrap().as_deref() == Some(&part[..]));
        },
    );
    store.remove_hours_before(2).unwrap();
    (up, down)
}

/// Evicts the files of a directory and of the directories in it from the page cache.
fn evict(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            evict(&path);
            continue;
        }
        let file = File::open(path).unwrap();
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).unwrap();
    }
}

/// Writes to the disk and reads from it.
fn disk_directly(folder: &Path, size: u64, concurrency: usize) -> (Duration, Duration) {
    let bulk = Bulk::new(size);
    let folder = folder.join("direct");
    fs::create_dir(&folder).unwrap();
    let up = each_part(
        &bulk,
        concurrency,
        || (),
        |(), n| {
            let mut file = File::create_new(folder.join(n.to_string())).unwrap();
            file.write_all(&bulk.part(n)).unwrap();
            file.sync_all().unwrap();
            File::open(&folder).unwrap().sync_all().unwrap();
        },
    );
    evict(&folder);
    let down = each_part(
        &bulk,
        concurrency,
        || (),
        |(), n| assert!(fs::read(folder.join(n.to_string())).unwrap() == bulk.part(n)),
    );
    fs::remove_dir_all(&folder).unwrap();
    (up, down)
}

type Times = (Duration, Duration);

/// Prints the median rates of the three ways. Runs them in turn, so that a slower phase of the machine affects all.
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

fn used_memory(redis: &RedisServer) -> u64 {
    redis.info("memory")["used_memory"].trim().parse().unwrap()
}

fn main() {
    let mib = std::env::args().find_map(|word| word.parse::<u64>().ok()).unwrap_or(256);
    let size = mib * MIB;
    println!("a file of {mib} MiB, through the server {CONCURRENCY} parts at a time; median of {ROUNDS}, MiB/s");
    println!(
        "{:<9} {:<9} {:>8} {:>12} {:>6} {:>15} {:>6}",
        "store", "way", "server", "direct", "ratio", "three at a time", "ratio"
    );

    let redis = RedisServer::start(&[]);
    let server = Options::default().redis(redis.port()).start();
    let (site, directly) = (server.url(), redis.url());
    let through = || through_the_server(&site, size, None);
    compare(
        "Redis",
        size,
        [&through, &|| redis_directly(&directly, size, 1), &|| redis_directly(&directly, size, CONCURRENCY)],
    );
    drop((server, redis));

    let (redis, folder) = (RedisServer::start(&[]), TempDir::new().unwrap());
    let (files, beside) = (folder.path().join("files"), folder.path());
    let server = Options::default().redis(redis.port()).set("files_url", format!("file://{}", files.display())).start();
    let (site, before) = (server.url(), used_memory(&redis));
    let through = || through_the_server(&site, size, Some(&files));
    compare(
        "folder",
        size,
        [&through, &|| disk_directly(beside, size, 1), &|| disk_directly(beside, size, CONCURRENCY)],
    );
    let grown = used_memory(&redis).saturating_sub(before) / 1024;
    println!(
        "folder    {grown} KiB more in Redis afterwards, {} MiB in the server at the peak",
        server.memory().1 / MIB
    );
    drop((server, redis));

    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let server = Options::default()
        .redis(redis.port())
        .set("files_url", Bucket::url(bucket.port()))
        .set("files_room", "1 TB")
        .env("AWS_ACCESS_KEY_ID", bucket::KEY[0])
        .env("AWS_SECRET_ACCESS_KEY", bucket::KEY[1])
        .start();
    let (site, store) = (server.url(), Bucket::part_store(bucket.port(), 1 << 40));
    let through = || through_the_server(&site, size, None);
    compare(
        "objects",
        size,
        [&through, &|| objects_directly(&store, size, 1), &|| objects_directly(&store, size, CONCURRENCY)],
    );
    drop((server, redis));

    let folder = TempDir::new().unwrap();
    let (data_dir, beside) = (folder.path().join("data"), folder.path());
    let server = Options::default().data_dir(&data_dir).start();
    let (site, parts) = (server.url(), data_dir.join("parts"));
    let through = || through_the_server(&site, size, Some(&parts));
    compare(
        "embedded",
        size,
        [&through, &|| disk_directly(beside, size, 1), &|| disk_directly(beside, size, CONCURRENCY)],
    );
}
