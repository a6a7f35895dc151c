//! Queue of password-based key derivations, which occupy a core for a good part of a second each. Clients take turns.

use crate::metrics::Guard;
use crate::pot::Pot;
use crate::share::guesser::ClientNetwork;
use crate::web::errors::Code;
use onetimeshare_envelope::secret::wipe_stack;
use rocket::tokio::sync::oneshot::{self, Receiver, Sender};
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Maximum number of derivations running at a time.
const MAX_RUNNING: usize = 2;

/// Maximum number of derivations running or queued.
const MAX_PENDING: u64 = 32;

/// Maximum time that a derivation is queued.
const MAX_WAIT: Duration = Duration::from_secs(15);

/// Runs password-based key derivations on blocking threads, with limits on concurrency and queue length.
pub(crate) struct DerivationQueue {
    pending: Pot,
    turns: Arc<Mutex<Turns>>,
}

impl Default for DerivationQueue {
    fn default() -> Self {
        Self { pending: Pot::new(MAX_PENDING), turns: Arc::default() }
    }
}

impl DerivationQueue {
    /// Runs `derive` on a blocking thread.
    ///
    /// # Errors
    /// `slow_down` when the client has its share of the queue, `unavailable` when the queue is full, the wait times out or
    /// the server shuts down.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        client: ClientNetwork,
        derive: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Code> {
        let turn = async {
            let mut place = self.pending.hold(client);
            place.grow_to(1)?;
            let turn = timeout(MAX_WAIT, Turns::request(&self.turns, client)).await;
            Ok((place, turn.ok().and_then(Result::ok).ok_or(Code::Unavailable)?))
        };
        let held = turn.await.inspect_err(|_: &Code| Guard::Stretching.count())?;
        // The thread holds the place and the turn, so that both stay taken while the derivation runs.
        let derive = move || {
            let _held = held;
            let derived = derive();
            wipe_stack();
            derived
        };
        spawn_blocking(derive).await.map_err(|_| Code::Unavailable)
    }
}

/// Running and queued derivations.
#[derive(Default)]
struct Turns {
    running: usize,
    queued: VecDeque<(ClientNetwork, Sender<Turn>)>,
    /// The clients that had a turn and still have running or queued derivations.
    clients: HashMap<ClientNetwork, Served>,
    /// Number of turns given so far.
    given: u64,
}

/// The turns of one client.
#[derive(Clone, Copy, Default)]
struct Served {
    running: usize,
    /// Number of its last turn; 0 when it had none.
    last: u64,
}

/// Permission to run one derivation, until dropped.
struct Turn {
    turns: Arc<Mutex<Turns>>,
    client: ClientNetwork,
}

fn lock(turns: &Mutex<Turns>) -> MutexGuard<'_, Turns> {
    turns.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turns {
    /// Queues a request for a turn.
    fn request(turns: &Arc<Mutex<Self>>, client: ClientNetwork) -> Receiver<Turn> {
        let (sender, receiver) = oneshot::channel();
        lock(turns).queued.push_back((client, sender));
        Self::give(turns);
        receiver
    }

    /// Gives all free turns.
    fn give(turns: &Arc<Mutex<Self>>) {
        loop {
            let next = lock(turns).next();
            let Some((client, sender)) = next else { return };
            // A turn that no request receives any more comes back when it is dropped, which must not happen under the
            // lock.
            drop(sender.send(Turn { turns: Arc::clone(turns), client }));
        }
    }

    /// Takes the next request from the queue: that of the client with the fewest running derivations, then that of the
    /// client whose last turn is longest ago, then the oldest.
    fn next(&mut self) -> Option<(ClientNetwork, Sender<Turn>)> {
        if self.running >= MAX_RUNNING {
            return None;
        }
        self.queued.retain(|(_, sender)| !sender.is_closed());
        let queued = &self.queued;
        self.clients.retain(|client, served| served.running > 0 || queued.iter().any(|(queued, _)| queued == client));
        let served = |at: &usize| {
            let served = self.clients.get(&self.queued[*at].0).copied().unwrap_or_default();
            (served.running, served.last)
        };
        let at = (0..self.queued.len()).min_by_key(served)?;
        let (client, sender) = self.queued.remove(at)?;
        self.running += 1;
        self.given += 1;
        let served = self.clients.entry(client).or_default();
        served.running += 1;
        served.last = self.given;
        Some((client, sender))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        {
            let mut turns = lock(&self.turns);
            turns.running -= 1;
            if let Some(served) = turns.clients.get_mut(&self.client) {
                served.running -= 1;
            }
        }
        Turns::give(&self.turns);
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientNetwork, Receiver, Turn, Turns, lock};
    use std::net::Ipv4Addr;
    use std::sync::{Arc, Mutex};

    fn client(n: u8) -> ClientNetwork {
        ClientNetwork::of(Ipv4Addr::new(192, 0, 2, n).into())
    }

    /// Ends a running derivation and returns the client whose request is next.
    fn after(turn: Turn, queued: &mut Vec<Receiver<Turn>>) -> (ClientNetwork, Turn) {
        drop(turn);
        let (at, turn) = queued.iter_mut().enumerate().find_map(|(at, one)| Some((at, one.try_recv().ok()?))).unwrap();
        drop(queued.swap_remove(at));
        (turn.client, turn)
    }

    #[test]
    fn clients_take_turns() {
        let turns = Arc::new(Mutex::new(Turns::default()));
        let request = |n| Turns::request(&turns, client(n));
        let mut queued: Vec<_> = [1, 1, 1, 1, 2, 2, 2, 3].map(request).into();
        let (first, second) = (queued[0].try_recv().unwrap(), queued[1].try_recv().unwrap());
        assert_eq!((first.client, second.client), (client(1), client(1)), "a client alone takes both");
        queued.drain(..2);
        let (next, third) = after(first, &mut queued);
        assert_eq!(next, client(2));
        let (next, fourth) = after(second, &mut queued);
        assert_eq!(next, client(3), "before the second request of another client");
        let (next, fifth) = after(third, &mut queued);
        assert_eq!(next, client(1), "whose last turn is longest ago");
        // Requests that were given up are skipped.
        queued.clear();
        drop((fourth, fifth));
        let turn = Turns::request(&turns, client(4)).try_recv().unwrap();
        assert_eq!(lock(&turns).clients.len(), 1);
        drop(turn);
        let turns = lock(&turns);
        assert_eq!((turns.running, turns.queued.len()), (0, 0));
    }
}
