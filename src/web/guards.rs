//! Guards for tokens, the response format and the site's address. They always succeed: the handler decides which error
//! takes precedence.

use super::forwarded::{reported, without_default_port};
use crate::config::Settings;
use onetimeshare_envelope::{Claim, Owner};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;

fn bearer<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let mut values = request.headers().get("Authorization");
    let value = values.next()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && values.next().is_none()).then_some(token.trim())
}

/// The owner token from the `Authorization` header, if it is valid.
pub(crate) struct OwnerHeader(pub Option<Owner>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for OwnerHeader {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self(bearer(request).and_then(Owner::parse)))
    }
}

/// The claim from the `Authorization` header, if it is valid.
pub(crate) struct ClaimHeader(pub Option<Claim>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ClaimHeader {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self(bearer(request).and_then(Claim::parse)))
    }
}

/// Returns whether a request comes from this site's own pages or from a program, not from a page of another site. Uses
/// `Sec-Fetch-Site` if present, otherwise `Origin`.
pub(crate) fn is_same_site(request: &Request<'_>) -> bool {
    let headers = request.headers();
    match (headers.get_one("Sec-Fetch-Site"), headers.get_one("Origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin == "null" || is_own_origin(origin, request),
        (None, None) => true,
    }
}

/// Returns whether `origin` is that of the public URL or, without one, of the `Host` header or of the host that a trusted
/// proxy reports. A default port makes no difference.
fn is_own_origin(origin: &str, request: &Request<'_>) -> bool {
    let Some((scheme, host)) = origin.split_once("://") else { return false };
    let https = scheme.eq_ignore_ascii_case("https");
    let host = without_default_port(host, https);
    let is_ours = |ours: &str| without_default_port(ours, https).eq_ignore_ascii_case(host);
    let settings = request.rocket().state::<Settings>();
    if let Some(url) = settings.and_then(|settings| settings.public_url.as_ref()) {
        return scheme.eq_ignore_ascii_case(if url.https { "https" } else { "http" }) && is_ours(&url.host);
    }
    let reported = settings.and_then(|settings| reported(request, settings).host);
    request.headers().get_one("Host").is_some_and(is_ours) || reported.as_deref().is_some_and(is_ours)
}

/// The format of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseFormat {
    /// An HTML page.
    Html,
    Json,
    /// A line of plain text.
    Text,
}

impl ResponseFormat {
    /// Selects the format by the `Accept` header. Only clients that name HTML get a page: browsers do, `curl` does not.
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
impl<'r> FromRequest<'r> for ResponseFormat {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

/// Admits only requests whose path is written exactly as that of the route. Rocket also matches a path with empty
/// segments, a slash at the end or encoded letters; a proxy that blocks the path would let these through.
pub(crate) struct ExactPath;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ExactPath {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let path = request.uri().path();
        match request.route() {
            Some(route) if route.uri.path() == path.raw().as_str() => Outcome::Success(Self),
            _ => Outcome::Forward(Status::NotFound),
        }
    }
}

/// The address at which the client reaches the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// Host, with the port if it is not the scheme's default.
    pub(crate) host: String,
    /// Scheme, host and base path: the prefix of every link.
    pub(crate) origin: String,
    /// Whether links use http instead of https.
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
    /// Returns the public URL if one is set, otherwise the scheme and the host that a trusted proxy reports, or http with
    /// the host of the request.
    pub(crate) fn of(request: &Request<'_>) -> Self {
        let settings = request.rocket().state::<Settings>();
        if let Some(url) = settings.and_then(|settings| settings.public_url.as_ref()) {
            return Self {
                host: url.host.clone(),
                origin: format!("{}{}", url.origin(), url.base),
                plain_http: !url.https,
            };
        }
        let reported = settings.map(|settings| reported(request, settings)).unwrap_or_default();
        let https = reported.https == Some(true);
        let host =
            reported.host.as_deref().into_iter().chain(request.headers().get_one("Host")).find(|host| is_host(host));
        let host = host.unwrap_or("localhost");
        let host = if reported.https.is_some() { without_default_port(host, https) } else { host }.to_owned();
        Self { origin: format!("{}://{host}", if https { "https" } else { "http" }), host, plain_http: !https }
    }
}

/// Returns whether `text` can be the host of a link without changing the rest of the link.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
}
