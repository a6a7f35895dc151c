//! Tests a Redis that responds but does not work (read-only, loading, full, evicting): what the site reports, and that
//! it recovers by itself.

use crate::client::{Client, Response, Share};
use crate::html::page;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, is_json, is_problem, retry_after, until};
use crate::table::row;
use redis::Value;
use serde_json::json;
use std::thread;
use std::time::{Duration, Instant};

/// Maximum response time, whatever is wrong with Redis.
const LIMIT: Duration = Duration::from_millis(2_500);

fn set(redis: &RedisServer, name: &str, value: &str) {
    let _: Value = redis.ask(&["CONFIG", "SET", name, value]);
}

/// While Redis rejects writes, every call that needs one reports it in time.
fn writes_are_rejected(client: &Client, waiting: &Share) {
    let calls: [&dyn Fn() -> Response; 4] =
        [&|| client.put(&Share::new("new")), &|| client.open(waiting, &claim()), &|| client.delete(waiting), &|| {
            client.get("/health/ready")
        }];
    for call in calls {
        let asked = Instant::now();
        let response = call();
        assert!(asked.elapsed() <= LIMIT, "{:?}", asked.elapsed());
        assert_eq!(response.status, 503, "{}", response.text());
        assert!((1..=60).contains(&retry_after(&response)));
    }
    assert!(client.form("/", "text/html", &[("message", "hi")]).text().contains("OneTimeShare is closed for now"));
    assert_eq!(client.get("/health/live").status, 200);
}

fn wait_for_recovery(client: &Client, waiting: &Share) -> Duration {
    let back = Instant::now();
    until(Duration::from_secs(2), "the store", || (client.get("/health/ready").status == 200).then_some(()));
    let took = back.elapsed();
    assert_eq!(waiting.message_in(&client.open(waiting, &claim())).as_deref(), Some("kept"));
    took
}

/// Causes or ends a failure.
type Step<'a> = &'a dyn Fn();

#[test]
fn a_read_only_redis_is_reported_and_used_again_once_writable() {
    let folder = "--dbfilename dump.rdb --enable-protected-configs yes --repl-diskless-sync-delay 0";
    let redis = RedisServer::start(&folder.split(' ').collect::<Vec<_>>());
    let server = Options::default().redis(redis.port()).set("limits_per_address", false).start();
    let client = Client::new(server.url());
    let troubles: [(&str, Step, Step); 4] = [
        ("replicas", &|| set(&redis, "min-replicas-to-write", "1"), &|| set(&redis, "min-replicas-to-write", "0")),
        ("replica", &|| drop(redis.ask::<Value>(&["REPLICAOF", "127.0.0.1", "1"])), &|| {
            drop(redis.ask::<Value>(&["REPLICAOF", "NO", "ONE"]));
        }),
        (
            "primary",
            &|| {
                set(&redis, "replica-serve-stale-data", "no");
                let _: Value = redis.ask(&["REPLICAOF", "127.0.0.1", "1"]);
            },
            &|| drop(redis.ask::<Value>(&["REPLICAOF", "NO", "ONE"])),
        ),
        (
            "disk",
            &|| {
                // A directory blocks the snapshot file.
                std::fs::create_dir_all(redis.folder().join("taken/by")).unwrap();
                set(&redis, "dbfilename", "taken");
                set(&redis, "save", "3600 1");
                let _: Value = redis.ask(&["BGSAVE"]);
                until(SOON, "a failed snapshot", || {
                    (redis.info("persistence")["rdb_last_bgsave_status"] == "err").then_some(())
                });
            },
            &|| set(&redis, "save", ""),
        ),
    ];
    for (word, begin, end) in troubles {
        let waiting = Share::new("kept");
        client.create(&waiting);
        begin();
        writes_are_rejected(&client, &waiting);
        server.log.wait_for(word);
        end();
        let took = wait_for_recovery(&client, &waiting);
        println!("{word}: used again {took:?} after the repair");
    }
}

#[test]
fn a_loading_redis_is_waited_for() {
    let options = "--appendonly yes --appendfsync always --rdbcompression no --key-load-delay 60000 \
                   --loading-process-events-interval-bytes 1024";
    let mut redis = RedisServer::start(&options.split(' ').collect::<Vec<_>>());
    let server = Options::default().redis(redis.port()).set("limits_per_address", false).start();
    let client = Client::new(server.url());
    let waiting = Share::new("kept");
    client.create(&waiting);
    // Each key adds 60 ms to loading once the file has been rewritten as a snapshot.
    for n in 0..60 {
        let _: Value = redis.ask(&["SETEX", &format!("share:{{{n}}}"), "600", &"x".repeat(2_000)]);
    }
    let _: Value = redis.ask(&["BGREWRITEAOF"]);
    until(SOON, "the rewritten file", || {
        let info = redis.info("persistence");
        (info["aof_rewrite_in_progress"] == "0" && info["aof_rewrite_scheduled"] == "0").then_some(())
    });
    redis.kill();
    thread::scope(|scope| {
        let restart = scope.spawn(|| redis.restart(true));
        until(SOON, "Redis to load", || {
            client.get("/health/ready");
            server.log.text().contains("loading").then_some(())
        });
        let asked = Instant::now();
        let response = client.put(&Share::new("new"));
        assert!(asked.elapsed() <= LIMIT);
        is_problem(&response, 503, "unavailable", &[]);
        restart.join().unwrap();
    });
    wait_for_recovery(&client, &waiting);
}

