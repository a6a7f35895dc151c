//! HTTP client for the tests: sends API requests and encrypts shares as any client would.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::{LinkKeys, Password};
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::{self, EncryptedShare};
use onetimeshare_envelope::{Claim, Handover, Link, LinkKey, Owner, ShareId, StatusLink};
use serde_json::{Value, json};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Method;
use ureq::{Agent, Body, SendBody};

/// A response, fully read.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers in order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, or null when it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The error code of a problem document.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Is called with the method, the path and the body of each request, and its response.
type Watcher = dyn Fn((&str, &str), Option<&[u8]>, &Response) + Send + Sync;

/// A client with its own connection pool.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    /// Base URL of the site, without a trailing slash.
    pub base: String,
    watcher: Option<Arc<Watcher>>,
}

impl Client {
    /// Creates a client of the site at `base`.
    pub fn new(base: impl Into<String>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .allow_non_standard_methods(true)
            .build();
        Self { agent: config.into(), base: base.into(), watcher: None }
    }

    /// Shows every request and its response to `watcher`.
    #[must_use]
    pub fn watched(self, watcher: impl Fn((&str, &str), Option<&[u8]>, &Response) + Send + Sync + 'static) -> Self {
        Self { watcher: Some(Arc::new(watcher)), ..self }
    }

