//! The calls of the HTTP interface (`docs/http-api.md`).

use crate::api::{Collected, Created, Limits, Look, NewRequest, NewShare, Opened, Peek, Status};
use crate::base::Base;
use crate::exit::Failure;
use crate::http::{CallError, Http, Payload, Reply};
use crate::output::note;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::keys::Proof;
use onetimeshare_envelope::parts::LARGEST_PART;
use onetimeshare_envelope::request::Sealed;
use onetimeshare_envelope::{Claim, Digest, Handover, Owner, ShareId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::thread;
use std::time::Duration;
use ureq::http::Method;
use zeroize::Zeroizing;

/// Bytes of an answer without content.
const SMALL: u64 = 16 * 1024;
/// Bytes of the answer to an opening: the largest part 0 in base64url, and the other members.
const OPENED: u64 = 1 << 20;
/// Bytes of a list of parts.
const LIST: u64 = 1 << 20;
/// Seconds of one wait for a change.
const WAIT: u64 = 30;
/// Pause before a status is asked for again whose tag is missing, so that the site cannot wait.
const PAUSE: Duration = Duration::from_secs(5);

/// Encodes bytes in base64url.
pub(crate) fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// One site and its calls. None of them is repeated here.
#[derive(Clone)]
pub(crate) struct Site(Http);

type Result<T, E = CallError> = std::result::Result<T, E>;

impl Site {
    /// Prepares connections to a site. Warns when others can read them.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub(crate) fn new(base: Base) -> Result<Self, Failure> {
        if base.is_exposed() {
            note(&format!(
                "The connection to {base} is not encrypted. The content is, but others on the way can open it first or hold it up."
            ));
        }
        Ok(Self(Http::new(base)?))
    }

    /// Returns its address.
    pub(crate) fn base(&self) -> &str {
        self.0.base().as_str()
    }

    fn get(&self, path: &str, token: Option<&str>, limit: u64) -> Result<Reply> {
        self.0.exchange(Method::GET, path, token, Payload::None, limit)
    }

    fn json(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
        limit: u64,
    ) -> Result<Reply> {
        let text = serde_json::to_vec(body).map(Zeroizing::new);
        let text = text.map_err(|_| CallError::Foreign("the request cannot be written".to_owned()))?;
        self.0.exchange(method, path, token, Payload::Json(&text), limit)
    }

    fn post(&self, path: &str, token: &str) -> Result<Reply> {
        self.0.exchange(Method::POST, path, Some(token), Payload::Bytes(&[]), SMALL)
    }

    fn remove(&self, path: &str, owner: &Owner) -> Result<()> {
        done(&self.0.exchange(Method::DELETE, path, Some(&token(owner.expose())), Payload::None, SMALL)?)
    }

    /// Returns the limits.
    pub(crate) fn limits(&self) -> Result<Limits> {
        parse(&self.get("/site", None, SMALL)?)
    }

    /// Creates a share.
    pub(crate) fn create(&self, id: &ShareId, owner: &Owner, share: &NewShare<'_>) -> Result<Created> {
        parse(&self.json(Method::PUT, &format!("/shares/{id}"), Some(&token(owner.expose())), share, SMALL)?)
    }

    /// Uploads a part.
    pub(crate) fn put_part(&self, id: &ShareId, owner: &str, part: u32, bytes: &[u8]) -> Result<()> {
        let path = format!("/shares/{id}/parts/{part}");
        done(&self.0.exchange(Method::PUT, &path, Some(owner), Payload::Bytes(bytes), SMALL)?)
    }

    /// Lists the parts that have arrived.
    pub(crate) fn received(&self, id: &ShareId, owner: &Owner) -> Result<Vec<u32>> {
        #[derive(Deserialize)]
        struct Received {
            received: Vec<u32>,
        }
        let reply = self.get(&format!("/shares/{id}/parts"), Some(&token(owner.expose())), LIST)?;
        parse::<Received>(&reply).map(|list| list.received)
    }

    /// Completes an upload.
    pub(crate) fn complete(&self, id: &ShareId, owner: &Owner) -> Result<Created> {
        parse(&self.post(&format!("/shares/{id}/complete"), &token(owner.expose()))?)
    }

    /// Returns what a share is, without opening it.
    pub(crate) fn peek(&self, id: &ShareId, open_proof: &Proof) -> Result<Peek> {
        let body = serde_json::json!({ "open_proof": open_proof.expose() });
        parse(&self.json(Method::POST, &format!("/shares/{id}/peek"), None, &body, SMALL)?)
    }

    /// Opens a share for a claim.
    pub(crate) fn open(
        &self,
        id: &ShareId,
        open_proof: &Proof,
        claim: &Claim,
        password: Option<&Proof>,
        handover: Option<&Handover>,
    ) -> Result<Opened> {
        let mut body = serde_json::json!({ "open_proof": open_proof.expose(), "claim": claim.expose() });
        if let Some(password) = password {
            body["password_proof"] = password.expose().into();
        }
        if let Some(handover) = handover {
            body["handover"] = handover.expose().into();
        }
        parse(&self.json(Method::POST, &format!("/shares/{id}/open"), None, &body, OPENED)?)
    }

    /// Downloads a part. It may have another length than it should.
    pub(crate) fn part(&self, id: &ShareId, claim: &str, part: u32) -> Result<Vec<u8>> {
        self.get(&format!("/shares/{id}/parts/{part}"), Some(claim), LARGEST_PART as u64).map(|reply| reply.body)
    }

    /// Tells that everything is saved, so that the site deletes its copy.
    pub(crate) fn confirm(&self, id: &ShareId, claim: &Claim) -> Result<()> {
        done(&self.post(&format!("/shares/{id}/confirm"), &token(claim.expose()))?)
    }

    /// Returns the status of a share. With `seen`, waits up to half a minute until it differs.
    pub(crate) fn status(&self, id: &ShareId, owner: &Owner, seen: Option<&str>) -> Result<Status> {
        let reply = self.get(&format!("/shares/{id}{}", waiting(seen)), Some(&token(owner.expose())), SMALL)?;
        let status: Status = parse(&reply)?;
        let claim = reply.claim_hash.as_deref().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let claim = claim.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(Digest::from_bytes);
        Ok(Status { etag: reply.etag, claim, ..status })
    }

    /// Deletes a share.
    pub(crate) fn delete(&self, id: &ShareId, owner: &Owner) -> Result<()> {
        self.remove(&format!("/shares/{id}"), owner)
    }

    /// Makes a request.
    pub(crate) fn ask(&self, id: &ShareId, owner: &Owner, request: &NewRequest) -> Result<Created> {
        parse(&self.json(Method::PUT, &format!("/requests/{id}"), Some(&token(owner.expose())), request, SMALL)?)
    }

    /// Returns what a request is.
    pub(crate) fn look(&self, id: &ShareId, give_proof: &Proof) -> Result<Look> {
        let body = serde_json::json!({ "give_proof": give_proof.expose() });
        parse(&self.json(Method::POST, &format!("/requests/{id}/look"), None, &body, SMALL)?)
    }

    /// Hands an answer in.
    pub(crate) fn answer(&self, id: &ShareId, give_proof: &Proof, sealed: &Sealed) -> Result<()> {
        let body = serde_json::json!({ "give_proof": give_proof.expose(), "sealed": b64(&sealed.0) });
        parse::<serde_json::Value>(&self.json(Method::POST, &format!("/requests/{id}/answers"), None, &body, SMALL)?)
            .map(drop)
    }

    /// Returns a request and its answers. With `seen`, waits up to half a minute until it differs.
    pub(crate) fn collect(&self, id: &ShareId, owner: &Owner, seen: Option<&str>) -> Result<Collected> {
        let reply = self.get(&format!("/requests/{id}{}", waiting(seen)), Some(&token(owner.expose())), SMALL)?;
        let found: Collected = parse(&reply)?;
        Ok(Collected { etag: reply.etag, ..found })
    }

    /// Ends a request.
    pub(crate) fn end(&self, id: &ShareId, owner: &Owner) -> Result<()> {
        self.remove(&format!("/requests/{id}"), owner)
    }
}

fn token(text: String) -> Zeroizing<String> {
    Zeroizing::new(text)
}

/// Returns the query that waits until the tag differs. A tag with other characters than those of tags is not repeated:
/// this waits instead.
fn waiting(seen: Option<&str>) -> String {
    let tag = seen.map(|tag| tag.trim_start_matches("W/").trim_matches('"'));
    let safe = |tag: &&str| {
        tag.len() <= 100 && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
    };
    match (tag, tag.filter(|tag| !tag.is_empty()).filter(safe)) {
        (_, Some(tag)) => format!("?wait={WAIT}&seen={tag}"),
        (Some(_), None) => {
            thread::sleep(PAUSE);
            String::new()
        }
        (None, None) => String::new(),
    }
}

/// Accepts the answer to a call that returns nothing. A page of a network that asks for a login has another status.
fn done(reply: &Reply) -> Result<()> {
    match reply.status {
        204 => Ok(()),
        _ => Err(CallError::Foreign("the answer is not one of the interface".to_owned())),
    }
}

fn parse<T: DeserializeOwned>(reply: &Reply) -> Result<T> {
    serde_json::from_slice(&reply.body)
        .map_err(|_| CallError::Foreign("the answer is not one of the interface".to_owned()))
}
