//! Tests of the format of requests (`docs/request.md`) against the shared vectors, which the browser implementation runs
//! too, and of the state transitions against an independent model.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

#[path = "requests/format.rs"]
mod format;
#[path = "requests/transitions.rs"]
mod transitions;
