//! Long polling of statuses. One task polls the store for all watched shares together, about once a second and only
//! while requests wait. Changes that this server makes wake them at once.

use crate::metrics::Guard;
use crate::pot::{Held, Pot};
use crate::share::guesser::ClientNetwork;
use crate::share::{ShareId, Timestamp};
use crate::store::{Loaded, Store};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

/// Poll interval. Slightly below a second, so that a page shows a change within one.
const EVERY: Duration = Duration::from_millis(900);

/// How long a reading replaces a query: until the next poll is due.
const FRESH: Duration = Duration::from_millis(1_800);

/// Failed polls in a row after which waiting requests are answered with an error.
const AWAY: u32 = 2;

/// How long a share stays watched after its last request was answered, since the page usually asks again at once.
const LINGER: Duration = Duration::from_secs(2);

/// Limit of waiting requests. Each takes 27 KiB with its connection (docs/reliability.md).
const MOST: u64 = 4_000;

/// Limit of waiting requests for one share.
const MOST_OF_ONE: usize = 16;

/// All watched shares. Cheap to clone.
#[derive(Clone)]
pub(super) struct Watch(Arc<Inner>);

struct Inner {
    store: Store,
    hasher: RandomState,
    board: Mutex<Board>,
    /// Places for waiting requests, over all shares.
    places: Pot,
}

#[derive(Default)]
struct Board {
    shares: HashMap<ShareId, Watched>,
    /// Whether the polling task runs.
    polling: bool,
    /// Number of failed polls in a row.
    failing: u32,
    /// Number of the next waiter.
    next: u64,
}

/// A watched share and the requests that wait for it.
struct Watched {
    waiters: Vec<(u64, Entry)>,
    /// Result of the last poll, and when it began.
    read: Option<(Loaded, Instant)>,
    /// When this server last changed the share while watched.
    changed: Option<Instant>,
    /// When the last waiting request was answered.
    left: Instant,
}

struct Entry {
    /// The version that the request has seen: a hash of the record's bytes, and when its status changes by itself.
    /// None while the request is loading it.
    known: Option<(u64, Option<Timestamp>)>,
    wake: Arc<Notify>,
}

impl Watched {
    fn new() -> Self {
        Self { waiters: Vec::new(), read: None, changed: None, left: Instant::now() }
    }
}

impl Entry {
    fn is_stale(&self, hash: u64, now: Timestamp) -> bool {
        self.known.is_some_and(|(known, changes)| known != hash || changes.is_some_and(|at| at <= now))
    }
}

impl Inner {
    /// Ignores poisoning: every change to the board is complete in itself.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hash(&self, record: Option<&Vec<u8>>) -> u64 {
        self.hasher.hash_one(record)
    }

    /// Polls until no request waits.
    async fn poll(self: Arc<Self>) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is immediate, and the first request has just loaded its share.
        ticks.tick().await;
        loop {
            ticks.tick().await;
            let asked = Instant::now();
            let ids: Vec<ShareId> = {
                let mut board = self.board();
                board.shares.retain(|_, share| !share.waiters.is_empty() || asked - share.left < LINGER);
                if board.shares.is_empty() {
                    board.shares.shrink_to_fit();
                    board.polling = false;
                    return;
                }
                board.shares.keys().copied().collect()
            };
            let answer = self.store.load_all(ids.clone()).await;
            let mut board = self.board();
            board.failing = if answer.is_err() { board.failing.saturating_add(1) } else { 0 };
            if board.failing >= AWAY {
                board.shares.values().flat_map(|share| &share.waiters).for_each(|(_, waiter)| waiter.wake.notify_one());
            }
            for (id, loaded) in ids.into_iter().zip(answer.unwrap_or_default()) {
                let Some(share) = board.shares.get_mut(&id) else { continue };
                // A poll that began before this server's change may have read the earlier record.
                if share.changed.is_some_and(|changed| asked <= changed) {
                    continue;
                }
                let hash = self.hash(loaded.record.as_ref());
                for (_, waiter) in share.waiters.iter().filter(|(_, waiter)| waiter.is_stale(hash, loaded.now)) {
                    waiter.wake.notify_one();
                }
                share.read = Some((loaded, asked));
            }
        }
    }
}

