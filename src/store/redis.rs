//! Shares in Redis (or Valkey), version 7 or later (`docs/architecture.md`, "How a share flows").
//!
//! A share is two or three keys in one slot: `share:{<id>}`, the record; `share:{<id>}:0`, part 0; and where there are
//! more parts, `share:{<id>}:parts`, a hash of them by number. Each step is one script, so it happens whole or not at
//! all. A batch is one pipeline in one round trip with each server it concerns, with a tag behind it that must come back
//! unchanged before anything is believed: an answer that came late for something else is noticed.

mod cluster;
mod command;
mod connection;
mod error;
mod fan_out;
mod guarantee;
mod monitor;
mod pipeline;
mod pool;
mod reclaim;
mod reply;
mod request;
mod sentinel;
mod servers;
mod slots;
mod target;
mod tls;

pub use target::RedisTarget;
pub use tls::RedisTls;

use self::monitor::Monitor;
use self::servers::Servers;
use super::{BIG_PART, Command, CommandResult, Guarantee, Lane, LaneSize, PartsFate, Reply, Storage, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// Small commands that one pipeline carries at most.
const MAX_PIPELINE: usize = 128;
/// Connections for small commands at the most. Two are never idle at the same time while there is work, and each more makes
/// for shorter pipelines, of which Redis and the server pay each.
const MAX_QUICK_CONNECTIONS: u32 = 2;

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

/// The store in Redis or Valkey, version 7 or later. `docs/deployment.md` lists the rights that its user needs.
pub struct RedisStorage {
    servers: Arc<Servers>,
    monitor: Monitor,
    quick: usize,
    bulk: usize,
}

impl RedisStorage {
    /// Prepares connections to `target`, none of which has to succeed now, and starts the thread that keeps an eye on
    /// it.
    ///
    /// # Errors
    /// In plain words, when `target` cannot be used or there is no thread.
    pub fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let options = RedisOptions { pool_size: options.pool_size.max(2), ..options };
        let quick = (options.pool_size / 2).min(MAX_QUICK_CONNECTIONS);
        let servers = Arc::new(Servers::new(target, options)?);
        Ok(Self {
            monitor: Monitor::start(Arc::clone(&servers))?,
            servers,
            quick: quick as usize,
            bulk: (options.pool_size - quick).min(16) as usize,
        })
    }

    /// Looks at the servers' settings now: whether they may be used. One that is down is looked at when it answers.
    ///
    /// # Errors
    /// What is wrong with the settings and what mends it.
    pub fn inspect(&self) -> Result<(), String> {
        match self.servers.inspect() {
            Ok(assessment) => assessment.refusal.map_or(Ok(()), Err),
            Err(error) => {
                tracing::warn!(%error, "Redis does not answer yet and is waited for");
                Ok(())
            }
        }
    }
}

impl Storage for RedisStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<CommandResult> {
        if !batch.iter().any(|command| matches!(command, Command::LoadAll { .. })) {
            return self.servers.execute(&batch);
        }
        let (commands, counts) = fan_out::split(batch);
        fan_out::merge(self.servers.execute(&commands), &counts)
    }

    fn lane(&self, command: &Command) -> Lane {
        let big = match command {
            Command::Insert { part0, .. } => part0.len() > BIG_PART,
            Command::PutPart { bytes, .. } => bytes.len() > BIG_PART,
            Command::Swap { big, .. } | Command::GetPart { big, .. } => *big,
            Command::Load { .. }
            | Command::LoadAll { .. }
            | Command::ListParts { .. }
            | Command::Room
            | Command::Ping
            | Command::CountVisit => false,
        };
        if big { Lane::Bulk } else { Lane::Quick }
    }

    fn lane_size(&self, lane: Lane) -> LaneSize {
        match lane {
            Lane::Quick => LaneSize { threads: self.quick, batch: MAX_PIPELINE },
            Lane::Commit => LaneSize { threads: 0, batch: 0 },
            Lane::Bulk => LaneSize { threads: self.bulk, batch: 1 },
        }
    }

    fn name(&self) -> &'static str {
        "Redis"
    }

    fn guarantee(&self) -> Guarantee {
        self.servers.guarantee()
    }

    fn make_room(&self) {
        self.monitor.make_room();
    }
}
