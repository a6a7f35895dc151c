//! Which guarantee the settings of a Redis give, and whether it may be used at all.

use super::error::plain;
use super::flight::Copies;
use super::{StoreError, unavailable};
use crate::store::Guarantee;
use ::redis::{Connection, RedisError, Value, cmd};
use std::collections::HashMap;

/// What one server tells about itself; what it does not tell is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// `maxmemory-policy`.
    policy: Option<String>,
    /// Whether there is an append-only file.
    appendonly: Option<bool>,
    /// `appendfsync`.
    appendfsync: Option<String>,
    /// `save`: empty without snapshots.
    save: Option<String>,
    /// Replicas that follow it just now.
    replicas: u32,
    /// Whether it knows `WAITAOF`.
    waitaof: bool,
}

/// What the store does beside the settings of its servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ways {
    /// What is waited for, as far as the servers can.
    pub(super) copies: Copies,
    /// Whether a replica can take a primary's place by itself.
    pub(super) fails_over: bool,
}

/// A guarantee, and why it is no better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) guarantee: Guarantee,
    pub(super) why: &'static str,
    /// Set when the store must take nothing new: what is wrong, and what mends it.
    pub(super) refusal: Option<String>,
}

impl Facts {
    /// Asks a server.
    ///
    /// # Errors
    /// When it does not answer. One that may not tell is no error.
    pub(super) fn ask(connection: &mut Connection) -> Result<Self, StoreError> {
        let info: Option<String> = told(cmd("INFO").query(connection))?;
        let info = fields(&info.unwrap_or_default());
        let setting = |connection: &mut Connection, name: &str| {
            let found: Option<HashMap<String, String>> = told(cmd("CONFIG").arg("GET").arg(name).query(connection))?;
            Ok::<_, StoreError>(found.and_then(|mut found| found.remove(name)))
        };
        let appendonly = setting(connection, "appendonly")?.or_else(|| {
            let enabled = info.get("aof_enabled")?;
            Some(if enabled == "1" { "yes" } else { "no" }.to_owned())
        });
        let policy = setting(connection, "maxmemory-policy")?;
        let waitaof: Option<Value> = told(cmd("COMMAND").arg("INFO").arg("WAITAOF").query(connection))?;
        Ok(Self {
            policy: policy.or_else(|| info.get("maxmemory_policy").cloned()),
            appendonly: appendonly.map(|is| is == "yes"),
            appendfsync: setting(connection, "appendfsync")?,
            save: setting(connection, "save")?,
            replicas: info.get("connected_slaves").and_then(|count| count.parse().ok()).unwrap_or(0),
            waitaof: matches!(waitaof, Some(Value::Array(known)) if matches!(known.first(), Some(Value::Array(_)))),
        })
    }

    /// Whether waiting for the append-only file can work.
    pub(super) fn can_wait_for_fsync(&self) -> bool {
        self.waitaof && self.appendonly == Some(true)
    }

    /// What it comes to.
    pub(super) fn judge(&self, ways: Ways) -> Judgement {
        let (guarantee, why) = self.classify(ways);
        let refusal = self.policy.as_deref().filter(|policy| *policy != "noeviction").map(|policy| {
            // The policies' names are Redis' own; anything else is not repeated.
            let known = policy.starts_with("allkeys-") || policy.starts_with("volatile-");
            let policy = if known { policy } else { "another than noeviction" };
            format!(
                "Redis deletes shares that wait for their reader when it is full: its maxmemory-policy is {policy}. \
                 Change it in its configuration, and now by: redis-cli CONFIG SET maxmemory-policy noeviction"
            )
        });
        Judgement { guarantee, why, refusal }
    }

    fn classify(&self, ways: Ways) -> (Guarantee, &'static str) {
        let unknown = (Guarantee::Unverified, "Redis does not tell its settings to this user");
        let Some(appendonly) = self.appendonly else { return unknown };
        let can_fail_over = ways.fails_over || self.replicas > 0;
        if can_fail_over && (ways.copies.replicas == 0 || ways.copies.replicas < self.replicas) {
            let why = "a replica that takes over may not know the last openings; set redis_wait_replicas to the number \
                       of replicas";
            return (Guarantee::Weak, why);
        }
        if appendonly {
            return match self.appendfsync.as_deref() {
                Some("always") => (Guarantee::Strict, "every change is on the disk before it is answered"),
                Some(_) if ways.copies.fsync && self.waitaof => {
                    (Guarantee::Strict, "every change is waited for until it is on the disk")
                }
                Some(_) => {
                    let why = "a loss of power forgets about the last second of openings; set appendfsync to always, or \
                               redis_wait_fsync with Redis 7.2 or later";
                    (Guarantee::Weak, why)
                }
                None => unknown,
            };
        }
        match self.save.as_deref() {
            Some("") => (Guarantee::Volatile, "nothing is on a disk: a restart of Redis forgets all shares"),
            Some(_) => {
                let why = "a restart goes back to the last snapshot, with every share that was opened since; set \
                           appendonly to yes and appendfsync to always, or save to nothing";
                (Guarantee::Weak, why)
            }
            None => unknown,
        }
    }
}

