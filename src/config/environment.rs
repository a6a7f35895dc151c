//! Settings in environment variables, and in files that such variables name.

use super::values::{self, Kind};
use super::{BadSetting, bad, keys};
use rocket::figment::value::{Dict, Value};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;

/// Prefix of the variables.
const PREFIX: &str = "ROCKET_";
/// Variables that are read without the prefix.
const WITHOUT_PREFIX: [&str; 3] = ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"];
/// Variables of Rocket that are no settings.
const NO_SETTINGS: [&str; 2] = ["PROFILE", "CONFIG"];
/// Settings that a file may hold: its path is in the variable with `_FILE` appended.
const SECRETS: [&str; 2] = ["redis_url", "redis_password"];
/// Maximum size of such a file.
const MAX_SECRET: u64 = 64 * 1024;
/// Prefixes of variables that look like ours.
const LOOKALIKES: [&str; 3] = ["ONETIMESHARE_", "ONE_TIME_SHARE_", "OTS_"];

/// The settings found in the environment.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// Their values by key.
    pub(super) values: Dict,
    /// Warnings for operators about variables that look wrong and do not prevent the start.
    pub(super) warnings: Vec<String>,
}

/// Reads the settings from the variables of this process.
pub(super) fn read() -> Result<Environment, BadSetting> {
    let variables = std::env::vars_os();
    collect(variables.map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())))
}

/// A value and the variable that holds it.
struct Found {
    variable: String,
    value: Value,
}

fn collect(variables: impl IntoIterator<Item = (String, String)>) -> Result<Environment, BadSetting> {
    let variables: BTreeMap<String, String> = variables.into_iter().collect();
    let mut environment = Environment::default();
    let (mut prefixed, mut bare) = (BTreeMap::new(), BTreeMap::new());
    for (name, text) in &variables {
        let upper = name.to_ascii_uppercase();
        let (key, found) = match upper.strip_prefix(PREFIX) {
            Some(key) if NO_SETTINGS.contains(&key) || is_service_variable(key) => continue,
            Some(key) => (key.to_ascii_lowercase(), &mut prefixed),
            None if WITHOUT_PREFIX.contains(&upper.trim_end_matches("_FILE")) => {
                (upper.to_ascii_lowercase(), &mut bare)
            }
            None => continue,
        };
        if is_service_link(text) && key.ends_with("port") {
            environment.warnings.extend(about_service_link(name, &variables));
            continue;
        }
        let (key, value) = match key.strip_suffix("_file").filter(|secret| SECRETS.contains(secret)) {
            Some(_) if text.is_empty() => continue,
            Some(secret) => {
                let text = from_file(name, text).map_err(|fix| bad(secret, fix))?;
                (secret.to_owned(), Some(Value::from(text)))
            }
            None => (key.clone(), parse(&key, text)),
        };
        let Some(value) = value else { continue };
        if let Some(Found { variable: other, .. }) = found.insert(key.clone(), Found { variable: name.clone(), value })
        {
            return Err(bad(&key, format!("is set by {other} and by {name}; remove one of them")));
        }
    }
    environment.warnings.extend(about_lookalikes(&variables));
    // Later entries replace earlier ones: the prefix takes precedence.
    let values = bare.into_iter().chain(prefixed);
    environment.values = values.map(|(key, found)| (key, found.value)).collect();
    Ok(environment)
}

/// Returns the value of a variable that is no setting, or of the file that the variable with `_FILE` appended names.
pub(super) fn variable(name: &str) -> Result<Option<String>, String> {
    let read = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let file = format!("{name}_FILE");
    match (read(name), read(&file)) {
        (Some(_), Some(_)) => Err(format!("{name} and {file} are both set; remove one of them")),
        (Some(text), None) => Ok(Some(text)),
        (None, Some(path)) => from_file(&file, &path).map(Some),
        (None, None) => Ok(None),
    }
}

