//! Room that was promised to uploads and has not been filled yet, so that 507 comes before data and never after.
//!
//! Known to this process alone: of several servers on one store each promises on its own, and a store that is full
//! after all refuses the part.

use crate::share::ShareId;
use crate::share::record::UPLOAD_IDLE;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What uploads may still send.
#[derive(Default)]
pub struct Reservations(Mutex<HashMap<ShareId, Reserved>>);

struct Reserved {
    bytes: u64,
    used: Instant,
}

impl Reservations {
    fn all(&self) -> MutexGuard<'_, HashMap<ShareId, Reserved>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Promises `bytes` to an upload if, with all that others were promised, they fit in `room`. A promise that
    /// stands already is replaced.
    pub fn reserve(&self, id: ShareId, bytes: u64, room: Option<u64>) -> bool {
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

    /// A part has arrived: its bytes are in the store now.
    pub fn arrived(&self, id: ShareId, bytes: u64) {
        if let Some(reserved) = self.all().get_mut(&id) {
            reserved.bytes = reserved.bytes.saturating_sub(bytes);
            reserved.used = Instant::now();
        }
    }

    /// The upload is over, one way or the other.
    pub fn release(&self, id: ShareId) {
        self.all().remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::Reservations;
    use crate::share::ShareId;

    #[test]
    fn two_uploads_are_not_promised_the_same_room() {
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
