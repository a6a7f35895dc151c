//! Guarantees of Redis by its settings, checked by killing it, failing it over and filling it up.

use crate::embedded_files::parts_kept;
use crate::fixture::{self, bytes, full, new_id, new_share, numbered_id, record, runtime, until};
use crate::redis_server::RedisServer;
use crate::table::row;
use onetimeshare::share::Timestamp;
use onetimeshare::share::record::{Creation, Record, UPLOAD_ABANDONED};
use onetimeshare::store::{
    Command, EmbeddedOptions, EmbeddedStorage, Guarantee, PartsFate, RedisOptions, RedisStorage, RedisTarget, Reply,
    Storage, Store, StoreError, StoreSettings, Swapped,
};
use onetimeshare_envelope::{Digest, ShareId};
use redis::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const POLICIES: [&str; 7] =
    ["allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"];

fn storage(url: &str, options: RedisOptions) -> RedisStorage {
    RedisStorage::new(RedisTarget::parse(url).unwrap(), options).unwrap()
}

fn one(storage: &dyn Storage, command: Command) -> Result<Reply, StoreError> {
    storage.execute(vec![command]).remove(0)
}

fn far() -> Timestamp {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(u64::try_from(now.as_millis()).unwrap()).plus(3600)
}

fn insert(n: u64) -> Command {
    let (id, end) = (numbered_id(n), far());
    Command::Insert { id, record: record(id, "waiting"), part0: bytes(n, 50), record_until: end, parts_until: end }
}

fn open(n: u64) -> Command {
    let (id, until) = (numbered_id(n), far());
    let (old, new) = (record(id, "waiting"), record(id, "opened"));
    Command::Swap { id, old, new, record_until: until, parts: PartsFate::Open(until), big: false }
}

