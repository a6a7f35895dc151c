//! Prometheus metrics. No label holds an id, an address or a path.

mod guards;
mod waiting;

pub(crate) use guards::{Guard, GuardReport};

use crate::share::Timestamp;
use crate::store::{Guarantee, Observer, QueueKind};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use waiting::Waiting;

/// Media type of the exposition: the `OpenMetrics` text format.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Reason = [(&'static str, &'static str); 1];
type RouteStatus = [(&'static str, String); 2];
type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// Returns a histogram of seconds with ten buckets from 0.1 ms to 26 s.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 10))
}

/// All metrics of this process.
pub(crate) struct Metrics {
    registry: Registry,
    created: Counter,
    opened: Counter,
    expired: Counter,
    deleted: Counter,
    asked: Counter,
    answered: Counter,
    waiting: Gauge,
    ends: Waiting,
    received: Counter,
    sent: Counter,
    refusals: Family<Reason, Counter>,
    guards: Family<Reason, Counter>,
    requests: Family<RouteStatus, Counter>,
    request_seconds: Histogram,
    store_queue: Histograms<Reason>,
    store_seconds: Histograms<Reason>,
    store_guarantee: Family<Reason, Gauge>,
    room: Family<Reason, Gauge>,
    log_lines_lost: Counter,
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
            asked: Counter::default(),
            answered: Counter::default(),
            waiting: Gauge::default(),
            ends: Waiting::default(),
            received: Counter::default(),
            sent: Counter::default(),
            refusals: Family::default(),
            guards: Family::default(),
            requests: Family::default(),
            request_seconds: seconds(),
            store_queue: histograms(),
            store_seconds: histograms(),
            store_guarantee: Family::default(),
            room: Family::default(),
            log_lines_lost: Counter::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("build", "Version of the program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let started = Gauge::<i64>::default();
        started.set(i64::try_from(now().0 / 1000).unwrap_or(0));
        registry.register("start_time_seconds", "Start time of this process, in seconds since 1970-01-01 UTC", started);
        registry.register("shares_created", "Shares whose creation this process completed", self.created.clone());
        registry.register("shares_opened", "Shares that this process opened", self.opened.clone());
        registry.register(
            "shares_deleted",
            "Waiting shares that this process deleted for their senders",
            self.deleted.clone(),
        );
        registry.register(
            "shares_expired",
            "Shares created by this process since its start whose lifetime ended before this process opened or deleted \
             them; includes those that another server on the same store opened",
            self.expired.clone(),
        );
        registry.register(
            "shares_waiting",
            "Shares created by this process since its start that have not expired and that this process neither opened \
             nor deleted",
            self.waiting.clone(),
        );
        registry.register("asks_created", "Requests for an answer that this process stored", self.asked.clone());
        registry.register("asks_answered", "Answers to such requests that this process stored", self.answered.clone());
        registry.register("received_bytes", "Announced bytes of request bodies", self.received.clone());
        registry.register("sent_bytes", "Announced bytes of response bodies", self.sent.clone());
        registry.register("refusals", "Refused requests, by error code", self.refusals.clone());
        registry.register(
            "guards",
            "Wrong passwords, refused owner tokens and limits hit, by kind",
            self.guards.clone(),
        );
        registry.register("requests", "Requests, by route pattern and status", self.requests.clone());
        registry.register(
            "request_seconds",
            "Seconds from the head of a request to the head of its response, including long polls for a status",
            self.request_seconds.clone(),
        );
        registry.register(
            "store_queue_seconds",
            "Seconds that store commands were queued, by lane",
            self.store_queue.clone(),
        );
        registry.register(
            "store_seconds",
            "Seconds that batches of store commands took, by lane",
            self.store_seconds.clone(),
        );
        registry.register(
            "store_guarantee",
            "1 for the guarantee that the store currently gives, 0 for the others",
            self.store_guarantee.clone(),
        );
        registry.register(
            "room_bytes",
            "Room of the store for parts: all, free, what one address may use, what one address may use of the room kept \
             for messages",
            self.room.clone(),
        );
        registry.register(
            "log_lines_lost",
            "Lines of the log that standard error did not take",
            self.log_lines_lost.clone(),
        );
    }

    /// Encodes the current values as `OpenMetrics` text.
    pub(crate) fn text(&self) -> String {
        let (expired, waiting) = self.ends.expire(now());
        self.expired.inc_by(expired);
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        for kind in Guard::ALL {
            self.guards.get_or_create(&[("kind", kind.name())]).inner().store(kind.total(), Ordering::Relaxed);
        }
        self.log_lines_lost.inner().store(crate::logging::lines_lost(), Ordering::Relaxed);
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }

    /// Records bytes of the store's room, by what they are.
    pub(crate) fn room_measured(&self, figures: impl IntoIterator<Item = (&'static str, u64)>) {
        for (of, bytes) in figures {
            self.room.get_or_create(&[("of", of)]).set(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
    }

    /// Counts a share that can be opened until `until`.
    pub(crate) fn created(&self, until: Timestamp) {
        self.created.inc();
        self.ends.add(until);
    }

    /// Counts the opening of a share whose lifetime ends at `until`.
    pub(crate) fn opened(&self, until: Timestamp) {
        self.opened.inc();
        self.ends.remove(until);
    }

    /// Counts the deletion, by its sender, of a share whose lifetime ends at `until`.
    pub(crate) fn deleted(&self, until: Timestamp) {
        self.deleted.inc();
        self.ends.remove(until);
    }

    /// Counts a new request for an answer.
    pub(crate) fn asked(&self, _until: Timestamp) {
        self.asked.inc();
    }

    /// Counts an answer to a request.
    pub(crate) fn answered(&self, _until: Timestamp) {
        self.answered.inc();
    }

    /// Counts a request and its response.
    pub(crate) fn request_completed(&self, request: &CompletedRequest<'_>) {
        self.requests
            .get_or_create(&[("route", request.route.to_owned()), ("status", request.status.to_string())])
            .inc();
        self.request_seconds.observe(request.took.as_secs_f64());
        self.received.inc_by(request.received);
        self.sent.inc_by(request.sent);
        if let Some(code) = request.error_code {
            self.refusals.get_or_create(&[("code", code)]).inc();
        }
    }
}

/// One request and its response.
pub(crate) struct CompletedRequest<'a> {
    /// Pattern of the route, such as `/s/<_path..>`.
    pub(crate) route: &'a str,
    /// HTTP status.
    pub(crate) status: u16,
    /// Time from the head of the request to the head of the response.
    pub(crate) took: Duration,
    /// Bytes of the request body.
    pub(crate) received: u64,
    /// Bytes of the response body.
    pub(crate) sent: u64,
    /// Error code, if the request was refused.
    pub(crate) error_code: Option<&'static str>,
}

impl Observer for Metrics {
    fn batch_executed(&self, queue: QueueKind, queued: &[Duration], took: Duration) {
        let lane = [("lane", queue.name())];
        let histogram = self.store_queue.get_or_create(&lane);
        for time in queued {
            histogram.observe(time.as_secs_f64());
        }
        drop(histogram);
        self.store_seconds.get_or_create(&lane).observe(took.as_secs_f64());
    }

    fn guarantee_observed(&self, guarantee: Guarantee) {
        for one in Guarantee::ALL {
            self.store_guarantee.get_or_create(&[("guarantee", one.name())]).set(i64::from(one == guarantee));
        }
    }
}

/// Returns the time by the local clock, not the store's. A skew of a minute changes the metrics only briefly.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
