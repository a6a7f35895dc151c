//! The use cases of requests: making one, looking at it, answering it, ending it, and its status. A request is a record
//! whose part 0 is the box.

use super::create::taken_by_a_request;
use super::status::Reading;
use super::upload::count_refused_owner;
use super::{ATTEMPTS, Changes, ServiceError, Shares, refuse_unreadable};
use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::guesser::ClientNetwork;
use crate::share::record::decode_stand_in;
use crate::share::request::{
    Answering, Look, Making, RequestChange, RequestEnding, RequestRecord, RequestState, RequestStatus,
};
use crate::store::{Loaded, NewShare, Swap, Swapped};
use onetimeshare_envelope::keys::Proof;
use onetimeshare_envelope::request::{SEALED, Sealed};
use onetimeshare_envelope::{Digest, ShareId};
use tokio::time::Instant;

/// Bytes that one answer takes in a record: the sealed link, and the time.
const ANSWER: u64 = SEALED as u64 + 16;

/// A request that is in the store after [`Changes::make_request`].
#[derive(Debug)]
pub(crate) struct Made {
    /// True when this call made the request, false when an identical earlier call did.
    pub(crate) fresh: bool,
    /// Its present state.
    pub(crate) state: RequestState,
    /// End of its lifetime.
    pub(crate) expires_at: Timestamp,
}

/// The part of a request that a holder of its link sees.
#[derive(Debug)]
pub(crate) enum LookedAt {
    /// It takes answers.
    Open {
        /// The encrypted key and note.
        sealed_box: Vec<u8>,
        /// Answers that it still takes.
        answers_left: u8,
        /// End of its lifetime.
        expires_at: Timestamp,
    },
    /// It takes no more answers.
    Over {
        /// Why.
        state: RequestState,
        /// Since when.
        at: Timestamp,
    },
}

/// Decodes the record of a request. A missing one costs as much time.
fn read(bytes: Option<&Vec<u8>>) -> Result<Option<RequestRecord>, ServiceError> {
    let Some(bytes) = bytes else {
        decode_stand_in();
        return Ok(None);
    };
    match RequestRecord::decode(bytes) {
        Ok(record) => Ok(Some(record)),
        Err(unreadable) => Err(refuse_unreadable(unreadable)),
    }
}

/// Returns the status in a loaded record, and when it changes by itself.
fn read_status(loaded: &Loaded, owner: &Digest) -> Reading<RequestStatus> {
    let record = read(loaded.record.as_ref())?;
    let status = RequestRecord::status(record.as_ref(), loaded.now, owner).ok_or(ServiceError::NotFound)?;
    Ok((status, record.and_then(|record| record.changes_at(loaded.now))))
}

