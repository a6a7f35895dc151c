//! The queues of a [`Store`](super::Store) and the threads that carry out what waits in them.

use super::{Command, CommandResult, Guarantee, Lane, Reply, Storage, StoreError, lock};
use rocket::tokio::sync::oneshot;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

/// Commands that may wait in one lane.
const QUEUE_COMMANDS: usize = 8192;
/// Bytes that the commands waiting in one lane may carry.
const QUEUE_BYTES: usize = 64 * 1024 * 1024;
/// Stack of a worker thread, in bytes: backends recurse little and keep their buffers on the heap.
const STACK: usize = 512 * 1024;
/// How often a thread lets others run before it sleeps for want of commands. Who was just answered mostly asks again, or
/// others do: what comes meanwhile is carried out together, and nobody need wake the thread for each.
const YIELDS: u32 = 2;
/// How long the end waits for the threads to finish what they carry out just now.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
/// Every lane, with the name of its threads.
const NAMES: [(Lane, &str); 3] =
    [(Lane::Quick, "store-quick"), (Lane::Commit, "store-commit"), (Lane::Bulk, "store-bulk")];

/// What follows a command, by its answer: another command, or nothing but an answer.
pub(super) type Continuation = Box<dyn FnOnce(Reply) -> Result<Command, Reply> + Send>;

/// Who is told how long commands took, and what the store promises.
pub trait Observer: Send + Sync {
    /// A batch was carried out: how long each of its commands had waited for its turn, and how long all took together.
    fn batch_executed(&self, lane: Lane, waited: &[Duration], took: Duration);

    /// What becomes of shares when the store fails, as it was known at the end of a batch.
    fn guarantee_observed(&self, guarantee: Guarantee);
}

pub(super) type ObserverCell = Arc<OnceLock<Arc<dyn Observer>>>;

/// A command on its way, what follows it, and who waits for the answer.
pub(super) struct Job {
    pub(super) command: Command,
    pub(super) then: Option<Continuation>,
    pub(super) answer: oneshot::Sender<CommandResult>,
    pub(super) queued_at: Instant,
    pub(super) deadline: Instant,
}

impl Job {
    /// Nobody needs the answer any more: the waiter was told that the store is unavailable, or it went away and the
    /// command would change nothing.
    fn is_stale(&self, now: Instant) -> bool {
        self.deadline <= now || (self.command.is_read() && self.answer.is_closed())
    }

    fn reject(self, why: &str) {
        let _ = self.answer.send(Err(StoreError::Unavailable(why.into())));
    }
}

/// Who waits for an answer, without the command.
struct PendingReply {
    then: Option<Continuation>,
    answer: oneshot::Sender<CommandResult>,
    deadline: Instant,
}

impl PendingReply {
    /// Tells the answer, unless another command follows.
    fn resolve(self, answer: CommandResult) -> Option<Job> {
        let answer = match (self.then, answer) {
            (Some(then), Ok(reply)) => match catch_unwind(AssertUnwindSafe(|| then(reply))) {
                Ok(Ok(command)) => {
                    let queued_at = Instant::now();
                    return Some(Job { command, then: None, answer: self.answer, queued_at, deadline: self.deadline });
                }
                Ok(Err(reply)) => Ok(reply),
                Err(_) => Err(panicked()),
            },
            (_, answer) => answer,
        };
        // Nobody may be listening any more, which is theirs to decide.
        let _ = self.answer.send(answer);
        None
    }
}

#[derive(Default)]
struct QueueState {
    jobs: VecDeque<Job>,
    bytes: usize,
    /// Threads that sleep until there is something.
    sleeping: usize,
    closed: bool,
}

impl QueueState {
    fn take(&mut self, most: usize) -> impl Iterator<Item = Job> {
        let count = self.jobs.len().min(most);
        let bytes = &mut self.bytes;
        self.jobs.drain(..count).inspect(|job| *bytes -= job.command.weight())
    }
}

/// One lane's queue.
#[derive(Default)]
struct Queue {
    waiting: Mutex<QueueState>,
    filled: Condvar,
}

impl Queue {
    /// Lets a job wait, or answers it when that cannot be.
    fn push(&self, job: Job) {
        let mut waiting = lock(&self.waiting);
        let weight = job.command.weight();
        if waiting.closed {
            return job.reject("the server is stopping");
        }
        if waiting.jobs.len() >= QUEUE_COMMANDS || waiting.bytes + weight > QUEUE_BYTES {
            return job.reject("queue full");
        }
        waiting.bytes += weight;
        waiting.jobs.push_back(job);
        // To wake somebody is a call of the system even when nobody sleeps.
        let wake = waiting.sleeping > 0;
        drop(waiting);
        if wake {
            self.filled.notify_one();
        }
    }

    /// Fills `jobs` up to `most` with what waits; sleeps until there is some when it is empty, after [`YIELDS`] more looks.
    /// False when the queue is closed and nothing is left.
    fn take(&self, jobs: &mut Vec<Job>, most: usize) -> bool {
        let mut waiting = lock(&self.waiting);
        let mut yields = YIELDS;
        loop {
            jobs.extend(waiting.take(most.max(1).saturating_sub(jobs.len())));
            if !jobs.is_empty() {
                return true;
            }
            if waiting.closed {
                return false;
            }
            if yields > 0 {
                yields -= 1;
                drop(waiting);
                thread::yield_now();
                waiting = lock(&self.waiting);
            } else {
                waiting.sleeping += 1;
                waiting = self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                waiting.sleeping -= 1;
            }
        }
    }

