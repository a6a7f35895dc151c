//! Looking at a share and opening it for one claim.

use super::{ATTEMPTS, Changes, ServiceError, is_big};
use crate::metrics::{Guard, Metrics};
use crate::share::Timestamp;
use crate::share::record::{OpenRequest, Opening, Peek, Record};
use crate::store::Swapped;
use onetimeshare_envelope::keys::Proof;
use onetimeshare_envelope::{Claim, Handover, ShareId};

/// A receiver's attempt to open a share.
pub(crate) struct Attempt<'a> {
    /// Proof of the link key.
    pub(crate) open_proof: &'a Proof,
    /// The receiver's claim.
    pub(crate) claim: &'a Claim,
    /// Proof of the password, if one was typed.
    pub(crate) password_proof: Option<&'a Proof>,
    /// The handover in the link, if it holds one.
    pub(crate) handover: Option<&'a Handover>,
}

/// An opened share, as its one reader receives it.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The encrypted bytes of part 0.
    pub(crate) part0: Vec<u8>,
    /// Number of parts, part 0 included.
    pub(crate) parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub(crate) size: u64,
    /// End of the grace: until then the same claim can fetch everything again.
    pub(crate) grace_until: Timestamp,
}

/// Facts of an opened share that its record holds.
struct Found {
    parts: u32,
    size: u64,
    grace_until: Timestamp,
    /// End of the lifetime, had it not been opened.
    until: Timestamp,
    /// Whether part 0 is longer than [`crate::store::BIG_PART`].
    big: bool,
    /// Whether an opened share moves to another claim.
    moves: bool,
}

impl Found {
    fn new(record: &Record, now: Timestamp, grace_until: Timestamp, moves: bool) -> Self {
        Self {
            parts: record.parts(),
            size: record.size(),
            grace_until,
            until: record.parts_until(now),
            big: is_big(record),
            moves,
        }
    }

    fn opened(self, part0: Vec<u8>) -> Opened {
        let Self { parts, size, grace_until, .. } = self;
        Opened { part0, parts, size, grace_until }
    }
}

impl Changes<'_> {
    /// Describes a share to a holder of the link key, whose proof is `open_proof`. Changes nothing.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn peek(&self, id: ShareId, open_proof: &Proof) -> Result<Peek, ServiceError> {
        let (stored, now) = self.load(id).await?;
        let record = stored.as_ref().map(|stored| &stored.record);
        Ok(Record::peek(record, now, &open_proof.verifier(), self.client.guesser(open_proof)))
    }

    /// Opens a share for one claim. The claim is durable before this returns.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], [`ServiceError::Gone`], and those about the password.
    pub(crate) async fn open(&self, id: ShareId, attempt: &Attempt<'_>) -> Result<Opened, ServiceError> {
        let request = OpenRequest {
            open: attempt.open_proof.verifier(),
            claim: attempt.claim.digest(),
            password: attempt.password_proof.map(Proof::verifier),
            handover: attempt.handover.map(Handover::digest),
            client: self.client.guesser(attempt.open_proof),
        };
        for _ in 0..ATTEMPTS {
            let (request, grace) = (request.clone(), self.grace);
            let decide = move |record: Option<&Record>, now| {
                let found = |grace_until, moves| {
                    record.map(|record| Found::new(record, now, grace_until, moves)).ok_or(ServiceError::NotFound)
                };
                match Record::open(record, now, &request, grace) {
                    Opening::NotFound => (Err(ServiceError::NotFound), None),
                    Opening::Gone(gone) => (Err(ServiceError::Gone(gone)), None),
                    Opening::PasswordNeeded => (Err(ServiceError::PasswordNeeded), None),
                    Opening::Wait { retry_after } => (Err(ServiceError::Wait(retry_after)), None),
                    Opening::WrongPassword(change, tries) => (Err(ServiceError::WrongPassword(tries)), Some(change)),
                    Opening::WrongAgain(tries) => (Err(ServiceError::WrongPassword(tries)), None),
                    Opening::Again { grace_until } => (found(grace_until, false), None),
                    Opening::Open(change, grace_until) => (found(grace_until, false), Some(change)),
                    Opening::Move(change, grace_until) => (found(grace_until, true), Some(change)),
                }
            };
            let (found, swapped) = self.change(id, decide).await?;
            match swapped {
                Some(Swapped::Changed) => continue,
                Some(Swapped::Missing) => return Err(ServiceError::NotFound),
                Some(Swapped::Done(_)) | None => {}
            }
            let found = found.inspect_err(count_refusal)?;
            let part0 = match swapped {
                Some(Swapped::Done(part0)) => {
                    if !found.moves {
                        self.count(Metrics::opened, found.until);
                        self.quotas.opened(id, found.grace_until);
                    }
                    part0
                }
                _ => self.store.get_part(id, 0, found.big).await?,
            };
            return part0.map(|part0| found.opened(part0)).ok_or(ServiceError::NotFound);
        }
        Err(ServiceError::Unavailable)
    }
}

/// Counts a refused password.
fn count_refusal(error: &ServiceError) {
    match error {
        ServiceError::WrongPassword(_) => Guard::WrongPassword.count(),
        ServiceError::Wait(_) => Guard::PasswordWait.count(),
        _ => {}
    }
}
