//! Shares in Redis (or Valkey), version 7 or later (`docs/architecture.md`, "How a share flows").
//!
//! A share is two keys in one slot: `share:{<id>}`, the record, and `share:{<id>}:parts`, a hash of its parts by
//! number. Each step is one script, so it happens whole or not at all. A batch is one pipeline in one round trip, with
//! a tag before and behind it that must come back unchanged: an answer that came late for something else is noticed.

mod manager;
mod reply;
mod target;

pub use target::RedisTarget;

use self::manager::{Broken, Connections};
use super::{BIG_PART, Command, Lane, LaneSize, PartsFate, Reply, Storage, StoreError};
use crate::share::{ShareId, Timestamp};
use ::redis::Pipeline;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Without `allow-oom`: a full Redis refuses the first write, before anything is changed.
const INSERT: &str = include_str!("redis/scripts/insert.lua");
/// With `allow-oom`: a full Redis can still be read from.
const SWAP: &str = include_str!("redis/scripts/swap.lua");
const PUT_PART: &str = include_str!("redis/scripts/put_part.lua");
const LIST_PARTS: &str = include_str!("redis/scripts/list_parts.lua");

/// Small commands that one pipeline carries at most.
const PIPELINE: usize = 64;
/// The last moment that Redis takes as an expiry without complaint, far beyond any share's.
const LAST_MOMENT: u64 = 253_402_300_799_999;

/// The store in Redis or Valkey, version 7 or later. Its user needs the keys `share:*` and `hit_counter`, and the
/// commands that the scripts use besides `EVAL`, `GET`, `HGET`, `INCR`, `ECHO`, `TIME` and `PING`.
pub struct RedisStorage {
    connections: Connections,
    timeout: Duration,
    quick: usize,
    bulk: usize,
    tags: AtomicU64,
}

impl RedisStorage {
    /// Prepares up to `pool_size` (at least 2) connections, none of which has to succeed now. `timeout` limits each
    /// connect, read and write, and a whole [`Storage::execute`] about as well.
    ///
    /// # Errors
    /// In plain words, when no client can be made for `target`.
    pub fn new(target: RedisTarget, pool_size: u32, timeout: Duration) -> Result<Self, String> {
        let pool_size = pool_size.max(2);
        let quick = (pool_size / 2).min(4);
        Ok(Self {
            connections: Connections::new(target, pool_size, timeout)?,
            timeout,
            quick: quick as usize,
            bulk: (pool_size - quick).min(16) as usize,
            tags: AtomicU64::new(0),
        })
    }

    /// One round trip for all of `commands`.
    ///
    /// # Errors
    /// When the connection broke: nothing is then known of any of them, and it has been thrown away.
    fn round_trip(&self, commands: &[&Command], deadline: Instant) -> Result<Vec<Answer>, Broken> {
        let mut link = self.connections.checkout(deadline)?;
        if commands.iter().any(|command| !is_repeatable(command)) {
            link.probe(deadline)?;
        }
        let tag = format!("tag:{:x}", self.tags.fetch_add(1, Ordering::Relaxed));
        let asks_time = commands.iter().any(|command| matches!(command, Command::Load { .. }));
        let mut pipeline = Pipeline::with_capacity(commands.len() + 3);
        pipeline.cmd("ECHO").arg(&tag);
        if asks_time {
            pipeline.cmd("TIME");
        }
        for command in commands {
            add(&mut pipeline, command);
        }
        pipeline.cmd("ECHO").arg(&tag);

        link.send(&pipeline.get_packed_pipeline(), deadline)?;
        reply::tag(&mut link, &tag, deadline)?;
        let now = if asks_time { Some(link.receive(deadline)?) } else { None };
        let mut values = Vec::with_capacity(commands.len());
        for _ in commands {
            values.push(link.receive(deadline)?);
        }
        reply::tag(&mut link, &tag, deadline)?;

        let now = now.map(|value| reply::time(&mut link, value)).transpose()?;
        Ok(commands.iter().zip(values).map(|(command, value)| reply::answer(&mut link, command, value, now)).collect())
    }
}

type Answer = Result<Reply, StoreError>;

/// Whether a command may be sent again when its answer was lost. A repeated insert answers that the share exists,
/// which its callers compare; a repeated count would count twice.
fn is_repeatable(command: &Command) -> bool {
    !matches!(command, Command::CountVisit)
}

