//! Error responses of the API: problem details (RFC 9457) with a stable `code`. They never echo input.

use super::representation::{request_state_name, rfc3339, state_name};
use super::request_notes::record_error_code;
use crate::pot::Refusal;
use crate::service::ServiceError;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde_json::{Map, Value};
use std::io::Cursor;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $status:literal $name:literal $title:literal $detail:literal;)*) => {
        /// The error codes of `docs/http-api.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Returns the HTTP status of this error.
            pub(crate) fn status(self) -> Status {
                Status::new(match self { $(Self::$variant => $status,)* })
            }

            /// Returns the stable name, which clients compare.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Returns a one-line explanation.
            pub(crate) fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)* }
            }
        }
    };
}

codes! {
    /// The body is cut off or not in the expected format.
    Malformed = 400 "malformed" "We did not understand that" "The body is not what this address takes, or it was cut off.";
    /// The text is not in the charset that it declares, or not UTF-8.
    NotUtf8 = 400 "malformed" "We did not understand that" "The text is not UTF-8. Send UTF-8, or name its charset.";
    /// The owner token is missing.
    OwnerNeeded = 401 "owner_needed" "An owner is needed" "Send your owner secret as a bearer token of 32 characters.";
    /// The password is wrong.
    WrongPassword = 403 "wrong_password" "That password is not right" "Nothing was opened. You can try again.";
    /// The site accepts only content encrypted by the browser.
    BrowserLocking = 403 "browser_locking" "Lock it in the browser" "This site only takes things locked before they are sent.";
    /// A page of another site sent the request.
    CrossSite = 403 "cross_site" "That came from another site" "Changes are only taken from this site's own pages and from programs.";
    /// The share does not exist or the client has no access to it.
    NotFound = 404 "not_found" "Nothing is here" "There is nothing at this address, or not for you.";
    /// The id is in use by another share of the same owner.
    Taken = 409 "taken" "You already made this" "Something else was created with this owner.";
    /// The upload is complete and accepts no more parts.
    Complete = 409 "complete" "It is complete" "No more parts are taken.";
    /// The request has all the answers that it takes.
    RequestFull = 409 "full" "It has all its answers" "No more answers are taken. Nothing was kept.";
    /// Parts have not arrived yet.
    MissingParts = 409 "missing_parts" "Parts are missing" "Send the missing parts, then complete again.";
    /// The total size of the parts differs from the announced size.
    SizeMismatch = 409 "size_mismatch" "The size does not match" "The parts together are not as long as was announced.";
    /// The share was opened, it expired or the sender deleted it.
    Gone = 410 "gone" "It is gone" "It was opened, its time ran out, or the sender deleted it.";
    /// The site has lost a part of the share.
    Lost = 410 "lost" "This site lost it" "This site has lost a part of it. Ask the sender for a new link.";
    /// `Content-Length` is required.
    LengthNeeded = 411 "length_needed" "A length is needed" "Send Content-Length.";
    /// The request exceeds a size limit.
    TooLarge = 413 "too_large" "That is too big" "It is more than this site takes. Nothing was kept.";
    /// The `Content-Type` is not the expected one.
    WrongType = 415 "wrong_type" "That is another type" "Send the Content-Type that this address takes.";
    /// The body is compressed.
    Compressed = 415 "wrong_type" "That is another type" "Send it without Content-Encoding: no compressed body is taken.";
    /// The declared charset is unknown.
    UnknownCharset = 415 "wrong_type" "That is another type" "This charset is not known here. Send the text as UTF-8.";
    /// The transfer encoding of a part is unknown.
    UnknownEncoding = 415 "wrong_type" "That is another type" "Send the part as it is, or encoded as base64 or quoted-printable.";
    /// A member is missing, unknown or out of range; `member` names it.
    Invalid = 422 "invalid" "Something is not right in it" "One member of the body is missing, unknown or out of range.";
    /// The form has no field of this name; `member` names it.
    Unknown = 422 "unknown" "That field is not known" "The form has no such field. Nothing was made. Check how its name is spelt.";
    /// The share has a password and the request has no proof of it.
    PasswordNeeded = 422 "password_needed" "It has a password" "Send the proof of the password. Nothing was opened.";
    /// The password field comes after a file.
    PasswordFirst = 422 "password_first" "Send the password first" "The password must come before the files, since locking starts with it.";
    /// The client is over a limit.
    SlowDown = 429 "slow_down" "Too many tries" "Wait, then try again.";
    /// The store is unavailable, or a queue is full.
    Unavailable = 503 "unavailable" "Closed for now" "Try again later. It is safe.";
    /// The store is full.
    Full = 507 "full" "There is no room now" "Try something smaller, or try later.";
    /// An internal error.
    Broken = 500 "broken" "Something broke on our side" "Wait a few minutes. It is safe to try again.";
}

