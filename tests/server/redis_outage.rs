//! Tests Redis outages: stopped, frozen, restarted with or without its data; and the visit counter.

use crate::client::{Client, Response, Share};
use crate::html::{h1, page};
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, is_problem, retry_after, until};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn visits(response: &Response) -> u64 {
    assert_eq!(response.status, 200, "{}", response.text());
    let text = response.text();
    let number = text.strip_prefix("Hello! This page has been seen ").unwrap().split(' ').next().unwrap();
    number.parse().unwrap()
}

#[test]
fn the_visit_counter_survives_a_server_restart_with_redis() {
    let mut redis = RedisServer::start(&[]);
    let start = || Options::default().redis(redis.port()).start();
    let mut server = start();
    let first = Client::new(server.url()).get("/test-redis");
    assert_eq!(first.text(), "Hello! This page has been seen 1 times. Redis is ALIVE.");
    assert_eq!(first.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(visits(&Client::new(server.url()).get("/test-redis")), 2);
    assert!(server.terminate().success());
    let mut server = start();
    assert_eq!(visits(&Client::new(server.url()).get("/test-redis")), 3);
    server.kill();
    let server = start();
    let client = Client::new(server.url());
    assert_eq!(visits(&client.get("/test-redis")), 4);
    assert_eq!(redis.ask::<i64>(&["TTL", "hit_counter"]), -1, "only the counter has no TTL");

    redis.restart(false);
    assert_eq!(visits(&recovered(&client)), 1, "the counter restarts after a data loss");
}

#[test]
fn the_visit_counter_survives_a_server_restart_with_the_embedded_store() {
    let folder = TempDir::new().unwrap();
    let start = || Options::default().data_dir(folder.path()).start();
    let mut server = start();
    let response = Client::new(server.url()).get("/test-redis");
    assert_eq!(visits(&response), 1);
    assert!(response.text().contains("embedded store"), "the text names the store: {}", response.text());
    assert!(server.terminate().success());
    let mut server = start();
    assert_eq!(visits(&Client::new(server.url()).get("/test-redis")), 2);
    server.kill();
    assert_eq!(visits(&Client::new(start().url()).get("/test-redis")), 3);
}

#[test]
fn concurrent_visits_are_all_counted() {
    crate::site::on_both(Options::default, |site| {
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..25).for_each(|_| assert!(visits(&site.get("/test-redis")) > 0)));
            }
        });
        assert_eq!(visits(&site.get("/test-redis")), 201);
    });
}

/// Returns the first good response after Redis is back; fails after two seconds.
fn recovered(client: &Client) -> Response {
    let response = until(Duration::from_secs(2), "the server to find Redis again", || {
        Some(client.get("/test-redis")).filter(|response| response.status == 200)
    });
    assert_eq!(client.get("/health/ready").status, 200);
    response
}

#[test]
fn the_counter_reports_a_stopped_redis_and_recovers_within_two_seconds() {
    let mut redis = RedisServer::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let server = Options::default().redis(redis.port()).start();
    let client = Client::new(server.url());
    let waiting = Share::new("through a restart");
    client.create(&waiting);
    assert_eq!(visits(&client.get("/test-redis")), 1);
    let mut figures = Vec::new();
    for round in 0..3 {
        redis.kill();
        let asked = Instant::now();
        for _ in 0..3 {
            let dead = client.get("/test-redis");
            assert_eq!(dead.status, 503);
            assert!(
                dead.text().starts_with("Redis Error: ") && dead.text().len() > "Redis Error: ".len(),
                "{}",
                dead.text()
            );
            assert_eq!(dead.header("content-type"), Some("text/plain; charset=utf-8"));
        }
        assert!(asked.elapsed() < Duration::from_secs(8), "{:?}", asked.elapsed());
        assert_eq!(client.get("/health/live").status, 200);
        let ready = client.get("/health/ready");
        assert_eq!((ready.status, ready.text().trim().split(' ').count()), (503, 1));
        redis.restart(true);
        let back = Instant::now();
        assert_eq!(visits(&recovered(&client)), round + 2);
        figures.push(back.elapsed());
    }
    assert_eq!(waiting.message_in(&client.open(&waiting, &claim())).as_deref(), Some("through a restart"));
    println!("recovered {figures:?} after Redis was back");
}

