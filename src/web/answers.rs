//! The memory of answers that are being sent. A client that asks and does not read keeps its answers in memory.

use super::catchers::respond_with;
use super::errors::{Code, Problem};
use super::limits::client_of;
use crate::metrics::Guard;
use crate::pot::{Held, Pot};
use onetimeshare_envelope::parts::LARGEST_PART;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::Response;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

/// Memory for all answers being sent. Beyond it a request gets 503 `unavailable`, and a client beyond its share of it
/// 429 `slow_down`.
const ANSWER_MEMORY: u64 = 48 * 1024 * 1024;

/// Size up to which answers are not counted: they take less than their connection.
const UNMETERED: u64 = 4 * 1024;

/// Size up to which the answer to a change is sent even when no memory is left: it may hold the only link to a share. A
/// longer one is that of an opening, which the receiver can repeat. Slots limit their number.
const PROMISED: u64 = 64 * 1024;

/// Memory of an answer of unknown size: a part in clear and what is decrypted ahead.
const STREAM: u64 = LARGEST_PART as u64 + 512 * 1024;

/// Bytes of a long answer handed to the connection at a time. The connection accepts 16 of them before the client reads
/// any, which are then no longer counted.
const CHUNK_SIZE: usize = 16 * 1024;

/// Size from which answers are sent in chunks of [`CHUNK_SIZE`].
const LONG: u64 = 64 * 1024;

/// The memory of answers, and the fairing that counts every answer until it has been sent. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AnswerMemory(Pot);

impl Default for AnswerMemory {
    fn default() -> Self {
        Self(Pot::new(ANSWER_MEMORY))
    }
}

/// Memory of an answer, in the request's local cache, which Rocket drops after sending the answer.
struct Sending(Mutex<Held>);

impl AnswerMemory {
    /// Takes memory for the answer to `request` until `bytes` are taken. With `promised`, takes what is left instead of
    /// refusing.
    fn take(&self, request: &Request<'_>, bytes: u64, promised: bool) -> Result<(), Code> {
        let Sending(held) = request.local_cache(|| Sending(Mutex::new(self.0.hold(client_of(request)))));
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        let Err(refusal) = held.grow_to(bytes) else { return Ok(()) };
        Guard::AnswerMemory.count();
        if promised {
            held.force_to(bytes);
            return Ok(());
        }
        Err(refusal.into())
    }
}

/// A guard that takes the memory for a part before it is loaded. It always succeeds: the handler decides which error takes
/// precedence.
pub(crate) struct PartRoom(pub Result<(), Problem>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for PartRoom {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let memory = request.rocket().state::<AnswerMemory>();
        let taken = memory.map_or(Ok(()), |memory| memory.take(request, LARGEST_PART as u64, false));
        Outcome::Success(Self(taken.map_err(Problem::new)))
    }
}

#[rocket::async_trait]
impl Fairing for AnswerMemory {
    fn info(&self) -> Info {
        Info { name: "memory of answers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let size = match response.body() {
            body if body.is_none() => return,
            body => body.preset_size().map_or(STREAM, |size| size as u64),
        };
        if size <= UNMETERED {
            return;
        }
        let changes = !matches!(request.method(), Method::Get | Method::Head) && response.status().code < 400;
        if let Err(code) = self.take(request, size, changes && size <= PROMISED)
            && let Ok(refused) = respond_with(Problem::new(code), request).await
        {
            *response = refused;
        } else if size > LONG {
            response.set_max_chunk_size(CHUNK_SIZE);
        }
    }
}
