//! [`Store`]: the async handle to a [`Storage`], which owns everything about waiting: bounded queues, worker threads
//! that take what waits as one batch, and time limits.

use super::{Command, Guarantee, Lane, Loaded, PartPut, PartsFate, Reply, Storage, StoreError, Swapped};
use crate::share::{ShareId, Timestamp};
use rocket::tokio::sync::oneshot;
use rocket::tokio::time::timeout_at;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

/// Commands that may wait in one lane.
const QUEUE_COMMANDS: usize = 8192;
/// Bytes that the commands waiting in one lane may carry.
const QUEUE_BYTES: usize = 64 * 1024 * 1024;
/// Stack of a worker thread, in bytes: backends recurse little and keep their buffers on the heap.
const STACK: usize = 512 * 1024;
/// How long the last handle waits for the threads to finish what they carry out just now.
const END_TIME: Duration = Duration::from_secs(5);

type Answer = Result<Reply, StoreError>;

/// Who is told how long commands took, and what the store promises.
pub trait Observer: Send + Sync {
    /// A batch was carried out: how long each of its commands had waited for its turn, and how long all took together.
    fn carried_out(&self, lane: Lane, waited: &[Duration], took: Duration);

    /// What becomes of shares when the store fails, as it was known at the end of a batch.
    fn promised(&self, guarantee: Guarantee);
}

type Observed = Arc<OnceLock<Arc<dyn Observer>>>;

/// A command on its way, and who waits for the answer.
struct Job {
    command: Command,
    answer: oneshot::Sender<Answer>,
    asked: Instant,
    deadline: Instant,
}

impl Job {
    /// Nobody needs the answer any more: the waiter was told that the store is unavailable, or it went away and the
    /// command would change nothing.
    fn is_stale(&self, now: Instant) -> bool {
        self.deadline <= now || (self.command.is_read() && self.answer.is_closed())
    }
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    bytes: usize,
    closed: bool,
}

/// One lane's queue.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    filled: Condvar,
}

/// A lock whose holder panicked is still good: every change to the values behind them is complete in itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    fn push(&self, job: Job) -> Result<(), StoreError> {
        let mut waiting = lock(&self.waiting);
        if waiting.closed {
            return Err(StoreError::Unavailable("the server is stopping".into()));
        }
        let weight = job.command.weight();
        if waiting.jobs.len() >= QUEUE_COMMANDS || waiting.bytes + weight > QUEUE_BYTES {
            return Err(StoreError::Unavailable("queue full".into()));
        }
        waiting.bytes += weight;
        waiting.jobs.push_back(job);
        drop(waiting);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for jobs and takes up to `most`; none when the queue is closed and empty.
    fn take(&self, most: usize) -> Option<Vec<Job>> {
        let mut waiting = lock(&self.waiting);
        loop {
            if !waiting.jobs.is_empty() {
                let count = waiting.jobs.len().min(most.max(1));
                let jobs: Vec<Job> = waiting.jobs.drain(..count).collect();
                waiting.bytes -= jobs.iter().map(|job| job.command.weight()).sum::<usize>();
                return Some(jobs);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        lock(&self.waiting).closed = true;
        self.filled.notify_all();
    }
}

/// Counts the worker threads that live, so that the end can wait for them.
#[derive(Default)]
struct Workers {
    alive: Mutex<usize>,
    ended: Condvar,
}

/// One live worker.
struct Alive(Arc<Workers>);

impl Alive {
    fn new(workers: &Arc<Workers>) -> Self {
        *lock(&workers.alive) += 1;
        Self(Arc::clone(workers))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        *lock(&self.0.alive) -= 1;
        self.0.ended.notify_all();
    }
}

fn work(storage: &dyn Storage, queue: &Queue, (lane, batch): (Lane, usize), observed: &Observed) {
    while let Some(mut jobs) = queue.take(batch) {
        let now = Instant::now();
        jobs.retain(|job| !job.is_stale(now));
        if jobs.is_empty() {
            continue;
        }
        let waited: Option<Vec<Duration>> =
            observed.get().map(|_| jobs.iter().map(|job| now.saturating_duration_since(job.asked)).collect());
        let (commands, waiters): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.command, job.answer)).unzip();
        let count = commands.len();
        let mut answers = catch_unwind(AssertUnwindSafe(|| storage.execute(commands))).unwrap_or_default();
        answers.resize_with(count, || Err(StoreError::Unavailable("the store failed; see the server's log".into())));
        for (waiter, answer) in waiters.into_iter().zip(answers) {
            // Nobody may be listening any more, which is theirs to decide.
            let _ = waiter.send(answer);
        }
        if let (Some(observer), Some(waited)) = (observed.get(), waited) {
            observer.carried_out(lane, &waited, now.elapsed());
            observer.promised(storage.guarantee());
        }
    }
}

