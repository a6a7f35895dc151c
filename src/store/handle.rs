//! [`Store`]: the async handle to a [`Storage`], with typed results and a timeout for each call.

use super::queue::{Completion, Job, Observer, WorkQueues, worker_failed};
use super::{
    Command, CommandResult, Guarantee, Loaded, NewShare, PartPut, Reply, Room, Storage, StoreError, Swap, Swapped,
    Trouble, TroubleKind, lock,
};
use crate::share::{Timestamp, Usage};
use onetimeshare_envelope::ShareId;
use rocket::tokio::sync::oneshot::{self, Receiver, Sender};
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout_at;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{fmt, io};

struct StoreInner {
    /// Declared before `storage`, so that the workers end before the storage is dropped.
    queues: WorkQueues,
    storage: Arc<dyn Storage>,
    timeout: Duration,
    /// The store's time in the last load, and when that was.
    clock: Mutex<Option<(Timestamp, Instant)>>,
}

/// An async handle to a store, cheap to clone.
///
/// Every call ends within the timeout, even when the backend hangs. It then returns [`StoreError::Unavailable`], and the
/// command may still take effect.
#[derive(Clone)]
pub struct Store(Arc<StoreInner>);

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.name()).finish()
    }
}

/// Sends the result of a single command to its caller.
impl Completion for Sender<CommandResult> {
    fn is_canceled(&self) -> bool {
        self.is_closed()
    }

    fn complete(self: Box<Self>, result: CommandResult) -> Option<(Command, Box<dyn Completion>)> {
        // Fails only when the caller is gone.
        let _ = self.send(result);
        None
    }
}

/// The result of [`Store::load_then`].
struct Decided<T> {
    decision: T,
    now: Timestamp,
    /// `None` when the decision was to execute no command.
    reply: Option<Reply>,
}

/// Decides on a loaded record, and continues with the command that `decide` returns.
struct Decide<F, T> {
    decide: F,
    sender: Sender<Result<Decided<T>, StoreError>>,
}

impl<T: Send + 'static, F: FnOnce(Loaded) -> (T, Option<Command>) + Send> Completion for Decide<F, T> {
    fn is_canceled(&self) -> bool {
        self.sender.is_closed()
    }

    fn complete(self: Box<Self>, result: CommandResult) -> Option<(Command, Box<dyn Completion>)> {
        let Self { decide, sender } = *self;
        let loaded = match result {
            Ok(Reply::Loaded(loaded)) => loaded,
            other => {
                let _ = sender.send(Err(other.err().unwrap_or_else(wrong_reply)));
                return None;
            }
        };
        let now = loaded.now;
        let (decision, command) = decide(loaded);
        let decided = Decided { decision, now, reply: None };
        match command {
            Some(command) => Some((command, Box::new(Follow { decided, sender }))),
            None => {
                let _ = sender.send(Ok(decided));
                None
            }
        }
    }
}

/// Adds the reply of the command that was decided on.
struct Follow<T> {
    decided: Decided<T>,
    sender: Sender<Result<Decided<T>, StoreError>>,
}

impl<T: Send> Completion for Follow<T> {
    fn is_canceled(&self) -> bool {
        self.sender.is_closed()
    }

    fn complete(self: Box<Self>, result: CommandResult) -> Option<(Command, Box<dyn Completion>)> {
        let Self { decided, sender } = *self;
        let _ = sender.send(result.map(|reply| Decided { reply: Some(reply), ..decided }));
        None
    }
}

