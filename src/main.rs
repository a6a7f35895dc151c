//! Command line of the server: serve, check the settings, or query a running server's health.

use clap::{Parser, Subcommand};
use onetimeshare::{config, healthcheck, logging, run};
use rocket::Config;
use rocket::figment::Figment;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::process::ExitCode;

/// Send a message by a link that opens once.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Check the settings without serving.
    CheckConfig,
    /// Check that the server running with these settings is ready.
    Healthcheck,
    /// Serve a five-byte response without the app, as a baseline for benchmarks.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Bare,
}

/// Limit on open file descriptors to ask for: connections and the store's files together.
const FILE_LIMIT: u64 = 65_536;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let figment = config::figment();
    let rocket_config = match Config::try_from(&figment) {
        Ok(config) => config,
        Err(error) => return fail(&config::explain(&error)),
    };
    logging::install(rocket_config.log_level, config::log_format(&figment));
    let task = match arguments.command {
        None => return serve(figment, &rocket_config),
        #[cfg(feature = "bench")]
        Some(Task::Bare) => return serve_bare(&figment),
        Some(Task::CheckConfig) => config::Settings::read(&figment).map(|_| ()).map_err(|error| error.to_string()),
        Some(Task::Healthcheck) => healthcheck::ask(&rocket_config),
    };
    match task {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn serve(figment: Figment, config: &Config) -> ExitCode {
    raise_file_limit();
    // `run` returns the store so that it is closed only after the runtime and all of its tasks are gone.
    match rocket::execute(run::run(figment, config.shutdown.clone())) {
        Ok(_) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

#[cfg(feature = "bench")]
fn serve_bare(figment: &Figment) -> ExitCode {
    match rocket::execute(onetimeshare::bare::rocket(figment).launch()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => fail(&config::explain_launch(&error)),
    }
}

/// Raises the soft limit on open files, up to [`FILE_LIMIT`]. Each connection takes a descriptor, and the usual default
/// is 1,024.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(FILE_LIMIT, |hard| hard.min(FILE_LIMIT));
    if limit.current.is_some_and(|current| current < wanted) {
        // Failure is not fatal: the server then holds fewer connections.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum });
    }
}

fn fail(message: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("onetimeshare: {message}");
    ExitCode::FAILURE
}
