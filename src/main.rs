//! The program: serves, checks its settings, or asks a running server how it is.

use clap::{Parser, Subcommand};
use onetimeshare::{config, healthcheck, logging};
use rocket::{Build, Config, Rocket};
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
    /// Ask the server that runs with these settings whether it is ready.
    Healthcheck,
    /// Serve five bytes and nothing else: what benchmarks compare with.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Bare,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let figment = config::figment();
    let rocket_config = match Config::try_from(&figment) {
        Ok(config) => config,
        Err(error) => return fail(&config::explain(&error)),
    };
    logging::install(rocket_config.log_level);
    let task = match arguments.command {
        None => return serve(onetimeshare::rocket(&figment)),
        #[cfg(feature = "bench")]
        Some(Task::Bare) => return serve(Ok(onetimeshare::bare::rocket(&figment))),
        Some(Task::CheckConfig) => config::Settings::read(&figment).map(|_| ()).map_err(|error| error.to_string()),
        Some(Task::Healthcheck) => healthcheck::ask(&rocket_config),
    };
    match task {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn serve(rocket: Result<Rocket<Build>, config::BadSetting>) -> ExitCode {
    let rocket = match rocket {
        Ok(rocket) => rocket,
        Err(error) => return fail(&error),
    };
    match rocket::execute(rocket.launch()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => fail(&config::explain_launch(&error)),
    }
}

fn fail(message: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("onetimeshare: {message}");
    ExitCode::FAILURE
}
