//! Parsing and validation of replies.

use super::command::{HIT_COUNTER, first_key, record_key};
use super::connection::{Connection, ConnectionError};
use super::error::{code, from_code, from_server};
use super::{Command, CommandResult, Reply};
use crate::share::Timestamp;
use crate::share::record::{Record, copy_stand_in};
use crate::store::{Loaded, PartPut, PartReference, Room, StoreError, Swapped, Taken};
use ::redis::Value;
use onetimeshare_envelope::ShareId;
use std::time::Instant;

/// Receives the tag of a pipeline. Any other reply means that the replies of this connection belong to other requests,
/// including those of this pipeline.
pub(super) fn expect_tag(connection: &mut Connection, tag: &str, deadline: Instant) -> Result<(), ConnectionError> {
    match connection.receive(deadline)? {
        Value::BulkString(bytes) if bytes == tag.as_bytes() => Ok(()),
        Value::ServerError(error) => Err(connection.fail_with(from_server(&error))),
        _ => Err(connection.reject_reply()),
    }
}

/// Parses the reply to `TIME`: seconds and microseconds.
pub(super) fn parse_time(connection: &mut Connection, value: Value) -> Result<Timestamp, ConnectionError> {
    let number = |value: &Value| match value {
        Value::BulkString(bytes) => std::str::from_utf8(bytes).ok()?.parse::<u64>().ok(),
        _ => None,
    };
    match value {
        Value::Array(parts) => {
            if let [seconds, micros] = &parts[..]
                && let (Some(seconds), Some(micros)) = (number(seconds), number(micros))
            {
                return Ok(Timestamp(seconds.saturating_mul(1000).saturating_add(micros / 1000)));
            }
            Err(connection.reject_reply())
        }
        Value::ServerError(error) => Err(connection.fail_with(from_server(&error))),
        _ => Err(connection.reject_reply()),
    }
}

/// Returns the first error of a transaction, or else the reply to its first command.
pub(super) fn transaction_reply(mut replies: Vec<Value>) -> Value {
    let error = |replies: &[Value]| replies.iter().position(|reply| matches!(reply, Value::ServerError(_)));
    if let Some(index) = error(&replies) {
        return replies.swap_remove(index);
    }
    match replies.pop() {
        Some(Value::Array(mut results)) if !results.is_empty() => {
            let index = error(&results).unwrap_or(0);
            results.swap_remove(index)
        }
        _ => Value::Nil,
    }
}

/// The outcome of sending one command to one server.
pub(super) enum Attempt {
    /// The server executed or rejected the command.
    Done(CommandResult),
    /// The command was not executed and must be sent again.
    Retry(Retry),
}

/// Where to send a command again.
#[derive(Debug)]
pub(super) enum Retry {
    /// To another server: slot, space, and its address.
    Moved(String),
    /// To another server, for this command only.
    Ask(String),
    /// To the same server after a delay: the keys of the share are being migrated.
    TryAgain,
    /// To the new primary: this server was demoted.
    ReadOnly,
    /// To the same server, with the whole script.
    NoScript,
}

/// Interprets the reply to `command`. Discards the connection after a reply for another share, or when the server was
/// demoted.
pub(super) fn interpret(
    connection: &mut Connection,
    command: &Command,
    value: Value,
    now: Option<Timestamp>,
) -> Attempt {
    let Value::ServerError(error) = &value else {
        return Attempt::Done(parse(command, value, now).ok_or_else(|| connection.reject_reply().cause));
    };
    let details = || error.details().unwrap_or_default().to_owned();
    Attempt::Retry(match code(error) {
        "MOVED" => Retry::Moved(details()),
        "ASK" => Retry::Ask(details()),
        "TRYAGAIN" => Retry::TryAgain,
        "READONLY" => {
            connection.retire();
            Retry::ReadOnly
        }
        "NOSCRIPT" => {
            connection.note_script_flush();
            Retry::NoScript
        }
        // Managed servers may not permit `INFO`: no limit is known.
        _ if matches!(command, Command::Room) => return Attempt::Done(Ok(Reply::Room(None))),
        _ => return Attempt::Done(Err(from_server(error))),
    })
}

impl Retry {
    /// Returns the error for the caller after the last attempt.
    pub(super) fn error(&self) -> StoreError {
        from_code(match self {
            Self::Moved(_) => "MOVED",
            Self::Ask(_) => "ASK",
            Self::TryAgain => "TRYAGAIN",
            Self::ReadOnly => "READONLY",
            Self::NoScript => "NOSCRIPT",
        })
    }
}

