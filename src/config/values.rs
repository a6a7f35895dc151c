//! Values as people write them: sizes and times with units, lists without brackets, `yes` and `off`.
//!
//! [`normalize`] rewrites them to the types of the settings, before the settings are extracted.

use super::{BadSetting, bad};
use rocket::figment::Figment;
use rocket::figment::providers::Serialized;
use rocket::figment::value::Value;

/// Kind of the value of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bytes.
    Size,
    /// A time in seconds.
    Span,
    /// Several times.
    Spans,
    /// A whole number.
    Count,
    /// A port.
    Port,
    /// An IP address.
    Address,
    /// True or false.
    Flag,
    /// A text or a path.
    Text,
    /// Addresses and networks.
    Networks,
    /// One of these words.
    Words(&'static [&'static str]),
}

use Kind::{Address, Count, Flag, Networks, Port, Size, Span, Spans, Text, Words};

/// The kind of each setting that is read.
pub(super) const KINDS: &[(&str, Kind)] = &[
    ("site_name", Text),
    ("default_language", Text),
    ("public_url", Text),
    ("contact", Text),
    ("redis_url", Text),
    ("redis_host", Text),
    ("redis_port", Port),
    ("redis_password", Text),
    ("redis_pool_size", Count),
    ("redis_timeout", Span),
    ("redis_wait_replicas", Count),
    ("redis_wait_fsync", Flag),
    ("redis_ca", Text),
    ("redis_client_cert", Text),
    ("redis_client_key", Text),
    ("data_dir", Text),
    ("files_url", Text),
    ("files_room", Size),
    ("template_dir", Text),
    ("static_dir", Text),
    ("locale_dir", Text),
    ("max_size", Size),
    ("max_message", Count),
    ("max_files", Count),
    ("lifetimes", Spans),
    ("default_lifetime", Span),
    ("request_lifetimes", Spans),
    ("grace", Span),
    ("reading_window", Span),
    ("password_min", Count),
    ("require_browser_locking", Flag),
    ("trusted_proxies", Networks),
    ("hsts_subdomains", Flag),
    ("limits_per_address", Flag),
    ("address_share", Count),
    ("metrics", Flag),
    ("metrics_address", Text),
    ("access_log", Flag),
    ("log_format", Words(&["text", "json"])),
    ("address", Address),
    ("port", Port),
    ("workers", Count),
    ("max_blocking", Count),
    ("keep_alive", Span),
    ("log_level", Words(&["off", "critical", "normal", "debug"])),
    ("cli_colors", Flag),
    ("shutdown.ctrlc", Flag),
    ("shutdown.grace", Span),
    ("shutdown.mercy", Span),
];

/// Returns the kind of a setting.
pub(super) fn kind_of(key: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == key).map(|(_, kind)| *kind)
}

/// Rewrites the values of `figment` to the types of the settings.
///
/// # Errors
/// A value that cannot be read. The message names the key and shows an example.
pub(super) fn normalize(figment: &Figment) -> Result<Figment, BadSetting> {
    let mut normalized = figment.clone();
    // A file that cannot be parsed is reported when the settings are extracted. The empty path is all values.
    let Ok(values) = figment.find_value("") else { return Ok(normalized) };
    for (key, kind) in KINDS {
        // A missing value has a default.
        let Some(value) = values.find_ref(key) else { continue };
        let read = kind.read(value).ok_or_else(|| bad(key, wanted(key)))?;
        if read != *value {
            normalized = normalized.merge(Serialized::global(key, read));
        }
    }
    Ok(normalized)
}

