//! Tests the headers of every response, and the static files of the pages.

use crate::client::Response;
use crate::server::Options;
use crate::site::{Site, on_both};
use crate::{full_journey, raw_http};
use std::collections::BTreeSet;

/// Headers that every response must carry, with their exact values.
const FIXED: [(&str, &str); 6] = [
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex, nofollow, noarchive, nosnippet"),
];

/// Browser features that the pages deny themselves.
const DENIED: [&str; 7] =
    ["camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "clipboard-read"];

#[track_caller]
fn is_guarded(what: &str, response: &Response) {
    let status = response.status;
    for (name, value) in FIXED {
        let values: Vec<_> = response.headers.iter().filter(|(key, _)| key == name).collect();
        assert!(values.len() == 1 && values[0].1 == value, "{what}, {status}: {name} is {values:?}");
    }
    let permissions = response.header("permissions-policy").unwrap_or_default();
    for name in DENIED {
        assert!(permissions.contains(&format!("{name}=()")), "{what}, {status}: {permissions}");
    }
    let policies: Vec<_> = response.headers.iter().filter(|(key, _)| key == "content-security-policy").collect();
    assert_eq!(policies.len(), 1, "{what}, {status}");
    let policy = &policies[0].1;
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    assert_eq!(directives[0], "default-src 'none'", "{what}, {status}");
    assert!(directives.contains(&"base-uri 'none'") && directives.contains(&"frame-ancestors 'none'"), "{policy}");
    for directive in &directives[1..] {
        let (name, values) = directive.split_once(' ').unwrap_or((directive, ""));
        for value in values.split(' ').filter(|value| !value.is_empty()) {
            let picture = name == "img-src" && value == "blob:";
            let player = name == "media-src" && value == "blob:";
            let worker = name == "trusted-types" && value == "app";
            assert!(
                matches!(value, "'none'" | "'self'" | "'script'") || picture || player || worker,
                "{what}, {status}: {directive}"
            );
        }
    }
    for name in
        ["set-cookie", "server", "x-powered-by", "access-control-allow-origin", "strict-transport-security", "location"]
    {
        assert_eq!(response.header(name), None, "{what}, {status}: {name}");
    }
    let kind = response.header("content-type");
    assert!(kind.is_some() || response.body.is_empty(), "{what}, {status}");
    // JavaScript modules are always UTF-8.
    if let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && *kind != "text/javascript") {
        assert!(kind.contains("charset=utf-8"), "{what}: {kind}");
    }
    assert!(response.header("transfer-encoding").is_none(), "{what}, {status}: has a Content-Length");
}

#[test]
fn every_response_of_every_route_has_security_headers() {
    on_both(Options::default, |site| {
        let mut journey = full_journey::run(site);
        let mut statuses = BTreeSet::new();
        let mut bare = 0;
        for (what, response) in journey.responses.drain(..) {
            // Requests that hyper cannot parse never reach the app; hyper's response is empty.
            if what.starts_with("unreadable")
                && response.body.is_empty()
                && response.header("content-security-policy").is_none()
            {
                assert!(matches!(response.status, 400 | 414 | 431), "{what}: {}", response.status);
                bare += 1;
                continue;
            }
            is_guarded(&what, &response);
            assert!(response.header("cache-control").is_some(), "{what}");
            if what != "/favicon.ico" {
                let is_page = response.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
                let expected = if is_page { "no-store, no-transform" } else { "no-store" };
                assert_eq!(response.header("cache-control"), Some(expected), "{what}");
            }
            statuses.insert(response.status);
        }
        println!(
            "{}: responses with status {statuses:?} have security headers; {bare} to malformed HTTP are empty",
            site.store()
        );
        for expected in [200, 201, 204, 400, 401, 403, 404, 409, 410, 411, 413, 415, 422, 429] {
            assert!(statuses.contains(&expected), "{expected} was not seen");
        }
    });
}

#[test]
fn responses_during_a_store_outage_have_security_headers() {
    let mut site = Site::on_redis(Options::default());
    site.redis.as_mut().unwrap().kill();
    for path in ["/health/live", "/health/ready", "/test-redis", "/", "/status", "/api/v1/site"] {
        is_guarded(path, &site.get(path));
    }
    let share = crate::client::Share::new("a");
    for response in
        [site.put(&share), site.peek(&share), site.status(&share), site.form("/", "text/html", &[("message", "hi")])]
    {
        assert_eq!(response.status, 503);
        is_guarded("503", &response);
    }
}