impl Watch {
    /// Returns a watch over `store`, which polls nothing until a request waits.
    pub(super) fn new(store: Store) -> Self {
        let places = Pot::new(MOST);
        Self(Arc::new(Inner { store, hasher: RandomState::new(), board: Mutex::default(), places }))
    }

    /// Wakes the requests that wait for a share, after this server changed it.
    pub(super) fn changed(&self, id: ShareId) {
        let mut board = self.0.board();
        let Some(share) = board.shares.get_mut(&id) else { return };
        share.changed = Some(Instant::now());
        share.read = None;
        for (_, waiter) in &share.waiters {
            waiter.wake.notify_one();
        }
    }

    /// Returns the last poll of a watched share while it is recent. Another server may have changed the share since.
    pub(super) fn recent(&self, id: ShareId) -> Option<Loaded> {
        let board = self.0.board();
        let (loaded, asked) = board.shares.get(&id)?.read.as_ref()?;
        (asked.elapsed() < FRESH).then(|| loaded.clone())
    }

    /// Returns whether the last poll succeeded.
    pub(super) fn is_sound(&self) -> bool {
        self.0.board().failing == 0
    }

    /// Returns whether several polls in a row failed.
    pub(super) fn is_away(&self) -> bool {
        self.0.board().failing >= AWAY
    }

    /// Registers a waiting request of `client`, before it loads the share, so that it misses no change. None at the
    /// limits.
    pub(super) fn register(&self, id: ShareId, client: ClientNetwork) -> Option<Waiter> {
        let mut place = self.0.places.hold(client);
        let mut board = self.0.board();
        let crowded = board.shares.get(&id).is_some_and(|share| share.waiters.len() >= MOST_OF_ONE);
        if crowded || place.grow_to(1).is_err() {
            Guard::StatusWait.count();
            return None;
        }
        board.next += 1;
        let number = board.next;
        let wake = Arc::new(Notify::new());
        let waiter = Entry { known: None, wake: Arc::clone(&wake) };
        board.shares.entry(id).or_insert_with(Watched::new).waiters.push((number, waiter));
        if !board.polling {
            board.polling = true;
            board.failing = 0;
            tokio::spawn(Arc::clone(&self.0).poll());
        }
        Some(Waiter { watch: Arc::clone(&self.0), id, number, wake, _place: place })
    }
}

/// One waiting request, registered until it is dropped.
pub(super) struct Waiter {
    watch: Arc<Inner>,
    id: ShareId,
    number: u64,
    wake: Arc<Notify>,
    _place: Held,
}

impl Waiter {
    /// Sets the version that the request has seen: the record's bytes, and when its status changes by itself.
    pub(super) fn set_known(&self, record: Option<&Vec<u8>>, changes_at: Option<Timestamp>) {
        let hash = self.watch.hash(record);
        let mut board = self.watch.board();
        let Some(share) = board.shares.get_mut(&self.id) else { return };
        let Some((_, waiter)) = share.waiters.iter_mut().find(|(number, _)| *number == self.number) else { return };
        waiter.known = Some((hash, changes_at));
    }

    /// Waits for a change. May wake spuriously, never misses a change.
    pub(super) async fn changed(&self) {
        self.wake.notified().await;
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut board = self.watch.board();
        let Some(share) = board.shares.get_mut(&self.id) else { return };
        share.waiters.retain(|(number, _)| *number != self.number);
        if !share.waiters.is_empty() {
            return;
        }
        share.left = Instant::now();
        // Shares that do not exist are not watched on, since any client can name unused ids.
        if share.read.as_ref().is_none_or(|(loaded, _)| loaded.record.is_none()) {
            board.shares.remove(&self.id);
        }
    }
}
