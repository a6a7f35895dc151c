//! The database file. redb requires that it is reopened after an I/O error.

use super::files::{Files, private_file};
use super::rows::{FILES, FileName, Garbage};
use redb::backends::FileBackend;
use redb::{Builder, Database, ReadTransaction, ReadableDatabase as _, WriteTransaction};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

/// Size of the page cache, in bytes.
const CACHE_SIZE: usize = 8 * 1024 * 1024;

/// Opens the database in a folder. Tests use one whose disk fails.
pub(super) type Opener = fn(&Path) -> Result<Database, redb::Error>;

/// Returns the path of the database in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("shares.redb")
}

/// Opens or creates the database in `folder`.
pub(super) fn open(folder: &Path) -> Result<Database, redb::Error> {
    let file = private_file(&path(folder))?;
    Ok(Builder::new().set_cache_size(CACHE_SIZE).create_with_backend(FileBackend::new(file)?)?)
}

/// A database that is reopened after an I/O error.
pub(super) struct DatabaseHandle {
    folder: PathBuf,
    opener: Opener,
    /// `None` while it could not be reopened.
    database: RwLock<Option<Database>>,
    /// Whether the database must be reopened.
    failed: AtomicBool,
    /// Files of transactions whose commit failed: it is unknown whether they have rows.
    uncertain: Mutex<Vec<FileName>>,
}

impl DatabaseHandle {
    pub(super) fn open(folder: &Path, opener: Opener) -> Result<Self, redb::Error> {
        Ok(Self {
            folder: folder.to_owned(),
            opener,
            database: RwLock::new(Some(opener(folder)?)),
            failed: AtomicBool::new(false),
            uncertain: Mutex::default(),
        })
    }

    /// Returns a snapshot of the committed data.
    pub(super) fn begin_read(&self, files: &Files) -> Result<ReadTransaction, redb::Error> {
        self.with(files, |database| Ok(database.begin_read()?))
    }

    /// Begins a transaction with quick repair: its commit also records the free pages, which costs a second sync, but
    /// lets a killed store open without scanning the whole file.
    pub(super) fn begin_write(&self, files: &Files) -> Result<WriteTransaction, redb::Error> {
        self.with(files, |database| {
            let mut transaction = database.begin_write()?;
            transaction.set_quick_repair(true);
            Ok(transaction)
        })
    }

    /// Records that an operation failed, so that the next one reopens the database if that may help.
    pub(super) fn record_failure(&self, error: &redb::Error) {
        if !matches!(error, redb::Error::Corrupted(_) | redb::Error::DatabaseClosed) {
            self.failed.store(true, Ordering::Release);
        }
    }

    /// Records files whose rows may not have been committed. Those without rows are removed when the database is
    /// reopened.
    pub(super) fn add_uncertain(&self, names: Vec<FileName>) {
        self.uncertain.lock().unwrap_or_else(PoisonError::into_inner).extend(names);
    }

    fn with<T>(
        &self,
        files: &Files,
        begin: impl FnOnce(&Database) -> Result<T, redb::Error>,
    ) -> Result<T, redb::Error> {
        if self.failed.load(Ordering::Acquire) {
            self.reopen(files)?;
        }
        let slot = self.database.read().unwrap_or_else(PoisonError::into_inner);
        begin(slot.as_ref().ok_or(redb::Error::DatabaseClosed)?)
    }

    fn reopen(&self, files: &Files) -> Result<(), redb::Error> {
        let mut slot = self.database.write().unwrap_or_else(PoisonError::into_inner);
        if !self.failed.load(Ordering::Acquire) {
            return Ok(());
        }
        // The old database holds a lock on the file.
        drop(slot.take());
        let database = (self.opener)(&self.folder)?;
        let named = database.begin_read()?.open_table(FILES)?;
        let mut uncertain = self.uncertain.lock().unwrap_or_else(PoisonError::into_inner);
        for name in mem::take(&mut *uncertain) {
            if named.get(&name)?.is_none() {
                files.remove([Garbage::File(name)]);
            }
        }
        *slot = Some(database);
        self.failed.store(false, Ordering::Release);
        tracing::warn!("The embedded store was reopened after an I/O error.");
        Ok(())
    }
}
