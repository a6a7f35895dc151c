//! Stores to test, with helpers for calls.

use crate::bucket::Bucket;
use crate::redis_server::RedisServer;
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, ComposedOptions, ComposedStorage, EmbeddedOptions, EmbeddedStorage, Folder, Loaded, NewShare, Objects,
    PartPut, PartStore as _, PartsFate, RedisOptions, RedisStorage, RedisTarget, Reply, Storage, Store, StoreError,
    Swap, Swapped,
};
use onetimeshare_envelope::ShareId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The server or folder of a store.
#[allow(dead_code, reason = "some are only kept until the test ends")]
pub(crate) enum Ground {
    Redis(RedisServer),
    Folder(TempDir),
    Composed(RedisServer, TempDir),
    Objects(RedisServer, Bucket),
    EmbeddedAndObjects(TempDir, Bucket),
    /// Owned by the test.
    Elsewhere,
}

/// A store to test.
pub(crate) struct Fixture {
    handle: Option<(Store, Runtime)>,
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) ground: Ground,
}

pub(crate) fn redis_storage(server: &RedisServer) -> Arc<dyn Storage> {
    Arc::new(RedisStorage::new(RedisTarget::parse(&server.url()).unwrap(), RedisOptions::default()).unwrap())
}

pub(crate) fn redis() -> Fixture {
    let server = RedisServer::start(&[]);
    Fixture { handle: None, storage: redis_storage(&server), ground: Ground::Redis(server) }
}

/// Returns a store on a ground that the test owns.
pub(crate) fn over(storage: Arc<dyn Storage>) -> Fixture {
    Fixture { handle: None, storage, ground: Ground::Elsewhere }
}

/// Returns a store on servers that the test started.
pub(crate) fn on(url: &str, options: RedisOptions) -> Fixture {
    let storage = Arc::new(RedisStorage::new(RedisTarget::parse(url).unwrap(), options).unwrap());
    Fixture { handle: None, storage, ground: Ground::Elsewhere }
}

/// Returns a store of records in Redis and of parts in a folder.
pub(crate) fn redis_and_a_folder() -> Fixture {
    let (server, folder) = (RedisServer::start(&[]), tempfile::tempdir().unwrap());
    let parts = Arc::new(Folder::open(folder.path()).unwrap());
    let storage = Arc::new(ComposedStorage::new(redis_storage(&server), parts, ComposedOptions::default()).unwrap());
    Fixture { handle: None, storage, ground: Ground::Composed(server, folder) }
}

/// Starts an object store, and returns a part store in it.
fn objects() -> (Bucket, Arc<Objects>) {
    let bucket = Bucket::start_any();
    let parts = Arc::new(Bucket::part_store(bucket.port(), 1 << 30));
    // On Garage, it takes longer than some shares of the tests live.
    parts.tag().unwrap();
    (bucket, parts)
}

/// Returns a store of records in Redis and of parts in an object store.
pub(crate) fn redis_and_objects() -> Fixture {
    let (server, (bucket, parts)) = (RedisServer::start(&[]), objects());
    let storage = Arc::new(ComposedStorage::new(redis_storage(&server), parts, ComposedOptions::default()).unwrap());
    Fixture { handle: None, storage, ground: Ground::Objects(server, bucket) }
}

pub(crate) fn embedded() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let storage = Arc::new(EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap());
    Fixture { handle: None, storage, ground: Ground::Folder(folder) }
}

/// Returns a store of records in redb and of parts in an object store.
pub(crate) fn embedded_and_objects() -> Fixture {
    let (folder, (bucket, parts)) = (tempfile::tempdir().unwrap(), objects());
    let records = Arc::new(EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap());
    let storage = Arc::new(ComposedStorage::new(records, parts, ComposedOptions::default()).unwrap());
    Fixture { handle: None, storage, ground: Ground::EmbeddedAndObjects(folder, bucket) }
}

/// Returns whether the tests run at full size.
pub(crate) fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}

/// Returns a runtime for the async handle.
pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Executes a command by the typed method of a handle.
pub(crate) async fn ask(store: &Store, command: Command) -> Result<Reply, StoreError> {
    Ok(match command {
        Command::Insert { id, record, part0, record_until, parts_until } => {
            Reply::Inserted(store.insert(id, NewShare { record, part0, record_until, parts_until }).await?)
        }
        Command::Load { id } => Reply::Loaded(store.load(id).await?),
        Command::LoadAll { ids } => Reply::LoadedAll(store.load_all(ids).await?),
        Command::Swap { id, old, new, record_until, parts, big } => {
            Reply::Swapped(store.swap(id, Swap { old, new, record_until, parts, big }).await?)
        }
        Command::PutPart { id, old, n, bytes, until, max_bytes } => {
            Reply::PartPut(store.put_part(id, old, n, bytes, until, max_bytes).await?)
        }
        Command::GetPart { id, n, big } => Reply::Part(store.get_part(id, n, big).await?),
        Command::ListParts { id } => Reply::Parts(store.list_parts(id).await?),
        Command::Room => Reply::Room(store.room().await?),
        Command::PartsRoom => Reply::Room(store.parts_room().await?),
        Command::PutReference { .. }
        | Command::GetReference { .. }
        | Command::TakeReferences { .. }
        | Command::SetEnd { .. }
        | Command::CountFiles { .. }
        | Command::BeginCount
        | Command::DueEnds => panic!("the handle has no such call"),
        Command::QuotaKey { .. } => Reply::QuotaKey(store.quota_key().await?),
        Command::AddUses { uses } => Reply::Uses(store.add_uses(uses).await?),
        Command::Ping => {
            store.ping().await?;
            Reply::Pong
        }
        Command::CountVisit => Reply::Visits(store.count_visit().await?),
    })
}