fn record_key(id: ShareId) -> String {
    format!("share:{{{id}}}")
}

fn parts_key(id: ShareId) -> String {
    format!("share:{{{id}}}:parts")
}

fn moment(at: Timestamp) -> u64 {
    at.0.clamp(1, LAST_MOMENT)
}

fn add(pipeline: &mut Pipeline, command: &Command) {
    match command {
        Command::Insert { id, record, part0, record_until, parts_until } => {
            pipeline.cmd("EVAL").arg(INSERT).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(record).arg(part0).arg(moment(*record_until)).arg(moment(*parts_until));
        }
        Command::Load { id } => {
            pipeline.cmd("GET").arg(record_key(*id));
        }
        Command::Swap { id, old, new, record_until, parts, big: _ } => {
            let (fate, parts_until, size) = match parts {
                PartsFate::Keep(until) => ("keep", *until, 0),
                PartsFate::Settle(until, size) => ("settle", *until, *size),
                PartsFate::Open(until) => ("open", *until, 0),
                PartsFate::Drop => ("drop", Timestamp(0), 0),
            };
            pipeline.cmd("EVAL").arg(SWAP).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(old).arg(new).arg(moment(*record_until)).arg(fate).arg(moment(parts_until)).arg(size);
        }
        Command::PutPart { id, old, n, bytes, until, most } => {
            pipeline.cmd("EVAL").arg(PUT_PART).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(old).arg(*n).arg(bytes).arg(moment(*until)).arg(*most);
        }
        Command::GetPart { id, n, big: _ } => {
            pipeline.cmd("HGET").arg(parts_key(*id)).arg(*n);
        }
        Command::ListParts { id } => {
            pipeline.cmd("EVAL").arg(LIST_PARTS).arg(1).arg(parts_key(*id));
        }
        Command::Room => {
            pipeline.cmd("INFO").arg("memory");
        }
        Command::Ping => {
            pipeline.cmd("PING");
        }
        Command::CountVisit => {
            pipeline.cmd("INCR").arg("hit_counter");
        }
    }
}

impl Storage for RedisStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<Answer> {
        let deadline = Instant::now() + self.timeout;
        let mut answers: Vec<Option<Answer>> = batch.iter().map(|_| None).collect();
        let mut open: Vec<usize> = (0..batch.len()).collect();
        for last in [false, true] {
            let commands: Vec<&Command> = open.iter().map(|at| &batch[*at]).collect();
            match self.round_trip(&commands, deadline) {
                Ok(found) => open.drain(..).zip(found).for_each(|(at, answer)| answers[at] = Some(answer)),
                Err(broken) => {
                    // A connection that Redis closed meanwhile, as its restart does, says nothing about a fresh one.
                    let again = |at: &usize| !last && broken.gone && (!broken.sent || is_repeatable(&batch[*at]));
                    let (repeat, lost): (Vec<_>, Vec<_>) = open.into_iter().partition(again);
                    for at in lost {
                        answers[at] = Some(Err(broken.error.clone()));
                    }
                    open = repeat;
                }
            }
            if open.is_empty() {
                break;
            }
        }
        let unanswered = || Err(StoreError::Unavailable("Redis left a command without an answer".into()));
        answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect()
    }

    fn lane(&self, command: &Command) -> Lane {
        let big = match command {
            Command::Insert { part0, .. } => part0.len() > BIG_PART,
            Command::PutPart { bytes, .. } => bytes.len() > BIG_PART,
            Command::Swap { big, .. } | Command::GetPart { big, .. } => *big,
            Command::Load { .. } | Command::ListParts { .. } | Command::Room | Command::Ping | Command::CountVisit => {
                false
            }
        };
        if big { Lane::Bulk } else { Lane::Quick }
    }

    fn lane_size(&self, lane: Lane) -> LaneSize {
        match lane {
            Lane::Quick => LaneSize { threads: self.quick, batch: PIPELINE },
            Lane::Commit => LaneSize { threads: 0, batch: 0 },
            Lane::Bulk => LaneSize { threads: self.bulk, batch: 1 },
        }
    }

    fn name(&self) -> &'static str {
        "Redis"
    }
}
