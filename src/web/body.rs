//! Bodies of requests, read to a limit and never cut silently.
//!
//! A body that is refused is still read and dropped, up to 16 MiB or 10 seconds, so that a client which is still
//! writing gets the answer instead of a broken connection.

use super::errors::{Code, Problem};
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::request::Request;
use rocket::tokio::io::{AsyncReadExt as _, copy, sink};
use rocket::tokio::time::timeout;
use serde::Deserialize;
use std::time::Duration;

/// How much of a refused body is read.
pub const DRAIN_BYTES: u64 = 16 * 1024 * 1024;

/// How long a refused body is read.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// How long a client may pause within a body.
pub const IDLE: Duration = Duration::from_secs(30);

/// Reads what is left of a refused body and drops it.
pub async fn drain(stream: DataStream<'_>) {
    let mut rest = stream.take(DRAIN_BYTES);
    // Whatever ends it, the answer goes out afterwards; a client that has gone does not read it.
    let _ = timeout(DRAIN_TIME, copy(&mut rest, &mut sink())).await;
}

/// A length that the client announced.
pub fn announced(request: &Request<'_>) -> Option<u64> {
    request.headers().get_one("Content-Length")?.parse().ok()
}

/// Reads a whole body of at most `limit` bytes; a longer one is drained.
pub async fn read(request: &Request<'_>, data: Data<'_>, limit: usize) -> Result<Vec<u8>, Code> {
    let mut stream = data.open((limit as u64 + 1 + DRAIN_BYTES).bytes());
    let read = read_from(&mut stream, announced(request), limit).await;
    if read == Err(Code::TooLarge) {
        drain(stream).await;
    }
    read
}

/// Reads a whole body of at most `limit` bytes, of which `length` were announced. What is left of a longer one stays
/// in `stream`.
pub async fn read_from(stream: &mut DataStream<'_>, length: Option<u64>, limit: usize) -> Result<Vec<u8>, Code> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Code::TooLarge);
    }
    // With room to see the end: a full vector would grow to twice its size for that.
    let mut bytes = Vec::with_capacity(usize::try_from(length.unwrap_or(0)).unwrap_or(0) + 1);
    loop {
        match timeout(IDLE, stream.read_buf(&mut bytes)).await {
            Ok(Ok(0)) => break,
            Ok(Ok(_)) if bytes.len() > limit => return Err(Code::TooLarge),
            Ok(Ok(_)) => {}
            Ok(Err(_)) | Err(_) => return Err(Code::Malformed),
        }
    }
    if length.is_some_and(|length| length != bytes.len() as u64) {
        return Err(Code::Malformed);
    }
    Ok(bytes)
}

/// A JSON body of at most `LIMIT` bytes, read but not yet looked at: the handler decides in which order to refuse.
pub struct Json<const LIMIT: usize>(Result<Vec<u8>, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Json<LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        let typed = request.content_type().is_some_and(|kind| kind.is_json());
        Outcome::Success(Self(typed_body(request, typed, read)))
    }
}

/// The bytes of a part, at most `LIMIT` of them, or why they are refused.
pub struct Octets<const LIMIT: usize>(Result<Vec<u8>, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Octets<LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let typed = request.content_type().is_some_and(|kind| kind.is_binary());
        Outcome::Success(Self(typed_body(request, typed, read(request, data, LIMIT).await)))
    }
}

impl<const LIMIT: usize> Octets<LIMIT> {
    /// The bytes, or why they are refused.
    pub fn bytes(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0?)
    }
}

/// What programs send has a type and a length.
fn typed_body(request: &Request<'_>, typed: bool, read: Result<Vec<u8>, Code>) -> Result<Vec<u8>, Code> {
    if !typed {
        return Err(Code::WrongType);
    }
    if announced(request).is_none() {
        return Err(Code::LengthNeeded);
    }
    read
}

/// A member that a JSON body may have.
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Whether it is a text; else it is a whole number.
    pub text: bool,
    /// Whether it must be there.
    pub required: bool,
}

impl Member {
    /// A text that must be there.
    pub const fn text(name: &'static str) -> Self {
        Self { name, text: true, required: true }
    }

    /// A text that may be left out.
    pub const fn optional_text(name: &'static str) -> Self {
        Self { name, text: true, required: false }
    }

    /// A whole number, not negative, that must be there.
    pub const fn number(name: &'static str) -> Self {
        Self { name, text: false, required: true }
    }
}

impl<const LIMIT: usize> Json<LIMIT> {
    /// The bytes, or why they are refused.
    pub fn bytes(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0?)
    }
}

/// The value in a JSON body. `members` are the ones that `T` knows; the first one that is wrong is named.
///
/// # Errors
/// `malformed` when it is not JSON, `invalid` with the member otherwise.
pub fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], members: &[Member]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|_| diagnose(bytes, members))
}

/// Which member keeps a body from being read: found by reading again, since only refusals can take that time.
/// A member that nobody knows is called `unknown`, one that stands there twice and a body that is no object `body`:
/// input is never echoed.
fn diagnose(bytes: &[u8], members: &[Member]) -> Problem {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else {
        return Code::Malformed.into();
    };
    let Some(object) = value.as_object() else {
        return Problem::invalid("body");
    };
    if object.keys().any(|key| members.iter().all(|member| member.name != key)) {
        return Problem::invalid("unknown");
    }
    let wrong = members.iter().find(|member| match object.get(member.name) {
        None => member.required,
        Some(value) if member.text => !value.is_string(),
        Some(value) => !value.is_u64(),
    });
    Problem::invalid(wrong.map_or("body", |member| member.name))
}

/// A body that nothing is expected of: read and dropped.
pub struct Empty;

#[rocket::async_trait]
impl<'r> FromData<'r> for Empty {
    type Error = std::convert::Infallible;

    async fn from_data(_: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        drain(data.open(DRAIN_BYTES.bytes())).await;
        Outcome::Success(Self)
    }
}
