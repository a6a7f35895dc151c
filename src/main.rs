//! Command line: serve, check the settings, query a running server's health, and the operator's commands.

use clap::{Parser, Subcommand};
use onetimeshare::operator::{self, Order};
use onetimeshare::{check_config, config, hardening, healthcheck, logging, run};
use rocket::Config;
use rocket::figment::Figment;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::alloc::System;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

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
    /// End a reported share, whether or not a server is running with these settings.
    TakeDown {
        /// The link, or the id in it; "-" reads it from standard input, which keeps it out of the shell's history.
        share: String,
    },
    /// Print how many shares the store holds, their bytes, the room left, and the time of the oldest.
    Usage,
    /// Serve a five-byte response without the app, as a baseline for benchmarks.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Bare,
}

/// Wipes all heap memory when it is freed, also the buffers of libraries: they hold what forms without scripts send.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// Limit on open file descriptors to ask for: connections and the store's files together.
const FILE_LIMIT: u64 = 65_536;

fn main() -> ExitCode {
    let status = execute();
    logging::flush();
    status
}

fn execute() -> ExitCode {
    let arguments = Arguments::parse();
    let (figment, warnings) = match config::figment() {
        Ok(found) => found,
        Err(refusal) => return fail(&refusal),
    };
    let rocket_config = match Config::try_from(&figment) {
        Ok(config) => config,
        Err(error) => return fail(&config::explain(&error)),
    };
    logging::install(rocket_config.log_level, config::log_format(&figment));
    if let Err(error) = hardening::forbid_dumps() {
        tracing::warn!(%error, "core dumps could not be turned off");
    }
    let task = match arguments.command {
        None => {
            for warning in warnings {
                tracing::warn!("{warning}");
            }
            return serve(figment, &rocket_config);
        }
        #[cfg(feature = "bench")]
        Some(Task::Bare) => return serve_bare(&figment),
        Some(Task::CheckConfig) => check_config::run(&figment, &rocket_config, &warnings),
        Some(Task::Healthcheck) => healthcheck::ask(&rocket_config),
        Some(Task::TakeDown { share }) => reported(share).and_then(|order| operate(figment, order)),
        Some(Task::Usage) => operate(figment, Order::Usage),
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

/// Longest text on standard input, in bytes.
const LONGEST_INPUT: u64 = 16 * 1024;

/// Parses the argument of `take-down`.
fn reported(mut text: String) -> Result<Order, String> {
    if text == "-" {
        text.clear();
        let read = std::io::stdin().take(LONGEST_INPUT).read_to_string(&mut text);
        read.map_err(|error| format!("cannot read standard input: {error}"))?;
    }
    Order::take_down(&text)
}

/// Executes a command of the operator and prints its result.
fn operate(figment: Figment, order: Order) -> Result<(), String> {
    let text = rocket::execute(operator::run(figment, order))?;
    writeln!(std::io::stdout(), "{text}").map_err(|error| format!("cannot print: {error}"))
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
    logging::print(&format!("onetimeshare: {message}"));
    ExitCode::FAILURE
}
