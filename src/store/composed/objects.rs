//! A part store in an object store that speaks the protocol of S3.

use super::PartStore;
use super::http::{Connector, StorageFull};
use super::settings::ObjectsSettings;
use crate::store::reference::{ObjectName, StoreTag};
use crate::store::{Room, StoreError, Trouble, TroubleKind};
use futures_util::stream::{self, TryStreamExt as _};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{Error, ObjectStore as _, ObjectStoreExt as _, PutMode, RetryConfig};
use std::future::Future;
use std::io;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// Timeout of one operation, repetitions included. Shorter than that of a call to the store.
const TIMEOUT: Duration = Duration::from_secs(8);
/// Timeout of removing named objects.
const REMOVAL_TIMEOUT: Duration = Duration::from_secs(60);
/// Timeout of listing all objects for `check-config`.
const SURVEY_TIMEOUT: Duration = Duration::from_secs(10);
/// Timeout of an operation that lists objects.
const LIST_TIMEOUT: Duration = Duration::from_secs(3_600);
/// Repetitions of a request that failed, and the time in which they begin.
const RETRIES: usize = 2;
const RETRY_TIME: Duration = Duration::from_secs(4);
/// Requests that remove objects at the same time.
const REMOVALS: usize = 8;
/// Time that servers wait for each other when they write a tag at once, in a store that cannot create an object only if it is
/// missing. Less than `TIMEOUT`.
const SETTLING: Duration = Duration::from_secs(2);
/// Name of the object that holds the store's tag.
const TAG_OBJECT: &str = "store";
/// Length above which that object is not read.
const MAX_TAG_LENGTH: u64 = 64;

/// A part store in a bucket. The response of the object store says that an object is durable.
pub struct Objects {
    store: AmazonS3,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    prefix: Path,
    room: u64,
    /// Empty until the object store has answered once.
    tag: OnceLock<StoreTag>,
    stopped: watch::Sender<bool>,
}

