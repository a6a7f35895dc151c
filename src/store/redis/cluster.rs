//! A cluster: which node has which slot, and what to do while slots move.

use super::command::{is_repeatable, key};
use super::connection::{Broken, open};
use super::error::plain;
use super::flight::{Copies, Flight};
use super::pool::{Connections, Endpoint};
use super::reply::{Elsewhere, Outcome};
use super::slots::{SLOTS, ranges, redirect, slot};
use super::target::{Access, Address};
use super::{Answer, Command, StoreError, unavailable};
use crate::store::lock;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// How often a command is sent on before its caller is told to come back.
const HOPS: usize = 8;
/// The longest that one node is waited for when it is asked for the map.
const MAP_PATIENCE: Duration = Duration::from_millis(400);
/// The map is not asked for more often than this.
const MAP_AGE: Duration = Duration::from_millis(100);
/// The pause before a command is sent again whose keys are on their way.
const PAUSE: Duration = Duration::from_millis(20);
/// What an answer that is there already may be late by, when another node used the time up.
const SPARE: Duration = Duration::from_millis(50);

/// Which node has which slot: an index into the nodes for each.
struct Map {
    owners: Vec<Option<Address>>,
    asked: Option<Instant>,
}

/// The nodes of a cluster that have slots, each with its own pool.
pub(super) struct Cluster {
    seeds: Vec<Address>,
    access: Access,
    pool_size: u32,
    timeout: Duration,
    map: RwLock<Map>,
    /// Who asks for the map, so that one asks for all.
    asking: Mutex<()>,
    pools: Mutex<HashMap<Address, Arc<Connections>>>,
}

/// A command that waits for its answer.
struct Open {
    at: usize,
    slot: u16,
    /// The node that takes its slot over, for the next try alone.
    ask: Option<Address>,
    /// Its answer was lost with a connection once already.
    lost: bool,
}

impl Cluster {
    pub(super) fn new(seeds: Vec<Address>, access: Access, pool_size: u32, timeout: Duration) -> Self {
        let map = RwLock::new(Map { owners: vec![None; usize::from(SLOTS)], asked: None });
        Self { seeds, access, pool_size, timeout, map, asking: Mutex::default(), pools: Mutex::default() }
    }

    /// Carries out `batch`: one pipeline a node, all of them at the same time.
    pub(super) fn execute(&self, batch: &[&Command], copies: Copies, deadline: Instant) -> Vec<Answer> {
        let mut answers: Vec<Option<Answer>> = batch.iter().map(|_| None).collect();
        let mut open: Vec<Open> = batch
            .iter()
            .enumerate()
            .map(|(at, command)| Open { at, slot: slot(key(command).as_bytes()), ask: None, lost: false })
            .collect();
        for hop in 0..HOPS {
            let mut groups: BTreeMap<(Address, bool), Vec<Open>> = BTreeMap::new();
            for mut command in open.drain(..) {
                let asking = command.ask.is_some();
                match command.ask.take().map_or_else(|| self.owner(command.slot), Ok) {
                    Ok(node) => groups.entry((node, asking)).or_default().push(command),
                    Err(error) => answers[command.at] = Some(Err(error)),
                }
            }
            let last = hop + 1 == HOPS;
            open = self.hop(batch, groups, copies, deadline, &mut answers, last);
            if open.is_empty() {
                break;
            }
        }
        let unanswered = || Err(unavailable("Redis left a command without an answer"));
        answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect()
    }

    /// Asks each node for its group; answers what is to be asked again.
    fn hop(
        &self,
        batch: &[&Command],
        groups: BTreeMap<(Address, bool), Vec<Open>>,
        copies: Copies,
        deadline: Instant,
        answers: &mut [Option<Answer>],
        last: bool,
    ) -> Vec<Open> {
        let flights: Vec<_> = groups
            .into_iter()
            .map(|((node, asking), group)| {
                let commands = group.iter().map(|command| batch[command.at]).collect();
                let flight = self
                    .pool(&node)
                    .map_err(|error| Broken { gone: false, sent: false, error })
                    .and_then(|pool| Flight::start(&pool, commands, (asking, copies), deadline));
                (node, group, flight)
            })
            .collect();
        let (mut again, mut pause, mut spare) = (Vec::new(), false, Duration::ZERO);
        for (node, group, flight) in flights {
            match flight.and_then(|flight| flight.finish(deadline + spare)) {
                Ok(outcomes) => {
                    for (mut command, outcome) in group.into_iter().zip(outcomes) {
                        match outcome {
                            Outcome::Done(answer) => answers[command.at] = Some(answer),
                            Outcome::Elsewhere(elsewhere) if last => {
                                answers[command.at] = Some(Err(elsewhere.error()));
                            }
                            Outcome::Elsewhere(elsewhere) => {
                                pause |= !self.learn(&mut command, elsewhere, &node);
                                again.push(command);
                            }
                        }
                    }
                }
                Err(broken) => {
                    spare = SPARE;
                    self.refresh();
                    for mut command in group {
                        let moved = self.known_owner(command.slot).is_some_and(|owner| owner != node);
                        let fresh = broken.gone && !command.lost;
                        if !last && (moved || fresh) && (!broken.sent || is_repeatable(batch[command.at])) {
                            command.lost = true;
                            again.push(command);
                        } else {
                            answers[command.at] = Some(Err(broken.error.clone()));
                        }
                    }
                }
            }
        }
        if pause && !again.is_empty() {
            thread::sleep(PAUSE.min(deadline.saturating_duration_since(Instant::now())));
        }
        again
    }

