//! `onetimeshare check-config`: validates the settings and reports what the site will do.

use crate::config::{MetricsAt, Settings};
use crate::hardening;
use crate::service::quota::allowance::{Allowance, Extent, Pot, files_limit};
use crate::store::{Guarantee, PartSurvey, Room, Survey};
use crate::web::assets::Assets;
use crate::web::locale::Locales;
use crate::web::locale::numbers::size_parts;
use crate::web::pages::frame::in_units;
use crate::web::site_files;
use crate::web::templates::Templates;
use rocket::Config;
use rocket::figment::Figment;
use rocket_dyn_templates::tera::Tera;
use std::io::Write as _;

/// Validates the settings of `figment`, and prints `warnings`, what the site will do, and what a public site lacks.
///
/// # Errors
/// An invalid setting, or a store that cannot be used. The message names the key and the fix. A store that does not reply
/// is no error.
pub fn run(figment: &Figment, config: &Config, warnings: &[String]) -> Result<(), String> {
    let settings = Settings::read(figment).map_err(|error| error.to_string())?;
    check_pages(&settings)?;
    let survey = settings.store.clone().survey()?;
    let published = std::env::var("LISTEN").ok();
    let warnings = warnings.iter().cloned().chain(hardening::open_port(&settings, config, published.as_deref()));
    let mut lines: Vec<String> = warnings.map(|warning| format!("warning: {warning}")).collect();
    lines.extend(site_lines(&settings, config));
    lines.extend(site_files::describe(&settings).map_err(|error| error.to_string())?);
    lines.extend(store_lines(&survey, &settings));
    lines.extend(limit_lines(&settings));
    let missing = missing(&settings, &survey);
    if missing.is_empty() {
        lines.push("for a public site: nothing is missing".into());
    }
    lines.extend(missing.into_iter().map(|text| format!("for a public site: {text}")));
    std::io::stdout().write_all((lines.join("\n") + "\n").as_bytes()).map_err(|error| error.to_string())
}

/// Checks the files of the pages, and every language, because the server reads each only when a response first needs it.
fn check_pages(settings: &Settings) -> Result<(), String> {
    let locales = Locales::of(settings).map_err(|error| error.to_string())?;
    locales.check().map_err(|error| format!("locale_dir: {error}"))?;
    let assets = Assets::load(settings).map_err(|error| error.to_string())?;
    let mut tera = Tera::default();
    locales.register(&mut tera);
    assets.register(&mut tera);
    let templates = Templates::of(settings).map_err(|error| error.to_string())?;
    templates.add_to(&mut tera).map_err(|error| format!("template_dir: {error}"))
}

/// Describes where the site is, one fact a line.
fn site_lines(settings: &Settings, config: &Config) -> Vec<String> {
    let listens = std::net::SocketAddr::new(config.address, config.port);
    let visitors = match &settings.public_url {
        Some(url) => format!("{}{}/", url.origin(), url.base),
        None if settings.trusted_proxies.is_empty() => "http and the host of each request".into(),
        None => "the scheme and host that a trusted proxy reports, otherwise http and the host of each request".into(),
    };
    let proxies =
        if settings.trusted_proxies.is_empty() { "none".into() } else { settings.trusted_proxies.to_string() };
    let metrics = match settings.metrics {
        MetricsAt::Off => "off".into(),
        MetricsAt::Site => "at /metrics of the site, where visitors can read them".into(),
        MetricsAt::Address(address) => format!("at http://{address}/metrics"),
    };
    vec![
        format!("listens at: http://{listens}"),
        format!("address of links: {visitors}"),
        format!("trusted proxies: {proxies}"),
        format!("metrics: {metrics}"),
    ]
}

/// Describes the store, one fact a line.
fn store_lines(survey: &Survey, settings: &Settings) -> Vec<String> {
    let mut lines = vec![format!("store: {}", survey.name)];
    lines.push(match survey.guarantee {
        Some((guarantee, reason)) => format!("guarantee: {guarantee}: {reason}"),
        None => "guarantee: unknown, because the store does not reply".into(),
    });
    match &survey.room {
        Ok(Some(room)) => lines.extend(room_lines(*room, settings, survey.parts.is_none())),
        Ok(None) => lines.push(
            "room: Redis has no maxmemory, so the room is unknown and address_share has no effect; set maxmemory"
                .into(),
        ),
        Err(error) => lines.push(format!("room: unknown, because the store does not reply: {error}")),
    }
    if let Some(parts) = &survey.parts {
        lines.push(format!("files: {}", parts.name));
        lines.extend(files_lines(parts, settings));
    }
    lines
}

/// Describes the room of the part store, one fact a line.
fn files_lines(parts: &PartSurvey, settings: &Settings) -> Vec<String> {
    let room = match &parts.room {
        Ok(Some(room)) => *room,
        Ok(None) => return vec!["room of files: no limit is known".into()],
        Err(error) => return vec![format!("room of files: unknown, because the part store does not reply: {error}")],
    };
    let mut lines = vec![format!("room of files: {}, {} free", size_text(room.total), size_text(room.free))];
    if let Some(share) = settings.share_per_address() {
        let limit = |extent| files_limit(room, share, extent);
        lines.push(format!(
            "address_share: one address may store {} of files a day, a /48 of IPv6 {}",
            size_text(limit(Extent::Client)),
            size_text(limit(Extent::Site))
        ));
        lines.extend(too_large(settings, limit(Extent::Client)));
    }
    lines
}

