//! Pages whose path was written in capitals: some programs change a whole link.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::{Data, Request};

/// Fairing that routes such a request as the page that it means.
pub(crate) struct Capitals {
    /// The paths of pages, each with whether the request's path may go on after it.
    pages: [(String, bool); 5],
}

impl Capitals {
    /// Creates the fairing for a site with this base path.
    pub(crate) fn new(base: &str) -> Self {
        let pages = [("/s/", true), ("/r/", true), ("/status", false), ("/request", false), ("/about", false)];
        Self { pages: pages.map(|(page, continues)| (format!("{base}{page}"), continues)) }
    }

    /// Returns the address of a page whose path is written in capitals, or `None` when it is not.
    fn lowered<'u>(&self, uri: &Origin<'u>) -> Option<Origin<'u>> {
        let path = uri.path().raw().as_str();
        let lowered = self.pages.iter().find_map(|(page, continues)| {
            let (start, rest) = path.split_at_checked(page.len())?;
            let matches = start.eq_ignore_ascii_case(page) && start != page && (*continues || rest.is_empty());
            matches.then(|| format!("{page}{rest}"))
        })?;
        uri.map_path(|_| lowered)
    }
}

#[rocket::async_trait]
impl Fairing for Capitals {
    fn info(&self) -> Info {
        Info { name: "capitals", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if let Some(uri) = self.lowered(request.uri()) {
            request.set_uri(uri);
        }
    }
}
