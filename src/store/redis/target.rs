//! Parsing of `redis_url` (`docs/deployment.md`, "Addresses").

use super::tls::RedisTls;
use ::redis::io::tcp::TcpSettings;
use ::redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo, ProtocolVersion, RedisConnectionInfo};

/// Host and port of a server.
pub(super) type Address = (String, u16);

/// The default port of a sentinel.
const SENTINEL_PORT: u16 = 26_379;
/// The default port of other servers.
const PORT: u16 = 6_379;

/// The addresses and credentials of the Redis servers.
#[derive(Debug, Clone)]
pub struct RedisTarget {
    pub(super) layout: Layout,
    pub(super) access: Access,
}

/// The addresses of the servers.
#[derive(Debug, Clone)]
pub(super) enum Layout {
    /// One server, with a TCP address or a Unix socket.
    Single(ConnectionAddr),
    /// A primary that is monitored by sentinels.
    Sentinel {
        /// The addresses of the sentinels.
        sentinels: Vec<Address>,
        /// The sentinels' name of the primary.
        name: String,
    },
    /// A cluster.
    Cluster {
        /// The addresses of some nodes.
        seeds: Vec<Address>,
    },
}

/// Credentials and TLS settings for all servers.
#[derive(Debug, Clone)]
pub(super) struct Access {
    redis: RedisConnectionInfo,
    /// An address with the certificates, when TLS is used.
    tls: Option<ConnectionAddr>,
}

impl Access {
    /// Returns the connection settings for a data server at `address`.
    pub(super) fn to(&self, address: &Address) -> Result<ConnectionInfo, String> {
        self.to_addr(self.addr(address))
    }

    /// Returns the connection settings for a sentinel. Sentinels have no databases, and often no users.
    pub(super) fn to_sentinel(&self, address: &Address, authenticate: bool) -> Result<ConnectionInfo, String> {
        let mut redis = RedisConnectionInfo::default().set_protocol(ProtocolVersion::RESP2);
        if authenticate && let Some(password) = self.redis.password() {
            redis = redis.set_password(password);
            if let Some(user) = self.redis.username() {
                redis = redis.set_username(user);
            }
        }
        Self { redis, ..self.clone() }.to_addr(self.addr(address))
    }

    /// Returns the connection settings for a data server at any kind of address.
    pub(super) fn to_addr(&self, addr: ConnectionAddr) -> Result<ConnectionInfo, String> {
        let info = addr.into_connection_info().map_err(|_| "is not an address of Redis".to_owned())?;
        Ok(info.set_redis_settings(self.redis.clone()).set_tcp_settings(TcpSettings::default().set_nodelay(true)))
    }

    /// Returns whether a password is configured.
    pub(super) fn has_password(&self) -> bool {
        self.redis.password().is_some()
    }

    fn addr(&self, (host, port): &Address) -> ConnectionAddr {
        let Some(mut addr) = self.tls.clone() else { return ConnectionAddr::Tcp(host.clone(), *port) };
        if let ConnectionAddr::TcpTls { host: its_host, port: its_port, .. } = &mut addr {
            its_host.clone_from(host);
            *its_port = *port;
        }
        addr
    }
}

impl RedisTarget {
    /// Parses `redis://[user:pass@]host[:port][/db]`, `redis+unix:///path[?db=..]`,
    /// `redis-sentinel://[user:pass@]h1[:port],h2/primary-name[/db]` or `redis-cluster://[user:pass@]h1[:port],h2`;
    /// with `rediss` in place of `redis` over TLS.
    ///
    /// # Errors
    /// A message that continues the name of the setting. It contains neither the address nor the password.
    pub fn parse(url: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = url.split_once("://") else {
            return Err("has no scheme; write it like redis://host:6379/0".into());
        };
        if rest.contains('#') {
            return Err("contains a #; write it as %23 in a user or password".into());
        }
        match scheme {
            "redis" | "rediss" | "redis+unix" => single(url),
            "redis-sentinel" | "rediss-sentinel" => sentinel(rest, scheme.starts_with("rediss")),
            "redis-cluster" | "rediss-cluster" => cluster(rest, scheme.starts_with("rediss")),
            _ => Err("has an unknown scheme; use redis://, rediss://, redis+unix://, redis-sentinel:// or \
                      redis-cluster://"
                .into()),
        }
    }

