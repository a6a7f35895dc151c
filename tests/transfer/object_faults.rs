//! Tests of the faults of a part store: each has a named answer, and none opens a share twice or leaves anything over.

use crate::bucket::Bucket;
use crate::client::{Client, Response};
use crate::clock::Clock;
use crate::fault_proxy::{Break, Direction, Proxy};
use crate::files::{Bulk, Content};
use crate::full;
use crate::multipart::{Field, body, kind};
use crate::object_store::options;
use crate::object_two_servers::AFTER_ALL;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, Site, claim, files, is_problem, random, retry_after, until};
use crate::table::row;
use onetimeshare_envelope::{Claim, Link};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const MIB: u64 = 1024 * 1024;

/// Parts that are sent at the same time, more than a server sends to its part store at once.
const AT_ONCE: u64 = 12;

#[test]
fn each_refusal_of_an_object_store_has_its_answer() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let server = options(&redis, bucket.port()).start();
    let client = Client::new(server.url());
    let (waiting, coming, receiver) = (Bulk::new(2 * MIB), Bulk::new(2 * MIB), claim());
    waiting.send(&client);
    client.create(&coming.share);
    assert_eq!(client.open(&waiting.share, &receiver).status, 200);
    let put = || client.put_part(&coming.share, 1, &coming.part(1));
    for status in [500, 502, 503, 403] {
        bucket.refuse(status);
        for refused in [put(), client.part(&waiting.share, &receiver, 1)] {
            is_problem(&refused, 503, "unavailable", &[]);
            assert!(retry_after(&refused) > 0, "after {status}");
        }
    }
    bucket.refuse(507);
    is_problem(&put(), 507, "full", &[]);
    assert!(client.status(&waiting.share).json()["lost_at"].is_null(), "nothing is lost");
    assert_eq!(client.open(&waiting.share, &claim()).status, 410);
    bucket.refuse(0);
    for n in 1..coming.parts {
        assert_eq!(client.put_part(&coming.share, n, &coming.part(n)).status, 204, "the upload resumes");
    }
    assert_eq!(client.complete(&coming.share).status, 200);
    waiting.fetch(&client, &receiver);
    assert_eq!(client.confirm(&waiting.share, &receiver).status, 204);
    assert_eq!(client.delete(&coming.share).status, 204);
    until(SOON, "all objects to be removed", || (bucket.count() == 0).then_some(()));
}

