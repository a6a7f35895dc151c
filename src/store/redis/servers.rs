//! The servers of a [`RedisStorage`](super::RedisStorage), and what is known of them.

use super::cluster::Cluster;
use super::command::is_repeatable;
use super::guarantee::{Assessment, Deployment, ServerSettings, unassessed, write_refusal_of};
use super::pipeline::{Pipeline, WriteConcern};
use super::pool::{ConnectionPool, Endpoint};
use super::reclaim;
use super::reply::Attempt;
use super::sentinel::Sentinels;
use super::target::Layout;
use super::{Command, CommandResult, RedisOptions, RedisTarget, StoreError, unavailable};
use crate::store::{Guarantee, lock};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest that one step of a look at the servers' settings may take.
const INSPECT_TIMEOUT: Duration = Duration::from_secs(1);

/// The servers.
enum Topology {
    /// One primary.
    One(ConnectionPool),
    /// Several, each with its own slots.
    Cluster(Box<Cluster>),
}

/// See the [module](self).
pub(super) struct Servers {
    topology: Topology,
    options: RedisOptions,
    sentinels: Option<Arc<Sentinels>>,
    /// None until the servers have told their settings for the first time.
    assessment: Mutex<Option<Assessment>>,
    /// Who looks at the settings, so that one looks for all.
    inspecting: Mutex<()>,
    /// Whether the servers can wait for their disks, as far as is known.
    fsync: AtomicBool,
}

