//! `onetimeshare check-config`: validates the settings and reports the room of the store.

use crate::config::Settings;
use crate::hardening;
use crate::service::quota::allowance::{Allowance, Extent, Pot};
use crate::store::Room;
use crate::web::pages::frame::size_text;
use rocket::Config;
use rocket::figment::Figment;
use std::io::Write as _;

/// Validates the settings of `figment`, and prints `warnings`, the room of the store, what one client address may use of it,
/// and a warning about settings that are valid but dangerous.
///
/// # Errors
/// An invalid setting. The message names the key and the fix. A store that does not reply is no error.
pub fn run(figment: &Figment, config: &Config, warnings: &[String]) -> Result<(), String> {
    let settings = Settings::read(figment).map_err(|error| error.to_string())?;
    let mut report = match settings.store.clone().measure() {
        Ok(Some(room)) => describe(room, &settings),
        Ok(None) => {
            "room: Redis has no maxmemory, so the room is unknown and address_share has no effect; set maxmemory\n"
                .into()
        }
        Err(error) => format!("room: unknown, because the store does not reply: {error}\n"),
    };
    let published = std::env::var("LISTEN").ok();
    if let Some(warning) = hardening::open_port(&settings, config, published.as_deref()) {
        report.extend(["warning: ", &warning, "\n"]);
    }
    let mut output = std::io::stdout().lock();
    let warned = warnings.iter().try_for_each(|warning| writeln!(output, "warning: {warning}"));
    warned.and_then(|()| output.write_all(report.as_bytes())).map_err(|error| error.to_string())
}

/// Describes the room and the shares of it, one fact a line.
fn describe(room: Room, settings: &Settings) -> String {
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
        if settings.max_size > allowance.limit(Extent::Client, Pot::Open) {
            lines.push(format!(
                "warning: max_size is {}, which is more than one address may store; lower max_size, lower address_share, or \
                 give the store more room",
                size_text(settings.max_size)
            ));
        }
    }
    lines.join("\n") + "\n"
}
