//! Removal of abandoned uploads from a full disk. Waiting shares are never removed.

use super::apply::Tables;
use super::engine::Engine;
use super::rows::{RECORDS, RecordRow};
use crate::share::Timestamp;
use crate::share::record::Record;
use onetimeshare_envelope::ShareId;
use redb::ReadableTable as _;

impl Engine {
    /// Removes abandoned uploads if that was requested.
    pub(super) fn make_room(&self) {
        if !self.reclaim_schedule().is_due() {
            return;
        }
        self.reclaim_schedule().start();
        match self.expire_abandoned_uploads() {
            Ok(count) => tracing::warn!("The disk is full. Abandoned uploads removed to make room: {count}."),
            Err(error) => tracing::error!("The embedded store could not be searched for abandoned uploads: {error}."),
        }
        self.sweep();
    }

    fn expire_abandoned_uploads(&self) -> Result<usize, redb::Error> {
        let now = self.now();
        let read = self.read()?;
        let mut found = Vec::new();
        for entry in read.open_table(RECORDS)?.iter()? {
            let (id, bytes) = entry?;
            let row = RecordRow::decode(bytes.value()).ok_or_else(super::apply::invalid_row)?;
            if row.is_live(now) && is_abandoned(&row, now) {
                found.push((ShareId::from_bytes(*id.value()), row));
            }
        }
        drop(read);
        self.exclusive(|transaction| {
            let mut tables = Tables::open(transaction)?;
            let mut count = 0;
            for (id, row) in found {
                count += usize::from(tables.expire(id, &row, now)?);
            }
            tables.close()?;
            Ok(count)
        })
    }
}

fn is_abandoned(row: &RecordRow, now: Timestamp) -> bool {
    Record::decode(&row.record).is_ok_and(|record| record.is_abandoned(now, row.parts_until))
}
