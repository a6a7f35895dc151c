//! HTTP tests of the real server binary with both stores, checked against `docs/http-api.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]
#![allow(clippy::similar_names, reason = "short test names")]
#![allow(unreachable_pub, reason = "shared modules are compiled into several test binaries")]

#[path = "../support/asked.rs"]
mod asked;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/embedded_files.rs"]
mod embedded_files;
#[path = "../support/nginx.rs"]
mod nginx;
#[path = "../support/ports.rs"]
mod ports;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/small_disk.rs"]
mod small_disk;
#[path = "../support/table.rs"]
mod table;

mod api;
mod authorization;
mod bad_bodies;
mod bad_input;
mod base_path;
mod behind_nginx;
mod broken_log;
mod canary;
mod crash;
mod cross_site;
mod doctor;
mod dump;
mod expiry;
mod form_memory;
mod forwarded;
mod full_journey;
mod guards;
mod handover;
mod headers;
mod html;
mod indistinguishable;
mod lifecycle;
mod limits;
mod long_poll;
mod long_poll_load;
mod lost_responses;
mod memory_hygiene;
mod observability;
mod open_checks;
mod openapi;
mod operator;
mod operator_pages;
mod pages_create;
mod pages_language;
mod pages_open;
mod pages_status;
mod pots;
mod previews;
mod quota;
mod races;
mod raw_http;
mod redis_degraded;
mod redis_faults;
mod redis_outage;
mod request_forms;
mod request_races;
mod request_strangers;
mod requests;
mod scanners;
mod settings;
#[allow(dead_code, reason = "each test binary uses a part of this module")]
mod site;
mod slow_clients;
mod web_app;
mod wild_forms;
mod wild_help;
mod wild_links;
