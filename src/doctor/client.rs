//! An HTTP/1.1 client that shows what other clients hide: bodies that stop, pauses, raw paths and early responses. It uses one
//! connection a request and follows no redirect.

use super::target::Target;
use crate::store::tls_config;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::client::conn::http1;
use hyper::header::HeaderMap;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// Timeout of connecting, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Time for a request without a wait of its own.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Byte limit of a response.
const LARGEST: usize = 2 * 1024 * 1024;

/// Name that the requests carry.
const USER_AGENT: &str = concat!("onetimeshare-doctor/", env!("CARGO_PKG_VERSION"));

/// A complete response.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Time from the request to the end of the response.
    pub(super) took: Duration,
}

impl Answer {
    /// Returns the value of a header, or `None` when it is missing or not text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as JSON, or null.
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Why there is no complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// No connection; the reason.
    Unreachable(String),
    /// No complete response within this time.
    Silent(Duration),
    /// The connection ended after this time.
    Cut(Duration),
    /// The response is longer than the client accepts.
    TooLong,
}

/// The result of a request.
pub(super) type Exchange = Result<Answer, Failure>;

/// A request body.
#[derive(Clone)]
pub(super) enum Payload {
    None,
    Whole(Bytes),
    /// Sent in equal pieces that spread over a time.
    Slow(Bytes, Duration),
    /// Announced with this length, of which the given bytes are sent, and then a byte a second. Proxies written in Go pass
    /// an early answer on only between two reads of the body.
    Stalled(u64, Bytes),
    /// Sent without an announced length, in two halves with a pause between them. A proxy that has the whole body at once may
    /// announce its length.
    Chunked(Bytes, Duration),
}

/// The way to the site: where to connect to, and from which address of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    to: SocketAddr,
    from: Option<IpAddr>,
}

/// A request.
pub(super) struct Ask {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    payload: Payload,
    patience: Duration,
    way: Option<Way>,
}

impl Ask {
    /// Creates a request of a path of the site, the base path included.
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        let (headers, payload) = (Vec::new(), Payload::None);
        Self { method, path: path.into(), headers, payload, patience: PATIENCE, way: None }
    }

    /// Creates a GET request.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Adds a header.
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets the body and its type.
    pub(super) fn body(mut self, kind: &str, payload: Payload) -> Self {
        self.payload = payload;
        self.header("content-type", kind)
    }

    /// Sets the time for the whole exchange.
    pub(super) fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sets the way to the site.
    pub(super) fn by(mut self, way: Way) -> Self {
        self.way = Some(way);
        self
    }
}

/// Pause between two bytes of a stalled body.
const DROP: Duration = Duration::from_secs(1);

/// Number of pieces of a slow body.
const PIECES: u32 = 20;

impl Payload {
    /// Returns the announced length, if there is a body that announces one.
    fn length(&self) -> Option<u64> {
        match self {
            Self::None | Self::Chunked(..) => None,
            Self::Whole(bytes) | Self::Slow(bytes, _) => Some(bytes.len() as u64),
            Self::Stalled(length, _) => Some(*length),
        }
    }

    fn into_body(self) -> UnsyncBoxBody<Bytes, Infallible> {
        let frame = |bytes| Ok::<_, Infallible>(Frame::data(bytes));
        match self {
            Self::None => Empty::new().boxed_unsync(),
            Self::Whole(bytes) => Full::new(bytes).boxed_unsync(),
            Self::Chunked(mut bytes, pause) => {
                let first = bytes.split_to(bytes.len() / 2);
                let rest = stream::once(async move {
                    tokio::time::sleep(pause).await;
                    bytes
                });
                StreamBody::new(stream::iter([first]).chain(rest).map(frame)).boxed_unsync()
            }
            Self::Stalled(_, bytes) => {
                let drops = stream::unfold((), |()| async {
                    tokio::time::sleep(DROP).await;
                    Some((Bytes::from_static(b"-"), ()))
                });
                StreamBody::new(stream::iter([bytes]).chain(drops).map(frame)).boxed_unsync()
            }
            Self::Slow(bytes, time) => {
                let (size, pause) = (bytes.len().div_ceil(PIECES as usize).max(1), time / PIECES);
                let pieces = stream::unfold(bytes, move |mut rest| async move {
                    if rest.is_empty() {
                        return None;
                    }
                    tokio::time::sleep(pause).await;
                    let piece = rest.split_to(size.min(rest.len()));
                    Some((piece, rest))
                });
                StreamBody::new(pieces.map(frame)).boxed_unsync()
            }
        }
    }
}

trait Connected: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connected for T {}

/// The task of a connection, ended with the exchange.
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A client of one site.
pub(super) struct Client {
    target: Target,
    tls: Option<TlsConnector>,
    ways: Vec<Way>,
}

