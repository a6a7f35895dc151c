//! A server that lies: forwards every call to the real one, and answers what a test tells it to.

use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Changes the JSON that answers a request with this request line.
type Lie = Box<dyn Fn(&str, Value) -> Value + Send>;

/// The lying server. It listens until the test ends.
pub struct Liar {
    port: u16,
    lie: Arc<Mutex<Lie>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Liar {
    /// Starts in front of the server on a local port. Tells the truth at first.
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let truth: Lie = Box::new(|_, answer| answer);
        let liar = Self { port, lie: Arc::new(Mutex::new(truth)), seen: Arc::default() };
        let (lie, seen) = (Arc::clone(&liar.lie), Arc::clone(&liar.seen));
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (lie, seen) = (Arc::clone(&lie), Arc::clone(&seen));
                thread::spawn(move || serve(client, server, &lie, &seen));
            }
        });
        liar
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers differently from now on. The function gets the request line and the true answer.
    pub fn tell(&self, lie: impl Fn(&str, Value) -> Value + Send + 'static) {
        *self.lie.lock().unwrap() = Box::new(lie);
    }

    /// Number of requests whose request line contains `piece`.
    pub fn count(&self, piece: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|line| line.contains(piece)).count()
    }
}

/// Carries one request and its response; each takes a connection of its own.
fn serve(mut client: TcpStream, server: u16, lie: &Mutex<Lie>, seen: &Mutex<Vec<String>>) -> Option<()> {
    let (head, body) = request(&mut client)?;
    let line = head.lines().next()?.to_owned();
    seen.lock().unwrap().push(line.clone());
    let kept: Vec<&str> = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("connection:")).collect();
    let mut real = TcpStream::connect(("127.0.0.1", server)).ok()?;
    real.write_all(format!("{}\r\nConnection: close\r\n\r\n", kept.join("\r\n")).as_bytes()).ok()?;
    real.write_all(&body).ok()?;
    let mut response = Vec::new();
    real.read_to_end(&mut response).ok()?;
    client.write_all(&changed(&line, &response, lie).unwrap_or(response)).ok()?;
    client.shutdown(Shutdown::Both).ok()
}

/// Reads a request: its head without the empty line, and its body.
fn request(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 16 * 1024]);
    loop {
        let length = client.read(&mut buffer).ok().filter(|length| *length > 0)?;
        bytes.extend_from_slice(&buffer[..length]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut body = bytes.split_off(end + 4);
        let wanted = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
        });
        while body.len() < wanted.unwrap_or(0) {
            let length = client.read(&mut buffer).ok().filter(|length| *length > 0)?;
            body.extend_from_slice(&buffer[..length]);
        }
        return Some((head, body));
    }
}

/// Returns the response with another body, or `None` when it is no JSON.
fn changed(line: &str, response: &[u8], lie: &Mutex<Lie>) -> Option<Vec<u8>> {
    let end = response.windows(4).position(|four| four == b"\r\n\r\n")?;
    let answer: Value = serde_json::from_slice(&response[end + 4..]).ok()?;
    let body = (lie.lock().unwrap())(line, answer).to_string();
    let head = String::from_utf8_lossy(&response[..end]).into_owned();
    let kept: Vec<&str> =
        head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("content-length:")).collect();
    Some(format!("{}\r\nContent-Length: {}\r\n\r\n{body}", kept.join("\r\n"), body.len()).into_bytes())
}
