//! Pages for people: rendered from `templates/`, working without scripts, in the visitor's language.

pub mod about;
pub mod create;
pub mod download;
pub mod frame;
pub mod making;
pub mod open;
pub mod shell;
pub mod status;
pub mod unlocking;

use rocket::tokio::sync::Semaphore;

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
        about::page
    ]
}

/// Password stretchings that run at a time: each takes a core for a good part of a second.
const STRETCHINGS: usize = 2;

/// Runs password stretching away from the requests, few at a time.
pub struct Stretching(Semaphore);

impl Default for Stretching {
    fn default() -> Self {
        Self(Semaphore::new(STRETCHINGS))
    }
}

impl Stretching {
    /// Runs `work` when its turn comes; none when the server is ending.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.0.acquire().await.ok()?;
        rocket::tokio::task::spawn_blocking(work).await.ok()
    }
}
