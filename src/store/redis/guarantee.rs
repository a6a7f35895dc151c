//! The guarantee that the settings of the Redis servers give, and whether they may be used.

use super::StoreError;
use super::command::HIT_COUNTER;
use super::error::from_client;
use super::make::{Make, without_scripts};
use super::pipeline::WriteConcern;
use crate::store::{Guarantee, Trouble, TroubleKind};
use ::redis::{RedisError, Value, cmd};
use std::collections::HashMap;

/// Settings of one server. A setting is `None` when the user may not read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ServerSettings {
    /// Name and version of the server.
    make: Option<Make>,
    /// Why this program cannot use the server.
    unusable: Option<String>,
    /// `maxmemory-policy`.
    policy: Option<String>,
    /// `appendonly`.
    appendonly: Option<bool>,
    /// `appendfsync`.
    appendfsync: Option<String>,
    /// `save`; empty without snapshots.
    save: Option<String>,
    /// Number of connected replicas.
    replicas: u32,
    /// Whether the server has the command `WAITAOF`.
    waitaof: bool,
}

/// How the store uses its servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deployment {
    /// The write concern, as far as the servers support it.
    pub(super) write_concern: WriteConcern,
    /// Whether a replica is promoted automatically.
    pub(super) fails_over: bool,
}

/// A guarantee and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assessment {
    pub(super) guarantee: Guarantee,
    pub(super) reason: &'static str,
    /// Set when the store must reject new shares: the wrong setting and the fix. With
    /// [`Unsupported`](TroubleKind::Unsupported) it rejects everything.
    pub(super) refusal: Option<Trouble>,
    /// Name and version of the server.
    pub(super) server: String,
}

impl ServerSettings {
    /// Fetches name and version of a server, and its settings if it can be used.
    ///
    /// # Errors
    /// When the server does not reply. Missing permissions are not an error.
    pub(super) fn fetch(connection: &mut ::redis::Connection) -> Result<Self, StoreError> {
        let info: Option<String> = optional(cmd("INFO").query(connection))?;
        let info = parse_info(&info.unwrap_or_default());
        let make = match Make::of(&info) {
            None => Make::of_hello(&hello(connection)?),
            make => make,
        };
        let unusable = match make.as_ref().and_then(Make::refusal) {
            None if info.get("redis_mode").is_some_and(|mode| mode == "sentinel") => {
                Some("The server is a Sentinel, not a Redis with data. Use redis-sentinel:// in redis_url.".to_owned())
            }
            None if !runs_scripts(connection)? => Some(without_scripts(make.as_ref())),
            refusal => refusal,
        };
        if unusable.is_some() {
            return Ok(Self { make, unusable, ..Self::default() });
        }
        let setting = |connection: &mut ::redis::Connection, name: &str| {
            let found: Option<HashMap<String, String>> =
                optional(cmd("CONFIG").arg("GET").arg(name).query(connection))?;
            Ok::<_, StoreError>(found.and_then(|mut found| found.remove(name)))
        };
        let appendonly = setting(connection, "appendonly")?.or_else(|| {
            let enabled = info.get("aof_enabled")?;
            Some(if enabled == "1" { "yes" } else { "no" }.to_owned())
        });
        let policy = setting(connection, "maxmemory-policy")?;
        let waitaof: Option<Value> = optional(cmd("COMMAND").arg("INFO").arg("WAITAOF").query(connection))?;
        Ok(Self {
            make,
            unusable: None,
            policy: policy.or_else(|| info.get("maxmemory_policy").cloned()),
            appendonly: appendonly.map(|is| is == "yes"),
            appendfsync: setting(connection, "appendfsync")?,
            save: setting(connection, "save")?,
            replicas: info.get("connected_slaves").and_then(|count| count.parse().ok()).unwrap_or(0),
            waitaof: matches!(waitaof, Some(Value::Array(known)) if matches!(known.first(), Some(Value::Array(_)))),
        })
    }

    /// Returns whether the server supports waiting for the append-only file.
    pub(super) fn can_wait_for_fsync(&self) -> bool {
        self.waitaof && self.appendonly == Some(true)
    }

    /// Returns the guarantee of this server.
    pub(super) fn assess(&self, deployment: Deployment) -> Assessment {
        let server = self.make.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        if let Some(unusable) = &self.unusable {
            let refusal = Some(Trouble::new(TroubleKind::Unsupported, unusable.clone()));
            return Assessment {
                guarantee: Guarantee::Unverified,
                reason: "the server cannot be used",
                refusal,
                server,
            };
        }
        let refusal = self.policy.as_deref().filter(|policy| *policy != "noeviction").map(|policy| {
            // Quotes only the names of Redis, and no other reply.
            let known = policy.starts_with("allkeys-") || policy.starts_with("volatile-");
            let policy = if known { policy } else { "not noeviction" };
            Trouble::from(format!(
                "Redis deletes waiting shares when it is full: its maxmemory-policy is {policy}. Change it in the \
                 configuration of Redis, and at once with: redis-cli CONFIG SET maxmemory-policy noeviction"
            ))
        });
        let (guarantee, reason) = self.classify(deployment);
        Assessment { guarantee, reason, refusal, server }
    }

