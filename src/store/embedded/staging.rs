//! Parts on their way to the disk: in files, synced, before a transaction names them.

use super::apply::StagedWrite;
use super::disk_error;
use super::engine::{Engine, worker_failed};
use super::rows::{FileName, Garbage, PartRow};
use crate::store::{BIG_PART, Command, StoreError};
use std::mem;
use std::thread;

/// Threads that write files at a time: each waits for the disk, and the disk takes many at a time.
const WRITERS: usize = 16;
/// Small parts that share a file.
const MAX_PARTS_PER_FILE: usize = 256;
/// Bytes of a file after which no other part is put into it.
const MAX_SHARED_FILE_BYTES: usize = 1024 * 1024;

/// Parts for one file: the places of their commands.
type Pack = Vec<usize>;

impl Engine {
    /// Takes the parts out of commands and puts them where they shall be.
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

    /// Writes a file for each pack, and makes their names safe.
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
            many => thread::scope(|scope| {
                let shares = many.chunks(many.len().div_ceil(WRITERS));
                let writers: Vec<_> =
                    shares.map(|share| (share, scope.spawn(|| share.iter().map(write).collect()))).collect();
                let done = |(share, writer): (&[Pack], thread::ScopedJoinHandle<'_, Vec<_>>)| {
                    writer.join().unwrap_or_else(|_| share.iter().map(|_| Err(worker_failed())).collect())
                };
                writers.into_iter().flat_map(done).collect()
            }),
        };
        match self.files().sync_names() {
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

/// Which parts share a file: small ones do, a long one has one of its own.
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
        let many: Vec<_> = (0..=MAX_PARTS_PER_FILE).map(|_| part(5)).collect();
        assert_eq!(packs(&many).iter().map(Vec::len).collect::<Vec<_>>(), [MAX_PARTS_PER_FILE, 1]);
        let wide: Vec<_> = (0..17).map(|_| part(BIG_PART)).collect();
        assert_eq!(packs(&wide).iter().map(Vec::len).collect::<Vec<_>>(), [16, 1]);
    }
}
