//! Browser tests: the site in Chromium, with and without scripts.
//!
//! Browsers are heavy, so at most two tests run at a time. `OTS_AXE` names axe-core's `axe.min.js`, by default where
//! `bin/test` installs it; `OTS_SCREENSHOTS` names a folder for screenshots of every page and state.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]
#![allow(unreachable_pub, reason = "shared modules are compiled into several test binaries")]

#[path = "../support/asked.rs"]
mod asked;
#[path = "../support/browser.rs"]
mod browser;
mod budgets;
#[path = "../support/client.rs"]
mod client;
mod clocks;
#[path = "../support/files.rs"]
mod contents;
mod damaged_links;
mod default_proxies;
mod device;
mod engine_journeys;
#[path = "../support/engines.rs"]
mod engines;
mod escaping;
mod fallbacks;
#[path = "../support/fault_proxy.rs"]
mod fault_proxy;
mod file_integrity;
mod files;
mod files_saving;
mod files_sending;
mod handovers;
mod in_app_browsers;
mod journeys;
mod keyboard;
mod languages;
mod layout;
#[path = "../support/liar.rs"]
mod liar;
mod link_page;
mod looks;
mod lost_tabs;
mod lying_server;
mod made_passwords;
mod messages;
mod old_browsers;
mod opened_states;
mod opening;
#[path = "../support/ots.rs"]
mod ots;
mod ots_journeys;
mod page_states;
mod pages;
mod plain_looks;
mod players;
#[path = "../support/ports.rs"]
mod ports;
mod qr_codes;
mod reading_window;
#[path = "../support/redis.rs"]
mod redis_server;
mod request_states;
mod request_vectors;
mod requests;
#[path = "../support/rng.rs"]
mod rng;
mod saved_names;
mod sending;
mod sent_list;
#[path = "../support/server.rs"]
mod server;
mod shared_content;
mod status;
mod status_link;
mod tab_memory;
#[path = "../support/table.rs"]
mod table;
mod updates;
mod user_gestures;
mod vectors;
mod web_app;

use std::time::Instant;
use tokio::sync::Semaphore;

/// Limits concurrency: two browsers saturate two cores.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Runs a test once a permit is free.
fn with_permit(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _turn = runtime.block_on(TURNS.acquire()).unwrap();
    let start = Instant::now();
    runtime.block_on(test);
    let (seconds, windows) = (start.elapsed().as_secs_f32(), browser::clean_consoles());
    println!("{seconds:.1} s; windows closed with a clean console so far: {windows}");
}
