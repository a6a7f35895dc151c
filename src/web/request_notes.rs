//! Facts about a request that guards, body readers and responders share: the announced length, and whether and why the
//! request was refused.

use rocket::request::Request;

/// Error code of the response, in the request's local cache.
struct ErrorCode(Option<&'static str>);

/// Whether the body must not be read into memory, in the request's local cache.
struct BodyRefused(bool);

/// Whether the response is a page that plays sound and film, in the request's local cache.
struct PlaysMedia(bool);

/// Returns the announced `Content-Length`, or `None` when it is missing or not a number.
pub(crate) fn announced_length(request: &Request<'_>) -> Option<u64> {
    request.headers().get_one("Content-Length")?.parse().ok()
}

/// Returns whether the body is compressed, which no address accepts.
pub(crate) fn is_compressed(request: &Request<'_>) -> bool {
    let mut encodings = request.headers().get("Content-Encoding").flat_map(|value| value.split(','));
    encodings.any(|encoding| !is_identity(encoding))
}

/// Returns whether a content coding leaves the content as it is. Codings have no case (RFC 9110, section 8.4.1).
pub(crate) fn is_identity(coding: &str) -> bool {
    let coding = coding.trim();
    coding.is_empty() || coding.eq_ignore_ascii_case("identity")
}

/// Records the error code of the response for the access log and the metrics. The first code recorded is kept.
pub(crate) fn record_error_code(request: &Request<'_>, code: &'static str) {
    request.local_cache(|| ErrorCode(Some(code)));
}

/// Returns the recorded error code.
pub(crate) fn error_code(request: &Request<'_>) -> Option<&'static str> {
    request.local_cache(|| ErrorCode(None)).0
}

/// Marks the request as over its rate limit, so that its body is drained instead of read.
pub(crate) fn refuse_body(request: &Request<'_>) {
    request.local_cache(|| BodyRefused(true));
}

/// Returns whether [`refuse_body`] was called for this request.
pub(crate) fn is_body_refused(request: &Request<'_>) -> bool {
    request.local_cache(|| BodyRefused(false)).0
}

/// Marks the response as a page that plays sound and film.
pub(crate) fn allow_media(request: &Request<'_>) {
    request.local_cache(|| PlaysMedia(true));
}

/// Returns whether [`allow_media`] was called for this request.
pub(crate) fn plays_media(request: &Request<'_>) -> bool {
    request.local_cache(|| PlaysMedia(false)).0
}
