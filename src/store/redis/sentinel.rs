//! Discovery of the primary through Redis Sentinel.
//!
//! The client library's `SentinelClient` (redis 1.8) does not replace this. It trusts the first sentinel that answers,
//! although one behind a network partition reports an old primary, which still has that role. Without a timeout, one
//! sentinel that does not answer blocks it until the system's connect timeout.

use super::connection::{connect, open};
use super::diagnosis::explain;
use super::error::from_client;
use super::target::{Access, Address};
use super::{StoreError, unavailable};
use crate::store::{Trouble, TroubleKind};
use ::redis::{RedisError, Value, pipe};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Timeout for one sentinel.
const SENTINEL_TIMEOUT: Duration = Duration::from_millis(400);
/// How long the address of the primary is cached, so that concurrent connects share one query.
const CACHE_TIME: Duration = Duration::from_millis(200);

/// The sentinels of one primary.
pub(super) struct Sentinels {
    hosts: Vec<Address>,
    name: String,
    access: Access,
    known: Mutex<Option<(Instant, Address)>>,
}

impl Sentinels {
    pub(super) fn new(hosts: Vec<Address>, name: String, access: Access) -> Self {
        Self { hosts, name, access, known: Mutex::new(None) }
    }

    /// Connects to the primary that the sentinels report, and checks its role. An old primary that returns may report
    /// the role for a while, but the sentinels do not report its address.
    pub(super) fn connect(&self, timeout: Duration) -> Result<::redis::Connection, StoreError> {
        let address = self.primary(CACHE_TIME)?;
        let info = self.access.to(&address).map_err(unavailable)?;
        let mut connection = connect(&info, timeout)?;
        match ::redis::cmd("ROLE").query::<Value>(&mut connection) {
            Ok(Value::Array(items)) if matches!(items.first(), Some(Value::BulkString(role)) if role == b"master") => {
                Ok(connection)
            }
            // Without the permission, the first write detects a replica.
            Err(error) if error.code() == Some("NOPERM") => Ok(connection),
            Ok(_) => Err(unavailable("the sentinels report a replica: a failover is in progress")),
            Err(error) => Err(from_client(&error)),
        }
    }

    /// Returns the address of the primary, cached for up to `max_age`.
    pub(super) fn primary(&self, max_age: Duration) -> Result<Address, StoreError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, address)) = &*known
            && at.elapsed() < max_age
        {
            return Ok(address.clone());
        }
        let address = self.query_all()?;
        *known = Some((Instant::now(), address.clone()));
        Ok(address)
    }

    /// Queries all sentinels, and returns the address of the newest configuration: a partitioned sentinel has an old one.
    fn query_all(&self) -> Result<Address, StoreError> {
        let results: Vec<_> = thread::scope(|scope| {
            let queries: Vec<_> = self.hosts.iter().map(|host| scope.spawn(|| self.query(host))).collect();
            queries.into_iter().filter_map(|query| query.join().ok()).collect()
        });
        let mut failure = unavailable("no sentinel is configured");
        let mut newest = None;
        for result in results {
            match result {
                Ok((epoch, address)) if newest.as_ref().is_none_or(|(newest, _)| epoch > *newest) => {
                    newest = Some((epoch, address));
                }
                Ok(_) => {}
                Err(error) => failure = error,
            }
        }
        newest.map(|(_, address)| address).ok_or(failure)
    }

    fn query(&self, host: &Address) -> Result<(u64, Address), StoreError> {
        let result = match self.query_as(host, false) {
            Err(error) if error.code() == Some("NOAUTH") && self.access.has_password() => self.query_as(host, true),
            result => result,
        };
        result
            .map_err(|error| match error.code() {
                Some("ERR") => unavailable("the sentinels have no primary with the name in redis_url"),
                Some(_) => from_client(&error),
                None => self.explain_unreachable(host, &error),
            })?
            .ok_or_else(|| unavailable("the sentinels have no primary with the name in redis_url"))
    }

    /// Returns why a sentinel could not be queried.
    fn explain_unreachable(&self, host: &Address, error: &RedisError) -> StoreError {
        let unknown = Trouble::new(TroubleKind::Unreachable, "a sentinel is unreachable");
        match self.access.to_sentinel(host, false).map(|info| explain(error, &info)) {
            Ok(StoreError::Unavailable(trouble)) if trouble.kind != TroubleKind::Unreachable => {
                StoreError::Unavailable(trouble)
            }
            _ => StoreError::Unavailable(unknown),
        }
    }

    fn query_as(&self, host: &Address, authenticate: bool) -> Result<Option<(u64, Address)>, RedisError> {
        let info = self.access.to_sentinel(host, authenticate).map_err(|_| std::io::Error::other("no address"))?;
        let mut connection = open(&info, SENTINEL_TIMEOUT)?;
        let (address, fields): (Option<Address>, HashMap<String, String>) = pipe()
            .cmd("SENTINEL")
            .arg("GET-MASTER-ADDR-BY-NAME")
            .arg(&self.name)
            .cmd("SENTINEL")
            .arg("MASTER")
            .arg(&self.name)
            .query(&mut connection)?;
        let epoch = fields.get("config-epoch").and_then(|epoch| epoch.parse().ok()).unwrap_or(0);
        Ok(address.map(|address| (epoch, address)))
    }
}
