//! Creating a share from its record and part 0.

use super::{ATTEMPTS, Changes, ServiceError, Stored, on_stored};
use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::record::{Creation, Grace, Record, State, Status};
use crate::store::NewShare;

/// A share that is in the store after [`Changes::create`].
#[derive(Debug)]
pub(crate) struct Created {
    /// Whether this call created it; false when an identical earlier call did.
    pub(crate) fresh: bool,
    /// Its present state.
    pub(crate) state: State,
    /// End of its lifetime.
    pub(crate) expires_at: Timestamp,
}

impl Changes<'_> {
    /// Stores a new share, or finds the same one stored already, so that a create can be repeated.
    ///
    /// # Errors
    /// [`ServiceError::Taken`] when another share exists under the id, [`ServiceError::Full`] or
    /// [`ServiceError::Promised`] without room for its files, [`ServiceError::ShareUsed`] when the client has used its
    /// share of the room.
    pub(crate) async fn create(&self, creation: &Creation, part0: &[u8]) -> Result<Created, ServiceError> {
        let charged = self.quotas.admit(self.client, creation).await?;
        let created = self.insert(creation, part0).await;
        let is_stored = match &created {
            Ok(created) => matches!(created.state, State::Uploading | State::Waiting),
            // An insert whose reply was lost may have been executed.
            Err(error) => *error == ServiceError::Unavailable,
        };
        if charged && !is_stored {
            self.quotas.release(creation.id);
        }
        created
    }

    async fn insert(&self, creation: &Creation, part0: &[u8]) -> Result<Created, ServiceError> {
        let id = creation.id;
        for _ in 0..ATTEMPTS {
            let (creation, part0, grace) = (creation.clone(), part0.to_vec(), self.grace);
            let decide = move |stored, now| decide(stored, now, &creation, part0, grace);
            let (created, inserted) = self.store.load_then_insert(id, on_stored(decide)).await?;
            let created = created.map_err(taken_by_a_request)??;
            match inserted {
                None => {
                    self.settled(id).await?;
                    return Ok(created);
                }
                Some(true) => {
                    if created.state == State::Waiting {
                        self.count(Metrics::created, created.expires_at);
                    }
                    return Ok(created);
                }
                // Another create came first: its record decides.
                Some(false) => {}
            }
        }
        Err(ServiceError::Unavailable)
    }
}

/// Maps the error for a record under the id that is no share's.
pub(super) fn taken_by_a_request(error: ServiceError) -> ServiceError {
    if error == ServiceError::NotFound { ServiceError::Taken } else { error }
}

/// Returns the insert of a new share, or compares the creation with the stored one.
fn decide(
    stored: Option<Stored>,
    now: Timestamp,
    creation: &Creation,
    part0: Vec<u8>,
    grace: Grace,
) -> (Result<Created, ServiceError>, Option<NewShare>) {
    match stored {
        Some(Stored { record, .. }) => {
            let same = Record::is_owned_by(Some(&record), &creation.owner) && record.was_made_from(&creation.body);
            let status = Record::status(Some(&record), now, &creation.owner, grace).filter(|_| same);
            let created = |Status { state, expires_at, .. }| Created { fresh: false, state, expires_at };
            (status.map(created).ok_or(ServiceError::Taken), None)
        }
        None => {
            let record = Record::create(creation, now);
            let created = Created { fresh: true, state: record.state(now), expires_at: now.plus(creation.lifetime) };
            let (record_until, parts_until) = (record.record_until(now, grace), record.parts_until(now));
            (Ok(created), Some(NewShare { record: record.encode(), part0, record_until, parts_until }))
        }
    }
}
