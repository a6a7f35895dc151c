//! Figures about the shares and requests in a store, without any id.

use super::Timestamp;
use super::record::{Record, State};
use crate::share::request::{RequestRecord, RequestState};

/// The numbers of shares and requests that a store holds, and their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Shares whose parts are still arriving.
    pub uploading: u64,
    /// Shares that can be opened.
    pub waiting: u64,
    /// Opened shares whose receiver may still fetch the parts.
    pub opened: u64,
    /// Records of shares that have ended, without parts.
    pub ended: u64,
    /// Requests that take answers.
    pub asking: u64,
    /// Records of requests that take no more answers, with those that came.
    pub asked: u64,
    /// Bytes of all parts, and of the boxes of requests.
    pub bytes: u64,
    /// Creation time of the oldest share that has parts.
    pub oldest: Option<Timestamp>,
}

impl Usage {
    /// Adds one share. `bytes` is the length of its stored parts.
    pub fn add(&mut self, record: &Record, now: Timestamp, bytes: u64) {
        let count = match record.state(now) {
            State::Uploading => &mut self.uploading,
            State::Waiting => &mut self.waiting,
            State::Opened if record.grace_until(now).is_some() => &mut self.opened,
            State::Opened | State::Expired | State::Deleted | State::Removed => {
                self.ended += 1;
                return;
            }
        };
        *count += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        let created = record.created();
        self.oldest = Some(self.oldest.map_or(created, |oldest| oldest.min(created)));
    }

    /// Adds one request. `bytes` is the length of its box.
    pub fn add_request(&mut self, record: &RequestRecord, now: Timestamp, bytes: u64) {
        if record.state(now) != RequestState::Open {
            self.asked += 1;
            return;
        }
        self.asking += 1;
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::Usage;
    use crate::share::Timestamp;
    use crate::share::record::{Creation, Ending, Record};
    use onetimeshare_envelope::{Digest, ShareId};

    #[test]
    fn ended_shares_count_neither_bytes_nor_age() {
        let creation = |n, parts| Creation {
            id: ShareId::from_bytes([n; 10]),
            owner: Digest::of(b"owner"),
            open_verifier: Digest::of(b"link"),
            password_verifier: None,
            parts,
            size: u64::from(parts - 1) * 100,
            part0: 328,
            lifetime: 60,
            body: Digest::of(b"body"),
        };
        let now = Timestamp(1_000_000);
        let (waiting, uploading) = (Record::create(&creation(1, 1), now), Record::create(&creation(2, 2), now.plus(5)));
        let Ending::Change(removed) = Record::take_down(Some(&waiting), now, 60) else {
            panic!("it can be taken down")
        };
        let mut usage = Usage::default();
        usage.add(&removed.record, now, 328);
        assert_eq!(usage, Usage { ended: 1, ..Usage::default() });
        usage.add(&uploading, now.plus(5), 400);
        usage.add(&waiting, now.plus(5), 328);
        let wanted = Usage { uploading: 1, waiting: 1, ended: 1, bytes: 728, oldest: Some(now), ..Usage::default() };
        assert_eq!(usage, wanted);
        let mut later = Usage::default();
        later.add(&waiting, now.plus(60), 328);
        assert_eq!(later, Usage { ended: 1, ..Usage::default() });
    }
}
