//! Tests the transfer size of pages against their budgets.

use crate::browser::Browser;
use crate::client::{Client, Response, Share};
use crate::server::Server;
use crate::with_permit;
use flate2::Compression;
use flate2::write::GzEncoder;
use onetimeshare_envelope::request::PrivateLink;
use serde_json::Value;
use std::io::Write as _;

const KB: usize = 1_000;
const HTML: usize = 7 * KB;
const CSS: usize = 6_300;
/// Both arrive in the first flight of a connection.
const FIRST: usize = 14 * KB;
const SCRIPTS: usize = 30 * KB;
const LAZY: usize = 60 * KB;
const REQUESTS: usize = 8;
/// Sum of the layout shifts while a page loads; 0.1 is the most that counts as good.
const SHIFT: f64 = 0.07;

/// Size of a response with gzip, whether the server or a proxy compresses it.
fn gzipped(response: &Response) -> usize {
    assert_eq!(response.status, 200);
    if response.header("content-encoding") == Some("gzip") {
        return response.body.len();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&response.body).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn pages_stay_within_their_budgets() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("weigh me");
        client.create(&share);
        let status = format!("/status#{}", share.status_fragment());
        let link = share.link.url("");
        let give = PrivateLink::random().unwrap().keys().give_link().url("");
        let mut over = Vec::new();
        for (name, path, ready) in [
            ("create", "/", ".locking[data-locking=browser]"),
            ("open", &*link, "#open [data-action=open]"),
            ("status", &*status, "[data-slot=checked-at]"),
            ("about", "/about", "h1"),
            ("request", "/request", ".locking[data-locking=browser]"),
            ("give", &*give, "[data-action=look]"),
        ] {
            browser.goto("about:blank").await;
            browser.cdp("Network.clearBrowserCache", serde_json::json!({}));
            browser.goto(&format!("{}{path}", server.url())).await;
            browser.wait_for(ready).await;
            let entries = browser
                .eval(
                    "performance.getEntriesByType('resource').filter((entry) => !entry.name.includes('/api/'))
                        .map((entry) => new URL(entry.name).pathname)",
                )
                .await;
            let paths: Vec<&str> = entries.as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let weigh = |path: &str| {
                let response = client.send("GET", path, &[("Accept-Encoding", "br")], None);
                assert_eq!(response.header("content-encoding"), Some("br"), "{path} is compressed");
                response.body.len()
            };
            let sum =
                |end: &str| paths.iter().filter(|path| path.ends_with(end)).map(|path| weigh(path)).sum::<usize>();
            let html = gzipped(&client.get(path.split('#').next().unwrap()));
            let (css, scripts, requests) = (sum(".css"), sum(".js"), paths.len() + 1);
            println!("{name}: html {html} B, css {css} B, scripts {scripts} B, {requests} requests");
            for (what, found, most) in
                [("html", html, HTML), ("css", css, CSS), ("both", html + css, FIRST), ("scripts", scripts, SCRIPTS)]
            {
                if found > most {
                    over.push(format!("{name}: {what} {found} > {most}"));
                }
            }
            if requests > REQUESTS {
                over.push(format!("{name}: {requests} requests > {REQUESTS}"));
            }
            if name == "create" {
                let base = paths.iter().find_map(|path| path.split_once("/js/")).unwrap().0;
                let lazy: usize = ["password", "passphrase", "matching"]
                    .iter()
                    .map(|file| weigh(&format!("{base}/js/lib/{file}.js")))
                    .sum();
                println!("lazily loaded code: {lazy} B");
                assert!(lazy <= LAZY);
                assert!(!paths.iter().any(|path| path.contains("passphrase")), "the word list is loaded lazily");
            }
        }
        assert!(over.is_empty(), "{over:#?}");
        browser.close().await;
    });
}

#[test]
fn pages_hardly_shift_while_they_load() {
    with_permit(async {
        let server = Server::start();
        let share = Share::new("stay where you are");
        Client::new(server.url()).create(&share);
        let browser = Browser::start().await;
        browser.width(412, 823);
        browser.at_start_of_pages(
            "window.shifts = 0;
            new PerformanceObserver((list) => {
                for (const { value } of list.getEntries()) window.shifts += value;
            }).observe({ type: 'layout-shift', buffered: true });",
        );
        let link = share.link.url(&server.url());
        for (url, ready) in [(&server.url(), ".locking[data-locking=browser]"), (&link, "#open [data-action=open]")] {
            browser.goto("about:blank").await;
            browser.goto(url).await;
            browser.wait_for(ready).await;
            let drawn = "await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));";
            browser.run_async(drawn, Vec::new()).await;
            let shifts = browser.eval("shifts").await.as_f64().unwrap();
            assert!(shifts < SHIFT, "{ready}: {shifts}");
        }
        // Shifts are noticed.
        let push = "const box = document.createElement('textarea'); box.rows = 12; document.body.prepend(box);";
        browser.run(push, Vec::new()).await;
        browser.until(&format!("shifts > {SHIFT}")).await;
        browser.close().await;
    });
}