/// Says in plain words, with an example, what a setting must hold.
pub(super) fn wanted(key: &str) -> String {
    match (key, kind_of(key)) {
        (_, Some(Size)) => "must be a number of bytes, or a size such as \"500 MB\" or \"2 GiB\"".into(),
        ("redis_timeout" | "keep_alive" | "shutdown.grace" | "shutdown.mercy", _) => {
            "must be a number of seconds, or a time such as \"30s\"".into()
        }
        (_, Some(Span)) => "must be a number of seconds, or a time such as \"12 hours\" or \"7d\"".into(),
        (_, Some(Spans)) => {
            "must list 1 to 10 times in seconds or with units, such as [3600, 86400, 604800] or \"1h, 1d, 7d\"".into()
        }
        ("port", _) => "must be a port, a number from 0 to 65535, such as 8000".into(),
        (_, Some(Port)) => "must be a port, a number from 1 to 65535, such as 6379".into(),
        (_, Some(Address)) => {
            "must be the IP address to listen on, such as \"127.0.0.1\", \"0.0.0.0\" or \"::\"; the port is a setting of \
             its own"
                .into()
        }
        (_, Some(Flag)) => "must be true or false".into(),
        ("site_name", _) => "must be a text in quotes, such as \"Our shares\"".into(),
        ("redis_url", _) => "must be a URL in quotes, such as \"redis://host:6379\"".into(),
        ("files_url", _) => "must be a URL in quotes, such as \"file:///files\"".into(),
        ("public_url", _) => "must be a URL in quotes, such as \"https://share.example\"".into(),
        (_, Some(Text)) => "must be a text in quotes, such as \"example\"".into(),
        (_, Some(Networks)) => {
            "must list addresses or networks, such as [\"10.0.0.0/8\", \"::1\"] or \"10.0.0.0/8, ::1\"; names of hosts \
             cannot be used"
                .into()
        }
        (_, Some(Words(words))) => format!("must be one of {}, such as \"{}\"", words.join(", "), words[words.len() / 2]),
        (_, Some(Count)) => "must be a whole number, such as 8".into(),
        ("shutdown", None) => "must be a table, such as {grace=30, mercy=5}".into(),
        ("ident", None) => "must be false, or a text for the Server header".into(),
        _ => "cannot be parsed; compare it with the Rocket.toml of the release".into(),
    }
}

impl Kind {
    /// Rewrites a value to the type of the setting. Returns `None` when it cannot be read.
    fn read(self, value: &Value) -> Option<Value> {
        match self {
            Size => whole(value).or_else(|| size(value.as_str()?)).map(Value::from),
            Span => whole(value).or_else(|| span(value.as_str()?)).map(Value::from),
            Count | Port => whole(value).or_else(|| number(value.as_str()?.trim())).map(Value::from),
            Flag => flag(value).map(Value::from),
            Spans => spans(value).map(Value::from),
            Networks => networks(value).map(Value::from),
            Text => match value {
                Value::Char(_, letter) => Some(Value::from(letter.to_string())),
                value => value.as_str().map(|_| value.clone()),
            },
            Address => {
                // In a variable, brackets make a list of it.
                let text = match value.as_array() {
                    Some([address]) => address.as_str()?,
                    _ => value.as_str()?,
                };
                let text = text.trim();
                let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
                text.parse::<std::net::IpAddr>().ok().map(|address| Value::from(address.to_string()))
            }
            Words(words) => {
                let text = value.as_str()?.trim().to_lowercase();
                words.contains(&text.as_str()).then(|| Value::from(text))
            }
        }
    }
}

/// Returns a number that is not negative and has no fraction.
fn whole(value: &Value) -> Option<u64> {
    // TOML has signed numbers, variables hold unsigned ones.
    let number = value.to_u128().or_else(|| u128::try_from(value.to_i128()?).ok())?;
    u64::try_from(number).ok()
}