fn stored(storage: &dyn Storage, n: u64) -> Option<Vec<u8>> {
    match one(storage, Command::Load { id: numbered_id(n) }) {
        Ok(Reply::Loaded(loaded)) => loaded.record,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_configuration_of_redis_gets_its_guarantee() {
    let waits = RedisOptions { wait_fsync: true, ..RedisOptions::default() };
    for (options, ways, expected) in [
        ("--appendonly yes --appendfsync always", RedisOptions::default(), Guarantee::Strict),
        ("--appendonly yes --appendfsync everysec", RedisOptions::default(), Guarantee::Weak),
        ("--appendonly yes --appendfsync no", RedisOptions::default(), Guarantee::Weak),
        ("--appendonly no", RedisOptions::default(), Guarantee::Volatile),
        ("--save 3600 1", RedisOptions::default(), Guarantee::Weak),
        ("--appendonly no", waits, Guarantee::Volatile),
    ] {
        let server = RedisServer::start(&options.split(' ').collect::<Vec<_>>());
        let storage = storage(&server.url(), ways);
        storage.inspect().unwrap();
        assert_eq!(storage.guarantee(), expected, "{options}");
        assert_eq!(one(&storage, insert(1)), Ok(Reply::Inserted(true)), "{options}");
        assert!(matches!(one(&storage, open(1)), Ok(Reply::Swapped(Swapped::Done(Some(_))))));
    }
    assert_eq!(fixture::embedded().storage.guarantee(), Guarantee::Strict);
}

#[test]
fn waiting_for_the_disk_is_strict_where_supported_and_harmless_elsewhere() {
    let server = RedisServer::start(&["--appendonly", "yes", "--appendfsync", "everysec"]);
    let storage = storage(&server.url(), RedisOptions { wait_fsync: true, ..RedisOptions::default() });
    storage.inspect().unwrap();
    let can = server.try_ask::<Value>(&["WAITAOF", "0", "0", "1"]).is_ok();
    let expected = if can { Guarantee::Strict } else { Guarantee::Weak };
    println!("this redis-server {} WAITAOF", if can { "knows" } else { "does not know" });
    assert_eq!(storage.guarantee(), expected);
    assert_eq!(one(&storage, insert(1)), Ok(Reply::Inserted(true)));
    assert!(matches!(one(&storage, open(1)), Ok(Reply::Swapped(Swapped::Done(Some(_))))));
    assert!(matches!(
        one(&storage, Command::GetPart { id: numbered_id(1), n: 0, big: false }),
        Ok(Reply::Part(Some(_)))
    ));
}

#[test]
fn a_user_that_may_not_read_settings_works_with_an_unverified_guarantee() {
    let server = RedisServer::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let rights = "~share:* ~hit_counter +@read +@write +@scripting +@transaction +@connection +time";
    let user = ["ACL", "SETUSER", "share", "on", ">pass"];
    let _: Value = server.ask(&user.into_iter().chain(rights.split(' ')).collect::<Vec<_>>());
    let storage = storage(&format!("redis://share:pass@127.0.0.1:{}", server.port()), RedisOptions::default());
    storage.inspect().unwrap();
    assert_eq!(storage.guarantee(), Guarantee::Unverified);
    assert_eq!(one(&storage, insert(1)), Ok(Reply::Inserted(true)));
}

#[test]
fn an_evicting_redis_is_refused_with_the_command_that_fixes_it() {
    let server = RedisServer::start(&[]);
    let open = || {
        let target = RedisTarget::parse(&server.url()).unwrap();
        StoreSettings::Redis { target, options: RedisOptions::default() }.open()
    };
    for policy in POLICIES {
        let _: Value = server.ask(&["CONFIG", "SET", "maxmemory-policy", policy]);
        let refusal = open().err().unwrap();
        assert!(refusal.contains(policy) && refusal.contains("CONFIG SET maxmemory-policy noeviction"), "{refusal}");
    }
    let _: Value = server.ask(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
    runtime().block_on(open().unwrap().ping()).unwrap();
    row("eviction policies of Redis refused", format!("{} of 7", POLICIES.len()));
}

#[test]
fn the_settings_of_a_late_redis_are_checked_before_new_shares_are_stored() {
    let mut server = RedisServer::start(&["--maxmemory-policy", "allkeys-lru"]);
    server.kill();
    let storage = storage(&server.url(), RedisOptions::default());
    assert_eq!(storage.inspect(), Ok(()), "the store starts while Redis is down");
    assert_eq!(storage.guarantee(), Guarantee::Unverified);
    server.restart(false);
    let told = |answer: Result<Reply, StoreError>| match answer {
        Err(StoreError::Unavailable(why)) => why,
        other => panic!("{other:?}"),
    };
    until("the reason", Duration::from_secs(5), || told(one(&storage, Command::Ping)).contains("noeviction"));
    assert!(told(one(&storage, insert(1))).contains("noeviction"));
    let mixed = storage.execute(vec![insert(2), Command::CountVisit, Command::Ping, Command::Load { id: new_id() }]);
    assert!(matches!(&mixed[..], [Err(_), Ok(Reply::Visits(1)), Err(_), Ok(Reply::Loaded(_))]), "{mixed:?}");
    let _: Value = server.ask(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
    storage.inspect().unwrap();
    assert_eq!(one(&storage, insert(1)), Ok(Reply::Inserted(true)));
    assert_eq!(one(&storage, Command::Ping), Ok(Reply::Pong));
}

/// The results of killing Redis in one configuration.
#[derive(Default, Debug)]
struct Kills {
    created: u64,
    opened: u64,
    came_back: u64,
    vanished: u64,
}

/// Kills a Redis repeatedly while shares are created and opened, and checks what is left.
fn kill_again_and_again(server: &mut RedisServer, storage: &RedisStorage, kills: u64) -> Kills {
    /// Range of share numbers for one writer between two kills.
    const SPAN: u64 = 1_000_000;
    let mut tally = Kills::default();
    for kill in 0..kills {
        let end = AtomicBool::new(false);
        // Acknowledged were the first `created` numbers of a writer; every other one of them was opened.
        let written: Vec<(u64, u64, u64)> = thread::scope(|scope| {
            let writers: Vec<_> = (0..3)
                .map(|writer| {
                    let first = (kill * 3 + writer + 1) * SPAN;
                    let end = &end;
                    scope.spawn(move || {
                        let (mut created, mut opened) = (0, 0);
                        while !end.load(Ordering::Relaxed) {
                            if one(storage, insert(first + created)) != Ok(Reply::Inserted(true)) {
                                break;
                            }
                            created += 1;
                            if created % 2 == 1 {
                                match one(storage, open(first + created - 1)) {
                                    Ok(Reply::Swapped(Swapped::Done(Some(_)))) => opened += 1,
                                    _ => break,
                                }
                            }
                        }
                        (first, created, opened)
                    })
                })
                .collect();
            thread::sleep(Duration::from_millis(20 + kill * 37 % 90));
            server.kill();
            end.store(true, Ordering::Relaxed);
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        server.restart(true);
        until("Redis is used again", Duration::from_secs(5), || one(storage, Command::Ping).is_ok());
        for (first, created, opened) in written {
            tally.created += created;
            tally.opened += opened;
            for n in 0..created {
                let (found, is_open) = (stored(storage, first + n), n % 2 == 0 && n / 2 < opened);
                let waiting = found.as_ref() == Some(&record(numbered_id(first + n), "waiting"));
                tally.came_back += u64::from(is_open && waiting);
                tally.vanished += u64::from(found.is_none());
            }
        }
    }
    tally
}

#[test]
fn a_killed_redis_loses_no_more_than_its_guarantee_says() {
    let kills = if full() { 100 } else { 5 };
    for (name, options) in [
        ("AOF always", "--appendonly yes --appendfsync always"),
        ("AOF everysec", "--appendonly yes --appendfsync everysec"),
        ("no AOF, no snapshots", "--appendonly no"),
    ] {
        let mut server = RedisServer::start(&options.split(' ').collect::<Vec<_>>());
        let storage = storage(&server.url(), RedisOptions::default());
        storage.inspect().unwrap();
        let class = storage.guarantee();
        let tally = kill_again_and_again(&mut server, &storage, kills);
        row(
            &format!("kill -9 of Redis ({name})"),
            format!(
                "{class}: {kills} kills, {} shares created, {} opened: {} came back, {} vanished",
                tally.created, tally.opened, tally.came_back, tally.vanished
            ),
        );
        assert!(tally.opened >= kills, "{name}: {tally:?}");
        match class {
            Guarantee::Strict => assert_eq!((tally.came_back, tally.vanished), (0, 0), "{name}"),
            Guarantee::Volatile => assert_eq!((tally.came_back, tally.vanished), (0, tally.created), "{name}"),
            Guarantee::Weak | Guarantee::Unverified => {}
        }
    }
}

#[test]
fn snapshots_alone_restore_an_opened_share_and_are_weak() {
    let mut server = RedisServer::start(&["--save", "3600 1"]);
    let storage = storage(&server.url(), RedisOptions::default());
    storage.inspect().unwrap();
    assert_eq!(one(&storage, insert(1)), Ok(Reply::Inserted(true)));
    let _: Value = server.ask(&["SAVE"]);
    assert!(matches!(one(&storage, open(1)), Ok(Reply::Swapped(Swapped::Done(Some(_))))));
    server.kill();
    server.restart(true);
    assert_eq!(stored(&storage, 1), Some(record(numbered_id(1), "waiting")), "the weak guarantee allows this");
    assert_eq!(storage.guarantee(), Guarantee::Weak);
}

/// Returns a real record created `ago` seconds ago: an upload whose last part is as old, or a waiting share.
fn made(n: u64, now: Timestamp, ago: u64, uploading: bool) -> (ShareId, Command) {
    let (id, then) = (numbered_id(n), Timestamp(now.0 - ago * 1000));
    let digest = Digest::of(&n.to_le_bytes());
    let creation = Creation {
        id,
        owner: digest,
        open_verifier: digest,
        password_verifier: None,
        parts: if uploading { 3 } else { 1 },
        size: if uploading { 2_000_000 } else { 0 },
        part0: 20_000,
        lifetime: 3_000,
        body: digest,
    };
    let record = Record::create(&creation, then);
    let (record_until, parts_until) = (record.record_until(then, 60), record.parts_until(then));
    (id, Command::Insert { id, record: record.encode(), part0: bytes(n, 20_000), record_until, parts_until })
}

/// Inserts ten abandoned uploads, ten active uploads, and ten waiting shares that expire before them.
fn fill(storage: &dyn Storage, now: Timestamp) -> [Vec<ShareId>; 3] {
    [(0, UPLOAD_ABANDONED + 60, true), (100, UPLOAD_ABANDONED - 60, true), (200, 2_900, false)].map(
        |(first, ago, uploading)| {
            (first..first + 10)
                .map(|n| {
                    let (id, insert) = made(n, now, ago, uploading);
                    assert_eq!(one(storage, insert), Ok(Reply::Inserted(true)));
                    id
                })
                .collect()
        },
    )
}

fn there(storage: &dyn Storage, ids: &[ShareId]) -> usize {
    let load = |id: &ShareId| match one(storage, Command::Load { id: *id }) {
        Ok(Reply::Loaded(loaded)) => loaded.record.is_some(),
        other => panic!("{other:?}"),
    };
    ids.iter().filter(|id| load(id)).count()
}

fn creates_until_full(store: &Store) -> StoreError {
    runtime().block_on(async {
        for n in 1_000.. {
            let (id, end) = (numbered_id(n), far());
            if let Err(error) = store.insert(id, new_share(id, bytes(n, 20_000), end)).await {
                return error;
            }
        }
        unreachable!()
    })
}

#[test]
fn a_full_redis_loses_only_abandoned_uploads() {
    let server = RedisServer::start(&["--maxmemory", "6mb"]);
    let storage: Arc<dyn Storage> = Arc::new(storage(&server.url(), RedisOptions::default()));
    let store = Store::new(Arc::clone(&storage), Duration::from_secs(3)).unwrap();
    let now = runtime().block_on(store.load(new_id())).unwrap().now;
    let [abandoned, active, waiting] = fill(&*storage, now);
    assert_eq!(creates_until_full(&store), StoreError::Full);
    until("abandoned uploads to be removed", Duration::from_secs(10), || there(&*storage, &abandoned) == 0);
    assert_eq!((there(&*storage, &active), there(&*storage, &waiting)), (10, 10));
    // Redis frees memory in the background.
    let inserts = || one(&*storage, insert(300)) == Ok(Reply::Inserted(true));
    until("the store to have room again", Duration::from_secs(10), inserts);
    let left: Vec<String> = server.ask(&["KEYS", "share:*"]);
    assert!(abandoned.iter().all(|id| !left.iter().any(|key| key.contains(&id.to_string()))), "parts and all");
}

#[test]
fn a_full_disk_loses_only_abandoned_uploads() {
    let folder = tempfile::tempdir().unwrap();
    let storage: Arc<dyn Storage> = Arc::new(EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap());
    let ids = fill(&*storage, Timestamp(far().0 - 3_600_000));
    drop(storage);
    // Simulates a disk with less than `min_free`.
    let full = EmbeddedOptions { min_free: u64::MAX, ..EmbeddedOptions::default() };
    let storage: Arc<dyn Storage> = Arc::new(EmbeddedStorage::open(folder.path(), full).unwrap());
    let store = Store::new(Arc::clone(&storage), Duration::from_secs(10)).unwrap();
    assert_eq!(ids.each_ref().map(|ids| there(&*storage, ids)), [10, 10, 10]);
    assert_eq!(creates_until_full(&store), StoreError::Full);
    until("abandoned uploads to be removed", Duration::from_secs(10), || there(&*storage, &ids[0]) == 0);
    assert_eq!(ids.each_ref().map(|ids| there(&*storage, ids)), [0, 10, 10]);
    until("their parts to be removed", Duration::from_secs(10), || parts_kept(folder.path()) == 20);
}

/// Freezes a Redis under load several times.
#[test]
fn a_redis_frozen_under_load_blocks_no_caller_and_mixes_up_no_replies() {
    const SHARES: u64 = 500;
    let (rounds, pause, reads) = if full() { (3, 10, 10_000) } else { (1, 3, 2_000) };
    let server = RedisServer::start(&[]);
    let target = RedisTarget::parse(&server.url()).unwrap();
    let store = StoreSettings::Redis { target, options: RedisOptions::default() }.open().unwrap();
    let runtime = runtime();
    runtime.block_on(async {
        for n in 0..SHARES {
            let (id, end) = (numbered_id(n), far());
            assert_eq!(store.insert(id, new_share(id, bytes(n, 50), end)).await, Ok(true));
        }
    });
    let (slowest, calls, foreign) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let read = |store: Store, n: u64| async move {
        let (start, id) = (Instant::now(), numbered_id(n));
        let right = if n.is_multiple_of(2) {
            store.load(id).await.map(|loaded| loaded.record == Some(record(id, "waiting")))
        } else {
            store.get_part(id, 0, false).await.map(|part| part == Some(bytes(n, 50)))
        };
        (right, start.elapsed())
    };
    let note = |(right, took): (Result<bool, StoreError>, Duration)| {
        calls.fetch_add(1, Ordering::Relaxed);
        slowest.fetch_max(u64::try_from(took.as_millis()).unwrap(), Ordering::Relaxed);
        foreign.fetch_add(u64::from(right == Ok(false)), Ordering::Relaxed);
        right.is_ok()
    };
    for _ in 0..rounds {
        let end = AtomicBool::new(false);
        thread::scope(|scope| {
            for reader in 0..16_u64 {
                let (end, store, note, runtime) = (&end, &store, &note, &runtime);
                scope.spawn(move || {
                    for n in (reader * 31..).map(|n| n % SHARES) {
                        if end.load(Ordering::Relaxed) {
                            break;
                        }
                        note(runtime.block_on(read(store.clone(), n)));
                    }
                });
            }
            thread::sleep(Duration::from_millis(200));
            server.freeze();
            thread::sleep(Duration::from_secs(pause));
            server.thaw();
            until("healthy again", Duration::from_secs(2), || runtime.block_on(store.ping()).is_ok());
            end.store(true, Ordering::Relaxed);
        });
        let failed = (0..reads).filter(|n| !note(runtime.block_on(read(store.clone(), n % SHARES)))).count();
        assert_eq!(failed, 0, "all calls succeed once Redis is back");
    }
    let (slowest, calls, foreign) = (slowest.into_inner(), calls.into_inner(), foreign.into_inner());
    row(
        "Redis frozen under load",
        format!("{rounds} x {pause} s: {calls} calls, {foreign} foreign answers, the slowest took {slowest} ms"),
    );
    assert_eq!(foreign, 0);
    // 2.3 seconds, and what a busy machine adds.
    assert!(slowest <= 3_500);
}