impl Client {
    /// Looks up the addresses of the site and connects once. `connect` replaces its address.
    ///
    /// # Errors
    /// A message for operators when the site cannot be reached.
    pub(super) async fn reach(target: Target, connect: Option<SocketAddr>) -> Result<Self, String> {
        let tls = if target.https {
            let mut config = tls_config().map_err(|error| format!("TLS cannot be used: {error}"))?;
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            Some(TlsConnector::from(Arc::new(config)))
        } else {
            None
        };
        let found = match connect {
            Some(address) => vec![address],
            None => look_up(&target).await?,
        };
        let client = Self { target, tls, ways: Vec::new() };
        let mut ways: Vec<Way> = Vec::new();
        let mut failure = None;
        // One of each family is enough, and bounds the time.
        for family in [false, true] {
            for to in found.iter().copied().filter(|address| address.is_ipv6() == family).take(2) {
                let way = Way { to, from: None };
                match client.connect(way).await {
                    Ok(_) => {
                        ways.push(way);
                        break;
                    }
                    Err(reason) => failure = Some(reason),
                }
            }
        }
        let Some(first) = ways.first().copied() else {
            return Err(failure.unwrap_or_else(|| "its name has no address".to_owned()));
        };
        // On this machine a second address is at hand. It comes first, because the usual one is often that of a trusted proxy.
        if ways.len() == 1 && first.to.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) {
            let second = Way { to: first.to, from: Some(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2))) };
            if client.connect(second).await.is_ok() {
                ways.insert(0, second);
            }
        }
        Ok(Self { ways, ..client })
    }

    /// The site.
    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// Returns a way by which the site sees another address than by the usual one.
    pub(super) fn second_way(&self) -> Option<Way> {
        self.ways.get(1).copied()
    }

    /// Sends a request.
    pub(super) async fn send(&self, ask: Ask) -> Exchange {
        let patience = ask.patience;
        let sent = timeout(patience, self.exchange(ask, Instant::now())).await;
        sent.unwrap_or(Err(Failure::Silent(patience)))
    }

    async fn exchange(&self, ask: Ask, began: Instant) -> Exchange {
        let cut = || Failure::Cut(began.elapsed());
        let Some(way) = ask.way.or_else(|| self.ways.first().copied()) else {
            return Err(Failure::Unreachable("no way to the site".to_owned()));
        };
        let stream = self.connect(way).await.map_err(Failure::Unreachable)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| cut())?;
        let _driver = Driver(tokio::spawn(async move {
            // The exchange reports the error.
            let _ = connection.await;
        }));
        let mut request = Request::builder()
            .method(ask.method)
            .uri(ask.path)
            .header("host", self.target.authority())
            .header("user-agent", USER_AGENT);
        if let Some(length) = ask.payload.length() {
            request = request.header("content-length", length);
        }
        for (name, value) in ask.headers {
            request = request.header(name, value);
        }
        let request = request.body(ask.payload.into_body()).map_err(|_| cut())?;
        let (head, body) = sender.send_request(request).await.map_err(|_| cut())?.into_parts();
        let body = whole(body).await.map_err(|failure| failure.unwrap_or_else(cut))?;
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body, took: began.elapsed() })
    }

    async fn connect(&self, way: Way) -> Result<Box<dyn Connected>, String> {
        let connected = timeout(CONNECT_TIMEOUT, async {
            let tcp = tcp(way).await.map_err(|error| format!("cannot connect to {}: {error}", way.to))?;
            let Some(tls) = &self.tls else { return Ok(Box::new(tcp) as Box<dyn Connected>) };
            let name = ServerName::try_from(self.target.name().to_owned())
                .map_err(|_| "the host of the address is not valid for TLS".to_owned())?;
            let stream = tls.connect(name, tcp).await.map_err(|error| {
                format!("TLS with {} fails: {error}; SSL_CERT_FILE names a file of authorities to trust", way.to)
            })?;
            Ok(Box::new(stream) as Box<dyn Connected>)
        });
        connected.await.unwrap_or_else(|_| Err(format!("{} does not answer", way.to)))
    }
}

async fn tcp(way: Way) -> io::Result<TcpStream> {
    let socket = if way.to.is_ipv6() { TcpSocket::new_v6()? } else { TcpSocket::new_v4()? };
    if let Some(from) = way.from {
        socket.bind(SocketAddr::new(from, 0))?;
    }
    let stream = socket.connect(way.to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn look_up(target: &Target) -> Result<Vec<SocketAddr>, String> {
    let found = timeout(CONNECT_TIMEOUT, tokio::net::lookup_host((target.name(), target.port))).await;
    match found {
        Ok(Ok(addresses)) => Ok(addresses.collect()),
        Ok(Err(error)) => Err(format!("the name {} is not found: {error}", target.name())),
        Err(_) => Err(format!("the name {} is not found in time", target.name())),
    }
}

/// Reads a body. The error is `None` when the connection ended early.
async fn whole(mut body: Incoming) -> Result<Bytes, Option<Failure>> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| None::<Failure>)?.into_data() else { continue };
        if bytes.len() + data.len() > LARGEST {
            return Err(Some(Failure::TooLong));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.into())
}
