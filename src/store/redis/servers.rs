//! The servers of a [`RedisStorage`](super::RedisStorage): routing, retries, settings.

use super::cluster::Cluster;
use super::command::is_repeatable;
use super::guarantee::{Assessment, Deployment, ServerSettings, unassessed, write_refusal_of};
use super::pipeline::{SentPipeline, WriteConcern};
use super::pool::{ConnectionPool, Endpoint};
use super::reply::Attempt;
use super::sentinel::Sentinels;
use super::target::Layout;
use super::{Command, CommandResult, RedisOptions, RedisTarget, StoreError, unavailable};
use super::{reclaim, usage};
use crate::share::{Timestamp, Usage};
use crate::store::{EndChange, Guarantee, TroubleKind, lock};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Timeout of each step of fetching the settings of a server.
const INSPECT_TIMEOUT: Duration = Duration::from_secs(1);

/// How shares are distributed over servers.
enum Topology {
    /// All shares on one primary.
    Single(ConnectionPool),
    /// Shares distributed over the nodes of a cluster.
    Cluster(Box<Cluster>),
}

/// The servers of one store.
pub(super) struct Servers {
    topology: Topology,
    options: RedisOptions,
    sentinels: Option<Arc<Sentinels>>,
    /// `None` until the settings have been fetched once.
    assessment: Mutex<Option<Assessment>>,
    /// Held while the settings are fetched for the first time, so that concurrent callers share one fetch.
    inspecting: Mutex<()>,
    /// Whether to wait for the disk: requested in the options and supported by all servers.
    fsync: AtomicBool,
}

impl Servers {
    pub(super) fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let (pool_size, timeout) = (options.pool_size, options.timeout);
        let (topology, sentinels) = match target.layout {
            Layout::Single(addr) => {
                let endpoint = Endpoint::Fixed(Box::new(target.access.to_addr(addr)?));
                (Topology::Single(ConnectionPool::new(endpoint, pool_size, timeout)), None)
            }
            Layout::Sentinel { sentinels, name } => {
                let sentinels = Arc::new(Sentinels::new(sentinels, name, target.access));
                let endpoint = Endpoint::Primary(Arc::clone(&sentinels));
                (Topology::Single(ConnectionPool::new(endpoint, pool_size, timeout)), Some(sentinels))
            }
            Layout::Cluster { seeds } => {
                (Topology::Cluster(Box::new(Cluster::new(seeds, target.access, pool_size, timeout))), None)
            }
        };
        let fsync = AtomicBool::new(options.wait_fsync);
        Ok(Self { topology, options, sentinels, assessment: Mutex::default(), inspecting: Mutex::default(), fsync })
    }

    pub(super) fn sentinels(&self) -> Option<&Sentinels> {
        self.sentinels.as_deref()
    }

    /// Discards all connections, because their server may no longer be the primary.
    pub(super) fn reconnect(&self) {
        if let Topology::Single(pool) = &self.topology {
            pool.retire_all();
        }
    }

    pub(super) fn guarantee(&self) -> Guarantee {
        lock(&self.assessment).as_ref().map_or(Guarantee::Unverified, |assessment| assessment.guarantee)
    }

    fn write_concern(&self) -> WriteConcern {
        WriteConcern { replicas: self.options.wait_replicas, fsync: self.fsync.load(Ordering::Relaxed) }
    }

    /// Executes a batch. Rejects commands that store parts while the settings let Redis delete waiting shares, and all
    /// commands on a server that cannot be used.
    pub(super) fn execute(&self, batch: &[Command]) -> Vec<CommandResult> {
        let deadline = Instant::now() + self.options.timeout;
        let stores = |command: &Command| command.stores_part() || matches!(command, Command::Ping);
        let refusal = if batch.iter().any(stores) { self.write_refusal() } else { self.refusal() };
        let is_unsupported = |error: &StoreError| matches!(error, StoreError::Unavailable(trouble) if trouble.kind == TroubleKind::Unsupported);
        let refuses_all = refusal.as_ref().is_some_and(is_unsupported);
        let is_refusable = |command: &Command| refuses_all || stores(command);
        let execute = |commands: &[&Command]| match &self.topology {
            Topology::Single(pool) => execute_on(pool, commands, self.write_concern(), deadline),
            Topology::Cluster(cluster) => cluster.execute(commands, self.write_concern(), deadline),
        };
        let Some(refusal) = refusal else { return execute(&batch.iter().collect::<Vec<_>>()) };
        let rest: Vec<&Command> = batch.iter().filter(|command| !is_refusable(command)).collect();
        let mut results = if rest.is_empty() { Vec::new() } else { execute(&rest) }.into_iter();
        let missing = || Err(unavailable("Redis returned no result for a command"));
        batch
            .iter()
            .map(
                |command| {
                    if is_refusable(command) { Err(refusal.clone()) } else { results.next().unwrap_or_else(missing) }
                },
            )
            .collect()
    }

    /// Returns the error for new shares, if the known settings reject them.
    fn refusal(&self) -> Option<StoreError> {
        lock(&self.assessment).as_ref().and_then(write_refusal_of)
    }

    /// Returns the error for new shares, if they are rejected. Fetches the settings if they are unknown.
    fn write_refusal(&self) -> Option<StoreError> {
        if let Some(assessment) = &*lock(&self.assessment) {
            return write_refusal_of(assessment);
        }
        let _guard = lock(&self.inspecting);
        if let Some(assessment) = &*lock(&self.assessment) {
            return write_refusal_of(assessment);
        }
        self.inspect().map_or_else(Some, |assessment| write_refusal_of(&assessment))
    }

    /// Returns whether the servers' settings are known.
    pub(super) fn is_assessed(&self) -> bool {
        lock(&self.assessment).is_some()
    }

    /// Fetches the settings of every server and logs changes of the assessment.
    pub(super) fn inspect(&self) -> Result<Assessment, StoreError> {
        let assessed = self.assess()?;
        let before = lock(&self.assessment).replace(assessed.clone());
        if before.as_ref() != Some(&assessed) {
            log_assessment(&assessed);
            if self.options.wait_fsync && !self.fsync.load(Ordering::Relaxed) {
                tracing::warn!(
                    "redis_wait_fsync has no effect: it needs Redis 7.2 or later with appendonly set to yes."
                );
            }
        }
        Ok(assessed)
    }

    /// Fetches the settings of every server.
    pub(super) fn assess(&self) -> Result<Assessment, StoreError> {
        let mut servers = Vec::new();
        for endpoint in self.primaries()? {
            servers.push(ServerSettings::fetch(&mut endpoint.connect(INSPECT_TIMEOUT.min(self.options.timeout))?)?);
        }
        let fsync = self.options.wait_fsync && servers.iter().all(ServerSettings::can_wait_for_fsync);
        self.fsync.store(fsync, Ordering::Relaxed);
        let deployment = Deployment {
            write_concern: self.write_concern(),
            fails_over: self.sentinels.is_some() || matches!(self.topology, Topology::Cluster(_)),
        };
        Ok(servers.iter().map(|server| server.assess(deployment)).reduce(Assessment::worst).unwrap_or_else(unassessed))
    }

    fn primaries(&self) -> Result<Vec<Endpoint>, StoreError> {
        match &self.topology {
            Topology::Single(pool) => Ok(vec![pool.endpoint().clone()]),
            Topology::Cluster(cluster) => cluster.primaries(),
        }
    }

    /// Returns figures about the shares on all servers.
    pub(super) fn usage(&self) -> Result<Usage, StoreError> {
        let mut usage = Usage::default();
        for endpoint in self.primaries()? {
            usage::measure(&mut endpoint.connect(self.options.timeout)?, &mut usage)?;
        }
        Ok(usage)
    }

    /// Removes abandoned uploads from all servers.
    pub(super) fn reclaim(&self) {
        let reclaimed = self.primaries().and_then(|primaries| {
            let mut removed = Vec::new();
            for endpoint in primaries {
                removed.extend(reclaim::remove_abandoned(&mut endpoint.connect(self.options.timeout)?)?);
            }
            // A part store removes their objects soon.
            let end = EndChange::Sooner(Timestamp(0));
            drop(self.execute(&removed.iter().map(|id| Command::SetEnd { id: *id, end }).collect::<Vec<_>>()));
            Ok(removed.len())
        });
        match reclaimed {
            Ok(count) => tracing::warn!("Redis is full. Abandoned uploads removed to make room: {count}."),
            Err(error) => tracing::warn!(%error, "Redis is full, and abandoned uploads could not be removed"),
        }
    }
}

