//! Sentinels: who the primary is just now.

use super::connection::open;
use super::error::from_client;
use super::target::{Access, Address};
use super::{StoreError, unavailable};
use ::redis::{RedisError, Value, pipe};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that one sentinel is waited for.
const SENTINEL_TIMEOUT: Duration = Duration::from_millis(400);
/// How long an answer is believed, so that many connections made at once ask once.
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

    /// A connection to the primary, which says itself that it is one: a server that came back from the dead may think
    /// so until the sentinels have told it, but they do not name it any more.
    pub(super) fn connect(&self, limit: Duration) -> Result<::redis::Connection, StoreError> {
        let address = self.primary(CACHE_TIME)?;
        let info = self.access.to(&address).map_err(unavailable)?;
        let mut connection = open(&info, limit).map_err(|error| from_client(&error))?;
        match ::redis::cmd("ROLE").query::<Value>(&mut connection) {
            Ok(Value::Array(items)) if matches!(items.first(), Some(Value::BulkString(role)) if role == b"master") => {
                Ok(connection)
            }
            // Who may not ask finds out from the first write.
            Err(error) if error.code() == Some("NOPERM") => Ok(connection),
            Ok(_) => Err(unavailable("the sentinels name a replica: they are electing another primary")),
            Err(error) => Err(from_client(&error)),
        }
    }

    /// The address of the primary. Answers of the last `max_age` are good enough.
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

    /// What the sentinel with the newest configuration says; one that was cut off from the others has an old one.
    fn query_all(&self) -> Result<Address, StoreError> {
        let answers: Vec<_> = thread::scope(|scope| {
            let asked: Vec<_> = self.hosts.iter().map(|host| scope.spawn(|| self.query(host))).collect();
            asked.into_iter().filter_map(|asked| asked.join().ok()).collect()
        });
        let mut failure = unavailable("there is no sentinel");
        let mut newest = None;
        for answer in answers {
            match answer {
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
        let asked = match self.query_as(host, false) {
            Err(error) if error.code() == Some("NOAUTH") && self.access.has_password() => self.query_as(host, true),
            asked => asked,
        };
        asked
            .map_err(|error| match error.code() {
                Some("ERR") => unavailable("the sentinels know no primary of the name in redis_url"),
                Some(_) => from_client(&error),
                None => unavailable("a sentinel cannot be reached"),
            })?
            .ok_or_else(|| unavailable("the sentinels know no primary of the name in redis_url"))
    }

    fn query_as(&self, host: &Address, signed_in: bool) -> Result<Option<(u64, Address)>, RedisError> {
        let info = self.access.to_sentinel(host, signed_in).map_err(|_| std::io::Error::other("no address"))?;
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
