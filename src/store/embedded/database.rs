//! The database file: opened once, and again after its disk failed, which redb demands.

use super::files::{Files, private_file};
use super::rows::{FILES, FileName, Garbage};
use redb::backends::FileBackend;
use redb::{Builder, Database, ReadTransaction, ReadableDatabase as _, WriteTransaction};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

/// Memory for pages of the database, in bytes.
const CACHE: usize = 8 * 1024 * 1024;

/// How the database in a folder is opened; tests open one whose disk fails.
pub(super) type Opener = fn(&Path) -> Result<Database, redb::Error>;

/// Opens the file in `folder`, made when it is not there.
pub(super) fn open(folder: &Path) -> Result<Database, redb::Error> {
    let file = private_file(&folder.join("shares.redb"))?;
    Ok(Builder::new().set_cache_size(CACHE).create_with_backend(FileBackend::new(file)?)?)
}

/// See the [module](self).
pub(super) struct DatabaseHandle {
    folder: PathBuf,
    opener: Opener,
    /// None when it could not be opened again yet.
    database: RwLock<Option<Database>>,
    failed: AtomicBool,
    /// Files of writes whose commit failed: rows may name them or not.
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

    /// A snapshot of what is committed.
    pub(super) fn begin_read(&self, files: &Files) -> Result<ReadTransaction, redb::Error> {
        self.with(files, |database| Ok(database.begin_read()?))
    }

    /// A transaction whose commit records which pages are free: a second sync each time, for which a store that was
    /// killed opens at once instead of being read from end to end first.
    pub(super) fn begin_write(&self, files: &Files) -> Result<WriteTransaction, redb::Error> {
        self.with(files, |database| {
            let mut transaction = database.begin_write()?;
            transaction.set_quick_repair(true);
            Ok(transaction)
        })
    }

    /// Notes that an operation ended in `error`: the next one opens the database again if that may help.
    pub(super) fn note(&self, error: &redb::Error) {
        if !matches!(error, redb::Error::Corrupted(_) | redb::Error::DatabaseClosed) {
            self.failed.store(true, Ordering::Release);
        }
    }

    /// Notes files whose rows may or may not have been committed; what became of them shows when the database is
    /// opened again.
    pub(super) fn note_uncertain(&self, names: Vec<FileName>) {
        self.uncertain.lock().unwrap_or_else(PoisonError::into_inner).extend(names);
    }

    fn with<T>(
        &self,
        files: &Files,
        begin: impl FnOnce(&Database) -> Result<T, redb::Error>,
    ) -> Result<T, redb::Error> {
        if self.failed.load(Ordering::Acquire) {
            self.open_again(files)?;
        }
        let slot = self.database.read().unwrap_or_else(PoisonError::into_inner);
        begin(slot.as_ref().ok_or(redb::Error::DatabaseClosed)?)
    }

    fn open_again(&self, files: &Files) -> Result<(), redb::Error> {
        let mut slot = self.database.write().unwrap_or_else(PoisonError::into_inner);
        if !self.failed.load(Ordering::Acquire) {
            return Ok(());
        }
        // It has to be closed before: it locks its file.
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
        tracing::warn!("The embedded store was opened again after its disk had failed.");
        Ok(())
    }
}
