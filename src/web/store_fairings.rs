//! Fairings that open the store at ignition.

use crate::service::Shares;
use crate::store::StoreSettings;
use rocket::fairing::AdHoc;
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::spawn_blocking;

/// Returns two fairings. The first starts opening the store; the second waits for it and manages the
/// [`Store`](crate::store::Store). Fairings attached between them run while the store opens. The store's threads end
/// with the last `Store`, when Rocket is dropped.
///
/// Ignition is aborted with a logged error when the embedded store cannot be opened or Redis is configured to evict
/// keys, but not when Redis is down.
#[must_use]
pub fn stage(settings: StoreSettings) -> (AdHoc, AdHoc) {
    let (sender, opened) = oneshot::channel();
    let start = AdHoc::on_ignite("Store, opening", |rocket| async move {
        spawn_blocking(move || sender.send(settings.open()));
        rocket
    });
    let finish = AdHoc::try_on_ignite("Store", |rocket| async move {
        match opened.await.unwrap_or_else(|_| Err("cannot open the store: its thread panicked".into())) {
            Ok(store) => Ok(rocket.manage(store)),
            Err(message) => {
                tracing::error!("{message}");
                Err(rocket)
            }
        }
    });
    (start, finish)
}

/// Returns a fairing that measures the room of the store every minute until the server shuts down.
pub(crate) fn measuring_room() -> AdHoc {
    AdHoc::on_liftoff("room", |rocket| {
        Box::pin(async move {
            let Some(shares) = rocket.state::<Shares>().cloned() else { return };
            let mut end = rocket.shutdown();
            rocket::tokio::spawn(async move {
                rocket::tokio::select! {
                    () = shares.keep_measuring_room() => {}
                    () = &mut end => {}
                }
            });
        })
    })
}
