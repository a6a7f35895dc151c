//! The servers of a [`RedisStorage`](super::RedisStorage), and what is known of them.

use super::cluster::Cluster;
use super::command::is_repeatable;
use super::flight::{Copies, Flight};
use super::guarantee::{Facts, Judgement, Ways, refused, unknown};
use super::pool::{Connections, Endpoint};
use super::reclaim;
use super::reply::Outcome;
use super::sentinel::Sentinels;
use super::target::Layout;
use super::{Answer, Command, RedisOptions, RedisTarget, StoreError, unavailable};
use crate::store::{Guarantee, lock};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest that one step of a look at the servers' settings may take.
const LOOK_PATIENCE: Duration = Duration::from_secs(1);

/// The servers.
enum Servers {
    /// One primary.
    One(Connections),
    /// Several, each with its own slots.
    Cluster(Box<Cluster>),
}

/// See the [module](self).
pub(super) struct Core {
    servers: Servers,
    options: RedisOptions,
    sentinels: Option<Arc<Sentinels>>,
    /// None until the servers have told their settings for the first time.
    judgement: Mutex<Option<Judgement>>,
    /// Who looks at the settings, so that one looks for all.
    looking: Mutex<()>,
    /// Whether the servers can wait for their disks, as far as is known.
    fsync: AtomicBool,
}

impl Core {
    pub(super) fn new(target: RedisTarget, options: RedisOptions) -> Result<Self, String> {
        let (pool_size, timeout) = (options.pool_size, options.timeout);
        let (servers, sentinels) = match target.layout {
            Layout::Single(addr) => {
                let endpoint = Endpoint::Fixed(Box::new(target.access.to_addr(addr)?));
                (Servers::One(Connections::new(endpoint, pool_size, timeout)), None)
            }
            Layout::Sentinel { sentinels, name } => {
                let sentinels = Arc::new(Sentinels::new(sentinels, name, target.access));
                let endpoint = Endpoint::Primary(Arc::clone(&sentinels));
                (Servers::One(Connections::new(endpoint, pool_size, timeout)), Some(sentinels))
            }
            Layout::Cluster { seeds } => {
                (Servers::Cluster(Box::new(Cluster::new(seeds, target.access, pool_size, timeout))), None)
            }
        };
        let fsync = AtomicBool::new(options.wait_fsync);
        Ok(Self { servers, options, sentinels, judgement: Mutex::default(), looking: Mutex::default(), fsync })
    }

    pub(super) fn sentinels(&self) -> Option<&Sentinels> {
        self.sentinels.as_deref()
    }

    /// Throws all connections away: they may lead to a server that is no primary any more.
    pub(super) fn renew(&self) {
        if let Servers::One(connections) = &self.servers {
            connections.renew();
        }
    }

    pub(super) fn guarantee(&self) -> Guarantee {
        lock(&self.judgement).as_ref().map_or(Guarantee::Unverified, |judgement| judgement.guarantee)
    }

    fn copies(&self) -> Copies {
        Copies { replicas: self.options.wait_replicas, fsync: self.fsync.load(Ordering::Relaxed) }
    }

    /// Carries out a batch. What brings new bytes is refused while the servers may delete what is waiting.
    pub(super) fn execute(&self, batch: &[Command]) -> Vec<Answer> {
        let deadline = Instant::now() + self.options.timeout;
        let wants_word = |command: &Command| command.brings_bytes() || matches!(command, Command::Ping);
        let refusal = if batch.iter().any(wants_word) { self.vet() } else { None };
        let answer = |commands: &[&Command]| match &self.servers {
            Servers::One(connections) => execute_on(connections, commands, self.copies(), deadline),
            Servers::Cluster(cluster) => cluster.execute(commands, self.copies(), deadline),
        };
        let Some(refusal) = refusal else { return answer(&batch.iter().collect::<Vec<_>>()) };
        let rest: Vec<&Command> = batch.iter().filter(|command| !wants_word(command)).collect();
        let mut answers = if rest.is_empty() { Vec::new() } else { answer(&rest) }.into_iter();
        let lost = || Err(unavailable("Redis left a command without an answer"));
        batch
            .iter()
            .map(|command| if wants_word(command) { Err(refusal.clone()) } else { answers.next().unwrap_or_else(lost) })
            .collect()
    }

