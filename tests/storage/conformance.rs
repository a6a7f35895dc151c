//! The conformance suite for every store.

use crate::fixture::{self, Fixture, bytes, new_id, record, until};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{Command, PartPut, PartsFate, Reply, Swapped};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Timeout for noticing an expiry.
const SOON: Duration = Duration::from_secs(10);
const DONE: Swapped = Swapped::Done(None);

/// Defines each test once for every store, with and without the async handle.
macro_rules! on_every_store {
    ($($(#[$doc:meta])* fn $name:ident($store:ident: &Fixture) $body:block)+) => {
        $($(#[$doc])* fn $name($store: &Fixture) $body)+

        /// The tests by name, for stores that take long to start.
        pub(crate) const SUITE: &[(&str, fn(&Fixture))] = &[$((stringify!($name), $name)),+];

        mod redis {
            $(#[test] fn $name() { super::$name(&super::fixture::redis()); })+
        }
        mod redis_through_the_handle {
            $(#[test] fn $name() { super::$name(&super::fixture::redis().through_the_handle()); })+
        }
        mod redis_and_a_folder {
            $(#[test] fn $name() { super::$name(&super::fixture::redis_and_a_folder()); })+
        }
        mod redis_and_a_folder_through_the_handle {
            $(#[test] fn $name() { super::$name(&super::fixture::redis_and_a_folder().through_the_handle()); })+
        }
        mod redis_and_objects {
            $(#[test] fn $name() { super::$name(&super::fixture::redis_and_objects()); })+
        }
        mod embedded_and_objects {
            $(#[test] fn $name() { super::$name(&super::fixture::embedded_and_objects()); })+
        }
        mod embedded {
            $(#[test] fn $name() { super::$name(&super::fixture::embedded()); })+
        }
        mod embedded_through_the_handle {
            $(#[test] fn $name() { super::$name(&super::fixture::embedded().through_the_handle()); })+
        }
    };
}

/// Returns the store's time in `milliseconds` from now.
fn soon(store: &Fixture, milliseconds: u64) -> Timestamp {
    Timestamp(store.now().0 + milliseconds)
}

on_every_store! {
    fn servers_that_share_a_store_share_counters(store: &Fixture) {
        let room = |store: &Fixture| match store.call(Command::Room).unwrap() {
            Reply::Room(room) => room,
            other => panic!("{other:?}"),
        };
        assert!(room(store).is_none_or(|room| room.free <= room.total));
        let key = |fresh| match store.call(Command::QuotaKey { fresh }).unwrap() {
            Reply::QuotaKey(key) => key,
            other => panic!("{other:?}"),
        };
        let name = || {
            let mut name = [0; 16];
            name[..10].copy_from_slice(new_id().as_bytes());
            name
        };
        let add = |uses: &[([u8; 16], i64)]| match store.call(Command::AddUses { uses: uses.to_vec() }).unwrap() {
            Reply::Uses(totals) => totals,
            other => panic!("{other:?}"),
        };
        let (first, second) = (name(), name());
        let Some(known) = key([1; 32]) else {
            assert!(add(&[(first, 5)]).is_empty(), "a single server counts alone");
            return;
        };
        assert_eq!(key([2; 32]), Some(known), "the first key is kept");
        assert_eq!(add(&[(first, 5), (second, -2)]), [5, -2]);
        assert_eq!(add(&[(first, 7), (second, 0), (name(), 0)]), [12, -2, 0]);
    }

    fn an_unknown_share_has_no_record_and_no_parts(store: &Fixture) {
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
        assert_eq!(store.parts(id), [], "a rejected part is not stored");
        assert_eq!(store.record(id), None);
    }

    fn a_share_is_stored_exactly(store: &Fixture) {
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

    fn several_records_are_loaded_by_one_command(store: &Fixture) {
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

    fn a_second_insert_changes_nothing(store: &Fixture) {
        let (id, first) = store.inserted(b"first");
        let end = soon(store, 60_000);
        assert!(!store.insert(id, &record(id, "other"), b"second", end, end));
        assert!(!store.insert(id, &record(id, "other"), &bytes(1, 100_000), end, end));
        assert_eq!(store.record(id), Some(first));
        assert_eq!(store.part(id, 0).as_deref(), Some(&b"first"[..]));
    }

    fn exactly_one_of_concurrent_inserts_succeeds(store: &Fixture) {
        for round in 0..25 {
            let (id, end) = (new_id(), soon(store, 60_000));
            // Long and short parts, because a store may handle them differently.
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

    fn a_swap_requires_the_stored_record(store: &Fixture) {
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

    fn an_opening_swap_returns_part_0(store: &Fixture) {
        for (length, fate) in [
            (1, PartsFate::OpenAlone as fn(Timestamp) -> PartsFate),
            (16 * 1024, PartsFate::Open),
            (16 * 1024 + 1, PartsFate::OpenAlone),
            (721_672, PartsFate::Open),
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

    fn dropping_the_parts_keeps_the_record(store: &Fixture) {
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
        // Commands that need parts write nothing.
        let third = record(id, "third");
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Keep(end)), Swapped::Missing);
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Open(end)), Swapped::Missing);
        assert_eq!(store.put_part(id, &second, 1, b"part", end), PartPut::Missing);
        assert_eq!(store.record(id).as_ref(), Some(&second));
        assert_eq!(store.parts(id), []);
        assert_eq!(store.swap(id, &second, &third, end, PartsFate::Drop), DONE);
        assert_eq!(store.record(id), Some(third));
    }

    fn a_share_expires(store: &Fixture) {
        let (id, end) = (new_id(), soon(store, 2_000));
        assert!(store.insert(id, &record(id, "short"), b"part", end, end));
        assert_eq!(store.put_part(id, &record(id, "short"), 1, &bytes(1, 20_000), end), PartPut::Done);
        until("the share to expire", SOON, || store.record(id).is_none());
        assert!(store.now() >= end);
        assert_eq!((store.part(id, 0), store.part(id, 1), store.parts(id)), (None, None, vec![]));
        let far = soon(store, 60_000);
        let short = record(id, "short");
        assert_eq!(store.swap(id, &short, &record(id, "late"), far, PartsFate::Keep(far)), Swapped::Missing);
        assert_eq!(store.swap(id, &short, &record(id, "late"), far, PartsFate::Drop), Swapped::Missing);
        assert_eq!(store.put_part(id, &short, 2, b"late", far), PartPut::Missing);
        assert_eq!(store.record(id), None);
        // The id can be reused, and nothing of the old share is left.
        assert!(store.insert(id, &record(id, "again"), b"new", far, far));
        assert_eq!(store.parts(id), [(0, 3)]);
    }

    fn parts_can_expire_before_their_record(store: &Fixture) {
        let (id, end, far) = (new_id(), soon(store, 250), soon(store, 60_000));
        let first = record(id, "first");
        assert!(store.insert(id, &first, b"part", far, end));
        until("the parts to expire", SOON, || store.part(id, 0).is_none());
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

    fn a_swap_sets_both_expiries(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let (end, far) = (soon(store, 250), soon(store, 60_000));
        let second = record(id, "opened");
        assert_eq!(store.swap(id, &first, &second, far, PartsFate::Open(end)), Swapped::Done(Some(b"part".to_vec())));
        until("the parts to expire earlier than before", SOON, || store.part(id, 0).is_none());
        assert!(store.now() >= end);
        assert_eq!(store.swap(id, &second, &record(id, "over"), soon(store, 250), PartsFate::Drop), DONE);
        until("the record to expire earlier than before", SOON, || store.record(id).is_none());
    }

    fn putting_a_part_extends_the_share(store: &Fixture) {
        let (id, end) = (new_id(), soon(store, 2_000));
        let first = record(id, "uploading");
        assert!(store.insert(id, &first, b"part", end, end));
        assert_eq!(store.put_part(id, &first, 1, b"more", soon(store, 60_000)), PartPut::Done);
        until("the first expiry to pass", SOON, || store.now() > end);
        assert_eq!(store.record(id), Some(first));
        assert_eq!(store.parts(id), [(0, 4), (1, 4)]);
    }

    fn a_part_requires_the_stored_record(store: &Fixture) {
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

    fn a_repeated_part_replaces_the_old_one(store: &Fixture) {
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

    fn parts_are_limited_to_the_announced_size(store: &Fixture) {
        let (id, old) = store.inserted(b"part");
        let until = soon(store, 60_000);
        let put = |n, length: usize, max_bytes| {
            let bytes = bytes(9, length);
            store.call(Command::PutPart { id, old: old.clone(), n, bytes, until, max_bytes }).unwrap()
        };
        assert_eq!(put(1, 600, 1_000), Reply::PartPut(PartPut::Done));
        assert_eq!(put(2, 401, 1_000), Reply::PartPut(PartPut::TooLarge));
        assert_eq!(store.parts(id), [(0, 4), (1, 600)], "nothing was written");
        assert_eq!(put(1, 100, 1_000), Reply::PartPut(PartPut::Done), "replacing a part frees its bytes");
        assert_eq!(put(2, 900, 1_000), Reply::PartPut(PartPut::Done));
        assert_eq!(put(2, 900, 1_000), Reply::PartPut(PartPut::Done), "the same part again");
        assert_eq!(put(3, 1, 1_000), Reply::PartPut(PartPut::TooLarge));
        assert_eq!(put(0, 5_000, 1_000), Reply::PartPut(PartPut::Done), "part 0 is not counted");
        assert_eq!(store.parts(id), [(0, 5_000), (1, 100), (2, 900)]);
    }

    fn a_share_settles_only_with_the_counted_bytes(store: &Fixture) {
        let (id, first) = store.inserted(b"part");
        let (end, second) = (soon(store, 60_000), record(id, "settled"));
        let settle = |size| store.swap(id, &first, &second, end, PartsFate::Settle(end, size));
        assert_eq!(settle(1), Swapped::Changed, "no part is stored");
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
        assert_eq!(settle(20_007), Swapped::Changed, "the stored record is another");
    }

    fn visits_are_counted(store: &Fixture) {
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

    fn a_batch_returns_one_result_per_command_in_order(store: &Fixture) {
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
