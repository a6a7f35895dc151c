//! HTTP exchanges with a site: bounded in time and in size, without redirects, over the proxies of the environment.

use crate::base::Base;
use crate::exit::Failure;
use crate::output::plain;
use serde::Deserialize;
use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::{Method, Request, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// Time to connect.
const CONNECT: Duration = Duration::from_secs(20);
/// Time without progress after which an exchange fails.
const STALL: Duration = Duration::from_secs(60);
/// Longest exchange, however slowly it moves on.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// Bytes of the problem document that are read: it may list 65,536 missing parts.
const MAX_PROBLEM: u64 = 1 << 20;
/// Bytes of a connection's buffer in each direction.
const BUFFER: usize = 64 * 1024;

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum CallError {
    /// No answer came, or an incomplete one.
    Unreachable(String),
    /// What answered is no OneTimeShare site: a redirect, a login page, another version.
    Foreign(String),
    /// The site refused.
    Refused(Box<Problem>),
}

/// A refusal of the site: its status and its problem document (`docs/http-api.md`, "Errors"). An error without one is that
/// of a proxy.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    /// HTTP status.
    #[serde(skip)]
    pub(crate) status: u16,
    /// Stable code; empty for the error of a proxy.
    pub(crate) code: String,
    /// Seconds to wait.
    #[serde(skip)]
    pub(crate) retry_after: Option<u64>,
    /// State of a share that is gone.
    pub(crate) state: String,
    /// When it came into this state.
    pub(crate) at: String,
    /// Wrong passwords left before a wait.
    pub(crate) tries_left: Option<u64>,
    /// Bytes that would fit into a full site.
    pub(crate) fits: Option<u64>,
    /// Parts that have not arrived.
    pub(crate) missing: Vec<u32>,
    /// The member that is wrong.
    pub(crate) member: String,
}

impl Problem {
    /// Returns whether the same request may succeed later.
    pub(crate) fn is_transient(&self) -> bool {
        self.code == "slow_down" || (self.status >= 500 && self.code != "full")
    }

    /// Returns the failure in words.
    pub(crate) fn failure(&self) -> Failure {
        let wait = self
            .retry_after
            .map_or_else(String::new, |seconds| format!(" Try again in {}.", crate::output::span(seconds)));
        match (&*self.code, self.status) {
            ("gone", _) => gone(&self.state, &self.at),
            ("lost", _) => Failure::gone("The site has lost a part of the content. The sender has to send it again."),
            ("wrong_password", _) => Failure::password(format!("The password is wrong.{wait}")),
            ("password_needed", _) => Failure::password(
                "A password protects this share. Give it with --password-file, or run this on a terminal.",
            ),
            ("not_found", _) => Failure::gone(
                "There is nothing at this link: it ended some time ago, or the link belongs to another site.",
            ),
            ("too_large", _) => Failure::refused(
                "The site takes no content of this size from one sender. Send less at a time, or to a site that takes more.",
            ),
            ("full", 507) => {
                let fits = self.fits.map_or_else(String::new, |bytes| {
                    format!(" Files of {} together still fit.", crate::output::size(bytes))
                });
                Failure::refused(format!("The site is full.{fits} Try later."))
            }
            ("complete", _) => Failure::gone(
                "An earlier command completed this share, and it has ended since. Run the command again to send a new one.",
            ),
            ("full", _) => Failure::gone("The request has all the answers that it takes."),
            ("slow_down", _) => Failure::refused(format!(
                "The site asks to wait: too many requests or wrong passwords, or too much stored from this address.{wait}"
            )),
            ("taken", _) => Failure::refused("The site already has another share under this id. Send it again."),
            ("invalid", _) => Failure::refused(format!(
                "The site does not accept the request: {} is out of its range.",
                plain(&self.member)
            )),
            (_, status @ 500..) => {
                Failure::network(format!("The site does not work at the moment (status {status}).{wait}"))
            }
            (code, status) => {
                let code = if code.is_empty() { String::new() } else { format!(", {}", plain(code)) };
                Failure::refused(format!(
                    "The site, or a proxy before it, refuses the request (status {status}{code})."
                ))
            }
        }
    }
}

/// Returns the failure for a share in this state.
pub(crate) fn gone(state: &str, at: &str) -> Failure {
    let when = crate::output::when(at);
    match state {
        "opened" => Failure::opened(format!(
            "It was already opened{when}. A link opens once; ask the sender whether it was you."
        )),
        "expired" => Failure::gone(format!("It has expired{when}.")),
        "deleted" => Failure::gone(format!("The sender deleted it{when}.")),
        "removed" => Failure::gone(format!("The operator of the site removed it{when}.")),
        "full" => Failure::gone(format!("The request has all the answers that it takes{when}.")),
        _ => Failure::gone("It is no longer there."),
    }
}

