//! Tests that each reason why Redis cannot be used is told as such: in the log with the fix, and at `/test-redis` in a few
//! words without an address.

use crate::client::Client;
use crate::clock;
use crate::ports::free_port;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, until};
use crate::table::row;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use tempfile::TempDir;

/// A part of user names, passwords and hosts, which neither the log nor a page may contain.
const SECRET: &str = "hunter2";

/// Starts a server and waits until `/test-redis` and the log tell the fault.
fn tells(options: Options, page: &str, log: &str) -> Server {
    let server = options.start();
    let client = Client::new(server.url());
    until(SOON, page, || {
        let response = client.get("/test-redis");
        (response.status == 503 && response.text() == format!("Redis Error: {page}")).then_some(())
    });
    let text = server.log.wait_for(log);
    assert!(!text.contains(SECRET), "{text}");
    server
}

/// Runs openssl at another time, such as `-1d`. The program `faketime` fails when one that had its process id was killed.
fn openssl(folder: &Path, time: &str, words: &str) {
    let mut command = Command::new("openssl");
    command.args(words.split(' ')).current_dir(folder).env("LD_PRELOAD", clock::library()).env("FAKETIME", time);
    let output = command.output().expect("openssl is installed");
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Makes an authority, and certificates for servers: a good one, one for another name, an expired one, one that is not
/// valid yet, and one that is an authority itself.
fn certificates() -> TempDir {
    let folder = TempDir::new().unwrap();
    let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test";
    let signed = "-CA ca.pem -CAkey ca.key -addext basicConstraints=critical,CA:FALSE -addext";
    let ip = "subjectAltName=IP:127.0.0.1";
    let at = folder.path();
    openssl(at, "-1d", &format!("{new} -days 9 -keyout ca.key -out ca.pem"));
    openssl(at, "-1h", &format!("{new} -days 5 {signed} {ip} -keyout good.key -out good.pem"));
    openssl(
        at,
        "-1h",
        &format!("{new} -days 5 {signed} subjectAltName=DNS:redis.example -keyout name.key -out name.pem"),
    );
    openssl(at, "-9d", &format!("{new} -days 5 {signed} {ip} -keyout old.key -out old.pem"));
    openssl(at, "+2d", &format!("{new} -days 5 {signed} {ip} -keyout young.key -out young.pem"));
    openssl(at, "-1h", &format!("{new} -days 5 -addext {ip} -keyout self.key -out self.pem"));
    folder
}

#[test]
fn each_fault_of_tls_is_told_by_its_cause() {
    let folder = certificates();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let redis = |name: &str, clients: &str| {
        let port = free_port();
        let options = [
            ("--tls-port", port.to_string()),
            ("--tls-cert-file", at(&format!("{name}.pem"))),
            ("--tls-key-file", at(&format!("{name}.key"))),
            ("--tls-ca-cert-file", at("ca.pem")),
            ("--tls-auth-clients", clients.to_owned()),
        ];
        let words: Vec<&str> = options.iter().flat_map(|(key, value)| [*key, value.as_str()]).collect();
        (RedisServer::start(&words), port)
    };
    let to = |scheme: &str, port: u16| Options::default().set("redis_url", format!("{scheme}://127.0.0.1:{port}"));
    let (good, good_tls) = redis("good", "no");
    let mut told = 0;
    let mut tells = |options: Options, page: &str, log: &str| {
        tells(options, page, log);
        told += 1;
    };
    let site = to("rediss", good_tls).set("redis_ca", at("ca.pem")).start();
    assert!(Client::new(site.url()).get("/test-redis").text().contains("Redis is ALIVE."));
    tells(to("rediss", good_tls), "its certificate is not trusted", "redis_ca");
    for scheme in ["rediss-cluster", "rediss-sentinel"] {
        let path = if scheme == "rediss-sentinel" { "/main" } else { "" };
        let url = format!("{scheme}://127.0.0.1:{good_tls}{path}");
        tells(Options::default().set("redis_url", url), "its certificate is not trusted", "redis_ca");
    }
    for (name, page, log) in [
        ("young", "its certificate is out of date", "not valid yet"),
        ("name", "its certificate is for another name", "is for another name"),
        ("old", "its certificate is out of date", "has expired"),
    ] {
        let (_redis, port) = redis(name, "no");
        tells(to("rediss", port).set("redis_ca", at("ca.pem")), page, log);
    }
    let (_redis, port) = redis("self", "no");
    let page = "its certificate is one of an authority, not of a server";
    tells(to("rediss", port).set("redis_ca", at("self.pem")), page, "basicConstraints=CA:FALSE");
    let (_redis, port) = redis("good", "yes");
    let page = "it wants a certificate from us";
    tells(to("rediss", port).set("redis_ca", at("ca.pem")), page, "redis_client_cert and redis_client_key");
    let foreign = to("rediss", port).set("redis_ca", at("ca.pem"));
    let foreign = foreign.set("redis_client_cert", at("self.pem")).set("redis_client_key", at("self.key"));
    tells(foreign, "it does not take our certificate", "tls-ca-cert-file of Redis");
    tells(to("rediss", good.port()), "its port speaks no TLS", "redis:// in place of rediss://");
    tells(to("redis", good_tls), "its port speaks TLS only", "rediss:// in place of redis://");
    row("faults of TLS to Redis", format!("{told} of 11 told by their cause"));
    assert_eq!(told, 11);
}

#[test]
fn names_databases_and_limits_are_told_as_such() {
    let redis = RedisServer::start(&[]);
    let url = |text: String| Options::default().set("redis_url", text);
    tells(url(format!("redis://{SECRET}.invalid")), "its host name is not found", "not found by DNS");
    for (start, end) in [("redis-sentinel://", "/main"), ("rediss://", ":6380/1"), ("redis-cluster://", "")] {
        let text = format!("{start}{SECRET}.invalid{end}");
        tells(url(text), "its host name is not found", "not found by DNS");
    }
    let named = Options::default().env("REDIS_HOST", format!("{SECRET}.invalid"));
    tells(named, "its host name is not found", "not found by DNS");
    let socket = format!("redis+unix://{}?db=", redis.socket().display());
    for (start, number) in [(redis.url(), "99"), (redis.url(), "16"), (redis.url(), "-1"), (socket, "99")] {
        tells(url(format!("{start}{number}")), "has no such database", "no database with the number");
    }
    let with_password = format!("redis://:{SECRET}@127.0.0.1:{}", redis.port());
    tells(url(with_password), "refused our password or command", "it has no password");
    tells(url(format!("redis-cluster://127.0.0.1:{}", redis.port())), "does not work", "in place of redis-cluster://");

    let limited = RedisServer::start(&["--user", "share", "on", &format!(">{SECRET}"), "~*", "+@all", "-incr"]);
    let as_user = format!("redis://share:{SECRET}@127.0.0.1:{}", limited.port());
    tells(url(as_user), "refused our password or command", "execute INCR");
    let crowded = RedisServer::start(&["--maxclients", "1"]);
    let held = redis::Client::open(crowded.url()).unwrap().get_connection().unwrap();
    tells(url(crowded.url()), "accepts no more clients", "maxclients");
    drop(held);

    // Redis says this to clients from other machines before they say anything.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream
                .unwrap()
                .write_all(b"-DENIED Redis is running in protected mode because protected mode is on\r\n");
        }
    });
    tells(url(format!("redis://127.0.0.1:{port}")), "accepts local clients only", "requirepass");
}

