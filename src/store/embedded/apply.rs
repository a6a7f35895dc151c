//! What each command does inside a write transaction.

use super::files::{Files, read_part};
use super::rows::{
    COUNTERS, ENDS, FILES, FileName, FileRow, PARTS, PartRow, RECORDS, Row, Unneeded, end_key, end_of, part_key,
};
use crate::share::{ShareId, Timestamp};
use crate::store::{BIG_PART, Command, PartPut, PartsFate, Reply, StoreError, Swapped};
use redb::{ReadableTable as _, Table, WriteTransaction};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;

/// A command that writes, with its part already where it shall be.
pub(super) struct Write {
    pub(super) command: Command,
    /// The part of an insert or put, which has been taken out of the command.
    pub(super) part: Option<PartRow>,
}

/// What a command came to. Holds once the transaction is committed.
pub(super) struct Outcome {
    pub(super) answer: Result<Reply, StoreError>,
    /// A part that belongs into the answer and is still to be read: a file of its own, open already, so that nobody can
    /// remove it.
    pub(super) part: Option<(File, PartRow)>,
    pub(super) unneeded: Vec<Unneeded>,
}

impl Outcome {
    pub(super) fn new(answer: Result<Reply, StoreError>) -> Self {
        Self { answer, part: None, unneeded: Vec::new() }
    }
}

/// The open tables of one write transaction.
pub(super) struct Tables<'txn> {
    records: Table<'txn, &'static [u8; 10], &'static [u8]>,
    parts: Table<'txn, &'static [u8; 14], &'static [u8]>,
    files: Table<'txn, &'static [u8; 16], &'static [u8]>,
    ends: Table<'txn, &'static [u8; 18], ()>,
    counters: Table<'txn, &'static str, u64>,
    /// Rows of [`FILES`] that have changed, not written yet: many parts of one transaction may share a file.
    changed: HashMap<FileName, FileRow>,
}

impl<'txn> Tables<'txn> {
    /// Opens them, or makes them in a new store.
    pub(super) fn open(transaction: &'txn WriteTransaction) -> Result<Self, redb::Error> {
        Ok(Self {
            records: transaction.open_table(RECORDS)?,
            parts: transaction.open_table(PARTS)?,
            files: transaction.open_table(FILES)?,
            ends: transaction.open_table(ENDS)?,
            counters: transaction.open_table(COUNTERS)?,
            changed: HashMap::new(),
        })
    }

    /// Enters the files of parts that are about to be applied, before the first of them.
    pub(super) fn bring(&mut self, parts: impl Iterator<Item = PartRow>) {
        for part in parts {
            self.changed.entry(part.name).or_default().live += 1;
        }
    }

    /// Writes what is left to write, after the last command.
    pub(super) fn close(mut self) -> Result<(), redb::Error> {
        for (name, file) in &self.changed {
            match file.live {
                0 => drop(self.files.remove(name)?),
                _ => drop(self.files.insert(name, &file.encode()[..])?),
            }
        }
        Ok(())
    }

    /// Carries out one command at `now`.
    ///
    /// # Errors
    /// When the database fails; the transaction must then be given up.
    pub(super) fn apply(&mut self, write: Write, files: &Files, now: Timestamp) -> Result<Outcome, redb::Error> {
        let Write { command, part } = write;
        match command {
            Command::Insert { id, record, part0: _, record_until, parts_until } => {
                self.insert(id, record, part, (record_until, parts_until), now)
            }
            Command::Swap { id, old, new, record_until, parts, big: _ } => {
                self.swap(id, &old, new, record_until, (parts, files), now)
            }
            Command::PutPart { id, old, n, bytes: _, until, most } => {
                self.put_part(id, &old, (n, part), (until, most), now)
            }
            Command::CountVisit => {
                let count = self.counters.get("hit_counter")?.map_or(0, |count| count.value()).saturating_add(1);
                self.counters.insert("hit_counter", count)?;
                Ok(Outcome::new(Ok(Reply::Visits(count))))
            }
            Command::Load { .. }
            | Command::LoadAll { .. }
            | Command::GetPart { .. }
            | Command::ListParts { .. }
            | Command::Room
            | Command::Ping => Ok(Outcome::new(Err(StoreError::Unavailable("a read was taken for a write".into())))),
        }
    }

