//! Journeys with files in every browser engine (`OTS_BROWSER`), and what differs between engines.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{Device, MIB, NO_PICKER, downloaded, each, until};
use crate::engines::Engine;
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::Server;
use crate::table;
use crate::with_permit;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Prints the row of a journey that went through `done` times.
pub fn row(browser: &Browser, what: &str, scripts: (bool, bool), done: usize) {
    let scripts = match scripts {
        (true, true) => "scripts on both sides",
        (false, false) => "no scripts",
        (true, false) => "scripts of the sender only",
        (false, true) => "scripts of the receiver only",
    };
    let (engine, version) = (Engine::chosen(), browser.version());
    table::row(&format!("journey in {engine:?}: {what}, {scripts}"), format!("{done} of {done} in {version}"));
}

/// Clicks by script: geckodriver's own click waits for a download that streams.
async fn press(browser: &Browser, expression: &str) {
    browser.run(&format!("({expression}).click()"), Vec::new()).await;
}

/// Waits until a file is whole in a folder.
async fn downloaded_one(folder: &Path, file: &File) {
    let length = || folder.join(&file.name).metadata().map_or(0, |found| found.len());
    until("a download", || length() == file.size).await;
}

/// Sends two files with a message and a password, and saves them; each side with or without scripts.
async fn journey(sender_scripts: bool, receiver_scripts: bool) {
    let server = Server::start();
    let device = Device::new();
    let files = [File::made("ride.bin", 3 * MIB + 5, 3), File::of("two.txt", "two")];
    let sender = if sender_scripts { Browser::start().await } else { Browser::without_scripts().await };
    let page = SenderPage(&sender);
    page.visit(&server.url(), sender_scripts).await;
    page.write("with files").await;
    page.protect("correct horse").await;
    page.choose(&each(&device.put_all(&files))).await;
    let made = page.make().await;
    sender.close().await;

    let browser = if receiver_scripts { Browser::start().await } else { Browser::without_scripts().await };
    if receiver_scripts && Engine::chosen() == Engine::Chromium {
        // A driver cannot operate its file dialogs.
        browser.at_start_of_pages(NO_PICKER);
    }
    let folder = browser.downloads();
    let receiver = ReceiverPage(&browser);
    assert_eq!(receiver.open(&made.link, receiver_scripts, Some("correct horse")).await, "with files");
    for (n, file) in files.iter().enumerate() {
        let save = "querySelector('[data-action=save], form button')";
        press(&browser, &format!("document.querySelectorAll('main .rows > li')[{n}].{save}")).await;
        if receiver_scripts {
            receiver.row_shows(&file.name, "Saved.").await;
        }
        // A second form that is posted meanwhile would take the place of the first.
        downloaded_one(&folder, file).await;
    }
    downloaded(&folder, &files).await;
    if receiver_scripts {
        browser.click("[data-action=clear]").await;
        browser.heading("All done").await;
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened and deleted").await;
    }
    row(&browser, "two files, a message and a password", (sender_scripts, receiver_scripts), 1);
    browser.close().await;
}

#[test]
fn files_go_from_browser_to_browser() {
    with_permit(journey(true, true));
}

#[test]
fn files_go_from_browser_to_browser_without_scripts() {
    with_permit(journey(false, false));
}

#[test]
fn a_file_overwritten_in_place_while_it_is_sent_is_noticed() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let device = Device::new();
        let path = device.put(&File::made("mixed.bin", 20 * MIB, 1));
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.choose(&[&path]).await;
        sender.chosen(1).await;
        for part in 6..9 {
            proxy.hold(&format!("/parts/{part} "));
        }
        browser.click("#create button.main").await;
        until("the held parts", || proxy.count("/parts/8 ") > 0).await;
        // Other bytes of the same size, as a program writes that keeps its file open.
        let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        for _ in 0..20 {
            file.write_all(&vec![7; usize::try_from(MIB).unwrap()]).unwrap();
        }
        drop(file);
        proxy.mend();
        let said = "mixed.bin has changed. Choose it again";
        browser.until(&format!("document.querySelector('#files-problem')?.innerText.includes({said:?})")).await;
        row(&browser, "a file overwritten while it is sent is noticed", (true, true), 1);
        browser.close().await;
    });
}
