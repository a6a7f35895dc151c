//! The queues of a [`Store`](super::Store) and the worker threads that execute queued commands in batches.

use super::{Command, CommandResult, Guarantee, QueueKind, Storage, StoreError, Workers, lock};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

/// Maximum number of commands in one queue.
const MAX_COMMANDS: usize = 8192;
/// Maximum size of the commands in one queue, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Stack size of a worker thread, in bytes. Backends recurse little and allocate their buffers on the heap.
const STACK_SIZE: usize = 512 * 1024;
/// Yields of an idle worker before it sleeps, so that follow-up requests join one batch without waking it.
const YIELDS: u32 = 2;
/// Maximum time that a shutdown waits for the workers.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Receives measurements of a store.
pub(crate) trait Observer: Send + Sync {
    /// A batch was executed: how long each command was queued, and how long the execution took.
    fn batch_executed(&self, queue: QueueKind, queued: &[Duration], took: Duration);

    /// The guarantee of the store after a batch.
    fn guarantee_observed(&self, guarantee: Guarantee);
}

/// Where the result of a command goes.
pub(super) trait Completion: Send {
    /// Returns whether the caller no longer waits for the result.
    fn is_canceled(&self) -> bool;

    /// Sends the result to the caller, or returns the next command of the same call.
    fn complete(self: Box<Self>, result: CommandResult) -> Option<(Command, Box<dyn Completion>)>;
}

/// A queued command.
pub(super) struct Job {
    pub(super) command: Command,
    pub(super) completion: Box<dyn Completion>,
    pub(super) queued_at: Instant,
    /// When the caller stops waiting.
    pub(super) deadline: Instant,
}

impl Job {
    /// Returns whether the job can be skipped: its caller has timed out, or has canceled a read.
    fn is_stale(&self, now: Instant) -> bool {
        self.deadline <= now || (self.command.is_read() && self.completion.is_canceled())
    }

    fn reject(self, reason: &str) {
        self.completion.complete(Err(StoreError::Unavailable(reason.into())));
    }
}

/// A bounded queue of jobs.
#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    not_empty: Condvar,
}

#[derive(Default)]
struct QueueState {
    jobs: VecDeque<Job>,
    /// Total size of the queued commands.
    bytes: usize,
    sleeping_workers: usize,
    closed: bool,
}

impl Queue {
    /// Adds a job, or rejects it when the queue is full or closed.
    fn push(&self, job: Job) {
        let mut state = lock(&self.state);
        let size = job.command.size();
        if state.closed {
            return job.reject("the server is stopping");
        }
        if state.jobs.len() >= MAX_COMMANDS || state.bytes + size > MAX_BYTES {
            return job.reject("queue full");
        }
        state.bytes += size;
        state.jobs.push_back(job);
        // A notification is a system call even when no thread sleeps.
        let wake = state.sleeping_workers > 0;
        drop(state);
        if wake {
            self.not_empty.notify_one();
        }
    }

    /// Moves queued jobs to `jobs` until it has `max`. Waits for a job if `jobs` is empty. Returns false when the queue is
    /// closed and empty.
    fn take(&self, jobs: &mut Vec<Job>, max: usize) -> bool {
        let mut state = lock(&self.state);
        let mut yields = YIELDS;
        loop {
            let count = state.jobs.len().min(max.saturating_sub(jobs.len()));
            let first = jobs.len();
            jobs.extend(state.jobs.drain(..count));
            state.bytes -= jobs[first..].iter().map(|job| job.command.size()).sum::<usize>();
            if !jobs.is_empty() {
                return true;
            }
            if state.closed {
                return false;
            }
            if yields > 0 {
                yields -= 1;
                drop(state);
                thread::yield_now();
                state = lock(&self.state);
            } else {
                state.sleeping_workers += 1;
                state = self.not_empty.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.sleeping_workers -= 1;
            }
        }
    }

    fn close(&self) {
        lock(&self.state).closed = true;
        self.not_empty.notify_all();
    }
}

/// The queues of one backend, shared by its workers.
struct Queues {
    storage: Arc<dyn Storage>,
    /// `None` for a queue without workers.
    by_kind: [Option<Queue>; QueueKind::ALL.len()],
    observer: OnceLock<Arc<dyn Observer>>,
}

impl Queues {
    fn push(&self, job: Job) {
        match &self.by_kind[self.storage.queue(&job.command) as usize] {
            Some(queue) => queue.push(job),
            None => job.reject("the store does not support this command"),
        }
    }

