//! Sends malformed HTTP to the socket: the server rejects it, survives and leaks no memory.

use crate::client::{Client, Response, Share};
use crate::full;
use crate::malformed_request::{Target, malformed};
use crate::rng::Rng;
use crate::server::{Options, Server};
use crate::site::claim;
use crate::table::row;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

const WORKERS: usize = 8;
/// A refused body is drained for at most 10 seconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// Maximum memory growth after a tenth of the requests, in bytes; connection buffers come and go.
const GROWTH: u64 = 12 * 1024 * 1024;

/// Sends bytes in a few pieces, closes the sending direction, and reads until the server closes the connection.
fn exchange(port: u16, bytes: &[u8], rng: &mut Rng) -> Result<Vec<u8>, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| format!("no connection: {error}"))?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    let middle = rng.below(bytes.len() + 1);
    for piece in [&bytes[..middle], &bytes[middle..]] {
        // The server may close early; its response is read all the same.
        if stream.write_all(piece).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Write);
    let mut response = Vec::new();
    match stream.read_to_end(&mut response) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Err("the connection is held open".to_owned()),
        // Unread request bytes turn the close into a reset.
        Ok(_) | Err(_) => Ok(response),
    }
}

/// The status codes of the responses on a connection, as far as they can be parsed.
fn statuses(mut bytes: &[u8], head: bool) -> Vec<u16> {
    let mut all = Vec::new();
    while let Some(rest) = bytes.strip_prefix(b"HTTP/1.") {
        let Some(status) = rest.get(2..5).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok()) else {
            break;
        };
        all.push(status);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { break };
        let headers = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = headers.split("\r\n").find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let body = if head || status < 200 || status == 204 || status == 304 { 0 } else { length.unwrap_or(0) };
        bytes = bytes.get(end + 4 + body..).unwrap_or_default();
    }
    all
}

/// Counts of responses, and unexpected results.
#[derive(Default)]
struct Seen {
    statuses: BTreeMap<u16, usize>,
    silent: usize,
    faults: Vec<String>,
}

fn send(server: &Server, share: &Share, seed: u64, range: std::ops::Range<usize>, seen: &Mutex<Seen>) {
    let next = AtomicUsize::new(range.start);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= range.end {
                        break;
                    }
                    // Each request has its own generator, so that one can be reproduced alone.
                    let mut rng = Rng::seeded(seed.wrapping_add(n as u64));
                    let (bytes, head) = malformed(&mut rng, &Target { share });
                    let response = exchange(server.port, &bytes, &mut rng);
                    let mut seen = seen.lock().unwrap();
                    match response {
                        Ok(response) => {
                            let statuses = statuses(&response, head);
                            seen.silent += usize::from(statuses.is_empty());
                            for status in statuses {
                                *seen.statuses.entry(status).or_default() += 1;
                                if status >= 500 {
                                    seen.faults.push(format!("{status} to {n}: {}", bytes.escape_ascii()));
                                }
                            }
                        }
                        Err(fault) => seen.faults.push(format!("{fault} by {n}: {}", bytes.escape_ascii())),
                    }
                }
            });
        }
    });
}

#[test]
fn malformed_requests_are_rejected_without_side_effects() {
    let count = if full() { 20_000 } else { 2_000 };
    let seed = Rng::seed();
    let server = Options::default().set("limits_per_address", false).start();
    let client = Client::new(server.url());
    let share = Share::new("untouched");
    client.create(&share);
    let seen = Mutex::new(Seen::default());
    send(&server, &share, seed, 0..count / 10, &seen);
    let (before, _) = server.memory();
    send(&server, &share, seed, count / 10..count, &seen);
    let (after, peak) = server.memory();

    let seen = seen.into_inner().unwrap();
    assert!(seen.faults.is_empty(), "OTS_SEED={seed}: {:#?}", &seen.faults[..seen.faults.len().min(5)]);
    let log = server.log.text();
    assert!(!log.contains("panicked"), "OTS_SEED={seed}: {log}");
    assert!(after < before + GROWTH, "memory grew from {before} to {after}, OTS_SEED={seed}");
    // Guards against a vacuous test: most requests must be answered, and most of those refused.
    let refused: usize = seen.statuses.iter().filter(|(status, _)| **status >= 400).map(|(_, count)| count).sum();
    assert!(refused > count / 4, "{:?}", seen.statuses);
    let response: Response = client.open(&share, &claim());
    assert_eq!(share.message_in(&response).as_deref(), Some("untouched"), "OTS_SEED={seed}");
    let total: usize = seen.statuses.values().sum();
    row(
        "malformed requests",
        format!(
            "{count} sent, {total} answered ({refused} refused), {} closed in silence: no panic, no 5xx, memory {} KiB, then {} KiB (peak {} KiB)",
            seen.silent,
            before / 1_024,
            after / 1_024,
            peak / 1_024,
        ),
    );
}
