//! Tests that a full store refuses uploads before data is sent, and keeps the space it has reserved.

use crate::client::{Client, Response, Share};
use crate::files::Bulk;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, claim, is_problem, retry_after, until};
use crate::small_disk::SmallDisk;
use onetimeshare_envelope::parts::PART;

const MIB: u64 = 1024 * 1024;

/// Fails unless an upload is refused because the store is full, and returns the bytes that it says would fit.
#[track_caller]
fn fits(refused: &Response) -> u64 {
    is_problem(refused, 507, "full", &["fits"]);
    refused.json()["fits"].as_u64().unwrap()
}

/// Requests as much space as available, in steps; returns the largest accepted share, and its parts.
fn most_parts(client: &Client) -> (Bulk, u64) {
    let mut told = u64::MAX;
    for parts in (1..200).rev() {
        let bulk = Bulk::new(parts * PART as u64);
        match client.put(&bulk.share) {
            Response { status: 201, .. } => {
                assert!(told < (parts + 2) * PART as u64, "{told} bytes were said to fit, {parts} parts did");
                return (bulk, parts);
            }
            refused => told = fits(&refused),
        }
        assert!(told < parts * PART as u64, "{parts} parts do not fit, and {told} bytes were said to");
    }
    panic!("there is no space at all");
}

/// A share with reserved space can use all of it, and what does not fit beside it is refused before data is sent.
fn honours_its_reservations(client: &Client, what: &str) {
    let (bulk, parts) = most_parts(client);
    let beside = Bulk::new(2 * PART as u64);
    let refused = client.put(&beside.share);
    is_problem(&refused, 503, "unavailable", &[]);
    assert_eq!(retry_after(&refused), 30, "only announced bytes are in its way");
    assert_eq!(client.status(&beside.share).status, 404, "nothing of it is stored");
    assert_eq!(client.put(&bulk.share).status, 200, "a repeated create reserves no more space");

    // Deleting it frees its space at once; the next share uses it to the last part.
    assert_eq!(client.delete(&bulk.share).status, 204);
    let bulk = Bulk::new(parts * PART as u64);
    bulk.send(client);
    assert!(fits(&client.put(&Bulk::new(parts * PART as u64).share)) < parts * PART as u64);
    let message = Share::new("small, and still taken");
    assert_eq!(client.put(&message).status, 201);
    let receiver = claim();
    bulk.fetch(client, &receiver);
    assert_eq!(client.confirm(&bulk.share, &receiver).status, 204);
    let next = until(SOON, "its space", || {
        let next = Bulk::new(parts * PART as u64);
        (client.put(&next.share).status == 201).then_some(next)
    });
    assert_eq!(client.delete(&next.share).status, 204);
    println!("{what}: a share of {parts} MiB reserved all space and used it; refusals came before data");
}

#[test]
fn a_nearly_full_redis_refuses_uploads_before_data() {
    let redis = RedisServer::start(&["--maxmemory", "48mb", "--maxmemory-policy", "noeviction"]);
    let server = Options::default().redis(redis.port()).start();
    honours_its_reservations(&Client::new(server.url()), "Redis of 48 MiB");
}

#[test]
fn a_full_redis_refuses_parts_and_lets_downloads_finish() {
    let redis = RedisServer::start(&["--maxmemory", "48mb", "--maxmemory-policy", "noeviction"]);
    let server = Options::default().redis(redis.port()).start();
    let client = Client::new(server.url());
    let (waiting, coming) = (Bulk::new(8 * MIB), Bulk::new(8 * MIB));
    waiting.send(&client);
    client.create(&coming.share);
    assert_eq!(client.put_part(&coming.share, 1, &coming.part(1)).status, 204);
    let () = redis.ask(&["CONFIG", "SET", "maxmemory", "4mb"]);
    is_problem(&client.put_part(&coming.share, 2, &coming.part(2)), 507, "full", &[]);
    assert!(fits(&client.put(&Bulk::new(MIB).share)) < MIB);
    is_problem(&client.put(&Share::new("no room")), 507, "full", &[]);
    let receiver = claim();
    waiting.fetch(&client, &receiver);
    assert_eq!(client.confirm(&waiting.share, &receiver).status, 204);
    let () = redis.ask(&["CONFIG", "SET", "maxmemory", "48mb"]);
    for n in 2..coming.parts {
        assert_eq!(client.put_part(&coming.share, n, &coming.part(n)).status, 204, "the upload resumes");
    }
    assert_eq!(client.complete(&coming.share).status, 200);
}

#[test]
fn a_nearly_full_disk_refuses_uploads_before_data() {
    let disk = SmallDisk::of(104 * MIB, Options::default());
    honours_its_reservations(&Client::new(disk.server.url()), "disk of 104 MiB, 64 of them for readers");
}

#[test]
fn a_full_disk_refuses_parts_and_lets_downloads_finish() {
    let disk = SmallDisk::of(104 * MIB, Options::default());
    let client = Client::new(disk.server.url());
    let (waiting, coming) = (Bulk::new(8 * MIB), Bulk::new(8 * MIB));
    waiting.send(&client);
    client.create(&coming.share);
    assert_eq!(client.put_part(&coming.share, 1, &coming.part(1)).status, 204);
    disk.fill(34 * MIB);
    let refused = until(SOON, "the full disk to be detected", || {
        Some(client.put_part(&coming.share, 2, &coming.part(2))).filter(|response| response.status != 204)
    });
    is_problem(&refused, 507, "full", &[]);
    assert!(fits(&client.put(&Bulk::new(MIB).share)) < MIB);
    is_problem(&client.put(&Share::new("no room")), 507, "full", &[]);
    let receiver = claim();
    waiting.fetch(&client, &receiver);
    assert_eq!(client.confirm(&waiting.share, &receiver).status, 204);
    disk.fill(0);
    for n in 2..coming.parts {
        let sent = until(SOON, "free space", || {
            Some(client.put_part(&coming.share, n, &coming.part(n))).filter(|response| response.status != 507)
        });
        assert_eq!(sent.status, 204, "the upload resumes");
    }
    assert_eq!(client.complete(&coming.share).status, 200);
}
