//! When the disk is to be searched for abandoned uploads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The disk is searched at most this often.
const EVERY: Duration = Duration::from_secs(60);

/// Whether room is wanted, and when it was last searched for.
#[derive(Default)]
pub(super) struct Wish {
    wanted: AtomicBool,
    searched: Mutex<Option<Instant>>,
}

impl Wish {
    pub(super) fn make(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    /// Whether a search is due.
    pub(super) fn is_due(&self) -> bool {
        let searched = *self.searched.lock().unwrap_or_else(PoisonError::into_inner);
        self.wanted.load(Ordering::Relaxed) && searched.is_none_or(|searched| searched.elapsed() >= EVERY)
    }

    pub(super) fn take(&self) {
        self.wanted.store(false, Ordering::Relaxed);
        *self.searched.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}
