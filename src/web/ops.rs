//! Routes for operators and crawlers: health, the visit counter, `robots.txt` and `security.txt`.

use super::guards::{ExactPath, ResponseFormat};
use super::limits::{Pass, Visiting};
use super::pages::frame::Frame;
use super::pages::response::PageResponse;
use crate::config::Settings;
use crate::service::Shares;
use crate::store::{Store, StoreError, TroubleKind};
use onetimeshare_envelope::ShareId;
use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, State};
use serde_json::json;
use std::fmt::Write as _;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, Time};

/// A response of one line of text.
#[derive(Responder)]
pub(crate) struct TextLine {
    body: (Status, (ContentType, String)),
}

impl TextLine {
    /// Creates a response from a status and a line.
    pub(crate) fn new(status: Status, text: impl Into<String>) -> Self {
        Self { body: (status, (ContentType::Plain, text.into())) }
    }
}

/// Liveness: the process handles requests.
#[rocket::get("/health/live")]
pub(crate) fn live(_path: ExactPath) -> TextLine {
    TextLine::new(Status::Ok, "live\n")
}

/// The readiness response.
#[derive(Responder)]
pub(crate) enum Readiness {
    /// The store is available.
    Ready(TextLine),
    /// The store is unavailable.
    Unavailable {
        line: TextLine,
        /// `Retry-After` in seconds.
        retry_after: Header<'static>,
    },
}

/// Readiness: the store is available. As JSON it also names the store and its guarantee.
#[rocket::get("/health/ready")]
pub(crate) async fn ready(_path: ExactPath, shares: &State<Shares>, format: ResponseFormat) -> Readiness {
    let store = shares.store();
    let ping = store.ping().await;
    let word = if ping.is_ok() { "ready" } else { "unavailable" };
    let line = |status| match format {
        ResponseFormat::Json => {
            let body = json!({ "status": word, "store": store.name(), "guarantee": store.guarantee().name() });
            TextLine { body: (status, (ContentType::JSON, body.to_string())) }
        }
        ResponseFormat::Html | ResponseFormat::Text => TextLine::new(status, format!("{word}\n")),
    };
    match ping {
        Ok(()) => Readiness::Ready(line(Status::Ok)),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Readiness::Unavailable {
                line: line(Status::ServiceUnavailable),
                retry_after: Header::new("Retry-After", "2"),
            }
        }
    }
}

/// Increments the visit counter of the store atomically and names the store.
#[rocket::get("/test-redis")]
pub(crate) async fn test_redis(
    _path: ExactPath,
    pass: Pass<Visiting>,
    shares: &State<Shares>,
    frame: Frame<'_>,
) -> Result<TextLine, PageResponse> {
    let _permit = pass.check().map_err(|problem| frame.problem(problem))?;
    let visits = shares.store().count_visit().await;
    Ok(test_result(visits.map(|visits| format!("This page has been seen {visits} times. ")), shares.store()))
}

/// Asks the store without counting, for monitors.
#[rocket::head("/test-redis")]
pub(crate) async fn test_redis_head(
    _path: ExactPath,
    pass: Pass<Visiting>,
    shares: &State<Shares>,
    frame: Frame<'_>,
) -> Result<TextLine, PageResponse> {
    let _permit = pass.check().map_err(|problem| frame.problem(problem))?;
    let loaded = shares.store().load(ShareId::from_bytes([0; 10])).await;
    Ok(test_result(loaded.map(|_| String::new()), shares.store()))
}

/// Reports a failure by its kind only, because the page is public. The log has the reason.
fn test_result(seen: Result<String, StoreError>, store: &Store) -> TextLine {
    let alive = match store.name() {
        "Redis" => "Redis is ALIVE.",
        _ => "No Redis is configured: the embedded store counts.",
    };
    match seen {
        Ok(seen) => TextLine::new(Status::Ok, format!("Hello! {seen}{alive}")),
        Err(error) => {
            tracing::warn!(%error, "/test-redis failed");
            let kind = match &error {
                StoreError::Full => "is full",
                StoreError::Lost => TroubleKind::Failed.words(),
                StoreError::Unavailable(trouble) => trouble.kind.words(),
            };
            TextLine::new(Status::ServiceUnavailable, format!("Redis Error: {kind}"))
        }
    }
}

/// Lets link-preview bots in. They see the same page for every link, and a preview does not open a share.
const ROBOTS: &str = "\
User-agent: Twitterbot
User-agent: facebookexternalhit
User-agent: LinkedInBot
User-agent: Slackbot-LinkExpanding
User-agent: Discordbot
User-agent: TelegramBot
User-agent: WhatsApp
User-agent: SkypeUriPreview
Allow: /

User-agent: *
Disallow: /
";

/// Excludes all other crawlers.
#[rocket::get("/robots.txt")]
pub(crate) fn robots() -> TextLine {
    TextLine::new(Status::Ok, ROBOTS)
}

/// Tells researchers how to report a vulnerability (RFC 9116), when `contact` is an email or web address.
#[rocket::get("/.well-known/security.txt")]
pub(crate) fn security_txt(settings: &State<Settings>) -> Option<TextLine> {
    let contact = contact_uri(&settings.contact)?;
    let expires = (OffsetDateTime::now_utc() + SECURITY_TXT_LIFETIME).replace_time(Time::MIDNIGHT);
    let mut text = format!("Contact: {contact}\nExpires: {}\n", expires.format(&Rfc3339).ok()?);
    if let Some(url) = &settings.public_url {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "Canonical: {}/.well-known/security.txt", url.origin());
    }
    Some(TextLine::new(Status::Ok, text))
}

/// How long a copy of `security.txt` may be believed. RFC 9116 recommends less than a year.
const SECURITY_TXT_LIFETIME: time::Duration = time::Duration::days(180);

/// Returns the contact as a URI: a web address as it is, an email address with `mailto:`.
fn contact_uri(contact: &str) -> Option<String> {
    let one_word = !contact.is_empty() && contact.chars().all(|letter| letter.is_ascii_graphic());
    match contact {
        _ if !one_word => None,
        web if web.starts_with("https://") || web.starts_with("http://") || web.starts_with("mailto:") => {
            Some(web.to_owned())
        }
        email if email.contains('@') => Some(format!("mailto:{email}")),
        _ => None,
    }
}

/// Returns the health routes, which are at the root regardless of the base path.
pub(crate) fn health_routes() -> Vec<rocket::Route> {
    rocket::routes![live, ready]
}

/// Returns the route of `security.txt`, which is at the root regardless of the base path.
pub(crate) fn well_known_routes() -> Vec<rocket::Route> {
    rocket::routes![security_txt]
}

/// Returns the routes under the base path. They include the health routes, because a proxy may forward nothing else.
/// Their rank differs from that of the same routes at the root, with which they collide when there is no base path.
pub(crate) fn routes() -> Vec<rocket::Route> {
    let mut health = health_routes();
    for route in &mut health {
        route.rank = 1;
    }
    [rocket::routes![test_redis, test_redis_head, robots], health].concat()
}
