//! The Redis (or Valkey) store, version 7 or later (`docs/architecture.md`, "Stores").
//!
//! A share has two or three keys in one slot: `share:{<id>}`, the record; `share:{<id>}:0`, part 0; and with more parts
//! `share:{<id>}:parts`, a hash of them by number. A part in a part store is a reference in the field `@<number>`; the
//! hash then outlives part 0, so that its references can be [taken](Command::TakeReferences). Each command is one script or transaction, so that it is atomic. A
//! batch is one pipeline with one round trip to each server involved. Each pipeline ends with a unique tag, whose reply
//! must match before any result is used: this detects replies that belong to an earlier request.

mod cluster;
mod command;
mod connection;
mod diagnosis;
mod error;
mod fan_out;
mod guarantee;
mod make;
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
mod usage;

pub use target::RedisTarget;
pub use tls::RedisTls;

use self::monitor::Monitor;
use self::servers::Servers;
use super::{
    BIG_PART, Command, CommandResult, Explained, Guarantee, PartsFate, QueueKind, Reply, Storage, StoreError, Trouble,
    Workers,
};
use crate::share::Usage;
use std::sync::Arc;
use std::time::Duration;

/// Maximum number of small commands in one pipeline.
const MAX_PIPELINE: usize = 128;
/// Maximum number of connections for small commands. Two keep Redis busy; more would only make pipelines shorter, and
/// each pipeline costs Redis and the server a fixed amount.
const MAX_QUICK_CONNECTIONS: u32 = 2;

fn unavailable(reason: impl Into<String>) -> StoreError {
    StoreError::Unavailable(Trouble::from(reason.into()))
}

/// Settings of a [`RedisStorage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedisOptions {
    /// Maximum number of connections, for each node of a cluster; at least 2.
    pub pool_size: u32,
    /// Timeout of each connect, read and write, and approximately of a whole [`Storage::execute`].
    pub timeout: Duration,
    /// Number of replicas that must confirm a write before it is acknowledged.
    pub wait_replicas: u32,
    /// Whether a write must also be synced to the append-only file.
    pub wait_fsync: bool,
}

impl Default for RedisOptions {
    /// Eight connections, two seconds, no waiting for replicas or the disk.
    fn default() -> Self {
        Self { pool_size: 8, timeout: Duration::from_secs(2), wait_replicas: 0, wait_fsync: false }
    }
}

/// A store in Redis or Valkey, version 7 or later. `docs/deployment.md` lists the permissions that its user needs.
pub struct RedisStorage {
    servers: Arc<Servers>,
    monitor: Monitor,
    quick_workers: usize,
    bulk_workers: usize,
}

impl RedisStorage {
    /// Creates the connection pools for `target` and starts the monitor thread. The servers may be down.
    ///
    /// # Errors
    /// A message for operators when `target` cannot be used or the thread cannot be started.
    pub fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let options = RedisOptions { pool_size: options.pool_size.max(2), ..options };
        let quick = (options.pool_size / 2).min(MAX_QUICK_CONNECTIONS);
        let servers = Arc::new(Servers::new(target, options)?);
        Ok(Self {
            monitor: Monitor::start(Arc::clone(&servers))?,
            servers,
            quick_workers: quick as usize,
            bulk_workers: (options.pool_size - quick).min(16) as usize,
        })
    }

    /// Returns the name of the servers, and the guarantee of their settings with its reason if they reply.
    ///
    /// # Errors
    /// A message for operators when the servers reply and cannot be used.
    pub(super) fn describe(&self) -> Result<(String, Option<Explained>), String> {
        match self.servers.assess() {
            Ok(assessment) => match assessment.refusal {
                Some(refusal) => Err(refusal.to_string()),
                None => Ok((assessment.server, Some((assessment.guarantee, assessment.reason)))),
            },
            Err(_) => Ok(("Redis".into(), None)),
        }
    }

    /// Checks that the settings of the servers allow storing shares. The monitor checks unreachable servers later.
    ///
    /// # Errors
    /// A message for operators with the wrong setting and the fix.
    pub fn inspect(&self) -> Result<(), String> {
        match self.servers.inspect() {
            Ok(assessment) => assessment.refusal.map_or(Ok(()), |refusal| Err(refusal.to_string())),
            Err(error) => {
                tracing::warn!(%error, "Redis is not available yet; waiting for it");
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

    fn queue(&self, command: &Command) -> QueueKind {
        let big = match command {
            Command::Insert { part0, .. } => part0.len() > BIG_PART,
            Command::PutPart { bytes, .. } => bytes.len() > BIG_PART,
            Command::Swap { big, .. } | Command::GetPart { big, .. } => *big,
            Command::Load { .. }
            | Command::LoadAll { .. }
            | Command::ListParts { .. }
            | Command::PutReference { .. }
            | Command::GetReference { .. }
            | Command::TakeReferences { .. }
            | Command::SetEnd { .. }
            | Command::DueEnds
            | Command::CountFiles { .. }
            | Command::BeginCount
            | Command::Room
            | Command::PartsRoom
            | Command::QuotaKey { .. }
            | Command::AddUses { .. }
            | Command::Ping
            | Command::CountVisit => false,
        };
        if big { QueueKind::Bulk } else { QueueKind::Quick }
    }

    fn workers(&self, queue: QueueKind) -> Workers {
        match queue {
            QueueKind::Quick => Workers { threads: self.quick_workers, batch: MAX_PIPELINE },
            QueueKind::Commit => Workers { threads: 0, batch: 0 },
            QueueKind::Bulk => Workers { threads: self.bulk_workers, batch: 1 },
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

    fn usage(&self) -> Result<Usage, StoreError> {
        self.servers.usage()
    }
}
