//! Tests that a thousand clients that send or read as slowly as possible do not delay a healthy one.

use crate::client::{Client, Share};
use crate::nginx::Nginx;
use crate::server::Options;
use crate::site::{Site, claim};
use crate::table::row;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use socket2::{Domain, SockAddr, Socket, Type};
use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Number of connections that never finish the request head, that never finish the body, and that never read the
/// response.
const HEADS: usize = 450;
const BODIES: usize = 450;
const READERS: usize = 100;

/// Rounds of the healthy client: a page, a create and a peek each.
const ROUNDS: usize = 200;

fn connect(port: u16) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    // A small buffer, so that little of a response fits between the two.
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.connect(&SockAddr::from(SocketAddr::from(([127, 0, 0, 1], port)))).unwrap();
    socket.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
    socket.into()
}

/// Returns the maximum and the 99th percentile of the healthy client's response times.
fn measure_among_slow_clients(site: &Site, port: u16) -> (Duration, Duration) {
    let client = Client::new(format!("http://127.0.0.1:{port}"));
    let mut share = Share::new("with a long part");
    share.body["parts"] = 2.into();
    share.body["size"] = 983_040.into();
    site.create(&share);
    assert_eq!(site.put_part(&share, 1, &vec![7; 983_040]).status, 204);
    assert_eq!(site.complete(&share).status, 200);
    let receiver = claim();
    assert_eq!(site.open(&share, &receiver).status, 200);

    let begin = |head: String| {
        let mut connection = connect(port);
        connection.write_all(head.as_bytes()).unwrap();
        connection
    };
    let mut trickling: Vec<TcpStream> =
        (0..HEADS).map(|n| begin(format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-{n}: "))).collect();
    trickling.extend((0..BODIES).map(|_| {
        begin(format!(
            "PUT {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{:20}",
            share.path(),
            ""
        ))
    }));
    let path = format!("{}/parts/1", share.path());
    let reading: Vec<TcpStream> = (0..READERS)
        .map(|_| {
            begin(format!(
                "GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
                receiver.expose()
            ))
        })
        .collect();

    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for connection in &mut trickling {
                    // A connection closed by the server or the proxy stays closed.
                    let _ = connection.write_all(b"a");
                }
                thread::sleep(Duration::from_secs(1));
            }
        });
        let mut took = Vec::new();
        let mut timed = |ask: &dyn Fn() -> u16, wanted: u16| {
            let began = Instant::now();
            assert_eq!(ask(), wanted);
            took.push(began.elapsed());
        };
        for _ in 0..ROUNDS {
            let share = Share::new("in between");
            timed(&|| client.get("/").status, 200);
            timed(&|| client.put(&share).status, 201);
            timed(&|| client.peek(&share).status, 200);
        }
        over.store(true, Ordering::Relaxed);
        drop(reading);
        took.sort_unstable();
        (took[took.len() - 1], took[took.len() * 99 / 100])
    })
}

#[test]
fn a_thousand_slow_clients_do_not_delay_a_healthy_one() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(8_192, |most| most.min(8_192));
    if limit.current.is_some_and(|current| current < wanted) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }).unwrap();
    }
    let site = Site::on_redis(Options::default().set("trusted_proxies", "[\"127.0.0.1\"]"));
    let nginx = Nginx::before(site.server.port);
    for (name, port) in [("direct", site.server.port), ("behind nginx", nginx.port)] {
        let (worst, p99) = measure_among_slow_clients(&site, port);
        let count = HEADS + BODIES + READERS;
        row(
            &format!("slow connections, {name}"),
            format!("{count} held, healthy client p99 {} ms, worst {} ms", p99.as_millis(), worst.as_millis()),
        );
        assert!(p99 < Duration::from_millis(500), "{name}: p99 {p99:?}, worst {worst:?}");
    }
    println!("memory afterwards: {} MiB", site.server.memory().1 >> 20);
}
