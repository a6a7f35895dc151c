//! Readers of request bodies, which enforce a size limit and never truncate silently.
//!
//! The rest of a rejected body is read and dropped, up to 16 MiB or 10 seconds, so that a client that is still writing
//! receives the response instead of a connection reset. A body that arrives too slowly is rejected, and the bodies
//! being read share memory, which each takes as its bytes arrive.

use super::errors::{Code, Problem};
use super::limits::client_of;
use super::request_notes::{announced_length, is_body_refused, is_compressed};
use crate::metrics::Guard;
use crate::pot::{Held, Pot};
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::request::Request;
use rocket::tokio::io::{AsyncReadExt as _, copy, sink};
use rocket::tokio::time::timeout;
use serde::Deserialize;
use std::io;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Bytes of a rejected body to drain.
pub(crate) const DRAIN_BYTES: u64 = 16 * 1024 * 1024;

/// Maximum time to drain a rejected body.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Memory for all bodies being read. Beyond it a request gets 503 `unavailable`, and a client beyond its share of it 429
/// `slow_down`.
const BODY_MEMORY: u64 = 48 * 1024 * 1024;

/// Minimum rate of a body in bytes per second, enforced after [`RATE_GRACE`]. Three parts at a time over the slowest
/// mobile links still in use add up to this.
const MIN_RATE: u64 = 4 * 1024;

/// Time that any body may take, regardless of its length.
const RATE_GRACE: Duration = Duration::from_secs(10);

/// Maximum pause within a body.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Size up to which bodies need no memory permit, and the first buffer of a body. A small request takes less memory than
/// its connection, so it proceeds even while large bodies hold all memory.
const UNMETERED: usize = 4 * 1024;

/// The memory shared by the bodies being read.
pub(crate) struct BodyMemory(Pot);

impl Default for BodyMemory {
    fn default() -> Self {
        Self(Pot::new(BODY_MEMORY))
    }
}

/// Memory reserved for one body, released on drop.
pub(crate) struct MemoryPermit(Option<Held>);

impl MemoryPermit {
    /// Returns a permit for the body of a request, which reserves nothing yet.
    pub(crate) fn new(request: &Request<'_>) -> Self {
        let memory = request.rocket().state::<BodyMemory>();
        Self(memory.map(|memory| memory.0.hold(client_of(request))))
    }

    /// Reserves memory until `bytes` are reserved.
    ///
    /// # Errors
    /// `slow_down` when the client has its share of the memory, `unavailable` when none is left.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> Result<(), Code> {
        match &mut self.0 {
            Some(held) if bytes > UNMETERED => held.grow_to(bytes as u64).map_err(|refusal| {
                Guard::BodyMemory.count();
                refusal.into()
            }),
            _ => Ok(()),
        }
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
    let checked = if is_body_refused(request) { Err(Code::SlowDown) } else { Ok(()) };
    let ((), whole) = Body::new(request, data).read_if(checked, limit).await?;
    Ok(whole)
}

/// A body that has not been read, so that the handler can check the request first.
pub(crate) struct Body<'r> {
    data: Data<'r>,
    length: Option<u64>,
    memory: MemoryPermit,
    /// What is wrong with the headers.
    headers: Result<(), Code>,
}

impl<'r> Body<'r> {
    fn new(request: &Request<'_>, data: Data<'r>) -> Self {
        Self { data, length: announced_length(request), memory: MemoryPermit::new(request), headers: Ok(()) }
    }

    /// The body of an API request, which needs the right type and an announced length.
    fn typed(request: &Request<'_>, data: Data<'r>, typed: bool) -> Self {
        let body = Self::new(request, data);
        let headers = match body.length {
            _ if is_compressed(request) => Err(Code::Compressed),
            _ if !typed => Err(Code::WrongType),
            None => Err(Code::LengthNeeded),
            Some(_) => Ok(()),
        };
        Self { headers, ..body }
    }

    /// Reads a complete body of at most `limit` bytes if the request was accepted. Otherwise drains it.
    async fn read_if<T, E: From<Code>>(self, accepted: Result<T, E>, limit: usize) -> Result<(T, WholeBody), E> {
        let Self { data, length, mut memory, headers } = self;
        let mut stream = data.open((limit as u64 + 1 + DRAIN_BYTES).bytes());
        let accepted = match accepted.and_then(|accepted| headers.map(|()| accepted).map_err(E::from)) {
            Ok(accepted) => accepted,
            Err(error) => {
                drain(stream).await;
                return Err(error);
            }
        };
        match read_from(&mut stream, length, limit, &mut memory).await {
            Ok(bytes) => Ok((accepted, (bytes, memory))),
            Err(code) => {
                drop(memory);
                if matches!(code, Code::TooLarge | Code::SlowDown | Code::Unavailable) {
                    drain(stream).await;
                }
                Err(code.into())
            }
        }
    }
}

/// Reads a complete body of at most `limit` bytes, of which `length` were announced. Takes `memory` as the bytes arrive.
/// Leaves the rest of a rejected one in `stream`.
pub(crate) async fn read_from(
    stream: &mut DataStream<'_>,
    length: Option<u64>,
    limit: usize,
    memory: &mut MemoryPermit,
) -> Result<Vec<u8>, Code> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Code::TooLarge);
    }
    // One spare byte, so that the end is detected without a larger buffer.
    let most = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(limit) + 1;
    let mut bytes = Zeroizing::new(Vec::new());
    let mut pace = Pace::default();
    loop {
        if bytes.len() == bytes.capacity() {
            let capacity = (bytes.len() * 2).clamp(UNMETERED.min(most), most);
            memory.grow_to(capacity)?;
            // Copies instead of reallocating, so that the old buffer is zeroised.
            let mut larger = Vec::with_capacity(capacity);
            larger.extend_from_slice(&bytes);
            bytes = Zeroizing::new(larger);
        }
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
    Ok(std::mem::take(&mut *bytes))
}

/// A body of at most `LIMIT` bytes, not read yet: JSON or binary.
pub(crate) struct Typed<'r, const JSON: bool, const LIMIT: usize>(Body<'r>);

/// A JSON body of at most `LIMIT` bytes, not read yet.
pub(crate) type Json<'r, const LIMIT: usize> = Typed<'r, true, LIMIT>;

/// A binary body of at most `LIMIT` bytes, not read yet.
pub(crate) type Octets<'r, const LIMIT: usize> = Typed<'r, false, LIMIT>;

#[rocket::async_trait]
impl<'r, const JSON: bool, const LIMIT: usize> FromData<'r> for Typed<'r, JSON, LIMIT> {
    type Error = std::convert::Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let typed = request.content_type().is_some_and(|kind| if JSON { kind.is_json() } else { kind.is_binary() });
        Outcome::Success(Self(Body::typed(request, data, typed)))
    }
}

impl<const JSON: bool, const LIMIT: usize> Typed<'_, JSON, LIMIT> {
    /// Reads the bytes if the request was accepted, and returns them with the memory reserved for them. They are not
    /// parsed yet: the handler decides which error takes precedence.
    pub(crate) async fn read_if<T>(self, accepted: Result<T, Problem>) -> Result<(T, WholeBody), Problem> {
        self.0.read_if(accepted, LIMIT).await
    }
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