impl Fixture {
    /// Returns the same ground with another storage on it.
    pub(crate) fn with(self, storage: Arc<dyn Storage>) -> Self {
        Self { storage, ..self }
    }

    /// Calls the store through the async handle.
    pub(crate) fn through_the_handle(mut self) -> Self {
        self.handle = Some((Store::new(Arc::clone(&self.storage), Duration::from_secs(20)).unwrap(), runtime()));
        self
    }

    pub(crate) fn call(&self, command: Command) -> Result<Reply, StoreError> {
        if let Some((store, runtime)) = &self.handle {
            return runtime.block_on(ask(store, command));
        }
        let mut results = self.storage.execute(vec![command]);
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    pub(crate) fn load(&self, id: ShareId) -> Loaded {
        match self.call(Command::Load { id }).unwrap() {
            Reply::Loaded(loaded) => loaded,
            other => panic!("{other:?}"),
        }
    }

    /// Returns the record.
    pub(crate) fn record(&self, id: ShareId) -> Option<Vec<u8>> {
        self.load(id).record
    }

    /// Returns the store's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.load(new_id()).now
    }

    pub(crate) fn insert(
        &self,
        id: ShareId,
        record: &[u8],
        part0: &[u8],
        record_until: Timestamp,
        parts_until: Timestamp,
    ) -> bool {
        let (record, part0) = (record.to_vec(), part0.to_vec());
        match self.call(Command::Insert { id, record, part0, record_until, parts_until }).unwrap() {
            Reply::Inserted(new) => new,
            other => panic!("{other:?}"),
        }
    }

    /// Inserts a share with a lifetime of an hour.
    pub(crate) fn inserted(&self, part0: &[u8]) -> (ShareId, Vec<u8>) {
        let id = new_id();
        let (record, until) = (record(id, "waiting"), self.now().plus(3600));
        assert!(self.insert(id, &record, part0, until, until));
        (id, record)
    }

    pub(crate) fn swap(
        &self,
        id: ShareId,
        old: &[u8],
        new: &[u8],
        record_until: Timestamp,
        parts: PartsFate,
    ) -> Swapped {
        let (old, new) = (old.to_vec(), new.to_vec());
        match self.call(Command::Swap { id, old, new, record_until, parts, big: false }).unwrap() {
            Reply::Swapped(swapped) => swapped,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn put_part(&self, id: ShareId, old: &[u8], n: u32, bytes: &[u8], until: Timestamp) -> PartPut {
        match self
            .call(Command::PutPart { id, old: old.to_vec(), n, bytes: bytes.to_vec(), until, max_bytes: u64::MAX })
            .unwrap()
        {
            Reply::PartPut(put) => put,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn part(&self, id: ShareId, n: u32) -> Option<Vec<u8>> {
        match self.call(Command::GetPart { id, n, big: true }).unwrap() {
            Reply::Part(part) => part,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn parts(&self, id: ShareId) -> Vec<(u32, u32)> {
        match self.call(Command::ListParts { id }).unwrap() {
            Reply::Parts(parts) => parts,
            other => panic!("{other:?}"),
        }
    }
}

/// Returns a unique id.
pub(crate) fn new_id() -> ShareId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    numbered_id(NEXT.fetch_add(1, Ordering::Relaxed) + (1 << 48))
}

/// Returns the id of a number.
pub(crate) fn numbered_id(n: u64) -> ShareId {
    // Digits, so that the bytes are valid text.
    ShareId::from_bytes(format!("{:010}", n % 10_000_000_000).into_bytes().try_into().unwrap())
}

/// Returns a record as far as a store reads it: a version, the id, and other bytes.
pub(crate) fn record(id: ShareId, text: &str) -> Vec<u8> {
    [&[1][..], id.as_bytes(), text.as_bytes()].concat()
}

/// Returns a waiting share for [`Store::insert`].
pub(crate) fn new_share(id: ShareId, part0: Vec<u8>, until: Timestamp) -> NewShare {
    NewShare { record: record(id, "waiting"), part0, record_until: until, parts_until: until }
}

/// Returns pseudorandom bytes.
pub(crate) fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Waits until `holds` returns true. Panics after `limit`.
pub(crate) fn until(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < limit, "not within {limit:?}: {what}");
        thread::sleep(Duration::from_millis(5));
    }
    start.elapsed()
}
