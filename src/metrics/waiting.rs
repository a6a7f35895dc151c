//! Expiry times of the shares that this process created, by the minute, to count those that expire unopened.

use crate::share::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

const MINUTE: u64 = 60_000;

/// Number of waiting shares, keyed by the minute in which their lifetime ends.
#[derive(Default)]
pub(super) struct Waiting(Mutex<BTreeMap<u64, u64>>);

impl Waiting {
    fn minutes(&self) -> MutexGuard<'_, BTreeMap<u64, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a share whose lifetime ends at `until`.
    pub(super) fn add(&self, until: Timestamp) {
        *self.minutes().entry(until.0 / MINUTE).or_insert(0) += 1;
    }

    /// Removes a share whose lifetime would have ended at `until`. Does nothing when no share of that minute is known,
    /// as for one that another process created.
    pub(super) fn remove(&self, until: Timestamp) {
        let mut minutes = self.minutes();
        let minute = until.0 / MINUTE;
        if let Some(count) = minutes.get_mut(&minute) {
            *count -= 1;
            if *count == 0 {
                minutes.remove(&minute);
            }
        }
    }

    /// Removes the shares that have expired at `now`. Returns their number and the number still waiting.
    pub(super) fn expire(&self, now: Timestamp) -> (u64, u64) {
        let mut minutes = self.minutes();
        let waiting = minutes.split_off(&(now.0 / MINUTE));
        let expired = std::mem::replace(&mut *minutes, waiting);
        (expired.values().sum(), minutes.values().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::Waiting;
    use crate::share::Timestamp;

    #[test]
    fn unopened_shares_are_counted_once_they_expire() {
        let waiting = Waiting::default();
        for until in [60_000, 61_000, 200_000] {
            waiting.add(Timestamp(until));
        }
        waiting.remove(Timestamp(61_500));
        waiting.remove(Timestamp(900_000));
        assert_eq!(waiting.expire(Timestamp(0)), (0, 2));
        assert_eq!(waiting.expire(Timestamp(119_999)), (0, 2));
        assert_eq!(waiting.expire(Timestamp(120_000)), (1, 1));
        assert_eq!(waiting.expire(Timestamp(120_000)), (0, 1));
    }
}
