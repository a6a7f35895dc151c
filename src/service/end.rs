//! Changes by the holder of a secret: confirming, deleting, registering a handover.

use super::upload::count_refused_owner;
use super::{ATTEMPTS, Changes, ServiceError};
use crate::metrics::Metrics;
use crate::share::Timestamp;
use crate::share::record::{Ending, Record, State};
use crate::store::Swapped;
use onetimeshare_envelope::{Digest, ShareId};

/// The kind of record that the site's operator took down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakenDown {
    /// A share, and the state it ended in.
    Share(State),
    /// A request.
    Request,
}

impl Changes<'_> {
    /// Ends an opened share whose reader has everything.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for any claim but the one that opened it.
    pub(crate) async fn confirm(&self, id: ShareId, claim: &Digest) -> Result<(), ServiceError> {
        let (claim, grace) = (*claim, self.grace);
        self.end(id, move |record, now| Record::confirm(record, now, &claim, grace)).await?;
        self.quotas.release(id);
        Ok(())
    }

    /// Deletes a share that was not opened.
    ///
    /// # Errors
    /// [`ServiceError::Gone`] when it was opened, [`ServiceError::NotFound`] for anyone but its owner.
    pub(crate) async fn delete(&self, id: ShareId, owner: &Digest) -> Result<(), ServiceError> {
        let (owner, grace) = (*owner, self.grace);
        let ended = self.remove(id, move |record, now| Record::delete(record, now, &owner, grace)).await;
        ended.inspect_err(count_refused_owner)
    }

    /// Ends a share or a request on behalf of the site's operator. An opened share loses its parts, a request its
    /// answers. Returns what it was, and the state it ended in.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is none.
    pub(crate) async fn take_down(&self, id: ShareId) -> Result<TakenDown, ServiceError> {
        match self.take_down_share(id).await {
            Ok(state) => Ok(TakenDown::Share(state)),
            Err(ServiceError::NotFound) => self.take_down_request(id).await.map(|()| TakenDown::Request),
            Err(error) => Err(error),
        }
    }

    async fn take_down_share(&self, id: ShareId) -> Result<State, ServiceError> {
        let grace = self.grace;
        self.remove(id, move |record, now| Record::take_down(record, now, grace)).await?;
        let (stored, now) = self.load(id).await?;
        let state = stored.ok_or(ServiceError::NotFound)?.record.state(now);
        tracing::info!(?state, "share taken down by the operator");
        Ok(state)
    }

    /// Registers the handover with which another browser can take over an opened share.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for any claim but the one that opened it, and after the grace.
    pub(crate) async fn register_handover(
        &self,
        id: ShareId,
        claim: &Digest,
        handover: Digest,
    ) -> Result<(), ServiceError> {
        let (claim, grace) = (*claim, self.grace);
        let transition =
            move |record: Option<&Record>, now| Record::register_handover(record, now, &claim, handover, grace);
        self.end(id, transition).await.map(|_| ())
    }

    /// Applies a transition that removes a share, counts it if it was waiting, and gives its bytes back.
    async fn remove(
        &self,
        id: ShareId,
        transition: impl Fn(Option<&Record>, Timestamp) -> Ending + Copy + Send + 'static,
    ) -> Result<(), ServiceError> {
        if let Some(until) = self.end(id, transition).await? {
            self.count(Metrics::deleted, until);
        }
        self.quotas.release(id);
        Ok(())
    }

    /// Applies a transition that ends a share or prepares its end. Returns the end of its lifetime, if it was waiting.
    async fn end(
        &self,
        id: ShareId,
        transition: impl Fn(Option<&Record>, Timestamp) -> Ending + Copy + Send + 'static,
    ) -> Result<Option<Timestamp>, ServiceError> {
        for _ in 0..ATTEMPTS {
            let decide = move |record: Option<&Record>, now| match transition(record, now) {
                Ending::NotFound => (Err(ServiceError::NotFound), None),
                Ending::Already => (Ok(None), None),
                Ending::Opened(gone) => (Err(ServiceError::Gone(gone)), None),
                Ending::Change(change) => {
                    let waiting = record.filter(|record| record.state(now) == State::Waiting);
                    (Ok(waiting.map(|record| record.parts_until(now))), Some(change))
                }
            };
            let (waited, swapped) = self.change(id, decide).await?;
            let waited = waited?;
            match swapped {
                None => {
                    self.settled(id).await?;
                    return Ok(waited);
                }
                Some(Swapped::Done(_)) => return Ok(waited),
                Some(Swapped::Changed) => {}
                Some(Swapped::Missing) => return Err(ServiceError::NotFound),
            }
        }
        Err(ServiceError::Unavailable)
    }
}
