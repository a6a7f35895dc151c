//! The use cases over the store: create, upload, open, confirm, delete, status, and those of requests. Knows neither
//! HTTP nor Rocket.
//!
//! Each use case loads the record, asks [`Record`] what is allowed, and writes the result by compare-and-swap. A lost
//! swap loads and decides again, a bounded number of times.

mod create;
mod end;
mod error;
mod open;
pub(crate) mod quota;
mod request;
mod status;
mod streamed_upload;
#[cfg(test)]
mod tests;
mod upload;
mod watch;

pub(crate) use end::TakenDown;
pub(crate) use error::ServiceError;
pub(crate) use open::{Attempt, Opened};
pub(crate) use request::LookedAt;
pub(crate) use streamed_upload::{Sender, StreamedUpload};

use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::guesser::ClientNetwork;
use crate::share::record::{Change, Grace, PartsFate, Record, Unreadable, decode_stand_in};
use crate::store::{BIG_PART, Loaded, Store, Swap, Swapped};
use onetimeshare_envelope::ShareId;
use quota::Quotas;
use std::ops::Deref;
use std::sync::Arc;
use watch::Watch;

/// Attempts of one use case to win its compare-and-swap before it answers [`ServiceError::Unavailable`].
const ATTEMPTS: usize = 5;

/// The shares of this site. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Shares {
    store: Store,
    /// Grace of opened shares for their claims.
    grace: Grace,
    quotas: Arc<Quotas>,
    metrics: Option<Arc<Metrics>>,
    watch: Watch,
}

/// The use cases that change shares. Dereferences to [`Shares`] for those that only read.
///
/// `web::limits` hands it to requests that may change something, so that a route without that guard has no way to.
#[derive(Clone, Copy)]
pub(crate) struct Changes<'s> {
    shares: &'s Shares,
    /// The client that asks.
    client: ClientNetwork,
}

impl Deref for Changes<'_> {
    type Target = Shares;

    fn deref(&self) -> &Shares {
        self.shares
    }
}

impl Changes<'_> {
    /// Returns the client that asks.
    pub(crate) fn client(&self) -> ClientNetwork {
        self.client
    }
}

/// A record with the exact bytes under which it is stored, which a swap compares.
struct Stored {
    bytes: Vec<u8>,
    record: Record,
}

impl Stored {
    fn read(bytes: Option<Vec<u8>>) -> Result<Option<Self>, ServiceError> {
        let Some(bytes) = bytes else {
            decode_stand_in();
            return Ok(None);
        };
        match Record::decode(&bytes) {
            Ok(record) => Ok(Some(Self { bytes, record })),
            Err(unreadable) => Err(refuse_unreadable(unreadable)),
        }
    }

    /// Returns the swap that stores `change`.
    fn changed_by(self, change: Change) -> Swap {
        let Change { record, record_until, parts } = change;
        let big = matches!(parts, PartsFate::Open(_) | PartsFate::OpenAlone(_)) && is_big(&self.record);
        Swap { old: self.bytes, new: record.encode(), record_until, parts, big }
    }
}

impl Shares {
    /// The shares in `store`. One client may use one part in `address_share` of the room, where given; `metrics`, where
    /// given, counts events.
    pub(crate) fn new(store: Store, grace: Grace, address_share: Option<u32>, metrics: Option<Arc<Metrics>>) -> Self {
        let watch = Watch::new(store.clone());
        let quotas = Arc::new(Quotas::new(store.clone(), address_share, metrics.clone()));
        Self { store, grace, quotas, metrics, watch }
    }

    /// Measures the room of the store at once and then every minute, until dropped.
    pub(crate) async fn keep_measuring_room(&self) {
        self.quotas.keep_measuring().await;
    }

    /// Returns how many bytes of files a new share may have now, at most `most`.
    pub(crate) fn fits(&self, most: u64) -> u64 {
        self.quotas.fits(most)
    }

