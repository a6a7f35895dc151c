//! The interface between the [`Store`](super::Store) handle and its backends: commands, replies, errors and the
//! [`Storage`] trait.

use super::{Guarantee, PartReference, PartsFate, Trouble};
use crate::share::{Timestamp, Usage};
use onetimeshare_envelope::ShareId;
use std::fmt;

/// Length in bytes above which a part is big. Commands with big parts have a queue of their own.
pub const BIG_PART: usize = 64 * 1024;

/// One atomic operation of a store. Commands of one batch are independent: they may execute in any order, and the
/// failure of one does not affect the others.
///
/// `big` is a hint that the reply may contain a part longer than [`BIG_PART`]. It only selects the queue; a wrong hint
/// delays other commands.
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum Command {
    /// Creates a record and its part 0, unless a record exists under the id. A full store may return
    /// [`StoreError::Full`] even when a record exists.
    Insert { id: ShareId, record: Vec<u8>, part0: Vec<u8>, record_until: Timestamp, parts_until: Timestamp },
    /// Returns the exact bytes of a record, and the store's time.
    Load { id: ShareId },
    /// Works like [`Command::Load`] for several ids.
    LoadAll { ids: Vec<ShareId> },
    /// Replaces the record `old` with `new`. Never recreates a record. Except with [`PartsFate::Drop`], writes nothing
    /// when the parts do not exist.
    Swap { id: ShareId, old: Vec<u8>, new: Vec<u8>, record_until: Timestamp, parts: PartsFate, big: bool },
    /// Writes part `n` if the stored record is `old`, and sets the expiry of the record and all parts to `until`. The
    /// parts from 1 on are limited to `max_bytes` in total; none of them may be empty.
    PutPart { id: ShareId, old: Vec<u8>, n: u32, bytes: Vec<u8>, until: Timestamp, max_bytes: u64 },
    /// Returns the bytes of part `n`.
    GetPart { id: ShareId, n: u32, big: bool },
    /// Returns the numbers and lengths of all existing parts in order, including part 0.
    ListParts { id: ShareId },
    /// Works like [`Command::PutPart`] for a part that lies in a part store. Counts with the length of that part.
    PutReference { id: ShareId, old: Vec<u8>, n: u32, reference: PartReference, until: Timestamp, max_bytes: u64 },
    /// Returns the reference to part `n` of a share whose parts exist.
    GetReference { id: ShareId, n: u32 },
    /// Removes the references of a share whose parts exist no longer, and returns them.
    TakeReferences { id: ShareId },
    /// Changes when [`Command::DueEnds`] returns the share. Does nothing where the store finds ended shares by itself.
    SetEnd { id: ShareId, end: EndChange },
    /// Returns shares whose parts may have ended and that may have references, at most 64.
    DueEnds,
    /// Adds to the bytes of all objects in a part store, and returns their sum.
    CountFiles { change: i64 },
    /// Returns whether the caller may count all objects in the part store, which one server does in an hour.
    BeginCount,
    /// Returns how many bytes of records and of part 0 fit into the store, and of all parts unless the store
    /// [keeps them apart](Storage::keeps_parts_apart).
    Room,
    /// Returns how many bytes of parts from 1 on fit into the part store.
    PartsRoom,
    /// Returns the key that names the counters of [`Command::AddUses`]: `fresh`, unless a key of the last day exists.
    QuotaKey { fresh: [u8; 32] },
    /// Adds bytes to counters, and returns the totals. Each counter ends a day after its first use.
    AddUses { uses: Vec<([u8; 16], i64)> },
    /// Checks that the store is available and accepts new shares.
    Ping,
    /// Increments `hit_counter`, the only value that does not expire.
    CountVisit,
}

impl Command {
    /// Returns whether the command changes nothing.
    pub(crate) fn is_read(&self) -> bool {
        matches!(
            self,
            Self::Load { .. }
                | Self::LoadAll { .. }
                | Self::GetPart { .. }
                | Self::ListParts { .. }
                | Self::GetReference { .. }
                | Self::DueEnds
                | Self::CountFiles { change: 0 }
                | Self::Room
                | Self::PartsRoom
                | Self::Ping
        )
    }