/// Parses the value of a variable as figment does, but keeps a text a text. Returns `None` for an empty value of a
/// setting that is no text, as a template leaves it when nothing was chosen.
fn parse(key: &str, text: &str) -> Option<Value> {
    if key == "redis_password" {
        return Some(Value::from(text));
    }
    let kind = values::kind_of(key);
    if text.trim().is_empty() && kind.is_some_and(|kind| kind != Kind::Text) {
        return None;
    }
    let Ok(parsed) = text.parse::<Value>();
    let is_plain = matches!(parsed, Value::Num(..) | Value::Bool(..));
    Some(if kind == Some(Kind::Text) && is_plain { Value::from(text.trim()) } else { parsed })
}

/// Reads a secret from a file, without the line break at its end.
fn from_file(variable: &str, path: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_SECRET + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("the file that {variable} names cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_SECRET {
        return Err(format!("the file that {variable} names is larger than 64 KiB; name the file of the secret"));
    }
    let text = String::from_utf8(bytes).map_err(|_| format!("the file that {variable} names is not text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_end_matches(['\n', '\r']);
    if text.is_empty() {
        return Err(format!("the file that {variable} names is empty"));
    }
    Ok(text.to_owned())
}

/// Returns whether a value is a service link: the address of a service, which Kubernetes and Docker put into the
/// environment of other containers.
fn is_service_link(text: &str) -> bool {
    ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.trim().starts_with(scheme))
}

/// Returns whether a variable belongs to the links of a service called "rocket".
fn is_service_variable(key: &str) -> bool {
    let is_port = |rest: &str| {
        let mut words = rest.split('_');
        words.next().is_some_and(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
            && words.next().is_some_and(|protocol| ["TCP", "UDP", "SCTP"].contains(&protocol))
    };
    key.starts_with("SERVICE_HOST") || key.starts_with("SERVICE_PORT") || key.strip_prefix("PORT_").is_some_and(is_port)
}

/// Warns about a service link in place of a port, where the port is used.
fn about_service_link(name: &str, variables: &BTreeMap<String, String>) -> Option<String> {
    let of_redis = name.to_ascii_uppercase().ends_with("REDIS_PORT");
    let used = !of_redis || variables.keys().any(|other| other.to_ascii_uppercase().ends_with("REDIS_HOST"));
    used.then(|| {
        format!(
            "{name} is ignored: it holds a service link of Kubernetes, not a port. Set enableServiceLinks: false for the \
             pod; to change the port, set {}",
            if of_redis { "ROCKET_REDIS_PORT" } else { "port in Rocket.toml" }
        )
    })
}

/// Warns about variables that look like settings but are not read.
fn about_lookalikes(variables: &BTreeMap<String, String>) -> Vec<String> {
    let known = keys::known();
    let is_set = |name: &str| variables.contains_key(name);
    let mut warnings = Vec::new();
    for name in variables.keys().filter(|name| !WITHOUT_PREFIX.contains(&name.as_str())) {
        let bare = LOOKALIKES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
        let key = bare.to_ascii_lowercase();
        let is_secret_file = key.strip_suffix("_file").is_some_and(|secret| SECRETS.contains(&secret));
        let (meant, also) = (format!("{PREFIX}{bare}"), WITHOUT_PREFIX.contains(&bare.trim_end_matches("_FILE")));
        let looks_like_ours = bare == key.to_ascii_uppercase() && (known.contains(&key) || is_secret_file);
        if looks_like_ours && !is_set(&meant) && !(also && (name == bare || is_set(bare))) {
            warnings.push(format!("{name} is not read; the variable of this setting is {meant}"));
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::{Environment, collect};
    use std::io::Write as _;
    use tempfile::NamedTempFile;

    fn of(variables: &[(&str, &str)]) -> Environment {
        collect(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).unwrap()
    }

    fn text(environment: &Environment, key: &str) -> Option<String> {
        environment.values.get(key).and_then(|value| value.as_str()).map(str::to_owned)
    }

    #[test]
    fn a_secret_is_read_from_a_file_without_its_line_break() {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(b" pass word \r\n").unwrap();
        let path = file.path().to_str().unwrap();
        for name in ["REDIS_PASSWORD_FILE", "ROCKET_REDIS_PASSWORD_FILE"] {
            assert_eq!(text(&of(&[(name, path)]), "redis_password").as_deref(), Some(" pass word "));
        }
        let both = [("ROCKET_REDIS_URL", "redis://host"), ("ROCKET_REDIS_URL_FILE", path)];
        let refused = collect(both.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap_err();
        assert!(refused.to_string().contains("ROCKET_REDIS_URL and by ROCKET_REDIS_URL_FILE"), "{refused}");
        let refused = collect([("REDIS_PASSWORD_FILE".to_owned(), "/nowhere/s3cr3t".to_owned())]).unwrap_err();
        assert!(refused.to_string().contains("REDIS_PASSWORD_FILE") && !refused.to_string().contains("s3cr3t"));
    }

    #[test]
    fn a_text_stays_a_text_and_an_empty_number_is_unset() {
        let environment = of(&[
            ("ROCKET_SITE_NAME", "007"),
            ("ROCKET_CONTACT", "true"),
            ("REDIS_PASSWORD", "[1,2]"),
            ("ROCKET_MAX_SIZE", " "),
            ("ROCKET_PUBLIC_URL", ""),
        ]);
        assert_eq!(text(&environment, "site_name").as_deref(), Some("007"));
        assert_eq!(text(&environment, "contact").as_deref(), Some("true"));
        assert_eq!(text(&environment, "redis_password").as_deref(), Some("[1,2]"));
        assert_eq!(text(&environment, "public_url").as_deref(), Some(""));
        assert!(!environment.values.contains_key("max_size"));
    }

    #[test]
    fn service_links_are_ignored_and_explained_where_they_matter() {
        let link = ("REDIS_PORT", "tcp://10.0.0.1:6379");
        let unused = of(&[link, ("REDIS_PORT_6379_TCP", "tcp://10.0.0.1:6379"), ("REDIS_SERVICE_HOST", "10.0.0.1")]);
        assert!(unused.values.is_empty() && unused.warnings.is_empty(), "{unused:?}");
        let used = of(&[link, ("REDIS_HOST", "redis")]);
        assert!(used.values.len() == 1 && used.warnings[0].contains("REDIS_PORT") && used.warnings[0].contains("link"));
        let rocket = of(&[
            ("ROCKET_PORT", "tcp://10.0.0.2:80"),
            ("ROCKET_PORT_80_TCP_ADDR", "10.0.0.2"),
            ("ROCKET_SERVICE_HOST", "10.0.0.2"),
            ("ROCKET_SERVICE_PORT_HTTP", "80"),
        ]);
        assert!(rocket.values.is_empty() && rocket.warnings.len() == 1, "{rocket:?}");
    }

    #[test]
    fn variables_without_the_prefix_are_named_once() {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(b"redis://host").unwrap();
        let path = file.path().to_str().unwrap();
        for (name, meant) in [
            ("PUBLIC_URL", "ROCKET_PUBLIC_URL"),
            ("REDIS_URL", "ROCKET_REDIS_URL"),
            ("PORT", "ROCKET_PORT"),
            ("REDIS_URL_FILE", "ROCKET_REDIS_URL_FILE"),
            ("ONETIMESHARE_MAX_SIZE", "ROCKET_MAX_SIZE"),
            ("OTS_REDIS_HOST", "ROCKET_REDIS_HOST"),
        ] {
            let warnings = of(&[(name, "s3cr3t")]).warnings;
            assert!(
                warnings.len() == 1 && warnings[0].starts_with(name) && warnings[0].ends_with(meant),
                "{warnings:?}"
            );
            assert!(!warnings[0].contains("s3cr3t"));
            assert!(of(&[(name, "s3cr3t"), (meant, path)]).warnings.iter().all(|text| !text.starts_with(name)));
        }
        let quiet = [("REDIS_HOST", "h"), ("REDIS_PASSWORD", "p"), ("PATH", "/bin"), ("port", "1"), ("SHELL", "sh")];
        assert!(of(&quiet).warnings.is_empty());
    }
}