impl Servers {
    pub(super) fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let (pool_size, timeout) = (options.pool_size, options.timeout);
        let (topology, sentinels) = match target.layout {
            Layout::Single(addr) => {
                let endpoint = Endpoint::Fixed(Box::new(target.access.to_addr(addr)?));
                (Topology::One(ConnectionPool::new(endpoint, pool_size, timeout)), None)
            }
            Layout::Sentinel { sentinels, name } => {
                let sentinels = Arc::new(Sentinels::new(sentinels, name, target.access));
                let endpoint = Endpoint::Primary(Arc::clone(&sentinels));
                (Topology::One(ConnectionPool::new(endpoint, pool_size, timeout)), Some(sentinels))
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

    /// Throws all connections away: they may lead to a server that is no primary any more.
    pub(super) fn reconnect(&self) {
        if let Topology::One(connections) = &self.topology {
            connections.retire_all();
        }
    }

    pub(super) fn guarantee(&self) -> Guarantee {
        lock(&self.assessment).as_ref().map_or(Guarantee::Unverified, |assessment| assessment.guarantee)
    }

    fn write_concern(&self) -> WriteConcern {
        WriteConcern { replicas: self.options.wait_replicas, fsync: self.fsync.load(Ordering::Relaxed) }
    }

    /// Carries out a batch. What brings new bytes is refused while the servers may delete what is waiting.
    pub(super) fn execute(&self, batch: &[Command]) -> Vec<CommandResult> {
        let deadline = Instant::now() + self.options.timeout;
        let is_refusable = |command: &Command| command.brings_bytes() || matches!(command, Command::Ping);
        let refusal = if batch.iter().any(is_refusable) { self.write_refusal() } else { None };
        let answer = |commands: &[&Command]| match &self.topology {
            Topology::One(connections) => execute_on(connections, commands, self.write_concern(), deadline),
            Topology::Cluster(cluster) => cluster.execute(commands, self.write_concern(), deadline),
        };
        let Some(refusal) = refusal else { return answer(&batch.iter().collect::<Vec<_>>()) };
        let rest: Vec<&Command> = batch.iter().filter(|command| !is_refusable(command)).collect();
        let mut answers = if rest.is_empty() { Vec::new() } else { answer(&rest) }.into_iter();
        let lost = || Err(unavailable("Redis left a command without an answer"));
        batch
            .iter()
            .map(
                |command| {
                    if is_refusable(command) { Err(refusal.clone()) } else { answers.next().unwrap_or_else(lost) }
                },
            )
            .collect()
    }

    /// Why nothing new may be taken, if so. Looks first when that was never done.
    fn write_refusal(&self) -> Option<StoreError> {
        if let Some(assessment) = &*lock(&self.assessment) {
            return write_refusal_of(assessment);
        }
        let _one = lock(&self.inspecting);
        if let Some(assessment) = &*lock(&self.assessment) {
            return write_refusal_of(assessment);
        }
        self.inspect().map_or_else(Some, |assessment| write_refusal_of(&assessment))
    }

    /// Whether the servers' settings are known.
    pub(super) fn is_assessed(&self) -> bool {
        lock(&self.assessment).is_some()
    }

    /// Looks at the settings of every server, and tells the log what is new.
    pub(super) fn inspect(&self) -> Result<Assessment, StoreError> {
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
        let assessed =
            servers.iter().map(|server| server.assess(deployment)).reduce(Assessment::worst).unwrap_or_else(unassessed);
        let before = lock(&self.assessment).replace(assessed.clone());
        if before.as_ref() != Some(&assessed) {
            log_assessment(&assessed);
            if self.options.wait_fsync && !fsync {
                tracing::warn!(
                    "redis_wait_fsync has no effect: it needs Redis 7.2 or later with appendonly set to yes."
                );
            }
        }
        Ok(assessed)
    }

    fn primaries(&self) -> Result<Vec<Endpoint>, StoreError> {
        match &self.topology {
            Topology::One(connections) => Ok(vec![connections.endpoint().clone()]),
            Topology::Cluster(cluster) => cluster.primaries(),
        }
    }

    /// Removes uploads that nobody has sent a part of for a while, so that there is room for what people finish.
    pub(super) fn reclaim(&self) {
        let reclaimed = self.primaries().and_then(|primaries| {
            let mut count = 0;
            for endpoint in primaries {
                count += reclaim::remove_abandoned(&mut endpoint.connect(self.options.timeout)?)?;
            }
            Ok(count)
        });
        match reclaimed {
            Ok(count) => tracing::warn!("Redis is full. Abandoned uploads removed to make room: {count}."),
            Err(error) => tracing::warn!(%error, "Redis is full, and was not searched for abandoned uploads"),
        }
    }
}

fn log_assessment(assessed: &Assessment) {
    match (&assessed.refusal, assessed.guarantee) {
        (Some(refusal), _) => tracing::error!("Nothing new is taken. {refusal}"),
        (None, Guarantee::Strict) => {
            tracing::info!("The shares in Redis have the guarantee \"strict\": {}.", assessed.reason);
        }
        (None, other) => {
            tracing::warn!("The shares in Redis have the guarantee \"{other}\", not \"strict\": {}.", assessed.reason);
        }
    }
}

fn execute_on(
    connections: &ConnectionPool,
    batch: &[&Command],
    write_concern: WriteConcern,
    deadline: Instant,
) -> Vec<CommandResult> {
    let mut answers: Vec<Option<CommandResult>> = batch.iter().map(|_| None).collect();
    let mut open: Vec<usize> = (0..batch.len()).collect();
    for last in [false, true] {
        let commands = open.iter().map(|at| batch[*at]).collect();
        let pipeline = Pipeline::send(connections, commands, (false, write_concern), deadline);
        match pipeline.and_then(|pipeline| pipeline.receive(deadline)) {
            Ok(attempts) => {
                let mut again = Vec::new();
                for (at, attempt) in open.into_iter().zip(attempts) {
                    match attempt {
                        Attempt::Done(answer) => answers[at] = Some(answer),
                        Attempt::Retry(retry) if last => answers[at] = Some(Err(retry.error())),
                        Attempt::Retry(_) => again.push(at),
                    }
                }
                open = again;
            }
            Err(failure) => {
                // A connection that Redis closed meanwhile, as its restart does, says nothing about a fresh one.
                let again = |at: &usize| !last && failure.closed && (!failure.sent || is_repeatable(batch[*at]));
                let (repeat, lost): (Vec<_>, Vec<_>) = open.into_iter().partition(again);
                for at in lost {
                    answers[at] = Some(Err(failure.cause.clone()));
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