    /// Executes batches of one queue until it is closed.
    fn work(&self, kind: QueueKind, max_batch: usize) {
        let Some(queue) = &self.by_kind[kind as usize] else { return };
        let mut jobs = Vec::new();
        while queue.take(&mut jobs, max_batch.max(1)) {
            jobs = self.execute(kind, jobs);
        }
    }

    /// Executes a batch. Returns the commands that continue its calls in the same queue; those for other queues are
    /// queued there.
    fn execute(&self, kind: QueueKind, mut jobs: Vec<Job>) -> Vec<Job> {
        let started = Instant::now();
        jobs.retain(|job| !job.is_stale(started));
        if jobs.is_empty() {
            return jobs;
        }
        let observed = self.observer.get().map(|observer| {
            let queued = jobs.iter().map(|job| started.saturating_duration_since(job.queued_at));
            (observer, queued.collect::<Vec<_>>())
        });
        let (commands, calls): (Vec<_>, Vec<_>) =
            jobs.into_iter().map(|job| (job.command, (job.completion, job.deadline))).unzip();
        let mut results = catch_unwind(AssertUnwindSafe(|| self.storage.execute(commands))).unwrap_or_default();
        results.resize_with(calls.len(), || Err(worker_failed()));
        let mut next_jobs = Vec::new();
        for ((completion, deadline), result) in calls.into_iter().zip(results) {
            // A completion that panics drops its channel, which tells the caller.
            let next = catch_unwind(AssertUnwindSafe(|| completion.complete(result))).ok().flatten();
            let Some((command, completion)) = next else { continue };
            let job = Job { command, completion, queued_at: Instant::now(), deadline };
            if self.storage.queue(&job.command) == kind {
                next_jobs.push(job);
            } else {
                self.push(job);
            }
        }
        if let Some((observer, queued)) = observed {
            observer.batch_executed(kind, &queued, started.elapsed());
            observer.guarantee_observed(self.storage.guarantee());
        }
        next_jobs
    }
}

/// The error for a command whose worker panicked.
pub(super) fn worker_failed() -> StoreError {
    StoreError::Unavailable("the store failed; see the server's log".into())
}

/// Running queues and workers. The workers end when this is dropped.
pub(super) struct WorkQueues {
    queues: Arc<Queues>,
    /// Disconnected when the last worker has ended.
    workers: Mutex<Receiver<Infallible>>,
}

impl WorkQueues {
    /// Starts the worker threads that `storage` asks for.
    pub(super) fn start(storage: &Arc<dyn Storage>) -> io::Result<Self> {
        let by_kind = QueueKind::ALL.map(|kind| (storage.workers(kind).threads > 0).then(Queue::default));
        let queues = Arc::new(Queues { storage: Arc::clone(storage), by_kind, observer: OnceLock::new() });
        let (alive, workers) = mpsc::channel();
        let started = Self { queues, workers: Mutex::new(workers) };
        started.spawn_workers(alive)?;
        Ok(started)
    }

    /// Starts the workers, each with a clone of `alive`.
    fn spawn_workers(&self, alive: Sender<Infallible>) -> io::Result<()> {
        for kind in QueueKind::ALL {
            let Workers { threads, batch } = self.queues.storage.workers(kind);
            for _ in 0..threads {
                let (queues, alive) = (Arc::clone(&self.queues), alive.clone());
                let name = format!("store-{}", kind.name());
                thread::Builder::new().name(name).stack_size(STACK_SIZE).spawn(move || {
                    queues.work(kind, batch);
                    // Releases the storage first: its files may be opened again as soon as all workers have ended.
                    drop(queues);
                    drop(alive);
                })?;
            }
        }
        Ok(())
    }

    /// Sends measurements to `observer` from now on. Only the first observer is used.
    pub(super) fn observe(&self, observer: Arc<dyn Observer>) {
        let _ = self.queues.observer.set(observer);
    }

    /// Queues a job, or rejects it when its queue is full, closed or missing.
    pub(super) fn push(&self, job: Job) {
        self.queues.push(job);
    }
}

impl Drop for WorkQueues {
    fn drop(&mut self) {
        for queue in self.queues.by_kind.iter().flatten() {
            queue.close();
        }
        // Waits, so that an embedded store is closed before the process ends.
        let _ = lock(&self.workers).recv_timeout(SHUTDOWN_TIMEOUT);
    }
}
