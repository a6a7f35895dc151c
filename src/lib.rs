//! OneTimeShare: a message, locked before it is kept, behind a link that opens once.
//!
//! [`rocket()`] is the map of the app. Below it, `web` depends on `store`, `store` on `share`, and `share` on nobody.

#[cfg(feature = "bench")]
pub mod bare;
pub mod config;
pub mod healthcheck;
pub mod logging;
pub mod share;
pub mod store;
pub mod web;

use ::rocket::fairing::AdHoc;
use ::rocket::figment::Figment;
use ::rocket::{Build, Rocket};
use config::{BadSetting, Settings};
use rocket_dyn_templates::Template;
use web::assets::Assets;
use web::headers::SecurityHeaders;
use web::lifecycle::Shares;
use web::locale::Locales;
use web::{api, assets, catchers, ops, pages};

/// The whole app for the settings of `figment`.
///
/// # Errors
/// A setting that cannot be used; the message names the key and the fix.
pub fn rocket(figment: &Figment) -> Result<Rocket<Build>, BadSetting> {
    let settings = Settings::read(figment)?;
    let locales = Locales::load(&settings.locale_dir)
        .map_err(|error| BadSetting { key: "locale_dir".into(), fix: error.to_string() })?;
    let assets =
        Assets::load(&settings).map_err(|error| BadSetting { key: "static_dir".into(), fix: error.to_string() })?;
    let base = if settings.base().is_empty() { "/".to_owned() } else { settings.base().to_owned() };

    let mut rocket = ::rocket::custom(figment)
        .attach(SecurityHeaders::new(&settings))
        .attach(store::stage(settings.store.clone()))
        .attach(AdHoc::on_ignite("Shares", |rocket| async {
            match (rocket.state::<store::Store>().cloned(), rocket.state::<Settings>().cloned()) {
                (Some(store), Some(settings)) => rocket.manage(Shares::new(store, &settings)),
                _ => rocket,
            }
        }))
        .attach(Template::custom({
            let (locales, assets) = (locales.clone(), assets.clone());
            move |engines| {
                locales.register(&mut engines.tera);
                assets.register(&mut engines.tera);
            }
        }))
        .attach(logging::liftoff())
        .mount("/", ops::health_routes())
        .mount("/", catchers::nowhere())
        .mount(format!("{}/api/v1", settings.base()), api::routes())
        .mount(base.clone(), assets::routes())
        .mount(base.clone(), ops::routes())
        .mount(base, pages::routes())
        .register("/", catchers::catchers())
        .manage(pages::Stretching::default())
        .manage(pages::shell::Shells::default());
    rocket = rocket.manage(locales).manage(assets).manage(settings);
    Ok(rocket)
}
