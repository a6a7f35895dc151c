//! When the shares that this process took will end, by the minute: so that those that ended unseen can be counted.

use crate::share::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

const MINUTE: u64 = 60_000;

/// Waiting shares by the minute after which their time is over.
#[derive(Default)]
pub(super) struct Waiting(Mutex<BTreeMap<u64, u64>>);

impl Waiting {
    fn minutes(&self) -> MutexGuard<'_, BTreeMap<u64, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A share waits until then.
    pub(super) fn add(&self, until: Timestamp) {
        *self.minutes().entry(until.0 / MINUTE).or_insert(0) += 1;
    }

    /// A share that would have waited until then waits no more. Of shares that this process did not take nothing is
    /// known, and nothing changes.
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

    /// Forgets those whose time was over at `now`. Answers how many they were, and how many wait.
    pub(super) fn pass(&self, now: Timestamp) -> (u64, u64) {
        let mut minutes = self.minutes();
        let waiting = minutes.split_off(&(now.0 / MINUTE));
        let over = std::mem::replace(&mut *minutes, waiting);
        (over.values().sum(), minutes.values().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::Waiting;
    use crate::share::Timestamp;

    #[test]
    fn shares_that_nobody_opened_are_counted_when_their_time_is_over() {
        let waiting = Waiting::default();
        for until in [60_000, 61_000, 200_000] {
            waiting.add(Timestamp(until));
        }
        waiting.remove(Timestamp(61_500));
        waiting.remove(Timestamp(900_000));
        assert_eq!(waiting.pass(Timestamp(0)), (0, 2));
        assert_eq!(waiting.pass(Timestamp(119_999)), (0, 2));
        assert_eq!(waiting.pass(Timestamp(120_000)), (1, 1));
        assert_eq!(waiting.pass(Timestamp(120_000)), (0, 1));
    }
}
