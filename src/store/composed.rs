//! A store of records together with a part store: the parts from 1 on lie in a folder or an object store, and the
//! record store keeps references to them (`docs/architecture.md`, "Part store").
//!
//! A part's reference is written after its bytes are durable, and removed before they are. A crash in between leaves an
//! object without a reference. Every object is named after the hour of its share's latest possible end; once that is
//! over, all objects of the hour are removed without asking which shares exist.

mod cleaner;
mod folder;
mod http;
mod objects;
mod part_store;
mod settings;

pub use folder::Folder;
pub(crate) use http::tls_config;
pub use objects::Objects;
pub use part_store::PartStore;
pub use settings::{Credentials, ObjectsSettings, PartStoreSettings};

use self::cleaner::Cleaner;
use super::reference::ObjectName;
use super::{
    Command, CommandResult, EndChange, Guarantee, PartPut, PartReference, PartsFate, QueueKind, Reply, Storage,
    StoreError, Swapped, Workers,
};
use crate::share::record::Record;
use crate::share::{Timestamp, Usage};
use onetimeshare_envelope::ShareId;
use std::sync::Arc;
use std::time::Duration;

/// Settings of a [`ComposedStorage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComposedOptions {
    /// The longest lifetime that a sender may choose, in seconds.
    pub longest_lifetime: u64,
    /// Seconds that an opened share stays readable.
    pub grace: u64,
    /// Interval between searches for shares that have ended by time alone.
    pub sweep_interval: Duration,
}

impl Default for ComposedOptions {
    /// The default settings of a site, and one minute.
    fn default() -> Self {
        Self { longest_lifetime: 604_800, grace: 3_600, sweep_interval: Duration::from_secs(60) }
    }
}

/// A store of records together with a part store.
pub struct ComposedStorage {
    records: Arc<dyn Storage>,
    parts: Arc<dyn PartStore>,
    options: ComposedOptions,
    cleaner: Cleaner,
}

impl ComposedStorage {
    /// Starts the thread that removes objects.
    ///
    /// # Errors
    /// A message for operators when the thread cannot be started.
    pub fn new(records: Arc<dyn Storage>, parts: Arc<dyn PartStore>, options: ComposedOptions) -> Result<Self, String> {
        let cleaner = Cleaner::start(Arc::clone(&records), Arc::clone(&parts), options.sweep_interval)?;
        Ok(Self { records, parts, options, cleaner })
    }

    /// Executes a command of the record store.
    fn ask(&self, command: Command) -> CommandResult {
        ask(&*self.records, command)
    }

    /// Executes commands of the record store, and what they mean for objects.
    fn pass_on(&self, mut commands: Vec<Command>) -> Vec<CommandResult> {
        let count = commands.len();
        let mut dropping: Vec<Option<ShareId>> = Vec::with_capacity(count);
        let (mut stale, mut sooner) = (Vec::new(), Vec::new());
        for command in &commands {
            dropping.push(match command {
                Command::Swap { id, old, parts: PartsFate::Drop, .. } if may_have_files(old) => Some(*id),
                _ => None,
            });
            match command {
                Command::Swap { id, parts: PartsFate::Open(until), .. } => {
                    sooner.push(Command::SetEnd { id: *id, end: EndChange::Sooner(*until) });
                }
                // An upload that expired may have left references under the same id.
                Command::Insert { id, record, .. } if may_have_files(record) => {
                    stale.push(Command::TakeReferences { id: *id });
                }
                _ => {}
            }
        }
        if !stale.is_empty() {
            for taken in self.records.execute(stale) {
                self.cleaner.taken(taken);
            }
        }
        commands.append(&mut sooner);
        let mut results = self.records.execute(commands);
        results.truncate(count);
        for (result, id) in results.iter().zip(dropping) {
            if let (Ok(Reply::Swapped(Swapped::Done(_))), Some(id)) = (result, id) {
                self.cleaner.ended(id);
            }
        }
        results
    }

    fn put_part(
        &self,
        id: ShareId,
        old: Vec<u8>,
        (n, bytes): (u32, &[u8]),
        (until, max_bytes): (Timestamp, u64),
    ) -> CommandResult {
        let length = u32::try_from(bytes.len()).map_err(|_| StoreError::Full)?;
        let name = ObjectName::new(self.latest_end(&old).unwrap_or(until).0)?;
        let reference = PartReference { length, store: self.parts.tag()?, name };
        self.parts.put(&name, bytes)?;
        let put = Command::PutReference { id, old, n, reference, until, max_bytes };
        let announce = Command::SetEnd { id, end: EndChange::First(until) };
        let mut commands = vec![put, announce];
        if self.parts.is_counted() {
            commands.push(Command::CountFiles { change: i64::from(length) });
        }
        let put = self.records.execute(commands).into_iter().next().unwrap_or_else(|| Err(wrong_reply()));
        match put {
            Ok(Reply::ReferencePut(PartPut::Done, replaced)) => {
                if let Some(replaced) = replaced {
                    self.discard((id, n), replaced);
                }
                Ok(Reply::PartPut(PartPut::Done))
            }
            Ok(Reply::ReferencePut(refusal, _)) => {
                self.discard((id, n), reference);
                Ok(Reply::PartPut(refusal))
            }
            Ok(_) => Err(wrong_reply()),
            Err(error) => {
                // After any other error the reference may be written later.
                if error == StoreError::Full {
                    self.discard((id, n), reference);
                }
                Err(error)
            }
        }
    }

