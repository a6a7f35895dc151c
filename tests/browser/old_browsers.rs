//! Tests browsers that lack features: each sends and opens wholly, or keeps the server's form (docs/browsers.md).

use crate::browser::Browser;
use crate::client::Client;
use crate::contents::{File, Files};
use crate::device::{Device, NO_PICKER, downloaded, each};
use crate::pages::{NewLink, ReceiverPage, SenderPage, StatusPage};
use crate::server::Server;
use crate::table;
use crate::with_permit;
use onetimeshare_envelope::{Claim, Link};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// Everything that came after the oldest versions.
const NEWER: &str = include_str!("newer_features.txt");

const DOCUMENT: &str = include_str!("../../docs/browsers.md");

const MESSAGE: &str = "for an old browser";

/// The features in the table of a section of the document.
fn features(section: &str) -> Vec<&'static str> {
    let (_, rest) = DOCUMENT.split_once(&format!("## {section}\n")).unwrap();
    let table = rest.split("\n## ").next().unwrap();
    table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect()
}

/// A version such as `15.4`, ordered.
fn version(text: &str) -> (u32, u32) {
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    (major.parse().unwrap(), minor.parse().unwrap())
}

/// The cells of a table's rows, without its head.
fn rows(section: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = DOCUMENT.split_once(&format!("## {section}\n")).unwrap();
    let lines = rest.split("\n## ").next().unwrap().lines();
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    lines.filter(|line| line.starts_with("| ") && !line.ends_with("| Samsung |")).map(cells).collect()
}

/// A script that removes features before a page loads, and records whether the page's scripts failed.
fn without(features: &[&str]) -> String {
    format!(
        "window.failed = false;
        for (const name of ['error', 'unhandledrejection']) addEventListener(name, () => (window.failed = true));
        for (const path of {}) {{
            const names = path.split('.');
            const last = names.pop();
            const owner = names.reduce((object, name) => object?.[name], window);
            // The members of windows are own properties.
            if (names[0] === 'Window') delete window[last];
            else if (owner) delete owner[last];
        }}",
        json!(features)
    )
}

/// Replaces the scripts that run at the start of pages by one.
struct Replaced<'b> {
    browser: &'b Browser,
    current: Option<Value>,
}

impl Replaced<'_> {
    fn with(&mut self, source: &str) {
        if let Some(current) = self.current.take() {
            self.browser.cdp("Page.removeScriptToEvaluateOnNewDocument", current);
        }
        let added = self.browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        self.current = Some(added);
    }
}

/// Waits until the create page's scripts have taken the form over, or will not.
async fn decided(browser: &Browser) -> bool {
    let decided = "failed || document.querySelector('main').dataset.scripts === 'none' ? 'server'
        : document.querySelector('.locking')?.dataset.locking === 'browser' ? 'browser' : null";
    browser.until_some(decided).await == "browser"
}

/// Opens a share as a client without scripts, and fails unless it holds the message and this file.
fn arrived(client: &Client, made: &NewLink, file: &[u8], what: &str) {
    let link = Link::parse(&made.link).unwrap();
    let claim = Claim::random().unwrap().expose();
    let fields = [("nonce", &*claim), ("link", &*made.link), ("password", "")];
    let opened = client.form(&format!("/s/{}", link.id), "application/json", &fields);
    assert_eq!(opened.status, 200, "{what}: {}", opened.text());
    assert_eq!(opened.json()["message"], MESSAGE, "{what}");
    assert_eq!(opened.json()["files"], json!([{ "n": 1, "name": "one.bin" }]), "{what}");
    let saved = client.form(&format!("/s/{}/files/1", link.id), "text/html", &fields);
    assert!(saved.status == 200 && saved.body == file, "{what}: the file arrived whole");
}

/// Writes a message, chooses a file and sends both.
async fn send(browser: &Browser, server: &Server, file: &Path) -> NewLink {
    let sender = SenderPage(browser);
    sender.write(MESSAGE).await;
    sender.choose(&[file]).await;
    let made = sender.make().await;
    assert!(made.link.starts_with(&server.url()), "{made:?}");
    made
}

#[test]
fn each_needed_feature_is_tried_before_a_form_is_taken_over() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let device = Device::new();
        let one = File::of("one.bin", "some bytes");
        let path = device.put(&one);
        let browser = Browser::start().await;
        for piece in ["TypeError", "ReferenceError", "is not a function", "Uncaught"] {
            browser.expect(piece);
        }
        let mut start = Replaced { browser: &browser, current: None };
        let needed = features("Needed");
        for feature in &needed {
            println!("without {feature}");
            start.with(&without(&[feature]));
            browser.goto(&server.url()).await;
            assert!(!decided(&browser).await, "{feature}: the form was taken over");
            assert!(browser.is_visible("#files-input").await && browser.is_visible(".locking [data-by=server]").await);
            let made = send(&browser, &server, &path).await;
            arrived(&client, &made, b"some bytes", feature);

            let share = Files::with(Some(MESSAGE), vec![one.clone()], 3_600);
            share.send(&client);
            browser.goto("about:blank").await;
            browser.goto(&share.share.link.url(&server.url())).await;
            browser.until("failed || document.querySelector('main').dataset.scripts === 'none'").await;
            // The style sheet hides the server's form while scripts may still come.
            browser.wait_for("#ask #link").await;
            assert!(browser.is_visible("#ask form[method=post]").await, "{feature}: the form was taken over");
        }
        table::row("features of browsers removed one by one: sent wholly by the server's form", needed.len());
        browser.close().await;
    });
}

