//! What a request occupies until its answer has been sent.

use super::memory::SlotGuard;
use rocket::request::Request;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts a request in progress until dropped.
pub(super) struct InProgress(Arc<AtomicUsize>);

impl InProgress {
    pub(super) fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for InProgress {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The client's slot and the count of requests in progress.
pub(super) struct Occupied {
    _in_progress: InProgress,
    _slot: Option<SlotGuard>,
}

impl Occupied {
    pub(super) fn new(in_progress: InProgress, slot: Option<SlotGuard>) -> Arc<Self> {
        Arc::new(Self { _in_progress: in_progress, _slot: slot })
    }

    /// Keeps this until the answer has been sent: Rocket drops a request, with its local cache, after the last byte of
    /// its answer was accepted by the connection.
    pub(super) fn hold_until_sent(self: &Arc<Self>, request: &Request<'_>) {
        request.local_cache(|| Arc::clone(self));
    }
}
