//! A cluster: which node has which slot, and what to do while slots move.

use super::command::{is_repeatable, key};
use super::connection::{ConnectionError, open};
use super::error::from_client;
use super::pipeline::{Pipeline, WriteConcern};
use super::pool::{ConnectionPool, Endpoint};
use super::reply::{Attempt, Retry};
use super::slots::{SLOT_COUNT, ranges, redirect, slot};
use super::target::{Access, Address};
use super::{Command, CommandResult, StoreError, unavailable};
use crate::store::lock;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// How often a command is sent on before its caller is told to come back.
const MAX_ROUNDS: usize = 8;
/// The longest that one node is waited for when it is asked for the map.
const MAP_TIMEOUT: Duration = Duration::from_millis(400);
/// The map is not asked for more often than this.
const MAP_MIN_AGE: Duration = Duration::from_millis(100);
/// The pause before a command is sent again whose keys are on their way.
const RETRY_DELAY: Duration = Duration::from_millis(20);
/// What an answer that is there already may be late by, when another node used the time up.
const LATE_REPLY_TIME: Duration = Duration::from_millis(50);

/// Which node has which slot: an index into the nodes for each.
struct SlotMap {
    owners: Vec<Option<Address>>,
    fetched: Option<Instant>,
}

/// The nodes of a cluster that have slots, each with its own pool.
pub(super) struct Cluster {
    seeds: Vec<Address>,
    access: Access,
    pool_size: u32,
    timeout: Duration,
    map: RwLock<SlotMap>,
    /// Who asks for the map, so that one asks for all.
    refreshing: Mutex<()>,
    pools: Mutex<HashMap<Address, Arc<ConnectionPool>>>,
}

/// A command that waits for its answer.
struct PendingCommand {
    at: usize,
    slot: u16,
    /// The node that takes its slot over, for the next try alone.
    ask: Option<Address>,
    /// Its answer was lost with a connection once already.
    lost: bool,
}

impl Cluster {
    pub(super) fn new(seeds: Vec<Address>, access: Access, pool_size: u32, timeout: Duration) -> Self {
        let map = RwLock::new(SlotMap { owners: vec![None; usize::from(SLOT_COUNT)], fetched: None });
        Self { seeds, access, pool_size, timeout, map, refreshing: Mutex::default(), pools: Mutex::default() }
    }

    /// Carries out `batch`: one pipeline a node, all of them at the same time.
    pub(super) fn execute(
        &self,
        batch: &[&Command],
        write_concern: WriteConcern,
        deadline: Instant,
    ) -> Vec<CommandResult> {
        let mut answers: Vec<Option<CommandResult>> = batch.iter().map(|_| None).collect();
        let mut pending: Vec<PendingCommand> = batch
            .iter()
            .enumerate()
            .map(|(at, command)| PendingCommand { at, slot: slot(key(command).as_bytes()), ask: None, lost: false })
            .collect();
        for round in 0..MAX_ROUNDS {
            let mut groups: BTreeMap<(Address, bool), Vec<PendingCommand>> = BTreeMap::new();
            for mut command in pending.drain(..) {
                let asking = command.ask.is_some();
                match command.ask.take().map_or_else(|| self.owner(command.slot), Ok) {
                    Ok(node) => groups.entry((node, asking)).or_default().push(command),
                    Err(error) => answers[command.at] = Some(Err(error)),
                }
            }
            let last = round + 1 == MAX_ROUNDS;
            pending = self.round(batch, groups, write_concern, deadline, &mut answers, last);
            if pending.is_empty() {
                break;
            }
        }
        let unanswered = || Err(unavailable("Redis left a command without an answer"));
        answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect()
    }

    /// Asks each node for its group; answers what is to be asked again.
    fn round(
        &self,
        batch: &[&Command],
        groups: BTreeMap<(Address, bool), Vec<PendingCommand>>,
        write_concern: WriteConcern,
        deadline: Instant,
        answers: &mut [Option<CommandResult>],
        last: bool,
    ) -> Vec<PendingCommand> {
        let pipelines: Vec<_> = groups
            .into_iter()
            .map(|((node, asking), group)| {
                let commands = group.iter().map(|command| batch[command.at]).collect();
                let pipeline = self
                    .pool(&node)
                    .map_err(|error| ConnectionError { closed: false, sent: false, cause: error })
                    .and_then(|pool| Pipeline::send(&pool, commands, (asking, write_concern), deadline));
                (node, group, pipeline)
            })
            .collect();
        let (mut again, mut pause, mut extra) = (Vec::new(), false, Duration::ZERO);
        for (node, group, pipeline) in pipelines {
            match pipeline.and_then(|pipeline| pipeline.receive(deadline + extra)) {
                Ok(attempts) => {
                    for (mut command, attempt) in group.into_iter().zip(attempts) {
                        match attempt {
                            Attempt::Done(answer) => answers[command.at] = Some(answer),
                            Attempt::Retry(retry) if last => {
                                answers[command.at] = Some(Err(retry.error()));
                            }
                            Attempt::Retry(retry) => {
                                pause |= !self.follow(&mut command, retry, &node);
                                again.push(command);
                            }
                        }
                    }
                }
                Err(failure) => {
                    extra = LATE_REPLY_TIME;
                    self.refresh_map();
                    for mut command in group {
                        let moved = self.known_owner(command.slot).is_some_and(|owner| owner != node);
                        let fresh = failure.closed && !command.lost;
                        if !last && (moved || fresh) && (!failure.sent || is_repeatable(batch[command.at])) {
                            command.lost = true;
                            again.push(command);
                        } else {
                            answers[command.at] = Some(Err(failure.cause.clone()));
                        }
                    }
                }
            }
        }
        if pause && !again.is_empty() {
            thread::sleep(RETRY_DELAY.min(deadline.saturating_duration_since(Instant::now())));
        }
        again
    }

