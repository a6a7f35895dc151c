//! A wire between browser and server that can lose a request or its answer, and break in the middle of either.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

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

/// What is to happen to a connection.
#[derive(Default)]
struct Fated {
    /// What comes back is lost.
    losing: bool,
    /// Bytes that still pass, either way, and whether the whole wire breaks after them.
    left: Option<(usize, bool)>,
}

#[derive(Default)]
struct State {
    /// A piece of the request line, as `POST /api/v1/shares/` or `/open `, and what happens to requests that hold it.
    fates: Vec<(String, Fate)>,
    /// Request lines seen.
    seen: Vec<String>,
    /// Answers lost.
    lost: usize,
    /// Nothing passes.
    broken: bool,
    /// Connections that were cut, or refused while nothing passed.
    cuts: usize,
    /// Both ends of every connection.
    ends: Vec<TcpStream>,
}

/// The wire. It listens as long as the test runs.
#[derive(Clone)]
pub struct Proxy {
    /// The port it listens at.
    pub port: u16,
    state: Arc<Mutex<State>>,
    mended: Arc<Condvar>,
}

impl Proxy {
    /// A wire to the server at a port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), state: Arc::default(), mended: Arc::default() };
        let own = proxy.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let proxy = own.clone();
                thread::spawn(move || proxy.carry(client, server));
            }
        });
        proxy
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Loses the answer to the next request whose first line holds this.
    pub fn lose_answer(&self, piece: &str) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), Fate::AnswerLost));
    }

    /// Loses every request whose first line holds this.
    pub fn lose(&self, piece: &str) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), Fate::Lost));
    }

    /// Cuts the connection of the next request whose first line holds this, once so many bytes of it and its answer
    /// have passed.
    pub fn cut(&self, piece: &str, after: usize) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), Fate::Cut(after)));
    }

    /// Cuts every connection once so many bytes of the next request whose first line holds this, and of its answer,
    /// have passed. Then there is no network until the wire is mended.
    pub fn break_at(&self, piece: &str, after: usize) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), Fate::Broken(after)));
    }

    /// Holds every request whose first line holds this, as a network does that is full.
    pub fn hold(&self, piece: &str) {
        self.state.lock().unwrap().fates.push((piece.to_owned(), Fate::Held));
    }

    /// Carries everything again.
    pub fn mend(&self) {
        let mut state = self.state.lock().unwrap();
        state.fates.clear();
        state.broken = false;
        self.mended.notify_all();
    }

    /// How many connections were cut, or refused while there was no network.
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

    /// Notes a request, and says what happens to it.
    fn fate(&self, bytes: &[u8]) -> Option<Fate> {
        let text = String::from_utf8_lossy(bytes);
        let line = text.lines().next().filter(|line| line.ends_with(" HTTP/1.1"))?;
        let mut state = self.state.lock().unwrap();
        state.seen.push(line.to_owned());
        let at = state.fates.iter().position(|(piece, _)| line.contains(piece.as_str()))?;
        let (piece, fate) = state.fates[at].clone();
        match fate {
            Fate::AnswerLost => {
                state.fates.remove(at);
                state.lost += 1;
            }
            Fate::Cut(_) | Fate::Broken(_) => drop(state.fates.remove(at)),
            Fate::Lost => {}
            Fate::Held => {
                let held = (piece, fate);
                drop(self.mended.wait_while(state, |state| state.fates.contains(&held)).unwrap());
            }
        }
        Some(fate)
    }

    /// How many of these bytes pass. After fewer than all of them the connection ends.
    fn passing(&self, fated: &Mutex<Fated>, bytes: usize) -> usize {
        let mut fated = fated.lock().unwrap();
        let Some((left, whole)) = &mut fated.left else { return bytes };
        if bytes < *left {
            *left -= bytes;
            return bytes;
        }
        let last = std::mem::take(left);
        let mut state = self.state.lock().unwrap();
        state.cuts += 1;
        if *whole {
            state.broken = true;
            for end in state.ends.drain(..) {
                let _ = end.shutdown(Shutdown::Both);
            }
        }
        // The very last byte is lost too, or the cut could come after the end.
        last.saturating_sub(1)
    }

    /// Keeps both ends of a connection, unless there is no network.
    fn connects(&self, ends: [&TcpStream; 2]) -> bool {
        let mut state = self.state.lock().unwrap();
        if state.broken {
            state.cuts += 1;
            return false;
        }
        state.ends.extend(ends.iter().filter_map(|end| end.try_clone().ok()));
        true
    }

    /// Browsers send a request only after the answer to the one before, so each begins a reading.
    fn carry(&self, mut client: TcpStream, server: u16) {
        let Ok(mut upstream) = TcpStream::connect(("127.0.0.1", server)) else { return };
        let (Ok(mut back), Ok(mut answers)) = (client.try_clone(), upstream.try_clone()) else { return };
        if !self.connects([&client, &upstream]) {
            return;
        }
        let fated = Arc::new(Mutex::new(Fated::default()));
        let (proxy, answered) = (self.clone(), Arc::clone(&fated));
        thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(length @ 1..) = answers.read(&mut buffer) {
                let passing = proxy.passing(&answered, length);
                if answered.lock().unwrap().losing || back.write_all(&buffer[..passing]).is_err() || passing < length {
                    break;
                }
            }
            let _ = back.shutdown(Shutdown::Both);
            let _ = answers.shutdown(Shutdown::Both);
        });
        let mut buffer = [0; 16 * 1024];
        while let Ok(length @ 1..) = client.read(&mut buffer) {
            match self.fate(&buffer[..length]) {
                Some(Fate::Lost) => break,
                Some(Fate::AnswerLost) => fated.lock().unwrap().losing = true,
                Some(Fate::Cut(after)) => fated.lock().unwrap().left = Some((after, false)),
                Some(Fate::Broken(after)) => fated.lock().unwrap().left = Some((after, true)),
                Some(Fate::Held) | None => {}
            }
            let passing = self.passing(&fated, length);
            if upstream.write_all(&buffer[..passing]).is_err() || passing < length {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = upstream.shutdown(Shutdown::Both);
    }
}
