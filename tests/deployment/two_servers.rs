//! The example with two web servers: its files fit together, and the program takes its settings.

use super::{file, texts};
use onetimeshare::store::PartStoreSettings;
use serde_json::Value;

fn compose() -> Value {
    serde_saphyr::from_str(&file("docs/two-servers-compose.yml")).expect("it is YAML")
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[test]
fn both_servers_use_the_same_redis_and_the_bucket_of_the_object_store() {
    let services = &compose()["services"];
    assert_eq!(services["web-1"], services["web-2"]);
    let (web, objects) = (&services["web-1"]["environment"], &services["objects"]["environment"]);
    let key = |name: &str| Ok(web.get(name).and_then(Value::as_str).map(ToOwned::to_owned));
    let found = PartStoreSettings::parse(text(web, "ROCKET_FILES_URL"), 1, key).unwrap();
    let Some(PartStoreSettings::Objects(settings, _)) = found else { panic!("{found:?}") };
    assert_eq!(settings.bucket, text(objects, "GARAGE_DEFAULT_BUCKET"));
    assert_eq!(settings.credentials.id, text(objects, "GARAGE_DEFAULT_ACCESS_KEY"));
    assert_eq!(settings.credentials.secret, text(objects, "GARAGE_DEFAULT_SECRET_KEY"));
    let garage = file("docs/two-servers-garage.toml");
    assert!(garage.contains(&format!("s3_region = \"{}\"", settings.region)), "{garage}");
    assert_eq!(settings.endpoint.as_deref(), Some("http://objects:3900"));
    assert!(garage.contains("api_bind_addr = \"[::]:3900\"") && garage.contains("data_fsync = true"), "{garage}");
    assert!(settings.path_style);
}

#[test]
fn only_the_proxy_is_reached_from_outside_and_it_is_trusted() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    let open: Vec<_> = services.iter().filter(|(_, service)| service.get("ports").is_some()).collect();
    assert_eq!(open.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["nginx"]);
    for name in ["redis", "objects"] {
        assert_eq!(texts(&services[name]["networks"]), ["back"], "{name}");
    }
    assert_eq!(compose["networks"]["back"]["internal"], true);
    let address = text(&services["nginx"]["networks"]["front"], "ipv4_address");
    let trusted = text(&services["web-1"]["environment"], "ROCKET_TRUSTED_PROXIES");
    assert_eq!(trusted, format!("[\"{address}\"]"));
    let nginx = file("docs/two-servers-nginx.conf");
    for server in services.keys().filter(|name| name.starts_with("web-")) {
        assert!(nginx.contains(&format!("server {server}:8000;")), "{server}");
    }
    // The directives, except for paths of the log and sizes of bodies, are as documented.
    let documented = file("docs/deployment.md");
    for line in nginx.lines().map(str::trim).filter(|line| line.starts_with("proxy_") || line.contains("timeout")) {
        assert!(documented.lines().any(|other| other.trim() == line), "{line}");
    }
}
