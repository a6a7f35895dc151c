//! Tests request bodies that are too long, truncated, of the wrong type or of unknown length.

use crate::client::{Response, Share};
use crate::embedded_files;
use crate::raw_http::{RawConnection, head, json_request};
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{Site, is_problem, on_both};
use std::time::{Duration, Instant};

const MIB: usize = 1024 * 1024;

/// Sends a body as instructed and reads the response, which must arrive.
fn upload(server: &Server, head: &str, body: impl FnOnce(&mut RawConnection)) -> Response {
    let mut connection = RawConnection::to(server.port);
    connection.write(head.as_bytes());
    body(&mut connection);
    connection.response().expect("a client that sent everything gets a response")
}

fn chunked(connection: &mut RawConnection, bytes: usize) {
    let chunk = vec![b' '; 64 * 1024];
    for _ in 0..bytes / chunk.len() {
        connection.write(b"10000\r\n").write(&chunk).write(b"\r\n");
    }
    connection.write(b"0\r\n\r\n");
}

#[test]
fn an_oversized_body_gets_413_on_every_route_that_takes_one() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        site.create(&share);
        let fresh = Share::new("b");
        let owner = format!("Authorization: Bearer {}", fresh.owner.expose());
        let (json, form) = ("Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded");
        let page = format!("/s/{}", share.link.id);
        let (peek, open) = (format!("{}/peek", share.path()), format!("{}/open", share.path()));
        let create = fresh.path();
        for (method, path, kind, size) in [
            ("PUT", create.as_str(), json, 3 * MIB),
            ("PUT", create.as_str(), json, 8 * MIB),
            ("POST", peek.as_str(), json, 3 * MIB),
            ("POST", open.as_str(), json, 3 * MIB),
            ("POST", "/", form, 5 * MIB),
            ("POST", page.as_str(), form, 3 * MIB),
            ("POST", "/status", form, 3 * MIB),
            ("POST", "/status/delete", form, 3 * MIB),
        ] {
            let length = format!("Content-Length: {size}");
            let response = upload(&site.server, &head(method, path, &[kind, &owner, &length]), |connection| {
                connection.write(&vec![b' '; size]);
            });
            assert_eq!(response.status, 413, "{method} {path}: {}", response.text());
            if kind == json {
                is_problem(&response, 413, "too_large", &[]);
            }
        }
        assert_eq!(site.status(&fresh).status, 404, "nothing was stored");
        assert_eq!(site.peek(&share).json()["state"], "waiting");
    });
}

#[test]
fn an_oversized_chunked_body_is_drained_before_the_413() {
    on_both(Options::default, |site| {
        let fresh = Share::new("b");
        let owner = format!("Authorization: Bearer {}", fresh.owner.expose());
        let chunks = "Transfer-Encoding: chunked";
        let request = head("PUT", &fresh.path(), &["Content-Type: application/json", &owner, chunks]);
        is_problem(
            &upload(&site.server, &request, |connection| chunked(connection, 8 * MIB)),
            411,
            "length_needed",
            &[],
        );
        let small = upload(&site.server, &request, |connection| {
            let body = fresh.body.to_string();
            connection.write(format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()).as_bytes());
        });
        is_problem(&small, 411, "length_needed", &[]);
        assert_eq!(site.status(&fresh).status, 404);
        let form = head("POST", "/", &["Content-Type: application/x-www-form-urlencoded", chunks]);
        assert_eq!(upload(&site.server, &form, |connection| chunked(connection, 8 * MIB)).status, 413);
        for path in ["/nowhere", "/api/v1/nowhere", "/about"] {
            let request = head("POST", path, &["Content-Type: application/json", chunks]);
            assert_eq!(upload(&site.server, &request, |connection| chunked(connection, 8 * MIB)).status, 404, "{path}");
        }
    });
}

