//! Load generator for HTTP/1.1: one thread, many persistent connections, each with one request in flight. It shares the
//! machine with the server, so it uses little CPU.

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// The requests of one connection, and the checks of their responses.
pub trait Workload {
    /// Writes the next request. Returns false when there are no more.
    fn next_request(&mut self, request: &mut Vec<u8>) -> bool;

    /// Checks a response. Panics when it is wrong.
    fn check_response(&mut self, status: u16, body: &[u8]);
}

/// Timings of a run.
pub struct Run {
    /// From the first request to the last response.
    pub took: Duration,
    /// Latency of each response, sorted.
    pub latencies: Vec<Duration>,
}

impl Run {
    /// Returns responses per second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    /// Returns the latency at a quantile from 0 to 1.
    pub fn quantile(&self, quantile: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies[((last as f64) * quantile).round() as usize]
    }
}

/// Status of a response, and the offsets at which its body begins and ends.
struct Head {
    status: u16,
    body: usize,
    end: usize,
}

struct Connection<V> {
    stream: TcpStream,
    workload: V,
    request: Vec<u8>,
    sent: usize,
    response: Vec<u8>,
    received: usize,
    head: Option<Head>,
    sent_at: Instant,
}

/// Runs each workload on a connection of its own until all have finished.
pub fn drive<V: Workload>(port: u16, workloads: Vec<V>) -> Run {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut poll = Poll::new().unwrap();
    let mut connections = Vec::with_capacity(workloads.len());
    for (at, workload) in workloads.into_iter().enumerate() {
        let stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_nonblocking(true).unwrap();
        let mut stream = TcpStream::from_std(stream);
        poll.registry().register(&mut stream, Token(at), Interest::READABLE | Interest::WRITABLE).unwrap();
        connections.push(Connection {
            stream,
            workload,
            request: Vec::with_capacity(4096),
            sent: 0,
            response: vec![0; 16 * 1024],
            received: 0,
            head: None,
            sent_at: Instant::now(),
        });
    }
    let mut latencies = Vec::with_capacity(100_000);
    let mut active = 0;
    let begin = Instant::now();
    for connection in &mut connections {
        if connection.send_next() {
            active += 1;
        }
    }
    let mut events = Events::with_capacity(1024);
    while active > 0 {
        poll.poll(&mut events, Some(Duration::from_secs(20))).unwrap();
        assert!(!events.is_empty(), "no response within 20 seconds");
        for event in &events {
            if !connections[event.token().0].advance(&mut latencies) {
                active -= 1;
            }
        }
    }
    let took = begin.elapsed();
    latencies.sort_unstable();
    Run { took, latencies }
}

impl<V: Workload> Connection<V> {
    fn send_next(&mut self) -> bool {
        self.request.clear();
        self.sent = 0;
        if !self.workload.next_request(&mut self.request) {
            return false;
        }
        self.sent_at = Instant::now();
        self.flush();
        true
    }

    fn flush(&mut self) {
        while self.sent < self.request.len() {
            match self.stream.write(&self.request[self.sent..]) {
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => panic!("the connection broke while sending: {error}"),
            }
        }
    }

    /// Sends and receives without blocking. Returns false at the end of the last response.
    fn advance(&mut self, latencies: &mut Vec<Duration>) -> bool {
        if self.request.is_empty() {
            return true;
        }
        self.flush();
        loop {
            if self.received == self.response.len() {
                self.response.resize(self.response.len() * 2, 0);
            }
            match self.stream.read(&mut self.response[self.received..]) {
                Ok(0) => panic!("the server closed a connection"),
                Ok(count) => self.received += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(error) => panic!("the connection broke while receiving: {error}"),
            }
            if self.head.is_none() {
                self.head = read_head(&self.response[..self.received]);
            }
            let Some(Head { status, body, end }) = self.head else { continue };
            if self.received < end {
                if self.response.len() < end {
                    self.response.resize(end, 0);
                }
                continue;
            }
            assert_eq!(self.received, end, "the response exceeds its Content-Length");
            latencies.push(self.sent_at.elapsed());
            self.workload.check_response(status, &self.response[body..end]);
            (self.received, self.head) = (0, None);
            // Nothing remains to be read until the response to the next request.
            if !self.send_next() {
                return false;
            }
            return true;
        }
    }
}

/// Parses the head of a response. Returns `None` until it is complete.
fn read_head(bytes: &[u8]) -> Option<Head> {
    let length = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..length]).expect("the head is UTF-8");
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status: u16 = first.get(9..12).and_then(|digits| digits.parse().ok()).expect("a status");
    let mut body = 0;
    for line in lines {
        if line.len() > 15 && line.as_bytes()[..15].eq_ignore_ascii_case(b"content-length:") {
            body = line[15..].trim().parse().expect("a length");
        }
        assert!(!line.to_ascii_lowercase().starts_with("transfer-encoding"), "every response has a Content-Length");
    }
    Some(Head { status, body: length + 4, end: length + 4 + body })
}
