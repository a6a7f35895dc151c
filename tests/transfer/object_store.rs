//! Tests of files in an object store: what they take of memory, two servers, and faults of the store.

use crate::beside_redis::used_memory;
use crate::bucket::{Bucket, KEY};
use crate::client::{Client, Share};
use crate::fault_proxy::{Break, Direction, Proxy};
use crate::files::Bulk;
use crate::full;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{Objects, SOON, Site, claim, is_problem, retry_after, until};
use crate::table::row;
use std::fs;
use std::thread;
use tempfile::TempDir;

const MIB: u64 = 1024 * 1024;

/// The settings of a site with records in `redis` and files in the object store on `port`.
pub(crate) fn options(redis: &RedisServer, port: u16) -> Options {
    with_objects(Options::default().redis(redis.port()), port)
}

/// Adds the settings for files in the object store on `port`.
pub(crate) fn with_objects(options: Options, port: u16) -> Options {
    options
        .set("files_url", Bucket::url(port))
        .set("files_room", "2 GB")
        .env("AWS_ACCESS_KEY_ID", KEY[0])
        .env("AWS_SECRET_ACCESS_KEY", KEY[1])
}

/// Starts a site with files in an object store of its own.
fn with_a_bucket(store: &'static str, start: fn(Options) -> Site, options: Options) -> Site {
    let bucket = Bucket::start_any();
    let site = start(with_objects(options, bucket.port()));
    Site { objects: Some(Objects { store, count: Box::new(move || bucket.count()) }), ..site }
}

/// Ways to start a site: on each store, and on Redis and the embedded store with files in an object store.
const STARTS: [fn(Options) -> Site; 5] = [
    Site::embedded,
    Site::on_redis,
    Site::on_redis_and_a_folder,
    |options| with_a_bucket("Redis and an object store", Site::on_redis, options),
    |options| with_a_bucket("embedded and an object store", Site::embedded, options),
];

/// Runs a test on all stores in parallel.
pub(crate) fn on_all_stores(options: fn() -> Options, test: impl Fn(&Site) + Sync) {
    let test = &test;
    thread::scope(|scope| {
        for start in STARTS {
            scope.spawn(move || test(&start(options())));
        }
    });
}

/// Runs a test that measures on all stores, one after another.
pub(crate) fn on_each_store(options: fn() -> Options, test: impl Fn(&Site)) {
    for start in STARTS {
        test(&start(options()));
    }
}

#[test]
fn a_large_share_takes_little_memory_of_redis_and_of_the_server() {
    let size = if full() { 1024 } else { 128 };
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start_any());
    let server = options(&redis, bucket.port()).start();
    let client = Client::new(server.url());
    // Warms up one-time allocations before measuring.
    let small = Bulk::new(4 * MIB);
    small.send(&client);
    small.fetch(&client, &claim());
    let (before, (server_before, _)) = (used_memory(&redis), server.memory());
    let bulk = Bulk::new(size * MIB);
    bulk.send(&client);
    let grown = used_memory(&redis).saturating_sub(before);
    assert_eq!(bucket.count() as u64, u64::from(bulk.parts - 1) + u64::from(small.parts - 1));
    let receiver = claim();
    bulk.fetch(&client, &receiver);
    let server_grown = server.memory().1.saturating_sub(server_before);
    assert_eq!(client.confirm(&bulk.share, &receiver).status, 204);
    row(
        &format!("a share of {size} MiB in an object store"),
        format!(
            "{} KiB more in Redis; {} MiB more resident in the server at the peak",
            grown / 1024,
            server_grown / MIB
        ),
    );
    assert!(grown < MIB, "{grown} bytes more in Redis");
    assert!(server_grown < 16 * MIB, "{server_grown} bytes more in the server");
    until(SOON, "its objects to be removed", || (bucket.count() == small.parts as usize - 1).then_some(()));
}

