//! An upload that the server locks itself: its size is known only when its last byte has come.

use super::{Code, Problem, Shares, Stored};
use crate::metrics::Metrics;
use crate::share::envelope::parts::MOST_PARTS;
use crate::share::record::PartsFate;
use crate::share::record::{Creation, Record, Sent, State};
use crate::share::{Digest, ShareId, Timestamp};
use crate::store::{PartPut, Swapped};

/// Stands in part 0's place until the manifest is sealed.
const PLACEHOLDER: [u8; 1] = [0];

/// Who sends, and what the share is locked with.
#[derive(Debug, Clone, Copy)]
pub struct Sender {
    /// The share.
    pub id: ShareId,
    /// Digest of the owner secret.
    pub owner: Digest,
    /// Digest of the proof that the link key gives.
    pub open_verifier: Digest,
    /// Digest of the proof that the password gives, where there is one.
    pub password_verifier: Option<Digest>,
}

/// An upload under way. Dropping it leaves parts that nobody can open and that go within the hour; see
/// [`Streaming::abandon`].
pub struct Streaming {
    shares: Shares,
    id: ShareId,
    stored: Stored,
    /// The most that its parts may be together, in stored bytes.
    most: u64,
    parts: u32,
    size: u64,
}

impl Shares {
    /// Begins an upload of at most `most` stored bytes, of which about `expected` will come. An upload of the same form
    /// that broke off before is put aside.
    ///
    /// # Errors
    /// `taken` when the share stands already, `full` when there is no room for `expected` bytes.
    pub async fn begin(&self, sender: Sender, most: u64, expected: u64) -> Result<Streaming, Problem> {
        let Sender { id, owner, open_verifier, password_verifier } = sender;
        let (there, now) = self.load(id).await?;
        if let Some(stored) = there {
            if !Record::is_owned_by(Some(&stored.record), &owner) || stored.record.state(now) != State::Uploading {
                return Err(Code::Taken.into());
            }
            self.vanish(id, stored).await?;
        }
        if !self.reservations.reserve(id, expected, self.store.room().await?) {
            return Err(Code::Full.into());
        }
        let creation = Creation {
            id,
            owner,
            open_verifier,
            password_verifier,
            parts: MOST_PARTS,
            size: most,
            part0: 1,
            lifetime: 0,
            body: open_verifier,
        };
        let record = Record::create(&creation, now);
        let bytes = record.encode();
        let until = record.parts_until(now);
        if !self.store.insert(id, bytes.clone(), PLACEHOLDER.to_vec(), until, until).await? {
            return Err(Code::Taken.into());
        }
        let stored = Stored { bytes, record };
        Ok(Streaming { shares: self.clone(), id, stored, most, parts: 1, size: 0 })
    }

    /// Takes an upload away as if it had never been. Its record ends long ago and not now: within the same millisecond a
    /// store may still find what ends now.
    async fn vanish(&self, id: ShareId, stored: Stored) -> Result<(), Problem> {
        let past = Timestamp(0);
        self.store.swap(id, stored.bytes.clone(), stored.bytes, past, PartsFate::Drop, false).await?;
        self.reservations.release(id);
        Ok(())
    }
}

impl Streaming {
    /// Stores the next part.
    ///
    /// # Errors
    /// `too_large` when it would be more than was allowed; `unavailable` when the upload was put aside by another one
    /// of the same form.
    pub async fn part(&mut self, bytes: Vec<u8>) -> Result<(), Problem> {
        let length = bytes.len() as u64;
        if self.size + length > self.most || self.parts >= MOST_PARTS {
            return Err(Code::TooLarge.into());
        }
        self.put(self.parts, bytes).await?;
        self.parts += 1;
        self.size += length;
        self.shares.reservations.arrived(self.id, length);
        Ok(())
    }

    async fn put(&self, n: u32, bytes: Vec<u8>) -> Result<(), Problem> {
        let now = self.shares.now().await?;
        let until = self.stored.record.parts_until(now);
        let old = self.stored.bytes.clone();
        match self.shares.store.put_part(self.id, old, n, bytes, until, self.most).await? {
            PartPut::Done => Ok(()),
            PartPut::TooMuch => Err(Code::TooLarge.into()),
            PartPut::Changed | PartPut::Missing => Err(Code::Unavailable.into()),
        }
    }

    /// Stores the manifest and lets the share wait for its reader. Answers when its lifetime ends.
    pub async fn finish(self, part0: Vec<u8>, lifetime: u64) -> Result<Timestamp, Problem> {
        let length = u32::try_from(part0.len()).map_err(|_| Code::TooLarge)?;
        self.put(0, part0).await?;
        let now = self.shares.now().await?;
        let sent = Sent { parts: self.parts, size: self.size, part0: length, lifetime };
        let change = self.stored.record.settle(now, sent, self.shares.grace).ok_or(Code::Taken)?;
        match self.shares.swap(self.stored, *change).await? {
            Swapped::Done(_) => {
                self.shares.reservations.release(self.id);
                self.shares.count(Metrics::created, now.plus(lifetime));
                Ok(now.plus(lifetime))
            }
            _ => Err(Code::Unavailable.into()),
        }
    }

    /// Gives the space of what has come back at once.
    pub async fn abandon(self) {
        // Where this fails, the upload ends by itself within the hour.
        let _ = self.shares.vanish(self.id, self.stored).await;
    }
}
