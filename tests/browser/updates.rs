//! Tests pages of one release whose server was replaced by another release.

use crate::browser::Browser;
use crate::contents::File;
use crate::default_proxies::{Nginx, window};
use crate::device::{Device, MIB};
use crate::files_saving::sent;
use crate::pages::{ReceiverPage, SenderPage};
use crate::ports::free_port;
use crate::server::{self, Server};
use crate::with_permit;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const OLD: &str = "This page is from before an update.";

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The static files of another release, which has one more.
fn next_release(folder: &Path) -> PathBuf {
    let files = folder.join("static");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("static"), &files);
    std::fs::write(files.join("img/next.svg"), "<svg/>").unwrap();
    files
}

/// The build in the addresses of the page's scripts.
async fn build(browser: &Browser) -> String {
    let script = browser.eval("document.querySelector('script[type=module]').src").await;
    script.as_str().unwrap().split("/assets/").nth(1).unwrap()[..12].to_owned()
}

#[test]
fn a_page_that_gets_the_scripts_of_another_release_sends_nothing_and_says_that_it_is_old() {
    with_permit(async {
        let (folder, old) = (TempDir::new().unwrap(), Server::start());
        let new = server::Options::default().set("static_dir", next_release(folder.path()).display()).start();
        let (_, link) = sent(&old, &old.url(), &[File::of("one.txt", "one")]);
        // During a rolling upgrade each request goes to either server.
        let nginx =
            Nginx::before(old.port, &format!("location /assets/ {{ proxy_pass http://127.0.0.1:{}; }}", new.port));
        let site = nginx.url();
        let browser = window().await;
        let to_link = link.replace(&old.url(), &site);
        for page in [format!("{site}/"), to_link, format!("{site}/status")] {
            browser.goto(&page).await;
            browser.until(&format!("document.querySelector('main > [role=alert]')?.innerText.includes({OLD:?})")).await;
            let enabled =
                "[...document.forms].flatMap((form) => [...form.elements]).filter((field) => !field.disabled)";
            assert_eq!(browser.eval(&format!("{enabled}.length")).await, 0, "{page}: the forms send nothing");
            browser.run("document.documentElement.left = true", Vec::new()).await;
            browser.click("main > [role=alert] button").await;
            browser.until("!document.documentElement.left && document.readyState === 'complete'").await;
        }
        browser.close().await;
    });
}

#[test]
fn a_page_from_before_an_update_sends_messages_and_says_why_it_cannot_send_files() {
    with_permit(async {
        let (folder, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let device = Device::new();
        let port = free_port();
        let mut old = server::Options::default().data_dir(data.path()).set("port", port).start();
        let site = old.url();
        let (_, link) = sent(&old, &site, &[File::made("one.bin", MIB, 1)]);
        let (browser, receiver) = (Browser::start().await, Browser::start().await);
        let sender = SenderPage(&browser);
        sender.visit(&site, true).await;
        let before = build(&browser).await;
        ReceiverPage(&receiver).follow(&link, true).await;

        assert!(old.terminate().success());
        let next = next_release(folder.path()).display().to_string();
        let new = server::Options::default().data_dir(data.path()).set("static_dir", next).set("port", port).start();

        sender.write("typed before").await;
        sender.choose(&[&device.put(&File::made("big.bin", MIB, 1))]).await;
        sender.chosen(1).await;
        browser.click("#create button.main").await;
        browser
            .until(&format!(
                "document.querySelector('main [data-slot=trouble]')?.innerText.includes('{OLD} Load it again')"
            ))
            .await;
        assert_eq!(browser.eval("document.getElementById('message').value").await, "typed before");

        // The page of the receiver loaded its code before it opens anything.
        ReceiverPage(&receiver).press().await;
        ReceiverPage(&receiver).has("one.bin").await;

        browser.run("window.onbeforeunload = null", Vec::new()).await;
        browser.goto("about:blank").await;
        sender.visit(&site, true).await;
        assert_ne!(build(&browser).await, before);
        sender.write("typed after").await;
        sender.choose(&[&device.put(&File::made("big.bin", MIB, 1))]).await;
        sender.make().await;
        browser.close().await;
        receiver.close().await;
        drop(new);
    });
}
