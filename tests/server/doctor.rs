//! Tests `onetimeshare doctor` against broken proxies, each of which it must name, and against good ones, of which it must name
//! nothing.

use crate::nginx::Nginx;
use crate::ports::free_port;
use crate::server::{Options, Server};
use crate::table;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

/// A proxy: what is changed in the documented configuration, the site behind it, its address, and the checks that find faults.
struct Case {
    name: &'static str,
    changes: &'static [(&'static str, &'static str)],
    site: Site,
    url: &'static str,
    faults: &'static [&'static str],
}

/// The settings of a site.
#[derive(Clone, Copy, PartialEq)]
enum Site {
    /// `public_url` and the proxy are set.
    Documented,
    /// The same below a base path.
    Below,
    /// The proxy is trusted, and `public_url` is not set.
    WithoutUrl,
    /// `public_url` is set, and no proxy is trusted.
    WithoutProxy,
}

const ROOT: &str = "https://share.example";
const BELOW: &str = "https://share.example/tools";

impl Site {
    const ALL: [Self; 4] = [Self::Documented, Self::Below, Self::WithoutUrl, Self::WithoutProxy];

    fn start(self) -> Server {
        let options = Options::default().set("limits_per_address", true);
        let trusting = |options: Options| options.set("trusted_proxies", "[\"127.0.0.1\"]");
        match self {
            Self::Documented => trusting(options.set("public_url", ROOT)),
            Self::Below => trusting(options.set("public_url", BELOW)),
            Self::WithoutUrl => trusting(options),
            Self::WithoutProxy => options.set("public_url", ROOT),
        }
        .start()
    }
}

const BUFFERS_OFF: &str =
    "proxy_request_buffering off;\n        proxy_buffering off;\n        proxy_max_temp_file_size 0;";

const fn case(
    name: &'static str,
    changes: &'static [(&'static str, &'static str)],
    faults: &'static [&'static str],
) -> Case {
    Case { name, changes, site: Site::Documented, url: ROOT, faults }
}

static CASES: [Case; 13] = [
    case("the default limit of a body", &[("    client_max_body_size 0;\n", "")], &["large forms"]),
    case("bodies written to files", &[(BUFFERS_OFF, "")], &["streamed requests"]),
    Case {
        url: BELOW,
        ..case(
            "a stripped path",
            &[
                ("location / {", "location /tools/ {"),
                ("proxy_pass http://onetimeshare;", "proxy_pass http://onetimeshare/;"),
            ],
            &["base path", "links"],
        )
    },
    case(
        "cached pages",
        &[
            ("upstream onetimeshare {", "proxy_cache_path cache keys_zone=pages:1m;\nupstream onetimeshare {"),
            (
                "proxy_buffering off;",
                "proxy_cache pages; proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control Vary;",
            ),
            ("proxy_max_temp_file_size 0;", ""),
        ],
        &["caching"],
    ),
    case(
        "an injected script",
        &[(
            "gzip off;",
            "gzip off; proxy_set_header Accept-Encoding \"\";
            sub_filter '</head>' '<script src=\"https://counter.example/x.js\"></script></head>';",
        )],
        &["unchanged pages"],
    ),
    Case { site: Site::WithoutUrl, ..case("links with http", &[], &["links"]) },
    case("HTTP/1.0", &[("proxy_http_version 1.1;", "proxy_http_version 1.0;")], &["HTTP/1.1 inside"]),
    case("a short timeout", &[("proxy_read_timeout 60s;", "proxy_read_timeout 5s;")], &["long waits"]),
    case(
        "the visitor's X-Forwarded-For",
        &[("        proxy_set_header X-Forwarded-For $remote_addr;\n", "")],
        &["client addresses"],
    ),
    Case { site: Site::WithoutProxy, ..case("a proxy that is not trusted", &[], &["client addresses"]) },
    case("the documented proxy", &[], &[]),
    Case {
        site: Site::Below,
        url: BELOW,
        ..case("a base path that is kept", &[("location / {", "location /tools/ {")], &[])
    },
    Case {
        site: Site::Below,
        url: BELOW,
        ..case(
            "a base path that is stripped",
            &[
                ("location / {", "location /tools/ {"),
                ("proxy_pass http://onetimeshare;", "proxy_pass http://onetimeshare/;"),
            ],
            &[],
        )
    },
];

