//! Tests that pages of other sites cannot change anything.

use crate::asked::Asked;
use crate::client::{Response, Share};
use crate::html::{h1, page};
use crate::server::Options;
use crate::site::{Site, b64, claim, is_problem, on_both, open_body, random};
use onetimeshare::config;
use rocket::figment::Figment;
use rocket::http::Method;
use serde_json::json;

/// Returns every mutating route with a request that would succeed.
fn changes(site: &Site) -> Vec<(&'static str, String, String, &'static str, String)> {
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    let [created, waiting, opened, deleted, shown, posted] = [(); 6].map(|()| Share::new("a"));
    let receiver = claim();
    for share in [&waiting, &opened, &deleted, &shown, &posted] {
        site.create(share);
    }
    assert_eq!(site.open(&opened, &receiver).status, 200);
    let asking = Asked::new("", 1);
    let [asked, ending] = [(); 2].map(|()| Asked::new("", 1).made(site));
    let owner = |share: &Share| share.owner.expose();
    let link = posted.link.url("http://x").replace('#', "%23");
    let peek = format!("{{\"open_proof\":\"{}\"}}", waiting.open_proof());
    let bearer = |token: String| format!("Bearer {token}");
    vec![
        ("PUT", created.path(), bearer(owner(&created)), json, created.body.to_string()),
        ("POST", format!("{}/peek", waiting.path()), String::new(), json, peek),
        (
            "POST",
            format!("{}/open", waiting.path()),
            String::new(),
            json,
            open_body(&waiting, &claim(), None).to_string(),
        ),
        (
            "POST",
            format!("{}/handover", opened.path()),
            bearer(receiver.expose()),
            json,
            json!({ "handover_verifier": b64(&random::<32>()) }).to_string(),
        ),
        ("POST", format!("{}/confirm", opened.path()), bearer(receiver.expose()), json, String::new()),
        ("DELETE", deleted.path(), bearer(owner(&deleted)), json, String::new()),
        ("PUT", asking.path(), bearer(asking.keys.owner().expose()), json, asking.body.to_string()),
        (
            "POST",
            format!("{}/look", asked.path()),
            String::new(),
            json,
            json!({ "give_proof": asked.proof() }).to_string(),
        ),
        (
            "POST",
            format!("{}/answers", asked.path()),
            String::new(),
            json,
            json!({ "give_proof": asked.proof(), "sealed": b64(&asked.sealed(&created.link).0) }).to_string(),
        ),
        ("DELETE", ending.path(), bearer(ending.keys.owner().expose()), json, String::new()),
        ("POST", "/".into(), String::new(), form, "message=hi".into()),
        (
            "POST",
            format!("/s/{}", posted.link.id),
            String::new(),
            form,
            format!("link={link}&nonce={}", claim().expose()),
        ),
        ("POST", "/status".into(), String::new(), form, format!("owner={}", owner(&shown))),
        ("POST", "/status/delete".into(), String::new(), form, format!("owner={}", owner(&shown))),
    ]
}

fn send(site: &Site, change: &(&str, String, String, &str, String), accept: &str, more: &[(&str, &str)]) -> Response {
    let (method, path, bearer, kind, body) = change;
    let mut headers = vec![("Content-Type", *kind), ("Accept", accept)];
    if !bearer.is_empty() {
        headers.push(("Authorization", bearer));
    }
    headers.extend_from_slice(more);
    site.send(method, path, &headers, Some(body.as_bytes()))
}

#[test]
fn cross_site_requests_are_refused_on_every_mutating_route() {
    on_both(Options::default, |site| {
        let own = site.base.clone();
        let foreign: [&[(&str, &str)]; 10] = [
            &[("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Sec-Fetch-Site", "cross-site"), ("Origin", &own)],
            &[("Sec-Fetch-Site", "nonsense")],
            &[("Sec-Fetch-Site", "")],
            &[("Origin", "https://evil.example")],
            &[("Origin", "http://evil.example:8000")],
            &[("Origin", "http://127.0.0.1:1")],
            &[("Origin", "http://127.0.0.1")],
            &[("Origin", "")],
        ];
        let mut refused = 0;
        let changes = changes(site);
        for change in &changes {
            for more in foreign {
                let response = send(site, change, "application/json", more);
                is_problem(&response, 403, "cross_site", &[]);
                if !change.1.starts_with("/api") {
                    let html = page(&send(site, change, "text/html", more), 403);
                    assert_eq!(h1(&html), "You cannot send from here");
                    assert!(html.contains("Another site sent this. Nothing was changed."));
                }
                refused += 1;
            }
        }
        // Nothing was changed, so every request is still possible.
        let allowed: [&[(&str, &str)]; 3] = [&[("Sec-Fetch-Site", "same-origin")], &[("Origin", "null")], &[]];
        for (at, change) in changes.iter().enumerate() {
            let response = send(site, change, "application/json", allowed[at % allowed.len()]);
            assert!(matches!(response.status, 200 | 201 | 204), "{} {}: {}", change.0, change.1, response.text());
        }
        println!("{}: {refused} cross-site requests refused on {} routes", site.store(), changes.len());
    });
}

