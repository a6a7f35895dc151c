//! The embedded store, used when no Redis is configured (`docs/architecture.md`, "Stores").
//!
//! Records are rows of a redb database. Parts are in files with random names, which the rows contain: a long part has
//! its own file, small parts that arrive at the same time share one. Everything is synced to disk before it is
//! acknowledged: first the part's file and its directory entry, then the rows. A crash at any point therefore leaves at
//! most files without a row, which the sweep at the next start removes. Deletion runs in reverse order: first the rows,
//! then the file or the part's range in it. The file's row lists that range, so that the next start clears it again.

mod apply;
mod database;
mod engine;
mod files;
mod group_commit;
mod reclaim;
mod reclaim_schedule;
mod references;
mod rows;
mod staging;
#[cfg(test)]
mod tests;
mod usage;

use self::engine::Engine;
pub(super) use self::engine::free_bytes;
use super::{BIG_PART, Command, CommandResult, Guarantee, QueueKind, Room, Storage, StoreError, Workers};
use crate::share::Usage;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Settings of an [`EmbeddedStorage`].
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// Free bytes on the disk below which new parts are rejected, so that shares can still be opened and deleted.
    pub min_free: u64,
    /// Interval between removals of expired shares.
    pub sweep_interval: Duration,
}

impl Default for EmbeddedOptions {
    /// 64 MiB and one minute.
    fn default() -> Self {
        Self { min_free: 64 * 1024 * 1024, sweep_interval: Duration::from_secs(60) }
    }
}

/// Wakes and stops the sweeper thread.
#[derive(Default)]
struct SweepSignal {
    stopped: Mutex<bool>,
    woken: Condvar,
}

/// A store in a folder of this server. Its replies are sent after the disk has been synced.
pub struct EmbeddedStorage {
    engine: Arc<Engine>,
    signal: Arc<SweepSignal>,
    sweeper: Option<JoinHandle<()>>,
}

impl EmbeddedStorage {
    /// Opens or creates the store in `folder`, removes expired shares and unused files, and starts the sweeper thread.
    /// Dropping the storage ends the thread and closes the files.
    ///
    /// # Errors
    /// A message for operators that names the setting, when another process uses the folder or it cannot be used.
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

/// Returns whether `folder` holds a store, and whether another process uses it.
pub(crate) fn find(folder: &Path) -> io::Result<Found> {
    let file = match File::open(database::path(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        opened => opened?,
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Found::Unused),
        Err(TryLockError::WouldBlock) => Ok(Found::InUse),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The result of [`find`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The folder holds no store.
    Nothing,
    /// No process uses the store.
    Unused,
    /// Another process uses the store.
    InUse,
}

/// Returns the room of the store in `folder` without opening it. The folder need not exist yet.
pub(super) fn measure(folder: &Path, options: &EmbeddedOptions) -> Room {
    let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let free = engine::free_bytes(existing, options.min_free).unwrap_or(0);
    Room { free, total: free.saturating_add(files::size_of_files(&folder.join("parts"))) }
}

/// Checks that `folder` is missing or empty, or holds a store.
///
/// # Errors
/// A message for operators that names the setting, when the folder holds other files or cannot be read.
pub(super) fn check_folder(folder: &Path) -> Result<(), String> {
    let shown = folder.display();
    match holds_other_files(folder) {
        Ok(false) => Ok(()),
        Ok(true) => {
            Err(format!("data_dir: {shown} holds files but no store; name an empty folder or one to be created."))
        }
        Err(error) => Err(format!("data_dir: the folder {shown} cannot be used: {error}.")),
    }
}

/// Returns whether `folder` holds files and no store, so that it belongs to something else. The root of a file system may
/// hold `lost+found`, and a first start that was interrupted leaves `parts` empty.
fn holds_other_files(folder: &Path) -> io::Result<bool> {
    if !folder.exists() || database::path(folder).exists() {
        return Ok(false);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_ours = match entry.file_name().to_str() {
            Some("lost+found") => true,
            Some("parts") => std::fs::read_dir(entry.path()).is_ok_and(|mut parts| parts.next().is_none()),
            _ => false,
        };
        if !is_ours {
            return Ok(true);
        }
    }
    Ok(false)
}

fn sweep(engine: &Engine, signal: &SweepSignal) {
    let mut next = Instant::now() + engine.options().sweep_interval;
    let mut stopped = signal.stopped.lock().unwrap_or_else(PoisonError::into_inner);
    while !*stopped {
        let wait = if engine.reclaim_schedule().is_due() {
            Duration::ZERO
        } else {
            next.saturating_duration_since(Instant::now())
        };
        stopped = signal.woken.wait_timeout(stopped, wait).unwrap_or_else(PoisonError::into_inner).0;
        if *stopped {
            break;
        }
        drop(stopped);
        engine.make_room();
        if Instant::now() >= next {
            engine.sweep();
            next = Instant::now() + engine.options().sweep_interval;
        } else {
            engine.collect_garbage();
        }
        stopped = signal.stopped.lock().unwrap_or_else(PoisonError::into_inner);
    }
    engine.collect_garbage();
}

impl Drop for EmbeddedStorage {
    fn drop(&mut self) {
        *self.signal.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.signal.woken.notify_all();
        if let Some(sweeper) = self.sweeper.take() {
            // The thread keeps the files open.
            let _ = sweeper.join();
        }
    }
}

impl Storage for EmbeddedStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<CommandResult> {
        let is_read: Vec<bool> = batch.iter().map(Command::is_read).collect();
        let (reads, writes): (Vec<_>, Vec<_>) = batch.into_iter().partition(Command::is_read);
        let mut written = self.engine.execute_writes(writes).into_iter();
        if self.engine.has_garbage() {
            self.signal.woken.notify_all();
        }
        let mut read = reads.iter().map(|command| self.engine.execute_read(command));
        let missing = || Err(StoreError::Unavailable("the store returned no result for a command".into()));
        is_read
            .iter()
            .map(|is_read| if *is_read { read.next() } else { written.next() }.unwrap_or_else(missing))
            .collect()
    }

    fn queue(&self, command: &Command) -> QueueKind {
        match command {
            Command::Insert { part0: bytes, .. } | Command::PutPart { bytes, .. } if bytes.len() > BIG_PART => {
                QueueKind::Bulk
            }
            Command::Swap { big: true, .. } | Command::GetPart { big: true, .. } => QueueKind::Bulk,
            command if command.is_read() => QueueKind::Quick,
            _ => QueueKind::Commit,
        }
    }

    fn workers(&self, queue: QueueKind) -> Workers {
        match queue {
            QueueKind::Quick => Workers { threads: 2, batch: 64 },
            QueueKind::Commit => Workers { threads: 1, batch: 1024 },
            // Each part takes three syncs: one worker for each part that a page uploads at a time, and one for reads.
            QueueKind::Bulk => Workers { threads: 4, batch: 4 },
        }
    }

    fn name(&self) -> &'static str {
        "embedded store"
    }

    fn guarantee(&self) -> Guarantee {
        Guarantee::Strict
    }

    fn usage(&self) -> Result<Usage, StoreError> {
        self.engine.usage()
    }

    fn make_room(&self) {
        self.engine.reclaim_schedule().request();
        // Notifies under the lock, so that the sweeper cannot miss the request between its check and its wait.
        let stopped = self.signal.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        self.signal.woken.notify_all();
        drop(stopped);
    }
}

/// Converts a disk error.
pub(super) fn disk_error(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => StoreError::Full,
        _ => StoreError::Unavailable(format!("the disk failed: {error}").into()),
    }
}
