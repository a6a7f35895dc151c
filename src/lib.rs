//! OneTimeShare: encrypted messages and files behind a link that opens once.
//!
//! [`rocket()`] assembles the app. The layers below it depend one way: `web` depends on `service`, `service` on `store`,
//! `store` on `share`, and `share` on nothing.

#[cfg(feature = "bench")]
pub mod bare;
pub mod check_config;
pub mod config;
pub mod doctor;
pub mod hardening;
pub mod healthcheck;
#[cfg(test)]
mod layers;
pub mod logging;
pub(crate) mod metrics;
pub mod network;
pub mod operator;
pub(crate) mod pot;
pub mod run;
pub(crate) mod service;
pub mod share;
pub mod store;
pub mod web;

use ::rocket::fairing::AdHoc;
use ::rocket::figment::Figment;
use ::rocket::figment::providers::Serialized;
use ::rocket::shield::Shield;
use ::rocket::{Build, Rocket};
use config::{BadSetting, MetricsAt, Settings};
use metrics::Metrics;
use rocket_dyn_templates::Template;
use service::Shares;
use std::sync::Arc;
use web::answers::AnswerMemory;
use web::assets::Assets;
use web::base_path::BasePath;
use web::body::BodyMemory;
use web::capitals::Capitals;
use web::headers::SecurityHeaders;
use web::limits::Limits;
use web::locale::Locales;
use web::observe::{self, RequestObserver};
use web::templates::{self, Templates};
use web::{api, assets, catchers, ops, pages, store_fairings};

/// Assembles the app with the settings of `figment`.
///
/// # Errors
/// An invalid setting. The message names the key and the fix.
pub fn rocket(figment: &Figment) -> Result<Rocket<Build>, BadSetting> {
    let settings = Settings::read(figment)?;
    let locales = Locales::of(&settings)?;
    for fault in locales.faults() {
        tracing::error!(error = %fault, "cannot read a language; its pages are in English");
    }
    let assets = Assets::load(&settings)?;
    let templates = Templates::of(&settings)?;
    let base = if settings.base().is_empty() { "/".to_owned() } else { settings.base().to_owned() };

    let metrics = (settings.metrics != MetricsAt::Off).then(Arc::<Metrics>::default);
    let service_metrics = metrics.clone();
    let (start_opening, finish_opening) = store_fairings::stage(settings.store.clone());

    let answers = AnswerMemory::default();
    let mut rocket = ::rocket::custom(figment.clone().merge(Serialized::global("template_dir", templates::root())))
        // An empty shield, because `SecurityHeaders` sets all headers.
        .attach(Shield::new())
        .attach(answers.clone())
        .attach(SecurityHeaders::new(&settings))
        // The store opens while the templates are parsed.
        .attach(start_opening)
        .attach(Template::try_custom({
            let (locales, assets) = (locales.clone(), assets.clone());
            move |engines| {
                locales.register(&mut engines.tera);
                assets.register(&mut engines.tera);
                // Logged here because the fairing reports to Rocket's logger, which is silenced.
                let parsed = templates.add_to(&mut engines.tera);
                parsed
                    .inspect_err(|error| tracing::error!(%error, "template_dir: cannot parse the templates"))
                    .map_err(Into::into)
            }
        }))
        .attach(finish_opening)
        .attach(AdHoc::on_ignite("Shares", move |rocket| async move {
            match (rocket.state::<store::Store>().cloned(), rocket.state::<Settings>().cloned()) {
                (Some(store), Some(settings)) => {
                    if let Some(metrics) = service_metrics.clone() {
                        store.observe(metrics);
                    }
                    let share = settings.share_per_address();
                    rocket.manage(Shares::new(store, settings.grace(), share, service_metrics))
                }
                _ => rocket,
            }
        }))
        .attach(store_fairings::measuring_room())
        .attach(Limits::purging())
        .attach(logging::liftoff())
        .attach(operator::answering())
        .attach(logging::reports())
        .mount("/", ops::health_routes())
        .mount("/", ops::well_known_routes())
        .mount("/", catchers::fallback_routes())
        .mount(format!("{}/api/v1", settings.base()), api::routes())
        .mount(base.clone(), assets::routes())
        .mount(base.clone(), ops::routes())
        .mount(base.clone(), pages::routes())
        .register("/", catchers::catchers())
        .manage(pages::derivation_queue::DerivationQueue::default())
        .manage(pages::page_cache::PageCache::default())
        .manage(BodyMemory::default())
        .manage(answers)
        .manage(Arc::new(Limits::new(&settings)));
    if !settings.base().is_empty() {
        rocket = rocket.attach(BasePath::new(settings.base()));
    }
    // After the base path, with which it compares.
    rocket = rocket.attach(Capitals::new(settings.base()));
    if let Some(observer) = RequestObserver::new(&settings, metrics.clone()) {
        rocket = rocket.attach(observer);
    }
    if let Some(metrics) = metrics {
        rocket = match settings.metrics {
            MetricsAt::Address(address) => {
                observe::metrics_listener(address, metrics).into_iter().fold(rocket, ::rocket::Rocket::attach)
            }
            _ => rocket.manage(metrics).mount(base, observe::routes()),
        };
    }
    Ok(rocket.manage(locales).manage(assets).manage(settings))
}
