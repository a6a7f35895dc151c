//! Shares in files of this server, for when no Redis is configured (`docs/architecture.md`, "How a share flows").
//!
//! Records are rows of one redb file. Parts are in files under random names that the rows hold: a long part in one of
//! its own, small ones that come at the same time together in one. What is answered has been synced: a part's file and
//! its name first, then the rows, so that a crash at any point leaves files without a row at worst, which the sweep at
//! the next start removes. What goes, goes the other way round: rows first, then the file, or a part's place in it,
//! which the file's row names so that the next start clears it again.

mod apply;
mod database;
mod engine;
mod files;
mod group_commit;
mod reclaim;
mod reclaim_schedule;
mod rows;
mod staging;
#[cfg(test)]
mod tests;

use self::engine::Engine;
use super::{BIG_PART, Command, Guarantee, Lane, LaneSize, Reply, Storage, StoreError};
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What can be set differently in tests.
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// New bytes are refused when the disk has less free than this, in bytes; readers keep room to finish.
    pub min_free: u64,
    /// How often what is expired is removed.
    pub sweep_every: Duration,
}

impl Default for EmbeddedOptions {
    /// 64 MiB, and every minute.
    fn default() -> Self {
        Self { min_free: 64 * 1024 * 1024, sweep_every: Duration::from_secs(60) }
    }
}

/// Wakes and ends the thread that sweeps.
#[derive(Default)]
struct SweepSignal {
    ended: Mutex<bool>,
    woken: Condvar,
}

/// The store in files of this server: records in a database, parts in files. What it answers has been synced to the
/// disk.
pub struct EmbeddedStorage {
    engine: Arc<Engine>,
    signal: Arc<SweepSignal>,
    sweeper: Option<JoinHandle<()>>,
}

impl EmbeddedStorage {
    /// Opens or makes the store in `folder`, removes what is expired or left over, and starts the thread that does so
    /// from then on. Dropping the storage ends that thread and closes the files.
    ///
    /// # Errors
    /// In plain words, naming the setting: another process uses the folder, or it cannot be used.
    pub fn open(folder: &Path, options: EmbeddedOptions) -> Result<Self, String> {
        let engine = Arc::new(Engine::open(folder, options, database::open)?);
        let signal = Arc::new(SweepSignal::default());
        let (its_engine, its_signal) = (Arc::clone(&engine), Arc::clone(&signal));
        let sweeper = thread::Builder::new()
            .name("store-sweep".into())
            .stack_size(512 * 1024)
            .spawn(move || sweep(&its_engine, &its_signal))
            .map_err(|error| format!("The store's thread could not be started: {error}."))?;
        Ok(Self { engine, signal, sweeper: Some(sweeper) })
    }
}

fn sweep(engine: &Engine, signal: &SweepSignal) {
    let mut next = Instant::now() + engine.options().sweep_every;
    let mut ended = signal.ended.lock().unwrap_or_else(PoisonError::into_inner);
    while !*ended {
        let wait = if engine.reclaim_schedule().is_due() {
            Duration::ZERO
        } else {
            next.saturating_duration_since(Instant::now())
        };
        ended = signal.woken.wait_timeout(ended, wait).unwrap_or_else(PoisonError::into_inner).0;
        if *ended {
            break;
        }
        drop(ended);
        engine.make_room();
        if Instant::now() >= next {
            engine.sweep();
            next = Instant::now() + engine.options().sweep_every;
        } else {
            engine.collect_garbage();
        }
        ended = signal.ended.lock().unwrap_or_else(PoisonError::into_inner);
    }
    engine.collect_garbage();
}

impl Drop for EmbeddedStorage {
    fn drop(&mut self) {
        *self.signal.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.signal.woken.notify_all();
        if let Some(sweeper) = self.sweeper.take() {
            // It holds the files open.
            let _ = sweeper.join();
        }
    }
}

impl Storage for EmbeddedStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>> {
        let is_read: Vec<bool> = batch.iter().map(Command::is_read).collect();
        let (reads, writes): (Vec<_>, Vec<_>) = batch.into_iter().partition(Command::is_read);
        let mut written = self.engine.execute_writes(writes).into_iter();
        if self.engine.has_garbage() {
            self.signal.woken.notify_all();
        }
        let mut read = reads.iter().map(|command| self.engine.execute_read(command));
        let unanswered = || Err(StoreError::Unavailable("the store left a command without an answer".into()));
        is_read
            .iter()
            .map(|is_read| if *is_read { read.next() } else { written.next() }.unwrap_or_else(unanswered))
            .collect()
    }

    fn lane(&self, command: &Command) -> Lane {
        match command {
            Command::Insert { part0: bytes, .. } | Command::PutPart { bytes, .. } if bytes.len() > BIG_PART => {
                Lane::Bulk
            }
            Command::Swap { big: true, .. } | Command::GetPart { big: true, .. } => Lane::Bulk,
            command if command.is_read() => Lane::Quick,
            _ => Lane::Commit,
        }
    }

    fn lane_size(&self, lane: Lane) -> LaneSize {
        match lane {
            Lane::Quick => LaneSize { threads: 2, batch: 64 },
            Lane::Commit => LaneSize { threads: 1, batch: 1024 },
            // Each waits for the disk three times a part: as many as a page sends at a time, and one that reads.
            Lane::Bulk => LaneSize { threads: 4, batch: 4 },
        }
    }

    fn name(&self) -> &'static str {
        "embedded store"
    }

    fn guarantee(&self) -> Guarantee {
        Guarantee::Strict
    }

    fn make_room(&self) {
        self.engine.reclaim_schedule().request();
        // Under the lock, so that the thread is either waiting or about to look.
        let ended = self.signal.ended.lock().unwrap_or_else(PoisonError::into_inner);
        self.signal.woken.notify_all();
        drop(ended);
    }
}

/// What to tell about an error of the disk.
fn disk_error(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => StoreError::Full,
        _ => StoreError::Unavailable(format!("the disk failed: {error}")),
    }
}
