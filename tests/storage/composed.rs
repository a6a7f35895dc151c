//! Tests of a part store beside Redis: objects live as long as their shares, and what a crash leaves is removed.

use crate::fault_proxy::{Break, Direction, Proxy};
use crate::fixture::{self, Fixture, Ground, bytes, new_id, redis_storage, until};
use crate::redis_server::RedisServer;
use onetimeshare::share::Timestamp;
use onetimeshare::share::record::{Creation, Record};
use onetimeshare::store::{
    Command, ComposedOptions, ComposedStorage, Folder, ObjectName, PartPut, PartStore, PartsFate, RedisOptions, Reply,
    Room, Storage, StoreError, StoreTag, Swapped,
};
use onetimeshare_envelope::{Digest, ShareId};
use std::env;
use std::path::Path;
use std::process::{self, Stdio};
use std::sync::Arc;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);
const HOUR: u64 = 3_600_000;

/// The files in the folders of hours.
pub(crate) fn objects(folder: &Path) -> Vec<String> {
    let hours = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    hours
        .flat_map(|hour| hour.read_dir().unwrap().map(|file| name(&file.unwrap().path())).collect::<Vec<_>>())
        .collect()
}

fn ground(store: &Fixture) -> (&RedisServer, &Path) {
    match &store.ground {
        Ground::Composed(redis, folder) => (redis, folder.path()),
        _ => panic!("another store"),
    }
}

/// Composes a Redis and a folder. Looks for ended shares ten times a second.
fn composed(redis: &RedisServer, folder: &Path) -> ComposedStorage {
    let options = ComposedOptions { sweep_interval: Duration::from_millis(100), ..ComposedOptions::default() };
    ComposedStorage::new(redis_storage(redis), Arc::new(Folder::open(folder).unwrap()), options).unwrap()
}

/// Returns a fixture that looks for ended shares often.
fn quick() -> Fixture {
    let store = fixture::redis_and_a_folder();
    let (redis, folder) = ground(&store);
    let storage = Arc::new(composed(redis, folder));
    store.with(storage)
}

/// Returns the record of an upload of three parts of 700 bytes, as a site creates it.
pub(crate) fn upload(id: ShareId, now: Timestamp, lifetime: u64) -> Record {
    let digest = Digest::from_bytes([7; 32]);
    let creation = Creation {
        id,
        owner: digest,
        open_verifier: digest,
        password_verifier: None,
        parts: 4,
        size: 2_100,
        part0: 4,
        lifetime,
        body: digest,
    };
    Record::create(&creation, now)
}

/// Inserts an upload of three parts that ends at `end`. Returns its record.
pub(crate) fn uploaded(store: &Fixture, id: ShareId, end: Timestamp) -> Vec<u8> {
    let record = upload(id, store.now(), 3_600).encode();
    assert!(store.insert(id, &record, b"part", end, end));
    for n in 1..4 {
        assert_eq!(store.put_part(id, &record, n, &bytes(n.into(), 700), end), PartPut::Done);
    }
    record
}

/// Begins an upload again when it has expired, and expects that none of its old parts is found or kept in `folder`.
pub(crate) fn begins_again(store: &Fixture, folder: &Path, id: ShareId) {
    until("the upload to expire", SOON, || store.record(id).is_none());
    // At once, before its old parts have been looked for.
    let far = store.now().plus(3_600);
    let record = upload(id, store.now(), 3_600).encode();
    assert!(store.insert(id, &record, b"part", far, far));
    assert_eq!(store.parts(id), [(0, 4)]);
    assert_eq!(store.put_part(id, &record, 3, &bytes(5, 10), far), PartPut::Done);
    until("the objects of the first attempt to be removed", SOON, || objects(folder).len() == 1);
    assert_eq!(store.parts(id), [(0, 4), (3, 10)]);
    assert_eq!(store.part(id, 3), Some(bytes(5, 10)));
}

