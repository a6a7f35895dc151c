//! Tests of an object store beside Redis: its objects live as long as their shares, its room is counted, and faults have
//! named errors.

use crate::bucket::{Bucket, KEY};
use crate::composed::uploaded;
use crate::fault_proxy::Proxy;
use crate::fixture::{self, Fixture, bytes, new_id, redis_storage, until};
use crate::ports::free_port;
use crate::redis_server::RedisServer;
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, ComposedOptions, ComposedStorage, Credentials, ObjectName, Objects, ObjectsSettings, PartPut, PartStore,
    PartsFate, Reply, Room, StoreError, StoreTag, Swapped, TroubleKind,
};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(30);
const ROOM: u64 = 1 << 20;

/// Composes a Redis and a bucket that is reached on `port`. Looks for ended shares ten times a second.
fn composed(redis: &RedisServer, port: u16) -> Fixture {
    let options = ComposedOptions { sweep_interval: Duration::from_millis(100), ..ComposedOptions::default() };
    let parts = Arc::new(Bucket::part_store(port, ROOM));
    fixture::over(Arc::new(ComposedStorage::new(redis_storage(redis), parts, options).unwrap()))
}

fn room(store: &Fixture) -> Room {
    match store.call(Command::PartsRoom).unwrap() {
        Reply::Room(Some(room)) => room,
        other => panic!("{other:?}"),
    }
}

/// Returns the kind and the text of a failure.
fn failure(result: Result<Reply, StoreError>) -> (TroubleKind, String) {
    match result {
        Err(StoreError::Unavailable(trouble)) => (trouble.kind, trouble.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn objects_are_removed_and_counted_by_all_servers() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start_any());
    let [first, second] = [(); 2].map(|()| composed(&redis, bucket.port()));
    let used = |store: &Fixture| ROOM - room(store).free;
    until("the first count, which finds the tag", SOON, || used(&first) == 9);
    let far = first.now().plus(3_600);
    let [deleted, opened, waiting] = [new_id(), new_id(), new_id()];
    let records = [deleted, opened, waiting].map(|id| uploaded(&first, id, far));
    assert_eq!(bucket.count(), 9);
    assert_eq!(second.part(waiting, 3), Some(bytes(3, 700)));
    assert_eq!([&first, &second].map(used), [6_309; 2]);
    assert_eq!(second.swap(deleted, &records[0], b"\x01deleted", far, PartsFate::Drop), Swapped::Done(None));
    let soon = Timestamp(first.now().0 + 300);
    let part0 = Swapped::Done(Some(b"part".to_vec()));
    assert_eq!(first.swap(opened, &records[1], b"\x01opened", far, PartsFate::Open(soon)), part0);
    until("the objects of ended shares to be removed", SOON, || bucket.count() == 3);
    until("their bytes to be counted", SOON, || used(&first) == 2_109);
    // A part that is sent again replaces its object.
    assert_eq!(second.put_part(waiting, &records[2], 1, &bytes(9, 500), far), PartPut::Done);
    until("the replaced object to be removed", SOON, || bucket.count() == 3);
    until("its bytes to be counted", SOON, || used(&second) == 1_909);
}

/// An object store whose first count fails.
struct FirstCountFails {
    objects: Objects,
    counts: AtomicU32,
}

impl PartStore for FirstCountFails {
    fn tag(&self) -> Result<StoreTag, StoreError> {
        self.objects.tag()
    }

    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), StoreError> {
        self.objects.put(name, bytes)
    }

    fn get(&self, name: &ObjectName, length: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.objects.get(name, length)
    }

    fn remove(&self, names: &[ObjectName]) -> Result<(), StoreError> {
        self.objects.remove(names)
    }

    fn remove_hours_before(&self, hour: u32) -> Result<usize, StoreError> {
        self.objects.remove_hours_before(hour)
    }

    fn count(&self) -> Result<u64, StoreError> {
        match self.counts.fetch_add(1, Ordering::Relaxed) {
            0 => Err(StoreError::Lost),
            _ => self.objects.count(),
        }
    }

    fn is_counted(&self) -> bool {
        self.objects.is_counted()
    }

    fn room(&self, used: u64) -> Result<Option<Room>, StoreError> {
        self.objects.room(used)
    }
}

