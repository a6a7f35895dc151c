//! Tests the pages for operators against visitors: `/test-redis` tells nothing and is limited, and `/metrics` and the
//! health pages answer exactly their path.

use crate::client::Client;
use crate::nginx::Nginx;
use crate::raw_http::{RawConnection, head};
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, Site, moment, now, on_both, until};

/// Ways to write a path that a router may take for the path itself.
fn variants(path: &str) -> Vec<String> {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let first = name.as_bytes()[0];
    vec![
        format!("{path}/"),
        format!("{path}//"),
        format!("/{path}"),
        format!("{parent}//{name}"),
        format!("{parent}/%{first:02x}{}", &name[1..]),
        format!("{path}%2f"),
        format!("%2f{}", &path[1..]),
        format!("{parent}/./{name}"),
        format!("/x/..{path}"),
        path.to_uppercase(),
    ]
}

fn status_of(port: u16, path: &str) -> u16 {
    let mut connection = RawConnection::to(port);
    connection.write(head("GET", path, &["Connection: close"]).as_bytes());
    connection.response().map_or(0, |response| response.status)
}

#[test]
fn metrics_and_health_pages_answer_exactly_their_path() {
    let site = Site::embedded(Options::default().set("metrics", true));
    let own = Site::embedded(Options::default().set("metrics_address", "127.0.0.1:0"));
    let own_port = until(SOON, "the port of the metrics", || {
        let log = own.server.log.text();
        log.split_once("metrics at http://127.0.0.1:")?.1.split_once("/metrics")?.0.parse().ok()
    });
    let based = Site::embedded(Options::default().set("metrics", true).set("public_url", "https://share.example/base"));
    let mut tried = 0;
    for (port, path) in [
        (site.server.port, "/metrics"),
        (site.server.port, "/health/live"),
        (site.server.port, "/health/ready"),
        (site.server.port, "/test-redis"),
        (own_port, "/metrics"),
        (based.server.port, "/base/metrics"),
        (based.server.port, "/base/health/ready"),
        (based.server.port, "/health/ready"),
    ] {
        assert_eq!(status_of(port, path), 200, "{path}");
        assert_eq!(status_of(port, &format!("{path}?x=1")), 200, "{path}");
        for variant in variants(path) {
            let status = status_of(port, &variant);
            // Some of them are no valid path at all.
            assert!(matches!(status, 404 | 400), "{variant}: {status}");
            tried += 1;
        }
    }
    println!("{tried} other spellings of 8 paths answer 404");
}

#[test]
fn the_documented_proxy_hides_the_metrics_in_every_spelling() {
    let options = Options::default().set("metrics", true).set("public_url", "https://share.example");
    let site = Site::embedded(options.set("trusted_proxies", "[\"127.0.0.1\"]"));
    let nginx = Nginx::before(site.server.port);
    assert_eq!(status_of(nginx.port, "/about"), 200);
    assert_eq!(status_of(site.server.port, "/metrics"), 200);
    for path in variants("/metrics").iter().map(String::as_str).chain(["/metrics", "/metrics?x=1"]) {
        let status = status_of(nginx.port, path);
        assert!(matches!(status, 404 | 400), "{path}: {status}");
    }
}

#[test]
fn asking_for_the_head_of_the_test_page_counts_no_visit() {
    on_both(Options::default, |site| {
        for _ in 0..3 {
            let response = site.send("HEAD", "/test-redis", &[], None);
            assert_eq!((response.status, response.body.len()), (200, 0));
        }
        assert!(site.get("/test-redis").text().starts_with("Hello! This page has been seen 1 times."));
    });
}

#[test]
fn the_test_page_is_limited_per_address() {
    let options = Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.0/8\"]");
    let site = Site::embedded(options);
    let ask = |address: &str, method: &str| site.send(method, "/test-redis", &[("X-Forwarded-For", address)], None);
    let refused = (0..800).map(|_| ask("198.51.100.7", "GET")).position(|response| response.status == 429).unwrap();
    assert!((600..=700).contains(&refused), "{refused}");
    // The address may get a request back meanwhile.
    let last = (0..2).map(|_| ask("198.51.100.7", "GET")).find(|response| response.status == 429).unwrap();
    assert_eq!(last.text(), "Wait, then try again.\n");
    assert!((0..2).any(|_| ask("198.51.100.7", "HEAD").status == 429));
    assert_eq!(ask("198.51.100.8", "GET").status, 200);
}

#[test]
fn the_test_page_tells_the_kind_of_trouble_and_nothing_else() {
    const SECRET: &str = "hunter2-but-wrong";
    let told = |client: &Client| {
        let response = client.get("/test-redis");
        assert_eq!(response.status, 503, "{}", response.text());
        response.text()
    };
    let mut redis = RedisServer::start(&["--requirepass", "right"]);
    for user in ["", "somebody"] {
        let url = format!("redis://{user}:{SECRET}@127.0.0.1:{}", redis.port());
        let server = Options::default().set("redis_url", format!("\"{url}\"")).start();
        let client = Client::new(server.url());
        assert_eq!(told(&client), "Redis Error: refused our password or command");
        let log = until(SOON, "the reason in the log", || {
            let log = server.log.text();
            let line = log.lines().find(|line| line.contains("/test-redis failed"))?;
            line.contains("Redis rejected the user or the password").then_some(log)
        });
        assert!(!log.contains(SECRET) && !log.contains("somebody"), "{log}");
    }
    redis.kill();
    let server = Options::default().redis(redis.port()).start();
    assert_eq!(told(&Client::new(server.url())), "Redis Error: not reachable");
    let sentinels = format!("\"redis-sentinel://:{SECRET}@127.0.0.1:{}/mymaster\"", redis.port());
    let server = Options::default().set("redis_url", sentinels).start();
    assert_eq!(told(&Client::new(server.url())), "Redis Error: not reachable");
    let full = RedisServer::start(&["--maxmemory", "1"]);
    let server = Options::default().redis(full.port()).start();
    assert_eq!(told(&Client::new(server.url())), "Redis Error: is full");
    let replica = RedisServer::start(&["--replicaof", &format!("127.0.0.1 {}", full.port())]);
    let server = Options::default().redis(replica.port()).start();
    let answer = told(&Client::new(server.url()));
    assert!(["Redis Error: cannot write now", "Redis Error: still starting"].contains(&&*answer), "{answer}");
}

#[test]
fn security_txt_names_the_contact_when_it_can_be_written_to() {
    const PATH: &str = "/.well-known/security.txt";
    let texts = [
        ("abuse@share.example", "mailto:abuse@share.example"),
        ("https://share.example/report", "https://share.example/report"),
    ];
    for (contact, wanted) in texts {
        let options = Options::default().set("contact", format!("\"{contact}\""));
        let site = Site::embedded(options.set("public_url", "https://share.example/tools"));
        let response = site.get(PATH);
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
        let text = response.text();
        let fields: Vec<(&str, &str)> = text.lines().map(|line| line.split_once(": ").unwrap()).collect();
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Contact", "Expires", "Canonical"]);
        assert_eq!((fields[0].1, fields[2].1), (wanted, "https://share.example/.well-known/security.txt"));
        let expires = moment(&fields[1].1.into()) - now();
        assert!((170 * 86_400..=181 * 86_400).contains(&expires), "{text}");
    }
    for contact in ["", "Ask at the desk", "desk 7"] {
        let site = Site::embedded(Options::default().set("contact", format!("\"{contact}\"")));
        assert_eq!(site.get(PATH).status, 404, "{contact}");
    }
}
