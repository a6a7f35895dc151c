//! `onetimeshare doctor`: what a site does behind its proxy, as seen from outside.
//!
//! `observe` makes the requests, `judge` decides what they mean, `remedy` holds the settings that mend it, and `report`
//! prints it. The examination goes to the address that the operator typed and nowhere else: it follows no redirect. Each
//! read and each wait is bounded. It makes three small shares of its own and deletes them.

mod client;
mod judge;
mod observe;
mod page;
mod proxy;
mod remedy;
mod report;
mod target;
mod trial;

use crate::config::{self, Settings};
use crate::web::assets::Assets;
use report::Report;
use rocket::figment::Figment;
use std::io::Write as _;
use std::net::SocketAddr;
use target::Target;

/// Exit code when no fault was found.
pub const FINE: u8 = 0;
/// Exit code when a fault was found.
pub const FAULTY: u8 = 1;
/// Exit code when the site could not be examined.
pub const UNREACHABLE: u8 = 2;

/// Examines the site at `url` and prints the report. `connect` replaces the address of its host. The assets of the site are
/// compared with those of the settings of `figment`, or else with those of the program. Returns the exit code.
///
/// # Errors
/// A message for operators when the site could not be examined.
pub fn run(figment: Option<&Figment>, url: &str, connect: Option<SocketAddr>, json: bool) -> Result<u8, String> {
    let target = Target::parse(url)?;
    let name = target.url();
    let seen = rocket::execute(observe::observe(target, connect)).map_err(|error| format!("{name}: {error}"))?;
    let assets = figment.and_then(own_assets).or_else(|| own_assets(&Figment::from(config::defaults())));
    let own = |build: &str, path: &str| assets.as_ref()?.original(build, path).map(<[u8]>::to_vec);
    let findings = judge::judge(&seen, &own);
    let proxies = judge::proxies(&seen);
    let report = Report { url: name, version: seen.site.version, proxies, findings };
    let text = if json { report.json() } else { report.text() };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| format!("cannot print: {error}"))?;
    Ok(if report.faults() == 0 { FINE } else { FAULTY })
}

/// Returns the assets of this program with these settings. `None` when the settings cannot be used.
fn own_assets(figment: &Figment) -> Option<Assets> {
    Assets::load(&Settings::read(figment).ok()?).ok()
}
