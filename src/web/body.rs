//! Bodies of requests, read to a limit and never cut silently.
//!
//! A body that is refused is still read and dropped, up to 16 MiB or 10 seconds, so that a client which is still
//! writing gets the answer instead of a broken connection. One that comes too slowly is given up, and all that are read
//! at a time have a bound on their memory together.

use super::errors::{Code, Problem};
use super::request_notes::{announced_length, is_body_refused};
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::request::Request;
use rocket::tokio::io::{AsyncReadExt as _, copy, sink};
use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::time::timeout;
use serde::Deserialize;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How much of a refused body is read.
pub(crate) const DRAIN_BYTES: u64 = 16 * 1024 * 1024;

/// How long a refused body is read.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Memory for all bodies that are being read. Beyond it a request gets 503 `unavailable`.
const BODY_MEMORY: u64 = 128 * 1024 * 1024;

/// Minimum rate of a body in bytes per second, enforced after [`SLOW_START`]. Three parts at a time over the slowest
/// mobile links still in use add up to this.
const SLOWEST: u64 = 4 * 1024;

/// Time that any body may take, however short it is.
const SLOW_START: Duration = Duration::from_secs(10);

/// Longest pause within a body.
const IDLE: Duration = Duration::from_secs(30);

/// Memory for bodies is given out in steps of this many bytes.
const MEMORY_STEP: u64 = 64 * 1024;
/// Bodies of up to so many bytes take no room.
const SMALL: u64 = 4 * 1024;

/// The memory that bodies being read may take together.
pub(crate) struct Bodies(Arc<Semaphore>);

impl Default for Bodies {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(usize::try_from(BODY_MEMORY / MEMORY_STEP).unwrap_or(usize::MAX))))
    }
}

/// Memory for one body, given back when it is dropped.
pub(crate) struct Room {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for so many bytes.
    ///
    /// # Errors
    /// `unavailable` when too many bodies are being read.
    pub(crate) fn take(request: &Request<'_>, bytes: u64) -> Result<Self, Code> {
        let Some(bodies) = request.rocket().state::<Bodies>() else { return Ok(Self { _permit: None }) };
        // Looks and openings go on while large bodies take all there is: these are less than their connection takes.
        if bytes <= SMALL {
            return Ok(Self { _permit: None });
        }
        let steps = u32::try_from(bytes.div_ceil(MEMORY_STEP).max(1)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&bodies.0).try_acquire_many_owned(steps).map_err(|_| Code::Unavailable)?;
        Ok(Self { _permit: Some(permit) })
    }
}

/// How fast a body comes. Only the time spent waiting for the client counts.
#[derive(Default)]
pub(crate) struct Pace {
    waited: Duration,
    bytes: u64,
}

impl Pace {
    /// Reads more into `bytes`; 0 at the end.
    ///
    /// # Errors
    /// Also when the client pauses for too long or sends too slowly.
    pub(crate) async fn read(&mut self, stream: &mut DataStream<'_>, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let began = Instant::now();
        let came = timeout(self.patience(), stream.read_buf(bytes)).await??;
        self.waited += began.elapsed();
        self.bytes += came as u64;
        Ok(came)
    }

    /// How long the next bytes may take.
    fn patience(&self) -> Duration {
        let earned = Duration::from_millis(self.bytes.saturating_mul(1000) / SLOWEST);
        IDLE.min(SLOW_START.saturating_add(earned).saturating_sub(self.waited))
    }
}

/// Reads what is left of a refused body and drops it.
pub(crate) async fn drain(stream: DataStream<'_>) {
    let mut rest = stream.take(DRAIN_BYTES);
    // Whatever ends it, the answer goes out afterwards; a client that has gone does not read it.
    let _ = timeout(DRAIN_TIME, copy(&mut rest, &mut sink())).await;
}

/// A body that was read whole, and the memory it takes.
pub(crate) type Whole = (Vec<u8>, Room);

