//! The contract between the [`Store`](super::Store) handle and its backends: commands, replies, errors and the
//! [`Storage`] trait.

use super::{Guarantee, PartsFate};
use crate::share::{ShareId, Timestamp};
use std::fmt;

/// Parts longer than this (bytes) are big: they wait in a lane of their own.
pub const BIG_PART: usize = 64 * 1024;

/// One step for a store to carry out. Commands of one batch are independent of each other: they may be carried out
/// in any order, and one failing does not touch the others.
///
/// `big` says that the answer may bring a part longer than [`BIG_PART`] along. It only chooses the lane; a wrong hint
/// costs others time, nothing else.
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum Command {
    /// Creates a share: its record and part 0, in one atomic step, unless a record stands under the id. A full store may
    /// say that it is full without looking for one.
    Insert { id: ShareId, record: Vec<u8>, part0: Vec<u8>, record_until: Timestamp, parts_until: Timestamp },
    /// The exact bytes of a record, and the store's own time.
    Load { id: ShareId },
    /// The same of many ids at once, for whoever watches them.
    LoadAll { ids: Vec<ShareId> },
    /// Replaces the record `old` by `new`. Never brings back a vanished record; all but
    /// [`PartsFate::Drop`] write nothing when the parts are gone.
    Swap { id: ShareId, old: Vec<u8>, new: Vec<u8>, record_until: Timestamp, parts: PartsFate, big: bool },
    /// Writes part `n` only while the stored record is `old`, and lets record and parts live until `until`. The parts
    /// from 1 on may be `most` bytes together, and none of them is empty.
    PutPart { id: ShareId, old: Vec<u8>, n: u32, bytes: Vec<u8>, until: Timestamp, most: u64 },
    /// The bytes of part `n`.
    GetPart { id: ShareId, n: u32, big: bool },
    /// The numbers and lengths of the parts that are there, in order, part 0 included.
    ListParts { id: ShareId },
    /// How many bytes of parts there is room for.
    Room,
    /// Is the store there?
    Ping,
    /// Counts a visit on `hit_counter`, the one value without an end.
    CountVisit,
}

impl Command {
    /// True for commands that change nothing.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(
            self,
            Self::Load { .. }
                | Self::LoadAll { .. }
                | Self::GetPart { .. }
                | Self::ListParts { .. }
                | Self::Room
                | Self::Ping
        )
    }

    /// True for commands that bring a part.
    pub(super) fn brings_bytes(&self) -> bool {
        matches!(self, Self::Insert { .. } | Self::PutPart { .. })
    }

    /// The bytes that the command carries.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Insert { record, part0, .. } => record.len() + part0.len(),
            Self::Swap { old, new, .. } => old.len() + new.len(),
            Self::PutPart { old, bytes, .. } => old.len() + bytes.len(),
            Self::Load { .. }
            | Self::LoadAll { .. }
            | Self::GetPart { .. }
            | Self::ListParts { .. }
            | Self::Room
            | Self::Ping
            | Self::CountVisit => 0,
        }
    }
}

/// Ids and contents stay out of logs, so `Debug` prints the name alone.
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
            Self::Room => "Room",
            Self::Ping => "Ping",
            Self::CountVisit => "CountVisit",
        })
    }
}

/// What `Debug` shows of contents: how long they are.
struct Bytes<'a>(&'a Option<Vec<u8>>);

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(bytes) => write!(f, "[{} bytes]", bytes.len()),
            None => f.write_str("none"),
        }
    }
}

