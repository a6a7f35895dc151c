//! Tests the limits per client address.

use crate::client::{Client, Response, Share};
use crate::html::{h1, page};
use crate::server::Options;
use crate::site::{SOON, Site, claim, until};
use crate::table::row;
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Burst sizes for creates and reads, as in `src/web/limits.rs`.
const CREATES: usize = 600;
const ASKS: usize = 1_200;

fn limited() -> Options {
    Options::default().set("limits_per_address", true)
}

fn behind_proxy() -> Options {
    limited().set("trusted_proxies", "[\"127.0.0.0/8\"]")
}

/// Repeats a request until it is refused; returns how often it succeeded, and the refusal.
fn until_refused(most: usize, mut ask: impl FnMut() -> Response) -> (usize, Response) {
    for done in 0..most {
        let response = ask();
        if response.status == 429 {
            return (done, response);
        }
    }
    panic!("not refused after {most} requests");
}

fn seconds(refused: &Response) -> u64 {
    refused.header("retry-after").unwrap().parse().unwrap()
}

/// Sends a peek request with forwarding headers, as a proxy does.
fn peek_for(client: &Client, share: &Share, forwarded: &[&str]) -> Response {
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend(forwarded.iter().map(|line| ("X-Forwarded-For", *line)));
    let body = json!({ "open_proof": share.open_proof() }).to_string();
    client.send("POST", &format!("{}/peek", share.path()), &headers, Some(body.as_bytes()))
}

#[test]
fn creates_over_the_limit_get_429_and_store_nothing() {
    let site = Site::embedded(behind_proxy());
    let began = Instant::now();
    let mut last = None;
    let (made, refused) = until_refused(CREATES * 2, || {
        let share = Share::new("one of many");
        let response = site.put(&share);
        last = Some(share);
        response
    });
    let came_back = usize::try_from(began.elapsed().as_secs()).unwrap() / 10 + 1;
    assert!((CREATES..=CREATES + came_back).contains(&made), "{made}");
    assert_eq!(refused.code(), "slow_down");
    assert!((1..=10).contains(&seconds(&refused)), "{}", seconds(&refused));
    assert_eq!(site.peek(&last.unwrap()).status, 404, "nothing was created");

    // The address gets a request back every ten seconds.
    let form = |accept| until_refused(2, || site.form("/", accept, &[("message", "by a form or by curl")])).1;
    let html = page(&form("text/html"), 429);
    assert_eq!(h1(&html), "Too many tries");
    assert!(html.contains("Wait 1 minute, then try again."), "{html}");
    assert_eq!(form("*/*").text(), "Wait, then try again.\n");

    // Other clients and pages are not affected.
    let share = Share::new("from elsewhere");
    let bearer = format!("Bearer {}", share.owner.expose());
    let headers =
        [("Content-Type", "application/json"), ("Authorization", &*bearer), ("X-Forwarded-For", "198.51.100.7")];
    let created = site.send("PUT", &share.path(), &headers, Some(share.body.to_string().as_bytes()));
    assert_eq!(created.status, 201, "{}", created.text());
    for path in ["/", "/about", "/s/x", "/health/ready", "/api/v1/site"] {
        assert_eq!(site.get(path).status, 200, "{path}");
    }
}

#[test]
fn requests_over_the_limit_get_429_and_consume_nothing() {
    let site = Site::embedded(behind_proxy());
    let share = Share::new("still here");
    site.create(&share);
    let began = Instant::now();
    let (asked, refused) = until_refused(ASKS * 4, || site.peek(&share));
    let came_back = usize::try_from(began.elapsed().as_millis()).unwrap() / 250 + 1;
    assert!((ASKS..=ASKS + came_back).contains(&asked), "{asked}");
    assert_eq!(seconds(&refused), 1);
    let (_, refused) = until_refused(ASKS, || site.open(&share, &claim()));
    assert_eq!(refused.code(), "slow_down");
    // One of these may have succeeded with a claim that no client holds any more: then the share was opened, once.
    let now = peek_for(&site, &share, &["203.0.113.1"]);
    assert_eq!(now.status, 200);
    let fresh = Share::new("seen from elsewhere");
    site.create(&fresh);
    let (_, _) = until_refused(ASKS, || site.status(&fresh));
    assert_eq!(peek_for(&site, &fresh, &["203.0.113.1"]).json()["state"], "waiting");
    let (_, refused) = until_refused(ASKS, || site.form("/status", "text/html", &[("owner", &fresh.owner.expose())]));
    assert_eq!(h1(&page(&refused, 429)), "Too many tries");
}

#[test]
fn clients_behind_a_trusted_proxy_are_limited_separately() {
    let site = Site::embedded(behind_proxy());
    let share = Share::new("looked at by many");
    site.create(&share);
    for n in 0..ASKS + 60 {
        let visitor = format!("198.51.{}.{}", n / 250, n % 250);
        assert_eq!(peek_for(&site, &share, &[&visitor]).status, 200, "{visitor}");
    }
    // All addresses in an IPv6 /64 count as one client, whatever stands to the left of the address.
    let began = Instant::now();
    let mut n = 0;
    let (asked, _) = until_refused(ASKS * 4, || {
        n += 1;
        peek_for(&site, &share, &["192.0.2.1", &format!("10.9.9.{}, [2001:db8:1:2::{n:x}]:4711", n % 250)])
    });
    let came_back = usize::try_from(began.elapsed().as_millis()).unwrap() / 250 + 1;
    assert!((ASKS..=ASKS + came_back).contains(&asked), "{asked}");
    assert_eq!(peek_for(&site, &share, &["2001:db8:1:3::1"]).status, 200);
}

