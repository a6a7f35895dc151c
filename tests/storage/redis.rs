//! Tests of Redis only: full memory, frozen and restarted servers, errors.

use crate::fixture::{self, Ground, ask, bytes, new_id, numbered_id, record, redis_storage, runtime, until};
use crate::redis_server::RedisServer;
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, PartPut, PartsFate, RedisOptions, RedisStorage, RedisTarget, Reply, Storage, Store, StoreError,
    StoreSettings, Swapped,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Maximum duration of a call, whatever happens to Redis: 2.3 seconds, and what a busy machine adds.
const LIMIT: Duration = Duration::from_millis(3_500);
/// Maximum time until Redis is used again after it returned.
const RECOVERY: Duration = Duration::from_secs(2);

fn store_on(server: &RedisServer) -> Store {
    let target = RedisTarget::parse(&server.url()).unwrap();
    StoreSettings::Redis { target, options: RedisOptions::default() }.open().unwrap()
}

fn far() -> Timestamp {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(u64::try_from(now.as_millis()).unwrap()).plus(3600)
}

fn insert(n: u64, length: usize) -> Command {
    let id = numbered_id(n);
    let end = far();
    Command::Insert { id, record: record(id, "waiting"), part0: bytes(n, length), record_until: end, parts_until: end }
}

/// Returns one command of each kind.
fn every_command() -> Vec<Command> {
    let (id, until) = (new_id(), far());
    let (old, new) = (record(id, "old"), record(id, "new"));
    vec![
        insert(900_001, 10),
        insert(900_002, 200_000),
        Command::Load { id },
        Command::Swap { id, old: old.clone(), new, record_until: until, parts: PartsFate::Keep(until), big: false },
        Command::PutPart { id, old, n: 1, bytes: bytes(1, 1_500_000), until, max_bytes: u64::MAX },
        Command::GetPart { id, n: 0, big: true },
        Command::ListParts { id },
        Command::Ping,
        Command::CountVisit,
    ]
}

#[test]
fn every_key_but_the_hit_counter_expires() {
    let store = fixture::redis();
    let Ground::Redis(server) = &store.ground else { panic!() };
    let (id, first) = store.inserted(b"part");
    let end = far();
    assert_eq!(store.put_part(id, &first, 1, b"more", end), PartPut::Done);
    assert_eq!(store.swap(id, &first, &record(id, "opened"), end, PartsFate::Keep(end)), Swapped::Done(None));
    let (id, first) = store.inserted(b"part");
    assert_eq!(store.swap(id, &first, &record(id, "dropped"), end, PartsFate::Drop), Swapped::Done(None));
    let (_, _) = store.inserted(b"part");
    store.call(Command::CountVisit).unwrap();
    let keys: Vec<String> = server.ask(&["KEYS", "*"]);
    assert_eq!(keys.len(), 3 + 2 + 1 + 1, "three records, two with part 0, one with more parts, and one counter");
    for key in keys {
        let left: i64 = server.ask(&["PTTL", &key]);
        assert!(if key == "hit_counter" { left == -1 } else { key.starts_with("share:{") && left > 3_500_000 });
    }
}

#[test]
fn a_full_redis_rejects_new_parts_and_still_serves_reads() {
    let server = RedisServer::start(&["--maxmemory", "12mb", "--maxmemory-policy", "noeviction"]);
    let storage = redis_storage(&server);
    let one = |command| storage.execute(vec![command]).remove(0);
    let stored = (0..2_000).take_while(|n| match one(insert(*n, 50_000)) {
        Ok(Reply::Inserted(true)) => true,
        Err(StoreError::Full) => false,
        other => panic!("{other:?}"),
    });
    let stored = stored.count() as u64;
    println!("12 MiB of Redis took {stored} shares of 50 kB");
    assert!((10..2_000).contains(&stored));
    assert_eq!(one(insert(0, 50_000)), Err(StoreError::Full), "not even reporting that the share exists");
    let until = far();
    for n in 0..stored {
        let id = numbered_id(n);
        let (old, opened, over) = (record(id, "waiting"), record(id, "opened by its one reader"), record(id, "over"));
        if n == 0 {
            let put =
                Command::PutPart { id, old: old.clone(), n: 1, bytes: bytes(1, 50_000), until, max_bytes: u64::MAX };
            assert_eq!(one(put), Err(StoreError::Full));
            assert_eq!(one(Command::GetPart { id, n: 1, big: false }), Ok(Reply::Part(None)));
        }
        let open = Command::Swap {
            id,
            old,
            new: opened.clone(),
            record_until: until,
            parts: PartsFate::Open(until),
            big: false,
        };
        assert_eq!(one(open), Ok(Reply::Swapped(Swapped::Done(Some(bytes(n, 50_000))))));
        let drop =
            Command::Swap { id, old: opened, new: over, record_until: until, parts: PartsFate::Drop, big: false };
        assert_eq!(one(drop), Ok(Reply::Swapped(Swapped::Done(None))));
    }
    assert_eq!(one(insert(stored, 50_000)), Ok(Reply::Inserted(true)), "the store has room again");
}

