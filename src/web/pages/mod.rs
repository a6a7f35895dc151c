//! Pages for people: rendered from `templates/`, working without scripts, in the visitor's language.

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

/// Routes under the base path.
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

/// Password stretchings that run at a time: each takes a core for a good part of a second.
const STRETCHINGS: usize = 2;

/// Password stretchings that run or wait for their turn.
const WAITING: usize = 32;

/// The longest that one waits for its turn: with so many before it, all of them slow.
const TURN: Duration = Duration::from_secs(15);

/// Runs password stretching away from the requests, few at a time.
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
    /// Runs `work` when its turn comes; none when too many are waiting, or the server is ending.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _place = self.queue.try_acquire().ok()?;
        let _turn = timeout(TURN, self.turns.acquire()).await.ok()?.ok()?;
        rocket::tokio::task::spawn_blocking(work).await.ok()
    }
}
