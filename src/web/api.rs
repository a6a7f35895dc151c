//! The HTTP API, version 1 (`docs/openapi.yaml`, `docs/http-api.md`).

mod openapi;
pub(crate) mod parts;
mod polling;
pub(crate) mod requests;
pub(crate) mod shares;

use crate::config::Settings;
use rocket::State;
use rocket::http::ContentType;
use serde_json::json;

/// Returns the API routes, to be mounted at `{base}/api/v1`.
pub(crate) fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        shares::create,
        shares::peek,
        shares::open,
        shares::handover,
        shares::confirm,
        shares::status,
        shares::delete,
        parts::put,
        parts::list,
        parts::complete,
        parts::get,
        requests::make,
        requests::look,
        requests::answer,
        requests::status,
        requests::end,
        openapi::openapi,
        site
    ]
}

/// Returns the name, version and limits of the site.
#[rocket::get("/site")]
fn site(settings: &State<Settings>) -> (ContentType, String) {
    let site = json!({
        "name": settings.site_name,
        "version": env!("CARGO_PKG_VERSION"),
        "max_size": settings.max_size,
        "max_message": settings.max_message,
        "max_files": settings.max_files,
        "lifetimes": settings.lifetimes,
        "default_lifetime": settings.default_lifetime,
        "request_lifetimes": settings.request_lifetimes,
        "grace": settings.grace,
        "reading_window": settings.reading_window,
        "password_min": settings.password_min,
        "require_browser_locking": settings.require_browser_locking,
    });
    (ContentType::JSON, site.to_string())
}
