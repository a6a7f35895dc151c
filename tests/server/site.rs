//! A running site on one store or on each, and helpers for requests.

use crate::client::{Client, Response, Share};
use crate::html::timeless;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::Claim;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::ops::Deref;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Timeout for anything that should happen soon, on a machine busy with other tests.
pub const SOON: Duration = Duration::from_secs(20);

/// A server, a client for it, and its Redis, if any.
pub struct Site {
    /// A client for the server.
    pub client: Client,
    /// The server.
    pub server: Server,
    /// Its Redis, if any.
    pub redis: Option<RedisServer>,
    /// Its part store, if it is a folder.
    pub files: Option<TempDir>,
    /// Its part store, if it is an object store.
    pub objects: Option<Objects>,
}

/// An object store that a test started.
pub struct Objects {
    /// Name of the stores, for messages.
    pub store: &'static str,
    /// Counts the objects.
    pub count: Box<dyn Fn() -> usize + Send + Sync>,
}

impl Site {
    /// Starts a site with the embedded store.
    pub fn embedded(options: Options) -> Self {
        let server = options.start();
        Self { client: Client::new(server.url()), server, redis: None, files: None, objects: None }
    }

    /// Starts a site with its own Redis.
    pub fn on_redis(options: Options) -> Self {
        Self::on(RedisServer::start(&[]), options)
    }

    /// Starts a site with this Redis.
    pub fn on(redis: RedisServer, options: Options) -> Self {
        let server = options.redis(redis.port()).start();
        Self { client: Client::new(server.url()), server, redis: Some(redis), files: None, objects: None }
    }

    /// Starts a site with its own Redis, and files in a folder.
    pub fn on_redis_and_a_folder(options: Options) -> Self {
        let files = TempDir::new().unwrap();
        let site = Self::on_redis(options.set("files_url", format!("file://{}", files.path().display())));
        Self { files: Some(files), ..site }
    }

    /// Waits until its part store, if it has one, holds no file of a share.
    pub fn has_no_files_soon(&self) {
        if let Some(files) = &self.files {
            until(SOON, "the files to be removed", || (files_in(files.path()) == 0).then_some(()));
        }
        if let Some(objects) = &self.objects {
            until(SOON, "the objects to be removed", || ((objects.count)() == 0).then_some(()));
        }
    }

    /// Name of the store, for messages.
    pub fn store(&self) -> &'static str {
        if let Some(objects) = &self.objects {
            return objects.store;
        }
        match (&self.redis, &self.files) {
            (None, _) => "embedded",
            (Some(_), None) => "Redis",
            (Some(_), Some(_)) => "Redis and a folder",
        }
    }
}

