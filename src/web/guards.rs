//! What handlers learn of a request besides its body. Every guard here succeeds: the handler decides what is refused,
//! and in which order.

use crate::config::Settings;
use crate::share::{Claim, Owner};
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;

fn bearer<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let mut values = request.headers().get("Authorization");
    let value = values.next()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && values.next().is_none()).then_some(token.trim())
}

/// The sender's secret, where a readable one came along.
pub(crate) struct SentOwner(pub Option<Owner>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SentOwner {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self(bearer(request).and_then(Owner::parse)))
    }
}

/// The reader's claim, where a readable one came along.
pub(crate) struct SentClaim(pub Option<Claim>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SentClaim {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self(bearer(request).and_then(Claim::parse)))
    }
}

/// Returns whether a request comes from this site's own pages or from a program, not from a page of another site.
/// `Sec-Fetch-Site` decides where it is present, else `Origin`.
pub(crate) fn is_same_site(request: &Request<'_>) -> bool {
    let headers = request.headers();
    match (headers.get_one("Sec-Fetch-Site"), headers.get_one("Origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin == "null" || is_ours(origin, request),
        (None, None) => true,
    }
}

/// Compares an origin with the public address, or with the `Host` header when none is set.
fn is_ours(origin: &str, request: &Request<'_>) -> bool {
    let settings = request.rocket().state::<Settings>();
    if let Some(url) = settings.and_then(|settings| settings.public_url.as_ref()) {
        return origin.eq_ignore_ascii_case(&url.origin());
    }
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    request.headers().get_one("Host").is_some_and(|ours| ours.eq_ignore_ascii_case(host))
}

/// The kind of answer a client can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A page.
    Html,
    /// JSON.
    Json,
    /// A line of text.
    Text,
}

impl Wants {
    /// Reads `Accept`: a page only for those that name it, as browsers do and `curl` does not.
    pub(crate) fn of(request: &Request<'_>) -> Self {
        let named =
            |kind: &str| request.headers().get("Accept").any(|accept| accept.to_ascii_lowercase().contains(kind));
        if named("text/html") {
            Self::Html
        } else if named("application/json") || named("application/problem+json") {
            Self::Json
        } else {
            Self::Text
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Wants {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

/// Where this visitor reaches the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// Host, and port where it is not the scheme's own.
    pub(crate) host: String,
    /// Scheme, host and base path: what links begin with.
    pub(crate) origin: String,
    /// Whether links are not https.
    pub(crate) plain_http: bool,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Site {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

impl Site {
    /// The public address where one is set, else http and the host that the request names.
    pub(crate) fn of(request: &Request<'_>) -> Self {
        let settings = request.rocket().state::<Settings>();
        if let Some(url) = settings.and_then(|settings| settings.public_url.as_ref()) {
            return Self {
                host: url.host.clone(),
                origin: format!("{}{}", url.origin(), url.base),
                plain_http: !url.https,
            };
        }
        let host = request.headers().get_one("Host").filter(|host| is_host(host)).unwrap_or("localhost").to_owned();
        Self { origin: format!("http://{host}"), host, plain_http: true }
    }
}

/// A host that can stand in a link without changing what the link is.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
}
