//! Rate and concurrency limits per client address. [`super::body`] holds the limits of reading bodies.
//!
//! Each handler that works for strangers takes a [`Pass`]. A refused request changes nothing, and its body is dropped
//! unread. Pages, assets and health are not limited: they cost next to nothing.

mod memory;

use super::errors::{Code, Problem};
use super::guards::is_same_site;
use super::request_notes::{announced_length, refuse_body};
use crate::config::Settings;
use crate::network::client_address;
use crate::service::{Changes, Shares};
use governor::Quota;
use governor::clock::{Clock as _, DefaultClock};
use memory::{ClientKey, ClientKeys, Rate, Slot, Slots, rate};
use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Shares that an address may create in one go; one more comes back every [`CREATE_EVERY`]. Enough for an office behind
/// one address.
const CREATES: NonZeroU32 = NonZeroU32::MIN.saturating_add(599);
const CREATE_EVERY: Duration = Duration::from_secs(10);

/// Looks, openings, questions after the status and the like in one go; one more comes back every [`ASK_EVERY`].
const ASKS: NonZeroU32 = NonZeroU32::MIN.saturating_add(1_199);
const ASK_EVERY: Duration = Duration::from_millis(250);

/// What an address may send in one go, in shares of `max_size`; as much comes back in [`BYTES_PERIOD`].
const BYTES_SHARES: u64 = 4;
/// However small `max_size` is.
const BYTES_LEAST: u64 = 64 * 1024 * 1024;
const BYTES_PERIOD: Duration = Duration::from_secs(3600);
/// Bytes are counted in steps of this many.
const BYTES_STEP: u64 = 64 * 1024;

/// Bodies with files that an address may be sending at the same time.
const UPLOADS: u32 = 16;

/// Parts and files that an address may be fetching at the same time.
const DOWNLOADS: u32 = 64;

/// Small bodies that an address may be sending at the same time.
const BODIES: u32 = 128;

/// Seconds until another try makes sense for whoever has too much on its way at the same time.
const BUSY: u64 = 2;

/// How often what is known of addresses is looked through for what can be forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// The limits of this site.
pub(crate) struct Limits {
    per_address: Option<PerAddress>,
    busy: Arc<AtomicUsize>,
}

struct PerAddress {
    keys: ClientKeys,
    creates: Rate,
    asks: Rate,
    bytes: Arc<Rate>,
    most_bytes: NonZeroU32,
    uploads: Slots,
    downloads: Slots,
    bodies: Slots,
    proxy_seen: AtomicBool,
}

/// How many steps so many bytes are; at least one.
fn steps(bytes: u64) -> NonZeroU32 {
    let steps = u32::try_from(bytes.div_ceil(BYTES_STEP)).unwrap_or(u32::MAX);
    NonZeroU32::new(steps).unwrap_or(NonZeroU32::MIN)
}

fn quota(most: NonZeroU32, every: Duration) -> Quota {
    // Only a time of zero gives none.
    Quota::with_period(every).unwrap_or(Quota::per_second(most)).allow_burst(most)
}

impl Limits {
    /// The limits under these settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        let most_bytes = steps(settings.max_size.saturating_mul(BYTES_SHARES).max(BYTES_LEAST));
        let per_address = settings.limits_per_address.then(|| PerAddress {
            keys: ClientKeys::default(),
            creates: rate(quota(CREATES, CREATE_EVERY)),
            asks: rate(quota(ASKS, ASK_EVERY)),
            bytes: Arc::new(rate(quota(most_bytes, BYTES_PERIOD / most_bytes.get()))),
            most_bytes,
            uploads: Slots::new(UPLOADS),
            downloads: Slots::new(DOWNLOADS),
            bodies: Slots::new(BODIES),
            proxy_seen: AtomicBool::new(false),
        });
        Self { per_address, busy: Arc::default() }
    }

    /// Requests with a [`Permit`] that is still held: being read, being worked on, or parts and files being sent.
    pub(crate) fn on_their_way(&self) -> usize {
        self.busy.load(Ordering::Relaxed)
    }

    /// A fairing that forgets, from time to time, addresses that did nothing for long.
    pub(crate) fn forgetting() -> AdHoc {
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
                            () = rocket::tokio::time::sleep(FORGET_EVERY) => limits.forget(),
                            () = &mut end => return,
                        }
                    }
                });
            })
        })
    }

    fn forget(&self) {
        let Some(limits) = &self.per_address else { return };
        for rate in [&limits.creates, &limits.asks, &*limits.bytes] {
            rate.retain_recent();
            rate.shrink_to_fit();
        }
    }
}