#[test]
fn the_objects_of_a_share_are_removed_when_it_ends() {
    let store = quick();
    let (redis, folder) = ground(&store);
    let far = store.now().plus(3_600);
    let [first, second, waiting] = [new_id(), new_id(), new_id()];
    let records = [first, second, waiting].map(|id| uploaded(&store, id, far));
    assert_eq!(objects(folder).len(), 9);
    // A part that is sent again replaces the object of the first attempt.
    assert_eq!(store.put_part(first, &records[0], 2, &bytes(9, 700), far), PartPut::Done);
    until("the replaced object to be removed", SOON, || objects(folder).len() == 9);
    assert_eq!(store.swap(first, &records[0], b"\x01deleted", far, PartsFate::Drop), Swapped::Done(None));
    assert_eq!(store.part(first, 1), None);
    until("the objects of a deleted share to be removed", SOON, || objects(folder).len() == 6);
    // The grace of an opened share ends without a request.
    let soon = Timestamp(store.now().0 + 300);
    let opened = store.swap(second, &records[1], b"\x01opened", far, PartsFate::Open(soon));
    assert_eq!(opened, Swapped::Done(Some(b"part".to_vec())));
    until("the objects of an opened share to be removed", SOON, || objects(folder).len() == 3);
    assert_eq!(store.part(waiting, 3), Some(bytes(3, 700)));
    let keys: Vec<String> = redis.ask(&["KEYS", "share:*:parts"]);
    assert_eq!(keys.len(), 1, "{keys:?}");
    let lasting: Vec<String> = redis.ask(&[
        "EVAL",
        "local found = {} for _, key in ipairs(redis.call('KEYS', '*')) do \
        if redis.call('PTTL', key) < 0 then found[#found + 1] = key end end return found",
        "0",
    ]);
    assert!(lasting.is_empty(), "without an expiry: {lasting:?}");
}

#[test]
fn an_upload_that_expires_leaves_no_object_and_no_part_under_its_id() {
    let store = quick();
    let (_, folder) = ground(&store);
    let id = new_id();
    uploaded(&store, id, Timestamp(store.now().0 + 5_000));
    begins_again(&store, folder, id);
}

#[test]
fn refused_parts_leave_no_object() {
    let store = quick();
    let (_, folder) = ground(&store);
    let (id, far) = (new_id(), store.now().plus(3_600));
    let record = uploaded(&store, id, far);
    let put = |old: &[u8], n, max_bytes| {
        let put = Command::PutPart { id, old: old.to_vec(), n, bytes: bytes(1, 900), until: far, max_bytes };
        store.call(put).unwrap()
    };
    assert_eq!(put(b"\x01other", 1, 9_000), Reply::PartPut(PartPut::Changed));
    assert_eq!(put(&record, 1, 2_299), Reply::PartPut(PartPut::TooLarge));
    until("their objects to be removed", SOON, || objects(folder).len() == 3);
    assert_eq!(store.parts(id), [(0, 4), (1, 700), (2, 700), (3, 700)]);
}

#[test]
fn parts_from_before_the_part_store_are_read_and_replaced() {
    let store = quick();
    let (redis, folder) = ground(&store);
    let before = fixture::over(redis_storage(redis));
    let (id, far) = (new_id(), store.now().plus(3_600));
    let record = uploaded(&before, id, far);
    assert!(objects(folder).is_empty());
    assert_eq!(store.parts(id), [(0, 4), (1, 700), (2, 700), (3, 700)]);
    assert_eq!(store.part(id, 2), Some(bytes(2, 700)));
    assert_eq!(store.put_part(id, &record, 2, &bytes(8, 300), far), PartPut::Done);
    assert_eq!(store.parts(id), [(0, 4), (1, 700), (2, 300), (3, 700)]);
    assert_eq!((store.part(id, 2), objects(folder).len()), (Some(bytes(8, 300)), 1));
    let settle = |size| store.swap(id, &record, &record, far, PartsFate::Settle(far, size));
    assert_eq!((settle(2_100), settle(1_700)), (Swapped::Changed, Swapped::Done(None)), "both kinds add up");
    // And back: without the part store, the same part is written into Redis.
    assert_eq!(before.put_part(id, &record, 2, &bytes(4, 500), far), PartPut::Done);
    assert_eq!(store.part(id, 2), Some(bytes(4, 500)));
    assert_eq!(settle(1_900), Swapped::Done(None));
}

