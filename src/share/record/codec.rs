//! Binary encoding of a record: the version, the id, three digests, flags, and the fields that the flags announce.
//! Integers are LEB128.
//!
//! The encoding is compact because a store holds one record per share, and Redis holds it in memory.

use super::opening::MOST_GUESSERS;
use super::{DeletedBy, Guess, Moved, Phase, Record, Unreadable};
use crate::share::envelope::parts::MOST_PARTS;
use crate::share::guesser::Guesser;
use crate::share::{Digest, ShareId, Timestamp};

/// Format version that this build writes.
const VERSION: u8 = 1;

/// Flags: the phase in the two lowest bits, then one bit for each optional field.
const PHASE: u8 = 0b11;
const UPLOADING: u8 = 0;
const WAITING: u8 = 1;
const OPENED: u8 = 2;
const DELETED: u8 = 3;
const PASSWORD: u8 = 1 << 2;
/// Set when the lifetime began at creation, as it does for a share without files.
const AT_ONCE: u8 = 1 << 3;
const CONFIRMED: u8 = 1 << 4;
const WRONG: u8 = 1 << 5;
const RETRY: u8 = 1 << 6;
/// Set when a second byte of flags follows.
const MORE: u8 = 1 << 7;

/// Second byte of flags, present only if not zero.
const HANDOVER: u8 = 1;
const MOVED: u8 = 1 << 1;
const REMOVED: u8 = 1 << 2;
const GUESSES: u8 = 1 << 3;

impl Record {
    /// Decodes a stored record.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes.first() {
            Some(&VERSION) => Reader(&bytes[1..]).record().ok_or(Unreadable::Broken),
            Some(VERSION..) => Err(Unreadable::Newer),
            _ => Err(Unreadable::Broken),
        }
    }

    /// Returns whether an encoded record has this `id`, without decoding the rest.
    pub fn names(id: ShareId, bytes: &[u8]) -> bool {
        bytes.get(1..).is_some_and(|rest| rest.starts_with(id.as_bytes()))
    }

    /// Encodes the record for the store.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(192);
        bytes.push(VERSION);
        bytes.extend_from_slice(self.id.as_bytes());
        for digest in [&self.owner, &self.open, &self.body] {
            bytes.extend_from_slice(digest.as_bytes());
        }
        bytes.push(self.flags());
        bytes.extend(Some(self.more_flags()).filter(|flags| *flags > 0));
        let numbers = [u64::from(self.parts), self.size, u64::from(self.part0), self.lifetime, self.created.0];
        for number in numbers {
            push(&mut bytes, number);
        }
        if let Some(password) = &self.password {
            bytes.extend_from_slice(password.as_bytes());
        }
        if let Some(until) = self.until().filter(|until| *until != self.at_once()) {
            push(&mut bytes, until.0);
        }
        match &self.phase {
            Phase::Uploading | Phase::Waiting { .. } => {}
            Phase::Opened { until: _, at, grace, claim, confirmed, handover, moved } => {
                bytes.extend_from_slice(claim.as_bytes());
                for at in [Some(*at), Some(*grace), *confirmed].into_iter().flatten() {
                    push(&mut bytes, at.0);
                }
                if let Some(handover) = handover {
                    bytes.extend_from_slice(handover.as_bytes());
                }
                if let Some(moved) = moved {
                    push(&mut bytes, u64::from(moved.times));
                    push(&mut bytes, moved.at.0);
                }
            }
            Phase::Deleted { until: _, at, by: _ } => push(&mut bytes, at.0),
        }
        if self.wrong > 0 {
            push(&mut bytes, u64::from(self.wrong));
        }
        if let Some(retry) = self.retry {
            push(&mut bytes, retry.0);
        }
        if !self.guesses.is_empty() {
            push(&mut bytes, self.guesses.len() as u64);
            for Guess { by, wrong, retry } in &self.guesses {
                bytes.extend_from_slice(&by.0);
                push(&mut bytes, u64::from(*wrong));
                push(&mut bytes, retry.map_or(0, |retry| retry.0));
            }
        }
        bytes
    }

    fn flags(&self) -> u8 {
        let phase = match self.phase {
            Phase::Uploading => UPLOADING,
            Phase::Waiting { .. } => WAITING,
            Phase::Opened { confirmed: None, .. } => OPENED,
            Phase::Opened { .. } => OPENED | CONFIRMED,
            Phase::Deleted { .. } => DELETED,
        };
        let there = [
            (PASSWORD, self.password.is_some()),
            (AT_ONCE, self.until() == Some(self.at_once())),
            (WRONG, self.wrong > 0),
            (RETRY, self.retry.is_some()),
            (MORE, self.more_flags() > 0),
        ];
        there.into_iter().filter(|(_, there)| *there).fold(phase, |flags, (flag, _)| flags | flag)
    }

    fn more_flags(&self) -> u8 {
        let guesses = u8::from(!self.guesses.is_empty()) * GUESSES;
        let of_phase = match self.phase {
            Phase::Opened { handover, moved, .. } => {
                (u8::from(handover.is_some()) * HANDOVER) | (u8::from(moved.is_some()) * MOVED)
            }
            Phase::Deleted { by: DeletedBy::Site, .. } => REMOVED,
            _ => 0,
        };
        guesses | of_phase
    }

    /// Returns the end of the lifetime, or `None` before it begins.
    fn until(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Uploading => None,
            Phase::Waiting { until } | Phase::Opened { until, .. } | Phase::Deleted { until, .. } => Some(until),
        }
    }

    /// Returns the end of a lifetime that began at creation.
    fn at_once(&self) -> Timestamp {
        self.created.plus(self.lifetime)
    }
}

