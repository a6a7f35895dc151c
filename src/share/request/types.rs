//! Inputs and results of a request's transitions.

use crate::share::Timestamp;
use crate::share::record::PartsFate;
use crate::share::request::{ReceivedAnswer, RequestRecord};
use onetimeshare_envelope::{Digest, ShareId};

/// Wish to make a request, parsed and within the site's limits.
#[derive(Debug, Clone)]
pub struct Making {
    /// The id, derived from the owner token.
    pub id: ShareId,
    /// Digest of the owner token.
    pub owner: Digest,
    /// Digest of the proof derived from the key in the link that is sent.
    pub give_verifier: Digest,
    /// How many answers it takes; 1 to [`MAX_ANSWERS`](super::MAX_ANSWERS).
    pub answers: u8,
    /// Seconds in which it takes answers.
    pub lifetime: u64,
    /// Seconds after that in which answers can be collected.
    pub kept: u64,
    /// Digest of the whole request, to tell a retry from a different one.
    pub body: Digest,
}

/// Current state of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// It takes answers.
    Open,
    /// All answers that it takes came.
    Full,
    /// Its lifetime ended.
    Expired,
    /// The person who asked ended it.
    Deleted,
    /// The site's operator removed it.
    Removed,
}

/// An allowed transition, to be applied by compare-and-swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestChange {
    /// The record after the transition. Its expiry stays.
    pub record: RequestRecord,
    /// Action on the box.
    pub parts: PartsFate,
}

/// Result of [`RequestRecord::look`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// The request is unknown, or the proof is wrong.
    NotFound,
    /// The request takes answers.
    Open {
        /// How many more.
        answers_left: u8,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The request takes no more answers.
    Over {
        /// Why.
        state: RequestState,
        /// Since when.
        at: Timestamp,
    },
}

/// Result of [`RequestRecord::answer`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// The request is unknown, or the proof is wrong.
    NotFound,
    /// This answer came before, under this number.
    Again(u8),
    /// The request has all its answers.
    Full,
    /// The request expired, or was ended.
    Over {
        /// How.
        state: RequestState,
        /// Since when.
        at: Timestamp,
    },
    /// The change to apply before the giver hears of it, and the number of the answer.
    Change(Box<RequestChange>, u8),
}

/// Result of [`RequestRecord::end`] and [`RequestRecord::take_down`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestEnding {
    /// The id is unknown or the owner does not match.
    NotFound,
    /// The request ended before.
    Already,
    /// The change to apply.
    Change(Box<RequestChange>),
}

/// Status of a request, as shown to the person who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestStatus {
    /// Current state.
    pub state: RequestState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its lifetime ends.
    pub expires_at: Timestamp,
    /// When it stopped taking answers.
    pub at: Option<Timestamp>,
    /// The answers that came, in order.
    pub answers: Vec<ReceivedAnswer>,
    /// How many more it takes.
    pub answers_left: u8,
    /// Expiry of the record, until which this status is available.
    pub record_until: Timestamp,
}