fn log_assessment(assessed: &Assessment) {
    let server = assessed.server.as_str();
    match (&assessed.refusal, assessed.guarantee) {
        (Some(refusal), _) => tracing::error!(server, "New shares are rejected. {refusal}"),
        (None, Guarantee::Strict) => {
            tracing::info!(server, "The shares in Redis have the guarantee \"strict\": {}.", assessed.reason);
        }
        (None, other) => {
            tracing::warn!(
                server,
                "The shares in Redis have the guarantee \"{other}\", not \"strict\": {}.",
                assessed.reason
            );
        }
    }
}

/// Executes a batch on one primary, with one retry.
fn execute_on(
    pool: &ConnectionPool,
    batch: &[&Command],
    write_concern: WriteConcern,
    deadline: Instant,
) -> Vec<CommandResult> {
    let mut results: Vec<Option<CommandResult>> = batch.iter().map(|_| None).collect();
    let mut pending: Vec<usize> = (0..batch.len()).collect();
    for last in [false, true] {
        let commands = pending.iter().map(|index| batch[*index]).collect();
        let pipeline = SentPipeline::send(pool, commands, (false, write_concern), deadline);
        match pipeline.and_then(|pipeline| pipeline.receive(deadline)) {
            Ok(attempts) => {
                let mut retries = Vec::new();
                for (index, attempt) in pending.into_iter().zip(attempts) {
                    match attempt {
                        Attempt::Done(result) => results[index] = Some(result),
                        Attempt::Retry(retry) if last => results[index] = Some(Err(retry.error())),
                        Attempt::Retry(_) => retries.push(index),
                    }
                }
                pending = retries;
            }
            Err(failure) => {
                // After a restart of Redis, a new connection works.
                let can_retry =
                    |index: &usize| !last && failure.closed && (!failure.sent || is_repeatable(batch[*index]));
                let (retries, lost): (Vec<_>, Vec<_>) = pending.into_iter().partition(can_retry);
                for index in lost {
                    results[index] = Some(Err(failure.cause.clone()));
                }
                pending = retries;
            }
        }
        if pending.is_empty() {
            break;
        }
    }
    let missing = || Err(unavailable("Redis returned no result for a command"));
    results.into_iter().map(|result| result.unwrap_or_else(missing)).collect()
}
