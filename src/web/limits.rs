//! Rate and concurrency limits per client address. [`super::body`] limits the reading of bodies.
//!
//! Each handler that accesses shares takes a [`Pass`]. A refused request changes nothing, and its body is drained.
//! Pages, assets and health checks are cheap and not limited.

mod memory;
mod occupied;

use super::errors::{Code, Problem};
use super::guards::is_same_site;
use super::request_notes::{announced_length, refuse_body};
use crate::config::Settings;
use crate::metrics::Guard;
use crate::network::{client_address, is_private};
use crate::pot::{ClientKey, ClientKeys};
use crate::service::{Changes, Shares};
use crate::share::guesser::ClientNetwork;
use governor::Quota;
use governor::clock::{Clock as _, DefaultClock};
use memory::{Rate, Slots, rate};
use occupied::{InProgress, Occupied};
use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Burst of creations per client. One is regained every [`CREATE_INTERVAL`]. Enough for an office behind one address.
const CREATE_BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(599);
const CREATE_INTERVAL: Duration = Duration::from_secs(10);

/// Burst of other requests per client. One is regained every [`REQUEST_INTERVAL`].
const REQUEST_BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(1_199);
const REQUEST_INTERVAL: Duration = Duration::from_millis(250);

/// Burst of uploaded bytes per client, in multiples of `max_size`. Regained over [`BYTES_PERIOD`].
const BYTES_IN_SHARES: u64 = 4;
/// Minimum burst of uploaded bytes, for a small `max_size`.
const MIN_BYTES: u64 = 64 * 1024 * 1024;
const BYTES_PERIOD: Duration = Duration::from_secs(3600);
/// Granularity of counting uploaded bytes.
const BYTES_STEP: u64 = 64 * 1024;

/// Maximum concurrent uploads of parts and files per client.
const MAX_UPLOADS: u32 = 16;

/// Maximum concurrent downloads of parts and files per client.
const MAX_DOWNLOADS: u32 = 64;

/// Maximum concurrent requests with small bodies per client.
const MAX_BODIES: u32 = 128;

/// `Retry-After` in seconds for a client over a concurrency limit.
const BUSY_RETRY_AFTER: u64 = 2;

/// Interval of removing the state of idle clients.
const PURGE_INTERVAL: Duration = Duration::from_secs(60);

/// All limits of this site.
pub(crate) struct Limits {
    per_address: Option<PerAddress>,
    in_progress: Arc<AtomicUsize>,
}

struct PerAddress {
    keys: ClientKeys,
    creates: Rate,
    requests: Rate,
    bytes: Arc<Rate>,
    max_bytes: NonZeroU32,
    uploads: Slots,
    downloads: Slots,
    bodies: Slots,
    proxy_seen: AtomicBool,
}

/// Converts bytes to steps of [`BYTES_STEP`], rounding up to at least one.
fn steps(bytes: u64) -> NonZeroU32 {
    let steps = u32::try_from(bytes.div_ceil(BYTES_STEP)).unwrap_or(u32::MAX);
    NonZeroU32::new(steps).unwrap_or(NonZeroU32::MIN)
}

fn quota(max: NonZeroU32, every: Duration) -> Quota {
    // `with_period` returns `None` only for a period of zero.
    Quota::with_period(every).unwrap_or(Quota::per_second(max)).allow_burst(max)
}

impl Limits {
    /// Creates the limits for these settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        let max_bytes = steps(settings.max_size.saturating_mul(BYTES_IN_SHARES).max(MIN_BYTES));
        let per_address = settings.limits_per_address.then(|| PerAddress {
            keys: ClientKeys::default(),
            creates: rate(quota(CREATE_BURST, CREATE_INTERVAL)),
            requests: rate(quota(REQUEST_BURST, REQUEST_INTERVAL)),
            bytes: Arc::new(rate(quota(max_bytes, BYTES_PERIOD / max_bytes.get()))),
            max_bytes,
            uploads: Slots::new(MAX_UPLOADS),
            downloads: Slots::new(MAX_DOWNLOADS),
            bodies: Slots::new(MAX_BODIES),
            proxy_seen: AtomicBool::new(false),
        });
        Self { per_address, in_progress: Arc::default() }
    }

    /// Returns the number of requests whose [`Permit`] is held: receiving, processing, or sending the answer.
    pub(crate) fn in_progress(&self) -> usize {
        self.in_progress.load(Ordering::Relaxed)
    }

    /// Returns a fairing that periodically removes the state of idle clients.
    pub(crate) fn purging() -> AdHoc {
        AdHoc::on_liftoff("limits", |rocket| {
            Box::pin(async move {
                let Some(limits) = rocket.state::<Arc<Self>>().cloned() else { return };
                if limits.per_address.is_none() {
                    return;
                }
                let mut end = rocket.shutdown();
                rocket::tokio::spawn(async move {
                    loop {
                        rocket::tokio::select! {
                            () = rocket::tokio::time::sleep(PURGE_INTERVAL) => limits.purge(),
                            () = &mut end => return,
                        }
                    }
                });
            })
        })
    }

    fn purge(&self) {
        let Some(limits) = &self.per_address else { return };
        for rate in [&limits.creates, &limits.requests, &*limits.bytes] {
            rate.retain_recent();
            rate.shrink_to_fit();
        }
    }
}

