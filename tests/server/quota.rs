//! Attacks on the room of the store: one address fills it, or announces uploads that never come. Others must be able
//! to send meanwhile.

use crate::client::{Client, Response, Share};
use crate::nginx::Nginx;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, b64, hex, is_problem, retry_after, until};
use crate::small_disk::SmallDisk;
use crate::table::row;
use onetimeshare_envelope::{Owner, ShareId};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const MIB: u64 = 1 << 20;
/// Size of the attacker's part 0, the largest that is accepted.
const PART0: usize = 721_672;
const ATTACKER: &str = "198.51.100.1";
const OTHER: &str = "203.0.113.7";

fn options() -> Options {
    Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.1\"]").set("metrics", true)
}

/// A share that is created from many addresses under many owners. Its content is never read.
struct Blank {
    body: Value,
}

impl Blank {
    fn message(part0: usize) -> Self {
        let mut body = Share::new("a").body;
        body["part0"] = b64(&vec![7; part0]).into();
        Self { body }
    }

    fn upload(bytes: u64) -> Self {
        let mut body = Share::new("a").body;
        body["parts"] = (1 + bytes.div_ceil(900_000)).into();
        body["size"] = bytes.into();
        Self { body }
    }

    fn create(&self, client: &Client, from: &str, owner: &Owner) -> Response {
        let path = format!("/api/v1/shares/{}", ShareId::of(owner));
        send(client, ("PUT", &path), from, owner, "application/json", self.body.to_string().as_bytes())
    }

    fn create_new(&self, client: &Client, from: &str) -> Response {
        self.create(client, from, &Owner::random().unwrap())
    }
}

fn send(client: &Client, (method, path): (&str, &str), from: &str, owner: &Owner, kind: &str, body: &[u8]) -> Response {
    let bearer = format!("Bearer {}", owner.expose());
    let headers = [("Content-Type", kind), ("Authorization", &*bearer), ("X-Forwarded-For", from)];
    client.send(method, path, &headers, Some(body))
}

/// Creates "hi" from this address and returns how long that took.
fn say_hi(client: &Client, from: &str) -> Duration {
    let share = Share::new("hi");
    let began = Instant::now();
    let bearer = format!("Bearer {}", share.owner.expose());
    let headers = [("Content-Type", "application/json"), ("Authorization", &*bearer), ("X-Forwarded-For", from)];
    let response = client.send("PUT", &share.path(), &headers, Some(share.body.to_string().as_bytes()));
    let took = began.elapsed();
    assert_eq!(response.status, 201, "{}", response.text());
    took
}

/// Sends a whole file of `parts` parts from this address.
fn send_file(client: &Client, from: &str, parts: u64) {
    let (blank, owner) = (Blank::upload(parts * 900_000), Owner::random().unwrap());
    let created = blank.create(client, from, &owner);
    assert_eq!(created.status, 201, "{}", created.text());
    let path = format!("/api/v1/shares/{}", ShareId::of(&owner));
    for n in 1..=parts {
        let path = format!("{path}/parts/{n}");
        let sent = send(client, ("PUT", &path), from, &owner, "application/octet-stream", &vec![1; 900_000]);
        assert_eq!(sent.status, 204, "{}", sent.text());
    }
    let done = send(client, ("POST", &format!("{path}/complete")), from, &owner, "application/octet-stream", &[]);
    assert_eq!(done.status, 200, "{}", done.text());
}

/// Returns a figure of the room, once it is measured.
fn room(client: &Client, of: &str) -> u64 {
    until(SOON, "the measured room", || {
        let text = client.get("/metrics").text();
        let line = text.lines().find(|line| line.starts_with(&format!("onetimeshare_room_bytes{{of=\"{of}\"}}")))?;
        line.rsplit(' ').next()?.parse().ok()
    })
}

