//! Connections to Redis: made, given out, and thrown away at the first doubt.

use super::StoreError;
use super::reply::plain;
use super::sentinel::Sentinels;
use ::redis::{Client, Connection, ConnectionInfo, RedisError, Value};
use r2d2::{ManageConnection, NopErrorHandler, Pool, PooledConnection};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest a call waits for a connection.
const CHECKOUT_TIME: Duration = Duration::from_secs(1);
/// The same while Redis refuses connections: calls then fail fast, and the pool tries on by itself.
const CHECKOUT_TIME_DOWN: Duration = Duration::from_millis(150);
/// How much less than its full time limit a call may have left before its connection's limits are set anew.
const SLACK: Duration = Duration::from_millis(100);

/// A connection failed in the middle; it has been marked, so that the pool throws it away.
pub(super) struct Broken {
    /// It was closed from the other side: a fresh connection may do better.
    pub(super) gone: bool,
    /// Redis may have carried out what was asked.
    pub(super) sent: bool,
    /// What to tell.
    pub(super) error: StoreError,
}

/// What the connections of one pool know together.
struct Shared {
    /// Connections made in an earlier age are not used any more. An age ends when Redis closes a connection: it has
    /// probably closed them all.
    age: AtomicU64,
    /// How often Redis had forgotten the script that it is sent by its hash.
    forgotten: AtomicU64,
    /// Why no connection could be made the last time.
    failure: Mutex<Option<StoreError>>,
}

impl Shared {
    fn failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn end_age(&self, age: u64) {
        let _ = self.age.compare_exchange(age, age + 1, Ordering::AcqRel, Ordering::Acquire);
    }

