//! Tests startup, shutdown, the health check and the lock on the data directory.

use crate::client::{Client, Share};
use crate::ports::free_port;
use crate::raw_http::{RawConnection, head};
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, on_both, until};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[test]
fn sigterm_drains_open_requests_and_exits_with_0() {
    for redis in [None, Some(RedisServer::start(&[]))] {
        let options = redis.as_ref().map_or_else(Options::default, |redis| Options::default().redis(redis.port()));
        let mut server = options.start();
        let client = Client::new(server.url());
        let share = Share::new("a");
        client.create(&share);
        let seen = client.status(&share).header("etag").unwrap().replace('"', "%22");
        let authorization = format!("Authorization: Bearer {}", share.owner.expose());
        let request = head("GET", &format!("{}?wait=30&seen={seen}", share.path()), &[&authorization]);
        let mut held: Vec<RawConnection> = (0..8).map(|_| RawConnection::to(server.port)).collect();
        for connection in &mut held {
            connection.write(request.as_bytes());
        }
        let idle = RawConnection::to(server.port);
        assert!(held[0].is_silent(Duration::from_millis(300)));
        let asked = Instant::now();
        let status = server.terminate();
        let took = asked.elapsed();
        assert!(status.success(), "{status}: {}", server.log.text());
        assert!(took < Duration::from_secs(9), "{took:?}");
        for connection in &mut held {
            assert_eq!(
                connection.response().map(|response| response.status),
                Some(200),
                "open long polls are answered"
            );
        }
        drop(idle);
    }
}

#[test]
fn an_unspecified_address_of_ipv6_serves_both_versions() {
    let mut server = Options::default().set("address", "::").spawn_with_stderr(std::process::Stdio::null());
    for address in ["127.0.0.1", "[::1]"] {
        let client = Client::new(format!("http://{address}:{}", server.port));
        until(SOON, address, || client.try_send("GET", "/health/ready", &[], None).ok().filter(|r| r.status == 200));
    }
    let options = Options::default().set("address", "::").set("port", server.port);
    let (status, text) = options.run(&["healthcheck"]);
    assert!(status.success(), "{text}");
    assert!(server.terminate().success());
}

#[test]
fn sigterm_while_idle_exits_promptly() {
    let mut server = Server::start();
    assert_eq!(Client::new(server.url()).get("/health/ready").status, 200);
    let asked = Instant::now();
    assert!(server.terminate().success());
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
}

#[test]
fn acknowledged_writes_survive_an_orderly_shutdown() {
    let folder = TempDir::new().unwrap();
    let mut server = Options::default().data_dir(folder.path()).start();
    let client = Client::new(server.url());
    let (waiting, opened, receiver) = (Share::new("a"), Share::new("b"), claim());
    client.create(&waiting);
    client.create(&opened);
    assert_eq!(client.open(&opened, &receiver).status, 200);
    assert!(server.terminate().success());
    let server = Options::default().data_dir(folder.path()).start();
    let client = Client::new(server.url());
    assert_eq!(client.open(&opened, &claim()).status, 410);
    assert_eq!(opened.message_in(&client.open(&opened, &receiver)).as_deref(), Some("b"));
    assert_eq!(waiting.message_in(&client.open(&waiting, &claim())).as_deref(), Some("a"));
}

#[test]
fn a_second_server_on_the_same_data_dir_is_refused() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let (status, text) = Options::default().data_dir(&site.server.data_dir).run(&[]);
    assert!(!status.success());
    assert!(text.contains("data_dir"), "{text}");
    assert!(
        text.contains("another") || text.contains("already") || text.contains("in use"),
        "the error states the reason: {text}"
    );
    assert!(!text.contains("panicked") && text.lines().count() <= 3, "{text}");
    assert_eq!(site.open(&share, &claim()).status, 200);
}

#[test]
fn a_port_in_use_is_named_in_the_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (status, text) = Options::default().set("port", taken.local_addr().unwrap().port()).run(&[]);
    assert!(!status.success());
    assert!(text.contains("port"), "{text}");
}

#[test]
fn the_health_check_succeeds_only_when_ready() {
    on_both(Options::default, |site| {
        let (status, text) = Options::default().set("port", site.server.port).run(&["healthcheck"]);
        assert!(status.success(), "{text}");
        let (status, text) =
            Options::default().set("port", site.server.port).set("address", "0.0.0.0").run(&["healthcheck"]);
        assert!(status.success(), "a wildcard address is checked through loopback: {text}");
    });
    let port = free_port();
    let asked = Instant::now();
    let (status, text) = Options::default().set("port", port).run(&["healthcheck"]);
    assert!(!status.success() && !text.is_empty(), "{text}");
    assert!(asked.elapsed() < Duration::from_secs(5));

    let mut without_store = Site::on_redis(Options::default());
    without_store.redis.as_mut().unwrap().kill();
    let (status, text) = Options::default().set("port", without_store.server.port).run(&["healthcheck"]);
    assert!(!status.success(), "{text}");
    without_store.redis.as_mut().unwrap().restart(true);
    until(SOON, "health", || {
        let (status, _) = Options::default().set("port", without_store.server.port).run(&["healthcheck"]);
        status.success().then_some(())
    });
}

#[test]
fn one_connection_serves_keep_alive_and_pipelined_requests() {
    let site = Site::embedded(Options::default());
    let mut connection = RawConnection::to(site.server.port);
    for _ in 0..50 {
        connection.write(head("GET", "/health/live", &[]).as_bytes());
        assert_eq!(connection.response().unwrap().text().trim(), "live");
    }
    connection.write(head("GET", "/health/live", &[]).repeat(20).as_bytes());
    for _ in 0..20 {
        assert_eq!(connection.response().unwrap().status, 200);
    }
}