#[test]
fn same_origin_pages_and_non_browser_clients_are_accepted() {
    let site = Site::embedded(Options::default());
    let own = site.base.clone();
    let allowed: [&[(&str, &str)]; 7] = [
        &[],
        &[("Sec-Fetch-Site", "same-origin")],
        &[("Sec-Fetch-Site", "none")],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", &own)],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
        &[("Origin", &own)],
        &[("Origin", "null")],
    ];
    for more in allowed {
        for change in changes(&site) {
            let response = send(&site, &change, "application/json", more);
            assert!(
                matches!(response.status, 200 | 201 | 204),
                "{} {} {more:?}: {}",
                change.0,
                change.1,
                response.text()
            );
        }
    }
}

#[test]
fn a_cross_site_link_reaches_the_page() {
    let site = Site::embedded(Options::default());
    for path in ["/", "/s/0000000000000000", "/status", "/about"] {
        let headers = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html")];
        assert_eq!(site.send("GET", path, &headers, None).status, 200, "{path}");
    }
}

#[test]
fn with_a_public_url_only_that_origin_is_accepted() {
    let site = Site::embedded(Options::default().set("public_url", "https://share.example"));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for (origin, status) in [
        ("https://share.example", 200),
        ("null", 200),
        ("http://share.example", 403),
        ("https://share.example:8443", 403),
        ("https://share.example.evil.example", 403),
        ("https://evil.example", 403),
        (site.base.as_str(), 403),
    ] {
        let response = site.send("POST", "/", &[kind, ("Origin", origin)], Some(b"message=hi"));
        assert_eq!(response.status, status, "{origin}");
    }
}

/// Stores nothing and returns the same page for every body: the share target for browsers without the service worker.
const SHARE_TARGET: (Method, &str) = (Method::Post, "/share");

/// Returns the method and a path of each mutating route, from the app's route table.
fn changing_routes() -> Vec<(Method, String)> {
    let app = onetimeshare::rocket(&Figment::from(config::defaults())).unwrap();
    let concrete = |path: &str| {
        let segments = path.split('/').map(|segment| match segment {
            "<n>" => "1",
            segment if segment.starts_with('<') => "0000000000000000",
            segment => segment,
        });
        segments.collect::<Vec<_>>().join("/")
    };
    app.routes()
        .filter(|route| !matches!(route.method, Method::Get | Method::Head))
        // The catch-all routes return 404.
        .filter(|route| route.uri.path() != "/<_..>")
        .map(|route| (route.method, concrete(route.uri.path())))
        .collect()
}

#[test]
fn every_route_that_is_not_a_get_refuses_cross_site_requests() {
    let site = Site::embedded(Options::default());
    let routes = changing_routes();
    for expected in ["/api/v1/shares/0000000000000000/parts/1", "/api/v1/shares/0000000000000000/complete"] {
        assert!(routes.iter().any(|(_, path)| path == expected), "{expected} is not in {routes:?}");
    }
    assert!(routes.iter().any(|(method, path)| (*method, path.as_str()) == SHARE_TARGET));
    let headers = [("Sec-Fetch-Site", "cross-site"), ("Accept", "application/json")];
    for (method, path) in &routes {
        let response = site.send(method.as_str(), path, &headers, Some(b"x"));
        if (*method, path.as_str()) == SHARE_TARGET {
            assert_eq!(response.status, 200);
            continue;
        }
        assert_eq!(response.status, 403, "{method} {path}: {}", response.text());
        is_problem(&response, 403, "cross_site", &[]);
    }
    println!("{} routes refuse cross-site requests", routes.len() - 1);
}
