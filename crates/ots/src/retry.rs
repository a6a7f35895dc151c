//! Repeats a call after failures that pass by: a broken line, a busy site.

use crate::http::CallError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Delays before the second try and the further ones, in milliseconds. The first is short, because most broken lines are
/// single connections that ended.
const DELAYS: [u64; 8] = [250, 1_000, 3_000, 8_000, 20_000, 20_000, 20_000, 20_000];
/// Tries of a call that nothing has been done for yet.
const FEW: usize = 3;
/// Longest wait that the site may ask for, in seconds; a longer one is reported.
const MAX_RETRY_AFTER: u64 = 60;
/// How often a wait looks whether it was stopped.
const SLICE: Duration = Duration::from_millis(50);

/// How a transfer goes: its calls share what they know.
#[derive(Default)]
pub(crate) struct Line {
    /// Grows with each part that was transferred. Growth resets the count of failures.
    pub(crate) moved: AtomicU64,
    /// Whether another call of the transfer has failed for good.
    pub(crate) stopped: AtomicBool,
}

impl Line {
    /// Repeats `job`, which must be safe to repeat, until it succeeds, fails for good, or fails nine times without
    /// anything moved in between.
    ///
    /// # Errors
    /// The last error of `job`.
    pub(crate) fn patiently<T>(&self, job: impl FnMut() -> Result<T, CallError>) -> Result<T, CallError> {
        self.repeat(DELAYS.len() + 1, job)
    }

    fn repeat<T>(&self, tries: usize, mut job: impl FnMut() -> Result<T, CallError>) -> Result<T, CallError> {
        let (mut failures, mut before) = (0, self.moved.load(Ordering::Relaxed));
        loop {
            let error = match job() {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            let now = self.moved.load(Ordering::Relaxed);
            if now != before {
                (failures, before) = (0, now);
            }
            failures += 1;
            let Some(asked) = retry_after(&error).filter(|asked| *asked <= MAX_RETRY_AFTER && failures < tries) else {
                return Err(error);
            };
            let delay = DELAYS.get(failures - 1).copied().unwrap_or(DELAYS[DELAYS.len() - 1]);
            self.wait(Duration::from_millis(delay.max(asked * 1_000)));
            if self.stopped.load(Ordering::Relaxed) {
                return Err(error);
            }
        }
    }

    fn wait(&self, time: Duration) {
        let end = Instant::now() + time;
        while !self.stopped.load(Ordering::Relaxed) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            thread::sleep(left.min(SLICE));
        }
    }
}

/// Repeats a single call a few times, for a person who waits.
///
/// # Errors
/// As [`Line::patiently`].
pub(crate) fn briefly<T>(job: impl FnMut() -> Result<T, CallError>) -> Result<T, CallError> {
    Line::default().repeat(FEW, job)
}

/// Repeats a single call for a minute and a half, when giving up would lose what has been transferred.
///
/// # Errors
/// As [`Line::patiently`].
pub(crate) fn patiently<T>(job: impl FnMut() -> Result<T, CallError>) -> Result<T, CallError> {
    Line::default().patiently(job)
}

/// Returns the seconds that the site asks to wait, or `None` when the call fails for good.
fn retry_after(error: &CallError) -> Option<u64> {
    match error {
        CallError::Unreachable(_) => Some(0),
        CallError::Refused(problem) if problem.is_transient() => Some(problem.retry_after.unwrap_or(0)),
        CallError::Refused(_) | CallError::Foreign(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use crate::http::{CallError, Problem};
    use std::sync::atomic::Ordering;

    fn refused(status: u16, code: &str, retry_after: Option<u64>) -> CallError {
        CallError::Refused(Box::new(Problem { status, code: code.to_owned(), retry_after, ..Problem::default() }))
    }

    #[test]
    fn only_failures_that_pass_by_are_tried_again() {
        for (error, tries) in [
            (refused(404, "not_found", None), 1),
            (refused(507, "full", Some(1)), 1),
            (refused(429, "slow_down", Some(61)), 1),
            (refused(503, "unavailable", None), 2),
            (refused(502, "", None), 2),
            (CallError::Foreign("x".to_owned()), 1),
            (CallError::Unreachable("x".to_owned()), 2),
        ] {
            let (mut seen, mut error) = (0, Some(error));
            let result = Line::default().patiently(|| {
                seen += 1;
                error.take().map_or(Ok(()), Err)
            });
            assert_eq!((seen, result.is_ok()), (tries, tries == 2));
        }
    }

    #[test]
    fn a_transfer_that_moves_on_is_not_given_up() {
        let line = Line::default();
        let mut left = 11;
        let result = line.patiently(|| {
            line.moved.fetch_add(1, Ordering::Relaxed);
            left -= 1;
            if left == 0 { Ok(()) } else { Err(CallError::Unreachable("x".to_owned())) }
        });
        assert!(result.is_ok());
    }

    #[test]
    fn a_stopped_transfer_waits_for_nothing() {
        let line = Line::default();
        line.stopped.store(true, Ordering::Relaxed);
        let mut tries = 0;
        let result: Result<(), _> = line.patiently(|| {
            tries += 1;
            Err(refused(429, "slow_down", Some(60)))
        });
        assert!(result.is_err() && tries == 1);
    }
}
