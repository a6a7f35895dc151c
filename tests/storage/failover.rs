//! Failovers under load: no share is read twice.

use crate::fixture::{full, numbered_id, record, until};
use crate::redis_topologies::Sentinels;
use crate::table::row;
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, PartsFate, RedisOptions, RedisStorage, RedisTarget, Reply, Storage, StoreError, Swapped,
};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Number of readers per share.
const READERS: u64 = 2;

/// Ends the load, also when the test fails, which would otherwise wait for its readers forever.
struct Load<'a>(&'a AtomicBool);

impl Drop for Load<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn one(storage: &dyn Storage, command: Command) -> Result<Reply, StoreError> {
    storage.execute(vec![command]).remove(0)
}

/// Tries once to read a share as `reader`, like the server does. Returns whether it received the bytes.
fn read(storage: &dyn Storage, n: u64, reader: u64) -> Result<bool, StoreError> {
    let (id, waiting) = (numbered_id(n), record(numbered_id(n), "waiting"));
    let mine = record(id, &format!("opened by {reader}"));
    let Reply::Loaded(loaded) = one(storage, Command::Load { id })? else { panic!() };
    if loaded.record.as_ref() == Some(&mine) {
        return Ok(one(storage, Command::GetPart { id, n: 0, big: false })? != Reply::Part(None));
    }
    if loaded.record.as_ref() != Some(&waiting) {
        return Ok(false);
    }
    let until = loaded.now.plus(3600);
    let swap =
        Command::Swap { id, old: waiting, new: mine, record_until: until, parts: PartsFate::Open(until), big: false };
    Ok(matches!(one(storage, swap)?, Reply::Swapped(Swapped::Done(Some(_)))))
}

#[test]
fn failovers_under_load_let_exactly_one_reader_read_a_share() {
    let rounds = if full() { 20 } else { 2 };
    let mut sentinels =
        Sentinels::start(2, Duration::from_secs(1), &["--appendonly", "yes", "--appendfsync", "always"]);
    let options = RedisOptions { wait_replicas: 2, ..RedisOptions::default() };
    let storage = RedisStorage::new(RedisTarget::parse(&sentinels.url()).unwrap(), options).unwrap();
    let storage = &storage;
    let (next, refused, slowest) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    // The reader that received each share.
    let got: Mutex<Vec<(u64, u64)>> = Mutex::default();
    let mut longest = Duration::ZERO;
    let far = |now: Timestamp| now.plus(7200);
    for round in 0..rounds {
        let end = AtomicBool::new(false);
        thread::scope(|scope| {
            let _load = Load(&end);
            for _ in 0..4 {
                scope.spawn(|| {
                    while !end.load(Ordering::Relaxed) {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let start = Instant::now();
                        let insert = one(storage, Command::Load { id: numbered_id(n) }).and_then(|reply| {
                            let Reply::Loaded(loaded) = reply else { panic!() };
                            let (id, until) = (numbered_id(n), far(loaded.now));
                            one(
                                storage,
                                Command::Insert {
                                    id,
                                    record: record(id, "waiting"),
                                    part0: vec![7; 50],
                                    record_until: until,
                                    parts_until: until,
                                },
                            )
                        });
                        refused.fetch_add(u64::from(insert.is_err()), Ordering::Relaxed);
                        for reader in 0..READERS {
                            match read(storage, n, reader) {
                                Ok(true) => got.lock().unwrap().push((n, reader)),
                                Ok(false) => {}
                                Err(_) => {
                                    refused.fetch_add(1, Ordering::Relaxed);
                                }
                            }
                        }
                        slowest.fetch_max(u64::try_from(start.elapsed().as_millis()).unwrap(), Ordering::Relaxed);
                    }
                });
            }
            thread::sleep(Duration::from_millis(300));
            let (before, elections) = (sentinels.primary(), sentinels.elections());
            let start = Instant::now();
            if round % 2 == 0 {
                sentinels.nodes[before].kill();
            } else {
                sentinels.fail_over(0);
            }
            // On a busy machine the sentinels may elect again, and even the old primary. They abort a failover when no
            // replica responds in time, and pause for half a minute when their own clock stalled.
            let (mut ordered, mut turn) = (Instant::now(), 0);
            let elected = || {
                if ordered.elapsed() > Duration::from_secs(10) {
                    turn += 1;
                    sentinels.fail_over(turn);
                    ordered = Instant::now();
                }
                sentinels.primary() != before || sentinels.elections() > elections
            };
            until("another primary", Duration::from_secs(240), elected);
            let elected = Instant::now();
            if round % 2 == 0 {
                sentinels.nodes[before].restart(true);
            }
            sentinels.wait_until_known();
            until("the store to work", Duration::from_secs(30), || one(storage, Command::Ping).is_ok());
            longest = longest.max(elected.elapsed());
            println!("round {round}: elected after {:.1?}", elected - start);
        });
    }
    // Every reader retries every share, as after a lost reply.
    let all = next.into_inner();
    let mut got = got.into_inner().unwrap();
    for n in 0..all {
        for reader in 0..READERS {
            if read(storage, n, reader).unwrap_or(false) {
                got.push((n, reader));
            }
        }
    }
    got.sort_unstable();
    got.dedup();
    let reads = got.len();
    let twice = got.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
    let refused = refused.into_inner();
    row(
        "fail-overs under load (Sentinel, WAIT 2)",
        format!("{rounds} fail-overs, {all} shares, {reads} read, {twice} read twice, {refused} refusals"),
    );
    assert_eq!(twice, 0);
    assert!(reads > 50, "{reads}");
    println!("whole again at most {longest:.1?} after an election; the slowest share took {} ms", slowest.into_inner());
}
