//! The thread that keeps an eye on Redis while nobody asks.

use super::servers::Servers;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often the sentinels are asked who the primary is, and servers that never answered what their settings are.
const TICK: Duration = Duration::from_millis(500);
/// How often servers that have told their settings are asked again, and how seldom a full one is searched.
const RECHECK_INTERVAL: Duration = Duration::from_secs(60);

#[derive(Default)]
struct MonitorState {
    ended: bool,
    wants_room: bool,
}

/// What the thread waits for.
#[derive(Default)]
struct MonitorSignal {
    state: Mutex<MonitorState>,
    woken: Condvar,
}

impl MonitorSignal {
    fn lock(&self) -> MutexGuard<'_, MonitorState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a tick, or until somebody calls. None when it is over; else whether room is wanted.
    fn wait(&self, may_search: bool) -> Option<bool> {
        let idle = |state: &mut MonitorState| !(state.ended || may_search && state.wants_room);
        let waited = self.woken.wait_timeout_while(self.lock(), TICK, idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        let wants_room = may_search && std::mem::take(&mut state.wants_room);
        (!state.ended).then_some(wants_room)
    }
}

/// The running thread. It ends soon after this is dropped, and is not waited for: it may be waiting for a server.
pub(super) struct Monitor(Arc<MonitorSignal>);

impl Monitor {
    pub(super) fn start(servers: Arc<Servers>) -> Result<Self, String> {
        let signal = Arc::new(MonitorSignal::default());
        let its_signal = Arc::clone(&signal);
        thread::Builder::new()
            .name("store-watch".into())
            .stack_size(512 * 1024)
            .spawn(move || run(&servers, &its_signal))
            .map_err(|error| format!("The store's thread could not be started: {error}."))?;
        Ok(Self(signal))
    }

    /// Asks for a search after room. At most one a minute is made.
    pub(super) fn make_room(&self) {
        self.0.lock().wants_room = true;
        self.0.woken.notify_all();
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.woken.notify_all();
    }
}

fn run(servers: &Servers, signal: &MonitorSignal) {
    let mut primary = None;
    let mut inspected = Instant::now();
    let mut searched: Option<Instant> = None;
    loop {
        let Some(wants_room) = signal.wait(searched.is_none_or(|searched| searched.elapsed() >= RECHECK_INTERVAL))
        else {
            return;
        };
        if let Some(sentinels) = servers.sentinels()
            && let Ok(now) = sentinels.primary(Duration::ZERO)
        {
            if primary.as_ref().is_some_and(|before| *before != now) {
                // A server that was cut off or stood still may come back and take writes that will be lost.
                tracing::warn!("The sentinels name another primary of Redis.");
                servers.reconnect();
                // It has settings of its own.
                let _ = servers.inspect();
            }
            primary = Some(now);
        }
        if !servers.is_assessed() || inspected.elapsed() >= RECHECK_INTERVAL {
            inspected = Instant::now();
            // A server that is down says so at every call, and is asked again at the next tick.
            let _ = servers.inspect();
        }
        if wants_room {
            servers.reclaim();
            searched = Some(Instant::now());
        }
    }
}