/// Warns when `max_size` is more than one address may store.
fn too_large(settings: &Settings, limit: u64) -> Option<String> {
    (settings.max_size > limit).then(|| {
        format!(
            "warning: max_size is {}, which is more than one address may store; lower max_size, lower address_share, or \
             give the store more room",
            size_text(settings.max_size)
        )
    })
}

/// Describes the limits of a share, one fact a line.
fn limit_lines(settings: &Settings) -> Vec<String> {
    let lifetimes: Vec<String> = settings.lifetimes.iter().map(|seconds| span_text(*seconds)).collect();
    let encrypts = if settings.require_browser_locking { "refused" } else { "encrypted by the server" };
    let limits = if settings.limits_per_address { "on" } else { "off" };
    vec![
        format!(
            "a share: up to {} files of {} together, messages of up to {} characters",
            settings.max_files,
            size_text(settings.max_size),
            settings.max_message
        ),
        format!(
            "lifetimes: {}; {} is selected; opened files may be fetched again for {}, an opened message for {}",
            lifetimes.join(", "),
            span_text(settings.default_lifetime),
            span_text(settings.grace),
            span_text(settings.grace().of(1))
        ),
        format!("without scripts: {encrypts}; passwords have at least {} characters", settings.password_min),
        format!("limits per address: {limits}"),
    ]
}

/// Lists what a site on the internet lacks: the setting and the fix.
fn missing(settings: &Settings, survey: &Survey) -> Vec<&'static str> {
    let url = settings.public_url.as_ref();
    let weak = survey.guarantee.is_none_or(|(guarantee, _)| guarantee != Guarantee::Strict);
    let checks = [
        (
            url.is_none(),
            "public_url is not set; set it to the address that visitors type, such as https://share.example",
        ),
        (
            url.is_some_and(|url| !url.https),
            "public_url is http; browsers encrypt only on https, so end TLS in a proxy and write https://",
        ),
        (
            settings.trusted_proxies.is_empty(),
            "trusted_proxies is empty; without the address of the proxy all visitors count as one and share its limits",
        ),
        (!settings.limits_per_address, "limits_per_address is off; one client may fill the store"),
        (settings.contact.is_empty(), "contact is empty; visitors cannot report a bad link"),
        (
            settings.metrics == MetricsAt::Site,
            "metrics is on, and visitors can read them; block /metrics in the proxy, or use metrics_address",
        ),
        (weak, "the guarantee of the store is not strict; docs/deployment.md, \"Guarantees\", has the settings"),
        (matches!(survey.room, Ok(None)), "Redis has no maxmemory; set it, so that one client cannot fill the host"),
    ];
    checks.into_iter().filter_map(|(lacking, text)| lacking.then_some(text)).collect()
}

/// Formats seconds for operators.
fn span_text(seconds: u64) -> String {
    let (count, units) = in_units(seconds);
    format!("{count} {}", if count == 1 { units.trim_end_matches('s') } else { units })
}

/// Describes the room and the shares of it, one fact a line.
fn room_lines(room: Room, settings: &Settings, with_files: bool) -> Vec<String> {
    let mut lines = vec![format!("room: {} for shares, {} free", size_text(room.total), size_text(room.free))];
    if let Some(share) = settings.share_per_address() {
        let allowance = Allowance::of(room, share);
        let limit = |extent, pot| size_text(allowance.limit(extent, pot));
        lines.push(format!(
            "address_share: one address may store {} a day, a /48 of IPv6 {}",
            limit(Extent::Client, Pot::Open),
            limit(Extent::Site, Pot::Open)
        ));
        lines.push(format!(
            "messages without files: {} are kept for them, of which one address may use {}",
            size_text(allowance.kept),
            limit(Extent::Client, Pot::Kept)
        ));
        lines.extend(too_large(settings, allowance.limit(Extent::Client, Pot::Open)).filter(|_| with_files));
    }
    lines
}

/// Formats a size in decimal units with at most one decimal place.
fn size_text(bytes: u64) -> String {
    match size_parts(bytes).map(|(unit, tenths)| (unit.symbol, tenths / 10, tenths % 10)) {
        None => format!("{bytes} bytes"),
        Some((symbol, whole, 0)) => format!("{whole} {symbol}"),
        Some((symbol, whole, digit)) => format!("{whole}.{digit} {symbol}"),
    }
}

#[cfg(test)]
mod tests {
    use super::size_text;

    #[test]
    fn sizes_have_decimal_units() {
        let said =
            [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (28_000_000, "28 MB"), (2_147_483_648, "2.1 GB")];
        for (bytes, text) in said {
            assert_eq!(size_text(bytes), text);
        }
    }
}
