//! The steps of a share's life as both faces of the site take them, JSON and forms: load, ask
//! [`Record`](crate::share::record) what may happen, swap. A lost swap loads and asks again.

mod answers;
pub mod parts;
pub mod reservations;
pub mod streaming;
pub mod watch;

use super::errors::{Code, Problem};
use crate::config::Settings;
use crate::metrics::Metrics;
use crate::share::record::{
    Change, Creation, Ending, OpenRequest, Opening, PartsFate, Peek, Record, State, Status, read_stand_in,
};
use crate::share::{Digest, ShareId, Timestamp};
use crate::store::{BIG_PART, Command, Loaded, Reply, Store, StoreError, Swapped};
use answers::Found;
pub use answers::{Created, NotOpened, Opened, rfc3339, state_name};
use reservations::Reservations;
use rocket::tokio::select;
use rocket::tokio::time::{Instant, sleep_until};
use std::sync::Arc;
use watch::Watch;

/// How often a swap may be lost to others before the asker is told to come back.
const ATTEMPTS: usize = 5;

/// The shares of this site: the store and the site's rule about grace.
#[derive(Clone)]
pub struct Shares {
    store: Store,
    grace: u64,
    reservations: Arc<Reservations>,
    metrics: Option<Arc<Metrics>>,
    watch: Watch,
}

/// A record with the very bytes it is stored as.
struct Stored {
    bytes: Vec<u8>,
    record: Record,
}

impl Stored {
    fn read(bytes: Option<Vec<u8>>) -> Result<Option<Self>, Problem> {
        let Some(bytes) = bytes else {
            // Else a stranger could tell by the time whether there is one.
            read_stand_in();
            return Ok(None);
        };
        match Record::decode(&bytes) {
            Ok(record) => Ok(Some(Self { bytes, record })),
            Err(unreadable) => {
                tracing::error!(%unreadable, "a share cannot be read");
                Err(Code::Unavailable.into())
            }
        }
    }

    /// The command that makes a change.
    fn changed_by(self, change: Change) -> Command {
        let Change { record, record_until, parts } = change;
        let big = matches!(parts, PartsFate::Open(_) | PartsFate::OpenAlone(_)) && is_big(&self.record);
        Command::Swap { id: record.id(), old: self.bytes, new: record.encode(), record_until, parts, big }
    }
}

impl Shares {
    /// The shares of `store` under the site's settings, counted in `metrics`.
    pub fn new(store: Store, settings: &Settings, metrics: Option<Arc<Metrics>>) -> Self {
        let watch = Watch::new(store.clone());
        Self { store, grace: settings.grace, reservations: Arc::default(), metrics, watch }
    }

    /// Counts what happened to a share that waits, or would have waited, until then.
    fn count(&self, event: fn(&Metrics, Timestamp), until: Timestamp) {
        if let Some(metrics) = &self.metrics {
            event(metrics, until);
        }
    }

    async fn load(&self, id: ShareId) -> Result<(Option<Stored>, Timestamp), Problem> {
        let loaded = self.store.load(id).await?;
        Ok((Stored::read(loaded.record)?, loaded.now))
    }