#[test]
fn a_count_that_failed_is_made_again_at_once() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let objects = Bucket::part_store(bucket.port(), ROOM);
    let parts = Arc::new(FirstCountFails { objects, counts: AtomicU32::new(0) });
    let options = ComposedOptions { sweep_interval: Duration::from_millis(100), ..ComposedOptions::default() };
    let store = fixture::over(Arc::new(ComposedStorage::new(redis_storage(&redis), parts, options).unwrap()));
    until("the second count, which finds the tag", SOON, || ROOM - room(&store).free == 9);
}

#[test]
fn a_missing_or_changed_object_is_lost_and_a_missing_bucket_is_not() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    let store = composed(&redis, bucket.port());
    let id = new_id();
    uploaded(&store, id, store.now().plus(3_600));
    let get = |n| store.call(Command::GetPart { id, n, big: true });
    let objects = bucket.objects();
    std::fs::remove_file(&objects[0]).unwrap();
    std::fs::write(&objects[1], b"cut short").unwrap();
    let results: Vec<_> = (1..4).map(get).collect();
    let lost = results.iter().filter(|result| **result == Err(StoreError::Lost)).count();
    assert_eq!((lost, results.iter().filter(|result| result.is_ok()).count()), (2, 1), "{results:?}");
    // Another bucket, or none, at the same address.
    let tag = bucket.folder().join("site/store");
    let away = tag.with_extension("away");
    std::fs::rename(&tag, &away).unwrap();
    for result in (1..4).map(get).filter(Result::is_err) {
        failure(result);
    }
    std::fs::write(&tag, "00000000\n").unwrap();
    let lost = (1..4).map(get).filter(|result| *result == Err(StoreError::Lost)).count();
    assert_eq!(lost, 0, "not the store that was written to");
    std::fs::rename(&away, &tag).unwrap();
    assert_eq!((1..4).map(get).filter(|result| *result == Err(StoreError::Lost)).count(), 2);
}

#[test]
fn an_object_store_that_fails_is_unavailable_until_it_is_back() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start_any());
    let proxy = Proxy::to(bucket.port());
    let store = composed(&redis, proxy.port);
    let (id, far) = (new_id(), store.now().plus(3_600));
    let record = uploaded(&store, id, far);
    let get = || store.call(Command::GetPart { id, n: 1, big: true });
    let put = || {
        let bytes = bytes(4, 700);
        store.call(Command::PutPart { id, old: record.clone(), n: 1, bytes, until: far, max_bytes: u64::MAX })
    };
    // A response that is lost once is asked for again.
    proxy.drop_response("PUT /files/");
    assert_eq!(put(), Ok(Reply::PartPut(PartPut::Done)));
    proxy.lose("/files/");
    for result in [get(), put()] {
        let (kind, text) = failure(result);
        assert_eq!(kind, TroubleKind::Unreachable, "{text}");
        assert!(text.contains("files_url") && !text.contains("127.0.0.1"), "{text}");
    }
    proxy.mend();
    assert_eq!(get(), Ok(Reply::Part(Some(bytes(4, 700)))));
    until("only the referenced objects to be left", SOON, || bucket.count() <= 4);
}

/// Starts a server that answers every request with this status and body. Returns its port.
fn answering(status: &'static str, body: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(connection.try_clone().unwrap());
            let (mut length, mut line) = (0, String::new());
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some(number) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = number.trim().parse().unwrap();
                }
                line.clear();
            }
            drop(reader.take(length).read_to_end(&mut Vec::new()));
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = (&connection).write_all([head.as_bytes(), body.as_bytes()].concat().as_slice());
        }
    });
    port
}