/// Permission to handle a request. Holds the client's slot until it is dropped and the answer has been sent.
pub(crate) struct Permit {
    occupied: Arc<Occupied>,
    bytes: Option<(Arc<Rate>, ClientKey)>,
}

/// The client of a request, in the request's local cache.
struct RequestClient(ClientNetwork);

/// Returns the network of the client, or the default when limits per address are off.
pub(crate) fn client_of(request: &Request<'_>) -> ClientNetwork {
    let client = || {
        let limits = request.rocket().state::<Arc<Limits>>()?.per_address.as_ref()?;
        limits.client(request, request.rocket().state::<Settings>()?)
    };
    request.local_cache(|| RequestClient(client().unwrap_or_default())).0
}

impl Permit {
    /// Charges the client for bytes of a body of unannounced length, as they arrive.
    ///
    /// # Errors
    /// `slow_down` when the client is over its limit.
    pub(crate) fn pay(&self, bytes: usize) -> Result<(), Code> {
        let Some((rate, client)) = &self.bytes else { return Ok(()) };
        match rate.check_key_n(client, steps(bytes as u64)) {
            Ok(Ok(())) => Ok(()),
            _ => {
                Guard::Bytes.count();
                Err(Code::SlowDown)
            }
        }
    }
}

/// A kind of request, with its cost.
pub(crate) trait Action: Send + Sync {
    /// Cost of one request of this kind.
    const COST: Cost;
}

/// An action that may change something, or that proves a secret: refused when a page of another site requests it.
pub(crate) trait Changing: Action {}

/// An action that changes nothing.
pub(crate) trait Reading: Action {}

/// What a request takes from its client's limits.
pub(crate) struct Cost {
    rate: Option<RateKind>,
    bytes: bool,
    slot: Option<SlotKind>,
}

#[derive(Clone, Copy)]
enum RateKind {
    Creates,
    Requests,
}

#[derive(Clone, Copy)]
enum SlotKind {
    Body,
    Upload,
    Download,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident: $kind:ident = $cost:expr;)*) => {
        $($(#[$doc])* pub(crate) struct $name; impl Action for $name { const COST: Cost = $cost; } impl $kind for $name {})*
    };
}

actions! {
    /// Peeks at, opens, confirms, completes or deletes a share, or posts a small form.
    Asking: Changing = Cost { rate: Some(RateKind::Requests), bytes: false, slot: Some(SlotKind::Body) };
    /// Creates a share through the API.
    Creating: Changing = Cost { rate: Some(RateKind::Creates), bytes: true, slot: Some(SlotKind::Body) };
    /// Creates a share through a form that carries the files.
    Submitting: Changing = Cost { rate: Some(RateKind::Creates), bytes: true, slot: Some(SlotKind::Upload) };
    /// Uploads a part.
    Sending: Changing = Cost { rate: None, bytes: true, slot: Some(SlotKind::Upload) };
    /// Lists the parts received so far.
    Listing: Reading = Cost { rate: Some(RateKind::Requests), bytes: false, slot: Some(SlotKind::Body) };
    /// Counts a visit.
    Visiting: Reading = Cost { rate: Some(RateKind::Creates), bytes: false, slot: None };
    /// Long-polls the status. Takes no slot, since these requests are slow by design.
    Waiting: Reading = Cost { rate: Some(RateKind::Requests), bytes: false, slot: None };
    /// Downloads a part.
    Fetching: Reading = Cost { rate: None, bytes: false, slot: Some(SlotKind::Download) };
    /// Downloads a file through a form, which also opens the share.
    Saving: Changing = Cost { rate: Some(RateKind::Requests), bytes: false, slot: Some(SlotKind::Download) };
}

impl PerAddress {
    fn client(&self, request: &Request<'_>, settings: &Settings) -> Option<ClientNetwork> {
        let peer = request.remote()?.ip();
        let trusted = &settings.trusted_proxies;
        let lines = request.headers().get("X-Forwarded-For");
        let address = client_address(peer, lines, trusted);
        if is_private(peer) && !trusted.contains(peer) && request.headers().contains("X-Forwarded-For") {
            self.warn_about_proxy();
        }
        Some(ClientNetwork::of(address))
    }

    /// Warns once, so that operators notice a missing setting before clients share their limits.
    fn warn_about_proxy(&self) {
        if !self.proxy_seen.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "trusted_proxies: ignored X-Forwarded-For from an address that is not listed; clients behind one proxy \
                 share one set of limits until its address is added"
            );
        }
    }

    fn admit_client(
        &self,
        client: ClientKey,
        cost: &Cost,
        length: Option<u64>,
        in_progress: InProgress,
    ) -> Result<Permit, Problem> {
        let slot = match cost.slot {
            None => None,
            Some(slot) => {
                let (slots, guard) = match slot {
                    SlotKind::Body => (&self.bodies, Guard::Bodies),
                    SlotKind::Upload => (&self.uploads, Guard::Uploads),
                    SlotKind::Download => (&self.downloads, Guard::Downloads),
                };
                Some(slots.take(client).ok_or_else(|| slow_down(guard, Duration::from_secs(BUSY_RETRY_AFTER)))?)
            }
        };
        match cost.rate {
            Some(RateKind::Creates) => check(&self.creates, client, Guard::Creates)?,
            Some(RateKind::Requests) => check(&self.requests, client, Guard::Requests)?,
            None => {}
        }
        let bytes = cost.bytes.then(|| (Arc::clone(&self.bytes), client));
        if let (true, Some(length)) = (cost.bytes, length) {
            // A longer body is refused for its size.
            let steps = steps(length).min(self.max_bytes);
            if let Ok(Err(retry)) = self.bytes.check_key_n(&client, steps) {
                return Err(slow_down(Guard::Bytes, retry.wait_time_from(DefaultClock::default().now())));
            }
        }
        let occupied = Occupied::new(in_progress, slot);
        Ok(Permit { occupied, bytes: bytes.filter(|_| length.is_none()) })
    }
}

