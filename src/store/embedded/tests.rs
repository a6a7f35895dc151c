//! Tests of the database on a disk with simulated failures.

use super::EmbeddedOptions;
use super::database;
use super::engine::Engine;
use crate::share::Timestamp;
use crate::store::{Command, PartsFate, Reply, StoreError, Swapped};
use onetimeshare_envelope::ShareId;
use redb::backends::FileBackend;
use redb::{BackendError, Builder, Database, StorageBackend};
use std::io;
use std::ops::Bound;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

/// Number of writes that succeed before all others fail; negative when none fails.
static WORKING: AtomicI64 = AtomicI64::new(-1);
/// The sync that fails, counted from 1; 0 when none fails.
static FAILING_SYNC: AtomicI64 = AtomicI64::new(0);

fn fail() -> io::Result<()> {
    match WORKING.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| (left > 0).then(|| left - 1)) {
        Err(0) => Err(io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    }
}

#[derive(Debug)]
struct FailingDisk(FileBackend);

impl StorageBackend for FailingDisk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        fail()?;
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        // A failed sync may still have written everything, as this one does.
        self.0.sync_data()?;
        if FAILING_SYNC.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| (left > 0).then(|| left - 1)) == Ok(1) {
            return Err(io::Error::other("the sync failed"));
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        fail()?;
        self.0.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.0.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)
    }
}

fn open(folder: &Path) -> Result<Database, redb::Error> {
    let file = super::files::private_file(&folder.join("shares.redb"))?;
    Ok(Builder::new().create_with_backend(FailingDisk(FileBackend::new(file)?))?)
}

const FAR: Timestamp = Timestamp(u64::MAX);

fn id(n: u8) -> ShareId {
    ShareId::from_bytes([n; 10])
}

fn insert(n: u8, length: usize) -> Command {
    let part0 = vec![n; length];
    Command::Insert { id: id(n), record: vec![n], part0, record_until: FAR, parts_until: FAR }
}

fn one(engine: &Engine, command: Command) -> Result<Reply, StoreError> {
    if command.is_read() { engine.execute_read(&command) } else { engine.execute_writes(vec![command]).remove(0) }
}

fn files(folder: &Path) -> usize {
    folder.join("parts").read_dir().unwrap().count()
}

#[test]
fn a_store_reopened_after_a_disk_failure_has_every_acknowledged_write() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::open(folder.path(), EmbeddedOptions::default(), open).unwrap();
    assert_eq!(one(&engine, insert(1, 100)), Ok(Reply::Inserted(true)));
    let mut refused = 0;
    // Each commit fails at a different write.
    for (n, working) in (10..40).zip(0..) {
        let length = if n % 2 == 0 { 100 } else { 20_000 };
        WORKING.store(working, Ordering::SeqCst);
        let answer = one(&engine, insert(n, length));
        let drop = one(
            &engine,
            Command::Swap {
                id: id(1),
                old: vec![1],
                new: vec![2],
                record_until: FAR,
                parts: PartsFate::Drop,
                big: false,
            },
        );
        WORKING.store(-1, Ordering::SeqCst);
        if answer == Ok(Reply::Inserted(true)) {
            assert_eq!(
                one(&engine, Command::GetPart { id: id(n), n: 0, big: false }),
                Ok(Reply::Part(Some(vec![n; length])))
            );
        } else {
            refused += 1;
            assert_eq!(answer, Err(StoreError::Full));
            assert!(matches!(drop, Err(StoreError::Unavailable(_))), "{drop:?}");
            // The share is stored completely or not at all.
            let there = one(&engine, insert(n, length)) == Ok(Reply::Inserted(false));
            let part = one(&engine, Command::GetPart { id: id(n), n: 0, big: false });
            assert_eq!(part, Ok(Reply::Part(Some(vec![n; length]))), "{there}");
        }
        if drop == Ok(Reply::Swapped(Swapped::Done(None))) {
            break;
        }
        assert!(
            matches!(one(&engine, Command::Load { id: id(1) }), Ok(Reply::Loaded(loaded)) if loaded.record.is_some())
        );
    }
    assert!(refused > 2, "{refused} commits failed");

    // A commit whose sync failed may have been committed: its file is kept until that is known.
    let (mut committed, mut undone) = (0, 0);
    for (n, sync) in (200..).zip(1..) {
        FAILING_SYNC.store(sync, Ordering::SeqCst);
        let answer = one(&engine, insert(n, 20_000));
        FAILING_SYNC.store(0, Ordering::SeqCst);
        if answer.is_ok() {
            break;
        }
        let is_there = match one(&engine, Command::GetPart { id: id(n), n: 0, big: false }) {
            Ok(Reply::Part(part)) => part == Some(vec![n; 20_000]),
            other => panic!("{other:?}"),
        };
        committed += usize::from(is_there);
        undone += usize::from(!is_there);
        assert_eq!(one(&engine, insert(n, 20_000)), Ok(Reply::Inserted(!is_there)));
        assert!(
            matches!(one(&engine, Command::Load { id: id(n) }), Ok(Reply::Loaded(loaded)) if loaded.record.is_some())
        );
    }
    println!(
        "{refused} commits failed at a write, {} at a sync: {committed} of these had committed",
        committed + undone
    );
    assert!(committed > 0 && undone > 0);

    let before = files(folder.path());
    drop(engine);
    let engine = Engine::open(folder.path(), EmbeddedOptions::default(), database::open).unwrap();
    assert_eq!(files(folder.path()), before, "every file has a row");
    let parts = (200..).map(|n| one(&engine, Command::GetPart { id: id(n), n: 0, big: false }));
    let whole = parts.zip(200..).take_while(|(part, n)| *part == Ok(Reply::Part(Some(vec![*n; 20_000])))).count();
    assert_eq!(whole, committed + undone + 1);
}
