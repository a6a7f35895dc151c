//! What operators can measure, as Prometheus reads it. Numbers only: never an id, an address or a path.

mod waiting;

use crate::share::Timestamp;
use crate::store::{Guarantee, Lane, Observer};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use waiting::Waiting;

/// The type of the text: `OpenMetrics`, which Prometheus asks for.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Reason = [(&'static str, &'static str); 1];
type RouteStatus = [(&'static str, String); 2];
type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// Seconds from a tenth of a millisecond to 26 of them.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 10))
}

/// All counters of this process.
pub struct Metrics {
    registry: Registry,
    created: Counter,
    opened: Counter,
    expired: Counter,
    deleted: Counter,
    waiting: Gauge,
    ends: Waiting,
    received: Counter,
    sent: Counter,
    refusals: Family<Reason, Counter>,
    requests: Family<RouteStatus, Counter>,
    request_seconds: Histogram,
    store_queue: Histograms<Reason>,
    store_seconds: Histograms<Reason>,
    store_guarantee: Family<Reason, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let histograms = || Family::new_with_constructor(seconds as fn() -> Histogram);
        let mut metrics = Self {
            registry: Registry::with_prefix("onetimeshare"),
            created: Counter::default(),
            opened: Counter::default(),
            expired: Counter::default(),
            deleted: Counter::default(),
            waiting: Gauge::default(),
            ends: Waiting::default(),
            received: Counter::default(),
            sent: Counter::default(),
            refusals: Family::default(),
            requests: Family::default(),
            request_seconds: seconds(),
            store_queue: histograms(),
            store_seconds: histograms(),
            store_guarantee: Family::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("build", "The program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let started = Gauge::<i64>::default();
        started.set(i64::try_from(now().0 / 1000).unwrap_or(0));
        registry.register("start_time_seconds", "When this process started, in seconds since 1970", started);
        registry.register(
            "shares_created",
            "Shares that this process took and that could be opened from then on",
            self.created.clone(),
        );
        registry.register("shares_opened", "Shares that this process opened", self.opened.clone());
        registry.register(
            "shares_deleted",
            "Waiting shares that this process deleted for their sender",
            self.deleted.clone(),
        );
        registry.register(
            "shares_expired",
            "Shares that this process took since its start and whose time ended before it opened or deleted them; one \
             that another server on the same store opened counts here too",
            self.expired.clone(),
        );
        registry.register(
            "shares_waiting",
            "Shares that this process took since its start and that it neither opened nor deleted before their time ended",
            self.waiting.clone(),
        );
        registry.register(
            "received_bytes",
            "Bytes of the bodies of requests, as they announced",
            self.received.clone(),
        );
        registry.register("sent_bytes", "Bytes of the bodies of answers, as they announced", self.sent.clone());
        registry.register("refusals", "Answers that refused something, by their code", self.refusals.clone());
        registry.register("requests", "Requests by the pattern of their route and their status", self.requests.clone());
        registry.register(
            "request_seconds",
            "Seconds from a request's head to the head of its answer; a status that is waited for counts, too",
            self.request_seconds.clone(),
        );
        registry.register(
            "store_queue_seconds",
            "Seconds that commands to the store waited for their turn, by lane",
            self.store_queue.clone(),
        );
        registry.register(
            "store_seconds",
            "Seconds that batches of commands took in the store, by lane",
            self.store_seconds.clone(),
        );
        registry.register(
            "store_guarantee",
            "1 for the guarantee that the store gives, 0 for the others",
            self.store_guarantee.clone(),
        );
    }

    /// The text, as of now.
    pub fn text(&self) -> String {
        let (over, waiting) = self.ends.pass(now());
        self.expired.inc_by(over);
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }

    /// A share can be opened, until then.
    pub fn created(&self, until: Timestamp) {
        self.created.inc();
        self.ends.add(until);
    }

    /// A share that waited until then was opened.
    pub fn opened(&self, until: Timestamp) {
        self.opened.inc();
        self.ends.remove(until);
    }

    /// A share that waited until then was deleted by its sender.
    pub fn deleted(&self, until: Timestamp) {
        self.deleted.inc();
        self.ends.remove(until);
    }

    /// A request was answered. `route` is its pattern; `refusal` the code of a refusal.
    pub fn answered(&self, answer: &Answered<'_>) {
        self.requests.get_or_create(&[("route", answer.route.to_owned()), ("status", answer.status.to_string())]).inc();
        self.request_seconds.observe(answer.took.as_secs_f64());
        self.received.inc_by(answer.received);
        self.sent.inc_by(answer.sent);
        if let Some(code) = answer.refusal {
            self.refusals.get_or_create(&[("code", code)]).inc();
        }
    }
}

/// What is known of an answer.
pub struct Answered<'a> {
    /// The pattern of the route, like `/s/<_path..>`.
    pub route: &'a str,
    /// HTTP status.
    pub status: u16,
    /// From the head of the request to that of the answer.
    pub took: Duration,
    /// Bytes of the request's body.
    pub received: u64,
    /// Bytes of the answer's body.
    pub sent: u64,
    /// Its code, where something was refused.
    pub refusal: Option<&'static str>,
}

impl Observer for Metrics {
    fn carried_out(&self, lane: Lane, waited: &[Duration], took: Duration) {
        let lane = [("lane", lane.name())];
        let queue = self.store_queue.get_or_create(&lane);
        for waited in waited {
            queue.observe(waited.as_secs_f64());
        }
        drop(queue);
        self.store_seconds.get_or_create(&lane).observe(took.as_secs_f64());
    }

    fn promised(&self, guarantee: Guarantee) {
        for one in Guarantee::ALL {
            self.store_guarantee.get_or_create(&[("guarantee", one.name())]).set(i64::from(one == guarantee));
        }
    }
}

/// By this computer's clock: a minute more or less changes no figure for long.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
