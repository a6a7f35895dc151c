//! Tests the guarantees in `docs/reliability.md` under load, random input and faults, with the real server binary and
//! both stores. Each battery runs at a reduced size, or at full size with `OTS_FULL`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(unreachable_pub, reason = "shared modules are compiled into several test binaries")]

#[path = "../support/asked.rs"]
mod asked;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/embedded_files.rs"]
mod embedded_files;
#[path = "../support/fault_proxy.rs"]
mod fault_proxy;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
#[path = "../server/html.rs"]
mod html;
#[path = "../support/ports.rs"]
mod ports;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/rng.rs"]
mod rng;
#[path = "../support/server.rs"]
mod server;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
#[path = "../server/site.rs"]
mod site;
#[path = "../support/table.rs"]
mod table;

mod claims;
mod environment;
mod malformed;
mod malformed_request;
mod model;
mod network_faults;
mod random_walk;
mod request_walk;
mod soak;

/// Returns whether the batteries run at full size.
fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}