impl Objects {
    /// Prepares the use of an object store, which may be down. Its objects may have `room` bytes.
    ///
    /// # Errors
    /// A message for operators when the settings cannot be used.
    pub fn new(settings: &ObjectsSettings, room: u64) -> Result<Self, String> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("store-objects").enable_all().build();
        let runtime = runtime.map_err(|error| format!("The store's thread could not be started: {error}."))?;
        let mut builder = AmazonS3Builder::new()
            .with_http_connector(Connector)
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.credentials.id)
            .with_secret_access_key(&settings.credentials.secret)
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_allow_http(true)
            // Some stores take no request that deletes several objects.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_TIME, ..RetryConfig::default() });
        if let Some(endpoint) = settings.address() {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(token) = &settings.credentials.token {
            builder = builder.with_token(token);
        }
        let store = builder.build().map_err(|_| "files_url: the object store cannot be used with these settings.")?;
        let prefix = Path::parse(&settings.prefix).map_err(|_| "files_url: the prefix cannot be used.")?;
        Ok(Self {
            store,
            runtime: Some(runtime),
            prefix,
            room,
            tag: OnceLock::new(),
            stopped: watch::Sender::new(false),
        })
    }

    /// Returns the room without storing anything.
    pub(super) fn measure(&self) -> Result<Room, StoreError> {
        let used = self.wait(SURVEY_TIMEOUT, self.sum())?;
        Ok(Room { free: self.room.saturating_sub(used), total: self.room })
    }

    /// Returns the bytes of all objects.
    async fn sum(&self) -> object_store::Result<u64> {
        let sizes = self.store.list(Some(&self.prefix)).map_ok(|object| object.size);
        sizes.try_fold(0, |sum, size| async move { Ok(sum + size) }).await
    }

    fn path(&self, name: &ObjectName) -> Path {
        self.prefix.clone().join(name.hour.to_string()).join(name.file())
    }

    /// Runs an operation on the threads of the runtime, and waits for it.
    fn wait<T>(&self, limit: Duration, work: impl Future<Output = object_store::Result<T>>) -> Result<T, StoreError> {
        let Some(runtime) = &self.runtime else { return Err(StoreError::Unavailable("shutting down".into())) };
        match runtime.block_on(async { tokio::time::timeout(limit, work).await }) {
            Ok(done) => done.map_err(|error| failed(&error)),
            Err(_) => Err(unreachable("no answer in time")),
        }
    }

    /// Works like [`Self::wait`] for an operation that lists objects. Ends with [`PartStore::stop`].
    fn list<T>(&self, work: impl Future<Output = object_store::Result<T>>) -> Result<T, StoreError> {
        let mut stopped = self.stopped.subscribe();
        let stopping = || Error::Generic { store: "S3", source: "shutting down".into() };
        self.wait(LIST_TIMEOUT, async {
            tokio::select! {
                done = work => done,
                _ = stopped.wait_for(|stopped| *stopped) => Err(stopping()),
            }
        })
    }

    /// Reads the tag, or stores a new one.
    async fn find_tag(&self) -> object_store::Result<Option<StoreTag>> {
        let settled = match self.store.get(&self.tag_path()).await {
            // Young, too, when the clocks differ so much that it seems to be of the future.
            Ok(found) => {
                SystemTime::now().duration_since(found.meta.last_modified.into()).is_ok_and(|age| age > SETTLING)
            }
            Err(Error::NotFound { .. }) => {
                let Ok(tag) = StoreTag::random() else { return Ok(None) };
                // Of two servers that start at once, the second keeps the tag of the first. A store that takes the tag twice
                // replaces objects, as Garage does: there, the tag that was written last counts.
                !(self.create_tag(tag).await? && self.create_tag(tag).await?)
            }
            Err(error) => return Err(error),
        };
        if !settled {
            tokio::time::sleep(SETTLING).await;
        }
        self.read_tag().await
    }

    /// Stores a tag unless there is one. Returns whether it was stored.
    async fn create_tag(&self, tag: StoreTag) -> object_store::Result<bool> {
        match self.store.put_opts(&self.tag_path(), format!("{tag}\n").into(), PutMode::Create.into()).await {
            Ok(_) => Ok(true),
            Err(Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the tag. Returns `None` when something else is stored there.
    async fn read_tag(&self) -> object_store::Result<Option<StoreTag>> {
        let found = self.store.get(&self.tag_path()).await?;
        if found.meta.size > MAX_TAG_LENGTH {
            return Ok(None);
        }
        let text = found.bytes().await?;
        Ok(std::str::from_utf8(&text).ok().and_then(|text| StoreTag::parse(text.trim())))
    }

    fn tag_path(&self) -> Path {
        self.prefix.clone().join(TAG_OBJECT)
    }

    /// Removes all objects below `path`. A missing object is no error.
    async fn remove_below(&self, path: &Path) -> object_store::Result<()> {
        let listed = self.store.list(Some(path)).map_ok(|object| object.location);
        listed.try_for_each_concurrent(REMOVALS, |location| async move { self.remove_one(&location).await }).await
    }

    async fn remove_one(&self, path: &Path) -> object_store::Result<()> {
        match self.store.delete(path).await {
            Err(Error::NotFound { .. }) => Ok(()),
            removed => removed,
        }
    }
}

impl PartStore for Objects {
    fn tag(&self) -> Result<StoreTag, StoreError> {
        if let Some(tag) = self.tag.get() {
            return Ok(*tag);
        }
        let found = self.wait(TIMEOUT, self.find_tag())?;
        let tag = found.ok_or_else(|| {
            StoreError::Unavailable(format!("the object {TAG_OBJECT} below files_url is not this program's").into())
        })?;
        Ok(*self.tag.get_or_init(|| tag))
    }

    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(name);
        self.wait(TIMEOUT, self.store.put(&path, bytes.to_vec().into())).map(|_| ())
    }

    fn get(&self, name: &ObjectName, length: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path(name);
        let read = async {
            match self.store.get(&path).await {
                Err(Error::NotFound { .. }) => Ok(None),
                Ok(found) if found.meta.size != u64::from(length) => Ok(None),
                Ok(found) => found.bytes().await.map(Some),
                Err(error) => Err(error),
            }
        };
        let bytes = self.wait(TIMEOUT, read)?.filter(|bytes| bytes.len() == length as usize);
        // An object is missing only in the bucket that it was written to.
        if bytes.is_none() && self.wait(TIMEOUT, self.read_tag())? != Some(self.tag()?) {
            return Err(StoreError::Unavailable("files_url names another bucket or prefix than before".into()));
        }
        Ok(bytes.map(Vec::from))
    }

    fn remove(&self, names: &[ObjectName]) -> Result<(), StoreError> {
        let paths: Vec<Path> = names.iter().map(|name| self.path(name)).collect();
        let removals = stream::iter(paths.iter().map(Ok::<_, Error>));
        let work = removals.try_for_each_concurrent(REMOVALS, |path| async move { self.remove_one(path).await });
        self.wait(REMOVAL_TIMEOUT, work)
    }

    fn remove_hours_before(&self, hour: u32) -> Result<usize, StoreError> {
        let work = async {
            let listed = self.store.list_with_delimiter(Some(&self.prefix)).await?;
            let number = |path: &Path| path.filename().and_then(|name| name.parse::<u32>().ok());
            let over: Vec<_> = listed
                .common_prefixes
                .into_iter()
                .filter(|path| number(path).is_some_and(|name| name < hour))
                .collect();
            for path in &over {
                self.remove_below(path).await?;
            }
            Ok(over.len())
        };
        self.list(work)
    }

    fn count(&self) -> Result<u64, StoreError> {
        self.list(self.sum())
    }

    fn is_counted(&self) -> bool {
        true
    }

    fn stop(&self) {
        self.stopped.send_replace(true);
    }

    fn room(&self, used: u64) -> Result<Option<Room>, StoreError> {
        // Asks once, so that an object store that is down accepts no upload.
        self.tag()?;
        Ok(Some(Room { free: self.room.saturating_sub(used), total: self.room }))
    }
}

/// Drops the runtime without waiting, which must not happen in a thread of another runtime.
impl Drop for Objects {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn trouble(kind: TroubleKind, what: &str) -> StoreError {
    StoreError::Unavailable(Trouble::new(kind, format!("the object store of files_url {what}")))
}

fn unreachable(why: &str) -> StoreError {
    trouble(TroubleKind::Unreachable, &format!("failed: {why}"))
}

/// Converts an error. Its text names neither the address nor the object.
fn failed(error: &Error) -> StoreError {
    let mut cause: &(dyn std::error::Error + 'static) = error;
    while let Some(source) = cause.source() {
        if source.is::<StorageFull>() {
            return StoreError::Full;
        }
        cause = source;
    }
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            trouble(TroubleKind::Refused, "does not accept the credentials, or not for this bucket")
        }
        Error::NotFound { .. } => trouble(TroubleKind::Failed, "has no such bucket"),
        // Any other text may hold the address or the name of an object.
        _ => match cause.downcast_ref::<io::Error>() {
            Some(error) => unreachable(&error.kind().to_string()),
            None => unreachable("it answered with an error, or not in time"),
        },
    }
}
