//! The HTTP response of a page handler.

use crate::web::request_notes::{allow_media, record_error_code};
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use std::io::Cursor;

/// A response with a complete body.
pub(crate) struct PageResponse {
    error_code: Option<&'static str>,
    status: Status,
    kind: ContentType,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    plays_media: bool,
}

impl PageResponse {
    /// Creates a response from a status, a content type and a body.
    pub(crate) fn new(status: Status, kind: ContentType, body: Vec<u8>) -> Self {
        Self { error_code: None, status, kind, headers: Vec::new(), body, plays_media: false }
    }

    /// Creates a plain-text response of one line.
    pub(crate) fn text(status: Status, line: &str) -> Self {
        Self::new(status, ContentType::Plain, format!("{line}\n").into_bytes())
    }

    /// Records the error code that logs and metrics report for this response.
    pub(crate) fn set_error_code(&mut self, code: &'static str) {
        self.error_code = Some(code);
    }

    /// Lets the page play sound and film that it decrypted.
    pub(crate) fn playing_media(mut self) -> Self {
        self.plays_media = true;
        self
    }

    /// Adds a header. Headers of the same name are kept.
    pub(crate) fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}

impl<'r> Responder<'r, 'static> for PageResponse {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(code) = self.error_code {
            record_error_code(request, code);
        }
        if self.plays_media {
            allow_media(request);
        }
        let mut response = Response::build();
        let length = self.body.len();
        response.status(self.status).header(self.kind).sized_body(length, Cursor::new(self.body));
        // Sends the page in one chunk. Rocket stores the chunk size with the body, so it is set after the body.
        response.max_chunk_size(length.clamp(4_096, 256 * 1024));
        for (name, value) in self.headers {
            response.header_adjoin(Header::new(name, value));
        }
        response.ok()
    }
}
