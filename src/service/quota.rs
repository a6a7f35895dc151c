//! Limits on the bytes that one client keeps stored, and room reserved for uploads in progress.
//!
//! [`Quotas`] decides by the bytes that this server has counted. Servers on one Redis add what they counted to common
//! counters, which are named by a keyed hash of the client's network. A message costs no extra round trip: its bytes are
//! sent after it was admitted, together with those of other messages.

pub(crate) mod allowance;
mod ledger;
#[cfg(test)]
mod tests;

use super::ServiceError;
use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::guesser::ClientNetwork;
use crate::share::record::Creation;
use crate::store::{Store, StoreError};
use allowance::{Extent, Pot};
use ledger::{Account, Ledger, Refusal, Request};
use onetimeshare_envelope::ShareId;
use onetimeshare_envelope::parts::PART;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Interval of measuring the room.
const MEASURE_INTERVAL: Duration = Duration::from_secs(60);

/// Bytes charged for each share beyond its parts: record, keys and index.
const OVERHEAD: u64 = 1_024;

/// Bytes that the record store keeps for a part in a part store, as measured with Redis 7.0.
const REFERENCE: u64 = 160;

/// Bytes by which what is offered is less than what fits: the list of the files, and [`OVERHEAD`].
const MARGIN: u64 = 32 * 1_024;

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Used(retry_after) => Self::ShareUsed(retry_after),
            Refusal::TooLarge => Self::TooLarge,
            Refusal::Full => Self::Full(None),
            Refusal::Promised(retry_after) => Self::Promised(retry_after),
        }
    }
}

/// The quotas of all clients.
pub(super) struct Quotas {
    store: Store,
    ledger: Mutex<Ledger>,
    /// Whether a task sends counted bytes to the store.
    sending: AtomicBool,
    metrics: Option<Arc<Metrics>>,
}

