//! The steps of a share's life as both faces of the site take them, JSON and forms: load, ask
//! [`Record`](crate::share::record) what may happen, swap. A lost swap loads and asks again.

pub mod parts;
pub mod reservations;
pub mod streaming;
pub mod watch;

use super::errors::{Code, Problem};
use crate::config::Settings;
use crate::metrics::Metrics;
use crate::share::record::{
    Change, Creation, Ending, Gone, OpenRequest, Opening, PartsFate, Peek, Record, State, Status, Tries, read_stand_in,
};
use crate::share::{Digest, ShareId, Timestamp};
use crate::store::{BIG_PART, Loaded, Store, Swapped};
use reservations::Reservations;
use rocket::tokio::select;
use rocket::tokio::time::{Instant, sleep_until};
use std::sync::Arc;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
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

/// A share that stands in the store after a create.
#[derive(Debug)]
pub struct Created {
    /// Whether this call made it; else the same had been made before.
    pub fresh: bool,
    /// What it is now.
    pub state: State,
    /// When its lifetime ends.
    pub expires_at: Timestamp,
}

/// What the one reader gets.
pub struct Opened {
    /// The locked bytes of part 0.
    pub part0: Vec<u8>,
    /// Parts in all.
    pub parts: u32,
    /// Stored bytes of the parts from 1 on.
    pub size: u64,
    /// Whether a password was set.
    pub protected: bool,
    /// Until when everything can be fetched again with the same claim.
    pub grace_until: Timestamp,
}

/// Why a share was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// Unknown, uploading or a wrong proof.
    NotFound,
    /// It is over for this claim.
    Gone(Gone),
    /// It has a password and none came along.
    PasswordNeeded,
    /// Seconds to wait before a password is looked at.
    Wait(u64),
    /// A wrong password, which was counted.
    WrongPassword(Tries),
    /// The store or the call itself failed.
    Failed(Problem),
}

impl From<Problem> for NotOpened {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<NotOpened> for Problem {
    fn from(refusal: NotOpened) -> Self {
        match refusal {
            NotOpened::NotFound => Code::NotFound.into(),
            NotOpened::Gone(gone) => {
                let problem =
                    Problem::new(Code::Gone).with("state", state_name(gone.state)).with("at", rfc3339(gone.at));
                if gone.yours { problem.with("yours", true) } else { problem }
            }
            NotOpened::PasswordNeeded => Code::PasswordNeeded.into(),
            NotOpened::Wait(seconds) => Problem::new(Code::SlowDown).retry_after(seconds),
            NotOpened::WrongPassword(tries) => {
                let problem = Problem::new(Code::WrongPassword).with("tries_left", tries.left);
                if tries.retry_after > 0 { problem.retry_after(tries.retry_after) } else { problem }
            }
            NotOpened::Failed(problem) => problem,
        }
    }
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

