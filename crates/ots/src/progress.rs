//! The progress of a transfer, shown on a terminal alone.

use crate::retry::Line;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Counts the bytes of a transfer, and draws a bar with speed and time left on a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// What the calls of the transfer share.
    pub(crate) line: Line,
}

impl Progress {
    /// Starts a transfer of `bytes` bytes, of which `done` were transferred earlier.
    pub(crate) fn of(what: &'static str, bytes: u64, done: u64) -> Self {
        let bar = if io::stderr().is_terminal() {
            let style = "{msg} [{bar:30}] {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left";
            let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
            bar.set_style(
                ProgressStyle::with_template(style)
                    .unwrap_or_else(|_| ProgressStyle::default_bar())
                    .progress_chars("=> "),
            );
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        } else {
            ProgressBar::hidden()
        };
        bar.set_message(what);
        bar.set_position(done);
        bar.reset_eta();
        Self { bar, line: Line::default() }
    }

    /// Counts a part.
    pub(crate) fn add(&self, bytes: u64) {
        self.line.moved.fetch_add(1, Ordering::Relaxed);
        self.bar.inc(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
