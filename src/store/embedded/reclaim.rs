//! Room on a full disk: uploads that were left alone go, waiting shares never do.

use super::apply::Tables;
use super::core::Core;
use super::rows::{RECORDS, Row};
use crate::share::ShareId;
use crate::share::record::Record;
use redb::ReadableTable as _;

impl Core {
    /// Removes abandoned uploads if somebody was refused for want of room.
    pub(super) fn make_room(&self) {
        if !self.wish().is_due() {
            return;
        }
        self.wish().take();
        match self.give_up_uploads() {
            Ok(count) => tracing::warn!("The disk is full. Abandoned uploads removed to make room: {count}."),
            Err(error) => tracing::error!("The embedded store could not be searched for abandoned uploads: {error}."),
        }
        self.sweep();
    }

    fn give_up_uploads(&self) -> Result<usize, redb::Error> {
        let now = self.now();
        let read = self.read()?;
        let mut found = Vec::new();
        for entry in read.open_table(RECORDS)?.iter()? {
            let (id, bytes) = entry?;
            let row = Row::decode(bytes.value()).ok_or_else(super::apply::foreign)?;
            if row.lives(now) && is_abandoned(&row, now) {
                found.push((ShareId::from_bytes(*id.value()), row));
            }
        }
        drop(read);
        self.alone(|transaction| {
            let mut tables = Tables::open(transaction)?;
            let mut count = 0;
            for (id, row) in found {
                count += usize::from(tables.end_now(id, &row, now)?);
            }
            tables.close()?;
            Ok(count)
        })
    }
}

fn is_abandoned(row: &Row, now: crate::share::Timestamp) -> bool {
    Record::decode(&row.record).is_ok_and(|record| record.is_abandoned(now, row.parts_until))
}
