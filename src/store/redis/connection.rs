//! One connection to Redis: requests and replies within a time limit, and when to close it.

use super::StoreError;
use super::error::from_client;
use ::redis::{Client, ConnectionInfo, RedisError, Value};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How much less than its full time limit a call may have left before its connection's limits are set anew.
const SLACK: Duration = Duration::from_millis(100);

/// A connection failed in the middle; it has been marked, so that the pool throws it away.
pub(super) struct ConnectionError {
    /// It was closed from the other side: a fresh connection may do better.
    pub(super) closed: bool,
    /// Redis may have carried out what was asked.
    pub(super) sent: bool,
    /// What to tell.
    pub(super) cause: StoreError,
}

/// What the connections of one pool know together.
#[derive(Default)]
pub(super) struct PoolState {
    /// Connections made in an earlier age are not used any more. An age ends when Redis closes a connection: it has
    /// probably closed them all.
    generation: AtomicU64,
    /// How often Redis had forgotten the script that it is sent by its hash.
    script_flushes: AtomicU64,
    /// Why no connection could be made the last time.
    failure: Mutex<Option<StoreError>>,
}

impl PoolState {
    pub(super) fn failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Begins another age, in which no connection made so far is used.
    pub(super) fn retire_all(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    fn retire_generation(&self, generation: u64) {
        let _ = self.generation.compare_exchange(generation, generation + 1, Ordering::AcqRel, Ordering::Acquire);
    }

    pub(super) fn set_failure(&self, failure: Option<StoreError>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

/// A pooled connection.
pub(super) struct Connection {
    inner: ::redis::Connection,
    shared: Arc<PoolState>,
    generation: u64,
    /// How often forgotten the script was when this connection last sent it whole.
    script_sent_at: Option<u64>,
    /// The time limit for reads and writes that is set on the socket.
    limit: Duration,
    full_limit: Duration,
    broken: bool,
}

impl Connection {
    /// A connection made in `generation`, whose reads and writes have the time limit `limit`.
    pub(super) fn new(inner: ::redis::Connection, shared: Arc<PoolState>, generation: u64, limit: Duration) -> Self {
        Self { inner, shared, generation, script_sent_at: None, limit, full_limit: limit, broken: false }
    }

    /// Sends `PING` and waits for its reply.
    pub(super) fn ping(&mut self) -> Result<(), StoreError> {
        ::redis::cmd("PING").exec(&mut self.inner).map_err(|error| from_client(&error))
    }

    /// Whether the pool must close the connection.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the connection was made in the present age.
    pub(super) fn is_current(&self) -> bool {
        self.generation == self.shared.generation()
    }

    /// Marks the connection, so that the pool closes it.
    pub(super) fn discard(&mut self) {
        self.broken = true;
    }

    /// Sends `bytes`, which are whole commands.
    pub(super) fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), ConnectionError> {
        self.apply_deadline(deadline)?;
        self.inner.send_packed_command(bytes).map_err(|error| self.fail(&error))
    }

    /// Receives the next answer, which may be an error of that one command.
    pub(super) fn receive(&mut self, deadline: Instant) -> Result<Value, ConnectionError> {
        self.apply_deadline(deadline)?;
        self.inner.recv_response().map_err(|error| self.fail(&error))
    }

    /// Finds out whether the connection still stands, for what must not be sent twice.
    pub(super) fn probe(&mut self, deadline: Instant) -> Result<(), ConnectionError> {
        let ping = ::redis::cmd("PING").get_packed_command();
        let unsent = |broken| ConnectionError { sent: false, ..broken };
        self.send(&ping, deadline).map_err(unsent)?;
        self.receive(deadline).map(drop).map_err(unsent)
    }

    /// Throws the connection away: it answered something else than it was asked.
    pub(super) fn reject_reply(&mut self) -> ConnectionError {
        self.broken = true;
        let cause = StoreError::Unavailable("Redis answered something else than it was asked".into());
        ConnectionError { closed: false, sent: true, cause }
    }

    /// Throws the connection away because of an `error` that Redis answered to everything.
    pub(super) fn fail_with(&mut self, error: StoreError) -> ConnectionError {
        self.broken = true;
        ConnectionError { closed: false, sent: true, cause: error }
    }

    /// Throws this connection and all others of its age away: they lead to a server that is no primary any more.
    pub(super) fn retire(&mut self) {
        self.broken = true;
        self.shared.retire_generation(self.generation);
    }

    /// Whether the server has been sent the script by this connection, and has not said that it forgot it since. It is sent
    /// now, if not.
    pub(super) fn script_is_cached(&mut self) -> bool {
        let now = Some(self.shared.script_flushes.load(Ordering::Acquire));
        std::mem::replace(&mut self.script_sent_at, now) == now
    }

    /// The server has forgotten the script: each connection sends it anew.
    pub(super) fn note_script_flush(&self) {
        if let Some(flushes) = self.script_sent_at {
            let _ =
                self.shared.script_flushes.compare_exchange(flushes, flushes + 1, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    fn fail(&mut self, error: &RedisError) -> ConnectionError {
        self.broken = true;
        let closed = error.is_connection_dropped();
        if closed {
            self.shared.retire_generation(self.generation);
        }
        ConnectionError { closed, sent: true, cause: from_client(error) }
    }

    fn apply_deadline(&mut self, deadline: Instant) -> Result<(), ConnectionError> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            self.broken = true;
            return Err(ConnectionError { closed: false, sent: true, cause: too_late() });
        }
        let limit = if left + SLACK >= self.full_limit { self.full_limit } else { left.max(Duration::from_millis(1)) };
        if limit == self.limit {
            return Ok(());
        }
        self.limit = limit;
        let set = self.inner.set_read_timeout(Some(limit));
        set.and_then(|()| self.inner.set_write_timeout(Some(limit))).map_err(|error| self.fail(&error))
    }
}

pub(super) fn too_late() -> StoreError {
    StoreError::Unavailable("Redis did not answer in time".into())
}

/// A connection that gives each step `limit` at most.
pub(super) fn open(info: &ConnectionInfo, limit: Duration) -> Result<::redis::Connection, RedisError> {
    let connection = Client::open(info.clone())?.get_connection_with_timeout(limit)?;
    connection.set_read_timeout(Some(limit))?;
    connection.set_write_timeout(Some(limit))?;
    Ok(connection)
}
