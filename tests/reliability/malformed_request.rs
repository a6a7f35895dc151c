//! Generates malformed requests from pieces of valid ones and of known attacks.

use crate::client::Share;
use crate::rng::Rng;

const METHODS: &[&str] = &[
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "CONNECT",
    "PRI",
    "get",
    "G\0T",
    "",
    "GÉT",
    "POST POST",
    "\tGET",
    "LONGLONGLONGLONGLONGLONGLONGLONGLONGLONG",
];
const VERSIONS: &[&str] = &[
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/2.0",
    "HTTP/0.9",
    "HTTP/1.9",
    "http/1.1",
    "HTTP/",
    "",
    "HTTP/1.1 x",
];
const ENDS: &[&str] = &["\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\n\r", "\r\r\n", "\0\r\n"];
const HEADERS: &[&str] = &[
    "Host: localhost",
    "Host:",
    "Host: a\r\nHost: b",
    "Host: [::1",
    "Host: \u{0}",
    "Host: evil.example/../x",
    "Accept: text/html",
    "Accept: application/json",
    "Accept: \u{ff}\u{fe}",
    "Accept-Language: de;q=9,en;q=-1,*;q=nan",
    "Accept-Encoding: br;q=0,gzip;q=\"",
    "Content-Type: application/json",
    "Content-Type: application/octet-stream",
    "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: multipart/form-data; boundary=",
    "Content-Type: multipart/form-data; boundary=\"",
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Type: \u{0}/\u{1}",
    "Content-Length: 0",
    "Content-Length: 5",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 5, 5",
    "Content-Length: -1",
    "Content-Length: +5",
    "Content-Length: 0x5",
    "Content-Length: 18446744073709551615",
    "Content-Length: 99999999999999999999999999",
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding:\u{b}chunked",
    "X: x\r\n Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Authorization: Bearer",
    "Authorization: Bearer 0123456789abcdefghjkmnpqrstvwxyz",
    "Authorization: Basic \u{ff}",
    "Connection: close",
    "Connection: keep-alive, upgrade",
    "Upgrade: h2c",
    "Upgrade: websocket",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Range: bytes=0-0,1-1,-1",
    "If-None-Match: *",
    "Origin: null",
    "Origin: https://evil.example",
    "Sec-Fetch-Site: cross-site",
    "Cookie: a=b; c",
    "X-Forwarded-For: 1.2.3.4, ::1, [, \"\", 999.0.0.1",
    "Forwarded: for=\"[2001:db8::1]:99999\"",
    "X-HTTP-Method-Override: DELETE",
    "Trailer: X\r\nTE: trailers",
    ": no name",
    "no colon",
    "bad name: x",
    "\u{0}: x",
    "X: \u{0}",
    " folded",
    "(): {}",
];

/// Input for the generator.
pub struct Target<'s> {
    /// A share that must stay unchanged.
    pub share: &'s Share,
}

/// Generates one or several requests for a connection; also returns whether the first is a HEAD, whose response has no
/// body.
pub fn malformed(rng: &mut Rng, target: &Target<'_>) -> (Vec<u8>, bool) {
    let mut bytes = one(rng, target);
    if rng.percent(15) {
        // Pipelined, or smuggled behind a body with two conflicting lengths.
        bytes.extend(one(rng, target));
    }
    if rng.percent(30) {
        scramble(rng, &mut bytes);
    }
    if rng.percent(20) {
        let at = rng.below(bytes.len() + 1);
        bytes.truncate(at);
    }
    let head = bytes.starts_with(b"HEAD");
    (bytes, head)
}

