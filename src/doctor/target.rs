//! The address of the site that is examined.

use hyper::Uri;
use std::net::IpAddr;

/// Scheme, host, port and base path of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// Whether the address is https.
    pub(super) https: bool,
    /// The host as in an address, an IPv6 address in brackets.
    pub(super) host: String,
    /// The port.
    pub(super) port: u16,
    /// The base path, without a slash at its end; empty at the root.
    pub(super) base: String,
}

impl Target {
    /// Parses what the operator typed. Without a scheme it is https.
    ///
    /// # Errors
    /// A message for operators.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let refused =
            |why: &str| Err(format!("doctor: {why}; write the address of the site, such as https://share.example"));
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        if whole.contains(['#', '?']) {
            return refused("the address has a part behind \"?\" or \"#\"");
        }
        let Ok(uri) = whole.parse::<Uri>() else { return refused("this is no address") };
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refused("the address is neither https nor http"),
        };
        let Some(authority) = uri.authority().filter(|authority| !authority.host().is_empty()) else {
            return refused("the address has no host");
        };
        if authority.as_str().contains('@') {
            return refused("the address has a user name");
        }
        let port = match (uri.port_u16(), https) {
            (Some(port), _) => port,
            (None, true) => 443,
            (None, false) => 80,
        };
        let base = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { https, host: authority.host().to_ascii_lowercase(), port, base })
    }

    /// Returns the host, with the port unless it is that of the scheme.
    pub(super) fn authority(&self) -> String {
        match (self.https, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            (_, port) => format!("{}:{port}", self.host),
        }
    }

    /// Returns the address without a slash at its end, as in `public_url`.
    pub(super) fn url(&self) -> String {
        format!("{}://{}{}", if self.https { "https" } else { "http" }, self.authority(), self.base)
    }

    /// Returns the host without the brackets of an IPv6 address.
    pub(super) fn name(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Returns whether the host is this machine.
    pub(super) fn is_local(&self) -> bool {
        self.host == "localhost" || self.name().parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn an_address_is_read_as_operators_type_it() {
        for (text, url, base) in [
            ("share.example", "https://share.example", ""),
            ("https://Share.Example/", "https://share.example", ""),
            ("https://share.example:443/tools/share/", "https://share.example/tools/share", "/tools/share"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000", ""),
            ("http://[::1]:8000/x", "http://[::1]:8000/x", "/x"),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.url().as_str(), target.base.as_str()), (url, base), "{text}");
        }
        assert!(Target::parse("http://[::1]/").unwrap().is_local());
        assert!(!Target::parse("https://10.0.0.1").unwrap().is_local());
    }

    #[test]
    fn what_is_no_address_of_a_site_is_refused() {
        for text in ["", "ftp://x", "https://u:p@x", "https://x/s/y#key", "https://x?y", "https:///x", "a b"] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }
}
