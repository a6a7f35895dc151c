//! Figures about the shares and requests on a Redis server.

use super::StoreError;
use super::command::{LIST_PARTS, first_key, parts_key};
use super::error::from_client;
use crate::share::record::{Record, State};
use crate::share::request::{RequestRecord, RequestState};
use crate::share::{Timestamp, Usage};
use ::redis::{Connection, RedisError, Value, cmd, pipe};
use std::collections::HashSet;

/// Number of keys per `SCAN`.
const SCAN_COUNT: usize = 500;

/// Adds the shares and requests of one server to `usage`.
pub(super) fn measure(connection: &mut Connection, usage: &mut Usage) -> Result<(), StoreError> {
    scan(connection, usage).map_err(|error| from_client(&error))
}

fn scan(connection: &mut Connection, usage: &mut Usage) -> Result<(), RedisError> {
    let (seconds, _): (u64, u64) = cmd("TIME").query(connection)?;
    let now = Timestamp(seconds.saturating_mul(1000));
    // `SCAN` may return a key more than once.
    let mut seen = HashSet::new();
    let mut cursor = 0_u64;
    loop {
        // Matches only record keys: the keys of parts continue after the closing brace.
        let mut scan = cmd("SCAN");
        scan.arg(cursor).arg("MATCH").arg("share:{*}").arg("COUNT").arg(SCAN_COUNT);
        let (next, keys): (u64, Vec<String>) = scan.query(connection)?;
        let mut load = pipe();
        for key in &keys {
            load.cmd("GET").arg(key);
        }
        let records: Vec<Option<Vec<u8>>> = if keys.is_empty() { Vec::new() } else { load.query(connection)? };
        for stored in records.iter().flatten() {
            if let Ok(record) = Record::decode(stored) {
                if seen.insert(record.id()) {
                    let bytes = stored_bytes(connection, &record, now)?;
                    usage.add(&record, now, bytes);
                }
            } else if let Ok(request) = RequestRecord::decode(stored)
                && seen.insert(request.id())
            {
                let bytes = match request.state(now) {
                    RequestState::Open => cmd("STRLEN").arg(first_key(request.id())).query(connection)?,
                    _ => 0,
                };
                usage.add_request(&request, now, bytes);
            }
        }
        if next == 0 {
            return Ok(());
        }
        cursor = next;
    }
}

/// Returns the length of the share's parts: as announced when the upload is complete, otherwise of those that arrived.
fn stored_bytes(connection: &mut Connection, record: &Record, now: Timestamp) -> Result<u64, RedisError> {
    if record.state(now) != State::Uploading {
        return Ok(u64::from(record.part0()).saturating_add(record.size()));
    }
    let keys = [first_key(record.id()), parts_key(record.id())];
    let listed: Vec<Value> = cmd("EVAL").arg(LIST_PARTS).arg(keys.len()).arg(&keys).query(connection)?;
    // The first item is the key; then follow number and length of each part.
    let lengths = listed.iter().skip(2).step_by(2).map(|length| match length {
        Value::Int(length) => u64::try_from(*length).unwrap_or(0),
        _ => 0,
    });
    Ok(lengths.sum())
}
