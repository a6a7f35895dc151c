//! State transitions of a share and its parts: in any order of steps at most one receiver opens the share, only when it
//! is complete, and none after it has ended.

use crate::record::{creation, request};
use onetimeshare::share::Timestamp;
use onetimeshare::share::guesser::Guesser;
use onetimeshare::share::record::{Change, Completion, Ending, Opening, PartsFate, Peek, Record, State, UploadTotals};
use onetimeshare_envelope::Digest;
use std::collections::BTreeMap;

const GRACE: u64 = 60;
const PART: u32 = 100;

/// A minimal store with one share.
struct MiniStore {
    record: Record,
    record_until: Timestamp,
    parts: BTreeMap<u32, u32>,
    parts_until: Timestamp,
    now: Timestamp,
    /// The claim that opened the share.
    receiver: Option<u8>,
    ended: bool,
}

impl MiniStore {
    fn apply(&mut self, change: Change) {
        // Round-trips the record through its stored form.
        self.record = Record::decode(&change.record.encode()).expect("an encoded record decodes");
        self.record_until = change.record_until;
        match change.parts {
            PartsFate::OpenAlone(until) => {
                assert!(self.parts.len() == 1, "there is only part 0");
                self.parts_until = until;
            }
            PartsFate::Keep(until) | PartsFate::Settle(until, _) | PartsFate::Open(until) => self.parts_until = until,
            PartsFate::Drop => self.parts.clear(),
        }
    }

    fn has_parts(&self) -> bool {
        self.now < self.parts_until && !self.parts.is_empty()
    }

    fn grant(&mut self, by: u8) {
        assert!(!self.ended, "an ended share stays closed");
        assert!(self.has_parts(), "an opened share has its parts");
        assert!(self.receiver.is_none_or(|first| first == by), "only one claim opens the share");
        self.receiver = Some(by);
    }

    fn step(&mut self, kind: u8, argument: u8) {
        let by = argument % 3;
        let password = [None, Some(&b"password"[..]), Some(&b"guess"[..])][usize::from(argument >> 2) % 3];
        match kind % 8 {
            0 | 1 => self.put(u32::from(argument >> 1), if argument & 1 == 0 { PART } else { PART - 1 }),
            2 => match self.record.complete(self.now, &self.received(), GRACE) {
                Completion::Change(change) => {
                    assert_eq!(self.parts.len(), self.record.parts() as usize, "all parts are present");
                    self.apply(*change);
                }
                Completion::Already => assert_ne!(self.record.state(self.now), State::Uploading),
                Completion::Missing(missing) => assert!(missing.iter().all(|n| !self.parts.contains_key(n))),
                Completion::SizeMismatch => {}
            },
            3 => match Record::open(Some(&self.record), self.now, &request(&[by], password), GRACE) {
                Opening::Open(change, _) => {
                    self.grant(by);
                    self.apply(*change);
                }
                Opening::Again { .. } => self.grant(by),
                Opening::WrongPassword(change, _) => self.apply(*change),
                _ => {}
            },
            4 => {
                if let Ending::Change(change) = Record::confirm(Some(&self.record), self.now, &Digest::of(&[by]), GRACE)
                {
                    assert_eq!(self.receiver, Some(by));
                    self.end(*change);
                }
            }
            5 => {
                if let Ending::Change(change) =
                    Record::delete(Some(&self.record), self.now, &creation(1, 0, false).owner, GRACE)
                {
                    assert_eq!(self.receiver, None, "an opened share cannot be deleted");
                    self.end(*change);
                }
            }
            6 => self.now = self.now.plus(u64::from(argument) * 60),
            _ => {
                let size = self.received().iter().filter(|(n, _)| *n > 0).map(|(_, length)| u64::from(*length)).sum();
                let parts = u32::try_from(self.parts.len()).unwrap();
                let in_order = self.parts.keys().copied().eq(0..parts);
                let totals = UploadTotals { parts, size, part0: 328, lifetime: 3_600 };
                if let Some(change) = self.record.settle(self.now, totals, GRACE).filter(|_| in_order) {
                    self.apply(*change);
                }
            }
        }
    }

    fn end(&mut self, change: Change) {
        self.apply(change);
        self.ended = true;
        assert!(!self.has_parts());
    }

    fn put(&mut self, n: u32, length: u32) {
        if n > 0 && n < self.record.parts() && self.record.state(self.now) == State::Uploading {
            self.parts.insert(n, length);
            self.parts_until = self.record.parts_until(self.now);
            self.record_until = self.parts_until;
        }
    }

    fn received(&self) -> Vec<(u32, u32)> {
        self.parts.iter().map(|(n, length)| (*n, *length)).collect()
    }

    /// Asserts the invariants.
    fn check(&self) {
        let state = self.record.state(self.now);
        if self.receiver.is_some() {
            assert_eq!(state, State::Opened);
        }
        let peek = Record::peek(Some(&self.record), self.now, &Digest::of(b"link"), Guesser([1; 8]));
        assert_eq!(matches!(peek, Peek::Waiting { .. }), state == State::Waiting);
        assert_eq!(Record::peek(Some(&self.record), self.now, &Digest::of(b"guess"), Guesser([1; 8])), Peek::NotFound);
        if state == State::Waiting {
            assert!(self.has_parts(), "a waiting share has its parts");
        }
        assert!(self.parts_until <= self.record_until, "no part outlives its record");
        for by in 0..3 {
            if Record::may_read(Some(&self.record), self.now, &Digest::of(&[by])) {
                assert_eq!(self.receiver, Some(by));
                assert!(self.has_parts());
            }
        }
    }
}

pub fn run(bytes: &[u8]) {
    let Some(([kind, count], steps)) = bytes.split_first_chunk::<2>() else { return };
    let count = u32::from(count % 6);
    let now = Timestamp(1_000_000);
    let record = Record::create(&creation(count + 1, u64::from(count * PART), kind & 1 == 1), now);
    let (record_until, parts_until) = (record.record_until(now, GRACE), record.parts_until(now));
    let parts = BTreeMap::from([(0, 328)]);
    let mut store = MiniStore { record, record_until, parts, parts_until, now, receiver: None, ended: false };
    for [kind, argument] in steps.as_chunks::<2>().0 {
        store.step(*kind, *argument);
        if store.now >= store.record_until {
            break;
        }
        store.check();
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    vec![
        vec![0, 0, 3, 0, 3, 1, 3, 0, 4, 0],
        vec![0, 2, 0, 2, 0, 4, 2, 0, 3, 1, 6, 1, 3, 1, 4, 1, 3, 1],
        vec![1, 0, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 4, 6, 2, 3, 4],
        vec![0, 3, 0, 2, 0, 3, 2, 0, 0, 6, 2, 0, 5, 0],
        vec![0, 1, 6, 30, 0, 2, 6, 40, 2, 0, 6, 200, 3, 0],
        vec![0, 1, 0, 2, 7, 0, 3, 2, 6, 1, 6, 1, 3, 2],
    ]
}
