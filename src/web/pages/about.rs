//! The page that explains how the site works.

use super::frame::Frame;
use super::response::PageResponse;
use crate::share::record::TOMBSTONE;
use rocket::http::Status;
use serde_json::json;

/// Shows the page.
#[rocket::get("/about")]
pub(crate) fn page(frame: Frame<'_>) -> PageResponse {
    let reading_minutes = frame.settings.grace().window(1).map(|window| window.div_ceil(60));
    frame.page(Status::Ok, "about", json!({ "record_days": TOMBSTONE / 86_400, "reading_minutes": reading_minutes }))
}