    fn close(&self) {
        lock(&self.waiting).closed = true;
        self.filled.notify_all();
    }
}

/// Counts the worker threads that live, so that the end can wait for them.
#[derive(Default)]
struct WorkerCount {
    alive: Mutex<usize>,
    ended: Condvar,
}

/// One live worker.
struct WorkerGuard(Arc<WorkerCount>);

impl WorkerGuard {
    fn new(workers: &Arc<WorkerCount>) -> Self {
        *lock(&workers.alive) += 1;
        Self(Arc::clone(workers))
    }
}

impl Drop for WorkerGuard {
    fn drop(&mut self) {
        *lock(&self.0.alive) -= 1;
        self.0.ended.notify_all();
    }
}

/// The queues in front of a backend.
struct LaneQueues {
    storage: Arc<dyn Storage>,
    lanes: [Option<Queue>; 3],
}

impl LaneQueues {
    /// Puts a job into the queue of its command's lane.
    fn push(&self, job: Job) {
        match &self.lanes[self.storage.lane(&job.command) as usize] {
            Some(queue) => queue.push(job),
            None => job.reject("the store does not do this"),
        }
    }
}

/// What one thread does.
struct Worker {
    queues: Arc<LaneQueues>,
    lane: Lane,
    batch: usize,
    observer: ObserverCell,
}

impl Worker {
    fn work(&self) {
        let Some(queue) = &self.queues.lanes[self.lane as usize] else { return };
        let mut jobs = Vec::new();
        while queue.take(&mut jobs, self.batch) {
            jobs = self.run_batch(jobs);
        }
    }

    /// Carries out a batch. Answers what follows in this lane; what follows in another is on its way there.
    fn run_batch(&self, mut jobs: Vec<Job>) -> Vec<Job> {
        let storage = &self.queues.storage;
        let now = Instant::now();
        jobs.retain(|job| !job.is_stale(now));
        if jobs.is_empty() {
            return jobs;
        }
        let waited: Option<Vec<Duration>> =
            self.observer.get().map(|_| jobs.iter().map(|job| now.saturating_duration_since(job.queued_at)).collect());
        let split =
            |Job { command, then, answer, queued_at: _, deadline }| (command, PendingReply { then, answer, deadline });
        let (commands, waiters): (Vec<_>, Vec<_>) = jobs.into_iter().map(split).unzip();
        let count = commands.len();
        let mut answers = catch_unwind(AssertUnwindSafe(|| storage.execute(commands))).unwrap_or_default();
        answers.resize_with(count, || Err(panicked()));
        let following = waiters.into_iter().zip(answers).filter_map(|(waiter, answer)| waiter.resolve(answer));
        let (mine, others): (Vec<_>, Vec<_>) = following.partition(|job| storage.lane(&job.command) == self.lane);
        for job in others {
            self.queues.push(job);
        }
        if let (Some(observer), Some(waited)) = (self.observer.get(), waited) {
            observer.batch_executed(self.lane, &waited, now.elapsed());
            observer.guarantee_observed(storage.guarantee());
        }
        mine
    }
}

fn panicked() -> StoreError {
    StoreError::Unavailable("the store failed; see the server's log".into())
}

/// The queues and their threads, which end when this is dropped; the drop waits a moment for what is being carried out.
pub(super) struct WorkQueues {
    queues: Arc<LaneQueues>,
    workers: Arc<WorkerCount>,
}

impl WorkQueues {
    /// Starts the threads that `storage` asks for.
    pub(super) fn start(storage: &Arc<dyn Storage>, observer: &ObserverCell) -> io::Result<Self> {
        let size = |lane| storage.lane_size(lane);
        let lanes = NAMES.map(|(lane, _)| (size(lane).threads > 0).then(Queue::default));
        let queues = Arc::new(LaneQueues { storage: Arc::clone(storage), lanes });
        let queues = Self { queues, workers: Arc::default() };
        for (lane, name) in NAMES {
            for _ in 0..size(lane).threads {
                let worker = Worker {
                    queues: Arc::clone(&queues.queues),
                    lane,
                    batch: size(lane).batch,
                    observer: Arc::clone(observer),
                };
                let guard = WorkerGuard::new(&queues.workers);
                thread::Builder::new().name(name.into()).stack_size(STACK).spawn(move || {
                    worker.work();
                    // The storage is let go first: who waits for this thread may open the same files next.
                    drop((worker, guard));
                })?;
            }
        }
        Ok(queues)
    }

    /// Puts a job into its queue. It is answered with an error when there is none, it is full, or the server is stopping.
    pub(super) fn push(&self, job: Job) {
        self.queues.push(job);
    }
}

impl Drop for WorkQueues {
    fn drop(&mut self) {
        for queue in self.queues.lanes.iter().flatten() {
            queue.close();
        }
        // So that an embedded store is closed properly before the process ends.
        let alive = lock(&self.workers.alive);
        drop(self.workers.ended.wait_timeout_while(alive, SHUTDOWN_TIMEOUT, |alive| *alive > 0));
    }
}
