//! Fault-injection proxy: drops, cuts, stalls, slices and resets connections in front of the server or of Redis.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// Direction in which bytes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the client to the server.
    Up,
    /// From the server to the client.
    Down,
}

/// How a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Both sides see an orderly close (FIN).
    Closed,
    /// Both sides see a reset (RST).
    Reset,
}

/// What happens to a matching request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The request is forwarded and its response dropped; once.
    AnswerLost,
    /// The request is dropped; until [`Proxy::mend`].
    Lost,
    /// Its connection is cut after this many bytes of request and response; once.
    Cut(usize),
    /// All connections are cut after this many bytes of request and response, and new ones refused until
    /// [`Proxy::mend`].
    Broken(usize),
    /// The request is held back until [`Proxy::mend`].
    Held,
}

/// A fault at a byte offset in one direction.
#[derive(Clone, Copy)]
enum Fault {
    Cut(Break),
    /// Forwarding stops until [`Proxy::mend`]; the connection stays open.
    Stall,
}

#[derive(Default)]
struct State {
    server: u16,
    /// Bytes forwarded in each direction since counting began.
    passed: [u64; 2],
    /// Direction, remaining bytes and kind of the pending fault.
    fault: Option<(Way, u64, Fault)>,
    /// Directions in which forwarding is stopped.
    stalled: [bool; 2],
    /// Maximum number of bytes written at a time.
    slice: Option<usize>,
    /// Rules for requests: a substring of the request line, such as `POST /api/v1/shares/` or `/open `, and what
    /// happens to it.
    fates: Vec<(String, Fate)>,
    /// Request lines seen so far.
    seen: Vec<String>,
    /// Responses dropped so far.
    lost: usize,
    /// Nothing is forwarded, and connections are refused.
    broken: bool,
    /// Connections cut, or refused during an outage.
    cuts: usize,
    /// Connections so far.
    connections: usize,
    /// Both sockets of every connection, with the connection's number.
    ends: Vec<(usize, TcpStream)>,
}

/// The proxy. It listens until the test ends.
#[derive(Clone)]
pub struct Proxy {
    /// The port it listens on.
    pub port: u16,
    state: Arc<Mutex<State>>,
    mended: Arc<Condvar>,
}

/// State shared by both directions of a connection.
#[derive(Clone)]
struct Line {
    proxy: Proxy,
    number: usize,
    /// The connection was reset.
    reset: Arc<AtomicBool>,
    /// The response is dropped.
    losing: Arc<AtomicBool>,
    /// Bytes left before the cut in either direction, and whether all connections are cut with it.
    left: Arc<Mutex<Option<(usize, bool)>>>,
}

