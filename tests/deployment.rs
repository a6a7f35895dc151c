//! Checks the deployment files as the tools that use them read them: `Dockerfile`, `docker-compose.yml`, `Rocket.toml`,
//! the scripts and the documents. Redis is started with the command in `docker-compose.yml`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]

#[path = "deployment/documents.rs"]
mod documents;
#[path = "deployment/packaging.rs"]
mod packaging;
#[path = "support/ports.rs"]
mod ports;
#[path = "deployment/two_servers.rs"]
mod two_servers;

use onetimeshare::config::{self, Settings};
use ports::free_port;
use redis::Commands as _;
use rocket::Config;
use rocket::figment::Figment;
use rocket::figment::providers::{Format as _, Toml};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

// --- docker-compose.yml ----------------------------------------------------------------------------------------------

fn compose() -> Value {
    serde_saphyr::from_str(&file("docker-compose.yml")).expect("docker-compose.yml is YAML")
}

fn service(name: &str) -> Value {
    let service = compose()["services"][name].clone();
    assert!(service.is_object(), "there is a service {name}");
    service
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("{list} is a list"));
    list.iter().map(|text| text.as_str().unwrap_or_else(|| panic!("{text} is a text")).to_owned()).collect()
}

/// Parses a size as Docker and Redis write it, such as `256m` or `256mb`.
fn bytes(text: &str) -> u64 {
    let text = text.trim_end_matches('b');
    let unit = text.chars().last().unwrap();
    let factor = match unit {
        'k' => 1 << 10,
        'm' => 1 << 20,
        'g' => 1 << 30,
        _ => panic!("{text} has a unit"),
    };
    text.trim_end_matches(unit).parse::<u64>().unwrap() * factor
}

fn seconds(text: &str) -> u64 {
    text.strip_suffix('s').and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{text} is in seconds"))
}

#[test]
fn the_site_starts_after_redis_is_healthy() {
    let web = service("web");
    assert_eq!(web["build"], ".");
    assert_eq!(web["environment"]["REDIS_HOST"], "redis");
    assert_eq!(web["depends_on"]["redis"]["condition"], "service_healthy");
    assert_eq!(texts(&web["ports"]), ["${LISTEN:-8000}:8000"]);
    let asks = texts(&service("redis")["healthcheck"]["test"]);
    assert_eq!(asks, ["CMD-SHELL", "redis-cli ping | grep -q PONG"]);
}

