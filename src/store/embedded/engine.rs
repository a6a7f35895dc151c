//! Reads, writes and sweeps of the embedded store.

use super::apply::{StagedWrite, Tables, WriteOutcome};
use super::database::{DatabaseHandle, Opener};
use super::files::{Files, private_folder, read_part};
use super::group_commit::GroupCommit;
use super::reclaim_schedule::ReclaimSchedule;
use super::rows::{
    FILES, FileName, FileRow, Garbage, PARTS, PartRow, RECORDS, REFERENCES, RecordRow, StoredPart, part_key,
    part_number,
};
use super::{EmbeddedOptions, check_folder, disk_error};
use crate::share::Timestamp;
use crate::share::record::copy_stand_in;
use crate::store::{Command, CommandResult, Loaded, PartPut, Reply, Room, StoreError, Swapped, Taken, lock};
use onetimeshare_envelope::ShareId;
use redb::{ReadTransaction, WriteTransaction};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long the measured free space is cached.
const ROOM_CACHE_TIME: Duration = Duration::from_secs(1);
/// Shares per transaction of a sweep. Small, so that writes do not wait long.
const SWEEP_BATCH: usize = 256;
/// Maximum number of files and parts that are removed before the reply. More are removed in the background.
const MAX_REMOVED_INLINE: usize = 64;

/// The system clock, made monotonic while the server runs.
#[derive(Default)]
struct Clock(AtomicU64);

impl Clock {
    fn now(&self) -> Timestamp {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let system = u64::try_from(system).unwrap_or(u64::MAX);
        Timestamp(self.0.fetch_max(system, Ordering::AcqRel).max(system))
    }
}

/// The open files of the embedded store.
pub(super) struct Engine {
    folder: PathBuf,
    options: EmbeddedOptions,
    database: DatabaseHandle,
    files: Files,
    group_commit: GroupCommit,
    clock: Clock,
    /// The cached result of [`Self::measure_room`].
    room: Mutex<Option<(Instant, Option<u64>)>>,
    /// Bytes of all part files at the last sweep.
    stored: AtomicU64,
    /// Files and parts to remove in the background.
    garbage: Mutex<Vec<Garbage>>,
    reclaim_schedule: ReclaimSchedule,
}

/// A failed transaction.
enum CommitError {
    /// The database is unchanged.
    RolledBack(redb::Error),
    /// The transaction may have been committed.
    Unknown(redb::Error),
}

impl<E: Into<redb::Error>> From<E> for CommitError {
    fn from(error: E) -> Self {
        Self::RolledBack(error.into())
    }
}

impl Engine {
    pub(super) fn open(folder: &Path, options: EmbeddedOptions, opener: Opener) -> Result<Self, String> {
        let unusable = |error| format!("data_dir: the folder {} cannot be used: {error}.", folder.display());
        check_folder(folder)?;
        private_folder(folder).map_err(unusable)?;
        let files = Files::open(folder.join("parts")).map_err(unusable)?;
        let database = DatabaseHandle::open(folder, opener).map_err(|error| describe(folder, &error))?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(unusable)?;
        let engine = Self {
            folder: folder.to_owned(),
            options,
            database,
            files,
            group_commit: GroupCommit::default(),
            clock: Clock::default(),
            room: Mutex::default(),
            stored: AtomicU64::default(),
            garbage: Mutex::default(),
            reclaim_schedule: ReclaimSchedule::default(),
        };
        engine.prepare().map_err(|error| describe(folder, &error))?;
        Ok(engine)
    }

    pub(super) fn options(&self) -> &EmbeddedOptions {
        &self.options
    }

    /// Creates missing tables, and removes expired shares and unused files.
    fn prepare(&self) -> Result<(), redb::Error> {
        // A store of an earlier release lacks this table, which is the latest.
        let lacks_tables = match self.read()?.open_table(REFERENCES) {
            Ok(_) => false,
            Err(redb::TableError::TableDoesNotExist(_)) => true,
            Err(error) => return Err(error.into()),
        };
        if lacks_tables {
            let transaction = self.database.begin_write(&self.files)?;
            Tables::open(&transaction)?.close()?;
            transaction.commit()?;
        }
        self.sweep_rows()?;
        self.collect_garbage();
        let read = self.read()?;
        let named = read.open_table(FILES)?;
        let removed = self.files.sweep::<redb::Error>(|name| {
            let Some(row) = named.get(name)? else { return Ok(false) };
            let file = FileRow::decode(row.value()).ok_or_else(super::apply::invalid_row)?;
            self.files.clear(name, &file.dropped);
            Ok(true)
        })?;
        if removed > 0 {
            tracing::info!("Removed {removed} part files that belong to no share.");
        }
        self.measure_files();
        Ok(())
    }

