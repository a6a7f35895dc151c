//! Protection of the process: no core dumps, and a warning about a port that bypasses the proxy.

use crate::config::Settings;
use rocket::Config;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::io;
use std::net::{IpAddr, SocketAddr};

/// Forbids core dumps, and on Linux also that other processes of the same user read this one's memory: without scripts,
/// plaintext is in it for a moment.
///
/// # Errors
/// When the system refuses.
pub fn forbid_dumps() -> io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// Returns a warning for operators when visitors reach the site beside its TLS proxy. `published` is where a container
/// engine publishes the port, as `LISTEN` in docker-compose.yml: a port, or an address and a port.
pub fn open_port(settings: &Settings, config: &Config, published: Option<&str>) -> Option<String> {
    let https = settings.public_url.as_ref().is_some_and(|url| url.https);
    let (open, fix) = match published {
        Some(published) => (is_open(published), "LISTEN: set it to 127.0.0.1:8000 in .env"),
        None => (!config.address.is_loopback(), "address: set it to \"127.0.0.1\", or publish the port only there"),
    };
    (https && open)
        .then(|| format!("{fix}; public_url is https, but the site's own port is open beside the proxy, without TLS"))
}

/// Returns whether a published port is reachable from other machines.
fn is_open(published: &str) -> bool {
    let address = match published.parse::<SocketAddr>() {
        Ok(address) => Some(address.ip()),
        Err(_) => published.parse::<IpAddr>().ok(),
    };
    address.is_none_or(|address| !address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{forbid_dumps, is_open};

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_that_forbade_dumps_is_not_dumpable() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        forbid_dumps().unwrap();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
    }

    #[test]
    fn only_a_port_on_a_loopback_address_is_closed_to_other_machines() {
        for closed in ["127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "::1"] {
            assert!(!is_open(closed), "{closed}");
        }
        for open in ["8000", "0.0.0.0:8000", "[::]:8000", "192.0.2.1:80", "", "8000-8010"] {
            assert!(is_open(open), "{open}");
        }
    }
}