/// An error response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    /// The error code.
    pub(crate) code: Code,
    /// Members in addition to the common ones.
    pub(crate) extra: Map<String, Value>,
    /// Value of `Retry-After` in seconds.
    pub(crate) retry_after: Option<u64>,
    /// An explanation instead of that of the code.
    detail: Option<String>,
}

impl Problem {
    /// Creates a problem without additional members.
    pub(crate) fn new(code: Code) -> Self {
        let retry_after = matches!(code, Code::Unavailable | Code::SlowDown).then_some(2);
        Self { code, extra: Map::new(), retry_after, detail: None }
    }

    /// Returns [`Code::Invalid`] with the name of the member.
    pub(crate) fn invalid(member: &'static str) -> Self {
        Self::new(Code::Invalid).with("member", member)
    }

    /// [`Code::Unknown`], naming the field if it is a plain word: errors echo no other input.
    pub(crate) fn unknown(name: &str) -> Self {
        let is_word =
            (1..=24).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        Self::new(Code::Unknown).with("member", if is_word { name } else { "?" })
    }

    /// Adds a member.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// Replaces the explanation. It must not echo input.
    #[must_use]
    pub(crate) fn explained(mut self, detail: String) -> Self {
        self.detail = Some(detail);
        self
    }

    /// Returns whether it has an explanation besides that of the code.
    pub(crate) fn is_explained(&self) -> bool {
        self.detail.is_some()
    }

    /// Returns a one-line explanation.
    pub(crate) fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or(self.code.detail())
    }

    /// Sets `Retry-After`, in seconds.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Returns the response body.
    pub(crate) fn json(&self) -> String {
        let mut body = Map::new();
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.code.title().into());
        body.insert("status".into(), self.code.status().code.into());
        body.insert("code".into(), self.code.name().into());
        body.insert("detail".into(), self.detail().into());
        body.extend(self.extra.clone());
        Value::Object(body).to_string()
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Code::NotFound.into(),
            ServiceError::Gone(gone) => {
                let problem = Self::new(Code::Gone).with("state", state_name(gone.state)).with("at", rfc3339(gone.at));
                if gone.yours { problem.with("yours", true) } else { problem }
            }
            ServiceError::RequestOver(state, at) => {
                Self::new(Code::Gone).with("state", request_state_name(state)).with("at", rfc3339(at))
            }
            ServiceError::RequestFull => Code::RequestFull.into(),
            ServiceError::PasswordNeeded => Code::PasswordNeeded.into(),
            ServiceError::Wait(seconds) | ServiceError::ShareUsed(seconds) => {
                Self::new(Code::SlowDown).retry_after(seconds)
            }
            ServiceError::WrongPassword(tries) => {
                let problem = Self::new(Code::WrongPassword).with("tries_left", tries.left);
                if tries.retry_after > 0 { problem.retry_after(tries.retry_after) } else { problem }
            }
            ServiceError::Taken => Code::Taken.into(),
            ServiceError::Complete => Code::Complete.into(),
            ServiceError::MissingParts(missing) => Self::new(Code::MissingParts).with("missing", missing),
            ServiceError::SizeMismatch => Code::SizeMismatch.into(),
            ServiceError::TooLarge => Code::TooLarge.into(),
            ServiceError::Promised(seconds) => Self::new(Code::Unavailable).retry_after(seconds),
            ServiceError::Full(fits) => {
                let problem = Self::new(Code::Full);
                if let Some(fits) = fits { problem.with("fits", fits) } else { problem }
            }
            ServiceError::Lost => Code::Lost.into(),
            ServiceError::Unavailable => Code::Unavailable.into(),
        }
    }
}

impl From<Refusal> for Code {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::OverShare => Self::SlowDown,
            Refusal::Empty => Self::Unavailable,
        }
    }
}

impl From<getrandom::Error> for Problem {
    fn from(_: getrandom::Error) -> Self {
        tracing::error!("system random number generator failed");
        Self::new(Code::Broken)
    }
}

/// Returns the media type of problem details.
pub(crate) fn problem_json() -> ContentType {
    ContentType::new("application", "problem+json")
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        record_error_code(request, self.code.name());
        let body = self.json();
        let mut response = Response::build();
        response.status(self.code.status()).header(problem_json()).sized_body(body.len(), Cursor::new(body));
        if let Some(seconds) = self.retry_after {
            response.header(Header::new("Retry-After", seconds.to_string()));
        }
        response.ok()
    }
}

/// Returns the code for a status that Rocket generated: no route, a panic or an unreadable request.
pub(crate) fn code_of(status: Status) -> Code {
    match status.code {
        400 => Code::Malformed,
        411 => Code::LengthNeeded,
        413 => Code::TooLarge,
        415 => Code::WrongType,
        422 => Code::Invalid,
        503 => Code::Unavailable,
        500..=599 => Code::Broken,
        _ => Code::NotFound,
    }
}
