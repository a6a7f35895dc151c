//! Answers to pages of another release, during an upgrade of several servers.
//!
//! A page loads its style and script from the release that rendered it, but a server of another release may receive the
//! request. Its style sheet fits well enough. Its script might not fit the page, so a script takes its place that stops the
//! forms, which would otherwise send messages unencrypted, and asks to load the page again. A script that a page loads on
//! demand is replaced by one that throws, and the page says the same.

use crate::web::locale::Locales;
use rocket::http::Header;
use rocket::http::{ContentType, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use std::io::Cursor;

/// Scripts of the pages whose forms would send more than the browser should without them.
const GUARDED: [&str; 3] = ["js/pages/create.js", "js/pages/open.js", "js/pages/status.js"];

/// The script, before its texts.
const SCRIPT: &str = r#"for (const form of document.forms) {
  form.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const element of form.elements) element.disabled = true;
}
const notice = document.createElement("p");
notice.className = "note warn";
notice.setAttribute("role", "alert");
notice.textContent = `${text} `;
const button = document.createElement("button");
button.type = "button";
button.textContent = again;
button.addEventListener("click", () => location.reload());
notice.append(button);
(document.querySelector("main") ?? document.body).prepend(notice);
"#;

/// The script in place of one that a page loads on demand. `static/js/behaviours/failures.js` reads the property.
const ON_DEMAND: &str = "throw Object.assign(new Error(\"this page is of another release\"), { isStale: true });\n";

/// Returns whether `build` can be that of another release.
pub(super) fn is_build(build: &str) -> bool {
    build.len() == 12 && build.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The script for a page of another release.
pub(super) enum StaleScript {
    /// In place of the page's own script.
    Page,
    /// In place of a script that the page loads on demand.
    OnDemand,
}

impl StaleScript {
    /// Returns what replaces a script, or `None` when `path` is no script.
    pub(super) fn of(path: &str) -> Option<Self> {
        let is_script = path.rsplit_once('.').is_some_and(|(stem, kind)| stem.starts_with("js/") && kind == "js");
        is_script.then(|| if GUARDED.contains(&path) { Self::Page } else { Self::OnDemand })
    }
}

impl<'r> Responder<'r, 'static> for StaleScript {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let locales = request.rocket().state::<Locales>().ok_or(Status::InternalServerError)?;
        let lang = locales.negotiate(None, request.headers().get_one("Accept-Language"));
        let text = |key| serde_json::Value::from(locales.text(lang, key, None));
        let script = match self {
            Self::Page => {
                format!("const text = {};\nconst again = {};\n{SCRIPT}", text("stale-page"), text("stale-again"))
            }
            Self::OnDemand => ON_DEMAND.to_owned(),
        };
        Response::build()
            .header(ContentType::JavaScript)
            .header(Header::new("Cache-Control", "no-store"))
            .header(Header::new("Vary", "Accept-Language"))
            .sized_body(script.len(), Cursor::new(script))
            .ok()
    }
}