#[test]
fn a_full_redis_gives_507_to_creates_while_existing_shares_open() {
    const WAITING: usize = 1_000;
    let redis = RedisServer::start(&["--appendonly", "no"]);
    let server = Options::default().redis(redis.port()).set("limits_per_address", false).start();
    let client = Client::new(server.url());
    let shares: Vec<Share> = (0..WAITING).map(|_| Share::new("kept")).collect();
    let four = |work: &(dyn Fn(&Share) + Sync)| {
        thread::scope(|scope| {
            for some in shares.chunks(WAITING / 4) {
                scope.spawn(move || some.iter().for_each(work));
            }
        });
    };
    four(&|share| client.create(share));
    let used = || redis.info("memory")["used_memory"].parse::<u64>().unwrap();
    set(&redis, "maxmemory", &(used() + 300_000).to_string());
    let big = "x".repeat(20_000);
    let refusal = until(SOON, "a full Redis", || {
        let response = client.put(&Share::new(&big));
        (response.status != 201).then_some(response)
    });
    is_problem(&refusal, 507, "full", &[]);
    assert_eq!(page(&client.form("/", "text/html", &[("message", &big)]), 507).matches("<h1").count(), 1);
    assert_eq!(client.get("/health/ready").status, 200, "Redis is full, not broken");
    assert_eq!(client.put(&shares[0]).status, 200, "a repeated create of an existing share succeeds");
    let full = used();
    four(&|share| {
        let receiver = claim();
        assert_eq!(share.message_in(&client.open(share, &receiver)).as_deref(), Some("kept"));
        assert_eq!(client.confirm(share, &receiver).status, 204);
    });
    let after = used();
    let keys: Vec<String> = redis.ask(&["KEYS", "*"]);
    let endless = keys.iter().filter(|key| redis.ask::<i64>(&["PTTL", key]) < 0 && *key != "hit_counter").count();
    row(
        "Redis filled with waiting shares",
        format!(
            "{WAITING} of {WAITING} opened, memory {full} to {after} bytes, {} keys, {endless} without an end",
            keys.len()
        ),
    );
    assert!(after < full, "{full} to {after}");
    assert_eq!(endless, 0);
    assert_eq!(client.put(&Share::new(&big)).status, 201, "there is space again");
}

#[test]
fn readiness_names_the_store_and_its_guarantees_as_json() {
    let ask = |client: &Client| {
        assert_eq!(client.get("/health/ready").text(), "ready\n");
        client.send("GET", "/health/ready", &[("Accept", "application/json")], None)
    };
    let told = |server: &Server, store: &str, guarantee: &str| {
        let response = ask(&Client::new(server.url()));
        is_json(&response, 200, &["guarantee", "status", "store"]);
        assert_eq!(response.json(), json!({ "status": "ready", "store": store, "guarantee": guarantee }));
    };
    told(&Site::embedded(Options::default()).server, "embedded store", "strict");
    for (options, guarantee) in [
        ("--appendonly yes --appendfsync always", "strict"),
        ("--appendonly yes --appendfsync everysec", "weak"),
        ("--appendonly no", "volatile"),
    ] {
        let mut redis = RedisServer::start(&options.split(' ').collect::<Vec<_>>());
        let server = Options::default().redis(redis.port()).set("metrics", true).start();
        told(&server, "Redis", guarantee);
        let figures = Client::new(server.url()).get("/metrics").text();
        assert!(
            figures.contains(&format!("onetimeshare_store_guarantee{{guarantee=\"{guarantee}\"}} 1\n")),
            "{figures}"
        );
        server.log.wait_for(&format!("the guarantee \"{guarantee}\""));
        redis.kill();
        let client = Client::new(server.url());
        let response = client.send("GET", "/health/ready", &[("Accept", "application/json")], None);
        assert_eq!((response.status, response.json()["status"].as_str()), (503, Some("unavailable")));
        assert!(retry_after(&response) >= 1);
    }
}

#[test]
fn an_evicting_redis_aborts_startup_or_refuses_creates() {
    let mut redis = RedisServer::start(&["--maxmemory-policy", "volatile-ttl"]);
    let (status, text) = Options::default().redis(redis.port()).run(&[]);
    assert!(!status.success());
    assert!(text.contains("volatile-ttl") && text.contains("CONFIG SET maxmemory-policy noeviction"), "{text}");

    redis.kill();
    let server = Options::default().redis(redis.port()).start();
    let client = Client::new(server.url());
    redis.restart(false);
    until(Duration::from_secs(5), "the reason in the log", || {
        assert_eq!(client.get("/health/ready").status, 503);
        server.log.text().contains("CONFIG SET maxmemory-policy noeviction").then_some(())
    });
    is_problem(&client.put(&Share::new("new")), 503, "unavailable", &[]);
    assert_eq!(client.get("/test-redis").status, 200, "calls that store nothing new still work");
}
