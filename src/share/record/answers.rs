//! What is asked of a record, and what it answers.

use super::Record;
use crate::share::{Digest, ShareId, Timestamp};
use serde::Serialize;

/// What a sender asks for, parsed and within the limits of the site.
#[derive(Debug, Clone)]
pub struct Creation {
    /// The id, which the owner gives.
    pub id: ShareId,
    /// Digest of the owner secret.
    pub owner: Digest,
    /// Digest of the proof that the link key gives.
    pub open_verifier: Digest,
    /// Digest of the proof that the password gives, where there is one.
    pub password_verifier: Option<Digest>,
    /// Parts in all, part 0 included; at least 1.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Stored bytes of part 0.
    pub part0: u32,
    /// Seconds from completion to expiry.
    pub lifetime: u64,
    /// Digest of everything that was sent, to tell a repeat from another share.
    pub body: Digest,
}

/// What an upload of unknown size came to.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Parts in all, part 0 included.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Stored bytes of part 0.
    pub part0: u32,
    /// Seconds from now to expiry.
    pub lifetime: u64,
}

/// What a share is just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Parts are still arriving; nobody can open it.
    Uploading,
    /// It can be opened, once.
    Waiting,
    /// Somebody opened it; that reader may finish until the grace ends.
    Opened,
    /// Its lifetime ran out unopened.
    Expired,
    /// The sender deleted it unopened.
    Deleted,
}

/// What the store shall do with the parts when a record is swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartsFate {
    /// They live until then.
    Keep(Timestamp),
    /// They live until then, if those from 1 on are so many bytes together; else nothing changes, and the swap is lost.
    /// A part that came after they were counted is noticed so.
    Settle(Timestamp, u64),
    /// They live until then, and the answer brings part 0 along, so that opening costs one trip.
    Open(Timestamp),
    /// The same where part 0 is the only one there is.
    OpenAlone(Timestamp),
    /// They go now.
    Drop,
}

/// A transition that is allowed: swap the record for this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record from now on.
    pub record: Record,
    /// Until when the record stays.
    pub record_until: Timestamp,
    /// What becomes of the parts.
    pub parts: PartsFate,
}

/// The end of a share, as a holder of the whole link is told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// Opened, expired or deleted.
    pub state: State,
    /// When.
    pub at: Timestamp,
    /// Whether the asking claim is the one that opened it.
    pub yours: bool,
}

/// The answer to looking at a share with the proof of its link key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peek {
    /// Unknown, uploading or a wrong proof.
    NotFound,
    /// It can be opened.
    Waiting {
        /// Parts in all.
        parts: u32,
        /// Stored bytes of the parts from 1 on.
        size: u64,
        /// When its lifetime ends.
        expires_at: Timestamp,
        /// What there is to say about the password, where there is one.
        password: Option<Tries>,
    },
    /// It is over; `grace_until` while its reader may still finish.
    Over {
        /// How it ended.
        gone: Gone,
        /// Until when the one reader may fetch it again.
        grace_until: Option<Timestamp>,
    },
}

/// How a reader stands with the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Wrong ones left before waiting begins.
    pub left: u32,
    /// Seconds until the next one is looked at; 0 for now.
    pub retry_after: u64,
}

/// What a reader brings to open a share.
#[derive(Debug, Clone)]
pub struct OpenRequest {
    /// Digest of the proof of the link key.
    pub open: Digest,
    /// Digest of the reader's claim.
    pub claim: Digest,
    /// Digest of the proof of the password.
    pub password: Option<Digest>,
}

/// The answer to [`Record::open`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Unknown, uploading or a wrong proof.
    NotFound,
    /// Expired, deleted, confirmed, over its grace, or opened by another claim.
    Gone(Gone),
    /// Opened by this claim before: the same answer again, nothing changes.
    Again {
        /// Until when it can be fetched.
        grace_until: Timestamp,
    },
    /// It has a password and none was brought. Not counted.
    PasswordNeeded,
    /// Too many wrong passwords: not looked at, not counted.
    Wait {
        /// Seconds until the next one is.
        retry_after: u64,
    },
    /// A wrong password: swap, and tell what is left.
    WrongPassword(Box<Change>, Tries),
    /// Open it: swap, and only then let the first byte go.
    Open(Box<Change>, Timestamp),
}

/// The answer to [`Record::confirm`] and [`Record::delete`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Unknown id, or not by this secret.
    NotFound,
    /// Nothing is left to do.
    Already,
    /// A share that was opened cannot be deleted any more.
    Opened(Gone),
    /// Swap.
    Change(Box<Change>),
}

/// The answer to [`Record::complete`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completion {
    /// It was complete before.
    Already,
    /// Parts that have not arrived, in order.
    Missing(Vec<u32>),
    /// The parts do not add up to the size that was announced.
    SizeMismatch,
    /// Swap.
    Change(Box<Change>),
}

/// What the sender sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it is now.
    pub state: State,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its lifetime ends; for an upload, when it would if it were completed at its creation.
    pub expires_at: Timestamp,
    /// When it was opened, expired or deleted.
    pub at: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When its reader said that everything had arrived.
    pub confirmed_at: Option<Timestamp>,
    /// Until when its reader may fetch it again; only while that is so.
    pub grace_until: Option<Timestamp>,
    /// Digest of the claim that opened it.
    pub claim: Option<Digest>,
    /// Wrong passwords so far.
    pub wrong_passwords: u32,
    /// Parts in all.
    pub parts: u32,
    /// Until when this status can be asked for.
    pub record_until: Timestamp,
}

/// A stored record that this build cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A newer release wrote it.
    #[error("a record was written by a newer release; run that release or newer on this store")]
    Newer,
    /// It is damaged.
    #[error("a stored record is damaged")]
    Broken,
}
