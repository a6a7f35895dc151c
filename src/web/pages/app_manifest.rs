//! The installable web app: its manifest, its offline page and its share target.
//!
//! The service worker (`static/js/sw.js`) intercepts content that other apps share. The server never reads it.

use super::frame::Frame;
use super::response::PageResponse;
use crate::web::body::Empty;
use rocket::http::{ContentType, Status};
use serde_json::json;

/// Returns the web app manifest (W3C Web Application Manifest and Web Share Target).
#[rocket::get("/manifest.webmanifest")]
pub(crate) fn manifest(frame: Frame<'_>) -> PageResponse {
    let (settings, base) = (frame.settings, frame.settings.base());
    let icon = |purpose: &str, file: &str, size: u32| {
        json!({
            "src": format!("{base}/img/{file}-{size}.png"),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    let manifest = json!({
        "lang": frame.language(),
        "dir": frame.direction(),
        "id": format!("{base}/"),
        "name": settings.site_name,
        "short_name": settings.site_name,
        "start_url": format!("{base}/{}", frame.lang_query),
        "scope": format!("{base}/"),
        "display": "standalone",
        "background_color": "#f7f4ee",
        "theme_color": "#f7f4ee",
        "icons": [
            icon("any", "icon", 192),
            icon("any", "icon", 512),
            icon("maskable", "icon-maskable", 192),
            icon("maskable", "icon-maskable", 512),
        ],
        "share_target": {
            "action": format!("{base}/share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{ "name": "files", "accept": ["*/*"] }],
            },
        },
    });
    let kind = ContentType::new("application", "manifest+json");
    let mut response = PageResponse::new(Status::Ok, kind, manifest.to_string().into_bytes());
    response.header("Cache-Control", "public, max-age=86400".to_owned());
    response.header("Vary", "Accept-Language".to_owned());
    response
}

/// Shows the page that the service worker caches for use without a network.
#[rocket::get("/offline")]
pub(crate) fn offline(frame: Frame<'_>) -> PageResponse {
    frame.page(Status::Ok, "offline", json!({}))
}

/// Discards content that another app shared and no service worker intercepted, and shows the page that says so.
#[rocket::post("/share", data = "<_dropped>")]
pub(crate) fn share(frame: Frame<'_>, _dropped: Empty) -> PageResponse {
    lost(frame)
}

/// Shows the same page for a `GET`, when the service worker has lost the shared content.
#[rocket::get("/share")]
pub(crate) fn lost(frame: Frame<'_>) -> PageResponse {
    frame.page(Status::Ok, "share", json!({}))
}
