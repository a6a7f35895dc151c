//! A connection pool for one Redis server.

use super::StoreError;
use super::connection::{Connection, ConnectionError, PoolState, connect, timed_out};
use super::sentinel::Sentinels;
use ::redis::ConnectionInfo;
use r2d2::{ManageConnection, NopErrorHandler, Pool, PooledConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Maximum time that a call waits for a connection.
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(1);
/// The same while connects fail, so that calls fail fast. The pool keeps trying to connect.
const CHECKOUT_TIMEOUT_DOWN: Duration = Duration::from_millis(150);

/// The server of a pool.
#[derive(Clone)]
pub(super) enum Endpoint {
    /// One server.
    Fixed(Box<ConnectionInfo>),
    /// The primary that the sentinels report.
    Primary(Arc<Sentinels>),
}

impl Endpoint {
    /// Opens a connection. `timeout` limits the connect and each read and write.
    pub(super) fn connect(&self, timeout: Duration) -> Result<::redis::Connection, StoreError> {
        match self {
            Self::Fixed(info) => connect(info, timeout),
            Self::Primary(sentinels) => sentinels.connect(timeout),
        }
    }
}

/// Opens and checks connections for the pool.
pub(super) struct ConnectionManager {
    endpoint: Endpoint,
    timeout: Duration,
    shared: Arc<PoolState>,
}

impl ManageConnection for ConnectionManager {
    type Connection = Connection;
    type Error = StoreError;

    fn connect(&self) -> Result<Connection, StoreError> {
        let generation = self.shared.generation();
        let opened = self.endpoint.connect(self.timeout);
        self.shared.set_failure(opened.as_ref().err().cloned());
        opened.map(|connection| Connection::new(connection, Arc::clone(&self.shared), generation, self.timeout))
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), StoreError> {
        connection.ping()
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.is_broken()
    }
}

/// A connection pool.
pub(super) struct ConnectionPool {
    pool: Pool<ConnectionManager>,
    shared: Arc<PoolState>,
    endpoint: Endpoint,
}

impl ConnectionPool {
    /// Creates a pool of up to `size` connections. The first one is opened in the background.
    pub(super) fn new(endpoint: Endpoint, size: u32, timeout: Duration) -> Self {
        let shared = Arc::<PoolState>::default();
        let manager = ConnectionManager { endpoint: endpoint.clone(), timeout, shared: Arc::clone(&shared) };
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(CHECKOUT_TIMEOUT.min(timeout))
            .test_on_check_out(false)
            .error_handler(Box::new(NopErrorHandler))
            .build_unchecked(manager);
        Self { pool, shared, endpoint }
    }

    /// Returns the server, for connections outside the pool.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Discards all connections, because their server is no longer the primary.
    pub(super) fn retire_all(&self) {
        self.shared.retire_all();
    }

    /// Checks out a connection of the current generation.
    pub(super) fn checkout(&self, deadline: Instant) -> Result<PooledConnection<ConnectionManager>, ConnectionError> {
        loop {
            let wait =
                if self.shared.failure().is_some() { CHECKOUT_TIMEOUT_DOWN } else { self.pool.connection_timeout() };
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(mut connection) = self.pool.get_timeout(wait.min(left)) else {
                let error = self.shared.failure().unwrap_or_else(timed_out);
                return Err(ConnectionError { closed: false, sent: false, cause: error });
            };
            if connection.is_current() {
                return Ok(connection);
            }
            connection.discard();
        }
    }
}
