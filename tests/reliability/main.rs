//! The promises of `docs/reliability.md` under load, chance and faults: the real program on both stores, each battery at
//! the size that every run has time for, or at full size with `OTS_FULL`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]
#![allow(unreachable_pub, reason = "what is shared is shared with other test binaries, too")]

#[path = "../support/client.rs"]
mod client;
#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/dice.rs"]
mod dice;
#[path = "../support/embedded_files.rs"]
mod embedded_files;
#[path = "../support/faults.rs"]
mod faults;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/server.rs"]
mod server;
#[allow(dead_code, reason = "the other binary uses the rest")]
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
mod soak;

/// Whether the batteries run at their full size.
fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}
