//! Tests files: upload and download over a breaking network, cancellation, and no-script mode.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{
    Device, HEBREW, HURRY, LOST, MIB, PICKER, big, downloaded, each, part_files, parts_of, saved, until, whole,
};
use crate::in_turn;
use crate::pages::{ReaderPage, SenderPage, StatusPage};
use crate::proxy::Proxy;
use crate::server::{Options, Server};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

/// Timeout for the large file.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn three_files_survive_a_breaking_network_and_arrive_once() {
    in_turn(async {
        let server = Server::start();
        let device = Device::new();
        let files = [File::made("holiday.mov", big(), 7), File::of("empty.txt", ""), File::made(HEBREW, 70_001, 9)];
        let paths = device.put_all(&files);
        let parts = parts_of(&files);
        let middle = parts / 2;

        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.patience(PATIENCE);
        browser.at_start_of_pages(HURRY);
        let wire = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&wire.url(), true).await;
        sender.choose(&each(&paths)).await;
        sender.chosen(3).await;
        sender.protect("long enough").await;
        sender.write("with three files").await;
        // One connection is cut within a part, another during its response; then the network goes down.
        wire.cut("/parts/2 ", 500_000);
        wire.lose_answer("/parts/3 ");
        wire.break_at(&format!("/parts/{middle} "), 500_000);
        browser.click("#create button.main").await;
        browser.heading("Locking and sending").await;
        browser
            .until("document.querySelector('main [data-slot=stall]').textContent.startsWith('Sending stopped at ')")
            .await;
        assert!(wire.cuts() > 3 && wire.lost() == 1, "{} cuts", wire.cuts());
        browser.until("document.activeElement.dataset.action === 'again'").await;
        // Two more parts were in transit with the one at which the network broke; those before it have arrived.
        let missing = parts - (part_files(&server).len() - 1);
        assert!(missing <= parts - (middle - 3), "{missing} of {parts} parts are missing, it broke at part {middle}");
        wire.mend();
        let before = wire.count("PUT /api/v1/shares/");
        browser.click("[data-action=again]").await;
        let made = sender.made().await;
        let again = wire.count("PUT /api/v1/shares/") - before;
        assert_eq!(again, missing, "what the server has is not sent again, and what it has not once");

        let other = Browser::start().await;
        other.expect(LOST);
        other.patience(PATIENCE);
        other.at_start_of_pages(&format!("{HURRY}\n{PICKER}"));
        let reader = ReaderPage(&other);
        assert_eq!(reader.open(&made.link, true, Some("long enough")).await, "with three files");
        other.heading("Here is what they sent").await;
        for file in &files {
            reader.row_says(&file.name, "Save").await;
        }
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened, not all files saved").await;

        wire.cut("/parts/2 ", 500_000);
        wire.break_at(&format!("/parts/{middle} "), 500_000);
        let cuts = wire.cuts();
        reader.save("holiday.mov").await;
        reader.row_says("holiday.mov", "Did not save. Try again").await;
        assert!(wire.cuts() > cuts + 2, "the network broke");
        assert!(!other.shows("[data-slot=kept]").await);
        wire.mend();
        let before = wire.count("/parts/1 ");
        reader.save("holiday.mov").await;
        reader.row_says("holiday.mov", "Saved").await;
        assert_eq!(wire.count("/parts/1 "), before, "it goes on where it stopped");
        assert!(!other.shows("[data-slot=kept]").await, "two files are not saved yet");
        other.click("[data-action=save-all]").await;
        for file in &files {
            reader.row_says(&file.name, "Saved").await;
        }
        reader.confirmed().await;
        assert_eq!(other.text("[data-slot=kept]").await, "All saved. Deleted from OneTimeShare.");
        assert_eq!(saved(&other).await, whole(&files));
        status.says("Opened").await;

        until("the parts are deleted", || part_files(&server).is_empty()).await;
        browser.goto(&made.link).await;
        browser.heading("This was opened").await;
        println!(
            "{} MiB sent and saved; {} connections cut or refused; {again} of {parts} parts sent after the break at part \
             {middle}",
            big() / MIB,
            wire.cuts()
        );
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn without_scripts_20_mib_are_uploaded_and_downloaded_by_forms() {
    in_turn(async {
        let server = Server::start();
        let (device, downloads) = (Device::new(), TempDir::new().unwrap());
        let file = File::made("Größe & größer.bin", 20 * MIB, 5);
        let path = device.put(&file);
        let browser = Browser::without_scripts().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), false).await;
        sender.protect("long enough").await;
        sender.write("a file, by form").await;
        sender.choose(&[&path]).await;
        let made = sender.make().await;

        let other = Browser::without_scripts().await;
        other.downloads_to(downloads.path());
        let reader = ReaderPage(&other);
        assert_eq!(reader.open(&made.link, false, Some("long enough")).await, "a file, by form");
        assert_eq!(other.text("main ul.rows li bdi.name").await, file.name);
        other.click("main ul.rows li button").await;
        downloaded(downloads.path(), &[file]).await;
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn cancelling_an_upload_restores_the_form_and_deletes_its_parts() {
    in_turn(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("long.bin", 24 * MIB, 3));
        let browser = Browser::start().await;
        browser.expect(LOST);
        let wire = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&wire.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        sender.write("kept").await;
        wire.hold("/parts/4 ");
        browser.click("#create button.main").await;
        until("parts arrive", || part_files(&server).len() >= 2).await;
        browser.click("[data-action=stop]").await;
        wire.mend();
        assert_eq!(browser.text("[data-slot=stopped]").await, "Stopped. We deleted what had arrived.");
        sender.chosen(1).await;
        assert_eq!(browser.eval("document.getElementById('message').value").await, "kept");
        until("nothing is left", || part_files(&server).is_empty()).await;
        // The form still works.
        sender.make().await;
        browser.close().await;
    });
}

