//! Many readers race for each share, and exactly one may get it.

use crate::fixture::{self, Fixture, bytes, numbered_id, record, runtime};
use onetimeshare::share::{ShareId, Timestamp};
use onetimeshare::store::{Command, Lane, LaneSize, PartsFate, Reply, Storage, Store, StoreError, Swapped};
use std::sync::Arc;
use std::time::{Duration, Instant};

const READERS: usize = 8;
/// Shares raced for at the same time: their readers fit into a store's queue.
const AT_ONCE: u64 = 500;

/// What the readers of many shares got.
#[derive(Default, Debug)]
struct Tally {
    read_once: u64,
    read_twice_or_more: u64,
    read_never: u64,
    took: Duration,
}

/// One reader, doing what the server does: load, decide, compare-and-swap, and again when somebody was faster.
async fn read(store: &Store, id: ShareId, me: usize, end: Timestamp) -> Option<Vec<u8>> {
    let waiting = record(id, "waiting");
    loop {
        let found = store.load(id).await.unwrap().record.unwrap();
        if found != waiting {
            return None;
        }
        let mine = record(id, &format!("opened by {me}"));
        match store.swap(id, found, mine, end, PartsFate::Open(end), false).await.unwrap() {
            Swapped::Done(part) => return Some(part.unwrap()),
            Swapped::Changed => {}
            Swapped::Missing => panic!("a share vanished"),
        }
    }
}

/// Lets `READERS` readers race for each of `shares` shares, and counts who got what.
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
                    tokio::spawn(async move { store.insert(id, record(id, "waiting"), bytes(n, 100), end, end).await })
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
                assert!(got.iter().flatten().all(|(n, part)| *part == bytes(*n, 100)), "a reader got foreign bytes");
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

/// A store as it must not be: it looks at the record, and writes a moment later whatever stands there then.
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

    fn lane(&self, _: &Command) -> Lane {
        Lane::Quick
    }

    fn lane_size(&self, lane: Lane) -> LaneSize {
        LaneSize { threads: if lane == Lane::Quick { 4 } else { 0 }, batch: 4 }
    }

    fn name(&self) -> &'static str {
        "control"
    }
}

#[test]
fn the_race_catches_a_store_that_reads_and_then_writes() {
    for store in [fixture::redis(), fixture::embedded()] {
        let tally = race(Arc::new(ReadThenWrite(Arc::clone(&store.storage))), 300);
        println!("control on {}: 300 shares, {READERS} racing readers each: {tally:?}", store.storage.name());
        assert!(tally.read_twice_or_more > 0, "the race would not notice a wrong store");
    }
}
