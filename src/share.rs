//! Domain model of shares and requests: identifiers, encryption formats, links, and state transitions.
//!
//! Pure code: no I/O, no clock, no random numbers, no HTTP.

pub mod base32;
pub mod envelope;
pub(crate) mod escapes;
pub mod guesser;
pub mod id;
pub mod link;
pub mod link_kind;
pub mod link_text;
pub mod record;
pub mod report;
pub mod request;
pub(crate) mod secret;
pub mod status_link;
pub mod usage;

pub use envelope::Altered;
pub use id::{Claim, Digest, Handover, Owner, ShareId};
pub use link::{Damaged, Link, LinkKey};
pub use link_kind::LinkKind;
pub use report::reported_id;
pub use status_link::StatusLink;
pub use usage::Usage;

use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment on the store's clock, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Returns this moment plus `seconds`, saturating.
    #[must_use]
    pub fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Returns the seconds from `self` to `later`, rounded up; 0 if `later` is in the past.
    pub fn seconds_until(self, later: Self) -> u64 {
        later.0.saturating_sub(self.0).div_ceil(1000)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}ms", self.0)
    }
}
