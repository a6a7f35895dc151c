//! Encoding of commands as Redis commands, transactions and scripts.

use super::request::Request;
use super::{Command, PartsFate};
use crate::share::Timestamp;
use crate::store::{EndChange, MAX_DUE};
use ::redis::{Cmd, Script, ToRedisArgs};
use onetimeshare_envelope::{ShareId, base32};
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Declared with `allow-oom`, so that shares of a full Redis can be opened.
const SWAP: &str = include_str!("scripts/swap.lua");
const PUT_FIRST: &str = include_str!("scripts/put_first.lua");
/// The SHA-1 of [`SWAP`] for `EVALSHA`, which saves sending and hashing the most frequent script.
static SWAP_HASH: LazyLock<String> = LazyLock::new(|| Script::new(SWAP).get_hash().to_owned());
/// Checks that a part may be stored. If not, stores an empty part, so that the `HSETNX` that follows has no effect.
const ADMIT_PART: &str = include_str!("scripts/admit_part.lua");
/// Removes the empty part. Declared with `allow-oom`, so that it never fails.
const CLEAR_PART: &str = include_str!("scripts/clear_part.lua");
pub(super) const LIST_PARTS: &str = include_str!("scripts/list_parts.lua");
const PUT_REFERENCE: &str = include_str!("scripts/put_reference.lua");
const GET_REFERENCE: &str = include_str!("scripts/get_reference.lua");
const TAKE_REFERENCES: &str = include_str!("scripts/take_references.lua");
const COUNT_FILES: &str = include_str!("scripts/count_files.lua");
const DUE_ENDS: &str = include_str!("scripts/due_ends.lua");
const SET_END: &str = include_str!("scripts/set_end.lua");
const FENCE: &str = include_str!("scripts/fence.lua");
const ADD_USES: &str = include_str!("scripts/add_uses.lua");
const PING: &str = include_str!("scripts/ping.lua");

/// The key of the visit counter.
pub(super) const HIT_COUNTER: &str = "hit_counter";
/// The key of the counters' key. All counters are in its slot, so that one script adds to many.
const QUOTA_KEY: &str = "share:{quota}:key";
/// A sorted set of shares with references, by the time at which their parts may have ended, in milliseconds.
const ENDS_KEY: &str = "share:{ends}";
/// The bytes of all objects in a part store, and the mark of the server that counts them in this hour.
const FILE_BYTES_KEY: &str = "share:{ends}:bytes";
const COUNTING_KEY: &str = "share:{ends}:counting";
/// The latest expiry that is sent to Redis (the end of the year 9999), which rejects much later ones.
const MAX_EXPIRY: u64 = 253_402_300_799_999;

/// Returns a key of a share. All of them are in one slot of a cluster.
fn share_key(id: ShareId, end: &str) -> String {
    ["share:{", &base32::encode(id.as_bytes()), "}", end].concat()
}

pub(super) fn record_key(id: ShareId) -> String {
    share_key(id, "")
}

/// The key of part 0. It is a plain string, which takes less memory than a hash; most shares have no other part.
pub(super) fn first_key(id: ShareId) -> String {
    share_key(id, ":0")
}

pub(super) fn parts_key(id: ShareId) -> String {
    share_key(id, ":parts")
}

fn fence_key(id: ShareId) -> String {
    share_key(id, ":fence")
}

