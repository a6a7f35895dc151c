//! The loss of a part by the site, which the status tells the sender.

use super::{Ending, Grace, PartsFate, Record};
use crate::share::Timestamp;
use onetimeshare_envelope::Digest;

impl Record {
    /// Notes that the site has lost a part, which the claim that opened the share asked for. The other parts stay. Only the
    /// first loss is noted.
    pub fn note_loss(record: Option<&Self>, now: Timestamp, claim: &Digest, grace: impl Into<Grace>) -> Ending {
        if !Self::may_read(record, now, claim) {
            return Ending::NotFound;
        }
        let Some(record) = record.filter(|record| record.lost.is_none()) else {
            return Ending::Already;
        };
        let parts = PartsFate::Keep(record.parts_until(now));
        Ending::Change(Self::change(Self { lost: Some(now), ..record.clone() }, now, grace.into(), parts))
    }
}
