//! Where Redis is: the forms that `redis_url` takes (`docs/architecture.md`, "Configuration").

use ::redis::io::tcp::TcpSettings;
use ::redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo, ProtocolVersion};

/// Where Redis is, and how to sign in.
#[derive(Debug, Clone)]
pub enum RedisTarget {
    /// One server, by TCP or by a socket file.
    Single(ConnectionInfo),
}

impl RedisTarget {
    /// Reads `redis://[user:pass@]host[:port][/db]` or `redis+unix:///path[?db=..]`.
    ///
    /// # Errors
    /// In plain words that fit behind the name of the setting, and never repeat the address or a password in it.
    pub fn parse(url: &str) -> Result<Self, String> {
        let Some((scheme, _)) = url.split_once("://") else {
            return Err("has no scheme; write it like redis://host:6379/0".into());
        };
        match scheme {
            "redis" | "redis+unix" => single(url),
            "rediss" => Err(later("an encrypted connection (rediss://)")),
            "redis-sentinel" => Err(later("Redis Sentinel (redis-sentinel://)")),
            "redis-cluster" => Err(later("Redis Cluster (redis-cluster://)")),
            _ => Err("has a scheme that is not known; use redis:// or redis+unix://".into()),
        }
    }

    /// The server at `host` and `port`, without a password: what `REDIS_HOST` and `REDIS_PORT` name.
    ///
    /// # Errors
    /// When there is no host, in plain words.
    pub fn host(host: &str, port: u16) -> Result<Self, String> {
        if host.is_empty() {
            return Err("names no host".into());
        }
        let info = ConnectionAddr::Tcp(host.to_owned(), port).into_connection_info();
        info.map(settled).map_err(|_| "is not an address of Redis".into())
    }
}

fn later(what: &str) -> String {
    format!("asks for {what}, which this build cannot do yet; use redis:// or redis+unix://")
}

fn single(url: &str) -> Result<RedisTarget, String> {
    url.into_connection_info().map(settled).map_err(|error| {
        let text = error.to_string().to_lowercase();
        let known = [
            ("database", "has a database number that is not a number"),
            ("hostname", "names no host; write it like redis://host:6379/0"),
            ("wildcard", "names no host but a wildcard; write the address where Redis can be reached"),
            ("path", "names no socket file; write it like redis+unix:///run/redis.sock"),
            ("utf-8", "has a user or password that is not valid text"),
        ];
        let found = known.iter().find(|(word, _)| text.contains(word));
        found.map_or("cannot be read; write it like redis://host:6379/0", |(_, plain)| plain).into()
    })
}

fn settled(info: ConnectionInfo) -> RedisTarget {
    let redis = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP2);
    RedisTarget::Single(info.set_redis_settings(redis).set_tcp_settings(TcpSettings::default().set_nodelay(true)))
}

#[cfg(test)]
mod tests {
    use super::RedisTarget;

    #[test]
    fn the_forms_of_a_single_redis_are_read() {
        for url in [
            "redis://localhost",
            "redis://localhost:6380/3",
            "redis://user:pa%20ss@[::1]:6379",
            "redis+unix:///run/redis.sock?db=2",
        ] {
            assert!(RedisTarget::parse(url).is_ok(), "{url}");
        }
        let RedisTarget::Single(info) = RedisTarget::parse("redis://user:pa%20ss@example.org:6380/3").unwrap();
        assert_eq!(info.addr().to_string(), "example.org:6380");
        assert_eq!(info.redis_settings().password(), Some("pa ss"));
        assert_eq!(info.redis_settings().db(), 3);
    }

    #[test]
    fn a_refusal_says_why_and_repeats_nothing() {
        for (url, word) in [
            ("hunter2", "scheme"),
            ("http://hunter2@host/", "scheme"),
            ("redis://user:hunter2@/", "redis://host"),
            ("redis://:hunter2@host/first", "number"),
            ("redis://:hunter2@0.0.0.0/", "wildcard"),
            ("rediss://:hunter2@host/", "cannot do yet"),
            ("redis-sentinel://hunter2,h2/master", "cannot do yet"),
            ("redis-cluster://hunter2,h2", "cannot do yet"),
        ] {
            let refusal = RedisTarget::parse(url).unwrap_err();
            assert!(refusal.contains(word), "{url}: {refusal}");
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
        assert!(RedisTarget::host("", 6379).is_err());
        assert!(RedisTarget::host("redis", 6379).is_ok());
    }
}
