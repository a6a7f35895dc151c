//! Record of a share and its state transitions: the only module that implements the rules of `docs/http-api.md`.
//!
//! Every transition is a pure function of the record, the store's time and the input. It returns either a refusal or
//! a [`Change`], which the caller applies to the store by compare-and-swap. When the swap fails, the caller reloads the
//! record and retries.

mod codec;
mod grace;
mod loss;
mod opening;
mod stand_in;
mod types;

pub use types::{
    Change, Completion, Creation, Ending, Gone, Moved, OpenRequest, Opening, PartsFate, Peek, State, Status, Tries,
    Unreadable, UploadTotals,
};

pub use codec::REQUESTS;
pub use grace::Grace;
pub use stand_in::{copy_stand_in, decode_stand_in};

use super::guesser::Guesser;
use crate::share::Timestamp;
use onetimeshare_envelope::{Digest, ShareId};
use serde::{Deserialize, Serialize};

/// Seconds by which a tombstone outlives the latest possible end of its share: 7 days.
pub const TOMBSTONE: u64 = 7 * 86_400;

/// Seconds after its last part when an upload expires.
pub const UPLOAD_IDLE: u64 = 3_600;

/// Seconds after its last part when an upload may be evicted from a full store.
pub const UPLOAD_ABANDONED: u64 = 600;

/// Seconds after its start when an upload expires, regardless of activity.
pub const UPLOAD_LONGEST: u64 = 86_400;

/// Slowest supported download in bytes per second; the time it takes is added to the grace.
const SLOWEST_READER: u64 = 64 * 1024;

/// Stored metadata of a share, without its parts. The order of the fields is that of the encoding (`codec.rs`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    id: ShareId,
    owner: Digest,
    open: Digest,
    password: Option<Digest>,
    body: Digest,
    parts: u32,
    size: u64,
    part0: u32,
    lifetime: u64,
    created: Timestamp,
    phase: Phase,
    /// Wrong passwords so far.
    wrong: u32,
    /// When the share accepts another password from any client, after too many wrong ones of all clients.
    retry: Option<Timestamp>,
    /// Clients that sent wrong passwords since the share waits or was opened; at most [`opening::MAX_GUESSERS`].
    guesses: Vec<Guess>,
    /// Time at which the site first found a part lost.
    lost: Option<Timestamp>,
}

/// Wrong passwords of one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Guess {
    by: Guesser,
    wrong: u32,
    /// When the client may send the next password.
    retry: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    Uploading,
    Waiting {
        until: Timestamp,
    },
    Opened {
        until: Timestamp,
        at: Timestamp,
        grace: Timestamp,
        claim: Digest,
        confirmed: Option<Timestamp>,
        /// Digest of the handover that the claim registered, until another browser used it.
        handover: Option<Digest>,
        moved: Option<Moved>,
    },
    Deleted {
        until: Timestamp,
        at: Timestamp,
        by: DeletedBy,
    },
}

/// Who deleted a share that was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum DeletedBy {
    Sender,
    Site,
}

impl DeletedBy {
    fn state(self) -> State {
        match self {
            Self::Sender => State::Deleted,
            Self::Site => State::Removed,
        }
    }
}

impl Record {
    /// Creates the record of a new share: waiting if part 0 is its only part, otherwise uploading.
    pub fn create(creation: &Creation, now: Timestamp) -> Self {
        Self {
            id: creation.id,
            owner: creation.owner,
            open: creation.open_verifier,
            password: creation.password_verifier,
            body: creation.body,
            parts: creation.parts,
            size: creation.size,
            part0: creation.part0,
            lifetime: creation.lifetime,
            created: now,
            phase: if creation.parts > 1 {
                Phase::Uploading
            } else {
                Phase::Waiting { until: now.plus(creation.lifetime) }
            },
            wrong: 0,
            retry: None,
            guesses: Vec::new(),
            lost: None,
        }
    }