    /// Loads a share and carries out the command that `decide` answers, if any. Answers what else it told, and the reply.
    async fn step<T: Send + Sync + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Option<Stored>, Timestamp) -> (T, Option<Command>) + Send + 'static,
    ) -> Result<(T, Option<Reply>), Problem> {
        let read = move |loaded: Loaded| match Stored::read(loaded.record) {
            Err(problem) => (Err(problem), None),
            Ok(stored) => {
                let (told, command) = decide(stored, loaded.now);
                (Ok(told), command)
            }
        };
        let (told, reply) = self.store.step(id, read).await?;
        Ok((told?, reply))
    }

    /// The same for a change of what is there.
    async fn change<T: Send + Sync + 'static>(
        &self,
        id: ShareId,
        decide: impl FnOnce(Option<&Record>, Timestamp) -> (T, Option<Box<Change>>) + Send + 'static,
    ) -> Result<(T, Option<Swapped>), Problem> {
        let decide = move |stored: Option<Stored>, now| {
            let (told, change) = decide(stored.as_ref().map(|stored| &stored.record), now);
            (told, stored.zip(change).map(|(stored, change)| stored.changed_by(*change)))
        };
        let (told, reply) = self.step(id, decide).await?;
        Ok((told, reply.map(|reply| self.swapped(id, reply)).transpose()?))
    }

    /// Makes a change of a share that was loaded before.
    async fn swap(&self, stored: Stored, change: Change) -> Result<Swapped, Problem> {
        let id = change.record.id();
        let reply = self.store.call(stored.changed_by(change)).await?;
        self.swapped(id, reply)
    }

    /// What a swap came to, which whoever watches the share is told of.
    fn swapped(&self, id: ShareId, reply: Reply) -> Result<Swapped, Problem> {
        let Reply::Swapped(swapped) = reply else {
            return Err(StoreError::Unavailable("the store mixed up its answers".into()).into());
        };
        if let Swapped::Done(_) = swapped {
            self.watch.changed(id);
        }
        Ok(swapped)
    }

    /// Stores a new share, or finds that the same one is there already.
    ///
    /// # Errors
    /// `taken` when another one stands under the id.
    pub async fn create(&self, creation: &Creation, part0: &[u8]) -> Result<Created, Problem> {
        // What brings files asks whether there is room for them, unless it is there already.
        if creation.size > 0
            && self.store.load(creation.id).await?.record.is_none()
            && !self.reservations.reserve(creation.id, creation.size, self.store.room().await?)
        {
            self.store.make_room();
            return Err(Code::Full.into());
        }
        for _ in 0..ATTEMPTS {
            let (creation, part0, grace) = (creation.clone(), part0.to_vec(), self.grace);
            let (id, lifetime) = (creation.id, creation.lifetime);
            let decide = move |stored: Option<Stored>, now: Timestamp| match stored {
                Some(Stored { record, .. }) => {
                    let same =
                        Record::is_owned_by(Some(&record), &creation.owner) && record.was_made_from(&creation.body);
                    let status = Record::status(Some(&record), now, &creation.owner, grace).filter(|_| same);
                    let made = |Status { state, expires_at, .. }| Created { fresh: false, state, expires_at };
                    (status.map(made).ok_or_else(|| Code::Taken.into()), None)
                }
                None => {
                    let record = Record::create(&creation, now);
                    let created = Created { fresh: true, state: record.state(now), expires_at: now.plus(lifetime) };
                    let (record_until, parts_until) = (record.record_until(now, grace), record.parts_until(now));
                    (
                        Ok(created),
                        Some(Command::Insert { id, record: record.encode(), part0, record_until, parts_until }),
                    )
                }
            };
            let (created, reply): (Result<Created, Problem>, _) = self.step(id, decide).await?;
            let created = created?;
            match reply {
                None => {
                    self.settled(id).await?;
                    return Ok(created);
                }
                Some(Reply::Inserted(true)) => {
                    if created.state == State::Waiting {
                        self.count(Metrics::created, created.expires_at);
                    }
                    return Ok(created);
                }
                // Somebody else came first: this is looked at again.
                Some(_) => {}
            }
        }
        Err(Code::Unavailable.into())
    }

    /// Looks, and uses nothing up.
    pub async fn peek(&self, id: ShareId, open: &Digest) -> Result<(Peek, Timestamp), Problem> {
        let (stored, now) = self.load(id).await?;
        Ok((Record::peek(stored.as_ref().map(|stored| &stored.record), now, open), now))
    }

    /// Opens for one claim. The claim is durable before this returns.
    pub async fn open(&self, id: ShareId, request: &OpenRequest) -> Result<Opened, NotOpened> {
        for _ in 0..ATTEMPTS {
            let (request, grace) = (request.clone(), self.grace);
            let decide = move |record: Option<&Record>, now| {
                let found = |grace_until| record.map(|record| Found::new(record, now, grace_until));
                let refused = |refusal| (Err(refusal), None);
                match Record::open(record, now, &request, grace) {
                    Opening::NotFound => refused(NotOpened::NotFound),
                    Opening::Gone(gone) => refused(NotOpened::Gone(gone)),
                    Opening::PasswordNeeded => refused(NotOpened::PasswordNeeded),
                    Opening::Wait { retry_after } => refused(NotOpened::Wait(retry_after)),
                    Opening::WrongPassword(change, tries) => (Err(NotOpened::WrongPassword(tries)), Some(change)),
                    Opening::Again { grace_until } => (found(grace_until).ok_or(NotOpened::NotFound), None),
                    Opening::Open(change, grace_until) => (found(grace_until).ok_or(NotOpened::NotFound), Some(change)),
                }
            };
            let (found, swapped) = self.change(id, decide).await?;
            match swapped {
                Some(Swapped::Changed) => continue,
                Some(Swapped::Missing) => return Err(NotOpened::NotFound),
                Some(Swapped::Done(_)) | None => {}
            }
            let found: Found = found?;
            let part0 = match swapped {
                Some(Swapped::Done(part0)) => {
                    self.count(Metrics::opened, found.until);
                    part0
                }
                _ => self.store.get_part(id, 0, found.big).await.map_err(Problem::from)?,
            };
            return part0.map(|part0| found.opened(part0)).ok_or(NotOpened::NotFound);
        }
        Err(Problem::new(Code::Unavailable).into())
    }

    /// Waits until what was found done is as safe as what is done anew: reading a part waits for the copies that the
    /// settings of a Redis ask for, and a record alone does not.
    async fn settled(&self, id: ShareId) -> Result<(), Problem> {
        self.store.get_part(id, 0, true).await?;
        Ok(())
    }

    /// Ends a share by a transition that answers [`Ending`]. Answers until when it would have waited, if it was waiting.
    async fn end(
        &self,
        id: ShareId,
        transition: impl Fn(Option<&Record>, Timestamp) -> Ending + Copy + Send + 'static,
    ) -> Result<Option<Timestamp>, Problem> {
        for _ in 0..ATTEMPTS {
            let decide = move |record: Option<&Record>, now| match transition(record, now) {
                Ending::NotFound => (Err(Code::NotFound.into()), None),
                Ending::Already => (Ok(None), None),
                Ending::Opened(gone) => (Err(NotOpened::Gone(gone).into()), None),
                Ending::Change(change) => {
                    let waiting = record.filter(|record| record.state(now) == State::Waiting);
                    (Ok(waiting.map(|record| record.parts_until(now))), Some(change))
                }
            };
            let (waited, swapped): (Result<_, Problem>, _) = self.change(id, decide).await?;
            let waited = waited?;
            match swapped {
                None => {
                    self.settled(id).await?;
                    return Ok(waited);
                }
                Some(Swapped::Done(_)) => return Ok(waited),
                Some(Swapped::Changed) => {}
                Some(Swapped::Missing) => return Err(Code::NotFound.into()),
            }
        }
        Err(Code::Unavailable.into())
    }

    /// The reader has everything.
    pub async fn confirm(&self, id: ShareId, claim: &Digest) -> Result<(), Problem> {
        let (claim, grace) = (*claim, self.grace);
        self.end(id, move |record, now| Record::confirm(record, now, &claim, grace)).await.map(|_| ())
    }

    /// The sender takes it back.
    ///
    /// # Errors
    /// `gone` when it was opened.
    pub async fn delete(&self, id: ShareId, owner: &Digest) -> Result<(), Problem> {
        let (owner, grace) = (*owner, self.grace);
        if let Some(until) = self.end(id, move |record, now| Record::delete(record, now, &owner, grace)).await? {
            self.count(Metrics::deleted, until);
        }
        self.reservations.release(id);
        Ok(())
    }

    /// What the sender sees.
    pub async fn status(&self, id: ShareId, owner: &Digest) -> Result<Status, Problem> {
        Ok(self.told(&self.store.load(id).await?, owner)?.0)
    }

    /// As [`Shares::status`], but not before something differs from what was `seen`, `until` has come, or the server
    /// is told to `end`. Answers at once when too many wait.
    ///
    /// # Errors
    /// As there; also when the store goes away for longer than a moment, or is away at the end of the wait.
    pub async fn status_beyond(
        &self,
        (id, owner): (ShareId, &Digest),
        seen: impl Fn(&Status) -> bool,
        until: Instant,
        end: impl Future<Output = ()>,
    ) -> Result<Status, Problem> {
        let mut end = std::pin::pin!(end);
        // Where the last reading says that nothing has changed, it is as good as a question of one's own: the next one
        // is compared with it.
        let mut lately = self.watch.lately(id);
        loop {
            let Some(place) = self.watch.place(id) else {
                return self.status(id, owner).await;
            };
            let (loaded, fresh) = match lately.take() {
                Some(loaded) => (loaded, false),
                None => (self.store.load(id).await?, true),
            };
            let (status, changes_at) = match self.told(&loaded, owner) {
                Ok((status, changes_at)) if seen(&status) => (status, changes_at),
                Ok((status, _)) if fresh => return Ok(status),
                Err(problem) if fresh => return Err(problem),
                Ok(_) | Err(_) => continue,
            };
            place.knows(loaded.record.as_ref(), changes_at);
            select! {
                () = place.changed() => {
                    if self.watch.is_away() {
                        return Err(Code::Unavailable.into());
                    }
                }
                () = &mut end => return Ok(status),
                () = sleep_until(until) => {
                    return if self.watch.is_sound() { Ok(status) } else { self.status(id, owner).await };
                }
            }
        }
    }

    /// What a record says to its owner, and when that changes by itself.
    fn told(&self, loaded: &Loaded, owner: &Digest) -> Result<(Status, Option<Timestamp>), Problem> {
        let stored = Stored::read(loaded.record.clone())?;
        let record = stored.as_ref().map(|stored| &stored.record);
        let status = Record::status(record, loaded.now, owner, self.grace).ok_or(Code::NotFound)?;
        Ok((status, record.and_then(|record| record.changes_at(loaded.now))))
    }

    /// The store's time, as far as it is known from an answer a moment ago; else asked for.
    async fn now(&self) -> Result<Timestamp, Problem> {
        match self.store.now_estimate() {
            Some(now) => Ok(now),
            None => Ok(self.store.load(ShareId::from_bytes([0; 10])).await?.now),
        }
    }

    /// The store below, for those that ask after its health.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// Whether part 0 shall wait in the lane of long parts.
fn is_big(record: &Record) -> bool {
    record.part0() as usize > BIG_PART
}