#[test]
fn a_server_starts_without_redis_and_becomes_ready_with_it() {
    let mut redis = RedisServer::start(&[]);
    redis.kill();
    let server = Options::default().redis(redis.port()).start();
    let client = Client::new(server.url());
    assert_eq!(client.get("/health/live").status, 200);
    assert_eq!(client.get("/health/ready").status, 503);
    assert_eq!(client.get("/").status, 200);
    assert_eq!(client.get("/test-redis").status, 503);
    redis.restart(true);
    assert_eq!(visits(&recovered(&client)), 1);
}

/// Sends every call and form that needs the store.
fn everything(client: &Client, share: &Share) -> Vec<(&'static str, Response)> {
    let receiver = claim();
    let fresh = Share::new("b");
    let (link, owner) = (share.link.url("http://x"), share.owner.expose());
    let path = format!("/s/{}", share.link.id);
    let mut responses = vec![
        ("create", client.put(&fresh)),
        ("peek", client.peek(share)),
        ("open", client.open(share, &receiver)),
        ("confirm", client.confirm(share, &receiver)),
        ("status", client.status(share)),
        ("delete", client.delete(share)),
    ];
    for accept in ["application/json", "text/html", "*/*"] {
        responses.push((accept, client.form("/", accept, &[("message", "hi")])));
        responses.push((accept, client.form(&path, accept, &[("link", &link)])));
        responses.push((accept, client.form("/status", accept, &[("owner", &owner)])));
        responses.push((accept, client.form("/status/delete", accept, &[("owner", &owner)])));
    }
    responses
}

#[track_caller]
fn all_get_503(server: &Server, responses: Vec<(&'static str, Response)>) {
    for (what, response) in responses {
        assert_eq!(response.status, 503, "{what}: {}", response.text());
        assert!((1..=60).contains(&retry_after(&response)), "{what}");
        match what {
            "text/html" => {
                let html = page(&response, 503);
                assert_eq!(h1(&html), "OneTimeShare is closed for now");
                for words in [
                    "Try again later.",
                    "Waiting links stay, but their end date does not move.",
                    "If you tell the site owner, say: ",
                ] {
                    assert!(html.contains(words), "{words}: {html}");
                }
                let name = html.split("say: ").nth(1).unwrap().split('<').next().unwrap().trim();
                assert!(name.len() >= 6);
                server.log.wait_for(name);
            }
            "*/*" => assert_eq!(response.text(), "Try again later. It is safe.\n"),
            _ => is_problem(&response, 503, "unavailable", &[]),
        }
    }
}

#[test]
fn during_a_redis_outage_every_route_answers_503_and_nothing_is_lost() {
    let mut redis = RedisServer::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let server = Options::default().redis(redis.port()).start();
    let client = Client::new(server.url());
    let (share, opened, receiver) = (Share::new("kept"), Share::new("kept, too"), claim());
    client.create(&share);
    client.create(&opened);
    assert_eq!(client.open(&opened, &receiver).status, 200);
    redis.kill();
    all_get_503(&server, everything(&client, &share));
    assert_eq!(client.get("/").status, 200, "pages that need no store still work");
    redis.restart(true);
    until(SOON, "the store", || (client.get("/health/ready").status == 200).then_some(()));
    assert_eq!(client.peek(&share).json()["state"], "waiting");
    assert_eq!(client.open(&opened, &claim()).status, 410, "an opened share is not reopened");
    assert_eq!(opened.message_in(&client.open(&opened, &receiver)).as_deref(), Some("kept, too"));
    assert_eq!(share.message_in(&client.open(&share, &claim())).as_deref(), Some("kept"));
}

#[test]
fn a_frozen_redis_delays_no_request_beyond_its_timeout() {
    let site = Site::on_redis(Options::default().set("redis_timeout", 1));
    let redis = site.redis.as_ref().unwrap();
    let share = Share::new("a");
    site.create(&share);
    redis.freeze();
    let asked = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let began = Instant::now();
                let response = site.peek(&share);
                assert_eq!(response.status, 503, "{}", response.text());
                assert!(retry_after(&response) >= 1);
                assert!(began.elapsed() < Duration::from_millis(2_500), "{:?}", began.elapsed());
            });
        }
    });
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(site.get("/health/live").status, 200);
    assert!(site.get("/test-redis").text().starts_with("Redis Error: "));
    redis.thaw();
    recovered(&site);
    assert_eq!(site.peek(&share).json()["state"], "waiting");
    assert_eq!(share.message_in(&site.open(&share, &claim())).as_deref(), Some("a"));
}