impl Quotas {
    /// Creates the quotas for `store`. One client may use one part in `share` of its room; `None` switches the limits
    /// per client off.
    pub(super) fn new(store: Store, share: Option<u32>, metrics: Option<Arc<Metrics>>) -> Self {
        let ledger = Mutex::new(Ledger::new(share, Instant::now()));
        Self { store, ledger, sending: AtomicBool::new(false), metrics }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Measures the room at once and then every minute, until dropped.
    pub(super) async fn keep_measuring(&self) {
        loop {
            if let Err(error) = self.measure().await {
                tracing::debug!(%error, "the room of the store could not be measured");
            }
            tokio::time::sleep(MEASURE_INTERVAL).await;
        }
    }

    /// Measures the room, and exchanges counted bytes with the other servers on the store.
    async fn measure(&self) -> Result<(), StoreError> {
        let room = self.store.room().await?;
        if self.store.keeps_parts_apart() {
            // Messages are accepted while the part store is down.
            let before = self.ledger().files_limits().map(|(room, _)| room);
            let files = self.store.parts_room().await.unwrap_or(before);
            self.ledger().measured_files(files);
        }
        let files_limits = self.ledger().files_limits();
        let key = if (room.is_some() || files_limits.is_some()) && self.ledger().counts() {
            // Without the key, this server counts alone.
            let before = self.ledger().key();
            self.store.quota_key().await.unwrap_or(before)
        } else {
            None
        };
        self.ledger().measured(room, key, Instant::now());
        if let (Some(metrics), Some((room, allowance))) = (&self.metrics, self.ledger().limits()) {
            metrics.room_measured([("all", room.total), ("free", room.free)]);
            if let Some(allowance) = allowance {
                let address = |pot| allowance.limit(Extent::Client, pot);
                metrics.room_measured([("address", address(Pot::Open)), ("address_messages", address(Pot::Kept))]);
            }
        }
        if let (Some(metrics), Some((room, address))) = (&self.metrics, files_limits) {
            metrics.room_measured([("files_all", room.total), ("files_free", room.free)]);
            metrics.room_measured(address.map(|address| ("address_files", address)));
        }
        if key.is_some() {
            for id in self.quiet_uploads() {
                let parts = self.store.list_parts(id).await?;
                let arrived = parts.iter().filter(|(n, _)| *n > 0).map(|(_, length)| u64::from(*length)).sum();
                self.ledger().received(id, Some(arrived).filter(|_| !parts.is_empty()), Instant::now());
            }
            self.send_unsent().await;
        }
        Ok(())
    }

    fn quiet_uploads(&self) -> Vec<ShareId> {
        self.ledger().quiet_uploads(Instant::now())
    }

    async fn be_measured(&self) -> Result<(), StoreError> {
        if self.ledger().is_measured() { Ok(()) } else { self.measure().await }
    }

    /// Tells the store the unsent bytes of these accounts, and takes over its totals.
    async fn exchange(&self, key: [u8; 32], accounts: Vec<Account>) -> Result<(), StoreError> {
        if accounts.is_empty() {
            return Ok(());
        }
        let sent = self.ledger().take_unsent(&accounts);
        let name = |account: &Account| account.network.account_name(&key, account.pot.number());
        let uses = accounts.iter().map(name).zip(sent.iter().copied()).collect();
        let totals = self.store.add_uses(uses).await;
        self.ledger().sent(key, &accounts, &sent, totals.as_deref().ok());
        totals.map(|_| ())
    }

    /// Makes sure that this server knows what other servers have counted for a client; when `fresh`, up to this moment.
    async fn exchange_client(&self, client: ClientNetwork, fresh: bool) -> Result<(), StoreError> {
        let (key, accounts) = {
            let ledger = self.ledger();
            let Some(key) = ledger.key() else { return Ok(()) };
            (key, ledger.accounts(client, fresh))
        };
        match self.exchange(key, accounts).await {
            // The insert reports it.
            Err(StoreError::Full) => Ok(()),
            exchanged => exchanged,
        }
    }

    async fn send_unsent(&self) {
        let (key, accounts) = {
            let ledger = self.ledger();
            (ledger.key(), ledger.unsent())
        };
        if let Some(key) = key {
            // Kept for the next time when it fails.
            let _ = self.exchange(key, accounts).await;
        }
    }

    /// Tells the store counted bytes in the background. Bytes that are counted meanwhile are sent by the next call.
    fn send_soon(self: &Arc<Self>) {
        if self.ledger().key().is_none() || self.sending.swap(true, Ordering::AcqRel) {
            return;
        }
        let quotas = Arc::clone(self);
        tokio::spawn(async move {
            quotas.send_unsent().await;
            quotas.sending.store(false, Ordering::Release);
        });
    }

    /// Charges a client for a new share before it is stored. Returns whether it was charged: a share that is refused
    /// afterwards is [released](Self::release), unless it had been charged before.
    ///
    /// # Errors
    /// [`ServiceError::ShareUsed`], [`ServiceError::Full`], [`ServiceError::Promised`], [`ServiceError::TooLarge`].
    pub(super) async fn admit(
        self: &Arc<Self>,
        client: ClientNetwork,
        creation: &Creation,
    ) -> Result<bool, ServiceError> {
        let Creation { id, part0, size, lifetime, parts, .. } = *creation;
        if size == 0 {
            return self.admit_small(client, id, u64::from(part0), lifetime).await;
        }
        self.be_measured().await?;
        // A repeated creation finds its record, and is charged already.
        if self.store.load(id).await?.record.is_some() {
            return Ok(false);
        }
        let lifetime = Duration::from_secs(lifetime);
        let fixed = u64::from(part0) + OVERHEAD + self.references(u64::from(parts));
        self.admit_upload(Request { id, client, fixed, lifetime }, (size, size)).await
    }

    /// Charges a client for `bytes` besides a record that are stored at once: a message, or a request with the answers
    /// that it can take. `lifetime` is in seconds.
    ///
    /// # Errors
    /// As [`Quotas::admit`].
    pub(super) async fn admit_small(
        self: &Arc<Self>,
        client: ClientNetwork,
        id: ShareId,
        bytes: u64,
        lifetime: u64,
    ) -> Result<bool, ServiceError> {
        self.be_measured().await?;
        let request = Request { id, client, fixed: bytes + OVERHEAD, lifetime: Duration::from_secs(lifetime) };
        self.exchange_client(client, false).await?;
        let admitted = self.ledger().admit_message(request, Instant::now());
        match admitted {
            Ok(charged) => {
                if charged {
                    self.send_soon();
                }
                Ok(charged)
            }
            Err(_) if self.store.load(id).await?.record.is_some() => Ok(false),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Charges a client for an upload whose size is only estimated as `expected`, and at most `most`.
    ///
    /// # Errors
    /// As [`Quotas::admit`].
    pub(super) async fn admit_streamed(
        self: &Arc<Self>,
        client: ClientNetwork,
        id: ShareId,
        (expected, most): (u64, u64),
    ) -> Result<(), ServiceError> {
        self.be_measured().await?;
        // The lifetime is known at the end of the form, and the share is forgotten after a day at the latest.
        let parts = most.div_ceil(PART as u64);
        let request = Request { id, client, fixed: OVERHEAD + self.references(parts), lifetime: ledger::DAY };
        self.admit_upload(request, (expected, most)).await.map(|_| ())
    }

    /// Returns the bytes of references to parts, where a part store holds them.
    fn references(&self, parts: u64) -> u64 {
        if self.store.keeps_parts_apart() { parts.saturating_sub(1).saturating_mul(REFERENCE) } else { 0 }
    }

    async fn admit_upload(
        self: &Arc<Self>,
        request: Request,
        (announced, most): (u64, u64),
    ) -> Result<bool, ServiceError> {
        self.exchange_client(request.client, true).await?;
        let free = self.store.parts_room().await?.map(|room| room.free);
        let admitted = self.ledger().admit_upload(request, (announced, most), free, Instant::now());
        match admitted {
            Ok(_) => self.send_soon(),
            Err(Refusal::Full) => {
                self.store.make_room();
                let fits = self.ledger().fits(free).map(|fits| fits.saturating_sub(MARGIN));
                return Err(ServiceError::Full(fits));
            }
            Err(_) => {}
        }
        admitted.map_err(ServiceError::from)
    }

    /// Returns how many bytes of files a new share may have, at most `most`, as far as this server knows. Changes every
    /// minute and with each upload.
    pub(super) fn fits(&self, most: u64) -> u64 {
        let ledger = self.ledger();
        let free = ledger.files_room().map(|room| room.free);
        ledger.fits(free).map_or(most, |fits| fits.saturating_sub(MARGIN).min(most))
    }

    /// Charges a part of an upload before it is stored.
    ///
    /// # Errors
    /// [`ServiceError::ShareUsed`] when the upload paused and the client has used its share since.
    pub(super) fn admit_part(&self, id: ShareId, length: u64) -> Result<(), ServiceError> {
        Ok(self.ledger().admit_part(id, length, Instant::now())?)
    }

    /// Counts a completed upload with `parts` bytes besides part 0.
    pub(super) fn completed(&self, id: ShareId, parts: u64) {
        self.ledger().completed(id, parts, Instant::now());
    }

    /// Counts the bytes of an opened share until its grace ends at `until`.
    pub(super) fn opened(&self, id: ShareId, until: Timestamp) {
        let now = self.store.now_estimate().unwrap_or(until);
        let left = Duration::from_millis(until.0.saturating_sub(now.0));
        self.ledger().opened(id, Instant::now() + left);
    }

    /// Gives back the bytes of a share or upload whose bytes are removed.
    pub(super) fn release(&self, id: ShareId) {
        self.ledger().release(id);
    }
}
