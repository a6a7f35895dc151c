//! Requests as operators see them: in the access log and in the metrics, by the pattern of their route. No path, no
//! query, no address and no header gets here.

use super::errors::code_of;
use super::request_notes::{announced_length, refusal_code};
use crate::config::Settings;
use crate::metrics::{Answered, CONTENT_TYPE, Metrics};
use rocket::config::{Config, Ident, LogLevel, Shutdown as EndSettings};
use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::http::{ContentType, Status};
use rocket::{Data, Request, Response, State};
use std::collections::HashSet;
use std::net::{SocketAddr, TcpListener};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Instant;

/// When a request's head had been read.
struct Began(Instant);

/// Watches every answer. Attached only where the settings ask for a log or for metrics: it costs nothing otherwise.
pub(crate) struct Observing {
    log: bool,
    metrics: Option<Arc<Metrics>>,
}

impl Observing {
    /// For these settings; none when nobody wants to know.
    pub(crate) fn new(settings: &Settings, metrics: Option<Arc<Metrics>>) -> Option<Self> {
        (settings.access_log || metrics.is_some()).then_some(Self { log: settings.access_log, metrics })
    }
}

#[rocket::async_trait]
impl Fairing for Observing {
    fn info(&self) -> Info {
        Info { name: "access log and metrics", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        request.local_cache(|| Began(Instant::now()));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let status = response.status();
        let length = response.headers().get_one("Content-Length").and_then(|length| length.parse().ok());
        let refusal = match refusal_code(request) {
            Some(code) => Some(code),
            None => (status.code >= 400).then(|| code_of(status).name()),
        };
        let answer = Answered {
            route: request.route().map_or("none", |route| route.uri.as_str()),
            status: status.code,
            took: request.local_cache(|| Began(Instant::now())).0.elapsed(),
            received: announced_length(request).unwrap_or(0),
            sent: length.or(response.body().preset_size().map(|size| size as u64)).unwrap_or(0),
            refusal,
        };
        if let Some(metrics) = &self.metrics {
            metrics.answered(&answer);
        }
        if self.log {
            tracing::info!(
                method = request.method().as_str(),
                route = answer.route,
                status = answer.status,
                milliseconds = u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX),
                received = answer.received,
                sent = answer.sent,
                "request"
            );
        }
    }
}

/// The figures.
#[rocket::get("/metrics")]
fn metrics(metrics: &State<Arc<Metrics>>) -> (Status, (ContentType, String)) {
    let kind = ContentType::from_str(CONTENT_TYPE).unwrap_or(ContentType::Plain);
    (Status::Ok, (kind, metrics.text()))
}

/// The route of the figures.
pub(crate) fn routes() -> Vec<rocket::Route> {
    rocket::routes![metrics]
}

/// Serves the figures at an address of their own, as long as the site runs.
pub(crate) fn at_own_address(address: SocketAddr, metrics: Arc<Metrics>) -> [AdHoc; 2] {
    let free = AdHoc::try_on_ignite("metrics address", move |rocket| async move {
        match TcpListener::bind(address) {
            Ok(_) => Ok(rocket),
            Err(error) => {
                tracing::error!("metrics_address: this server cannot listen there ({error}); choose another");
                Err(rocket)
            }
        }
    });
    let serve = AdHoc::on_liftoff("metrics", move |site| {
        Box::pin(async move {
            let end = site.shutdown();
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
            let told = AdHoc::on_liftoff("log", |own| {
                Box::pin(async move {
                    let config = own.config();
                    tracing::info!("metrics at http://{}/metrics", SocketAddr::new(config.address, config.port));
                })
            });
            let own = rocket::custom(config).manage(metrics).mount("/", routes()).attach(told);
            rocket::tokio::spawn(async move {
                let launched = match own.ignite().await {
                    Ok(own) => {
                        let own_end = own.shutdown();
                        rocket::tokio::spawn(async move {
                            end.await;
                            own_end.notify();
                        });
                        own.launch().await
                    }
                    Err(error) => Err(error),
                };
                if let Err(error) = launched {
                    tracing::error!("metrics_address: {}", crate::config::explain_launch(&error));
                }
            });
        })
    });
    [free, serve]
}
