//! The states of a request against an independent model.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]

use onetimeshare::share::Timestamp;
use onetimeshare::share::record::PartsFate;
use onetimeshare::share::request::{
    Answering, Look, Making, RequestChange, RequestEnding, RequestRecord, RequestState,
};
use onetimeshare_envelope::request::Sealed;
use onetimeshare_envelope::{Digest, Owner, ShareId};
use proptest::prelude::*;

const LIFETIME: u64 = 500;
const KEPT: u64 = 900;

fn digest(of: &str) -> Digest {
    Digest::of(of.as_bytes())
}

fn owner() -> Owner {
    Owner::from_bytes([1; 20])
}

fn making(answers: u8) -> Making {
    Making {
        id: ShareId::of(&owner()),
        owner: owner().digest(),
        give_verifier: digest("link"),
        answers,
        lifetime: LIFETIME,
        kept: KEPT,
        body: digest("body"),
    }
}

fn sealed(n: u8) -> Sealed {
    Sealed([n; 74])
}

/// What a store does with changes: keeps bytes until their time is over.
#[derive(Default)]
struct MapStore {
    record: Option<(Vec<u8>, Timestamp)>,
    box_until: Option<Timestamp>,
}

impl MapStore {
    fn load(&self, now: Timestamp) -> Option<RequestRecord> {
        let (bytes, until) = self.record.as_ref()?;
        (now < *until).then(|| RequestRecord::decode(bytes).unwrap())
    }

    fn has_box(&self, now: Timestamp) -> bool {
        self.box_until.is_some_and(|until| now < until)
    }

    fn swap(&mut self, change: &RequestChange) {
        self.record = Some((change.record.encode(), change.record.kept_until()));
        self.box_until = match change.parts {
            PartsFate::Keep(until) => Some(until),
            PartsFate::Drop => None,
            _ => panic!("a request opens and settles nothing"),
        };
    }
}

#[derive(Debug, Clone)]
enum Step {
    Make,
    Look { link: bool },
    Answer { link: bool, which: u8 },
    End { owner: bool },
    TakeDown,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let known = || prop::bool::weighted(0.85);
    prop_oneof![
        2 => Just(Step::Make),
        3 => known().prop_map(|link| Step::Look { link }),
        6 => (known(), 0..6_u8).prop_map(|(link, which)| Step::Answer { link, which }),
        1 => prop::bool::weighted(0.3).prop_map(|owner| Step::End { owner }),
        1 => prop::bool::weighted(0.1).prop_map(|now| if now { Step::TakeDown } else { Step::Wait(1) }),
        2 => prop_oneof![0..5_u64, 30..90_u64, 200..600_u64, Just(1_500)].prop_map(Step::Wait),
    ]
}

/// Independent model of a request.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    since: u64,
    answers: Vec<(u8, u64)>,
    /// `deleted` or `removed`, and when.
    ended: Option<(&'static str, u64)>,
}

impl Model {
    fn state(&self, wanted: u8, now: u64) -> (&'static str, Option<u64>) {
        match self.ended {
            Some((how, at)) => (how, Some(at)),
            None if self.answers.len() == usize::from(wanted) => ("full", self.answers.last().map(|(_, at)| *at)),
            None if now >= self.since + LIFETIME => ("expired", Some(self.since + LIFETIME)),
            None => ("open", None),
        }
    }
}

