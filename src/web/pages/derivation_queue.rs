//! Queue of password-based key derivations, which occupy a core for a good part of a second each.

use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;
use std::time::Duration;

/// Maximum number of derivations running at a time.
const MAX_RUNNING: usize = 2;

/// Maximum number of derivations running or queued.
const MAX_PENDING: usize = 32;

/// Maximum time that a derivation is queued.
const MAX_WAIT: Duration = Duration::from_secs(15);

/// Runs password-based key derivations on blocking threads, with limits on concurrency and queue length.
pub(crate) struct DerivationQueue {
    running: Semaphore,
    pending: Semaphore,
}

impl Default for DerivationQueue {
    fn default() -> Self {
        Self { running: Semaphore::new(MAX_RUNNING), pending: Semaphore::new(MAX_PENDING) }
    }
}

impl DerivationQueue {
    /// Runs `derive` on a blocking thread. Returns `None` when the queue is full, the wait times out or the server
    /// shuts down.
    pub(crate) async fn run<T: Send + 'static>(&self, derive: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _pending = self.pending.try_acquire().ok()?;
        let _running = timeout(MAX_WAIT, self.running.acquire()).await.ok()?.ok()?;
        spawn_blocking(derive).await.ok()
    }
}
