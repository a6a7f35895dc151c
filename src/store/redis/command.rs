//! Commands as Redis takes them.

use super::{Command, PartsFate};
use crate::share::{ShareId, Timestamp};
use ::redis::Pipeline;

/// Without `allow-oom`: a full Redis refuses the first write, before anything is changed.
const INSERT: &str = include_str!("scripts/insert.lua");
/// With `allow-oom`: a full Redis can still be read from.
const SWAP: &str = include_str!("scripts/swap.lua");
const PUT_PART: &str = include_str!("scripts/put_part.lua");
const LIST_PARTS: &str = include_str!("scripts/list_parts.lua");
const FENCE: &str = include_str!("scripts/fence.lua");
const PING: &str = include_str!("scripts/ping.lua");

/// The key of the visit counter.
pub(super) const HIT_COUNTER: &str = "hit_counter";
/// The last moment that Redis takes as an expiry without complaint, far beyond any share's.
const LAST_MOMENT: u64 = 253_402_300_799_999;

pub(super) fn record_key(id: ShareId) -> String {
    format!("share:{{{id}}}")
}

pub(super) fn parts_key(id: ShareId) -> String {
    format!("share:{{{id}}}:parts")
}

fn fence_key(id: ShareId) -> String {
    format!("share:{{{id}}}:fence")
}

fn moment(at: Timestamp) -> u64 {
    at.0.clamp(1, LAST_MOMENT)
}

/// The share that a command is about.
fn share(command: &Command) -> Option<ShareId> {
    match command {
        Command::Insert { id, .. }
        | Command::Load { id }
        | Command::Swap { id, .. }
        | Command::PutPart { id, .. }
        | Command::GetPart { id, .. }
        | Command::ListParts { id } => Some(*id),
        Command::LoadAll { .. } | Command::Room | Command::Ping | Command::CountVisit => None,
    }
}

/// The key whose slot a command belongs to.
pub(super) fn key(command: &Command) -> String {
    share(command).map_or_else(|| HIT_COUNTER.to_owned(), record_key)
}

/// Whether a command may be sent again when its answer was lost. A repeated insert answers that the share exists,
/// which its callers compare; a repeated count would count twice.
pub(super) fn is_repeatable(command: &Command) -> bool {
    !matches!(command, Command::CountVisit)
}

/// Whether nobody may hear of a command's success before copies of what it stands on are where they shall be. The
/// reading of a part is one of them: it follows an opening whose own answer may have been lost. A part that arrives is
/// not: it is worth nothing before the completion that is.
pub(super) fn is_promise(command: &Command) -> bool {
    matches!(command, Command::Insert { .. } | Command::Swap { .. } | Command::GetPart { .. })
}

pub(super) fn add(pipeline: &mut Pipeline, command: &Command) {
    match command {
        Command::Insert { id, record, part0, record_until, parts_until } => {
            pipeline.cmd("EVAL").arg(INSERT).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(record).arg(part0).arg(moment(*record_until)).arg(moment(*parts_until));
        }
        Command::Load { id } => {
            pipeline.cmd("GET").arg(record_key(*id));
        }
        // Spread over several before they come here (`many`).
        Command::LoadAll { .. } => {
            pipeline.cmd("PING");
        }
        Command::Swap { id, old, new, record_until, parts, big: _ } => {
            let (fate, parts_until, size) = match parts {
                PartsFate::Keep(until) => ("keep", *until, 0),
                PartsFate::Settle(until, size) => ("settle", *until, *size),
                PartsFate::Open(until) => ("open", *until, 0),
                PartsFate::Drop => ("drop", Timestamp(0), 0),
            };
            pipeline.cmd("EVAL").arg(SWAP).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(old).arg(new).arg(moment(*record_until)).arg(fate).arg(moment(parts_until)).arg(size);
        }
        Command::PutPart { id, old, n, bytes, until, most } => {
            pipeline.cmd("EVAL").arg(PUT_PART).arg(2).arg(record_key(*id)).arg(parts_key(*id));
            pipeline.arg(old).arg(*n).arg(bytes).arg(moment(*until)).arg(*most);
        }
        Command::GetPart { id, n, big: _ } => {
            pipeline.cmd("HGET").arg(parts_key(*id)).arg(*n);
        }
        Command::ListParts { id } => {
            pipeline.cmd("EVAL").arg(LIST_PARTS).arg(1).arg(parts_key(*id));
        }
        Command::Room => {
            pipeline.cmd("INFO").arg("memory");
        }
        Command::Ping => {
            pipeline.cmd("EVAL").arg(PING).arg(1).arg(HIT_COUNTER);
        }
        Command::CountVisit => {
            pipeline.cmd("INCR").arg(HIT_COUNTER);
        }
    }
}

/// A write of this connection's own, behind `command`: what is waited for covers the last write of the connection and
/// all that any other made before it, and a command that found its work done wrote nothing.
pub(super) fn add_fence(pipeline: &mut Pipeline, command: &Command) {
    let key = share(command).map_or_else(|| HIT_COUNTER.to_owned(), fence_key);
    pipeline.cmd("EVAL").arg(FENCE).arg(1).arg(key);
}
