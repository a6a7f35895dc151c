//! Checks the state transitions of a share against an independent model.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]

use onetimeshare::share::Timestamp;
use onetimeshare::share::guesser::Guesser;
use onetimeshare::share::record::{
    Change, Completion, Creation, Ending, OpenRequest, Opening, PartsFate, Peek, Record, State,
};
use onetimeshare_envelope::{Claim, Digest, Handover, Owner, ShareId};
use proptest::prelude::*;

const GRACE: u64 = 100;
const LIFETIME: u64 = 500;
const DAY: u64 = 86_400;
const PART0: u32 = 328;

/// The bytes of part 0 add a second to the grace.
const ALLOWANCE: u64 = GRACE + 1;

fn digest(of: &str) -> Digest {
    Digest::of(of.as_bytes())
}

fn creation(password: bool, parts: u32, size: u64) -> Creation {
    let owner = Owner::from_bytes([1; 20]);
    Creation {
        id: ShareId::of(&owner),
        owner: owner.digest(),
        open_verifier: digest("link"),
        password_verifier: password.then(|| digest("password")),
        parts,
        size,
        part0: PART0,
        lifetime: LIFETIME,
        body: digest("body"),
    }
}

fn receiver(n: u8) -> Digest {
    Claim::from_bytes([n; 20]).digest()
}

fn handover(n: u8) -> Digest {
    Handover::from_bytes([n; 20]).digest()
}

fn client(n: u8) -> Guesser {
    Guesser([n; 8])
}

fn request(password: Option<&str>) -> OpenRequest {
    OpenRequest {
        open: digest("link"),
        claim: receiver(1),
        password: password.map(digest),
        handover: None,
        client: client(1),
    }
}

/// What a store does with changes: keeps bytes until their time is over.
#[derive(Default)]
struct MapStore {
    record: Option<(Vec<u8>, Timestamp)>,
    parts: Option<Timestamp>,
}

impl MapStore {
    fn load(&self, now: Timestamp) -> Option<Record> {
        let (bytes, until) = self.record.as_ref()?;
        (now < *until).then(|| Record::decode(bytes).unwrap())
    }

    fn has_parts(&self, now: Timestamp) -> bool {
        self.parts.is_some_and(|until| now < until)
    }

    fn create(&mut self, creation: &Creation, now: Timestamp) {
        let record = Record::create(creation, now);
        self.record = Some((record.encode(), record.record_until(now, GRACE)));
        self.parts = Some(record.parts_until(now));
    }

    fn swap(&mut self, change: &Change) {
        self.record = Some((change.record.encode(), change.record_until));
        self.parts = match change.parts {
            PartsFate::Keep(until)
            | PartsFate::Settle(until, _)
            | PartsFate::Open(until)
            | PartsFate::OpenAlone(until) => Some(until),
            PartsFate::Drop => None,
        };
    }
}

#[derive(Debug, Clone)]
enum Step {
    Create,
    Peek { link: bool },
    Open { receiver: u8, link: bool, password: Option<bool>, handover: Option<u8>, client: u8 },
    Register { receiver: u8, handover: u8 },
    TakeDown,
    Confirm { receiver: u8 },
    Delete { owner: bool },
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => Just(Step::Create),
        2 => any::<bool>().prop_map(|link| Step::Peek { link }),
        9 => (1..=2_u8, prop::bool::weighted(0.9), prop::option::weighted(0.9, any::<bool>()), prop::option::of(1..=2_u8), 1..=2_u8)
            .prop_map(|(receiver, link, password, handover, client)| Step::Open { receiver, link, password, handover, client }),
        3 => (1..=2_u8, 1..=2_u8).prop_map(|(receiver, handover)| Step::Register { receiver, handover }),
        1 => prop::bool::weighted(0.2).prop_map(|now| if now { Step::TakeDown } else { Step::Wait(1) }),
        2 => (1..=2_u8).prop_map(|receiver| Step::Confirm { receiver }),
        1 => prop::bool::weighted(0.7).prop_map(|owner| Step::Delete { owner }),
        2 => prop_oneof![0..5_u64, 30..90_u64, 80..400_u64, Just(3 * DAY), Just(8 * DAY)].prop_map(Step::Wait),
    ]
}