#[test]
fn a_frozen_redis_blocks_no_caller_and_mixes_up_no_replies() {
    const SHARES: u64 = 200;
    let server = RedisServer::start(&[]);
    let storage = redis_storage(&server);
    let store = store_on(&server);
    let runtime = runtime();
    runtime.block_on(async {
        for n in 0..SHARES {
            assert_eq!(ask(&store, insert(n, 50)).await, Ok(Reply::Inserted(true)));
        }
    });
    let warm = (0..8).map(|_| Command::Ping).collect();
    assert_eq!(storage.execute(warm).len(), 8);

    server.freeze();
    let slowest = runtime.block_on(async {
        let loads = (0..SHARES).map(|n| Command::Load { id: numbered_id(n) });
        let calls: Vec<_> = every_command()
            .into_iter()
            .chain(loads)
            .map(|command| {
                let store = store.clone();
                tokio::spawn(async move {
                    let start = Instant::now();
                    (ask(&store, command).await, start.elapsed())
                })
            })
            .collect();
        let mut slowest = Duration::ZERO;
        for call in calls {
            let (answer, took) = call.await.unwrap();
            assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
            slowest = slowest.max(took);
        }
        slowest
    });
    let start = Instant::now();
    let answers = storage.execute(every_command());
    assert!(answers.iter().all(|answer| matches!(answer, Err(StoreError::Unavailable(_)))));
    println!("Redis frozen: the slowest of {} calls took {slowest:?}, a batch {:?}", SHARES + 9, start.elapsed());
    assert!(slowest <= LIMIT && start.elapsed() <= LIMIT);

    server.thaw();
    let returned = Instant::now();
    let took = until("healthy again", RECOVERY, || runtime.block_on(store.ping()).is_ok());
    let foreign = runtime.block_on(async {
        let mut foreign = 0;
        for round in 0..10 {
            let reads: Vec<_> = (0..SHARES)
                .map(|n| {
                    let store = store.clone();
                    tokio::spawn(async move {
                        let id = numbered_id(n);
                        if round % 2 == 0 {
                            store.load(id).await.unwrap().record == Some(record(id, "waiting"))
                        } else {
                            store.get_part(id, 0, false).await.unwrap() == Some(bytes(n, 50))
                        }
                    })
                })
                .collect();
            for read in reads {
                foreign += u32::from(!read.await.unwrap());
            }
        }
        foreign
    });
    println!("Redis back: healthy after {took:?}; foreign replies in {} reads: {foreign}", 10 * SHARES);
    assert_eq!(foreign, 0);
    until(
        "the other server to be healthy again",
        RECOVERY.saturating_sub(returned.elapsed()).max(Duration::from_millis(1)),
        || storage.execute(vec![Command::Ping])[0].is_ok(),
    );
}

#[test]
fn a_restart_of_redis_between_calls_causes_no_error() {
    let mut server = RedisServer::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let storage = redis_storage(&server);
    let one = |command| storage.execute(vec![command]).remove(0);
    for (round, with_data) in [true, true, false, true].into_iter().enumerate() {
        let n = round as u64;
        assert_eq!(one(insert(n, 50)), Ok(Reply::Inserted(true)));
        // Several connections in the pool, all of them stale after the restart.
        std::thread::scope(|scope| (0..6).for_each(|_| drop(scope.spawn(|| storage.execute(every_command())))));
        server.restart(with_data);
        // The first calls after the restart, one of each kind. `CountVisit` must not be repeated.
        if round % 2 == 0 {
            assert!(matches!(one(Command::CountVisit), Ok(Reply::Visits(_))));
        }
        match one(Command::Load { id: numbered_id(n) }) {
            Ok(Reply::Loaded(loaded)) => assert_eq!(loaded.record.is_some(), with_data),
            other => panic!("{other:?}"),
        }
    }
    server.restart(false);
    assert_eq!(one(Command::CountVisit), Ok(Reply::Visits(1)), "the counter restarts without the data");
}