    fn insert(
        &mut self,
        id: ShareId,
        record: Vec<u8>,
        part: Option<PartRow>,
        (record_until, parts_until): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Result<Outcome, redb::Error> {
        let mut outcome = Outcome::new(Ok(Reply::Inserted(true)));
        if let Some(there) = self.row(id)? {
            if there.lives(now) {
                outcome.answer = Ok(Reply::Inserted(false));
                self.drop_part(part, &mut outcome.unneeded)?;
                return Ok(outcome);
            }
            self.ends.remove(&end_key(there.wake, id))?;
            self.drop_parts(id, &there, &mut outcome.unneeded)?;
        }
        let mut row = Row { record_until, parts_until, wake: Timestamp(0), filled: 0, part0: part, record };
        row.wake = row.next_end();
        self.ends.insert(&end_key(row.wake, id), ())?;
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
    ) -> Result<Outcome, redb::Error> {
        let mut row = match self.row_that_is(id, old, now)? {
            Ok(row) => row,
            Err(swapped) => return Ok(Outcome::new(Ok(Reply::Swapped(swapped)))),
        };
        let mut outcome = Outcome::new(Ok(Reply::Swapped(Swapped::Done(None))));
        match parts {
            PartsFate::Keep(_) | PartsFate::Settle(..) | PartsFate::Open(_) | PartsFate::OpenAlone(_)
                if !row.parts_live(now) =>
            {
                return Ok(Outcome::new(Ok(Reply::Swapped(Swapped::Missing))));
            }
            PartsFate::Settle(_, size) if size != row.filled => {
                return Ok(Outcome::new(Ok(Reply::Swapped(Swapped::Changed))));
            }
            PartsFate::Keep(until) | PartsFate::Settle(until, _) => row.parts_until = until,
            PartsFate::Open(until) | PartsFate::OpenAlone(until) => {
                let Some(part) = row.part0 else {
                    return Ok(Outcome::new(Ok(Reply::Swapped(Swapped::Missing))));
                };
                // A small part shares its file, in which it may be cleared as soon as this is committed: it is read
                // now. A long one is read when this is over.
                match files.open_part(&part) {
                    Ok(None) => return Ok(Outcome::new(Ok(Reply::Swapped(Swapped::Missing)))),
                    Ok(Some(file)) if part.length as usize > BIG_PART => outcome.part = Some((file, part)),
                    Ok(Some(file)) => match read_part(&file, &part) {
                        Ok(bytes) => outcome.answer = Ok(Reply::Swapped(Swapped::Done(Some(bytes)))),
                        Err(error) => return Ok(Outcome::new(Err(super::disk_error(&error)))),
                    },
                    Err(error) => return Ok(Outcome::new(Err(super::disk_error(&error)))),
                }
                row.parts_until = until;
            }
            PartsFate::Drop => {
                self.drop_parts(id, &row, &mut outcome.unneeded)?;
                (row.parts_until, row.part0) = (Timestamp(0), None);
            }
        }
        row.record = new;
        row.record_until = record_until;
        self.put_row(id, row)?;
        Ok(outcome)
    }

    fn put_part(
        &mut self,
        id: ShareId,
        old: &[u8],
        (n, part): (u32, Option<PartRow>),
        (until, most): (Timestamp, u64),
        now: Timestamp,
    ) -> Result<Outcome, redb::Error> {
        let refusal = match self.row_that_is(id, old, now)? {
            Ok(mut row) if row.parts_live(now) => {
                let replaced = match n {
                    0 => row.part0,
                    _ => self.part(id, n)?,
                };
                let filled = match n {
                    0 => row.filled,
                    _ => (row.filled + length_of(part.as_ref())).saturating_sub(length_of(replaced.as_ref())),
                };
                if filled <= most {
                    let mut outcome = Outcome::new(Ok(Reply::PartPut(PartPut::Done)));
                    self.drop_part(replaced, &mut outcome.unneeded)?;
                    match part {
                        Some(part) if n != 0 => drop(self.parts.insert(&part_key(id, n), &part.encode()[..])?),
                        part => row.part0 = part,
                    }
                    self.put_row(id, Row { record_until: until, parts_until: until, filled, ..row })?;
                    return Ok(outcome);
                }
                PartPut::TooMuch
            }
            Ok(_) | Err(Swapped::Missing) => PartPut::Missing,
            Err(_) => PartPut::Changed,
        };
        let mut outcome = Outcome::new(Ok(Reply::PartPut(refusal)));
        self.drop_part(part, &mut outcome.unneeded)?;
        Ok(outcome)
    }

    fn row(&self, id: ShareId) -> Result<Option<Row>, redb::Error> {
        match self.records.get(id.as_bytes())? {
            None => Ok(None),
            Some(bytes) => Row::decode(bytes.value()).map(Some).ok_or_else(foreign),
        }
    }

    fn row_that_is(&self, id: ShareId, old: &[u8], now: Timestamp) -> Result<Result<Row, Swapped>, redb::Error> {
        Ok(match self.row(id)? {
            Some(row) if row.lives(now) && row.record == old => Ok(row),
            Some(row) if row.lives(now) => Err(Swapped::Changed),
            _ => Err(Swapped::Missing),
        })
    }

    /// Writes a row over the one that stands there, and moves it forward in [`ENDS`] when it ends sooner than it stands
    /// there for. One that ends later stays, and is put off by the sweep: most shares are never touched that late.
    fn put_row(&mut self, id: ShareId, mut row: Row) -> Result<(), redb::Error> {
        let end = row.next_end();
        if end < row.wake {
            self.ends.remove(&end_key(row.wake, id))?;
            self.ends.insert(&end_key(end, id), ())?;
            row.wake = end;
        }
        self.records.insert(id.as_bytes(), &row.encode()[..])?;
        Ok(())
    }

    fn part(&self, id: ShareId, n: u32) -> Result<Option<PartRow>, redb::Error> {
        match self.parts.get(&part_key(id, n))? {
            None => Ok(None),
            Some(bytes) => PartRow::decode(bytes.value()).map(Some).ok_or_else(foreign),
        }
    }

    /// Takes a part out of its file.
    fn drop_part(&mut self, part: Option<PartRow>, unneeded: &mut Vec<Unneeded>) -> Result<(), redb::Error> {
        let Some(part) = part else { return Ok(()) };
        let file = match self.changed.entry(part.name) {
            Entry::Occupied(changed) => changed.into_mut(),
            Entry::Vacant(place) => {
                let there = self.files.get(&part.name)?.and_then(|bytes| FileRow::decode(bytes.value()));
                place.insert(there.ok_or_else(foreign)?)
            }
        };
        file.live = file.live.saturating_sub(1);
        file.dropped.push((part.offset, part.length));
        unneeded.push(match file.live {
            0 => Unneeded::File(part.name),
            _ => Unneeded::Part(part),
        });
        Ok(())
    }

    /// Takes all parts of a share out of their files. The caller writes its row.
    fn drop_parts(&mut self, id: ShareId, row: &Row, unneeded: &mut Vec<Unneeded>) -> Result<(), redb::Error> {
        self.drop_part(row.part0, unneeded)?;
        let (first, last) = (part_key(id, 1), part_key(id, u32::MAX));
        let mut removed = Vec::new();
        for part in self.parts.extract_from_if::<&[u8; 14], _>(&first..=&last, |_, _| true)? {
            removed.push(PartRow::decode(part?.1.value()).ok_or_else(foreign)?);
        }
        removed.into_iter().try_for_each(|part| self.drop_part(Some(part), unneeded))
    }

    /// Ends a share at `now` if it still is what was `seen`: the next sweep removes it. True when it was.
    pub(super) fn end_now(&mut self, id: ShareId, seen: &Row, now: Timestamp) -> Result<bool, redb::Error> {
        let Some(mut row) = self.row(id)?.filter(|row| row == seen) else { return Ok(false) };
        (row.record_until, row.parts_until) = (now, now);
        self.put_row(id, row)?;
        Ok(true)
    }

    /// Removes up to `most` shares, or their parts, whose time is over at `now`. Answers how many it looked at, and
    /// what is not needed any more.
    pub(super) fn sweep(&mut self, now: Timestamp, most: usize) -> Result<(usize, Vec<Unneeded>), redb::Error> {
        let mut due = Vec::new();
        let last = end_key(now, ShareId::from_bytes([u8::MAX; 10]));
        for entry in self.ends.range::<&[u8; 18]>(..=&last)?.take(most) {
            due.push(*entry?.0.value());
        }
        let mut unneeded = Vec::new();
        for key in &due {
            self.ends.remove(key)?;
            let (_, id) = end_of(key);
            let Some(mut row) = self.row(id)? else { continue };
            if !row.lives(now) {
                self.drop_parts(id, &row, &mut unneeded)?;
                self.records.remove(id.as_bytes())?;
                continue;
            }
            if !row.parts_live(now) {
                self.drop_parts(id, &row, &mut unneeded)?;
                (row.parts_until, row.part0) = (Timestamp(0), None);
            }
            row.wake = row.next_end();
            self.ends.insert(&end_key(row.wake, id), ())?;
            self.records.insert(id.as_bytes(), &row.encode()[..])?;
        }
        Ok((due.len(), unneeded))
    }
}

fn length_of(part: Option<&PartRow>) -> u64 {
    part.map_or(0, |part| u64::from(part.length))
}

/// The error for rows that this server did not write.
pub(super) fn foreign() -> redb::Error {
    redb::Error::Corrupted("a row is not in this server's format".into())
}
