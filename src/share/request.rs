//! Record of a request and its state transitions: the only module with the rules of `docs/http-api.md`, "Requests".
//!
//! As with shares (`src/share/record.rs`), every transition is a pure function of the record, the store's time and the
//! input. It returns a refusal or a [`RequestChange`], which the caller applies to the store by compare-and-swap. The box
//! is part 0 of the request. It is kept only while the request takes answers.

mod codec;
mod types;

pub use types::{Answering, Look, Making, RequestChange, RequestEnding, RequestState, RequestStatus};

use crate::share::Timestamp;
use crate::share::record::PartsFate;
use onetimeshare_envelope::request::Sealed;
use onetimeshare_envelope::{Digest, ShareId};
use serde::{Deserialize, Serialize};

/// Maximum number of answers that a request can ask for.
pub const MAX_ANSWERS: u8 = 20;

/// Stored metadata of a request. The order of the fields is that of the encoding (`codec.rs`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRecord {
    id: ShareId,
    owner: Digest,
    give: Digest,
    body: Digest,
    /// How many answers the request takes.
    wanted: u8,
    created: Timestamp,
    /// End of the lifetime.
    until: Timestamp,
    /// Expiry of the record.
    kept_until: Timestamp,
    ended: Option<Ended>,
    /// In the order in which they came; at most `wanted`.
    answers: Vec<ReceivedAnswer>,
}

/// An answer as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedAnswer {
    /// When it came.
    pub at: Timestamp,
    /// The sealed link of a share.
    pub sealed: Sealed,
}

/// Early end of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Ended {
    at: Timestamp,
    by: EndedBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum EndedBy {
    Requester,
    Site,
}

impl RequestRecord {
    /// Creates the record of a new request.
    pub fn make(making: &Making, now: Timestamp) -> Self {
        let until = now.plus(making.lifetime);
        Self {
            id: making.id,
            owner: making.owner,
            give: making.give_verifier,
            body: making.body,
            wanted: making.answers,
            created: now,
            until,
            kept_until: until.plus(making.kept),
            ended: None,
            answers: Vec::new(),
        }
    }

    /// Returns the id of the request.
    pub fn id(&self) -> ShareId {
        self.id
    }

    /// Returns whether the request was made by `owner` with the body of this digest.
    pub fn was_made_from(&self, owner: &Digest, body: &Digest) -> bool {
        self.owner == *owner && self.body == *body
    }

    /// Returns the expiry of the record, fixed when it is made: the end of the lifetime plus the time that answers are
    /// kept.
    pub fn kept_until(&self) -> Timestamp {
        self.kept_until
    }

    /// Returns the end of the lifetime, which is also the expiry of the box.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Returns the state at `now`. A request that was answered in full stays full when its lifetime ends.
    pub fn state(&self, now: Timestamp) -> RequestState {
        match self.over(now) {
            None => RequestState::Open,
            Some((state, _)) => state,
        }
    }

    /// Returns how and when the request stopped taking answers, or `None`.
    fn over(&self, now: Timestamp) -> Option<(RequestState, Timestamp)> {
        let last = self.answers.last().filter(|_| self.answers_left() == 0);
        match (self.ended, last) {
            (Some(Ended { at, by: EndedBy::Requester }), _) => Some((RequestState::Deleted, at)),
            (Some(Ended { at, by: EndedBy::Site }), _) => Some((RequestState::Removed, at)),
            (None, Some(last)) => Some((RequestState::Full, last.at)),
            (None, None) if now >= self.until => Some((RequestState::Expired, self.until)),
            (None, None) => None,
        }
    }

    fn came(&self) -> u8 {
        u8::try_from(self.answers.len()).unwrap_or(u8::MAX)
    }

    fn answers_left(&self) -> u8 {
        self.wanted.saturating_sub(self.came())
    }

