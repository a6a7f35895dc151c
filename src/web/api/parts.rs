//! The parts of a share with files.

use super::shares::{JsonAnswer, known_form};
use crate::service::Shares;
use crate::share::envelope::parts::LARGEST_PART;
use crate::web::body::{Empty, Octets};
use crate::web::errors::{Code, Problem};
use crate::web::guards::{SentClaim, SentOwner};
use crate::web::limits::{Asking, Fetching, Listing, Pass, Permit, Sending};
use crate::web::representation::{rfc3339, state_name};
use rocket::State;
use rocket::http::{ContentType, Header, Status as Http};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde_json::json;
use std::io::Cursor;

/// Takes part `n`, in place of one that came before.
#[rocket::put("/shares/<id>/parts/<n>", data = "<body>")]
pub(crate) async fn put(
    id: &str,
    n: &str,
    owner: SentOwner,
    pass: Pass<Sending>,
    shares: &State<Shares>,
    body: Octets<{ LARGEST_PART }>,
) -> Result<Http, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let (id, n) = (known_form(id)?, number(n)?);
    let bytes = match body.bytes() {
        Ok((bytes, _)) if bytes.is_empty() => Err(Problem::invalid("body")),
        read => read,
    };
    let (bytes, _room) = match bytes {
        Ok(whole) => whole,
        Err(problem) => {
            // Whoever may not send the part learns nothing of how it was sent.
            shares.expects_part(id, &owner, n).await?;
            return Err(problem);
        }
    };
    changes.put_part(id, &owner, n, bytes).await?;
    Ok(Http::NoContent)
}

/// Which parts are there.
#[rocket::get("/shares/<id>/parts")]
pub(crate) async fn list(
    id: &str,
    owner: SentOwner,
    pass: Pass<Listing>,
    shares: &State<Shares>,
) -> Result<JsonAnswer, Problem> {
    let _permit = pass.check()?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let there = shares.received(known_form(id)?, &owner).await?;
    Ok(JsonAnswer::new(Http::Ok, &json!({ "received": there.received, "parts": there.parts })))
}

/// Every part is there: it can be opened from now on.
#[rocket::post("/shares/<id>/complete", data = "<_body>")]
pub(crate) async fn complete(
    id: &str,
    owner: SentOwner,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    _body: Empty,
) -> Result<JsonAnswer, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let status = changes.complete(known_form(id)?, &owner).await?;
    let answer = json!({ "state": state_name(status.state), "expires_at": rfc3339(status.expires_at) });
    Ok(JsonAnswer::new(Http::Ok, &answer))
}

/// The bytes of a part, never shown by a browser.
pub(crate) struct Part {
    bytes: Vec<u8>,
    permit: Permit,
}

/// Bytes on their way, which keep their address's place until they have left.
struct Leaving {
    bytes: Vec<u8>,
    _permit: Permit,
}

impl AsRef<[u8]> for Leaving {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Bytes handed to the network at a time.
const PIECE: usize = 256 * 1024;

impl<'r> Responder<'r, 'static> for Part {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(ContentType::Binary)
            .header(Header::new("Content-Disposition", "attachment; filename=\"download\""))
            .sized_body(self.bytes.len(), Cursor::new(Leaving { bytes: self.bytes, _permit: self.permit }))
            .max_chunk_size(PIECE)
            .ok()
    }
}

/// Gives part `n`, from 0 on, to the one reader.
#[rocket::get("/shares/<id>/parts/<n>")]
pub(crate) async fn get(
    id: &str,
    n: &str,
    claim: SentClaim,
    pass: Pass<Fetching>,
    shares: &State<Shares>,
) -> Result<Part, Problem> {
    let permit = pass.check()?;
    let claim = claim.0.ok_or(Code::NotFound)?.digest();
    let bytes = shares.part(known_form(id)?, &claim, number(n)?).await?;
    Ok(Part { bytes, permit })
}

/// The number of a part in its one way of writing.
fn number(text: &str) -> Result<u32, Problem> {
    let number = text.parse::<u32>().ok().filter(|number| number.to_string() == text);
    number.ok_or_else(|| Code::NotFound.into())
}