fn check(rate: &Rate, client: ClientKey, guard: Guard) -> Result<(), Problem> {
    rate.check_key(&client).map_err(|retry| slow_down(guard, retry.wait_time_from(DefaultClock::default().now())))
}

fn slow_down(guard: Guard, wait: Duration) -> Problem {
    guard.count();
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    Problem::new(Code::SlowDown).retry_after(seconds.max(1))
}

/// A guard that refuses changes from other sites and clients over their limits. It always succeeds: the handler calls
/// [`Pass::admit`] or [`Pass::check`], and holds the [`Permit`] while it works.
pub(crate) struct Pass<A: Action> {
    cross_site: bool,
    client: ClientNetwork,
    permit: Result<Permit, Problem>,
    _action: PhantomData<A>,
}

#[rocket::async_trait]
impl<'r, A: Action> FromRequest<'r> for Pass<A> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let Some(limits) = request.rocket().state::<Arc<Limits>>() else {
            return Outcome::Forward(Status::InternalServerError);
        };
        let in_progress = InProgress::new(&limits.in_progress);
        let client = client_of(request);
        let permit = match &limits.per_address {
            Some(limits) if client != ClientNetwork::default() => {
                limits.admit_client(limits.keys.of(client), &A::COST, announced_length(request), in_progress)
            }
            _ => Ok(Permit { occupied: Occupied::new(in_progress, None), bytes: None }),
        };
        match &permit {
            Ok(permit) => permit.occupied.hold_until_sent(request),
            Err(_) => refuse_body(request),
        }
        // Cross-site requests count against the limits too, and their bodies are read as usual.
        let cross_site = !is_same_site(request);
        Outcome::Success(Self { cross_site, client, permit, _action: PhantomData })
    }
}

impl<A: Changing> Pass<A> {
    /// Returns the permit to handle the request, and the use cases that change shares.
    ///
    /// # Errors
    /// `cross_site` when a page of another site requests a change, otherwise `slow_down` when the client is over a
    /// limit.
    pub(crate) fn admit(self, shares: &Shares) -> Result<(Permit, Changes<'_>), Problem> {
        if self.cross_site {
            return Err(Code::CrossSite.into());
        }
        Ok((self.permit?, shares.unchecked_changes(self.client)))
    }
}

impl<A: Reading> Pass<A> {
    /// Returns the client that sent the request.
    pub(crate) fn client(&self) -> ClientNetwork {
        self.client
    }

    /// Returns the permit to handle the request.
    ///
    /// # Errors
    /// `slow_down` when the client is over a limit.
    pub(crate) fn check(self) -> Result<Permit, Problem> {
        self.permit
    }
}
