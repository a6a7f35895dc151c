//! Recognizes proxies by the headers that they add.

use super::client::Answer;

/// A proxy whose settings the report knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proxy {
    Nginx,
    Caddy,
    Traefik,
    Haproxy,
    Apache,
    Cloudflare,
}

impl Proxy {
    /// All of them, in the order of the report.
    pub(super) const ALL: [Self; 6] =
        [Self::Nginx, Self::Caddy, Self::Traefik, Self::Haproxy, Self::Apache, Self::Cloudflare];

    /// The name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Traefik => "Traefik",
            Self::Haproxy => "HAProxy",
            Self::Apache => "Apache",
            Self::Cloudflare => "Cloudflare",
        }
    }

    /// Returns the proxy that names itself in a response. The program sends no `Server`. Traefik and HAProxy send none by
    /// default, so they are recognized only where an operator adds it.
    pub(super) fn of(answer: &Answer) -> Option<Self> {
        if answer.header("cf-ray").is_some() {
            return Some(Self::Cloudflare);
        }
        let words = ["server", "via", "x-powered-by"].map(|name| answer.header(name).unwrap_or_default());
        let words = words.join(" ").to_ascii_lowercase();
        let named = [
            ("cloudflare", Self::Cloudflare),
            ("caddy", Self::Caddy),
            ("nginx", Self::Nginx),
            ("openresty", Self::Nginx),
            ("traefik", Self::Traefik),
            ("haproxy", Self::Haproxy),
            ("apache", Self::Apache),
        ];
        named.into_iter().find_map(|(name, proxy)| words.contains(name).then_some(proxy))
    }
}