/// Something that is on its way.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What may go on: holds the address's place until it is dropped, so whoever goes on keeps it.
pub(crate) struct Permit {
    _busy: Busy,
    _place: Option<Slot>,
    bytes: Option<(Arc<Rate>, ClientKey)>,
}

impl Permit {
    /// Pays for bytes that were not announced, as they come.
    ///
    /// # Errors
    /// `slow_down` when the address has sent enough for now.
    pub(crate) fn pay(&self, bytes: usize) -> Result<(), Code> {
        let Some((rate, client)) = &self.bytes else { return Ok(()) };
        match rate.check_key_n(client, steps(bytes as u64)) {
            Ok(Ok(())) => Ok(()),
            _ => Err(Code::SlowDown),
        }
    }
}

/// A kind of request, with its cost.
pub(crate) trait Action: Send + Sync {
    /// Cost of one request of this kind.
    const COST: Cost;
}

/// An action that may change something, or that proves a secret: refused when a page of another site asks for it.
pub(crate) trait Changing: Action {}

/// An action that changes nothing.
pub(crate) trait Reading: Action {}

/// What a request takes from its client's limits.
pub(crate) struct Cost {
    rate: Option<Counted>,
    bytes: bool,
    place: Option<Place>,
}

#[derive(Clone, Copy)]
enum Counted {
    Creates,
    Asks,
}

#[derive(Clone, Copy)]
enum Place {
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
    Asking: Changing = Cost { rate: Some(Counted::Asks), bytes: false, place: Some(Place::Body) };
    /// Creates a share through the API.
    Creating: Changing = Cost { rate: Some(Counted::Creates), bytes: true, place: Some(Place::Body) };
    /// Creates a share through a form that carries the files.
    Submitting: Changing = Cost { rate: Some(Counted::Creates), bytes: true, place: Some(Place::Upload) };
    /// Uploads a part.
    Sending: Changing = Cost { rate: None, bytes: true, place: Some(Place::Upload) };
    /// Lists the parts received so far.
    Listing: Reading = Cost { rate: Some(Counted::Asks), bytes: false, place: Some(Place::Body) };
    /// Long-polls the status. Takes no place, since these requests are slow by design.
    Waiting: Reading = Cost { rate: Some(Counted::Asks), bytes: false, place: None };
    /// Downloads a part.
    Fetching: Reading = Cost { rate: None, bytes: false, place: Some(Place::Download) };
    /// Downloads a file through a form, which also opens the share.
    Saving: Changing = Cost { rate: Some(Counted::Asks), bytes: false, place: Some(Place::Download) };
}

impl PerAddress {
    fn client(&self, request: &Request<'_>, settings: &Settings) -> Option<ClientKey> {
        let peer = request.remote()?.ip();
        let trusted = &settings.trusted_proxies;
        let lines = request.headers().get("X-Forwarded-For");
        let address = client_address(peer, lines, trusted);
        if is_private(peer) && !trusted.contains(peer) && request.headers().contains("X-Forwarded-For") {
            self.warn_of_proxy();
        }
        Some(self.keys.of(address))
    }