    /// Sends a request and panics on a transport error. `path` begins with a slash.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Response {
        self.try_send(method, path, headers, body).unwrap()
    }

    /// Sends a request and returns transport errors.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        sent: Option<&[u8]>,
    ) -> Result<Response, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let incoming = match sent {
            Some(bytes) => self.agent.run(
                request
                    .body(SendBody::from_owned_reader(std::io::Cursor::new(bytes.to_vec())))
                    .map(|r| with_length(r, bytes.len()))
                    .unwrap(),
            )?,
            None => self.agent.run(request.body(()).unwrap())?,
        };
        let (response, mut body) = response_of(incoming);
        let response = Response { body: body.with_config().limit(2 << 30).read_to_vec()?, ..response };
        if let Some(watcher) = &self.watcher {
            watcher((method, path), sent, &response);
        }
        Ok(response)
    }

    /// Streams a request body of `length` bytes and passes on the response body as it arrives, for bodies too large to
    /// buffer. The returned response has no body.
    pub fn stream(
        &self,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        (from, length): (impl Read + 'static, u64),
        mut to: impl FnMut(&[u8]),
    ) -> Result<Response, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("{}{path}", self.base))
            .header("Content-Length", length);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let incoming = self.agent.run(request.body(SendBody::from_owned_reader(from)).unwrap())?;
        let (response, body) = response_of(incoming);
        let (mut body, mut buffer) = (body.into_reader(), vec![0; 64 * 1024]);
        while let length @ 1.. = body.read(&mut buffer)? {
            to(&buffer[..length]);
        }
        Ok(response)
    }

    /// Sends a GET for a page.
    pub fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[("Accept", "text/html")], None)
    }

    /// Sends a JSON body.
    pub fn json(&self, method: &str, path: &str, token: Option<&str>, body: &Value) -> Response {
        self.try_json(method, path, token, body).unwrap()
    }

    /// Sends a JSON body and returns transport errors.
    pub fn try_json(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Result<Response, ureq::Error> {
        self.typed(method, path, token, "application/json", body.to_string().as_bytes())
    }

    /// Sends a request with a token and no body.
    pub fn bare(&self, method: &str, path: &str, token: &str) -> Response {
        self.try_bare(method, path, token).unwrap()
    }

    /// Sends a request with a token and no body, and returns transport errors.
    pub fn try_bare(&self, method: &str, path: &str, token: &str) -> Result<Response, ureq::Error> {
        let bearer = format!("Bearer {token}");
        let body: Option<&[u8]> = (method == "POST").then_some(&[]);
        self.try_send(method, path, &[("Authorization", &bearer)], body)
    }

    /// Sends a body with a content type.
    fn typed(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        kind: &str,
        body: &[u8],
    ) -> Result<Response, ureq::Error> {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("Content-Type", kind)];
        headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
        self.try_send(method, path, &headers, Some(body))
    }

    /// Posts a form as `multipart/form-data`. `accept` is what browsers (`text/html`) or `curl` (`*/*`) send.
    pub fn form(&self, path: &str, accept: &str, fields: &[(&str, &str)]) -> Response {
        let boundary = "----a boundary that no test writes";
        let part = |(name, value): &(&str, &str)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut parts: Vec<String> = fields.iter().map(part).collect();
        parts.push(format!("--{boundary}--\r\n"));
        let body = parts.concat();
        let kind = format!("multipart/form-data; boundary=\"{boundary}\"");
        self.send("POST", path, &[("Content-Type", &kind), ("Accept", accept)], Some(body.as_bytes()))
    }

    /// Creates a share of one part; fails unless it is new.
    pub fn create(&self, share: &Share) {
        let response = self.put(share);
        assert_eq!(response.status, 201, "{}", response.text());
    }

    /// Sends the create request of a share.
    pub fn put(&self, share: &Share) -> Response {
        self.json("PUT", &share.path(), Some(&share.owner.expose()), &share.body)
    }

    /// Sends a peek request for a share.
    pub fn peek(&self, share: &Share) -> Response {
        self.json("POST", &format!("{}/peek", share.path()), None, &json!({ "open_proof": share.open_proof() }))
    }

    /// Opens a share, with its password if it has one.
    pub fn open(&self, share: &Share, claim: &Claim) -> Response {
        self.try_open(share, claim).unwrap()
    }

    /// Opens a share and returns transport errors.
    pub fn try_open(&self, share: &Share, claim: &Claim) -> Result<Response, ureq::Error> {
        let mut body = json!({ "open_proof": share.open_proof(), "claim": claim.expose() });
        if let Some(proof) = &share.password_proof {
            body["password_proof"] = proof.clone().into();
        }
        self.try_json("POST", &format!("{}/open", share.path()), None, &body)
    }

    /// Uploads part `n`.
    pub fn put_part(&self, share: &Share, n: u32, bytes: &[u8]) -> Response {
        self.try_put_part(share, n, bytes).unwrap()
    }

    /// Uploads part `n` and returns transport errors.
    pub fn try_put_part(&self, share: &Share, n: u32, bytes: &[u8]) -> Result<Response, ureq::Error> {
        let path = format!("{}/parts/{n}", share.path());
        self.typed("PUT", &path, Some(&share.owner.expose()), "application/octet-stream", bytes)
    }

    /// Requests the list of received parts.
    pub fn received(&self, share: &Share) -> Response {
        self.bare("GET", &format!("{}/parts", share.path()), &share.owner.expose())
    }

    /// Completes an upload.
    pub fn complete(&self, share: &Share) -> Response {
        self.bare("POST", &format!("{}/complete", share.path()), &share.owner.expose())
    }

    /// Downloads part `n`.
    pub fn part(&self, share: &Share, claim: &Claim, n: u32) -> Response {
        self.try_part(share, claim, n).unwrap()
    }

    /// Downloads part `n` and returns transport errors.
    pub fn try_part(&self, share: &Share, claim: &Claim, n: u32) -> Result<Response, ureq::Error> {
        self.try_bare("GET", &format!("{}/parts/{n}", share.path()), &claim.expose())
    }

    /// Registers a handover of an opened share.
    pub fn register(&self, share: &Share, claim: &Claim, handover: &Handover) -> Response {
        let body = json!({ "handover_verifier": URL_SAFE_NO_PAD.encode(handover.digest().as_bytes()) });
        self.json("POST", &format!("{}/handover", share.path()), Some(&claim.expose()), &body)
    }

    /// Opens a share with a handover, and its right password if it has one.
    pub fn take_over(&self, share: &Share, claim: &Claim, handover: &Handover) -> Response {
        let mut body = json!({
            "open_proof": share.open_proof(), "claim": claim.expose(), "handover": handover.expose(),
        });
        if let Some(proof) = &share.password_proof {
            body["password_proof"] = proof.as_str().into();
        }
        self.json("POST", &format!("{}/open", share.path()), None, &body)
    }

    /// Confirms a share.
    pub fn confirm(&self, share: &Share, claim: &Claim) -> Response {
        self.bare("POST", &format!("{}/confirm", share.path()), &claim.expose())
    }

    /// Requests the status of a share.
    pub fn status(&self, share: &Share) -> Response {
        self.bare("GET", &share.path(), &share.owner.expose())
    }

    /// Deletes a share.
    pub fn delete(&self, share: &Share) -> Response {
        self.bare("DELETE", &share.path(), &share.owner.expose())
    }
}

