//! Tests that the status link stays out of the browser's history.

use crate::browser::{Browser, Options};
use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::pages::{SenderPage, StatusPage};
use crate::server::Server;
use crate::with_permit;
use serde_json::json;

/// URLs of the tab's history.
fn history(browser: &Browser) -> String {
    let found = browser.cdp("Page.getNavigationHistory", json!({}));
    found["entries"].as_array().unwrap().iter().map(|entry| entry["url"].to_string()).collect()
}

async fn copy_link(browser: &Browser) {
    browser.click("[data-action=copy]").await;
    browser.until("document.querySelector('[data-action=copy]').textContent === 'Copied'").await;
}

#[test]
fn the_status_page_gets_its_link_without_the_history() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        let status = StatusPage(&browser);
        let first = sender.send(&proxy.url(), true, "watched", None).await;
        copy_link(&browser).await;
        browser.to_next_page(browser.click("[data-action=open-status]")).await;
        status.says("Not opened yet").await;
        let page = format!("{}/status", proxy.url());
        assert_eq!(browser.address().await, page);
        assert_eq!(browser.eval("sessionStorage.length").await, 0);
        for _ in 0..2 {
            browser.reload().await;
            status.says("Not opened yet").await;
        }
        // A second share in this tab, and back to the first.
        let second = sender.send(&proxy.url(), true, "watched too", None).await;
        copy_link(&browser).await;
        browser.to_next_page(browser.click("[data-action=open-status]")).await;
        status.says("Not opened yet").await;
        assert_eq!(
            Client::new(server.url())
                .bare("DELETE", &format!("/api/v1/shares/{}", second.id()), &second.owner())
                .status,
            204
        );
        status.says("Deleted by you").await;
        browser.run("history.go(-2)", Vec::new()).await;
        status.says("Not opened yet").await;

        // A link that is followed leaves the URL, too.
        status.visit(&second.status, true).await;
        status.says("Deleted by you").await;
        assert_eq!(browser.address().await, page);
        let kept = history(&browser);
        for secret in [first.owner(), second.owner()] {
            assert!(!kept.contains(&secret), "{kept}");
            assert_eq!(proxy.count(&secret), 0, "no request line holds it");
        }
        browser.goto("about:blank").await;
        browser.close().await;
    });
}

/// What the profile's history holds on disk, in the forms of its database files.
fn on_disk(browser: &Browser) -> Vec<u8> {
    let folder = browser.profile().join("Default");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> =
        files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("History")).collect();
    assert!(!files.is_empty(), "the browser keeps no history");
    files.into_iter().flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}

#[test]
fn the_browsers_history_file_holds_no_status_link() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let made = SenderPage(&browser).send(&server.url(), true, "watched", None).await;
        copy_link(&browser).await;
        browser.to_next_page(browser.click("[data-action=open-status]")).await;
        StatusPage(&browser).says("Not opened yet").await;
        // A visit that is written after it.
        browser.goto(&format!("{}/about?after", server.url())).await;
        let find = |what: &str| on_disk(&browser).windows(what.len()).any(|piece| piece == what.as_bytes());
        crate::device::until("the history", || find("/about?after")).await;
        assert!(find("/status"), "the visit is in the history");
        assert!(!find(&made.owner()));
        browser.close().await;
    });
}

#[test]
fn the_status_link_is_copied_from_both_pages() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.at_start_of_pages(
            "if (navigator.clipboard) navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };",
        );
        let made = SenderPage(&browser).send(&server.url(), true, "watched", None).await;
        for page in ["ready", "status"] {
            browser.click("[data-action=copy-status]").await;
            browser.until("globalThis.copied").await;
            assert_eq!(browser.eval("globalThis.copied").await, made.status.as_str(), "{page}");
            if page == "ready" {
                copy_link(&browser).await;
                browser.to_next_page(browser.click("[data-action=open-status]")).await;
                StatusPage(&browser).says("Not opened yet").await;
            }
        }
        browser.goto("about:blank").await;
        browser.close().await;
    });
}

#[test]
fn where_copying_fails_the_status_link_is_selected() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser
            .at_start_of_pages("Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;");
        let made = SenderPage(&browser).send(&server.url(), true, "watched", None).await;
        for page in ["ready", "status"] {
            assert!(!browser.is_visible("main [data-slot=status-here]").await);
            browser.click("[data-action=copy-status]").await;
            let said = browser.text("main [data-slot=status-problem]").await;
            assert_eq!(said, "Copying did not work. The link is selected. Copy it by hand.");
            let selected = "(() => { const field = document.activeElement;
                return field.value.slice(field.selectionStart, field.selectionEnd); })()";
            assert_eq!(browser.eval(selected).await, made.status.as_str(), "{page}");
            if page == "ready" {
                browser.to_next_page(browser.click("[data-action=open-status]")).await;
                StatusPage(&browser).says("Not opened yet").await;
            }
        }
        browser.close().await;
    });
}

#[test]
fn without_scripts_the_status_link_is_shown_and_without_storage_it_works() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::without_scripts().await;
        let made = SenderPage(&browser).send(&server.url(), false, "watched", None).await;
        let shown = browser.eval("document.querySelector('[data-slot=status-here]').value").await;
        assert_eq!(shown.as_str().unwrap().trim(), made.status);
        assert!(browser.is_visible("[data-slot=status-here]").await);
        browser.close().await;

        let browser = Options::default().without_storage().start().await;
        SenderPage(&browser).send(&server.url(), true, "watched", None).await;
        copy_link(&browser).await;
        browser.to_next_page(browser.click("[data-action=open-status]")).await;
        StatusPage(&browser).says("Not opened yet").await;
        assert_eq!(browser.address().await, format!("{}/status", server.url()));
        browser.reload().await;
        StatusPage(&browser).says("Not opened yet").await;
        browser.close().await;
    });
}

#[test]
fn another_language_shows_the_same_share() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("watched");
        client.create(&share);
        let status = StatusPage(&browser);
        status.visit(&format!("{}/status#{}", server.url(), share.status_fragment()), true).await;
        status.says("Not opened yet").await;
        // The site has one language, so that its menu is made here.
        let menu = "const link = document.createElement('a');
            Object.assign(link, { href: '?lang=ar-XB', hreflang: 'ar-XB', textContent: 'x', id: 'language' });
            document.querySelector('footer').append(link);";
        browser.run(menu, Vec::new()).await;
        browser.to_next_page(browser.click("#language")).await;
        browser.until("!document.getElementById('status-form') && document.documentElement.dir === 'rtl'").await;
        assert!(browser.is_visible("[data-action=delete]").await, "the same share");
        assert!(!history(&browser).contains(&share.status_fragment()));
        browser.close().await;
    });
}
