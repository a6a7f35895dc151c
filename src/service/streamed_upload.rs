//! An upload that the server encrypts itself: its size is known only at its last byte.

use super::create::taken_by_a_request;
use super::{Changes, ServiceError, Shares, Stored};
use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::record::{Creation, PartsFate, Record, State, UploadTotals};
use crate::store::{NewShare, PartPut, Swap, Swapped};
use onetimeshare_envelope::parts::MAX_PARTS;
use onetimeshare_envelope::{Digest, ShareId};

/// Placeholder for part 0 until the manifest is encrypted.
const PLACEHOLDER: [u8; 1] = [0];

/// The owner of a new share and the verifiers of its keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender {
    /// The share.
    pub(crate) id: ShareId,
    /// Digest of the owner secret.
    pub(crate) owner: Digest,
    /// Digest of the proof that the link key gives.
    pub(crate) open_verifier: Digest,
    /// Digest of the proof that the password gives, where there is one.
    pub(crate) password_verifier: Option<Digest>,
}

/// An upload in progress. Dropping it leaves parts that cannot be opened and are removed within the hour; see
/// [`StreamedUpload::abandon`].
pub(crate) struct StreamedUpload {
    shares: Shares,
    id: ShareId,
    stored: Stored,
    /// Limit of its parts together, in stored bytes.
    most: u64,
    parts: u32,
    size: u64,
}

impl Changes<'_> {
    /// Begins an upload of at most `most` stored bytes and about `expected`. Removes an earlier unfinished upload of the
    /// same form.
    ///
    /// # Errors
    /// [`ServiceError::Taken`] when the share exists already, [`ServiceError::Full`] or [`ServiceError::Promised`]
    /// without room for `expected` bytes, [`ServiceError::ShareUsed`] when the client has used its share of the room.
    pub(crate) async fn begin_streamed_upload(
        &self,
        sender: Sender,
        most: u64,
        expected: u64,
    ) -> Result<StreamedUpload, ServiceError> {
        let Sender { id, owner, open_verifier, password_verifier } = sender;
        let (there, now) = self.load(id).await.map_err(taken_by_a_request)?;
        if let Some(stored) = there {
            if !Record::is_owned_by(Some(&stored.record), &owner) || stored.record.state(now) != State::Uploading {
                return Err(ServiceError::Taken);
            }
            self.vanish(id, stored).await?;
        }
        self.quotas.admit_streamed(self.client, id, (expected, most)).await?;
        let creation = Creation {
            id,
            owner,
            open_verifier,
            password_verifier,
            parts: MAX_PARTS,
            size: most,
            part0: 1,
            lifetime: 0,
            body: open_verifier,
        };
        let record = Record::create(&creation, now);
        let bytes = record.encode();
        let until = record.parts_until(now);
        let share =
            NewShare { record: bytes.clone(), part0: PLACEHOLDER.to_vec(), record_until: until, parts_until: until };
        if !self.store.insert(id, share).await? {
            return Err(ServiceError::Taken);
        }
        let stored = Stored { bytes, record };
        Ok(StreamedUpload { shares: (*self.shares).clone(), id, stored, most, parts: 1, size: 0 })
    }
}

impl Shares {
    /// Removes an upload completely. Its record expires in the past: a store may still find one that expires in the
    /// present millisecond.
    async fn vanish(&self, id: ShareId, stored: Stored) -> Result<(), ServiceError> {
        let (old, new) = (stored.bytes.clone(), stored.bytes);
        let swap = Swap { old, new, record_until: Timestamp(0), parts: PartsFate::Drop, big: false };
        // Otherwise another upload of the same form took its place, and stays charged.
        if let Swapped::Done(_) = self.store.swap(id, swap).await? {
            self.quotas.release(id);
        }
        Ok(())
    }
}

impl StreamedUpload {
    /// Stores the next part.
    ///
    /// # Errors
    /// [`ServiceError::TooLarge`] beyond the limit; [`ServiceError::ShareUsed`] beyond the client's share of the room;
    /// [`ServiceError::Unavailable`] when another upload of the same form replaced this one.
    pub(crate) async fn part(&mut self, bytes: Vec<u8>) -> Result<(), ServiceError> {
        let length = bytes.len() as u64;
        if self.size + length > self.most || self.parts >= MAX_PARTS {
            return Err(ServiceError::TooLarge);
        }
        self.shares.quotas.admit_part(self.id, length)?;
        self.put(self.parts, bytes).await?;
        self.parts += 1;
        self.size += length;
        Ok(())
    }

    async fn put(&self, n: u32, bytes: Vec<u8>) -> Result<(), ServiceError> {
        let now = self.shares.now().await?;
        let until = self.stored.record.parts_until(now);
        let old = self.stored.bytes.clone();
        match self.shares.store.put_part(self.id, old, n, bytes, until, self.most).await? {
            PartPut::Done => Ok(()),
            PartPut::TooLarge => Err(ServiceError::TooLarge),
            PartPut::Changed | PartPut::Missing => Err(ServiceError::Unavailable),
        }
    }

    /// Stores the manifest and completes the share. Returns the end of its lifetime.
    ///
    /// # Errors
    /// Those of the store; [`ServiceError::Taken`] when the upload ended meanwhile.
    pub(crate) async fn finish(self, part0: Vec<u8>, lifetime: u64) -> Result<Timestamp, ServiceError> {
        let length = u32::try_from(part0.len()).map_err(|_| ServiceError::TooLarge)?;
        self.put(0, part0).await?;
        let now = self.shares.now().await?;
        let totals = UploadTotals { parts: self.parts, size: self.size, part0: length, lifetime };
        let change = self.stored.record.settle(now, totals, self.shares.grace).ok_or(ServiceError::Taken)?;
        match self.shares.swap(self.stored, *change).await? {
            Swapped::Done(_) => {
                self.shares.quotas.completed(self.id, self.size + u64::from(length));
                self.shares.count(Metrics::created, now.plus(lifetime));
                Ok(now.plus(lifetime))
            }
            _ => Err(ServiceError::Unavailable),
        }
    }

    /// Removes the parts that have arrived.
    pub(crate) async fn abandon(self) {
        // If this fails, the upload expires within the hour.
        let _ = self.shares.vanish(self.id, self.stored).await;
    }
}
