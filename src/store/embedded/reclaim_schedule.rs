//! The schedule of searches for abandoned uploads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Minimum interval between two searches.
const MIN_INTERVAL: Duration = Duration::from_secs(60);

/// Whether a search was requested, and when the last one started.
#[derive(Default)]
pub(super) struct ReclaimSchedule {
    requested: AtomicBool,
    started: Mutex<Option<Instant>>,
}

impl ReclaimSchedule {
    pub(super) fn request(&self) {
        self.requested.store(true, Ordering::Relaxed);
    }

    /// Returns whether a search is due.
    pub(super) fn is_due(&self) -> bool {
        let started = *self.started.lock().unwrap_or_else(PoisonError::into_inner);
        self.requested.load(Ordering::Relaxed) && started.is_none_or(|started| started.elapsed() >= MIN_INTERVAL)
    }

    /// Records the start of a search.
    pub(super) fn start(&self) {
        self.requested.store(false, Ordering::Relaxed);
        *self.started.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}
