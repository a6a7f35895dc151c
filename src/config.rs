//! All settings with their defaults, ranges and units, read once at startup from Rocket.toml and `ROCKET_*`.
//!
//! An invalid value aborts startup with a message that names the key and the fix. Messages never contain values,
//! because some hold passwords.

mod environment;
mod keys;
mod public_url;
mod values;

pub use public_url::PublicUrl;

use crate::network::TrustedProxies;
use crate::share::record::Grace;
use crate::store::{ComposedOptions, PartStoreSettings, RedisOptions, RedisTarget, RedisTls, StoreSettings};
use rocket::Config;
use rocket::config::{Ident, LogLevel, Shutdown};
use rocket::figment::providers::{Env, Format as _, Serialized, Toml};
use rocket::figment::{Figment, Profile};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The preselected lifetime in seconds. Where it is not among the lifetimes, the longest of them takes its place.
const DEFAULT_LIFETIME: u64 = 604_800;

/// Maximum lifetime and grace period in seconds: ten years.
const MAX_SECONDS: u64 = 10 * 366 * 86_400;

/// The settings as written by the operator, unchecked. Sizes are in bytes, times in seconds.
#[derive(Clone, Deserialize, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each one is a key in Rocket.toml")]
struct RawSettings {
    site_name: String,
    public_url: String,
    redis_url: String,
    redis_host: String,
    redis_port: u16,
    redis_password: String,
    redis_pool_size: u32,
    redis_timeout: u64,
    redis_wait_replicas: u32,
    redis_wait_fsync: bool,
    redis_ca: PathBuf,
    redis_client_cert: PathBuf,
    redis_client_key: PathBuf,
    data_dir: PathBuf,
    files_url: String,
    files_room: u64,
    template_dir: PathBuf,
    static_dir: PathBuf,
    default_language: String,
    locale_dir: PathBuf,
    contact: String,
    max_size: u64,
    max_message: u64,
    max_files: u32,
    lifetimes: Vec<u64>,
    default_lifetime: u64,
    request_lifetimes: Vec<u64>,
    grace: u64,
    reading_window: u64,
    password_min: u32,
    require_browser_locking: bool,
    trusted_proxies: Vec<String>,
    hsts_subdomains: bool,
    limits_per_address: bool,
    address_share: u32,
    metrics: bool,
    metrics_address: String,
    access_log: bool,
    log_format: LogFormat,
}

impl Default for RawSettings {
    fn default() -> Self {
        Self {
            site_name: "OneTimeShare".into(),
            public_url: String::new(),
            redis_url: String::new(),
            redis_host: String::new(),
            redis_port: 6379,
            redis_password: String::new(),
            redis_pool_size: 8,
            redis_timeout: 2,
            redis_wait_replicas: 0,
            redis_wait_fsync: false,
            redis_ca: PathBuf::new(),
            redis_client_cert: PathBuf::new(),
            redis_client_key: PathBuf::new(),
            data_dir: "data".into(),
            files_url: String::new(),
            files_room: 0,
            template_dir: PathBuf::new(),
            static_dir: PathBuf::new(),
            default_language: "en".into(),
            locale_dir: PathBuf::new(),
            contact: String::new(),
            max_size: 2_147_483_648,
            max_message: 100_000,
            max_files: 100,
            lifetimes: vec![3_600, 86_400, 604_800],
            default_lifetime: DEFAULT_LIFETIME,
            request_lifetimes: vec![86_400, 604_800, 2_592_000],
            grace: 3_600,
            reading_window: 600,
            password_min: 6,
            require_browser_locking: false,
            trusted_proxies: Vec::new(),
            hsts_subdomains: false,
            limits_per_address: true,
            address_share: 8,
            metrics: false,
            metrics_address: String::new(),
            access_log: false,
            log_format: LogFormat::Text,
        }
    }
}

/// Format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Plain text.
    Text,
    /// One JSON object per line.
    Json,
}

/// Where the metrics are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAt {
    /// Metrics are off.
    Off,
    /// `/metrics` below the site's base path.
    Site,
    /// `/metrics` on a listener of its own.
    Address(SocketAddr),
}

