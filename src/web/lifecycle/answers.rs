//! What the steps of a share's life answer, and how that reads on the interface.

use super::is_big;
use crate::share::Timestamp;
use crate::share::record::{Gone, Record, State, Tries};
use crate::web::errors::{Code, Problem};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A share that stands in the store after a create.
#[derive(Debug)]
pub struct Created {
    /// Whether this call made it; else the same had been made before.
    pub fresh: bool,
    /// What it is now.
    pub state: State,
    /// When its lifetime ends.
    pub expires_at: Timestamp,
}

/// What the one reader gets.
pub struct Opened {
    /// The locked bytes of part 0.
    pub part0: Vec<u8>,
    /// Parts in all.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Whether a password was set.
    pub protected: bool,
    /// Until when everything can be fetched again with the same claim.
    pub grace_until: Timestamp,
}

/// Why a share was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// Unknown, uploading or a wrong proof.
    NotFound,
    /// It is over for this claim.
    Gone(Gone),
    /// It has a password and none came along.
    PasswordNeeded,
    /// Seconds to wait before a password is looked at.
    Wait(u64),
    /// A wrong password, which was counted.
    WrongPassword(Tries),
    /// The store or the call itself failed.
    Failed(Problem),
}

impl From<Problem> for NotOpened {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<NotOpened> for Problem {
    fn from(refusal: NotOpened) -> Self {
        match refusal {
            NotOpened::NotFound => Code::NotFound.into(),
            NotOpened::Gone(gone) => {
                let problem =
                    Problem::new(Code::Gone).with("state", state_name(gone.state)).with("at", rfc3339(gone.at));
                if gone.yours { problem.with("yours", true) } else { problem }
            }
            NotOpened::PasswordNeeded => Code::PasswordNeeded.into(),
            NotOpened::Wait(seconds) => Problem::new(Code::SlowDown).retry_after(seconds),
            NotOpened::WrongPassword(tries) => {
                let problem = Problem::new(Code::WrongPassword).with("tries_left", tries.left);
                if tries.retry_after > 0 { problem.retry_after(tries.retry_after) } else { problem }
            }
            NotOpened::Failed(problem) => problem,
        }
    }
}

/// What is told of a share that is opened, but for its part 0.
pub(super) struct Found {
    parts: u32,
    size: u64,
    protected: bool,
    grace_until: Timestamp,
    /// Until when it would have waited.
    pub(super) until: Timestamp,
    /// Whether part 0 is a long one.
    pub(super) big: bool,
}

impl Found {
    pub(super) fn new(record: &Record, now: Timestamp, grace_until: Timestamp) -> Self {
        Self {
            parts: record.parts(),
            size: record.size(),
            protected: record.has_password(),
            grace_until,
            until: record.parts_until(now),
            big: is_big(record),
        }
    }

    pub(super) fn opened(self, part0: Vec<u8>) -> Opened {
        let Self { parts, size, protected, grace_until, .. } = self;
        Opened { part0, parts, size, protected, grace_until }
    }
}

/// A moment as the interface writes it, in whole seconds.
pub fn rfc3339(at: Timestamp) -> String {
    let seconds = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.format(&Rfc3339).unwrap_or_default()
}

/// A state as the interface writes it.
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Uploading => "uploading",
        State::Waiting => "waiting",
        State::Opened => "opened",
        State::Expired => "expired",
        State::Deleted => "deleted",
    }
}