#[test]
fn an_unparsable_request_gets_a_400_with_security_headers() {
    let site = Site::embedded(Options::default());
    let mut connection = raw_http::RawConnection::to(site.server.port);
    let response = connection.write(b"FOO /s/x HTTP/1.1\r\nHost: x\r\n\r\n").response().unwrap();
    assert!(matches!(response.status, 400 | 404), "{}", response.status);
    is_guarded("FOO", &response);
}

#[test]
fn the_page_csp_allows_own_assets_and_the_data_csp_nothing() {
    let site = Site::embedded(Options::default());
    let policy = |path: &str| site.get(path).header("content-security-policy").unwrap().to_owned();
    for path in ["/", "/s/x", "/status", "/about", "/nowhere"] {
        for directive in [
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types app",
        ] {
            assert!(policy(path).contains(directive), "{path}: {directive}");
        }
        // Only the page that shows opened shares plays what it decrypted.
        assert_eq!(policy(path).contains("media-src blob:;"), path == "/s/x", "{path}");
        assert_eq!(policy(path).matches("media-src").count(), usize::from(path == "/s/x"), "{path}");
        let html = crate::html::plain(&site.get(path));
        for (at, _) in html.match_indices("<script") {
            assert!(html[at..].starts_with("<script type=\"module\" src=\"/assets/"), "{}", &html[at..at + 60]);
        }
        assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains(" onclick="), "{path}");
        assert!(!html.contains("https://") || path == "/" || path == "/about" || path == "/s/x", "{path}");
    }
    for path in ["/api/v1/site", "/api/v1/nowhere", "/health/live", "/robots.txt", "/favicon.ico", "/test-redis"] {
        let policy = policy(path);
        assert!(!policy.contains("'self'") && policy.contains("form-action 'none'"), "{path}: {policy}");
    }
}

#[test]
fn hsts_is_sent_only_with_an_https_public_url() {
    let secure = Site::embedded(Options::default().set("public_url", "https://share.example"));
    for path in ["/", "/api/v1/site", "/nowhere", "/favicon.ico"] {
        let response = secure.get(path);
        let header = response.header("strict-transport-security").unwrap_or_default();
        assert!(header.contains("max-age=63072000"), "{path}: {header}");
    }
    let plain = Site::embedded(Options::default().set("public_url", "http://share.example"));
    assert_eq!(plain.get("/").header("strict-transport-security"), None);
}

/// Returns the URLs of the site's own assets in a page.
fn assets(html: &str) -> BTreeSet<String> {
    let found = html.match_indices("\"/assets/").map(|(at, _)| html[at + 1..].split('"').next().unwrap().to_owned());
    found.collect()
}