/// Splits a response into status and headers, and the unread body.
fn response_of(incoming: ureq::http::Response<Body>) -> (Response, Body) {
    let (parts, body) = incoming.into_parts();
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    (Response { status: parts.status.as_u16(), headers, body: Vec::new() }, body)
}

/// Sets `Content-Length`: ureq sends the length of a body only when a header states it.
fn with_length<B>(mut request: ureq::http::Request<B>, length: usize) -> ureq::http::Request<B> {
    let headers = request.headers_mut();
    if !headers.contains_key("content-length") && !headers.contains_key("transfer-encoding") {
        headers.insert("content-length", length.into());
    }
    request
}

/// An encrypted share as its sender holds it.
pub struct Share {
    /// The owner token.
    pub owner: Owner,
    /// The whole link, key included.
    pub link: Link,
    /// The body of the create request.
    pub body: Value,
    /// The password proof, if there is a password.
    pub password_proof: Option<String>,
}

impl Share {
    /// Encrypts a message under a fresh owner token, with a lifetime of one hour.
    pub fn new(message: &str) -> Self {
        Self::with(message, None, 3_600)
    }

    /// Encrypts a message with an optional password and a `lifetime` in seconds.
    pub fn with(message: &str, password: Option<&str>, lifetime: u64) -> Self {
        let owner = Owner::random().unwrap();
        let id = ShareId::of(&owner);
        let password = password.and_then(Password::parse);
        let EncryptedShare { key, part0, open_verifier, password_verifier } = onetimeshare_envelope::encrypt(
            &id,
            LinkKey::random().unwrap(),
            password.as_ref(),
            &Manifest::of_message(message),
            Salt::random().unwrap(),
        )
        .unwrap();
        let keys = LinkKeys::derive(&id, &key);
        let password_proof = password.map(|password| keys.stretch(&password).password_proof().expose());
        let mut body = json!({
            "version": 1,
            "open_verifier": URL_SAFE_NO_PAD.encode(open_verifier.as_bytes()),
            "parts": 1,
            "size": 0,
            "lifetime": lifetime,
            "part0": URL_SAFE_NO_PAD.encode(&part0),
        });
        if let Some(verifier) = password_verifier {
            body["password_verifier"] = URL_SAFE_NO_PAD.encode(verifier.as_bytes()).into();
        }
        Self { owner, link: Link { id, key, handover: None }, body, password_proof }
    }

    /// The share's path in the API.
    pub fn path(&self) -> String {
        format!("/api/v1/shares/{}", self.link.id)
    }

    /// The fragment of the status link that the site's own pages create.
    pub fn status_fragment(&self) -> String {
        let words = LinkKeys::derive(&self.link.id, &self.link.key).words_key();
        StatusLink { owner: self.owner.clone(), words: Some(words) }.fragment().to_string()
    }

    /// The matching words for this claim.
    pub fn words(&self, claim: &Claim) -> String {
        LinkKeys::derive(&self.link.id, &self.link.key).words_key().words(&self.link.id, &claim.digest())
    }

    /// The link-key proof, in base64url.
    pub fn open_proof(&self) -> String {
        LinkKeys::derive(&self.link.id, &self.link.key).open_proof().expose()
    }

    /// Decrypts the message in an `open` response, for a share without a password.
    pub fn message_in(&self, response: &Response) -> Option<String> {
        let part0 = URL_SAFE_NO_PAD.decode(response.json()["part0"].as_str()?).ok()?;
        let keys = LinkKeys::derive(&self.link.id, &self.link.key);
        let (manifest, _) = onetimeshare_envelope::decrypt(&keys.content_key(), &self.link.id, &part0, 1, 0).ok()?;
        manifest.message.clone()
    }
}
