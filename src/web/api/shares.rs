//! Routes for creating, peeking at, opening, confirming and deleting a share, and for its status.

use super::polling::{Poll, Tagged, poll};
use crate::config::Settings;
use crate::metrics::Guard;
use crate::service::{Attempt, Shares};
use crate::share::record::{Creation, Peek, State as ShareState, Status};
use crate::web::body::{Empty, Json, Member, parse};
use crate::web::errors::{Code, Problem};
use crate::web::guards::{ClaimHeader, OwnerHeader};
use crate::web::limits::{Asking, Creating, Pass, Waiting};
use crate::web::representation::{rfc3339, state_name};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::sealed_size;
use onetimeshare_envelope::keys::Proof;
use onetimeshare_envelope::manifest::MAX_MANIFEST;
use onetimeshare_envelope::padding::padded;
use onetimeshare_envelope::parts::{LARGEST_PART, MAX_PARTS, PART};
use onetimeshare_envelope::{Claim, Digest, Handover, Owner, ShareId};
use rocket::http::{ContentType, Header, Status as Http};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Shutdown, State};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Range of the stored size of part 0 in bytes.
const PART0_SIZE: RangeInclusive<u64> = sealed_size(padded(0))..=sealed_size(MAX_MANIFEST);

/// Maximum body of a create request: part 0 in base64url and the other members.
const CREATE_LIMIT: usize = 1_400_000 + 4_096;

/// Maximum body of a peek or open request.
pub(super) const SMALL_LIMIT: usize = 4_096;

/// A JSON response with a status.
#[derive(rocket::Responder)]
pub(crate) struct JsonResponse {
    body: (Http, (ContentType, String)),
}

impl JsonResponse {
    /// Serializes `body`.
    pub(crate) fn new(status: Http, body: &impl Serialize) -> Self {
        // None of the bodies can fail to serialize.
        Self { body: (status, (ContentType::JSON, serde_json::to_string(body).unwrap_or_default())) }
    }
}

/// Body of a create request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateBody<'a> {
    version: u64,
    #[serde(borrow)]
    open_verifier: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "present")]
    password_verifier: Option<Cow<'a, str>>,
    parts: u64,
    size: u64,
    lifetime: u64,
    #[serde(borrow)]
    part0: Cow<'a, str>,
}

/// Deserializes an optional string that may be missing but not null.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    Cow::<'a, str>::deserialize(from).map(Some)
}

const CREATE_MEMBERS: [Member; 7] = [
    Member::number("version"),
    Member::text("open_verifier"),
    Member::optional_text("password_verifier"),
    Member::number("parts"),
    Member::number("size"),
    Member::number("lifetime"),
    Member::text("part0"),
];

/// Decodes exactly 32 bytes in base64url without padding.
pub(super) fn parse_digest(text: &str, member: &'static str) -> Result<[u8; 32], Problem> {
    let mut bytes = [0; 33];
    match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) {
        Ok(32) => <[u8; 32]>::try_from(&bytes[..32]).map_err(|_| Problem::invalid(member)),
        _ => Err(Problem::invalid(member)),
    }
}

/// A proof in its JSON form.
pub(super) fn proof(text: &str, member: &'static str) -> Result<Proof, Problem> {
    Proof::parse(text).ok_or(Problem::invalid(member))
}

