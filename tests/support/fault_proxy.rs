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
pub enum Direction {
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
enum RequestFault {
    /// The request is forwarded and its response dropped; once.
    ResponseDropped,
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
    fault: Option<(Direction, u64, Fault)>,
    /// Directions in which forwarding is stopped.
    stalled: [bool; 2],
    /// Maximum number of bytes written at a time.
    slice: Option<usize>,
    /// Rules for requests: a substring of the request line, such as `POST /api/v1/shares/` or `/open `, and what
    /// happens to it.
    rules: Vec<(String, RequestFault)>,
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
    /// How often [`Proxy::mend`] was called.
    mends: usize,
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
struct Connection {
    proxy: Proxy,
    number: usize,
    /// The connection was reset.
    reset: Arc<AtomicBool>,
    /// The response is dropped.
    drops_response: Arc<AtomicBool>,
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
    pub fn redirect_to(&self, server: u16) {
        self.state.lock().unwrap().server = server;
    }

    /// Resets the counters and cuts the connection that carries byte `after` in this direction, right after that byte;
    /// with 0, before the first. Once.
    pub fn cut(&self, direction: Direction, after: u64, how: Break) {
        self.fail(direction, after, Fault::Cut(how));
    }

    /// Resets the counters and stops forwarding in this direction after byte `after`, until [`Self::mend`]. Connections
    /// stay open.
    pub fn stall(&self, direction: Direction, after: u64) {
        self.fail(direction, after, Fault::Stall);
    }

    fn fail(&self, direction: Direction, after: u64, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.fault = Some((direction, after, fault));
    }

    /// Forwards at most `bytes` bytes at a time, each in its own write.
    pub fn slice(&self, bytes: usize) {
        self.state.lock().unwrap().slice = Some(bytes);
    }

    /// Drops the response to the next request whose request line contains `piece`.
    pub fn drop_response(&self, piece: &str) {
        self.add_rule(piece, RequestFault::ResponseDropped);
    }

    /// Drops every request whose request line contains `piece`.
    pub fn lose(&self, piece: &str) {
        self.add_rule(piece, RequestFault::Lost);
    }

    /// Cuts the connection of the next request whose request line contains `piece`, after this many bytes of request
    /// and response.
    pub fn cut_request(&self, piece: &str, after: usize) {
        self.add_rule(piece, RequestFault::Cut(after));
    }

    /// Cuts all connections after this many bytes of the next request whose request line contains `piece` and of its
    /// response. Then the network is down until [`Self::mend`].
    pub fn break_at(&self, piece: &str, after: usize) {
        self.add_rule(piece, RequestFault::Broken(after));
    }

    /// Holds back every request whose request line contains `piece`, as a congested network does.
    pub fn hold(&self, piece: &str) {
        self.add_rule(piece, RequestFault::Held);
    }

    fn add_rule(&self, piece: &str, fault: RequestFault) {
        self.state.lock().unwrap().rules.push((piece.to_owned(), fault));
    }

    /// Resets the counters and forwards everything again.
    pub fn mend(&self) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.fault = None;
        state.stalled = [false, false];
        state.slice = None;
        state.rules.clear();
        state.broken = false;
        state.mends += 1;
        self.mended.notify_all();
    }

    /// Bytes forwarded in this direction since counting began.
    pub fn passed(&self, direction: Direction) -> u64 {
        self.state.lock().unwrap().passed[direction as usize]
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
        let Some(number) = self.register([&client, &server]) else { return };
        for stream in [&client, &server] {
            let _ = stream.set_nodelay(true);
        }
        let connection = Connection {
            proxy: self.clone(),
            number,
            reset: Arc::default(),
            drops_response: Arc::default(),
            left: Arc::default(),
        };
        let other = connection.clone();
        thread::spawn(move || connection.carry(Direction::Up, client, server));
        thread::spawn(move || other.carry(Direction::Down, server_too, client_too));
    }

    /// Registers a connection and returns its number, or `None` during an outage.
    fn register(&self, ends: [&TcpStream; 2]) -> Option<usize> {
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
    fn remove(&self, number: usize) {
        self.state.lock().unwrap().ends.retain(|(of, _)| *of != number);
    }

    /// Records a request and returns what happens to it. Clients send a request only after the previous response, so
    /// each request starts a new read.
    fn match_rule(&self, bytes: &[u8]) -> Option<RequestFault> {
        let line = bytes.split(|byte| *byte == b'\n').next()?.strip_suffix(b" HTTP/1.1\r")?;
        let line = String::from_utf8_lossy(line).into_owned() + " HTTP/1.1";
        let mut state = self.state.lock().unwrap();
        let at = state.rules.iter().position(|(piece, _)| line.contains(piece.as_str()));
        state.seen.push(line);
        let at = at?;
        let (_, fault) = state.rules[at];
        match fault {
            RequestFault::ResponseDropped => {
                state.rules.remove(at);
                state.lost += 1;
            }
            RequestFault::Cut(_) | RequestFault::Broken(_) => drop(state.rules.remove(at)),
            RequestFault::Lost => {}
            RequestFault::Held => {
                // A rule added right after the mend must not hold this request too.
                let mends = state.mends;
                drop(self.mended.wait_while(state, |state| state.mends == mends).unwrap());
            }
        }
        Some(fault)
    }

    /// Returns how many of these bytes to forward and how to cut the connection after them. Blocks while the direction
    /// is stalled.
    fn take(&self, direction: Direction, length: usize) -> (usize, Option<Break>) {
        let state = self.state.lock().unwrap();
        let mut state = self.mended.wait_while(state, |state| state.stalled[direction as usize]).unwrap();
        let (mut allowed, mut broken) = (length, None);
        if let Some((at, left, fault)) = state.fault.filter(|(at, ..)| *at == direction) {
            let left_then = left.saturating_sub(length as u64);
            state.fault = Some((at, left_then, fault));
            if left <= length as u64 {
                allowed = usize::try_from(left).unwrap();
                state.fault = None;
                match fault {
                    Fault::Cut(how) => broken = Some(how),
                    Fault::Stall => state.stalled[direction as usize] = true,
                }
            }
        }
        state.cuts += usize::from(broken.is_some());
        state.passed[direction as usize] += allowed as u64;
        (allowed, broken)
    }

    /// Takes the network down.
    fn take_down(&self) {
        let mut state = self.state.lock().unwrap();
        state.broken = true;
        for (_, end) in state.ends.drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }
}

impl Connection {
    fn carry(&self, direction: Direction, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if direction == Direction::Up {
                match self.proxy.match_rule(&buffer[..length]) {
                    Some(RequestFault::Lost) => break,
                    Some(RequestFault::ResponseDropped) => self.drops_response.store(true, Ordering::SeqCst),
                    Some(RequestFault::Cut(after)) => *self.left.lock().unwrap() = Some((after, false)),
                    Some(RequestFault::Broken(after)) => *self.left.lock().unwrap() = Some((after, true)),
                    Some(RequestFault::Held) | None => {}
                }
            } else if self.drops_response.load(Ordering::SeqCst) {
                break;
            }
            let before_cut = self.before_cut(length);
            let mut end = (before_cut < length).then_some(Break::Closed);
            let mut rest = &buffer[..before_cut];
            // A stall in the middle takes more than one turn.
            while !rest.is_empty() {
                let (allowed, cut) = self.proxy.take(direction, rest.len());
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
        self.proxy.remove(self.number);
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
    fn before_cut(&self, bytes: usize) -> usize {
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
            self.proxy.take_down();
        }
        last
    }
}