    fn set_failure(&self, failure: Option<StoreError>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

/// A pooled connection.
pub(super) struct Link {
    connection: Connection,
    shared: Arc<Shared>,
    age: u64,
    /// How often forgotten the script was when this connection last sent it whole.
    taught: Option<u64>,
    /// The time limit for reads and writes that is set on the socket.
    limit: Duration,
    full_limit: Duration,
    broken: bool,
}

impl Link {
    /// Sends `bytes`, which are whole commands.
    pub(super) fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), Broken> {
        self.limit_to(deadline)?;
        self.connection.send_packed_command(bytes).map_err(|error| self.fail(&error))
    }

    /// Receives the next answer, which may be an error of that one command.
    pub(super) fn receive(&mut self, deadline: Instant) -> Result<Value, Broken> {
        self.limit_to(deadline)?;
        self.connection.recv_response().map_err(|error| self.fail(&error))
    }

    /// Finds out whether the connection still stands, for what must not be sent twice.
    pub(super) fn probe(&mut self, deadline: Instant) -> Result<(), Broken> {
        let ping = ::redis::cmd("PING").get_packed_command();
        let unsent = |broken| Broken { sent: false, ..broken };
        self.send(&ping, deadline).map_err(unsent)?;
        self.receive(deadline).map(drop).map_err(unsent)
    }

    /// Throws the connection away: it answered something else than it was asked.
    pub(super) fn distrust(&mut self) -> Broken {
        self.broken = true;
        let error = StoreError::Unavailable("Redis answered something else than it was asked".into());
        Broken { gone: false, sent: true, error }
    }

    /// Throws the connection away because of an `error` that Redis answered to everything.
    pub(super) fn give_up(&mut self, error: StoreError) -> Broken {
        self.broken = true;
        Broken { gone: false, sent: true, error }
    }

    /// Throws this connection and all others of its age away: they lead to a server that is no primary any more.
    pub(super) fn leave(&mut self) {
        self.broken = true;
        self.shared.end_age(self.age);
    }

    /// Whether the server has been sent the script by this connection, and has not said that it forgot it since. It is sent
    /// now, if not.
    pub(super) fn is_taught(&mut self) -> bool {
        let now = Some(self.shared.forgotten.load(Ordering::Acquire));
        std::mem::replace(&mut self.taught, now) == now
    }

    /// The server has forgotten the script: each connection sends it anew.
    pub(super) fn forget(&self) {
        if let Some(taught) = self.taught {
            let _ = self.shared.forgotten.compare_exchange(taught, taught + 1, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    fn fail(&mut self, error: &RedisError) -> Broken {
        self.broken = true;
        let gone = error.is_connection_dropped();
        if gone {
            self.shared.end_age(self.age);
        }
        Broken { gone, sent: true, error: plain(error) }
    }

    fn limit_to(&mut self, deadline: Instant) -> Result<(), Broken> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            self.broken = true;
            return Err(Broken { gone: false, sent: true, error: too_late() });
        }
        let limit = if left + SLACK >= self.full_limit { self.full_limit } else { left.max(Duration::from_millis(1)) };
        if limit == self.limit {
            return Ok(());
        }
        self.limit = limit;
        let set = self.connection.set_read_timeout(Some(limit));
        set.and_then(|()| self.connection.set_write_timeout(Some(limit))).map_err(|error| self.fail(&error))
    }
}

fn too_late() -> StoreError {
    StoreError::Unavailable("Redis did not answer in time".into())
}

/// Where connections of one pool lead to.
#[derive(Clone)]
pub(super) enum Endpoint {
    /// One server.
    Fixed(Box<ConnectionInfo>),
    /// Whichever server the sentinels name.
    Primary(Arc<Sentinels>),
}

impl Endpoint {
    /// A connection that gives each step `limit` at most.
    pub(super) fn connect(&self, limit: Duration) -> Result<Connection, StoreError> {
        match self {
            Self::Fixed(info) => open(info, limit).map_err(|error| plain(&error)),
            Self::Primary(sentinels) => sentinels.connect(limit),
        }
    }
}

/// A connection that gives each step `limit` at most.
pub(super) fn open(info: &ConnectionInfo, limit: Duration) -> Result<Connection, RedisError> {
    let connection = Client::open(info.clone())?.get_connection_with_timeout(limit)?;
    connection.set_read_timeout(Some(limit))?;
    connection.set_write_timeout(Some(limit))?;
    Ok(connection)
}

/// Makes connections for the pool.
pub(super) struct Manager {
    endpoint: Endpoint,
    limit: Duration,
    shared: Arc<Shared>,
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = StoreError;

    fn connect(&self) -> Result<Link, StoreError> {
        let age = self.shared.age.load(Ordering::Acquire);
        let made = self.endpoint.connect(self.limit);
        self.shared.set_failure(made.as_ref().err().cloned());
        let shared = Arc::clone(&self.shared);
        let (limit, full_limit) = (self.limit, self.limit);
        made.map(|connection| Link { connection, shared, age, taught: None, limit, full_limit, broken: false })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), StoreError> {
        ::redis::cmd("PING").exec(&mut link.connection).map_err(|error| plain(&error))
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.broken
    }
}

/// The pool of connections.
pub(super) struct Connections {
    pool: Pool<Manager>,
    shared: Arc<Shared>,
    endpoint: Endpoint,
}

impl Connections {
    /// A pool of up to `size`; the first connection is made in the background.
    pub(super) fn new(endpoint: Endpoint, size: u32, timeout: Duration) -> Self {
        let shared =
            Arc::new(Shared { age: AtomicU64::new(0), forgotten: AtomicU64::new(0), failure: Mutex::new(None) });
        let manager = Manager { endpoint: endpoint.clone(), limit: timeout, shared: Arc::clone(&shared) };
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(CHECKOUT_TIME.min(timeout))
            .test_on_check_out(false)
            .error_handler(Box::new(NopErrorHandler))
            .build_unchecked(manager);
        Self { pool, shared, endpoint }
    }

    /// Where they lead to, for a connection outside the pool.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Throws all connections away: they lead to a server that is not the one to ask any more.
    pub(super) fn renew(&self) {
        self.shared.age.fetch_add(1, Ordering::AcqRel);
    }

    /// A connection that nothing speaks against.
    pub(super) fn checkout(&self, deadline: Instant) -> Result<PooledConnection<Manager>, Broken> {
        loop {
            let wait =
                if self.shared.failure().is_some() { CHECKOUT_TIME_DOWN } else { self.pool.connection_timeout() };
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(mut link) = self.pool.get_timeout(wait.min(left)) else {
                let error = self.shared.failure().unwrap_or_else(too_late);
                return Err(Broken { gone: false, sent: false, error });
            };
            if link.age == self.shared.age.load(Ordering::Acquire) {
                return Ok(link);
            }
            link.broken = true;
        }
    }
}
