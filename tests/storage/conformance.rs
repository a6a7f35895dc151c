//! What every store has to do, whichever it is.

use crate::fixture::{self, Fixture, bytes, new_id, record, until};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{Command, PartPut, PartsFate, Reply, Swapped};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longer than any expiry in these tests needs to be noticed.
const SOON: Duration = Duration::from_secs(10);
const DONE: Swapped = Swapped::Done(None);

/// Writes each test once for every store and way to ask it.
macro_rules! on_every_store {
    ($($(#[$doc:meta])* fn $name:ident($store:ident: &Fixture) $body:block)+) => {
        $($(#[$doc])* fn $name($store: &Fixture) $body)+

        /// Each by its name, for stores that take long to start.
        pub(crate) const SUITE: &[(&str, fn(&Fixture))] = &[$((stringify!($name), $name)),+];

        mod redis {
            $(#[test] fn $name() { super::$name(&super::fixture::redis()); })+
        }
        mod redis_through_the_handle {
            $(#[test] fn $name() { super::$name(&super::fixture::redis().through_the_handle()); })+
        }
        mod embedded {
            $(#[test] fn $name() { super::$name(&super::fixture::embedded()); })+
        }
        mod embedded_through_the_handle {
            $(#[test] fn $name() { super::$name(&super::fixture::embedded().through_the_handle()); })+
        }
    };
}

/// A moment in `milliseconds` from now on the store's clock.
fn soon(store: &Fixture, milliseconds: u64) -> Timestamp {
    Timestamp(store.now().0 + milliseconds)
}

on_every_store! {
    fn an_unknown_share_is_nothing_but_the_time(store: &Fixture) {
        let loaded = store.load(new_id());
        let system = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
        assert_eq!(loaded.record, None);
        assert!(loaded.now.0.abs_diff(system) < 5_000, "{:?}", loaded.now);
        assert_eq!(store.part(new_id(), 0), None);
        assert_eq!(store.parts(new_id()), []);
        let (id, end) = (new_id(), soon(store, 60_000));
        assert_eq!(store.swap(id, b"", &record(id, "new"), end, PartsFate::Keep(end)), Swapped::Missing);
        assert_eq!(store.swap(id, b"", &record(id, "new"), end, PartsFate::Drop), Swapped::Missing);
        assert_eq!(store.put_part(id, b"", 1, b"part", end), PartPut::Missing);
        assert_eq!(store.parts(id), [], "what is refused is not kept");
        assert_eq!(store.record(id), None);
    }

    fn a_share_is_kept_to_the_byte(store: &Fixture) {
        let every: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        let (id, end) = (new_id(), soon(store, 60_000));
        let first: Vec<u8> = [&record(id, "new")[..], &every].concat();
        assert!(store.insert(id, &first, &every, end, end));
        assert_eq!(store.record(id).as_ref(), Some(&first));
        assert_eq!(store.part(id, 0).as_ref(), Some(&every));
        let second: Vec<u8> = [&record(id, "newer")[..], &every, &every].concat();
        assert_eq!(store.swap(id, &first, &second, end, PartsFate::Keep(end)), DONE);
        assert_eq!(store.record(id).as_ref(), Some(&second));
        assert_eq!(store.put_part(id, &second, 1, &every, end), PartPut::Done);
        assert_eq!(store.part(id, 1), Some(every));
        assert_eq!(store.part(id, 2), None);
    }

    fn many_records_are_loaded_as_one_command(store: &Fixture) {
        let mut shares: Vec<_> = (0..300).map(|n| Some(store.inserted(&bytes(n, 10)))).collect();
        shares.extend([None, None]);
        shares.swap(7, 300);
        let ids: Vec<_> = shares.iter().map(|share| share.as_ref().map_or_else(new_id, |(id, _)| *id)).collect();
        let Ok(Reply::LoadedAll(loaded)) = store.call(Command::LoadAll { ids }) else { panic!() };
        let records: Vec<_> = loaded.iter().map(|loaded| loaded.record.as_ref()).collect();
        let expected: Vec<_> = shares.iter().map(|share| share.as_ref().map(|(_, record)| record)).collect();
        assert_eq!(records, expected);
        assert!(store.now().0.abs_diff(loaded[0].now.0) < 5_000);
        assert_eq!(store.call(Command::LoadAll { ids: Vec::new() }), Ok(Reply::LoadedAll(Vec::new())));
    }

    fn a_second_insert_leaves_the_first_as_it_is(store: &Fixture) {
        let (id, first) = store.inserted(b"first");
        let end = soon(store, 60_000);
        assert!(!store.insert(id, &record(id, "other"), b"second", end, end));
        assert!(!store.insert(id, &record(id, "other"), &bytes(1, 100_000), end, end));
        assert_eq!(store.record(id), Some(first));
        assert_eq!(store.part(id, 0).as_deref(), Some(&b"first"[..]));
    }

    fn of_racing_inserts_one_wins_whole(store: &Fixture) {
        for round in 0..25 {
            let (id, end) = (new_id(), soon(store, 60_000));
            // Long and short parts, since a store may keep them in different places.
            let part = |who: usize| bytes(round * 10 + who as u64, if who.is_multiple_of(2) { 20 } else { 40_000 });
            let start = Barrier::new(4);
            let won: Vec<bool> = thread::scope(|scope| {
                let start = &start;
                let racers = (0..4).map(|who| scope.spawn(move || {
                    start.wait();
                    store.insert(id, &record(id, &who.to_string()), &part(who), end, end)
                }));
                racers.collect::<Vec<_>>().into_iter().map(|racer| racer.join().unwrap()).collect()
            });
            assert_eq!(won.iter().filter(|won| **won).count(), 1);
            let winner = won.iter().position(|won| *won).unwrap();
            assert_eq!(store.record(id), Some(record(id, &winner.to_string())));
            assert_eq!(store.part(id, 0), Some(part(winner)));
            assert_eq!(store.parts(id).len(), 1);
        }
    }

    fn a_swap_wants_the_record_that_stands_there(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let (second, end) = (record(id, "second"), soon(store, 60_000));
        assert_eq!(store.swap(id, &second, &second, end, PartsFate::Keep(end)), Swapped::Changed);
        assert_eq!(store.swap(id, &second, &second, end, PartsFate::Open(end)), Swapped::Changed);
        assert_eq!(store.swap(id, &second, &second, end, PartsFate::Drop), Swapped::Changed);
        assert_eq!(store.swap(id, &first[1..], &second, end, PartsFate::Drop), Swapped::Changed);
        assert_eq!(store.record(id).as_ref(), Some(&first));
        assert_eq!(store.part(id, 0).as_deref(), Some(&b"part"[..]));
        assert_eq!(store.swap(id, &first, &second, end, PartsFate::Keep(end)), DONE);
        assert_eq!(store.swap(id, &first, &second, end, PartsFate::Keep(end)), Swapped::Changed);
        assert_eq!(store.record(id), Some(second));
        assert_eq!(store.part(id, 0).as_deref(), Some(&b"part"[..]));
    }

    fn an_opening_swap_brings_the_first_part(store: &Fixture) {
        for (length, fate) in [
            (1, PartsFate::OpenAlone as fn(Timestamp) -> PartsFate),
            (16 * 1024, PartsFate::Open),
            (16 * 1024 + 1, PartsFate::OpenAlone),
            (1_049_672, PartsFate::Open),
        ] {
            let part = bytes(length as u64, length);
            let (id, first) = store.inserted(&part);
            let (second, end) = (record(id, "opened"), soon(store, 60_000));
            let parts = fate(end);
            let swap = Command::Swap {
                id, old: first.clone(), new: second.clone(), record_until: end, parts, big: length > 1000,
            };
            assert_eq!(store.call(swap).unwrap(), Reply::Swapped(Swapped::Done(Some(part.clone()))));
            assert_eq!(store.swap(id, &first, &second, end, parts), Swapped::Changed);
            assert_eq!(store.part(id, 0), Some(part));
        }
    }

    fn dropped_parts_are_gone_and_the_record_stays(store: &Fixture) {
        let (id, first) = store.inserted(&bytes(1, 50_000));
        let end = soon(store, 60_000);
        for n in 1..=70 {
            let length = if n == 70 { 20_000 } else { 30 };
            assert_eq!(store.put_part(id, &first, n, &bytes(u64::from(n), length), end), PartPut::Done);
        }
        assert_eq!(store.parts(id).len(), 71);
        let second = record(id, "dropped");
        assert_eq!(store.swap(id, &first, &second, end, PartsFate::Drop), DONE);
        assert_eq!(store.record(id).as_ref(), Some(&second));
        assert_eq!(store.parts(id), []);
        assert!((0..=70).all(|n| store.part(id, n).is_none()));
        // Nothing that needs parts writes anything now.
        let third = record(id, "third");
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Keep(end)), Swapped::Missing);
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Open(end)), Swapped::Missing);
        assert_eq!(store.put_part(id, &second, 1, b"part", end), PartPut::Missing);
        assert_eq!(store.record(id).as_ref(), Some(&second));
        assert_eq!(store.parts(id), []);
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Drop), DONE);
        assert_eq!(store.record(id), Some(third));
    }

    fn a_share_ends_at_its_time_and_stays_away(store: &Fixture) {
        let (id, end) = (new_id(), soon(store, 2_000));
        assert!(store.insert(id, &record(id, "short"), b"part", end, end));
        assert_eq!(store.put_part(id, &record(id, "short"), 1, &bytes(1, 20_000), end), PartPut::Done);
        until("the share ends", SOON, || store.record(id).is_none());
        assert!(store.now() >= end);
        assert_eq!((store.part(id, 0), store.part(id, 1), store.parts(id)), (None, None, vec![]));
        let far = soon(store, 60_000);
        let short = record(id, "short");
        assert_eq!(store.swap(id, &short, &record(id, "late"), far, PartsFate::Keep(far)), Swapped::Missing);
        assert_eq!(store.swap(id, &short, &record(id, "late"), far, PartsFate::Drop), Swapped::Missing);
        assert_eq!(store.put_part(id, &short, 2, b"late", far), PartPut::Missing);
        assert_eq!(store.record(id), None);
        // The id is free again, and nothing of the old share comes along.
        assert!(store.insert(id, &record(id, "again"), b"new", far, far));
        assert_eq!(store.parts(id), [(0, 3)]);
    }

    fn parts_can_end_before_their_record(store: &Fixture) {
        let (id, end, far) = (new_id(), soon(store, 250), soon(store, 60_000));
        let first = record(id, "first");
        assert!(store.insert(id, &first, b"part", far, end));
        until("the parts end", SOON, || store.part(id, 0).is_none());
        assert!(store.now() >= end);
        assert_eq!(store.parts(id), []);
        assert_eq!(store.record(id).as_ref(), Some(&first));
        let second = record(id, "second");
        assert_eq!(store.swap(id, &first, &second, far, PartsFate::Keep(far)), Swapped::Missing);
        assert_eq!(store.swap(id, &first, &second, far, PartsFate::Open(far)), Swapped::Missing);
        assert_eq!(store.put_part(id, &first, 1, b"part", far), PartPut::Missing);
        assert_eq!(store.record(id).as_ref(), Some(&first));
        assert_eq!(store.swap(id, &first, &second, far, PartsFate::Drop), DONE);
    }

    fn a_swap_sets_both_ends_anew(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let (end, far) = (soon(store, 250), soon(store, 60_000));
        let second = record(id, "opened");
        assert_eq!(store.swap(id, &first, &second, far, PartsFate::Open(end)), Swapped::Done(Some(b"part".to_vec())));
        until("the parts end sooner than they were to", SOON, || store.part(id, 0).is_none());
        assert!(store.now() >= end);
        assert_eq!(store.swap(id, &second, &record(id, "over"), soon(store, 250), PartsFate::Drop), DONE);
        until("the record ends sooner than it was to", SOON, || store.record(id).is_none());
    }

    fn each_part_put_renews_the_share(store: &Fixture) {
        let (id, end) = (new_id(), soon(store, 2_000));
        let first = record(id, "uploading");
        assert!(store.insert(id, &first, b"part", end, end));
        assert_eq!(store.put_part(id, &first, 1, b"more", soon(store, 60_000)), PartPut::Done);
        until("the first end passes", SOON, || store.now() > end);
        assert_eq!(store.record(id), Some(first));
        assert_eq!(store.parts(id), [(0, 4), (1, 4)]);
    }

    fn parts_are_put_only_beside_the_record_they_belong_to(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let end = soon(store, 60_000);
        let second = record(id, "complete");
        for length in [5, 100_000] {
            assert_eq!(store.put_part(id, &second, 1, &bytes(1, length), end), PartPut::Changed);
        }
        assert_eq!(store.parts(id), [(0, 4)]);
        assert_eq!(store.put_part(id, &first, 1, b"mine", end), PartPut::Done);
        assert_eq!(store.swap(id, &first, &second, end, PartsFate::Keep(end)), DONE);
        for n in [1, 2] {
            assert_eq!(store.put_part(id, &first, n, b"late", end), PartPut::Changed);
        }
        assert_eq!(store.parts(id), [(0, 4), (1, 4)]);
        assert_eq!(store.part(id, 1).as_deref(), Some(&b"mine"[..]));
    }

    fn a_part_put_again_replaces_the_old_one(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let end = soon(store, 60_000);
        for (n, length) in [(2, 1_048_592), (300, 7), (2, 9), (1, 20_000), (2, 1_600_000), (300, 65_537)] {
            let part = bytes(length as u64, length);
            assert_eq!(store.put_part(id, &first, n, &part, end), PartPut::Done);
            assert_eq!(store.part(id, n), Some(part));
        }
        assert_eq!(store.parts(id), [(0, 4), (1, 20_000), (2, 1_600_000), (300, 65_537)]);
        assert_eq!(store.part(id, 0).as_deref(), Some(&b"part"[..]));
    }

    fn parts_are_never_more_than_was_announced(store: &Fixture) {
        let (id, old) = store.inserted(b"part");
        let until = soon(store, 60_000);
        let put = |n, length: usize, most| {
            let bytes = bytes(9, length);
            store.call(Command::PutPart { id, old: old.clone(), n, bytes, until, most }).unwrap()
        };
        assert_eq!(put(1, 600, 1_000), Reply::PartPut(PartPut::Done));
        assert_eq!(put(2, 401, 1_000), Reply::PartPut(PartPut::TooMuch));
        assert_eq!(store.parts(id), [(0, 4), (1, 600)], "nothing of it was written");
        assert_eq!(put(1, 100, 1_000), Reply::PartPut(PartPut::Done), "a part in place of another frees its room");
        assert_eq!(put(2, 900, 1_000), Reply::PartPut(PartPut::Done));
        assert_eq!(put(2, 900, 1_000), Reply::PartPut(PartPut::Done), "the same again");
        assert_eq!(put(3, 1, 1_000), Reply::PartPut(PartPut::TooMuch));
        assert_eq!(put(0, 5_000, 1_000), Reply::PartPut(PartPut::Done), "part 0 is not counted");
        assert_eq!(store.parts(id), [(0, 5_000), (1, 100), (2, 900)]);
    }

    fn a_share_settles_only_with_the_bytes_that_were_counted(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let (end, second) = (soon(store, 60_000), record(id, "settled"));
        let settle = |size| store.swap(id, &first, &second, end, PartsFate::Settle(end, size));
        assert_eq!(settle(1), Swapped::Changed, "no part has come");
        for length in [100, 20_000] {
            assert_eq!(store.put_part(id, &first, 1, &bytes(3, length), end), PartPut::Done);
        }
        assert_eq!(store.put_part(id, &first, 2, &bytes(3, 7), end), PartPut::Done);
        for size in [0, 100, 107, 20_000, 20_006, 20_008, u64::MAX] {
            assert_eq!(settle(size), Swapped::Changed, "{size}");
            assert_eq!(store.record(id).as_ref(), Some(&first));
        }
        assert_eq!(settle(20_007), DONE);
        assert_eq!(store.record(id), Some(second.clone()));
        assert_eq!(store.parts(id), [(0, 4), (1, 20_000), (2, 7)]);
        assert_eq!(settle(20_007), Swapped::Changed, "another record stands there now");
    }

    fn visits_are_counted_one_by_one(store: &Fixture) {
        let count = || match store.call(Command::CountVisit).unwrap() {
            Reply::Visits(count) => count,
            other => panic!("{other:?}"),
        };
        let before = count();
        let mut counts: Vec<u64> = thread::scope(|scope| {
            let counters = (0..4).map(|_| scope.spawn(|| (0..25).map(|_| count()).collect::<Vec<_>>()));
            counters.collect::<Vec<_>>().into_iter().flat_map(|counter| counter.join().unwrap()).collect()
        });
        counts.sort_unstable();
        assert_eq!(counts, (before + 1..=before + 100).collect::<Vec<_>>());
        assert_eq!(store.call(Command::Ping).unwrap(), Reply::Pong);
    }

    fn a_batch_is_answered_one_by_one_and_in_order(store: &Fixture) {
        let shares: Vec<_> = (0..20).map(|n| store.inserted(&bytes(n, 10))).collect();
        let end = soon(store, 60_000);
        let batch = shares.iter().enumerate().flat_map(|(n, (id, record))| {
            let id = *id;
            let old = if n % 2 == 0 { record.clone() } else { b"other".to_vec() };
            let fresh = new_id();
            [
                Command::GetPart { id, n: 0, big: false },
                Command::Swap { id, old, new: record.clone(), record_until: end, parts: PartsFate::Keep(end), big: false },
                Command::Load { id },
                Command::Insert {
                    id: fresh, record: fixture::record(fresh, "x"), part0: vec![1], record_until: end, parts_until: end,
                },
                Command::ListParts { id: new_id() },
            ]
        });
        let answers = store.storage.execute(batch.collect());
        assert_eq!(answers.len(), 100);
        for (n, (answers, (_, record))) in answers.chunks(5).zip(&shares).enumerate() {
            assert_eq!(answers[0], Ok(Reply::Part(Some(bytes(n as u64, 10)))));
            assert_eq!(answers[1], Ok(Reply::Swapped(if n % 2 == 0 { DONE } else { Swapped::Changed })));
            assert!(matches!(&answers[2], Ok(Reply::Loaded(loaded)) if loaded.record.as_ref() == Some(record)));
            assert_eq!(answers[3], Ok(Reply::Inserted(true)));
            assert_eq!(answers[4], Ok(Reply::Parts(vec![])));
        }
    }
}
