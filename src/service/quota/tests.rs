//! The ledger without a store, with times of its own.

use super::allowance::Pot;
use super::ledger::{DAY, Ledger, PROMISE, Refusal, Request};
use crate::share::guesser::ClientNetwork;
use crate::store::Room;
use onetimeshare_envelope::ShareId;
use proptest::prelude::*;
use std::net::IpAddr;
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3_600);

fn client(address: &str) -> ClientNetwork {
    ClientNetwork::of(address.parse::<IpAddr>().unwrap())
}

fn share(n: u8, client: ClientNetwork, bytes: u64) -> Request {
    Request { id: ShareId::from_bytes([n; 10]), client, fixed: bytes, lifetime: HOUR }
}

/// A ledger of a store with room for 8,000 bytes, of which one client may use 1,000, or 80 of the 800 that are kept.
fn ledger(free: u64, now: Instant) -> Ledger {
    let mut ledger = Ledger::new(Some(8), now);
    ledger.measured(Some(Room { free, total: 8_000 }), None, now);
    ledger
}

fn upload(ledger: &mut Ledger, n: u8, client: ClientNetwork, bytes: u64, now: Instant) -> Result<(), Refusal> {
    ledger.admit_upload(share(n, client, 0), (bytes, bytes), Some(8_000), now).map(|_| ())
}

#[test]
fn an_address_is_refused_at_its_share_and_others_are_not() {
    let (now, a, b) = (Instant::now(), client("192.0.2.1"), client("192.0.2.2"));
    let mut ledger = ledger(8_000, now);
    assert_eq!(ledger.admit_message(share(1, a, 600), now), Ok(true));
    assert_eq!(ledger.admit_message(share(1, a, 600), now), Ok(false), "the same create again");
    assert_eq!(ledger.admit_message(share(2, a, 401), now), Err(Refusal::Used(3_600)));
    assert_eq!(ledger.admit_message(share(2, a, 400), now), Ok(true));
    assert_eq!(ledger.admit_message(share(3, a, 80), now), Ok(true), "in the room that is kept");
    assert_eq!(ledger.admit_message(share(4, a, 1), now), Err(Refusal::Used(3_600)));
    assert_eq!(upload(&mut ledger, 5, a, 1, now), Err(Refusal::Used(3_600)));
    assert_eq!(upload(&mut ledger, 5, b, 1_000, now), Ok(()));
    assert_eq!(upload(&mut ledger, 6, b, 1_001, now), Err(Refusal::TooLarge), "no wait would help");
}

#[test]
fn a_48_gets_twice_the_share_of_its_64s() {
    let now = Instant::now();
    let mut ledger = ledger(8_000, now);
    for (n, address) in [(1, "2001:db8:1:1::1"), (2, "2001:db8:1:2::1")] {
        assert_eq!(upload(&mut ledger, n, client(address), 1_000, now), Ok(()));
    }
    assert!(matches!(upload(&mut ledger, 3, client("2001:db8:1:3::1"), 1, now), Err(Refusal::Used(_))));
    assert_eq!(upload(&mut ledger, 3, client("2001:db8:2:3::1"), 1, now), Ok(()));
}

#[test]
fn bytes_are_given_back_when_they_are_gone() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = ledger(8_000, now);
    let full = |ledger: &mut Ledger, now| matches!(upload(ledger, 9, a, 1_000, now), Err(Refusal::Used(_)));
    let id = |n| ShareId::from_bytes([n; 10]);
    assert_eq!(ledger.admit_message(share(1, a, 1_000), now), Ok(true));
    assert!(full(&mut ledger, now));
    ledger.opened(id(1), now + Duration::from_secs(600));
    assert!(full(&mut ledger, now), "until its grace ends, its bytes are stored");
    ledger.measured(Some(Room { free: 8_000, total: 8_000 }), None, now + Duration::from_secs(600));
    assert!(!full(&mut ledger, now + Duration::from_secs(600)));
    ledger.release(id(9));
    assert_eq!(ledger.admit_message(share(2, a, 1_000), now), Ok(true));
    ledger.release(id(2));
    assert_eq!(upload(&mut ledger, 3, a, 1_000, now), Ok(()), "deleted or confirmed");
    ledger.completed(id(3), 1_000, now);
    assert!(full(&mut ledger, now + PROMISE), "a completed upload is stored");
    ledger.measured(Some(Room { free: 8_000, total: 8_000 }), None, now + HOUR);
    assert!(!full(&mut ledger, now + HOUR), "expired");
}

