//! Tests settings: invalid ones abort startup with an error that names the key and not the value.

use crate::server::Options;
use crate::site::Site;
use std::io::Write as _;
use tempfile::NamedTempFile;

/// A marker in values, which no error may contain.
const MARK: &str = "s3cr3t-m4rk";

#[track_caller]
fn is_refused(options: fn(Options) -> Options, key: &str, what: &str) {
    for arguments in [&["check-config"][..], &[]] {
        let (status, text) = options(Options::default()).run(arguments);
        assert!(!status.success(), "{what} was accepted by {arguments:?}: {text}");
        assert!(status.code().is_some(), "{what}: exits with a status code");
        names(&text, key, what);
    }
}

#[track_caller]
fn names(text: &str, key: &str, what: &str) {
    assert!(text.contains(key), "{what}: the message names {key}: {text}");
    assert!(!text.contains(MARK), "{what}: {text}");
    assert!(!text.contains("panicked") && text.trim().lines().count() <= 2, "{what}: one plain line: {text}");
}

/// Tests invalid values with `check` and at startup.
fn refused(cases: &[(&str, &str)]) {
    for (key, value) in cases {
        for arguments in [&["check-config"][..], &[]] {
            let (status, text) = Options::default().set(key, value).run(arguments);
            assert!(!status.success(), "{key} = {value} was accepted by {arguments:?}: {text}");
            names(&text, key, &format!("{key} = {value}"));
        }
    }
    println!("{} invalid values rejected, each by name", cases.len());
}

#[test]
fn an_invalid_site_setting_aborts_startup_naming_the_key() {
    let long = "x".repeat(61);
    refused(&[
        ("site_name", ""),
        ("site_name", "   "),
        ("site_name", &long),
        ("site_name", "[1, 2]"),
        ("public_url", "share.example"),
        ("public_url", "ftp://share.example"),
        ("public_url", "https://"),
        ("public_url", "https://share example"),
        ("public_url", "https://user:s3cr3t-m4rk@share.example"),
        ("public_url", "https://share.example/a//b"),
        ("public_url", "https://share.example/?q=1"),
        ("public_url", "//share.example"),
        ("contact", "[1]"),
        ("max_size", "0"),
        ("max_size", "-1"),
        ("max_size", "17592186044417"),
        ("max_size", "much"),
        ("max_message", "0"),
        ("max_message", "250001"),
        ("max_message", "1.5"),
        ("max_files", "0"),
        ("max_files", "1001"),
        ("lifetimes", "[]"),
        ("lifetimes", "[0]"),
        ("lifetimes", "3600"),
        ("lifetimes", "[\"an hour\"]"),
        ("lifetimes", "[3600, 86400, 604800, 99999999999]"),
        ("lifetimes", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 604800]"),
        ("default_lifetime", "3601"),
        ("default_lifetime", "soon"),
        ("grace", "0"),
        ("grace", "316224001"),
        ("grace", "1h"),
        ("password_min", "0"),
        ("password_min", "101"),
        ("require_browser_locking", "maybe"),
        ("trusted_proxies", "10.0.0.0/8"),
        ("trusted_proxies", "[\"proxy.example\"]"),
        ("trusted_proxies", "[\"10.0.0.0/33\"]"),
        ("limits_per_address", "2"),
    ]);
}

#[test]
fn an_invalid_store_setting_aborts_startup_naming_the_key() {
    refused(&[
        ("redis_url", "http://s3cr3t-m4rk@127.0.0.1/"),
        ("redis_url", "redis://user:s3cr3t-m4rk@127.0.0.1:99999/"),
        ("redis_url", "redis://user:s3cr3t-m4rk@127.0.0.1:6379/zero"),
        ("redis_url", "s3cr3t-m4rk"),
        ("redis_url", "redis+unix://"),
        ("redis_url", "redis-sentinel://:s3cr3t-m4rk@127.0.0.1,127.0.0.2"),
        ("redis_url", "redis-sentinel://:s3cr3t-m4rk@127.0.0.1,/main"),
        ("redis_url", "redis-cluster://:s3cr3t-m4rk@127.0.0.1/1"),
        ("redis_wait_replicas", "101"),
        ("redis_wait_fsync", "sometimes"),
        ("redis_pool_size", "0"),
        ("redis_pool_size", "1001"),
        ("redis_pool_size", "many"),
        ("redis_timeout", "0"),
        ("redis_timeout", "61"),
        ("data_dir", ""),
        ("static_dir", "nowhere/static"),
        ("locale_dir", "nowhere/locales"),
    ]);
    is_refused(
        |options| options.set("redis_url", "rediss://127.0.0.1").set("redis_ca", MARK),
        "redis_ca",
        "a file that is not there",
    );
    is_refused(
        |options| options.set("redis_url", "rediss://127.0.0.1").set("redis_ca", "Rocket.toml"),
        "redis_ca",
        "a file without a certificate",
    );
    is_refused(
        |options| options.set("redis_url", "rediss://127.0.0.1").set("redis_client_cert", "Rocket.toml"),
        "redis_client_key",
        "a certificate without its key",
    );
    is_refused(
        |options| options.env("REDIS_HOST", "127.0.0.1").env("REDIS_PORT", "70000"),
        "redis_port",
        "REDIS_PORT=70000",
    );
    is_refused(
        |options| options.env("REDIS_HOST", "127.0.0.1").env("REDIS_PORT", "s3cr3t-m4rk"),
        "redis_port",
        "REDIS_PORT",
    );
}

