//! Tests the site behind a real nginx with the documented configuration: below a base path, with TLS, without keys in
//! any log.

use crate::client::{Client, Response, Share};
use crate::html::{link, page, plain, timeless};
use crate::nginx::Nginx;
use crate::server::Options;
use crate::site::{Site, claim};
use onetimeshare_envelope::Link;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

const BASE: &str = "/tools/share";

fn site(options: Options) -> (Site, Nginx) {
    let mut site = Site::embedded(
        options.set("public_url", format!("https://share.example{BASE}")).set("trusted_proxies", "[\"127.0.0.1\"]"),
    );
    let nginx = Nginx::before(site.server.port);
    site.client = Client::new(format!("{}{BASE}", nginx.url()));
    (site, nginx)
}

/// Returns every URL of the site in a document, without fragments.
fn addresses(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in text.split(['"', '\'', '`', '(', ')', '<', '>', ' ', '\n', ',']) {
        let word = word.strip_prefix("https://share.example").unwrap_or(word);
        let word = word.split('#').next().unwrap_or_default().replace("&amp;", "&");
        if word.starts_with('/')
            && word.len() > 1
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-?=&%".contains(&b))
        {
            found.insert(word);
        }
    }
    found
}

#[test]
fn every_url_the_site_emits_below_a_base_path_resolves() {
    let (site, nginx) = site(Options::default());
    let root = Client::new(nginx.url());
    let ready = plain(&site.form("/", "text/html", &[("message", "hi")]));
    let mut responses: BTreeMap<String, Response> = BTreeMap::new();
    let mut next: BTreeSet<String> =
        ["/", "/about", "/status", "/s/x", "/robots.txt", "/favicon.ico", "/sw.js", "/test-redis", "/api/v1/site"]
            .map(|path| format!("{BASE}{path}"))
            .into();
    for page in [ready, plain(&site.get("/nowhere")), plain(&site.get("/s/x/y/z"))] {
        next.extend(attributes(&page));
    }
    while let Some(path) = next.pop_first() {
        // Clients append to the base URL of the API.
        if responses.contains_key(&path) || path.ends_with("/api/v1") {
            continue;
        }
        let response = root.send("GET", &path, &[("Accept", "text/html"), ("Accept-Encoding", "identity")], None);
        let kind = response.header("content-type").unwrap_or_default().to_owned();
        if kind.starts_with("text/html") {
            next.extend(attributes(&plain(&response)));
        } else if kind.contains("css") || kind.contains("manifest") {
            next.extend(addresses(&response.text()).into_iter().filter(|path| path.starts_with(BASE)));
        }
        responses.insert(path, response);
    }
    for (path, response) in &responses {
        assert!(path.starts_with(BASE), "{path} is outside of the site");
        // The actions of forms accept POST only.
        let form = ["/status/delete", "/request/collect"].iter().any(|end| path.ends_with(end));
        assert_eq!(response.status, if form { 404 } else { 200 }, "{path}");
    }
    let kinds: BTreeSet<_> = responses.values().filter_map(|response| response.header("content-type")).collect();
    println!("below a base path, behind nginx: {} URLs of {} kinds resolve", responses.len(), kinds.len());
    assert!(responses.len() > 12, "{:?}", responses.keys());
    assert!(
        ["text/html", "css", "javascript", "image/"].iter().all(|kind| kinds.iter().any(|seen| seen.contains(kind))),
        "{kinds:?}"
    );
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(root.get(path).status, 200, "{path}");
        assert_eq!(site.get(path).status, 200, "{BASE}{path}");
    }
    // The server adds the base path where a proxy strips it.
    assert_eq!(timeless(&root.get("/about").text()), timeless(&site.get("/about").text()));
}

/// Returns the URLs in a page's attributes.
fn attributes(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in ["href=\"", "src=\"", "action=\"", "content=\"", "data-"] {
        for (at, _) in html.match_indices(name) {
            let value = html[at..].split('"').nth(1).unwrap_or_default();
            if !value.contains(' ') {
                found.extend(addresses(value));
            }
        }
    }
    found
}

