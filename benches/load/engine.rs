//! A load generator for HTTP/1.1: one thread, many kept connections, each with one request under way. It costs little
//! itself, since it runs on the machine of the server that it measures.

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Somebody at the other end of a connection: asks one thing after the other, and looks at every answer.
pub trait Visitor {
    /// Writes the next request, whole; false when there is nothing more to ask.
    fn ask(&mut self, request: &mut Vec<u8>) -> bool;

    /// Looks at an answer; panics at one that is not what it has to be.
    fn take(&mut self, status: u16, body: &[u8]);
}

/// How a run went.
pub struct Run {
    /// From the first request to the last answer.
    pub took: Duration,
    /// How long each answer took, sorted.
    pub waits: Vec<Duration>,
}

impl Run {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.waits.len() as f64 / self.took.as_secs_f64()
    }

    /// The wait that this share of all answers did not exceed.
    pub fn percentile(&self, share: f64) -> Duration {
        let last = self.waits.len().saturating_sub(1);
        self.waits[((last as f64) * share).round() as usize]
    }
}

/// The head of an answer: its status, and where its body begins and ends.
struct Head {
    status: u16,
    body: usize,
    end: usize,
}

struct Line<V> {
    stream: TcpStream,
    visitor: V,
    request: Vec<u8>,
    sent: usize,
    answer: Vec<u8>,
    received: usize,
    head: Option<Head>,
    asked: Instant,
}

/// Lets every visitor ask until none has anything more to ask.
pub fn drive<V: Visitor>(port: u16, visitors: Vec<V>) -> Run {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut poll = Poll::new().unwrap();
    let mut lines = Vec::with_capacity(visitors.len());
    for (at, visitor) in visitors.into_iter().enumerate() {
        let stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_nonblocking(true).unwrap();
        let mut stream = TcpStream::from_std(stream);
        poll.registry().register(&mut stream, Token(at), Interest::READABLE | Interest::WRITABLE).unwrap();
        lines.push(Line {
            stream,
            visitor,
            request: Vec::with_capacity(4096),
            sent: 0,
            answer: vec![0; 16 * 1024],
            received: 0,
            head: None,
            asked: Instant::now(),
        });
    }
    let mut waits = Vec::with_capacity(100_000);
    let mut busy = 0;
    let begin = Instant::now();
    for line in &mut lines {
        if line.ask() {
            busy += 1;
        }
    }
    let mut events = Events::with_capacity(1024);
    while busy > 0 {
        poll.poll(&mut events, Some(Duration::from_secs(20))).unwrap();
        assert!(!events.is_empty(), "no answer within 20 seconds");
        for event in &events {
            if !lines[event.token().0].go_on(&mut waits) {
                busy -= 1;
            }
        }
    }
    let took = begin.elapsed();
    waits.sort_unstable();
    Run { took, waits }
}

impl<V: Visitor> Line<V> {
    fn ask(&mut self) -> bool {
        self.request.clear();
        self.sent = 0;
        if !self.visitor.ask(&mut self.request) {
            return false;
        }
        self.asked = Instant::now();
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

    /// Sends and receives what can be just now; false when this was the end of the last answer.
    fn go_on(&mut self, waits: &mut Vec<Duration>) -> bool {
        if self.request.is_empty() {
            return true;
        }
        self.flush();
        loop {
            if self.received == self.answer.len() {
                self.answer.resize(self.answer.len() * 2, 0);
            }
            match self.stream.read(&mut self.answer[self.received..]) {
                Ok(0) => panic!("the server closed a connection"),
                Ok(count) => self.received += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(error) => panic!("the connection broke while receiving: {error}"),
            }
            if self.head.is_none() {
                self.head = read_head(&self.answer[..self.received]);
            }
            let Some(Head { status, body, end }) = self.head else { continue };
            if self.received < end {
                if self.answer.len() < end {
                    self.answer.resize(end, 0);
                }
                continue;
            }
            assert_eq!(self.received, end, "the answer is longer than it says");
            waits.push(self.asked.elapsed());
            self.visitor.take(status, &self.answer[body..end]);
            (self.received, self.head) = (0, None);
            // With nothing asked there is nothing to receive, so the next event comes with the next answer.
            if !self.ask() {
                return false;
            }
            return true;
        }
    }
}

/// None while it has not arrived whole.
fn read_head(bytes: &[u8]) -> Option<Head> {
    let length = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..length]).expect("a head is text");
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status: u16 = first.get(9..12).and_then(|digits| digits.parse().ok()).expect("a status");
    let mut body = 0;
    for line in lines {
        if line.len() > 15 && line.as_bytes()[..15].eq_ignore_ascii_case(b"content-length:") {
            body = line[15..].trim().parse().expect("a length");
        }
        assert!(!line.to_ascii_lowercase().starts_with("transfer-encoding"), "every answer says its length");
    }
    Some(Head { status, body: length + 4, end: length + 4 + body })
}
