//! The short note that senders put before a link, in the language of its receiver.

use super::frame::Frame;
use super::response::PageResponse;
use crate::web::errors::Code;
use rocket::http::{ContentType, Status};
use serde_json::json;

/// Responds with the note in the language of `?lang=`, with `{date}` in place of the time, for the page of a new link.
#[rocket::get("/note")]
pub(crate) fn note(frame: Frame<'_>) -> PageResponse {
    let Some(text) = frame.note() else {
        return frame.problem(Code::Broken.into());
    };
    let body = json!({ "language": frame.language(), "text": text });
    let mut response = PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes());
    response.header("Content-Language", frame.language().to_owned());
    response.header("Vary", "Accept-Language".to_owned());
    response
}