/// Runs the examination. Returns the exit code and the report.
fn examine(url: &str, proxy: Option<(u16, &Path)>) -> (Option<i32>, Value) {
    let mut options = Options::default();
    let mut words = vec!["doctor".to_owned(), url.to_owned(), "--json".to_owned()];
    if let Some((port, certificate)) = proxy {
        options = options.env("SSL_CERT_FILE", certificate.display());
        words.extend(["--connect".to_owned(), format!("127.0.0.1:{port}")]);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (status, output) = options.run(&words);
    let report = output.lines().find(|line| line.starts_with('{')).unwrap_or_else(|| panic!("no report: {output}"));
    (status.code(), serde_json::from_str(report).unwrap())
}

/// Returns the names of the checks with this verdict.
fn checks<'r>(report: &'r Value, verdict: &str) -> BTreeSet<&'r str> {
    let all = report["checks"].as_array().unwrap().iter();
    all.filter(|check| check["verdict"] == verdict).map(|check| check["check"].as_str().unwrap()).collect()
}

#[test]
fn each_broken_proxy_is_named_and_no_good_one() {
    let sites = Site::ALL.map(Site::start);
    let port = |site: Site| sites[Site::ALL.iter().position(|each| *each == site).unwrap()].port;
    // All wait for 30 seconds at the same time.
    let reports: Vec<(&Case, Option<i32>, Value)> = thread::scope(|scope| {
        let start = |case: &'static Case| {
            let port = port(case.site);
            scope.spawn(move || {
                let nginx = Nginx::changed(port, case.changes);
                let (code, report) = examine(case.url, Some((nginx.tls, &nginx.certificate())));
                (case, code, report)
            })
        };
        let running: Vec<_> = CASES.iter().map(start).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut named = 0;
    for (case, code, report) in &reports {
        let faults = checks(report, "fault");
        assert_eq!(faults, case.faults.iter().copied().collect(), "{}: {report:#}", case.name);
        assert_eq!(*code, Some(i32::from(!faults.is_empty())), "{}", case.name);
        named += usize::from(!faults.is_empty());
        assert_eq!(report["proxies"], serde_json::json!(["nginx"]), "{}", case.name);
        if faults.is_empty() {
            assert_eq!(checks(report, "warning"), BTreeSet::new(), "{}: {report:#}", case.name);
            assert_eq!(checks(report, "not tried"), ["streamed responses"].into(), "{}: {report:#}", case.name);
            assert!(report.to_string().contains("2 files are those of this release"), "{}: {report:#}", case.name);
        }
        for check in report["checks"].as_array().unwrap().iter().filter(|check| check["verdict"] == "fault") {
            assert!(check["settings"]["nginx"].is_string(), "{check}");
            assert!(check["settings"].get("Caddy").is_none(), "the proxy named itself: {check}");
        }
    }
    table::row(
        "proxies that doctor examined",
        format!("{named} of 10 broken ones named, 0 of {} good ones", reports.len() - named),
    );
    assert_eq!((named, reports.len()), (10, 13));
    // Nothing of the examinations can be opened, and no part is left.
    for site in &sites {
        assert_eq!(left(site), [0; 3]);
    }
}

/// Returns how many shares of a site are uploading and waiting, and the bytes of all parts.
fn left(server: &Server) -> [u64; 3] {
    let (status, output) = Options::default().data_dir(&server.data_dir).run(&["usage"]);
    assert!(status.success(), "{output}");
    ["uploading", "waiting", "bytes"].map(|name| {
        let line = output.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{output}"));
        line.trim().parse().unwrap()
    })
}

#[test]
fn the_bare_server_has_no_fault_and_all_proxies_are_listed_for_one() {
    let server = Options::default().set("limits_per_address", true).start();
    let (code, report) = examine(&server.url(), None);
    assert_eq!(code, Some(0), "{report:#}");
    assert_eq!((&report["faults"], &report["warnings"]), (&0.into(), &0.into()), "{report:#}");
    assert_eq!(checks(&report, "not tried"), ["HSTS", "https", "streamed responses"].into(), "{report:#}");
    assert_eq!(left(&server), [0; 3]);
}

#[test]
fn what_is_no_site_ends_with_status_2_and_the_reason() {
    let server = Server::start();
    let closed = free_port();
    for (url, reason) in [
        (format!("http://127.0.0.1:{closed}"), "cannot connect"),
        (format!("{}/elsewhere", server.url()), "no OneTimeShare is at this address"),
        (format!("https://127.0.0.1:{}", server.port), "TLS with"),
        (format!("{}/#key", server.url()), "behind"),
    ] {
        let (status, output) = Options::default().run(&["doctor", &url]);
        assert_eq!(status.code(), Some(2), "{output}");
        assert!(output.contains(reason), "{output}");
    }
}
