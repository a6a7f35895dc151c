//! HTML pages, rendered from `templates/` in the visitor's language. All of them work without scripts.

pub mod about;
pub mod app_manifest;
pub mod create;
pub mod create_form;
pub mod download;
pub mod form_decryption;
pub mod form_encryption;
pub mod frame;
pub mod open;
pub mod page_cache;
pub mod response;
pub mod status;

use rocket::tokio::sync::Semaphore;
use rocket::tokio::time::timeout;
use std::time::Duration;

/// Returns the page routes, to be mounted at the base path.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        create::page,
        create::submit,
        open::page,
        open::submit,
        open::file,
        status::page,
        status::check,
        status::delete,
        about::page,
        app_manifest::manifest,
        app_manifest::offline,
        app_manifest::share,
        app_manifest::lost
    ]
}

/// Concurrent password derivations. Each occupies a core for a good part of a second.
const STRETCHINGS: usize = 2;

/// Password derivations that run or wait.
const WAITING: usize = 32;

/// Longest wait of a queued derivation.
const TURN: Duration = Duration::from_secs(15);

/// Runs password derivations on blocking threads, with limits on concurrency and queue length.
pub struct Stretching {
    turns: Semaphore,
    queue: Semaphore,
}

impl Default for Stretching {
    fn default() -> Self {
        Self { turns: Semaphore::new(STRETCHINGS), queue: Semaphore::new(WAITING) }
    }
}

impl Stretching {
    /// Runs `work` on a blocking thread. Returns `None` when the queue is full, the wait times out or the server shuts
    /// down.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _place = self.queue.try_acquire().ok()?;
        let _turn = timeout(TURN, self.turns.acquire()).await.ok()?.ok()?;
        rocket::tokio::task::spawn_blocking(work).await.ok()
    }
}