#[test]
fn a_day_later_everything_counts_anew() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = ledger(8_000, now);
    let long = Request { lifetime: 7 * DAY, ..share(1, a, 1_000) };
    assert_eq!(ledger.admit_message(long, now), Ok(true));
    assert_eq!(upload(&mut ledger, 2, a, 1, now + DAY), Err(Refusal::Used(3_600)));
    ledger.measured(Some(Room { free: 7_000, total: 8_000 }), None, now + DAY);
    assert_eq!(upload(&mut ledger, 2, a, 1_000, now + DAY), Ok(()));
    ledger.measured(Some(Room { free: 7_000, total: 8_000 }), Some([1; 32]), now + DAY);
    assert!(
        matches!(upload(&mut ledger, 3, a, 1, now + DAY), Err(Refusal::Used(_))),
        "uploads in progress stay charged"
    );
}

#[test]
fn an_announced_upload_holds_its_room_while_parts_arrive() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = ledger(8_000, now);
    assert_eq!(upload(&mut ledger, 1, a, 900, now), Ok(()));
    assert_eq!(upload(&mut ledger, 2, a, 101, now), Err(Refusal::Used(120)), "it may end soon");
    let id = ShareId::from_bytes([1; 10]);
    assert_eq!(ledger.admit_part(id, 300, now + PROMISE / 2), Ok(()));
    assert!(matches!(upload(&mut ledger, 2, a, 101, now + PROMISE), Err(Refusal::Used(_))), "a part renewed it");
    let later = now + 2 * PROMISE;
    assert_eq!(upload(&mut ledger, 2, a, 600, later), Ok(()), "only 300 bytes have arrived");
    assert_eq!(ledger.admit_part(id, 100, later), Ok(()), "without room for the rest, for this part alone");
    assert_eq!(ledger.admit_part(id, 1, later), Err(Refusal::Used(120)));
    ledger.release(ShareId::from_bytes([2; 10]));
    assert_eq!(ledger.admit_part(id, 500, later), Ok(()));
    assert!(matches!(upload(&mut ledger, 2, a, 101, later), Err(Refusal::Used(_))));
    ledger.release(id);
    assert_eq!(upload(&mut ledger, 2, a, 1_000, later), Ok(()));
}

#[test]
fn announced_uploads_never_make_the_store_full() {
    let (now, mut ledger) = (Instant::now(), ledger(8_000, Instant::now()));
    // 7,200 bytes may be used by files.
    for n in 1..=7 {
        assert_eq!(upload(&mut ledger, n, client(&format!("192.0.2.{n}")), 1_000, now), Ok(()));
    }
    let last = client("192.0.2.9");
    assert_eq!(upload(&mut ledger, 9, last, 201, now), Err(Refusal::Promised(30)));
    assert_eq!(ledger.admit_message(share(8, last, 80), now), Ok(true));
    assert_eq!(ledger.admit_message(share(8, last, 80), now), Ok(false));
    assert_eq!(upload(&mut ledger, 9, last, 800, now + PROMISE), Ok(()));
    let stored = ledger.admit_upload(share(10, client("192.0.2.10"), 0), (201, 201), Some(1_000), now + PROMISE);
    assert_eq!(stored, Err(Refusal::Full), "a tenth is kept for messages");
}

