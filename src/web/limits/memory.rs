//! What is remembered of addresses: a salted hash of each, in bounded memory.

use governor::clock::DefaultClock;
use governor::nanos::Nanos;
use governor::state::{StateStore, keyed::ShrinkableKeyedStateStore};
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Addresses that one limit remembers. Whoever has more than these is not stopped by limits per address anyway.
pub(super) const MOST_ADDRESSES: usize = 100_000;

/// One payer: an IPv4 address or an IPv6 network of 64 bits, which is what one customer of a provider has. Salted and
/// hashed: no address is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Payer(u64);

/// Makes payers of addresses, with a salt of this process's own.
#[derive(Default)]
pub(super) struct Payers(RandomState);

impl Payers {
    /// Who pays for what this address asks.
    pub(super) fn of(&self, address: IpAddr) -> Payer {
        Payer(match address.to_canonical() {
            IpAddr::V4(address) => self.0.hash_one((4_u8, u64::from(address.to_bits()))),
            IpAddr::V6(address) => self.0.hash_one((6_u8, address.to_bits() >> 64)),
        })
    }
}

/// A limit on how often each payer may do something.
pub(super) type Rate = RateLimiter<Payer, Moments, DefaultClock>;

/// A limit with this quota.
pub(super) fn rate(quota: Quota) -> Rate {
    RateLimiter::new(quota, Moments::default(), DefaultClock::default())
}

/// The moment until which each payer has used its quota up. When there are too many, all start anew.
#[derive(Default)]
pub(super) struct Moments(Mutex<HashMap<Payer, Nanos>>);

impl Moments {
    fn all(&self) -> MutexGuard<'_, HashMap<Payer, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for Moments {
    type Key = Payer;

    fn measure_and_replace<T, F, E>(&self, key: &Payer, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut all = self.all();
        let (answer, moment) = decide(all.get(key).copied())?;
        if all.len() >= MOST_ADDRESSES && !all.contains_key(key) {
            all.clear();
        }
        all.insert(*key, moment);
        Ok(answer)
    }
}

impl ShrinkableKeyedStateStore<Payer> for Moments {
    fn retain_recent(&self, drop_below: Nanos) {
        self.all().retain(|_, moment| *moment > drop_below);
    }

    fn shrink_to_fit(&self) {
        self.all().shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.all().len()
    }

    fn is_empty(&self) -> bool {
        self.all().is_empty()
    }
}

/// A limit on how many of something each payer may have at the same time.
#[derive(Clone)]
pub(super) struct Slots {
    most: u32,
    taken: Arc<Mutex<HashMap<Payer, u32>>>,
}

/// One of a payer's [`Slots`], given back when it is dropped.
pub(super) struct Slot {
    slots: Slots,
    payer: Payer,
}

impl Slots {
    /// `most` for each payer.
    pub(super) fn new(most: u32) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// Takes one, if there is one left.
    pub(super) fn take(&self, payer: Payer) -> Option<Slot> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(payer).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(Slot { slots: self.clone(), payer })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.payer) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.payer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ADDRESSES, Payer, Payers, Slots, rate};
    use governor::Quota;
    use std::num::NonZeroU32;

    #[test]
    fn an_address_pays_for_itself_and_an_ipv6_network_of_64_bits_together() {
        let payers = Payers::default();
        let of = |text: &str| payers.of(text.parse().unwrap());
        assert_eq!(of("203.0.113.9"), of("::ffff:203.0.113.9"));
        assert_ne!(of("203.0.113.9"), of("203.0.113.10"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("::203.0.113.9"), of("203.0.113.9"));
        assert_ne!(
            Payers::default().of("203.0.113.9".parse().unwrap()),
            of("203.0.113.9"),
            "each process has its salt"
        );
    }

    #[test]
    fn the_memory_of_addresses_is_bounded_and_shrinks() {
        let one = NonZeroU32::MIN;
        let hourly = rate(Quota::per_hour(one));
        for n in 0..MOST_ADDRESSES as u64 {
            assert!(hourly.check_key(&Payer(n)).is_ok());
        }
        assert_eq!(hourly.len(), MOST_ADDRESSES);
        assert!(hourly.check_key(&Payer(7)).is_err(), "it is remembered");
        assert_eq!(hourly.len(), MOST_ADDRESSES, "a refused one takes no room");
        assert!(hourly.check_key(&Payer(u64::MAX)).is_ok());
        assert_eq!(hourly.len(), 1, "one too many, and all start anew");

        let often = rate(Quota::per_second(NonZeroU32::MAX));
        assert!(often.check_key(&Payer(1)).is_ok());
        std::thread::sleep(std::time::Duration::from_millis(5));
        often.retain_recent();
        assert!(often.is_empty(), "whoever has all of its quota again is forgotten");
    }

    #[test]
    fn a_slot_comes_back_when_it_is_dropped_and_leaves_nothing() {
        let slots = Slots::new(2);
        let held = (slots.take(Payer(1)).unwrap(), slots.take(Payer(1)).unwrap());
        assert!(slots.take(Payer(1)).is_none());
        let other = slots.take(Payer(2)).unwrap();
        drop(held);
        drop(other);
        assert!(slots.taken.lock().unwrap().is_empty());
        assert!(slots.take(Payer(1)).is_some());
    }
}
