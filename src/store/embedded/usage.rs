//! Figures about the shares in the embedded store.

use super::engine::Engine;
use super::rows::{RECORDS, RecordRow};
use crate::share::Usage;
use crate::share::record::Record;
use crate::store::StoreError;
use redb::ReadableTable as _;

impl Engine {
    /// Returns figures about all shares.
    pub(super) fn usage(&self) -> Result<Usage, StoreError> {
        self.measure().map_err(|error| {
            tracing::error!("The embedded store could not read: {error}.");
            self.store_error(&error)
        })
    }

    fn measure(&self) -> Result<Usage, redb::Error> {
        let now = self.now();
        let read = self.read()?;
        let mut usage = Usage::default();
        for entry in read.open_table(RECORDS)?.iter()? {
            let (_, bytes) = entry?;
            let row = RecordRow::decode(bytes.value()).ok_or_else(super::apply::invalid_row)?;
            if let (true, Ok(record)) = (row.is_live(now), Record::decode(&row.record)) {
                let part0 = row.part0.map_or(0, |part| part.length);
                usage.add(&record, now, u64::from(part0).saturating_add(row.extra_bytes));
            }
        }
        Ok(usage)
    }
}
