//! Inputs and results of the record's transitions.

use super::Record;
use crate::share::Timestamp;
use crate::share::guesser::Guesser;
use onetimeshare_envelope::{Digest, ShareId};
use serde::{Deserialize, Serialize};

/// Request to create a share, parsed and within the site's limits.
#[derive(Debug, Clone)]
pub struct Creation {
    /// The id, derived from the owner token.
    pub id: ShareId,
    /// Digest of the owner token.
    pub owner: Digest,
    /// Digest of the proof derived from the link key.
    pub open_verifier: Digest,
    /// Digest of the proof derived from the password, if one is set.
    pub password_verifier: Option<Digest>,
    /// Parts in all, part 0 included; at least 1.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Stored bytes of part 0.
    pub part0: u32,
    /// Seconds from completion to expiry.
    pub lifetime: u64,
    /// Digest of the whole request, to tell a retry from a different share.
    pub body: Digest,
}

/// Final numbers of an upload whose size was unknown when it began.
#[derive(Debug, Clone, Copy)]
pub struct UploadTotals {
    /// Parts in all, part 0 included.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Stored bytes of part 0.
    pub part0: u32,
    /// Seconds from now to expiry.
    pub lifetime: u64,
}

/// Current state of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Parts are still arriving; the share cannot be opened.
    Uploading,
    /// The share can be opened, once.
    Waiting,
    /// The share was opened; its receiver may finish until the grace ends.
    Opened,
    /// The lifetime ended before the share was opened.
    Expired,
    /// The sender deleted the share before it was opened.
    Deleted,
    /// The site's operator removed the share before it was opened.
    Removed,
}

/// Action on the parts that the store takes together with the record's swap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartsFate {
    /// Sets the parts' expiry.
    Keep(Timestamp),
    /// Sets the parts' expiry if the parts from 1 on add up to this many bytes; otherwise the swap fails and nothing
    /// changes. This detects a part that arrived after the count.
    Settle(Timestamp, u64),
    /// Sets the parts' expiry and returns part 0 in the same response, so that opening costs one round trip.
    Open(Timestamp),
    /// Like [`PartsFate::Open`], for a share whose only part is part 0.
    OpenAlone(Timestamp),
    /// Deletes the parts.
    Drop,
}

/// An allowed transition, to be applied by compare-and-swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record after the transition.
    pub record: Record,
    /// Expiry of the record.
    pub record_until: Timestamp,
    /// Action on the parts.
    pub parts: PartsFate,
}

/// End of a share, as reported to a holder of the whole link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// Opened, expired, deleted or removed.
    pub state: State,
    /// When it ended.
    pub at: Timestamp,
    /// Whether the requesting claim is the one that opened the share.
    pub yours: bool,
}

/// Result of [`Record::peek`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peek {
    /// The share is unknown or uploading, or the proof is wrong.
    NotFound,
    /// The share can be opened.
    Waiting {
        /// Parts in all.
        parts: u32,
        /// Stored bytes of the parts from 1 on.
        size: u64,
        /// When its lifetime ends.
        expires_at: Timestamp,
        /// Password attempts, if a password is set.
        password: Option<Tries>,
    },
    /// The share has ended.
    Over {
        /// How it ended.
        gone: Gone,
        /// End of the grace, while the receiver may still fetch the share again.
        grace_until: Option<Timestamp>,
    },
}

/// Moves of an opened share to another browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// How often it moved.
    pub times: u32,
    /// When it last moved.
    pub at: Timestamp,
}

/// Password attempts of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Wrong passwords left before a wait is imposed.
    pub left: u32,
    /// Seconds until its next attempt is accepted; 0 if it is accepted now.
    pub retry_after: u64,
}

/// Receiver's request to open a share.
#[derive(Debug, Clone)]
pub struct OpenRequest {
    /// Digest of the proof of the link key.
    pub open: Digest,
    /// Digest of the receiver's claim.
    pub claim: Digest,
    /// Digest of the proof of the password, if one was sent.
    pub password: Option<Digest>,
    /// Digest of the handover in the link, if it holds one.
    pub handover: Option<Digest>,
    /// The client, as the record names it.
    pub client: Guesser,
}

/// Result of [`Record::open`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The share is unknown or uploading, or the proof is wrong.
    NotFound,
    /// The share expired, was deleted or confirmed, is past its grace, or was opened by another claim.
    Gone(Gone),
    /// This claim opened the share before: repeats the response without a change.
    Again {
        /// End of the grace, until which the share can be fetched.
        grace_until: Timestamp,
    },
    /// The share has a password and the request has none. Does not count as an attempt.
    PasswordNeeded,
    /// Too many wrong passwords: the attempt is neither checked nor counted.
    Wait {
        /// Seconds until the next attempt is accepted.
        retry_after: u64,
    },
    /// The password is wrong: apply the change, which counts the attempt.
    WrongPassword(Box<Change>, Tries),
    /// The claim that opened the share sent a wrong password. Does not count as an attempt.
    WrongAgain(Tries),
    /// The share opens: apply the change before sending the first byte.
    Open(Box<Change>, Timestamp),
    /// The opened share moves to this claim by handover: apply the change before sending the first byte.
    Move(Box<Change>, Timestamp),
}

/// Result of the transitions that only the holder of a secret, or the operator, may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The id is unknown or the secret does not match.
    NotFound,
    /// The change was made before; nothing is left to do.
    Already,
    /// The share was opened and can no longer be deleted.
    Opened(Gone),
    /// The change to apply.
    Change(Box<Change>),
}

/// Result of [`Record::complete`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completion {
    /// The upload was already complete.
    Already,
    /// Numbers of the missing parts, in order.
    Missing(Vec<u32>),
    /// The parts do not add up to the announced size.
    SizeMismatch,
    /// The change to apply.
    Change(Box<Change>),
}

/// Status of a share, as shown to its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Current state.
    pub state: State,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the lifetime ends; for an upload, as if it had completed at creation.
    pub expires_at: Timestamp,
    /// When it was opened, expired or deleted.
    pub at: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When the receiver confirmed that everything had arrived.
    pub confirmed_at: Option<Timestamp>,
    /// End of the grace, while the receiver may still fetch the files.
    pub fetch_until: Option<Timestamp>,
    /// End of the reading window, while the receiver may still read the message again.
    pub read_until: Option<Timestamp>,
    /// Digest of the claim that opened it, or to which it moved.
    pub claim: Option<Digest>,
    /// Moves to another browser since it was opened.
    pub moved: Option<Moved>,
    /// Time at which the site first found a part lost.
    pub lost_at: Option<Timestamp>,
    /// Wrong passwords so far.
    pub wrong_passwords: u32,
    /// Parts in all.
    pub parts: u32,
    /// Expiry of the record, until which this status is available.
    pub record_until: Timestamp,
}

/// Error for a stored record that this build cannot decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The record is that of a request in place of a share, or the other way round.
    #[error("a record of another kind is stored under this id")]
    OtherKind,
    /// A newer release wrote the record.
    #[error("a record was written by a newer release; run that release or newer on this store")]
    Newer,
    /// The record is damaged.
    #[error("a stored record is damaged")]
    Broken,
}