    /// Returns the server at `host` and `port` without a password, for `REDIS_HOST` and `REDIS_PORT`.
    ///
    /// # Errors
    /// A message that continues the name of the setting, when `host` is empty or more than a host.
    pub(crate) fn host(host: &str, port: u16) -> Result<Self, String> {
        if host.is_empty() {
            return Err("names no host".into());
        }
        let is_address = host.parse::<std::net::IpAddr>().is_ok();
        if !is_address && host.contains([':', '/', ',', '@']) {
            let fix = "must be one name or address, such as \"redis\"; its port goes to redis_port, a URL to redis_url";
            return Err(fix.into());
        }
        let addr = ConnectionAddr::Tcp(host.to_owned(), port);
        let info = addr.into_connection_info().map_err(|_| "is not an address of Redis".to_owned())?;
        Ok(single_target(&info))
    }

    /// Adds the password of `redis_password`.
    ///
    /// # Errors
    /// A message that continues the name of the setting, when the URL holds another password.
    pub(crate) fn with_password(mut self, password: &str) -> Result<Self, String> {
        match self.access.redis.password() {
            Some(other) if other != password => {
                Err("differs from the password in redis_url; keep one of them".to_owned())
            }
            _ => {
                self.access.redis = self.access.redis.set_password(password);
                Ok(self)
            }
        }
    }

    /// Returns whether the connections use TLS.
    pub(crate) fn uses_tls(&self) -> bool {
        self.access.tls.is_some()
    }

    /// Uses the certificates of `tls`.
    ///
    /// # Errors
    /// A message for operators when the certificate and the key do not match.
    pub fn with_tls(mut self, tls: RedisTls) -> Result<Self, String> {
        self.access.tls = Some(tls.addr()?);
        if let Layout::Single(ConnectionAddr::TcpTls { host, port, .. }) = &self.layout {
            self.layout = Layout::Single(self.access.addr(&(host.clone(), *port)));
        }
        Ok(self)
    }
}

fn single(url: &str) -> Result<RedisTarget, String> {
    url.into_connection_info().map(|info| single_target(&info)).map_err(|error| {
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

fn single_target(info: &ConnectionInfo) -> RedisTarget {
    let tls = Some(info.addr()).filter(|addr| matches!(addr, ConnectionAddr::TcpTls { .. })).cloned();
    let redis = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP2);
    RedisTarget { layout: Layout::Single(info.addr().clone()), access: Access { redis, tls } }
}

fn sentinel(rest: &str, tls: bool) -> Result<RedisTarget, String> {
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, db) = path.split_once('/').unwrap_or((path, ""));
    let named = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if name.is_empty() || !name.chars().all(named) {
        return Err("names no primary; write it like redis-sentinel://host1,host2,host3/mymaster".into());
    }
    let (sentinels, mut access) = hosts(authority, SENTINEL_PORT, tls)?;
    if !db.is_empty() {
        let number = db.parse().map_err(|_| "has a database number that is not a number".to_owned())?;
        access.redis = access.redis.set_db(number);
    }
    Ok(RedisTarget { layout: Layout::Sentinel { sentinels, name: name.to_owned() }, access })
}

fn cluster(rest: &str, tls: bool) -> Result<RedisTarget, String> {
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if !path.is_empty() {
        return Err("has a path after the hosts; a cluster has one database and no name".into());
    }
    let (seeds, access) = hosts(authority, PORT, tls)?;
    Ok(RedisTarget { layout: Layout::Cluster { seeds }, access })
}

/// Parses `[user:pass@]h1[:port],h2[:port]`.
fn hosts(authority: &str, port: u16, tls: bool) -> Result<(Vec<Address>, Access), String> {
    let (credentials, hosts) =
        authority.rsplit_once('@').map_or(("", authority), |(credentials, hosts)| (credentials, hosts));
    let mut addresses = Vec::new();
    let mut found = None;
    for host in hosts.split(',') {
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']'));
        let port = if has_port { String::new() } else { format!(":{port}") };
        let at = if credentials.is_empty() { "" } else { "@" };
        let scheme = if tls { "rediss" } else { "redis" };
        let one = single(&format!("{scheme}://{credentials}{at}{host}{port}/"))?;
        let Layout::Single(ConnectionAddr::Tcp(host, port) | ConnectionAddr::TcpTls { host, port, .. }) = one.layout
        else {
            return Err("names a host that cannot be read".into());
        };
        addresses.push((host, port));
        found = Some(one.access);
    }
    Ok((addresses, found.ok_or("names no host")?))
}

