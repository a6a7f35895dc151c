//! Transitions of opening: inspecting a share, opening it for one claim, and handing it over to another browser.

use super::{
    Change, Ending, Gone, Grace, Guess, Moved, OpenRequest, Opening, PartsFate, Peek, Phase, Record, State, Tries,
};
use crate::share::Timestamp;
use crate::share::guesser::Guesser;
use onetimeshare_envelope::Digest;

/// Wrong passwords of one client before it must wait.
const FREE_TRIES: u32 = 5;

/// Longest wait of one client between two password attempts, in minutes.
const LONGEST_WAIT: u64 = 60;

/// Wrong passwords of all clients together before the whole share must wait.
const SHARED_TRIES: u32 = 30;

/// Waits of the whole share in minutes, one for each wrong password from the 30th on. They add up to an hour: longer
/// waits would let anyone who holds the link keep the receiver out.
const SHARED_WAITS: [u64; 6] = [1, 2, 4, 8, 16, 29];

/// Most clients whose wrong passwords a record counts. Further ones share one attempt a second.
pub(super) const MAX_GUESSERS: usize = 256;

impl Record {
    /// Returns the password attempts of `client`: its own, and the wait of the whole share.
    fn tries(&self, now: Timestamp, client: Guesser) -> Tries {
        let own = self.guesses.iter().find(|guess| guess.by == client);
        let wait = |retry: Option<Timestamp>| retry.map_or(0, |retry| now.seconds_until(retry));
        Tries {
            left: FREE_TRIES.saturating_sub(own.map_or(0, |own| own.wrong)),
            retry_after: wait(own.and_then(|own| own.retry)).max(wait(self.retry)),
        }
    }

    /// Counts a wrong password of `client`.
    fn count_wrong(&mut self, now: Timestamp, client: Guesser) {
        self.wrong = self.wrong.saturating_add(1);
        let over = self.wrong.checked_sub(SHARED_TRIES).and_then(|over| usize::try_from(over).ok());
        self.retry = over.and_then(|over| SHARED_WAITS.get(over)).map(|minutes| now.plus(minutes * 60));
        let known = self.guesses.iter().position(|guess| guess.by == client);
        let wrong = known.map_or(0, |at| self.guesses[at].wrong).saturating_add(1);
        let retry = wrong.checked_sub(FREE_TRIES).map(|over| {
            let minutes = 1_u64.checked_shl(over).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
            now.plus(minutes * 60)
        });
        let own = Guess { by: client, wrong, retry };
        match known {
            Some(at) => self.guesses[at] = own,
            None if self.guesses.len() < MAX_GUESSERS => self.guesses.push(own),
            None => self.retry = self.retry.or(Some(now.plus(1))),
        }
    }

    /// Inspects a share without opening it. `open` is the digest of the proof that `client` sent.
    pub fn peek(record: Option<&Self>, now: Timestamp, open: &Digest, client: Guesser) -> Peek {
        let Some(record) = Self::proven(record, open) else {
            return Peek::NotFound;
        };
        match (record.over(now), &record.phase) {
            (Some((state, at)), _) => {
                Peek::Over { gone: Gone { state, at, yours: false }, grace_until: record.grace_until(now) }
            }
            (None, Phase::Waiting { until }) => Peek::Waiting {
                parts: record.parts,
                size: record.size,
                expires_at: *until,
                password: record.has_password().then(|| record.tries(now, client)),
            },
            (None, _) => Peek::NotFound,
        }
    }

    /// Opens a share, or returns why not, checking in the order of `docs/http-api.md`.
    pub fn open(record: Option<&Self>, now: Timestamp, request: &OpenRequest, grace: impl Into<Grace>) -> Opening {
        let grace = grace.into();
        let Some(record) = Self::proven(record, &request.open) else {
            return Opening::NotFound;
        };
        if let Some((state, at)) = record.over(now) {
            return record.open_again(now, request, grace, (state, at));
        }
        let Phase::Waiting { until } = record.phase else {
            return Opening::NotFound;
        };
        if let Some(refusal) = record.refuse_password(now, request, grace, until) {
            return refusal;
        }
        let grace_until = now.plus(record.allowance(grace));
        let phase = Phase::Opened {
            until,
            at: now,
            grace: grace_until,
            claim: request.claim,
            confirmed: None,
            handover: None,
            moved: None,
        };
        Opening::Open(record.opened_as(phase, now, grace, grace_until), grace_until)
    }

