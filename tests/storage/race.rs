//! Concurrent readers of one share: exactly one may receive it.

use crate::fixture::{self, Fixture, bytes, new_share, numbered_id, record, runtime};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{Command, PartsFate, QueueKind, Reply, Storage, Store, StoreError, Swap, Swapped, Workers};
use onetimeshare_envelope::ShareId;
use std::sync::Arc;
use std::time::{Duration, Instant};

const READERS: usize = 8;
/// Shares read at the same time. Their readers fit into a store's queue.
const AT_ONCE: u64 = 500;

/// Counts of what the readers received.
#[derive(Default, Debug)]
struct Tally {
    read_once: u64,
    read_twice_or_more: u64,
    read_never: u64,
    took: Duration,
}

/// Reads a share like the server does: load, decide, compare-and-swap, and retry after a lost swap.
async fn read(store: &Store, id: ShareId, me: usize, end: Timestamp) -> Option<Vec<u8>> {
    let waiting = record(id, "waiting");
    loop {
        let found = store.load(id).await.unwrap().record.unwrap();
        if found != waiting {
            return None;
        }
        let mine = record(id, &format!("opened by {me}"));
        let swap = Swap { old: found, new: mine, record_until: end, parts: PartsFate::Open(end), big: false };
        match store.swap(id, swap).await.unwrap() {
            Swapped::Done(part) => return Some(part.unwrap()),
            Swapped::Changed => {}
            Swapped::Missing => panic!("a share vanished"),
        }
    }
}

/// Lets `READERS` readers race for each of `shares` shares, and counts the results.
fn race(storage: Arc<dyn Storage>, shares: u64) -> Tally {
    let store = Store::new(storage, Duration::from_secs(60)).unwrap();
    let start = Instant::now();
    let mut tally = runtime().block_on(async {
        let mut tally = Tally::default();
        let end = store.load(numbered_id(0)).await.unwrap().now.plus(3600);
        for first in (0..shares).step_by(usize::try_from(AT_ONCE).unwrap()) {
            let numbers = first..shares.min(first + AT_ONCE);
            let inserts: Vec<_> = numbers
                .clone()
                .map(|n| {
                    let (store, id) = (store.clone(), numbered_id(n));
                    tokio::spawn(async move { store.insert(id, new_share(id, bytes(n, 100), end)).await })
                })
                .collect();
            for insert in inserts {
                assert!(insert.await.unwrap().unwrap());
            }
            let readers: Vec<_> = numbers
                .flat_map(|n| (0..READERS).map(move |me| (n, me)))
                .map(|(n, me)| {
                    let store = store.clone();
                    tokio::spawn(async move { read(&store, numbered_id(n), me, end).await.map(|part| (n, part)) })
                })
                .collect();
            let mut got = Vec::with_capacity(readers.len());
            for reader in readers {
                got.push(reader.await.unwrap());
            }
            for got in got.chunks(READERS) {
                assert!(
                    got.iter().flatten().all(|(n, part)| *part == bytes(*n, 100)),
                    "a reader received the bytes of another share"
                );
                match got.iter().flatten().count() {
                    0 => tally.read_never += 1,
                    1 => tally.read_once += 1,
                    _ => tally.read_twice_or_more += 1,
                }
            }
        }
        tally
    });
    tally.took = start.elapsed();
    tally
}

fn exactly_one_reader_wins(store: &Fixture) {
    let tally = race(Arc::clone(&store.storage), 10_000);
    println!("{}: 10,000 shares, {READERS} racing readers each: {tally:?}", store.storage.name());
    assert_eq!((tally.read_once, tally.read_twice_or_more, tally.read_never), (10_000, 0, 0));
}

#[test]
fn of_eight_readers_exactly_one_gets_each_of_10000_shares_from_redis() {
    exactly_one_reader_wins(&fixture::redis());
}

#[test]
fn of_eight_readers_exactly_one_gets_each_of_10000_shares_from_the_embedded_store() {
    exactly_one_reader_wins(&fixture::embedded());
}

/// A wrong store: it checks the record and then writes without checking again.
struct ReadThenWrite(Arc<dyn Storage>);

impl ReadThenWrite {
    fn one(&self, command: Command) -> Result<Reply, StoreError> {
        self.0.execute(vec![command]).remove(0)
    }

    fn swap(
        &self,
        id: ShareId,
        old: &[u8],
        new: Vec<u8>,
        end: Timestamp,
        parts: PartsFate,
    ) -> Result<Reply, StoreError> {
        let seen = match self.one(Command::Load { id })? {
            Reply::Loaded(loaded) => loaded.record,
            other => return Ok(other),
        };
        match seen {
            None => return Ok(Reply::Swapped(Swapped::Missing)),
            Some(seen) if seen != old => return Ok(Reply::Swapped(Swapped::Changed)),
            Some(_) => {}
        }
        loop {
            let Reply::Loaded(loaded) = self.one(Command::Load { id })? else { continue };
            let Some(old) = loaded.record else { return Ok(Reply::Swapped(Swapped::Missing)) };
            let swap = Command::Swap { id, old, new: new.clone(), record_until: end, parts, big: false };
            match self.one(swap)? {
                Reply::Swapped(Swapped::Changed) => {}
                other => return Ok(other),
            }
        }
    }
}

impl Storage for ReadThenWrite {
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>> {
        let one = |command| match command {
            Command::Swap { id, old, new, record_until, parts, big: _ } => {
                self.swap(id, &old, new, record_until, parts)
            }
            command => self.one(command),
        };
        batch.into_iter().map(one).collect()
    }

    fn queue(&self, _: &Command) -> QueueKind {
        QueueKind::Quick
    }

    fn workers(&self, queue: QueueKind) -> Workers {
        Workers { threads: if queue == QueueKind::Quick { 4 } else { 0 }, batch: 4 }
    }

    fn name(&self) -> &'static str {
        "control"
    }
}

#[test]
fn the_race_detects_a_store_without_an_atomic_swap() {
    for store in [fixture::redis(), fixture::embedded()] {
        let tally = race(Arc::new(ReadThenWrite(Arc::clone(&store.storage))), 300);
        println!("control on {}: 300 shares, {READERS} racing readers each: {tally:?}", store.storage.name());
        assert!(tally.read_twice_or_more > 0, "the race must detect a wrong store");
    }
}
