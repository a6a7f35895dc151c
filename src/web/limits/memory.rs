//! State of the limits per client, in bounded memory and without addresses.

use crate::pot::ClientKey;
use governor::clock::DefaultClock;
use governor::nanos::Nanos;
use governor::state::{StateStore, keyed::ShrinkableKeyedStateStore};
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Maximum number of clients in one limiter. An attacker with more addresses is beyond limits per address.
pub(super) const MAX_CLIENTS: usize = 100_000;

/// A rate limiter keyed by client.
pub(super) type Rate = RateLimiter<ClientKey, ClientStates, DefaultClock>;

/// Builds a rate limiter with this quota.
pub(super) fn rate(quota: Quota) -> Rate {
    RateLimiter::new(quota, ClientStates::default(), DefaultClock::default())
}

/// State of a rate limiter per client. Clears itself when it holds [`MAX_CLIENTS`] clients and another one arrives.
#[derive(Default)]
pub(super) struct ClientStates(Mutex<HashMap<ClientKey, Nanos>>);

impl ClientStates {
    fn all(&self) -> MutexGuard<'_, HashMap<ClientKey, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for ClientStates {
    type Key = ClientKey;

    fn measure_and_replace<T, F, E>(&self, key: &ClientKey, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut all = self.all();
        let (answer, moment) = decide(all.get(key).copied())?;
        if all.len() >= MAX_CLIENTS && !all.contains_key(key) {
            all.clear();
        }
        all.insert(*key, moment);
        Ok(answer)
    }
}

impl ShrinkableKeyedStateStore<ClientKey> for ClientStates {
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

/// A concurrency limit per client.
#[derive(Clone)]
pub(super) struct Slots {
    max: u32,
    taken: Arc<Mutex<HashMap<ClientKey, u32>>>,
}

/// One of a client's [`Slots`], released on drop.
pub(super) struct SlotGuard {
    slots: Slots,
    client: ClientKey,
}

impl Slots {
    /// Allows `max` at a time for each client.
    pub(super) fn new(max: u32) -> Self {
        Self { max, taken: Arc::default() }
    }

    /// Takes a slot, or returns `None` when the client holds all of its slots.
    pub(super) fn take(&self, client: ClientKey) -> Option<SlotGuard> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(client).or_insert(0);
        if *count >= self.max {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(SlotGuard { slots: self.clone(), client })
    }
}

impl Drop for SlotGuard {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientKey, MAX_CLIENTS, Slots, rate};
    use crate::pot::ClientKeys;
    use crate::share::guesser::ClientNetwork;
    use governor::Quota;
    use std::num::NonZeroU32;

    #[test]
    fn an_ipv6_network_of_64_bits_is_one_client() {
        let keys = ClientKeys::default();
        let network = |text: &str| ClientNetwork::of(text.parse().unwrap());
        let of = |text: &str| keys.of(network(text));
        assert_eq!(of("203.0.113.9"), of("::ffff:203.0.113.9"));
        assert_ne!(of("203.0.113.9"), of("203.0.113.10"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("::203.0.113.9"), of("203.0.113.9"));
        assert_ne!(ClientKeys::default().of(network("203.0.113.9")), of("203.0.113.9"), "each process has its salt");
    }

    #[test]
    fn a_limiter_holds_a_bounded_number_of_clients() {
        let one = NonZeroU32::MIN;
        let hourly = rate(Quota::per_hour(one));
        for n in 0..MAX_CLIENTS as u64 {
            assert!(hourly.check_key(&ClientKey(n)).is_ok());
        }
        assert_eq!(hourly.len(), MAX_CLIENTS);
        assert!(hourly.check_key(&ClientKey(7)).is_err(), "the limit applies at capacity");
        assert_eq!(hourly.len(), MAX_CLIENTS, "a refused client takes no entry");
        assert!(hourly.check_key(&ClientKey(u64::MAX)).is_ok());
        assert_eq!(hourly.len(), 1, "a client over capacity clears the state");

        let often = rate(Quota::per_second(NonZeroU32::MAX));
        assert!(often.check_key(&ClientKey(1)).is_ok());
        std::thread::sleep(std::time::Duration::from_millis(5));
        often.retain_recent();
        assert!(often.is_empty(), "a client with its full quota is removed");
    }

    #[test]
    fn a_dropped_slot_is_released_and_leaves_no_entry() {
        let slots = Slots::new(2);
        let held = (slots.take(ClientKey(1)).unwrap(), slots.take(ClientKey(1)).unwrap());
        assert!(slots.take(ClientKey(1)).is_none());
        let other = slots.take(ClientKey(2)).unwrap();
        drop(held);
        drop(other);
        assert!(slots.taken.lock().unwrap().is_empty());
        assert!(slots.take(ClientKey(1)).is_some());
    }
}