/// Reads a whole body of at most `limit` bytes; a longer one is drained, and so is one that is refused already or that
/// there is no room for.
pub(crate) async fn read(request: &Request<'_>, data: Data<'_>, limit: usize) -> Result<Whole, Code> {
    let mut stream = data.open((limit as u64 + 1 + DRAIN_BYTES).bytes());
    let length = announced_length(request);
    let room = if is_body_refused(request) {
        Err(Code::SlowDown)
    } else {
        Room::take(request, length.unwrap_or(u64::MAX).min(limit as u64))
    };
    let read = match room {
        Ok(room) => read_from(&mut stream, length, limit).await.map(|bytes| (bytes, room)),
        Err(code) => Err(code),
    };
    if matches!(read, Err(Code::TooLarge | Code::SlowDown | Code::Unavailable)) {
        drain(stream).await;
    }
    read
}

/// Reads a whole body of at most `limit` bytes, of which `length` were announced. What is left of a longer one stays
/// in `stream`.
pub(crate) async fn read_from(stream: &mut DataStream<'_>, length: Option<u64>, limit: usize) -> Result<Vec<u8>, Code> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Code::TooLarge);
    }
    // With room to see the end: a full vector would grow to twice its size for that.
    let mut bytes = Vec::with_capacity(usize::try_from(length.unwrap_or(0)).unwrap_or(0) + 1);
    let mut pace = Pace::default();
    loop {
        match pace.read(stream, &mut bytes).await {
            Ok(0) => break,
            Ok(_) if bytes.len() > limit => return Err(Code::TooLarge),
            Ok(_) => {}
            Err(_) => return Err(Code::Malformed),
        }
    }
    if length.is_some_and(|length| length != bytes.len() as u64) {
        return Err(Code::Malformed);
    }
    Ok(bytes)
}

/// A JSON body of at most `LIMIT` bytes, read but not yet looked at: the handler decides in which order to refuse.
pub(crate) struct Json<const LIMIT: usize>(Result<Whole, Code>);

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
pub(crate) struct Octets<const LIMIT: usize>(Result<Whole, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Octets<LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let typed = request.content_type().is_some_and(|kind| kind.is_binary());
        Outcome::Success(Self(typed_body(request, typed, read(request, data, LIMIT).await)))
    }
}

impl<const LIMIT: usize> Octets<LIMIT> {
    /// The bytes and the memory they take, or why they are refused.
    pub(crate) fn bytes(self) -> Result<Whole, Problem> {
        Ok(self.0?)
    }
}

/// What programs send has a type and a length.
fn typed_body(request: &Request<'_>, typed: bool, read: Result<Whole, Code>) -> Result<Whole, Code> {
    if !typed {
        return Err(Code::WrongType);
    }
    if announced_length(request).is_none() {
        return Err(Code::LengthNeeded);
    }
    read
}

/// A member that a JSON body may have.
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it is a text; else it is a whole number.
    pub(crate) text: bool,
    /// Whether it must be there.
    pub(crate) required: bool,
}

impl Member {
    /// A text that must be there.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self { name, text: true, required: true }
    }

    /// A text that may be left out.
    pub(crate) const fn optional_text(name: &'static str) -> Self {
        Self { name, text: true, required: false }
    }

    /// A whole number, not negative, that must be there.
    pub(crate) const fn number(name: &'static str) -> Self {
        Self { name, text: false, required: true }
    }
}

impl<const LIMIT: usize> Json<LIMIT> {
    /// The bytes and the memory they take, or why they are refused.
    pub(crate) fn bytes(self) -> Result<Whole, Problem> {
        Ok(self.0?)
    }
}

/// The value in a JSON body. `members` are the ones that `T` knows; the first one that is wrong is named.
///
/// # Errors
/// `malformed` when it is not JSON, `invalid` with the member otherwise.
pub(crate) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], members: &[Member]) -> Result<T, Problem> {
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
pub(crate) struct Empty;

#[rocket::async_trait]
impl<'r> FromData<'r> for Empty {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let headers = request.headers();
        if announced_length(request) != Some(0) || headers.contains("Transfer-Encoding") {
            drain(data.open(DRAIN_BYTES.bytes())).await;
        }
        Outcome::Success(Self)
    }
}