    /// Returns when the share was created.
    pub fn created(&self) -> Timestamp {
        self.created
    }

    /// Returns the id of the share.
    pub fn id(&self) -> ShareId {
        self.id
    }

    /// Returns the number of parts, part 0 included.
    pub fn parts(&self) -> u32 {
        self.parts
    }

    /// Returns the stored bytes of the parts from 1 on.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the stored bytes of part 0.
    pub fn part0(&self) -> u32 {
        self.part0
    }

    /// Returns whether a password is set.
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Returns the record if it holds the given digest. Compares in constant time even when there is nothing to
    /// compare, so that timing reveals nothing.
    fn holding<'a>(
        record: Option<&'a Self>,
        kept: impl FnOnce(&Self) -> Option<Digest>,
        given: &Digest,
    ) -> Option<&'a Self> {
        let kept = record.and_then(kept);
        let same = kept.unwrap_or(Digest::from_bytes([0; 32])) == *given;
        record.filter(|_| same && kept.is_some())
    }

    /// Returns the record if `owner` created it.
    fn owned<'a>(record: Option<&'a Self>, owner: &Digest) -> Option<&'a Self> {
        Self::holding(record, |record| Some(record.owner), owner)
    }

    /// Returns whether the record exists and `owner` created it.
    pub fn is_owned_by(record: Option<&Self>, owner: &Digest) -> bool {
        Self::owned(record, owner).is_some()
    }

    /// Returns whether the share was created from the request with this digest.
    pub fn was_made_from(&self, body: &Digest) -> bool {
        self.body == *body
    }

    /// Returns the state at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        match self.phase {
            Phase::Uploading => State::Uploading,
            Phase::Waiting { until } if now < until => State::Waiting,
            Phase::Waiting { .. } => State::Expired,
            Phase::Opened { .. } => State::Opened,
            Phase::Deleted { by, .. } => by.state(),
        }
    }

    /// Returns the expiry of the parts. During an upload: [`UPLOAD_IDLE`] after the last part, at most
    /// [`UPLOAD_LONGEST`] after creation. Afterwards: the end of the lifetime, of the grace, or the deletion.
    pub fn parts_until(&self, now: Timestamp) -> Timestamp {
        match self.phase {
            Phase::Uploading => now.plus(UPLOAD_IDLE).min(self.created.plus(UPLOAD_LONGEST)),
            Phase::Waiting { until } => until,
            Phase::Opened { grace, .. } => grace,
            Phase::Deleted { at, .. } => at,
        }
    }

    /// Returns whether this is an upload idle for longer than [`UPLOAD_ABANDONED`], which may be evicted. `until` is
    /// the expiry of its parts, which follows from the arrival of the last one.
    pub fn is_abandoned(&self, now: Timestamp, until: Timestamp) -> bool {
        let then = Timestamp(now.0.saturating_sub(UPLOAD_ABANDONED * 1000));
        matches!(self.phase, Phase::Uploading) && until < self.parts_until(then)
    }

    /// Returns the expiry of the record: [`TOMBSTONE`] after the latest possible end of the share, which is fixed at
    /// completion. An upload's record expires with its parts.
    pub fn record_until(&self, now: Timestamp, grace: impl Into<Grace>) -> Timestamp {
        let grace = grace.into();
        let latest = match self.phase {
            Phase::Uploading => return self.parts_until(now),
            Phase::Opened { until, grace: end, .. } => until.plus(self.allowance(grace)).max(end),
            Phase::Waiting { until } | Phase::Deleted { until, .. } => until.plus(self.allowance(grace)),
        };
        latest.plus(TOMBSTONE)
    }

    /// Returns the latest time at which a part of the share can be read, whatever happens to it. `longest_lifetime` is the
    /// longest of the site, because an upload without scripts has its own only at completion; times are in seconds.
    pub fn latest_end(&self, longest_lifetime: u64, grace: impl Into<Grace>) -> Timestamp {
        let opened_by = self.created.plus(UPLOAD_LONGEST).plus(self.lifetime.max(longest_lifetime));
        opened_by.plus(self.allowance(grace.into()))
    }

    /// Returns the seconds that a receiver has after opening: the grace plus a download at [`SLOWEST_READER`].
    fn allowance(&self, grace: Grace) -> u64 {
        grace.of(self.parts).saturating_add((self.size + u64::from(self.part0)).div_ceil(SLOWEST_READER))
    }

    fn change(record: Self, now: Timestamp, grace: Grace, parts: PartsFate) -> Box<Change> {
        let record_until = record.record_until(now, grace);
        Box::new(Change { record, record_until, parts })
    }

    /// Completes an upload: the share can be opened, and its lifetime begins. `received` holds the number and stored
    /// bytes of every part, in order.
    pub fn complete(&self, now: Timestamp, received: &[(u32, u32)], grace: impl Into<Grace>) -> Completion {
        if self.phase != Phase::Uploading {
            return Completion::Already;
        }
        let there: std::collections::BTreeMap<u32, u32> = received.iter().copied().collect();
        let missing: Vec<u32> = (1..self.parts).filter(|n| !there.contains_key(n)).collect();
        if !missing.is_empty() {
            return Completion::Missing(missing);
        }
        let sum: u64 = there.iter().filter(|(n, _)| **n > 0).map(|(_, length)| u64::from(*length)).sum();
        if sum != self.size {
            return Completion::SizeMismatch;
        }
        let until = now.plus(self.lifetime);
        let record = Self { phase: Phase::Waiting { until }, ..self.clone() };
        Completion::Change(Self::change(record, now, grace.into(), PartsFate::Settle(until, sum)))
    }

    /// Completes an upload whose size was unknown when it began, with these totals.
    pub fn settle(&self, now: Timestamp, totals: UploadTotals, grace: impl Into<Grace>) -> Option<Box<Change>> {
        if self.phase != Phase::Uploading {
            return None;
        }
        let UploadTotals { parts, size, part0, lifetime } = totals;
        let until = now.plus(lifetime);
        let record = Self { parts, size, part0, lifetime, phase: Phase::Waiting { until }, ..self.clone() };
        Some(Self::change(record, now, grace.into(), PartsFate::Settle(until, size)))
    }

    /// Returns how and when the share ended, or `None`. An opened share has ended at its opening.
    fn over(&self, now: Timestamp) -> Option<(State, Timestamp)> {
        match self.phase {
            Phase::Waiting { until } if now >= until => Some((State::Expired, until)),
            Phase::Opened { at, .. } => Some((State::Opened, at)),
            Phase::Deleted { at, by, .. } => Some((by.state(), at)),
            Phase::Uploading | Phase::Waiting { .. } => None,
        }
    }

    pub(super) fn grace_until(&self, now: Timestamp) -> Option<Timestamp> {
        match self.phase {
            Phase::Opened { grace, confirmed: None, .. } if now < grace => Some(grace),
            _ => None,
        }
    }

    /// Returns when time alone next changes the status: the end of the lifetime or of the grace. `None` when time
    /// changes nothing any more.
    pub fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        match self.phase {
            Phase::Waiting { until } => Some(until).filter(|until| now < *until),
            Phase::Opened { .. } => self.grace_until(now),
            Phase::Uploading | Phase::Deleted { .. } => None,
        }
    }

    /// Returns the record if `open` proves its link key and it is not an upload.
    fn proven<'a>(record: Option<&'a Self>, open: &Digest) -> Option<&'a Self> {
        Self::holding(record, |record| Some(record.open), open).filter(|record| record.phase != Phase::Uploading)
    }

    /// Returns the record if the claim `by` opened it.
    fn opened<'a>(record: Option<&'a Self>, by: &Digest) -> Option<&'a Self> {
        let kept = |record: &Self| match record.phase {
            Phase::Opened { claim, .. } => Some(claim),
            _ => None,
        };
        Self::holding(record, kept, by)
    }

    /// Returns whether `claim` opened the share and may still fetch its parts.
    pub fn may_read(record: Option<&Self>, now: Timestamp, claim: &Digest) -> bool {
        Self::opened(record, claim).is_some_and(|record| record.grace_until(now).is_some())
    }

    /// Confirms that the receiver has everything: deletes the parts and keeps the tombstone.
    pub fn confirm(record: Option<&Self>, now: Timestamp, claim: &Digest, grace: impl Into<Grace>) -> Ending {
        let Some(record) = Self::opened(record, claim) else {
            return Ending::NotFound;
        };
        let mut after = record.clone();
        match &mut after.phase {
            Phase::Opened { confirmed: confirmed @ None, grace, .. } if now < *grace => *confirmed = Some(now),
            _ => return Ending::Already,
        }
        Ending::Change(Self::change(after, now, grace.into(), PartsFate::Drop))
    }

    /// Deletes the share for its sender, unless it was opened.
    pub fn delete(record: Option<&Self>, now: Timestamp, owner: &Digest, grace: impl Into<Grace>) -> Ending {
        match Self::owned(record, owner) {
            Some(record) => record.deleted(now, DeletedBy::Sender, grace.into()),
            None => Ending::NotFound,
        }
    }

    /// Ends the share on behalf of the site's operator. A share that was opened loses its parts at once, as if its
    /// receiver had confirmed.
    pub fn take_down(record: Option<&Self>, now: Timestamp, grace: impl Into<Grace>) -> Ending {
        let Some(record) = record else {
            return Ending::NotFound;
        };
        match record.phase {
            Phase::Opened { claim, .. } => Self::confirm(Some(record), now, &claim, grace),
            _ => record.deleted(now, DeletedBy::Site, grace.into()),
        }
    }

    fn deleted(&self, now: Timestamp, by: DeletedBy, grace: Grace) -> Ending {
        let until = match self.phase {
            Phase::Opened { at, .. } => return Ending::Opened(Gone { state: State::Opened, at, yours: false }),
            Phase::Deleted { .. } => return Ending::Already,
            Phase::Waiting { until } if now >= until => return Ending::Already,
            Phase::Waiting { until } => until,
            Phase::Uploading => now,
        };
        let deleted = Self { phase: Phase::Deleted { until, at: now, by }, ..self.clone() };
        Ending::Change(Self::change(deleted, now, grace, PartsFate::Drop))
    }

    /// Returns the status for the sender, or `None` when `owner` does not match.
    pub fn status(record: Option<&Self>, now: Timestamp, owner: &Digest, grace: impl Into<Grace>) -> Option<Status> {
        let grace = grace.into();
        let record = Self::owned(record, owner)?;
        let over = record.over(now);
        let (expires_at, opened_at, confirmed_at, claim, moved) = match record.phase {
            Phase::Uploading => (record.created.plus(record.lifetime), None, None, None, None),
            Phase::Waiting { until } | Phase::Deleted { until, .. } => (until, None, None, None, None),
            Phase::Opened { until, at, confirmed, claim, moved, .. } => {
                (until, Some(at), confirmed, Some(claim), moved)
            }
        };
        Some(Status {
            state: record.state(now),
            created_at: record.created,
            expires_at,
            at: over.map(|(_, at)| at),
            opened_at,
            confirmed_at,
            fetch_until: record.grace_until(now).filter(|_| record.parts > 1),
            read_until: record.grace_until(now).filter(|_| grace.window(record.parts).is_some()),
            claim,
            moved,
            lost_at: record.lost,
            wrong_passwords: record.wrong,
            parts: record.parts,
            record_until: record.record_until(now, grace),
        })
    }
}
