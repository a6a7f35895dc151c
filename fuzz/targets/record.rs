//! Stored records: decoding never panics, a decoded record round-trips, and every transition accepts it.

use onetimeshare::share::Timestamp;
use onetimeshare::share::guesser::Guesser;
use onetimeshare::share::record::{Creation, Ending, OpenRequest, Opening, Record};
use onetimeshare::share::request::{Answering, Making, RequestEnding, RequestRecord};
use onetimeshare_envelope::request::Sealed;
use onetimeshare_envelope::{Digest, Owner, ShareId};

pub fn creation(parts: u32, size: u64, password: bool) -> Creation {
    let owner = Owner::from_bytes([1; 20]);
    Creation {
        id: ShareId::of(&owner),
        owner: owner.digest(),
        open_verifier: Digest::of(b"link"),
        password_verifier: password.then(|| Digest::of(b"password")),
        parts,
        size,
        part0: 328,
        lifetime: 3_600,
        body: Digest::of(b"body"),
    }
}

pub fn request(claim: &[u8], password: Option<&[u8]>) -> OpenRequest {
    let client = Guesser([claim.first().copied().unwrap_or_default(); 8]);
    let password = password.map(Digest::of);
    OpenRequest { open: Digest::of(b"link"), claim: Digest::of(claim), password, handover: None, client }
}

pub fn run(bytes: &[u8]) {
    let Some((moment, stored)) = bytes.split_first_chunk::<8>() else { return };
    let now = Timestamp(u64::from_be_bytes(*moment));
    run_request(stored, now);
    let Ok(record) = Record::decode(stored) else { return };
    assert_eq!(Record::decode(&record.encode()).as_ref(), Ok(&record), "a decoded record round-trips");
    let (some, by) = (Some(&record), Digest::of(b"reader"));
    let _ =
        (record.state(now), record.parts_until(now), record.record_until(now, 60), Record::may_read(some, now, &by));
    let _ = (
        Record::peek(some, now, &Digest::of(b"link"), Guesser([1; 8])),
        Record::status(some, now, &creation(1, 0, false).owner, 60),
    );
    let _ = record.complete(now, &[(0, 328), (1, 100)], 60);
    let _ = (Record::register_handover(some, now, &by, Digest::of(b"handover"), 60), Record::take_down(some, now, 60));
    let _ = (Record::confirm(some, now, &by, 60), Record::delete(some, now, &creation(1, 0, false).owner, 60));
    for password in [None, Some(&b"password"[..]), Some(&b"guess"[..])] {
        if let Opening::Open(change, _) = Record::open(some, now, &request(b"reader", password), 60) {
            let opened = Some(&change.record);
            assert!(!matches!(Record::open(opened, now, &request(b"other", password), 60), Opening::Open(..)));
        }
    }
}

fn run_request(stored: &[u8], now: Timestamp) {
    let Ok(record) = RequestRecord::decode(stored) else { return };
    assert_eq!(RequestRecord::decode(&record.encode()).as_ref(), Ok(&record), "a decoded record round-trips");
    let (some, owner, give) = (Some(&record), Digest::of(b"owner"), Digest::of(b"link"));
    let _ = (RequestRecord::look(some, now, &give), RequestRecord::status(some, now, &owner), record.changes_at(now));
    for ending in [RequestRecord::end(some, now, &owner), RequestRecord::take_down(some, now)] {
        if let RequestEnding::Change(change) = ending {
            let after = RequestRecord::answer(Some(&change.record), now, &give, &Sealed([7; 74]));
            assert!(!matches!(after, Answering::Change(..)), "nothing comes after the end");
        }
    }
    let mut last = record;
    for n in 0..=20 {
        if let Answering::Change(change, _) = RequestRecord::answer(Some(&last), now, &give, &Sealed([n; 74])) {
            assert!(RequestRecord::decode(&change.record.encode()).is_ok(), "no more answers come than were asked for");
            last = change.record;
        }
    }
}

/// Returns the records of a request that takes two answers, from none to full, and of one that was removed.
fn requests(now: Timestamp) -> Vec<RequestRecord> {
    let owner = Owner::from_bytes([1; 20]);
    let making = Making {
        id: ShareId::of(&owner),
        owner: Digest::of(b"owner"),
        give_verifier: Digest::of(b"link"),
        answers: 2,
        lifetime: 3_600,
        kept: 3_600,
        body: Digest::of(b"body"),
    };
    let mut records = vec![RequestRecord::make(&making, now)];
    for n in 0..2 {
        let answer = RequestRecord::answer(records.last(), now, &making.give_verifier, &Sealed([n; 74]));
        if let Answering::Change(change, _) = answer {
            records.push(change.record);
        }
    }
    if let RequestEnding::Change(change) = RequestRecord::take_down(records.last(), now) {
        records.push(change.record);
    }
    records
}

pub fn seeds() -> Vec<Vec<u8>> {
    let now = Timestamp(1_000_000);
    let waiting = Record::create(&creation(1, 0, true), now);
    let uploading = Record::create(&creation(2, 100, false), now);
    let mut records = vec![waiting.clone(), uploading];
    if let Opening::WrongPassword(change, _) =
        Record::open(Some(&waiting), now, &request(b"reader", Some(b"guess")), 60)
    {
        records.push(change.record);
    }
    if let Opening::Open(change, _) = Record::open(Some(&waiting), now, &request(b"reader", Some(b"password")), 60) {
        let handover = Digest::of(b"handover");
        if let Ending::Change(registered) =
            Record::register_handover(Some(&change.record), now, &Digest::of(b"reader"), handover, 60)
        {
            let other = OpenRequest { handover: Some(handover), ..request(b"other", Some(b"password")) };
            if let Opening::Move(moved, _) = Record::open(Some(&registered.record), now, &other, 60) {
                records.push(moved.record);
            }
            records.push(registered.record);
        }
        if let Ending::Change(over) = Record::confirm(Some(&change.record), now, &Digest::of(b"reader"), 60) {
            records.push(over.record);
        }
        records.push(change.record);
    }
    if let Ending::Change(change) = Record::delete(Some(&waiting), now, &creation(1, 0, true).owner, 60) {
        records.push(change.record);
    }
    let asked = requests(now);
    let encoded = records.iter().map(Record::encode).chain(asked.iter().map(RequestRecord::encode));
    encoded.map(|bytes| [&now.0.to_be_bytes()[..], &bytes].concat()).collect()
}