/// A body to send.
#[derive(Clone, Copy)]
pub(crate) enum Payload<'a> {
    /// None.
    None,
    /// JSON.
    Json(&'a [u8]),
    /// The bytes of a part, or none at all for a call without a body.
    Bytes(&'a [u8]),
}

/// An answer of the site.
pub(crate) struct Reply {
    /// The status, of the 200s.
    pub(crate) status: u16,
    /// The body, not longer than the call allows.
    pub(crate) body: Vec<u8>,
    /// Tag of a status.
    pub(crate) etag: Option<String>,
    /// Digest of the claim that opened the share.
    pub(crate) claim_hash: Option<String>,
}

/// Connections to one site.
#[derive(Clone)]
pub(crate) struct Http {
    agent: Agent,
    base: Base,
}

impl Http {
    /// Prepares connections. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Failure::local`] when the system has no roots for https.
    pub(crate) fn new(base: Base) -> Result<Self, Failure> {
        let mut tls = TlsConfig::builder();
        let secure_proxy =
            || ureq::Proxy::try_from_env().is_some_and(|proxy| proxy.uri().scheme_str() == Some("https"));
        if base.as_str().starts_with("https:") || secure_proxy() {
            tls = tls
                .root_certs(system_roots()?)
                .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_per_read(Some(STALL))
            .timeout_per_write(Some(STALL))
            .timeout_per_call(Some(LONGEST))
            .max_response_header_size(32 * 1024)
            .input_buffer_size(BUFFER)
            .output_buffer_size(BUFFER)
            .max_idle_connections_per_host(8)
            .user_agent(concat!("ots/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .tls_config(tls.build())
            .build();
        Ok(Self { agent: config.into(), base })
    }

    /// Returns the site's address.
    pub(crate) fn base(&self) -> &Base {
        &self.base
    }

    /// Sends one request and reads its answer of at most `limit` bytes. `path` is below the API's.
    ///
    /// # Errors
    /// [`CallError`].
    pub(crate) fn exchange(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        payload: Payload<'_>,
        limit: u64,
    ) -> Result<Reply, CallError> {
        let mut request = Request::builder().method(method).uri(format!("{}/api/v1{path}", self.base));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let sent = match payload {
            Payload::None => request.body(()).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
            Payload::Json(bytes) | Payload::Bytes(bytes) => {
                let kind =
                    if matches!(payload, Payload::Json(_)) { "application/json" } else { "application/octet-stream" };
                if !bytes.is_empty() {
                    request = request.header("Content-Type", kind);
                }
                let request = request.header("Content-Length", bytes.len());
                request.body(bytes).map_err(ureq::Error::from).and_then(|request| self.agent.run(request))
            }
        };
        read(sent.map_err(|error| unreachable_because(&error))?, limit)
    }
}

/// Reads the answer.
fn read(response: Response<Body>, limit: u64) -> Result<Reply, CallError> {
    let (parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    match status {
        200..=299 => {
            let (etag, claim_hash) = (header("etag"), header("claim-hash"));
            Ok(Reply { status, body: read_body(body, limit)?, etag, claim_hash })
        }
        300..=399 => {
            let to = header("location").unwrap_or_default();
            Err(CallError::Foreign(format!(
                "the address redirects to “{}”. Use the address of the site itself",
                plain(&to)
            )))
        }
        _ => {
            let body = read_body(body, MAX_PROBLEM)?;
            let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
            let retry_after = header("retry-after").and_then(|value| value.trim().parse().ok());
            Err(CallError::Refused(Box::new(Problem { status, retry_after, ..problem })))
        }
    }
}

fn read_body(body: Body, limit: u64) -> Result<Vec<u8>, CallError> {
    let expected = body.content_length().unwrap_or(0).min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    let mut reader = body.into_with_config().limit(limit.saturating_add(2)).reader().take(limit + 1);
    reader.read_to_end(&mut bytes).map_err(|error| unreachable_because(&ureq::Error::from(error)))?;
    if bytes.len() as u64 > limit {
        return Err(CallError::Foreign("the answer is longer than any of the interface".to_owned()));
    }
    Ok(bytes)
}

/// Says why no answer came. Addresses are left out: they hold ids.
fn unreachable_because(error: &ureq::Error) -> CallError {
    CallError::Unreachable(match error {
        ureq::Error::Timeout(_) => "it does not answer in time".to_owned(),
        ureq::Error::HostNotFound => "its name is unknown".to_owned(),
        ureq::Error::Io(error) => plain(&error.to_string()),
        ureq::Error::Rustls(error) => format!("the secure connection failed: {}", plain(&error.to_string())),
        ureq::Error::ConnectProxyFailed(why) => format!("the proxy of the environment refuses: {}", plain(why)),
        error => plain(&error.to_string()),
    })
}

/// Returns the root certificates of the system, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
fn system_roots() -> Result<RootCerts, Failure> {
    let found = rustls_native_certs::load_native_certs();
    let roots: Vec<_> = found.certs.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    if roots.is_empty() {
        return Err(Failure::local(
            "The system has no root certificates for https. Install the package ca-certificates, or name a file with SSL_CERT_FILE.",
        ));
    }
    Ok(RootCerts::Specific(Arc::new(roots)))
}