    /// Returns whether the command stores a part.
    pub(super) fn stores_part(&self) -> bool {
        matches!(self, Self::Insert { .. } | Self::PutPart { .. } | Self::PutReference { .. })
    }

    /// Length in bytes of the record and part in the command.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Insert { record, part0, .. } => record.len() + part0.len(),
            Self::Swap { old, new, .. } => old.len() + new.len(),
            Self::PutPart { old, bytes, .. } => old.len() + bytes.len(),
            Self::PutReference { old, .. } => old.len(),
            Self::Load { .. }
            | Self::LoadAll { .. }
            | Self::GetPart { .. }
            | Self::ListParts { .. }
            | Self::GetReference { .. }
            | Self::TakeReferences { .. }
            | Self::SetEnd { .. }
            | Self::DueEnds
            | Self::CountFiles { .. }
            | Self::BeginCount
            | Self::Room
            | Self::PartsRoom
            | Self::QuotaKey { .. }
            | Self::AddUses { .. }
            | Self::Ping
            | Self::CountVisit => 0,
        }
    }
}

/// Maximum number of shares in one reply to [`Command::DueEnds`].
pub(super) const MAX_DUE: usize = 64;

/// A change of the time at which [`Command::DueEnds`] returns a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndChange {
    /// Sets the time of a share that has none.
    First(Timestamp),
    /// Sets the time of a share that has a later one.
    Sooner(Timestamp),
    /// Sets the time of a share that has one.
    Next(Timestamp),
    /// Removes the time.
    Over,
}

/// The contents of a new share, for [`Command::Insert`].
#[allow(missing_docs, reason = "the fields are those of the command")]
pub struct NewShare {
    pub record: Vec<u8>,
    pub part0: Vec<u8>,
    pub record_until: Timestamp,
    pub parts_until: Timestamp,
}

impl NewShare {
    pub(super) fn into_command(self, id: ShareId) -> Command {
        let Self { record, part0, record_until, parts_until } = self;
        Command::Insert { id, record, part0, record_until, parts_until }
    }
}

/// A compare-and-swap of a record, for [`Command::Swap`].
#[allow(missing_docs, reason = "the fields are those of the command")]
pub struct Swap {
    pub old: Vec<u8>,
    pub new: Vec<u8>,
    pub record_until: Timestamp,
    pub parts: PartsFate,
    pub big: bool,
}

impl Swap {
    pub(super) fn into_command(self, id: ShareId) -> Command {
        let Self { old, new, record_until, parts, big } = self;
        Command::Swap { id, old, new, record_until, parts, big }
    }
}

/// Prints only the name, so that logs contain neither ids nor contents.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Insert { .. } => "Insert",
            Self::Load { .. } => "Load",
            Self::LoadAll { .. } => "LoadAll",
            Self::Swap { .. } => "Swap",
            Self::PutPart { .. } => "PutPart",
            Self::GetPart { .. } => "GetPart",
            Self::ListParts { .. } => "ListParts",
            Self::PutReference { .. } => "PutReference",
            Self::GetReference { .. } => "GetReference",
            Self::TakeReferences { .. } => "TakeReferences",
            Self::SetEnd { .. } => "SetEnd",
            Self::DueEnds => "DueEnds",
            Self::CountFiles { .. } => "CountFiles",
            Self::BeginCount => "BeginCount",
            Self::Room => "Room",
            Self::PartsRoom => "PartsRoom",
            Self::QuotaKey { .. } => "QuotaKey",
            Self::AddUses { .. } => "AddUses",
            Self::Ping => "Ping",
            Self::CountVisit => "CountVisit",
        })
    }
}

/// Prints only the length of the bytes.
struct Bytes<'a>(&'a Option<Vec<u8>>);

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(bytes) => write!(f, "[{} bytes]", bytes.len()),
            None => f.write_str("none"),
        }
    }
}

