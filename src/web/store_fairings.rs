//! The fairings that open the store at ignition and manage it.

use crate::store::StoreSettings;
use rocket::fairing::AdHoc;
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::spawn_blocking;

/// Two fairings that open the store at ignition: the first begins, and the second, which may be attached later so that
/// other things are made ready meanwhile, waits for it and manages the [`Store`](crate::store::Store). Its threads end with the last `Store`,
/// that is when Rocket, having answered the requests it still had, is dropped.
///
/// Ignition is aborted, with a message, when an embedded store cannot be opened or Redis is set to delete shares; not
/// when Redis is down.
#[must_use]
pub fn stage(settings: StoreSettings) -> (AdHoc, AdHoc) {
    let (tell, opened) = oneshot::channel();
    let begin = AdHoc::on_ignite("Store, opening", |rocket| async move {
        spawn_blocking(move || tell.send(settings.open()));
        rocket
    });
    let finish = AdHoc::try_on_ignite("Store", |rocket| async move {
        match opened.await.unwrap_or_else(|_| Err("The store could not be opened.".into())) {
            Ok(store) => Ok(rocket.manage(store)),
            Err(message) => {
                tracing::error!("{message}");
                Err(rocket)
            }
        }
    });
    (begin, finish)
}