#[test]
fn a_part_is_not_looked_for_in_another_folder() {
    let store = quick();
    let (redis, folder) = ground(&store);
    let id = new_id();
    uploaded(&store, id, store.now().plus(3_600));
    let other = tempfile::tempdir().unwrap();
    let elsewhere = composed(redis, other.path());
    let why = match elsewhere.execute(vec![Command::GetPart { id, n: 1, big: true }]).remove(0) {
        Err(StoreError::Unavailable(why)) => why.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(why.contains("not in that of files_url"), "{why}");
    // An unmounted disk leaves an empty folder behind.
    let away = other.path().join("away");
    std::fs::rename(folder, &away).unwrap();
    std::fs::create_dir(folder).unwrap();
    let get = || store.call(Command::GetPart { id, n: 1, big: true });
    assert!(matches!(get(), Err(StoreError::Unavailable(_))));
    std::fs::remove_dir(folder).unwrap();
    std::fs::rename(&away, folder).unwrap();
    assert_eq!(get(), Ok(Reply::Part(Some(bytes(1, 700)))));
}

/// Composes the Redis at `url` and a folder. Looks for ended shares rarely.
fn composed_rarely(url: &str, options: RedisOptions, folder: &Path) -> Fixture {
    let parts = Arc::new(Folder::open(folder).unwrap());
    let records = fixture::on(url, options).storage;
    fixture::over(Arc::new(ComposedStorage::new(records, parts, ComposedOptions::default()).unwrap()))
}

#[test]
fn a_part_whose_acknowledgement_was_lost_keeps_its_object() {
    let (redis, folder) = (RedisServer::start(&[]), tempfile::tempdir().unwrap());
    let proxy = Proxy::to(redis.port());
    let url = format!("redis://127.0.0.1:{}/", proxy.port);
    let store = composed_rarely(&url, RedisOptions::default(), folder.path());
    let (id, far) = (new_id(), store.now().plus(3_600));
    let record = uploaded(&store, id, far);
    let count = 20;
    for turn in 0..count {
        // Redis executes the command, and its reply is cut off. The command is sent again.
        let before = proxy.cuts();
        proxy.cut(Direction::Down, 0, Break::Closed);
        assert_eq!(store.put_part(id, &record, 1 + turn % 3, &bytes(turn.into(), 700), far), PartPut::Done);
        assert_eq!(proxy.cuts() - before, 1, "the reply was cut off");
    }
    // The thread that removes objects has removed this one after all others.
    assert_eq!(store.put_part(id, &record, 4, &bytes(1, 700), far), PartPut::Done);
    let of_last = |folder: &Path| objects(folder).into_iter().collect::<std::collections::BTreeSet<_>>();
    let before = of_last(folder.path());
    assert_eq!(store.put_part(id, &record, 4, &bytes(2, 700), far), PartPut::Done);
    until("a replaced object to be removed", SOON, || before.difference(&of_last(folder.path())).count() == 1);
    for n in 1..4 {
        let last = (0..count).rev().find(|turn| 1 + turn % 3 == n).unwrap();
        assert_eq!(store.part(id, n), Some(bytes(last.into(), 700)), "part {n}");
    }
}

#[test]
fn a_replaced_object_is_kept_until_the_replicas_know_of_it() {
    let (redis, folder) = (RedisServer::start(&[]), tempfile::tempdir().unwrap());
    let alone = composed_rarely(&redis.url(), RedisOptions::default(), folder.path());
    let (id, far) = (new_id(), alone.now().plus(3_600));
    let record = uploaded(&alone, id, far);
    // Without its replica, a failover could bring the old reference back.
    let options = RedisOptions { wait_replicas: 1, timeout: Duration::from_secs(1), ..RedisOptions::default() };
    let replicated = composed_rarely(&redis.url(), options, folder.path());
    assert_eq!(replicated.put_part(id, &record, 1, &bytes(8, 700), far), PartPut::Done);
    drop(replicated);
    assert_eq!(objects(folder.path()).len(), 4, "both objects of part 1");
    assert_eq!(alone.put_part(id, &record, 2, &bytes(9, 700), far), PartPut::Done);
    until("an object that one Redis alone knows to be removed", SOON, || objects(folder.path()).len() == 4);
    let parts = [1, 2, 3].map(|n| alone.part(id, n));
    assert_eq!(parts, [8, 9, 3].map(|seed| Some(bytes(seed, 700))));
}

const FOLDER: &str = "STORAGE_TEST_COMPOSED_FOLDER";
const REDIS: &str = "STORAGE_TEST_COMPOSED_REDIS";

/// A folder whose server is killed after it has written a part.
struct Killed(Folder);

impl PartStore for Killed {
    fn tag(&self) -> Result<StoreTag, StoreError> {
        self.0.tag()
    }

    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.put(name, bytes).unwrap();
        process::Command::new("sh").args(["-c", "kill -9 $0", &process::id().to_string()]).status().unwrap();
        Ok(())
    }

    fn get(&self, name: &ObjectName, length: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.get(name, length)
    }

    fn remove(&self, names: &[ObjectName]) -> Result<(), StoreError> {
        self.0.remove(names)
    }

    fn remove_hours_before(&self, hour: u32) -> Result<usize, StoreError> {
        self.0.remove_hours_before(hour)
    }

    fn count(&self) -> Result<u64, StoreError> {
        self.0.count()
    }

    fn room(&self, used: u64) -> Result<Option<Room>, StoreError> {
        self.0.room(used)
    }
}