struct Inner {
    storage: Arc<dyn Storage>,
    lanes: [Option<Arc<Queue>>; 3],
    workers: Arc<Workers>,
    limit: Duration,
    clock: Mutex<Option<(Timestamp, Instant)>>,
    observed: Observed,
}

impl Drop for Inner {
    fn drop(&mut self) {
        for queue in self.lanes.iter().flatten() {
            queue.close();
        }
        // So that an embedded store is closed properly before the process ends.
        let alive = lock(&self.workers.alive);
        drop(self.workers.ended.wait_timeout_while(alive, END_TIME, |alive| *alive > 0));
    }
}

/// The handle to the store that everybody holds: cheap to clone, async, with typed answers.
///
/// Every call ends within the time limit given at the start, whatever the backend does; late ones are
/// [`StoreError::Unavailable`], and whether they still take effect is then unknown.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

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
        let mut inner = Inner {
            storage,
            lanes: [None, None, None],
            workers: Arc::default(),
            limit,
            clock: Mutex::new(None),
            observed: Arc::default(),
        };
        for (lane, name) in [(Lane::Quick, "store-quick"), (Lane::Commit, "store-commit"), (Lane::Bulk, "store-bulk")] {
            let size = inner.storage.lane_size(lane);
            if size.threads == 0 {
                continue;
            }
            let queue = Arc::clone(inner.lanes[lane as usize].insert(Arc::default()));
            for _ in 0..size.threads {
                let (storage, queue) = (Arc::clone(&inner.storage), Arc::clone(&queue));
                let observed = Arc::clone(&inner.observed);
                let alive = Alive::new(&inner.workers);
                thread::Builder::new().name(name.into()).stack_size(STACK).spawn(move || {
                    work(&*storage, &queue, (lane, size.batch), &observed);
                    // The storage is let go first: who waits for this thread may open the same files next.
                    drop((storage, alive));
                })?;
            }
        }
        Ok(Self(Arc::new(inner)))
    }

    /// Tells `observer` of every batch from now on. The first one stays.
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        observer.promised(self.guarantee());
        let _ = self.0.observed.set(observer);
    }

    async fn call(&self, command: Command) -> Answer {
        let inner = &*self.0;
        let queue = inner.lanes[inner.storage.lane(&command) as usize]
            .as_ref()
            .ok_or_else(|| StoreError::Unavailable("the store does not do this".into()))?;
        let (answer, waiter) = oneshot::channel();
        let asked = Instant::now();
        let deadline = asked + inner.limit;
        queue.push(Job { command, answer, asked, deadline })?;
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
            _ => Err(mixed_up()),
        }
    }

    /// The record's exact bytes and the store's own time.
    pub async fn load(&self, id: ShareId) -> Result<Loaded, StoreError> {
        match self.call(Command::Load { id }).await? {
            Reply::Loaded(loaded) => {
                *lock(&self.0.clock) = Some((loaded.now, Instant::now()));
                Ok(loaded)
            }
            _ => Err(mixed_up()),
        }
    }

    /// As [`Store::load`] for many ids, in their order, as one command. A record that cannot be told is none.
    pub async fn load_all(&self, ids: Vec<ShareId>) -> Result<Vec<Loaded>, StoreError> {
        match self.call(Command::LoadAll { ids }).await? {
            Reply::LoadedAll(loaded) => Ok(loaded),
            _ => Err(mixed_up()),
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
            _ => Err(mixed_up()),
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
            _ => Err(mixed_up()),
        }
    }

    /// Part `n`, when it is there. `big` tells that it may be longer than [`super::BIG_PART`].
    pub async fn get_part(&self, id: ShareId, n: u32, big: bool) -> Result<Option<Vec<u8>>, StoreError> {
        match self.call(Command::GetPart { id, n, big }).await? {
            Reply::Part(part) => Ok(part),
            _ => Err(mixed_up()),
        }
    }

    /// Number and length in bytes of each part that is there, in order, part 0 included.
    pub async fn list_parts(&self, id: ShareId) -> Result<Vec<(u32, u32)>, StoreError> {
        match self.call(Command::ListParts { id }).await? {
            Reply::Parts(parts) => Ok(parts),
            _ => Err(mixed_up()),
        }
    }

    /// How many bytes of parts there is room for; none when no limit is known.
    pub async fn room(&self) -> Result<Option<u64>, StoreError> {
        match self.call(Command::Room).await? {
            Reply::Room(room) => Ok(room),
            _ => Err(mixed_up()),
        }
    }

    /// Asks whether the store is there.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match self.call(Command::Ping).await? {
            Reply::Pong => Ok(()),
            _ => Err(mixed_up()),
        }
    }

    /// Counts a visit and answers how many there were, this one included.
    pub async fn count_visit(&self) -> Result<u64, StoreError> {
        match self.call(Command::CountVisit).await? {
            Reply::Visits(count) => Ok(count),
            _ => Err(mixed_up()),
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
fn mixed_up() -> StoreError {
    StoreError::Unavailable("the store mixed up its answers".into())
}