    async fn swap(&self, stored: Stored, change: Change) -> Result<Swapped, Problem> {
        let id = change.record.id();
        let new = change.record.encode();
        let big = matches!(change.parts, PartsFate::Open(_)) && is_big(&stored.record);
        let swapped = self.store.swap(id, stored.bytes, new, change.record_until, change.parts, big).await?;
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
        for _ in 0..ATTEMPTS {
            let (stored, now) = self.load(creation.id).await?;
            if let Some(Stored { record, .. }) = stored {
                let same = record.is_owned_by(&creation.owner) && record.was_made_from(&creation.body);
                let status = Record::status(Some(&record), now, &creation.owner, self.grace).filter(|_| same);
                let status = status.ok_or(Code::Taken)?;
                self.settled(creation.id).await?;
                return Ok(Created { fresh: false, state: status.state, expires_at: status.expires_at });
            }
            if creation.size > 0 && !self.reservations.reserve(creation.id, creation.size, self.store.room().await?) {
                self.store.make_room();
                return Err(Code::Full.into());
            }
            let record = Record::create(creation, now);
            let (record_until, parts_until) = (record.record_until(now, self.grace), record.parts_until(now));
            if self.store.insert(creation.id, record.encode(), part0.to_vec(), record_until, parts_until).await? {
                let expires_at = now.plus(creation.lifetime);
                if record.state(now) == State::Waiting {
                    self.count(Metrics::created, expires_at);
                }
                return Ok(Created { fresh: true, state: record.state(now), expires_at });
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
            let (stored, now) = self.load(id).await?;
            let answer = Record::open(stored.as_ref().map(|stored| &stored.record), now, request, self.grace);
            let Some(stored) = stored else {
                return Err(NotOpened::NotFound);
            };
            let (parts, size) = (stored.record.parts(), stored.record.size());
            let protected = stored.record.has_password();
            let until = stored.record.parts_until(now);
            match answer {
                Opening::NotFound => return Err(NotOpened::NotFound),
                Opening::Gone(gone) => return Err(NotOpened::Gone(gone)),
                Opening::PasswordNeeded => return Err(NotOpened::PasswordNeeded),
                Opening::Wait { retry_after } => return Err(NotOpened::Wait(retry_after)),
                Opening::Again { grace_until } => {
                    let part0 = self.store.get_part(id, 0, is_big(&stored.record)).await.map_err(Problem::from)?;
                    let part0 = part0.ok_or(NotOpened::NotFound)?;
                    return Ok(Opened { part0, parts, size, protected, grace_until });
                }
                Opening::WrongPassword(change, tries) => match self.swap(stored, *change).await? {
                    Swapped::Done(_) => return Err(NotOpened::WrongPassword(tries)),
                    Swapped::Changed => {}
                    Swapped::Missing => return Err(NotOpened::NotFound),
                },
                Opening::Open(change, grace_until) => match self.swap(stored, *change).await? {
                    Swapped::Done(Some(part0)) => {
                        self.count(Metrics::opened, until);
                        return Ok(Opened { part0, parts, size, protected, grace_until });
                    }
                    Swapped::Changed => {}
                    Swapped::Done(None) | Swapped::Missing => return Err(NotOpened::NotFound),
                },
            }
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
        transition: impl Fn(Option<&Record>, Timestamp) -> Ending,
    ) -> Result<Option<Timestamp>, Problem> {
        for _ in 0..ATTEMPTS {
            let (stored, now) = self.load(id).await?;
            let change = match transition(stored.as_ref().map(|stored| &stored.record), now) {
                Ending::NotFound => return Err(Code::NotFound.into()),
                Ending::Already => {
                    self.settled(id).await?;
                    return Ok(None);
                }
                Ending::Opened(gone) => return Err(NotOpened::Gone(gone).into()),
                Ending::Change(change) => change,
            };
            let Some(stored) = stored else {
                return Err(Code::NotFound.into());
            };
            let waited = (stored.record.state(now) == State::Waiting).then(|| stored.record.parts_until(now));
            match self.swap(stored, *change).await? {
                Swapped::Done(_) => return Ok(waited),
                Swapped::Changed => {}
                Swapped::Missing => return Err(Code::NotFound.into()),
            }
        }
        Err(Code::Unavailable.into())
    }

    /// The reader has everything.
    pub async fn confirm(&self, id: ShareId, claim: &Digest) -> Result<(), Problem> {
        self.end(id, |record, now| Record::confirm(record, now, claim, self.grace)).await.map(|_| ())
    }

    /// The sender takes it back.
    ///
    /// # Errors
    /// `gone` when it was opened.
    pub async fn delete(&self, id: ShareId, owner: &Digest) -> Result<(), Problem> {
        if let Some(until) = self.end(id, |record, now| Record::delete(record, now, owner, self.grace)).await? {
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

/// A moment as the interface writes it, in whole seconds.
pub fn rfc3339(at: Timestamp) -> String {
    let seconds = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.format(&Rfc3339).unwrap_or_default()
}

/// A state as the interface writes it.
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Uploading => "uploading",
        State::Waiting => "waiting",
        State::Opened => "opened",
        State::Expired => "expired",
        State::Deleted => "deleted",
    }
}