impl CreateBody<'_> {
    /// Validates the request against the site's limits. Returns it with the bytes of part 0.
    fn check(&self, id: ShareId, owner: &Owner, settings: &Settings) -> Result<(Creation, Vec<u8>), Problem> {
        if self.version != 1 {
            return Err(Problem::invalid("version"));
        }
        let open_verifier = Digest::from_bytes(parse_digest(&self.open_verifier, "open_verifier")?);
        let verifier = |text| parse_digest(text, "password_verifier").map(Digest::from_bytes);
        let password_verifier = self.password_verifier.as_deref().map(verifier).transpose()?;
        if !settings.lifetime_range().contains(&self.lifetime) {
            return Err(Problem::invalid("lifetime"));
        }
        let (parts, size) = check_parts(self.parts, self.size, settings)?;
        let part0 = URL_SAFE_NO_PAD.decode(self.part0.as_bytes()).map_err(|_| Problem::invalid("part0"))?;
        if part0.len() as u64 > *PART0_SIZE.end() {
            return Err(Code::TooLarge.into());
        }
        let length = u32::try_from(part0.len()).map_err(|_| Code::TooLarge)?;
        if !PART0_SIZE.contains(&(part0.len() as u64)) {
            return Err(Problem::invalid("part0"));
        }
        let mut body = Sha256::new();
        body.update(open_verifier.as_bytes());
        body.update([u8::from(password_verifier.is_some())]);
        body.update(password_verifier.map_or([0; 32], |verifier| *verifier.as_bytes()));
        body.update(parts.to_be_bytes());
        body.update(size.to_be_bytes());
        body.update(self.lifetime.to_be_bytes());
        body.update(&part0);
        let creation = Creation {
            id,
            owner: owner.digest(),
            open_verifier,
            password_verifier,
            parts,
            size,
            part0: length,
            lifetime: self.lifetime,
            body: Digest::from_bytes(body.finalize().into()),
        };
        Ok((creation, part0))
    }
}

/// Validates the number of parts and their size. Without files there is only part 0; each file has at least one part,
/// and the size and the maximum number of files bound the number of parts.
fn check_parts(parts: u64, size: u64, settings: &Settings) -> Result<(u32, u64), Problem> {
    if size > settings.max_size {
        return Err(Code::TooLarge.into());
    }
    let most = 1 + size.div_ceil(PART as u64) + u64::from(settings.max_files);
    let count = u32::try_from(parts).ok().filter(|count| *count >= 1 && *count <= MAX_PARTS);
    let count = count.filter(|_| parts <= most).ok_or(Problem::invalid("parts"))?;
    if (count == 1) != (size == 0) || size > u64::from(count - 1) * LARGEST_PART as u64 {
        return Err(Problem::invalid("size"));
    }
    Ok((count, size))
}

#[derive(Serialize)]
struct CreateResponse {
    id: String,
    state: &'static str,
    expires_at: String,
}

/// Returns the owner token of a call that creates `id`. Only the owner whose token gives the id may create it.
pub(super) fn owned_id(owner: OwnerHeader, id: &str) -> Result<(Owner, ShareId), Problem> {
    let owner = owner.0.ok_or(Code::OwnerNeeded)?;
    let id = ShareId::parse(id).filter(|id| *id == ShareId::of(&owner));
    let id = id.ok_or_else(|| {
        Guard::RefusedOwner.count();
        Problem::invalid("id")
    })?;
    Ok((owner, id))
}

/// Creates a share. 201 when it is new, 200 when the same request succeeded before.
#[rocket::put("/shares/<id>", data = "<body>")]
pub(crate) async fn create(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Creating>,
    shares: &State<Shares>,
    settings: &State<Settings>,
    body: Json<'_, { CREATE_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let accepted = pass.admit(shares).and_then(|admitted| Ok((admitted, owned_id(owner, id)?)));
    let (((_permit, changes), (owner, id)), (text, _memory)) = body.read_if(accepted).await?;
    let body: CreateBody = parse(&text, &CREATE_MEMBERS)?;
    let (creation, part0) = body.check(id, &owner, settings)?;
    let created = changes.create(&creation, &part0).await?;
    let status = if created.fresh { Http::Created } else { Http::Ok };
    let state = state_name(created.state);
    let response = CreateResponse { id: id.to_string(), state, expires_at: rfc3339(created.expires_at) };
    Ok(JsonResponse::new(status, &response))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeekBody<'a> {
    #[serde(borrow)]
    open_proof: Cow<'a, str>,
}

