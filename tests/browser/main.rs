//! The site in a real browser: what people see and do, with scripts and without.
//!
//! Browsers are heavy, so one test runs at a time. `OTS_AXE` names axe-core's `axe.min.js`, which otherwise lies where
//! `bin/test` installs it; `OTS_SCREENSHOTS` names a folder for pictures of every page and state.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(unreachable_pub, reason = "what test binaries share is public in each")]

#[path = "../support/browser.rs"]
mod browser;
mod budgets;
#[path = "../support/client.rs"]
mod client;
mod codes;
#[path = "../support/files.rs"]
mod contents;
mod device;
mod escaping;
mod files;
mod files_altered;
mod files_saving;
mod files_sending;
mod gallery;
mod handover;
mod inapp;
mod journeys;
mod keyboard;
mod looks;
mod mangled;
mod opening;
mod pages;
mod phone;
#[path = "../support/proxy.rs"]
mod proxy;
#[path = "../support/redis.rs"]
mod redis_server;
mod sending;
#[path = "../support/server.rs"]
mod server;
mod status;
mod tab_memory;
#[path = "../support/table.rs"]
mod table;
mod trusted;
mod vectors;

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Held by the test that runs.
static TURN: Mutex<()> = Mutex::new(());

/// Runs a test when it is its turn.
fn in_turn(test: impl Future<Output = ()>) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let start = Instant::now();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    let (seconds, windows) = (start.elapsed().as_secs_f32(), browser::clean_consoles());
    println!("{seconds:.1} s; windows so far, all with a clean console: {windows}");
}
