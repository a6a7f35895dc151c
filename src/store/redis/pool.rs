//! Pools of connections to one Redis server each.

use super::StoreError;
use super::connection::{Connection, ConnectionError, PoolState, open, too_late};
use super::error::from_client;
use super::sentinel::Sentinels;
use ::redis::ConnectionInfo;
use r2d2::{ManageConnection, NopErrorHandler, Pool, PooledConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest a call waits for a connection.
const CHECKOUT_TIME: Duration = Duration::from_secs(1);
/// The same while Redis refuses connections: calls then fail fast, and the pool tries on by itself.
const CHECKOUT_TIME_DOWN: Duration = Duration::from_millis(150);

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
    pub(super) fn connect(&self, limit: Duration) -> Result<::redis::Connection, StoreError> {
        match self {
            Self::Fixed(info) => open(info, limit).map_err(|error| from_client(&error)),
            Self::Primary(sentinels) => sentinels.connect(limit),
        }
    }
}

/// Makes connections for the pool.
pub(super) struct ConnectionManager {
    endpoint: Endpoint,
    limit: Duration,
    shared: Arc<PoolState>,
}

impl ManageConnection for ConnectionManager {
    type Connection = Connection;
    type Error = StoreError;

    fn connect(&self) -> Result<Connection, StoreError> {
        let generation = self.shared.generation();
        let made = self.endpoint.connect(self.limit);
        self.shared.set_failure(made.as_ref().err().cloned());
        made.map(|connection| Connection::new(connection, Arc::clone(&self.shared), generation, self.limit))
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), StoreError> {
        connection.ping()
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.is_broken()
    }
}

/// The pool of connections.
pub(super) struct ConnectionPool {
    pool: Pool<ConnectionManager>,
    shared: Arc<PoolState>,
    endpoint: Endpoint,
}

impl ConnectionPool {
    /// A pool of up to `size`; the first connection is made in the background.
    pub(super) fn new(endpoint: Endpoint, size: u32, timeout: Duration) -> Self {
        let shared = Arc::<PoolState>::default();
        let manager = ConnectionManager { endpoint: endpoint.clone(), limit: timeout, shared: Arc::clone(&shared) };
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
    pub(super) fn retire_all(&self) {
        self.shared.retire_all();
    }

    /// A connection that nothing speaks against.
    pub(super) fn checkout(&self, deadline: Instant) -> Result<PooledConnection<ConnectionManager>, ConnectionError> {
        loop {
            let wait =
                if self.shared.failure().is_some() { CHECKOUT_TIME_DOWN } else { self.pool.connection_timeout() };
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(mut connection) = self.pool.get_timeout(wait.min(left)) else {
                let error = self.shared.failure().unwrap_or_else(too_late);
                return Err(ConnectionError { closed: false, sent: false, cause: error });
            };
            if connection.is_current() {
                return Ok(connection);
            }
            connection.discard();
        }
    }
}