impl Judgement {
    /// The worst of several servers' of one store.
    pub(super) fn worst(self, other: Self) -> Self {
        let rank = |judgement: &Self| match judgement.guarantee {
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

/// None for an answer that this user may not have, or that a server of another make does not give.
fn told<T>(answer: Result<T, RedisError>) -> Result<Option<T>, StoreError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => match error.code() {
            Some("NOPERM" | "ERR") => Ok(None),
            Some(_) => Err(plain(&error)),
            None if error.is_io_error() => Err(plain(&error)),
            None => Ok(None),
        },
    }
}

fn fields(info: &str) -> HashMap<String, String> {
    info.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// While nothing is known.
pub(super) fn unknown() -> Judgement {
    Judgement { guarantee: Guarantee::Unverified, why: "Redis has not answered yet", refusal: None }
}

/// What to answer to whoever brings new bytes.
pub(super) fn refused(judgement: &Judgement) -> Option<StoreError> {
    judgement.refusal.clone().map(unavailable)
}

#[cfg(test)]
mod tests {
    use super::{Copies, Facts, Guarantee, Ways};

    fn facts(appendonly: &str, appendfsync: &str, save: &str) -> Facts {
        Facts {
            policy: Some("noeviction".into()),
            appendonly: Some(appendonly == "yes"),
            appendfsync: Some(appendfsync.into()),
            save: Some(save.into()),
            replicas: 0,
            waitaof: true,
        }
    }

    const ALONE: Ways = Ways { copies: Copies { replicas: 0, fsync: false }, fails_over: false };

    fn class(facts: &Facts, ways: Ways) -> Guarantee {
        facts.judge(ways).guarantee
    }

    #[test]
    fn the_settings_of_one_server_give_the_class_that_the_table_says() {
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
                class(&facts(appendonly, appendfsync, save), ALONE),
                expected,
                "{appendonly} {appendfsync} {save}"
            );
        }
    }

    #[test]
    fn waiting_for_the_disk_makes_it_strict_where_the_server_can() {
        let waits = Ways { copies: Copies { replicas: 0, fsync: true }, ..ALONE };
        assert_eq!(class(&facts("yes", "everysec", ""), waits), Guarantee::Strict);
        assert_eq!(class(&Facts { waitaof: false, ..facts("yes", "everysec", "") }, waits), Guarantee::Weak);
        assert_eq!(class(&facts("no", "everysec", "3600 1"), waits), Guarantee::Weak);
    }

    #[test]
    fn a_server_that_can_be_replaced_is_weak_unless_all_replicas_are_waited_for() {
        let ways = |replicas, fails_over| Ways { copies: Copies { replicas, fsync: false }, fails_over };
        let two = Facts { replicas: 2, ..facts("yes", "always", "") };
        for (replicas, expected) in [(0, Guarantee::Weak), (1, Guarantee::Weak), (2, Guarantee::Strict)] {
            assert_eq!(class(&two, ways(replicas, false)), expected);
            assert_eq!(class(&two, ways(replicas, true)), expected);
        }
        let none = facts("yes", "always", "");
        assert_eq!(class(&none, ways(0, true)), Guarantee::Weak, "its replica is away just now");
        assert_eq!(class(&none, ways(1, true)), Guarantee::Strict, "nothing is answered without the replica");
    }

    #[test]
    fn what_is_not_told_is_not_promised() {
        let all = facts("yes", "always", "");
        assert_eq!(class(&Facts::default(), ALONE), Guarantee::Unverified);
        assert_eq!(class(&Facts { appendfsync: None, ..all.clone() }, ALONE), Guarantee::Unverified);
        assert_eq!(class(&Facts { save: None, ..facts("no", "no", "") }, ALONE), Guarantee::Unverified);
        let (strict, weak) = (all.judge(ALONE), facts("no", "no", "60 1").judge(ALONE));
        assert_eq!(strict.clone().worst(weak.clone()).guarantee, Guarantee::Weak);
        assert_eq!(weak.worst(strict).guarantee, Guarantee::Weak);
    }

    #[test]
    fn every_policy_that_evicts_is_refused_with_the_command_that_mends_it() {
        assert_eq!(facts("yes", "always", "").judge(ALONE).refusal, None);
        assert_eq!(Facts::default().judge(ALONE).refusal, None);
        for policy in [
            "allkeys-lru",
            "allkeys-lfu",
            "allkeys-random",
            "volatile-lru",
            "volatile-lfu",
            "volatile-random",
            "volatile-ttl",
        ] {
            let judged = Facts { policy: Some(policy.into()), ..facts("yes", "always", "") }.judge(ALONE);
            let refusal = judged.refusal.clone().unwrap();
            assert!(
                refusal.contains(policy) && refusal.contains("CONFIG SET maxmemory-policy noeviction"),
                "{refusal}"
            );
            assert_eq!(facts("yes", "always", "").judge(ALONE).worst(judged).refusal, Some(refusal));
        }
    }
}
