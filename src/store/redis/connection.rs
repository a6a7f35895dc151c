//! A pooled connection to Redis, with a deadline for each request.

use super::StoreError;
use super::diagnosis::explain;
use super::error::from_client;
use crate::store::{Trouble, TroubleKind};
use ::redis::{Client, ConnectionInfo, RedisError, Value};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time that a call may have lost of its full timeout before the socket timeouts are shortened, which costs system calls.
const TIMEOUT_SLACK: Duration = Duration::from_millis(100);

/// A failed connection. The pool closes it.
pub(super) struct ConnectionError {
    /// Whether the server closed it: a new connection may work.
    pub(super) closed: bool,
    /// Whether Redis may have executed the request.
    pub(super) sent: bool,
    /// The error for the caller.
    pub(super) cause: StoreError,
}

/// State shared by the connections of one pool.
#[derive(Default)]
pub(super) struct PoolState {
    /// Connections of earlier generations are closed. A generation ends when Redis closes a connection, because it has
    /// probably closed all of them.
    generation: AtomicU64,
    /// Number of times that Redis had flushed the cached script.
    script_flushes: AtomicU64,
    /// The error of the last connect, if it failed.
    failure: Mutex<Option<StoreError>>,
}

impl PoolState {
    pub(super) fn failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Begins a new generation, so that no existing connection is used again.
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
    /// Script-flush count at this connection's last `EVAL`.
    script_sent_at: Option<u64>,
    /// The timeout that is set on the socket.
    timeout: Duration,
    full_timeout: Duration,
    broken: bool,
}

impl Connection {
    /// Wraps a connection of `generation` whose socket has the timeout `timeout`.
    pub(super) fn new(inner: ::redis::Connection, shared: Arc<PoolState>, generation: u64, timeout: Duration) -> Self {
        Self { inner, shared, generation, script_sent_at: None, timeout, full_timeout: timeout, broken: false }
    }

    /// Sends `PING` and waits for its reply.
    pub(super) fn ping(&mut self) -> Result<(), StoreError> {
        ::redis::cmd("PING").exec(&mut self.inner).map_err(|error| from_client(&error))
    }

    /// Returns whether the pool must close the connection.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Returns whether the connection is of the current generation.
    pub(super) fn is_current(&self) -> bool {
        self.generation == self.shared.generation()
    }

    /// Makes the pool close the connection.
    pub(super) fn discard(&mut self) {
        self.broken = true;
    }

    /// Sends encoded commands.
    pub(super) fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), ConnectionError> {
        self.apply_deadline(deadline)?;
        self.inner.send_packed_command(bytes).map_err(|error| self.fail(&error))
    }

    /// Receives the next reply, which may be a server error.
    pub(super) fn receive(&mut self, deadline: Instant) -> Result<Value, ConnectionError> {
        self.apply_deadline(deadline)?;
        self.inner.recv_response().map_err(|error| self.fail(&error))
    }

    /// Checks that the connection is alive, before a command that must not be repeated.
    pub(super) fn probe(&mut self, deadline: Instant) -> Result<(), ConnectionError> {
        let ping = ::redis::cmd("PING").get_packed_command();
        let unsent = |error| ConnectionError { sent: false, ..error };
        self.send(&ping, deadline).map_err(unsent)?;
        self.receive(deadline).map(drop).map_err(unsent)
    }

    /// Discards the connection because of an unexpected reply.
    pub(super) fn reject_reply(&mut self) -> ConnectionError {
        self.broken = true;
        let cause = StoreError::Unavailable("Redis sent a reply that does not match the request".into());
        ConnectionError { closed: false, sent: true, cause }
    }

    /// Discards the connection because of a server error that concerns the whole pipeline.
    pub(super) fn fail_with(&mut self, error: StoreError) -> ConnectionError {
        self.broken = true;
        ConnectionError { closed: false, sent: true, cause: error }
    }

    /// Discards all connections of this generation, because their server is no longer the primary.
    pub(super) fn retire(&mut self) {
        self.broken = true;
        self.shared.retire_generation(self.generation);
    }

    /// Returns whether this connection has sent the script since the last flush. The caller must send it now if not.
    pub(super) fn script_is_cached(&mut self) -> bool {
        let now = Some(self.shared.script_flushes.load(Ordering::Acquire));
        std::mem::replace(&mut self.script_sent_at, now) == now
    }

    /// Records that the server has flushed the script, so that each connection sends it again.
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
            return Err(ConnectionError { closed: false, sent: true, cause: timed_out() });
        }
        let timeout = if left + TIMEOUT_SLACK >= self.full_timeout {
            self.full_timeout
        } else {
            left.max(Duration::from_millis(1))
        };
        if timeout == self.timeout {
            return Ok(());
        }
        self.timeout = timeout;
        let set = self.inner.set_read_timeout(Some(timeout));
        set.and_then(|()| self.inner.set_write_timeout(Some(timeout))).map_err(|error| self.fail(&error))
    }
}

pub(super) fn timed_out() -> StoreError {
    StoreError::Unavailable(Trouble::new(TroubleKind::Unreachable, "Redis did not answer in time"))
}

/// Opens a connection, or explains why it could not be opened.
pub(super) fn connect(info: &ConnectionInfo, timeout: Duration) -> Result<::redis::Connection, StoreError> {
    open(info, timeout).map_err(|error| explain(&error, info))
}

/// Opens a connection. `timeout` limits the connect and each read and write.
pub(super) fn open(info: &ConnectionInfo, timeout: Duration) -> Result<::redis::Connection, RedisError> {
    let connection = Client::open(info.clone())?.get_connection_with_timeout(timeout)?;
    connection.set_read_timeout(Some(timeout))?;
    connection.set_write_timeout(Some(timeout))?;
    Ok(connection)
}
