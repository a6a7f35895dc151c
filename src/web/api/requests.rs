//! Routes of requests: making one, looking at it, answering it, its status, and ending it (`docs/http-api.md`,
//! "Requests").

use super::polling::{Poll, Tagged, poll};
use super::shares::{JsonResponse, SMALL_LIMIT, owned_id, parse_digest, parse_id, proof};
use crate::config::Settings;
use crate::service::{LookedAt, Shares};
use crate::share::Timestamp;
use crate::share::request::{MAX_ANSWERS, Making, ReceivedAnswer, RequestStatus};
use crate::web::body::{Empty, Json, Member, parse};
use crate::web::errors::{Code, Problem};
use crate::web::guards::OwnerHeader;
use crate::web::limits::{Asking, Creating, Pass, Waiting};
use crate::web::representation::{request_state_name, rfc3339};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::sealed_size;
use onetimeshare_envelope::padding::padded;
use onetimeshare_envelope::request::{MAX_BOX, Sealed};
use onetimeshare_envelope::{Digest, Owner, ShareId};
use rocket::http::Status as Http;
use rocket::{Shutdown, State};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Range of the length of a box in bytes.
const BOX_SIZE: RangeInclusive<u64> = sealed_size(padded(0))..=MAX_BOX as u64;

/// Maximum body of a call that makes a request: the box in base64url and the other members.
const MAKE_LIMIT: usize = 4 * MAX_BOX / 3 + 4_096;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MakeBody<'a> {
    version: u64,
    #[serde(borrow)]
    give_verifier: Cow<'a, str>,
    #[serde(borrow, rename = "box")]
    sealed_box: Cow<'a, str>,
    answers: u64,
    lifetime: u64,
}

const MAKE_MEMBERS: [Member; 5] = [
    Member::number("version"),
    Member::text("give_verifier"),
    Member::text("box"),
    Member::number("answers"),
    Member::number("lifetime"),
];

impl MakeBody<'_> {
    /// Validates the call against the site's limits. Returns it with the bytes of the box.
    fn check(&self, id: ShareId, owner: &Owner, settings: &Settings) -> Result<(Making, Vec<u8>), Problem> {
        if self.version != 1 {
            return Err(Problem::invalid("version"));
        }
        let give_verifier = Digest::from_bytes(parse_digest(&self.give_verifier, "give_verifier")?);
        let sealed_box = URL_SAFE_NO_PAD.decode(self.sealed_box.as_bytes()).map_err(|_| Problem::invalid("box"))?;
        if sealed_box.len() as u64 > *BOX_SIZE.end() {
            return Err(Code::TooLarge.into());
        }
        if !BOX_SIZE.contains(&(sealed_box.len() as u64)) {
            return Err(Problem::invalid("box"));
        }
        let answers = u8::try_from(self.answers).ok().filter(|answers| (1..=MAX_ANSWERS).contains(answers));
        let answers = answers.ok_or(Problem::invalid("answers"))?;
        if !settings.request_lifetime_range().contains(&self.lifetime) {
            return Err(Problem::invalid("lifetime"));
        }
        let mut body = Sha256::new();
        body.update(give_verifier.as_bytes());
        body.update([answers]);
        body.update(self.lifetime.to_be_bytes());
        body.update(&sealed_box);
        let making = Making {
            id,
            owner: owner.digest(),
            give_verifier,
            answers,
            lifetime: self.lifetime,
            kept: *settings.lifetime_range().end(),
            body: Digest::from_bytes(body.finalize().into()),
        };
        Ok((making, sealed_box))
    }
}

/// Makes a request. 201 when it is new, 200 when the same call succeeded before.
#[rocket::put("/requests/<id>", data = "<body>")]
pub(crate) async fn make(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Creating>,
    shares: &State<Shares>,
    settings: &State<Settings>,
    body: Json<'_, { MAKE_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let accepted = pass.admit(shares).and_then(|admitted| Ok((admitted, owned_id(owner, id)?)));
    let (((_permit, changes), (owner, id)), (text, _memory)) = body.read_if(accepted).await?;
    let body: MakeBody = parse(&text, &MAKE_MEMBERS)?;
    let (making, sealed_box) = body.check(id, &owner, settings)?;
    let made = changes.make_request(&making, &sealed_box).await?;
    let status = if made.fresh { Http::Created } else { Http::Ok };
    let response = json!({
        "id": id.to_string(), "state": request_state_name(made.state), "expires_at": rfc3339(made.expires_at),
    });
    Ok(JsonResponse::new(status, &response))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookBody<'a> {
    #[serde(borrow)]
    give_proof: Cow<'a, str>,
}

