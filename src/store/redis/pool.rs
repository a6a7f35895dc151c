//! Pools of connections to one Redis server each.

use super::StoreError;
use super::connection::{Broken, Link, Shared, open, too_late};
use super::error::plain;
use super::sentinel::Sentinels;
use ::redis::{Connection, ConnectionInfo};
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
    pub(super) fn connect(&self, limit: Duration) -> Result<Connection, StoreError> {
        match self {
            Self::Fixed(info) => open(info, limit).map_err(|error| plain(&error)),
            Self::Primary(sentinels) => sentinels.connect(limit),
        }
    }
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
        let age = self.shared.age();
        let made = self.endpoint.connect(self.limit);
        self.shared.set_failure(made.as_ref().err().cloned());
        made.map(|connection| Link::new(connection, Arc::clone(&self.shared), age, self.limit))
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), StoreError> {
        link.ping()
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.is_broken()
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
        let shared = Arc::<Shared>::default();
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
        self.shared.renew();
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
            if link.is_current() {
                return Ok(link);
            }
            link.discard();
        }
    }
}
