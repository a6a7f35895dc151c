//! Tests a site below a base path, behind a proxy.

use crate::client::Share;
use crate::html::{h1, link, page, tag, timeless, value};
use crate::server::Options;
use crate::site::{Site, claim};
use onetimeshare_envelope::Link;

fn site() -> Site {
    let mut site = Site::embedded(Options::default().set("public_url", "https://example.org/tools/share/"));
    site.client.base += "/tools/share";
    site
}

#[test]
fn every_route_is_below_the_base_path_and_health_also_at_the_root() {
    let site = site();
    for path in [
        "/",
        "/s/x",
        "/status",
        "/about",
        "/offline",
        "/share",
        "/manifest.webmanifest",
        "/sw.js",
        "/img/preview.png",
        "/robots.txt",
        "/favicon.ico",
        "/test-redis",
        "/api/v1/site",
        "/health/live",
        "/health/ready",
    ] {
        assert_eq!(site.get(path).status, 200, "{path}");
    }
    let root = crate::client::Client::new(site.server.url());
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(root.get(path).status, 200, "{path}");
    }
    for path in ["/tools/sharex", "/tools", "/share/s/x", "/metrics", "/nowhere"] {
        assert_eq!(root.get(path).status, 404, "{path}");
    }
    assert_eq!(root.get("/tools/share").status, 200, "also without the trailing slash");
}

#[test]
fn a_proxy_may_strip_the_base_path() {
    let site = site();
    let root = crate::client::Client::new(site.server.url());
    for path in ["/", "/s/x", "/status", "/about?lang=en", "/api/v1/site", "/sw.js", "/robots.txt", "/test-redis"] {
        assert_eq!(root.get(path).status, site.get(path).status, "{path}");
        assert_eq!(root.get(path).header("content-type"), site.get(path).header("content-type"), "{path}");
    }
    assert_eq!(timeless(&root.get("/about").text()), timeless(&site.get("/about").text()));
    let made = link(&page(&root.form("/", "text/html", &[("message", "stripped")]), 200));
    assert!(made.starts_with("https://example.org/tools/share/s/"), "{made}");
    let parsed = Link::parse(&made).unwrap();
    let form = [("link", made.as_str()), ("nonce", &claim().expose())];
    let opened = page(&root.form(&format!("/s/{}", parsed.id), "text/html", &form), 200);
    assert_eq!(crate::html::message(&opened), "stripped");
    let share = Share::new("by a program");
    root.create(&share);
    assert_eq!(site.open(&share, &claim()).status, 200);
}

#[test]
fn the_metrics_stay_below_the_base_path_where_proxies_block_them() {
    let site =
        Site::embedded(Options::default().set("public_url", "https://example.org/tools/share").set("metrics", true));
    assert_eq!(site.get("/tools/share/metrics").status, 200);
    for path in ["/metrics", "//metrics", "/%6detrics", "/metrics/", "/metrics?x=1"] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
}

#[test]
fn links_forms_and_assets_carry_the_base_path() {
    let site = site();
    let ready = page(&site.form("/", "text/html", &[("message", "hi")]), 200);
    let made = link(&ready);
    assert!(made.starts_with("https://example.org/tools/share/s/"), "{made}");
    let button = tag(&ready, &["data-status-link="]).unwrap();
    assert!(button.contains("https://example.org/tools/share/status#"), "{button}");
    for path in ["/", "/s/x", "/status", "/about", "/offline", "/share", "/nowhere"] {
        let html = crate::html::plain(&site.get(path));
        for (at, _) in
            html.match_indices("href=\"/").chain(html.match_indices("src=\"/")).chain(html.match_indices("action=\"/"))
        {
            let address = html[at..].split('"').nth(1).unwrap();
            assert!(address.starts_with("/tools/share/"), "{path}: {address}");
            if address.contains("/assets/") {
                let response = crate::client::Client::new(site.server.url()).get(address);
                assert_eq!(response.status, 200, "{address}");
            }
        }
    }
}

#[test]
fn the_whole_journey_works_below_a_base_path() {
    let site = site();
    let made = link(&page(&site.form("/", "text/html", &[("message", "below a path")]), 200));
    let parsed = Link::parse(&made).unwrap();
    let nonce = claim().expose();
    let path = format!("/s/{}", parsed.id);
    let opened = page(&site.form(&path, "text/html", &[("link", &made), ("nonce", &nonce)]), 200);
    assert_eq!(crate::html::message(&opened), "below a path");
    assert_eq!(
        h1(&page(&site.form(&path, "text/html", &[("link", &made), ("nonce", &claim().expose())]), 404)),
        "This was opened"
    );

    let share = Share::new("by a program");
    site.create(&share);
    let asked = page(&site.form("/status", "text/html", &[("owner", &share.owner.expose()), ("ask", "delete")]), 200);
    assert!(tag(&asked, &["form ", "action=\"/tools/share/status/delete\""]).is_some());
    assert_eq!(value(&asked, "owner"), share.owner.expose());
    assert_eq!(site.open(&share, &claim()).status, 200);
}

#[test]
fn the_health_check_works_below_a_base_path() {
    let site = site();
    let options = Options::default().set("public_url", "https://example.org/tools/share").set("port", site.server.port);
    let (status, text) = options.run(&["healthcheck"]);
    assert!(status.success(), "{text}");
}
