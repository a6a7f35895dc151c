//! Counts of refused guesses and of limits hit, by kind. They hold no id and no address.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Guard {
            $($(#[$doc])* $variant,)*
        }

        impl Guard {
            /// All kinds, in order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name in metrics and in the log.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    /// A wrong password.
    WrongPassword = "wrong_password";
    /// A password sent before its waiting time was over.
    PasswordWait = "password_wait";
    /// An owner token that owns no share under this id.
    RefusedOwner = "refused_owner";
    /// A client over its rate of creates.
    Creates = "creates";
    /// A client over its rate of other requests.
    Requests = "requests";
    /// A client over its bytes per hour.
    Bytes = "bytes";
    /// A client over its concurrent request bodies without files.
    Bodies = "bodies";
    /// A client over its concurrent request bodies with files.
    Uploads = "uploads";
    /// A client over its concurrent downloads.
    Downloads = "downloads";
    /// No memory for a request body.
    BodyMemory = "body_memory";
    /// No memory for an answer.
    AnswerMemory = "answer_memory";
    /// No place to stretch a password.
    Stretching = "stretching";
    /// No place for a status request that waits.
    StatusWait = "status_wait";
}

/// Counts since the start of the process.
static COUNTS: [AtomicU64; Guard::ALL.len()] = [const { AtomicU64::new(0) }; Guard::ALL.len()];

impl Guard {
    /// Counts one refusal.
    pub(crate) fn count(self) {
        COUNTS[self as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Returns the refusals of this kind since the start of the process.
    pub(crate) fn total(self) -> u64 {
        COUNTS[self as usize].load(Ordering::Relaxed)
    }
}

/// Logs the refusals since its last report.
#[derive(Default)]
pub(crate) struct GuardReport {
    told: [u64; Guard::ALL.len()],
}

impl GuardReport {
    /// Logs one line for each kind with new refusals.
    pub(crate) fn log(&mut self) {
        for (kind, told) in Guard::ALL.iter().zip(&mut self.told) {
            let total = kind.total();
            let count = total - std::mem::replace(told, total);
            if count > 0 {
                tracing::warn!(kind = kind.name(), count, "refused in the last minute");
            }
        }
    }
}
