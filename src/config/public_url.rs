//! The URL at which visitors reach the site.

/// The URL at which visitors reach the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Whether the scheme is https.
    pub https: bool,
    /// Host, with the port if it is not the scheme's default.
    pub host: String,
    /// Base path without a trailing slash. Empty at the root.
    pub base: String,
}

impl PublicUrl {
    /// Returns scheme and host, as browsers send them in `Origin`.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.host)
    }

    /// Parses the URL as operators write it. Scheme and host have no case, and the default port is left out.
    ///
    /// # Errors
    /// The fault and the right form, without the value.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or(
            "must begin with https:// or http://, such as \"https://share.example\" or \"https://example.org/share\"",
        )?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err("must begin with https:// or http://, in lower case, such as \"https://share.example\""),
        };
        if rest.contains(['?', '#', '@']) {
            return Err("must have no user, no query and no #, such as \"https://share.example/share\"");
        }
        let rest = rest.trim_end_matches('/');
        let (host, base) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if !host.is_ascii() {
            return Err("has letters outside a to z in its host; write its punycode form, as browsers do: \
                 \"https://xn--bcher-kva.example\" stands for \"https://bücher.example\"");
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
        if !base.split('/').skip(1).all(|step| !step.is_empty() && step.chars().all(plain)) {
            return Err(
                "has a path that is not made of the letters a to z, digits, and - . _ ~ between single slashes, such as \
                 \"https://example.org/share\"",
            );
        }
        let host = host.to_ascii_lowercase();
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, Some(port)),
            _ => (host.as_str(), None),
        };
        let is_v6 = name.starts_with('[')
            && name.ends_with(']')
            && name.trim_matches(['[', ']']).parse::<std::net::Ipv6Addr>().is_ok();
        if name.is_empty() || !(is_v6 || name.chars().all(plain)) {
            return Err("has a host that cannot be read; write it like \"https://share.example\"");
        }
        let number = port.map(|port| port.parse::<u16>().ok().filter(|number| *number > 0 && !port.starts_with('+')));
        let host = match number {
            Some(None) => {
                return Err("has a port that is not a number from 1 to 65535, such as \"https://share.example:8443\"");
            }
            Some(Some(number)) if number != if https { 443 } else { 80 } => format!("{name}:{number}"),
            _ => name.to_owned(),
        };
        Ok(Self { https, host, base: base.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn a_url_is_read_as_browsers_write_its_origin() {
        for (text, origin, base) in [
            ("https://share.example", "https://share.example", ""),
            ("HTTPS://Share.Example/", "https://share.example", ""),
            ("https://share.example:443/Share", "https://share.example", "/Share"),
            ("http://share.example:80", "http://share.example", ""),
            ("http://share.example:443", "http://share.example:443", ""),
            ("https://share.example:8443/a/b/", "https://share.example:8443", "/a/b"),
            ("https://[2001:DB8::1]", "https://[2001:db8::1]", ""),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", ""),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", ""),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin().as_str(), url.base.as_str()), (origin, base), "{text}");
        }
        for (text, word) in [
            ("share.example", "begin with https://"),
            ("ftp://share.example", "begin with https://"),
            ("https://bücher.example", "punycode"),
            ("https://BÜCHER.example/a", "punycode"),
            ("https://", "host"),
            ("https://share example", "host"),
            ("https://share.example:https", "port"),
            ("https://share.example:70000", "port"),
            ("https://share.example:0", "port"),
            ("https://[share]", "host"),
            ("https://share.example/a//b", "path"),
            ("https://share.example/über", "path"),
            ("https://share.example/?q", "query"),
            ("https://user:password@share.example", "user"),
        ] {
            let refusal = PublicUrl::parse(text).unwrap_err();
            assert!(
                refusal.contains(word) && refusal.contains("such as") | refusal.contains("https://"),
                "{text}: {refusal}"
            );
        }
    }
}
