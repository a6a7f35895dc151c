//! Security headers of every response (`docs/http-api.md`).

use crate::config::Settings;
use crate::web::request_notes::plays_media;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response};

/// Policy of pages, with further directives: the site's own scripts and styles, `blob:` images, and requests to the site.
/// The only Trusted Types policy creates the URL of the service worker.
macro_rules! page_policy {
    ($more:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; ",
            $more,
            "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; ",
            "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app"
        )
    };
}

/// Policy of pages.
const PAGE_POLICY: &str = page_policy!("");

/// Policy of the page that shows opened shares, which plays sound and film that it decrypted.
const PLAYER_POLICY: &str = page_policy!("media-src blob:; ");

/// Policy of scripts. It applies to the service worker, which connects only to the site; pages ignore it.
const SCRIPT_POLICY: &str =
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Policy of every other response.
const DATA_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), serial=(), usb=(), \
    xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(self), screen-wake-lock=(self)";

/// Fairing that adds the headers to every response.
pub(crate) struct SecurityHeaders {
    /// The value of `Strict-Transport-Security`, if it is sent.
    transport_security: Option<&'static str>,
}

impl SecurityHeaders {
    pub(crate) fn new(settings: &Settings) -> Self {
        let https = settings.public_url.as_ref().is_some_and(|url| url.https);
        let value = if settings.hsts_subdomains { "max-age=63072000; includeSubDomains" } else { "max-age=63072000" };
        Self { transport_security: https.then_some(value) }
    }
}

#[rocket::async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info { name: "security headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        apply(response);
        if plays_media(request) {
            response.set_raw_header("Content-Security-Policy", PLAYER_POLICY);
        }
        if let Some(value) = self.transport_security {
            response.set_raw_header("Strict-Transport-Security", value);
        }
    }
}

/// Adds the headers. Public for responses that bypass fairings, those to unreadable requests.
pub(crate) fn apply(response: &mut Response<'_>) {
    // Compared as a string: parsing the media type costs more than everything else here.
    let policy = match response.headers().get_one("Content-Type").and_then(|kind| kind.split(';').next()) {
        Some("text/html") => PAGE_POLICY,
        Some("text/javascript") => SCRIPT_POLICY,
        _ => DATA_POLICY,
    };
    response.set_raw_header("Content-Security-Policy", policy);
    response.set_raw_header("Permissions-Policy", PERMISSIONS);
    response.set_raw_header("Referrer-Policy", "no-referrer");
    response.set_raw_header("X-Content-Type-Options", "nosniff");
    response.set_raw_header("X-Frame-Options", "DENY");
    response.set_raw_header("X-Robots-Tag", "noindex, nofollow, noarchive, nosnippet");
    response.set_raw_header("Cross-Origin-Opener-Policy", "same-origin");
    response.set_raw_header("Cross-Origin-Resource-Policy", "same-origin");
    if !response.headers().contains("Cache-Control") {
        // Proxies that shrink or rewrite pages would break their scripts and policies.
        let is_page = policy == PAGE_POLICY;
        response.set_raw_header("Cache-Control", if is_page { "no-store, no-transform" } else { "no-store" });
    }
}