/// Returns what a holder of the link may know of the share, without opening it.
#[rocket::post("/shares/<id>/peek", data = "<body>")]
pub(crate) async fn peek(
    id: &str,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    body: Json<'_, { SMALL_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let ((_permit, changes), (text, _memory)) = body.read_if(pass.admit(shares)).await?;
    let body: PeekBody = parse(&text, &[Member::text("open_proof")])?;
    let open_proof = proof(&body.open_proof, "open_proof")?;
    let id = parse_id(id)?;
    let peek = changes.peek(id, &open_proof).await?;
    let response = match peek {
        Peek::NotFound => return Err(Code::NotFound.into()),
        Peek::Waiting { parts, size, expires_at, password } => {
            let mut response = Map::new();
            response.insert("state".into(), "waiting".into());
            response.insert("password".into(), password.is_some().into());
            response.insert("parts".into(), parts.into());
            response.insert("size".into(), size.into());
            response.insert("expires_at".into(), rfc3339(expires_at).into());
            if let Some(tries) = password {
                response.insert("tries_left".into(), tries.left.into());
                if tries.retry_after > 0 {
                    response.insert("retry_after".into(), tries.retry_after.into());
                }
            }
            Value::Object(response)
        }
        Peek::Over { gone, grace_until: Some(until) } => json!({
            "state": state_name(gone.state), "at": rfc3339(gone.at), "grace_until": rfc3339(until),
        }),
        Peek::Over { gone, grace_until: None } => json!({ "state": state_name(gone.state), "at": rfc3339(gone.at) }),
    };
    Ok(JsonResponse::new(Http::Ok, &response))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenBody<'a> {
    #[serde(borrow)]
    open_proof: Cow<'a, str>,
    #[serde(borrow)]
    claim: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "present")]
    password_proof: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    handover: Option<Cow<'a, str>>,
}

const OPEN_MEMBERS: [Member; 4] = [
    Member::text("open_proof"),
    Member::text("claim"),
    Member::optional_text("password_proof"),
    Member::optional_text("handover"),
];

#[derive(Serialize)]
struct OpenResponse {
    part0: String,
    parts: u32,
    grace_until: String,
}

/// Opens a share for a claim.
#[rocket::post("/shares/<id>/open", data = "<body>")]
pub(crate) async fn open(
    id: &str,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    body: Json<'_, { SMALL_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let ((_permit, changes), (text, _memory)) = body.read_if(pass.admit(shares)).await?;
    let body: OpenBody = parse(&text, &OPEN_MEMBERS)?;
    let claim = Claim::parse(&body.claim).ok_or(Problem::invalid("claim"))?;
    let password_proof = body.password_proof.as_deref().map(|text| proof(text, "password_proof")).transpose()?;
    let parse_handover = |text| Handover::parse(text).ok_or(Problem::invalid("handover"));
    let handover = body.handover.as_deref().map(parse_handover).transpose()?;
    let attempt = Attempt {
        open_proof: &proof(&body.open_proof, "open_proof")?,
        claim: &claim,
        password_proof: password_proof.as_ref(),
        handover: handover.as_ref(),
    };
    let opened = changes.open(parse_id(id)?, &attempt).await?;
    let part0 = URL_SAFE_NO_PAD.encode(&opened.part0);
    let response = OpenResponse { part0, parts: opened.parts, grace_until: rfc3339(opened.grace_until) };
    Ok(JsonResponse::new(Http::Ok, &response))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandoverBody<'a> {
    #[serde(borrow)]
    handover_verifier: Cow<'a, str>,
}

/// Registers the handover with which another browser of the receiver can take the share over.
#[rocket::post("/shares/<id>/handover", data = "<body>")]
pub(crate) async fn handover(
    id: &str,
    claim: ClaimHeader,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    body: Json<'_, { SMALL_LIMIT }>,
) -> Result<Http, Problem> {
    let ((_permit, changes), (text, _memory)) = body.read_if(pass.admit(shares)).await?;
    let claim = claim.0.ok_or(Code::NotFound)?;
    let body: HandoverBody = parse(&text, &[Member::text("handover_verifier")])?;
    let verifier = Digest::from_bytes(parse_digest(&body.handover_verifier, "handover_verifier")?);
    changes.register_handover(parse_id(id)?, &claim.digest(), verifier).await?;
    Ok(Http::NoContent)
}

