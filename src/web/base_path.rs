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

    /// Returns the path and query with the base path, or `None` for a request that stays as it is.
    fn completed(&self, path: &str, whole: &str) -> Option<String> {
        let below = |base: &str| path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let stays = below(&self.0) || AT_THE_ROOT.iter().any(|root| below(root));
        (!stays).then(|| format!("{}{whole}", self.0))
    }
}

#[rocket::async_trait]
impl Fairing for BasePath {
    fn info(&self) -> Info {
        Info { name: "base path", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let uri = request.uri();
        let completed = self.completed(uri.path().raw().as_str(), &uri.to_string());
        if let Some(uri) = completed.and_then(|path| Origin::parse_owned(path).ok()) {
            request.set_uri(uri);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BasePath;

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
            let path = whole.split('?').next().unwrap();
            assert_eq!(base.completed(path, whole).as_deref(), expected, "{whole}");
        }
    }
}
