//! Answers to pages of another release, during an upgrade of several servers.
//!
//! A page loads its style and script from the release that rendered it, but a server of another release may receive the
//! request. Its style sheet fits well enough. Its script might not fit the page, so a script takes its place that stops the
//! forms, which would otherwise send messages unencrypted, and asks to load the page again.

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
notice.setAttribute("role", "alert");
notice.textContent = `${text} `;
const button = document.createElement("button");
button.type = "button";
button.textContent = again;
button.addEventListener("click", () => location.reload());
notice.append(button);
(document.querySelector("main") ?? document.body).prepend(notice);
"#;

/// Returns whether `build` can be that of another release.
pub(super) fn is_build(build: &str) -> bool {
    build.len() == 12 && build.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Returns whether a script is replaced by [`StaleScript`].
pub(super) fn is_guarded(path: &str) -> bool {
    GUARDED.contains(&path)
}

/// The script for a page of another release.
pub(super) struct StaleScript;

impl<'r> Responder<'r, 'static> for StaleScript {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let locales = request.rocket().state::<Locales>().ok_or(Status::InternalServerError)?;
        let lang = locales.negotiate(None, request.headers().get_one("Accept-Language"));
        let text = |key| serde_json::Value::from(locales.text(lang, key, None));
        let script = format!("const text = {};\nconst again = {};\n{SCRIPT}", text("stale-page"), text("stale-again"));
        Response::build()
            .header(ContentType::JavaScript)
            .header(Header::new("Cache-Control", "no-store"))
            .header(Header::new("Vary", "Accept-Language"))
            .sized_body(script.len(), Cursor::new(script))
            .ok()
    }
}