#[test]
fn without_limits_per_address_only_room_counts() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = Ledger::new(None, now);
    ledger.measured(Some(Room { free: 8_000, total: 8_000 }), None, now);
    assert_eq!(ledger.admit_message(share(1, a, 8_001), now), Ok(false));
    assert_eq!(upload(&mut ledger, 2, a, 6_000, now), Ok(()));
    assert_eq!(upload(&mut ledger, 3, a, 3_000, now), Err(Refusal::Promised(30)));
    assert_eq!(upload(&mut ledger, 3, a, 8_001, now), Err(Refusal::Full));
    assert_eq!(upload(&mut ledger, 2, a, 8_000, now), Ok(()), "the same upload again");
    let mut ledger = Ledger::new(Some(8), now);
    ledger.measured(None, None, now);
    assert_eq!(ledger.admit_message(share(1, a, u64::MAX), now), Ok(false), "no limit is known");
    assert_eq!(ledger.admit_upload(share(2, a, 0), (u64::MAX, u64::MAX), None, now), Ok(true));
}

#[test]
fn servers_on_one_store_add_up() {
    let (now, key, a) = (Instant::now(), [7; 32], client("192.0.2.1"));
    let room = Some(Room { free: 8_000, total: 8_000 });
    let mut ledger = ledger(8_000, now);
    ledger.measured(room, Some(key), now);
    let accounts = ledger.accounts(a, false);
    assert_eq!(accounts.len(), 2, "{accounts:?}");
    assert_eq!(ledger.take_unsent(&accounts), [0, 0]);
    ledger.sent(key, &accounts, &[0, 0], Some(&[700, 0]));
    assert!(ledger.accounts(a, false).is_empty(), "known");
    assert_eq!(ledger.admit_message(share(1, a, 301), now), Err(Refusal::Used(3_600)), "700 on another server");
    assert_eq!(ledger.admit_message(share(1, a, 300), now), Ok(true));
    let unsent = ledger.unsent();
    assert_eq!(unsent.iter().map(|account| account.pot).collect::<Vec<_>>(), [Pot::Open]);
    assert_eq!(ledger.take_unsent(&unsent), [300]);
    assert!(ledger.unsent().is_empty());
    assert!(ledger.admit_message(share(2, a, 81), now).is_err(), "bytes on their way count");
    ledger.sent(key, &unsent, &[300], None);
    assert_eq!(ledger.unsent(), unsent, "a failed call is repeated");
    assert_eq!(ledger.take_unsent(&unsent), [300]);
    ledger.sent(key, &unsent, &[300], Some(&[1_000]));
    assert!(ledger.admit_message(share(2, a, 81), now).is_err());
    ledger.measured(room, Some([8; 32]), now);
    assert_eq!(ledger.admit_message(share(2, a, 1_000), now), Ok(true), "a new key begins a new day");
    ledger.sent(key, &unsent, &[300], Some(&[1_000]));
    assert_eq!(ledger.accounts(a, false).len(), 2, "a late reply of the old day is ignored");
}

#[test]
fn parts_on_another_server_keep_an_upload_charged() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = ledger(8_000, now);
    let id = ShareId::from_bytes([1; 10]);
    assert_eq!(upload(&mut ledger, 1, a, 900, now), Ok(()));
    assert!(ledger.quiet_uploads(now).is_empty());
    assert_eq!(ledger.quiet_uploads(now + PROMISE / 2), [id]);
    ledger.received(id, Some(500), now + PROMISE / 2);
    assert!(matches!(upload(&mut ledger, 2, a, 101, now + PROMISE), Err(Refusal::Used(_))));
    ledger.received(id, Some(900), now + PROMISE);
    assert!(ledger.quiet_uploads(now + HOUR / 2).is_empty(), "complete");
    assert!(matches!(upload(&mut ledger, 2, a, 101, now + HOUR / 2), Err(Refusal::Used(_))));
    ledger.release(id);
    assert_eq!(upload(&mut ledger, 2, a, 900, now), Ok(()));
    ledger.received(ShareId::from_bytes([2; 10]), None, now);
    assert_eq!(upload(&mut ledger, 3, a, 1_000, now), Ok(()), "deleted on another server");
}

