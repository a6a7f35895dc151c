//! Scheme and host that a trusted proxy reports, for a site without `public_url`.

use crate::config::Settings;
use crate::network::is_private;
use rocket::Request;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

/// A proxy's report about the client's request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reported {
    /// Whether the client used https, if the proxy says so.
    pub(crate) https: Option<bool>,
    /// The host that the client asked for.
    pub(crate) host: Option<String>,
}

/// Returns what the proxy of a request reports, or nothing when it is not one of `trusted_proxies`. Logs once what is
/// missing for links with the right scheme.
pub(crate) fn reported(request: &Request<'_>, settings: &Settings) -> Reported {
    let headers = request.headers();
    let first = |name| headers.get_one(name);
    let reported = read(
        [first("X-Forwarded-Proto"), first("X-Forwarded-Scheme"), first("X-Forwarded-Ssl")],
        first("X-Forwarded-Host"),
        first("Forwarded"),
    );
    let Some(peer) = request.remote().map(|peer| peer.ip()) else { return Reported::default() };
    let trusted = settings.trusted_proxies.contains(peer);
    warn_once(peer, trusted, &reported);
    if trusted { reported } else { Reported::default() }
}

/// Reads the headers by which proxies report the scheme and the host. Of several proxies, the first one knows the client.
fn read(schemes: [Option<&str>; 3], host: Option<&str>, forwarded: Option<&str>) -> Reported {
    let entry = |text: &str| text.split(',').next().unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
    let mut reported = Reported {
        https: schemes.into_iter().flatten().find_map(|text| match entry(text).as_str() {
            "https" | "on" => Some(true),
            "http" | "off" => Some(false),
            _ => None,
        }),
        host: host.map(entry).filter(|host| !host.is_empty()),
    };
    for (name, value) in forwarded.map(parameters).unwrap_or_default() {
        match (name.as_str(), value.to_ascii_lowercase()) {
            ("proto", scheme) if reported.https.is_none() && (scheme == "https" || scheme == "http") => {
                reported.https = Some(scheme == "https");
            }
            ("host", host) if reported.host.is_none() && !host.is_empty() => reported.host = Some(host),
            _ => {}
        }
    }
    reported
}

/// Returns the parameters of the first element of `Forwarded` (RFC 7239, section 4).
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => break,
            ';' if !quoted => found.push(String::new()),
            letter => found.last_mut().into_iter().for_each(|last| last.push(letter)),
        }
    }
    let pairs = found.iter().filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned())).collect()
}

/// Returns a host without the port that is the default of the scheme.
pub(crate) fn without_default_port(host: &str, https: bool) -> &str {
    host.strip_suffix(if https { ":443" } else { ":80" }).unwrap_or(host)
}

/// Warns once, so that operators notice why links begin with the wrong scheme.
fn warn_once(peer: IpAddr, trusted: bool, reported: &Reported) {
    static UNTRUSTED: AtomicBool = AtomicBool::new(false);
    static SILENT: AtomicBool = AtomicBool::new(false);
    if !trusted && reported.https.is_some() && is_private(peer) && !UNTRUSTED.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "public_url: not set, and a proxy that is not in trusted_proxies reports the scheme of the site; links begin with \
             http:// and this server's idea of the host until public_url, or the proxy in trusted_proxies, is set"
        );
    }
    if trusted && reported.https.is_none() && !SILENT.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "public_url: not set, and the trusted proxy reports no scheme (X-Forwarded-Proto or Forwarded); links begin with \
             http:// until public_url is set or the proxy reports https"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Reported, read, without_default_port};

    fn of(scheme: Option<&str>, host: Option<&str>, forwarded: Option<&str>) -> (Option<bool>, Option<String>) {
        let Reported { https, host } = read([scheme, None, None], host, forwarded);
        (https, host)
    }

    #[test]
    fn the_first_entry_tells_the_scheme_and_the_host() {
        let share = || Some("share.example".to_owned());
        for (scheme, host, forwarded, expected) in [
            (None, None, None, (None, None)),
            (Some("https"), None, None, (Some(true), None)),
            (Some("HTTPS, http"), Some("Share.Example, inner"), None, (Some(true), share())),
            (Some("http"), None, Some("proto=https;host=share.example"), (Some(false), share())),
            (Some("gopher"), None, Some("for=1.2.3.4;Proto=\"https\""), (Some(true), None)),
            (
                None,
                None,
                Some("for=\"[::1]:80,x\";host=\"share.example\"; proto=http, proto=https"),
                (Some(false), share()),
            ),
            (None, None, Some("proto"), (None, None)),
            (None, Some(""), Some("host="), (None, None)),
        ] {
            assert_eq!(of(scheme, host, forwarded), expected, "{scheme:?} {host:?} {forwarded:?}");
        }
        assert_eq!(read([None, Some("https"), None], None, None).https, Some(true));
        assert_eq!(read([None, None, Some("on")], None, None).https, Some(true));
    }

    #[test]
    fn only_the_default_port_is_left_out() {
        for (host, https, expected) in [
            ("a:443", true, "a"),
            ("a:80", false, "a"),
            ("a:80", true, "a:80"),
            ("a:8443", true, "a:8443"),
            ("[::1]:443", true, "[::1]"),
            ("a", true, "a"),
        ] {
            assert_eq!(without_default_port(host, https), expected);
        }
    }
}
