//! The thread that monitors the Redis servers: failovers, settings, and abandoned uploads when they are full.

use super::servers::Servers;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Interval between queries of the sentinels, and of servers whose settings are unknown.
const TICK: Duration = Duration::from_millis(500);
/// Interval between checks of known settings, and minimum interval between searches for abandoned uploads.
const RECHECK_INTERVAL: Duration = Duration::from_secs(60);

#[derive(Default)]
struct MonitorState {
    stopped: bool,
    reclaim_requested: bool,
}

/// Wakes and stops the monitor thread.
#[derive(Default)]
struct MonitorSignal {
    state: Mutex<MonitorState>,
    woken: Condvar,
}

impl MonitorSignal {
    fn lock(&self) -> MutexGuard<'_, MonitorState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next tick or a request. Returns `None` when the monitor is stopped, or else whether to reclaim.
    fn wait(&self, may_reclaim: bool) -> Option<bool> {
        let idle = |state: &mut MonitorState| !(state.stopped || may_reclaim && state.reclaim_requested);
        let waited = self.woken.wait_timeout_while(self.lock(), TICK, idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        let reclaim_requested = may_reclaim && std::mem::take(&mut state.reclaim_requested);
        (!state.stopped).then_some(reclaim_requested)
    }
}

/// The running monitor thread. Dropping this stops it without waiting, because it may be waiting for a server.
pub(super) struct Monitor(Arc<MonitorSignal>);

impl Monitor {
    pub(super) fn start(servers: Arc<Servers>) -> Result<Self, String> {
        let signal = Arc::new(MonitorSignal::default());
        let its_signal = Arc::clone(&signal);
        thread::Builder::new()
            .name("store-monitor".into())
            .stack_size(512 * 1024)
            .spawn(move || run(&servers, &its_signal))
            .map_err(|error| format!("The store's thread could not be started: {error}."))?;
        Ok(Self(signal))
    }

    /// Requests a search for abandoned uploads. At most one per minute is made.
    pub(super) fn make_room(&self) {
        self.0.lock().reclaim_requested = true;
        self.0.woken.notify_all();
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.woken.notify_all();
    }
}

fn run(servers: &Servers, signal: &MonitorSignal) {
    let mut primary = None;
    let mut inspected = Instant::now();
    let mut reclaimed: Option<Instant> = None;
    loop {
        let Some(reclaim_requested) =
            signal.wait(reclaimed.is_none_or(|reclaimed| reclaimed.elapsed() >= RECHECK_INTERVAL))
        else {
            return;
        };
        if let Some(sentinels) = servers.sentinels()
            && let Ok(now) = sentinels.primary(Duration::ZERO)
        {
            if primary.as_ref().is_some_and(|before| *before != now) {
                // The old primary may return and accept writes that will be lost.
                tracing::warn!("Redis failed over: the sentinels report another primary.");
                servers.reconnect();
                // The new primary may have other settings.
                let _ = servers.inspect();
            }
            primary = Some(now);
        }
        if !servers.is_assessed() || inspected.elapsed() >= RECHECK_INTERVAL {
            inspected = Instant::now();
            // Calls report the error of an unreachable server, and the next tick retries.
            let _ = servers.inspect();
        }
        if reclaim_requested {
            servers.reclaim();
            reclaimed = Some(Instant::now());
        }
    }
}