/// The reader has everything: all but the tombstone goes.
#[rocket::post("/shares/<id>/confirm", data = "<_body>")]
pub(crate) async fn confirm(
    id: &str,
    claim: ClaimHeader,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    _body: Empty,
) -> Result<Http, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let claim = claim.0.ok_or(Code::NotFound)?;
    changes.confirm(parse_id(id)?, &claim.digest()).await?;
    Ok(Http::NoContent)
}

/// Deletes a share for its owner.
#[rocket::delete("/shares/<id>", data = "<_body>")]
pub(crate) async fn delete(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    _body: Empty,
) -> Result<Http, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let owner = owner.0.ok_or(Code::NotFound)?;
    changes.delete(parse_id(id)?, &owner.digest()).await?;
    Ok(Http::NoContent)
}

/// A status, with the hash of the claim that opened the share in a header.
pub(crate) struct StatusResponse {
    response: Tagged,
    claim: Option<Digest>,
}

impl StatusResponse {
    fn of(status: &Status) -> Self {
        let mut body = Map::new();
        body.insert("state".into(), state_name(status.state).into());
        body.insert("created_at".into(), rfc3339(status.created_at).into());
        body.insert("expires_at".into(), rfc3339(status.expires_at).into());
        let mut moment = |name: &str, at: Option<crate::share::Timestamp>| {
            if let Some(at) = at {
                body.insert(name.into(), rfc3339(at).into());
            }
        };
        moment("opened_at", status.opened_at);
        moment("confirmed_at", status.confirmed_at);
        moment("at", status.at);
        moment("lost_at", status.lost_at);
        moment("grace_until", status.fetch_until);
        moment("reading_until", status.read_until);
        // Until an upload completes, this moves with the clock and would change the `ETag`.
        moment("record_until", Some(status.record_until).filter(|_| status.state != ShareState::Uploading));
        if let Some(moved) = status.moved {
            body.insert("handed_over_at".into(), rfc3339(moved.at).into());
            body.insert("handovers".into(), moved.times.into());
        }
        body.insert("wrong_passwords".into(), status.wrong_passwords.into());
        Self { response: Tagged::of(&Value::Object(body)), claim: status.claim }
    }
}

impl<'r> Responder<'r, 'static> for StatusResponse {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(self.response.respond_to(request)?);
        if let Some(claim) = self.claim {
            response.header(Header::new("Claim-Hash", URL_SAFE_NO_PAD.encode(claim.as_bytes())));
        }
        response.ok()
    }
}

/// Returns the status of a share. With `wait` and `seen`, waits until it differs from the `ETag` in `seen`.
#[rocket::get("/shares/<id>?<wait>&<seen>")]
pub(crate) async fn status(
    id: &str,
    wait: Vec<&str>,
    seen: Vec<&str>,
    owner: OwnerHeader,
    pass: Pass<Waiting>,
    shares: &State<Shares>,
    shutdown: Shutdown,
) -> Result<StatusResponse, Problem> {
    let client = pass.client();
    let _permit = pass.check()?;
    let poll = poll(&wait, &seen)?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let id = parse_id(id)?;
    let status = match poll {
        Some(Poll { seen, until }) => {
            let is_seen = |status: &Status| StatusResponse::of(status).response.is(seen);
            shares.changed_status((id, &owner), client, is_seen, until, shutdown).await?
        }
        None => shares.status(id, &owner).await?,
    };
    Ok(StatusResponse::of(&status))
}

/// Parses an id in canonical form. Any other text is the id of no share.
pub(super) fn parse_id(id: &str) -> Result<ShareId, Problem> {
    ShareId::parse(id).ok_or_else(|| Code::NotFound.into())
}
