//! Makes and versions of servers that speak the protocol of Redis.

use std::collections::HashMap;

/// The oldest version of Redis that works.
const OLDEST: u32 = 7;

/// Name and version of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Make {
    name: &'static str,
    version: String,
}

/// Fields of `INFO` by which makes that imitate Redis tell their own version.
const IMITATIONS: [(&str, &str); 8] = [
    ("dragonfly_version", "Dragonfly"),
    ("keydb_version", "KeyDB"),
    ("garnet_version", "Garnet"),
    ("kvrocks_version", "Kvrocks"),
    ("pika_version", "Pika"),
    ("upstash_version", "Upstash"),
    ("tendis_version", "Tendis"),
    ("skytable_version", "Skytable"),
];

impl Make {
    /// Identifies a server by the fields of `INFO`. Returns `None` when they hold no version.
    pub(super) fn of(info: &HashMap<String, String>) -> Option<Self> {
        let imitation = IMITATIONS.iter().find_map(|(field, name)| Some((*name, info.get(*field)?)));
        let has = |field: &str, word: &str| info.get(field).is_some_and(|value| value.to_lowercase().contains(word));
        let of_redis = info.get("redis_version");
        let (name, version) = if let Some(found) = imitation {
            found
        } else if has("server_name", "keydb") || has("executable", "keydb") || info.contains_key("mvcc_depth") {
            ("KeyDB", of_redis?)
        } else if has("server_name", "valkey") || info.contains_key("valkey_version") {
            ("Valkey", info.get("valkey_version").or(of_redis)?)
        } else if let Some(version) = info.get("redict_version") {
            ("Redict", version)
        } else if has("executable", "dragonfly") {
            ("Dragonfly", of_redis?)
        } else {
            ("Redis", of_redis?)
        };
        Some(Self { name, version: plain(version) })
    }

    /// Identifies a server by the names in its reply to `HELLO`.
    pub(super) fn of_hello(fields: &HashMap<String, String>) -> Option<Self> {
        let known = ["dragonfly", "keydb", "garnet", "kvrocks", "valkey"];
        let server = fields.get("server")?.to_lowercase();
        let field = known.iter().find(|name| server.contains(*name)).map_or("redis", |name| *name);
        let version = fields.get("version")?.clone();
        Self::of(&HashMap::from([(format!("{field}_version"), version)]))
    }

    /// Returns why this program cannot use the server, and what would do.
    pub(super) fn refusal(&self) -> Option<String> {
        let advice = "Use Redis 7 or later, or Valkey";
        match self.name {
            "Valkey" | "Redict" => None,
            "Redis" => {
                let major = self.version.split('.').next().and_then(|major| major.parse::<u32>().ok());
                major.filter(|major| *major < OLDEST).map(|_| {
                    format!(
                        "Redis {} is too old: this program needs version {OLDEST} or later. {advice}.",
                        self.version
                    )
                })
            }
            "KeyDB" => Some(format!(
                "The server is KeyDB {}, not Redis. KeyDB has the commands of Redis 6, and this program needs those of Redis \
                 {OLDEST}. {advice}.",
                self.version
            )),
            "Dragonfly" => Some(format!(
                "The server is Dragonfly {}, not Redis. Dragonfly has no append-only file, so that a restart would bring \
                 back opened shares or lose waiting ones. {advice}.",
                self.version
            )),
            name => Some(format!(
                "The server is {name} {}, not Redis. This program relies on the scripts, transactions and expiry of Redis \
                 {OLDEST}, and is not tested with {name}. {advice}.",
                self.version
            )),
        }
    }
}

impl std::fmt::Display for Make {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// Returns a version fit for a message.
fn plain(version: &str) -> String {
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || ".-+".contains(*letter);
    version.chars().take_while(kept).take(24).collect()
}

/// Why a server without `EVAL` cannot be used, and what would do.
pub(super) fn without_scripts(make: Option<&Make>) -> String {
    let name = make.map_or_else(|| "This Redis".to_owned(), ToString::to_string);
    format!(
        "{name} executes no scripts (EVAL), which this program needs. Allow them in the settings of the server; if its provider \
         does not, use Redis 7 or later, or Valkey, that does."
    )
}

#[cfg(test)]
mod tests {
    use super::Make;
    use std::collections::HashMap;

    fn fields(text: &str) -> HashMap<String, String> {
        text.split(' ').filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.into())).collect()
    }

    #[test]
    fn each_make_is_named_and_the_ones_that_do_not_work_are_refused() {
        for (info, name, works) in [
            ("redis_version:7.0.15 redis_mode:standalone", "Redis 7.0.15", true),
            ("redis_version:8.2.1", "Redis 8.2.1", true),
            ("redis_version:255.255.255", "Redis 255.255.255", true),
            ("redis_version:6.2.14", "Redis 6.2.14", false),
            ("redis_version:5.0.7", "Redis 5.0.7", false),
            ("redis_version:7.2.4 server_name:valkey valkey_version:8.0.1", "Valkey 8.0.1", true),
            ("redis_version:7.2.4 server_name:valkey valkey_version:9.1.2", "Valkey 9.1.2", true),
            ("redis_version:7.2.4 valkey_version:7.2.8", "Valkey 7.2.8", true),
            ("redict_version:7.3.6 redis_version:7.2.4", "Redict 7.3.6", true),
            ("redis_version:6.3.4 executable:/usr/bin/keydb-server", "KeyDB 6.3.4", false),
            ("redis_version:255.255.255 mvcc_depth:0", "KeyDB 255.255.255", false),
            ("redis_version:7.4.0 dragonfly_version:df-v1.21.2", "Dragonfly df-v1.21.2", false),
            ("redis_version:7.4.3 garnet_version:1.0.50", "Garnet 1.0.50", false),
            ("redis_version:7.0.0 kvrocks_version:2.9.0", "Kvrocks 2.9.0", false),
            ("redis_version:6.2.6 upstash_version:1.14", "Upstash 1.14", false),
        ] {
            let make = Make::of(&fields(info)).unwrap();
            assert_eq!((make.to_string().as_str(), make.refusal().is_none()), (name, works), "{info}");
            if let Some(refusal) = make.refusal() {
                assert!(refusal.contains("Use Redis 7 or later, or Valkey"), "{refusal}");
            }
        }
        assert_eq!(Make::of(&fields("uptime_in_seconds:1")), None);
        let hello = fields("server:valkey version:8.1.0 proto:2");
        assert_eq!(Make::of_hello(&hello).unwrap().to_string(), "Valkey 8.1.0");
        assert!(Make::of_hello(&fields("server:redis version:6.0.9")).unwrap().refusal().is_some());
        let odd = Make::of(&fields("redis_version:7.0.1\"<script>")).unwrap();
        assert_eq!(odd.to_string(), "Redis 7.0.1");
    }
}
