//! Encoding of a record for the store: the version, then the fields of [`Record`] in their order, as postcard writes them
//! (<https://postcard.jamesmunns.com/wire-format>): bytes as they are, integers as varints.
//!
//! A change of the fields, or of their order, needs a new version.

use super::opening::MAX_GUESSERS;
use super::{Record, Unreadable};
use onetimeshare_envelope::ShareId;
use onetimeshare_envelope::parts::MAX_PARTS;

/// Format version that this build writes.
const VERSION: u8 = 1;

/// Bit of the version that marks the records of requests (`src/share/request/codec.rs`).
pub const REQUESTS: u8 = 0x80;

impl Record {
    /// Decodes a stored record.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let fields = match bytes {
            [VERSION, fields @ ..] => fields,
            [version, ..] if *version & REQUESTS != 0 => return Err(Unreadable::OtherKind),
            [version, ..] if *version > VERSION => return Err(Unreadable::Newer),
            _ => return Err(Unreadable::Broken),
        };
        match postcard::take_from_bytes::<Self>(fields) {
            // These limits bound every loop over the parts and the guesses of a share.
            Ok((record, [])) if (1..=MAX_PARTS).contains(&record.parts) && record.guesses.len() <= MAX_GUESSERS => {
                Ok(record)
            }
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
        // Cannot fail: a `Vec` has room, and no field is of a kind that postcard rejects.
        postcard::to_extend(self, bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_GUESSERS, MAX_PARTS};
    use crate::share::Timestamp;
    use crate::share::guesser::Guesser;
    use crate::share::record::stand_in::stand_in;
    use crate::share::record::{DeletedBy, Guess, Moved, Phase, Record, Unreadable};
    use onetimeshare_envelope::{Digest, ShareId};
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
        let numbers = (1..=MAX_PARTS, any::<u64>(), any::<u32>(), any::<u64>(), moment());
        let retry = proptest::option::of((1_u64..).prop_map(Timestamp));
        let guess = (any::<[u8; 8]>(), any::<u32>(), retry);
        let guess = guess.prop_map(|(by, wrong, retry)| Guess { by: Guesser(by), wrong, retry });
        let guesses = proptest::collection::vec(guess, 0..4);
        let tries = (any::<u32>(), proptest::option::of(moment()), guesses);
        let times = (any::<bool>(), proptest::option::of(moment()));
        (names, numbers, tries, phase(), times).prop_map(
            |(
                (id, owner, open, body, password),
                (parts, size, part0, lifetime, created),
                (wrong, retry, guesses),
                phase,
                (at_once, lost),
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
                    lost,
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
        fn decode_never_panics(bytes: Vec<u8>) {
            let _ = Record::decode(&[&[1], &bytes[..]].concat());
        }
    }

    #[test]
    fn a_record_over_a_limit_is_broken() {
        let read = |record: Record| Record::decode(&record.encode()).map(|_| ());
        let broken = Err(Unreadable::Broken);
        let parts = |parts| read(Record { parts, ..stand_in() });
        assert_eq!([1, MAX_PARTS].map(parts), [Ok(()); 2]);
        assert_eq!([0, MAX_PARTS + 1, u32::MAX].map(parts), [broken; 3]);
        let guess = Guess { by: Guesser([1; 8]), wrong: 1, retry: None };
        let guesses = |count| read(Record { guesses: vec![guess; count], ..stand_in() });
        assert_eq!([MAX_GUESSERS, MAX_GUESSERS + 1].map(guesses), [Ok(()), broken]);
    }

    #[test]
    fn version_1_has_these_bytes() {
        let digest = |byte| Digest::from_bytes([byte; 32]);
        let record = Record {
            id: ShareId::from_bytes([1; 10]),
            owner: digest(2),
            open: digest(3),
            password: Some(digest(4)),
            body: digest(5),
            parts: 2,
            size: 300,
            part0: 127,
            lifetime: 60,
            created: Timestamp(128),
            phase: Phase::Opened {
                until: Timestamp(6),
                at: Timestamp(7),
                grace: Timestamp(8),
                claim: digest(9),
                confirmed: None,
                handover: Some(digest(10)),
                moved: Some(Moved { times: 11, at: Timestamp(12) }),
            },
            wrong: 13,
            retry: None,
            guesses: vec![Guess { by: Guesser([14; 8]), wrong: 15, retry: Some(Timestamp(16)) }],
            lost: Some(Timestamp(17)),
        };
        let expected: [&[u8]; 18] = [
            &[1],
            &[1; 10],
            &[2; 32],
            &[3; 32],
            &[1],
            &[4; 32],
            &[5; 32],
            &[2],
            &[0xac, 2],
            &[127],
            &[60],
            &[0x80, 1],
            // The phase.
            &[2, 6, 7, 8],
            &[9; 32],
            &[0, 1],
            &[10; 32],
            &[1, 11, 12, 13, 0, 1],
            &[14, 14, 14, 14, 14, 14, 14, 14, 15, 1, 16, 1, 17],
        ];
        assert_eq!(record.encode(), expected.concat());
        let by = |phase| Record { phase, ..stand_in() }.encode()[121..].to_vec();
        let (until, at) = (Timestamp(1), Timestamp(2));
        assert_eq!(by(Phase::Uploading), [0, 0, 0, 0, 0]);
        assert_eq!(by(Phase::Waiting { until }), [1, 1, 0, 0, 0, 0]);
        assert_eq!(by(Phase::Deleted { until, at, by: DeletedBy::Sender }), [3, 1, 2, 0, 0, 0, 0, 0]);
        assert_eq!(by(Phase::Deleted { until, at, by: DeletedBy::Site }), [3, 1, 2, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn a_waiting_message_encodes_to_at_most_156_bytes() {
        let message = stand_in();
        let phase = Phase::Waiting { until: message.created.plus(message.lifetime) };
        let record = Record { part0: 1_352, phase, ..message };
        // With Redis's own overhead this fills a 160-byte allocator size class.
        assert!(record.encode().len() <= 156, "{}", record.encode().len());
    }
}