    /// Returns the record if it holds the given digest. Compares in constant time even when there is nothing to compare,
    /// so that timing reveals nothing.
    fn holding<'a>(record: Option<&'a Self>, kept: impl FnOnce(&Self) -> Digest, given: &Digest) -> Option<&'a Self> {
        let kept = record.map_or(Digest::from_bytes([0; 32]), kept);
        let same = kept == *given;
        record.filter(|_| same)
    }

    fn change(record: Self, parts: PartsFate) -> Box<RequestChange> {
        Box::new(RequestChange { record, parts })
    }

    /// Returns what a holder of the link may know of the request. `give` is the digest of the proof.
    pub fn look(record: Option<&Self>, now: Timestamp, give: &Digest) -> Look {
        let Some(record) = Self::holding(record, |record| record.give, give) else {
            return Look::NotFound;
        };
        match record.over(now) {
            Some((state, at)) => Look::Over { state, at },
            None => Look::Open { answers_left: record.answers_left(), expires_at: record.until },
        }
    }

    /// Hands in an answer. An answer that came before is found again in any state, so that a giver whose response was lost
    /// learns that it came.
    pub fn answer(record: Option<&Self>, now: Timestamp, give: &Digest, sealed: &Sealed) -> Answering {
        let Some(record) = Self::holding(record, |record| record.give, give) else {
            return Answering::NotFound;
        };
        if let Some((_, number)) = record.numbered().find(|(answer, _)| answer.sealed == *sealed) {
            return Answering::Again(number);
        }
        match record.over(now) {
            Some((RequestState::Full, _)) => return Answering::Full,
            Some((state, at)) => return Answering::Over { state, at },
            None => {}
        }
        let number = record.came().saturating_add(1);
        let mut after = record.clone();
        after.answers.push(ReceivedAnswer { at: now, sealed: *sealed });
        let parts = if after.answers_left() == 0 { PartsFate::Drop } else { PartsFate::Keep(record.until) };
        Answering::Change(Self::change(after, parts), number)
    }

    /// Returns the answers with their numbers, from 1.
    fn numbered(&self) -> impl Iterator<Item = (&ReceivedAnswer, u8)> {
        self.answers.iter().zip(1..)
    }

    /// Ends the request for the person who asked. Answers that came stay.
    pub fn end(record: Option<&Self>, now: Timestamp, owner: &Digest) -> RequestEnding {
        let Some(record) = Self::holding(record, |record| record.owner, owner) else {
            return RequestEnding::NotFound;
        };
        if record.over(now).is_some() {
            return RequestEnding::Already;
        }
        let ended = Some(Ended { at: now, by: EndedBy::Requester });
        RequestEnding::Change(Self::change(Self { ended, ..record.clone() }, PartsFate::Drop))
    }

    /// Ends the request on behalf of the site's operator, and drops the answers that came.
    pub fn take_down(record: Option<&Self>, now: Timestamp) -> RequestEnding {
        let Some(record) = record else {
            return RequestEnding::NotFound;
        };
        if matches!(record.ended, Some(Ended { by: EndedBy::Site, .. })) {
            return RequestEnding::Already;
        }
        let ended = Some(Ended { at: now, by: EndedBy::Site });
        let after = Self { ended, answers: Vec::new(), ..record.clone() };
        RequestEnding::Change(Self::change(after, PartsFate::Drop))
    }

    /// Returns the status for the person who asked, or `None` when `owner` does not match.
    pub fn status(record: Option<&Self>, now: Timestamp, owner: &Digest) -> Option<RequestStatus> {
        let record = Self::holding(record, |record| record.owner, owner)?;
        let over = record.over(now);
        Some(RequestStatus {
            state: record.state(now),
            created_at: record.created,
            expires_at: record.until,
            at: over.map(|(_, at)| at),
            answers: record.answers.clone(),
            answers_left: if over.is_some() { 0 } else { record.answers_left() },
            record_until: record.kept_until,
        })
    }

    /// Returns when time alone next changes the status: the end of the lifetime of an open request.
    pub fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.over(now).is_none().then_some(self.until)
    }
}
