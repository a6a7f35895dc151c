//! The memory of answers that are being sent. A client that asks and does not read keeps its answers in memory.

use super::catchers::respond_with;
use super::errors::{Code, Problem};
use super::limits::client_of;
use crate::metrics::Guard;
use crate::pot::{Held, Pot};
use crate::share::envelope::parts::LARGEST_PART;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::{Request, Response};

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

/// Fairing that counts the memory of every answer until it has been sent.
pub(crate) struct AnswerMemory(Pot);

impl Default for AnswerMemory {
    fn default() -> Self {
        Self(Pot::new(ANSWER_MEMORY))
    }
}

/// Memory of an answer, in the request's local cache, which Rocket drops after sending the answer.
struct Sending {
    _held: Held,
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
        let mut held = self.0.hold(client_of(request));
        if let Err(refusal) = held.grow_to(size) {
            Guard::AnswerMemory.count();
            let repeatable = matches!(request.method(), Method::Get | Method::Head) || size > PROMISED;
            if repeatable && let Ok(refused) = respond_with(Problem::new(Code::from(refusal)), request).await {
                *response = refused;
                return;
            }
            held.force_to(size);
        }
        request.local_cache(|| Sending { _held: held });
        if size > LONG {
            response.set_max_chunk_size(CHUNK_SIZE);
        }
    }
}