fn name(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "open",
        RequestState::Full => "full",
        RequestState::Expired => "expired",
        RequestState::Deleted => "deleted",
        RequestState::Removed => "removed",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_transitions_matches_the_model(wanted in 1..5_u8, steps in prop::collection::vec(step(), 60)) {
        let (mut store, mut model, mut now) = (MapStore::default(), None::<Model>, 1_000_u64);
        let making = making(wanted);
        for step in steps {
            let at = Timestamp(now * 1000);
            model = model.filter(|model| now < model.since + LIFETIME + KEPT);
            let record = store.load(at);
            let before = record.clone();
            prop_assert_eq!(record.is_some(), model.is_some());
            let state = model.as_ref().map(|model| model.state(wanted, now));
            match step {
                Step::Wait(seconds) => now += seconds,
                Step::Make => match &record {
                    None => {
                        let record = RequestRecord::make(&making, at);
                        store.record = Some((record.encode(), record.kept_until()));
                        store.box_until = Some(record.until());
                        model = Some(Model { since: now, answers: Vec::new(), ended: None });
                    }
                    Some(record) => {
                        prop_assert!(record.was_made_from(&making.owner, &making.body));
                        prop_assert!(!record.was_made_from(&digest("other"), &making.body));
                        prop_assert!(!record.was_made_from(&making.owner, &digest("other")));
                    }
                },
                Step::Look { link } => {
                    let seen = RequestRecord::look(record.as_ref(), at, &digest(if link { "link" } else { "guess" }));
                    let got = match seen {
                        Look::NotFound => None,
                        Look::Open { answers_left, expires_at } => {
                            prop_assert!(store.has_box(at), "an open request has its box");
                            let came = model.as_ref().unwrap().answers.len();
                            prop_assert_eq!(usize::from(answers_left), usize::from(wanted) - came);
                            prop_assert_eq!(expires_at.0, (model.as_ref().unwrap().since + LIFETIME) * 1000);
                            Some(("open", None))
                        }
                        Look::Over { state, at } => Some((name(state), Some(at.0 / 1000))),
                    };
                    prop_assert_eq!(got, state.filter(|_| link));
                    prop_assert_eq!(store.load(at), before);
                }
                Step::Answer { link, which } => {
                    let proof = digest(if link { "link" } else { "guess" });
                    let answer = RequestRecord::answer(record.as_ref(), at, &proof, &sealed(which));
                    if let Answering::Change(change, _) = &answer {
                        prop_assert!(store.has_box(at), "the store swaps only while the box is there");
                        store.swap(change);
                    }
                    let got = match answer {
                        Answering::NotFound => ("not found".to_owned(), 0),
                        Answering::Again(number) => ("again".into(), number),
                        Answering::Full => ("full".into(), 0),
                        Answering::Over { state, .. } => (name(state).into(), 0),
                        Answering::Change(_, number) => ("new".into(), number),
                    };
                    let wanted = match (&mut model, state) {
                        (Some(model), Some((state, _))) if link => {
                            match model.answers.iter().position(|(known, _)| *known == which) {
                                Some(place) => ("again".into(), u8::try_from(place + 1).unwrap()),
                                None if state != "open" => (state.to_owned(), 0),
                                None => {
                                    model.answers.push((which, now));
                                    ("new".into(), u8::try_from(model.answers.len()).unwrap())
                                }
                            }
                        }
                        _ => ("not found".into(), 0),
                    };
                    prop_assert_eq!(got, wanted);
                }
                Step::End { owner: known } => {
                    let by = if known { owner().digest() } else { digest("stranger") };
                    let ending = RequestRecord::end(record.as_ref(), at, &by);
                    if let RequestEnding::Change(change) = &ending {
                        store.swap(change);
                    }
                    let got = match ending {
                        RequestEnding::NotFound => "not found",
                        RequestEnding::Already => "already",
                        RequestEnding::Change(_) => "changed",
                    };
                    let wanted = match (&mut model, state) {
                        (Some(model), Some(("open", _))) if known => {
                            model.ended = Some(("deleted", now));
                            "changed"
                        }
                        (Some(_), _) if known => "already",
                        _ => "not found",
                    };
                    prop_assert_eq!(got, wanted);
                }
                Step::TakeDown => {
                    let ending = RequestRecord::take_down(record.as_ref(), at);
                    if let RequestEnding::Change(change) = &ending {
                        store.swap(change);
                    }
                    if let Some(model) = &mut model
                        && state.is_some_and(|(state, _)| state != "removed")
                    {
                        prop_assert!(matches!(ending, RequestEnding::Change(_)));
                        *model = Model { answers: Vec::new(), ended: Some(("removed", now)), ..*model };
                    } else {
                        prop_assert!(!matches!(ending, RequestEnding::Change(_)));
                    }
                }
            }
            // What the person who asked sees, and a stranger does not.
            let at = Timestamp(now * 1000);
            model = model.filter(|model| now < model.since + LIFETIME + KEPT);
            let record = store.load(at);
            prop_assert_eq!(RequestRecord::status(record.as_ref(), at, &digest("link")), None);
            let status = RequestRecord::status(record.as_ref(), at, &owner().digest());
            prop_assert_eq!(status.is_some(), model.is_some());
            if let (Some(status), Some(model)) = (status, &model) {
                let (state, over) = model.state(wanted, now);
                prop_assert_eq!((name(status.state), status.at.map(|at| at.0 / 1000)), (state, over));
                let came: Vec<_> = status.answers.iter().map(|answer| (answer.sealed.0[0], answer.at.0 / 1000)).collect();
                prop_assert_eq!(&came, &model.answers);
                let left = if over.is_some() { 0 } else { usize::from(wanted) - came.len() };
                prop_assert_eq!(usize::from(status.answers_left), left);
                prop_assert_eq!(record.unwrap().changes_at(at).is_some(), state == "open");
            }
        }
    }
}