#[test]
fn a_slow_object_store_delays_no_message() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let proxy = Proxy::to(bucket.port());
    let server = options(&redis, proxy.port).start();
    let client = Client::new(server.url());
    let coming = Bulk::new(AT_ONCE * MIB);
    client.create(&coming.share);
    proxy.hold("/files/");
    let answered = AtomicUsize::new(0);
    let answers: Vec<Response> = thread::scope(|scope| {
        let put = |n| {
            let response = Client::new(server.url()).put_part(&coming.share, n, &coming.part(n));
            answered.fetch_add(1, Ordering::SeqCst);
            response
        };
        let parts: Vec<_> = (1..coming.parts).map(|n| scope.spawn(move || put(n))).collect();
        until(SOON, "parts on their way", || (proxy.count("PUT /files/") > 0).then_some(()));
        for _ in 0..5 {
            let message = crate::client::Share::new("needs no object store");
            assert_eq!(client.put(&message).status, 201);
            assert_eq!(client.open(&message, &claim()).status, 200);
        }
        assert_eq!(answered.load(Ordering::SeqCst), 0, "messages do not wait for parts");
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    for refused in answers {
        is_problem(&refused, 503, "unavailable", &[]);
        assert!(retry_after(&refused) > 0);
    }
    proxy.mend();
    for n in 1..coming.parts {
        let sent =
            until_answered("the object store to be used again", || client.put_part(&coming.share, n, &coming.part(n)));
        assert_eq!(sent.status, 204);
    }
    assert_eq!(client.complete(&coming.share).status, 200);
    coming.fetch(&client, &claim());
}

/// Stores a file without scripts, lets its part be replaced by other bytes of the same length, and fetches it.
fn never_arrives_changed(client: &Client, objects: impl Fn() -> Vec<PathBuf>) {
    let mut bytes = Vec::new();
    Content::new(3, 300_000).read_to_end(&mut bytes).unwrap();
    let form = body(&[Field::File("f", &bytes)]);
    let headers = [("Content-Type", kind()), ("Accept", "application/json".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let made = client.send("POST", "/", &headers, Some(&form));
    let link = Link::parse(made.json()["link"].as_str().unwrap()).unwrap();
    let [object] = &objects()[..] else { panic!("one part") };
    let good = fs::read(object).unwrap();
    let mut other = good.clone();
    other[200_000] ^= 1;
    fs::write(object, &other).unwrap();
    let receiver = claim();
    let fetch = || {
        let form = body(&[Field::Text("nonce", &receiver.expose()), Field::Text("link", &link.url(&client.base))]);
        client.try_send("POST", &format!("/s/{}/files/1", link.id), &[("Content-Type", &kind())], Some(&form))
    };
    assert!(fetch().is_err(), "a changed file ends before its length");
    fs::write(object, &good).unwrap();
    assert!(fetch().unwrap().body == bytes, "the right bytes, for the same receiver");
    let path = format!("/api/v1/shares/{}/confirm", link.id);
    assert_eq!(client.bare("POST", &path, &receiver.expose()).status, 204);
}

#[test]
fn other_bytes_of_a_part_store_never_arrive_as_a_file() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let server = options(&redis, bucket.port()).start();
    never_arrives_changed(&Client::new(server.url()), || bucket.objects());
    until(SOON, "all objects to be removed", || (bucket.count() == 0).then_some(()));
    let site = Site::on_redis_and_a_folder(Options::default());
    let folder = site.files.as_ref().unwrap().path().to_owned();
    let parts = |folder: &Path| {
        let named = |path: PathBuf| (path.file_name().unwrap() != "store").then_some(path);
        files(folder).into_iter().filter_map(|(path, _)| named(path.into())).collect()
    };
    never_arrives_changed(&site, || parts(&folder));
    site.has_no_files_soon();
}

/// Repeats a request until the part store answers it.
fn until_answered(what: &str, ask: impl Fn() -> Response) -> Response {
    until(SOON, what, || Some(ask()).filter(|response| response.status != 503))
}

/// Sends and fetches a share, and expects that another claim gets nothing.
fn goes_through(client: &Client, bulk: &Bulk, receiver: &Claim) {
    client.create(&bulk.share);
    for n in 1..bulk.parts {
        let sent = until_answered("a part to be stored", || client.put_part(&bulk.share, n, &bulk.part(n)));
        assert_eq!(sent.status, 204, "{}", sent.text());
    }
    assert_eq!(client.complete(&bulk.share).status, 200);
    assert_eq!(client.open(&bulk.share, receiver).status, 200);
    assert_eq!(client.open(&bulk.share, &claim()).status, 410);
    for n in 1..bulk.parts {
        let part = until_answered("a part to be read", || client.part(&bulk.share, receiver, n));
        assert!(part.status == 200 && part.body == bulk.part(n), "part {n} is unchanged");
    }
    assert!(client.status(&bulk.share).json()["lost_at"].is_null(), "nothing is lost");
}

#[test]
fn transfers_go_on_when_the_connection_to_the_object_store_is_cut() {
    let shares = if full() { 200 } else { 30 };
    let (clock, bucket) = (Clock::running(), Bucket::start());
    let redis = RedisServer::start_with_variables(clock.for_redis());
    let proxy = Proxy::to(bucket.port());
    let start = || options(&redis, proxy.port).start();
    let server = start();
    let client = Client::new(server.url());
    let mut hit = 0;
    for n in 0..shares {
        let (bulk, receiver) = (Bulk::new(2 * MIB), claim());
        // At any byte of two parts up and down, and of their heads.
        let at = u64::from_le_bytes(random()) % (2 * MIB + 2_000);
        let before = proxy.cuts();
        let direction = if n % 3 == 0 { Direction::Up } else { Direction::Down };
        proxy.cut(direction, at, if n % 2 == 0 { Break::Closed } else { Break::Reset });
        goes_through(&client, &bulk, &receiver);
        hit += proxy.cuts() - before;
        proxy.mend();
        assert_eq!(client.confirm(&bulk.share, &receiver).status, 204);
    }
    assert!(hit * 10 >= shares * 9, "{hit} of {shares} cuts hit");
    // An attempt that was given up may have arrived all the same.
    drop(server);
    clock.run_ahead(AFTER_ALL);
    let _server = start();
    until(SOON, "what is left to be removed with its hour", || (bucket.count() == 0).then_some(()));
    row(
        "cuts between the server and the object store",
        format!("{shares} shares, {hit} cuts: every part equal, each read once, nothing left over"),
    );
}
