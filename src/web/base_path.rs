//! Requests without the base path, from proxies that strip it.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::{Data, Request};

/// Paths that do not get the base path: health checks and `security.txt`, which are at the root, and metrics, which proxies
/// block by their path below the base path.
const AT_THE_ROOT: [&str; 3] = ["/health", "/metrics", "/.well-known"];

/// Fairing that adds the base path to requests that lack it, so that a proxy may keep or strip it.
pub(crate) struct BasePath(String);

impl BasePath {
    /// Creates the fairing. `base` has no slash at its end and is not empty.
    pub(crate) fn new(base: &str) -> Self {
        Self(base.to_owned())
    }

    /// Returns the address with the base path, or `None` for a request that stays as it is. The base path may be written in
    /// capitals ([`super::capitals`]).
    fn completed<'u>(&self, uri: &Origin<'u>) -> Option<Origin<'u>> {
        let path = uri.path().raw().as_str();
        let goes_on = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let has_base = path
            .split_at_checked(self.0.len())
            .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(&self.0) && goes_on(rest));
        if has_base || AT_THE_ROOT.iter().any(|root| path.strip_prefix(root).is_some_and(goes_on)) {
            return None;
        }
        uri.map_path(|path| format!("{}{path}", self.0))
    }
}

#[rocket::async_trait]
impl Fairing for BasePath {
    fn info(&self) -> Info {
        Info { name: "base path", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if let Some(uri) = self.completed(request.uri()) {
            request.set_uri(uri);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BasePath, Origin};

    #[test]
    fn a_path_without_the_base_gets_it() {
        let base = BasePath::new("/tools/share");
        for (whole, expected) in [
            ("/", Some("/tools/share/")),
            ("/s/x?lang=en", Some("/tools/share/s/x?lang=en")),
            ("/tools/share", None),
            ("/tools/share/", None),
            ("/tools/share/s/x", None),
            ("/tools/sharex", Some("/tools/share/tools/sharex")),
            ("/tools", Some("/tools/share/tools")),
            ("/health/live", None),
            ("/metrics", None),
            ("/.well-known/security.txt", None),
            ("//metrics", Some("/tools/share//metrics")),
        ] {
            let completed = base.completed(&Origin::parse(whole).unwrap());
            assert_eq!(completed.map(|uri| uri.to_string()).as_deref(), expected, "{whole}");
        }
    }
}
