//! Stand-in record, copied and decoded when an id is unknown, so that timing does not reveal whether a share exists.
//! `tests/server/indistinguishable.rs` measures it.

use super::{Phase, Record};
use crate::share::Timestamp;
use onetimeshare_envelope::{Digest, ShareId};
use std::hint::black_box;
use std::sync::LazyLock;

/// Encoded stand-in, as long as most records of ended shares.
static STAND_IN: LazyLock<Vec<u8>> = LazyLock::new(|| stand_in().encode());

/// Returns the record of an opened message.
pub(super) fn stand_in() -> Record {
    let (digest, at) = (Digest::from_bytes([0x5a; 32]), Timestamp(1_700_000_000_000));
    let phase = Phase::Opened { until: at, at, grace: at, claim: digest, confirmed: None, handover: None, moved: None };
    Record {
        id: ShareId::from_bytes([0x5a; 10]),
        owner: digest,
        open: digest,
        password: None,
        body: digest,
        parts: 1,
        size: 0,
        part0: 328,
        lifetime: 604_800,
        created: at,
        phase,
        wrong: 0,
        retry: None,
        guesses: Vec::new(),
        lost: None,
    }
}

/// Copies the stand-in record as often as a store copies the bytes of a record while it reads them.
pub fn copy_stand_in(times: usize) {
    for _ in 0..times {
        let _ = black_box(black_box(&STAND_IN).to_vec());
    }
}

/// Decodes the stand-in record.
pub fn decode_stand_in() {
    let _ = black_box(Record::decode(black_box(&STAND_IN)));
}

#[cfg(test)]
mod tests {
    use super::{Record, STAND_IN};

    #[test]
    fn the_stand_in_decodes() {
        assert!(Record::decode(&STAND_IN).is_ok());
    }
}
