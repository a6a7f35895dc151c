//! The guarantee that the settings of the Redis servers give, and whether they may be used.

use super::error::from_client;
use super::pipeline::WriteConcern;
use super::{StoreError, unavailable};
use crate::store::Guarantee;
use ::redis::{RedisError, Value, cmd};
use std::collections::HashMap;

/// Settings of one server. A setting is `None` when the user may not read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ServerSettings {
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
    /// Set when the store must reject new shares: the wrong setting and the fix.
    pub(super) refusal: Option<String>,
}

impl ServerSettings {
    /// Fetches the settings of a server.
    ///
    /// # Errors
    /// When the server does not reply. Missing permissions are not an error.
    pub(super) fn fetch(connection: &mut ::redis::Connection) -> Result<Self, StoreError> {
        let info: Option<String> = optional(cmd("INFO").query(connection))?;
        let info = parse_info(&info.unwrap_or_default());
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
        let (guarantee, reason) = self.classify(deployment);
        let refusal = self.policy.as_deref().filter(|policy| *policy != "noeviction").map(|policy| {
            // Quotes only the names of Redis, and no other reply.
            let known = policy.starts_with("allkeys-") || policy.starts_with("volatile-");
            let policy = if known { policy } else { "not noeviction" };
            format!(
                "Redis deletes waiting shares when it is full: its maxmemory-policy is {policy}. Change it in the \
                 configuration of Redis, and at once with: redis-cli CONFIG SET maxmemory-policy noeviction"
            )
        });
        Assessment { guarantee, reason, refusal }
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
        let refusal = self.refusal.clone().or_else(|| other.refusal.clone());
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

fn parse_info(info: &str) -> HashMap<String, String> {
    info.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// The assessment before the settings are known.
pub(super) fn unassessed() -> Assessment {
    Assessment { guarantee: Guarantee::Unverified, reason: "Redis has not replied yet", refusal: None }
}

/// Returns the error for new shares, if they are rejected.
pub(super) fn write_refusal_of(assessment: &Assessment) -> Option<StoreError> {
    assessment.refusal.clone().map(unavailable)
}

#[cfg(test)]
mod tests {
    use super::{Deployment, Guarantee, ServerSettings, WriteConcern};

    fn settings(appendonly: &str, appendfsync: &str, save: &str) -> ServerSettings {
        ServerSettings {
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
