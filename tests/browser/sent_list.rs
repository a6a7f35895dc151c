//! Tests the list of what was sent from a browser: only when asked for, never with a key, and forgotten when told to.

use crate::browser::{Browser, Options};
use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::pages::{NewLink, SenderPage, StatusPage};
use crate::server::Server;
use crate::with_permit;
use onetimeshare_envelope::{Claim, Link};
use serde_json::{Value, json};

/// The list as the browser keeps it, or null.
const KEPT: &str = "localStorage.getItem('list:')";

async fn send(browser: &Browser, site: &str, message: &str) -> NewLink {
    let made = SenderPage(browser).send(site, true, message, None).await;
    browser.click("[data-action=copy]").await;
    browser.until("document.querySelector('[data-action=copy]').textContent === 'Copied'").await;
    made
}

/// The states in the list of the status page, once all are known.
async fn states(browser: &Browser, site: &str) -> Value {
    browser.goto(&format!("{site}/status")).await;
    browser.wait_for("[data-slot=list]").await;
    let found = "[...document.querySelectorAll('[data-slot=list] [data-slot=state]')].map((one) => one.textContent)";
    browser.until(&format!("!{found}.includes('Checking…')")).await;
    browser.eval(found).await
}

#[test]
fn the_list_is_kept_only_when_asked_for_and_holds_no_key() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let (client, site) = (Client::new(server.url()), proxy.url());
        let browser = Browser::start().await;
        send(&browser, &site, "not listed").await;
        assert_eq!(browser.eval(KEPT).await, Value::Null, "off until it is pressed");
        browser.goto(&format!("{site}/status")).await;
        browser.wait_for("#status-form").await;
        assert!(!browser.is_visible("[data-slot=list]").await);

        let first = send(&browser, &site, "the first").await;
        assert_eq!(browser.text("[data-action=keep-list]").await, "Keep a list on this device");
        browser.click("[data-action=keep-list]").await;
        assert!(browser.text("[data-slot=list-kept]").await.starts_with("It is on the list on this device."));
        assert!(!browser.is_visible("[data-action=keep-list]").await);
        let second = send(&browser, &site, "the second").await;
        browser.wait_for("[data-slot=list-kept]").await;

        let kept = browser.eval(KEPT).await.as_str().unwrap().to_owned();
        let entries: Value = serde_json::from_str(&kept).unwrap();
        for (entry, made) in entries.as_array().unwrap().iter().zip([&second, &first]) {
            let names: Vec<_> = entry.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, ["made", "status", "until"]);
            assert_eq!(entry["status"], made.status.split_once('#').unwrap().1);
            let fragment = Link::parse(&made.link).unwrap().fragment();
            assert!(!kept.contains(&fragment) && !kept.contains(&fragment[1..27]), "no key of a link");
        }
        assert_eq!(entries.as_array().unwrap().len(), 2, "the newest first; the one before the press is not listed");
        assert!(!kept.contains("the first"), "no content");

        let mut share = Share::new("the first");
        share.link = Link::parse(&first.link).unwrap();
        assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 200);
        assert_eq!(states(&browser, &site).await, json!(["Not opened yet", "Opened"]));

        // An entry leads to the page of its share, whose link stays out of the URL.
        browser.to_next_page(browser.click("[data-slot=list] li:nth-child(2) [data-action=see]")).await;
        StatusPage(&browser).says("Opened").await;
        assert_eq!(browser.address().await, format!("{site}/status"));
        for secret in [first.owner(), second.owner()] {
            assert_eq!(proxy.count(&format!("status#{secret}")), 0);
        }
        browser.close().await;
    });
}

#[test]
fn entries_are_forgotten_one_by_one_or_all_at_once() {
    with_permit(async {
        let server = Server::start();
        let (client, site) = (Client::new(server.url()), server.url());
        let browser = Browser::start().await;
        send(&browser, &site, "one").await;
        browser.click("[data-action=keep-list]").await;
        let two = send(&browser, &site, "two").await;
        browser.wait_for("[data-slot=list-kept]").await;
        let delete = client.bare("DELETE", &format!("/api/v1/shares/{}", two.id()), &two.owner());
        assert_eq!(delete.status, 204);
        assert_eq!(states(&browser, &site).await, json!(["Deleted by you", "Not opened yet"]));

        browser.click("[data-slot=list] li:nth-child(1) [data-action=forget]").await;
        browser.until("document.getElementById('status').textContent === 'Forgotten'").await;
        assert_eq!(states(&browser, &site).await, json!(["Not opened yet"]));
        let kept = browser.eval(KEPT).await;
        assert!(!kept.as_str().unwrap().contains(&two.owner()), "{kept}");

        browser.click("[data-action=forget-all]").await;
        browser.until("document.getElementById('status').textContent.startsWith('All forgotten.')").await;
        assert!(browser.is_visible("[data-slot=list-empty]").await);
        assert_eq!(browser.eval("document.activeElement.id").await, "list-heading", "the focus is not lost");
        assert_eq!(browser.eval(KEPT).await, Value::Null);
        send(&browser, &site, "three").await;
        assert_eq!(browser.eval(KEPT).await, Value::Null, "off again");
        assert!(browser.is_visible("[data-action=keep-list]").await);
        browser.close().await;
    });
}

#[test]
fn the_list_is_bounded_and_drops_what_has_ended() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        let fill = "const entry = (n, until) => ({ status: `${n}`.padStart(32, '0'), made: n, until });
            const entries = Array.from({ length: 60 }, (_, n) => entry(n, n % 2 ? Date.now() + 1e9 : Date.now() - 1));
            localStorage.setItem('list:', JSON.stringify([...entries, null, 'x', { status: 1 }]));";
        browser.run(fill, Vec::new()).await;
        send(&browser, &server.url(), "the newest").await;
        browser.wait_for("[data-slot=list-kept]").await;
        let lengths = format!("JSON.parse({KEPT}).map((entry) => entry.made)");
        let found = browser.eval(&lengths).await;
        assert_eq!(found.as_array().unwrap().len(), 31, "those that ended are dropped");
        let fill = "const entry = (n) => ({ status: `${n}`.padStart(32, '0'), made: n, until: Date.now() + 1e9 });
            localStorage.setItem('list:', JSON.stringify(Array.from({ length: 60 }, (_, n) => entry(n))));";
        browser.run(fill, Vec::new()).await;
        send(&browser, &server.url(), "the newest").await;
        browser.wait_for("[data-slot=list-kept]").await;
        assert_eq!(browser.eval(&lengths).await.as_array().unwrap().len(), 50, "the oldest are dropped");
        // Another page of the host wrote something that is no list.
        browser.run("localStorage.setItem('list:', '{')", Vec::new()).await;
        browser.goto(&format!("{}/status", server.url())).await;
        browser.wait_for("#status-form").await;
        assert!(!browser.is_visible("[data-slot=list]").await);
        browser.close().await;
    });
}

#[test]
fn where_the_browser_keeps_nothing_the_page_says_so() {
    with_permit(async {
        let server = Server::start();
        let browser = Options::default().without_storage().start().await;
        send(&browser, &server.url(), "not kept").await;
        browser.click("[data-action=keep-list]").await;
        let said = browser.text("[data-slot=list-problem]").await;
        assert_eq!(said, "Your browser keeps no list here. Keep the status link.");
        assert!(!browser.is_visible("[data-slot=list-kept]").await);
        browser.until("document.getElementById('status').textContent.startsWith('Your browser keeps no list')").await;
        browser.close().await;
    });
}