    /// Returns the use cases that change shares, for `client`. The caller must have checked the request: same site,
    /// limits.
    pub(crate) fn unchecked_changes(&self, client: ClientNetwork) -> Changes<'_> {
        Changes { shares: self, client }
    }

    /// Returns the store, for health checks.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Records an event of a share whose lifetime ends `until`.
    fn count(&self, event: fn(&Metrics, Timestamp), until: Timestamp) {
        if let Some(metrics) = &self.metrics {
            event(metrics, until);
        }
    }

    /// Loads a share and the store's time.
    async fn load(&self, id: ShareId) -> Result<(Option<Stored>, Timestamp), ServiceError> {
        let loaded = self.store.load(id).await?;
        Ok((Stored::read(loaded.record)?, loaded.now))
    }

    /// Loads a share and stores the change that `decide` returns, if any, in one call of the store. Returns the other
    /// half of the decision and the result of the swap.
    async fn change<T: Send + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Option<&Record>, Timestamp) -> (T, Option<Box<Change>>) + Send + 'static,
    ) -> Result<(T, Option<Swapped>), ServiceError> {
        let decide = move |stored: Option<Stored>, now| {
            let (decision, change) = decide(stored.as_ref().map(|stored| &stored.record), now);
            (decision, stored.zip(change).map(|(stored, change)| stored.changed_by(*change)))
        };
        let (decision, swapped) = self.store.load_then_swap(id, on_stored(decide)).await?;
        if let Some(swapped) = &swapped {
            self.wake_watchers(id, swapped);
        }
        Ok((decision?, swapped))
    }

    /// Stores a change of a share that is loaded already.
    async fn swap(&self, stored: Stored, change: Change) -> Result<Swapped, ServiceError> {
        let id = change.record.id();
        let swapped = self.store.swap(id, stored.changed_by(change)).await?;
        self.wake_watchers(id, &swapped);
        Ok(swapped)
    }

    /// Wakes the status requests that wait for a share after a successful swap.
    fn wake_watchers(&self, id: ShareId, swapped: &Swapped) {
        if let Swapped::Done(_) = swapped {
            self.watch.changed(id);
        }
    }

    /// Waits until a change that an earlier call made is as durable as one of this call. Reading a part waits for the
    /// replicas that the settings of a Redis require; loading a record does not.
    async fn settled(&self, id: ShareId) -> Result<(), ServiceError> {
        self.store.get_part(id, 0, true).await?;
        Ok(())
    }

    /// Returns the store's time: estimated from a recent answer, else asked for.
    async fn now(&self) -> Result<Timestamp, ServiceError> {
        match self.store.now_estimate() {
            Some(now) => Ok(now),
            None => Ok(self.store.load(ShareId::from_bytes([0; 10])).await?.now),
        }
    }
}

/// Returns the error for a record that is not decoded. One of another kind is nothing to this caller.
fn refuse_unreadable(unreadable: Unreadable) -> ServiceError {
    if unreadable == Unreadable::OtherKind {
        decode_stand_in();
        return ServiceError::NotFound;
    }
    tracing::error!(%unreadable, "a record cannot be read");
    ServiceError::Unavailable
}

/// Adapts a decision on a share to the loaded bytes. An unreadable record is an error, and nothing is written.
fn on_stored<T, W>(
    decide: impl FnOnce(Option<Stored>, Timestamp) -> (T, Option<W>),
) -> impl FnOnce(Loaded) -> (Result<T, ServiceError>, Option<W>) {
    move |loaded| match Stored::read(loaded.record) {
        Err(error) => (Err(error), None),
        Ok(stored) => {
            let (decision, write) = decide(stored, loaded.now);
            (Ok(decision), write)
        }
    }
}

/// Returns whether part 0 is longer than [`BIG_PART`].
fn is_big(record: &Record) -> bool {
    record.part0() as usize > BIG_PART
}