/// Independent model of a share's states.
#[derive(Debug, Clone, PartialEq)]
enum Model {
    Nothing,
    Waiting { since: u64, tries: Guessed },
    Opened { since: u64, at: u64, by: u8, confirmed: bool, handover: Option<u8>, moves: u32, tries: Guessed },
    Deleted { since: u64, at: u64, removed: bool },
}

/// Wrong passwords: all of them, when the share takes the next one, and those of each of two clients.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Guessed {
    wrong: u32,
    next_try: u64,
    clients: [(u32, u64); 2],
}

impl Guessed {
    /// What becomes of a password that was typed right, wrong or not at all.
    fn refuse(&mut self, now: u64, client: u8, typed: Option<bool>) -> Option<&'static str> {
        let own = &mut self.clients[usize::from(client) - 1];
        match typed {
            None => Some("password needed"),
            Some(_) if now < self.next_try.max(own.1) => Some("wait"),
            Some(true) => None,
            Some(false) => {
                self.wrong += 1;
                own.0 += 1;
                if own.0 >= 5 {
                    own.1 = now + 60 * 2_u64.pow((own.0 - 5).min(6)).min(60);
                }
                self.next_try = match self.wrong {
                    30..=34 => now + 60 * 2_u64.pow(self.wrong - 30),
                    35 => now + 60 * 29,
                    _ => 0,
                };
                Some("wrong password")
            }
        }
    }

    /// The table of clients begins anew when the share opens.
    fn after_opening(self) -> Self {
        Self { wrong: self.wrong, ..Self::default() }
    }
}

