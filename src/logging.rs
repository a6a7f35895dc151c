//! What operators read: our own events, never a request's path, and nothing of Rocket's or its server's, which print
//! paths and headers.

use crate::config::{LogFormat, Settings};
use crate::store::Store;
use rocket::config::LogLevel;
use rocket::fairing::AdHoc;
use std::io::IsTerminal as _;
use std::panic;
use tracing::level_filters::LevelFilter;

/// Takes the place of every logger that libraries look for, and says nothing.
struct Silence;

impl log::Log for Silence {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        false
    }

    fn log(&self, _: &log::Record<'_>) {}

    fn flush(&self) {}
}

/// Installs the log on standard error. Before anything of Rocket runs, since the first logger stays.
pub fn install(level: LogLevel, format: LogFormat) {
    // A second call, as in tests, finds the first one's loggers in place, which is as good.
    let _ = log::set_logger(&Silence);
    let level = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Critical => LevelFilter::ERROR,
        LogLevel::Normal => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    // A payload may hold what was being worked on; the place alone finds the fault.
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(location, "panic caught");
    }));
}

/// Says where the site can be reached and what keeps its shares.
pub fn liftoff() -> AdHoc {
    AdHoc::on_liftoff("log", |rocket| {
        Box::pin(async move {
            let config = rocket.config();
            let base = rocket.state::<Settings>().map_or("", Settings::base);
            let store = rocket.state::<Store>().map_or("none", |store| store.name());
            tracing::info!(store, "serving http://{}:{}{base}/", config.address, config.port);
        })
    })
}
