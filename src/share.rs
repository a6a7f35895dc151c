//! Domain model of shares and requests: their records and state transitions. Their formats, identifiers and links are in
//! the crate `onetimeshare-envelope`.
//!
//! Pure code: no I/O, no clock, no random numbers, no HTTP.

pub mod guesser;
pub mod record;
pub mod request;
pub mod usage;

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
