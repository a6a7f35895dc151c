//! Tests metrics, the access log and its format; none may contain an id, an address or a secret.

use crate::client::{Client, Share};
use crate::server::Options;
use crate::site::{SOON, Site, claim, until};
use onetimeshare_envelope::Link;
use serde_json::Value;

/// Returns the value of a metric, by the beginning of its line.
fn sample(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))?;
    line.rsplit(' ').next()?.parse().ok()
}

fn figure(site: &Client, name: &str) -> f64 {
    let response = site.get("/metrics");
    assert_eq!(response.status, 200);
    sample(&response.text(), name).unwrap_or_else(|| panic!("{name} in\n{}", response.text()))
}

/// Exercises every part of the site and returns what operators must never see.
fn exercise(site: &Site) -> Vec<String> {
    let (opened, deleted, kept) = (Share::new("to be opened"), Share::new("to be deleted"), Share::new("kept"));
    for share in [&opened, &deleted, &kept] {
        site.create(share);
    }
    let receiver = claim();
    assert_eq!(site.peek(&opened).status, 200);
    assert_eq!(site.open(&opened, &receiver).status, 200);
    assert_eq!(site.open(&opened, &claim()).status, 410);
    assert_eq!(site.confirm(&opened, &receiver).status, 204);
    assert_eq!(site.delete(&deleted).status, 204);
    assert_eq!(site.delete(&deleted).status, 204);
    assert_eq!(site.status(&kept).status, 200);
    assert_eq!(site.get(&format!("/s/{}%23SECRETKEY?lang=en", kept.link.id)).status, 200);
    assert_eq!(site.get("/no/such/place?token=SECRETKEY").status, 404);
    let html = site.form("/", "text/html", &[("message", "by a form")]);
    let form = Link::parse(&crate::html::link(&crate::html::page(&html, 200))).unwrap();
    let mut hidden = vec!["SECRETKEY".to_owned(), receiver.expose(), form.id.to_string(), "lang=en".into()];
    for share in [&opened, &deleted, &kept] {
        hidden.push(share.link.id.to_string());
        hidden.push(share.owner.expose());
        hidden.push(share.open_proof());
    }
    hidden
}

#[test]
fn metrics_count_events_and_identify_no_client() {
    let site = Site::embedded(Options::default().set("metrics", true));
    let hidden = exercise(&site);
    assert!((figure(&site, "onetimeshare_shares_created_total") - 4.0).abs() < 0.1);
    assert!((figure(&site, "onetimeshare_shares_opened_total") - 1.0).abs() < 0.1);
    assert!((figure(&site, "onetimeshare_shares_deleted_total") - 1.0).abs() < 0.1);
    assert!((figure(&site, "onetimeshare_shares_waiting") - 2.0).abs() < 0.1);
    assert!(figure(&site, "onetimeshare_shares_expired_total").abs() < 0.1);
    assert!((figure(&site, "onetimeshare_refusals_total{code=\"gone\"}") - 1.0).abs() < 0.1);
    assert!((figure(&site, "onetimeshare_refusals_total{code=\"not_found\"}") - 1.0).abs() < 0.1);
    let peeks = "onetimeshare_requests_total{route=\"/api/v1/shares/<id>/peek\",status=\"200\"}";
    assert!((figure(&site, peeks) - 1.0).abs() < 0.1);
    for name in [
        "onetimeshare_received_bytes_total",
        "onetimeshare_sent_bytes_total",
        "onetimeshare_request_seconds_count",
        "onetimeshare_store_seconds_count{lane=\"quick\"}",
        "onetimeshare_store_queue_seconds_count{lane=\"commit\"}",
        "onetimeshare_start_time_seconds",
        &format!("onetimeshare_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(figure(&site, name) > 0.0, "{name}");
    }
    let response = site.get("/metrics");
    assert!(response.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    assert!(response.text().ends_with("# EOF\n"));
    assert_eq!(hidden.iter().find(|word| response.text().contains(*word)), None);
    assert!(!response.text().contains("127.0.0.1"));
}

#[test]
fn metrics_are_off_by_default_and_can_have_their_own_listener() {
    assert_eq!(Site::embedded(Options::default()).get("/metrics").status, 404);

    let mut site = Site::embedded(Options::default().set("metrics_address", "127.0.0.1:0"));
    assert_eq!(site.get("/metrics").status, 404, "not on the site's port");
    let own = until(SOON, "the address of the metrics", || {
        let log = site.server.log.text();
        let (_, rest) = log.split_once("metrics at ")?;
        Some(rest.split_once("/metrics")?.0.to_owned())
    });
    let own = Client::new(own);
    site.create(&Share::new("counted"));
    assert!((figure(&own, "onetimeshare_shares_created_total") - 1.0).abs() < 0.1);
    assert_eq!(own.get("/").status, 404);
    assert!(site.server.terminate().success());

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (value, word) in
        [(address.as_str(), "listen"), ("9100", "must be an address"), ("localhost:9100", "must be an")]
    {
        let (status, text) = Options::default().set("metrics_address", format!("\"{value}\"")).run(&[]);
        assert!(!status.success() && text.contains("metrics_address") && text.contains(word), "{value}: {text}");
    }
}

#[test]
fn the_access_log_has_one_line_per_request_without_its_path() {
    let mut site = Site::embedded(Options::default().set("access_log", true).set("log_format", "json"));
    let hidden = exercise(&site);
    assert!(site.server.terminate().success());
    let log = site.server.log.wait_for("shutting down");
    assert_eq!(hidden.iter().find(|word| log.contains(*word)), None, "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["message"] == "request").collect();
    assert_eq!(requests.len(), 13, "{log}");
    let peek = requests.iter().find(|line| line["route"] == "/api/v1/shares/<id>/peek").unwrap();
    assert_eq!((&peek["method"], &peek["status"]), (&"POST".into(), &200.into()));
    assert!(peek["sent"].as_u64() > Some(0) && peek["received"].as_u64() > Some(0) && peek["milliseconds"].is_u64());
    assert!(requests.iter().any(|line| line["route"] == "/s/<_path..>"), "{log}");
    assert!(requests.iter().all(|line| !line.to_string().contains("127.0.0.1")), "{log}");
}

#[test]
fn requests_are_not_logged_by_default() {
    let mut site = Site::embedded(Options::default());
    exercise(&site);
    assert!(site.server.terminate().success());
    assert!(!site.server.log.text().contains("request "), "{}", site.server.log.text());
}