#[cfg(test)]
mod tests {
    use super::{Layout, RedisTarget};

    #[test]
    fn urls_of_single_servers_are_parsed() {
        for url in [
            "redis://localhost",
            "redis://localhost:6380/3",
            "redis://user:pa%20ss@[::1]:6379",
            "rediss://user:pass@redis.example:6380/1",
            "redis+unix:///run/redis.sock?db=2",
        ] {
            let target = RedisTarget::parse(url).unwrap();
            assert_eq!(target.uses_tls(), url.starts_with("rediss"), "{url}");
        }
        let target = RedisTarget::parse("redis://user:pa%20ss@example.org:6380/3").unwrap();
        let Layout::Single(addr) = target.layout else { panic!() };
        assert_eq!(addr.to_string(), "example.org:6380");
        let info = target.access.to_addr(addr).unwrap();
        assert_eq!(info.redis_settings().username(), Some("user"));
        assert_eq!(info.redis_settings().password(), Some("pa ss"));
        assert_eq!(info.redis_settings().db(), 3);
    }

    #[test]
    fn urls_of_several_servers_are_parsed() {
        let target = RedisTarget::parse("redis-sentinel://us%40er:pass@s1,[::1]:26380,10.0.0.3/my-primary/2").unwrap();
        let Layout::Sentinel { sentinels, name } = &target.layout else { panic!() };
        assert_eq!(*sentinels, [("s1".into(), 26_379), ("::1".into(), 26_380), ("10.0.0.3".into(), 26_379)]);
        assert_eq!(name, "my-primary");
        let info = target.access.to(&("10.0.0.9".into(), 6_400)).unwrap();
        assert_eq!(info.addr().to_string(), "10.0.0.9:6400");
        assert_eq!((info.redis_settings().username(), info.redis_settings().db()), (Some("us@er"), 2));
        let info = target.access.to_sentinel(&sentinels[0], true).unwrap();
        assert_eq!((info.redis_settings().username(), info.redis_settings().db()), (Some("us@er"), 0));
        let info = target.access.to_sentinel(&sentinels[0], false).unwrap();
        assert_eq!((info.redis_settings().username(), info.redis_settings().password()), (None, None));

        for (url, tls) in [("redis-cluster://n1:7000,n2/", false), ("rediss-cluster://:pw@n1:7000,n2", true)] {
            let target = RedisTarget::parse(url).unwrap();
            let Layout::Cluster { seeds } = &target.layout else { panic!() };
            assert_eq!(*seeds, [("n1".into(), 7_000), ("n2".into(), 6_379)]);
            assert_eq!((target.uses_tls(), target.access.has_password()), (tls, tls));
        }
    }

    #[test]
    fn an_error_names_the_reason_and_contains_no_secret() {
        for (url, word) in [
            ("hunter2", "scheme"),
            ("http://hunter2@host/", "scheme"),
            ("redis://user:hunter2@/", "redis://host"),
            ("redis://:hunter2@host/first", "number"),
            ("redis://:hunter2@0.0.0.0/", "wildcard"),
            ("rediss://:hunter2@host/#insecure", "%23"),
            ("redis-sentinel://:hunter2@h1,h2", "primary"),
            ("redis-sentinel://:hunter2@h1,h2/", "primary"),
            ("redis-sentinel://:hunter2@h1,h2/a b", "primary"),
            ("redis-sentinel://:hunter2@h1,h2/name/first", "number"),
            ("redis-sentinel://:hunter2@h1,,h2/name", "redis://host"),
            ("redis-sentinel:///name", "redis://host"),
            ("redis-cluster://:hunter2@h1,h2/3", "database"),
            ("redis-cluster://", "redis://host"),
        ] {
            let refusal = RedisTarget::parse(url).unwrap_err();
            assert!(refusal.contains(word), "{url}: {refusal}");
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
        for host in ["redis", "redis.example.org", "10.0.0.1", "::1"] {
            assert!(RedisTarget::host(host, 6379).is_ok(), "{host}");
        }
        for host in ["", "redis:6379", "redis://redis", "tcp://10.0.0.1:6379", "r1,r2", ":hunter2@redis"] {
            let refusal = RedisTarget::host(host, 6379).unwrap_err();
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
    }
}
