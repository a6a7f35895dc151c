//! The page that explains how the site works.

use super::frame::Frame;
use super::response::PageResponse;
use crate::share::record::TOMBSTONE;
use rocket::http::Status;
use serde_json::json;

/// Shows the page.
#[rocket::get("/about")]
pub(crate) fn page(frame: Frame<'_>) -> PageResponse {
    frame.page(Status::Ok, "about", json!({ "record_days": TOMBSTONE / 86_400 }))
}
