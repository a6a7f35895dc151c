//! Routes for the parts of a share.

use super::shares::{JsonResponse, parse_id};
use crate::service::Shares;
use crate::web::answers::PartRoom;
use crate::web::body::{Empty, Octets};
use crate::web::errors::{Code, Problem};
use crate::web::guards::{ClaimHeader, OwnerHeader};
use crate::web::limits::{Asking, Fetching, Listing, Pass, Sending};
use crate::web::representation::{rfc3339, state_name};
use onetimeshare_envelope::parts::LARGEST_PART;
use rocket::State;
use rocket::http::{ContentType, Header, Status as Http};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde_json::json;
use std::io::Cursor;

/// Stores part `n`, replacing an earlier upload of it.
#[rocket::put("/shares/<id>/parts/<n>", data = "<body>")]
pub(crate) async fn put(
    id: &str,
    n: &str,
    owner: OwnerHeader,
    pass: Pass<Sending>,
    shares: &State<Shares>,
    body: Octets<'_, { LARGEST_PART }>,
) -> Result<Http, Problem> {
    // Access is checked first, so that only the owner's bytes take memory and only the owner learns what is wrong with
    // them.
    let accepted = async {
        let (permit, changes) = pass.admit(shares)?;
        let owner = owner.0.ok_or(Code::NotFound)?.digest();
        let (id, n) = (parse_id(id)?, part_number(n)?);
        shares.expects_part(id, &owner, n).await?;
        Ok((permit, changes, owner, id, n))
    };
    let ((_permit, changes, owner, id, n), (bytes, _memory)) = body.read_if(accepted.await).await?;
    if bytes.is_empty() {
        return Err(Problem::invalid("body"));
    }
    changes.put_part(id, &owner, n, bytes).await?;
    Ok(Http::NoContent)
}

/// Lists the parts received so far.
#[rocket::get("/shares/<id>/parts")]
pub(crate) async fn list(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Listing>,
    shares: &State<Shares>,
) -> Result<JsonResponse, Problem> {
    let _permit = pass.check()?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let there = shares.received(parse_id(id)?, &owner).await?;
    Ok(JsonResponse::new(Http::Ok, &json!({ "received": there.received, "parts": there.parts })))
}

/// Completes the upload, so that the share can be opened.
#[rocket::post("/shares/<id>/complete", data = "<_body>")]
pub(crate) async fn complete(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    _body: Empty,
) -> Result<JsonResponse, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let status = changes.complete(parse_id(id)?, &owner).await?;
    let body = json!({ "state": state_name(status.state), "expires_at": rfc3339(status.expires_at) });
    Ok(JsonResponse::new(Http::Ok, &body))
}

/// A response with a part. Browsers download it instead of rendering it.
pub(crate) struct PartResponse {
    bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for PartResponse {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(ContentType::Binary)
            .header(Header::new("Content-Disposition", "attachment; filename=\"download\""))
            .sized_body(self.bytes.len(), Cursor::new(self.bytes))
            .ok()
    }
}

/// Returns part `n`, from 0, to the receiver with the claim.
#[rocket::get("/shares/<id>/parts/<n>")]
pub(crate) async fn get(
    id: &str,
    n: &str,
    claim: ClaimHeader,
    pass: Pass<Fetching>,
    room: PartRoom,
    shares: &State<Shares>,
) -> Result<PartResponse, Problem> {
    let _permit = pass.check()?;
    room.0?;
    let claim = claim.0.ok_or(Code::NotFound)?.digest();
    let bytes = shares.part(parse_id(id)?, &claim, part_number(n)?).await?;
    Ok(PartResponse { bytes })
}

/// Parses a part number in canonical form.
fn part_number(text: &str) -> Result<u32, Problem> {
    let part_number = text.parse::<u32>().ok().filter(|part_number| part_number.to_string() == text);
    part_number.ok_or_else(|| Code::NotFound.into())
}
