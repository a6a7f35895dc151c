//! The address of a site, and the site that a link names.

use crate::exit::Failure;
use onetimeshare_envelope::base32;
use std::fmt;
use ureq::http::Uri;

/// Scheme, host and base path of a site, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base(String);

impl Base {
    /// Parses an address that a person typed. Without a scheme it is https.
    ///
    /// # Errors
    /// [`Failure::usage`] when it is no http address, or has a user name, a query or a fragment.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let refusal = || {
            Failure::usage("The site has to be an address such as https://share.example, without a user name, ? or #.")
        };
        let uri: Uri = whole.parse().map_err(|_| refusal())?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or_else(refusal)?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or_else(refusal)?;
        if uri.query().is_some() || whole.contains('#') || authority.host().is_empty() {
            return Err(refusal());
        }
        Ok(Self(format!("{scheme}://{authority}{}", uri.path().trim_end_matches('/'))))
    }

    /// Returns the address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether others can read the connection: http to another computer.
    pub(crate) fn is_exposed(&self) -> bool {
        let host = self.0.strip_prefix("http://").map(|rest| rest.split('/').next().unwrap_or_default());
        host.is_some_and(|host| {
            let name = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
            !(name == "localhost"
                || name == "[::1]"
                || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback()))
        })
    }

    /// Finds the site in the text of a link: what precedes `marker`, such as `/s/`. With an `id`, only where that id
    /// follows. `None` in a text that a mail program has wrapped or escaped.
    pub(crate) fn of_link(text: &str, marker: &str, id: Option<&str>) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        lower.match_indices(marker).find_map(|(at, _)| {
            let start = ["https://", "http://"].into_iter().filter_map(|scheme| lower[..at].rfind(scheme)).max()?;
            let rest = &lower[at + marker.len()..];
            if let Some(id) = id {
                let symbols: String = rest.chars().filter(|letter| *letter != '-').take(id.len()).collect();
                if base32::normalize(&symbols) != id {
                    return None;
                }
            }
            let address = &text[start..at];
            // The scheme and the host may be in capitals; a base path may not.
            let base = Self::parse(address).ok().filter(|_| !address.contains(char::is_whitespace))?;
            let host_end =
                base.0.find("://").and_then(|scheme| base.0[scheme + 3..].find('/').map(|path| scheme + 3 + path));
            let (host, path) = base.0.split_at(host_end.unwrap_or(base.0.len()));
            Some(Self(format!("{}{path}", host.to_ascii_lowercase())))
        })
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn addresses_are_reduced_to_scheme_host_and_path() {
        for (text, base) in [
            ("https://share.example", "https://share.example"),
            (" share.example/ ", "https://share.example"),
            ("http://127.0.0.1:8000/tools/", "http://127.0.0.1:8000/tools"),
            ("https://[::1]:8443", "https://[::1]:8443"),
        ] {
            assert_eq!(Base::parse(text).unwrap().as_str(), base);
        }
        for text in [
            "",
            "ftp://share.example",
            "https://",
            "https://me:pw@share.example",
            "https://share.example/?x",
            "https://share.example/#x",
            "a b",
        ] {
            assert!(Base::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_plain_http_to_another_computer_is_exposed() {
        for (text, exposed) in [
            ("http://share.example", true),
            ("http://127.example.com", true),
            ("https://share.example", false),
            ("http://localhost:8000", false),
            ("http://127.0.0.1:8000/x", false),
            ("http://[::1]:8000", false),
        ] {
            assert_eq!(Base::parse(text).unwrap().is_exposed(), exposed, "{text}");
        }
    }

    #[test]
    fn the_site_of_a_link_is_what_precedes_its_id() {
        let id = "0123456789abcdef";
        let found = |text: &str| Base::of_link(text, "/s/", Some(id)).map(|base| base.to_string());
        let site = Some("https://share.example".to_owned());
        assert_eq!(found("https://share.example/s/0123456789abcdef#1xyz"), site);
        assert_eq!(found("Look: HTTPS://SHARE.EXAMPLE/S/O123456789ABCDEF#1XYZ, please"), site);
        assert_eq!(found("https://gateway.example/s/x https://share.example/s/0123456789abcdef"), site);
        assert_eq!(found("https://share.example/tools/s/0123456789abcdef"), Some("https://share.example/tools".into()));
        assert_eq!(found("https://gateway.example/?u=https%3A%2F%2Fshare.example%2Fs%2F0123456789abcdef"), None);
        assert_eq!(found("https://nohttps.example/s/0123456789abcdef"), Some("https://nohttps.example".into()));
        assert_eq!(found("https://share.example/s/fedcba9876543210"), None);
        assert_eq!(found("0123456789abcdef"), None);
    }
}