/// Parses digits, which `_` may separate.
fn number(text: &str) -> Option<u64> {
    let digits = text.replace('_', "");
    let plain = text.starts_with(|letter: char| letter.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

fn flag(value: &Value) -> Option<bool> {
    match (value.to_bool(), whole(value), value.as_str()) {
        (Some(flag), ..) => Some(flag),
        (_, Some(number @ 0..=1), _) => Some(number == 1),
        (.., Some(text)) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" | "enabled" => Some(true),
            "false" | "no" | "off" | "n" | "0" | "disabled" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Parses `2GB`, `1.5 GiB` or `500m`. A single letter counts in steps of 1,024, as in nginx and Docker.
fn size(text: &str) -> Option<u64> {
    let (amount, unit, rest) = amount(text)?;
    let (letter, step) = match unit.as_str() {
        "" | "b" | "byte" | "bytes" => return exact(amount, 1).filter(|_| rest.is_empty()),
        unit => match unit.split_at_checked(1)? {
            (letter, "b") => (letter, 1_000_u128),
            (letter, "" | "ib") => (letter, 1_024),
            _ => return None,
        },
    };
    let power = "kmgt".find(letter)? + 1;
    exact(amount, step.pow(u32::try_from(power).ok()?)).filter(|_| rest.is_empty())
}

/// Parses `90`, `30s`, `12 hours`, `1.5h` or `1 day 12 hours` to seconds.
fn span(text: &str) -> Option<u64> {
    let (mut rest, mut total) = (text.trim().to_owned(), None);
    loop {
        let (amount, unit, behind) = amount(&rest)?;
        let seconds = match unit.as_str() {
            "" if total.is_none() && behind.is_empty() => 1,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            "w" | "week" | "weeks" => 7 * 86_400,
            "y" | "year" | "years" => 365 * 86_400,
            _ => return None,
        };
        total = Some(exact(amount, seconds)?.checked_add(total.unwrap_or(0))?);
        if behind.is_empty() {
            return total;
        }
        rest = behind;
    }
}

/// A number with decimals: its digits, and how many of them are decimals.
type Amount = (u128, u32);

/// Splits a number and its unit, in lower case, from what follows.
fn amount(text: &str) -> Option<(Amount, String, String)> {
    let text = text.trim();
    let end =
        text.find(|letter: char| !letter.is_ascii_digit() && letter != '_' && letter != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let valid = whole.starts_with(|letter: char| letter.is_ascii_digit())
        && decimals.bytes().all(|byte| byte.is_ascii_digit())
        && decimals.len() <= 6
        && whole.len() <= 24
        && (digits.contains('.') != decimals.is_empty());
    let number = format!("{}{decimals}", whole.replace('_', "")).parse().ok().filter(|_| valid)?;
    let rest = rest.trim_start();
    let end = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (unit, behind) = rest.split_at(end);
    Some(((number, u32::try_from(decimals.len()).ok()?), unit.to_lowercase(), behind.trim().to_owned()))
}

/// Multiplies an amount by its unit. Returns `None` when a fraction is left.
fn exact((digits, decimals): Amount, unit: u128) -> Option<u64> {
    let (product, divisor) = (digits.checked_mul(unit)?, 10_u128.pow(decimals));
    u64::try_from(product / divisor).ok().filter(|_| product.is_multiple_of(divisor))
}

/// Returns a list of times, from an array or from a text with commas or spaces between them.
fn spans(value: &Value) -> Option<Vec<u64>> {
    if let Some(items) = value.as_array() {
        return items.iter().map(|item| whole(item).or_else(|| span(item.as_str()?))).collect();
    }
    if let Some(seconds) = whole(value) {
        return Some(vec![seconds]);
    }
    let text = value.as_str()?;
    let by = |separator: fn(char) -> bool| text.split(separator).map(span).collect::<Option<Vec<_>>>();
    by(|letter| letter == ',' || letter == ';').or_else(|| {
        let words = text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty());
        words.map(span).collect()
    })
}

/// Returns a list of texts, from an array or from a text with commas or spaces between them.
fn networks(value: &Value) -> Option<Vec<String>> {
    let items = match value.as_array() {
        Some(items) => items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>()?,
        None => vec![value.as_str()?],
    };
    let separator = |letter: char| letter.is_whitespace() || letter == ',' || letter == ';';
    let words = items.into_iter().flat_map(|item| item.split(separator)).filter(|word| !word.is_empty());
    Some(words.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::{KINDS, size, span, wanted};
    use crate::config::RawSettings;
    use rocket::Config;

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, bytes) in [
            ("2147483648", 2_147_483_648),
            ("2_147_483_648", 2_147_483_648),
            ("2GB", 2_000_000_000),
            ("2 GiB", 2_147_483_648),
            ("2g", 2_147_483_648),
            ("1.5 GB", 1_500_000_000),
            ("500 MiB", 500 << 20),
            ("500mb", 500_000_000),
            ("16 TiB", 1 << 44),
            ("64k", 65_536),
            ("10 bytes", 10),
        ] {
            assert_eq!(size(text), Some(bytes), "{text}");
        }
        for text in
            ["", "GB", "2 XB", "-1", "2GB 3", "1..5GB", "1.GB", ".5GB", "1.23 bytes", "2 GBs", "much", "1e9", "2 ₿"]
        {
            assert_eq!(size(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_their_units() {
        for (text, seconds) in [
            ("90", 90),
            ("30s", 30),
            ("15 min", 900),
            ("12 hours", 43_200),
            ("1.5h", 5_400),
            ("7d", 604_800),
            ("1 Week", 604_800),
            ("1d12h", 129_600),
            ("1 day 12 hours", 129_600),
            ("2 years", 63_072_000),
        ] {
            assert_eq!(span(text), Some(seconds), "{text}");
        }
        for text in ["", "soon", "7 moons", "1h 30", "-1h", "0.1s", "500ms", "an hour", "99999999999999999999999999y"] {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn every_setting_has_a_kind_and_an_example() {
        let serde_json::Value::Object(ours) = serde_json::to_value(RawSettings::default()).unwrap() else { panic!() };
        for key in ours.keys() {
            assert!(KINDS.iter().any(|(known, _)| known == key), "{key}");
        }
        for (key, _) in KINDS {
            let key_of_ours = ours.contains_key(*key) || key.contains('.') || Config::PARAMETERS.contains(key);
            let text = wanted(key);
            assert!(key_of_ours && text.starts_with("must "), "{key}: {text}");
            assert!(text.contains("such as") || text.contains("true or false"), "{key}: {text}");
        }
    }
}