    fn classify(&self, deployment: Deployment) -> (Guarantee, &'static str) {
        let unknown = (Guarantee::Unverified, "the Redis user may not read the settings");
        let Some(appendonly) = self.appendonly else { return unknown };
        let can_fail_over = deployment.fails_over || self.replicas > 0;
        if can_fail_over
            && (deployment.write_concern.replicas == 0 || deployment.write_concern.replicas < self.replicas)
        {
            let reason = "a promoted replica may not have the last openings; set redis_wait_replicas to the number of \
                          replicas";
            return (Guarantee::Weak, reason);
        }
        if appendonly {
            return match self.appendfsync.as_deref() {
                Some("always") => (Guarantee::Strict, "every change is synced to disk before it is acknowledged"),
                Some(_) if deployment.write_concern.fsync && self.waitaof => {
                    (Guarantee::Strict, "the server waits until every change is synced to disk")
                }
                Some(_) => {
                    let reason = "a power failure loses about the last second of openings; set appendfsync to always, or \
                                  redis_wait_fsync with Redis 7.2 or later";
                    (Guarantee::Weak, reason)
                }
                None => unknown,
            };
        }
        match self.save.as_deref() {
            Some("") => (Guarantee::Volatile, "nothing is stored on disk: a restart of Redis loses all shares"),
            Some(_) => {
                let reason = "a restart restores the last snapshot, with shares that have been opened since; set appendonly to \
                              yes and appendfsync to always, or save to an empty string";
                (Guarantee::Weak, reason)
            }
            None => unknown,
        }
    }
}

impl Assessment {
    /// Returns the worse guarantee of two servers.
    pub(super) fn worst(self, other: Self) -> Self {
        let rank = |assessment: &Self| match assessment.guarantee {
            Guarantee::Strict => 0,
            Guarantee::Volatile => 1,
            Guarantee::Unverified => 2,
            Guarantee::Weak => 3,
        };
        let unsupported = |one: &Self| one.refusal.clone().filter(|refusal| refusal.kind == TroubleKind::Unsupported);
        let refusals = [unsupported(&self), unsupported(&other), self.refusal.clone(), other.refusal.clone()];
        let refusal = refusals.into_iter().flatten().next();
        let worst = if rank(&other) > rank(&self) { other } else { self };
        Self { refusal, ..worst }
    }
}

/// Returns `None` for a command that the user may not execute or the server does not have.
fn optional<T>(result: Result<T, RedisError>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) => match error.code() {
            Some("NOPERM" | "ERR") => Ok(None),
            Some(_) => Err(from_client(&error)),
            None if error.is_io_error() => Err(from_client(&error)),
            None => Ok(None),
        },
    }
}

/// Returns the fields of the reply to `HELLO`, which a user without the right to `INFO` may execute.
fn hello(connection: &mut ::redis::Connection) -> Result<HashMap<String, String>, StoreError> {
    let Some(Value::Array(fields)) = optional(cmd("HELLO").query::<Value>(connection))? else {
        return Ok(HashMap::new());
    };
    let text = |value: &Value| match value {
        Value::BulkString(bytes) => String::from_utf8(bytes.clone()).ok(),
        Value::SimpleString(text) => Some(text.clone()),
        _ => None,
    };
    Ok(fields.chunks_exact(2).filter_map(|pair| Some((text(&pair[0])?, text(&pair[1])?))).collect())
}

/// Returns whether a server knows scripts, by one with a key that every user of the store may access. A user without the
/// right to execute them is reported by the first command.
fn runs_scripts(connection: &mut ::redis::Connection) -> Result<bool, StoreError> {
    match cmd("EVAL").arg("return 1").arg(1).arg(HIT_COUNTER).query::<Value>(connection) {
        Err(error) if error.code() == Some("ERR") => Ok(false),
        Err(error) if error.is_io_error() => Err(from_client(&error)),
        _ => Ok(true),
    }
}