/// Returns what a holder of the link may know of the request.
#[rocket::post("/requests/<id>/look", data = "<body>")]
pub(crate) async fn look(
    id: &str,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    body: Json<'_, { SMALL_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let ((_permit, changes), (text, _memory)) = body.read_if(pass.admit(shares)).await?;
    let body: LookBody = parse(&text, &[Member::text("give_proof")])?;
    let give_proof = proof(&body.give_proof, "give_proof")?;
    let response = match changes.look_at_request(parse_id(id)?, &give_proof).await? {
        LookedAt::Open { sealed_box, answers_left, expires_at } => json!({
            "state": "open",
            "box": URL_SAFE_NO_PAD.encode(sealed_box),
            "answers_left": answers_left,
            "expires_at": rfc3339(expires_at),
        }),
        LookedAt::Over { state, at } => json!({ "state": request_state_name(state), "at": rfc3339(at) }),
    };
    Ok(JsonResponse::new(Http::Ok, &response))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody<'a> {
    #[serde(borrow)]
    give_proof: Cow<'a, str>,
    #[serde(borrow)]
    sealed: Cow<'a, str>,
}

const ANSWER_MEMBERS: [Member; 2] = [Member::text("give_proof"), Member::text("sealed")];

/// Hands in an answer. 201 when it is new, 200 when the same answer came before.
#[rocket::post("/requests/<id>/answers", data = "<body>")]
pub(crate) async fn answer(
    id: &str,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    body: Json<'_, { SMALL_LIMIT }>,
) -> Result<JsonResponse, Problem> {
    let ((_permit, changes), (text, _memory)) = body.read_if(pass.admit(shares)).await?;
    let body: AnswerBody = parse(&text, &ANSWER_MEMBERS)?;
    let give_proof = proof(&body.give_proof, "give_proof")?;
    let sealed = URL_SAFE_NO_PAD.decode(body.sealed.as_bytes()).ok().and_then(|bytes| Sealed::try_from(bytes).ok());
    let sealed = sealed.ok_or(Problem::invalid("sealed"))?;
    let (fresh, number) = changes.answer_request(parse_id(id)?, &give_proof, sealed).await?;
    let status = if fresh { Http::Created } else { Http::Ok };
    Ok(JsonResponse::new(status, &json!({ "number": number })))
}

/// Returns a status of a request as the response that shows it.
fn shown(status: &RequestStatus) -> Tagged {
    let mut body = Map::new();
    body.insert("state".into(), request_state_name(status.state).into());
    let mut moment = |name: &str, at: Timestamp| body.insert(name.into(), rfc3339(at).into());
    moment("created_at", status.created_at);
    moment("expires_at", status.expires_at);
    moment("record_until", status.record_until);
    if let Some(at) = status.at {
        moment("at", at);
    }
    let answer = |(answer, number): (&ReceivedAnswer, u8)| {
        let sealed = URL_SAFE_NO_PAD.encode(answer.sealed.0);
        json!({ "number": number, "at": rfc3339(answer.at), "sealed": sealed })
    };
    body.insert("answers".into(), status.answers.iter().zip(1..).map(answer).collect());
    body.insert("answers_left".into(), status.answers_left.into());
    Tagged::of(&Value::Object(body))
}

/// Returns the status of a request with its answers. With `wait` and `seen`, waits until it differs from the `ETag` in
/// `seen`.
#[rocket::get("/requests/<id>?<wait>&<seen>")]
pub(crate) async fn status(
    id: &str,
    wait: Vec<&str>,
    seen: Vec<&str>,
    owner: OwnerHeader,
    pass: Pass<Waiting>,
    shares: &State<Shares>,
    shutdown: Shutdown,
) -> Result<Tagged, Problem> {
    let client = pass.client();
    let _permit = pass.check()?;
    let poll = poll(&wait, &seen)?;
    let owner = owner.0.ok_or(Code::NotFound)?.digest();
    let id = parse_id(id)?;
    let status = match poll {
        Some(Poll { seen, until }) => {
            let is_seen = |status: &RequestStatus| shown(status).is(seen);
            shares.changed_request_status((id, &owner), client, is_seen, until, shutdown).await?
        }
        None => shares.request_status(id, &owner).await?,
    };
    Ok(shown(&status))
}

/// Ends a request for its owner.
#[rocket::delete("/requests/<id>", data = "<_body>")]
pub(crate) async fn end(
    id: &str,
    owner: OwnerHeader,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    _body: Empty,
) -> Result<Http, Problem> {
    let (_permit, changes) = pass.admit(shares)?;
    let owner = owner.0.ok_or(Code::NotFound)?;
    changes.end_request(parse_id(id)?, &owner.digest()).await?;
    Ok(Http::NoContent)
}
