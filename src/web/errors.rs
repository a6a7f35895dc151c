//! What goes wrong, said to programs: problem details (RFC 9457) with a stable `code`, never an echo of the input.

use super::representation::{rfc3339, state_name};
use super::request_notes::set_refusal_code;
use crate::service::ServiceError;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde_json::{Map, Value};
use std::io::Cursor;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $status:literal $name:literal $title:literal $detail:literal;)*) => {
        /// The stable codes of `docs/http-api.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// The HTTP status it travels with.
            pub(crate) fn status(self) -> Status {
                Status::new(match self { $(Self::$variant => $status,)* })
            }

            /// The text programs compare.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// One line for people who use programs.
            pub(crate) fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)* }
            }
        }
    };
}

codes! {
    /// Not JSON, not a form, or cut off.
    Malformed = 400 "malformed" "We did not understand that" "The body is not what this address takes, or it was cut off.";
    /// Creating needs an owner.
    OwnerNeeded = 401 "owner_needed" "An owner is needed" "Send your owner secret as a bearer token of 32 characters.";
    /// The password is not the right one.
    WrongPassword = 403 "wrong_password" "That password is not right" "Nothing was opened. You can try again.";
    /// The site takes only what a browser locked.
    BrowserLocking = 403 "browser_locking" "Lock it in the browser" "This site only takes things locked before they are sent.";
    /// A page of another site sent this.
    CrossSite = 403 "cross_site" "That came from another site" "Changes are only taken from this site's own pages and from programs.";
    /// There is nothing here, or nothing for this asker.
    NotFound = 404 "not_found" "Nothing is here" "There is nothing at this address, or not for you.";
    /// The id is in use by another share of the same owner.
    Taken = 409 "taken" "You already made this" "Something else was created with this owner.";
    /// It is complete and takes no more parts.
    Complete = 409 "complete" "It is complete" "No more parts are taken.";
    /// Parts have not arrived yet.
    MissingParts = 409 "missing_parts" "Parts are missing" "Send the missing parts, then complete again.";
    /// The parts are not as long as was announced.
    SizeMismatch = 409 "size_mismatch" "The size does not match" "The parts together are not as long as was announced.";
    /// It was opened, it expired or the sender deleted it.
    Gone = 410 "gone" "It is gone" "It was opened, its time ran out, or the sender deleted it.";
    /// The length of the body must be announced.
    LengthNeeded = 411 "length_needed" "A length is needed" "Send Content-Length.";
    /// More than the site takes.
    TooLarge = 413 "too_large" "That is too big" "It is more than this site takes. Nothing was kept.";
    /// The body has another type.
    WrongType = 415 "wrong_type" "That is another type" "Send the Content-Type that this address takes.";
    /// A member is missing, unknown or out of range; `member` names it.
    Invalid = 422 "invalid" "Something is not right in it" "One member of the body is missing, unknown or out of range.";
    /// It has a password and none was sent.
    PasswordNeeded = 422 "password_needed" "It has a password" "Send the proof of the password. Nothing was opened.";
    /// The password field comes after a file.
    PasswordFirst = 422 "password_first" "Send the password first" "The password must come before the files, since locking starts with it.";
    /// Too many tries.
    SlowDown = 429 "slow_down" "Too many tries" "Wait, then try again.";
    /// The store does not answer, or too much is waiting.
    Unavailable = 503 "unavailable" "Closed for now" "Try again later. It is safe.";
    /// There is no room.
    Full = 507 "full" "There is no room now" "Try something smaller, or try later.";
    /// A fault of ours.
    Broken = 500 "broken" "Something broke on our side" "Try again in a few minutes. It is safe.";
}

/// An answer that says what is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    /// What it is.
    pub(crate) code: Code,
    /// Members beside the common ones.
    pub(crate) extra: Map<String, Value>,
    /// Seconds until another try makes sense; sent as `Retry-After`.
    pub(crate) retry_after: Option<u64>,
}

impl Problem {
    /// A problem that its code says all about.
    pub(crate) fn new(code: Code) -> Self {
        let retry_after = (code == Code::Unavailable).then_some(2);
        Self { code, extra: Map::new(), retry_after }
    }

    /// [`Code::Invalid`], naming the member.
    pub(crate) fn invalid(member: &'static str) -> Self {
        Self::new(Code::Invalid).with("member", member)
    }

    /// Adds a member.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// Says when another try makes sense.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The body for programs.
    pub(crate) fn json(&self) -> String {
        let mut body = Map::new();
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.code.title().into());
        body.insert("status".into(), self.code.status().code.into());
        body.insert("code".into(), self.code.name().into());
        body.insert("detail".into(), self.code.detail().into());
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
            ServiceError::PasswordNeeded => Code::PasswordNeeded.into(),
            ServiceError::Wait(seconds) => Self::new(Code::SlowDown).retry_after(seconds),
            ServiceError::WrongPassword(tries) => {
                let problem = Self::new(Code::WrongPassword).with("tries_left", tries.left);
                if tries.retry_after > 0 { problem.retry_after(tries.retry_after) } else { problem }
            }
            ServiceError::Taken => Code::Taken.into(),
            ServiceError::Complete => Code::Complete.into(),
            ServiceError::MissingParts(missing) => Self::new(Code::MissingParts).with("missing", missing),
            ServiceError::SizeMismatch => Code::SizeMismatch.into(),
            ServiceError::TooLarge => Code::TooLarge.into(),
            ServiceError::Full => Code::Full.into(),
            ServiceError::Unavailable => Code::Unavailable.into(),
        }
    }
}

impl From<getrandom::Error> for Problem {
    fn from(_: getrandom::Error) -> Self {
        tracing::error!("the system gives no random numbers");
        Self::new(Code::Broken)
    }
}

/// `application/problem+json`.
pub(crate) fn problem_json() -> ContentType {
    ContentType::new("application", "problem+json")
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        set_refusal_code(request, self.code.name());
        let body = self.json();
        let mut response = Response::build();
        response.status(self.code.status()).header(problem_json()).sized_body(body.len(), Cursor::new(body));
        if let Some(seconds) = self.retry_after {
            response.header(Header::new("Retry-After", seconds.to_string()));
        }
        response.ok()
    }
}

/// What a status of Rocket's own making (no route, a panic, an unreadable request) is called.
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
