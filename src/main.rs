//! The program: runs the server, or the subcommand of its command line.

mod cli;

use clap::Parser as _;
use cli::{Arguments, Task};
use onetimeshare::operator::{self, Order};
use onetimeshare::{check_config, config, doctor, hardening, healthcheck, logging, run};
use rocket::Config;
use rocket::figment::Figment;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::alloc::System;
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

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
    let task = match Arguments::parse().command {
        None => Setup::read().and_then(serve),
        Some(Task::CheckConfig) => Setup::read().and_then(|s| check_config::run(&s.figment, &s.config, &s.warnings)),
        Some(Task::Healthcheck) => Setup::read().and_then(|setup| healthcheck::ask(&setup.config)),
        Some(Task::TakeDown { share }) => Setup::read().and_then(|setup| operate(setup, reported(share)?)),
        Some(Task::Usage) => Setup::read().and_then(|setup| operate(setup, Order::Usage)),
        Some(Task::Completions { shell }) => cli::completions(shell, &mut std::io::stdout()),
        Some(Task::Man { folder }) => cli::man(&folder).and_then(|paths| print(&listed(&paths))),
        Some(Task::Doctor { url, connect, json }) => return examine(&url, connect, json),
        #[cfg(feature = "bench")]
        Some(Task::Bare) => Setup::read().and_then(|setup| serve_bare(&setup.figment)),
    };
    match task {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            logging::print(&format!("onetimeshare: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// The settings as found, with the log started. `Settings::read` checks them.
struct Setup {
    figment: Figment,
    config: Config,
    warnings: Vec<String>,
}

impl Setup {
    /// Reads the settings, starts the log and turns off core dumps.
    ///
    /// # Errors
    /// A setting of Rocket that is invalid. The message names the key and the fix.
    fn read() -> Result<Self, String> {
        let (figment, warnings) = config::figment().map_err(|refusal| refusal.to_string())?;
        let config = Config::try_from(&figment).map_err(|error| config::explain(&error).to_string())?;
        logging::install(config.log_level, config::log_format(&figment));
        if let Err(error) = hardening::forbid_dumps() {
            tracing::warn!(%error, "core dumps could not be turned off");
        }
        Ok(Self { figment, config, warnings })
    }
}

fn serve(setup: Setup) -> Result<(), String> {
    for warning in setup.warnings {
        tracing::warn!("{warning}");
    }
    raise_file_limit();
    // `run` returns the store so that it is closed only after the runtime and all of its tasks are gone.
    rocket::execute(run::run(setup.figment, setup.config.shutdown)).map(drop)
}

#[cfg(feature = "bench")]
fn serve_bare(figment: &Figment) -> Result<(), String> {
    let launched = rocket::execute(onetimeshare::bare::rocket(figment).launch());
    launched.map(drop).map_err(|error| config::explain_launch(&error))
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
fn operate(setup: Setup, order: Order) -> Result<(), String> {
    print(&rocket::execute(operator::run(setup.figment, order))?)
}

fn print(text: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{text}").map_err(|error| format!("cannot print: {error}"))
}

/// Returns one path a line.
fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n")
}

/// Examines a site, which need not be that of the settings: they only name the assets to compare with.
fn examine(url: &str, connect: Option<SocketAddr>, json: bool) -> ExitCode {
    let figment = Setup::read().map(|setup| setup.figment).ok();
    doctor::run(figment.as_ref(), url, connect, json).map_or_else(
        |message| {
            logging::print(&format!("onetimeshare: {message}"));
            ExitCode::from(doctor::UNREACHABLE)
        },
        ExitCode::from,
    )
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
