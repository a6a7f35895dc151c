//! What operators and their machines ask: health, the visit counter, and what crawlers may read.

use super::guards::Wants;
use crate::service::Shares;
use crate::store::StoreError;
use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, State};
use serde_json::json;

/// A line of text.
#[derive(Responder)]
pub(crate) struct Line {
    body: (Status, (ContentType, String)),
}

impl Line {
    /// One line with its status.
    pub(crate) fn new(status: Status, text: impl Into<String>) -> Self {
        Self { body: (status, (ContentType::Plain, text.into())) }
    }
}

/// The process answers.
#[rocket::get("/health/live")]
pub(crate) fn live() -> Line {
    Line::new(Status::Ok, "live\n")
}

/// A [`Line`] that may say when to come back.
#[derive(Responder)]
pub(crate) enum Readiness {
    /// The store answers.
    Ready(Line),
    /// It does not.
    Unavailable {
        /// One word.
        line: Line,
        /// Seconds.
        retry_after: Header<'static>,
    },
}

/// The store answers as well, and takes what is new. One word; as JSON also which store it is and what it promises.
#[rocket::get("/health/ready")]
pub(crate) async fn ready(shares: &State<Shares>, wants: Wants) -> Readiness {
    let store = shares.store();
    let answer = store.ping().await;
    let word = if answer.is_ok() { "ready" } else { "unavailable" };
    let line = |status| match wants {
        Wants::Json => {
            let body = json!({ "status": word, "store": store.name(), "guarantee": store.guarantee().name() });
            Line { body: (status, (ContentType::JSON, body.to_string())) }
        }
        Wants::Html | Wants::Text => Line::new(status, format!("{word}\n")),
    };
    match answer {
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

/// Counts a visit with one atomic step of the store, and says which store that was.
#[rocket::get("/test-redis")]
pub(crate) async fn test_redis(shares: &State<Shares>) -> Line {
    let store = shares.store();
    match store.count_visit().await {
        Ok(visits) if store.name() == "Redis" => {
            Line::new(Status::Ok, format!("Hello! This page has been seen {visits} times. Redis is ALIVE."))
        }
        Ok(visits) => Line::new(
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
            Line::new(Status::ServiceUnavailable, format!("Redis Error: {what}"))
        }
    }
}

/// Those that make previews for chats, of which some ask this file whether they may. What they see is the same for
/// every link, and looking uses nothing up.
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

/// Nothing here is for crawlers.
#[rocket::get("/robots.txt")]
pub(crate) fn robots() -> Line {
    Line::new(Status::Ok, ROBOTS)
}

/// Health, which machines ask for at the root whatever the base path is.
pub(crate) fn health_routes() -> Vec<rocket::Route> {
    rocket::routes![live, ready]
}

/// Routes under the base path, health among them: behind a proxy nothing else may be reachable. Its rank is another
/// than that of its twin at the root, which is the same address when there is no base path.
pub(crate) fn routes() -> Vec<rocket::Route> {
    let mut health = health_routes();
    for route in &mut health {
        route.rank = 1;
    }
    [rocket::routes![test_redis, robots], health].concat()
}