impl Model {
    fn forget(&mut self, now: u64) {
        if let Model::Waiting { since, .. } | Model::Opened { since, .. } | Model::Deleted { since, .. } = self
            && now >= *since + LIFETIME + ALLOWANCE + 7 * DAY
        {
            *self = Model::Nothing;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_transitions_matches_the_model(password: bool, steps in prop::collection::vec(step(), 60)) {
        let (mut store, mut model, mut now) = (MapStore::default(), Model::Nothing, 1_000_u64);
        let creation = creation(password, 1, 0);
        for step in steps {
            let at = Timestamp(now * 1000);
            model.forget(now);
            let record = store.load(at);
            prop_assert_eq!(record.is_some(), model != Model::Nothing);
            match step {
                Step::Wait(seconds) => now += seconds,
                Step::Create => match &record {
                    None => {
                        store.create(&creation, at);
                        model = Model::Waiting { since: now, tries: Guessed::default() };
                    }
                    Some(record) => prop_assert!(record.was_made_from(&creation.body)),
                },
                Step::Peek { link } => {
                    let before = record.clone();
                    let seen = Record::peek(record.as_ref(), at, &digest(if link { "link" } else { "guess" }), client(1));
                    let wanted = match &model {
                        _ if !link => "not found",
                        Model::Nothing => "not found",
                        Model::Waiting { since, .. } if now >= since + LIFETIME => "expired",
                        Model::Waiting { .. } => "waiting",
                        Model::Opened { .. } => "opened",
                        Model::Deleted { removed: true, .. } => "removed",
                        Model::Deleted { .. } => "deleted",
                    };
                    let got = match seen {
                        Peek::NotFound => "not found",
                        Peek::Waiting { .. } => "waiting",
                        Peek::Over { gone, .. } => match gone.state {
                            State::Opened => "opened",
                            State::Expired => "expired",
                            State::Deleted => "deleted",
                            State::Removed => "removed",
                            State::Uploading | State::Waiting => "wrong",
                        },
                    };
                    prop_assert_eq!(got, wanted);
                    prop_assert_eq!(store.load(at), before);
                }
                Step::Open { receiver: by, link, password: typed, handover: brought, client: from } => {
                    let proof = typed.map(|right| digest(if right { "password" } else { "guess" }));
                    let open = digest(if link { "link" } else { "guess" });
                    let request = OpenRequest { open, claim: receiver(by), password: proof, handover: brought.map(handover), client: client(from) };
                    let answer = Record::open(record.as_ref(), at, &request, GRACE);
                    if let Opening::Open(change, _) | Opening::Move(change, _) | Opening::WrongPassword(change, _) = &answer {
                        prop_assert!(store.has_parts(at), "an open share has its parts");
                        store.swap(change);
                    }
                    let got = match &answer {
                        Opening::NotFound => "not found",
                        Opening::Gone(gone) if gone.yours => "gone, yours",
                        Opening::Gone(_) => "gone",
                        Opening::Again { .. } => "again",
                        Opening::PasswordNeeded => "password needed",
                        Opening::Wait { .. } => "wait",
                        Opening::WrongPassword(..) => "wrong password",
                        Opening::WrongAgain(_) => "wrong, not counted",
                        Opening::Open(..) => "opened",
                        Opening::Move(..) => "moved",
                    };
                    let wanted = match &mut model {
                        _ if !link => "not found",
                        Model::Nothing => "not found",
                        Model::Deleted { .. } => "gone",
                        Model::Opened { at, by: first, confirmed, handover, moves, tries, .. } => {
                            let in_time = now < *at + ALLOWANCE && !*confirmed;
                            let right = brought.is_some() && brought == *handover;
                            match (*first == by, in_time) {
                                (true, true) if password && typed.is_none() => "password needed",
                                (true, true) if password && typed == Some(false) => "wrong, not counted",
                                (true, true) => "again",
                                (true, false) => "gone, yours",
                                (false, true) if right => {
                                    let refused = if password { tries.refuse(now, from, typed) } else { None };
                                    refused.unwrap_or_else(|| {
                                        (*first, *handover, *moves) = (by, None, *moves + 1);
                                        *tries = tries.after_opening();
                                        "moved"
                                    })
                                }
                                (false, _) => "gone",
                            }
                        }
                        Model::Waiting { since, .. } if now >= *since + LIFETIME => "gone",
                        Model::Waiting { since, tries } => {
                            let refused = if password { tries.refuse(now, from, typed) } else { None };
                            let (since, tries) = (*since, tries.after_opening());
                            if refused.is_none() {
                                model = Model::Opened {
                                    since,
                                    at: now,
                                    by,
                                    confirmed: false,
                                    handover: None,
                                    moves: 0,
                                    tries,
                                };
                            }
                            refused.unwrap_or("opened")
                        }
                    };
                    prop_assert_eq!(got, wanted);
                }
                Step::Register { receiver: by, handover: which } => {
                    let answer = Record::register_handover(record.as_ref(), at, &receiver(by), handover(which), GRACE);
                    if let Ending::Change(change) = &answer {
                        store.swap(change);
                    }
                    let wanted = match &mut model {
                        Model::Opened { by: first, at, confirmed, handover, .. }
                            if *first == by && !*confirmed && now < *at + ALLOWANCE =>
                        {
                            if handover.replace(which) == Some(which) { "already" } else { "changed" }
                        }
                        _ => "not found",
                    };
                    prop_assert_eq!(ending(&answer), wanted);
                }
                Step::TakeDown => {
                    let answer = Record::take_down(record.as_ref(), at, GRACE);
                    if let Ending::Change(change) = &answer {
                        store.swap(change);
                        prop_assert!(!store.has_parts(at));
                    }
                    let wanted = match &mut model {
                        Model::Nothing => "not found",
                        Model::Opened { at, confirmed, .. } => {
                            let again = *confirmed || now >= *at + ALLOWANCE;
                            *confirmed = true;
                            if again { "already" } else { "changed" }
                        }
                        Model::Deleted { .. } => "already",
                        Model::Waiting { since, .. } if now >= *since + LIFETIME => "already",
                        Model::Waiting { since, .. } => {
                            model = Model::Deleted { since: *since, at: now, removed: true };
                            "changed"
                        }
                    };
                    prop_assert_eq!(ending(&answer), wanted);
                }
                Step::Confirm { receiver: by } => {
                    let answer = Record::confirm(record.as_ref(), at, &receiver(by), GRACE);
                    if let Ending::Change(change) = &answer {
                        store.swap(change);
                        prop_assert!(!store.has_parts(at));
                    }
                    let wanted = match &mut model {
                        Model::Opened { by: first, at, confirmed, .. } if *first == by => {
                            let again = *confirmed || now >= *at + ALLOWANCE;
                            *confirmed = true;
                            if again { "already" } else { "changed" }
                        }
                        _ => "not found",
                    };
                    prop_assert_eq!(ending(&answer), wanted);
                }
                Step::Delete { owner } => {
                    let by = if owner { Owner::from_bytes([1; 20]) } else { Owner::from_bytes([2; 20]) };
                    let answer = Record::delete(record.as_ref(), at, &by.digest(), GRACE);
                    if let Ending::Change(change) = &answer {
                        store.swap(change);
                    }
                    let wanted = match &model {
                        Model::Nothing => "not found",
                        _ if !owner => "not found",
                        Model::Opened { .. } => "opened",
                        Model::Deleted { .. } => "already",
                        Model::Waiting { since, .. } if now >= since + LIFETIME => "already",
                        Model::Waiting { since, .. } => {
                            model = Model::Deleted { since: *since, at: now, removed: false };
                            "changed"
                        }
                    };
                    prop_assert_eq!(ending(&answer), wanted);
                }
            }
            // The status agrees with the model.
            let at = Timestamp(now * 1000);
            model.forget(now);
            let status = Record::status(store.load(at).as_ref(), at, &creation.owner, GRACE);
            let state = match &model {
                Model::Nothing => None,
                Model::Waiting { since, .. } if now >= since + LIFETIME => Some(State::Expired),
                Model::Waiting { .. } => Some(State::Waiting),
                Model::Opened { .. } => Some(State::Opened),
                Model::Deleted { removed: true, .. } => Some(State::Removed),
                Model::Deleted { .. } => Some(State::Deleted),
            };
            prop_assert_eq!(status.as_ref().map(|status| status.state), state);
            if let (Some(status), Model::Waiting { tries, .. } | Model::Opened { tries, .. }) = (&status, &model) {
                prop_assert_eq!(status.wrong_passwords, tries.wrong);
            }
            if let (Some(status), Model::Opened { moves, .. }) = (&status, &model) {
                prop_assert_eq!(status.moved.map_or(0, |moved| moved.times), *moves);
            }
            if let (Some(status), Model::Deleted { at, .. }) = (&status, &model) {
                prop_assert_eq!(status.at, Some(Timestamp(at * 1000)));
            }
            // Parts exist exactly while a claim may still download them.
            let readable = match &model {
                Model::Waiting { since, .. } => now < since + LIFETIME,
                Model::Opened { at, confirmed, .. } => !confirmed && now < at + ALLOWANCE,
                _ => false,
            };
            prop_assert_eq!(store.has_parts(at), readable);
        }
    }

    #[test]
    fn decoding_arbitrary_bytes_never_panics(bytes: Vec<u8>) {
        let _ = Record::decode(&bytes);
    }
}

fn ending(answer: &Ending) -> &'static str {
    match answer {
        Ending::NotFound => "not found",
        Ending::Already => "already",
        Ending::Opened(_) => "opened",
        Ending::Change(_) => "changed",
    }
}

fn now() -> Timestamp {
    Timestamp(1_000_000)
}

#[test]
fn an_upload_opens_only_with_every_part_and_a_matching_total() {
    let record = Record::create(&creation(false, 3, 100), now());
    let request = request(None);
    assert_eq!(Record::open(Some(&record), now(), &request, GRACE), Opening::NotFound);
    assert_eq!(Record::peek(Some(&record), now(), &digest("link"), client(1)), Peek::NotFound);
    assert_eq!(record.complete(now(), &[(0, PART0), (2, 40)], GRACE), Completion::Missing(vec![1]));
    assert_eq!(record.complete(now(), &[(0, PART0), (1, 61), (2, 40)], GRACE), Completion::SizeMismatch);
    let Completion::Change(change) = record.complete(now().plus(50), &[(0, PART0), (1, 60), (2, 40)], GRACE) else {
        panic!("the upload completes")
    };
    assert_eq!(change.record.state(now().plus(50)), State::Waiting);
    assert_eq!(change.parts, PartsFate::Settle(now().plus(50 + LIFETIME), 100), "the lifetime starts at completion");
    assert_eq!(change.record.complete(now(), &[], GRACE), Completion::Already);
    assert!(matches!(Record::open(Some(&change.record), now().plus(60), &request, GRACE), Opening::Open(..)));
}

#[test]
fn an_upload_ends_an_hour_after_its_last_part_and_a_day_after_its_first() {
    let record = Record::create(&creation(false, 3, 100), now());
    assert_eq!(record.parts_until(now()), now().plus(3_600));
    assert_eq!(record.parts_until(now().plus(DAY - 60)), now().plus(DAY));
    assert_eq!(record.record_until(now(), GRACE), record.parts_until(now()));
    let deleted = Record::delete(Some(&record), now(), &creation(false, 3, 100).owner, GRACE);
    let Ending::Change(change) = deleted else { panic!("an upload can be deleted") };
    assert_eq!(change.record.state(now()), State::Deleted);
    assert!(change.record_until >= now().plus(7 * DAY));
}

#[test]
fn the_download_grace_grows_with_the_size() {
    let record = Record::create(&creation(false, 1, 0), now());
    let request = request(None);
    let Opening::Open(_, until) = Record::open(Some(&record), now(), &request, GRACE) else { panic!("it opens") };
    assert_eq!(until, now().plus(ALLOWANCE));
    let large = Record::create(&creation(false, 2, 64 * 1024 * 1_000), now());
    let Completion::Change(change) = large.complete(now(), &[(0, PART0), (1, 64 * 1024 * 1_000)], GRACE) else {
        panic!("it is complete")
    };
    let Opening::Open(_, until) = Record::open(Some(&change.record), now(), &request, GRACE) else {
        panic!("it opens")
    };
    assert_eq!(until, now().plus(GRACE + 1_001), "64 KiB a second on top of the grace");
}

#[test]
fn password_waits_double_up_to_an_hour() {
    let mut record = Record::create(&Creation { lifetime: 30 * DAY, ..creation(true, 1, 0) }, now());
    let request = request(Some("guess"));
    let (mut at, mut waits) = (now(), Vec::new());
    for _ in 0..14 {
        let Opening::WrongPassword(change, tries) = Record::open(Some(&record), at, &request, GRACE) else {
            panic!("the proof is checked")
        };
        record = Record::decode(&change.record.encode()).unwrap();
        waits.push((tries.left, tries.retry_after / 60));
        at = at.plus(tries.retry_after);
    }
    let wanted = [
        (4, 0),
        (3, 0),
        (2, 0),
        (1, 0),
        (0, 1),
        (0, 2),
        (0, 4),
        (0, 8),
        (0, 16),
        (0, 32),
        (0, 60),
        (0, 60),
        (0, 60),
        (0, 60),
    ];
    assert_eq!(waits, wanted);
}

#[test]
fn clients_without_the_password_keep_the_receiver_out_for_an_hour_at_most() {
    let mut record = Record::create(&Creation { lifetime: 300 * DAY, ..creation(true, 1, 0) }, now());
    let (mut at, mut shared, mut looked_at) = (now(), 0_u64, 0_u64);
    // 400 clients, each of which sends a wrong password whenever it may; the receiver asks before each of them.
    for n in 0..40_000_u32 {
        let by = Guesser(u64::from(n % 400).to_be_bytes());
        let receiver = OpenRequest { client: Guesser([0xff; 8]), ..request(None) };
        let Peek::Waiting { password: Some(tries), .. } =
            Record::peek(Some(&record), at, &receiver.open, receiver.client)
        else {
            panic!("it waits")
        };
        shared += tries.retry_after;
        at = at.plus(tries.retry_after);
        match Record::open(Some(&record), at, &OpenRequest { client: by, ..request(Some("guess")) }, GRACE) {
            Opening::WrongPassword(change, _) => {
                looked_at += 1;
                record = Record::decode(&change.record.encode()).unwrap();
                assert!(change.record.encode().len() < 8_192, "the record stays small");
            }
            Opening::Wait { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    // An hour for all; beyond 256 clients, the others share one attempt a second, which the receiver waits for too.
    let others = looked_at - 256 * 20;
    assert!(shared >= 3_600 && shared <= 3_600 + looked_at, "{shared} s");
    assert!(others <= shared, "{looked_at} guesses in {shared} s");
    let right = OpenRequest { client: Guesser([0xff; 8]), ..request(Some("password")) };
    assert!(matches!(Record::open(Some(&record), at.plus(1), &right, GRACE), Opening::Open(..)));
}

#[test]
fn the_first_loss_of_a_part_is_noted_for_the_claim_that_opened_the_share() {
    let (at, owner) = (now(), Owner::from_bytes([1; 20]).digest());
    let waiting = Record::create(&creation(false, 1, 0), at);
    let note = |record: &Record, at, claim| Record::note_loss(Some(record), at, &receiver(claim), GRACE);
    assert_eq!(note(&waiting, at, 1), Ending::NotFound, "not opened");
    assert_eq!(Record::note_loss(None, at, &receiver(1), GRACE), Ending::NotFound);
    let Opening::Open(opened, _) = Record::open(Some(&waiting), at, &request(None), GRACE) else { panic!() };
    assert_eq!(note(&opened.record, at, 2), Ending::NotFound, "another claim");
    assert_eq!(note(&opened.record, at.plus(ALLOWANCE), 1), Ending::NotFound, "after the grace");
    let Ending::Change(noted) = note(&opened.record, at.plus(3), 1) else { panic!() };
    assert_eq!((noted.parts, noted.record_until), (PartsFate::Keep(at.plus(ALLOWANCE)), opened.record_until));
    let lost = Record::decode(&noted.record.encode()).unwrap();
    let status = |record: &Record| Record::status(Some(record), at.plus(5), &owner, GRACE).unwrap();
    assert_eq!((status(&opened.record).lost_at, status(&lost).lost_at), (None, Some(at.plus(3))));
    assert_eq!(status(&lost).state, State::Opened);
    assert_eq!(note(&lost, at.plus(4), 1), Ending::Already);
    assert!(Record::may_read(Some(&lost), at.plus(4), &receiver(1)), "the other parts can be read");
    let Ending::Change(confirmed) = Record::confirm(Some(&lost), at.plus(5), &receiver(1), GRACE) else { panic!() };
    assert_eq!(status(&confirmed.record).lost_at, Some(at.plus(3)));
}

#[test]
fn a_newer_record_version_is_distinguished_from_a_corrupt_record() {
    use onetimeshare::share::record::Unreadable;
    let bytes = Record::create(&creation(true, 1, 0), now()).encode();
    let newer = [&[bytes[0] + 1], &bytes[1..]].concat();
    assert_eq!(Record::decode(&newer), Err(Unreadable::Newer));
    assert_eq!(Record::decode(&bytes[..bytes.len() - 1]), Err(Unreadable::Broken));
}