#[test]
fn each_other_feature_may_be_missing() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let device = Device::new();
        let path = device.put(&File::of("one.bin", "some bytes"));
        let browser = Browser::start().await;
        let mut start = Replaced { browser: &browser, current: None };
        // A browser that enforces the policy but has no object for it does not exist.
        browser.expect("This document requires 'TrustedScriptURL' assignment");
        let optional = features("Used where present");
        for feature in &optional {
            println!("without {feature}");
            start.with(&without(&[feature]));
            browser.goto(&server.url()).await;
            assert!(decided(&browser).await, "{feature}: the form was not taken over");
            let made = send(&browser, &server, &path).await;
            arrived(&client, &made, b"some bytes", feature);
            StatusPage(&browser).visit(&made.status, true).await;
            StatusPage(&browser).says("Opened, files still kept").await;

            let receiver = ReceiverPage(&browser);
            let folder = TempDir::new().unwrap();
            browser.downloads_to(folder.path());
            start.with(&format!("{NO_PICKER}{}", without(&[feature])));
            let share = Files::with(Some(MESSAGE), vec![File::of("two.bin", "more bytes")], 3_600);
            share.send(&client);
            assert_eq!(receiver.open(&share.share.link.url(&server.url()), true, None).await, MESSAGE, "{feature}");
            receiver.save("two.bin").await;
            receiver.row_shows("two.bin", "Saved.").await;
            downloaded(folder.path(), &[File::of("two.bin", "more bytes")]).await;
            browser.click("[data-action=clear]").await;
        }
        table::row("features of browsers removed one by one: sent and opened by scripts", optional.len());
        browser.close().await;
    });
}

#[test]
fn a_browser_of_the_oldest_version_sends_and_opens_everything() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let files = [File::made("one.bin", 3_000_000, 1), File::of("two.txt", "two")];
        let paths = device.put_all(&files);
        let newer: Vec<&str> = NEWER.lines().collect();
        let browser = Browser::start().await;
        browser.at_start_of_pages(&without(&newer));
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        let gone = "[Array.prototype.at, AbortSignal.prototype.throwIfAborted, crypto.randomUUID, navigator.locks,
            window.showSaveFilePicker].every((feature) => feature === undefined)";
        assert_eq!(browser.eval(gone).await, true, "the features are removed");
        sender.write(MESSAGE).await;
        sender.protect("correct horse").await;
        sender.choose(&each(&paths)).await;
        sender.chosen(2).await;
        let made = sender.make().await;
        browser.click("[data-action=copy-status]").await;

        let other = Browser::start().await;
        other.at_start_of_pages(&without(&newer));
        let folder = TempDir::new().unwrap();
        other.downloads_to(folder.path());
        let receiver = ReceiverPage(&other);
        assert_eq!(receiver.open(&made.link, true, Some("correct horse")).await, MESSAGE);
        for name in ["one.bin", "two.txt"] {
            receiver.save(name).await;
            receiver.row_shows(name, "Saved.").await;
        }
        downloaded(folder.path(), &files).await;
        // The page cannot know whether the browser's own downloads are complete.
        let note = other.text("main [data-slot=downloaded]").await;
        assert_eq!(note, "All files went to your downloads. Check that they open.");
        assert_eq!(other.text("button.main[data-action=clear]").await, "I have them all. Delete them");
        other.click("[data-action=clear]").await;
        other.heading("All done").await;
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened and deleted").await;
        other.close().await;
        browser.close().await;
        table::row("features newer than the oldest browsers, removed at once", newer.len());
    });
}

#[test]
fn the_table_of_needed_features_is_the_one_that_is_tried() {
    let source = include_str!("../../static/js/lib/features.js");
    let (_, rest) = source.split_once("NEEDED = [").unwrap();
    let list = rest.split(']').next().unwrap();
    let tried: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(features("Needed"), tried);
}

#[test]
fn the_oldest_versions_are_those_of_the_features_used() {
    let (oldest, language): (Vec<_>, Vec<_>) =
        rows("Oldest versions").into_iter().skip(1).partition(|row| row.len() == 3);
    for (column, row) in oldest.iter().enumerate() {
        let used = language.iter().cloned().chain(rows("Needed"));
        let newest = used.map(|row| version(row[column + 1])).max();
        assert_eq!(newest, Some(version(row[1])), "{}", row[0]);
    }
    let readme = include_str!("../../README.md");
    let said = ["Chrome", "Firefox", "Safari", "Samsung Internet"].iter().zip(&oldest);
    let said: Vec<_> = said.map(|(name, row)| format!("{name} {}", row[1])).collect();
    assert!(readme.contains(&said.join(", ")), "README.md names {said:?}");

    // Newer syntax would stop the scripts before they try anything.
    let mut sources = Vec::new();
    for folder in ["", "behaviours", "lib", "pages"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/js").join(folder);
        sources.extend(folder.read_dir().unwrap().map(|entry| entry.unwrap().path()));
    }
    for script in sources.iter().filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(script).unwrap();
        // Static blocks (Chrome 94), import attributes (123), and `#name in` (91).
        for syntax in ["static {", "with { type", "using "] {
            assert!(!text.lines().any(|line| line.trim_start().starts_with(syntax)), "{}: {syntax}", script.display());
        }
        let asks = |word: &str| word.strip_prefix('#').and_then(|rest| rest.split_once(" in ")).is_some();
        assert!(!text.split(['(', '!']).any(asks), "{}: #name in", script.display());
    }
}