fn account_key(name: &[u8; 16]) -> String {
    let mut key = String::from("share:{quota}:");
    for byte in name {
        // Writing to a `String` cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    key
}

fn expiry(at: Timestamp) -> u64 {
    at.0.clamp(1, MAX_EXPIRY)
}

/// Returns the share of a command.
fn share_id(command: &Command) -> Option<ShareId> {
    match command {
        Command::Insert { id, .. }
        | Command::Load { id }
        | Command::Swap { id, .. }
        | Command::PutPart { id, .. }
        | Command::GetPart { id, .. }
        | Command::ListParts { id }
        | Command::PutReference { id, .. }
        | Command::GetReference { id, .. }
        | Command::TakeReferences { id } => Some(*id),
        Command::LoadAll { .. }
        | Command::SetEnd { .. }
        | Command::DueEnds
        | Command::CountFiles { .. }
        | Command::BeginCount
        | Command::Room
        | Command::PartsRoom
        | Command::QuotaKey { .. }
        | Command::AddUses { .. }
        | Command::Ping
        | Command::CountVisit => None,
    }
}

/// Returns the key that determines the slot of a command.
pub(super) fn key(command: &Command) -> String {
    if let Command::QuotaKey { .. } | Command::AddUses { .. } = command {
        return QUOTA_KEY.to_owned();
    }
    if let Command::SetEnd { .. } | Command::DueEnds | Command::CountFiles { .. } | Command::BeginCount = command {
        return ENDS_KEY.to_owned();
    }
    share_id(command).map_or_else(|| HIT_COUNTER.to_owned(), record_key)
}

/// Returns whether a command may be repeated when its reply was lost. After a repeated insert the caller compares the
/// existing share with its own; a repeated visit would count twice. Counting bytes twice only makes a limit stricter for a
/// day.
pub(super) fn is_repeatable(command: &Command) -> bool {
    !matches!(command, Command::CountVisit)
}

/// Returns whether the write must be replicated before it is acknowledged. This includes reading a part, because it may
/// follow an opening whose own reply was lost. It excludes writing a part, because the completion of the upload that
/// follows is replicated.
pub(super) fn needs_write_concern(command: &Command) -> bool {
    matches!(
        command,
        Command::Insert { .. } | Command::Swap { .. } | Command::GetPart { .. } | Command::GetReference { .. }
    )
}

/// Returns the number of replies to a command. Inserts and long parts use transactions instead of scripts: a Redis command
/// costs twice as much in a script, and Lua hashes each argument, which dominates the time for 1 MiB.
pub(super) fn reply_count(command: &Command) -> usize {
    if matches!(command, Command::Insert { .. } | Command::PutPart { n: 1.., .. }) { 5 } else { 1 }
}

/// Adds an `EVAL` of `script`. The caller adds its arguments.
fn eval<'r>(request: &'r mut Request, script: &str, keys: &[impl ToRedisArgs]) -> &'r mut Cmd {
    request.cmd("EVAL").arg(script).arg(keys.len()).arg(keys)
}

/// Adds the first record and part 0 of a share, each with its own end.
fn add_insert(request: &mut Request, id: ShareId, [record, part0]: [&[u8]; 2], ends: [Timestamp; 2]) {
    let (record_key, first_key) = (record_key(id), first_key(id));
    request.cmd("MULTI");
    request.cmd("MSETNX").arg(&record_key).arg(record).arg(&first_key).arg(part0);
    for (key, until) in [record_key, first_key].into_iter().zip(ends) {
        // `NX`, because `MSETNX` may have left an existing key, which has an expiry.
        request.cmd("PEXPIREAT").arg(key).arg(expiry(until)).arg("NX");
    }
    request.cmd("EXEC");
}

