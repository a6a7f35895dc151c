//! Redis Cluster: routing of commands to nodes by slot, and redirects while slots migrate.
//!
//! The client library's `ClusterConnection` (redis 1.8) does not replace this. Its pipelines refuse `MULTI`, `MSETNX`,
//! `TIME` and `ECHO`, and cannot send `WAIT` to the node of the write before it. The error of one node fails the whole
//! pipeline. It fetches the slot map only from nodes that it is connected to, and gives up at the first that has failed.

use super::command::{is_repeatable, key};
use super::connection::{ConnectionError, connect};
use super::error::from_client;
use super::pipeline::{SentPipeline, WriteConcern};
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

/// Maximum number of attempts for one command.
const MAX_ATTEMPTS: usize = 8;
/// Timeout for fetching the slot map from one node.
const MAP_TIMEOUT: Duration = Duration::from_millis(400);
/// Minimum interval between two fetches of the slot map.
const MAP_MIN_AGE: Duration = Duration::from_millis(100);
/// Delay before a command is retried whose keys are being migrated.
const RETRY_DELAY: Duration = Duration::from_millis(20);
/// Extra time to read replies that have already arrived, when another node used up the timeout.
const LATE_REPLY_TIME: Duration = Duration::from_millis(50);

/// The primary of each slot.
struct SlotMap {
    owners: Vec<Option<Address>>,
    /// When the last fetch ended.
    fetched: Option<Instant>,
}

/// The primaries of a cluster, each with its own connection pool.
pub(super) struct Cluster {
    seeds: Vec<Address>,
    access: Access,
    pool_size: u32,
    timeout: Duration,
    map: RwLock<SlotMap>,
    /// Held while the slot map is fetched, so that concurrent callers share one fetch.
    refreshing: Mutex<()>,
    pools: Mutex<HashMap<Address, Arc<ConnectionPool>>>,
}

/// A command without a result yet.
struct PendingCommand {
    /// Its index in the batch.
    index: usize,
    slot: u16,
    /// The node that imports its slot, for the next attempt only.
    ask: Option<Address>,
    /// Whether its reply was lost with a connection before.
    lost: bool,
}

impl Cluster {
    pub(super) fn new(seeds: Vec<Address>, access: Access, pool_size: u32, timeout: Duration) -> Self {
        let map = RwLock::new(SlotMap { owners: vec![None; usize::from(SLOT_COUNT)], fetched: None });
        Self { seeds, access, pool_size, timeout, map, refreshing: Mutex::default(), pools: Mutex::default() }
    }

    /// Executes `batch` with one pipeline per node, all sent before the first reply is read.
    pub(super) fn execute(
        &self,
        batch: &[&Command],
        write_concern: WriteConcern,
        deadline: Instant,
    ) -> Vec<CommandResult> {
        let mut results: Vec<Option<CommandResult>> = batch.iter().map(|_| None).collect();
        let mut pending: Vec<PendingCommand> = batch
            .iter()
            .enumerate()
            .map(|(index, command)| PendingCommand {
                index,
                slot: slot(key(command).as_bytes()),
                ask: None,
                lost: false,
            })
            .collect();
        for attempt in 0..MAX_ATTEMPTS {
            let mut groups: BTreeMap<(Address, bool), Vec<PendingCommand>> = BTreeMap::new();
            for mut command in pending.drain(..) {
                let asking = command.ask.is_some();
                match command.ask.take().map_or_else(|| self.owner(command.slot), Ok) {
                    Ok(node) => groups.entry((node, asking)).or_default().push(command),
                    Err(error) => results[command.index] = Some(Err(error)),
                }
            }
            let last = attempt + 1 == MAX_ATTEMPTS;
            pending = self.attempt(batch, groups, write_concern, deadline, &mut results, last);
            if pending.is_empty() {
                break;
            }
        }
        let missing = || Err(unavailable("Redis returned no result for a command"));
        results.into_iter().map(|result| result.unwrap_or_else(missing)).collect()
    }

    /// Sends each group to its node and reads the replies. Returns the commands to retry.
    fn attempt(
        &self,
        batch: &[&Command],
        groups: BTreeMap<(Address, bool), Vec<PendingCommand>>,
        write_concern: WriteConcern,
        deadline: Instant,
        results: &mut [Option<CommandResult>],
        last: bool,
    ) -> Vec<PendingCommand> {
        let pipelines: Vec<_> = groups
            .into_iter()
            .map(|((node, asking), group)| {
                let commands = group.iter().map(|command| batch[command.index]).collect();
                let pipeline = self
                    .pool(&node)
                    .map_err(|error| ConnectionError { closed: false, sent: false, cause: error })
                    .and_then(|pool| SentPipeline::send(&pool, commands, (asking, write_concern), deadline));
                (node, group, pipeline)
            })
            .collect();
        let (mut retries, mut pause, mut extra) = (Vec::new(), false, Duration::ZERO);
        for (node, group, pipeline) in pipelines {
            match pipeline.and_then(|pipeline| pipeline.receive(deadline + extra)) {
                Ok(attempts) => {
                    for (mut command, attempt) in group.into_iter().zip(attempts) {
                        match attempt {
                            Attempt::Done(result) => results[command.index] = Some(result),
                            Attempt::Retry(retry) if last => {
                                results[command.index] = Some(Err(retry.error()));
                            }
                            Attempt::Retry(retry) => {
                                pause |= !self.follow(&mut command, retry, &node);
                                retries.push(command);
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
                        if !last && (moved || fresh) && (!failure.sent || is_repeatable(batch[command.index])) {
                            command.lost = true;
                            retries.push(command);
                        } else {
                            results[command.index] = Some(Err(failure.cause.clone()));
                        }
                    }
                }
            }
        }
        if pause && !retries.is_empty() {
            thread::sleep(RETRY_DELAY.min(deadline.saturating_duration_since(Instant::now())));
        }
        retries
    }

    /// Applies a redirect. Returns false when the command can only be retried after a delay.
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

    /// Fetches the slot map from the first node that returns it, unless that was done recently. Returns the error when
    /// none does.
    fn refresh_map(&self) -> Option<StoreError> {
        let started = Instant::now();
        let _guard = lock(&self.refreshing);
        let (known, fetched) = (self.owners(), self.map.read().unwrap_or_else(PoisonError::into_inner).fetched);
        if fetched.is_some_and(|fetched| fetched >= started || fetched.elapsed() < MAP_MIN_AGE) {
            return None;
        }
        let mut failure = None;
        for node in self.seeds.iter().chain(&known) {
            match self.fetch_map(node) {
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

    /// Returns the endpoints of all primaries.
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

    /// Returns the distinct nodes of the slot map.
    fn owners(&self) -> Vec<Address> {
        let map = self.map.read().unwrap_or_else(PoisonError::into_inner);
        let mut owners: Vec<Address> = map.owners.iter().flatten().cloned().collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    fn fetch_map(&self, node: &Address) -> Result<Vec<(u16, u16, Address)>, StoreError> {
        let info = self.access.to(node).map_err(unavailable)?;
        let mut connection = connect(&info, MAP_TIMEOUT.min(self.timeout))?;
        let reply = ::redis::cmd("CLUSTER").arg("SLOTS").query(&mut connection).map_err(|error| from_client(&error))?;
        ranges(&reply, node)
            .filter(|ranges| !ranges.is_empty())
            .ok_or_else(|| unavailable("the server is not a node of a Redis cluster, or the cluster has no slots"))
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
