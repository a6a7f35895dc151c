//! Workloads: bare requests, lives of messages, pages, forms, and parts of files.

use crate::client::Share;
use crate::engine::Workload;
use crate::files::Bulk;
use onetimeshare_envelope::{Claim, Owner, ShareId};
use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// The message of every share: 1 KiB.
pub fn text() -> String {
    "The quick brown fox jumps over the lazy dog 0123456789 and on. ".repeat(17)[..1024].to_owned()
}

/// The requests of a message's life, ready to be sent.
pub struct Message {
    pub create: Vec<u8>,
    pub open: Vec<u8>,
    pub confirm: Vec<u8>,
    part0: String,
}

fn request(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n{headers}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

impl Message {
    /// Encrypts a message with a new owner token.
    pub fn new() -> Self {
        Self::of(&Share::new(&text()))
    }

    /// Reuses the ciphertext of a share with a new owner token. The server cannot tell the difference.
    pub fn again(share: &Share) -> Self {
        let owner = Owner::random().unwrap();
        let id = ShareId::of(&owner);
        Self::with(&owner, &id.to_string(), share)
    }

    fn of(share: &Share) -> Self {
        Self::with(&share.owner, &share.link.id.to_string(), share)
    }

    fn with(owner: &Owner, id: &str, share: &Share) -> Self {
        let (path, json) = (format!("/api/v1/shares/{id}"), "Content-Type: application/json\r\n");
        let (owner, claim) = (owner.expose(), Claim::random().unwrap().expose());
        let open = json!({ "open_proof": share.open_proof(), "claim": claim }).to_string();
        let with_owner = format!("Authorization: Bearer {owner}\r\n{json}");
        Self {
            create: request("PUT", &path, &with_owner, share.body.to_string().as_bytes()),
            open: request("POST", &format!("{path}/open"), json, open.as_bytes()),
            confirm: request("POST", &format!("{path}/confirm"), &format!("Authorization: Bearer {claim}\r\n"), b""),
            part0: share.body["part0"].as_str().unwrap().to_owned(),
        }
    }

    fn check_created(status: u16, body: &[u8]) {
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(body));
        assert!(holds(body, b"\"waiting\""));
    }

    fn check_opened(&self, status: u16, body: &[u8]) {
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(body));
        assert!(holds(body, self.part0.as_bytes()), "the response contains part 0");
    }
}

/// Returns whether `bytes` contain `piece`.
pub fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    let Some(first) = piece.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        if rest[at..].starts_with(piece) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// A step in the life of a message.
#[derive(Clone, Copy, PartialEq)]
pub enum Step {
    Create,
    Open,
    Confirm,
}

/// Index of the next request, shared by all connections.
pub type Next = Rc<Cell<usize>>;

/// Takes the next message and sends the requests of `steps` for it.
pub struct Lives {
    pub messages: Arc<Vec<Message>>,
    pub next: Next,
    pub steps: &'static [Step],
    current: Option<(usize, usize)>,
}

impl Lives {
    pub fn connections(messages: &Arc<Vec<Message>>, steps: &'static [Step], count: usize) -> Vec<Self> {
        let next = Next::default();
        let one = || Self { messages: Arc::clone(messages), next: Rc::clone(&next), steps, current: None };
        (0..count).map(|_| one()).collect()
    }
}

impl Workload for Lives {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        let (at, step) = match self.current {
            Some((at, step)) if step + 1 < self.steps.len() => (at, step + 1),
            _ => (self.next.replace(self.next.get() + 1), 0),
        };
        let Some(message) = self.messages.get(at) else { return false };
        self.current = Some((at, step));
        request.extend_from_slice(match self.steps[step] {
            Step::Create => &message.create,
            Step::Open => &message.open,
            Step::Confirm => &message.confirm,
        });
        true
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        let (at, step) = self.current.unwrap();
        let message = &self.messages[at];
        match self.steps[step] {
            Step::Create => Message::check_created(status, body),
            Step::Open => message.check_opened(status, body),
            Step::Confirm => assert_eq!(status, 204),
        }
    }
}

/// Sends the requests of [`Lives`] to the bare server.
pub struct Bare {
    pub lives: Lives,
}

impl Workload for Bare {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        self.lives.next_request(request)
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        assert!(status == 200 && body == b"hello");
    }
}

/// Sends the same request repeatedly.
pub struct Same {
    pub request: Arc<Vec<u8>>,
    pub next: Next,
    pub limit: usize,
    pub check: fn(u16, &[u8]),
}

impl Same {
    pub fn connections(request: Vec<u8>, limit: usize, check: fn(u16, &[u8]), count: usize) -> Vec<Self> {
        let (request, next) = (Arc::new(request), Next::default());
        let one = || Self { request: Arc::clone(&request), next: Rc::clone(&next), limit, check };
        (0..count).map(|_| one()).collect()
    }
}

impl Workload for Same {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        let at = self.next.replace(self.next.get() + 1);
        request.extend_from_slice(&self.request);
        at < self.limit
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        (self.check)(status, body);
    }
}

