//! The parts of a share with files: upload, listing, completion, and download by the one reader.

use super::{ATTEMPTS, Changes, ServiceError, Shares, Stored};
use crate::metrics::{Guard, Metrics};
use crate::share::Timestamp;
use crate::share::record::{Completion, Ending, Record, State, Status};
use crate::store::{PartPut, StoreError, Swapped};
use onetimeshare_envelope::{Digest, ShareId};

/// The parts of an upload that have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    /// Their numbers from 1 on, in order.
    pub(crate) received: Vec<u32>,
    /// Parts in all, part 0 included.
    pub(crate) parts: u32,
}

impl Shares {
    /// Loads a share of this owner.
    async fn owned(&self, id: ShareId, owner: &Digest) -> Result<(Stored, Timestamp), ServiceError> {
        let (stored, now) = self.load(id).await?;
        let owned = Record::is_owned_by(stored.as_ref().map(|stored| &stored.record), owner);
        let stored = stored.filter(|_| owned).ok_or(ServiceError::NotFound).inspect_err(count_refused_owner)?;
        Ok((stored, now))
    }

    /// Checks that an upload of this owner expects part `n`, before its bytes are read.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] or [`ServiceError::Complete`].
    pub(crate) async fn expects_part(&self, id: ShareId, owner: &Digest, n: u32) -> Result<(), ServiceError> {
        let (stored, now) = self.owned(id, owner).await?;
        stored.expects(n, now)
    }

    /// Lists the parts that have arrived, so that the sender can resume.
    pub(crate) async fn received(&self, id: ShareId, owner: &Digest) -> Result<Received, ServiceError> {
        let (stored, _) = self.owned(id, owner).await?;
        let there = self.store.list_parts(id).await?;
        let received = there.into_iter().map(|(n, _)| n).filter(|n| *n > 0).collect();
        Ok(Received { received, parts: stored.record.parts() })
    }

    /// Returns part `n` to the claim that opened the share, within the grace.
    pub(crate) async fn part(&self, id: ShareId, claim: &Digest, n: u32) -> Result<Vec<u8>, ServiceError> {
        let (stored, now) = self.load(id).await?;
        let may_read = Record::may_read(stored.as_ref().map(|stored| &stored.record), now, claim);
        let stored = stored.filter(|_| may_read).ok_or(ServiceError::NotFound)?;
        if n >= stored.record.parts() {
            return Err(ServiceError::NotFound);
        }
        let big = n > 0 || super::is_big(&stored.record);
        match self.store.get_part(id, n, big).await {
            Err(StoreError::Lost) => {
                self.note_loss(id, claim).await;
                Err(StoreError::Lost.into())
            }
            part => part?.ok_or(ServiceError::NotFound),
        }
    }

    /// Notes for the sender that a part is lost. A failure is not reported: the receiver's next attempt notes it.
    async fn note_loss(&self, id: ShareId, claim: &Digest) {
        for _ in 0..ATTEMPTS {
            let (claim, grace) = (*claim, self.grace);
            let decide = move |record: Option<&Record>, now| match Record::note_loss(record, now, &claim, grace) {
                Ending::Change(change) => ((), Some(change)),
                _ => ((), None),
            };
            if !matches!(self.change(id, decide).await, Ok(((), Some(Swapped::Changed)))) {
                return;
            }
        }
    }
}

impl Changes<'_> {
    /// Stores part `n` from 1 on. Before completion a repeated part replaces the earlier one.
    ///
    /// # Errors
    /// [`ServiceError::Complete`] when the share is not uploading, [`ServiceError::TooLarge`] beyond the announced size,
    /// [`ServiceError::ShareUsed`] when the upload paused and the client has used its share of the room since.
    pub(crate) async fn put_part(
        &self,
        id: ShareId,
        owner: &Digest,
        n: u32,
        bytes: Vec<u8>,
    ) -> Result<(), ServiceError> {
        let length = bytes.len() as u64;
        let (stored, now) = self.owned(id, owner).await?;
        stored.expects(n, now)?;
        let until = stored.record.parts_until(now);
        let most = stored.record.size();
        self.quotas.admit_part(id, length)?;
        match self.store.put_part(id, stored.bytes, n, bytes, until, most).await? {
            PartPut::Done => Ok(()),
            PartPut::Changed => {
                // Only the end or the completion of an upload changes its record. If it still expects this part, the
                // sender retries.
                self.expects_part(id, owner, n).await?;
                Err(ServiceError::Unavailable)
            }
            PartPut::Missing => Err(ServiceError::NotFound),
            PartPut::TooLarge => Err(ServiceError::TooLarge),
        }
    }

    /// Completes an upload: the share can be opened from now on, and its lifetime begins.
    ///
    /// # Errors
    /// [`ServiceError::MissingParts`], [`ServiceError::SizeMismatch`].
    pub(crate) async fn complete(&self, id: ShareId, owner: &Digest) -> Result<Status, ServiceError> {
        for _ in 0..ATTEMPTS {
            let (stored, now) = self.owned(id, owner).await?;
            let size = stored.record.size();
            let there = if stored.record.state(now) == State::Uploading {
                let there = self.store.list_parts(id).await?;
                // If the share ended meanwhile, its parts are missing for that reason.
                if self.owned(id, owner).await?.0.bytes != stored.bytes {
                    continue;
                }
                there
            } else {
                Vec::new()
            };
            match stored.record.complete(now, &there, self.grace) {
                Completion::Already => {
                    self.settled(id).await?;
                    return self.status(id, owner).await;
                }
                Completion::Missing(missing) => {
                    return Err(ServiceError::MissingParts(missing));
                }
                Completion::SizeMismatch => return Err(ServiceError::SizeMismatch),
                Completion::Change(change) => match self.swap(stored, *change).await? {
                    Swapped::Done(_) => {
                        self.quotas.completed(id, size);
                        let status = self.status(id, owner).await?;
                        self.count(Metrics::created, status.expires_at);
                        return Ok(status);
                    }
                    Swapped::Changed => {}
                    Swapped::Missing => return Err(ServiceError::NotFound),
                },
            }
        }
        Err(ServiceError::Unavailable)
    }
}

impl Stored {
    fn expects(&self, n: u32, now: Timestamp) -> Result<(), ServiceError> {
        if n == 0 || n >= self.record.parts() {
            return Err(ServiceError::NotFound);
        }
        if self.record.state(now) != State::Uploading {
            return Err(ServiceError::Complete);
        }
        Ok(())
    }
}

/// Counts an owner token that owns no share under this id.
pub(super) fn count_refused_owner(error: &ServiceError) {
    if matches!(error, ServiceError::NotFound) {
        Guard::RefusedOwner.count();
    }
}
