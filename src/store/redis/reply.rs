//! What Redis answers, checked and made typed.

use super::command::{HIT_COUNTER, first_key, record_key};
use super::connection::{Connection, ConnectionError};
use super::error::{code, from_code, from_server};
use super::{Command, CommandResult, Reply};
use crate::share::record::{Record, stand_in_bytes};
use crate::share::{ShareId, Timestamp};
use crate::store::{Loaded, PartPut, StoreError, Swapped};
use ::redis::Value;
use std::hint::black_box;
use std::time::Instant;

/// Receives the tag that stands behind every batch. Anything else means that the answers of this connection belong to other
/// questions, those of this batch as well.
pub(super) fn expect_tag(connection: &mut Connection, tag: &str, deadline: Instant) -> Result<(), ConnectionError> {
    match connection.receive(deadline)? {
        Value::BulkString(bytes) if bytes == tag.as_bytes() => Ok(()),
        Value::ServerError(error) => Err(connection.fail_with(from_server(&error))),
        _ => Err(connection.reject_reply()),
    }
}

/// Redis' own time from its answer to `TIME`: seconds and microseconds.
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

/// What a transaction came to, by its answers: the first trouble, or what the first of its commands answered.
pub(super) fn transaction_reply(mut answers: Vec<Value>) -> Value {
    let trouble = |answers: &[Value]| answers.iter().position(|answer| matches!(answer, Value::ServerError(_)));
    if let Some(at) = trouble(&answers) {
        return answers.swap_remove(at);
    }
    match answers.pop() {
        Some(Value::Array(mut done)) if !done.is_empty() => {
            let at = trouble(&done).unwrap_or(0);
            done.swap_remove(at)
        }
        _ => Value::Nil,
    }
}

/// What one command came to.
pub(super) enum Attempt {
    /// It was answered.
    Done(CommandResult),
    /// It was not carried out; another server, or the same one in a moment, does.
    Retry(Retry),
}

/// Who carries a command out instead.
#[derive(Debug)]
pub(super) enum Retry {
    /// The server named: slot, a space, and its address.
    Moved(String),
    /// The same, for this one command.
    Ask(String),
    /// The same server in a moment: keys of one share are on two nodes just now.
    TryAgain,
    /// Whoever is the primary now: this server is one no more.
    ReadOnly,
    /// The same server, when it is sent the whole script.
    NoScript,
}

/// What `command` came to. An answer for another id costs the connection, and so does a server that was demoted.
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
        // A server that does not tell its memory, as managed ones may not, has no limit that we know of.
        _ if matches!(command, Command::Room) => return Attempt::Done(Ok(Reply::Room(None))),
        _ => return Attempt::Done(Err(from_server(error))),
    })
}

impl Retry {
    /// What to tell when nobody else is there.
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
        (Command::PutPart { id, .. }, Value::Array(items)) => Reply::PartPut(put(*id, items)?),
        (Command::Load { .. }, Value::Nil) => {
            read_stand_in();
            Reply::Loaded(Loaded { record: None, now: now? })
        }
        (Command::Load { id }, Value::BulkString(record)) if Record::names(*id, &record) => {
            Reply::Loaded(Loaded { record: Some(record), now: now? })
        }
        (Command::GetPart { .. }, Value::Nil) => Reply::Part(None),
        (Command::GetPart { .. }, Value::BulkString(part)) => Reply::Part(Some(part)),
        (Command::ListParts { id }, Value::Array(items)) => Reply::Parts(parts(*id, items)?),
        (Command::Room, Value::BulkString(info)) => Reply::Room(room(std::str::from_utf8(&info).ok()?)),
        (Command::Room, Value::VerbatimString { text, .. }) => Reply::Room(room(&text)),
        (Command::Ping, Value::Array(items)) => match &items[..] {
            [Value::BulkString(key), Value::Int(1)] if key == HIT_COUNTER.as_bytes() => Reply::Pong,
            _ => return None,
        },
        (Command::CountVisit, Value::Int(count)) => Reply::Visits(u64::try_from(count).ok()?),
        _ => return None,
    })
}

/// Nothing is quicker to read than a record. A stranger could tell by that whether there is one, so this copies as much, and
/// as often as takes the time in which the client library reads it (`tests/server/indistinguishable.rs` measures that).
fn read_stand_in() {
    for _ in 0..12 {
        let _ = black_box(black_box(stand_in_bytes()).to_vec());
    }
}

/// What a script answers: the key that it worked on, a number, and perhaps a part.
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

fn put(id: ShareId, items: Vec<Value>) -> Option<PartPut> {
    Some(match script_reply(id, items)? {
        (1, None) => PartPut::Done,
        (0, None) => PartPut::Changed,
        (-1, None) => PartPut::Missing,
        (-2, None) => PartPut::TooMuch,
        _ => return None,
    })
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

/// What `INFO memory` leaves for parts: up to four fifths of `maxmemory`, so that opening and deleting keep room, and of
/// that four fifths again, since a part of 1 MiB and a little takes 1¼ MiB of Redis' allocator.
fn room(info: &str) -> Option<u64> {
    let field = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
    let most = field("maxmemory:").filter(|most| *most > 0)?;
    Some((most / 5 * 4).saturating_sub(field("used_memory:")?) / 5 * 4)
}