#[test]
fn a_flushed_script_is_sent_again() {
    let server = RedisServer::start(&[]);
    let storage = redis_storage(&server);
    let troubles = |n: u64, rounds: u32| {
        let (id, end) = (numbered_id(n), far());
        let mut there = record(id, "waiting");
        let swap = |round: u32| {
            let new = record(id, &round.to_string());
            let old = std::mem::replace(&mut there, new.clone());
            let parts = PartsFate::Keep(end);
            storage.execute(vec![Command::Swap { id, old, new, record_until: end, parts, big: false }]).remove(0)
        };
        assert_eq!(storage.execute(vec![insert(n, 50)]), [Ok(Reply::Inserted(true))]);
        (0..rounds).map(swap).filter(|answer| *answer != Ok(Reply::Swapped(Swapped::Done(None)))).count()
    };
    let swapping = AtomicUsize::new(6);
    std::thread::scope(|scope| {
        for n in 0..6 {
            let (troubles, swapping) = (&troubles, &swapping);
            scope.spawn(move || {
                let troubles = troubles(n, 300);
                swapping.fetch_sub(1, Ordering::Relaxed);
                assert_eq!(troubles, 0);
            });
        }
        while swapping.load(Ordering::Relaxed) > 0 {
            let () = server.ask(&["SCRIPT", "FLUSH"]);
        }
    });
    assert_eq!(troubles(6, 200), 0);
    let stats = server.info("commandstats");
    let count = |name: &str, field: &str| {
        let mut fields = stats.get(&format!("cmdstat_{name}")).map_or("", String::as_str).split(',');
        fields.find_map(|pair| pair.strip_prefix(field)?.parse::<u32>().ok()).unwrap_or(0)
    };
    // The first connection executes one script to see whether Redis knows scripts.
    let (hashed, whole) = (count("evalsha", "calls="), count("eval", "calls=") - 1);
    let unknown = count("evalsha", "failed_calls=") + count("evalsha", "rejected_calls=");
    println!("2,000 swaps: {hashed} by the hash, {unknown} of which Redis had forgotten; {whole} with the script");
    assert_eq!(hashed - unknown + whole, 2_000, "{stats:?}");
    assert!(unknown > 0 && hashed >= 190, "{stats:?}");
}

#[test]
fn redis_may_start_late_and_restart() {
    let mut server = RedisServer::start(&[]);
    server.kill();
    let store = store_on(&server);
    let runtime = runtime();
    for round in 0..3 {
        for _ in 0..5 {
            let start = Instant::now();
            let answer = runtime.block_on(store.count_visit());
            assert!(matches!(&answer, Err(StoreError::Unavailable(text)) if text.contains("Redis")), "{answer:?}");
            assert!(start.elapsed() <= LIMIT);
        }
        server.restart(false);
        let took = until("healthy again", RECOVERY, || runtime.block_on(store.ping()).is_ok());
        println!("Redis started: healthy after {took:?}");
        assert_eq!(runtime.block_on(store.count_visit()), Ok(1), "round {round}");
        server.kill();
    }
}

#[test]
fn errors_are_reported_without_the_password() {
    let unavailable = |storage: &RedisStorage, command| match storage.execute(vec![command]).remove(0) {
        Err(StoreError::Unavailable(text)) => text,
        other => panic!("{other:?}"),
    };
    let on = |url: &str| RedisStorage::new(RedisTarget::parse(url).unwrap(), RedisOptions::default()).unwrap();

    let lonely = RedisServer::start(&["--min-replicas-to-write", "1"]);
    assert!(unavailable(&on(&lonely.url()), insert(1, 10)).contains("replicas"));
    let replica = RedisServer::start(&["--replicaof", "127.0.0.1 1"]);
    assert!(unavailable(&on(&replica.url()), insert(1, 10)).contains("replica"));

    let locked = RedisServer::start(&["--requirepass", "open sesame"]);
    let address = format!("127.0.0.1:{}", locked.port());
    assert!(unavailable(&on(&format!("redis://{address}")), Command::Ping).contains("requires a password"));
    let wrong = unavailable(&on(&format!("redis://:abracadabra@{address}")), Command::Ping);
    assert!(wrong.contains("rejected") && !wrong.contains("abracadabra") && !wrong.contains(&address), "{wrong}");
    let right = on(&format!("redis://:open%20sesame@{address}/3"));
    assert_eq!(right.execute(vec![Command::Ping]), [Ok(Reply::Pong)]);
}

#[test]
fn a_unix_socket_and_a_database_number_work() {
    let server = RedisServer::start(&[]);
    let url = format!("redis+unix://{}?db=5", server.socket().display());
    let storage = RedisStorage::new(RedisTarget::parse(&url).unwrap(), RedisOptions::default()).unwrap();
    assert_eq!(storage.execute(vec![insert(1, 10)]), [Ok(Reply::Inserted(true))]);
    let space: String = server.ask(&["INFO", "keyspace"]);
    assert!(space.contains("db5:keys=2") && !space.contains("db0"), "{space}");
}
