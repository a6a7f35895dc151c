//! Server lifecycle: signal handling, launch, and graceful shutdown.

use crate::config::explain_launch;
use crate::store::Store;
use crate::web::limits::Limits;
use rocket::Shutdown;
use rocket::config::{Shutdown as EndSettings, Sig};
use rocket::error::ErrorKind;
use rocket::figment::Figment;
use rocket::figment::providers::Serialized;
use rocket::tokio::signal::unix::{Signal, SignalKind, signal};
use rocket::tokio::time::sleep;
use std::sync::Arc;
use std::time::Duration;

/// Time for connections to close after the last request has been answered. Without this limit Rocket waits for its
/// whole grace period while a single idle connection is open.
const LINGER: Duration = Duration::from_secs(2);

/// How often the shutdown checks whether requests are still in progress.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Serves until a shutdown signal arrives. Returns the store, which closes when the caller drops it.
///
/// # Errors
/// A one-line message for operators when the server cannot start.
pub async fn run(figment: Figment, settings: EndSettings) -> Result<Option<Store>, String> {
    // Installed first: a signal that arrives during the start is kept until the server can act on it.
    let signals = Signals::install().map_err(|error| format!("cannot install signal handlers: {error}"))?;
    // Rocket's own handlers are off: they could end the server before the shutdown is logged.
    let figment = figment
        .merge(Serialized::global("shutdown.ctrlc", false))
        .merge(Serialized::global("shutdown.signals", <[Sig; 0]>::default()));
    let rocket = crate::rocket(&figment).map_err(|error| error.to_string())?;
    let rocket = rocket.ignite().await.map_err(|error| explain_launch(&error))?;
    let (store, limits) = (rocket.state::<Store>().cloned(), rocket.state::<Arc<Limits>>().cloned());
    let shutdown = rocket.shutdown();
    rocket::tokio::spawn({
        let shutdown = shutdown.clone();
        async move {
            signals.received(&settings).await;
            tracing::info!("shutting down; draining requests");
            shutdown.notify();
        }
    });
    rocket::tokio::select! {
        launched = rocket.launch() => match launched {
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::Shutdown(..)) => {
                tracing::info!("shutdown grace expired; unfinished transfers were interrupted and can be resumed");
            }
            Err(error) => return Err(explain_launch(&error)),
        },
        () = drained(shutdown, limits) => {}
    }
    Ok(store)
}

/// Completes after a shutdown was requested, the last request was answered and [`LINGER`] has passed.
async fn drained(shutdown: Shutdown, limits: Option<Arc<Limits>>) {
    shutdown.await;
    while limits.as_ref().is_some_and(|limits| limits.in_progress() > 0) {
        sleep(POLL_INTERVAL).await;
    }
    sleep(LINGER).await;
}

/// Handlers of SIGTERM and SIGINT.
struct Signals {
    term: Signal,
    interrupt: Signal,
}

impl Signals {
    fn install() -> std::io::Result<Self> {
        Ok(Self { term: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for a signal that `settings` enable.
    async fn received(mut self, settings: &EndSettings) {
        let term = settings.signals.contains(&Sig::Term);
        rocket::tokio::select! {
            _ = self.term.recv(), if term => {}
            _ = self.interrupt.recv(), if settings.ctrlc => {}
            else => std::future::pending().await,
        }
    }
}