    /// Returns when to search for abandoned uploads.
    pub(super) fn reclaim_schedule(&self) -> &ReclaimSchedule {
        &self.reclaim_schedule
    }

    /// Returns the store's time.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the folder of part files.
    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    /// Executes `work` in a transaction and commits it.
    pub(super) fn exclusive<T>(
        &self,
        work: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, redb::Error> {
        self.group_commit.exclusive(|| {
            let transaction = self.database.begin_write(&self.files)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })
    }

    pub(super) fn read(&self) -> Result<ReadTransaction, redb::Error> {
        self.database.begin_read(&self.files)
    }

    /// Converts a database error. After an I/O error, the next call reopens the database.
    pub(super) fn store_error(&self, error: &redb::Error) -> StoreError {
        self.database.record_failure(error);
        match error {
            redb::Error::Io(error) => disk_error(error),
            redb::Error::Corrupted(_) => StoreError::Unavailable("the store's file is damaged".into()),
            _ => StoreError::Unavailable("the store's file cannot be used".into()),
        }
    }

    /// Returns how many more bytes may be stored, cached for a moment, or `None` below [`EmbeddedOptions::min_free`].
    pub(super) fn room(&self) -> Option<u64> {
        let mut cached = lock(&self.room);
        match *cached {
            Some((at, room)) if at.elapsed() < ROOM_CACHE_TIME => room,
            _ => {
                let room = self.measure_room();
                *cached = Some((Instant::now(), room));
                room
            }
        }
    }

    /// Works like [`Self::room`] without the cache, for reservations, which must count every stored byte.
    fn measure_room(&self) -> Option<u64> {
        free_bytes(&self.folder, self.options.min_free)
    }

    /// Executes writing commands in one transaction, possibly together with those of other threads.
    pub(super) fn execute_writes(&self, commands: Vec<Command>) -> Vec<CommandResult> {
        let (mut writes, mut failures) = (Vec::with_capacity(commands.len()), Vec::with_capacity(commands.len()));
        for staged in self.stage(commands) {
            match staged {
                Ok(write) => {
                    writes.push(write);
                    failures.push(None);
                }
                Err(error) => failures.push(Some(error)),
            }
        }
        let mut outcomes = self.submit(writes).into_iter();
        let result = |failure: Option<StoreError>| match failure {
            Some(error) => Err(error),
            None => self.finish(outcomes.next().ok_or_else(worker_failed)?),
        };
        failures.into_iter().map(result).collect()
    }

    fn submit(&self, writes: Vec<StagedWrite>) -> Vec<WriteOutcome> {
        if writes.is_empty() {
            return Vec::new();
        }
        self.group_commit.submit(writes, |all| self.commit(all)).unwrap_or_default()
    }

    fn commit(&self, writes: Vec<StagedWrite>) -> Vec<WriteOutcome> {
        let names = file_names(&writes);
        let has_part: Vec<bool> = writes.iter().map(|write| write.command.stores_part()).collect();
        let error = match self.transact(writes) {
            Ok(outcomes) => return outcomes,
            Err(CommitError::RolledBack(error)) => {
                self.files.remove(names.into_iter().map(Garbage::File));
                error
            }
            Err(CommitError::Unknown(error)) => {
                self.database.add_uncertain(names);
                error
            }
        };
        tracing::error!("The embedded store could not write: {error}.");
        let error = self.store_error(&error);
        // Only a command that stores a part reports a full disk.
        let failure = |has_part: bool| match &error {
            StoreError::Full if !has_part => StoreError::Unavailable("the disk is full".into()),
            error => error.clone(),
        };
        has_part.into_iter().map(|has_part| WriteOutcome::new(Err(failure(has_part)))).collect()
    }

    fn transact(&self, writes: Vec<StagedWrite>) -> Result<Vec<WriteOutcome>, CommitError> {
        let transaction = self.database.begin_write(&self.files)?;
        let mut tables = Tables::open(&transaction)?;
        let now = self.clock.now();
        let mut outcomes = Vec::with_capacity(writes.len());
        tables.register_files(writes.iter().filter_map(|write| write.part));
        for write in writes {
            outcomes.push(tables.apply(write, &self.files, now)?);
        }
        tables.close()?;
        if outcomes.iter().any(changes) {
            transaction.commit().map_err(|error| CommitError::Unknown(error.into()))?;
        } else {
            transaction.abort()?;
        }
        Ok(outcomes)
    }

    /// Completes a committed write in the thread of its caller: removes garbage and reads the part for the reply.
    fn finish(&self, outcome: WriteOutcome) -> CommandResult {
        self.remove(outcome.garbage);
        match outcome.part {
            Some((file, part)) => {
                let part = read_part(&file, &part).map_err(|error| disk_error(&error))?;
                Ok(Reply::Swapped(Swapped::Done(Some(part))))
            }
            None => outcome.result,
        }
    }

    fn remove(&self, garbage: Vec<Garbage>) {
        if garbage.len() > MAX_REMOVED_INLINE {
            lock(&self.garbage).extend(garbage);
        } else {
            self.files.remove(garbage);
        }
    }

    /// Executes a reading command.
    pub(super) fn execute_read(&self, command: &Command) -> CommandResult {
        let result = match command {
            Command::Load { id } => self.load(*id).map(Reply::Loaded),
            Command::LoadAll { ids } => self.load_all(ids).map(Reply::LoadedAll),
            Command::GetPart { id, n, big: _ } => self.part(*id, *n).map(Reply::Part),
            Command::ListParts { id } => self.parts(*id).map(Reply::Parts),
            Command::Room => {
                let free = self.measure_room().unwrap_or(0);
                let total = free.saturating_add(self.stored.load(Ordering::Relaxed));
                Ok(Reply::Room(Some(Room { free, total })))
            }
            Command::DueEnds => self.released().map(Reply::Due),
            Command::GetReference { id, n } => self.reference(*id, *n).map(Reply::Reference),
            Command::CountFiles { .. } => self.file_bytes().map(Reply::FileBytes),
            // Only a composed store has a part store.
            Command::PartsRoom => Ok(Reply::Room(None)),
            _ => self.read().map(|_| Reply::Pong),
        };
        result.map_err(|error| {
            tracing::error!("The embedded store could not read: {error}.");
            self.store_error(&error)
        })
    }

    fn load(&self, id: ShareId) -> Result<Loaded, redb::Error> {
        let row = row(&self.read()?, id)?;
        if row.is_none() {
            copy_stand_in(2);
        }
        let now = self.clock.now();
        Ok(Loaded { record: row.filter(|row| row.is_live(now)).map(|row| row.record), now })
    }

    fn load_all(&self, ids: &[ShareId]) -> Result<Vec<Loaded>, redb::Error> {
        let read = self.read()?;
        let now = self.clock.now();
        let loaded = |id: &ShareId| {
            let row = row(&read, *id)?.filter(|row| row.is_live(now));
            Ok(Loaded { record: row.map(|row| row.record), now })
        };
        ids.iter().map(loaded).collect()
    }

    fn part(&self, id: ShareId, n: u32) -> Result<Option<Vec<u8>>, redb::Error> {
        // The part may be replaced or removed while it is read. The bytes are valid if its row is unchanged afterwards.
        let mut row = self.part_row(id, n)?;
        for _ in 0..3 {
            let Some(part) = row else { return Ok(None) };
            let bytes = self.files.open_part(&part)?.map(|file| read_part(&file, &part)).transpose()?;
            row = self.part_row(id, n)?;
            if row == Some(part) && bytes.is_some() {
                return Ok(bytes);
            }
        }
        Ok(None)
    }

    /// Returns the location of part `n` of a live share in a file.
    fn part_row(&self, id: ShareId, n: u32) -> Result<Option<PartRow>, redb::Error> {
        Ok(self.stored_part(id, n)?.and_then(StoredPart::file))
    }

    /// Returns where part `n` of a live share is.
    pub(super) fn stored_part(&self, id: ShareId, n: u32) -> Result<Option<StoredPart>, redb::Error> {
        let read = self.read()?;
        let Some(row) = row(&read, id)?.filter(|row| row.parts_are_live(self.clock.now())) else { return Ok(None) };
        if n == 0 {
            return Ok(row.part0.map(StoredPart::File));
        }
        match read.open_table(PARTS)?.get(&part_key(id, n))? {
            None => Ok(None),
            Some(bytes) => StoredPart::decode(bytes.value()).map(Some).ok_or_else(super::apply::invalid_row),
        }
    }

    fn parts(&self, id: ShareId) -> Result<Vec<(u32, u32)>, redb::Error> {
        let read = self.read()?;
        let Some(row) = row(&read, id)?.filter(|row| row.parts_are_live(self.clock.now())) else {
            return Ok(Vec::new());
        };
        let mut parts: Vec<_> = row.part0.iter().map(|part| (0, part.length)).collect();
        let (first, last) = (part_key(id, 1), part_key(id, u32::MAX));
        for entry in read.open_table(PARTS)?.range::<&[u8; 14]>(&first..=&last)? {
            let (key, bytes) = entry?;
            let part = StoredPart::decode(bytes.value()).ok_or_else(super::apply::invalid_row)?;
            parts.push((part_number(key.value()), part.length()));
        }
        Ok(parts)
    }

    /// Removes expired shares, in small transactions.
    pub(super) fn sweep(&self) {
        if let Err(error) = self.sweep_rows() {
            tracing::error!("The embedded store could not be swept: {error}.");
            self.store_error(&error);
        }
        self.collect_garbage();
        self.measure_files();
    }

    fn measure_files(&self) {
        self.stored.store(self.files.size(), Ordering::Relaxed);
    }

    fn sweep_rows(&self) -> Result<(), redb::Error> {
        loop {
            let checked = self.group_commit.exclusive(|| -> Result<usize, redb::Error> {
                let transaction = self.database.begin_write(&self.files)?;
                let mut tables = Tables::open(&transaction)?;
                let (checked, garbage) = tables.sweep(self.clock.now(), SWEEP_BATCH)?;
                tables.close()?;
                if checked == 0 {
                    transaction.abort()?;
                } else {
                    transaction.commit()?;
                }
                lock(&self.garbage).extend(garbage);
                Ok(checked)
            })?;
            if checked < SWEEP_BATCH {
                return Ok(());
            }
        }
    }

    /// Removes the files and parts that were left for the background.
    pub(super) fn collect_garbage(&self) {
        let garbage = mem::take(&mut *lock(&self.garbage));
        self.files.remove(garbage);
    }

    /// Returns whether files or parts are to be removed in the background.
    pub(super) fn has_garbage(&self) -> bool {
        !lock(&self.garbage).is_empty()
    }
}

/// Returns the free bytes of the disk of `folder` beyond `min_free`, or `None` when there are none.
pub(in crate::store) fn free_bytes(folder: &Path, min_free: u64) -> Option<u64> {
    let free = rustix::fs::statvfs(folder).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    free.ok().and_then(|free| free.checked_sub(min_free))
}

fn row(read: &ReadTransaction, id: ShareId) -> Result<Option<RecordRow>, redb::Error> {
    match read.open_table(RECORDS)?.get(id.as_bytes())? {
        None => Ok(None),
        Some(bytes) => RecordRow::decode(bytes.value()).map(Some).ok_or_else(super::apply::invalid_row),
    }
}

/// Returns the distinct files of new parts.
fn file_names(writes: &[StagedWrite]) -> Vec<FileName> {
    let mut names: Vec<_> = writes.iter().filter_map(|write| write.part.map(|part| part.name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns whether a write changed the database.
fn changes(outcome: &WriteOutcome) -> bool {
    match &outcome.result {
        Ok(Reply::ReferencesTaken(Taken::Ended(references))) => !references.is_empty(),
        Ok(
            Reply::Inserted(true)
            | Reply::Swapped(Swapped::Done(_))
            | Reply::PartPut(PartPut::Done)
            | Reply::ReferencePut(PartPut::Done, _)
            | Reply::FileBytes(_)
            | Reply::Visits(_),
        ) => true,
        _ => false,
    }
}

/// The error for a command whose thread panicked.
pub(super) fn worker_failed() -> StoreError {
    StoreError::Unavailable("the store failed; see the server's log".into())
}

/// Returns a message for operators: why the store in `folder` cannot be opened, and the fix.
fn describe(folder: &Path, error: &redb::Error) -> String {
    let folder = folder.display();
    match error {
        redb::Error::DatabaseAlreadyOpen => format!(
            "data_dir: another server uses the folder {folder}. Stop it, or give this one a data_dir of its own."
        ),
        redb::Error::Corrupted(_) => {
            format!("data_dir: the file shares.redb in {folder} is damaged. Restore the folder from a backup.")
        }
        error => format!("data_dir: the folder {folder} cannot be used: {error}."),
    }
}
