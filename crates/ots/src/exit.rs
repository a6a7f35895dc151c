//! Failures, in words for people and as exit codes for scripts (`docs/ots.md`, "Exit codes").

use crate::http::CallError;
use std::fmt;

/// Kinds of failures. Their numbers are the exit codes, which scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Something on this computer failed: a file, the disk, the terminal.
    Local = 1,
    /// The command was not called as it has to be.
    Usage = 2,
    /// The share has expired, was deleted or removed, or never existed.
    Gone = 3,
    /// Another receiver has opened the share.
    Opened = 4,
    /// The password is wrong or missing.
    Password = 5,
    /// The link is truncated or changed.
    Damaged = 6,
    /// The content is not what the sender encrypted.
    Altered = 7,
    /// The site refuses: too large, full, too many requests.
    Refused = 8,
    /// The site cannot be reached, or does not work.
    Network = 9,
}

impl Kind {
    /// Returns the exit code.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the stable name for `--json`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Usage => "usage",
            Self::Gone => "gone",
            Self::Opened => "opened",
            Self::Password => "wrong_password",
            Self::Damaged => "damaged",
            Self::Altered => "altered",
            Self::Refused => "refused",
            Self::Network => "network",
        }
    }
}

/// Why a command failed. The message is shown, so it holds no secret and no text of the site that is not made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) kind: Kind,
    /// A sentence for people: what failed, and what to do.
    pub(crate) message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $kind:ident;)*) => {
        impl Failure {
            $($(#[$doc])*
            pub(crate) fn $name(message: impl Into<String>) -> Self {
                Self { kind: Kind::$kind, message: message.into() }
            })*
        }
    };
}

kinds! {
    /// Something on this computer failed.
    local: Local;
    /// The command was called wrongly.
    usage: Usage;
    /// The share is not there any more.
    gone: Gone;
    /// Another receiver has opened the share.
    opened: Opened;
    /// The password is wrong or missing.
    password: Password;
    /// The link is damaged.
    damaged: Damaged;
    /// The content is not authentic.
    altered: Altered;
    /// The site refuses.
    refused: Refused;
    /// The site cannot be reached.
    network: Network;
}

impl From<onetimeshare_envelope::Altered> for Failure {
    fn from(_: onetimeshare_envelope::Altered) -> Self {
        Self::altered(
            "The content is not what the sender encrypted: it was changed on the way or on the site. Nothing of it was kept.",
        )
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable(why) => Self::network(format!("The site cannot be reached: {why}.")),
            CallError::Foreign(why) => Self::network(format!("No OneTimeShare site answers there: {why}.")),
            CallError::Refused(problem) => problem.failure(),
        }
    }
}
