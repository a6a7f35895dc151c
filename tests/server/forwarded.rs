//! Tests links, origins and headers behind proxies that nobody configured.

use crate::client::Response;
use crate::html::{link, page};
use crate::server::Options;
use crate::site::{SOON, Site, until};

/// Creates a share by the form with these headers of a proxy.
fn send(site: &Site, headers: &[(&str, &str)]) -> Response {
    let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html")];
    site.send("POST", "/", &[&form[..], headers].concat(), Some(b"message=hi"))
}

fn link_with(site: &Site, headers: &[(&str, &str)]) -> String {
    link(&page(&send(site, headers), 200))
}

#[test]
fn without_a_public_url_a_trusted_proxy_tells_scheme_and_host() {
    let site = Site::embedded(Options::default().set("trusted_proxies", "127.0.0.1"));
    for (headers, start) in [
        (&[("X-Forwarded-Proto", "https"), ("Host", "share.example")][..], "https://share.example/s/"),
        (&[("X-Forwarded-Proto", "https, http"), ("X-Forwarded-Host", "share.example")], "https://share.example/s/"),
        (&[("Forwarded", "for=192.0.2.1;proto=https;host=\"share.example\"")], "https://share.example/s/"),
        (&[("X-Forwarded-Ssl", "on"), ("Host", "share.example:443")], "https://share.example/s/"),
        (&[("X-Forwarded-Proto", "https"), ("Host", "share.example:8443")], "https://share.example:8443/s/"),
        (&[("X-Forwarded-Proto", "http"), ("Host", "share.example:80")], "http://share.example/s/"),
        (&[("X-Forwarded-Proto", "javascript"), ("Host", "share.example")], "http://share.example/s/"),
        (
            &[("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "a\"b"), ("Host", "c.example")],
            "https://c.example/s/",
        ),
        (&[("Host", "share.example")], "http://share.example/s/"),
    ] {
        let made = link_with(&site, headers);
        assert!(made.starts_with(start), "{headers:?}: {made}");
    }
    // Pages are cached by their scheme.
    for (scheme, start) in [("https", "https://share.example/"), ("http", "http://share.example/")] {
        let headers = [("Accept", "text/html"), ("X-Forwarded-Proto", scheme), ("Host", "share.example")];
        let html = crate::html::plain(&site.send("GET", "/s/x", &headers, None));
        assert!(html.contains(start), "{scheme}: {html}");
    }
}

#[test]
fn the_log_says_once_what_is_missing() {
    let https = [("X-Forwarded-Proto", "https"), ("Host", "share.example")];
    let site = Site::embedded(Options::default());
    for _ in 0..3 {
        assert!(link_with(&site, &https).starts_with("http://share.example/s/"), "nobody is trusted by default");
    }
    let told = "a proxy that is not in trusted_proxies reports the scheme";
    until(SOON, told, || (site.server.log.text().matches(told).count() == 1).then_some(()));
    let site = Site::embedded(Options::default().set("trusted_proxies", "127.0.0.1"));
    for _ in 0..3 {
        link_with(&site, &[("Host", "share.example")]);
    }
    let told = "the trusted proxy reports no scheme";
    until(SOON, told, || (site.server.log.text().matches(told).count() == 1).then_some(()));
    let site = Site::embedded(Options::default().set("public_url", "https://share.example"));
    link_with(&site, &[("X-Forwarded-Proto", "http")]);
    assert!(!site.server.log.text().contains("public_url"), "{}", site.server.log.text());
}

#[test]
fn a_default_port_is_no_other_origin() {
    for (public_url, host, origin, status) in [
        ("", "share.example:443", "https://share.example", 200),
        ("", "share.example", "https://share.example:443", 200),
        ("", "share.example:80", "http://share.example", 200),
        ("", "share.example:8443", "https://share.example", 403),
        ("", "share.example", "https://other.example", 403),
        ("https://share.example:443", "inner", "https://share.example", 200),
        ("https://share.example", "inner", "https://share.example:443", 200),
        ("https://share.example", "share.example", "http://share.example", 403),
        ("https://share.example:8443", "inner", "https://share.example", 403),
    ] {
        let site = Site::embedded(Options::default().set("public_url", public_url));
        let response = send(&site, &[("Host", host), ("Origin", origin)]);
        assert_eq!(response.status, status, "{public_url} {host} {origin}");
    }
    // Apache passes its own name as the host, and that of the visitor in a header.
    let site = Site::embedded(Options::default().set("trusted_proxies", "127.0.0.1"));
    let visited = [("X-Forwarded-Host", "share.example"), ("Host", "inner"), ("Origin", "https://share.example")];
    assert_eq!(send(&site, &visited).status, 200);
    let foreign = [("X-Forwarded-Host", "share.example"), ("Host", "inner"), ("Origin", "https://other.example")];
    assert_eq!(send(&site, &foreign).status, 403);
}

#[test]
fn transport_security_holds_for_the_host_unless_a_setting_extends_it() {
    let header = |options: Options| {
        let site = Site::embedded(options);
        site.get("/").header("strict-transport-security").map(str::to_owned)
    };
    let https = || Options::default().set("public_url", "https://share.example");
    assert_eq!(header(https()).as_deref(), Some("max-age=63072000"));
    let extended = header(https().set("hsts_subdomains", "yes"));
    assert_eq!(extended.as_deref(), Some("max-age=63072000; includeSubDomains"));
    assert_eq!(header(Options::default().set("public_url", "http://share.example")), None);
}