fn parse(command: &Command, value: Value, now: Option<Timestamp>) -> Option<Reply> {
    Some(match (command, value) {
        (Command::Insert { .. }, Value::Int(0)) => Reply::Inserted(false),
        (Command::Insert { .. }, Value::Int(1)) => Reply::Inserted(true),
        (Command::Swap { id, .. }, Value::Array(items)) => Reply::Swapped(swapped(*id, items)?),
        (Command::PutPart { id, .. }, Value::Array(items)) => Reply::PartPut(put(*id, items)?.0),
        (Command::Load { .. }, Value::Nil) => {
            // The client library takes as long to read a record.
            copy_stand_in(13);
            Reply::Loaded(Loaded { record: None, now: now? })
        }
        (Command::Load { id }, Value::BulkString(record)) if Record::names(*id, &record) => {
            Reply::Loaded(Loaded { record: Some(record), now: now? })
        }
        (Command::GetPart { .. }, Value::Nil) => Reply::Part(None),
        (Command::GetPart { .. }, Value::BulkString(part)) => Reply::Part(Some(part)),
        (Command::ListParts { id }, Value::Array(items)) => Reply::Parts(parts(*id, items)?),
        (Command::PutReference { id, .. }, Value::Array(items)) => {
            let (put, replaced) = put(*id, items)?;
            Reply::ReferencePut(put, replaced.and_then(|bytes| PartReference::decode(&bytes)))
        }
        (Command::GetReference { .. }, Value::Nil) => Reply::Reference(None),
        (Command::GetReference { .. }, Value::BulkString(bytes)) => {
            Reply::Reference(Some(PartReference::decode(&bytes)?))
        }
        (Command::TakeReferences { id }, Value::Array(items)) => Reply::ReferencesTaken(taken(*id, items)?),
        (Command::SetEnd { .. }, Value::Int(_)) => Reply::EndSet,
        (Command::DueEnds, Value::Array(items)) => {
            let id = |item| match item {
                Value::BulkString(bytes) => Some(ShareId::from_bytes(bytes.try_into().ok()?)),
                _ => None,
            };
            Reply::Due(items.into_iter().filter_map(id).collect())
        }
        // A count that was too low is corrected within the hour.
        (Command::CountFiles { .. }, Value::Int(bytes)) => Reply::FileBytes(u64::try_from(bytes).unwrap_or(0)),
        (Command::BeginCount, Value::Nil) => Reply::CountBegun(false),
        (Command::BeginCount, Value::Okay) => Reply::CountBegun(true),
        (Command::PartsRoom, _) => Reply::Room(None),
        (Command::Room, Value::BulkString(info)) => Reply::Room(room(std::str::from_utf8(&info).ok()?)),
        (Command::Room, Value::VerbatimString { text, .. }) => Reply::Room(room(&text)),
        (Command::QuotaKey { fresh }, Value::Nil) => Reply::QuotaKey(Some(*fresh)),
        (Command::QuotaKey { .. }, Value::BulkString(key)) => Reply::QuotaKey(Some(key.try_into().ok()?)),
        (Command::AddUses { uses }, Value::Array(items)) if items.len() == uses.len() => {
            let total = |item| if let Value::Int(total) = item { Some(total) } else { None };
            Reply::Uses(items.into_iter().map(total).collect::<Option<_>>()?)
        }
        (Command::Ping, Value::Array(items)) => match &items[..] {
            [Value::BulkString(key), Value::Int(1)] if key == HIT_COUNTER.as_bytes() => Reply::Pong,
            _ => return None,
        },
        (Command::CountVisit, Value::Int(count)) => Reply::Visits(u64::try_from(count).ok()?),
        _ => return None,
    })
}

/// Parses the reply of a script: the record key, a result code, and possibly a part. Returns `None` for another share.
fn script_reply(id: ShareId, items: Vec<Value>) -> Option<(i64, Option<Vec<u8>>)> {
    let mut items = items.into_iter();
    let (Value::BulkString(key), Value::Int(code)) = (items.next()?, items.next()?) else { return None };
    let part = match items.next() {
        None => None,
        Some(Value::BulkString(part)) => Some(part),
        Some(_) => return None,
    };
    (key == record_key(id).as_bytes()).then_some((code, part))
}

fn swapped(id: ShareId, items: Vec<Value>) -> Option<Swapped> {
    Some(match script_reply(id, items)? {
        (1, part) => Swapped::Done(part),
        (0, None) => Swapped::Changed,
        (-1, None) => Swapped::Missing,
        _ => return None,
    })
}

/// Parses the reply to a written part: the result, and the reference that was replaced.
fn put(id: ShareId, items: Vec<Value>) -> Option<(PartPut, Option<Vec<u8>>)> {
    let (code, replaced) = script_reply(id, items)?;
    let put = match code {
        1 => PartPut::Done,
        0 => PartPut::Changed,
        -1 => PartPut::Missing,
        -2 => PartPut::TooLarge,
        _ => return None,
    };
    (put == PartPut::Done || replaced.is_none()).then_some((put, replaced))
}

/// Parses the reply to [`Command::TakeReferences`]: the key of part 0, its expiry if it exists, and the references.
fn taken(id: ShareId, items: Vec<Value>) -> Option<Taken> {
    let mut items = items.into_iter();
    match (items.next()?, items.next()?) {
        (Value::BulkString(key), Value::Int(until)) if key == first_key(id).as_bytes() => {
            if let Ok(until) = u64::try_from(until) {
                return Some(Taken::Living(Timestamp(until)));
            }
        }
        _ => return None,
    }
    // A reference in another format is left to the removal of its hour.
    let reference = |item| if let Value::BulkString(bytes) = item { PartReference::decode(&bytes) } else { None };
    Some(Taken::Ended(items.filter_map(reference).collect()))
}

fn parts(id: ShareId, items: Vec<Value>) -> Option<Vec<(u32, u32)>> {
    let mut items = items.into_iter();
    match items.next()? {
        Value::BulkString(key) if key == first_key(id).as_bytes() => {}
        _ => return None,
    }
    let mut parts = Vec::with_capacity(items.len() / 2);
    while let Some(n) = items.next() {
        let (Value::BulkString(n), Value::Int(length)) = (n, items.next()?) else { return None };
        parts.push((std::str::from_utf8(&n).ok()?.parse().ok()?, u32::try_from(length).ok()?));
    }
    parts.sort_unstable();
    Some(parts)
}

/// Returns the room for parts by `INFO memory`. Parts may use 4/5 of `maxmemory`, which leaves room to open and delete
/// shares; of the free part, 4/5 count, because the allocator of Redis takes 1.25 MiB for a part slightly over 1 MiB.
fn room(info: &str) -> Option<Room> {
    let field = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
    let max = field("maxmemory:").filter(|max| *max > 0)?;
    let all = max / 5 * 4;
    Some(Room { free: all.saturating_sub(field("used_memory:")?) / 5 * 4, total: all / 5 * 4 })
}
