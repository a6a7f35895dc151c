//! Raw HTTP connections, for requests that no well-behaved client sends.

use crate::client::Response;
use socket2::{Domain, SockAddr, Socket, Type};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// A connection to a local server.
pub struct RawConnection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl RawConnection {
    /// Connects.
    pub fn to(port: u16) -> Self {
        Self::over(TcpStream::connect(("127.0.0.1", port)).unwrap())
    }

    /// Connects from another loopback address, such as `127.0.0.2`, with a receive buffer of a few kilobytes.
    pub fn from(source: [u8; 4], port: u16) -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        socket.bind(&SockAddr::from(SocketAddr::from((source, 0)))).unwrap();
        socket.connect(&SockAddr::from(SocketAddr::from(([127, 0, 0, 1], port)))).unwrap();
        Self::over(socket.into())
    }

    fn over(stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
        Self { stream, read: Vec::new() }
    }

    /// Sends bytes, of which the server may accept only a part. Returns whether it accepted all of them.
    pub fn try_write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Sends bytes and fails when the server does not accept them.
    pub fn write(&mut self, bytes: &[u8]) -> &mut Self {
        self.stream.write_all(bytes).unwrap();
        self
    }

    /// Closes the sending direction.
    pub fn end(&mut self) -> &mut Self {
        self.stream.shutdown(Shutdown::Write).unwrap();
        self
    }

    /// Reads a response; returns `None` when the connection ends before it is complete.
    pub fn response(&mut self) -> Option<Response> {
        self.response_to("GET")
    }

    /// Reads the response to a request with this method: a response to HEAD has no body.
    pub fn response_to(&mut self, method: &str) -> Option<Response> {
        let head = loop {
            if let Some(at) = find(&self.read, b"\r\n\r\n") {
                break self.read.drain(..at + 4).collect::<Vec<u8>>();
            }
            self.more()?;
        };
        let head = String::from_utf8_lossy(&head);
        let mut lines = head.split("\r\n");
        let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        if status == 100 {
            return self.response_to(method);
        }
        let mut response = Response { status, headers, body: Vec::new() };
        if method == "HEAD" || matches!(status, 204 | 304) {
            return Some(response);
        }
        let length: usize = response.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.read.len() < length {
            self.more()?;
        }
        response.body = self.read.drain(..length).collect();
        Some(response)
    }

    /// Returns whether the server sends nothing for this long.
    pub fn is_silent(&mut self, time: Duration) -> bool {
        let before = self.stream.read_timeout().unwrap();
        self.stream.set_read_timeout(Some(time)).unwrap();
        let silent = self.read.is_empty() && self.more().is_none();
        self.stream.set_read_timeout(before).unwrap();
        silent
    }

    fn more(&mut self) -> Option<()> {
        let mut bytes = [0; 16 * 1024];
        let count = self.stream.read(&mut bytes).ok().filter(|count| *count > 0)?;
        self.read.extend_from_slice(&bytes[..count]);
        Some(())
    }
}

/// Returns the position of `part` in `whole`.
pub fn find(whole: &[u8], part: &[u8]) -> Option<usize> {
    let (first, rest) = part.split_first()?;
    let mut from = 0;
    while let Some(at) = whole[from..].iter().position(|byte| byte == first) {
        let at = from + at;
        if whole[at + 1..].starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Builds a request head: request line, `Host`, and further headers as `Name: value`.
pub fn head(method: &str, path: &str, headers: &[&str]) -> String {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text + "\r\n"
}

/// Builds a request with a JSON body.
pub fn json_request(method: &str, path: &str, token: Option<&str>, body: &str) -> String {
    let length = format!("Content-Length: {}", body.len());
    let bearer = token.map(|token| format!("Authorization: Bearer {token}"));
    let mut headers = vec!["Content-Type: application/json", &length];
    headers.extend(bearer.as_deref());
    head(method, path, &headers) + body
}