/// Adds a command. A swap is sent as `EVALSHA` when `script_is_cached` returns true.
pub(super) fn add_command(request: &mut Request, command: &Command, script_is_cached: impl FnOnce() -> bool) {
    let keys = |id: &ShareId| [record_key(*id), first_key(*id), parts_key(*id)];
    match command {
        Command::Insert { id, record, part0, record_until, parts_until } => {
            add_insert(request, *id, [record, part0], [*record_until, *parts_until]);
        }
        Command::Load { id } => {
            request.cmd("GET").arg(record_key(*id));
        }
        // `fan_out` has replaced the one with single loads, and only a composed store has a room of parts.
        Command::LoadAll { .. } | Command::PartsRoom => {
            request.cmd("PING");
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
            let call = if script_is_cached() {
                request.cmd("EVALSHA").arg(SWAP_HASH.as_str()).arg(keys.len()).arg(keys)
            } else {
                eval(request, SWAP, keys)
            };
            call.arg(old).arg(new).arg(expiry(*record_until)).arg(fate).arg(expiry(parts_until)).arg(size);
        }
        Command::PutPart { id, old, n: 0, bytes, until, max_bytes: _ } => {
            eval(request, PUT_FIRST, &keys(id)).arg(old).arg(bytes).arg(expiry(*until));
        }
        Command::PutPart { id, old, n, bytes, until, max_bytes } => {
            let keys = keys(id);
            request.cmd("MULTI");
            let admit = eval(request, ADMIT_PART, &keys).arg(old).arg(n).arg(bytes.len());
            admit.arg(expiry(*until)).arg(max_bytes);
            request.cmd("HSETNX").arg(&keys[2]).arg(n).arg(bytes);
            eval(request, CLEAR_PART, &keys[2..]).arg(n);
            request.cmd("EXEC");
        }
        Command::GetPart { id, n: 0, big: _ } => {
            request.cmd("GET").arg(first_key(*id));
        }
        Command::GetPart { id, n, big: _ } => {
            request.cmd("HGET").arg(parts_key(*id)).arg(n);
        }
        Command::ListParts { id } => {
            eval(request, LIST_PARTS, &keys(id)[1..]);
        }
        Command::PutReference { id, old, n, reference, until, max_bytes } => {
            let call = eval(request, PUT_REFERENCE, &keys(id)).arg(old).arg(n).arg(reference.encode());
            call.arg(reference.length).arg(expiry(*until)).arg(max_bytes);
        }
        Command::GetReference { id, n } => {
            eval(request, GET_REFERENCE, &keys(id)[1..]).arg(n);
        }
        Command::TakeReferences { id } => {
            eval(request, TAKE_REFERENCES, &keys(id)[1..]);
        }
        Command::SetEnd { id, end } => {
            let (how, at) = match end {
                EndChange::First(at) => ("NX", *at),
                EndChange::Sooner(at) => ("LT", *at),
                EndChange::Next(at) => ("XX", *at),
                EndChange::Over => ("", Timestamp(0)),
            };
            eval(request, SET_END, &[ENDS_KEY]).arg(&id.as_bytes()[..]).arg(how).arg(expiry(at));
        }
        Command::CountFiles { change } => {
            eval(request, COUNT_FILES, &[FILE_BYTES_KEY]).arg(*change);
        }
        Command::BeginCount => {
            request.cmd("SET").arg(COUNTING_KEY).arg("1").arg("NX").arg("EX").arg("3000");
        }
        Command::DueEnds => {
            eval(request, DUE_ENDS, &[ENDS_KEY]).arg(MAX_DUE);
        }
        Command::Room => {
            request.cmd("INFO").arg("memory");
        }
        Command::QuotaKey { fresh } => {
            request.cmd("SET").arg(QUOTA_KEY).arg(&fresh[..]).arg("NX").arg("GET").arg("EX").arg("86400");
        }
        Command::AddUses { uses } => {
            let keys: Vec<String> = uses.iter().map(|(name, _)| account_key(name)).collect();
            let call = eval(request, ADD_USES, &keys);
            for (_, bytes) in uses {
                call.arg(*bytes);
            }
        }
        Command::Ping => {
            eval(request, PING, &[HIT_COUNTER]);
        }
        Command::CountVisit => {
            request.cmd("INCR").arg(HIT_COUNTER);
        }
    }
}

/// Adds a write to the slot of `command`, so that `WAIT` covers it: `WAIT` covers all writes before the last one of its
/// own connection, and a repeated command may have written nothing.
pub(super) fn add_fence(request: &mut Request, command: &Command) {
    let key = share_id(command).map_or_else(|| HIT_COUNTER.to_owned(), fence_key);
    eval(request, FENCE, &[key]);
}
