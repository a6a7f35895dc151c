//! The files in `packaging/` against the settings, the image, the routes and each other. Their own linters run in
//! `bin/package-lint`, the Debian package in `bin/package-test`.

use super::{check_config, file, keys_and_values, one, root, seconds, stages, with_file};
use rocket::Config;
use rocket::figment::providers::{Format as _, Toml};
use serde_json::Value;
use std::collections::BTreeMap;

const UNIT: &str = "packaging/systemd/onetimeshare.service";
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn yaml(name: &str) -> Value {
    serde_saphyr::from_str(&file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The values of each option of a systemd unit, in their order.
fn options(unit: &str) -> BTreeMap<String, Vec<String>> {
    let mut options = BTreeMap::<String, Vec<String>>::new();
    for (key, value) in unit.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('=')) {
        options.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    options
}

/// The only value of an option.
fn option(name: &str) -> String {
    let found = options(&file(UNIT)).remove(name).unwrap_or_default();
    assert_eq!(found.len(), 1, "one {name}");
    found[0].clone()
}

/// The longest time that the program takes to shut down, in seconds.
fn shutdown() -> u64 {
    let config = Config::try_from(with_file(&file("Rocket.toml"))).unwrap();
    u64::from(config.shutdown.grace + config.shutdown.mercy)
}

/// Accepts variables that `check-config` accepts, with the store in a folder of the test.
fn accepted(variables: impl IntoIterator<Item = (String, String)>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let own = ("ROCKET_DATA_DIR".to_owned(), folder.path().to_str().unwrap().to_owned());
    check_config(variables.into_iter().chain([own]))
}

fn deb() -> Value {
    let manifest: Value = Toml::from_str(&file("Cargo.toml")).unwrap();
    manifest["package"]["metadata"]["deb"].clone()
}

/// What the Debian package installs: the file of the repository by its place.
fn installed() -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let assets = deb()["assets"].as_array().unwrap().clone();
    let place = |asset: &Value| {
        let (source, place) = (text(&asset[0]), text(&asset[1]));
        let name = if place.ends_with('/') { source.rsplit('/').next().unwrap() } else { "" };
        (format!("/{place}{name}"), source)
    };
    assets.iter().map(place).collect()
}

#[test]
fn the_unit_starts_what_the_package_installs_with_its_settings() {
    let installed = installed();
    assert!(installed.contains_key(&option("ExecStart")));
    let settings = format!("{}/Rocket.toml", option("WorkingDirectory"));
    let source = &installed[&settings];
    assert_eq!(keys_and_values(source)["data_dir"], format!("\"/var/lib/{}\"", option("StateDirectory")));
    for source in installed.values().filter(|source| !source.starts_with("target/")) {
        assert!(root().join(source).exists(), "{source}");
    }
    // The settings are valid, also those that are commented out.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Rocket.toml");
    std::fs::write(&path, file(source).replace("\n#public_url", "\npublic_url").replace("\n#trusted", "\ntrusted"))
        .unwrap();
    let told = accepted([("ROCKET_CONFIG".to_owned(), path.to_str().unwrap().to_owned())]);
    assert!(told.contains("address of links: https://share.example/"), "{told}");
    assert!(told.contains("trusted proxies: 127.0.0.1"), "{told}");
}

#[test]
fn the_unit_waits_for_the_shutdown_and_explains_secrets() {
    let given: u64 = option("TimeoutStopSec").parse().unwrap();
    assert!(given > shutdown(), "TimeoutStopSec is {given} s, shutdown may take {} s", shutdown());
    let unit = file(UNIT);
    let credential = unit.lines().find_map(|line| line.trim_start_matches(['#', ' ']).strip_prefix("LoadCredential="));
    let (name, _) = credential.unwrap().split_once(':').unwrap();
    let variable = unit.lines().find_map(|line| line.trim_start_matches(['#', ' ']).strip_prefix("Environment="));
    assert_eq!(variable.unwrap(), format!("REDIS_PASSWORD_FILE=%d/{name}"));
    // What check-config reads for it.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, "secret\n").unwrap();
    let variables = [("REDIS_HOST", "127.0.0.1"), ("REDIS_PORT", "1"), ("REDIS_PASSWORD_FILE", path.to_str().unwrap())];
    accepted(variables.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn a_purge_deletes_the_folders_of_the_unit_and_a_removal_none() {
    let script = file("packaging/debian/postrm");
    assert!(script.contains("\n#DEBHELPER#\n"), "cargo-deb adds the steps for systemd here");
    let (before, purge) = script.split_once("if [ \"$1\" = purge ]; then").unwrap();
    assert!(!before.contains("rm "), "{before}");
    let state = option("StateDirectory");
    assert!(purge.contains(&format!("rm -rf /var/lib/private/{state} /var/lib/{state}\n")));
    let environment = option("EnvironmentFile");
    assert!(purge.contains(&format!("rm -f {}\n", environment.trim_start_matches('-'))));
    assert!(deb()["systemd-units"]["unit-scripts"] == "packaging/systemd" && UNIT.starts_with("packaging/systemd/"));
}

#[test]
fn install_md_names_the_files_and_the_folder_of_the_service() {
    let document = file("docs/install.md");
    for name in [
        "bin/release",
        "packaging/kubernetes/embedded",
        "packaging/kubernetes/redis",
        "packaging/casaos",
        "packaging/runtipi",
    ] {
        assert!(document.contains(name) && root().join(name).exists(), "{name}");
    }
    assert!(document.contains(&option("WorkingDirectory")));
}

// --- Kubernetes ------------------------------------------------------------------------------------------------------

fn kubernetes(name: &str) -> Value {
    yaml(&format!("packaging/kubernetes/{name}.yaml"))
}

/// The variables of a file that kustomize reads.
fn variables(name: &str) -> Vec<(String, String)> {
    let text = file(name);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('=').unwrap()).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

#[test]
fn the_pod_fits_the_image_and_the_settings() {
    let last = stages().pop().unwrap();
    let pod = kubernetes("embedded/deployment")["spec"]["template"]["spec"].clone();
    let container = &pod["containers"][0];
    assert_eq!(container["ports"][0]["containerPort"].to_string(), one(&last, "EXPOSE"));
    let user = format!("{}:{}", pod["securityContext"]["runAsUser"], pod["securityContext"]["runAsGroup"]);
    assert_eq!(user, one(&last, "USER"));
    assert_eq!(one(&last, "VOLUME"), format!("[{}]", container["volumeMounts"][0]["mountPath"]));
    assert!(pod["terminationGracePeriodSeconds"].as_u64().unwrap() > shutdown());
    let images = kubernetes("embedded/kustomization")["images"].clone();
    assert_eq!(images[0]["name"], container["image"]);
    assert_eq!(images[0]["newTag"], VERSION);

    for (probe, path) in
        [("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready")]
    {
        assert_eq!(container[probe]["httpGet"]["path"], path);
        assert!(file("docs/http-api.md").contains(&format!("`GET {path}`")));
    }
    let told = accepted(variables("packaging/kubernetes/embedded/settings.env"));
    let host = kubernetes("embedded/ingress")["spec"]["rules"][0]["host"].as_str().unwrap().to_owned();
    assert!(told.contains(&format!("address of links: https://{host}/")), "{told}");
}

#[test]
fn the_pod_cannot_gain_privileges_or_reach_the_cluster() {
    let pod = kubernetes("embedded/deployment")["spec"]["template"]["spec"].clone();
    let own = &pod["containers"][0]["securityContext"];
    assert!(own["readOnlyRootFilesystem"] == true && own["allowPrivilegeEscalation"] == false);
    assert_eq!(own["capabilities"]["drop"][0], "ALL");
    assert!(pod["securityContext"]["runAsNonRoot"] == true && pod["automountServiceAccountToken"] == false);
    let network = kubernetes("embedded/network-policy")["spec"].clone();
    assert_eq!(network["policyTypes"].to_string(), r#"["Ingress","Egress"]"#);
    assert!(network.get("egress").is_none(), "the embedded store needs nothing outside");
    let label = &kubernetes("embedded/kustomization")["labels"][0]["pairs"];
    assert_eq!(&network["podSelector"]["matchLabels"], label);
}

#[test]
fn the_pods_with_redis_read_its_address_from_a_file() {
    let pod = kubernetes("redis/deployment")["spec"]["template"]["spec"].clone();
    let container = &pod["containers"][0];
    let (key, path) = (&container["env"][0]["name"], &container["env"][0]["value"]);
    let mount = container["volumeMounts"].as_array().unwrap().iter().find(|mount| mount["name"] == "redis").unwrap();
    let (folder, name) = path.as_str().unwrap().rsplit_once('/').unwrap();
    assert_eq!(mount["mountPath"], folder);
    assert!(file("packaging/kubernetes/redis/kustomization.yaml").contains(&format!("--from-file={name}=")));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, "redis://127.0.0.1:1\n").unwrap();
    let told = accepted([(key.as_str().unwrap().to_owned(), path.to_str().unwrap().to_owned())]);
    assert!(told.contains("store: Redis"), "{told}");
}

// --- App catalogues --------------------------------------------------------------------------------------------------

/// The variables of a service, with those of a catalogue replaced.
fn environment(service: &Value, catalogue: &[(&str, &str)]) -> Vec<(String, String)> {
    let given = service["environment"].as_object().unwrap();
    let value = |text: &str| catalogue.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    given.iter().map(|(key, text)| (key.clone(), value(text.as_str().unwrap()))).collect()
}

fn hardened(service: &Value) {
    assert_eq!(service["image"], format!("onetimeshare:{VERSION}"));
    assert!(service["read_only"] == true && service["cap_drop"][0] == "ALL");
    assert_eq!(service["security_opt"][0], "no-new-privileges:true");
    assert!(seconds(service["stop_grace_period"].as_str().unwrap()) > shutdown());
}

#[test]
fn the_app_of_casaos_fits_the_image_and_the_settings() {
    let app = yaml("packaging/casaos/docker-compose.yml");
    let store = &app["x-casaos"];
    let service = &app["services"][store["main"].as_str().unwrap()];
    hardened(service);
    assert_eq!(store["version"], VERSION);
    let last = stages().pop().unwrap();
    assert_eq!(service["ports"][0]["target"].to_string(), one(&last, "EXPOSE"));
    assert_eq!(service["ports"][0]["published"], store["port_map"]);
    assert_eq!(one(&last, "VOLUME"), format!("[{}]", service["volumes"][0]["target"]));
    assert_eq!(service["volumes"][0]["type"], "volume", "a folder of the host would belong to root");
    accepted(environment(service, &[]));
}

#[test]
fn the_app_of_runtipi_fits_the_image_and_the_settings() {
    let info: Value = serde_json::from_str(&file("packaging/runtipi/config.json")).unwrap();
    let app = yaml("packaging/runtipi/docker-compose.yml");
    let service = &app["services"][info["id"].as_str().unwrap()];
    hardened(service);
    assert_eq!(info["version"], VERSION);
    let last = stages().pop().unwrap();
    assert_eq!(service["x-runtipi"]["internal_port"].to_string(), one(&last, "EXPOSE"));
    assert_eq!(format!("{}:{}", info["uid"], info["gid"]), one(&last, "USER"));
    let volume = one(&last, "VOLUME").trim_matches(['[', ']', '"']).to_owned();
    assert!(service["volumes"][0].as_str().unwrap().ends_with(&format!(":{volume}")));
    let field = &info["form_fields"][0];
    let variable = format!("${{{}}}", field["env_variable"].as_str().unwrap());
    let given = [(variable.as_str(), "Ours"), ("${APP_PROTOCOL}", "https"), ("${APP_DOMAIN}", "share.example")];
    let told = accepted(environment(service, &given));
    assert!(told.contains("https://share.example/"), "{told}");
}
