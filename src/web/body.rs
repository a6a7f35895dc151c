//! Readers of request bodies, which enforce a size limit and never truncate silently.
//!
//! The rest of a rejected body is read and dropped, up to 16 MiB or 10 seconds, so that a client that is still writing
//! receives the response instead of a connection reset. A body that arrives too slowly is rejected, and the bodies
//! being read share a memory limit.

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

/// Bytes of a rejected body to drain.
pub(crate) const DRAIN_BYTES: u64 = 16 * 1024 * 1024;

/// Maximum time to drain a rejected body.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Memory for all bodies being read. Beyond it a request gets 503 `unavailable`.
const BODY_MEMORY: u64 = 128 * 1024 * 1024;

/// Minimum rate of a body in bytes per second, enforced after [`RATE_GRACE`]. Three parts at a time over the slowest
/// mobile links still in use add up to this.
const MIN_RATE: u64 = 4 * 1024;

/// Time that any body may take, regardless of its length.
const RATE_GRACE: Duration = Duration::from_secs(10);

/// Maximum pause within a body.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Granularity of memory permits, in bytes.
const MEMORY_STEP: u64 = 64 * 1024;
/// Size up to which bodies need no memory permit.
const UNMETERED: u64 = 4 * 1024;

/// The memory shared by the bodies being read.
pub(crate) struct BodyMemory(Arc<Semaphore>);

impl Default for BodyMemory {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(usize::try_from(BODY_MEMORY / MEMORY_STEP).unwrap_or(usize::MAX))))
    }
}

/// Memory reserved for one body, released on drop.
pub(crate) struct MemoryPermit {
    _permit: Option<OwnedSemaphorePermit>,
}

impl MemoryPermit {
    /// Reserves memory for a body of `bytes`.
    ///
    /// # Errors
    /// `unavailable` when the memory is exhausted.
    pub(crate) fn take(request: &Request<'_>, bytes: u64) -> Result<Self, Code> {
        let Some(bodies) = request.rocket().state::<BodyMemory>() else { return Ok(Self { _permit: None }) };
        // Small requests take less memory than their connection, so they proceed even while large bodies hold all
        // permits.
        if bytes <= UNMETERED {
            return Ok(Self { _permit: None });
        }
        let steps = u32::try_from(bytes.div_ceil(MEMORY_STEP).max(1)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&bodies.0).try_acquire_many_owned(steps).map_err(|_| Code::Unavailable)?;
        Ok(Self { _permit: Some(permit) })
    }
}

/// Enforces the minimum rate of a body. Counts only the time spent waiting for the client.
#[derive(Default)]
pub(crate) struct Pace {
    waited: Duration,
    bytes: u64,
}

impl Pace {
    /// Appends the next bytes to `bytes`. Returns their number, which is 0 at the end.
    ///
    /// # Errors
    /// Also when the client pauses for too long or sends too slowly.
    pub(crate) async fn read(&mut self, stream: &mut DataStream<'_>, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let began = Instant::now();
        let came = timeout(self.time_limit(), stream.read_buf(bytes)).await??;
        self.waited += began.elapsed();
        self.bytes += came as u64;
        Ok(came)
    }

    /// Returns how long the next read may take.
    fn time_limit(&self) -> Duration {
        let earned = Duration::from_millis(self.bytes.saturating_mul(1000) / MIN_RATE);
        IDLE_TIMEOUT.min(RATE_GRACE.saturating_add(earned).saturating_sub(self.waited))
    }
}

/// Reads and drops the rest of a rejected body.
pub(crate) async fn drain(stream: DataStream<'_>) {
    let mut rest = stream.take(DRAIN_BYTES);
    // The response is sent whether draining succeeds or not.
    let _ = timeout(DRAIN_TIME, copy(&mut rest, &mut sink())).await;
}

/// A complete body and the memory reserved for it.
pub(crate) type WholeBody = (Vec<u8>, MemoryPermit);