/// Appends `number` as LEB128: seven bits per byte, lowest first; the highest bit marks continuation.
fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Decoder over the bytes not yet consumed.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn record(mut self) -> Option<Record> {
        let id = ShareId::from_bytes(self.bytes()?);
        let (owner, open, body) = (self.digest()?, self.digest()?, self.digest()?);
        let [flags] = self.bytes()?;
        let [more] = if flags & MORE > 0 { self.bytes()? } else { [0] };
        // Bounds every loop over the parts of a share.
        let parts = self.small().filter(|parts| (1..=MOST_PARTS).contains(parts))?;
        let (size, part0, lifetime) = (self.number()?, self.small()?, self.number()?);
        let created = self.moment()?;
        let password = if flags & PASSWORD > 0 { Some(self.digest()?) } else { None };
        let until = match flags & PHASE {
            UPLOADING => created,
            _ if flags & AT_ONCE > 0 => created.plus(lifetime),
            _ => self.moment()?,
        };
        let phase = match flags & PHASE {
            UPLOADING => Phase::Uploading,
            WAITING => Phase::Waiting { until },
            OPENED => {
                let (claim, at, grace) = (self.digest()?, self.moment()?, self.moment()?);
                let confirmed = if flags & CONFIRMED > 0 { Some(self.moment()?) } else { None };
                let handover = if more & HANDOVER > 0 { Some(self.digest()?) } else { None };
                let moved =
                    if more & MOVED > 0 { Some(Moved { times: self.small()?, at: self.moment()? }) } else { None };
                Phase::Opened { until, at, grace, claim, confirmed, handover, moved }
            }
            _ => {
                let by = if more & REMOVED > 0 { DeletedBy::Site } else { DeletedBy::Sender };
                Phase::Deleted { until, at: self.moment()?, by }
            }
        };
        let wrong = if flags & WRONG > 0 { self.small()? } else { 0 };
        let retry = if flags & RETRY > 0 { Some(self.moment()?) } else { None };
        let guesses = if more & GUESSES > 0 { self.guesses()? } else { Vec::new() };
        let record = Record {
            id,
            owner,
            open,
            password,
            body,
            parts,
            size,
            part0,
            lifetime,
            created,
            phase,
            wrong,
            retry,
            guesses,
        };
        self.0.is_empty().then_some(record)
    }

    fn guesses(&mut self) -> Option<Vec<Guess>> {
        let count = self.number().filter(|count| *count <= MOST_GUESSERS as u64)?;
        (0..count)
            .map(|_| {
                let (by, wrong, retry) = (Guesser(self.bytes()?), self.small()?, self.moment()?);
                Some(Guess { by, wrong, retry: Some(retry).filter(|retry| retry.0 > 0) })
            })
            .collect()
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn digest(&mut self) -> Option<Digest> {
        self.bytes().map(Digest::from_bytes)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.bytes()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit only.
            if bits << shift >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    fn moment(&mut self) -> Option<Timestamp> {
        self.number().map(Timestamp)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_PARTS, Reader, push};
    use crate::share::guesser::Guesser;
    use crate::share::record::stand_in::stand_in;
    use crate::share::record::{DeletedBy, Guess, Moved, Phase, Record, Unreadable};
    use crate::share::{Digest, ShareId, Timestamp};
    use proptest::prelude::*;

    fn moment() -> impl Strategy<Value = Timestamp> {
        prop_oneof![any::<u64>(), 0..2_000_000_000_000_u64].prop_map(Timestamp)
    }

    fn digest() -> impl Strategy<Value = Digest> {
        any::<[u8; 32]>().prop_map(Digest::from_bytes)
    }

    fn phase() -> impl Strategy<Value = Phase> {
        let moved = (any::<u32>(), moment()).prop_map(|(times, at)| Moved { times, at });
        let handed = (proptest::option::of(digest()), proptest::option::of(moved));
        let opened = (moment(), moment(), moment(), digest(), proptest::option::of(moment()), handed);
        let by = prop_oneof![Just(DeletedBy::Sender), Just(DeletedBy::Site)];
        prop_oneof![
            Just(Phase::Uploading),
            moment().prop_map(|until| Phase::Waiting { until }),
            opened.prop_map(|(until, at, grace, claim, confirmed, (handover, moved))| Phase::Opened {
                until,
                at,
                grace,
                claim,
                confirmed,
                handover,
                moved
            }),
            (moment(), moment(), by).prop_map(|(until, at, by)| Phase::Deleted { until, at, by }),
        ]
    }

    fn record() -> impl Strategy<Value = Record> {
        let names = (any::<[u8; 10]>(), digest(), digest(), digest(), proptest::option::of(digest()));
        let numbers = (1..=MOST_PARTS, any::<u64>(), any::<u32>(), any::<u64>(), moment());
        let retry = proptest::option::of((1_u64..).prop_map(Timestamp));
        let guess = (any::<[u8; 8]>(), any::<u32>(), retry);
        let guess = guess.prop_map(|(by, wrong, retry)| Guess { by: Guesser(by), wrong, retry });
        let guesses = proptest::collection::vec(guess, 0..4);
        let tries = (any::<u32>(), proptest::option::of(moment()), guesses);
        (names, numbers, tries, phase(), any::<bool>()).prop_map(
            |(
                (id, owner, open, body, password),
                (parts, size, part0, lifetime, created),
                (wrong, retry, guesses),
                phase,
                at_once,
            )| {
                let until = created.plus(lifetime);
                let phase = if at_once { Phase::Waiting { until } } else { phase };
                let id = ShareId::from_bytes(id);
                Record {
                    id,
                    owner,
                    open,
                    password,
                    body,
                    parts,
                    size,
                    part0,
                    lifetime,
                    created,
                    phase,
                    wrong,
                    retry,
                    guesses,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn an_encoded_record_decodes_to_itself(record in record(), cut: prop::sample::Index, more: u8) {
            let bytes = record.encode();
            prop_assert!(Record::names(record.id, &bytes));
            prop_assert_eq!(Record::decode(&bytes[..cut.index(bytes.len())]), Err(Unreadable::Broken));
            prop_assert_eq!(Record::decode(&[&bytes[..], &[more]].concat()), Err(Unreadable::Broken));
            prop_assert_eq!(Record::decode(&[&[2], &bytes[1..]].concat()), Err(Unreadable::Newer));
            prop_assert_eq!(Record::decode(&bytes), Ok(record));
        }

        #[test]
        fn decode_never_panics(bytes: Vec<u8>, number: u64) {
            let _ = Record::decode(&[&[1], &bytes[..]].concat());
            let mut written = Vec::new();
            push(&mut written, number);
            prop_assert_eq!(Reader(&written).number(), Some(number));
        }
    }

    #[test]
    fn a_record_with_an_invalid_part_count_is_broken() {
        let read = |parts| Record::decode(&Record { parts, ..stand_in() }.encode()).map(|record| record.parts);
        assert_eq!([1, MOST_PARTS].map(read), [Ok(1), Ok(MOST_PARTS)]);
        assert_eq!([0, MOST_PARTS + 1, u32::MAX].map(read), [const { Err(Unreadable::Broken) }; 3]);
    }

    #[test]
    fn a_waiting_message_encodes_to_at_most_124_bytes() {
        let message = stand_in();
        let record = Record { part0: 1_352, phase: Phase::Waiting { until: message.at_once() }, ..message };
        // With Redis's own overhead this fills a 128-byte allocator size class.
        assert!(record.encode().len() <= 124, "{}", record.encode().len());
    }
}