#[test]
fn files_are_kept_in_a_volume_that_belongs_to_the_program() {
    let web = service("web");
    let folder = web["environment"]["ROCKET_FILES_URL"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert_eq!(texts(&web["volumes"]), [format!("files:{folder}")]);
    assert!(
        compose()["volumes"].as_object().unwrap().contains_key("files"),
        "a named volume, not a folder of the host"
    );
    let last = stages().pop().unwrap();
    // An empty named volume takes over the owner of the image's folder.
    let user = one(&last, "USER");
    let made = format!("--from=builder --chown={user} /empty {folder}");
    assert!(all(&last, "COPY").contains(&made), "{made}");
    assert!(checked(&BTreeMap::new()).contains(&format!("files: in {folder}")));
}

#[test]
fn containers_drop_unneeded_privileges() {
    for (name, may) in
        [("web", &[][..]), ("redis", &["CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"]), ("proxy", &["NET_BIND_SERVICE"])]
    {
        let service = service(name);
        assert_eq!(service["read_only"], true, "{name} writes to its volume alone");
        assert_eq!(texts(&service["cap_drop"]), ["ALL"], "{name}");
        assert_eq!(service.get("cap_add").map(texts).unwrap_or_default(), may, "{name}");
        assert_eq!(texts(&service["security_opt"]), ["no-new-privileges:true"], "{name}");
        assert!(service.get("privileged").is_none() && service.get("network_mode").is_none(), "{name}");
        assert!(bytes(service["mem_limit"].as_str().unwrap()) >= 64 << 20, "{name}");
        assert!(service["pids_limit"].as_u64().unwrap() > 0, "{name}");
        assert_eq!(service["restart"], "unless-stopped", "{name}");
        assert_eq!(service["ulimits"]["core"], 0, "{name} writes no core dumps");
        let log = &service["logging"]["options"];
        assert!(bytes(log["max-size"].as_str().unwrap()) <= 10 << 20 && log["max-file"] == "3", "{name}");
    }
}

#[test]
fn only_the_site_reaches_redis_and_redis_has_no_egress() {
    let redis = service("redis");
    assert!(redis.get("ports").is_none() && redis.get("expose").is_none());
    assert_eq!(texts(&redis["networks"]), ["back"]);
    assert_eq!(texts(&service("web")["networks"]), ["front", "back"]);
    assert_eq!(compose()["networks"]["back"]["internal"], true);
}

#[test]
fn the_containers_run_under_podman_and_selinux_and_take_further_settings() {
    let web = service("web");
    assert_eq!(texts(&web["healthcheck"]["test"]), ["CMD", "/app/onetimeshare", "healthcheck"]);
    let settings = file(web["env_file"].as_str().unwrap());
    assert!(settings.lines().all(|line| line.starts_with('#')), "no setting differs from its default");
    for name in ["redis", "proxy"] {
        for mount in texts(&service(name)["volumes"]).iter().filter(|mount| mount.starts_with('.')) {
            let flags: Vec<_> = mount.rsplit(':').next().unwrap().split(',').collect();
            assert!(flags.contains(&"z"), "{mount}");
        }
    }
    // The examples are valid.
    let examples = settings.lines().filter_map(|line| line.strip_prefix("# ROCKET_")?.split_once('='));
    let checked = check_config(examples.map(|(key, value)| (format!("ROCKET_{key}"), value)));
    assert!(checked.contains("up to 100 files of 500 MB together"));
}

#[test]
fn the_stop_timeout_exceeds_the_shutdown_grace() {
    let config = Config::try_from(with_file(&file("Rocket.toml"))).unwrap();
    let own = u64::from(config.shutdown.grace + config.shutdown.mercy);
    let given = seconds(service("web")["stop_grace_period"].as_str().unwrap());
    assert!(given > own, "stop_grace_period is {given} s, shutdown may take {own} s");
}

#[test]
fn the_proxy_is_an_opt_in_profile_that_reaches_only_the_site() {
    let proxy = service("proxy");
    assert_eq!(texts(&proxy["profiles"]), ["tls"]);
    assert!(["web", "redis"].iter().all(|name| service(name).get("profiles").is_none()));
    assert_eq!(proxy["networks"].as_object().unwrap().keys().collect::<Vec<_>>(), ["front"]);
    assert_eq!(proxy["environment"]["UPSTREAM"], "web:8000");
    let mounted = texts(&proxy["volumes"]);
    assert!(mounted.contains(&"./docs/Caddyfile:/etc/caddy/Caddyfile:ro,z".to_owned()), "{mounted:?}");
    // The variables that .env sets, and their defaults.
    let web = service("web");
    for (key, variable, alone) in
        [("ROCKET_PUBLIC_URL", "PUBLIC_URL", ""), ("ROCKET_TRUSTED_PROXIES", "TRUSTED_PROXIES", "[]")]
    {
        assert_eq!(web["environment"][key], format!("${{{variable}:-{alone}}}"));
        check_config([(key, alone)]);
    }
    let document = file("docs/deployment.md");
    assert_eq!(block(&document, "caddyfile"), file("docs/Caddyfile"), "the documentation shows the actual file");
}

/// The variables in `.env.example`, as Docker reads them.
fn example() -> BTreeMap<String, String> {
    let text = file(".env.example");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('=').unwrap()).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// Returns the output of `check-config` with these variables; it must accept them.
fn check_config<K: AsRef<OsStr>, V: AsRef<OsStr>>(variables: impl IntoIterator<Item = (K, V)>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onetimeshare"));
    let command = command.arg("check-config").current_dir(root()).env_remove("LISTEN").envs(variables);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `check-config` as `web` of docker-compose.yml does, with these variables. Returns its output.
fn checked(variables: &BTreeMap<String, String>) -> String {
    let environment = service("web")["environment"].clone();
    let given = environment.as_object().unwrap().iter().map(|(key, value)| {
        let value = value.as_str().unwrap();
        let value = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map_or_else(
            || value.to_owned(),
            |rest| {
                let (variable, default) = rest.split_once(":-").unwrap();
                variables.get(variable).cloned().unwrap_or_else(|| default.to_owned())
            },
        );
        (key.clone(), value)
    });
    check_config([("ROCKET_ADDRESS".to_owned(), "0.0.0.0".to_owned())].into_iter().chain(given))
}

#[test]
fn the_example_env_publishes_a_site_only_through_the_proxy() {
    let variables = example();
    assert_eq!(variables.keys().collect::<Vec<_>>(), ["COMPOSE_PROFILES", "LISTEN", "PUBLIC_URL", "TRUSTED_PROXIES"]);
    assert_eq!(variables["COMPOSE_PROFILES"], texts(&service("proxy")["profiles"])[0]);
    let address = service("proxy")["networks"]["front"]["ipv4_address"].as_str().unwrap().to_owned();
    assert_eq!(variables["TRUSTED_PROXIES"], format!("[\"{address}\"]"));
    let pool = compose()["networks"]["front"]["ipam"]["config"][0].clone();
    let prefix = pool["subnet"].as_str().unwrap().strip_suffix("0/24").unwrap().to_owned();
    let last = |address: &str| address.strip_prefix(&prefix).unwrap().parse::<u8>().unwrap();
    // Addresses that Docker assigns by itself cannot be the proxy's.
    assert_eq!(pool["ip_range"], format!("{prefix}128/25"));
    assert!((2..128).contains(&last(&address)));
    assert_eq!(last(pool["gateway"].as_str().unwrap()), 1);
    assert!(file("docs/deployment.md").contains(&address));

    let warning = "the site's own port is open beside the proxy";
    assert!(!checked(&variables).contains(warning));
    assert!(!checked(&BTreeMap::new()).contains(warning), "a first try at home is plain http");
    let open = BTreeMap::from([("LISTEN".to_owned(), "8000".to_owned())]);
    let told = checked(&variables.clone().into_iter().chain(open).collect());
    assert!(told.contains(warning) && told.contains("LISTEN: set it to 127.0.0.1:8000 in .env"), "{told}");
    let alone = check_config([("ROCKET_ADDRESS", "0.0.0.0"), ("ROCKET_PUBLIC_URL", "https://share.example")]);
    assert!(alone.contains("address: set it to \"127.0.0.1\""));
}

/// A local Redis started with the command in `docker-compose.yml`; killed when dropped.
struct Redis {
    process: Child,
    port: u16,
}

impl Redis {
    fn start(folder: &Path) -> Self {
        let port = free_port();
        let command = texts(&service("redis")["command"]);
        let process = Command::new(&command[0])
            .args(&command[1..])
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .expect("redis-server is installed");
        Self { process, port }
    }

    fn connect(&self) -> redis::Connection {
        let client = redis::Client::open(format!("redis://127.0.0.1:{}", self.port)).unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            match client.get_connection().and_then(|mut link| redis::cmd("PING").exec(&mut link).map(|()| link)) {
                Ok(link) => return link,
                Err(error) => assert!(Instant::now() < until, "Redis does not start: {error}"),
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Redis {
    /// Uses SIGKILL, so that no test depends on an orderly shutdown of Redis.
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn writes_acknowledged_by_redis_survive_a_kill() {
    let redis = service("redis");
    assert_eq!(texts(&redis["volumes"]), ["./redis_data:/data:z"]);
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 1..=3_u64 {
        let redis = Redis::start(folder.path());
        let mut link = redis.connect();
        assert_eq!(link.get::<_, Option<u64>>("count").unwrap().unwrap_or(0), acknowledged, "round {round}");
        for _ in 0..100 {
            acknowledged = link.incr("count", 1).unwrap();
        }
    }
    println!("{acknowledged} acknowledged writes, 3 kills, none lost");
    assert_eq!(acknowledged, 300);
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["appendonlydir"], "the append-only file and no snapshot");
}

#[test]
fn a_full_redis_rejects_writes_and_evicts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let redis = Redis::start(folder.path());
    let mut link = redis.connect();
    let mut setting = |name: &str| {
        let found: BTreeMap<String, String> = redis::cmd("CONFIG").arg("GET").arg(name).query(&mut link).unwrap();
        found[name].clone()
    };
    assert_eq!(setting("appendfsync"), "always");
    assert_eq!(setting("protected-mode"), "no");
    assert_eq!(setting("save"), "");
    let most: u64 = setting("maxmemory").parse().unwrap();
    let limit = bytes(service("redis")["mem_limit"].as_str().unwrap());
    assert!(most > 0 && limit >= 2 * most, "{limit} bytes must hold {most} twice during a rewrite");
    // The eviction policy is under test; filling the configured memory would take long.
    redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg("8mb").exec(&mut link).unwrap();
    let value = vec![0_u8; 64 * 1024];
    let mut stored = 0;
    let refusal = loop {
        match link.set_ex::<_, _, ()>(format!("value:{stored}"), &value, 3_600) {
            Ok(()) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 1_000, "Redis never became full");
    };
    assert_eq!(refusal.code(), Some("OOM"));
    assert_eq!(redis::cmd("DBSIZE").query::<u64>(&mut link).unwrap(), stored);
    println!("{stored} values stored when full, all still present");
    assert!(stored > 10);
}

// --- Dockerfile ------------------------------------------------------------------------------------------------------

/// The instructions of each build stage: name and arguments, lines joined, comments dropped.
fn stages() -> Vec<Vec<(String, String)>> {
    let text = file("Dockerfile");
    let lines: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let joined = lines.join("\n").replace("\\\n", " ");
    let mut stages: Vec<Vec<_>> = Vec::new();
    for line in joined.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, rest) = line.split_once(' ').unwrap();
        if name == "FROM" {
            stages.push(Vec::new());
        }
        stages.last_mut().expect("FROM comes first").push((name.to_owned(), rest.trim().to_owned()));
    }
    stages
}

fn all(stage: &[(String, String)], name: &str) -> Vec<String> {
    stage.iter().filter(|(found, _)| found == name).map(|(_, rest)| rest.clone()).collect()
}

fn one(stage: &[(String, String)], name: &str) -> String {
    let mut found = all(stage, name);
    assert_eq!(found.len(), 1, "one {name}");
    found.remove(0)
}

#[test]
fn the_image_runs_as_an_unprivileged_user_without_a_shell() {
    let stages = stages();
    let last = stages.last().unwrap();
    let user = one(last, "USER");
    for id in user.split(':') {
        assert!(id.parse::<u32>().expect("a numeric user, so that Kubernetes can check it") > 0);
    }
    assert_eq!(user.split(':').count(), 2);
    assert!(all(last, "RUN").is_empty(), "the final image has no shell, so no RUN");
    assert_eq!(one(last, "ENTRYPOINT"), r#"["/app/onetimeshare"]"#);
    assert!(one(last, "HEALTHCHECK").ends_with(r#" CMD ["/app/onetimeshare", "healthcheck"]"#));
    assert_eq!(one(last, "STOPSIGNAL"), "SIGTERM");
    assert_eq!(one(last, "EXPOSE"), "8000");
    assert_eq!(one(last, "VOLUME"), r#"["/data"]"#);
    let variables = one(last, "ENV");
    for wanted in ["ROCKET_ADDRESS=0.0.0.0", "ROCKET_PORT=8000", "ROCKET_DATA_DIR=/data"] {
        assert!(variables.split_whitespace().any(|variable| variable == wanted), "{wanted}");
    }
}

#[test]
fn the_image_is_built_from_the_lock_file_with_a_dependency_layer() {
    let stages = stages();
    let builder = &stages[0];
    let builds: Vec<_> = builder.iter().enumerate().filter(|(_, (_, rest))| rest.contains("cargo build")).collect();
    assert_eq!(builds.len(), 2, "dependencies first, then the program");
    assert!(builds.iter().all(|(_, (_, rest))| rest.contains("cargo build --profile dist --locked")));
    let before = builder[..builds[0].0].iter().filter(|(name, _)| name == "COPY").map(|(_, rest)| rest.as_str());
    assert_eq!(
        before.collect::<Vec<_>>(),
        [".cargo .cargo", "Cargo.toml Cargo.lock ./", "crates crates", "static/js/lib/wordlist.js static/js/lib/",]
    );
    // .dockerignore admits only what is copied.
    assert!(file(".dockerignore").lines().any(|line| line == "!.cargo"));
    // cargo requires every file that Cargo.toml names.
    let manifest = file("Cargo.toml");
    for bench in manifest.split("[[bench]]").skip(1) {
        let name = bench.split('"').nth(1).unwrap();
        assert!(builds[0].1.1.contains(&format!("benches/{name}.rs")), "a stub for the bench {name}");
    }
}

#[test]
fn the_pages_are_in_the_program_and_not_beside_it() {
    let stages = stages();
    let copied = |stage: &[(String, String)]| -> BTreeSet<String> {
        all(stage, "COPY").iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect()
    };
    let (builder, image) = (copied(&stages[0]), copied(stages.last().unwrap()));
    for folder in ["templates", "static", "locales"] {
        assert!(builder.contains(folder) && !image.contains(folder), "{folder}");
    }
    for name in ["Rocket.toml", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(image.contains(name), "{name}");
    }
}

#[test]
fn the_build_context_holds_only_what_the_image_copies() {
    let let_through: BTreeSet<String> =
        file(".dockerignore").lines().filter_map(|line| line.strip_prefix('!')).map(str::to_owned).collect();
    let first = file(".dockerignore").lines().find(|line| !line.starts_with('#')).map(str::to_owned);
    assert_eq!(first.as_deref(), Some("*"), "everything else is ignored");
    let mut wanted = BTreeSet::new();
    for line in stages().iter().flat_map(|stage| all(stage, "COPY")).filter(|line| !line.contains("--from=")) {
        let words: Vec<_> = line.split_whitespace().collect();
        wanted.extend(words[..words.len() - 1].iter().map(ToString::to_string));
    }
    assert_eq!(let_through, wanted);
    for name in wanted {
        assert!(root().join(&name).exists(), "{name}");
    }
}

/// Returns whether a tag names one release: three numbers, not a moving name.
fn is_pinned(image: &str) -> bool {
    let tag = image.rsplit_once(':').map_or("", |(_, tag)| tag);
    let version = tag.split('-').next().unwrap();
    version.split('.').count() == 3 && version.split('.').all(|number| number.parse::<u32>().is_ok())
}

#[test]
fn every_image_is_pinned_to_one_release() {
    assert!(is_pinned("redis:7.4.1-alpine") && !is_pinned("redis:7.4-alpine") && !is_pinned("redis"));
    let redis = service("redis")["image"].as_str().unwrap().to_owned();
    assert!(is_pinned(&redis), "{redis}");
    assert!(is_pinned(service("proxy")["image"].as_str().unwrap()));
    let froms: Vec<_> = stages().iter().map(|stage| one(stage, "FROM")).collect();
    let bases: Vec<_> = froms.iter().map(|from| from.split_whitespace().next().unwrap()).collect();
    assert_eq!(bases[1..], ["scratch"]);
    assert!(is_pinned(bases[0]), "{}", bases[0]);
    let toolchain: Value = Toml::from_str(&file("rust-toolchain.toml")).unwrap();
    let channel = toolchain["toolchain"]["channel"].as_str().unwrap();
    assert!(bases[0].starts_with(&format!("rust:{channel}-")), "the image uses the pinned toolchain");
}

// --- Rocket.toml -----------------------------------------------------------------------------------------------------

fn defaults() -> Figment {
    Figment::from(config::defaults()).select(Config::DEFAULT_PROFILE)
}

fn with_file(toml: &str) -> Figment {
    defaults().merge(Toml::string(toml).nested())
}

/// Renders our settings and Rocket's as comparable text.
fn read(figment: &Figment) -> String {
    let ours = Settings::read(figment).unwrap();
    let rockets = Config::try_from(figment).unwrap();
    format!("{ours:#?}\n{rockets:#?}")
}

/// Returns the keys of a settings file with their values, tables left out.
fn keys_and_values(name: &str) -> BTreeMap<String, String> {
    let text = file(name);
    let top = text.split("\n[default.").next().unwrap();
    let lines = top.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

#[test]
fn rocket_toml_states_every_default() {
    let text = file("Rocket.toml");
    assert_eq!(read(&with_file(&text)), read(&defaults()));
    for (one, other) in
        [("grace = 3600", "grace = 3601"), ("grace = 30", "grace = 6"), ("redis_host = \"\"", "redis_host = \"x\"")]
    {
        let changed = text.replacen(&format!("\n{one}\n"), &format!("\n{other}\n"), 1);
        assert_ne!(changed, text);
        assert_ne!(read(&with_file(&changed)), read(&defaults()), "a change to {other} is detected");
    }
}

#[test]
fn every_setting_is_documented_in_rocket_toml_and_the_readme() {
    let written = keys_and_values("Rocket.toml");
    let source = file("src/config.rs");
    let fields =
        source.split("struct RawSettings {").nth(1).and_then(|rest| rest.split('}').next()).expect("its fields");
    let fields: Vec<_> = fields.lines().filter_map(|line| line.trim().split_once(": ")).map(|(key, _)| key).collect();
    assert!(fields.len() >= 20, "{fields:?}");
    for key in fields {
        assert!(written.contains_key(key), "{key} is not in Rocket.toml");
    }

    let text = file("Rocket.toml");
    let mut explained = false;
    for line in text.lines() {
        let is_key = line.contains(" = ") && !line.starts_with('#');
        assert!(!is_key || explained, "{line} has no explanation");
        explained = line.starts_with('#') || (!line.is_empty() && explained);
    }

    let readme = file("README.md");
    let rows = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter(|row| row.contains("`ROCKET_") || row.contains("`REDIS_"));
    let rows: BTreeMap<String, String> = rows
        .map(|row| {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let key = cells[0].trim_end_matches('`');
            let variable = cells[3].trim_matches('`');
            assert!(variable == key.to_uppercase() || variable == format!("ROCKET_{}", key.to_uppercase()), "{key}");
            (key.to_owned(), cells[1].trim_matches('`').to_owned())
        })
        .collect();
    assert_eq!(rows, written);
}

// --- Scripts and documents -------------------------------------------------------------------------------------------

#[test]
fn ci_runs_the_same_checks_as_developers() {
    let run = file(".ci/run");
    assert!(["\nbin/test ||", "\nbin/test --all ||"].iter().all(|tier| run.contains(tier)), "{run}");
    let scripts = [
        "compose-test",
        "openapi-test",
        "package-lint",
        "package-test",
        "proxy-matrix",
        "redis-matrix",
        "release",
        "test",
    ];
    for script in scripts.map(|name| format!("bin/{name}")).into_iter().chain([".ci/run".to_owned()]) {
        let path = root().join(&script);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o111, 0o111, "{script} is executable");
        }
        assert!(Command::new("bash").arg("-n").arg(&path).status().unwrap().success(), "{script}");
    }
}

/// Returns the first code block in a language.
fn block(document: &str, language: &str) -> String {
    let start = format!("```{language}\n");
    document.split(&start).nth(1).and_then(|rest| rest.split("```").next()).expect("a block").to_owned()
}

#[test]
fn the_documented_proxies_log_no_path_and_buffer_no_body() {
    let document = file("docs/deployment.md");
    let nginx = block(&document, "nginx");
    let formats: Vec<_> = nginx.split("log_format ").skip(1).map(|rest| rest.split(';').next().unwrap()).collect();
    assert_eq!(formats.len(), 1);
    for variable in formats[0].split('$').skip(1) {
        let name: String = variable.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let kept = [
            "remote_addr",
            "time_iso8601",
            "request_method",
            "onetimeshare_page",
            "status",
            "body_bytes_sent",
            "request_time",
        ];
        assert!(kept.contains(&name.as_str()), "${name}");
    }
    let servers = nginx.matches("server {\n    listen").count();
    assert_eq!(nginx.matches("access_log /var/log/nginx/onetimeshare.log onetimeshare;").count(), servers);
    assert_eq!(nginx.matches("error.log emerg;").count(), servers, "lower levels write request lines");
    for setting in ["proxy_request_buffering off;", "proxy_buffering off;", "proxy_max_temp_file_size 0;"] {
        assert!(nginx.contains(setting), "{setting}");
    }
    let caddy = block(&document, "caddyfile");
    for setting in
        ["request>uri delete", "request>headers delete", "exclude http.log.error http.handlers.reverse_proxy"]
    {
        assert!(caddy.contains(setting), "{setting}");
    }
}

/// Returns the heading anchors, as Markdown renderers generate them.
fn anchors(document: &str) -> BTreeSet<String> {
    let headings =
        document.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: char| c.is_alphanumeric() || c == ' ' || c == '-' || c == '_';
    headings
        .map(|text| text.to_lowercase().chars().filter(|c| kept(*c)).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn links_between_documents_resolve() {
    let folder = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> = folder.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    documents.extend(["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|name| root().join(name)));
    let mut links = 0;
    for path in documents {
        let text = std::fs::read_to_string(&path).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (name, anchor) = target.split_once('#').unwrap_or((target, ""));
            let named = if name.is_empty() { path.clone() } else { path.parent().unwrap().join(name) };
            let there = std::fs::read(&named).unwrap_or_else(|error| panic!("{target} in {}: {error}", path.display()));
            let found = anchor.is_empty() || anchors(&String::from_utf8(there).unwrap()).contains(anchor);
            assert!(found, "{target} in {}", path.display());
            links += 1;
        }
    }
    assert!(links > 10, "only {links} links were found");
}