/// The validated settings.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each one is a key in Rocket.toml")]
pub struct Settings {
    /// Name of the site, shown on every page.
    pub site_name: String,
    /// URL at which visitors reach the site. Needed behind a proxy.
    pub public_url: Option<PublicUrl>,
    /// Backend that stores the shares.
    pub store: StoreSettings,
    /// Directory of templates that replace those of the program, or `None`.
    pub template_dir: Option<PathBuf>,
    /// Directory of scripts, styles and images that replace those of the program, or `None`.
    pub static_dir: Option<PathBuf>,
    /// Code of the language of visitors who ask for none that the site has, and of link previews.
    pub default_language: String,
    /// Directory of messages that replace those of the program, with one subdirectory per language, or `None`.
    pub locale_dir: Option<PathBuf>,
    /// Contact for reports of bad links. Empty to show none.
    pub contact: String,
    /// Maximum stored bytes of all files of a share.
    pub max_size: u64,
    /// Maximum characters of a message.
    pub max_message: u64,
    /// Maximum number of files of a share.
    pub max_files: u32,
    /// Lifetimes that the page offers, in seconds, in ascending order.
    pub lifetimes: Vec<u64>,
    /// Preselected lifetime in seconds; one of `lifetimes`.
    pub default_lifetime: u64,
    /// Lifetimes that requests may have, in seconds, in ascending order.
    pub request_lifetimes: Vec<u64>,
    /// Grace period after opening, in seconds. The time to download a large share is added to it.
    pub grace: u64,
    /// Reading window of a message without files, in seconds; 0 for none. At most the grace counts.
    pub reading_window: u64,
    /// Minimum characters of a password when encrypting.
    pub password_min: u32,
    /// Whether the server refuses to encrypt and decrypt in no-script mode.
    pub require_browser_locking: bool,
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: TrustedProxies,
    /// Whether browsers are told to use https for all hosts below the site's, too.
    pub hsts_subdomains: bool,
    /// Whether requests are limited per client address.
    pub limits_per_address: bool,
    /// One client address may use one part in this many of the store's room.
    pub address_share: u32,
    /// Where the metrics are served.
    pub metrics: MetricsAt,
    /// Whether every request is logged, with its route pattern in place of its path.
    pub access_log: bool,
}

/// An invalid setting. Its message names the key and the fix, never the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {fix}")]
pub struct BadSetting {
    /// The setting's key, in lower case.
    pub key: String,
    /// What is wrong or what the value must be.
    pub fix: String,
}

fn bad(key: &str, fix: impl Into<String>) -> BadSetting {
    BadSetting { key: key.to_owned(), fix: fix.into() }
}

impl Settings {
    /// Reads and validates the settings of `figment`.
    pub fn read(figment: &Figment) -> Result<Self, BadSetting> {
        keys::reject_unknown(figment)?;
        let raw: RawSettings = Figment::from(Serialized::defaults(RawSettings::default()))
            .merge(values::normalize(figment)?)
            .select(figment.profile().clone())
            .extract()
            .map_err(|error| explain(&error))?;
        raw.check()
    }

    /// Returns the range of lifetimes that a sender may ask for, in seconds.
    pub fn lifetime_range(&self) -> std::ops::RangeInclusive<u64> {
        let shortest = self.lifetimes.first().copied().unwrap_or(self.default_lifetime);
        let longest = self.lifetimes.last().copied().unwrap_or(self.default_lifetime);
        shortest..=longest
    }

    /// Returns the range of lifetimes that a request may have, in seconds.
    pub fn request_lifetime_range(&self) -> std::ops::RangeInclusive<u64> {
        let bounds = self.request_lifetimes.first().zip(self.request_lifetimes.last());
        bounds.map_or(self.default_lifetime..=self.default_lifetime, |(shortest, longest)| *shortest..=*longest)
    }

    /// Returns the part of the store's room that one client address may use, as its denominator, or `None` without limits
    /// per address.
    pub fn share_per_address(&self) -> Option<u32> {
        self.limits_per_address.then_some(self.address_share)
    }

    /// Returns how long opened shares stay readable for their receivers.
    pub fn grace(&self) -> Grace {
        Grace::new(self.grace, self.reading_window)
    }

    /// Returns the base path of every route. Empty at the root.
    pub fn base(&self) -> &str {
        self.public_url.as_ref().map_or("", |url| &url.base)
    }
}

