//! Pipelines: one round trip to one server for a batch of commands.
//!
//! Sending and receiving are separate steps, so that the nodes of a cluster work in parallel, and each reply has the deadline
//! of the batch, which the client library's `Pipeline::query` cannot give it.

use super::command::{add_command, add_fence, is_repeatable, needs_write_concern, reply_count};
use super::connection::{Connection, ConnectionError};
use super::error::from_server;
use super::pool::{ConnectionManager, ConnectionPool};
use super::reply::{self, Attempt};
use super::request::Request;
use super::{Command, StoreError, unavailable};
use ::redis::Value;
use r2d2::PooledConnection;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time by which the timeout of `WAIT` is shorter than the caller's, so that its reply arrives in time on a busy machine.
const REPLY_MARGIN: Duration = Duration::from_millis(300);

/// Number of the next pipeline, for its tag.
static TAGS: AtomicU64 = AtomicU64::new(0);

/// How far a write must be replicated before it is acknowledged (`needs_write_concern`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WriteConcern {
    /// Number of replicas that must confirm the write.
    pub(super) replicas: u32,
    /// Whether the write must be synced to the append-only file (`WAITAOF`, Redis 7.2 or later).
    pub(super) fsync: bool,
}

impl WriteConcern {
    fn is_set(self) -> bool {
        self.replicas > 0 || self.fsync
    }

    /// Returns the number of replies to the waiting commands.
    fn reply_count(self) -> usize {
        usize::from(self.replicas > 0) + usize::from(self.fsync)
    }

    fn add_to(self, request: &mut Request, timeout: Duration) {
        // Zero would disable the timeout.
        let timeout = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX).max(1);
        if self.replicas > 0 {
            request.cmd("WAIT").arg(self.replicas).arg(timeout);
        }
        if self.fsync {
            request.cmd("WAITAOF").arg(1).arg(0).arg(timeout);
        }
    }

    /// Returns an error if the replies to the fence and to the waiting commands do not confirm the write.
    fn unmet(self, replies: &[Value]) -> Option<StoreError> {
        let mut replies = replies.iter();
        if let Some(Value::ServerError(error)) = replies.next() {
            return Some(from_server(error));
        }
        if self.replicas > 0 {
            match replies.next() {
                Some(Value::Int(count)) if *count >= i64::from(self.replicas) => {}
                Some(Value::ServerError(error)) => return Some(from_server(error)),
                _ => return Some(unavailable("too few replicas of Redis confirmed the write in time")),
            }
        }
        if self.fsync {
            match replies.next() {
                Some(Value::Array(counts)) if matches!(counts.first(), Some(Value::Int(1..))) => {}
                Some(Value::ServerError(error)) => return Some(from_server(error)),
                _ => return Some(unavailable("Redis did not sync the write to its disk in time")),
            }
        }
        None
    }
}

/// A sent batch.
pub(super) struct SentPipeline<'a> {
    connection: PooledConnection<ConnectionManager>,
    commands: Vec<&'a Command>,
    tag: String,
    with_time: bool,
    asking: bool,
    write_concern: Option<WriteConcern>,
}

impl<'a> SentPipeline<'a> {
    /// Sends `commands` to one server. `asking` is for the node of a cluster that imports their slot.
    ///
    /// # Errors
    /// When no connection is available, or it failed.
    pub(super) fn send(
        connections: &ConnectionPool,
        commands: Vec<&'a Command>,
        (asking, write_concern): (bool, WriteConcern),
        deadline: Instant,
    ) -> Result<Self, ConnectionError> {
        let mut connection = connections.checkout(deadline)?;
        if commands.iter().any(|command| !is_repeatable(command)) {
            connection.probe(deadline)?;
        }
        let tag = format!("tag:{:x}", TAGS.fetch_add(1, Ordering::Relaxed));
        let with_time = commands.iter().any(|command| matches!(command, Command::Load { .. }));
        let mut request = Request::with_capacity(256 + 1024 * commands.len());
        if with_time {
            request.cmd("TIME");
        }
        for command in &commands {
            if asking {
                request.cmd("ASKING");
            }
            add_command(&mut request, command, || connection.script_is_cached());
        }
        let fenced = commands.iter().find(|command| write_concern.is_set() && needs_write_concern(command));
        if let Some(fenced) = fenced {
            if asking {
                request.cmd("ASKING");
            }
            add_fence(&mut request, fenced);
            write_concern.add_to(&mut request, deadline.saturating_duration_since(Instant::now() + REPLY_MARGIN));
        }
        let write_concern = fenced.map(|_| write_concern);
        request.cmd("ECHO").arg(&tag);
        connection.send(&request.into_bytes(), deadline)?;
        Ok(Self { connection, commands, tag, with_time, asking, write_concern })
    }

    /// Receives the results of the commands, in order.
    ///
    /// # Errors
    /// When the connection failed. It is then unknown which commands were executed.
    pub(super) fn receive(mut self, deadline: Instant) -> Result<Vec<Attempt>, ConnectionError> {
        let connection: &mut Connection = &mut self.connection;
        let now = if self.with_time { Some(connection.receive(deadline)?) } else { None };
        let mut values = Vec::with_capacity(self.commands.len());
        for command in &self.commands {
            if self.asking {
                connection.receive(deadline)?;
            }
            values.push(match reply_count(command) {
                1 => connection.receive(deadline)?,
                count => reply::transaction_reply(
                    (0..count).map(|_| connection.receive(deadline)).collect::<Result<_, _>>()?,
                ),
            });
        }
        let unmet = match self.write_concern {
            None => None,
            Some(write_concern) => {
                if self.asking {
                    connection.receive(deadline)?;
                }
                let replies = (0..=write_concern.reply_count()).map(|_| connection.receive(deadline));
                write_concern.unmet(&replies.collect::<Result<Vec<_>, _>>()?)
            }
        };
        reply::expect_tag(connection, &self.tag, deadline)?;

        let now = now.map(|value| reply::parse_time(connection, value)).transpose()?;
        let attempts = self.commands.iter().zip(values).map(|(command, value)| {
            match (reply::interpret(connection, command, value, now), &unmet) {
                (Attempt::Done(Ok(_)), Some(unmet)) if needs_write_concern(command) => {
                    Attempt::Done(Err(unmet.clone()))
                }
                (attempt, _) => attempt,
            }
        });
        Ok(attempts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::WriteConcern;
    use ::redis::Value;

    #[test]
    fn a_write_needs_every_confirmation() {
        let both = WriteConcern { replicas: 2, fsync: true };
        let aof = |local| Value::Array(vec![Value::Int(local), Value::Int(0)]);
        let done = Value::Int(1);
        assert_eq!(both.unmet(&[done.clone(), Value::Int(2), aof(1)]), None);
        assert_eq!(both.unmet(&[done.clone(), Value::Int(3), aof(1)]), None);
        for bad in [
            vec![done.clone(), Value::Int(1), aof(1)],
            vec![done.clone(), Value::Int(2), aof(0)],
            vec![done.clone(), Value::Int(2), Value::Int(1)],
            vec![done.clone(), Value::Int(2), Value::Array(vec![])],
            vec![done.clone(), Value::Nil, aof(1)],
            vec![done.clone(), Value::Int(2)],
            vec![done.clone()],
            vec![],
        ] {
            assert!(both.unmet(&bad).is_some(), "{bad:?}");
        }
        assert_eq!(WriteConcern { replicas: 0, fsync: true }.unmet(&[done.clone(), aof(1)]), None);
        assert_eq!(WriteConcern { replicas: 1, fsync: false }.unmet(&[done, Value::Int(1)]), None);
    }
}
