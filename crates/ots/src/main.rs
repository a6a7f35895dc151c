//! `ots`: sends and opens shares of a OneTimeShare site from the command line (`docs/ots.md`).

mod api;
mod ask;
mod base;
mod cli;
mod config;
mod download;
mod exit;
mod files;
mod http;
mod input;
mod open;
mod output;
mod progress;
mod retry;
mod run;
mod send;
mod site;
mod state;
mod status;
mod upload;

use clap::Parser as _;
use output::Out;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::alloc::System;
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

/// Wipes all heap memory when it is freed, also the buffers of libraries: they hold messages, files and links.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    // A core dump would hold what was decrypted. Where the limit cannot be set, there is nothing to do about it.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let cli = cli::Cli::parse();
    let out = Out { json: cli.json };
    match run::run(cli, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(out.failure(&failure)),
    }
}
