//! Looking at a share and opening it for one claim.

use super::{ATTEMPTS, Changes, ServiceError, Shares, is_big};
use crate::metrics::Metrics;
use crate::share::record::{OpenRequest, Opening, Peek, Record};
use crate::share::{Digest, ShareId, Timestamp};
use crate::store::Swapped;

/// An opened share, as its one reader receives it.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The encrypted bytes of part 0.
    pub(crate) part0: Vec<u8>,
    /// Number of parts, part 0 included.
    pub(crate) parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub(crate) size: u64,
    /// Whether the sender set a password.
    pub(crate) protected: bool,
    /// End of the grace: until then the same claim can fetch everything again.
    pub(crate) grace_until: Timestamp,
}

/// Facts of an opened share that its record holds.
struct Found {
    parts: u32,
    size: u64,
    protected: bool,
    grace_until: Timestamp,
    /// End of the lifetime, had it not been opened.
    until: Timestamp,
    /// Whether part 0 is longer than [`crate::store::BIG_PART`].
    big: bool,
}

impl Found {
    fn new(record: &Record, now: Timestamp, grace_until: Timestamp) -> Self {
        Self {
            parts: record.parts(),
            size: record.size(),
            protected: record.has_password(),
            grace_until,
            until: record.parts_until(now),
            big: is_big(record),
        }
    }

    fn opened(self, part0: Vec<u8>) -> Opened {
        let Self { parts, size, protected, grace_until, .. } = self;
        Opened { part0, parts, size, protected, grace_until }
    }
}

impl Shares {
    /// Describes a share to a holder of the link key. Changes nothing.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn peek(&self, id: ShareId, open: &Digest) -> Result<(Peek, Timestamp), ServiceError> {
        let (stored, now) = self.load(id).await?;
        Ok((Record::peek(stored.as_ref().map(|stored| &stored.record), now, open), now))
    }
}

impl Changes<'_> {
    /// Opens a share for one claim. The claim is durable before this returns.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], [`ServiceError::Gone`], and those about the password.
    pub(crate) async fn open(&self, id: ShareId, request: &OpenRequest) -> Result<Opened, ServiceError> {
        for _ in 0..ATTEMPTS {
            let (request, grace) = (request.clone(), self.grace);
            let decide = move |record: Option<&Record>, now| {
                let found = |grace_until| {
                    record.map(|record| Found::new(record, now, grace_until)).ok_or(ServiceError::NotFound)
                };
                match Record::open(record, now, &request, grace) {
                    Opening::NotFound => (Err(ServiceError::NotFound), None),
                    Opening::Gone(gone) => (Err(ServiceError::Gone(gone)), None),
                    Opening::PasswordNeeded => (Err(ServiceError::PasswordNeeded), None),
                    Opening::Wait { retry_after } => (Err(ServiceError::Wait(retry_after)), None),
                    Opening::WrongPassword(change, tries) => (Err(ServiceError::WrongPassword(tries)), Some(change)),
                    Opening::Again { grace_until } => (found(grace_until), None),
                    Opening::Open(change, grace_until) => (found(grace_until), Some(change)),
                }
            };
            let (found, swapped) = self.change(id, decide).await?;
            match swapped {
                Some(Swapped::Changed) => continue,
                Some(Swapped::Missing) => return Err(ServiceError::NotFound),
                Some(Swapped::Done(_)) | None => {}
            }
            let found = found?;
            let part0 = match swapped {
                Some(Swapped::Done(part0)) => {
                    self.count(Metrics::opened, found.until);
                    part0
                }
                _ => self.store.get_part(id, 0, found.big).await?,
            };
            return part0.map(|part0| found.opened(part0)).ok_or(ServiceError::NotFound);
        }
        Err(ServiceError::Unavailable)
    }
}
