//! Tests the installable web app: manifest, service worker, offline page and share target.

use crate::client::Client;
use crate::dump::dump;
use crate::html::{h1, page};
use crate::server::Options;
use crate::site::{Site, on_both};
use serde_json::{Value, json};

/// Starts a site at the root and one below a base path; returns each with its base path and a client for the server's
/// root.
fn sites() -> [(Site, &'static str, Client); 2] {
    [("", ""), ("\"https://share.example/tools/share\"", "/tools/share")].map(|(public_url, base)| {
        let options = Options::default().set("site_name", "\"Acme & Söhne\"");
        let site = Site::embedded(if public_url.is_empty() { options } else { options.set("public_url", public_url) });
        let root = Client::new(site.server.url());
        (site, base, root)
    })
}

#[test]
fn the_web_app_manifest_names_the_site_and_icons_below_any_base_path() {
    for (_site, base, root) in sites() {
        let response = root.get(&format!("{base}/manifest.webmanifest"));
        assert_eq!((response.status, response.header("content-type")), (200, Some("application/manifest+json")));
        let manifest = response.json();
        for (member, expected) in [
            ("name", "Acme & Söhne".to_owned()),
            ("id", format!("{base}/")),
            ("start_url", format!("{base}/")),
            ("scope", format!("{base}/")),
            ("display", "standalone".to_owned()),
        ] {
            assert_eq!(manifest[member], expected, "{member}");
        }
        let mut kinds = Vec::new();
        for icon in manifest["icons"].as_array().unwrap() {
            let (sizes, purpose) = (icon["sizes"].as_str().unwrap(), icon["purpose"].as_str().unwrap());
            let picture = root.get(icon["src"].as_str().unwrap());
            assert_eq!((picture.status, picture.header("content-type")), (200, icon["type"].as_str()), "{icon}");
            let [wide, high] = [16, 20].map(|at| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap()));
            assert_eq!(format!("{wide}x{high}"), sizes);
            kinds.push(format!("{purpose} {sizes}"));
        }
        assert_eq!(kinds, ["any 192x192", "any 512x512", "maskable 192x192", "maskable 512x512"]);
        let target = &manifest["share_target"];
        assert_eq!((&target["action"], &target["method"]), (&json!(format!("{base}/share")), &json!("POST")));
        assert_eq!(root.get(&format!("{base}/img/apple-touch-icon.png")).status, 200);
        assert_eq!(root.get(&format!("{base}/img/none.png")).status, 404);
    }
}

#[test]
fn the_service_worker_caches_the_offline_page_and_its_assets() {
    for (_site, base, root) in sites() {
        let worker = root.get(&format!("{base}/sw.js"));
        assert_eq!(worker.status, 200);
        assert!(worker.header("content-type").unwrap().starts_with("text/javascript"));
        assert_eq!(worker.header("cache-control"), Some("no-cache"), "every release has its own service worker");
        let policy = worker.header("content-security-policy").unwrap();
        assert!(
            policy.contains("connect-src 'self'") && !policy.contains("sandbox"),
            "the CSP allows requests to the site: {policy}"
        );
        let text = worker.text();
        let parts = text.lines().next().unwrap().strip_prefix("const OFFLINE_ASSETS = ").unwrap().trim_end_matches(';');
        let parts: Value = serde_json::from_str(parts).unwrap();
        let html = crate::html::plain(&root.get(&format!("{base}/offline")));
        for kind in [".css", ".js", ".svg"] {
            let named = parts.as_array().unwrap().iter().filter_map(Value::as_str);
            let part = named.clone().find(|part| part.ends_with(kind)).unwrap();
            assert!(html.contains(&format!("\"{part}\"")), "the offline page loads {part}");
            assert_eq!(root.get(part).status, 200, "{part}");
        }
        assert_eq!(h1(&page(&root.get(&format!("{base}/offline")), 200)), "You are offline");
    }
}

#[test]
fn a_share_target_post_without_a_service_worker_is_discarded_with_a_notice() {
    on_both(Options::default, |site| {
        let before = dump(site);
        let canary = "canary of what was shared";
        let fields = [("title", canary), ("text", canary), ("url", canary), ("files", canary)];
        let form = site.form("/share", "text/html", &fields);
        // Whatever the body is: no form, truncated, or far larger than any form of the site.
        let kind = ("Content-Type", "multipart/form-data; boundary=x");
        let html = ("Accept", "text/html");
        let broken =
            site.send("POST", "/share", &[kind, html, ("Sec-Fetch-Site", "cross-site")], Some(canary.as_bytes()));
        let long = site.send("POST", "/share", &[kind, html], Some(&canary.as_bytes().repeat(300_000)));
        for response in [form, broken, long, site.get("/share")] {
            let html = page(&response, 200);
            assert_eq!(h1(&html), "Choose your files again");
            assert!(html.contains("We kept nothing of what you shared.") && !html.contains(canary));
        }
        assert!(dump(site) == before, "nothing is stored");
        assert!(!site.server.log.text().contains("canary"), "{}", site.server.log.text());
    });
}
