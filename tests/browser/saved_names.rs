//! Tests the names under which files are saved, and what the pages say about them.

use crate::browser::Browser;
use crate::client::Client;
use crate::contents::{File, Files};
use crate::device::{NO_PICKER, PICKER, downloaded, saved, whole};
use crate::files_saving::sent;
use crate::pages::ReceiverPage;
use crate::server::Server;
use crate::with_permit;
use serde_json::json;
use tempfile::TempDir;

const RENAMED: &str = "We changed this name so that every device can save it.";
const PROGRAM: &str = "A program. Only run it if you trust the sender.";

/// Name, name it is saved under, and what its row says.
const NAMES: [(&str, &str, &[&str]); 8] = [
    ("plain.txt", "plain.txt", &[]),
    ("CON", "CON_", &[RENAMED]),
    ("nul.txt", "nul_.txt", &[RENAMED]),
    ("x.lnk", "x.lnk_", &[RENAMED, PROGRAM]),
    ("~$doc.docx", "_$doc.docx", &[RENAMED]),
    ("..x", ".x", &[RENAMED]),
    ("invoice.pdf%2eexe", "invoice.pdf_2eexe", &[RENAMED, PROGRAM]),
    ("setup.exe", "setup.exe", &[PROGRAM]),
];

fn files(name: impl Fn(usize) -> &'static str) -> Vec<File> {
    (0..NAMES.len()).map(|n| File::of(name(n), format!("content {n}"))).collect()
}

/// What each row says below its name and buttons.
const SAYS: &str = "[...document.querySelectorAll('main .rows > li')].map((row) =>
    [...row.querySelectorAll('p')].filter((line) => !line.hidden).map((line) => line.textContent))";

#[test]
fn files_are_saved_under_names_that_every_system_takes_and_a_changed_name_is_said() {
    with_permit(async {
        let server = Server::start();
        let kept = files(|n| NAMES[n].1);
        let says = json!(NAMES.map(|(_, _, says)| says));
        let (_, link) = sent(&server, &server.url(), &files(|n| NAMES[n].0));
        let browser = Browser::start().await;
        browser.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        receiver.has("nul_.txt").await;
        assert_eq!(browser.eval(SAYS).await, says);
        browser.click("[data-action=save-all]").await;
        receiver.confirmed().await;
        assert_eq!(saved(&browser).await, whole(&kept));
        browser.close().await;

        // Downloads by the service worker.
        let (_, link) = sent(&server, &server.url(), &files(|n| NAMES[n].0));
        let (browser, folder) = (Browser::start().await, TempDir::new().unwrap());
        browser.at_start_of_pages(NO_PICKER);
        browser.downloads_to(folder.path());
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        // Chromium asks before it keeps a program, and saves no name with a dot before it.
        let usual: Vec<_> = kept[..7].iter().filter(|file| !file.name.starts_with('.')).cloned().collect();
        for File { name, .. } in &usual {
            receiver.has(name).await;
            receiver.save(name).await;
            receiver.row_shows(name, "Saved.").await;
        }
        downloaded(folder.path(), &usual).await;
        browser.close().await;

        // Without scripts.
        let share = Files::with(None, files(|n| NAMES[n].0), 3_600);
        share.send(&Client::new(server.url()));
        let browser = Browser::without_scripts().await;
        let receiver = ReceiverPage(&browser);
        receiver.follow(&share.share.link.url(&server.url()), false).await;
        receiver.press().await;
        browser.until("document.querySelectorAll('main .rows > li').length === 8").await;
        assert_eq!(browser.eval(SAYS).await, says);
        let names = "[...document.querySelectorAll('main .rows .name')].map((name) => name.textContent)";
        assert_eq!(browser.eval(names).await, json!(NAMES.map(|(_, name, _)| name)));
        browser.close().await;
    });
}
