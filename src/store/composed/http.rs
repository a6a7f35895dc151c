//! The HTTP client of an object store: HTTP/1.1, over TLS with the crypto provider that the program uses elsewhere.

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as TcpConnector;
use hyper_util::rt::TokioExecutor;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
    HttpService,
};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Timeout for connecting to the object store.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Timeout from the request to the head of the response.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// Length above which the text of an error is not read.
const MAX_ERROR: u64 = 16 * 1024;
/// Time for which an unused connection is kept.
const IDLE: Duration = Duration::from_secs(20);

/// Error for an object store without room.
#[derive(Debug, thiserror::Error)]
#[error("the object store is full")]
pub(super) struct StorageFull;

/// Error for a response that took too long.
#[derive(Debug, thiserror::Error)]
#[error("no answer in time")]
struct NoAnswer;

/// Returns the settings of a TLS client that trusts the system's authorities, or those in the file that `SSL_CERT_FILE` names.
///
/// # Errors
/// When the crypto provider supports no version of TLS.
pub(crate) fn tls_config() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    // Without the system's certificates, an endpoint without TLS still works.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Creates clients.
#[derive(Debug)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config =
            tls_config().map_err(|error| object_store::Error::Generic { store: "S3", source: Box::new(error) })?;
        let mut tcp = TcpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new()).pool_idle_timeout(IDLE).build(connector);
        Ok(HttpClient::new(Service(client)))
    }
}

struct Service(Client<HttpsConnector<TcpConnector>, HttpRequestBody>);

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Service")
    }
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let sent = tokio::time::timeout(HEAD_TIMEOUT, self.0.request(request)).await;
        let response = match sent {
            Err(_) => return Err(HttpError::new(HttpErrorKind::Timeout, NoAnswer)),
            Ok(Err(error)) => {
                let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
                return Err(HttpError::new(kind, error));
            }
            Ok(Ok(response)) => response,
        };
        let (head, body) = response.into_parts();
        let body = body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error));
        match head.status.as_u16() {
            507 => Err(HttpError::new(HttpErrorKind::Unknown, StorageFull)),
            // MinIO and Ceph report a quota with these.
            400 | 403 | 409 if body.size_hint().upper().is_some_and(|length| length <= MAX_ERROR) => {
                let text = HttpResponseBody::new(body).bytes().await?;
                if is_full(&text) {
                    return Err(HttpError::new(HttpErrorKind::Unknown, StorageFull));
                }
                Ok(HttpResponse::from_parts(head, text.into()))
            }
            _ => Ok(HttpResponse::from_parts(head, HttpResponseBody::new(body))),
        }
    }
}

/// Returns whether the text of an error says that a quota is used up.
fn is_full(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    ["QuotaExceeded", "StorageFull", "InsufficientStorage"].iter().any(|code| text.contains(code))
}
