//! Room reserved for uploads in progress, so that a full store refuses an upload before its data and not after.
//!
//! Reservations are local to this process: several servers on one store reserve independently, and a store that is full
//! refuses the part.

use crate::share::ShareId;
use crate::share::record::UPLOAD_IDLE;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes that each upload may still send.
#[derive(Default)]
pub(super) struct Reservations(Mutex<HashMap<ShareId, Reserved>>);

struct Reserved {
    bytes: u64,
    used: Instant,
}

impl Reservations {
    fn all(&self) -> MutexGuard<'_, HashMap<ShareId, Reserved>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reserves `bytes` for an upload if they fit in `room` beside all other reservations. Replaces an earlier
    /// reservation of the same upload. Returns whether they fit.
    pub(super) fn reserve(&self, id: ShareId, bytes: u64, room: Option<u64>) -> bool {
        let mut all = self.all();
        let idle = Duration::from_secs(UPLOAD_IDLE);
        all.retain(|_, reserved| reserved.used.elapsed() < idle);
        let others: u64 = all.iter().filter(|(other, _)| **other != id).map(|(_, reserved)| reserved.bytes).sum();
        if room.is_some_and(|room| others.saturating_add(bytes) > room) {
            return false;
        }
        all.insert(id, Reserved { bytes, used: Instant::now() });
        true
    }

    /// Subtracts the bytes of a stored part.
    pub(super) fn arrived(&self, id: ShareId, bytes: u64) {
        if let Some(reserved) = self.all().get_mut(&id) {
            reserved.bytes = reserved.bytes.saturating_sub(bytes);
            reserved.used = Instant::now();
        }
    }

    /// Removes the reservation of an upload that ended.
    pub(super) fn release(&self, id: ShareId) {
        self.all().remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::Reservations;
    use crate::share::ShareId;

    #[test]
    fn two_uploads_never_share_reserved_room() {
        let (one, two) = (ShareId::from_bytes([1; 10]), ShareId::from_bytes([2; 10]));
        let reservations = Reservations::default();
        assert!(reservations.reserve(one, 60, Some(100)));
        assert!(reservations.reserve(one, 60, Some(100)), "the same upload again");
        assert!(!reservations.reserve(two, 60, Some(100)));
        reservations.arrived(one, 30);
        assert!(reservations.reserve(two, 60, Some(100)));
        reservations.release(two);
        assert!(reservations.reserve(two, 70, Some(100)));
        assert!(reservations.reserve(two, u64::MAX, None), "no limit is known");
    }
}
