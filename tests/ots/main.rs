//! Tests of the client `ots` against the real server: beside clients of the HTTP interface and the server's own forms, over
//! failing connections, through kills, and against lying servers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]
#![allow(unreachable_pub, reason = "shared modules are compiled into several test binaries")]

#[path = "../support/client.rs"]
mod client;
#[path = "../support/fault_proxy.rs"]
mod fault_proxy;
#[path = "../support/files.rs"]
mod files;
#[path = "../support/liar.rs"]
mod liar;
#[path = "../support/ots.rs"]
mod ots;
#[path = "../support/ports.rs"]
mod ports;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/table.rs"]
mod table;

mod command_line;
mod exit_codes;
mod interruptions;
mod journeys;
mod lying_server;
mod requests;

/// Returns whether the tests run at full size.
fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}
