//! Watching shares for their senders: however many pages wait, one task asks the store after all of them together, once
//! a second, and only while somebody waits. What this server changes itself is told at once.

use crate::share::{ShareId, Timestamp};
use crate::store::{Loaded, Store};
use rocket::tokio::sync::Notify;
use rocket::tokio::time::{Duration, Instant, MissedTickBehavior, interval};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often the store is asked. A little less than a second, so that a page has shown the change within one.
const EVERY: Duration = Duration::from_millis(900);

/// How long a reading stands for a question of its own: until the next one should have come.
const FRESH: Duration = Duration::from_millis(1_800);

/// So many questions in a row without an answer are no moment any more: those who wait are told.
const AWAY: u32 = 2;

/// How long a share is watched after its last page had its answer: a page that goes on asks again at once.
const LINGER: Duration = Duration::from_secs(2);

/// Pages that may wait.
const MOST: usize = 10_000;

/// Pages that may wait for one share.
const MOST_OF_ONE: usize = 16;

/// All shares that are watched just now. Cheap to clone.
#[derive(Clone)]
pub struct Watch(Arc<Inner>);

struct Inner {
    store: Store,
    hasher: RandomState,
    board: Mutex<Board>,
}

#[derive(Default)]
struct Board {
    shares: HashMap<ShareId, Watched>,
    /// Pages that wait, over all shares.
    places: usize,
    /// Whether the task runs that asks the store.
    asking: bool,
    /// How many of its last questions in a row had no answer.
    failing: u32,
    /// Names the next place.
    next: u64,
}

/// A share that is watched, and who waits for it.
struct Watched {
    places: Vec<(u64, Waiter)>,
    /// What the last question brought, and when it was asked.
    read: Option<(Loaded, Instant)>,
    /// When this server last changed the share, since it is watched.
    changed: Option<Instant>,
    /// When the last page left.
    left: Instant,
}

struct Waiter {
    /// What the page knows: a hash of the record's bytes, and when its status changes by itself. None while it is
    /// still finding out.
    knows: Option<(u64, Option<Timestamp>)>,
    wake: Arc<Notify>,
}

impl Watched {
    fn new() -> Self {
        Self { places: Vec::new(), read: None, changed: None, left: Instant::now() }
    }
}

impl Waiter {
    fn is_stale(&self, hash: u64, now: Timestamp) -> bool {
        self.knows.is_some_and(|(known, changes)| known != hash || changes.is_some_and(|at| at <= now))
    }
}

impl Inner {
    /// A lock whose holder panicked is still good: every change to the board is complete in itself.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hash(&self, record: Option<&Vec<u8>>) -> u64 {
        self.hasher.hash_one(record)
    }

    /// Asks until nobody waits any more.
    async fn ask(self: Arc<Self>) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick comes at once, and whoever began to wait has just looked.
        ticks.tick().await;
        loop {
            ticks.tick().await;
            let asked = Instant::now();
            let ids: Vec<ShareId> = {
                let mut board = self.board();
                board.shares.retain(|_, share| !share.places.is_empty() || asked - share.left < LINGER);
                if board.shares.is_empty() {
                    board.shares.shrink_to_fit();
                    board.asking = false;
                    return;
                }
                board.shares.keys().copied().collect()
            };
            let answer = self.store.load_all(ids.clone()).await;
            let mut board = self.board();
            board.failing = if answer.is_err() { board.failing.saturating_add(1) } else { 0 };
            if board.failing >= AWAY {
                board.shares.values().flat_map(|share| &share.places).for_each(|(_, waiter)| waiter.wake.notify_one());
            }
            for (id, loaded) in ids.into_iter().zip(answer.unwrap_or_default()) {
                let Some(share) = board.shares.get_mut(&id) else { continue };
                // Asked before this server changed it: the answer may be from before as well.
                if share.changed.is_some_and(|changed| asked <= changed) {
                    continue;
                }
                let hash = self.hash(loaded.record.as_ref());
                for (_, waiter) in share.places.iter().filter(|(_, waiter)| waiter.is_stale(hash, loaded.now)) {
                    waiter.wake.notify_one();
                }
                share.read = Some((loaded, asked));
            }
        }
    }
}

impl Watch {
    /// A watch over the shares of `store`. It asks nothing before somebody waits.
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Inner { store, hasher: RandomState::new(), board: Mutex::default() }))
    }

    /// Tells those who wait that this server has just changed a share.
    pub fn changed(&self, id: ShareId) {
        let mut board = self.0.board();
        let Some(share) = board.shares.get_mut(&id) else { return };
        share.changed = Some(Instant::now());
        share.read = None;
        for (_, waiter) in &share.places {
            waiter.wake.notify_one();
        }
    }

    /// What the watch read of a share a moment ago, if it does watch it. Another server may have changed it since.
    pub fn lately(&self, id: ShareId) -> Option<Loaded> {
        let board = self.0.board();
        let (loaded, asked) = board.shares.get(&id)?.read.as_ref()?;
        (asked.elapsed() < FRESH).then(|| loaded.clone())
    }

    /// Whether the store answered when it was last asked.
    pub fn is_sound(&self) -> bool {
        self.0.board().failing == 0
    }

    /// Whether the store has not answered for longer than a moment.
    pub fn is_away(&self) -> bool {
        self.0.board().failing >= AWAY
    }

    /// A place to wait in, taken before the share is looked at, so that no change falls between. None when all are
    /// taken.
    pub fn place(&self, id: ShareId) -> Option<Place> {
        let mut board = self.0.board();
        let crowded = board.shares.get(&id).is_some_and(|share| share.places.len() >= MOST_OF_ONE);
        if crowded || board.places >= MOST {
            return None;
        }
        board.places += 1;
        board.next += 1;
        let number = board.next;
        let wake = Arc::new(Notify::new());
        let waiter = Waiter { knows: None, wake: Arc::clone(&wake) };
        board.shares.entry(id).or_insert_with(Watched::new).places.push((number, waiter));
        if !board.asking {
            board.asking = true;
            board.failing = 0;
            rocket::tokio::spawn(Arc::clone(&self.0).ask());
        }
        Some(Place { watch: Arc::clone(&self.0), id, number, wake })
    }
}

/// One waiting page. Given back when it is dropped.
pub struct Place {
    watch: Arc<Inner>,
    id: ShareId,
    number: u64,
    wake: Arc<Notify>,
}

impl Place {
    /// Says what the page knows by now: the record's bytes, and when its status changes by itself.
    pub fn knows(&self, record: Option<&Vec<u8>>, changes_at: Option<Timestamp>) {
        let hash = self.watch.hash(record);
        let mut board = self.watch.board();
        let Some(share) = board.shares.get_mut(&self.id) else { return };
        let Some((_, waiter)) = share.places.iter_mut().find(|(number, _)| *number == self.number) else { return };
        waiter.knows = Some((hash, changes_at));
    }

    /// Waits until there is more to know. May come without a reason, never too late.
    pub async fn changed(&self) {
        self.wake.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut board = self.watch.board();
        board.places = board.places.saturating_sub(1);
        let Some(share) = board.shares.get_mut(&self.id) else { return };
        share.places.retain(|(number, _)| *number != self.number);
        if !share.places.is_empty() {
            return;
        }
        share.left = Instant::now();
        // What is not there is not watched on: anybody can name ids that nothing stands under.
        if share.read.as_ref().is_none_or(|(loaded, _)| loaded.record.is_none()) {
            board.shares.remove(&self.id);
        }
    }
}