/// The answer to the [`Command`] of the same name.
#[derive(PartialEq, Eq)]
pub enum Reply {
    /// To [`Command::Insert`]: false when a record stands there already, which was left as it is.
    Inserted(bool),
    /// To [`Command::Load`].
    Loaded(Loaded),
    /// To [`Command::LoadAll`], in the order of the ids. A record that cannot be told is none.
    LoadedAll(Vec<Loaded>),
    /// To [`Command::Swap`].
    Swapped(Swapped),
    /// To [`Command::PutPart`].
    PartPut(PartPut),
    /// To [`Command::GetPart`]; none when it is not there.
    Part(Option<Vec<u8>>),
    /// To [`Command::ListParts`]: number and length in bytes of each.
    Parts(Vec<(u32, u32)>),
    /// To [`Command::Room`], in bytes; none when no limit is known.
    Room(Option<u64>),
    /// To [`Command::Ping`].
    Pong,
    /// To [`Command::CountVisit`]: the count, this visit included.
    Visits(u64),
}

/// Shows lengths, not contents.
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
            Self::Room(room) => f.debug_tuple("Room").field(room).finish(),
            Self::Pong => f.write_str("Pong"),
            Self::Visits(count) => f.debug_tuple("Visits").field(count).finish(),
        }
    }
}

/// The reply to a [`Command`], or why there is none.
pub(super) type CommandResult = Result<Reply, StoreError>;

/// What a store knows of an id.
#[derive(Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The record's exact bytes; none when there is none, or its time is over.
    pub record: Option<Vec<u8>>,
    /// The store's clock, the only `now` that transitions see, so that servers with wrong clocks agree.
    pub now: Timestamp,
}

/// Shows lengths, not contents.
impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded").field("record", &Bytes(&self.record)).field("now", &self.now).finish()
    }
}

/// How the writing of a part ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartPut {
    /// It is there.
    Done,
    /// Another record stands there now.
    Changed,
    /// No record, or its parts are gone.
    Missing,
    /// The parts would be more bytes than they may be.
    TooMuch,
}

/// How a compare-and-swap ended.
#[derive(Clone, PartialEq, Eq)]
pub enum Swapped {
    /// It is done; with part 0 where it was asked for.
    Done(Option<Vec<u8>>),
    /// Another record stands there now.
    Changed,
    /// No record, or the parts that were to be kept are gone.
    Missing,
}

/// Shows lengths, not contents.
impl fmt::Debug for Swapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(part) => f.debug_tuple("Done").field(&Bytes(part)).finish(),
            Self::Changed => f.write_str("Changed"),
            Self::Missing => f.write_str("Missing"),
        }
    }
}

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store did not answer, or not in time, or cannot work just now; worth another try later. The text is for
    /// operators and holds no id, key or content.
    #[error("{0}")]
    Unavailable(String),
    /// There is no room for new bytes.
    #[error("the store is full")]
    Full,
}

/// A backend. Blocking; every answer is durable, as far as the backend's settings give it, before it returns.
pub trait Storage: Send + Sync + 'static {
    /// Carries out `batch` and answers each command, in order.
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>>;

    /// Which of a [`Store`](super::Store)'s queues a command waits in.
    fn lane(&self, command: &Command) -> Lane;

    /// How many threads serve a lane, and how many commands one takes into a batch at most.
    fn lane_size(&self, lane: Lane) -> LaneSize;

    /// The backend's name for operators: `"Redis"` or `"embedded store"`.
    fn name(&self) -> &'static str;

    /// What becomes of shares when the backend fails, as far as it is known just now.
    fn guarantee(&self) -> Guarantee {
        Guarantee::Unverified
    }

    /// Somebody was refused for want of room: abandoned uploads may go. Only asks; it is done in the background.
    fn make_room(&self) {}
}

/// A queue of a [`Store`](super::Store): commands that would hold each other up wait apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Small commands.
    Quick,
    /// Small commands that end in a sync to disk.
    Commit,
    /// Parts of files.
    Bulk,
}

impl Lane {
    /// Its name for operators.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Commit => "commit",
            Self::Bulk => "bulk",
        }
    }
}

/// See [`Storage::lane_size`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneSize {
    /// Worker threads; 0 when the backend puts nothing in this lane.
    pub threads: usize,
    /// Commands in one batch.
    pub batch: usize,
}
