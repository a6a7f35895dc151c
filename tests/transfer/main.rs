//! HTTP tests of shares with files: the real server binary with both stores, over failing connections and through
//! crashes of the server, checked against `docs/http-api.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]
#![allow(unreachable_pub, reason = "shared modules are compiled into several test binaries")]

#[path = "../support/bucket.rs"]
mod bucket;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/embedded_files.rs"]
mod embedded_files;
#[path = "../support/fault_proxy.rs"]
mod fault_proxy;
#[path = "../support/files.rs"]
mod files;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
#[path = "../server/html.rs"]
mod html;
#[path = "../support/ports.rs"]
mod ports;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
#[path = "../server/raw_http.rs"]
mod raw_http;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/server.rs"]
mod server;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
#[path = "../server/site.rs"]
mod site;
#[path = "../support/small_disk.rs"]
mod small_disk;
#[path = "../support/table.rs"]
mod table;

mod bad_input;
mod beside_redis;
mod canary;
mod capacity;
mod crash;
mod forms;
mod interruptions;
mod memory;
mod mixed_load;
mod multipart;
mod object_faults;
mod object_store;
mod object_two_servers;
mod races;
mod roundtrip;
mod shutdown;

/// Returns whether the batteries run at full size.
fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}