fn parse_info(info: &str) -> HashMap<String, String> {
    info.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// The assessment before the settings are known.
pub(super) fn unassessed() -> Assessment {
    let server = "unknown".to_owned();
    Assessment { guarantee: Guarantee::Unverified, reason: "Redis has not replied yet", refusal: None, server }
}

/// Returns the error for new shares, if they are rejected.
pub(super) fn write_refusal_of(assessment: &Assessment) -> Option<StoreError> {
    assessment.refusal.clone().map(StoreError::Unavailable)
}

#[cfg(test)]
mod tests {
    use super::{Deployment, Guarantee, ServerSettings, WriteConcern};

    fn settings(appendonly: &str, appendfsync: &str, save: &str) -> ServerSettings {
        ServerSettings {
            make: None,
            unusable: None,
            policy: Some("noeviction".into()),
            appendonly: Some(appendonly == "yes"),
            appendfsync: Some(appendfsync.into()),
            save: Some(save.into()),
            replicas: 0,
            waitaof: true,
        }
    }

    const STANDALONE: Deployment =
        Deployment { write_concern: WriteConcern { replicas: 0, fsync: false }, fails_over: false };

    fn class(settings: &ServerSettings, deployment: Deployment) -> Guarantee {
        settings.assess(deployment).guarantee
    }

    #[test]
    fn each_combination_of_settings_gives_its_guarantee() {
        for (appendonly, appendfsync, save, expected) in [
            ("yes", "always", "", Guarantee::Strict),
            ("yes", "always", "3600 1", Guarantee::Strict),
            ("yes", "everysec", "", Guarantee::Weak),
            ("yes", "no", "", Guarantee::Weak),
            ("no", "everysec", "", Guarantee::Volatile),
            ("no", "always", "", Guarantee::Volatile),
            ("no", "everysec", "3600 1 300 100 60 10000", Guarantee::Weak),
        ] {
            assert_eq!(
                class(&settings(appendonly, appendfsync, save), STANDALONE),
                expected,
                "{appendonly} {appendfsync} {save}"
            );
        }
    }

    #[test]
    fn waiting_for_the_disk_is_strict_where_the_server_supports_it() {
        let waits = Deployment { write_concern: WriteConcern { replicas: 0, fsync: true }, ..STANDALONE };
        assert_eq!(class(&settings("yes", "everysec", ""), waits), Guarantee::Strict);
        assert_eq!(
            class(&ServerSettings { waitaof: false, ..settings("yes", "everysec", "") }, waits),
            Guarantee::Weak
        );
        assert_eq!(class(&settings("no", "everysec", "3600 1"), waits), Guarantee::Weak);
    }

    #[test]
    fn a_server_that_fails_over_is_weak_unless_all_replicas_confirm() {
        let deployment =
            |replicas, fails_over| Deployment { write_concern: WriteConcern { replicas, fsync: false }, fails_over };
        let two = ServerSettings { replicas: 2, ..settings("yes", "always", "") };
        for (replicas, expected) in [(0, Guarantee::Weak), (1, Guarantee::Weak), (2, Guarantee::Strict)] {
            assert_eq!(class(&two, deployment(replicas, false)), expected);
            assert_eq!(class(&two, deployment(replicas, true)), expected);
        }
        let none = settings("yes", "always", "");
        assert_eq!(class(&none, deployment(0, true)), Guarantee::Weak, "its replica is disconnected");
        assert_eq!(class(&none, deployment(1, true)), Guarantee::Strict, "nothing is acknowledged without the replica");
    }

    #[test]
    fn unknown_settings_are_unverified() {
        let all = settings("yes", "always", "");
        assert_eq!(class(&ServerSettings::default(), STANDALONE), Guarantee::Unverified);
        assert_eq!(class(&ServerSettings { appendfsync: None, ..all.clone() }, STANDALONE), Guarantee::Unverified);
        assert_eq!(
            class(&ServerSettings { save: None, ..settings("no", "no", "") }, STANDALONE),
            Guarantee::Unverified
        );
        let (strict, weak) = (all.assess(STANDALONE), settings("no", "no", "60 1").assess(STANDALONE));
        assert_eq!(strict.clone().worst(weak.clone()).guarantee, Guarantee::Weak);
        assert_eq!(weak.worst(strict).guarantee, Guarantee::Weak);
    }

    #[test]
    fn every_evicting_policy_is_refused_with_the_command_that_fixes_it() {
        assert_eq!(settings("yes", "always", "").assess(STANDALONE).refusal, None);
        assert_eq!(ServerSettings::default().assess(STANDALONE).refusal, None);
        for policy in [
            "allkeys-lru",
            "allkeys-lfu",
            "allkeys-random",
            "volatile-lru",
            "volatile-lfu",
            "volatile-random",
            "volatile-ttl",
        ] {
            let assessed =
                ServerSettings { policy: Some(policy.into()), ..settings("yes", "always", "") }.assess(STANDALONE);
            let refusal = assessed.refusal.clone().unwrap();
            assert!(
                refusal.contains(policy) && refusal.contains("CONFIG SET maxmemory-policy noeviction"),
                "{refusal}"
            );
            assert_eq!(settings("yes", "always", "").assess(STANDALONE).worst(assessed).refusal, Some(refusal));
        }
    }
}