/// Returns the request of a browser for a page.
pub fn page_request(path: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\
         Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"
    )
    .into_bytes()
}

/// Checks a gzip-compressed page.
pub fn check_page(status: u16, body: &[u8]) {
    assert!(status == 200 && body.len() > 1_000 && body.starts_with(&[0x1f, 0x8b]));
}

const BOUNDARY: &str = "----onetimeshare-benchmark";

fn form(path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let part = |(name, value): &(&str, &str)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut parts: Vec<String> = fields.iter().map(part).collect();
    parts.push(format!("--{BOUNDARY}--\r\n"));
    let body = parts.concat();
    let headers = format!(
        "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en-GB,en;q=0.9\r\n\
         Accept-Encoding: gzip, deflate, br\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
    );
    request("POST", path, &headers, body.as_bytes())
}

/// Creates shares through the form and stores their links.
pub struct FormCreate {
    pub request: Arc<Vec<u8>>,
    pub next: Next,
    pub limit: usize,
    pub links: Rc<std::cell::RefCell<Vec<String>>>,
}

impl FormCreate {
    pub fn connections(limit: usize, links: &Rc<std::cell::RefCell<Vec<String>>>, count: usize) -> Vec<Self> {
        let fields = [("message", &text()[..]), ("lifetime", "3600"), ("password", ""), ("nonce", "")];
        let (request, next) = (Arc::new(form("/", &fields)), Next::default());
        let one = || Self { request: Arc::clone(&request), next: Rc::clone(&next), limit, links: Rc::clone(links) };
        (0..count).map(|_| one()).collect()
    }
}

impl Workload for FormCreate {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        let at = self.next.replace(self.next.get() + 1);
        request.extend_from_slice(&self.request);
        at < self.limit
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        assert_eq!(status, 200);
        // "…/s/{id}#1{secret}": 16 characters, and 33 behind the sign.
        let ours = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let is_link = |bytes: &[u8]| bytes[16] == b'#' && ours(&bytes[..16]) && ours(&bytes[17..]);
        let link = body.windows(50).find(|bytes| is_link(bytes)).expect("the page shows the link");
        let link = std::str::from_utf8(link).expect("a link is UTF-8");
        self.links.borrow_mut().push(link.to_owned());
    }
}

/// Opens shares through the form.
pub struct FormOpen {
    pub links: Rc<std::cell::RefCell<Vec<String>>>,
}

impl FormOpen {
    pub fn connections(links: &Rc<std::cell::RefCell<Vec<String>>>, count: usize) -> Vec<Self> {
        (0..count).map(|_| Self { links: Rc::clone(links) }).collect()
    }
}

impl Workload for FormOpen {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        let Some(link) = self.links.borrow_mut().pop() else { return false };
        let (id, whole) = (&link[..16], format!("http://127.0.0.1:8000/s/{link}"));
        let claim = Claim::random().unwrap().expose();
        *request = form(&format!("/s/{id}"), &[("link", &whole), ("password", ""), ("nonce", &claim)]);
        true
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(body));
        assert!(holds(body, text().as_bytes()), "the page shows the message");
    }
}

/// Uploads or downloads the parts of a file.
pub struct Parts {
    pub bulk: Arc<Bulk>,
    pub next: Next,
    /// The claim. `None` for an upload.
    pub claim: Option<String>,
    n: u32,
}

impl Parts {
    pub fn connections(bulk: &Arc<Bulk>, claim: Option<&Claim>, count: usize) -> Vec<Self> {
        let next = Rc::new(Cell::new(1));
        let claim = claim.map(Claim::expose);
        let one = || Self { bulk: Arc::clone(bulk), next: Rc::clone(&next), claim: claim.clone(), n: 0 };
        (0..count).map(|_| one()).collect()
    }
}

impl Workload for Parts {
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool {
        self.n = u32::try_from(self.next.replace(self.next.get() + 1)).unwrap();
        if self.n >= self.bulk.parts {
            return false;
        }
        let path = format!("{}/parts/{}", self.bulk.share.path(), self.n);
        match &self.claim {
            Some(claim) => request.extend_from_slice(
                format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAuthorization: Bearer {claim}\r\n\r\n")
                    .as_bytes(),
            ),
            None => {
                let owner = self.bulk.share.owner.expose();
                let length = self.bulk.length();
                request.extend_from_slice(
                    format!(
                        "PUT {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAuthorization: Bearer {owner}\r\n\
                         Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n\r\n"
                    )
                    .as_bytes(),
                );
                self.bulk.write_part(self.n, request);
            }
        }
        true
    }

    fn check_response(&mut self, status: u16, body: &[u8]) {
        if self.claim.is_some() {
            assert!(status == 200 && self.bulk.is_part(self.n, body), "part {} is as it was sent", self.n);
        } else {
            assert_eq!(status, 204, "{}", String::from_utf8_lossy(body));
        }
    }
}
