//! Shares in Redis (or Valkey), version 7 or later (`docs/architecture.md`, "How a share flows").
//!
//! A share is two keys in one slot: `share:{<id>}`, the record, and `share:{<id>}:parts`, a hash of its parts by
//! number. Each step is one script, so it happens whole or not at all. A batch is one pipeline in one round trip with
//! each server it concerns, with a tag before and behind it that must come back unchanged: an answer that came late
//! for something else is noticed.

mod cluster;
mod command;
mod flight;
mod manager;
mod reply;
mod sentinel;
mod slots;
mod target;
mod tls;
mod watch;

pub use target::RedisTarget;
pub use tls::RedisTls;

use self::cluster::Cluster;
use self::command::is_repeatable;
use self::flight::{Copies, Flight};
use self::manager::{Connections, Endpoint};
use self::reply::Outcome;
use self::sentinel::Sentinels;
use self::target::Layout;
use self::watch::Watch;
use super::{BIG_PART, Command, Lane, LaneSize, PartsFate, Reply, Storage, StoreError};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Small commands that one pipeline carries at most.
const PIPELINE: usize = 64;

type Answer = Result<Reply, StoreError>;

fn unavailable(why: impl Into<String>) -> StoreError {
    StoreError::Unavailable(why.into())
}

/// How a [`RedisStorage`] uses its servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedisOptions {
    /// Connections at the most, to each node of a cluster; 2 at least.
    pub pool_size: u32,
    /// Limits each connect, read and write, and a whole [`Storage::execute`] about as well.
    pub timeout: Duration,
    /// Replicas that must have a created, changed or opened share before that is answered.
    pub wait_replicas: u32,
    /// Whether the append-only file on the disk must have it, too.
    pub wait_fsync: bool,
}

impl Default for RedisOptions {
    /// Eight connections, two seconds, no waiting.
    fn default() -> Self {
        Self { pool_size: 8, timeout: Duration::from_secs(2), wait_replicas: 0, wait_fsync: false }
    }
}

/// The servers behind a [`RedisStorage`].
enum Servers {
    /// One primary.
    One(Connections),
    /// Several, each with its own slots.
    Cluster(Box<Cluster>),
}

/// The store in Redis or Valkey, version 7 or later. Its user needs the keys `share:*` and `hit_counter`, and the
/// commands that the scripts use besides `EVAL`, `GET`, `HGET`, `INCR`, `ECHO`, `TIME`, `INFO` and `PING`.
pub struct RedisStorage {
    servers: Servers,
    options: RedisOptions,
    copies: Copies,
    quick: usize,
    bulk: usize,
    _watch: Option<Watch>,
}

impl RedisStorage {
    /// Prepares connections to `target`, none of which has to succeed now.
    ///
    /// # Errors
    /// In plain words, when `target` cannot be used or there is no thread to watch it with.
    pub fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let options = RedisOptions { pool_size: options.pool_size.max(2), ..options };
        let (pool_size, timeout) = (options.pool_size, options.timeout);
        let mut watch = None;
        let servers = match target.layout {
            Layout::Single(addr) => {
                let endpoint = Endpoint::Fixed(Box::new(target.access.to_addr(addr)?));
                Servers::One(Connections::new(endpoint, pool_size, timeout))
            }
            Layout::Sentinel { sentinels, name } => {
                let sentinels = Arc::new(Sentinels::new(sentinels, name, target.access));
                let connections = Connections::new(Endpoint::Primary(Arc::clone(&sentinels)), pool_size, timeout);
                watch = Some(Watch::start(sentinels, connections.clone())?);
                Servers::One(connections)
            }
            Layout::Cluster { seeds } => {
                Servers::Cluster(Box::new(Cluster::new(seeds, target.access, pool_size, timeout)))
            }
        };
        let quick = (pool_size / 2).min(4);
        Ok(Self {
            servers,
            options,
            copies: Copies { replicas: options.wait_replicas, fsync: options.wait_fsync },
            quick: quick as usize,
            bulk: (pool_size - quick).min(16) as usize,
            _watch: watch,
        })
    }

    fn execute_on(&self, connections: &Connections, batch: &[Command], deadline: Instant) -> Vec<Answer> {
        let mut answers: Vec<Option<Answer>> = batch.iter().map(|_| None).collect();
        let mut open: Vec<usize> = (0..batch.len()).collect();
        for last in [false, true] {
            let commands = open.iter().map(|at| &batch[*at]).collect();
            let flight = Flight::start(connections, commands, (false, self.copies), deadline);
            match flight.and_then(|flight| flight.finish(deadline)) {
                Ok(outcomes) => {
                    let mut again = Vec::new();
                    for (at, outcome) in open.into_iter().zip(outcomes) {
                        match outcome {
                            Outcome::Done(answer) => answers[at] = Some(answer),
                            Outcome::Elsewhere(elsewhere) if last => answers[at] = Some(Err(elsewhere.error())),
                            Outcome::Elsewhere(_) => again.push(at),
                        }
                    }
                    open = again;
                }
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
        let unanswered = || Err(unavailable("Redis left a command without an answer"));
        answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect()
    }
}

impl Storage for RedisStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<Answer> {
        let deadline = Instant::now() + self.options.timeout;
        match &self.servers {
            Servers::One(connections) => self.execute_on(connections, &batch, deadline),
            Servers::Cluster(cluster) => cluster.execute(&batch, self.copies, deadline),
        }
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