    /// Why nothing new may be taken, if so. Looks first when that was never done.
    fn vet(&self) -> Option<StoreError> {
        if let Some(judgement) = &*lock(&self.judgement) {
            return refused(judgement);
        }
        let _one = lock(&self.looking);
        if let Some(judgement) = &*lock(&self.judgement) {
            return refused(judgement);
        }
        self.look().map_or_else(Some, |judgement| refused(&judgement))
    }

    /// Whether the servers' settings are known.
    pub(super) fn is_known(&self) -> bool {
        lock(&self.judgement).is_some()
    }

    /// Looks at the settings of every server, and tells the log what is new.
    pub(super) fn look(&self) -> Result<Judgement, StoreError> {
        let mut facts = Vec::new();
        for endpoint in self.primaries()? {
            facts.push(Facts::ask(&mut endpoint.connect(LOOK_PATIENCE.min(self.options.timeout))?)?);
        }
        let fsync = self.options.wait_fsync && facts.iter().all(Facts::can_wait_for_fsync);
        self.fsync.store(fsync, Ordering::Relaxed);
        let ways = Ways {
            copies: self.copies(),
            fails_over: self.sentinels.is_some() || matches!(self.servers, Servers::Cluster(_)),
        };
        let judged = facts.iter().map(|facts| facts.judge(ways)).reduce(Judgement::worst).unwrap_or_else(unknown);
        let before = lock(&self.judgement).replace(judged.clone());
        if before.as_ref() != Some(&judged) {
            tell(&judged);
            if self.options.wait_fsync && !fsync {
                tracing::warn!(
                    "redis_wait_fsync has no effect: it needs Redis 7.2 or later with appendonly set to yes."
                );
            }
        }
        Ok(judged)
    }

    fn primaries(&self) -> Result<Vec<Endpoint>, StoreError> {
        match &self.servers {
            Servers::One(connections) => Ok(vec![connections.endpoint().clone()]),
            Servers::Cluster(cluster) => cluster.primaries(),
        }
    }

    /// Removes uploads that nobody has sent a part of for a while, so that there is room for what people finish.
    pub(super) fn reclaim(&self) {
        let reclaimed = self.primaries().and_then(|primaries| {
            let mut count = 0;
            for endpoint in primaries {
                count += reclaim::uploads(&mut endpoint.connect(self.options.timeout)?)?;
            }
            Ok(count)
        });
        match reclaimed {
            Ok(count) => tracing::warn!("Redis is full. Abandoned uploads removed to make room: {count}."),
            Err(error) => tracing::warn!(%error, "Redis is full, and was not searched for abandoned uploads"),
        }
    }
}

fn tell(judged: &Judgement) {
    match (&judged.refusal, judged.guarantee) {
        (Some(refusal), _) => tracing::error!("Nothing new is taken. {refusal}"),
        (None, Guarantee::Strict) => {
            tracing::info!("The shares in Redis have the guarantee \"strict\": {}.", judged.why);
        }
        (None, other) => {
            tracing::warn!("The shares in Redis have the guarantee \"{other}\", not \"strict\": {}.", judged.why);
        }
    }
}

fn execute_on(connections: &Connections, batch: &[&Command], copies: Copies, deadline: Instant) -> Vec<Answer> {
    let mut answers: Vec<Option<Answer>> = batch.iter().map(|_| None).collect();
    let mut open: Vec<usize> = (0..batch.len()).collect();
    for last in [false, true] {
        let commands = open.iter().map(|at| batch[*at]).collect();
        let flight = Flight::start(connections, commands, (false, copies), deadline);
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
                let again = |at: &usize| !last && broken.gone && (!broken.sent || is_repeatable(batch[*at]));
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
