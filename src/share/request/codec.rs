//! Encoding of a request's record for the store, in the same form as a share's (`src/share/record/codec.rs`): the
//! version, then the fields as postcard writes them, the id first. The highest bit of the version tells the two apart.

use crate::share::record::{REQUESTS, Unreadable};
use crate::share::request::{MAX_ANSWERS, RequestRecord};

/// Format version that this build writes.
const VERSION: u8 = REQUESTS | 1;

impl RequestRecord {
    /// Decodes a stored record.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let fields = match bytes {
            [VERSION, fields @ ..] => fields,
            [version, ..] if *version > VERSION => return Err(Unreadable::Newer),
            [version, ..] if *version & REQUESTS == 0 => return Err(Unreadable::OtherKind),
            _ => return Err(Unreadable::Broken),
        };
        match postcard::take_from_bytes::<Self>(fields) {
            Ok((record, [])) if record.is_bounded() => Ok(record),
            _ => Err(Unreadable::Broken),
        }
    }

    fn is_bounded(&self) -> bool {
        (1..=MAX_ANSWERS).contains(&self.wanted) && self.answers.len() <= usize::from(self.wanted)
    }

    /// Encodes the record for the store.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(160 + self.answers.len() * 84);
        bytes.push(VERSION);
        // Cannot fail: a `Vec` has room, and no field is of a kind that postcard rejects.
        postcard::to_extend(self, bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ANSWERS, RequestRecord};
    use crate::share::Timestamp;
    use crate::share::record::{Creation, Record, Unreadable};
    use crate::share::request::{Ended, EndedBy, ReceivedAnswer};
    use onetimeshare_envelope::request::Sealed;
    use onetimeshare_envelope::{Digest, ShareId};
    use proptest::prelude::*;

    fn moment() -> impl Strategy<Value = Timestamp> {
        prop_oneof![any::<u64>(), 0..2_000_000_000_000_u64].prop_map(Timestamp)
    }

    fn record() -> impl Strategy<Value = RequestRecord> {
        let digest = || any::<[u8; 32]>().prop_map(Digest::from_bytes);
        let by = prop_oneof![Just(EndedBy::Requester), Just(EndedBy::Site)];
        let ended = proptest::option::of((moment(), by).prop_map(|(at, by)| Ended { at, by }));
        let answer =
            || (moment(), any::<u8>()).prop_map(|(at, byte)| ReceivedAnswer { at, sealed: Sealed([byte; 74]) });
        let answers = (1..=MAX_ANSWERS)
            .prop_flat_map(move |wanted| (Just(wanted), proptest::collection::vec(answer(), 0..=usize::from(wanted))));
        (any::<[u8; 10]>(), [digest(), digest(), digest()], [moment(), moment(), moment()], ended, answers).prop_map(
            |(id, [owner, give, body], [created, until, kept_until], ended, (wanted, answers))| {
                let id = ShareId::from_bytes(id);
                RequestRecord { id, owner, give, body, wanted, created, until, kept_until, ended, answers }
            },
        )
    }

    proptest! {
        #[test]
        fn an_encoded_record_decodes_to_itself(record in record(), cut: prop::sample::Index, more: u8) {
            let bytes = record.encode();
            prop_assert!(Record::names(record.id, &bytes), "a store finds the id where a share's record has it");
            prop_assert_eq!(RequestRecord::decode(&bytes[..cut.index(bytes.len())]), Err(Unreadable::Broken));
            prop_assert_eq!(RequestRecord::decode(&[&bytes[..], &[more]].concat()), Err(Unreadable::Broken));
            prop_assert_eq!(RequestRecord::decode(&[&[0x82], &bytes[1..]].concat()), Err(Unreadable::Newer));
            prop_assert_eq!(Record::decode(&bytes), Err(Unreadable::OtherKind));
            prop_assert_eq!(RequestRecord::decode(&bytes), Ok(record));
        }

        #[test]
        fn decode_never_panics(bytes: Vec<u8>) {
            let _ = RequestRecord::decode(&[&[0x81], &bytes[..]].concat());
        }
    }

    fn small() -> RequestRecord {
        let digest = |byte| Digest::from_bytes([byte; 32]);
        RequestRecord {
            id: ShareId::from_bytes([1; 10]),
            owner: digest(2),
            give: digest(3),
            body: digest(4),
            wanted: 3,
            created: Timestamp(128),
            until: Timestamp(5),
            kept_until: Timestamp(6),
            ended: Some(Ended { at: Timestamp(7), by: EndedBy::Site }),
            answers: vec![ReceivedAnswer { at: Timestamp(8), sealed: Sealed([9; 74]) }],
        }
    }

    #[test]
    fn version_1_has_these_bytes() {
        let expected: [&[u8]; 8] =
            [&[0x81], &[1; 10], &[2; 32], &[3; 32], &[4; 32], &[3, 0x80, 1, 5, 6], &[1, 7, 1, 1, 8, 74], &[9; 74]];
        assert_eq!(small().encode(), expected.concat());
    }

    #[test]
    fn a_record_over_a_limit_is_broken_and_a_share_is_of_another_kind() {
        let read = |record: RequestRecord| RequestRecord::decode(&record.encode()).map(|_| ());
        let answers = |count| vec![small().answers[0]; count];
        assert_eq!(read(RequestRecord { answers: answers(3), ..small() }), Ok(()));
        assert_eq!(read(RequestRecord { answers: answers(4), ..small() }), Err(Unreadable::Broken));
        let wanted = |wanted| read(RequestRecord { wanted, answers: Vec::new(), ..small() });
        assert_eq!([0, 1, MAX_ANSWERS, MAX_ANSWERS + 1].map(|n| wanted(n).is_ok()), [false, true, true, false]);
        let mut other_length = small().encode();
        other_length[118] = 73;
        assert_eq!(RequestRecord::decode(&other_length[..other_length.len() - 1]), Err(Unreadable::Broken));
        let digest = Digest::of(b"x");
        let creation = Creation {
            id: ShareId::from_bytes([1; 10]),
            owner: digest,
            open_verifier: digest,
            password_verifier: None,
            parts: 1,
            size: 0,
            part0: 328,
            lifetime: 60,
            body: digest,
        };
        let share = Record::create(&creation, Timestamp(1)).encode();
        assert_eq!(RequestRecord::decode(&share), Err(Unreadable::OtherKind));
    }
}
