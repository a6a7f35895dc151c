//! One round trip with one server: a batch of commands out, its answers back.

use super::command::{add, add_fence, answers, is_promise, is_repeatable};
use super::connection::{Broken, Link};
use super::error::refusal;
use super::pool::{Connections, Manager};
use super::reply::{self, Outcome};
use super::request::Request;
use super::{Command, StoreError, unavailable};
use ::redis::Value;
use r2d2::PooledConnection;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How much sooner than the caller the waiting for copies ends, so that its count still arrives where a machine is busy.
const BEFORE_DEADLINE: Duration = Duration::from_millis(300);

/// Numbers the batches.
static TAGS: AtomicU64 = AtomicU64::new(0);

/// What has to have a copy of a promise (`is_promise`) before it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Copies {
    /// Replicas that must have it.
    pub(super) replicas: u32,
    /// Whether it must be in the append-only file on disk: `WAITAOF`, of servers from version 7.2 on.
    pub(super) fsync: bool,
}

impl Copies {
    fn any(self) -> bool {
        self.replicas > 0 || self.fsync
    }

    /// How many answers the waiting brings.
    fn answers(self) -> usize {
        usize::from(self.replicas > 0) + usize::from(self.fsync)
    }

    fn add(self, request: &mut Request<'_>, patience: Duration) {
        // Zero would be for ever.
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX).max(1);
        if self.replicas > 0 {
            request.command(3).word("WAIT").number(u64::from(self.replicas)).number(patience);
        }
        if self.fsync {
            request.command(4).word("WAITAOF").number(1).number(0).number(patience);
        }
    }

    /// What is missing of them, by the answers to the fence and to the waiting.
    fn missing(self, answers: &[Value]) -> Option<StoreError> {
        let mut answers = answers.iter();
        if let Some(Value::ServerError(error)) = answers.next() {
            return Some(refusal(error));
        }
        if self.replicas > 0 {
            match answers.next() {
                Some(Value::Int(count)) if *count >= i64::from(self.replicas) => {}
                Some(Value::ServerError(error)) => return Some(refusal(error)),
                _ => return Some(unavailable("too few replicas of Redis have confirmed it in time")),
            }
        }
        if self.fsync {
            match answers.next() {
                Some(Value::Array(counts)) if matches!(counts.first(), Some(Value::Int(1..))) => {}
                Some(Value::ServerError(error)) => return Some(refusal(error)),
                _ => return Some(unavailable("Redis has not written it to its disk in time")),
            }
        }
        None
    }
}

/// A batch on its way.
pub(super) struct Flight<'a> {
    link: PooledConnection<Manager>,
    commands: Vec<&'a Command>,
    tag: String,
    asks_time: bool,
    asking: bool,
    copies: Option<Copies>,
}

impl<'a> Flight<'a> {
    /// Sends `commands` to one server. `asking` tells a cluster's node that it takes a slot over just now.
    ///
    /// # Errors
    /// When there is no connection, or it broke.
    pub(super) fn start(
        connections: &Connections,
        commands: Vec<&'a Command>,
        (asking, copies): (bool, Copies),
        deadline: Instant,
    ) -> Result<Self, Broken> {
        let mut link = connections.checkout(deadline)?;
        if commands.iter().any(|command| !is_repeatable(command)) {
            link.probe(deadline)?;
        }
        let tag = format!("tag:{:x}", TAGS.fetch_add(1, Ordering::Relaxed));
        let asks_time = commands.iter().any(|command| matches!(command, Command::Load { .. }));
        let mut request = Request::with_capacity(256 + commands.len() * 1_024);
        if asks_time {
            request.command(1).word("TIME");
        }
        for command in commands.iter().copied() {
            if asking {
                request.command(1).word("ASKING");
            }
            add(&mut request, command, || link.is_taught());
        }
        let promise = commands.iter().find(|command| copies.any() && is_promise(command));
        if let Some(promise) = promise {
            if asking {
                request.command(1).word("ASKING");
            }
            add_fence(&mut request, promise);
            copies.add(&mut request, deadline.saturating_duration_since(Instant::now() + BEFORE_DEADLINE));
        }
        let copies = promise.map(|_| copies);
        request.command(2).word("ECHO").short_word(tag.as_bytes());
        for piece in request.pieces() {
            link.send(piece, deadline)?;
        }
        Ok(Self { link, commands, tag, asks_time, asking, copies })
    }

    /// Receives what the commands came to, in order.
    ///
    /// # Errors
    /// When the connection broke: nothing is then known of any of them, and it has been thrown away.
    pub(super) fn finish(mut self, deadline: Instant) -> Result<Vec<Outcome>, Broken> {
        let link: &mut Link = &mut self.link;
        let now = if self.asks_time { Some(link.receive(deadline)?) } else { None };
        let mut values = Vec::with_capacity(self.commands.len());
        for command in &self.commands {
            if self.asking {
                link.receive(deadline)?;
            }
            values.push(match answers(command) {
                1 => link.receive(deadline)?,
                count => reply::whole((0..count).map(|_| link.receive(deadline)).collect::<Result<_, _>>()?),
            });
        }
        let missing = match self.copies {
            None => None,
            Some(copies) => {
                if self.asking {
                    link.receive(deadline)?;
                }
                let answers = (0..=copies.answers()).map(|_| link.receive(deadline));
                copies.missing(&answers.collect::<Result<Vec<_>, _>>()?)
            }
        };
        reply::tag(link, &self.tag, deadline)?;

        let now = now.map(|value| reply::time(link, value)).transpose()?;
        let outcomes = self.commands.iter().zip(values).map(|(command, value)| {
            match (reply::outcome(link, command, value, now), &missing) {
                (Outcome::Done(Ok(_)), Some(missing)) if is_promise(command) => Outcome::Done(Err(missing.clone())),
                (outcome, _) => outcome,
            }
        });
        Ok(outcomes.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Copies;
    use ::redis::Value;

    #[test]
    fn copies_are_counted() {
        let both = Copies { replicas: 2, fsync: true };
        let aof = |local| Value::Array(vec![Value::Int(local), Value::Int(0)]);
        let done = Value::Int(1);
        assert_eq!(both.missing(&[done.clone(), Value::Int(2), aof(1)]), None);
        assert_eq!(both.missing(&[done.clone(), Value::Int(3), aof(1)]), None);
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
            assert!(both.missing(&bad).is_some(), "{bad:?}");
        }
        assert_eq!(Copies { replicas: 0, fsync: true }.missing(&[done.clone(), aof(1)]), None);
        assert_eq!(Copies { replicas: 1, fsync: false }.missing(&[done, Value::Int(1)]), None);
    }
}
