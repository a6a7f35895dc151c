//! Records as this server last wrote them. Most shares are opened and confirmed through the server that made the change
//! before, which then need not ask: the step is tried on what is remembered, and the swap in the store, which takes place on
//! that very record or not at all, says whether it was so. Nobody is refused by what is remembered.

use crate::share::ShareId;
use std::collections::HashMap;
use std::mem::take;
use std::sync::{Mutex, PoisonError};

/// How many records are remembered, at the least and at the most the double: half a MiB, and one.
const ENOUGH: usize = 2_048;

#[derive(Default)]
struct Generations {
    young: HashMap<ShareId, Vec<u8>>,
    old: HashMap<ShareId, Vec<u8>>,
}

/// See the [module](self).
#[derive(Default)]
pub(super) struct Recent(Mutex<Generations>);

impl Recent {
    /// Remembers what was stored for `id`.
    pub(super) fn remember(&self, id: ShareId, record: Vec<u8>) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if generations.young.len() >= ENOUGH {
            generations.old = take(&mut generations.young);
        }
        generations.young.insert(id, record);
    }

    /// What was stored for `id`, and forgets it: whatever is tried with it, it is this no more.
    pub(super) fn recall(&self, id: ShareId) -> Option<Vec<u8>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let old = generations.old.remove(&id);
        generations.young.remove(&id).or(old)
    }
}

#[cfg(test)]
mod tests {
    use super::{ENOUGH, Recent};
    use crate::share::ShareId;

    fn id(n: usize) -> ShareId {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
        ShareId::from_bytes(bytes)
    }

    #[test]
    fn the_last_record_is_recalled_once_and_the_oldest_are_forgotten() {
        let recent = Recent::default();
        recent.remember(id(0), vec![0]);
        recent.remember(id(0), vec![1]);
        assert_eq!(recent.recall(id(0)), Some(vec![1]));
        assert_eq!(recent.recall(id(0)), None);
        for n in 0..ENOUGH * 10 {
            recent.remember(id(n), vec![7]);
        }
        let known = (0..ENOUGH * 10).filter(|n| recent.recall(id(*n)).is_some()).count();
        assert!((ENOUGH..=ENOUGH * 2).contains(&known), "{known}");
        assert_eq!(recent.recall(id(ENOUGH * 10 - 1)), None, "recalled above");
    }

    #[test]
    fn a_record_of_two_generations_is_the_younger_one() {
        let recent = Recent::default();
        recent.remember(id(0), vec![0]);
        for n in 1..=ENOUGH {
            recent.remember(id(n), vec![7]);
        }
        recent.remember(id(0), vec![1]);
        assert_eq!(recent.recall(id(0)), Some(vec![1]));
        assert_eq!(recent.recall(id(0)), None);
    }
}
