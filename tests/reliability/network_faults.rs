//! Tests the fault proxy itself, and the server behind it: Redis replies cut at any byte, and all traffic in small
//! slices.

use crate::client::{Client, Share};
use crate::dice::Dice;
use crate::faults::{Break, Proxy, Way};
use crate::full;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, claim, until};
use crate::table::row;
use onetimeshare::share::Claim;
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

/// Sends bytes through a proxy and returns what comes back, until the connection ends or pauses.
fn through(wire: &Proxy, bytes: &[u8]) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = TcpStream::connect(("127.0.0.1", wire.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    // A connection already cut accepts nothing.
    let _ = stream.write_all(bytes);
    let mut got = vec![0; bytes.len()];
    let mut length = 0;
    while length < got.len() {
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
    let wire = Proxy::to(echo);
    // Few enough to travel in one packet: unread bytes would turn an orderly close into a reset.
    let bytes = Dice::seeded(1).bytes(5_000);
    assert_eq!(through(&wire, &bytes), (bytes.clone(), None));
    for way in [Way::Up, Way::Down] {
        for after in [0, 1, 99, 4_096, 4_999] {
            let kept = &bytes[..usize::try_from(after).unwrap()];
            // A new proxy each time: bytes held by an earlier one would be forwarded, and counted, later.
            let wire = Proxy::to(echo);
            wire.cut(way, after, Break::Closed);
            let (got, _) = through(&wire, &bytes);
            // Both directions share the connection: bytes cut on the way up may be lost on the way down as well, and
            // unread bytes at a close drop what is in transit.
            assert!(kept.starts_with(&got), "{way:?} {after}");
            assert_eq!((through(&wire, &bytes).0, wire.cuts()), (bytes.clone(), 1), "once");

            wire.stall(way, after);
            assert_eq!(through(&wire, &bytes), (kept.to_vec(), Some(ErrorKind::WouldBlock)), "{way:?} {after}");
            assert_eq!(through(&wire, &bytes), (Vec::new(), Some(ErrorKind::WouldBlock)), "until it is mended");
            wire.mend();
            assert_eq!(through(&wire, &bytes).0, bytes);
        }
    }
    wire.cut(Way::Down, 10, Break::Reset);
    assert_eq!(through(&wire, &bytes).1, Some(ErrorKind::ConnectionReset));
    assert_eq!(wire.cuts(), 1);
    wire.slice(7);
    assert_eq!(through(&wire, &bytes).0, bytes);
}

/// Retries `open` until the store responds; until then the status is 503. Returns the number of retries.
fn insists(client: &Client, share: &Share, reader: &Claim) -> usize {
    let mut refused = 0;
    until(SOON, "the store to answer", || {
        let answer = client.open(share, reader);
        if answer.status == 503 {
            assert!(answer.header("retry-after").is_some());
            refused += 1;
            return None;
        }
        assert_eq!(share.message_in(&answer).as_deref(), Some("asked for"), "{}", answer.text());
        Some(())
    });
    refused
}

#[test]
fn a_redis_reply_cut_at_any_byte_opens_the_share_for_one_claim() {
    let redis = RedisServer::start(&[]);
    let wire = Proxy::to(redis.port());
    let server = Options::default().set("limits_per_address", false).redis(wire.port).start();
    let client = Client::new(server.url());
    let beside = Options::default().set("limits_per_address", false).redis(redis.port()).start();
    let straight = Client::new(beside.url());
    let whole = {
        let share = Share::new("asked for");
        client.create(&share);
        wire.mend();
        insists(&client, &share, &claim());
        usize::try_from(wire.passed(Way::Down)).unwrap()
    };
    let mut dice = Dice::seeded(Dice::seed());
    let places: Vec<usize> = if full() { (0..whole).collect() } else { (0..60).map(|_| dice.below(whole)).collect() };
    let mut refused = 0;
    for at in &places {
        let (share, reader) = (Share::new("asked for"), claim());
        straight.create(&share);
        wire.cut(Way::Down, *at as u64, if at % 2 == 0 { Break::Closed } else { Break::Reset });
        refused += insists(&client, &share, &reader);
        assert_eq!(straight.open(&share, &claim()).status, 410, "a stranger, cut behind byte {at}");
        assert_eq!(straight.open(&share, &reader).status, 200);
        // A pool that lost connections reconnects on its own schedule.
        wire.mend();
        until(SOON, "the store", || (client.get("/health/ready").status == 200).then_some(()));
    }
    // The length of a reply varies with the connections it arrives on.
    assert!(wire.cuts() * 2 >= places.len(), "{} of {} cuts hit", wire.cuts(), places.len());
    row(
        "reply of Redis cut while opening",
        format!(
            "{} places of {whole}, {} hit: {refused} times 503, then opened by its reader; strangers never",
            places.len(),
            wire.cuts()
        ),
    );
}

#[test]
fn a_share_survives_connections_that_deliver_a_few_bytes_at_a_time() {
    let redis = RedisServer::start(&[]);
    let behind = Proxy::to(redis.port());
    let server = Options::default().set("limits_per_address", false).redis(behind.port).start();
    let before = Proxy::to(server.port);
    let client = Client::new(before.url());
    for slice in [1, 7, 1_000] {
        behind.slice(slice);
        before.slice(slice);
        let (mut share, reader) = (Share::new("asked for"), claim());
        let part = Dice::seeded(slice as u64).bytes(3_000);
        share.body["parts"] = 2.into();
        share.body["size"] = part.len().into();
        client.create(&share);
        assert_eq!(client.put_part(&share, 1, &part).status, 204);
        assert_eq!(client.complete(&share).status, 200);
        assert_eq!(client.open(&share, &reader).status, 200);
        assert_eq!(client.part(&share, &reader, 1).body, part);
        assert_eq!(client.confirm(&share, &reader).status, 204);
    }
}
