//! The access log and the request metrics. Both identify a request by its route pattern and hold no path, query,
//! address or header.

use super::errors::code_of;
use super::guards::ExactPath;
use super::request_notes::{announced_length, error_code};
use crate::config::Settings;
use crate::metrics::{CONTENT_TYPE, CompletedRequest, Metrics};
use rocket::config::{Config, Ident, LogLevel, Shutdown as EndSettings};
use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::http::{ContentType, Status};
use rocket::{Data, Request, Response, State};
use std::collections::HashSet;
use std::net::{SocketAddr, TcpListener};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Instant;

/// Time at which the head of a request had been read.
struct StartTime(Instant);

/// Fairing that records every response.
pub(crate) struct RequestObserver {
    log: bool,
    metrics: Option<Arc<Metrics>>,
}

impl RequestObserver {
    /// Returns the fairing, or `None` when both the access log and the metrics are off.
    pub(crate) fn new(settings: &Settings, metrics: Option<Arc<Metrics>>) -> Option<Self> {
        (settings.access_log || metrics.is_some()).then_some(Self { log: settings.access_log, metrics })
    }
}

#[rocket::async_trait]
impl Fairing for RequestObserver {
    fn info(&self) -> Info {
        Info { name: "access log and metrics", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        request.local_cache(|| StartTime(Instant::now()));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let status = response.status();
        let length = response.headers().get_one("Content-Length").and_then(|length| length.parse().ok());
        let error_code = match error_code(request) {
            Some(code) => Some(code),
            None => (status.code >= 400).then(|| code_of(status).name()),
        };
        let completed = CompletedRequest {
            route: request.route().map_or("none", |route| route.uri.as_str()),
            status: status.code,
            took: request.local_cache(|| StartTime(Instant::now())).0.elapsed(),
            received: announced_length(request).unwrap_or(0),
            sent: length.or(response.body().preset_size().map(|size| size as u64)).unwrap_or(0),
            error_code,
        };
        if let Some(metrics) = &self.metrics {
            metrics.request_completed(&completed);
        }
        if self.log {
            tracing::info!(
                method = request.method().as_str(),
                route = completed.route,
                status = completed.status,
                milliseconds = u64::try_from(completed.took.as_millis()).unwrap_or(u64::MAX),
                received = completed.received,
                sent = completed.sent,
                "request"
            );
        }
    }
}

/// Serves the metrics.
#[rocket::get("/metrics")]
fn metrics(_path: ExactPath, metrics: &State<Arc<Metrics>>) -> (Status, (ContentType, String)) {
    let kind = ContentType::from_str(CONTENT_TYPE).unwrap_or(ContentType::Plain);
    (Status::Ok, (kind, metrics.text()))
}

/// Returns the metrics route.
pub(crate) fn routes() -> Vec<rocket::Route> {
    rocket::routes![metrics]
}

/// Returns fairings that serve the metrics on a listener of their own until the site shuts down.
pub(crate) fn metrics_listener(address: SocketAddr, metrics: Arc<Metrics>) -> [AdHoc; 2] {
    let check = AdHoc::try_on_ignite("metrics address", move |rocket| async move {
        match TcpListener::bind(address) {
            Ok(_) => Ok(rocket),
            Err(error) => {
                tracing::error!("metrics_address: cannot listen there: {error}; choose another address");
                Err(rocket)
            }
        }
    });
    let serve = AdHoc::on_liftoff("metrics", move |rocket| {
        Box::pin(async move {
            let end = rocket.shutdown();
            let config = Config {
                address: address.ip(),
                port: address.port(),
                workers: 1,
                log_level: LogLevel::Off,
                ident: Ident::none(),
                ip_header: None,
                cli_colors: false,
                shutdown: EndSettings {
                    ctrlc: false,
                    signals: HashSet::new(),
                    grace: 1,
                    mercy: 1,
                    ..EndSettings::default()
                },
                ..Config::default()
            };
            let log = AdHoc::on_liftoff("log", |server| {
                Box::pin(async move {
                    let config = server.config();
                    tracing::info!(
                        "serving metrics at http://{}/metrics",
                        SocketAddr::new(config.address, config.port)
                    );
                })
            });
            let server = rocket::custom(config).manage(metrics).mount("/", routes()).attach(log);
            rocket::tokio::spawn(async move {
                let launched = match server.ignite().await {
                    Ok(server) => {
                        let server_end = server.shutdown();
                        rocket::tokio::spawn(async move {
                            end.await;
                            server_end.notify();
                        });
                        server.launch().await
                    }
                    Err(error) => Err(error),
                };
                if let Err(error) = launched {
                    tracing::error!("metrics_address: {}", crate::config::explain_launch(&error));
                }
            });
        })
    });
    [check, serve]
}
