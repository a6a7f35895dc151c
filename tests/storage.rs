//! Tests of the stores: a conformance suite, races, crashes, frozen servers and full disks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(unreachable_pub, reason = "what is shared is shared with other test binaries, too")]

#[path = "support/bucket.rs"]
mod bucket;
#[path = "storage/composed.rs"]
mod composed;
#[path = "storage/conformance.rs"]
mod conformance;
#[path = "storage/crash.rs"]
mod crash;
#[path = "storage/embedded.rs"]
mod embedded;
#[path = "support/embedded_files.rs"]
mod embedded_files;
#[path = "storage/embedded_parts.rs"]
mod embedded_parts;
#[path = "storage/failover.rs"]
mod failover;
#[path = "storage/fake.rs"]
mod fake;
#[path = "support/fault_proxy.rs"]
mod fault_proxy;
#[path = "storage/fixture.rs"]
mod fixture;
#[path = "storage/guarantee.rs"]
mod guarantee;
#[path = "storage/handle.rs"]
mod handle;
#[path = "storage/objects.rs"]
mod objects;
#[path = "support/ports.rs"]
mod ports;
#[path = "storage/race.rs"]
mod race;
#[path = "support/redis.rs"]
mod redis_server;
#[path = "storage/redis.rs"]
mod redis_store;
#[path = "support/redis_topologies.rs"]
mod redis_topologies;
#[path = "support/table.rs"]
mod table;
#[path = "storage/topologies.rs"]
mod topologies;
