//! Long polling of statuses. One task polls the store for all watched shares together, about once a second and only
//! while requests wait. Changes that this server makes wake them at once.

use super::ServiceError;
use crate::metrics::Guard;
use crate::pot::{Held, Pot};
use crate::share::Timestamp;
use crate::share::guesser::ClientNetwork;
use crate::store::{Loaded, Store};
use onetimeshare_envelope::ShareId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
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
const MAX_WAITING: u64 = 4_000;

/// Limit of waiting requests for one share.
const MAX_PER_SHARE: usize = 16;

/// All watched shares. Cheap to clone.
#[derive(Clone)]
pub(super) struct Watch(Arc<Inner>);

struct Inner {
    store: Store,
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
}

/// A watched share.
struct Watched {
    /// Each waiting request holds a receiver.
    readings: watch::Sender<Reading>,
    /// When the last waiting request was answered.
    left: Instant,
}

/// The latest news of a watched share.
enum Reading {
    /// None since the first request began to wait.
    Unread,
    /// The result of a poll, and when the poll began.
    Polled(Loaded, Instant),
    /// This server changed the share at this time.
    Changed(Instant),
    /// [`AWAY`] polls in a row failed.
    Away,
}

impl Watched {
    fn new() -> Self {
        Self { readings: watch::Sender::new(Reading::Unread), left: Instant::now() }
    }

    /// Publishes the result of a poll, unless the poll began before this server's change and may have read the earlier
    /// record.
    fn publish(&self, loaded: Loaded, asked: Instant) {
        self.readings.send_if_modified(|reading| {
            let late = matches!(reading, Reading::Changed(changed) if asked <= *changed);
            if !late {
                *reading = Reading::Polled(loaded, asked);
            }
            !late
        });
    }
}

impl Inner {
    /// Ignores poisoning: every change to the board is complete in itself.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
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
                board.shares.retain(|_, share| share.readings.receiver_count() > 0 || asked - share.left < LINGER);
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
                board.shares.values().for_each(|share| drop(share.readings.send_replace(Reading::Away)));
            }
            for (id, loaded) in ids.iter().zip(answer.unwrap_or_default()) {
                if let Some(share) = board.shares.get(id) {
                    share.publish(loaded, asked);
                }
            }
        }
    }
}

impl Watch {
    /// Returns a watch over `store`, which polls nothing until a request waits.
    pub(super) fn new(store: Store) -> Self {
        Self(Arc::new(Inner { store, board: Mutex::default(), places: Pot::new(MAX_WAITING) }))
    }

    /// Wakes the requests that wait for a share, after this server changed it.
    pub(super) fn changed(&self, id: ShareId) {
        if let Some(share) = self.0.board().shares.get(&id) {
            share.readings.send_replace(Reading::Changed(Instant::now()));
        }
    }

    /// Returns the last poll of a watched share while it is recent. Another server may have changed the share since.
    pub(super) fn recent(&self, id: ShareId) -> Option<Loaded> {
        match &*self.0.board().shares.get(&id)?.readings.borrow() {
            Reading::Polled(loaded, asked) if asked.elapsed() < FRESH => Some(loaded.clone()),
            _ => None,
        }
    }

    /// Returns whether the last poll succeeded.
    pub(super) fn is_sound(&self) -> bool {
        self.0.board().failing == 0
    }

    /// Registers a waiting request of `client`, before it loads the share, so that it misses no change. None at the
    /// limits.
    pub(super) fn register(&self, id: ShareId, client: ClientNetwork) -> Option<Waiter> {
        let mut place = self.0.places.hold(client);
        let mut board = self.0.board();
        let crowded = board.shares.get(&id).is_some_and(|share| share.readings.receiver_count() >= MAX_PER_SHARE);
        if crowded || place.grow_to(1).is_err() {
            Guard::StatusWait.count();
            return None;
        }
        let readings = board.shares.entry(id).or_insert_with(Watched::new).readings.subscribe();
        if !board.polling {
            board.polling = true;
            board.failing = 0;
            tokio::spawn(Arc::clone(&self.0).poll());
        }
        Some(Waiter { watch: Arc::clone(&self.0), id, readings, _place: place })
    }
}

/// One waiting request, registered until it is dropped.
pub(super) struct Waiter {
    watch: Arc<Inner>,
    id: ShareId,
    readings: watch::Receiver<Reading>,
    _place: Held,
}

impl Waiter {
    /// Waits until the share may differ from the `known` record, whose status changes by itself at `changes_at`. May
    /// return without a change, never misses one.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] when the store stops answering.
    pub(super) async fn changed(&mut self, known: &Loaded, changes_at: Option<Timestamp>) -> Result<(), ServiceError> {
        while self.readings.changed().await.is_ok() {
            match &*self.readings.borrow_and_update() {
                Reading::Away => return Err(ServiceError::Unavailable),
                Reading::Polled(loaded, _)
                    if loaded.record == known.record && changes_at.is_none_or(|at| loaded.now < at) => {}
                Reading::Unread => {}
                Reading::Polled(..) | Reading::Changed(_) => break,
            }
        }
        Ok(())
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut board = self.watch.board();
        // The receiver of this request still counts.
        let Some(share) = board.shares.get_mut(&self.id).filter(|share| share.readings.receiver_count() <= 1) else {
            return;
        };
        share.left = Instant::now();
        // Shares that do not exist are not watched on, since any client can name unused ids.
        let exists = matches!(&*share.readings.borrow(), Reading::Polled(Loaded { record: Some(_), .. }, _));
        if !exists {
            board.shares.remove(&self.id);
        }
    }
}