#[test]
fn a_long_poll_gets_503_when_redis_stops() {
    let mut site = Site::on_redis(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let seen = site.status(&share).header("etag").unwrap().replace('"', "%22");
    let mut connection = crate::raw_http::RawConnection::to(site.server.port);
    let authorization = format!("Authorization: Bearer {}", share.owner.expose());
    let request = crate::raw_http::head("GET", &format!("{}?wait=30&seen={seen}", share.path()), &[&authorization]);
    connection.write(request.as_bytes());
    assert!(connection.is_silent(Duration::from_millis(300)));
    site.redis.as_mut().unwrap().kill();
    let asked = Instant::now();
    is_problem(&connection.response().unwrap(), 503, "unavailable", &[]);
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_ten_second_share_opens_at_once_and_is_expired_after_eleven() {
    let options = || Options::default().set("lifetimes", "[10, 3600]").set("default_lifetime", 3_600);
    crate::site::on_both(options, |site| {
        let (read, unread) = (Share::with("at once", None, 10), Share::with("never", None, 10));
        let began = Instant::now();
        site.create(&read);
        site.create(&unread);
        assert_eq!(read.message_in(&site.open(&read, &claim())).as_deref(), Some("at once"));
        assert_eq!(site.peek(&unread).json()["state"], "waiting");
        until(Duration::from_secs(11), "the end of ten seconds", || {
            let state = site.peek(&unread).json()["state"].clone();
            (state == "expired").then_some(())
        });
        let lived = began.elapsed();
        assert!(lived >= Duration::from_millis(9_900) && lived < Duration::from_secs(11), "{lived:?}");
        let late = site.open(&unread, &claim());
        is_problem(&late, 410, "gone", &["at", "state"]);
        assert_eq!(late.json()["state"], "expired");
        let fields = [("link", unread.link.url(&site.base)), ("nonce", claim().expose())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let html = page(&site.form(&format!("/s/{}", unread.link.id), "text/html", &fields), 404);
        assert_eq!(h1(&html), "Time ran out");
        assert!(html.contains("Nobody opened it."));
        assert_eq!(
            h1(&page(&site.form("/status", "text/html", &[("owner", &unread.owner.expose())]), 200)),
            "Time ran out"
        );
        assert_eq!(site.status(&unread).json()["state"], "expired");
        assert_eq!(site.delete(&unread).status, 204, "deleting an expired share succeeds");
        assert_eq!(site.status(&unread).json()["state"], "expired");
        assert_eq!(site.put(&unread).json()["state"], "expired", "a repeated create does not revive the share");
        if let Some(redis) = &site.redis {
            let parts: i64 = redis.ask(&["EXISTS", &format!("share:{{{}}}:0", unread.link.id)]);
            assert_eq!(parts, 0, "its ciphertext is deleted");
        }
        println!("{}: expired {lived:?} after its creation", site.store());
    });
}