/// The ways to a site: direct, and behind nginx, where all clients of a test have the address 127.0.0.1.
struct Ways([(&'static str, Client); 2]);

impl Ways {
    /// Creates "hi" from another address in each way and returns how long that took.
    fn say_hi(&self) -> [Duration; 2] {
        self.0.each_ref().map(|(_, client)| say_hi(client, OTHER))
    }

    /// Describes the times of each way by their median and their maximum.
    fn describe(&self, times: &[[Duration; 2]]) -> String {
        let of_way = |way: usize| {
            let mut times: Vec<u128> = times.iter().map(|times| times[way].as_millis()).collect();
            times.sort_unstable();
            format!("{}: {} ms, at most {}", self.0[way].0, times[times.len() / 2], times[times.len() - 1])
        };
        format!("\"hi\" from another address {}; {}", of_way(0), of_way(1))
    }
}

/// Runs a test with a Redis of 64 MiB and with a disk that has room for 40 MiB. The test's client is direct.
fn on_both(test: impl Fn(&Client, &Ways, &str)) {
    let run = |server: &Server, store| {
        let (nginx, direct) = (Nginx::before(server.port), Client::new(server.url()));
        let ways = Ways([("direct", direct.clone()), ("behind nginx", Client::new(nginx.url()))]);
        test(&direct, &ways, store);
    };
    let redis = RedisServer::start(&["--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]);
    run(&options().redis(redis.port()).start(), "Redis");
    run(&SmallDisk::of(104 * MIB, options()).server, "embedded");
}

#[test]
fn one_address_cannot_fill_the_store() {
    on_both(|client, ways, store| {
        let (all, share) = (room(client, "all"), room(client, "address"));
        assert_eq!(share, all / 8);
        let first = (Blank::message(PART0), Owner::random().unwrap());
        assert_eq!(first.0.create(client, ATTACKER, &first.1).status, 201);
        let (stored, refused, ended) = (AtomicU64::new(1), AtomicU64::new(0), AtomicBool::new(false));
        let times = thread::scope(|scope| {
            let attack = |_| {
                scope.spawn(|| {
                    let blank = Blank::message(PART0);
                    for _ in 0..40 {
                        let response = blank.create_new(client, ATTACKER);
                        if response.status == 201 {
                            stored.fetch_add(1, Ordering::Relaxed);
                            continue;
                        }
                        is_problem(&response, 429, "slow_down", &[]);
                        assert_eq!(retry_after(&response), 3_600);
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                })
            };
            let attackers: Vec<_> = (0..4).map(attack).collect();
            let others = scope.spawn(|| {
                let mut times = Vec::new();
                while !ended.load(Ordering::Relaxed) {
                    times.push(ways.say_hi());
                    thread::sleep(Duration::from_millis(20));
                }
                times
            });
            for attacker in attackers {
                attacker.join().unwrap();
            }
            ended.store(true, Ordering::Relaxed);
            others.join().unwrap()
        });
        let (stored, refused) = (stored.into_inner(), refused.into_inner());
        row(
            &format!("one address against the store ({store})"),
            format!(
                "{stored} of {} shares stored, {} of {} MB; {}",
                stored + refused,
                stored * PART0 as u64 / 1_000_000,
                all / 1_000_000,
                ways.describe(&times)
            ),
        );
        let bytes = stored * PART0 as u64;
        assert!(bytes <= share, "{bytes} of {share}");
        assert!(bytes + 2 * PART0 as u64 > share, "its share is used");
        assert_eq!(first.0.create(client, ATTACKER, &first.1).status, 200, "a repeated create still succeeds");
        say_hi(client, ATTACKER);
        send_file(client, OTHER, 2);

        // Bytes that are gone are given back.
        let path = format!("/api/v1/shares/{}", ShareId::of(&first.1));
        assert_eq!(send(client, ("DELETE", &path), ATTACKER, &first.1, "text/plain", &[]).status, 204);
        assert_eq!(first.0.create_new(client, ATTACKER).status, 201);
        assert_eq!(first.0.create_new(client, ATTACKER).status, 429);
    });
}

#[test]
fn announced_uploads_block_nobody() {
    on_both(|client, ways, store| {
        let share = room(client, "address");
        let blank = Blank::upload(share / 2);
        let began = Instant::now();
        let responses: Vec<Response> = (0..33).map(|_| blank.create_new(client, ATTACKER)).collect();
        let took = began.elapsed();
        let accepted = responses.iter().filter(|response| response.status == 201).count();
        for refused in responses.iter().filter(|response| response.status != 201) {
            is_problem(refused, 429, "slow_down", &[]);
            assert_eq!(retry_after(refused), 120, "announced bytes are held for two minutes");
        }
        let times = [(); 11].map(|()| ways.say_hi());
        send_file(client, OTHER, 3);
        row(
            &format!("33 announced uploads ({store})"),
            format!("{accepted} accepted in {} ms; {}", took.as_millis(), ways.describe(&times)),
        );
        assert_eq!(accepted, 1, "the second one is over its share with its part 0");
        let alone = Blank::upload(share + 1).create_new(client, ATTACKER);
        is_problem(&alone, 413, "too_large", &[]);

        // From many addresses: announcements take the room, but it is not reported as full, and messages have theirs.
        let refused = (0..33)
            .map(|n| blank.create_new(client, &format!("198.51.100.{}", n + 10)))
            .find(|response| response.status != 201)
            .expect("the room has an end");
        is_problem(&refused, 503, "unavailable", &[]);
        assert_eq!(retry_after(&refused), 30);
        let times = [(); 11].map(|()| ways.say_hi());
        row(&format!("announced uploads of many addresses ({store})"), ways.describe(&times));
    });
}

#[test]
fn servers_on_one_redis_count_together_and_store_no_address() {
    let redis = RedisServer::start(&["--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]);
    let servers = [(), ()].map(|()| options().redis(redis.port()).start());
    let clients = [0, 1].map(|n: usize| Client::new(servers[n].url()));
    let share = room(&clients[1], "address").min(room(&clients[0], "address"));
    let blank = Blank::message(PART0);
    let mut stored = 0;
    for n in 0..40 {
        match blank.create_new(&clients[usize::from(n >= 3)], ATTACKER).status {
            201 => stored += 1,
            other => assert_eq!(other, 429),
        }
    }
    let one = PART0 as u64;
    row(
        "one address against two servers",
        format!("{stored} of 40 shares stored, {} of {} MB", stored * one / 1_000_000, share * 8 / 1_000_000),
    );
    assert!(stored * one <= share && (stored + 2) * one > share, "{stored}");
    let counted = until(SOON, "the sum in Redis", || {
        let keys: Vec<String> = redis.ask(&["KEYS", "share:{quota}:*"]);
        let counters = keys.iter().filter(|key| !key.ends_with(":key"));
        let sums: Vec<u64> = counters.map(|key| redis.ask::<u64>(&["GET", key])).collect();
        sums.iter().find(|sum| **sum >= stored * one).copied()
    });
    assert!(counted <= stored * (one + 1_024), "{counted}");
    let keys: Vec<String> = redis.ask(&["KEYS", "share:{quota}:*"]);
    let address = hex(&ATTACKER.parse::<Ipv4Addr>().unwrap().octets());
    for key in &keys {
        assert!((1..=86_400).contains(&redis.ask::<i64>(&["TTL", key])), "{key} ends");
        let name = key.strip_prefix("share:{quota}:").unwrap();
        assert!(name == "key" || name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
        assert!(!name.contains(&address), "{name} holds the address");
    }
}

#[test]
fn check_config_shows_the_room() {
    let redis = RedisServer::start(&["--maxmemory", "100mb", "--maxmemory-policy", "noeviction"]);
    let (status, text) = options().redis(redis.port()).run(&["check-config"]);
    assert!(status.success(), "{text}");
    for words in [
        "room: 67 MB for shares",
        "one address may store 8.3 MB a day",
        "6.7 MB are kept",
        "warning: max_size is 2.1 GB",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let (status, text) = options().redis(redis.port()).set("address_share", 2).run(&["check-config"]);
    assert!(status.success() && text.contains("one address may store 33 MB a day"), "{text}");
    let redis = RedisServer::start(&[]);
    let (status, text) = options().redis(redis.port()).run(&["check-config"]);
    assert!(status.success() && text.contains("set maxmemory"), "{text}");
    let (status, text) = options().run(&["check-config"]);
    assert!(status.success() && text.contains("room: "), "{text}");
    let (status, text) = options().redis(1).run(&["check-config"]);
    assert!(status.success() && text.contains("room: unknown"), "{text}");
}