impl Proxy {
    /// Starts a proxy for the server on a local port.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State { server, ..State::default() }));
        let proxy = Self { port, state, mended: Arc::default() };
        let own = proxy.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                own.connect(client);
            }
        });
        proxy
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends new connections to another server, as after a restart.
    pub fn lead_to(&self, server: u16) {
        self.state.lock().unwrap().server = server;
    }

    /// Resets the counters and cuts the connection that carries byte `after` in this direction, right after that byte;
    /// with 0, before the first. Once.
    pub fn cut(&self, way: Way, after: u64, how: Break) {
        self.fail(way, after, Fault::Cut(how));
    }

    /// Resets the counters and stops forwarding in this direction after byte `after`, until [`Self::mend`]. Connections
    /// stay open.
    pub fn stall(&self, way: Way, after: u64) {
        self.fail(way, after, Fault::Stall);
    }

    fn fail(&self, way: Way, after: u64, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.fault = Some((way, after, fault));
    }

    /// Forwards at most `bytes` bytes at a time, each in its own write.
    pub fn slice(&self, bytes: usize) {
        self.state.lock().unwrap().slice = Some(bytes);
    }

    /// Drops the response to the next request whose request line contains `piece`.
    pub fn lose_answer(&self, piece: &str) {
        self.destine(piece, Fate::AnswerLost);
    }

    /// Drops every request whose request line contains `piece`.
    pub fn lose(&self, piece: &str) {
        self.destine(piece, Fate::Lost);
    }

    /// Cuts the connection of the next request whose request line contains `piece`, after this many bytes of request
    /// and response.
    pub fn cut_request(&self, piece: &str, after: usize) {
        self.destine(piece, Fate::Cut(after));
    }

    /// Cuts all connections after this many bytes of the next request whose request line contains `piece` and of its
    /// response. Then the network is down until [`Self::mend`].
    pub fn break_at(&self, piece: &str, after: usize) {
        self.destine(piece, Fate::Broken(after));
    }

    /// Holds back every request whose request line contains `piece`, as a congested network does.
    pub fn hold(&self, piece: &str) {
        self.destine(piece, Fate::Held);
    }

    fn destine(&self, piece: &str, fate: Fate) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), fate));
    }

    /// Resets the counters and forwards everything again.
    pub fn mend(&self) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.fault = None;
        state.stalled = [false, false];
        state.slice = None;
        state.fates.clear();
        state.broken = false;
        self.mended.notify_all();
    }

    /// Bytes forwarded in this direction since counting began.
    pub fn passed(&self, way: Way) -> u64 {
        self.state.lock().unwrap().passed[way as usize]
    }

    /// Number of connections cut, or refused during an outage.
    pub fn cuts(&self) -> usize {
        self.state.lock().unwrap().cuts
    }

    /// Number of requests whose request line contains `piece`.
    pub fn count(&self, piece: &str) -> usize {
        self.state.lock().unwrap().seen.iter().filter(|line| line.contains(piece)).count()
    }

    /// The latest request line that contains `piece`.
    pub fn last(&self, piece: &str) -> Option<String> {
        self.state.lock().unwrap().seen.iter().rev().find(|line| line.contains(piece)).cloned()
    }

    /// Number of responses dropped.
    pub fn lost(&self) -> usize {
        self.state.lock().unwrap().lost
    }

    fn connect(&self, client: TcpStream) {
        let port = self.state.lock().unwrap().server;
        // With the server down, clients get a closed connection.
        let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { return };
        let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else { return };
        let Some(number) = self.admit([&client, &server]) else { return };
        for stream in [&client, &server] {
            let _ = stream.set_nodelay(true);
        }
        let line =
            Line { proxy: self.clone(), number, reset: Arc::default(), losing: Arc::default(), left: Arc::default() };
        let other = line.clone();
        thread::spawn(move || line.carry(Way::Up, client, server));
        thread::spawn(move || other.carry(Way::Down, server_too, client_too));
    }

    /// Registers a connection and returns its number, or `None` during an outage.
    fn admit(&self, ends: [&TcpStream; 2]) -> Option<usize> {
        let mut state = self.state.lock().unwrap();
        if state.broken {
            state.cuts += 1;
            return None;
        }
        state.connections += 1;
        let number = state.connections;
        state.ends.extend(ends.into_iter().filter_map(|end| Some((number, end.try_clone().ok()?))));
        Some(number)
    }

    /// Drops both sockets of a connection: it stays open while any handle to one exists.
    fn forget(&self, number: usize) {
        self.state.lock().unwrap().ends.retain(|(of, _)| *of != number);
    }

    /// Records a request and returns what happens to it. Clients send a request only after the previous response, so
    /// each request starts a new read.
    fn fate(&self, bytes: &[u8]) -> Option<Fate> {
        let line = bytes.split(|byte| *byte == b'\n').next()?.strip_suffix(b" HTTP/1.1\r")?;
        let line = String::from_utf8_lossy(line).into_owned() + " HTTP/1.1";
        let mut state = self.state.lock().unwrap();
        let at = state.fates.iter().position(|(piece, _)| line.contains(piece.as_str()));
        state.seen.push(line);
        let at = at?;
        let (_, fate) = state.fates[at];
        match fate {
            Fate::AnswerLost => {
                state.fates.remove(at);
                state.lost += 1;
            }
            Fate::Cut(_) | Fate::Broken(_) => drop(state.fates.remove(at)),
            Fate::Lost => {}
            Fate::Held => drop(self.mended.wait_while(state, |state| state.fates.iter().any(is_held)).unwrap()),
        }
        Some(fate)
    }

    /// Returns how many of these bytes to forward and how to cut the connection after them. Blocks while the direction
    /// is stalled.
    fn allow(&self, way: Way, length: usize) -> (usize, Option<Break>) {
        let state = self.state.lock().unwrap();
        let mut state = self.mended.wait_while(state, |state| state.stalled[way as usize]).unwrap();
        let (mut allowed, mut broken) = (length, None);
        if let Some((at, left, fault)) = state.fault.filter(|(at, ..)| *at == way) {
            let left_then = left.saturating_sub(length as u64);
            state.fault = Some((at, left_then, fault));
            if left <= length as u64 {
                allowed = usize::try_from(left).unwrap();
                state.fault = None;
                match fault {
                    Fault::Cut(how) => broken = Some(how),
                    Fault::Stall => state.stalled[way as usize] = true,
                }
            }
        }
        state.cuts += usize::from(broken.is_some());
        state.passed[way as usize] += allowed as u64;
        (allowed, broken)
    }

    /// Takes the network down.
    fn tear(&self) {
        let mut state = self.state.lock().unwrap();
        state.broken = true;
        for (_, end) in state.ends.drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }
}

