//! Statuses with an `ETag`, and polls that wait until a status differs from one.

use super::shares::JsonResponse;
use crate::web::errors::Problem;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::{Header, Status as Http};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::tokio::time::{Duration, Instant};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Maximum duration of a long poll, in seconds.
const MAX_WAIT: u64 = 30;

/// A JSON response with an `ETag` of its content.
pub(crate) struct Tagged {
    response: JsonResponse,
    etag: String,
}

impl Tagged {
    pub(super) fn of(body: &Value) -> Self {
        let digest = Sha256::digest(body.to_string());
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12]));
        Self { response: JsonResponse::new(Http::Ok, body), etag }
    }

    /// Returns whether `seen` is the tag of this response.
    pub(super) fn is(&self, seen: &str) -> bool {
        seen.trim_start_matches("W/").trim_matches('"') == self.etag.trim_matches('"')
    }
}

impl<'r> Responder<'r, 'static> for Tagged {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(self.response.respond_to(request)?);
        response.header(Header::new("ETag", self.etag)).ok()
    }
}

/// A poll that waits for a status other than the one with the tag `seen`.
pub(super) struct Poll<'a> {
    pub(super) seen: &'a str,
    pub(super) until: Instant,
}

/// Returns the poll that a call asks for with `wait` and `seen`, or `None` when it waits for nothing.
///
/// # Errors
/// `invalid` for a `wait` that is no number of seconds up to [`MAX_WAIT`], and for a parameter that is repeated.
pub(super) fn poll<'a>(wait: &[&str], seen: &[&'a str]) -> Result<Option<Poll<'a>>, Problem> {
    let seconds = match wait {
        [] => 0,
        [seconds] => {
            let seconds = seconds.parse::<u64>().ok().filter(|seconds| *seconds <= MAX_WAIT);
            seconds.ok_or(Problem::invalid("wait"))?
        }
        [_, _, ..] => return Err(Problem::invalid("wait")),
    };
    match seen {
        [] => Ok(None),
        [_] if seconds == 0 => Ok(None),
        [seen] => Ok(Some(Poll { seen, until: Instant::now() + Duration::from_secs(seconds) })),
        [_, _, ..] => Err(Problem::invalid("seen")),
    }
}
