//! Reads the files of an embedded store from outside the server.

use redb::{Database, ReadOnlyTable, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Opens a copy of the database in `folder`, which a running server may hold open. Returns `None` when a concurrent
/// write made the copy inconsistent.
pub fn copied<T>(folder: &Path, look: impl FnOnce(&redb::ReadTransaction) -> T) -> Option<T> {
    let copy = TempDir::new().unwrap();
    let path = copy.path().join("copy.redb");
    fs::copy(folder.join("shares.redb"), &path).unwrap();
    Some(look(&Database::open(&path).ok()?.begin_read().ok()?))
}

/// Counts the parts that the store in `folder` keeps. A file without a row counts as one part, and so does a deleted
/// part whose bytes remain in a shared file.
pub fn parts_kept(folder: &Path) -> usize {
    let counted = (0..100).find_map(|_| {
        let named = |read: &redb::ReadTransaction| {
            let files: ReadOnlyTable<&[u8; 16], &[u8]> = read.open_table(TableDefinition::new("files")).ok()?;
            let row = |(name, row): (redb::AccessGuard<'_, &[u8; 16]>, redb::AccessGuard<'_, &[u8]>)| {
                (format!("{:032x}", u128::from_be_bytes(*name.value())), row.value().to_vec())
            };
            Some(files.iter().ok()?.filter_map(Result::ok).map(row).collect::<Vec<_>>())
        };
        let rows = copied(folder, named)??;
        let on_disk = folder.join("parts").read_dir().unwrap().map(|entry| entry.unwrap().file_name());
        let nameless = on_disk.filter(|file| !rows.iter().any(|(name, _)| file.to_str() == Some(name))).count();
        let kept: Option<usize> = rows.iter().map(|(name, row)| kept(&folder.join("parts").join(name), row)).sum();
        Some(nameless + kept?)
    });
    counted.expect("the database can be read")
}

/// Counts the parts of shares that the store in `folder` has in a part store.
#[allow(dead_code, reason = "each test binary uses a part of this module")]
pub fn references_kept(folder: &Path) -> usize {
    let counted = (0..100).find_map(|_| {
        copied(folder, |read| {
            let parts: ReadOnlyTable<&[u8; 14], &[u8]> = read.open_table(TableDefinition::new("parts")).ok()?;
            // The row of a part in a file has 24 bytes.
            Some(parts.iter().ok()?.filter(|row| row.as_ref().is_ok_and(|(_, row)| row.value().len() > 24)).count())
        })?
    });
    counted.expect("the database can be read")
}

/// Counts the parts in the file of `row`, or returns `None` when the file is missing.
fn kept(file: &Path, row: &[u8]) -> Option<usize> {
    let bytes = fs::read(file).ok()?;
    let numbers: Vec<usize> =
        row.chunks(4).map(|number| u32::from_be_bytes(number.try_into().unwrap()) as usize).collect();
    let uncleared = numbers[1..]
        .chunks(2)
        .filter(|dropped| bytes[dropped[0]..dropped[0] + dropped[1]].iter().any(|byte| *byte != 0));
    Some(numbers[0] + uncleared.count())
}