#[test]
fn the_journey_works_through_tls_and_no_log_holds_a_key() {
    let (mut site, nginx) = site(Options::default().set("access_log", true));
    let made = link(&page(&site.form("/", "text/html", &[("message", "behind a proxy")]), 200));
    assert!(made.starts_with("https://share.example/tools/share/s/"), "{made}");
    let parsed = Link::parse(&made).unwrap();
    let (id, key) = (parsed.id.to_string(), made.split('#').nth(1).unwrap().to_owned());
    let nonce = claim().expose();
    let opened = site.form(&format!("/s/{id}"), "text/html", &[("link", &made), ("nonce", &nonce)]);
    assert_eq!(crate::html::message(&page(&opened, 200)), "behind a proxy");

    let share = Share::new("by a program");
    site.create(&share);
    assert_eq!(site.open(&share, &claim()).status, 200);

    // Through TLS, as visitors connect.
    let mut tls = Command::new("openssl")
        .args(["s_client", "-quiet", "-ign_eof", "-servername", "share.example", "-connect"])
        .arg(format!("127.0.0.1:{}", nginx.tls))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let head = format!("GET {BASE}/s/{id}%23{key} HTTP/1.1\r\nHost: share.example\r\nConnection: close\r\n\r\n");
    tls.stdin.as_mut().unwrap().write_all(head.as_bytes()).unwrap();
    let response = tls.wait_with_output().unwrap().stdout;
    let response = String::from_utf8_lossy(&response);
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
    assert!(response.to_ascii_lowercase().contains("strict-transport-security"), "{response}");

    // Every form in which a key can appear in what a proxy sees.
    let raw = |text: &str| {
        let mut connection = TcpStream::connect(("127.0.0.1", nginx.port)).unwrap();
        connection.write_all(text.as_bytes()).unwrap();
        let _ = connection.shutdown(std::net::Shutdown::Write);
        let mut response = Vec::new();
        let _ = connection.read_to_end(&mut response);
    };
    for path in [
        format!("{BASE}/s/{id}%23{key}"),
        format!("{BASE}/s/{id}%2523{key}"),
        format!("{BASE}/{id}{key}"),
        format!("/s/{id}?{key}"),
        format!("{BASE}/about?next=%23{key}"),
        format!("{BASE}/api/v1/shares/{id}/{key}"),
        format!("{BASE}/assets/{key}"),
        format!("{BASE}/status?{key}"),
    ] {
        let referrer = format!("Referer: https://share.example{BASE}/s/{id}#{key}");
        raw(&format!("GET {path} HTTP/1.1\r\nHost: share.example\r\n{referrer}\r\nConnection: close\r\n\r\n"));
        raw(&format!("GET {path} HTTP/9.9\r\nHost: share.example\r\n\r\n"));
        raw(&format!("{key} {path}\r\n\r\n"));
        raw(&format!("POST {path} HTTP/1.1\r\nHost: share.example\r\nContent-Length: 99\r\n\r\n{key}"));
        raw(&format!("POST {path} HTTP/1.1\r\nHost: share.example\r\nContent-Length: 99999999999\r\n\r\n{key}"));
    }
    let of_site = site.server.log.text();
    // Also while the server is down.
    assert!(site.server.terminate().success());
    assert_eq!(site.get(&format!("/s/{id}%23{key}")).status, 502);
    let logs = nginx.logs();
    assert!(logs.lines().count() > 40, "nginx logs requests:\n{logs}");
    for (name, log) in [("nginx", &logs), ("onetimeshare", &of_site)] {
        for hidden in [&id, &key, &nonce, &share.link.id.to_string(), &share.owner.expose()] {
            assert!(!log.contains(hidden.as_str()), "{name} wrote {hidden}:\n{log}");
        }
    }
    assert_eq!(nginx.buffered_bodies(), 0, "no body was written to a file");
}

#[test]
fn a_client_behind_nginx_cannot_spoof_its_address() {
    let (site, _nginx) = site(Options::default().set("limits_per_address", true));
    let mut asked = 0;
    let refused = (0..2_000).any(|n| {
        asked += 1;
        let spoofed = format!("{}.{}.{}.7", 1 + n % 200, n % 7, n % 31);
        let headers = [("X-Forwarded-For", &*spoofed), ("Content-Type", "application/json")];
        site.send("POST", "/api/v1/shares/0000000000000000/peek", &headers, Some(b"{}")).status == 429
    });
    assert!(refused, "{asked} requests with {asked} spoofed addresses");
}