#[test]
fn files_can_be_removed_and_excess_files_are_reported_by_name() {
    in_turn(async {
        let server = Options::default().set("max_files", 2).set("max_size", 3 * MIB).start();
        let device = Device::new();
        let small = ["one.txt", "two.txt", "three.txt"].map(|name| device.put(&File::of(name, name)));
        let large = device.put(&File::made("large.bin", 4 * MIB, 1));
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        let problem =
            |text: &str| format!("document.getElementById('files-problem').textContent.includes({})", json!(text));
        sender.visit(&server.url(), true).await;
        sender.choose(&each(&small)).await;
        sender.chosen(3).await;
        browser.until(&problem("2 files")).await;
        browser.click("#create button.main").await;
        browser.until("document.activeElement.id === 'problems'").await;

        // The focus moves to the next file, and from the last to the file button.
        browser.click("#files li:nth-child(2) [data-action=remove]").await;
        sender.chosen(2).await;
        browser
            .until("document.activeElement === document.querySelector('#files li:nth-child(2) [data-action=remove]')")
            .await;
        browser.until("document.activeElement.closest('li').textContent.includes('three.txt')").await;
        browser.until("document.getElementById('files-problem').textContent === ''").await;
        for left in [1, 0] {
            browser.click("#files li:last-child [data-action=remove]").await;
            sender.chosen(left).await;
            browser.until("document.activeElement.dataset.action === 'choose'").await;
        }
        assert!(!browser.shows("#files [data-slot=total]").await);

        sender.choose(&[&large]).await;
        sender.chosen(1).await;
        browser.until(&problem("large.bin is too big. The most is ")).await;
        browser.click("#create button.main").await;
        browser.see("#problems").await;
        browser.click("#files li [data-action=remove]").await;
        sender.choose(&[&small[0]]).await;
        sender.chosen(1).await;
        sender.make().await;
        browser.close().await;
    });
}
