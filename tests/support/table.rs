//! Prints rows of the table of figures that `bin/test` shows at its end and `docs/reliability.md` records.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use std::fmt::Display;
use std::io::Write as _;

/// Prints `reliability | name | figure` directly to stdout, because the harness hides the output of passing tests.
/// Names are those in `docs/reliability.md`, in ASCII, with the store in parentheses where there are two: `kill -9 of
/// the server (Redis)`.
pub fn row(name: &str, figure: impl Display) {
    // One write, so that rows of concurrent tests do not interleave.
    let line = format!("reliability | {name} | {figure}\n");
    let mut output = std::io::stdout().lock();
    output.write_all(line.as_bytes()).and_then(|()| output.flush()).unwrap();
}