impl Line {
    fn carry(&self, way: Way, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if way == Way::Up {
                match self.proxy.fate(&buffer[..length]) {
                    Some(Fate::Lost) => break,
                    Some(Fate::AnswerLost) => self.losing.store(true, Ordering::SeqCst),
                    Some(Fate::Cut(after)) => *self.left.lock().unwrap() = Some((after, false)),
                    Some(Fate::Broken(after)) => *self.left.lock().unwrap() = Some((after, true)),
                    Some(Fate::Held) | None => {}
                }
            } else if self.losing.load(Ordering::SeqCst) {
                break;
            }
            let destined = self.destined(length);
            let mut end = (destined < length).then_some(Break::Closed);
            let mut rest = &buffer[..destined];
            // A stall in the middle takes more than one turn.
            while !rest.is_empty() {
                let (allowed, cut) = self.proxy.allow(way, rest.len());
                let sent = self.write(&mut to, &rest[..allowed]);
                rest = &rest[allowed..];
                if cut.is_some() || !sent {
                    end = cut.or(Some(Break::Closed));
                    break;
                }
            }
            if end == Some(Break::Reset) {
                self.reset.store(true, Ordering::SeqCst);
                for stream in [&from, &to] {
                    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
                    // Wakes the other direction without sending a FIN: dropping the last handle then sends a RST.
                    let _ = stream.shutdown(Shutdown::Read);
                }
            }
            if end.is_some() {
                break;
            }
        }
        self.proxy.forget(self.number);
        if !self.reset.load(Ordering::SeqCst) {
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
        }
    }

    fn write(&self, to: &mut TcpStream, bytes: &[u8]) -> bool {
        let slice = self.proxy.state.lock().unwrap().slice.unwrap_or(bytes.len()).max(1);
        bytes.chunks(slice).all(|piece| {
            let sent = to.write_all(piece).is_ok();
            if slice < bytes.len() {
                // Lets the peer read each slice separately.
                thread::yield_now();
            }
            sent
        })
    }

    /// Returns how many of these bytes to forward before the cut. If fewer than all, the connection ends after them.
    fn destined(&self, bytes: usize) -> usize {
        let mut left = self.left.lock().unwrap();
        let Some((still, whole)) = &mut *left else { return bytes };
        if bytes < *still {
            *still -= bytes;
            return bytes;
        }
        // Hold back the very last byte too, so that the cut never falls after the end.
        let last = std::mem::take(still).saturating_sub(1);
        self.proxy.state.lock().unwrap().cuts += 1;
        if *whole {
            self.proxy.tear();
        }
        last
    }
}

fn is_held((_, fate): &(String, Fate)) -> bool {
    *fate == Fate::Held
}
