//! Domain values as the HTTP interface writes them.

use crate::share::Timestamp;
use crate::share::record::State;
use crate::share::request::RequestState;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Returns a moment as RFC 3339 text in UTC, in whole seconds.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    let seconds = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.format(&Rfc3339).unwrap_or_default()
}

/// Returns the name of a state in JSON.
pub(crate) fn state_name(state: State) -> &'static str {
    match state {
        State::Uploading => "uploading",
        State::Waiting => "waiting",
        State::Opened => "opened",
        State::Expired => "expired",
        State::Deleted => "deleted",
        State::Removed => "removed",
    }
}

/// Returns the name of a request's state in JSON.
pub(crate) fn request_state_name(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "open",
        RequestState::Full => "full",
        RequestState::Expired => "expired",
        RequestState::Deleted => "deleted",
        RequestState::Removed => "removed",
    }
}
