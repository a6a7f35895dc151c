//! Tests the installed web app: offline use, and downloads through its service worker.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::contents::{File, Files};
use crate::device::LOST;
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::{Options, Server};
use crate::with_permit;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Waits until the service worker controls navigations.
pub async fn worker(browser: &Browser) {
    browser.until("navigator.serviceWorker.getRegistrations().then((all) => globalThis.found = all) && globalThis.found?.[0]?.active?.state === 'activated'").await;
}

/// Returns the URLs in the service worker's cache, without release hashes.
pub async fn kept(browser: &Browser) -> Value {
    let look = "const found = [];
        for (const name of await caches.keys())
          for (const { url } of await (await caches.open(name)).keys())
            found.push(new URL(url).pathname.replace(/[0-9a-f]{12}/, '*'));
        return found.sort();";
    browser.run_async(look, Vec::new()).await
}

#[test]
fn the_site_is_installable() {
    with_permit(async {
        let server = Options::default().set("site_name", "\"Acme\"").start();
        let browser = Browser::start().await;
        SenderPage(&browser).visit(&server.url(), true).await;
        worker(&browser).await;
        let found = browser.cdp("Page.getAppManifest", json!({}));
        assert_eq!(found["errors"], json!([]));
        assert_eq!(found["url"], format!("{}/manifest.webmanifest", server.url()));
        let manifest: Value = serde_json::from_str(found["data"].as_str().unwrap()).unwrap();
        assert_eq!(manifest["name"], "Acme");
        assert_eq!(browser.cdp("Page.getInstallabilityErrors", json!({}))["installabilityErrors"], json!([]));
        assert_eq!(
            browser
                .eval("[...document.querySelectorAll('meta[name=theme-color]')].map((tag) => [tag.media, tag.content])")
                .await,
            json!([["(prefers-color-scheme: light)", "#f7f4ee"], ["(prefers-color-scheme: dark)", "#0e1513"]])
        );
        browser.close().await;
    });
}

#[test]
fn an_offline_visit_shows_the_offline_page_and_recovers() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        browser.expect(LOST);
        let (opened, waiting) = (Share::new("opened before"), Share::new("still there"));
        client.create(&opened);
        client.create(&waiting);
        let receiver = ReceiverPage(&browser);
        receiver.open(&opened.link.url(&proxy.url()), true, None).await;
        receiver.clear().await;
        worker(&browser).await;

        proxy.lose(" HTTP/1.1");
        let link = waiting.link.url(&proxy.url());
        for address in [format!("{}/", proxy.url()), format!("{}/status#x", proxy.url()), link.clone()] {
            browser.goto("about:blank").await;
            browser.goto(&address).await;
            browser.heading("You are offline").await;
            assert_eq!(browser.address().await, address);
            assert_eq!(browser.text("main p").await, "OneTimeShare needs the internet. Waiting links are safe.");
            assert_ne!(
                browser.eval("getComputedStyle(document.querySelector('main')).maxInlineSize").await,
                "none",
                "the page is styled"
            );
        }
        // Neither the skip link nor a retry loses the key.
        browser.run("document.querySelector('.skip').click()", Vec::new()).await;
        browser.to_next_page(browser.click("[data-action=again]")).await;
        browser.heading("You are offline").await;
        assert_eq!(browser.address().await, link);
        proxy.mend();
        browser.click("[data-action=again]").await;
        browser.wait_for("#open [data-action=open]").await;
        receiver.press().await;
        assert_eq!(receiver.message().await, "still there");
        receiver.clear().await;

        // No share page and no API response.
        assert_eq!(
            kept(&browser).await,
            json!(["/assets/*/css/app.css", "/assets/*/img/favicon.svg", "/assets/*/js/pages/offline.js", "/offline"])
        );
        browser.goto(&format!("{}/offline", proxy.url())).await;
        browser.click("[data-action=again]").await;
        browser.heading("Send something that opens once").await;
        browser.close().await;
    });
}

/// Waits until a file is completely downloaded and returns its bytes.
async fn arrived(folder: &TempDir, name: &str, size: u64) -> Vec<u8> {
    let path = folder.path().join(name);
    let end = Instant::now() + Duration::from_secs(30);
    while path.metadata().map_or(0, |found| found.len()) != size || folder.path().read_dir().unwrap().count() != 1 {
        assert!(Instant::now() < end, "timed out waiting for {name}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    std::fs::read(path).unwrap()
}

#[test]
fn where_pages_cannot_write_files_the_service_worker_streams_a_download() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        browser.at_start_of_pages("delete window.showSaveFilePicker; delete window.showDirectoryPicker;");
        let receiver = ReceiverPage(&browser);
        // The first visit installs the service worker; the second is served by it.
        for visit in 0..2 {
            let folder = TempDir::new().unwrap();
            browser.downloads_to(folder.path());
            let file = File::made("Größe's (1).bin", 3_000_000, visit);
            let sent = Files::with(Some("with a file"), vec![file.clone()], 3_600);
            sent.send(&client);
            receiver.open(&sent.share.link.url(&server.url()), true, None).await;
            assert_eq!(browser.eval("navigator.serviceWorker.controller !== null").await, visit == 1);
            receiver.save(&file.name).await;
            receiver.row_shows(&file.name, "Saved.").await;
            let mut wanted = Vec::new();
            std::io::Read::read_to_end(&mut file.read(), &mut wanted).unwrap();
            assert!(arrived(&folder, &file.name, file.size).await == wanted, "the bytes are the same");
            // Only the user knows whether the browser's download is on disk, so the page asks.
            assert!(!browser.is_visible("[data-slot=kept]").await);
            browser.click("[data-action=clear]").await;
            browser.heading("All done").await;
        }
        browser.close().await;
    });
}