/// The reply to the [`Command`] of the same name.
#[derive(PartialEq, Eq)]
pub enum Reply {
    /// For [`Command::Insert`]: false when a record exists already. It is unchanged.
    Inserted(bool),
    /// For [`Command::Load`].
    Loaded(Loaded),
    /// For [`Command::LoadAll`], in the order of the ids. An unreadable record is reported as `None`.
    LoadedAll(Vec<Loaded>),
    /// For [`Command::Swap`].
    Swapped(Swapped),
    /// For [`Command::PutPart`].
    PartPut(PartPut),
    /// For [`Command::GetPart`]; `None` when the part does not exist.
    Part(Option<Vec<u8>>),
    /// For [`Command::ListParts`]: number and length in bytes of each part.
    Parts(Vec<(u32, u32)>),
    /// For [`Command::PutReference`], with the reference that was replaced.
    ReferencePut(PartPut, Option<PartReference>),
    /// For [`Command::GetReference`]; `None` when there is none.
    Reference(Option<PartReference>),
    /// For [`Command::TakeReferences`].
    ReferencesTaken(Taken),
    /// For [`Command::SetEnd`].
    EndSet,
    /// For [`Command::DueEnds`].
    Due(Vec<ShareId>),
    /// For [`Command::CountFiles`].
    FileBytes(u64),
    /// For [`Command::BeginCount`].
    CountBegun(bool),
    /// For [`Command::Room`] and [`Command::PartsRoom`]; `None` when the store has no known limit.
    Room(Option<Room>),
    /// For [`Command::QuotaKey`]; `None` when the store has a single server, which counts alone.
    QuotaKey(Option<[u8; 32]>),
    /// For [`Command::AddUses`], in the order of the counters; empty when the store has a single server.
    Uses(Vec<i64>),
    /// For [`Command::Ping`].
    Pong,
    /// For [`Command::CountVisit`]: the incremented counter.
    Visits(u64),
}

/// Prints lengths instead of contents.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inserted(new) => f.debug_tuple("Inserted").field(new).finish(),
            Self::Loaded(loaded) => f.debug_tuple("Loaded").field(loaded).finish(),
            Self::LoadedAll(loaded) => f.debug_tuple("LoadedAll").field(&loaded.len()).finish(),
            Self::Swapped(swapped) => f.debug_tuple("Swapped").field(swapped).finish(),
            Self::PartPut(swapped) => f.debug_tuple("PartPut").field(swapped).finish(),
            Self::Part(part) => f.debug_tuple("Part").field(&Bytes(part)).finish(),
            Self::Parts(parts) => f.debug_tuple("Parts").field(&parts.len()).finish(),
            Self::ReferencePut(put, _) => f.debug_tuple("ReferencePut").field(put).finish(),
            Self::Reference(reference) => f.debug_tuple("Reference").field(&reference.is_some()).finish(),
            Self::ReferencesTaken(_) => f.write_str("ReferencesTaken"),
            Self::EndSet => f.write_str("EndSet"),
            Self::FileBytes(bytes) => f.debug_tuple("FileBytes").field(bytes).finish(),
            Self::CountBegun(begun) => f.debug_tuple("CountBegun").field(begun).finish(),
            Self::Due(ids) => f.debug_tuple("Due").field(&ids.len()).finish(),
            Self::Room(room) => f.debug_tuple("Room").field(room).finish(),
            Self::QuotaKey(_) => f.write_str("QuotaKey"),
            Self::Uses(totals) => f.debug_tuple("Uses").field(totals).finish(),
            Self::Pong => f.write_str("Pong"),
            Self::Visits(count) => f.debug_tuple("Visits").field(count).finish(),
        }
    }
}

/// The references of a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The parts exist until this time, so nothing was removed.
    Living(Timestamp),
    /// The references that were removed.
    Ended(Vec<PartReference>),
}