impl Store {
    /// Starts the worker threads that `storage` asks for. Calls time out after `timeout`. The threads end when the last
    /// clone of the handle is dropped; that drop waits a few seconds for commands being executed.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn new(storage: Arc<dyn Storage>, timeout: Duration) -> io::Result<Self> {
        let queues = WorkQueues::start(&storage)?;
        Ok(Self(Arc::new(StoreInner { queues, storage, timeout, clock: Mutex::new(None) })))
    }

    /// Sends measurements of every batch to `observer` from now on. Only the first observer is used.
    pub(crate) fn observe(&self, observer: Arc<dyn Observer>) {
        observer.guarantee_observed(self.guarantee());
        self.0.queues.observe(observer);
    }

    async fn execute(&self, command: Command) -> CommandResult {
        let (sender, receiver) = oneshot::channel();
        self.submit(command, Box::new(sender), receiver).await
    }

    /// Loads a record, and executes the command that `decide` returns for it, if any. Runs `decide` in a worker thread,
    /// which saves waking the caller in between; `decide` must not block.
    async fn load_then<T: Send + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Loaded) -> (T, Option<Command>) + Send + 'static,
    ) -> Result<(T, Option<Reply>), StoreError> {
        let (sender, receiver) = oneshot::channel();
        let completion = Box::new(Decide { decide, sender });
        let decided: Decided<T> = self.submit(Command::Load { id }, completion, receiver).await?;
        self.set_time(decided.now);
        Ok((decided.decision, decided.reply))
    }

    /// Queues a command and waits for the result that its completion sends.
    async fn submit<T>(
        &self,
        command: Command,
        completion: Box<dyn Completion>,
        result: Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let inner = &*self.0;
        let queued_at = Instant::now();
        let deadline = queued_at + inner.timeout;
        inner.queues.push(Job { command, completion, queued_at, deadline });
        let result = match timeout_at(deadline.into(), result).await {
            Ok(received) => received.unwrap_or_else(|_| Err(worker_failed())),
            Err(_) => {
                let text = format!("{} did not answer in time", self.name());
                Err(StoreError::Unavailable(Trouble::new(TroubleKind::Unreachable, text)))
            }
        };
        if matches!(result, Err(StoreError::Full)) {
            inner.storage.make_room();
        }
        result
    }

    /// Creates a share. Returns false when a record exists under `id`, which is then unchanged.
    pub async fn insert(&self, id: ShareId, share: NewShare) -> Result<bool, StoreError> {
        match self.execute(share.into_command(id)).await? {
            Reply::Inserted(inserted) => Ok(inserted),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns the exact bytes of a record and the store's time.
    pub async fn load(&self, id: ShareId) -> Result<Loaded, StoreError> {
        match self.execute(Command::Load { id }).await? {
            Reply::Loaded(loaded) => {
                self.set_time(loaded.now);
                Ok(loaded)
            }
            _ => Err(wrong_reply()),
        }
    }

    fn set_time(&self, now: Timestamp) {
        *lock(&self.0.clock) = Some((now, Instant::now()));
    }

    /// Loads a record and creates the share that `decide` returns, if any, in one call with one timeout. Returns the
    /// decision and the result of the insert. `decide` runs in a worker thread of the store and must not block.
    pub async fn load_then_insert<T: Send + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Loaded) -> (T, Option<NewShare>) + Send + 'static,
    ) -> Result<(T, Option<bool>), StoreError> {
        let decide = move |loaded| {
            let (decision, share) = decide(loaded);
            (decision, share.map(|share| share.into_command(id)))
        };
        match self.load_then(id, decide).await? {
            (decision, None) => Ok((decision, None)),
            (decision, Some(Reply::Inserted(inserted))) => Ok((decision, Some(inserted))),
            _ => Err(wrong_reply()),
        }
    }

    /// Works like [`Store::load_then_insert`] for a swap.
    pub async fn load_then_swap<T: Send + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Loaded) -> (T, Option<Swap>) + Send + 'static,
    ) -> Result<(T, Option<Swapped>), StoreError> {
        let decide = move |loaded| {
            let (decision, swap) = decide(loaded);
            (decision, swap.map(|swap| swap.into_command(id)))
        };
        match self.load_then(id, decide).await? {
            (decision, None) => Ok((decision, None)),
            (decision, Some(Reply::Swapped(swapped))) => Ok((decision, Some(swapped))),
            _ => Err(wrong_reply()),
        }
    }

    /// Loads several records with one command. Returns them in the order of `ids`; an unreadable record is reported as
    /// missing.
    pub async fn load_all(&self, ids: Vec<ShareId>) -> Result<Vec<Loaded>, StoreError> {
        match self.execute(Command::LoadAll { ids }).await? {
            Reply::LoadedAll(loaded) => Ok(loaded),
            _ => Err(wrong_reply()),
        }
    }

    /// Replaces a record.
    pub async fn swap(&self, id: ShareId, swap: Swap) -> Result<Swapped, StoreError> {
        match self.execute(swap.into_command(id)).await? {
            Reply::Swapped(swapped) => Ok(swapped),
            _ => Err(wrong_reply()),
        }
    }

    /// Writes part `n` if the record is `old`, and sets the expiry of the record and all parts to `until`. The parts from
    /// 1 on are limited to `max_bytes` in total.
    pub async fn put_part(
        &self,
        id: ShareId,
        old: Vec<u8>,
        n: u32,
        bytes: Vec<u8>,
        until: Timestamp,
        max_bytes: u64,
    ) -> Result<PartPut, StoreError> {
        match self.execute(Command::PutPart { id, old, n, bytes, until, max_bytes }).await? {
            Reply::PartPut(put) => Ok(put),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns part `n`, or `None` when it does not exist. `big`: whether it may be longer than [`super::BIG_PART`].
    pub async fn get_part(&self, id: ShareId, n: u32, big: bool) -> Result<Option<Vec<u8>>, StoreError> {
        match self.execute(Command::GetPart { id, n, big }).await? {
            Reply::Part(part) => Ok(part),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns the number and the length in bytes of each existing part in order, including part 0.
    pub async fn list_parts(&self, id: ShareId) -> Result<Vec<(u32, u32)>, StoreError> {
        match self.execute(Command::ListParts { id }).await? {
            Reply::Parts(parts) => Ok(parts),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns how many bytes of parts fit into the store, or `None` when no limit is known.
    pub async fn room(&self) -> Result<Option<Room>, StoreError> {
        match self.execute(Command::Room).await? {
            Reply::Room(room) => Ok(room),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns how many bytes of parts from 1 on fit into the part store, or `None` when no limit is known. Is that of
    /// [`Self::room`] unless the store [keeps parts apart](Self::keeps_parts_apart).
    pub async fn parts_room(&self) -> Result<Option<Room>, StoreError> {
        let command = if self.keeps_parts_apart() { Command::PartsRoom } else { Command::Room };
        match self.execute(command).await? {
            Reply::Room(room) => Ok(room),
            _ => Err(wrong_reply()),
        }
    }

    /// Returns whether parts from 1 on have a room of their own.
    #[must_use]
    pub fn keeps_parts_apart(&self) -> bool {
        self.0.storage.keeps_parts_apart()
    }

    /// Returns the random key of the current day that names the counters of [`Store::add_uses`], or `None` when this
    /// server is the only one on the store.
    pub async fn quota_key(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).map_err(|_| StoreError::Unavailable("no random numbers".into()))?;
        match self.execute(Command::QuotaKey { fresh }).await? {
            Reply::QuotaKey(key) => Ok(key),
            _ => Err(wrong_reply()),
        }
    }

    /// Adds bytes to counters that all servers on the store share. Returns the totals.
    pub async fn add_uses(&self, uses: Vec<([u8; 16], i64)>) -> Result<Vec<i64>, StoreError> {
        match self.execute(Command::AddUses { uses }).await? {
            Reply::Uses(totals) => Ok(totals),
            _ => Err(wrong_reply()),
        }
    }

    /// Checks that the store is available and accepts new shares.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match self.execute(Command::Ping).await? {
            Reply::Pong => Ok(()),
            _ => Err(wrong_reply()),
        }
    }

    /// Increments the visit counter and returns it.
    pub async fn count_visit(&self) -> Result<u64, StoreError> {
        match self.execute(Command::CountVisit).await? {
            Reply::Visits(count) => Ok(count),
            _ => Err(wrong_reply()),
        }
    }

    /// Estimates the store's time without a call: the time of the last load plus the time since, or `None` before the
    /// first load. Accurate enough for pages; transitions use the time of their own load.
    #[must_use]
    pub fn now_estimate(&self) -> Option<Timestamp> {
        let (at, seen) = (*lock(&self.0.clock))?;
        Some(Timestamp(at.0.saturating_add(u64::try_from(seen.elapsed().as_millis()).unwrap_or(u64::MAX))))
    }

    /// Returns what happens to shares when the backend fails, as far as it is known.
    pub(crate) fn guarantee(&self) -> Guarantee {
        self.0.storage.guarantee()
    }

    /// Returns figures about all shares. Reads every record, without a timeout.
    pub(crate) async fn usage(&self) -> Result<Usage, StoreError> {
        let storage = Arc::clone(&self.0.storage);
        spawn_blocking(move || storage.usage()).await.unwrap_or_else(|_| Err(worker_failed()))
    }

    /// Requests the removal of abandoned uploads because the store is full. Returns at once.
    pub(crate) fn make_room(&self) {
        self.0.storage.make_room();
    }

    /// Returns the backend's name for operators: `"Redis"` or `"embedded store"`.
    pub(crate) fn name(&self) -> &'static str {
        self.0.storage.name()
    }
}

/// The error for a reply that belongs to another command.
fn wrong_reply() -> StoreError {
    StoreError::Unavailable("the store returned a reply to another command".into())
}