/// Starts a server that speaks the protocol of Redis and describes itself by these fields of `INFO`.
fn imitation(listener: TcpListener, info: &'static str) {
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || answer(&stream.unwrap(), info));
        }
    });
}

fn answer(stream: &TcpStream, info: &str) {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let number = |reader: &mut BufReader<&TcpStream>| {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        line.trim_end().get(1..)?.parse::<usize>().ok()
    };
    while let Some(count) = number(&mut reader) {
        let mut words = Vec::new();
        for _ in 0..count {
            let Some(length) = number(&mut reader) else { return };
            let mut word = vec![0; length + 2];
            if reader.read_exact(&mut word).is_err() {
                return;
            }
            words.push(String::from_utf8_lossy(&word[..length]).into_owned());
        }
        let reply = match words[0].as_str() {
            "INFO" => format!("${}\r\n{info}\r\n", info.len()),
            "CLIENT" | "SELECT" => "+OK\r\n".into(),
            "PING" => "+PONG\r\n".into(),
            "EVAL" => ":1\r\n".into(),
            "ECHO" => format!("${}\r\n{}\r\n", words[1].len(), words[1]),
            _ => "-ERR unknown command\r\n".into(),
        };
        if writer.write_all(reply.as_bytes()).is_err() {
            return;
        }
    }
}