impl RawSettings {
    fn check(self) -> Result<Settings, BadSetting> {
        let records = self.store()?;
        let part_store = PartStoreSettings::parse(&self.files_url, self.files_room, environment::variable)
            .map_err(|(key, fix)| bad(key, fix))?;
        let public_url = match self.public_url.trim() {
            "" => None,
            text => Some(PublicUrl::parse(text).map_err(|fix| bad("public_url", fix))?),
        };
        if self.site_name.trim().is_empty() || self.site_name.chars().count() > 60 {
            return Err(bad("site_name", "must have 1 to 60 characters"));
        }
        let template_dir = directory("template_dir", self.template_dir)?;
        let static_dir = directory("static_dir", self.static_dir)?;
        let locale_dir = directory("locale_dir", self.locale_dir)?;
        range("max_size", self.max_size, 1..=1 << 44)?;
        range("max_message", self.max_message, 1..=175_000)?;
        range("max_files", u64::from(self.max_files), 1..=1_000)?;
        range("grace", self.grace, 1..=MAX_SECONDS)?;
        range("reading_window", self.reading_window, 0..=MAX_SECONDS)?;
        range("address_share", u64::from(self.address_share), 1..=1_000)?;
        range("password_min", u64::from(self.password_min), 1..=100)?;
        let lifetimes = spans("lifetimes", self.lifetimes)?;
        let request_lifetimes = spans("request_lifetimes", self.request_lifetimes)?;
        let longest = lifetimes.last().copied().unwrap_or(DEFAULT_LIFETIME);
        let default_lifetime = match self.default_lifetime {
            chosen if lifetimes.contains(&chosen) => chosen,
            DEFAULT_LIFETIME => longest,
            _ => {
                let fix = format!("must be one of the values of lifetimes, such as {longest}");
                return Err(bad("default_lifetime", fix));
            }
        };
        let options = ComposedOptions { longest_lifetime: longest, grace: self.grace, ..ComposedOptions::default() };
        let store = match part_store {
            None => records,
            Some(parts) => StoreSettings::Composed { records: Box::new(records), parts, options },
        };
        let trusted_proxies = TrustedProxies::parse(self.trusted_proxies.iter().map(String::as_str))
            .ok_or_else(|| bad("trusted_proxies", values::wanted("trusted_proxies")))?;
        let metrics = match (self.metrics, self.metrics_address.trim()) {
            (false, "") => MetricsAt::Off,
            (true, "") => MetricsAt::Site,
            (_, address) => MetricsAt::Address(address.parse().map_err(|_| {
                bad("metrics_address", "must be an address with a port, such as \"127.0.0.1:9100\", or empty")
            })?),
        };
        Ok(Settings {
            site_name: self.site_name.trim().to_owned(),
            public_url,
            store,
            template_dir,
            static_dir,
            default_language: self.default_language.trim().to_owned(),
            locale_dir,
            contact: self.contact.trim().to_owned(),
            max_size: self.max_size,
            max_message: self.max_message,
            max_files: self.max_files,
            lifetimes,
            default_lifetime,
            request_lifetimes,
            grace: self.grace,
            reading_window: self.reading_window,
            password_min: self.password_min,
            require_browser_locking: self.require_browser_locking,
            trusted_proxies,
            hsts_subdomains: self.hsts_subdomains,
            limits_per_address: self.limits_per_address,
            address_share: self.address_share,
            metrics,
            access_log: self.access_log,
        })
    }

    /// Selects the backend. `redis_url` takes precedence over `redis_host` with `redis_port`; with neither, shares are
    /// stored in `data_dir`.
    fn store(&self) -> Result<StoreSettings, BadSetting> {
        range("redis_pool_size", u64::from(self.redis_pool_size), 2..=1_000)?;
        range("redis_timeout", self.redis_timeout, 1..=60)?;
        range("redis_port", u64::from(self.redis_port), 1..=65_535)?;
        range("redis_wait_replicas", u64::from(self.redis_wait_replicas), 0..=100)?;
        let target = match (self.redis_url.trim(), self.redis_host.trim()) {
            ("", "") if self.data_dir.as_os_str().is_empty() => {
                return Err(bad("data_dir", "must name a writable directory"));
            }
            ("", "") => return Ok(StoreSettings::Embedded { data_dir: self.data_dir.clone() }),
            ("", host) => RedisTarget::host(host, self.redis_port).map_err(|fix| bad("redis_host", fix))?,
            (url, _) => RedisTarget::parse(url).map_err(|fix| bad("redis_url", fix))?,
        };
        let target = match self.redis_password.as_str() {
            "" => target,
            password => target.with_password(password).map_err(|fix| bad("redis_password", fix))?,
        };
        let tls = RedisTls::read(&self.redis_ca, &self.redis_client_cert, &self.redis_client_key)
            .map_err(|(key, fix)| bad(key, fix))?;
        let target = match (target.uses_tls(), tls.is_empty()) {
            (true, _) => target.with_tls(tls).map_err(|fix| bad("redis_client_cert", fix))?,
            (false, true) => target,
            (false, false) => {
                return Err(bad(
                    "redis_url",
                    "certificates are set, but the scheme has no TLS; use one such as rediss://",
                ));
            }
        };
        let options = RedisOptions {
            pool_size: self.redis_pool_size,
            timeout: Duration::from_secs(self.redis_timeout),
            wait_replicas: self.redis_wait_replicas,
            wait_fsync: self.redis_wait_fsync,
        };
        Ok(StoreSettings::Redis { target, options })
    }
}