    /// Takes a redirection in. False when there is nothing to do but to wait a moment.
    fn follow(&self, command: &mut PendingCommand, retry: Retry, node: &Address) -> bool {
        match retry {
            Retry::Moved(details) => match redirect(&details, node) {
                Some((slot, owner)) => {
                    let mut map = self.map.write().unwrap_or_else(PoisonError::into_inner);
                    if let Some(known) = map.owners.get_mut(usize::from(slot)) {
                        *known = Some(owner);
                    }
                    true
                }
                None => false,
            },
            Retry::Ask(details) => {
                command.ask = redirect(&details, node).map(|(_, owner)| owner);
                command.ask.is_some()
            }
            Retry::ReadOnly => {
                self.refresh_map();
                self.known_owner(command.slot).is_some_and(|owner| owner != *node)
            }
            Retry::TryAgain => false,
            Retry::NoScript => true,
        }
    }

    fn known_owner(&self, slot: u16) -> Option<Address> {
        self.map.read().unwrap_or_else(PoisonError::into_inner).owners.get(usize::from(slot))?.clone()
    }

    fn owner(&self, slot: u16) -> Result<Address, StoreError> {
        if let Some(owner) = self.known_owner(slot) {
            return Ok(owner);
        }
        let failure = self.refresh_map();
        self.known_owner(slot).ok_or_else(|| failure.unwrap_or_else(|| unavailable("the Redis cluster is down")))
    }

    /// Asks for the map, unless that was done just now. Answers why there is no new one.
    fn refresh_map(&self) -> Option<StoreError> {
        let started = Instant::now();
        let _one = lock(&self.refreshing);
        let (known, fetched) = (self.owners(), self.map.read().unwrap_or_else(PoisonError::into_inner).fetched);
        if fetched.is_some_and(|fetched| fetched >= started || fetched.elapsed() < MAP_MIN_AGE) {
            return None;
        }
        let mut failure = None;
        for node in self.seeds.iter().chain(&known) {
            match self.ask_map(node) {
                Ok(ranges) => {
                    self.replace_map(&ranges);
                    return None;
                }
                Err(error) => failure = Some(error),
            }
        }
        self.map.write().unwrap_or_else(PoisonError::into_inner).fetched = Some(Instant::now());
        failure
    }

    /// Every node that has slots.
    pub(super) fn primaries(&self) -> Result<Vec<Endpoint>, StoreError> {
        let failure = self.refresh_map();
        let nodes = self.owners();
        if nodes.is_empty() {
            return Err(failure.unwrap_or_else(|| unavailable("the Redis cluster is down")));
        }
        nodes
            .iter()
            .map(|node| self.access.to(node).map(|info| Endpoint::Fixed(Box::new(info))).map_err(unavailable))
            .collect()
    }

    /// The nodes that the map names.
    fn owners(&self) -> Vec<Address> {
        let map = self.map.read().unwrap_or_else(PoisonError::into_inner);
        let mut owners: Vec<Address> = map.owners.iter().flatten().cloned().collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    fn ask_map(&self, node: &Address) -> Result<Vec<(u16, u16, Address)>, StoreError> {
        let info = self.access.to(node).map_err(unavailable)?;
        let mut connection = open(&info, MAP_TIMEOUT.min(self.timeout)).map_err(|error| from_client(&error))?;
        let answer =
            ::redis::cmd("CLUSTER").arg("SLOTS").query(&mut connection).map_err(|error| from_client(&error))?;
        ranges(&answer, node)
            .filter(|ranges| !ranges.is_empty())
            .ok_or_else(|| unavailable("what answers is no node of a Redis cluster, or has no slots"))
    }

    fn replace_map(&self, ranges: &[(u16, u16, Address)]) {
        let mut owners = vec![None; usize::from(SLOT_COUNT)];
        for (first, last, node) in ranges {
            for owner in &mut owners[usize::from(*first)..=usize::from(*last)] {
                *owner = Some(node.clone());
            }
        }
        *self.map.write().unwrap_or_else(PoisonError::into_inner) = SlotMap { owners, fetched: Some(Instant::now()) };
        lock(&self.pools).retain(|node, _| ranges.iter().any(|(_, _, owner)| owner == node));
    }

    fn pool(&self, node: &Address) -> Result<Arc<ConnectionPool>, StoreError> {
        let mut pools = lock(&self.pools);
        if let Some(pool) = pools.get(node) {
            return Ok(Arc::clone(pool));
        }
        let endpoint = Endpoint::Fixed(Box::new(self.access.to(node).map_err(unavailable)?));
        let pool = Arc::new(ConnectionPool::new(endpoint, self.pool_size, self.timeout));
        pools.insert(node.clone(), Arc::clone(&pool));
        Ok(pool)
    }
}