    /// Opens a share that has ended `over`: again for the claim that opened it, or by handover for another claim.
    fn open_again(&self, now: Timestamp, request: &OpenRequest, grace: Grace, over: (State, Timestamp)) -> Opening {
        let (state, at) = over;
        let yours = Self::opened(Some(self), &request.claim).is_some();
        let registered = |record: &Self| match record.phase {
            Phase::Opened { handover, .. } => handover,
            _ => None,
        };
        let taken_over =
            request.handover.is_some_and(|brought| Self::holding(Some(self), registered, &brought).is_some());
        let Some(grace_until) = self.grace_until(now).filter(|_| yours || taken_over) else {
            return Opening::Gone(Gone { state, at, yours });
        };
        if yours {
            // Its browser knows the password, so a wrong one is not counted.
            return match (self.password, request.password) {
                (Some(_), None) => Opening::PasswordNeeded,
                (Some(verifier), Some(proof)) if verifier != proof => {
                    Opening::WrongAgain(self.tries(now, request.client))
                }
                _ => Opening::Again { grace_until },
            };
        }
        if let Some(refusal) = self.refuse_password(now, request, grace, grace_until) {
            return refusal;
        }
        let mut phase = self.phase.clone();
        if let Phase::Opened { claim, handover, moved, .. } = &mut phase {
            let times = moved.map_or(0, |moved| moved.times).saturating_add(1);
            (*claim, *handover, *moved) = (request.claim, None, Some(Moved { times, at: now }));
        }
        Opening::Move(self.opened_as(phase, now, grace, grace_until), grace_until)
    }

    /// Returns the change to an opened `phase`, which also reads part 0.
    fn opened_as(&self, phase: Phase, now: Timestamp, grace: Grace, grace_until: Timestamp) -> Box<Change> {
        let parts = match self.parts {
            1 => PartsFate::OpenAlone(grace_until),
            _ => PartsFate::Open(grace_until),
        };
        // Who opened it knows the password: earlier guesses no longer matter.
        Self::change(Self { phase, retry: None, guesses: Vec::new(), ..self.clone() }, now, grace, parts)
    }

    /// Returns why the password in `request` does not open the share, or `None` if it does. A wrong one is counted by
    /// a change that keeps the parts until `parts_until`.
    fn refuse_password(
        &self,
        now: Timestamp,
        request: &OpenRequest,
        grace: Grace,
        parts_until: Timestamp,
    ) -> Option<Opening> {
        let verifier = self.password?;
        let Some(proof) = request.password else {
            return Some(Opening::PasswordNeeded);
        };
        let retry_after = self.tries(now, request.client).retry_after;
        if retry_after > 0 {
            return Some(Opening::Wait { retry_after });
        }
        (verifier != proof).then(|| {
            let mut record = self.clone();
            record.count_wrong(now, request.client);
            let tries = record.tries(now, request.client);
            Opening::WrongPassword(Self::change(record, now, grace, PartsFate::Keep(parts_until)), tries)
        })
    }

    /// Registers the handover whose digest is `handover`, in place of an earlier one. Only for the claim that opened
    /// the share, within its grace.
    pub fn register_handover(
        record: Option<&Self>,
        now: Timestamp,
        claim: &Digest,
        handover: Digest,
        grace: impl Into<Grace>,
    ) -> Ending {
        let opened = Self::opened(record, claim).and_then(|record| Some((record, record.grace_until(now)?)));
        let Some((record, grace_until)) = opened else {
            return Ending::NotFound;
        };
        let mut after = record.clone();
        match &mut after.phase {
            Phase::Opened { handover: Some(known), .. } if *known == handover => return Ending::Already,
            Phase::Opened { handover: registered, .. } => *registered = Some(handover),
            _ => return Ending::NotFound,
        }
        Ending::Change(Self::change(after, now, grace.into(), PartsFate::Keep(grace_until)))
    }
}
