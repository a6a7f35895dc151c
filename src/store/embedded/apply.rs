//! Execution of the writing commands in a transaction.

use super::files::{Files, read_part};
use super::rows::{
    COUNTERS, ENDS, FILE_BYTES, FILES, FileName, FileRow, Garbage, PARTS, PartRow, RECORDS, REFERENCES, RecordRow,
    StoredPart, end_key, parse_end_key, part_key, reference_key,
};
use crate::share::Timestamp;
use crate::store::{BIG_PART, Command, PartPut, PartReference, PartsFate, Reply, StoreError, Swapped, Taken};
use onetimeshare_envelope::ShareId;
use redb::{ReadableTable as _, Table, WriteTransaction};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;

/// A writing command whose part is already in a file.
pub(super) struct StagedWrite {
    pub(super) command: Command,
    /// The location of the part, whose bytes have been taken out of the command.
    pub(super) part: Option<PartRow>,
}

/// The outcome of a command, valid once the transaction is committed.
pub(super) struct WriteOutcome {
    pub(super) result: Result<Reply, StoreError>,
    /// A part to read into the reply after the commit. Its file is open already, so that it can be read even when it
    /// is removed meanwhile.
    pub(super) part: Option<(File, PartRow)>,
    pub(super) garbage: Vec<Garbage>,
}

impl WriteOutcome {
    pub(super) fn new(result: Result<Reply, StoreError>) -> Self {
        Self { result, part: None, garbage: Vec::new() }
    }
}

/// The open tables of one write transaction.
pub(super) struct Tables<'txn> {
    records: Table<'txn, &'static [u8; 10], &'static [u8]>,
    parts: Table<'txn, &'static [u8; 14], &'static [u8]>,
    files: Table<'txn, &'static [u8; 16], &'static [u8]>,
    references: Table<'txn, &'static [u8; 26], &'static [u8]>,
    ends: Table<'txn, &'static [u8; 18], ()>,
    counters: Table<'txn, &'static str, u64>,
    /// Changed rows of [`FILES`] that are not written yet, because many parts of a transaction may share a file.
    changed: HashMap<FileName, FileRow>,
}

impl<'txn> Tables<'txn> {
    /// Opens the tables, creating missing ones.
    pub(super) fn open(transaction: &'txn WriteTransaction) -> Result<Self, redb::Error> {
        Ok(Self {
            records: transaction.open_table(RECORDS)?,
            parts: transaction.open_table(PARTS)?,
            files: transaction.open_table(FILES)?,
            references: transaction.open_table(REFERENCES)?,
            ends: transaction.open_table(ENDS)?,
            counters: transaction.open_table(COUNTERS)?,
            changed: HashMap::new(),
        })
    }

    /// Counts new parts in the rows of their files. Called before the first [`Self::apply`].
    pub(super) fn register_files(&mut self, parts: impl Iterator<Item = PartRow>) {
        for part in parts {
            self.changed.entry(part.name).or_default().live += 1;
        }
    }

    /// Writes the changed file rows. Called after the last command.
    pub(super) fn close(mut self) -> Result<(), redb::Error> {
        for (name, file) in &self.changed {
            match file.live {
                0 => drop(self.files.remove(name)?),
                _ => drop(self.files.insert(name, &file.encode()[..])?),
            }
        }
        Ok(())
    }

