//! Shares with files from outside: the real program on both stores, over wires that break and through deaths of the
//! server, held against `docs/http-api.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(unreachable_pub, reason = "what is shared is shared with other test binaries, too")]

#[path = "../support/client.rs"]
mod client;
#[path = "../support/embedded_files.rs"]
mod embedded_files;
#[path = "../support/faults.rs"]
mod faults;
#[path = "../support/files.rs"]
mod files;
#[allow(dead_code, reason = "the other binary uses the rest")]
#[path = "../server/html.rs"]
mod html;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/server.rs"]
mod server;
#[allow(dead_code, reason = "the other binary uses the rest")]
#[path = "../server/site.rs"]
mod site;
#[path = "../support/table.rs"]
mod table;
#[allow(dead_code, reason = "the other binary uses the rest")]
#[path = "../server/wire.rs"]
mod wire;

mod bad_input;
mod canary;
mod capacity;
mod crash;
mod forms;
mod interruptions;
mod memory;
mod mixed_load;
mod multipart;
mod races;
mod roundtrip;
mod shutdown;

/// Whether the batteries run at their full size.
fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}
