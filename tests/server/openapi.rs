//! `docs/openapi.yaml` against the running server: its paths are the routes, and the site returns it.

use crate::server::Options;
use crate::site::Site;
use onetimeshare::config;
use rocket::figment::Figment;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Reads the document as the repository has it.
fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.yaml");
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns path and method of each operation.
fn operations(document: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys().filter(|name| *name != "parameters");
        found.extend(methods.map(|method| (path.clone(), method.clone())));
    }
    found
}

/// Returns the methods and paths that the program routes, as the document writes them.
fn routed() -> BTreeSet<(String, String)> {
    let app = onetimeshare::rocket(&Figment::from(config::defaults())).unwrap();
    let pattern = |path: &str| path.replace('<', "{").replace('>', "}");
    app.routes().map(|route| (route.method.as_str().to_lowercase(), pattern(route.uri.path()))).collect()
}

#[test]
fn every_route_of_the_api_is_in_the_document_and_every_path_of_it_is_routed() {
    let documented: BTreeSet<_> = operations(&document()).into_iter().map(|(path, method)| (method, path)).collect();
    let routed = routed();
    let of_api = |requests: &BTreeSet<(String, String)>| -> BTreeSet<_> {
        requests.iter().filter(|(_, path)| path.starts_with("/api/")).cloned().collect()
    };
    assert_eq!(of_api(&documented), of_api(&routed));
    let unknown: Vec<_> = documented.difference(&routed).collect();
    assert!(unknown.is_empty(), "not routed: {unknown:?}");
    assert_eq!(of_api(&documented).len(), 18);
}

#[test]
fn the_site_returns_the_document_with_its_own_address() {
    let site = Site::embedded(Options::default());
    let response = site.get("/api/v1/openapi.json");
    let mut expected = document();
    expected["servers"] = json!([{ "url": site.base }]);
    expected["components"].as_object_mut().unwrap().remove("x-headers");
    assert_eq!(response.json(), expected);
    assert_eq!(response.header("content-type"), Some("application/json"));
    let head = site.send("HEAD", "/api/v1/openapi.json", &[], None);
    assert_eq!((head.status, head.header("content-length")), (200, response.header("content-length")));

    let below = Site::embedded(Options::default().set("public_url", "https://share.example/tools"));
    let document = below.get("/tools/api/v1/openapi.json").json();
    assert_eq!(document["servers"], json!([{ "url": "https://share.example/tools" }]));
}
