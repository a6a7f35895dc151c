//! OneTimeShare: a message, locked before it is kept, behind a link that opens once.
//!
//! [`rocket()`] is the map of the app. Below it, `web` depends on `service`, `service` on `store`,
//! `store` on `share`, and `share` on nothing.

#[cfg(feature = "bench")]
pub mod bare;
pub mod config;
pub mod healthcheck;
#[cfg(test)]
mod layers;
pub mod logging;
pub(crate) mod metrics;
pub mod network;
pub mod run;
pub(crate) mod service;
pub mod share;
pub mod store;
pub mod web;

use ::rocket::fairing::AdHoc;
use ::rocket::figment::Figment;
use ::rocket::shield::Shield;
use ::rocket::{Build, Rocket};
use config::{BadSetting, MetricsAt, Settings};
use metrics::Metrics;
use rocket_dyn_templates::Template;
use service::Shares;
use std::sync::Arc;
use web::assets::Assets;
use web::body::Bodies;
use web::headers::SecurityHeaders;
use web::limits::Limits;
use web::locale::Locales;
use web::observe::{self, Observing};
use web::{api, assets, catchers, ops, pages, store_fairings};

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

    let metrics = (settings.metrics != MetricsAt::Nowhere).then(Arc::<Metrics>::default);
    let watched = metrics.clone();
    let (opening, open) = store_fairings::stage(settings.store.clone());

    let mut rocket = ::rocket::custom(figment)
        // Ours hold all that Rocket's own would add, which are therefore none.
        .attach(Shield::new())
        .attach(SecurityHeaders::new(&settings))
        // The store opens while templates are read.
        .attach(opening)
        .attach(Template::custom({
            let (locales, assets) = (locales.clone(), assets.clone());
            move |engines| {
                locales.register(&mut engines.tera);
                assets.register(&mut engines.tera);
            }
        }))
        .attach(open)
        .attach(AdHoc::on_ignite("Shares", move |rocket| async move {
            match (rocket.state::<store::Store>().cloned(), rocket.state::<Settings>().cloned()) {
                (Some(store), Some(settings)) => {
                    if let Some(metrics) = watched.clone() {
                        store.observe(metrics);
                    }
                    rocket.manage(Shares::new(store, settings.grace, watched))
                }
                _ => rocket,
            }
        }))
        .attach(Limits::forgetting())
        .attach(logging::liftoff())
        .mount("/", ops::health_routes())
        .mount("/", catchers::nowhere())
        .mount(format!("{}/api/v1", settings.base()), api::routes())
        .mount(base.clone(), assets::routes())
        .mount(base.clone(), ops::routes())
        .mount(base.clone(), pages::routes())
        .register("/", catchers::catchers())
        .manage(pages::derivation_queue::DerivationQueue::default())
        .manage(pages::page_cache::PageCache::default())
        .manage(Bodies::default())
        .manage(Arc::new(Limits::new(&settings)));
    if let Some(observing) = Observing::new(&settings, metrics.clone()) {
        rocket = rocket.attach(observing);
    }
    if let Some(metrics) = metrics {
        rocket = match settings.metrics {
            MetricsAt::Address(address) => {
                observe::at_own_address(address, metrics).into_iter().fold(rocket, ::rocket::Rocket::attach)
            }
            _ => rocket.manage(metrics).mount(base, observe::routes()),
        };
    }
    Ok(rocket.manage(locales).manage(assets).manage(settings))
}
