//! The thread that removes objects: those of ended shares at once, and what crashes left behind by the hour.

use super::{PartStore, ask, count_files, wrong_reply};
use crate::share::Timestamp;
use crate::store::reference::hour_of;
use crate::store::{
    Command, CommandResult, EndChange, MAX_DUE, ObjectName, PartReference, Reply, Storage, StoreError, Taken,
};
use onetimeshare_envelope::ShareId;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Interval between removals of hours that are over, and between counts of all objects.
const HOURLY: Duration = Duration::from_secs(3_600);
/// Milliseconds for which an hour is kept after its end, so that a longer `grace` does not cut shares short that were
/// named before it.
const KEPT: u64 = 24 * 3_600_000;
/// Maximum number of shares and of objects that wait for their removal. Further ones are found by their time.
const MAX_WAITING: usize = 100_000;

#[derive(Default)]
struct Work {
    /// Shares whose references are to be taken.
    ended: VecDeque<ShareId>,
    /// Objects to remove.
    objects: Vec<PartReference>,
    stopped: bool,
}

#[derive(Default)]
struct Signal {
    work: Mutex<Work>,
    woken: Condvar,
    /// Bytes of all objects at the last count.
    used: AtomicU64,
}

impl Signal {
    fn lock(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Both stores.
struct Stores {
    records: Arc<dyn Storage>,
    parts: Arc<dyn PartStore>,
    /// Interval between searches for shares that have ended by time alone, and between attempts after a failure.
    interval: Duration,
}

/// The running thread. Dropping this waits until it has removed what it can.
pub(super) struct Cleaner {
    signal: Arc<Signal>,
    parts: Arc<dyn PartStore>,
    thread: Option<JoinHandle<()>>,
}

impl Cleaner {
    pub(super) fn start(
        records: Arc<dyn Storage>,
        parts: Arc<dyn PartStore>,
        interval: Duration,
    ) -> Result<Self, String> {
        let signal = Arc::new(Signal::default());
        let its_signal = Arc::clone(&signal);
        let stores = Stores { records, parts: Arc::clone(&parts), interval };
        let thread = thread::Builder::new()
            .name("store-cleaner".into())
            .stack_size(512 * 1024)
            .spawn(move || stores.run(&its_signal))
            .map_err(|error| format!("The store's thread could not be started: {error}."))?;
        Ok(Self { signal, parts, thread: Some(thread) })
    }

    /// Returns the bytes of all objects at the last count.
    pub(super) fn used(&self) -> u64 {
        self.signal.used.load(Ordering::Relaxed)
    }

    /// Removes the objects of a share whose parts have ended.
    pub(super) fn ended(&self, id: ShareId) {
        let mut work = self.signal.lock();
        if work.ended.len() < MAX_WAITING {
            work.ended.push_back(id);
        }
        self.signal.woken.notify_all();
    }

    /// Removes the objects of references that no record holds.
    pub(super) fn remove(&self, references: impl IntoIterator<Item = PartReference>) {
        let mut work = self.signal.lock();
        let room = MAX_WAITING.saturating_sub(work.objects.len());
        work.objects.extend(references.into_iter().take(room));
        if !work.objects.is_empty() {
            self.signal.woken.notify_all();
        }
    }

    /// Removes the objects in a reply to [`Command::TakeReferences`].
    pub(super) fn taken(&self, taken: CommandResult) {
        if let Ok(Reply::ReferencesTaken(Taken::Ended(references))) = taken {
            self.remove(references);
        }
    }
}

impl Drop for Cleaner {
    fn drop(&mut self) {
        self.signal.lock().stopped = true;
        self.parts.stop();
        self.signal.woken.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Stores {
    fn run(&self, signal: &Signal) {
        // Reported once until it works again.
        let mut failing = false;
        let (mut next, mut next_hour) = (Instant::now(), Instant::now());
        let mut counting = false;
        loop {
            let mut done = self.clean(signal);
            if signal.lock().stopped {
                return;
            }
            if Instant::now() >= next_hour {
                let hourly = self.remove_old_hours().and_then(|()| self.count(signal, &mut counting));
                next_hour = Instant::now() + if hourly.is_ok() { HOURLY } else { self.interval };
                done = done.and(hourly);
            }
            if Instant::now() >= next {
                done = done.and(self.find_ended(signal));
                next = Instant::now() + self.interval;
            }
            match (&done, failing) {
                (Err(error), false) => tracing::warn!(%error, "files of ended shares could not be removed yet"),
                (Ok(()), true) => tracing::info!("files of ended shares are removed again"),
                _ => {}
            }
            failing = done.is_err();
            // After a failure, what is left to do waits for the next interval.
            let idle =
                |work: &mut Work| !work.stopped && (failing || (work.ended.is_empty() && work.objects.is_empty()));
            let wait = next.saturating_duration_since(Instant::now());
            drop(signal.woken.wait_timeout_while(signal.lock(), wait, idle));
        }
    }

    /// Removes what waits for it. Keeps what failed.
    fn clean(&self, signal: &Signal) -> Result<(), StoreError> {
        let tag = self.parts.tag()?;
        loop {
            let (ids, objects) = {
                let mut work = signal.lock();
                let count = work.ended.len().min(MAX_DUE);
                (work.ended.drain(..count).collect::<Vec<_>>(), std::mem::take(&mut work.objects))
            };
            if ids.is_empty() && objects.is_empty() {
                return Ok(());
            }
            let mut objects = objects;
            let mut result = Ok(());
            for (id, taken) in ids.iter().zip(self.take(&ids)) {
                match taken {
                    Ok(Taken::Ended(references)) => objects.extend(references),
                    Ok(Taken::Living(_)) => {}
                    Err(error) => {
                        signal.lock().ended.push_back(*id);
                        result = Err(error);
                    }
                }
            }
            // Objects in another part store are left to the removal of their hour there.
            objects.retain(|reference| reference.store == tag);
            let names: Vec<ObjectName> = objects.iter().map(|reference| reference.name).collect();
            match self.parts.remove(&names) {
                Ok(()) if self.parts.is_counted() && !objects.is_empty() => {
                    let bytes: i64 = objects.iter().map(|reference| i64::from(reference.length)).sum();
                    // The next count of all objects corrects a failure.
                    drop(count_files(&*self.records, -bytes));
                }
                Ok(()) => {}
                Err(error) => {
                    let mut work = signal.lock();
                    let room = MAX_WAITING.saturating_sub(work.objects.len());
                    work.objects.extend(objects.into_iter().take(room));
                    result = Err(error);
                }
            }
            result?;
        }
    }

    /// Takes the references of shares.
    fn take(&self, ids: &[ShareId]) -> Vec<Result<Taken, StoreError>> {
        if ids.is_empty() {
            return Vec::new();
        }
        let taken = self.records.execute(ids.iter().map(|id| Command::TakeReferences { id: *id }).collect());
        let taken: Vec<_> = taken
            .into_iter()
            .map(|taken| match taken? {
                Reply::ReferencesTaken(taken) => Ok(taken),
                _ => Err(wrong_reply()),
            })
            .collect();
        let end = |(id, taken): (&ShareId, &Result<Taken, StoreError>)| {
            let end = match taken {
                Ok(Taken::Ended(_)) => EndChange::Over,
                Ok(Taken::Living(until)) => EndChange::Next(*until),
                Err(_) => return None,
            };
            Some(Command::SetEnd { id: *id, end })
        };
        // If this fails, the shares are found again.
        drop(self.records.execute(ids.iter().zip(&taken).filter_map(end).collect()));
        taken
    }

    /// Finds shares whose parts have ended by time alone.
    fn find_ended(&self, signal: &Signal) -> Result<(), StoreError> {
        loop {
            let Reply::Due(ids) = ask(&*self.records, Command::DueEnds)? else {
                return Err(wrong_reply());
            };
            if ids.is_empty() {
                return Ok(());
            }
            let last = ids.len() < MAX_DUE;
            signal.lock().ended.extend(ids);
            self.clean(signal)?;
            if last || signal.lock().stopped {
                return Ok(());
            }
        }
    }

    /// Removes the hours in which every share has ended.
    fn remove_old_hours(&self) -> Result<(), StoreError> {
        let now = self.now()?;
        let count = self.parts.remove_hours_before(hour_of(now.0.saturating_sub(KEPT)))?;
        if count > 0 {
            tracing::debug!(count, "hours without shares removed from the part store");
        }
        Ok(())
    }

    /// Counts all objects. `begun` is whether this server has begun a count that failed.
    fn count(&self, signal: &Signal, begun: &mut bool) -> Result<(), StoreError> {
        if !self.parts.is_counted() {
            signal.used.store(self.parts.count()?, Ordering::Relaxed);
            return Ok(());
        }
        // One of the servers on a store counts in an hour.
        if !*begun {
            let Reply::CountBegun(true) = ask(&*self.records, Command::BeginCount)? else {
                return Ok(());
            };
            *begun = true;
        }
        let counted = |change| count_files(&*self.records, change);
        let (before, found, after) = (counted(0)?, self.parts.count()?, counted(0)?);
        // The found bytes may or may not include the changes since the count began.
        let nearest = found.clamp(before.min(after), before.max(after));
        let signed = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        counted(signed(found).saturating_sub(signed(nearest)))?;
        *begun = false;
        Ok(())
    }

    /// Returns the time of the record store, by which shares end.
    fn now(&self) -> Result<Timestamp, StoreError> {
        match ask(&*self.records, Command::Load { id: ShareId::from_bytes([0; 10]) })? {
            Reply::Loaded(loaded) => Ok(loaded.now),
            _ => Err(wrong_reply()),
        }
    }
}
