//! Tests of each form of `redis_url`: the conformance suite, and changes of the servers' roles.

use crate::conformance::SUITE;
use crate::fixture::{self, Fixture, bytes, new_id, record, until};
use crate::ports::free_port;
use crate::redis_server::RedisServer;
use crate::redis_topologies::{Certificates, Cluster, Sentinels};
use crate::table::row;
use onetimeshare::store::{
    Command, PartsFate, RedisOptions, RedisStorage, RedisTarget, RedisTls, Reply, Storage, StoreError, Swapped,
};
use onetimeshare_envelope::ShareId;
use redis::Value;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum time until the store works again after a new primary was elected.
const FOLLOWS: Duration = Duration::from_secs(3);
/// Time after which nodes count as down in tests without failover: longer than a busy machine delays their answers.
const NEVER: Duration = Duration::from_secs(30);

/// Runs the suite concurrently; each test uses its own ids.
fn run_suite(what: &str, store: &Fixture) {
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for (name, test) in SUITE {
            let failed = &failed;
            scope.spawn(move || {
                if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(store))).is_err() {
                    failed.lock().unwrap().push(*name);
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    let passed = SUITE.len() - failed.len();
    row(&format!("Storage suite ({what})"), format!("{passed} of {} tests passed", SUITE.len()));
    assert!(failed.is_empty(), "{what}: {failed:?}");
}

/// Runs the suite with and without the async handle.
fn run_suites(what: &str, store: Fixture) {
    run_suite(what, &store);
    run_suite(&format!("{what}, through the handle"), &store.through_the_handle());
}

fn waiting_for(wait_replicas: u32) -> RedisOptions {
    RedisOptions { wait_replicas, ..RedisOptions::default() }
}

fn one(storage: &dyn Storage, command: Command) -> Result<Reply, StoreError> {
    storage.execute(vec![command]).remove(0)
}

fn refusal(storage: &dyn Storage, command: Command) -> String {
    match one(storage, command) {
        Err(StoreError::Unavailable(why)) => why.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_suite_passes_over_tls_with_a_private_authority_and_a_client_certificate() {
    let (certificates, port) = (Certificates::new(), free_port());
    let options = certificates.options(port);
    let _server = RedisServer::start(&options.iter().map(String::as_str).collect::<Vec<_>>());
    let read = |ca: &str, cert: &str, key: &str| {
        let path = |name: &str| if name.is_empty() { "".into() } else { certificates.file(name) };
        RedisTls::read(&path(ca), &path(cert), &path(key)).unwrap()
    };
    let on = |tls| {
        let target = RedisTarget::parse(&format!("rediss://127.0.0.1:{port}/")).unwrap().with_tls(tls).unwrap();
        RedisStorage::new(target, RedisOptions::default()).unwrap()
    };
    // The system's authorities did not sign this server, and it requires a client certificate.
    for tls in [RedisTls::default(), read("ca.pem", "", ""), read("client.pem", "client.pem", "client.key")] {
        refusal(&on(tls), Command::Ping);
    }
    let mut store = fixture::on("redis://127.0.0.1:1", RedisOptions::default());
    store.storage = std::sync::Arc::new(on(read("ca.pem", "client.pem", "client.key")));
    run_suites("TLS", store);
}

#[test]
fn an_unusable_certificate_is_reported_with_its_setting() {
    let certificates = Certificates::new();
    let (good, key, none) = (certificates.file("client.pem"), certificates.file("client.key"), Path::new(""));
    let away = certificates.file("away.pem");
    for (ca, cert, private, setting) in [
        (away.as_path(), none, none, "redis_ca"),
        (&key, none, none, "redis_ca"),
        (none, &good, none, "redis_client_key"),
        (none, none, &key, "redis_client_cert"),
        (none, &key, &key, "redis_client_cert"),
        (none, &good, &good, "redis_client_key"),
    ] {
        let (named, why) = RedisTls::read(ca, cert, private).unwrap_err();
        assert_eq!(named, setting, "{why}");
    }
}

#[test]
fn the_suite_passes_on_a_unix_socket_as_a_restricted_user() {
    let server = RedisServer::start(&[]);
    let rights = "~share:* ~hit_counter +@read +@write +@scripting +@transaction +@connection +info +time +role +wait +command|info +config|get";
    let user = ["ACL", "SETUSER", "share", "on", ">open sesame"];
    let _: Value = server.ask(&user.into_iter().chain(rights.split(' ')).collect::<Vec<_>>());
    let url = format!("redis+unix://{}?user=share&pass=open%20sesame&db=5", server.socket().display());
    run_suites("socket file, ACL user, database 5", fixture::on(&url, RedisOptions::default()));
    let space = server.info("keyspace");
    assert!(space.contains_key("db5") && !space.contains_key("db0"), "{space:?}");
    let wrong = url.replace("sesame", "barley");
    assert!(refusal(&*fixture::on(&wrong, RedisOptions::default()).storage, Command::Ping).contains("rejected"));
}

#[test]
fn the_suite_passes_on_valkey() {
    let Some(server) = RedisServer::start_valkey(&["--appendonly", "yes", "--appendfsync", "always"]) else {
        row("Storage suite (Valkey)", "not run: valkey-server is not installed (bin/test installs it on Debian)");
        return;
    };
    let told = server.info("server");
    assert_eq!(told["server_name"], "valkey", "OTS_VALKEY names another make");
    let options = RedisOptions { wait_fsync: true, ..RedisOptions::default() };
    run_suites(&format!("Valkey {}", told["valkey_version"]), fixture::on(&server.url(), options));
}

#[test]
fn the_suite_passes_with_sentinels_and_with_wait_for_replicas() {
    let sentinels = Sentinels::start(2, NEVER, &[]);
    run_suite("Sentinel, 3 and 1 + 2", &fixture::on(&sentinels.url(), waiting_for(0)));
    let waiting = fixture::on(&sentinels.url(), waiting_for(2)).through_the_handle();
    run_suite("Sentinel, 3 and 1 + 2, through the handle, WAIT 2", &waiting);
    let unknown = sentinels.url().replace("/main", "/other");
    let why = refusal(&*fixture::on(&unknown, waiting_for(0)).storage, Command::Ping);
    assert!(why.contains("redis_url"), "{why}");
}

#[test]
fn the_suite_passes_on_a_cluster_and_with_wait_for_replicas() {
    let cluster = Cluster::start(NEVER, &[]);
    run_suite("Cluster, 3 + 3", &fixture::on(&cluster.url(), waiting_for(0)));
    let waiting = fixture::on(&cluster.url(), waiting_for(1)).through_the_handle();
    run_suite("Cluster, 3 + 3, through the handle, WAIT 1", &waiting);
}

/// Opens a waiting share like the server does, with retries. Returns the number of failed attempts.
fn open_with_retries(storage: &dyn Storage, id: ShareId, part: &[u8], timeout: Duration) -> u64 {
    let end = Instant::now() + timeout;
    let (waiting, opened) = (record(id, "waiting"), record(id, "opened"));
    for refused in 0.. {
        let last = match one(storage, Command::Load { id }) {
            Ok(Reply::Loaded(loaded)) if loaded.record.as_ref() == Some(&opened) => {
                // The reply to the swap was lost.
                match one(storage, Command::GetPart { id, n: 0, big: false }) {
                    Ok(Reply::Part(found)) => {
                        assert_eq!(found.as_deref(), Some(part));
                        return refused;
                    }
                    other => format!("{other:?}"),
                }
            }
            Ok(Reply::Loaded(loaded)) => {
                assert_eq!(loaded.record.as_ref(), Some(&waiting), "the record of another share");
                let until = loaded.now.plus(3600);
                let swap = Command::Swap {
                    id,
                    old: waiting.clone(),
                    new: opened.clone(),
                    record_until: until,
                    parts: PartsFate::Open(until),
                    big: false,
                };
                match one(storage, swap) {
                    Ok(Reply::Swapped(Swapped::Done(Some(found)))) => {
                        assert_eq!(found, part, "the part of another share");
                        return refused;
                    }
                    other => format!("{other:?}"),
                }
            }
            other => format!("{other:?}"),
        };
        assert!(Instant::now() < end, "not opened within {timeout:?}: {last}");
        thread::sleep(Duration::from_millis(10));
    }
    unreachable!()
}

#[test]
fn slots_may_migrate_while_shares_are_created_and_opened() {
    const MOVES: usize = 60;
    let cluster = Cluster::start(NEVER, &[]);
    let store = fixture::on(&cluster.url(), RedisOptions::default());
    let storage = &*store.storage;
    let (end, made, refused, next) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let now = store.now();
    // Slots of shares of this test, so that keys are migrated.
    let shares: Vec<ShareId> = (0..20_000).map(|_| new_id()).collect();
    let slot = |id: ShareId| -> u16 { cluster.nodes[0].ask(&["CLUSTER", "KEYSLOT", &format!("share:{{{id}}}")]) };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !end.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(id) = shares.get(usize::try_from(n).unwrap()).copied() else { return };
                    let (part, until) = (bytes(n, 300), now.plus(3600));
                    let insert = || Command::Insert {
                        id,
                        record: record(id, "waiting"),
                        part0: part.clone(),
                        record_until: until,
                        parts_until: until,
                    };
                    while !matches!(one(storage, insert()), Ok(Reply::Inserted(_))) {
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                    refused
                        .fetch_add(open_with_retries(storage, id, &part, Duration::from_secs(10)), Ordering::Relaxed);
                    made.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for n in 0..MOVES {
            // A share in use.
            let at = usize::try_from(next.load(Ordering::Relaxed)).unwrap() + n % 8;
            cluster.move_slot(slot(shares[at.min(shares.len() - 1)]));
        }
        end.store(true, Ordering::Relaxed);
    });
    let made = made.into_inner();
    let refused = refused.into_inner();
    row(
        "slots of a cluster moved under load",
        format!("{MOVES} moves, {made} shares made and opened, {refused} refusals"),
    );
    assert!(made > 20);
    // A store with the old slot map finds everything once the nodes agree on the slots.
    for (n, id) in (0..).zip(&shares).take(usize::try_from(made).unwrap()) {
        let part = || one(storage, Command::GetPart { id: *id, n: 0, big: true });
        until("the nodes to agree", Duration::from_secs(20), || part() == Ok(Reply::Part(Some(bytes(n, 300)))));
    }
}

#[test]
fn a_cluster_is_used_again_after_a_failover() {
    let mut cluster = Cluster::start(Duration::from_secs(1), &[]);
    let store = fixture::on(&cluster.url(), waiting_for(1));
    let shares: Vec<_> = (0..60).map(|n| (n, store.inserted(&bytes(n, 50)).0)).collect();
    cluster.nodes[0].kill();
    let rest = &cluster.nodes[1..];
    let elected = until("another primary", Duration::from_secs(60), || {
        rest.iter().filter(|node| node.info("replication")["role"] == "master").count() == 3
            && rest.iter().all(|node| node.cluster_info("cluster_state") == "ok")
    });
    let follows = until("all shares again", FOLLOWS, || {
        shares.iter().all(|(_, id)| {
            matches!(one(&*store.storage, Command::Load { id: *id }), Ok(Reply::Loaded(loaded)) if loaded.record.is_some())
        })
    });
    row("a primary of a cluster killed", format!("in use {follows:.1?} after the election, which took {elected:.1?}"));
    // Without one replica, calls for a third of the shares fail and the others succeed.
    let refused = shares.iter().filter_map(|(n, id)| {
        let until = fixture::embedded().now().plus(60);
        let swap = Command::Swap {
            id: *id,
            old: record(*id, "waiting"),
            new: record(*id, "opened"),
            record_until: until,
            parts: PartsFate::Open(until),
            big: false,
        };
        match one(&*store.storage, swap) {
            Ok(Reply::Swapped(Swapped::Done(Some(part)))) => {
                assert_eq!(part, bytes(*n, 50));
                None
            }
            Err(StoreError::Unavailable(why)) => {
                // On a busy machine, the reply of WAIT may come too late.
                assert!(why.contains("in time"), "{why}");
                Some(why.contains("replicas"))
            }
            other => panic!("{other:?}"),
        }
    });
    let refused: Vec<bool> = refused.collect();
    assert!((5..40).contains(&refused.len()), "{} of 60 refused", refused.len());
    let named = refused.iter().filter(|named| **named).count();
    assert!(named * 2 > refused.len(), "most refusals name the replicas: {named}");
}

#[test]
fn without_the_required_replicas_no_reader_gets_a_byte() {
    let primary = RedisServer::start(&["--repl-diskless-sync-delay", "0"]);
    let port = primary.port().to_string();
    let mut replica = RedisServer::start(&["--replicaof", &format!("127.0.0.1 {port}")]);
    until("the replica", Duration::from_secs(20), || primary.info("replication")["connected_slaves"] == "1");
    let store = fixture::on(&primary.url(), waiting_for(1));
    let (id, first) = store.inserted(b"part");
    let end = store.now().plus(60);
    replica.kill();
    let opened = record(id, "opened");
    let swap = || Command::Swap {
        id,
        old: first.clone(),
        new: opened.clone(),
        record_until: end,
        parts: PartsFate::Open(end),
        big: false,
    };
    let start = Instant::now();
    assert!(refusal(&*store.storage, swap()).contains("replicas"));
    assert!(start.elapsed() < Duration::from_millis(2_500));
    // The primary has stored the opening. A repeated read also fails until a replica confirms.
    assert_eq!(store.record(id), Some(opened.clone()));
    assert!(refusal(&*store.storage, Command::GetPart { id, n: 0, big: false }).contains("replicas"));
    assert!(
        refusal(
            &*store.storage,
            Command::Insert { id, record: first.clone(), part0: vec![1], record_until: end, parts_until: end }
        )
        .contains("replicas")
    );
    replica.restart(false);
    until("the replica again", Duration::from_secs(20), || {
        matches!(one(&*store.storage, Command::GetPart { id, n: 0, big: false }), Ok(Reply::Part(Some(_))))
    });
    assert_eq!(store.part(id, 0).as_deref(), Some(&b"part"[..]));
    let left: Vec<String> = primary.ask(&["KEYS", "*:fence"]);
    assert!(left.len() <= 1, "the key of the fence expires at once");
}

#[test]
fn a_cluster_without_a_slot_is_down_and_used_again_when_it_is_assigned() {
    let bus = free_port().to_string();
    let node = RedisServer::start(&["--cluster-enabled", "yes", "--cluster-port", &bus]);
    let well = |state: &str| {
        until("the cluster's state", Duration::from_secs(20), || node.cluster_info("cluster_state") == state)
    };
    let store = fixture::on(&format!("redis-cluster://127.0.0.1:{}", node.port()), RedisOptions::default());
    assert!(refusal(&*store.storage, Command::Ping).contains("no slots"));
    let _: Value = node.ask(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    well("ok");
    let (id, first) = store.inserted(b"part");
    let _: Value = node.ask(&["CLUSTER", "DELSLOTS", "0"]);
    well("fail");
    let start = Instant::now();
    let why = refusal(&*store.storage, Command::Load { id });
    assert!(why.contains("cluster"), "{why}");
    assert!(start.elapsed() < Duration::from_millis(2_500));
    let _: Value = node.ask(&["CLUSTER", "ADDSLOTS", "0"]);
    well("ok");
    until(
        "the share again",
        Duration::from_secs(2),
        || matches!(one(&*store.storage, Command::Load { id }), Ok(Reply::Loaded(loaded)) if loaded.record.as_ref() == Some(&first)),
    );
}