fn one(rng: &mut Rng, target: &Target<'_>) -> Vec<u8> {
    if rng.percent(4) {
        let length = 1 + rng.below(600);
        return rng.bytes(length);
    }
    let mut bytes = Vec::new();
    let method = *rng.pick(METHODS);
    bytes.extend_from_slice(method.as_bytes());
    bytes.push(if rng.percent(95) { b' ' } else { b'\t' });
    bytes.extend(path(rng, target));
    bytes.push(b' ');
    bytes.extend_from_slice(rng.pick(VERSIONS).as_bytes());
    let end = if rng.percent(85) { "\r\n" } else { *rng.pick(ENDS) };
    bytes.extend_from_slice(end.as_bytes());
    if rng.percent(80) {
        bytes.extend_from_slice(b"Host: localhost\r\n");
    }
    for _ in 0..rng.below(7) {
        bytes.extend_from_slice(rng.pick(HEADERS).as_bytes());
        let end = if rng.percent(92) { "\r\n" } else { *rng.pick(ENDS) };
        bytes.extend_from_slice(end.as_bytes());
    }
    match rng.below(100) {
        0 => bytes.extend(format!("X-Long: {}\r\n", "a".repeat(1_000 << rng.below(9))).into_bytes()),
        1 => (0..50 << rng.below(6)).for_each(|n| bytes.extend(format!("X-{n}: y\r\n").into_bytes())),
        2 => bytes.extend(format!("{}: z\r\n", "n".repeat(1_000 << rng.below(7))).into_bytes()),
        _ => {}
    }
    let body = body(rng, target);
    if rng.percent(60) {
        bytes.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend(body);
    bytes
}

fn path(rng: &mut Rng, target: &Target<'_>) -> Vec<u8> {
    let id = target.share.link.id.to_string();
    let share = target.share.path();
    let known = [
        "/".to_owned(),
        "/about".to_owned(),
        "/status".to_owned(),
        "/status/delete".to_owned(),
        "/test-redis".to_owned(),
        "/health/ready".to_owned(),
        "/robots.txt".to_owned(),
        "/api/v1/site".to_owned(),
        format!("/s/{id}"),
        format!("/s/{id}%23{}", "1".repeat(33)),
        format!("/s/{id}/files/1"),
        share.clone(),
        format!("{share}?wait=30&seen=x"),
        format!("{share}?wait=-1"),
        format!("{share}/peek"),
        format!("{share}/open"),
        format!("{share}/confirm"),
        format!("{share}/complete"),
        format!("{share}/parts"),
        format!("{share}/parts/4294967296"),
        format!("{share}/parts/-1"),
        "*".to_owned(),
        "http://evil.example/".to_owned(),
        "//evil.example".to_owned(),
        "/../../etc/passwd".to_owned(),
        "/static/..%2f..%2fCargo.toml".to_owned(),
        "/%".to_owned(),
        "/%00".to_owned(),
        "/%ff%fe".to_owned(),
        "/s/\u{0}".to_owned(),
        "/s/é".to_owned(),
        String::new(),
        "relative".to_owned(),
        "/?%".to_owned(),
    ];
    match rng.below(50) {
        0 => format!("/{}", "a/".repeat(500 << rng.below(7))).into_bytes(),
        1 => {
            let length = rng.below(40);
            [b"/".to_vec(), rng.bytes(length)].concat()
        }
        2 => format!("/?{}", "a=b&".repeat(100 << rng.below(7))).into_bytes(),
        _ => rng.pick(&known).clone().into_bytes(),
    }
}

fn body(rng: &mut Rng, target: &Target<'_>) -> Vec<u8> {
    let create = target.share.body.to_string();
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n";
    match rng.below(16) {
        0..=5 => Vec::new(),
        6 => b"{}".to_vec(),
        7 => b"{\"open_proof\":null,\"open_proof\":1}".to_vec(),
        8 => format!("{}{}", "[".repeat(1 << rng.below(12)), "]".repeat(4)).into_bytes(),
        9 => create.into_bytes(),
        10 => create.replace("328", "-0").replace('1', "1e999").into_bytes(),
        11 => format!("{}--x--\r\n", multipart.repeat(1 + rng.below(3))).into_bytes(),
        12 => {
            format!("{multipart}--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"../\0\"\r\n\r\nabc")
                .into_bytes()
        }
        13 => b"message=%ff%fe&nonce=%&link&&&=&password=".to_vec(),
        14 => {
            let sizes = ["5", "0", "ffffffffffffffff", "-1", "5;x=\"", "", "5 "];
            format!("{}\r\nhello\r\n{}\r\n\r\n", rng.pick(&sizes), rng.pick(&sizes)).into_bytes()
        }
        _ => {
            let length = rng.below(3_000);
            rng.bytes(length)
        }
    }
}

/// Mutates a few bytes: replacements, deletions, repeats.
fn scramble(rng: &mut Rng, bytes: &mut Vec<u8>) {
    for _ in 0..=rng.below(6) {
        if bytes.is_empty() {
            return;
        }
        let at = rng.below(bytes.len());
        match rng.below(5) {
            0 => bytes[at] = 0,
            1 => bytes[at] = rng.number().to_le_bytes()[0],
            2 => {
                bytes.remove(at);
            }
            3 => bytes.insert(at, *rng.pick(b"\r\n\0: \x80\xff")),
            _ => {
                let end = (at + 1 + rng.below(30)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}
