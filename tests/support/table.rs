//! Rows of the table of figures that `bin/test` prints at its end and `docs/reliability.md` keeps.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use std::fmt::Display;
use std::io::Write as _;

/// Prints `reliability | name | figure`, past the harness, which hides what passing tests print. Names are the ones of
/// `docs/reliability.md`, in ASCII, with the store in brackets where there are two: `kill -9 of the server (Redis)`.
pub fn row(name: &str, figure: impl Display) {
    // One write, so that rows of tests that run at the same time do not mix.
    let line = format!("reliability | {name} | {figure}\n");
    let mut output = std::io::stdout().lock();
    output.write_all(line.as_bytes()).and_then(|()| output.flush()).unwrap();
}