    /// Takes a redirection in. False when there is nothing to do but to wait a moment.
    fn learn(&self, command: &mut Open, elsewhere: Elsewhere, node: &Address) -> bool {
        match elsewhere {
            Elsewhere::Moved(details) => match redirect(&details, node) {
                Some((slot, owner)) => {
                    let mut map = self.map.write().unwrap_or_else(PoisonError::into_inner);
                    if let Some(known) = map.owners.get_mut(usize::from(slot)) {
                        *known = Some(owner);
                    }
                    true
                }
                None => false,
            },
            Elsewhere::Ask(details) => {
                command.ask = redirect(&details, node).map(|(_, owner)| owner);
                command.ask.is_some()
            }
            Elsewhere::Demoted => {
                self.refresh();
                self.known_owner(command.slot).is_some_and(|owner| owner != *node)
            }
            Elsewhere::Later => false,
            Elsewhere::Untaught => true,
        }
    }

    fn known_owner(&self, slot: u16) -> Option<Address> {
        self.map.read().unwrap_or_else(PoisonError::into_inner).owners.get(usize::from(slot))?.clone()
    }

    fn owner(&self, slot: u16) -> Result<Address, StoreError> {
        if let Some(owner) = self.known_owner(slot) {
            return Ok(owner);
        }
        let failure = self.refresh();
        self.known_owner(slot).ok_or_else(|| failure.unwrap_or_else(|| unavailable("the Redis cluster is down")))
    }

    /// Asks for the map, unless that was done just now. Answers why there is no new one.
    fn refresh(&self) -> Option<StoreError> {
        let started = Instant::now();
        let _one = lock(&self.asking);
        let (known, asked) = (self.owners(), self.map.read().unwrap_or_else(PoisonError::into_inner).asked);
        if asked.is_some_and(|asked| asked >= started || asked.elapsed() < MAP_AGE) {
            return None;
        }
        let mut failure = None;
        for node in self.seeds.iter().chain(&known) {
            match self.ask_map(node) {
                Ok(ranges) => {
                    self.take(&ranges);
                    return None;
                }
                Err(error) => failure = Some(error),
            }
        }
        self.map.write().unwrap_or_else(PoisonError::into_inner).asked = Some(Instant::now());
        failure
    }

    /// Every node that has slots.
    pub(super) fn primaries(&self) -> Result<Vec<Endpoint>, StoreError> {
        let failure = self.refresh();
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
        let mut connection = open(&info, MAP_PATIENCE.min(self.timeout)).map_err(|error| plain(&error))?;
        let answer = ::redis::cmd("CLUSTER").arg("SLOTS").query(&mut connection).map_err(|error| plain(&error))?;
        ranges(&answer, node)
            .filter(|ranges| !ranges.is_empty())
            .ok_or_else(|| unavailable("what answers is no node of a Redis cluster, or has no slots"))
    }

    fn take(&self, ranges: &[(u16, u16, Address)]) {
        let mut owners = vec![None; usize::from(SLOTS)];
        for (first, last, node) in ranges {
            for owner in &mut owners[usize::from(*first)..=usize::from(*last)] {
                *owner = Some(node.clone());
            }
        }
        *self.map.write().unwrap_or_else(PoisonError::into_inner) = Map { owners, asked: Some(Instant::now()) };
        lock(&self.pools).retain(|node, _| ranges.iter().any(|(_, _, owner)| owner == node));
    }

    fn pool(&self, node: &Address) -> Result<Arc<Connections>, StoreError> {
        let mut pools = lock(&self.pools);
        if let Some(pool) = pools.get(node) {
            return Ok(Arc::clone(pool));
        }
        let endpoint = Endpoint::Fixed(Box::new(self.access.to(node).map_err(unavailable)?));
        let pool = Arc::new(Connections::new(endpoint, self.pool_size, self.timeout));
        pools.insert(node.clone(), Arc::clone(&pool));
        Ok(pool)
    }
}