#[test]
fn assets_are_immutable_and_compressed() {
    let site = Site::embedded(Options::default());
    let mut addresses = BTreeSet::new();
    for path in ["/", "/s/x", "/status", "/about"] {
        addresses.extend(assets(&crate::html::plain(&site.get(path))));
    }
    assert!(addresses.len() > 3, "{addresses:?}");
    let mut sizes = [0; 3];
    for address in &addresses {
        let get = |encodings: &str| site.send("GET", address, &[("Accept-Encoding", encodings)], None);
        let plain = get("identity");
        assert_eq!(plain.status, 200, "{address}");
        is_guarded(address, &plain);
        let kind = plain.header("content-type").unwrap();
        let expected = match address.rsplit('.').next().unwrap() {
            "js" => "text/javascript",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("{other}"),
        };
        assert!(kind.starts_with(expected), "{address}: {kind}");
        for (at, (accepted, encoding)) in
            [("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")].into_iter().enumerate()
        {
            let packed = get(accepted);
            assert_eq!(packed.header("content-encoding"), Some(encoding), "{address}");
            assert_eq!(packed.header("vary").map(str::to_ascii_lowercase).as_deref(), Some("accept-encoding"));
            let mut bytes = Vec::new();
            if encoding == "br" {
                brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut bytes).unwrap();
            } else {
                std::io::copy(&mut flate2::read::GzDecoder::new(packed.body.as_slice()), &mut bytes).unwrap();
            }
            assert!(bytes == plain.body, "{address} in {encoding}");
            sizes[at + 1] += packed.body.len();
        }
        sizes[0] += plain.body.len();
        for refused in ["gzip;q=0, br;q=0", "", "zstd"] {
            assert_eq!(get(refused).header("content-encoding"), None, "{address}: {refused}");
        }
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(site.send("HEAD", address, &[], None).status, 200);
    }
    println!("{} files: {} bytes, {} in gzip, {} in brotli", addresses.len(), sizes[0], sizes[1], sizes[2]);

    let one = addresses.iter().next().unwrap();
    let build = one.split('/').nth(2).unwrap();
    for stale in [
        "/assets/000000000000/img/favicon.svg".into(),
        "/assets/000000000000/css/none.css".into(),
        one.replace(build, "another"),
        one.replace(build, ""),
        format!("/assets/{build}/../../Cargo.toml"),
        format!("/assets/{build}/%2e%2e/%2e%2e/Cargo.toml"),
        format!("/assets/{build}/"),
        format!("/assets/{build}/css"),
        format!("/assets/{build}/js/none.js"),
    ] {
        let response = site.get(&stale);
        assert_eq!(response.status, 404, "{stale}");
        assert_eq!(response.header("cache-control"), Some("no-store, no-transform"), "{stale}");
    }
}

#[test]
fn auxiliary_urls_answer() {
    on_both(Options::default, |site| {
        let robots = site.get("/robots.txt");
        assert_eq!((robots.status, robots.header("content-type")), (200, Some("text/plain; charset=utf-8")));
        assert!(robots.text().contains("User-agent: *\nDisallow: /"));
        for (path, word) in [("/health/live", "live"), ("/health/ready", "ready")] {
            let response = site.get(path);
            assert_eq!((response.status, response.text().trim()), (200, word));
        }
        let icon = site.get("/favicon.ico");
        assert_eq!(icon.status, 200);
        assert!(icon.header("content-type").is_some_and(|kind| kind.starts_with("image/")));
        assert!(!icon.body.is_empty());
        let cached = icon.header("cache-control").unwrap();
        assert!(!cached.contains("immutable"), "not immutable, because its URL is not versioned: {cached}");
        assert_eq!(site.get("/metrics").status, 404, "off unless configured");
    });
}

#[test]
fn a_page_of_another_release_gets_its_style_and_says_that_it_is_old() {
    let site = Site::embedded(Options::default());
    let html = crate::html::plain(&site.get("/"));
    let (_, rest) = html.split_once("/assets/").unwrap();
    let build = rest.split('/').next().unwrap();
    let own = site.get(&format!("/assets/{build}/css/app.css"));
    let stale = site.get("/assets/0123456789ab/css/app.css");
    assert_eq!((stale.status, &stale.body), (200, &own.body));
    assert_eq!(stale.header("cache-control"), Some("no-store"));
    for page in ["create", "open", "status"] {
        let script = site.get(&format!("/assets/0123456789ab/js/pages/{page}.js"));
        assert_eq!((script.status, script.header("cache-control")), (200, Some("no-store")), "{page}");
        assert!(script.header("content-type").unwrap().starts_with("text/javascript"), "{page}");
        let text = script.text();
        for words in ["This page is from before an update.", "Load it again", "element.disabled = true"] {
            assert!(text.contains(words), "{page}: {words}: {text}");
        }
        assert_ne!(site.get(&format!("/assets/{build}/js/pages/{page}.js")).text(), text);
    }
    let on_demand = site.get("/assets/0123456789ab/js/behaviours/sending.js");
    assert_eq!((on_demand.status, on_demand.header("cache-control")), (200, Some("no-store")));
    assert!(on_demand.text().starts_with("throw ") && on_demand.text().contains("isStale: true"), "{on_demand:?}");
    for unknown in
        ["/assets/0123456789ab/js/sw", "/assets/0123456789ab/img/x.js", "/assets/0123456789aG/js/pages/open.js"]
    {
        assert_eq!(site.get(unknown).status, 404, "{unknown}");
    }
}
