//! The fault harness: a proxy that loses, cuts, stalls, slices and resets what it carries, in front of the server or in
//! front of Redis.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A direction, in which bytes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the client to the server.
    Up,
    /// From the server to the client.
    Down,
}

/// How a connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Both sides see an orderly end.
    Closed,
    /// Both sides see a reset.
    Reset,
}

/// What happens to a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It reaches the server, its answer is lost: once.
    AnswerLost,
    /// It is lost itself: until the wire is mended.
    Lost,
    /// Its connection ends after so many bytes of it and its answer: once.
    Cut(usize),
    /// Every connection ends after so many bytes of it and its answer: then nothing passes until the wire is mended.
    Broken(usize),
    /// It waits on its way until the wire is mended.
    Held,
}

/// A fault at a byte of one direction.
#[derive(Clone, Copy)]
enum Fault {
    Cut(Break),
    /// Nothing more passes this way until the wire is mended.
    Stall,
}

#[derive(Default)]
struct State {
    server: u16,
    /// Bytes that passed, each way, since the count began.
    passed: [u64; 2],
    /// The bytes that still pass this way before the fault.
    fault: Option<(Way, u64, Fault)>,
    /// Ways on which nothing passes.
    stalled: [bool; 2],
    /// The most bytes that are written at a time.
    slice: Option<usize>,
    /// A piece of the request line, as `POST /api/v1/shares/` or `/open `, and what happens to requests that hold it.
    fates: Vec<(String, Fate)>,
    /// Request lines seen.
    seen: Vec<String>,
    /// Answers lost.
    lost: usize,
    /// Nothing passes, and nobody connects.
    broken: bool,
    /// Connections that were cut, or refused while nothing passed.
    cuts: usize,
    /// Connections so far.
    connections: usize,
    /// Both ends of every connection, with its number.
    ends: Vec<(usize, TcpStream)>,
}

/// The proxy. It listens as long as the test runs.
#[derive(Clone)]
pub struct Proxy {
    /// The port it listens at.
    pub port: u16,
    state: Arc<Mutex<State>>,
    mended: Arc<Condvar>,
}

/// What both directions of a connection know.
#[derive(Clone)]
struct Line {
    proxy: Proxy,
    number: usize,
    /// It was reset.
    reset: Arc<AtomicBool>,
    /// What comes back is lost.
    losing: Arc<AtomicBool>,
    /// Bytes that still pass, either way, and whether the whole wire breaks after them.
    left: Arc<Mutex<Option<(usize, bool)>>>,
}

impl Proxy {
    /// A proxy of the server at a port of this machine.
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

    /// Leads new connections to another server, as after its restart.
    pub fn lead_to(&self, server: u16) {
        self.state.lock().unwrap().server = server;
    }

    /// Counts from zero again and breaks the connection that carries byte `after` on this way, behind that byte; with
    /// 0, before its first. Once.
    pub fn cut(&self, way: Way, after: u64, how: Break) {
        self.fail(way, after, Fault::Cut(how));
    }

    /// Counts from zero again and carries nothing on this way behind byte `after`, until the wire is mended. The
    /// connections stay.
    pub fn stall(&self, way: Way, after: u64) {
        self.fail(way, after, Fault::Stall);
    }

    fn fail(&self, way: Way, after: u64, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.fault = Some((way, after, fault));
    }

    /// Hands on at most so many bytes at a time, each by itself.
    pub fn slice(&self, bytes: usize) {
        self.state.lock().unwrap().slice = Some(bytes);
    }

    /// Loses the answer to the next request whose first line holds this.
    pub fn lose_answer(&self, piece: &str) {
        self.destine(piece, Fate::AnswerLost);
    }

    /// Loses every request whose first line holds this.
    pub fn lose(&self, piece: &str) {
        self.destine(piece, Fate::Lost);
    }

    /// Cuts the connection of the next request whose first line holds this, once so many bytes of it and its answer
    /// have passed.
    pub fn cut_request(&self, piece: &str, after: usize) {
        self.destine(piece, Fate::Cut(after));
    }

    /// Cuts every connection once so many bytes of the next request whose first line holds this, and of its answer,
    /// have passed. Then there is no network until the wire is mended.
    pub fn break_at(&self, piece: &str, after: usize) {
        self.destine(piece, Fate::Broken(after));
    }

    /// Holds every request whose first line holds this, as a network does that is full.
    pub fn hold(&self, piece: &str) {
        self.destine(piece, Fate::Held);
    }

    fn destine(&self, piece: &str, fate: Fate) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), fate));
    }

    /// Counts from zero again, and carries everything.
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

    /// Bytes carried on this way since the count began.
    pub fn passed(&self, way: Way) -> u64 {
        self.state.lock().unwrap().passed[way as usize]
    }

    /// How often it broke a connection, or refused one while there was no network.
    pub fn cuts(&self) -> usize {
        self.state.lock().unwrap().cuts
    }

    /// How many requests had this in their first line.
    pub fn count(&self, piece: &str) -> usize {
        self.state.lock().unwrap().seen.iter().filter(|line| line.contains(piece)).count()
    }

    /// The last first line that had this in it.
    pub fn last(&self, piece: &str) -> Option<String> {
        self.state.lock().unwrap().seen.iter().rev().find(|line| line.contains(piece)).cloned()
    }

    /// How many answers were lost.
    pub fn lost(&self) -> usize {
        self.state.lock().unwrap().lost
    }

    fn connect(&self, client: TcpStream) {
        let port = self.state.lock().unwrap().server;
        // A server that is gone leaves its clients with a closed connection.
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

    /// Numbers a connection, unless there is no network.
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

    /// Lets go of a connection, which stays open as long as anybody holds an end of it.
    fn forget(&self, number: usize) {
        self.state.lock().unwrap().ends.retain(|(of, _)| *of != number);
    }

    /// Notes a request, and says what happens to it. Clients send a request only after the answer to the one before,
    /// so each begins a reading.
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

    /// How many of these bytes may pass, and how the connection breaks behind them. Waits where nothing passes.
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

    /// There is no network any more.
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
            // More than once where the way stalls in the middle.
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
                    // Wakes the other direction without a word to the far ends: the last to let go resets them.
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
                // So that the far end reads each by itself.
                thread::yield_now();
            }
            sent
        })
    }

    /// How many of these bytes pass before the cut that a request was destined for. After fewer than all of them the
    /// connection ends.
    fn destined(&self, bytes: usize) -> usize {
        let mut left = self.left.lock().unwrap();
        let Some((still, whole)) = &mut *left else { return bytes };
        if bytes < *still {
            *still -= bytes;
            return bytes;
        }
        // The very last byte is lost too, or the cut could come after the end.
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