/// Checks a folder of files that replace those of the program. `None` when it is not set.
fn directory(key: &str, path: PathBuf) -> Result<Option<PathBuf>, BadSetting> {
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    if !path.is_dir() {
        let fix = "not a directory; name one whose files replace those of the program, or remove the setting";
        return Err(bad(key, fix));
    }
    Ok(Some(path))
}

/// Sorts the times of a list, and checks their number and range.
fn spans(key: &str, mut spans: Vec<u64>) -> Result<Vec<u64>, BadSetting> {
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() || spans.len() > 10 {
        return Err(bad(key, values::wanted(key)));
    }
    spans.iter().try_for_each(|span| range(key, *span, 1..=MAX_SECONDS))?;
    Ok(spans)
}

fn range(key: &str, value: u64, allowed: std::ops::RangeInclusive<u64>) -> Result<(), BadSetting> {
    if allowed.contains(&value) {
        return Ok(());
    }
    let (wanted, from, to) = (values::wanted(key), allowed.start(), allowed.end());
    Err(bad(
        key,
        match values::kind_of(key) {
            Some(values::Kind::Port) => wanted,
            Some(values::Kind::Size) => format!("{wanted}, from {from} to {to} bytes"),
            Some(values::Kind::Span) => format!("{wanted}, from {from} to {to} seconds"),
            Some(values::Kind::Spans) => format!("{wanted}, each from {from} to {to} seconds"),
            _ => format!("{wanted}, from {from} to {to}"),
        },
    ))
}

/// Converts a figment error, leaving out the value it holds.
pub fn explain(error: &rocket::figment::Error) -> BadSetting {
    use rocket::figment::error::Kind;
    let key = if error.path.is_empty() { "Rocket.toml".to_owned() } else { error.path.join(".").to_lowercase() };
    let fix = match &error.kind {
        Kind::MissingField(field) => format!("missing value for {field}"),
        _ => values::wanted(&key),
    };
    BadSetting { key, fix }
}

/// Returns the sources of the settings in ascending precedence: [`defaults`], Rocket.toml, `REDIS_HOST`, `REDIS_PORT` and
/// `REDIS_PASSWORD`, and `ROCKET_*`. Also returns warnings for operators.
///
/// # Errors
/// An unreadable value. The message names the key and the fix.
pub fn figment() -> Result<(Figment, Vec<String>), BadSetting> {
    let environment = environment::read()?;
    let file = Env::var_or("ROCKET_CONFIG", "Rocket.toml");
    let figment = Figment::from(defaults())
        .merge(Toml::file(file).nested())
        .merge(Serialized::globals(environment.values))
        .select(Profile::from_env_or("ROCKET_PROFILE", Config::DEFAULT_PROFILE));
    Ok((values::normalize(&figment)?, environment.warnings))
}

/// Returns the defaults of Rocket's own settings: no `Server` header, no client address from a header that clients can
/// forge, and a shutdown grace period for transfers.
pub fn defaults() -> Config {
    Config {
        log_level: LogLevel::Normal,
        ident: Ident::none(),
        ip_header: None,
        cli_colors: false,
        shutdown: Shutdown { grace: 30, mercy: 5, ..Shutdown::default() },
        ..Config::default()
    }
}

/// Returns the log format, which is needed before the settings are validated.
pub fn log_format(figment: &Figment) -> LogFormat {
    // [`figment`] has refused an invalid value; without one the default applies.
    figment.extract_inner("log_format").unwrap_or(LogFormat::Text)
}

/// Describes in one line why Rocket did not launch.
pub fn explain_launch(error: &rocket::Error) -> String {
    use rocket::error::ErrorKind;
    match error.kind() {
        ErrorKind::Bind(error) => {
            format!("address, port: cannot listen there: {error}; choose another address or port")
        }
        ErrorKind::Io(error) => format!("network I/O failed: {error}"),
        ErrorKind::FailedFairings(_) => "startup failed; see the error logged above".to_owned(),
        ErrorKind::Shutdown(..) => "shut down before every request was answered".to_owned(),
        _ => "invalid Rocket configuration".to_owned(),
    }
}