#[test]
fn each_answer_of_an_object_store_has_its_error() {
    let name = ObjectName { hour: 500_000, random: [7; 16] };
    let put = |status, body| Bucket::part_store(answering(status, body), ROOM).put(&name, b"a part");
    let quota = "<Error><Code>QuotaExceeded</Code></Error>";
    assert_eq!(put("507 Insufficient Storage", ""), Err(StoreError::Full));
    assert_eq!(put("403 Forbidden", quota), Err(StoreError::Full));
    let kind = |result: Result<(), StoreError>| failure(result.map(|()| Reply::Pong)).0;
    assert_eq!(kind(put("403 Forbidden", "<Error><Code>AccessDenied</Code></Error>")), TroubleKind::Refused);
    assert_eq!(kind(put("404 Not Found", "<Error><Code>NoSuchBucket</Code></Error>")), TroubleKind::Failed);
    assert_eq!(kind(put("500 Internal Server Error", "")), TroubleKind::Unreachable);
    assert_eq!(kind(put("503 Slow Down", "")), TroubleKind::Unreachable);
    let gone = free_port();
    assert_eq!(kind(Bucket::part_store(gone, ROOM).put(&name, b"a part")), TroubleKind::Unreachable);
}

#[test]
fn a_slow_object_store_is_given_up_before_the_call_times_out() {
    let bucket = Bucket::start();
    let proxy = Proxy::to(bucket.port());
    let parts = Bucket::part_store(proxy.port, ROOM);
    parts.tag().unwrap();
    proxy.hold("/files/");
    let (start, name) = (Instant::now(), ObjectName { hour: 500_000, random: [7; 16] });
    let (kind, _) = failure(parts.put(&name, b"a part").map(|()| Reply::Pong));
    assert_eq!(kind, TroubleKind::Unreachable);
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    proxy.mend();
    until("it to be used again", SOON, || parts.put(&name, b"a part").is_ok());
    assert_eq!(parts.get(&name, 6), Ok(Some(b"a part".to_vec())));
}

#[test]
fn hours_that_are_over_are_removed_with_all_of_their_objects() {
    let bucket = Bucket::start_any();
    let parts = Bucket::part_store(bucket.port(), ROOM);
    let tag = parts.tag().unwrap();
    for hour in [499_999, 500_000, 500_001] {
        for random in [[1; 16], [2; 16]] {
            parts.put(&ObjectName { hour, random }, b"left by a crash").unwrap();
        }
    }
    assert_eq!(parts.count(), Ok(6 * 15 + 9), "with the tag");
    assert_eq!(parts.remove_hours_before(500_001), Ok(2));
    assert_eq!(bucket.count(), 2);
    assert_eq!(parts.get(&ObjectName { hour: 500_001, random: [1; 16] }, 15), Ok(Some(b"left by a crash".to_vec())));
    assert_eq!(parts.get(&ObjectName { hour: 500_000, random: [1; 16] }, 15), Ok(None));
    parts.remove(&[1, 2, 3].map(|byte| ObjectName { hour: 500_001, random: [byte; 16] })).unwrap();
    assert_eq!(bucket.count(), 0, "a missing object is no error");
    // Another server finds the same tag; a stopped one lists nothing.
    assert_eq!(Bucket::part_store(bucket.port(), ROOM).tag(), Ok(tag));
    parts.stop();
    assert!(parts.count().is_err());
}

#[test]
fn wrong_credentials_are_refused_by_name() {
    let (redis, bucket) = (RedisServer::start(&[]), Bucket::start());
    // Creates the object that must not be read.
    composed(&redis, bucket.port()).call(Command::PartsRoom).unwrap();
    let credentials = Credentials { id: KEY[0].into(), secret: "wrong".into(), token: None };
    let settings = ObjectsSettings { credentials, ..Bucket::settings(bucket.port()) };
    let parts = Objects::new(&settings, ROOM).unwrap();
    let (kind, text) = failure(parts.room(0).map(Reply::Room));
    assert_eq!(kind, TroubleKind::Refused, "{text}");
}
