//! Tests the fault proxy itself, and the server behind it: Redis replies cut at any byte, and all traffic in small
//! slices.

use crate::client::{Client, Share};
use crate::fault_proxy::{Break, Direction, Proxy};
use crate::full;
use crate::redis_server::RedisServer;
use crate::rng::Rng;
use crate::server::Options;
use crate::site::{SOON, claim, until};
use crate::table::row;
use onetimeshare_envelope::Claim;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Starts a server that echoes what it receives.
fn echo() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut back = stream.try_clone().unwrap();
                let _ = std::io::copy(&mut &stream, &mut back);
            });
        }
    });
    port
}

/// Sends bytes through a proxy and returns what comes back, until the connection ends, or pauses after `wanted` bytes.
fn through(proxy: &Proxy, bytes: &[u8], wanted: usize) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = TcpStream::connect(("127.0.0.1", proxy.port)).unwrap();
    // A connection already cut accepts nothing.
    let _ = stream.write_all(bytes);
    let mut got = vec![0; bytes.len()];
    let mut length = 0;
    while length < got.len() {
        let patience = if length < wanted { SOON } else { Duration::from_millis(300) };
        stream.set_read_timeout(Some(patience)).unwrap();
        match stream.read(&mut got[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) => return (got[..length].to_vec(), Some(error.kind())),
        }
    }
    got.truncate(length);
    (got, None)
}

#[test]
fn the_fault_proxy_cuts_at_the_given_byte_only() {
    let echo = echo();
    let proxy = Proxy::to(echo);
    // Few enough to travel in one packet: unread bytes would turn an orderly close into a reset.
    let bytes = Rng::seeded(1).bytes(5_000);
    assert_eq!(through(&proxy, &bytes, bytes.len()), (bytes.clone(), None));
    for direction in [Direction::Up, Direction::Down] {
        for after in [0, 1, 99, 4_096, 4_999] {
            let kept = &bytes[..usize::try_from(after).unwrap()];
            // A new proxy each time: bytes held by an earlier one would be forwarded, and counted, later.
            let proxy = Proxy::to(echo);
            proxy.cut(direction, after, Break::Closed);
            let (got, _) = through(&proxy, &bytes, bytes.len());
            // Both directions share the connection: bytes cut on the way up may be lost on the way down as well, and
            // unread bytes at a close drop what is in transit.
            assert!(kept.starts_with(&got), "{direction:?} {after}");
            assert_eq!((through(&proxy, &bytes, bytes.len()).0, proxy.cuts()), (bytes.clone(), 1), "once");

            proxy.stall(direction, after);
            assert_eq!(
                through(&proxy, &bytes, kept.len()),
                (kept.to_vec(), Some(ErrorKind::WouldBlock)),
                "{direction:?} {after}"
            );
            assert_eq!(
                through(&proxy, &bytes, 0),
                (Vec::new(), Some(ErrorKind::WouldBlock)),
                "until the proxy is mended"
            );
            proxy.mend();
            assert_eq!(through(&proxy, &bytes, bytes.len()).0, bytes);
        }
    }
    proxy.cut(Direction::Down, 10, Break::Reset);
    assert_eq!(through(&proxy, &bytes, bytes.len()).1, Some(ErrorKind::ConnectionReset));
    assert_eq!(proxy.cuts(), 1);
    proxy.slice(7);
    assert_eq!(through(&proxy, &bytes, bytes.len()).0, bytes);
}

/// Retries `open` until the store responds; until then the status is 503. Returns the number of retries.
fn open_with_retries(client: &Client, share: &Share, receiver: &Claim) -> usize {
    let mut refused = 0;
    until(SOON, "the store to respond", || {
        let response = client.open(share, receiver);
        if response.status == 503 {
            assert!(response.header("retry-after").is_some());
            refused += 1;
            return None;
        }
        assert_eq!(share.message_in(&response).as_deref(), Some("asked for"), "{}", response.text());
        Some(())
    });
    refused
}

#[test]
fn a_redis_reply_cut_at_any_byte_opens_the_share_for_one_claim() {
    let redis = RedisServer::start(&[]);
    let proxy = Proxy::to(redis.port());
    let server = Options::default().set("limits_per_address", false).redis(proxy.port).start();
    let client = Client::new(server.url());
    let beside = Options::default().set("limits_per_address", false).redis(redis.port()).start();
    let straight = Client::new(beside.url());
    let whole = {
        let share = Share::new("asked for");
        client.create(&share);
        proxy.mend();
        open_with_retries(&client, &share, &claim());
        usize::try_from(proxy.passed(Direction::Down)).unwrap()
    };
    let mut rng = Rng::seeded(Rng::seed());
    let places: Vec<usize> = if full() { (0..whole).collect() } else { (0..60).map(|_| rng.below(whole)).collect() };
    let mut refused = 0;
    for at in &places {
        let (share, receiver) = (Share::new("asked for"), claim());
        straight.create(&share);
        proxy.cut(Direction::Down, *at as u64, if at % 2 == 0 { Break::Closed } else { Break::Reset });
        refused += open_with_retries(&client, &share, &receiver);
        assert_eq!(straight.open(&share, &claim()).status, 410, "another claim, cut after byte {at}");
        assert_eq!(straight.open(&share, &receiver).status, 200);
        // A pool that lost connections reconnects on its own schedule.
        proxy.mend();
        until(SOON, "the store", || (client.get("/health/ready").status == 200).then_some(()));
    }
    // The length of a reply varies with the connections it arrives on.
    assert!(proxy.cuts() * 2 >= places.len(), "{} of {} cuts hit", proxy.cuts(), places.len());
    row(
        "reply of Redis cut while opening",
        format!(
            "{} places of {whole}, {} hit: {refused} times 503, then opened by its reader; strangers never",
            places.len(),
            proxy.cuts()
        ),
    );
}

#[test]
fn a_share_survives_connections_that_deliver_a_few_bytes_at_a_time() {
    let redis = RedisServer::start(&[]);
    let behind = Proxy::to(redis.port());
    let server = Options::default().set("redis_timeout", 30).redis(behind.port).start();
    let before = Proxy::to(server.port);
    let client = Client::new(before.url());
    for slice in [1, 7, 1_000] {
        behind.slice(slice);
        before.slice(slice);
        let (mut share, receiver) = (Share::new("asked for"), claim());
        let part = Rng::seeded(slice as u64).bytes(3_000);
        share.body["parts"] = 2.into();
        share.body["size"] = part.len().into();
        client.create(&share);
        assert_eq!(client.put_part(&share, 1, &part).status, 204);
        assert_eq!(client.complete(&share).status, 200);
        assert_eq!(client.open(&share, &receiver).status, 200);
        assert_eq!(client.part(&share, &receiver, 1).body, part);
        assert_eq!(client.confirm(&share, &receiver).status, 204);
    }
}
