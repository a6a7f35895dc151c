//! A cable between a client and the server that counts bytes, and breaks at the byte a test names.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Which bytes are counted.
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

struct Cut {
    way: Way,
    left: u64,
    how: Break,
}

#[derive(Default)]
struct State {
    passed: [u64; 2],
    cut: Option<Cut>,
    cuts: usize,
}

/// The cable. It listens as long as the test runs.
#[derive(Clone)]
pub struct Cable {
    /// The port it listens at.
    pub port: u16,
    server: Arc<AtomicU16>,
    state: Arc<Mutex<State>>,
}

/// What both directions of a connection know.
#[derive(Clone)]
struct Line {
    cable: Cable,
    reset: Arc<AtomicBool>,
}

impl Cable {
    /// A cable to the server at a port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let cable = Self { port, server: Arc::new(server.into()), state: Arc::default() };
        let own = cable.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                own.connect(client);
            }
        });
        cable
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Leads new connections to another server, as after its restart.
    pub fn lead_to(&self, server: u16) {
        self.server.store(server, Ordering::SeqCst);
    }

    /// Counts from zero again and breaks the connection that carries byte `after` on this way, behind that byte; with
    /// 0, before its first. Once.
    pub fn cut(&self, way: Way, after: u64, how: Break) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.cut = Some(Cut { way, left: after, how });
    }

    /// Counts from zero again, and breaks nothing.
    pub fn mend(&self) {
        let mut state = self.state.lock().unwrap();
        state.passed = [0, 0];
        state.cut = None;
    }

    /// Bytes carried on this way since the count began.
    pub fn passed(&self, way: Way) -> u64 {
        self.state.lock().unwrap().passed[way as usize]
    }

    /// How often it broke.
    pub fn cuts(&self) -> usize {
        self.state.lock().unwrap().cuts
    }

    fn connect(&self, client: TcpStream) {
        // A server that is gone leaves its clients with a closed connection.
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.server.load(Ordering::SeqCst))) else { return };
        let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else { return };
        for stream in [&client, &server] {
            let _ = stream.set_nodelay(true);
        }
        let line = Line { cable: self.clone(), reset: Arc::default() };
        let other = line.clone();
        thread::spawn(move || line.carry(Way::Up, client, server));
        thread::spawn(move || other.carry(Way::Down, server_too, client_too));
    }

    /// How many of these bytes may pass, and how the connection breaks behind them.
    fn allow(&self, way: Way, length: usize) -> (usize, Option<Break>) {
        let mut state = self.state.lock().unwrap();
        let (mut allowed, mut broken) = (length, None);
        if let Some(cut) = state.cut.as_mut().filter(|cut| cut.way == way) {
            if cut.left <= length as u64 {
                allowed = usize::try_from(cut.left).unwrap();
                broken = Some(cut.how);
            }
            cut.left = cut.left.saturating_sub(length as u64);
        }
        if broken.is_some() {
            state.cut = None;
            state.cuts += 1;
        }
        state.passed[way as usize] += allowed as u64;
        (allowed, broken)
    }
}

impl Line {
    fn carry(&self, way: Way, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            let (allowed, broken) = self.cable.allow(way, length);
            let written = to.write_all(&buffer[..allowed]);
            if broken == Some(Break::Reset) {
                self.reset.store(true, Ordering::SeqCst);
                for stream in [&from, &to] {
                    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
                    // Wakes the other direction without a word to the far ends: the last to let go resets them.
                    let _ = stream.shutdown(Shutdown::Read);
                }
            }
            if broken.is_some() || written.is_err() {
                break;
            }
        }
        if !self.reset.load(Ordering::SeqCst) {
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
        }
    }
}
