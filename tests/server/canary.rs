//! Runs the full journey with recognisable secrets, then searches logs, files and the store for them.

use crate::full_journey::{self, Journey};
use crate::raw_http::find;
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, Site, b64, files, until};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Fails when any secret occurs in any of the places.
#[track_caller]
fn holds_nothing(journey: &Journey, places: &[(String, Vec<u8>)]) {
    for (place, bytes) in places {
        for (name, secret) in &journey.secrets {
            assert!(secret.len() >= 8, "{name} is too short to search for");
            assert!(find(bytes, secret).is_none(), "{name} is in {place}");
        }
    }
}

/// Fails when the log contains secrets, ids or paths.
#[track_caller]
fn log_is_clean(journey: &Journey, log: &str) {
    holds_nothing(journey, &[("the log".to_owned(), log.as_bytes().to_vec())]);
    for id in &journey.ids {
        assert!(!log.contains(id.as_str()), "an id is in the log:\n{log}");
    }
    for path in ["/s/", "/status", "/api/", "%23", "GET ", "POST ", "PUT ", "Bearer"] {
        assert!(!log.contains(path), "{path} is in the log:\n{log}");
    }
    assert!(log.contains("serving http://127.0.0.1:"), "the log was captured: {log}");
}

/// Log level debug, and a separate folder for temporary files.
fn options(temporary: &Path) -> Options {
    Options::default().set("log_level", "debug").env("TMPDIR", temporary.display())
}

#[test]
fn with_the_embedded_store_no_log_line_or_file_holds_a_secret() {
    let temporary = TempDir::new().unwrap();
    let mut site = Site::embedded(options(temporary.path()));
    let journey = full_journey::run(&site);
    let kept = files(&site.server.data_dir);
    holds_nothing(&journey, &kept);
    for locked in &journey.locked {
        assert!(kept.iter().any(|(_, bytes)| find(bytes, locked).is_some()), "the search finds stored ciphertext");
    }
    assert!(
        kept.iter().any(|(_, bytes)| find(bytes, journey.ids[0].as_bytes()).is_some()
            || find(bytes, &id_bytes(&journey.ids[0])).is_some()),
        "the search finds ids"
    );
    assert!(site.server.terminate().success());
    holds_nothing(&journey, &files(&site.server.data_dir));
    assert!(files(temporary.path()).is_empty(), "nothing is written to a temporary folder");
    log_is_clean(&journey, &site.server.log.text());
    println!(
        "embedded: {} encodings of secrets, found in none of {} files and not in the log",
        journey.secrets.len(),
        kept.len()
    );
}

fn id_bytes(text: &str) -> [u8; 10] {
    *onetimeshare_envelope::ShareId::parse(text).unwrap().as_bytes()
}

/// `redis-cli monitor`, recording all commands that Redis receives to a file.
struct Monitor {
    child: Child,
    file: PathBuf,
    _folder: TempDir,
}

impl Monitor {
    fn on(redis: &RedisServer) -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("monitor");
        let child = Command::new("redis-cli")
            .args(["-p", &redis.port().to_string(), "monitor"])
            .stdin(Stdio::null())
            .stdout(File::create(&file).unwrap())
            .spawn()
            .expect("redis-cli comes with redis-server");
        let monitor = Self { child, file, _folder: folder };
        until(SOON, "the monitor", || monitor.text().contains("OK").then_some(()));
        monitor
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.file).unwrap()).into_owned()
    }

    /// Returns everything recorded so far, unescaped.
    fn end(mut self, redis: &RedisServer) -> Vec<u8> {
        let last = format!("last-{}", b64(&crate::site::random::<9>()));
        let _: String = redis.ask(&["ECHO", &last]);
        let text = until(SOON, "the last line", || Some(self.text()).filter(|text| text.contains(&last)));
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        unescaped(&text)
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Decodes escapes such as `\x07`.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let Some((letter, after)) = rest.split_first() else { break };
        rest = after;
        match letter {
            b'x' => {
                let digits = std::str::from_utf8(&rest[..2]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = &rest[2..];
            }
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'a' => bytes.push(7),
            b'b' => bytes.push(8),
            other => bytes.push(*other),
        }
    }
    bytes
}

