//! Writes the log to standard error in a thread of its own, so that a log that takes no more lines delays nothing.
//!
//! Lines wait in a bounded queue. A line that finds the queue full, or that cannot be written, is lost and counted; the
//! count is logged as soon as standard error takes lines again.

use crate::config::LogFormat;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;

/// Maximum bytes of the lines that wait.
const MAX_QUEUED: usize = 256 * 1024;
/// Lines are written together up to this size, that of a write to a pipe which other processes cannot interleave.
const MAX_WRITE: usize = 4096;
/// How long the end of the program waits for the last lines.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);
/// Interval between attempts to report lost lines.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);
/// Pause before writing again to a standard error that does not block and is full.
const BACKOFF: Duration = Duration::from_millis(10);

/// The queue of this process. Its thread starts with the first use.
static QUEUE: OnceLock<Arc<Queue>> = OnceLock::new();

/// Returns the writer of the log.
pub(super) fn log_writer(format: LogFormat) -> LogWriter {
    LogWriter(Arc::clone(QUEUE.get_or_init(|| start(StandardError, move |count| notice(format, count)))))
}

/// Waits until all lines are written, at most for [`FLUSH_TIMEOUT`].
pub(super) fn flush() {
    if let Some(queue) = QUEUE.get() {
        queue.flush(FLUSH_TIMEOUT);
    }
}

/// Returns the number of lines lost since the start.
pub(super) fn lines_lost() -> u64 {
    QUEUE.get().map_or(0, |queue| queue.lock().lost_in_all)
}

/// Queues each line. Never blocks and never fails.
#[derive(Clone)]
pub(super) struct LogWriter(Arc<Queue>);

impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for LogWriter {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Standard error without the lock of [`io::Stderr`], which a blocked write would hold.
struct StandardError;

impl Write for StandardError {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(io::stderr(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines that wait.
#[derive(Default)]
struct Lines {
    queued: VecDeque<Box<[u8]>>,
    bytes: usize,
    /// Lines lost and not reported yet.
    lost: u64,
    lost_in_all: u64,
    writing: bool,
}

impl Lines {
    fn lose(&mut self, count: u64) {
        self.lost += count;
        self.lost_in_all += count;
    }
}

/// Lines that are written together.
struct Batch {
    text: Vec<u8>,
    lines: u64,
    /// Lines lost before it.
    lost: u64,
}

#[derive(Default)]
struct Queue {
    lines: Mutex<Lines>,
    added: Condvar,
    written: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, line: &[u8]) {
        let mut lines = self.lock();
        if lines.bytes + line.len() > MAX_QUEUED {
            lines.lose(1);
            return;
        }
        lines.bytes += line.len();
        lines.queued.push_back(line.into());
        drop(lines);
        self.added.notify_one();
    }

    /// Waits for lines. While lost ones are unreported, returns an empty batch after [`RETRY_INTERVAL`].
    fn next(&self) -> Batch {
        let mut lines = self.lock();
        while lines.queued.is_empty() {
            if lines.lost > 0 {
                lines = self.added.wait_timeout(lines, RETRY_INTERVAL).unwrap_or_else(PoisonError::into_inner).0;
                break;
            }
            lines = self.added.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
        let mut batch = Batch { text: Vec::new(), lines: 0, lost: std::mem::take(&mut lines.lost) };
        while let Some(line) = lines.queued.pop_front() {
            if batch.lines > 0 && batch.text.len() + line.len() > MAX_WRITE {
                lines.queued.push_front(line);
                break;
            }
            lines.bytes -= line.len();
            batch.text.extend_from_slice(&line);
            batch.lines += 1;
        }
        lines.writing = true;
        batch
    }

    /// Ends the writing of a batch. `unreported` of the lines lost before it still have to be reported, `lost` are lost
    /// with it.
    fn finish(&self, unreported: u64, lost: u64) {
        let mut lines = self.lock();
        lines.lost += unreported;
        lines.lose(lost);
        lines.writing = false;
        drop(lines);
        self.written.notify_all();
    }

    fn flush(&self, patience: Duration) {
        let busy = |lines: &mut Lines| lines.writing || !lines.queued.is_empty();
        let _flushed = self.written.wait_timeout_while(self.lock(), patience, busy);
    }
}

/// Starts the thread that writes to `output`. `notice` returns the line that reports lost ones.
fn start(output: impl Write + Send + 'static, notice: impl Fn(u64) -> Vec<u8> + Send + 'static) -> Arc<Queue> {
    let queue = Arc::new(Queue::default());
    let its_queue = Arc::clone(&queue);
    // Without the thread, all lines beyond those that fit the queue are lost.
    let _ = thread::Builder::new()
        .name("log".into())
        .stack_size(256 * 1024)
        .spawn(move || write_batches(&its_queue, output, &notice));
    queue
}

fn write_batches(queue: &Queue, mut output: impl Write, notice: &dyn Fn(u64) -> Vec<u8>) {
    // Whether the last write ended within a line.
    let mut torn = false;
    loop {
        let batch = queue.next();
        let mut text = Vec::new();
        if torn {
            text.push(b'\n');
        }
        if batch.lost > 0 {
            text.extend(notice(batch.lost));
        }
        let header = text.len();
        text.extend(batch.text);
        let written = &text[..write_all(&mut output, &text)];
        torn = written.last().map_or(torn, |last| *last != b'\n');
        let whole = written.get(header..).map_or(0, |lines| lines.split(|byte| *byte == b'\n').count() - 1);
        let unreported = if written.len() < header { batch.lost } else { 0 };
        let lost = if written.len() == text.len() { 0 } else { batch.lines.saturating_sub(whole as u64) };
        queue.finish(unreported, lost);
    }
}

/// Writes as much as `output` takes. Returns the number of bytes.
fn write_all(output: &mut impl Write, bytes: &[u8]) -> usize {
    let mut written = 0;
    while written < bytes.len() {
        match output.write(&bytes[written..]) {
            Ok(0) => break,
            Ok(count) => written += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Another process may have set the shared description of standard error to non-blocking.
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(BACKOFF),
            Err(_) => break,
        }
    }
    written
}

/// Returns the line that reports lost ones, in the format of the log.
fn notice(format: LogFormat, count: u64) -> Vec<u8> {
    let line = Arc::new(Queue::default());
    let log = super::layer(format, LogWriter(Arc::clone(&line)));
    tracing::subscriber::with_default(tracing_subscriber::registry().with(log), || {
        tracing::warn!(count, "log lines were lost: standard error took no more");
    });
    line.lock().queued.pop_front().unwrap_or_default().into_vec()
}

#[cfg(test)]
mod tests {
    use super::{MAX_QUEUED, Queue, Write, io, start};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::{Duration, Instant};

    /// Passes each write on, and takes as many bytes of it as the test says.
    struct Gate {
        taken: Sender<String>,
        allowed: Receiver<io::Result<usize>>,
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = self.allowed.recv().unwrap_or(Ok(bytes.len()))?.min(bytes.len());
            let _ = self.taken.send(String::from_utf8_lossy(&bytes[..count]).into_owned());
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn gated() -> (std::sync::Arc<Queue>, Sender<io::Result<usize>>, Receiver<String>) {
        let ((taken, log), (allow, allowed)) = (channel(), channel());
        (start(Gate { taken, allowed }, |count| format!("lost {count}\n").into_bytes()), allow, log)
    }

    #[test]
    fn a_blocked_output_delays_no_caller_and_the_lost_lines_are_reported() {
        let (queue, allow, log) = gated();
        let line = [b"x".repeat(999), b"\n".to_vec()].concat();
        let began = Instant::now();
        for _ in 0..3_000 {
            queue.push(&line);
        }
        queue.flush(Duration::from_millis(50));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        drop(allow);
        queue.flush(Duration::from_secs(20));
        queue.push(b"after\n");
        queue.flush(Duration::from_secs(20));
        let text: String = log.try_iter().collect();
        let lost: usize =
            text.split("lost ").skip(1).filter_map(|rest| rest.lines().next()?.parse::<usize>().ok()).sum();
        let written = text.lines().filter(|line| line.starts_with('x')).count();
        assert_eq!(written + lost, 3_000, "each line is written or counted");
        assert!(written * 1_000 >= MAX_QUEUED - 1_000 && lost >= 2_700, "{written} {lost}");
        assert!(text.ends_with("after\n"));
        assert_eq!(queue.lock().lost_in_all, lost as u64);
    }

    #[test]
    fn an_output_that_fails_loses_its_lines_and_reports_them_when_it_recovers() {
        let (queue, allow, log) = gated();
        for line in ["one\n", "two\n"] {
            allow.send(Err(io::ErrorKind::StorageFull.into())).unwrap();
            queue.push(line.as_bytes());
            queue.flush(Duration::from_secs(20));
        }
        // Half of the third line is written before the disk is full again; no other line follows.
        allow.send(Ok("lost 2\nthr".len())).unwrap();
        allow.send(Err(io::ErrorKind::StorageFull.into())).unwrap();
        queue.push(b"three\n");
        queue.flush(Duration::from_secs(20));
        drop(allow);
        let mut text = String::new();
        while !text.ends_with("lost 1\n") {
            text += &log.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        assert_eq!(text, "lost 2\nthr\nlost 1\n");
        queue.push(b"four\n");
        queue.flush(Duration::from_secs(20));
        assert_eq!(log.try_iter().collect::<String>(), "four\n");
        assert_eq!(queue.lock().lost_in_all, 3);
    }
}
