//! Limited resources that all clients share: none of them can take everything.
//!
//! A client may hold a quarter of a pot. It may go beyond its quarter, for a single busy office, while at least half of
//! the pot stays free for the others.

use crate::share::guesser::ClientNetwork;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Why a pot gives no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The client holds its share.
    OverShare,
    /// Nothing is left.
    Empty,
}

/// Decides whether a client that holds `held` of a pot of `size` may take `units` of its `free` units. `limited` is
/// whether the client is limited to its share.
fn decide(size: u64, free: u64, held: u64, units: u64, limited: bool) -> Result<(), Refusal> {
    if units > free {
        return Err(Refusal::Empty);
    }
    if limited && held.saturating_add(units) > size / 4 && free - units < size / 2 {
        return Err(Refusal::OverShare);
    }
    Ok(())
}

/// Identifies a client: the salted hash of its network. The address itself is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientKey(pub(crate) u64);

/// Derives client keys from addresses with a salt per process.
#[derive(Default)]
pub(crate) struct ClientKeys(RandomState);

impl ClientKeys {
    /// Returns the key of the client in this network.
    pub(crate) fn of(&self, network: ClientNetwork) -> ClientKey {
        ClientKey(self.0.hash_one(network))
    }
}

/// A pot of units. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pot(Arc<Inner>);

struct Inner {
    size: u64,
    keys: ClientKeys,
    state: Mutex<State>,
}

struct State {
    free: u64,
    /// Units held per client. No entry is 0.
    held: HashMap<ClientKey, u64>,
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pot {
    /// Returns a full pot of `size` units.
    pub(crate) fn new(size: u64) -> Self {
        let state = Mutex::new(State { free: size, held: HashMap::new() });
        Self(Arc::new(Inner { size, keys: ClientKeys::default(), state }))
    }

    /// Begins to hold units for `client`: none yet. Only the whole pot limits [`ClientNetwork::default`], which stands for
    /// all clients of a site without limits per address.
    pub(crate) fn hold(&self, client: ClientNetwork) -> Held {
        let limited = client != ClientNetwork::default();
        Held { pot: self.clone(), client: self.0.keys.of(client), limited, units: 0 }
    }
}

/// Units held for one client, returned on drop.
pub(crate) struct Held {
    pot: Pot,
    client: ClientKey,
    limited: bool,
    units: u64,
}

impl Held {
    /// Takes units until this holds `units`. Does nothing when it holds more.
    pub(crate) fn grow_to(&mut self, units: u64) -> Result<(), Refusal> {
        self.take(units, true)
    }

    /// As [`Held::grow_to`], but takes what is left instead of refusing. The caller bounds what is used beyond it.
    pub(crate) fn force_to(&mut self, units: u64) {
        // Without the decision nothing is refused.
        let _ = self.take(units, false);
    }

    fn take(&mut self, units: u64, decided: bool) -> Result<(), Refusal> {
        let more = units.saturating_sub(self.units);
        if more == 0 {
            return Ok(());
        }
        let mut state = self.pot.0.state();
        let held = state.held.get(&self.client).copied().unwrap_or(0);
        if decided {
            decide(self.pot.0.size, state.free, held, more, self.limited)?;
        }
        let taken = more.min(state.free);
        state.free -= taken;
        if taken > 0 {
            state.held.insert(self.client, held + taken);
        }
        self.units += taken;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.units == 0 {
            return;
        }
        let mut state = self.pot.0.state();
        state.free += self.units;
        let held = state.held.get(&self.client).map_or(0, |held| held.saturating_sub(self.units));
        if held == 0 {
            state.held.remove(&self.client);
        } else {
            state.held.insert(self.client, held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, Pot, Refusal};
    use crate::share::guesser::ClientNetwork;
    use proptest::prelude::{any, proptest};
    use std::net::Ipv4Addr;

    fn client(n: u8) -> ClientNetwork {
        ClientNetwork::of(Ipv4Addr::new(192, 0, 2, n).into())
    }

    /// Free units, and the number of clients that hold some.
    fn rest(pot: &Pot) -> (u64, usize) {
        let state = pot.0.state();
        (state.free, state.held.len())
    }

    /// Takes as many units as the pot gives, one at a time.
    fn take_all(pot: &Pot, client: ClientNetwork) -> (Vec<Held>, Refusal) {
        let mut all = Vec::new();
        loop {
            let mut one = pot.hold(client);
            match one.grow_to(1) {
                Ok(()) => all.push(one),
                Err(refusal) => return (all, refusal),
            }
        }
    }

    #[test]
    fn a_client_alone_gets_half_and_every_further_one_a_quarter() {
        let pot = Pot::new(100);
        let (first, refusal) = take_all(&pot, client(1));
        assert_eq!((first.len(), refusal), (50, Refusal::OverShare));
        let (second, refusal) = take_all(&pot, client(2));
        assert_eq!((second.len(), refusal), (25, Refusal::OverShare));
        let (third, refusal) = take_all(&pot, client(3));
        assert_eq!((third.len(), refusal), (25, Refusal::Empty));
        drop(second);
        assert!(pot.hold(client(1)).grow_to(1).is_err(), "a client over its quarter gets nothing that others need");
        assert!(pot.hold(client(4)).grow_to(25).is_ok());
        drop((first, third));
        assert_eq!(rest(&pot), (100, 0));
    }

    #[test]
    fn without_limits_per_address_one_client_may_take_the_whole_pot() {
        let pot = Pot::new(100);
        let (all, refusal) = take_all(&pot, ClientNetwork::default());
        assert_eq!((all.len(), refusal), (100, Refusal::Empty));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_returned(takes: Vec<(u8, u8, bool)>, size in any::<u16>()) {
            let pot = Pot::new(size.into());
            let mut held = Vec::new();
            for (who, units, force) in takes {
                let mut one = pot.hold(client(who % 5));
                if force {
                    one.force_to(units.into());
                } else {
                    let _ = one.grow_to(units.into());
                }
                held.push(one);
                let sum: u64 = held.iter().map(|one| one.units).sum();
                assert_eq!(pot.0.state().free + sum, u64::from(size));
            }
            drop(held);
            assert_eq!(rest(&pot), (size.into(), 0));
        }
    }
}