/// Returns every key of a Redis with its content.
fn dump(redis: &RedisServer) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for key in redis.ask::<Vec<Vec<u8>>>(&["KEYS", "*"]) {
        let name = String::from_utf8_lossy(&key).into_owned();
        let kind: String = redis.ask(&["TYPE", &name]);
        let values: Vec<Vec<u8>> = match kind.as_str() {
            "string" => vec![redis.ask(&["GET", &name])],
            "hash" => redis.ask(&["HGETALL", &name]),
            other => panic!("a key of type {other}"),
        };
        found.push((format!("the name of {name}"), key));
        found.extend(values.into_iter().map(|value| (name.clone(), value)));
    }
    found
}

#[test]
fn with_redis_no_log_line_value_or_command_holds_a_secret() {
    let temporary = TempDir::new().unwrap();
    let mut site = Site::on_redis(options(temporary.path()));
    let redis = site.redis.take().unwrap();
    let monitor = Monitor::on(&redis);
    let journey = full_journey::run(&site);
    let commands = monitor.end(&redis);
    let values = dump(&redis);

    holds_nothing(&journey, &values);
    for locked in &journey.locked {
        assert!(values.iter().any(|(_, value)| value == locked), "the search finds stored ciphertext");
        assert!(find(&commands, locked).is_some(), "the search finds sent ciphertext");
    }
    // A record holds a version, an id of 10 bytes, three digests and more.
    let records = values.iter().filter(|(name, value)| name.ends_with('}') && value.len() > 1 + 10 + 3 * 32).count();
    assert!(records > 0, "records with digests are stored");
    let names = [("what MONITOR tells".to_owned(), commands)];
    holds_nothing(&journey, &names);
    assert!(files(&site.server.data_dir).is_empty(), "nothing is written beside Redis");
    assert!(files(temporary.path()).is_empty(), "nothing is written to a temporary folder");

    // The same checks while the store fails.
    drop(redis);
    for response in [site.form("/", "text/html", &[("message", "canary without a store")]), site.get("/test-redis")] {
        assert_eq!(response.status, 503);
    }
    let share = crate::client::Share::new("canary without a store");
    assert_eq!(site.put(&share).status, 503);
    assert_eq!(site.open(&share, &crate::site::claim()).status, 503);
    let log = site.server.log.text();
    assert!(!log.contains(&share.link.id.to_string()) && !log.contains("canary"), "{log}");
    assert!(site.server.terminate().success());
    log_is_clean(&journey, &site.server.log.text());
    println!(
        "Redis: {} encodings of secrets, found in none of {} values, not in {} bytes of MONITOR and not in the log",
        journey.secrets.len(),
        values.len(),
        names[0].1.len()
    );
}

#[test]
fn no_log_line_holds_the_redis_password() {
    let redis = RedisServer::start(&["--requirepass", "canary-of-the-store"]);
    for user in ["", "default"] {
        for password in ["canary-of-the-store", "canary-that-is-wrong"] {
            let url = format!("redis://{user}:{password}@127.0.0.1:{}/", redis.port());
            let mut server = Options::default().set("redis_url", url).start();
            let client = crate::client::Client::new(server.url());
            let expected = if password.ends_with("wrong") { 503 } else { 200 };
            let response = client.get("/test-redis");
            assert_eq!(response.status, expected, "{}", response.text());
            assert_eq!(client.get("/health/ready").status, expected);
            assert!(!response.text().contains("canary"), "{}", response.text());
            assert!(server.terminate().success());
            assert!(!server.log.text().contains("canary"), "{}", server.log.text());
        }
    }
}
