//! The operators' log on standard error.
//!
//! It holds the app's own events only. Rocket and Hyper log paths and headers, which may hold keys, so their loggers
//! are silenced.

mod repeats;
mod writer;

use crate::config::{LogFormat, Settings};
use crate::metrics::GuardReport;
use crate::store::Store;
use repeats::Repeats;
use rocket::config::LogLevel;
use rocket::fairing::AdHoc;
use rocket::tokio::time::{MissedTickBehavior, interval};
use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::panic;
use std::path::absolute;
use std::time::Duration;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Interval of the reports of repeated warnings and of refusals.
const REPORT_INTERVAL: Duration = Duration::from_secs(60);

/// Drops every record that libraries send to the `log` crate.
struct Silence;

impl log::Log for Silence {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        false
    }

    fn log(&self, _: &log::Record<'_>) {}

    fn flush(&self) {}
}

/// Installs the log and the panic hook. Must run before Rocket installs its logger, because the first one wins.
pub fn install(level: LogLevel, format: LogFormat) {
    // A second call, as in tests, fails here and keeps the first call's loggers.
    let _ = log::set_logger(&Silence);
    let level = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Critical => LevelFilter::ERROR,
        LogLevel::Normal => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let log = layer(format, writer::log_writer(format));
    // Events of libraries may hold addresses and names of objects.
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    let _ = tracing_subscriber::registry().with(own).with(log).with(Repeats).try_init();
    // The payload is left out, because it may hold a message or a key.
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(location, "panic caught");
    }));
}

/// Returns the layer that formats events. It must not report a failed write to standard error, which would panic.
fn layer<S, W>(format: LogFormat, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let is_terminal = std::io::stderr().is_terminal();
    let log = fmt::Layer::default().with_target(false).log_internal_errors(false).with_ansi(is_terminal);
    let log = log.with_writer(writer);
    match format {
        LogFormat::Text => log.boxed(),
        LogFormat::Json => log.json().flatten_event(true).boxed(),
    }
}

/// Writes a line for operators that is no event, such as why the program ends. It is lost rather than waited for.
pub fn print(line: &str) {
    let _ = writer::log_writer(LogFormat::Text).write_all(format!("{line}\n").as_bytes());
}

/// Waits for the last lines to be written, for a second at most.
pub fn flush() {
    writer::flush();
}

/// Returns the number of log lines that standard error did not take.
pub(crate) fn lines_lost() -> u64 {
    writer::lines_lost()
}

/// Logs the server's address, the store in use and its folder, once the server listens.
pub(crate) fn liftoff() -> AdHoc {
    AdHoc::on_liftoff("log", |rocket| {
        Box::pin(async move {
            let config = rocket.config();
            let store = rocket.state::<Store>().map_or("none", |store| store.name());
            let settings = rocket.state::<Settings>();
            let base = settings.map_or("", Settings::base);
            let folder = settings.and_then(|settings| settings.store.embedded_folder());
            let data_dir = folder.and_then(|folder| absolute(folder).ok()).map(|folder| folder.display().to_string());
            tracing::info!(store, data_dir, "serving http://{}{base}/", SocketAddr::new(config.address, config.port));
        })
    })
}

/// Logs, once a minute and at the end, what was refused and which warnings were repeated.
pub(crate) fn reports() -> AdHoc {
    AdHoc::on_liftoff("log reports", |rocket| {
        let end = rocket.shutdown();
        Box::pin(async move {
            rocket::tokio::spawn(async move {
                let mut end = end;
                let mut ticks = interval(REPORT_INTERVAL);
                ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
                let mut guards = GuardReport::default();
                // The first tick is immediate.
                ticks.tick().await;
                loop {
                    let over = rocket::tokio::select! {
                        _ = ticks.tick() => false,
                        () = &mut end => true,
                    };
                    guards.log();
                    repeats::report();
                    if over {
                        return;
                    }
                }
            });
        })
    })
}