#[test]
fn parts_in_a_part_store_use_its_room_and_the_rest_that_of_the_records() {
    let (now, a, b) = (Instant::now(), client("192.0.2.1"), client("192.0.2.2"));
    let mut ledger = ledger(8_000, now);
    ledger.measured_files(Some(Room { free: 80_000, total: 80_000 }));
    let create = |ledger: &mut Ledger, n, client, (fixed, parts): (u64, u64)| {
        ledger.admit_upload(share(n, client, fixed), (parts, parts), Some(80_000), now).map(|_| ())
    };
    assert_eq!(create(&mut ledger, 1, a, (100, 10_001)), Err(Refusal::TooLarge));
    assert_eq!(create(&mut ledger, 1, a, (1_001, 10)), Err(Refusal::TooLarge), "records are limited by their own room");
    assert_eq!(create(&mut ledger, 1, a, (100, 10_000)), Ok(()));
    assert!(matches!(create(&mut ledger, 2, a, (100, 1)), Err(Refusal::Used(_))));
    assert_eq!(ledger.admit_message(share(3, a, 900), now), Ok(true), "files leave room for messages");
    assert_eq!(create(&mut ledger, 4, b, (900, 10)), Ok(()));
    assert_eq!(create(&mut ledger, 5, b, (101, 10)), Err(Refusal::Used(120)), "the record has no room");
    ledger.completed(ShareId::from_bytes([1; 10]), 10_000, now);
    ledger.release(ShareId::from_bytes([1; 10]));
    assert_eq!(create(&mut ledger, 6, a, (100, 10_000)), Ok(()), "all bytes were given back");
    let full = ledger.admit_upload(share(7, b, 0), (1_000, 1_000), Some(999), now);
    assert_eq!(full, Err(Refusal::Full));
    ledger.measured(Some(Room { free: 900, total: 8_000 }), None, now);
    assert_eq!(create(&mut ledger, 8, client("192.0.2.3"), (101, 10)), Err(Refusal::Full), "of 900, 800 are kept");
}

#[test]
fn an_id_is_charged_once() {
    let (now, a) = (Instant::now(), client("192.0.2.1"));
    let mut ledger = ledger(8_000, now);
    assert_eq!(ledger.admit_upload(share(1, a, 0), (900, 900), Some(8_000), now), Ok(true));
    assert_eq!(ledger.admit_upload(share(1, a, 0), (100, 100), Some(8_000), now), Ok(false));
    assert_eq!(ledger.admit_message(share(1, a, 50), now), Ok(false), "refused by the store, it must release nothing");
    assert!(matches!(upload(&mut ledger, 2, a, 101, now), Err(Refusal::Used(_))));
    assert_eq!(ledger.admit_upload(share(1, a, 0), (100, 100), Some(8_000), now + HOUR), Ok(true), "after its end");
}

proptest! {
    /// Whatever is created, sent, completed, opened and deleted, in the end every byte has been given back.
    #[test]
    fn nothing_stays_charged(steps in prop::collection::vec((0_u8..8, 0_u8..6, 0_u64..700, 0_u64..200), 1..60)) {
        let (start, a) = (Instant::now(), client("2001:db8::1"));
        let mut ledger = ledger(8_000, start);
        let mut now = start;
        for (n, step, bytes, seconds) in steps {
            now += Duration::from_secs(seconds);
            let id = ShareId::from_bytes([n; 10]);
            match step {
                0 => drop(ledger.admit_message(share(n + 8, a, bytes), now)),
                1 => drop(upload(&mut ledger, n, a, bytes, now)),
                2 => drop(ledger.admit_part(id, bytes, now)),
                3 => ledger.completed(id, bytes, now),
                4 => ledger.release(id),
                _ => ledger.measured(Some(Room { free: 8_000, total: 8_000 }), None, now),
            }
            if now - start + 2 * HOUR >= DAY {
                break;
            }
        }
        ledger.measured(Some(Room { free: 8_000, total: 8_000 }), None, now + 2 * HOUR);
        prop_assert_eq!(upload(&mut ledger, 99, a, 1_000, now + 2 * HOUR), Ok(()));
    }
}
