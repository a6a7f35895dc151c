//! The program: serves, checks its settings, or asks a running server how it is.

use clap::{Parser, Subcommand};
use onetimeshare::{config, healthcheck, logging};
use rocket::Config;
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
        None => return serve(&figment),
        Some(Task::CheckConfig) => config::Settings::read(&figment).map(|_| ()).map_err(|error| error.to_string()),
        Some(Task::Healthcheck) => healthcheck::ask(&rocket_config),
    };
    match task {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn serve(figment: &rocket::figment::Figment) -> ExitCode {
    let rocket = match onetimeshare::rocket(figment) {
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