    /// Removes an object, unless the record store holds a reference to it. A command whose reply was lost is executed
    /// again, and then finds its own reference as the one to replace. The record store answers after its replicas have
    /// the write, so that a failover brings no reference back whose object is gone.
    fn discard(&self, (id, n): (ShareId, u32), reference: PartReference) {
        match self.ask(Command::GetReference { id, n }) {
            Ok(Reply::Reference(held)) if held != Some(reference) => self.cleaner.remove([reference]),
            // The object is left to the removal of its hour.
            _ => {}
        }
    }

    fn room(&self) -> CommandResult {
        let used = if self.parts.is_counted() { count_files(&*self.records, 0)? } else { self.cleaner.used() };
        self.parts.room(used).map(Reply::Room)
    }

    /// Returns the latest possible end of the share with this record.
    fn latest_end(&self, record: &[u8]) -> Option<Timestamp> {
        let ComposedOptions { longest_lifetime, grace, .. } = self.options;
        Record::decode(record).ok().map(|record| record.latest_end(longest_lifetime, grace))
    }

    fn part(&self, id: ShareId, n: u32) -> CommandResult {
        let mut before = None;
        loop {
            let reference = match self.ask(Command::GetReference { id, n })? {
                Reply::Reference(Some(reference)) => reference,
                // A part from before the part store was configured.
                Reply::Reference(None) => return self.ask(Command::GetPart { id, n, big: true }),
                _ => return Err(wrong_reply()),
            };
            if reference.store != self.parts.tag()? {
                let text = format!("a part is in the part store {}, not in that of files_url", reference.store);
                return Err(StoreError::Unavailable(text.into()));
            }
            if let Some(bytes) = self.parts.get(&reference.name, reference.length)? {
                return Ok(Reply::Part(Some(bytes)));
            }
            // The part may have been replaced, or its share may have ended meanwhile.
            if before.replace(reference) == Some(reference) {
                return Err(StoreError::Lost);
            }
        }
    }
}

/// Returns whether a record may belong to a share with parts beyond part 0.
fn may_have_files(record: &[u8]) -> bool {
    Record::decode(record).map_or(true, |record| record.parts() > 1)
}

/// Executes a command of the record store.
fn ask(records: &dyn Storage, command: Command) -> CommandResult {
    records.execute(vec![command]).pop().unwrap_or_else(|| Err(wrong_reply()))
}

/// Changes the count of bytes in the record store, and returns it.
fn count_files(records: &dyn Storage, change: i64) -> Result<u64, StoreError> {
    match ask(records, Command::CountFiles { change })? {
        Reply::FileBytes(bytes) => Ok(bytes),
        _ => Err(wrong_reply()),
    }
}

/// The error for a reply that belongs to another command.
fn wrong_reply() -> StoreError {
    StoreError::Unavailable("the store returned a reply to another command".into())
}

/// Returns whether a command concerns the part store.
fn is_own(command: &Command) -> bool {
    matches!(command, Command::PutPart { n: 1.., .. } | Command::GetPart { n: 1.., .. } | Command::PartsRoom)
}

impl Storage for ComposedStorage {
    fn execute(&self, batch: Vec<Command>) -> Vec<CommandResult> {
        let own: Vec<bool> = batch.iter().map(is_own).collect();
        let (parts, rest): (Vec<_>, Vec<_>) = batch.into_iter().partition(is_own);
        let mut passed = if rest.is_empty() { Vec::new() } else { self.pass_on(rest) }.into_iter();
        let mut done = parts.into_iter().map(|command| match command {
            Command::PutPart { id, old, n, bytes, until, max_bytes } => {
                self.put_part(id, old, (n, &bytes), (until, max_bytes))
            }
            Command::GetPart { id, n, .. } => self.part(id, n),
            _ => self.room(),
        });
        own.into_iter()
            .map(|own| if own { done.next() } else { passed.next() }.unwrap_or_else(|| Err(wrong_reply())))
            .collect()
    }

    fn queue(&self, command: &Command) -> QueueKind {
        // The part store may be slow, so its commands never wait before others.
        if is_own(command) { QueueKind::Bulk } else { self.records.queue(command) }
    }

    fn workers(&self, queue: QueueKind) -> Workers {
        self.records.workers(queue)
    }

    fn name(&self) -> &'static str {
        self.records.name()
    }

    fn guarantee(&self) -> Guarantee {
        self.records.guarantee()
    }

    fn keeps_parts_apart(&self) -> bool {
        true
    }

    fn make_room(&self) {
        self.records.make_room();
    }

    fn usage(&self) -> Result<Usage, StoreError> {
        self.records.usage()
    }
}
