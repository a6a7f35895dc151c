//! Figures about the shares and requests in the embedded store.

use super::engine::Engine;
use super::rows::{RECORDS, RecordRow};
use crate::share::Usage;
use crate::share::record::Record;
use crate::share::request::RequestRecord;
use crate::store::StoreError;
use redb::ReadableTable as _;

impl Engine {
    /// Returns figures about all shares and requests.
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
            if !row.is_live(now) {
                continue;
            }
            let part0 = u64::from(row.part0.map_or(0, |part| part.length));
            if let Ok(record) = Record::decode(&row.record) {
                usage.add(&record, now, part0.saturating_add(row.extra_bytes));
            } else if let Ok(request) = RequestRecord::decode(&row.record) {
                usage.add_request(&request, now, part0);
            }
        }
        Ok(usage)
    }
}
