//! Tests parts that race with the completion or deletion of their upload.

use crate::files::{File, Files};
use crate::full;
use crate::object_store::on_all_stores;
use crate::roundtrip::parts_kept;
use crate::server::Options;
use crate::site::claim;
use std::sync::Barrier;
use std::thread;

fn rounds() -> usize {
    if full() { 1_000 } else { 120 }
}

/// Runs two closures concurrently.
fn concurrently<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    let line = Barrier::new(2);
    thread::scope(|scope| {
        let one = scope.spawn(|| {
            line.wait();
            one()
        });
        line.wait();
        let other = other();
        (one.join().unwrap(), other)
    })
}

#[test]
fn a_part_racing_with_complete_is_included_or_refused() {
    on_all_stores(Options::default, |site| {
        let (mut taken, mut refused, mut mismatched) = (0, 0, 0);
        for round in 0..rounds() {
            // Short parts, and parts stored as separate files; of equal length and shorter.
            let size = if round % 2 == 0 { 300 } else { 40_000 };
            let files = Files::new(vec![File::made("raced for", size, 9)]);
            let first = files.all_parts().remove(0);
            let shorter = usize::from(round % 4 > 1);
            let mut other = first[shorter..].to_vec();
            other[0] ^= 1;
            let share = &files.share;
            site.create(share);
            assert_eq!(site.put_part(share, 1, &first).status, 204);
            let (put, complete) = concurrently(|| site.put_part(share, 1, &other), || site.complete(share));
            let state = site.status(share).json()["state"].clone();
            match (put.status, complete.status) {
                (204, 409) => {
                    assert_eq!((complete.code().as_str(), shorter), ("size_mismatch", 1));
                    assert_eq!(state, "uploading", "a share with a wrong total is not completed");
                    mismatched += 1;
                    continue;
                }
                (204, 200) => taken += 1,
                (409, 200) => refused += 1,
                _ => panic!("{}: {}", put.text(), complete.text()),
            }
            assert_eq!(state, "waiting");
            let receiver = claim();
            assert_eq!(site.open(share, &receiver).status, 200);
            let there = site.part(share, &receiver, 1).body;
            let expected = if put.status == 204 { &other } else { &first };
            assert!(there == *expected, "the download returns the acknowledged part");
            assert_eq!(there.len(), first.len(), "a completed share has the announced total");
            assert_eq!(site.confirm(share, &receiver).status, 204);
        }
        println!(
            "{}: {} parts raced with complete: {taken} accepted, {refused} refused, {mismatched} prevented completion",
            site.store(),
            rounds()
        );
    });
}

#[test]
fn a_part_racing_with_delete_leaks_nothing() {
    on_all_stores(Options::default, |site| {
        let (mut taken, mut refused) = (0, 0);
        for round in 0..rounds() {
            let size = if round % 2 == 0 { 300 } else { 40_000 };
            let files = Files::new(vec![File::made("raced for", size, 9)]);
            let part = files.all_parts().remove(0);
            site.create(&files.share);
            let (put, delete) = concurrently(|| site.put_part(&files.share, 1, &part), || site.delete(&files.share));
            assert_eq!(delete.status, 204);
            match put.status {
                204 => taken += 1,
                409 => refused += 1,
                _ => panic!("{}", put.text()),
            }
            assert_eq!(site.status(&files.share).json()["state"], "deleted");
        }
        assert_eq!(parts_kept(site), 0, "no part outlives its share");
        site.has_no_files_soon();
        println!("{}: {} parts raced with delete: {taken} before it, {refused} after", site.store(), rounds());
    });
}

#[test]
fn complete_racing_with_delete_never_revives_a_share() {
    on_all_stores(Options::default, |site| {
        for _ in 0..rounds() / 2 {
            let files = Files::new(vec![File::made("raced for", 300, 9)]);
            site.create(&files.share);
            assert_eq!(site.put_part(&files.share, 1, &files.all_parts()[0]).status, 204);
            let (complete, delete) = concurrently(|| site.complete(&files.share), || site.delete(&files.share));
            assert_eq!((complete.status, delete.status), (200, 204));
            assert_eq!(site.status(&files.share).json()["state"], "deleted");
            assert_eq!(site.open(&files.share, &claim()).status, 410);
        }
        assert_eq!(parts_kept(site), 0);
        site.has_no_files_soon();
    });
}
