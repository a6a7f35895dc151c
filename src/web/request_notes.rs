//! Facts about a request that guards, body readers and responders share: the announced length, and whether and why the
//! request was refused.

use rocket::request::Request;

/// Code of the refusal, in the request's local cache.
struct RefusalCode(Option<&'static str>);

/// Whether the body must not be read into memory, in the request's local cache.
struct BodyRefused(bool);

/// Returns the announced `Content-Length`, or `None` when it is missing or not a number.
pub(crate) fn announced_length(request: &Request<'_>) -> Option<u64> {
    request.headers().get_one("Content-Length")?.parse().ok()
}

/// Records the code of a refusal for the access log and the metrics. The first code recorded is kept.
pub(crate) fn set_refusal_code(request: &Request<'_>, code: &'static str) {
    request.local_cache(|| RefusalCode(Some(code)));
}

/// Returns the recorded refusal code.
pub(crate) fn refusal_code(request: &Request<'_>) -> Option<&'static str> {
    request.local_cache(|| RefusalCode(None)).0
}

/// Marks the request as over its rate limit, so that its body is drained instead of read.
pub(crate) fn refuse_body(request: &Request<'_>) {
    request.local_cache(|| BodyRefused(true));
}

/// Returns whether [`refuse_body`] was called for this request.
pub(crate) fn is_body_refused(request: &Request<'_>) -> bool {
    request.local_cache(|| BodyRefused(false)).0
}