/// The child process: begins an upload and is killed between the object and the reference.
fn die_between_object_and_reference(url: &str, folder: &Path) {
    let records = fixture::on(url, RedisOptions::default()).storage;
    let parts = Arc::new(Killed(Folder::open(folder).unwrap()));
    let storage = Arc::new(ComposedStorage::new(records, parts, ComposedOptions::default()).unwrap());
    let store = fixture::over(storage);
    let (id, far) = (fixture::numbered_id(1), store.now().plus(3_600));
    let record = upload(id, Timestamp(store.now().0 - 9 * 24 * HOUR), 3_600).encode();
    assert!(store.insert(id, &record, b"part", far, far));
    store.put_part(id, &record, 1, &bytes(1, 700), far);
}

#[test]
fn what_a_kill_leaves_between_object_and_reference_is_removed_with_its_hour() {
    if let (Ok(url), Ok(folder)) = (env::var(REDIS), env::var(FOLDER)) {
        return die_between_object_and_reference(&url, Path::new(&folder));
    }
    let (redis, folder) = (RedisServer::start(&[]), tempfile::tempdir().unwrap());
    // The upload began nine days ago: a day of upload, a lifetime of a week, a grace of an hour and a download at the
    // slowest make it end at the latest less than a day ago.
    let hour = |now: Timestamp| (now.0 - (24 - 1) * HOUR + 1_000) / HOUR;
    let earliest = hour(fixture::on(&redis.url(), RedisOptions::default()).now());
    let test = "composed::what_a_kill_leaves_between_object_and_reference_is_removed_with_its_hour";
    let child = process::Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--test-threads=1"])
        .env(REDIS, redis.url())
        .env(FOLDER, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!child.success());
    let left = objects(folder.path());
    assert_eq!(left.len(), 1, "killed after the first part");
    let storage: Arc<dyn Storage> = Arc::new(composed(&redis, folder.path()));
    let store = fixture::over(storage);
    assert_eq!(store.parts(fixture::numbered_id(1)), [(0, 4)], "no reference");
    let named: u64 = left[0].split('/').next().unwrap().parse().unwrap();
    assert!((earliest..=hour(store.now())).contains(&named));
    uploaded(&store, new_id(), store.now().plus(3_600));
    assert_eq!(objects(folder.path()).len(), 4, "its hour is kept for a day");
    drop(store);

    // As a day later: the object in an hour that has been over for longer.
    std::fs::rename(folder.path().join(named.to_string()), folder.path().join((named - 2).to_string())).unwrap();
    let again = composed(&redis, folder.path());
    until("the hour to be removed", SOON, || objects(folder.path()).len() == 3);
    assert!(again.execute(vec![Command::Ping]).remove(0).is_ok());
}