#[test]
fn forwarding_headers_of_untrusted_peers_are_ignored() {
    const SPOOFED: usize = 10_000;
    // The peer is 127.0.0.1, which is not trusted.
    let site = Site::embedded(limited().set("trusted_proxies", "[\"10.0.0.0/8\", \"192.0.2.0/24\"]"));
    let share = Share::new("not for many");
    site.create(&share);
    let began = Instant::now();
    until_refused(ASKS * 4, || site.peek(&share));
    let (mut refused, mut passed) = (0, 0);
    for n in 0..SPOOFED {
        let pseudo_locale_tour = format!("{}.{}.{}.{}", n % 223 + 1, n / 7 % 256, n / 3 % 256, n % 256);
        let line = match n % 4 {
            0 => pseudo_locale_tour,
            1 => format!("{pseudo_locale_tour}, 10.0.0.1"),
            2 => format!("10.0.0.1, {pseudo_locale_tour}:99, 192.0.2.8"),
            _ => format!("[2001:db8::{n:x}]"),
        };
        match peek_for(&site, &share, &[&line]).status {
            429 => refused += 1,
            200 => passed += 1,
            other => panic!("{other}"),
        }
    }
    let came_back = usize::try_from(began.elapsed().as_millis()).unwrap() / 250 + 1;
    row(
        "spoofed X-Forwarded-For",
        format!("{SPOOFED} sent, {refused} refused, {passed} within the address's own quota"),
    );
    assert_eq!(refused + passed, SPOOFED);
    assert!(passed <= came_back, "{passed}, {came_back}");
    until(SOON, "one warning about a possibly missing trusted proxy", || {
        (site.server.log.text().matches("X-Forwarded-For").count() == 1).then_some(())
    });
    assert!(!site.server.log.text().contains("2001:db8"), "the log contains no address");
}

/// Creates the metadata of a share with one file in `parts` parts of 1 MiB.
fn with_parts(parts: u64) -> Share {
    let mut share = Share::new("with parts");
    share.body["parts"] = (parts + 1).into();
    share.body["size"] = (parts * 983_040).into();
    share
}

/// Opens a connection, announces a body and sends its beginning.
fn begin(site: &Site, method: &str, path: &str, kind: &str, token: &str, length: usize) -> TcpStream {
    let mut connection = TcpStream::connect(("127.0.0.1", site.server.port)).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {length}\r\n\r\n                    "
    );
    connection.write_all(head.as_bytes()).unwrap();
    connection
}

#[test]
fn concurrent_parts_per_address_are_limited() {
    // A size limit high enough that nothing is refused for its size.
    let site = Site::embedded(limited().set("max_size", 1 << 30));
    let share = with_parts(2);
    site.create(&share);
    let path = format!("{}/parts/1", share.path());
    let token = share.owner.expose();
    let mut open = Vec::new();
    let refused = until(SOON, "the seventeenth request to be refused", || {
        // More than sixteen, because the status request may take a place before one of them does; restarted each time,
        // because idle connections are closed.
        open = (0..24).map(|_| begin(&site, "PUT", &path, "application/octet-stream", &token, 983_040)).collect();
        let response = site.put_part(&share, 2, &vec![7; 983_040]);
        (response.status == 429).then_some(response)
    });
    assert_eq!((refused.code().as_str(), seconds(&refused)), ("slow_down", 2));
    drop(open);
    until(SOON, "a free place", || (site.put_part(&share, 2, &vec![7; 983_040]).status == 204).then_some(()));
}

#[test]
fn bytes_per_address_and_hour_are_limited() {
    let site = Site::embedded(limited().set("max_size", 2 << 20));
    let share = with_parts(2);
    site.create(&share);
    // The minimum budget is 64 MiB, of which the create used a little.
    let bytes = vec![7; 983_040];
    let (sent, refused) = until_refused(80, || site.put_part(&share, 1, &bytes));
    assert!((66..=68).contains(&sent), "{sent}");
    assert_eq!(refused.code(), "slow_down");
    assert!((1..=3600).contains(&seconds(&refused)));

    // A form of unannounced length is charged as it arrives.
    let mut connection = TcpStream::connect(("127.0.0.1", site.server.port)).unwrap();
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n";
    connection.write_all(head.as_bytes()).unwrap();
    let mut chunk = |bytes: &[u8]| {
        connection.write_all(format!("{:x}\r\n", bytes.len()).as_bytes()).unwrap();
        connection.write_all(bytes).unwrap();
        connection.write_all(b"\r\n").unwrap();
    };
    chunk(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n");
    chunk(&bytes);
    chunk(&bytes[..1 << 19]);
    chunk(b"\r\n--x--\r\n");
    connection.write_all(b"0\r\n\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 429 "), "{response}");
    assert!(response.contains("\"slow_down\""), "{response}");
}

#[test]
fn a_body_below_the_minimum_rate_is_aborted() {
    let site = Site::embedded(Options::default());
    let share = Share::new("slow");
    let mut connection = begin(&site, "PUT", &share.path(), "application/json", &share.owner.expose(), 1_000);
    let began = Instant::now();
    connection.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut response = [0; 1024];
    // An occasional byte keeps the connection from being idle.
    let length = loop {
        match connection.read(&mut response) {
            Ok(length) => break length,
            Err(_) => drop(connection.write_all(b" ")),
        }
        assert!(began.elapsed() < Duration::from_secs(30), "the body is still being read");
    };
    assert!(began.elapsed() > Duration::from_secs(8), "{:?}: slow starts are tolerated", began.elapsed());
    let response = String::from_utf8_lossy(&response[..length]).into_owned();
    assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
    assert_eq!(site.peek(&share).status, 404);
}
