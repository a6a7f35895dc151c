//! The keys of the settings.

use super::{BadSetting, RawSettings, bad, explain};
use rocket::Config;
use rocket::figment::{Figment, Profile, Provider as _};
use std::collections::BTreeSet;

/// Settings of Rocket that have no effect here, and what to do instead.
const UNUSED_ROCKET_KEYS: [(&str, &str); 10] = [
    (
        "tls",
        "this program speaks http; end TLS in the proxy (docs/deployment.md, \"TLS proxy\"), and remove the setting",
    ),
    ("mtls", "this program speaks http; check client certificates in the proxy, and remove it"),
    ("http2", "this program speaks HTTP/1.1; offer HTTP/2 in the proxy, and remove it"),
    ("secret_key", "this program sets no cookies and needs no key; remove it"),
    ("limits", "each route limits its body; set max_size and max_message, and remove it"),
    ("temp_dir", "this program writes no temporary files; set data_dir, and remove it"),
    ("proxy_proto_header", "this program reads X-Forwarded-Proto of trusted_proxies; set public_url, and remove it"),
    ("reuse", "this program has no such option; remove it"),
    ("read_timeout", "this program has no such timeout; set timeouts in the proxy, and remove it"),
    ("write_timeout", "this program has no such timeout; set timeouts in the proxy, and remove it"),
];

/// Returns the keys of all settings in lower case.
pub(super) fn known() -> BTreeSet<String> {
    let ours = match serde_json::to_value(RawSettings::default()) {
        Ok(serde_json::Value::Object(ours)) => ours.into_iter().map(|(key, _)| key).collect(),
        _ => BTreeSet::new(),
    };
    let unused = |key: &&&str| !UNUSED_ROCKET_KEYS.iter().any(|(unused, _)| unused == *key);
    ours.into_iter().chain(Config::PARAMETERS.iter().filter(unused).map(ToString::to_string)).collect()
}

/// Rejects keys that are no settings, and settings of Rocket without effect.
pub(super) fn reject_unknown(figment: &Figment) -> Result<(), BadSetting> {
    let known = known();
    let data = figment.data().map_err(|error| explain(&error))?;
    let profiles = [Profile::Default, Profile::Global, figment.profile().clone()];
    for key in profiles.iter().filter_map(|profile| data.get(profile)).flat_map(|keys| keys.keys()) {
        // `defaults` contain all parameters of Rocket.
        let is_default = || figment.find_metadata(key).is_some_and(|source| source.name.starts_with("rocket::Config"));
        if known.contains(key) || key == "profile" || is_default() {
            continue;
        }
        if let Some((_, fix)) = UNUSED_ROCKET_KEYS.iter().find(|(unused, _)| unused == key) {
            return Err(bad(key, *fix));
        }
        let letters = |key: &str| key.to_lowercase().replace(['_', '-'], "");
        let fix = match known.iter().find(|known| letters(known) == letters(key)) {
            Some(meant) => format!("unknown setting; write {meant}"),
            None => "unknown setting; Rocket.toml lists all settings".into(),
        };
        return Err(bad(&key.to_lowercase(), fix));
    }
    Ok(())
}