    /// Executes one command at `now`.
    ///
    /// # Errors
    /// When the database fails. The transaction must then be aborted.
    pub(super) fn apply(
        &mut self,
        write: StagedWrite,
        files: &Files,
        now: Timestamp,
    ) -> Result<WriteOutcome, redb::Error> {
        let StagedWrite { command, part } = write;
        match command {
            Command::Insert { id, record, part0: _, record_until, parts_until } => {
                self.insert(id, record, part, (record_until, parts_until), now)
            }
            Command::Swap { id, old, new, record_until, parts, big: _ } => {
                self.swap(id, &old, new, record_until, (parts, files), now)
            }
            Command::PutPart { id, old, n, bytes: _, until, max_bytes } => {
                let part = part.map(StoredPart::File);
                let (put, replaced, garbage) = self.put_part(id, &old, (n, part), (until, max_bytes), now)?;
                self.release(id, replaced)?;
                Ok(WriteOutcome { result: Ok(Reply::PartPut(put)), part: None, garbage })
            }
            Command::PutReference { id, old, n, reference, until, max_bytes } => {
                let part = Some(StoredPart::Object(reference));
                let (put, replaced, garbage) = self.put_part(id, &old, (n, part), (until, max_bytes), now)?;
                Ok(WriteOutcome { result: Ok(Reply::ReferencePut(put, replaced)), part: None, garbage })
            }
            Command::TakeReferences { id } => {
                let (first, last) = (reference_key(id, [0; 16]), reference_key(id, [u8::MAX; 16]));
                let mut taken = Vec::new();
                for entry in self.references.extract_from_if::<&[u8; 26], _>(&first..=&last, |_, _| true)? {
                    taken.push(PartReference::decode(entry?.1.value()).ok_or_else(invalid_row)?);
                }
                Ok(WriteOutcome::new(Ok(Reply::ReferencesTaken(Taken::Ended(taken)))))
            }
            // Ended shares are found by their rows in `REFERENCES`.
            Command::SetEnd { .. } => Ok(WriteOutcome::new(Ok(Reply::EndSet))),
            Command::CountFiles { change } => {
                let bytes = self.counters.get(FILE_BYTES)?.map_or(0, |bytes| bytes.value());
                let bytes = bytes.saturating_add_signed(change);
                self.counters.insert(FILE_BYTES, bytes)?;
                Ok(WriteOutcome::new(Ok(Reply::FileBytes(bytes))))
            }
            Command::BeginCount => Ok(WriteOutcome::new(Ok(Reply::CountBegun(true)))),
            Command::CountVisit => {
                let count = self.counters.get("hit_counter")?.map_or(0, |count| count.value()).saturating_add(1);
                self.counters.insert("hit_counter", count)?;
                Ok(WriteOutcome::new(Ok(Reply::Visits(count))))
            }
            // The only server on this store counts alone.
            Command::QuotaKey { .. } => Ok(WriteOutcome::new(Ok(Reply::QuotaKey(None)))),
            Command::AddUses { .. } => Ok(WriteOutcome::new(Ok(Reply::Uses(Vec::new())))),
            Command::Load { .. }
            | Command::LoadAll { .. }
            | Command::GetPart { .. }
            | Command::ListParts { .. }
            | Command::GetReference { .. }
            | Command::DueEnds
            | Command::Room
            | Command::PartsRoom
            | Command::Ping => Ok(WriteOutcome::new(Err(StoreError::Unavailable(
                "a read command cannot be executed as a write".into(),
            )))),
        }
    }

