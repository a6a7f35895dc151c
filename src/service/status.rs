//! The sender's view of a share, immediate or held back until it changes.

use super::upload::count_refused_owner;
use super::{ServiceError, Shares, Stored};
use crate::share::Timestamp;
use crate::share::guesser::ClientNetwork;
use crate::share::record::{Record, Status};
use crate::store::Loaded;
use onetimeshare_envelope::{Digest, ShareId};
use tokio::select;
use tokio::time::{Instant, sleep_until};

/// What a caller may see of a record, and when that changes by itself.
pub(super) type Reading<T> = Result<(T, Option<Timestamp>), ServiceError>;

impl Shares {
    /// Returns the status of a share to its owner.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for anyone but its owner.
    pub(crate) async fn status(&self, id: ShareId, owner: &Digest) -> Result<Status, ServiceError> {
        self.read_once(id, |loaded| self.read_status(loaded, owner)).await
    }

    /// Loads a record and returns what `read` finds in it.
    pub(super) async fn read_once<T>(
        &self,
        id: ShareId,
        read: impl Fn(&Loaded) -> Reading<T>,
    ) -> Result<T, ServiceError> {
        let loaded = self.store.load(id).await?;
        Ok(read(&loaded).inspect_err(count_refused_owner)?.0)
    }

    /// Returns the status once it differs from what was `seen`, at `until`, or when `end` completes. Returns at once when
    /// too many requests wait, of this `client` or in all.
    ///
    /// # Errors
    /// As [`Shares::status`]; [`ServiceError::Unavailable`] when the store stops answering, or does not answer at the end
    /// of the wait.
    pub(crate) async fn changed_status(
        &self,
        (id, owner): (ShareId, &Digest),
        client: ClientNetwork,
        seen: impl Fn(&Status) -> bool,
        until: Instant,
        end: impl Future<Output = ()>,
    ) -> Result<Status, ServiceError> {
        self.read_changed(id, client, (|loaded: &Loaded| self.read_status(loaded, owner), seen), until, end).await
    }

    /// Returns what `read` finds in a record once that is no longer what was `seen`, as [`Shares::changed_status`] does.
    pub(super) async fn read_changed<T>(
        &self,
        id: ShareId,
        client: ClientNetwork,
        (read, seen): (impl Fn(&Loaded) -> Reading<T>, impl Fn(&T) -> bool),
        until: Instant,
        end: impl Future<Output = ()>,
    ) -> Result<T, ServiceError> {
        let mut end = std::pin::pin!(end);
        // A recent reading that shows no change replaces a query of our own: the next reading is compared with it.
        let mut recent = self.watch.recent(id);
        loop {
            let Some(mut waiter) = self.watch.register(id, client) else {
                return self.read_once(id, read).await;
            };
            let (loaded, fresh) = match recent.take() {
                Some(loaded) => (loaded, false),
                None => (self.store.load(id).await?, true),
            };
            let (status, changes_at) = match read(&loaded) {
                Ok((status, changes_at)) if seen(&status) => (status, changes_at),
                Ok((status, _)) if fresh => return Ok(status),
                Err(error) if fresh => return Err(error).inspect_err(count_refused_owner),
                Ok(_) | Err(_) => continue,
            };
            select! {
                changed = waiter.changed(&loaded, changes_at) => changed?,
                () = &mut end => return Ok(status),
                () = sleep_until(until) => {
                    return if self.watch.is_sound() { Ok(status) } else { self.read_once(id, read).await };
                }
            }
        }
    }

    /// Returns the status in a loaded record, and the time at which it changes by itself.
    fn read_status(&self, loaded: &Loaded, owner: &Digest) -> Reading<Status> {
        let stored = Stored::read(loaded.record.clone())?;
        let record = stored.as_ref().map(|stored| &stored.record);
        let status = Record::status(record, loaded.now, owner, self.grace).ok_or(ServiceError::NotFound)?;
        Ok((status, record.and_then(|record| record.changes_at(loaded.now))))
    }
}