#[test]
fn draining_a_refused_body_stops_after_ten_seconds() {
    let site = Site::embedded(Options::default());
    let fresh = Share::new("b");
    let mut connection = RawConnection::to(site.server.port);
    let length = format!("Content-Length: {}", 12 * MIB);
    let owner = format!("Authorization: Bearer {}", fresh.owner.expose());
    connection.write(head("PUT", &fresh.path(), &["Content-Type: application/json", &owner, &length]).as_bytes());
    connection.write(&vec![b' '; 2 * MIB]);
    let began = Instant::now();
    let response = connection.response().expect("a response");
    assert_eq!(response.status, 413);
    assert!((9..13).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[test]
fn a_truncated_body_stores_nothing() {
    on_both(Options::default, |site| {
        let share = Share::new("cut");
        let request = json_request("PUT", &share.path(), Some(&share.owner.expose()), &share.body.to_string());
        let body_at = request.find("\r\n\r\n").unwrap() + 4;
        let mut cuts = 0;
        for cut in (body_at..request.len()).step_by(29) {
            let mut connection = RawConnection::to(site.server.port);
            connection.write(&request.as_bytes()[..cut]).end();
            if let Some(response) = connection.response() {
                is_problem(&response, 400, "malformed", &[]);
            }
            cuts += 1;
        }
        assert_eq!(site.status(&share).status, 404, "nothing was stored");
        if site.redis.is_none() {
            assert_eq!(embedded_files::parts_kept(&site.server.data_dir), 0);
        }
        site.create(&share);
        println!("{}: a create truncated at {cuts} offsets, nothing stored", site.store());

        let form = "message=half+of+it&lifetime=3600";
        let length = format!("Content-Length: {}", form.len() + 20);
        let mut connection = RawConnection::to(site.server.port);
        let kind = "Content-Type: application/x-www-form-urlencoded";
        connection.write(head("POST", "/", &[kind, &length]).as_bytes()).write(form.as_bytes()).end();
        if let Some(response) = connection.response() {
            assert_eq!(response.status, 400);
        }
        let boundary = "--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhalf of it";
        let kind = ("Content-Type", "multipart/form-data; boundary=x");
        assert_eq!(site.send("POST", "/", &[kind], Some(boundary.as_bytes())).status, 400, "no closing boundary");
    });
}

#[test]
fn a_body_of_another_type_gets_415() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        let waiting = Share::new("b");
        site.create(&waiting);
        let bearer = format!("Bearer {}", share.owner.expose());
        let body = share.body.to_string();
        let kinds = [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=x"),
            Some("application/octet-stream"),
            Some("text/json"),
            Some("application/jsonp"),
            Some(""),
            Some("json"),
        ];
        for kind in kinds {
            let mut headers = vec![("Authorization", bearer.as_str())];
            headers.extend(kind.map(|kind| ("Content-Type", kind)));
            is_problem(&site.send("PUT", &share.path(), &headers, Some(body.as_bytes())), 415, "wrong_type", &[]);
            for rest in ["peek", "open"] {
                let path = format!("{}/{rest}", waiting.path());
                is_problem(&site.send("POST", &path, &headers, Some(b"{}")), 415, "wrong_type", &[]);
            }
        }
        for kind in ["text/plain", "application/json"] {
            for path in ["/", "/status", "/status/delete", &format!("/s/{}", waiting.link.id)] {
                let headers = [("Content-Type", kind), ("Accept", "text/html")];
                assert_eq!(site.send("POST", path, &headers, Some(b"message=hi")).status, 415, "{path} {kind}");
            }
        }
        assert_eq!(site.status(&share).status, 404);
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "Application/JSON; charset=UTF-8")];
        assert_eq!(site.send("PUT", &share.path(), &headers, Some(body.as_bytes())).status, 201);
    });
}

#[test]
fn invalid_json_gets_400() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    let bearer = format!("Bearer {}", share.owner.expose());
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let good = share.body.to_string();
    let deep = "[".repeat(100_000);
    let late = format!("{good} x");
    let twice = format!("{good}{good}");
    let marked = format!("\u{feff}{good}");
    let bodies: [&[u8]; 12] = [
        b"",
        b" ",
        b"{",
        b"not json",
        b"{\"version\": 1,}",
        b"{'version': 1}",
        b"{\"version\": \"\xff\"}",
        b"{\"part0\": \"\\ud800\"}",
        deep.as_bytes(),
        late.as_bytes(),
        twice.as_bytes(),
        marked.as_bytes(),
    ];
    for body in bodies {
        let response = site.send("PUT", &share.path(), &headers, Some(body));
        is_problem(&response, 400, "malformed", &[]);
    }
    assert_eq!(site.status(&share).status, 404);
    assert_eq!(site.send("PUT", &share.path(), &headers, Some(good.as_bytes())).status, 201);
}

#[test]
fn an_invalid_id_is_refused_without_a_store_call() {
    let mut redis = RedisServer::start(&[]);
    let server = Options::default().redis(redis.port()).start();
    let site = crate::client::Client::new(server.url());
    let share = Share::new("a");
    redis.kill();
    let other = Share::new("b");
    let asked = Instant::now();
    let refused = site.json("PUT", &other.path(), Some(&share.owner.expose()), &share.body);
    crate::site::is_invalid(&refused, "id");
    assert!(asked.elapsed() < Duration::from_secs(1));
    assert_eq!(site.put(&share).status, 503, "a valid id reaches the store");
}