/// Reads a complete body of at most `limit` bytes. Drains a longer one, one of a request that was already refused, and
/// one for which no memory is left.
pub(crate) async fn read(request: &Request<'_>, data: Data<'_>, limit: usize) -> Result<WholeBody, Code> {
    let mut stream = data.open((limit as u64 + 1 + DRAIN_BYTES).bytes());
    let length = announced_length(request);
    let memory = if is_body_refused(request) {
        Err(Code::SlowDown)
    } else {
        MemoryPermit::take(request, length.unwrap_or(u64::MAX).min(limit as u64))
    };
    let read = match memory {
        Ok(memory) => read_from(&mut stream, length, limit).await.map(|bytes| (bytes, memory)),
        Err(code) => Err(code),
    };
    if matches!(read, Err(Code::TooLarge | Code::SlowDown | Code::Unavailable)) {
        drain(stream).await;
    }
    read
}

/// Reads a complete body of at most `limit` bytes, of which `length` were announced. Leaves the rest of a longer one in
/// `stream`.
pub(crate) async fn read_from(stream: &mut DataStream<'_>, length: Option<u64>, limit: usize) -> Result<Vec<u8>, Code> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Code::TooLarge);
    }
    // One spare byte: detecting the end with a full vector would double its capacity.
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

/// A JSON body of at most `LIMIT` bytes, not parsed yet: the handler decides which error takes precedence.
pub(crate) struct Json<const LIMIT: usize>(Result<WholeBody, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Json<LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        let typed = request.content_type().is_some_and(|kind| kind.is_json());
        Outcome::Success(Self(typed_body(request, typed, read)))
    }
}

/// A binary body of at most `LIMIT` bytes, or the reason to reject it.
pub(crate) struct Octets<const LIMIT: usize>(Result<WholeBody, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Octets<LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let typed = request.content_type().is_some_and(|kind| kind.is_binary());
        Outcome::Success(Self(typed_body(request, typed, read(request, data, LIMIT).await)))
    }
}

impl<const LIMIT: usize> Octets<LIMIT> {
    /// Returns the bytes and the memory reserved for them.
    pub(crate) fn bytes(self) -> Result<WholeBody, Problem> {
        Ok(self.0?)
    }
}

/// Checks the headers of an API request: its body needs the right type and an announced length.
fn typed_body(request: &Request<'_>, typed: bool, read: Result<WholeBody, Code>) -> Result<WholeBody, Code> {
    if !typed {
        return Err(Code::WrongType);
    }
    if announced_length(request).is_none() {
        return Err(Code::LengthNeeded);
    }
    read
}

/// A member of a JSON body.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    /// Whether the member is a string; otherwise it is an unsigned integer.
    pub(crate) text: bool,
    pub(crate) required: bool,
}

impl Member {
    /// A required string.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self { name, text: true, required: true }
    }

    /// An optional string.
    pub(crate) const fn optional_text(name: &'static str) -> Self {
        Self { name, text: true, required: false }
    }

    /// A required unsigned integer.
    pub(crate) const fn number(name: &'static str) -> Self {
        Self { name, text: false, required: true }
    }
}

impl<const LIMIT: usize> Json<LIMIT> {
    /// Returns the bytes and the memory reserved for them.
    pub(crate) fn bytes(self) -> Result<WholeBody, Problem> {
        Ok(self.0?)
    }
}

/// Parses a JSON body. `members` are those of `T`; the error names the first one that is wrong.
///
/// # Errors
/// `malformed` when the body is not JSON, otherwise `invalid` with the member.
pub(crate) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], members: &[Member]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|_| diagnose(bytes, members))
}

/// Finds the member that is wrong, by parsing again, so that only rejected bodies pay for it. Reports an undefined
/// member as `unknown`, and a duplicate member or a body that is not an object as `body`, so that input is never
/// echoed.
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

/// A body that is ignored: read and dropped.
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
