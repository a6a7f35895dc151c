//! Tests settings: invalid ones abort startup with an error that names the key and not the value.

use crate::server::Options;
use crate::site::Site;
use std::io::Write as _;
use tempfile::{NamedTempFile, TempDir};

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

/// Words of the program's own types, which mean nothing to operators.
const TYPES: [&str; 8] = ["u16", "u32", "u64", "usize", "boolean", "sequence", "struct", "integer"];

/// Tests invalid values with `check` and at startup. Each refusal has an example and no word of a programmer.
fn refused(cases: &[(&str, &str)]) {
    for (key, value) in cases {
        for arguments in [&["check-config"][..], &[]] {
            let (status, text) = Options::default().set(key, value).run(arguments);
            assert!(!status.success(), "{key} = {value} was accepted by {arguments:?}: {text}");
            names(&text, key, &format!("{key} = {value}"));
            assert_eq!(TYPES.iter().find(|word| text.contains(*word)), None, "{key} = {value}: {text}");
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
        ("lifetimes", "3600, soon"),
        ("lifetimes", "[\"an hour\"]"),
        ("lifetimes", "[3600, 86400, 604800, 99999999999]"),
        ("lifetimes", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 604800]"),
        ("request_lifetimes", "[]"),
        ("request_lifetimes", "[0, 60]"),
        ("default_lifetime", "3601"),
        ("default_lifetime", "soon"),
        ("grace", "0"),
        ("grace", "316224001"),
        ("grace", "an hour"),
        ("grace", "11 years"),
        ("reading_window", "316224001"),
        ("reading_window", "a while"),
        ("password_min", "0"),
        ("password_min", "101"),
        ("require_browser_locking", "maybe"),
        ("trusted_proxies", "10.0.0.0/8, proxy.example"),
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
        ("redis_host", "redis:6379"),
        ("redis_host", "redis://:s3cr3t-m4rk@redis"),
        ("redis_host", "tcp://10.0.0.1:6379"),
        ("redis_host", "redis1,redis2"),
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
        ("default_language", "el"),
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
    refused(&[("template_dir", "nowhere/templates"), ("template_dir", "Cargo.toml")]);
}

#[test]
fn a_folder_replaces_the_files_of_the_program_one_by_one() {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("templates/about.html.tera", "{% extends \"base\" %}{% block main %}Ours: {{ site }}{% endblock %}");
    write("static/img/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    write("locales/el/frame.ftl", "gone = \n");
    let options = || {
        ["template_dir", "static_dir", "locale_dir"].into_iter().fold(Options::default(), |options, key| {
            options.set(key, folder.path().join(key.replace("_dir", "s").replace("statics", "static")).display())
        })
    };
    let site = Site::embedded(options().set("site_name", "A & B"));
    let about = site.get("/about").text();
    assert!(about.contains("Ours: A &amp; B") && about.contains("</html>"), "{about}");
    assert!(site.get("/").text().contains("</form>"), "other pages are those of the program");
    assert_eq!(site.get("/img/favicon.svg").text(), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(site.get("/sw.js").status, 200);

    // A language without a name and messages does not stop the site. The log and `check-config` name the file and the fix.
    let pages = site.get("/?lang=el").text();
    assert!(pages.contains(">el<") && pages.contains("</form>"), "{pages}");
    let (status, checked) = options().run(&["check-config"]);
    assert!(!status.success(), "{checked}");
    for text in [site.server.log.text(), checked] {
        let named = folder.path().join("locales/el/frame.ftl").display().to_string();
        assert!(text.contains(&named) && text.contains("add the name of the language"), "{text}");
    }

    std::fs::remove_dir_all(folder.path().join("locales/el")).unwrap();
    let (status, checked) = options().run(&["check-config"]);
    assert!(status.success(), "{checked}");
    for words in [
        "template_dir: 1 files replace those of the program, 0 are added",
        "static_dir: 1 files replace those of the program, 0 are added",
        "warning: locale_dir holds no file named *.ftl and changes nothing",
    ] {
        assert!(checked.contains(words), "{checked}");
    }
}

#[test]
fn a_template_that_cannot_be_parsed_aborts_startup_naming_it() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("about.html.tera"), "{% extends \"nowhere\" %}").unwrap();
    for arguments in [&["check-config"][..], &[]] {
        let (status, text) = Options::default().set("template_dir", folder.path().display()).run(arguments);
        assert!(!status.success(), "{text}");
        for words in ["template_dir", "about", "nowhere"] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
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

/// Returns the output of `check-config`, which must accept the settings.
#[track_caller]
fn accepted(options: Options) -> String {
    let (status, text) = options.run(&["check-config"]);
    assert!(status.success(), "{text}");
    text
}

#[test]
fn values_are_accepted_as_people_write_them() {
    let site = Site::embedded(
        Options::default()
            .set("max_size", "1.5 GB")
            .set("lifetimes", "1 hour, 1d,2 weeks")
            .set("default_lifetime", "24h")
            .set("trusted_proxies", "10.0.0.0/8, ::1")
            .set("require_browser_locking", "Yes")
            .set("max_message", "")
            .set("metrics", "on")
            .set("site_name", "2024"),
    );
    let about = site.get("/api/v1/site").json();
    assert_eq!(about["max_size"], 1_500_000_000_u64, "{about}");
    assert_eq!(about["lifetimes"], serde_json::json!([3_600, 86_400, 1_209_600]), "{about}");
    assert_eq!(site.get("/metrics").status, 200);
    assert!(site.get("/").text().contains("2024"));

    for (key, value) in [
        ("max_size", "2GB"),
        ("max_size", "500 MiB"),
        ("max_size", "2_000_000"),
        ("lifetimes", "3600,86400"),
        ("lifetimes", "3600"),
        ("lifetimes", "[\"1h\", \"7d\"]"),
        ("lifetimes", "3600 86400"),
        ("grace", "90 min"),
        ("grace", "1d12h"),
        ("reading_window", "0"),
        ("reading_window", "10 min"),
        ("redis_timeout", "5s"),
        ("keep_alive", "0"),
        ("metrics", "off"),
        ("access_log", "1"),
        ("limits_per_address", "No"),
        ("trusted_proxies", "10.0.0.0/8"),
        ("trusted_proxies", "127.0.0.1 ::1"),
        ("trusted_proxies", "[10.0.0.0/8,::1]"),
        ("log_format", "JSON"),
        ("address", "[::1]"),
        ("public_url", "HTTPS://Share.Example"),
        ("public_url", "https://share.example:443"),
        ("max_files", ""),
        ("shutdown", "{grace=\"20s\"}"),
    ] {
        accepted(Options::default().set(key, value));
    }
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b"[default]\nmax_size = \"2 GiB\"\ngrace = \"2h\"\nmetrics = \"yes\"\nlifetimes = \"7d\"\n")
        .unwrap();
    accepted(Options::default().env("ROCKET_CONFIG", file.path().display()));
}

#[test]
fn a_refusal_shows_how_to_write_the_value() {
    for (key, value, words) in [
        ("max_size", "2 XB", "such as \"500 MB\""),
        ("grace", "soon", "such as \"12 hours\""),
        ("grace", "11 years", "from 1 to 316224000 seconds"),
        ("lifetimes", "soon", "[3600, 86400, 604800]"),
        ("metrics", "perhaps", "true or false"),
        ("port", "abc", "such as 8000"),
        ("redis_port", "abc", "such as 6379"),
        ("redis_host", "redis:6379", "a URL to redis_url"),
        ("max_files", "many", "such as 8"),
        ("trusted_proxies", "proxy.example", "such as [\"10.0.0.0/8\", \"::1\"]"),
        ("log_format", "xml", "text, json"),
        ("log_level", "info", "off, critical, normal, debug"),
        ("address", "localhost", "such as \"127.0.0.1\""),
        ("public_url", "https://b\u{fc}cher.example", "xn--bcher-kva"),
        ("public_url", "https://\u{4f8b}\u{3048}.example/share", "xn--"),
        ("public_url", "share.example", "begin with https://"),
        ("public_url", "https:/share.example", "begin with https://"),
        ("public_url", "wss://share.example", "begin with https://"),
        ("public_url", "sftp://share.example", "lower case"),
        ("shutdown", "5", "{grace=30, mercy=5}"),
        ("sitename", "x", "write site_name"),
    ] {
        let (status, text) = Options::default().set(key, value).run(&["check-config"]);
        assert!(!status.success() && text.contains(words), "{key} = {value}: {text}");
    }
}

#[test]
fn settings_of_rocket_without_effect_are_refused_with_the_reason() {
    for (key, value, words) in [
        ("tls", "{certs=\"/x\",key=\"/y\"}", "this program speaks http; end TLS in the proxy"),
        ("mtls", "{}", "proxy"),
        ("secret_key", MARK, "no cookies"),
        ("limits", "{form=\"1MiB\"}", "max_size"),
        ("temp_dir", "/tmp", "no temporary files"),
        ("http2", "true", "proxy"),
        ("proxy_proto_header", "X-Forwarded-Proto", "trusted_proxies"),
        ("read_timeout", "5", "proxy"),
    ] {
        for arguments in [&["check-config"][..], &[]] {
            let (status, text) = Options::default().set(key, value).run(arguments);
            assert!(!status.success() && text.contains(words), "{key}: {text}");
            names(&text, &format!("{key}:"), key);
        }
    }
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b"[default.tls]\ncerts = \"/x\"\n").unwrap();
    let (status, text) = Options::default().env("ROCKET_CONFIG", file.path().display()).run(&["check-config"]);
    assert!(!status.success() && text.contains("tls: this program speaks http"), "{text}");
}

#[test]
fn a_password_of_redis_is_read_from_a_variable_or_a_file() {
    let redis = crate::redis_server::RedisServer::start(&["--requirepass", " s3cr3t 1 "]);
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b" s3cr3t 1 \n").unwrap();
    let mut url = NamedTempFile::new().unwrap();
    writeln!(url, "redis://:%20s3cr3t%201%20@127.0.0.1:{}", redis.port()).unwrap();
    let base = || Options::default().redis(redis.port());
    for options in [
        base().env("REDIS_PASSWORD", " s3cr3t 1 "),
        base().set("redis_password", " s3cr3t 1 "),
        base().env("REDIS_PASSWORD_FILE", file.path().display()),
        base().set("redis_password_file", file.path().display()),
        base().env("REDIS_PASSWORD", "wrong").set("redis_password_file", file.path().display()),
        Options::default().set("redis_url_file", url.path().display()),
        Options::default().set("redis_url", redis.url()).env("REDIS_PASSWORD_FILE", file.path().display()),
    ] {
        let site = Site::embedded(options);
        let seen = site.get("/test-redis").text();
        assert!(seen.contains("Redis is ALIVE."), "{seen}");
        assert!(!site.server.log.text().contains("s3cr3t"));
    }
    is_refused(|options| options.env("REDIS_PASSWORD_FILE", "/nowhere/s3cr3t-m4rk"), "REDIS_PASSWORD_FILE", "no file");
    is_refused(
        |options| options.env("REDIS_PASSWORD", MARK).env("REDIS_PASSWORD_FILE", "Rocket.toml"),
        "REDIS_PASSWORD_FILE",
        "two passwords",
    );
    is_refused(
        |options| options.set("redis_url", "redis://:other@127.0.0.1").env("REDIS_PASSWORD", MARK),
        "redis_password",
        "another password in redis_url",
    );
}

#[test]
fn service_links_are_ignored_and_variables_without_the_prefix_are_named() {
    let link = "tcp://10.0.0.1:6379";
    let unused = accepted(Options::default().env("REDIS_PORT", link).env("REDIS_PORT_6379_TCP_ADDR", "10.0.0.1"));
    assert!(!unused.contains("REDIS_PORT"), "{unused}");
    for (name, link) in [("REDIS_PORT", link), ("REDIS_PORT", "udp://[fd00::1]:6379"), ("ROCKET_REDIS_PORT", link)] {
        let used = accepted(Options::default().env(name, link).env("REDIS_HOST", "127.0.0.1"));
        let words = format!("warning: {name} is ignored: it holds a service link of Kubernetes");
        assert!(used.contains(&words), "{used}");
    }
    accepted(Options::default().env("ROCKET_SERVICE_HOST", "10.0.0.1").env("ROCKET_PORT_80_TCP", link));

    let options = || Options::default().env("PUBLIC_URL", MARK).env("REDIS_URL", MARK).env("OTS_MAX_SIZE", MARK);
    let text = accepted(options());
    let site = Site::embedded(options());
    let log = site.server.log.text();
    for name in ["PUBLIC_URL", "REDIS_URL"] {
        let words = format!("{name} is not read; the variable of this setting is ROCKET_{name}");
        assert!(text.contains(&words) && log.contains(&words), "{name}: {text} {log}");
    }
    assert!(text.contains("OTS_MAX_SIZE is not read") && !text.contains(MARK) && !log.contains(MARK), "{text}");
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
fn a_data_dir_with_other_files_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("lost+found")).unwrap();
    let options = || Options::default().data_dir(folder.path());
    let (status, text) = options().run(&["check-config"]);
    assert!(status.success(), "{text}");
    std::fs::write(folder.path().join("letter.txt"), "of another program").unwrap();
    for arguments in [&["check-config"][..], &[]] {
        let (status, text) = options().run(arguments);
        assert!(!status.success() && text.contains("data_dir") && text.contains("holds files but no store"), "{text}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
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
fn the_check_tells_what_the_site_will_do_and_what_a_public_site_lacks() {
    let text = accepted(Options::default());
    for words in [
        "listens at: http://127.0.0.1:0\n",
        "address of links: http and the host of each request\n",
        "trusted proxies: none\n",
        "store: files in ",
        "guarantee: strict: every change is synced to disk",
        "room: ",
        "a share: up to 100 files of 2.1 GB together, messages of up to 100000 characters\n",
        "lifetimes: 1 hour, 1 day, 7 days; 7 days is selected; opened files may be fetched again for 1 hour, an opened message \
         for 10 minutes\n",
        "limits per address: off\n",
        "for a public site: public_url is not set",
        "for a public site: trusted_proxies is empty",
        "for a public site: limits_per_address is off",
        "for a public site: contact is empty",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let redis = crate::redis_server::RedisServer::start(&["--maxmemory", "100mb"]);
    let public = || {
        Options::default()
            .set("public_url", "https://share.example/base")
            .set("trusted_proxies", "10.0.0.0/8, ::1")
            .set("limits_per_address", "on")
            .set("contact", "mail@share.example")
    };
    let text = accepted(public());
    assert!(text.ends_with("for a public site: nothing is missing\n"), "{text}");
    assert!(text.contains("address of links: https://share.example/base/\n"), "{text}");
    assert!(text.contains("trusted proxies: 10.0.0.0/8, ::1/128\n"), "{text}");
    let text = accepted(public().redis(redis.port()).set("metrics", "on").set("address", "0.0.0.0"));
    for words in ["store: Redis 7", "guarantee: volatile: ", "public site: the guarantee", "public site: metrics is on"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    let evicting = crate::redis_server::RedisServer::start(&["--maxmemory-policy", "allkeys-lru"]);
    let (status, text) = public().redis(evicting.port()).run(&["check-config"]);
    assert!(!status.success() && text.contains("CONFIG SET maxmemory-policy noeviction"), "{text}");
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