#[test]
fn a_missing_template_folder_aborts_startup_naming_it() {
    refused(&[("template_dir", "nowhere/templates")]);
}

#[test]
fn an_invalid_rocket_setting_aborts_startup_naming_the_key() {
    refused(&[
        ("address", "nowhere"),
        ("port", "70000"),
        ("port", "s3cr3t-m4rk"),
        ("keep_alive", "long"),
        ("log_level", "loud"),
        ("workers", "many"),
        ("shutdown", "{grace=\"long\"}"),
    ]);
}

#[test]
fn an_unknown_setting_aborts_startup() {
    refused(&[("maxsize", MARK), ("lifetime", "3600"), ("redis", MARK), ("site-name", MARK), ("secret_key_", MARK)]);
    for (text, key) in [
        (format!("[default]\nsite_names = \"{MARK}\"\n"), "site_names"),
        (format!("[debug]\nmax_sise = 1 # {MARK}\n"), "max_sise"),
        (format!("[global]\nredis_urls = \"{MARK}\"\n"), "redis_urls"),
    ] {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let options = Options::default().env("ROCKET_CONFIG", file.path().display()).env("ROCKET_PROFILE", "debug");
        let (status, message) = options.run(&["check-config"]);
        assert!(!status.success(), "{text}: {message}");
        names(&message, key, &text);
    }
}

#[test]
fn an_unreadable_settings_file_aborts_startup() {
    for text in [
        format!("[default\nsite_name = \"{MARK}\""),
        format!("site_name = {MARK}"),
        format!("[default]\nsite_name = \"{MARK}"),
    ] {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        for arguments in [&["check-config"][..], &[]] {
            let (status, message) = Options::default().env("ROCKET_CONFIG", file.path().display()).run(arguments);
            assert!(!status.success(), "{text}: {message}");
            assert!(message.contains("Rocket.toml") || message.contains("site_name"), "{message}");
            assert!(!message.contains(MARK), "{message}");
        }
    }
}

#[test]
fn an_unusable_data_dir_aborts_startup_naming_it() {
    let file = NamedTempFile::new().unwrap();
    for path in [file.path().display().to_string(), "/proc/onetimeshare".into()] {
        let (status, text) = Options::default().set("data_dir", path).run(&[]);
        assert!(!status.success(), "{text}");
        assert!(text.contains("data_dir"), "{text}");
    }
}

#[test]
fn check_accepts_valid_settings_without_serving_or_touching_data() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    for options in [
        Options::default(),
        Options::default().set("redis_url", "redis://user:password@127.0.0.1:1/0"),
        Options::default().set("redis_url", "redis+unix:///run/redis.sock"),
        Options::default().redis(1),
        Options::default()
            .set("public_url", "https://share.example:8443/a/b/")
            .set("lifetimes", "[60]")
            .set("default_lifetime", 60),
        Options::default().set("trusted_proxies", "[\"127.0.0.1\", \"10.0.0.0/8\", \"::1\", \"fd00::/8\"]"),
        Options::default()
            .set("max_size", 1_u64 << 44)
            .set("max_message", 175_000)
            .set("max_files", 1_000)
            .set("password_min", 100),
        Options::default().set("contact", "mail@share.example").set("limits_per_address", false),
    ] {
        let (status, text) = options.data_dir(&data).run(&["check-config"]);
        assert!(status.success(), "{text}");
        assert!(!data.exists());
    }
}

#[test]
fn settings_take_effect() {
    let site = Site::embedded(
        Options::default()
            .set("site_name", "Ours & <Theirs>")
            .set("contact", "mail@ours.example")
            .set("lifetimes", "[60, 7200, 172800]")
            .set("default_lifetime", 7_200),
    );
    let page = site.get("/").text();
    for words in ["Ours &amp; &lt;Theirs&gt;", "1 minute", "2 hours", "2 days", "Report a bad link"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("<Theirs>"));
    assert!(site.get("/about").text().contains("mail@ours.example"));
    assert!(!Site::embedded(Options::default()).get("/").text().contains("Report a bad link"));
}

#[test]
fn redis_url_overrides_host_and_port() {
    let redis = crate::redis_server::RedisServer::start(&[]);
    let site = Site::embedded(Options::default().redis(1).set("redis_url", redis.url()));
    assert!(site.get("/test-redis").text().contains("Redis is ALIVE."));
    let socket = format!("redis+unix://{}", redis.socket().display());
    let site = Site::embedded(Options::default().set("redis_url", socket));
    assert_eq!(site.get("/test-redis").text(), "Hello! This page has been seen 2 times. Redis is ALIVE.");
}