/// Room for parts in a store, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Room for more.
    pub free: u64,
    /// Room for all, stored parts included.
    pub total: u64,
}

/// The result of one [`Command`].
pub(super) type CommandResult = Result<Reply, StoreError>;

/// A loaded record and the time of the load.
#[derive(Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The exact bytes of the record; `None` when it does not exist or has expired.
    pub record: Option<Vec<u8>>,
    /// The store's time. Transitions use it instead of a server's clock, so that servers with wrong clocks agree.
    pub now: Timestamp,
}

/// Prints lengths instead of contents.
impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded").field("record", &Bytes(&self.record)).field("now", &self.now).finish()
    }
}

/// The result of writing a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartPut {
    /// The part is stored.
    Done,
    /// The stored record is not `old`.
    Changed,
    /// The record or its parts do not exist.
    Missing,
    /// The parts would exceed `max_bytes`.
    TooLarge,
}

/// The result of a compare-and-swap.
#[derive(Clone, PartialEq, Eq)]
pub enum Swapped {
    /// The record is replaced. Contains part 0 for [`PartsFate::Open`] and [`PartsFate::OpenAlone`].
    Done(Option<Vec<u8>>),
    /// The stored record is not `old`, or the parts do not match [`PartsFate::Settle`].
    Changed,
    /// The record does not exist, or the parts that the swap needs do not.
    Missing,
}

/// Prints lengths instead of contents.
impl fmt::Debug for Swapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(part) => f.debug_tuple("Done").field(&Bytes(part)).finish(),
            Self::Changed => f.write_str("Changed"),
            Self::Missing => f.write_str("Missing"),
        }
    }
}

/// A failed command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store is unavailable or did not reply in time; a later retry may succeed. The text is for operators and
    /// contains no id, key or content.
    #[error("{0}")]
    Unavailable(Trouble),
    /// The store has no room for new bytes.
    #[error("the store is full")]
    Full,
    /// The store works, but has lost bytes that it acknowledged. No retry helps.
    #[error("the store has lost a part")]
    Lost,
}

/// A blocking storage backend. A write is as durable as the backend's settings allow before its reply is returned.
pub trait Storage: Send + Sync + 'static {
    /// Executes `batch` and returns one result for each command, in order.
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>>;

    /// Returns the queue of a [`Store`](super::Store) in which a command waits.
    fn queue(&self, command: &Command) -> QueueKind;

    /// Returns the worker threads of a queue.
    fn workers(&self, queue: QueueKind) -> Workers;

    /// Returns the backend's name for operators: `"Redis"` or `"embedded store"`.
    fn name(&self) -> &'static str;

    /// Returns what happens to shares when the backend fails, as far as it is known.
    fn guarantee(&self) -> Guarantee {
        Guarantee::Unverified
    }

    /// Returns whether the parts from 1 on lie in a part store with a room of its own.
    fn keeps_parts_apart(&self) -> bool {
        false
    }

    /// Requests the removal of abandoned uploads because the store is full. Returns at once; the backend removes them in
    /// the background.
    fn make_room(&self) {}

    /// Returns figures about all shares. Reads every record, so it is for the operator's commands only.
    fn usage(&self) -> Result<Usage, StoreError> {
        Err(StoreError::Unavailable(format!("the {} does not report its usage", self.name()).into()))
    }
}

/// A queue of a [`Store`](super::Store). Slow commands wait apart, so that they do not delay fast ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueKind {
    /// Small commands.
    Quick,
    /// Small commands that sync to disk.
    Commit,
    /// Commands with big parts.
    Bulk,
}

impl QueueKind {
    pub(super) const ALL: [Self; 3] = [Self::Quick, Self::Commit, Self::Bulk];

    /// Returns the name for metrics and threads.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Commit => "commit",
            Self::Bulk => "bulk",
        }
    }
}

/// The worker threads of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workers {
    /// Number of threads; 0 when the backend does not use the queue.
    pub threads: usize,
    /// Maximum number of commands in one batch.
    pub batch: usize,
}