    fn insert(
        &mut self,
        id: ShareId,
        record: Vec<u8>,
        part: Option<PartRow>,
        (record_until, parts_until): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Result<WriteOutcome, redb::Error> {
        let mut outcome = WriteOutcome::new(Ok(Reply::Inserted(true)));
        if let Some(existing) = self.row(id)? {
            if existing.is_live(now) {
                outcome.result = Ok(Reply::Inserted(false));
                self.drop_part(part, &mut outcome.garbage)?;
                return Ok(outcome);
            }
            self.ends.remove(&end_key(existing.due, id))?;
            self.drop_parts(id, &existing, &mut outcome.garbage)?;
        }
        let mut row = RecordRow { record_until, parts_until, due: Timestamp(0), extra_bytes: 0, part0: part, record };
        row.due = row.next_end();
        self.ends.insert(&end_key(row.due, id), ())?;
        self.records.insert(id.as_bytes(), &row.encode()[..])?;
        Ok(outcome)
    }

    fn swap(
        &mut self,
        id: ShareId,
        old: &[u8],
        new: Vec<u8>,
        record_until: Timestamp,
        (parts, files): (PartsFate, &Files),
        now: Timestamp,
    ) -> Result<WriteOutcome, redb::Error> {
        let mut row = match self.expect_row(id, old, now)? {
            Ok(row) => row,
            Err(swapped) => return Ok(WriteOutcome::new(Ok(Reply::Swapped(swapped)))),
        };
        let mut outcome = WriteOutcome::new(Ok(Reply::Swapped(Swapped::Done(None))));
        match parts {
            PartsFate::Keep(_) | PartsFate::Settle(..) | PartsFate::Open(_) | PartsFate::OpenAlone(_)
                if !row.parts_are_live(now) =>
            {
                return Ok(WriteOutcome::new(Ok(Reply::Swapped(Swapped::Missing))));
            }
            PartsFate::Settle(_, size) if size != row.extra_bytes => {
                return Ok(WriteOutcome::new(Ok(Reply::Swapped(Swapped::Changed))));
            }
            PartsFate::Keep(until) | PartsFate::Settle(until, _) => row.parts_until = until,
            PartsFate::Open(until) | PartsFate::OpenAlone(until) => {
                let Some(part) = row.part0 else {
                    return Ok(WriteOutcome::new(Ok(Reply::Swapped(Swapped::Missing))));
                };
                // A small part is read before the commit, because its range in a shared file may be cleared right after
                // it. A long part is read after the commit, which keeps the transaction short.
                match files.open_part(&part) {
                    Ok(None) => return Ok(WriteOutcome::new(Ok(Reply::Swapped(Swapped::Missing)))),
                    Ok(Some(file)) if part.length as usize > BIG_PART => outcome.part = Some((file, part)),
                    Ok(Some(file)) => match read_part(&file, &part) {
                        Ok(bytes) => outcome.result = Ok(Reply::Swapped(Swapped::Done(Some(bytes)))),
                        Err(error) => return Ok(WriteOutcome::new(Err(super::disk_error(&error)))),
                    },
                    Err(error) => return Ok(WriteOutcome::new(Err(super::disk_error(&error)))),
                }
                row.parts_until = until;
            }
            PartsFate::Drop => {
                self.drop_parts(id, &row, &mut outcome.garbage)?;
                (row.parts_until, row.part0) = (Timestamp(0), None);
            }
        }
        row.record = new;
        row.record_until = record_until;
        self.put_row(id, row)?;
        Ok(outcome)
    }

    /// Writes a part. Returns the reference that it replaced, and the garbage.
    fn put_part(
        &mut self,
        id: ShareId,
        old: &[u8],
        (n, part): (u32, Option<StoredPart>),
        (until, max_bytes): (Timestamp, u64),
        now: Timestamp,
    ) -> Result<(PartPut, Option<PartReference>, Vec<Garbage>), redb::Error> {
        let mut garbage = Vec::new();
        let refusal = match self.expect_row(id, old, now)? {
            Ok(mut row) if row.parts_are_live(now) => {
                let replaced = match n {
                    0 => row.part0.map(StoredPart::File),
                    _ => self.part(id, n)?,
                };
                let extra_bytes = match n {
                    0 => row.extra_bytes,
                    _ => (row.extra_bytes + length_of(part)).saturating_sub(length_of(replaced)),
                };
                if extra_bytes <= max_bytes {
                    self.drop_part(replaced.and_then(StoredPart::file), &mut garbage)?;
                    match part {
                        Some(part) if n != 0 => drop(self.parts.insert(&part_key(id, n), &part.encode()[..])?),
                        part => row.part0 = part.and_then(StoredPart::file),
                    }
                    self.put_row(id, RecordRow { record_until: until, parts_until: until, extra_bytes, ..row })?;
                    return Ok((PartPut::Done, replaced.and_then(StoredPart::reference), garbage));
                }
                PartPut::TooLarge
            }
            Ok(_) | Err(Swapped::Missing) => PartPut::Missing,
            Err(_) => PartPut::Changed,
        };
        self.drop_part(part.and_then(StoredPart::file), &mut garbage)?;
        Ok((refusal, None, garbage))
    }

    /// Keeps a reference until it is taken.
    fn release(&mut self, id: ShareId, reference: Option<PartReference>) -> Result<(), redb::Error> {
        if let Some(reference) = reference {
            self.references.insert(&reference_key(id, reference.name.random), reference.encode().as_bytes())?;
        }
        Ok(())
    }

    fn row(&self, id: ShareId) -> Result<Option<RecordRow>, redb::Error> {
        match self.records.get(id.as_bytes())? {
            None => Ok(None),
            Some(bytes) => RecordRow::decode(bytes.value()).map(Some).ok_or_else(invalid_row),
        }
    }

    /// Returns the row of a live share if its record is `old`, or else the result of the swap.
    fn expect_row(&self, id: ShareId, old: &[u8], now: Timestamp) -> Result<Result<RecordRow, Swapped>, redb::Error> {
        Ok(match self.row(id)? {
            Some(row) if row.is_live(now) && row.record == old => Ok(row),
            Some(row) if row.is_live(now) => Err(Swapped::Changed),
            _ => Err(Swapped::Missing),
        })
    }

    /// Replaces a row, and updates [`ENDS`] when the share expires earlier than before. When it expires later, the sweep
    /// updates [`ENDS`]: most shares are removed before that.
    fn put_row(&mut self, id: ShareId, mut row: RecordRow) -> Result<(), redb::Error> {
        let end = row.next_end();
        if end < row.due {
            self.ends.remove(&end_key(row.due, id))?;
            self.ends.insert(&end_key(end, id), ())?;
            row.due = end;
        }
        self.records.insert(id.as_bytes(), &row.encode()[..])?;
        Ok(())
    }

    fn part(&self, id: ShareId, n: u32) -> Result<Option<StoredPart>, redb::Error> {
        match self.parts.get(&part_key(id, n))? {
            None => Ok(None),
            Some(bytes) => StoredPart::decode(bytes.value()).map(Some).ok_or_else(invalid_row),
        }
    }

    /// Removes a part from the row of its file.
    fn drop_part(&mut self, part: Option<PartRow>, garbage: &mut Vec<Garbage>) -> Result<(), redb::Error> {
        let Some(part) = part else { return Ok(()) };
        let file = match self.changed.entry(part.name) {
            Entry::Occupied(changed) => changed.into_mut(),
            Entry::Vacant(place) => {
                let existing = self.files.get(&part.name)?.and_then(|bytes| FileRow::decode(bytes.value()));
                place.insert(existing.ok_or_else(invalid_row)?)
            }
        };
        file.live = file.live.saturating_sub(1);
        file.dropped.push((part.offset, part.length));
        garbage.push(match file.live {
            0 => Garbage::File(part.name),
            _ => Garbage::Part(part),
        });
        Ok(())
    }

    /// Removes all parts of a share from their files, and releases its references. The caller writes the share's row.
    fn drop_parts(&mut self, id: ShareId, row: &RecordRow, garbage: &mut Vec<Garbage>) -> Result<(), redb::Error> {
        self.drop_part(row.part0, garbage)?;
        let (first, last) = (part_key(id, 1), part_key(id, u32::MAX));
        let mut removed = Vec::new();
        for part in self.parts.extract_from_if::<&[u8; 14], _>(&first..=&last, |_, _| true)? {
            removed.push(StoredPart::decode(part?.1.value()).ok_or_else(invalid_row)?);
        }
        for part in removed {
            self.drop_part(part.file(), garbage)?;
            self.release(id, part.reference())?;
        }
        Ok(())
    }

    /// Expires a share at `now` if its row is `expected`, so that the next sweep removes it. Returns whether it was.
    pub(super) fn expire(&mut self, id: ShareId, expected: &RecordRow, now: Timestamp) -> Result<bool, redb::Error> {
        let Some(mut row) = self.row(id)?.filter(|row| row == expected) else { return Ok(false) };
        (row.record_until, row.parts_until) = (now, now);
        self.put_row(id, row)?;
        Ok(true)
    }

    /// Removes shares and parts that have expired at `now`, up to `max` shares. Returns the number of shares that were
    /// checked, and the garbage.
    pub(super) fn sweep(&mut self, now: Timestamp, max: usize) -> Result<(usize, Vec<Garbage>), redb::Error> {
        let mut due = Vec::new();
        let last = end_key(now, ShareId::from_bytes([u8::MAX; 10]));
        for entry in self.ends.range::<&[u8; 18]>(..=&last)?.take(max) {
            due.push(*entry?.0.value());
        }
        let mut garbage = Vec::new();
        for key in &due {
            self.ends.remove(key)?;
            let (_, id) = parse_end_key(key);
            let Some(mut row) = self.row(id)? else { continue };
            if !row.is_live(now) {
                self.drop_parts(id, &row, &mut garbage)?;
                self.records.remove(id.as_bytes())?;
                continue;
            }
            if !row.parts_are_live(now) {
                self.drop_parts(id, &row, &mut garbage)?;
                (row.parts_until, row.part0) = (Timestamp(0), None);
            }
            row.due = row.next_end();
            self.ends.insert(&end_key(row.due, id), ())?;
            self.records.insert(id.as_bytes(), &row.encode()[..])?;
        }
        Ok((due.len(), garbage))
    }
}

fn length_of(part: Option<StoredPart>) -> u64 {
    part.map_or(0, |part| u64::from(part.length()))
}

/// The error for a row in an unknown format.
pub(super) fn invalid_row() -> redb::Error {
    redb::Error::Corrupted("a row is not in this server's format".into())
}
