//! [`Store`]: the async handle to a [`Storage`], with typed answers and a time limit for each call.

use super::queue::{Continuation, Job, Observer, ObserverCell, WorkQueues};
use super::{Command, CommandResult, Guarantee, Loaded, PartPut, PartsFate, Reply, Storage, StoreError, Swapped, lock};
use crate::share::{ShareId, Timestamp};
use rocket::tokio::sync::oneshot;
use rocket::tokio::time::timeout_at;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use std::{fmt, io};

type TimeSample = Mutex<Option<(Timestamp, Instant)>>;

struct StoreInner {
    /// Before the storage, so that its threads have ended when that is dropped.
    queues: WorkQueues,
    storage: Arc<dyn Storage>,
    limit: Duration,
    clock: TimeSample,
    observer: ObserverCell,
}

/// The handle to the store that everybody holds: cheap to clone, async, with typed answers.
///
/// Every call ends within the time limit given at the start, whatever the backend does; late ones are
/// [`StoreError::Unavailable`], and whether they still take effect is then unknown.
#[derive(Clone)]
pub struct Store(Arc<StoreInner>);

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.name()).finish()
    }
}

impl Store {
    /// Starts the worker threads that `storage` asks for. No call takes longer than `limit`. The threads end when the
    /// last clone of the handle is dropped; dropping that one waits a moment for what is being carried out.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(storage: Arc<dyn Storage>, limit: Duration) -> io::Result<Self> {
        let observer = ObserverCell::default();
        let queues = WorkQueues::start(&storage, &observer)?;
        Ok(Self(Arc::new(StoreInner { queues, storage, limit, clock: Mutex::new(None), observer })))
    }

    /// Tells `observer` of every batch from now on. The first one stays.
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        observer.guarantee_observed(self.guarantee());
        let _ = self.0.observer.set(observer);
    }

    /// Carries out one command.
    pub(crate) async fn call(&self, command: Command) -> CommandResult {
        self.call_then(command, None).await
    }

    async fn call_then(&self, command: Command, then: Option<Continuation>) -> CommandResult {
        let inner = &*self.0;
        let (answer, waiter) = oneshot::channel();
        let queued_at = Instant::now();
        let deadline = queued_at + inner.limit;
        inner.queues.push(Job { command, then, answer, queued_at, deadline });
        match timeout_at(deadline.into(), waiter).await {
            Ok(Ok(answer)) => {
                if answer == Err(StoreError::Full) {
                    inner.storage.make_room();
                }
                answer
            }
            Ok(Err(_)) => Err(StoreError::Unavailable("the store is stopping".into())),
            Err(_) => Err(StoreError::Unavailable(format!("{} did not answer in time", self.name()))),
        }
    }

    /// Creates a share in one step: true when it is new, false when a record stands under `id`, which stays as it is.
    pub async fn insert(
        &self,
        id: ShareId,
        record: Vec<u8>,
        part0: Vec<u8>,
        record_until: Timestamp,
        parts_until: Timestamp,
    ) -> Result<bool, StoreError> {
        match self.call(Command::Insert { id, record, part0, record_until, parts_until }).await? {
            Reply::Inserted(new) => Ok(new),
            _ => Err(wrong_reply()),
        }
    }

    /// The record's exact bytes and the store's own time.
    pub async fn load(&self, id: ShareId) -> Result<Loaded, StoreError> {
        match self.call(Command::Load { id }).await? {
            Reply::Loaded(loaded) => {
                self.note_time(loaded.now);
                Ok(loaded)
            }
            _ => Err(wrong_reply()),
        }
    }

    fn note_time(&self, now: Timestamp) {
        *lock(&self.0.clock) = Some((now, Instant::now()));
    }

    /// Loads a record, lets `decide` say which command follows, if any, and carries that out as well: both in one call
    /// and one time limit, without a way back to the caller in between. Answers what `decide` had to tell, and the
    /// reply to its command. `decide` runs in a thread of the store and must not wait for anything.
    pub async fn step<T: Send + Sync + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Loaded) -> (T, Option<Command>) + Send + 'static,
    ) -> Result<(T, Option<Reply>), StoreError> {
        let decided = Arc::new(OnceLock::new());
        let slot = Arc::clone(&decided);
        let then: Continuation = Box::new(move |reply| {
            let Reply::Loaded(loaded) = reply else { return Err(reply) };
            let now = loaded.now;
            let (decision, command) = decide(loaded);
            let _ = slot.set((decision, now));
            command.ok_or(Reply::Loaded(Loaded { record: None, now }))
        });
        let reply = self.call_then(Command::Load { id }, Some(then)).await?;
        // The other end is gone with the closure.
        let (decision, now) = Arc::into_inner(decided).and_then(OnceLock::into_inner).ok_or_else(wrong_reply)?;
        self.note_time(now);
        Ok((decision, Some(reply).filter(|reply| !matches!(reply, Reply::Loaded(_)))))
    }

    /// As [`Store::load`] for many ids, in their order, as one command. A record that cannot be told is none.
    pub async fn load_all(&self, ids: Vec<ShareId>) -> Result<Vec<Loaded>, StoreError> {
        match self.call(Command::LoadAll { ids }).await? {
            Reply::LoadedAll(loaded) => Ok(loaded),
            _ => Err(wrong_reply()),
        }
    }

    /// Replaces the record `old` by `new`, which lives until `record_until`. `big` tells that an opened share's part 0
    /// is longer than [`super::BIG_PART`].
    pub async fn swap(
        &self,
        id: ShareId,
        old: Vec<u8>,
        new: Vec<u8>,
        record_until: Timestamp,
        parts: PartsFate,
        big: bool,
    ) -> Result<Swapped, StoreError> {
        match self.call(Command::Swap { id, old, new, record_until, parts, big }).await? {
            Reply::Swapped(swapped) => Ok(swapped),
            _ => Err(wrong_reply()),
        }
    }

    /// Writes part `n` while the record is `old`; record and parts live until `until` from then on. The parts from 1 on
    /// may be `most` bytes together.
    pub async fn put_part(
        &self,
        id: ShareId,
        old: Vec<u8>,
        n: u32,
        bytes: Vec<u8>,
        until: Timestamp,
        most: u64,
    ) -> Result<PartPut, StoreError> {
        match self.call(Command::PutPart { id, old, n, bytes, until, most }).await? {
            Reply::PartPut(put) => Ok(put),
            _ => Err(wrong_reply()),
        }
    }

    /// Part `n`, when it is there. `big` tells that it may be longer than [`super::BIG_PART`].
    pub async fn get_part(&self, id: ShareId, n: u32, big: bool) -> Result<Option<Vec<u8>>, StoreError> {
        match self.call(Command::GetPart { id, n, big }).await? {
            Reply::Part(part) => Ok(part),
            _ => Err(wrong_reply()),
        }
    }

    /// Number and length in bytes of each part that is there, in order, part 0 included.
    pub async fn list_parts(&self, id: ShareId) -> Result<Vec<(u32, u32)>, StoreError> {
        match self.call(Command::ListParts { id }).await? {
            Reply::Parts(parts) => Ok(parts),
            _ => Err(wrong_reply()),
        }
    }

    /// How many bytes of parts there is room for; none when no limit is known.
    pub async fn room(&self) -> Result<Option<u64>, StoreError> {
        match self.call(Command::Room).await? {
            Reply::Room(room) => Ok(room),
            _ => Err(wrong_reply()),
        }
    }

    /// Asks whether the store is there.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match self.call(Command::Ping).await? {
            Reply::Pong => Ok(()),
            _ => Err(wrong_reply()),
        }
    }

    /// Counts a visit and answers how many there were, this one included.
    pub async fn count_visit(&self) -> Result<u64, StoreError> {
        match self.call(Command::CountVisit).await? {
            Reply::Visits(count) => Ok(count),
            _ => Err(wrong_reply()),
        }
    }

    /// About what time it is on the store's clock, without asking: the last time that a load brought, and the time
    /// gone by since. None before the first load. Good for pages; transitions take the time of their own load.
    #[must_use]
    pub fn now_estimate(&self) -> Option<Timestamp> {
        let (at, seen) = (*lock(&self.0.clock))?;
        Some(Timestamp(at.0.saturating_add(u64::try_from(seen.elapsed().as_millis()).unwrap_or(u64::MAX))))
    }

    /// What becomes of shares when the backend fails, as far as it is known just now.
    #[must_use]
    pub fn guarantee(&self) -> Guarantee {
        self.0.storage.guarantee()
    }

    /// Somebody was refused for want of room: lets the backend remove abandoned uploads, in the background.
    pub fn make_room(&self) {
        self.0.storage.make_room();
    }

    /// The backend's name for operators: `"Redis"` or `"embedded store"`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.storage.name()
    }
}

/// A backend answered another command than it was asked.
fn wrong_reply() -> StoreError {
    StoreError::Unavailable("the store mixed up its answers".into())
}
