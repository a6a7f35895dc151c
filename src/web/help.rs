//! Command lines for programs that send something else than the site takes, or read what is made for browsers.

use super::guards::{ResponseFormat, Site};
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;

/// Products in the `User-Agent` of programs that show a response to the person who typed the command. Programs that make
/// link previews are not among them.
const TERMINALS: [&str; 9] =
    ["curl", "wget", "wget2", "httpie", "xh", "aria2", "hurl", "uclient-fetch", "fetch libfetch"];

/// Returns the commands that send a text and a file, as one line.
pub(crate) fn commands(site: &Site) -> String {
    let origin = &site.origin;
    format!("To send a text: curl -F message='your text' {origin} or a file: curl -F file=@name {origin}")
}

/// Returns the commands that make a request, answer it and collect the answers, as one line.
pub(crate) fn request_commands(site: &Site) -> String {
    let origin = &site.origin;
    format!(
        "To ask for something: curl -F note='what you need' {origin}/request It prints the link to send and your private \
         link. To see what came: curl -F link='your private link' {origin}/request/collect"
    )
}

/// Returns the detail of an error with the commands that work.
pub(crate) fn with_commands(detail: &str, site: &Site) -> String {
    format!("{detail} {}", commands(site))
}

/// A guard that finds out whether the request comes from a command line, so that the response is read in a terminal.
pub(crate) struct Terminal(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Terminal {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let agent = request.headers().get_one("User-Agent").unwrap_or_default().to_ascii_lowercase();
        // A version follows most of them. The Wget of BusyBox has none.
        let is =
            |name: &&str| agent.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ' ']));
        let known = TERMINALS.iter().any(is) || agent.contains("powershell/");
        Outcome::Success(Self(known && ResponseFormat::of(request) == ResponseFormat::Text))
    }
}
