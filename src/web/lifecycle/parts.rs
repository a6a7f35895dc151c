//! The parts of a share with files: arriving, being counted, completed, and fetched by the one reader.

use super::{ATTEMPTS, Code, Problem, Shares, Stored};
use crate::metrics::Metrics;
use crate::share::record::{Completion, Record, State, Status};
use crate::share::{Digest, ShareId, Timestamp};
use crate::store::{PartPut, Swapped};

/// The parts of an upload that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Their numbers from 1 on, in order.
    pub received: Vec<u32>,
    /// Parts in all, part 0 included.
    pub parts: u32,
}

impl Shares {
    /// The record of an owner's share.
    async fn owned(&self, id: ShareId, owner: &Digest) -> Result<(Stored, Timestamp), Problem> {
        let (stored, now) = self.load(id).await?;
        let owned = Record::is_owned_by(stored.as_ref().map(|stored| &stored.record), owner);
        let stored = stored.filter(|_| owned).ok_or(Code::NotFound)?;
        Ok((stored, now))
    }

    /// Refuses a part that no upload of this owner waits for, before its bytes are looked at.
    pub async fn expects_part(&self, id: ShareId, owner: &Digest, n: u32) -> Result<(), Problem> {
        let (stored, now) = self.owned(id, owner).await?;
        stored.expects(n, now)
    }

    /// Stores part `n` from 1 on. Sent again before completion it replaces the one that is there.
    ///
    /// # Errors
    /// `complete` when the share is not uploading, `too_large` past the size that was announced.
    pub async fn put_part(&self, id: ShareId, owner: &Digest, n: u32, bytes: Vec<u8>) -> Result<(), Problem> {
        let length = bytes.len() as u64;
        let (stored, now) = self.owned(id, owner).await?;
        stored.expects(n, now)?;
        let until = stored.record.parts_until(now);
        let most = stored.record.size();
        match self.store.put_part(id, stored.bytes, n, bytes, until, most).await? {
            PartPut::Done => {
                self.reservations.arrived(id, length);
                Ok(())
            }
            PartPut::Changed => {
                // The share ended or was completed meanwhile: nothing else changes the record of an upload. Should it
                // wait for this part all the same, the sender sends it again.
                self.expects_part(id, owner, n).await?;
                Err(Code::Unavailable.into())
            }
            PartPut::Missing => Err(Code::NotFound.into()),
            PartPut::TooMuch => Err(Code::TooLarge.into()),
        }
    }

    /// Which parts are there: where to resume.
    pub async fn received(&self, id: ShareId, owner: &Digest) -> Result<Received, Problem> {
        let (stored, _) = self.owned(id, owner).await?;
        let there = self.store.list_parts(id).await?;
        let received = there.into_iter().map(|(n, _)| n).filter(|n| *n > 0).collect();
        Ok(Received { received, parts: stored.record.parts() })
    }

    /// Ends an upload: from now on it can be opened, and its lifetime runs.
    ///
    /// # Errors
    /// `missing_parts` with `missing`, `size_mismatch`.
    pub async fn complete(&self, id: ShareId, owner: &Digest) -> Result<Status, Problem> {
        for _ in 0..ATTEMPTS {
            let (stored, now) = self.owned(id, owner).await?;
            let there = if stored.record.state(now) == State::Uploading {
                let there = self.store.list_parts(id).await?;
                // A share that ended meanwhile lacks parts for another reason.
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
                    return Err(Problem::new(Code::MissingParts).with("missing", missing));
                }
                Completion::SizeMismatch => return Err(Code::SizeMismatch.into()),
                Completion::Change(change) => match self.swap(stored, *change).await? {
                    Swapped::Done(_) => {
                        self.reservations.release(id);
                        let status = self.status(id, owner).await?;
                        self.count(Metrics::created, status.expires_at);
                        return Ok(status);
                    }
                    Swapped::Changed => {}
                    Swapped::Missing => return Err(Code::NotFound.into()),
                },
            }
        }
        Err(Code::Unavailable.into())
    }

    /// The bytes of part `n`, for the one reader and only within the grace.
    pub async fn part(&self, id: ShareId, claim: &Digest, n: u32) -> Result<Vec<u8>, Problem> {
        let (stored, now) = self.load(id).await?;
        let may_read = Record::may_read(stored.as_ref().map(|stored| &stored.record), now, claim);
        let stored = stored.filter(|_| may_read).ok_or(Code::NotFound)?;
        if n >= stored.record.parts() {
            return Err(Code::NotFound.into());
        }
        let big = n > 0 || super::is_big(&stored.record);
        self.store.get_part(id, n, big).await?.ok_or_else(|| Code::NotFound.into())
    }
}

impl Stored {
    fn expects(&self, n: u32, now: Timestamp) -> Result<(), Problem> {
        if n == 0 || n >= self.record.parts() {
            return Err(Code::NotFound.into());
        }
        if self.record.state(now) != State::Uploading {
            return Err(Code::Complete.into());
        }
        Ok(())
    }
}
