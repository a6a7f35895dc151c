//! Removal of abandoned uploads from a full Redis. Waiting shares are never removed.

use super::StoreError;
use super::command::{first_key, parts_key};
use super::error::from_client;
use crate::share::Timestamp;
use crate::share::record::Record;
use ::redis::{RedisError, cmd, pipe};
use onetimeshare_envelope::ShareId;

/// Number of keys per `SCAN`.
const SCAN_COUNT: usize = 500;

const RECLAIM: &str = include_str!("scripts/reclaim.lua");

/// Removes abandoned uploads from one server. Returns their ids.
pub(super) fn remove_abandoned(connection: &mut ::redis::Connection) -> Result<Vec<ShareId>, StoreError> {
    search(connection).map_err(|error| from_client(&error))
}

fn search(connection: &mut ::redis::Connection) -> Result<Vec<ShareId>, RedisError> {
    let (seconds, _): (u64, u64) = cmd("TIME").query(connection)?;
    let now = Timestamp(seconds.saturating_mul(1000));
    let (mut cursor, mut removed) = (0_u64, Vec::new());
    loop {
        // Matches only record keys: the keys of parts continue after the closing brace.
        let mut scan = cmd("SCAN");
        scan.arg(cursor).arg("MATCH").arg("share:{*}").arg("COUNT").arg(SCAN_COUNT);
        let (next, keys): (u64, Vec<String>) = scan.query(connection)?;
        for key in keys {
            removed.extend(remove_if_abandoned(connection, &key, now)?);
        }
        if next == 0 {
            return Ok(removed);
        }
        cursor = next;
    }
}

/// Removes a share if it is an abandoned upload. The script checks that it has not changed meanwhile. Returns the id of a
/// removed share.
fn remove_if_abandoned(
    connection: &mut ::redis::Connection,
    key: &str,
    now: Timestamp,
) -> Result<Option<ShareId>, RedisError> {
    let mut load = pipe();
    load.cmd("GET").arg(key).cmd("PEXPIRETIME").arg(key);
    let (record, until): (Option<Vec<u8>>, i64) = load.query(connection)?;
    let (Some(bytes), Ok(until)) = (record, u64::try_from(until)) else { return Ok(None) };
    let abandoned = Record::decode(&bytes).ok().filter(|record| record.is_abandoned(now, Timestamp(until)));
    let Some(id) = abandoned.map(|record| record.id()) else { return Ok(None) };
    let mut call = cmd("EVAL");
    call.arg(RECLAIM).arg(3).arg(key).arg(first_key(id)).arg(parts_key(id)).arg(&bytes).arg(until);
    let removed: bool = call.query(connection)?;
    Ok(removed.then_some(id))
}