impl Deref for Site {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Runs a test on both stores in parallel.
pub fn on_both(options: fn() -> Options, test: impl Fn(&Site) + Sync) {
    thread::scope(|scope| {
        scope.spawn(|| test(&Site::embedded(options())));
        scope.spawn(|| test(&Site::on_redis(options())));
    });
}

/// Runs a test on both stores, and on Redis with files in a folder, in parallel.
pub fn on_every_store(options: fn() -> Options, test: impl Fn(&Site) + Sync) {
    thread::scope(|scope| {
        scope.spawn(|| on_both(options, &test));
        scope.spawn(|| test(&Site::on_redis_and_a_folder(options())));
    });
}

/// Counts the files of shares in the folder of a part store.
pub fn files_in(folder: &Path) -> usize {
    let hours = folder.read_dir().unwrap().filter_map(|entry| entry.unwrap().path().read_dir().ok());
    hours.map(Iterator::count).sum()
}

/// Polls until `look` returns a value; fails after `patience`.
pub fn until<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + patience;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < end, "timed out after {patience:?} waiting for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Creates a random claim.
pub fn claim() -> Claim {
    Claim::random().unwrap()
}

/// `N` random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// Encodes base64url without padding.
pub fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Encodes hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Decodes base64url without padding.
pub fn from_b64(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// Creates a share with a password without deriving a key: to the server the proof is any 32 bytes.
pub fn guarded(message: &str) -> Share {
    guarded_for(message, 3_600)
}

/// Like [`guarded`], for `lifetime` seconds.
pub fn guarded_for(message: &str, lifetime: u64) -> Share {
    let mut share = Share::with(message, None, lifetime);
    let proof: [u8; 32] = random();
    share.body["password_verifier"] = b64(&Sha256::digest(proof)).into();
    share.password_proof = Some(b64(&proof));
    share
}

/// Builds the body of `open`, with an optional password proof.
pub fn open_body(share: &Share, claim: &Claim, password_proof: Option<&str>) -> Value {
    let mut body = json!({ "open_proof": share.open_proof(), "claim": claim.expose() });
    if let Some(proof) = password_proof {
        body["password_proof"] = proof.into();
    }
    body
}

/// Opens a share with this password proof, or without one.
pub fn open_with(client: &Client, share: &Share, claim: &Claim, password_proof: Option<&str>) -> Response {
    let path = format!("{}/open", share.path());
    client.json("POST", &path, None, &open_body(share, claim, password_proof))
}

/// Opens a share with a wrong password.
pub fn guess(client: &Client, share: &Share) -> Response {
    open_with(client, share, &claim(), Some(&b64(&random::<32>())))
}

/// Returns the names of an object's members, sorted.
pub fn members(value: &Value) -> Vec<&str> {
    let object = value.as_object().unwrap_or_else(|| panic!("not an object: {value}"));
    let mut names: Vec<&str> = object.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Fails unless a response is uncacheable JSON with exactly these members.
#[track_caller]
pub fn is_json(response: &Response, status: u16, expected: &[&str]) {
    assert_eq!(response.status, status, "{}", response.text());
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert_eq!(response.header("content-length"), Some(response.body.len().to_string().as_str()));
    assert_eq!(members(&response.json()), expected);
}

/// Fails unless a response is this RFC 9457 problem, with exactly these members besides the common ones.
#[track_caller]
pub fn is_problem(response: &Response, status: u16, code: &str, extra: &[&str]) {
    assert_eq!((response.status, response.code().as_str()), (status, code), "{}", response.text());
    assert_eq!(response.header("content-type"), Some("application/problem+json"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let problem = response.json();
    assert_eq!(problem["status"], status);
    assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    let common = ["code", "detail", "status", "title", "type"];
    let mut beside: Vec<&str> = members(&problem).into_iter().filter(|name| !common.contains(name)).collect();
    beside.sort_unstable();
    assert_eq!(beside, extra, "{problem}");
}

/// Fails unless a response is 422 `invalid` for this member.
#[track_caller]
pub fn is_invalid(response: &Response, member: &str) {
    is_problem(response, 422, "invalid", &["member"]);
    assert_eq!(response.json()["member"], member);
}

/// Returns the seconds in `Retry-After`.
#[track_caller]
pub fn retry_after(response: &Response) -> u64 {
    response.header("retry-after").unwrap_or_else(|| panic!("no Retry-After: {}", response.text())).parse().unwrap()
}

/// Parses an API timestamp to Unix seconds; fails unless it is RFC 3339 in UTC.
#[track_caller]
pub fn moment(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_else(|| panic!("not a timestamp: {value}"));
    assert!(text.ends_with('Z'), "{text}");
    OffsetDateTime::parse(text, &Rfc3339).unwrap().unix_timestamp()
}

/// Current Unix time in seconds.
pub fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// The parts of a response that must match for two to be indistinguishable: all but the date.
pub fn bare(response: &Response) -> (u16, Vec<(String, String)>, String) {
    let headers = response.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
    (response.status, headers, timeless(&response.text()))
}

/// Fails unless all responses are identical apart from their dates; each comes with a label.
#[track_caller]
pub fn are_the_same(responses: &[(&str, Response)]) {
    let (first, expected) = &responses[0];
    for (what, response) in &responses[1..] {
        assert_eq!(bare(response), bare(expected), "{what} differs from {first}");
    }
}

/// Creates a share in every state, each with the state's name.
pub fn in_every_state(site: &Client) -> Vec<(&'static str, Share)> {
    let shares: Vec<(&'static str, Share)> = ["waiting", "guarded", "opened", "confirmed", "deleted", "uploading"]
        .into_iter()
        .map(|state| (state, if state == "guarded" { guarded("x") } else { Share::new("x") }))
        .collect();
    for (state, share) in &shares {
        let receiver = claim();
        if *state == "uploading" {
            let mut body = share.body.clone();
            (body["parts"], body["size"]) = (json!(2), json!(328));
            let created = site.json("PUT", &share.path(), Some(&share.owner.expose()), &body);
            assert_eq!((created.status, &created.json()["state"]), (201, &json!("uploading")), "{}", created.text());
            continue;
        }
        site.create(share);
        match *state {
            "opened" | "confirmed" => assert_eq!(site.open(share, &receiver).status, 200),
            "deleted" => assert_eq!(site.delete(share).status, 204),
            _ => {}
        }
        if *state == "confirmed" {
            assert_eq!(site.confirm(share, &receiver).status, 204);
        }
    }
    shares
}

/// Reads every file below a folder.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path.display().to_string(), bytes));
        }
    }
    found
}