    /// Said once: with it, a forgotten setting is found before visitors find it.
    fn warn_of_proxy(&self) {
        if !self.proxy_seen.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a request came with X-Forwarded-For from an address that trusted_proxies does not name: all visitors \
                 behind it count as one; name the proxy in trusted_proxies"
            );
        }
    }

    fn allow(&self, client: ClientKey, cost: &Cost, length: Option<u64>, busy: Busy) -> Result<Permit, Problem> {
        let place = match cost.place {
            None => None,
            Some(place) => {
                let slots = match place {
                    Place::Body => &self.bodies,
                    Place::Upload => &self.uploads,
                    Place::Download => &self.downloads,
                };
                Some(slots.take(client).ok_or_else(|| slow_down(Duration::from_secs(BUSY)))?)
            }
        };
        match cost.rate {
            Some(Counted::Creates) => check(&self.creates, client)?,
            Some(Counted::Asks) => check(&self.asks, client)?,
            None => {}
        }
        let bytes = cost.bytes.then(|| (Arc::clone(&self.bytes), client));
        if let (true, Some(length)) = (cost.bytes, length) {
            // A body of more than this is refused for its size.
            let steps = steps(length).min(self.most_bytes);
            if let Ok(Err(not_yet)) = self.bytes.check_key_n(&client, steps) {
                return Err(slow_down(not_yet.wait_time_from(DefaultClock::default().now())));
            }
        }
        Ok(Permit { _busy: busy, _place: place, bytes: bytes.filter(|_| length.is_none()) })
    }
}

fn check(rate: &Rate, client: ClientKey) -> Result<(), Problem> {
    rate.check_key(&client).map_err(|not_yet| slow_down(not_yet.wait_time_from(DefaultClock::default().now())))
}

fn slow_down(wait: Duration) -> Problem {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    Problem::new(Code::SlowDown).retry_after(seconds.max(1))
}

/// Addresses that a proxy of this site could have.
fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// A guard that refuses changes from other sites and clients over their limits. It always succeeds: the handler calls
/// [`Pass::admit`] or [`Pass::check`], and holds the [`Permit`] while it works.
pub(crate) struct Pass<A: Action> {
    cross_site: bool,
    verdict: Result<Permit, Problem>,
    _action: PhantomData<A>,
}

#[rocket::async_trait]
impl<'r, A: Action> FromRequest<'r> for Pass<A> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let (Some(limits), Some(settings)) =
            (request.rocket().state::<Arc<Limits>>(), request.rocket().state::<Settings>())
        else {
            return Outcome::Forward(Status::InternalServerError);
        };
        let busy = Busy::new(&limits.busy);
        let counted = limits.per_address.as_ref().and_then(|limits| Some((limits, limits.client(request, settings)?)));
        let verdict = match counted {
            Some((limits, client)) => limits.allow(client, &A::COST, announced_length(request), busy),
            None => Ok(Permit { _busy: busy, _place: None, bytes: None }),
        };
        if verdict.is_err() {
            refuse_body(request);
        }
        // Cross-site requests count against the limits too, and their bodies are read as usual.
        let cross_site = !is_same_site(request);
        Outcome::Success(Self { cross_site, verdict, _action: PhantomData })
    }
}

impl<A: Changing> Pass<A> {
    /// Returns the permit to handle the request, and the use cases that change shares.
    ///
    /// # Errors
    /// `cross_site` when a page of another site asks for a change, else `slow_down` when the client is over a limit.
    pub(crate) fn admit(self, shares: &Shares) -> Result<(Permit, Changes<'_>), Problem> {
        if self.cross_site {
            return Err(Code::CrossSite.into());
        }
        Ok((self.verdict?, shares.unchecked_changes()))
    }
}

impl<A: Reading> Pass<A> {
    /// Returns the permit to handle the request.
    ///
    /// # Errors
    /// `slow_down` when the client is over a limit.
    pub(crate) fn check(self) -> Result<Permit, Problem> {
        self.verdict
    }
}
