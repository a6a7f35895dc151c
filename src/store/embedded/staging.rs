//! Staging: parts are written to synced files before a transaction refers to them.

use super::apply::StagedWrite;
use super::disk_error;
use super::engine::{Engine, worker_failed};
use super::rows::{FileName, Garbage, PartRow};
use crate::store::{BIG_PART, Command, StoreError};
use std::mem;
use std::thread;

/// Maximum number of threads that write files. They mostly wait for the disk, which syncs many files at a time.
const MAX_WRITERS: usize = 16;
/// Maximum number of parts in a shared file.
const MAX_PARTS_PER_FILE: usize = 256;
/// Maximum size of a shared file, in bytes.
const MAX_SHARED_FILE_BYTES: usize = 1024 * 1024;

/// Parts for one file, as indices of their commands.
type Pack = Vec<usize>;

impl Engine {
    /// Moves the parts of commands into files.
    pub(super) fn stage(&self, mut commands: Vec<Command>) -> Vec<Result<StagedWrite, StoreError>> {
        let parts: Vec<Option<Vec<u8>>> = commands.iter_mut().map(take_part).collect();
        let packs = packs(&parts);
        let mut rows: Vec<Option<Result<PartRow, StoreError>>> = parts.iter().map(|_| None).collect();
        for (pack, file) in packs.iter().zip(self.write_packs(&packs, &parts)) {
            let mut end = 0;
            for at in pack {
                let length = parts.get(*at).and_then(Option::as_ref).map_or(0, Vec::len);
                if let Some(place) = rows.get_mut(*at) {
                    *place = Some(file.clone().and_then(|name| row(name, end, length)));
                }
                end += length;
            }
        }
        let staged = commands.into_iter().zip(rows);
        staged.map(|(command, row)| Ok(StagedWrite { command, part: row.transpose()? })).collect()
    }

    /// Writes a synced file for each pack.
    fn write_packs(&self, packs: &[Pack], parts: &[Option<Vec<u8>>]) -> Vec<Result<FileName, StoreError>> {
        if packs.is_empty() {
            return Vec::new();
        }
        if self.room().is_none() {
            return packs.iter().map(|_| Err(StoreError::Full)).collect();
        }
        let write = |pack: &Pack| {
            let bytes = pack.iter().filter_map(|at| parts.get(*at)?.as_deref());
            self.files().write(bytes).map_err(|error| disk_error(&error))
        };
        let written: Vec<_> = match packs {
            [one] => vec![write(one)],
            packs => thread::scope(|scope| {
                let chunks = packs.chunks(packs.len().div_ceil(MAX_WRITERS));
                let writers: Vec<_> =
                    chunks.map(|chunk| (chunk, scope.spawn(|| chunk.iter().map(write).collect()))).collect();
                let join = |(chunk, writer): (&[Pack], thread::ScopedJoinHandle<'_, Vec<_>>)| {
                    writer.join().unwrap_or_else(|_| chunk.iter().map(|_| Err(worker_failed())).collect())
                };
                writers.into_iter().flat_map(join).collect()
            }),
        };
        match self.files().sync_folder() {
            Ok(()) => written,
            Err(error) => {
                self.files().remove(written.into_iter().flatten().map(Garbage::File));
                packs.iter().map(|_| Err(disk_error(&error))).collect()
            }
        }
    }
}

fn take_part(command: &mut Command) -> Option<Vec<u8>> {
    match command {
        Command::Insert { part0: bytes, .. } | Command::PutPart { bytes, .. } => Some(mem::take(bytes)),
        _ => None,
    }
}

/// Groups parts by file: small parts share files, a long part has its own.
fn packs(parts: &[Option<Vec<u8>>]) -> Vec<Pack> {
    let (mut packs, mut shared, mut filled) = (Vec::new(), Pack::new(), 0);
    for (at, length) in parts.iter().enumerate().filter_map(|(at, part)| Some((at, part.as_ref()?.len()))) {
        if length > BIG_PART {
            packs.push(vec![at]);
            continue;
        }
        if shared.len() == MAX_PARTS_PER_FILE || filled + length > MAX_SHARED_FILE_BYTES {
            packs.push(mem::take(&mut shared));
            filled = 0;
        }
        shared.push(at);
        filled += length;
    }
    if !shared.is_empty() {
        packs.push(shared);
    }
    packs
}

fn row(name: FileName, offset: usize, length: usize) -> Result<PartRow, StoreError> {
    let number = |length| u32::try_from(length).map_err(|_| StoreError::Full);
    Ok(PartRow { name, offset: number(offset)?, length: number(length)? })
}

#[cfg(test)]
mod tests {
    use super::{MAX_PARTS_PER_FILE, packs};
    use crate::store::BIG_PART;

    #[test]
    fn small_parts_share_files_and_long_ones_have_their_own() {
        let part = |length| Some(vec![0; length]);
        assert_eq!(packs(&[None, part(5), part(BIG_PART + 1), None, part(0)]), [vec![2], vec![1, 4]]);
        let small: Vec<_> = (0..=MAX_PARTS_PER_FILE).map(|_| part(5)).collect();
        assert_eq!(packs(&small).iter().map(Vec::len).collect::<Vec<_>>(), [MAX_PARTS_PER_FILE, 1]);
        let large: Vec<_> = (0..17).map(|_| part(BIG_PART)).collect();
        assert_eq!(packs(&large).iter().map(Vec::len).collect::<Vec<_>>(), [16, 1]);
    }
}
