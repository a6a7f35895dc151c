//! The thread that keeps an eye on Redis while nobody asks.

use super::manager::Connections;
use super::sentinel::Sentinels;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often the sentinels are asked who the primary is.
const ASK_SENTINELS: Duration = Duration::from_millis(500);

/// Ends the thread.
#[derive(Default)]
struct Signal {
    ended: Mutex<bool>,
    woken: Condvar,
}

impl Signal {
    /// Waits for `pause`; true when the end came meanwhile.
    fn ended_within(&self, pause: Duration) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        *self.woken.wait_timeout_while(ended, pause, |ended| !*ended).unwrap_or_else(PoisonError::into_inner).0
    }
}

/// The running thread; it ends when this is dropped.
pub(super) struct Watch {
    signal: Arc<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Asks `sentinels` again and again, and throws connections that lead to a former primary away: one that was cut
    /// off or stood still may come back and take writes that will be lost.
    pub(super) fn start(sentinels: Arc<Sentinels>, connections: Connections) -> Result<Self, String> {
        let signal = Arc::new(Signal::default());
        let its_signal = Arc::clone(&signal);
        let thread = thread::Builder::new()
            .name("store-watch".into())
            .stack_size(512 * 1024)
            .spawn(move || {
                let mut last = None;
                while !its_signal.ended_within(ASK_SENTINELS) {
                    let Ok(now) = sentinels.primary(Duration::ZERO) else { continue };
                    if last.as_ref().is_some_and(|last| *last != now) {
                        tracing::warn!("The sentinels name another primary of Redis.");
                        connections.renew();
                    }
                    last = Some(now);
                }
            })
            .map_err(|error| format!("The store's thread could not be started: {error}."))?;
        Ok(Self { signal, thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *self.signal.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.signal.woken.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
