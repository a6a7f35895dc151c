//! References to parts in a part store.

use super::engine::Engine;
use super::rows::{COUNTERS, FILE_BYTES, REFERENCES, StoredPart, reference_key, referring_share};
use crate::store::{MAX_DUE, PartReference};
use onetimeshare_envelope::ShareId;

impl Engine {
    /// Returns the reference to part `n` of a live share.
    pub(super) fn reference(&self, id: ShareId, n: u32) -> Result<Option<PartReference>, redb::Error> {
        Ok(self.stored_part(id, n)?.and_then(StoredPart::reference))
    }

    /// Returns shares whose references no share holds any more, at most [`MAX_DUE`].
    pub(super) fn released(&self) -> Result<Vec<ShareId>, redb::Error> {
        let references = self.read()?.open_table(REFERENCES)?;
        let mut ids = Vec::new();
        let mut from = [0; 26];
        while ids.len() < MAX_DUE {
            let Some(entry) = references.range::<&[u8; 26]>(&from..)?.next() else { break };
            let id = referring_share(entry?.0.value());
            ids.push(id);
            from = reference_key(id, [u8::MAX; 16]);
        }
        Ok(ids)
    }

    /// Returns the counted bytes of all objects in the part store.
    pub(super) fn file_bytes(&self) -> Result<u64, redb::Error> {
        Ok(self.read()?.open_table(COUNTERS)?.get(FILE_BYTES)?.map_or(0, |bytes| bytes.value()))
    }
}
