//! Commands as Redis takes them.

use super::request::Request;
use super::{Command, PartsFate};
use crate::share::{ShareId, Timestamp};
use ::redis::Script;
use std::sync::LazyLock;

/// With `allow-oom`: a full Redis can still be read from.
const SWAP: &str = include_str!("scripts/swap.lua");
const PUT_FIRST: &str = include_str!("scripts/put_first.lua");
/// Of the script that opens and ends shares: Redis need not read that each time.
static SWAP_HASH: LazyLock<String> = LazyLock::new(|| Script::new(SWAP).get_hash().to_owned());
/// Opens the way for a part, or bars it with an empty one, which `HSETNX` leaves as it is.
const ADMIT_PART: &str = include_str!("scripts/admit_part.lua");
/// Takes the empty one away. With `allow-oom`, so that it always can.
const CLEAR_PART: &str = include_str!("scripts/clear_part.lua");
const LIST_PARTS: &str = include_str!("scripts/list_parts.lua");
const FENCE: &str = include_str!("scripts/fence.lua");
const PING: &str = include_str!("scripts/ping.lua");

/// The key of the visit counter.
pub(super) const HIT_COUNTER: &str = "hit_counter";
/// The last moment that Redis takes as an expiry without complaint, far beyond any share's.
const MAX_EXPIRY: u64 = 253_402_300_799_999;

pub(super) fn record_key(id: ShareId) -> String {
    format!("share:{{{id}}}")
}

/// Part 0 is a string of its own: most shares have no other, and so it takes the least memory.
pub(super) fn first_key(id: ShareId) -> String {
    format!("share:{{{id}}}:0")
}

pub(super) fn parts_key(id: ShareId) -> String {
    format!("share:{{{id}}}:parts")
}

fn fence_key(id: ShareId) -> String {
    format!("share:{{{id}}}:fence")
}

fn expiry(at: Timestamp) -> u64 {
    at.0.clamp(1, MAX_EXPIRY)
}

/// The share that a command is about.
fn share_id(command: &Command) -> Option<ShareId> {
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
    share_id(command).map_or_else(|| HIT_COUNTER.to_owned(), record_key)
}

/// Whether a command may be sent again when its answer was lost. A repeated insert answers that the share exists,
/// which its callers compare; a repeated count would count twice.
pub(super) fn is_repeatable(command: &Command) -> bool {
    !matches!(command, Command::CountVisit)
}

/// Whether nobody may hear of a command's success before copies of what it stands on are where they shall be. The
/// reading of a part is one of them: it follows an opening whose own answer may have been lost. A part that arrives is
/// not: it is worth nothing before the completion that is.
pub(super) fn needs_write_concern(command: &Command) -> bool {
    matches!(command, Command::Insert { .. } | Command::Swap { .. } | Command::GetPart { .. })
}

/// How many answers a command brings. What is created most often, and what is long, takes a transaction: each command of a
/// script costs twice what it costs outside, and all that a script is given is read byte by byte (Lua knows its strings by
/// their hash), which takes longer for 1 MiB than everything else.
pub(super) fn reply_count(command: &Command) -> usize {
    if matches!(command, Command::Insert { .. } | Command::PutPart { n: 1.., .. }) { 5 } else { 1 }
}

/// Writes a script's call on the keys of a share; `args` is how many follow the keys.
fn eval<'r, 'a>(
    request: &'r mut Request<'a>,
    script: &'static str,
    keys: &[impl AsRef<str>],
    args: usize,
) -> &'r mut Request<'a> {
    call(request, ["EVAL", script], keys, args)
}

