//! Routes for operators and crawlers: health, the visit counter and `robots.txt`.

use super::guards::ResponseFormat;
use crate::service::Shares;
use crate::store::StoreError;
use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, State};
use serde_json::json;

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
pub(crate) fn live() -> TextLine {
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
pub(crate) async fn ready(shares: &State<Shares>, format: ResponseFormat) -> Readiness {
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
pub(crate) async fn test_redis(shares: &State<Shares>) -> TextLine {
    let store = shares.store();
    match store.count_visit().await {
        Ok(visits) if store.name() == "Redis" => {
            TextLine::new(Status::Ok, format!("Hello! This page has been seen {visits} times. Redis is ALIVE."))
        }
        Ok(visits) => TextLine::new(
            Status::Ok,
            format!(
                "Hello! This page has been seen {visits} times. No Redis is configured: the embedded store counts."
            ),
        ),
        Err(error) => {
            let what = match error {
                StoreError::Full => "it has no room left".to_owned(),
                StoreError::Unavailable(what) => what,
            };
            TextLine::new(Status::ServiceUnavailable, format!("Redis Error: {what}"))
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

/// Returns the health routes, which are at the root regardless of the base path.
pub(crate) fn health_routes() -> Vec<rocket::Route> {
    rocket::routes![live, ready]
}

/// Returns the routes under the base path. They include the health routes, because a proxy may forward nothing else.
/// Their rank differs from that of the same routes at the root, with which they collide when there is no base path.
pub(crate) fn routes() -> Vec<rocket::Route> {
    let mut health = health_routes();
    for route in &mut health {
        route.rank = 1;
    }
    [rocket::routes![test_redis, robots], health].concat()
}
