//! What phones ask for: the manifest of the app, its page without a network, and what other apps share to it. The worker
//! (`static/js/sw.js`) takes a share before it gets here; the server never reads one.

use super::frame::Frame;
use super::response::PageResponse;
use crate::config::Settings;
use crate::web::body::Empty;
use rocket::State;
use rocket::http::{ContentType, Status};
use serde_json::json;

/// The app that browsers install (W3C, Web Application Manifest and Web Share Target).
#[rocket::get("/manifest.webmanifest")]
pub fn manifest(settings: &State<Settings>) -> PageResponse {
    let base = settings.base();
    let icon = |purpose: &str, file: &str, size: u32| {
        json!({
            "src": format!("{base}/img/{file}-{size}.png"),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    let manifest = json!({
        "id": format!("{base}/"),
        "name": settings.site_name,
        "short_name": settings.site_name,
        "start_url": format!("{base}/"),
        "scope": format!("{base}/"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
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
    let mut answer = PageResponse::new(Status::Ok, kind, manifest.to_string().into_bytes());
    answer.header("Cache-Control", "public, max-age=86400".to_owned());
    answer
}

/// What the worker shows while there is no network.
#[rocket::get("/offline")]
pub fn offline(frame: Frame<'_>) -> PageResponse {
    frame.page(Status::Ok, "offline", json!({}))
}

/// Something shared that no worker took: dropped unread, and said.
#[rocket::post("/share", data = "<_dropped>")]
pub fn share(frame: Frame<'_>, _dropped: Empty) -> PageResponse {
    lost(frame)
}

/// Something shared whose worker has ended.
#[rocket::get("/share")]
pub fn lost(frame: Frame<'_>) -> PageResponse {
    frame.page(Status::Ok, "share", json!({}))
}
