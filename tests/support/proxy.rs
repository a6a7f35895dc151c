//! A wire between browser and server that can lose a request or its answer.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens to a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It reaches the server, its answer is lost: once.
    AnswerLost,
    /// It is lost itself: until the wire is mended.
    Lost,
}

#[derive(Default)]
struct State {
    /// A piece of the request line, as `POST /api/v1/shares/` or `/open `, and what happens to requests that hold it.
    fates: Vec<(String, Fate)>,
    /// Request lines seen.
    seen: Vec<String>,
    /// Answers lost.
    lost: usize,
}

/// The wire. It listens as long as the test runs.
#[derive(Clone)]
pub struct Proxy {
    /// The port it listens at.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// A wire to the server at a port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), state: Arc::default() };
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

    /// Carries everything again.
    pub fn mend(&self) {
        self.state.lock().unwrap().fates.clear();
    }

    /// How many requests had this in their first line.
    pub fn count(&self, piece: &str) -> usize {
        self.state.lock().unwrap().seen.iter().filter(|line| line.contains(piece)).count()
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
        let (_, fate) = state.fates[at];
        if fate == Fate::AnswerLost {
            state.fates.remove(at);
            state.lost += 1;
        }
        Some(fate)
    }

    /// Browsers send a request only after the answer to the one before, so each begins a reading.
    fn carry(&self, mut client: TcpStream, server: u16) {
        let Ok(mut upstream) = TcpStream::connect(("127.0.0.1", server)) else { return };
        let (Ok(mut back), Ok(mut answers)) = (client.try_clone(), upstream.try_clone()) else { return };
        let losing = Arc::new(Mutex::new(false));
        let lost = Arc::clone(&losing);
        thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(length @ 1..) = answers.read(&mut buffer) {
                if *lost.lock().unwrap() || back.write_all(&buffer[..length]).is_err() {
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
                Some(Fate::AnswerLost) => *losing.lock().unwrap() = true,
                None => {}
            }
            if upstream.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = upstream.shutdown(Shutdown::Both);
    }
}