#[test]
fn an_object_store_that_is_gone_stops_files_and_not_messages() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let proxy = Proxy::to(bucket.port());
    let server = options(&redis, proxy.port).start();
    let client = Client::new(server.url());
    let (waiting, coming) = (Bulk::new(3 * MIB), Bulk::new(3 * MIB));
    waiting.send(&client);
    client.create(&coming.share);
    let receiver = claim();
    assert_eq!(client.open(&waiting.share, &receiver).status, 200);
    proxy.lose("/files/");
    for refused in [client.put_part(&coming.share, 1, &coming.part(1)), client.part(&waiting.share, &receiver, 1)] {
        is_problem(&refused, 503, "unavailable", &[]);
        assert!(retry_after(&refused) > 0);
    }
    let message = Share::new("needs no object store");
    assert_eq!(client.put(&message).status, 201);
    assert_eq!(client.open(&message, &claim()).status, 200);
    proxy.mend();
    for n in 1..coming.parts {
        assert_eq!(client.put_part(&coming.share, n, &coming.part(n)).status, 204, "the upload resumes");
    }
    assert_eq!(client.complete(&coming.share).status, 200);
    waiting.fetch(&client, &receiver);
    // Cut in the middle of a part, in each direction.
    for direction in [Direction::Up, Direction::Down] {
        let next = Bulk::new(3 * MIB);
        proxy.cut(direction, MIB / 2, Break::Reset);
        next.send(&client);
        next.fetch(&client, &claim());
        proxy.mend();
    }
    let log = server.log.text();
    for secret in ["/files/site/", "files/site", &proxy.port.to_string(), KEY[0], KEY[1]] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn the_room_of_an_object_store_is_offered_and_kept() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let server = options(&redis, bucket.port()).set("files_room", 20 * MIB).set("address_share", 1).start();
    let client = Client::new(server.url());
    let first = Bulk::new(12 * MIB);
    first.send(&client);
    let refused = client.put(&Bulk::new(12 * MIB).share);
    is_problem(&refused, 507, "full", &["fits"]);
    let fits = refused.json()["fits"].as_u64().unwrap();
    assert!((6 * MIB..9 * MIB).contains(&fits), "{fits}");
    assert_eq!(client.put(&Share::new("a message needs no object store")).status, 201);
    assert_eq!(client.delete(&first.share).status, 204);
    let next = until(SOON, "the room of the deleted share", || {
        let next = Bulk::new(12 * MIB);
        (client.put(&next.share).status == 201).then_some(next)
    });
    assert_eq!(client.delete(&next.share).status, 204);
}

#[test]
fn the_reader_of_a_lost_or_changed_object_is_told_so() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let server = options(&redis, bucket.port()).start();
    let client = Client::new(server.url());
    let bulk = Bulk::new(2 * MIB);
    bulk.send(&client);
    let receiver = claim();
    assert_eq!(client.open(&bulk.share, &receiver).status, 200);
    let objects = bucket.objects();
    fs::remove_file(&objects[0]).unwrap();
    fs::write(&objects[1], b"cut short").unwrap();
    let answers: Vec<_> = (1..bulk.parts).map(|n| client.part(&bulk.share, &receiver, n)).collect();
    let (good, bad): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((good.len(), bad.len()), (objects.len() - 2, 2));
    for answer in bad {
        is_problem(answer, 410, "lost", &[]);
    }
    let status = client.status(&bulk.share).json();
    assert!(status["lost_at"].is_string() && status["grace_until"].is_string(), "{status}");
    assert_eq!(client.confirm(&bulk.share, &receiver).status, 204);
    assert!(client.status(&bulk.share).json()["lost_at"].is_string());
    until(SOON, "what is left to be removed", || (bucket.count() == 0).then_some(()));
}

#[test]
fn the_keys_of_an_object_store_come_from_files() {
    let (redis, bucket, folder) = (RedisServer::start(&[]), Bucket::start(), TempDir::new().unwrap());
    let [id, secret] = ["id", "secret"].map(|name| folder.path().join(name));
    fs::write(&id, format!("{}\n", KEY[0])).unwrap();
    fs::write(&secret, format!("{}\n", KEY[1])).unwrap();
    let options = || {
        Options::default()
            .redis(redis.port())
            .set("files_url", Bucket::url(bucket.port()))
            .set("files_room", "2 GB")
            .env("AWS_ACCESS_KEY_ID_FILE", id.display())
            .env("AWS_SECRET_ACCESS_KEY_FILE", secret.display())
    };
    let server = options().start();
    let client = Client::new(server.url());
    let bulk = Bulk::new(MIB);
    bulk.send(&client);
    bulk.fetch(&client, &claim());
    assert_eq!(bucket.count(), bulk.parts as usize - 1);
    let (status, output) = options().env("AWS_SECRET_ACCESS_KEY", KEY[1]).run(&[]);
    assert!(!status.success());
    assert!(output.contains("AWS_SECRET_ACCESS_KEY and AWS_SECRET_ACCESS_KEY_FILE are both set"), "{output}");
    let (status, output) = options().env("AWS_SECRET_ACCESS_KEY_FILE", "/nowhere").run(&[]);
    assert!(!status.success());
    assert!(output.contains("AWS_SECRET_ACCESS_KEY_FILE") && !output.contains(KEY[1]), "{output}");
}