/// Makes that do not work, by what they tell about themselves, and the words that name them.
const MAKES: [(&str, &str); 6] = [
    ("# Server\r\nredis_version:6.2.14\r\nredis_mode:standalone\r\n", "Redis 6.2.14 is too old"),
    ("# Server\r\nredis_version:5.0.7\r\n", "Redis 5.0.7 is too old"),
    ("# Server\r\nredis_version:6.3.4\r\nexecutable:/usr/bin/keydb-server\r\n", "KeyDB 6.3.4"),
    ("# Server\r\nredis_version:7.4.0\r\ndragonfly_version:df-v1.21.2\r\n", "Dragonfly df-v1.21.2"),
    ("# Server\r\nredis_version:7.0.0\r\nkvrocks_version:2.9.0\r\n", "Kvrocks 2.9.0"),
    ("# Server\r\nredis_version:7.0.15\r\nredis_mode:sentinel\r\n", "redis-sentinel://"),
];

#[test]
fn other_makes_and_old_versions_are_refused_by_name() {
    for (info, words) in MAKES {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        imitation(listener, info);
        let options = || Options::default().redis(port);
        let (status, text) = options().run(&[]);
        assert!(!status.success() && text.contains(words), "{info}: {text}");
        assert!(text.contains("Use Redis 7 or later, or Valkey") || text.contains("Use redis-sentinel"), "{text}");
        let (status, text) = options().run(&["check-config"]);
        assert!(!status.success() && text.contains(words), "{info}: {text}");
    }
    row("makes of Redis that do not work", format!("{0} of {0} refused by name and version", MAKES.len()));
}

#[test]
fn a_make_that_appears_later_is_told_and_gets_no_command() {
    let port = free_port();
    let server = Options::default().redis(port).start();
    let client = Client::new(server.url());
    assert_eq!(client.get("/test-redis").text(), "Redis Error: not reachable");
    imitation(TcpListener::bind(("127.0.0.1", port)).unwrap(), MAKES[2].0);
    until(SOON, "the kind of trouble", || {
        let text = client.get("/test-redis").text();
        (text == "Redis Error: of a make or version that does not work here").then_some(())
    });
    assert_eq!(client.get("/health/ready").status, 503);
    server.log.wait_for("KeyDB 6.3.4");
}

#[test]
fn a_redis_without_scripts_is_refused_with_the_reason() {
    let redis = RedisServer::start(&["--rename-command", "EVAL", ""]);
    let (status, text) = Options::default().redis(redis.port()).run(&[]);
    assert!(!status.success() && text.contains("executes no scripts (EVAL)"), "{text}");
    assert!(text.contains("Redis 7") && text.contains("or Valkey"), "{text}");
}

#[test]
fn the_log_names_the_make_and_its_version() {
    let redis = RedisServer::start(&[]);
    let version = redis.info("server")["redis_version"].clone();
    let server = Options::default().redis(redis.port()).start();
    server.log.wait_for(&format!("server=\"Redis {version}\""));
}
