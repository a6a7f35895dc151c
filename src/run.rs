//! From start to end: signals, launch, and an end that waits for what is on its way and for nothing else.

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

/// How long connections may take to close once nothing is on its way any more. Without this the framework waits for its
/// whole grace as long as a single one is open.
const LINGER: Duration = Duration::from_secs(2);

/// How often is looked whether something is still on its way.
const LOOK: Duration = Duration::from_millis(50);

/// Serves until a signal asks for the end. Answers what keeps the store open: dropped last, it closes it.
///
/// # Errors
/// In one line for operators.
pub async fn run(figment: Figment, settings: EndSettings) -> Result<Option<Store>, String> {
    // Before anything that takes time: a signal that comes from here on is kept until the server can follow it.
    let signals = Signals::install().map_err(|error| format!("cannot install signal handlers: {error}"))?;
    // Rocket would listen to the same ones, and might have ended before the log is told why.
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
            signals.asked(&settings).await;
            tracing::info!("shutting down; draining requests");
            shutdown.notify();
        }
    });
    rocket::tokio::select! {
        launched = rocket.launch() => match launched {
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::Shutdown(..)) => {
                tracing::info!("shutdown grace expired; unfinished transfers were cut and can be resumed");
            }
            Err(error) => return Err(explain_launch(&error)),
        },
        () = quiet(shutdown, limits) => {}
    }
    Ok(store)
}

/// Ends when the end was asked for and nothing is on its way any more.
async fn quiet(shutdown: Shutdown, limits: Option<Arc<Limits>>) {
    shutdown.await;
    while limits.as_ref().is_some_and(|limits| limits.on_their_way() > 0) {
        sleep(LOOK).await;
    }
    sleep(LINGER).await;
}

struct Signals {
    term: Signal,
    interrupt: Signal,
}

impl Signals {
    fn install() -> std::io::Result<Self> {
        Ok(Self { term: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Ends when one of those came that the settings listen to.
    async fn asked(mut self, settings: &EndSettings) {
        let term = settings.signals.contains(&Sig::Term);
        rocket::tokio::select! {
            _ = self.term.recv(), if term => {}
            _ = self.interrupt.recv(), if settings.ctrlc => {}
            else => std::future::pending().await,
        }
    }
}