impl Changes<'_> {
    /// Stores a new request, or finds the same one stored already, so that making can be repeated.
    ///
    /// # Errors
    /// [`ServiceError::Taken`] when something else exists under the id; [`ServiceError::Full`] or
    /// [`ServiceError::ShareUsed`] without room for it and the answers that it can take.
    pub(crate) async fn make_request(&self, making: &Making, sealed_box: &[u8]) -> Result<Made, ServiceError> {
        let bytes = sealed_box.len() as u64 + u64::from(making.answers) * ANSWER;
        let lifetime = making.lifetime.saturating_add(making.kept);
        let charged = self.quotas.admit_small(self.client, making.id, bytes, lifetime).await?;
        let made = self.insert_request(making, sealed_box).await;
        // An insert whose reply was lost may have been executed.
        if charged && !matches!(made, Ok(_) | Err(ServiceError::Unavailable)) {
            self.quotas.release(making.id);
        }
        made
    }

    async fn insert_request(&self, making: &Making, sealed_box: &[u8]) -> Result<Made, ServiceError> {
        let id = making.id;
        for _ in 0..ATTEMPTS {
            let (making, part0) = (making.clone(), sealed_box.to_vec());
            let decide = move |loaded: Loaded| match read(loaded.record.as_ref()) {
                Err(error) => (Err(taken_by_a_request(error)), None),
                Ok(Some(record)) => {
                    let same = record.was_made_from(&making.owner, &making.body);
                    let made = Made { fresh: false, state: record.state(loaded.now), expires_at: record.until() };
                    (if same { Ok(made) } else { Err(ServiceError::Taken) }, None)
                }
                Ok(None) => {
                    let record = RequestRecord::make(&making, loaded.now);
                    let made = Made { fresh: true, state: RequestState::Open, expires_at: record.until() };
                    let (record_until, parts_until) = (record.kept_until(), record.until());
                    (Ok(made), Some(NewShare { record: record.encode(), part0, record_until, parts_until }))
                }
            };
            let (made, inserted) = self.store.load_then_insert(id, decide).await?;
            let made = made?;
            match inserted {
                None => {
                    self.settled(id).await?;
                    return Ok(made);
                }
                Some(true) => {
                    self.count(Metrics::asked, made.expires_at);
                    return Ok(made);
                }
                // Another insert came first: its record decides.
                Some(false) => {}
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Shows a request to a holder of the link, whose proof is `give_proof`. Changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an unknown id and a wrong proof.
    pub(crate) async fn look_at_request(&self, id: ShareId, give_proof: &Proof) -> Result<LookedAt, ServiceError> {
        for _ in 0..ATTEMPTS {
            let loaded = self.store.load(id).await?;
            let record = read(loaded.record.as_ref())?;
            let (answers_left, expires_at) =
                match RequestRecord::look(record.as_ref(), loaded.now, &give_proof.verifier()) {
                    Look::NotFound => return Err(ServiceError::NotFound),
                    Look::Over { state, at } => return Ok(LookedAt::Over { state, at }),
                    Look::Open { answers_left, expires_at } => (answers_left, expires_at),
                };
            if let Some(sealed_box) = self.store.get_part(id, 0, false).await? {
                return Ok(LookedAt::Open { sealed_box, answers_left, expires_at });
            }
            // It ended in between.
        }
        Err(ServiceError::Unavailable)
    }

    /// Hands in an answer. It is durable before this returns. Returns whether it is new, and its number.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an unknown id and a wrong proof; [`ServiceError::RequestFull`] and
    /// [`ServiceError::RequestOver`].
    pub(crate) async fn answer_request(
        &self,
        id: ShareId,
        give_proof: &Proof,
        sealed: Sealed,
    ) -> Result<(bool, u8), ServiceError> {
        let give = give_proof.verifier();
        let decide = move |record: Option<&RequestRecord>, now| match RequestRecord::answer(record, now, &give, &sealed)
        {
            Answering::NotFound => (Err(ServiceError::NotFound), None),
            Answering::Full => (Err(ServiceError::RequestFull), None),
            Answering::Over { state, at } => (Err(ServiceError::RequestOver(state, at)), None),
            Answering::Again(number) => (Ok((false, number)), None),
            Answering::Change(change, number) => (Ok((true, number)), Some(change)),
        };
        let (fresh, number) = self.change_request(id, decide).await?;
        if fresh {
            self.count(Metrics::answered, Timestamp(0));
        }
        Ok((fresh, number))
    }

    /// Ends a request for the person who asked. The answers that came can still be collected.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for anyone but its owner.
    pub(crate) async fn end_request(&self, id: ShareId, owner: &Digest) -> Result<(), ServiceError> {
        let owner = *owner;
        let ended = self.finish_request(id, move |record, now| RequestRecord::end(record, now, &owner)).await;
        ended.inspect_err(count_refused_owner)
    }

    /// Ends a request on behalf of the site's operator, with the answers that came.
    pub(super) async fn take_down_request(&self, id: ShareId) -> Result<(), ServiceError> {
        self.finish_request(id, RequestRecord::take_down).await?;
        self.quotas.release(id);
        tracing::info!("request taken down by the operator");
        Ok(())
    }

    async fn finish_request(
        &self,
        id: ShareId,
        transition: impl Fn(Option<&RequestRecord>, Timestamp) -> RequestEnding + Copy + Send + 'static,
    ) -> Result<(), ServiceError> {
        let decide = move |record: Option<&RequestRecord>, now| match transition(record, now) {
            RequestEnding::NotFound => (Err(ServiceError::NotFound), None),
            RequestEnding::Already => (Ok(()), None),
            RequestEnding::Change(change) => (Ok(()), Some(change)),
        };
        self.change_request(id, decide).await
    }

    /// Loads a request and stores the change that `decide` returns, if any. Decides again after a lost race.
    async fn change_request<T: Send + 'static>(
        &self,
        id: ShareId,
        decide: impl Fn(Option<&RequestRecord>, Timestamp) -> (Result<T, ServiceError>, Option<Box<RequestChange>>)
        + Copy
        + Send
        + 'static,
    ) -> Result<T, ServiceError> {
        for _ in 0..REQUEST_ATTEMPTS {
            let decide = move |loaded: Loaded| match read(loaded.record.as_ref()) {
                Err(error) => (Err(error), None),
                Ok(record) => {
                    let (decision, change) = decide(record.as_ref(), loaded.now);
                    (decision, loaded.record.zip(change).map(|(old, change)| swap(old, *change)))
                }
            };
            let (decision, swapped) = self.store.load_then_swap(id, decide).await?;
            let decision = decision?;
            match swapped {
                None => {
                    self.settled(id).await?;
                    return Ok(decision);
                }
                Some(Swapped::Done(_)) => {
                    self.watch.changed(id);
                    return Ok(decision);
                }
                // Another answer came first, or the request ended in between.
                Some(Swapped::Changed | Swapped::Missing) => {}
            }
        }
        Err(ServiceError::Unavailable)
    }
}

/// Attempts to win the compare-and-swap of a request. Each lost one means that another answer came, up to 20.
const REQUEST_ATTEMPTS: usize = 25;

fn swap(old: Vec<u8>, change: RequestChange) -> Swap {
    let RequestChange { record, parts } = change;
    Swap { old, new: record.encode(), record_until: record.kept_until(), parts, big: false }
}

impl Shares {
    /// Returns the status of a request to its owner.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for anyone but its owner.
    pub(crate) async fn request_status(&self, id: ShareId, owner: &Digest) -> Result<RequestStatus, ServiceError> {
        self.read_once(id, |loaded| read_status(loaded, owner)).await
    }

    /// Returns the status of a request once it differs from what was `seen`, as [`Shares::changed_status`] does for a
    /// share.
    ///
    /// # Errors
    /// As [`Shares::changed_status`].
    pub(crate) async fn changed_request_status(
        &self,
        (id, owner): (ShareId, &Digest),
        client: ClientNetwork,
        seen: impl Fn(&RequestStatus) -> bool,
        until: Instant,
        end: impl Future<Output = ()>,
    ) -> Result<RequestStatus, ServiceError> {
        self.read_changed(id, client, (|loaded: &Loaded| read_status(loaded, owner), seen), until, end).await
    }
}