/// The same, with the two words that say which script it is.
fn call<'r, 'a>(
    request: &'r mut Request<'a>,
    [how, script]: [&'static str; 2],
    keys: &[impl AsRef<str>],
    args: usize,
) -> &'r mut Request<'a> {
    request.command(3 + keys.len() + args).arg(how).arg(script).number(keys.len() as u64);
    keys.iter().fold(request, |request, key| request.copied_arg(key.as_ref().as_bytes()))
}

/// Writes a command. One that swaps asks whether Redis is `script_is_cached` its script, and so knows it by its hash.
pub(super) fn write_command<'a>(
    request: &mut Request<'a>,
    command: &'a Command,
    script_is_cached: impl FnOnce() -> bool,
) {
    let keys = |id: &ShareId| [record_key(*id), first_key(*id), parts_key(*id)];
    match command {
        Command::Insert { id, record, part0, record_until, parts_until } => {
            let [record_key, first_key, _] = keys(id);
            request.command(1).arg("MULTI");
            request.command(5).arg("MSETNX").copied_arg(record_key.as_bytes()).arg(record);
            request.copied_arg(first_key.as_bytes()).arg(part0);
            for (key, until) in [(record_key, record_until), (first_key, parts_until)] {
                // What stands there already has an end.
                request.command(4).arg("PEXPIREAT").copied_arg(key.as_bytes()).number(expiry(*until)).arg("NX");
            }
            request.command(1).arg("EXEC");
        }
        Command::Load { id } => {
            request.command(2).arg("GET").copied_arg(record_key(*id).as_bytes());
        }
        // Spread over several before they come here (`many`).
        Command::LoadAll { .. } => {
            request.command(1).arg("PING");
        }
        Command::Swap { id, old, new, record_until, parts, big: _ } => {
            let keys = keys(id);
            let (keys, fate, parts_until, size) = match parts {
                PartsFate::Keep(until) => (&keys[..], "keep", *until, 0),
                PartsFate::Settle(until, size) => (&keys[..], "settle", *until, *size),
                PartsFate::Open(until) => (&keys[..], "open", *until, 0),
                PartsFate::OpenAlone(until) => (&keys[..2], "open", *until, 0),
                PartsFate::Drop => (&keys[..], "drop", Timestamp(0), 0),
            };
            let script = if script_is_cached() { ["EVALSHA", SWAP_HASH.as_str()] } else { ["EVAL", SWAP] };
            call(request, script, keys, 6).arg(old).arg(new).number(expiry(*record_until));
            request.arg(fate).number(expiry(parts_until)).number(size);
        }
        Command::PutPart { id, old, n: 0, bytes, until, most: _ } => {
            eval(request, PUT_FIRST, &keys(id), 3).arg(old).arg(bytes).number(expiry(*until));
        }
        Command::PutPart { id, old, n, bytes, until, most } => {
            let (keys, n) = (keys(id), u64::from(*n));
            request.command(1).arg("MULTI");
            eval(request, ADMIT_PART, &keys, 5).arg(old).number(n).number(bytes.len() as u64);
            request.number(expiry(*until)).number(*most);
            request.command(4).arg("HSETNX").copied_arg(keys[2].as_bytes()).number(n).arg(bytes);
            eval(request, CLEAR_PART, &keys[2..], 1).number(n);
            request.command(1).arg("EXEC");
        }
        Command::GetPart { id, n: 0, big: _ } => {
            request.command(2).arg("GET").copied_arg(first_key(*id).as_bytes());
        }
        Command::GetPart { id, n, big: _ } => {
            request.command(3).arg("HGET").copied_arg(parts_key(*id).as_bytes()).number(u64::from(*n));
        }
        Command::ListParts { id } => {
            eval(request, LIST_PARTS, &keys(id)[1..], 0);
        }
        Command::Room => {
            request.command(2).arg("INFO").arg("memory");
        }
        Command::Ping => {
            eval(request, PING, &[HIT_COUNTER], 0);
        }
        Command::CountVisit => {
            request.command(2).arg("INCR").arg(HIT_COUNTER);
        }
    }
}

/// A write of this connection's own, behind `command`: what is waited for covers the last write of the connection and
/// all that any other made before it, and a command that found its work done wrote nothing.
pub(super) fn write_fence(request: &mut Request<'_>, command: &Command) {
    let key = share_id(command).map_or_else(|| HIT_COUNTER.to_owned(), fence_key);
    eval(request, FENCE, &[&key], 0);
}
