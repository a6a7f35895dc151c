//! Tests files: upload and download over a breaking network, cancellation, and no-script mode.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{
    Device, HEBREW, HURRY, LOST, MIB, PICKER, big, downloaded, each, part_files, parts_of, saved, until, whole,
};
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::{Options, Server};
use crate::with_permit;
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

/// Timeout for the large file.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn three_files_survive_a_breaking_network_and_arrive_once() {
    with_permit(async {
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
        let proxy = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.choose(&each(&paths)).await;
        sender.chosen(3).await;
        sender.protect("long enough").await;
        sender.write("with three files").await;
        // One connection is cut within a part, another during its response; then the network goes down.
        proxy.cut_request("/parts/2 ", 500_000);
        proxy.drop_response("/parts/3 ");
        proxy.break_at(&format!("/parts/{middle} "), 500_000);
        browser.click("#create button.main").await;
        browser.heading("Locking and sending").await;
        browser
            .until("document.querySelector('main [data-slot=stall]').textContent.startsWith('Sending stopped at ')")
            .await;
        assert!(proxy.cuts() > 3 && proxy.lost() == 1, "{} cuts", proxy.cuts());
        browser.until("document.activeElement.dataset.action === 'again'").await;
        // Two more parts were in transit with the one at which the network broke; those before it have arrived.
        let missing = parts - (part_files(&server).len() - 1);
        assert!(
            missing <= parts - (middle - 3),
            "{missing} of {parts} parts are missing after the break at part {middle}"
        );
        proxy.mend();
        let before = proxy.count("PUT /api/v1/shares/");
        browser.click("[data-action=again]").await;
        let made = sender.made().await;
        let again = proxy.count("PUT /api/v1/shares/") - before;
        assert_eq!(again, missing, "received parts are not sent again, missing ones once");

        let other = Browser::start().await;
        other.expect(LOST);
        other.patience(PATIENCE);
        other.at_start_of_pages(&format!("{HURRY}\n{PICKER}"));
        let receiver = ReceiverPage(&other);
        assert_eq!(receiver.open(&made.link, true, Some("long enough")).await, "with three files");
        other.heading("Here is what they sent").await;
        for file in &files {
            receiver.row_shows(&file.name, "Save").await;
        }
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened, files still kept").await;

        proxy.cut_request("/parts/2 ", 500_000);
        proxy.break_at(&format!("/parts/{middle} "), 500_000);
        let cuts = proxy.cuts();
        receiver.save("holiday.mov").await;
        receiver.row_shows("holiday.mov", "Did not save.").await;
        assert!(proxy.cuts() > cuts + 2, "the network broke");
        assert!(!other.is_visible("[data-slot=kept]").await);
        proxy.mend();
        let before = proxy.count("/parts/1 ");
        receiver.save("holiday.mov").await;
        receiver.row_shows("holiday.mov", "Saved.").await;
        assert_eq!(proxy.count("/parts/1 "), before, "the download resumes where it stopped");
        assert!(!other.is_visible("[data-slot=kept]").await, "two files are still unsaved");
        other.click("[data-action=save-all]").await;
        for file in &files {
            receiver.row_shows(&file.name, "Saved.").await;
        }
        receiver.confirmed().await;
        assert_eq!(other.text("[data-slot=kept]").await, "All saved. Deleted from OneTimeShare.");
        assert_eq!(saved(&other).await, whole(&files));
        status.says("Opened and deleted").await;

        until("deletion of the parts", || part_files(&server).is_empty()).await;
        browser.goto(&made.link).await;
        browser.heading("This was opened").await;
        println!(
            "{} MiB sent and saved; {} connections cut or refused; {again} of {parts} parts sent after the break at part \
             {middle}",
            big() / MIB,
            proxy.cuts()
        );
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn without_scripts_20_mib_are_uploaded_and_downloaded_by_forms() {
    with_permit(async {
        let server = Server::start();
        let (device, downloads) = (Device::new(), TempDir::new().unwrap());
        let file = File::made("Größe & größer.bin", 20 * MIB, 5);
        let path = device.put(&file);
        let browser = Browser::without_scripts().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), false).await;
        sender.protect("long enough").await;
        sender.write("a file sent by a form").await;
        sender.choose(&[&path]).await;
        let made = sender.make().await;

        let other = Browser::without_scripts().await;
        other.downloads_to(downloads.path());
        let receiver = ReceiverPage(&other);
        assert_eq!(receiver.open(&made.link, false, Some("long enough")).await, "a file sent by a form");
        assert_eq!(other.text("main ul.rows li bdi.name").await, file.name);
        other.click("main ul.rows li button").await;
        downloaded(downloads.path(), &[file]).await;
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn cancelling_an_upload_restores_the_form_and_deletes_its_parts() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("long.bin", 24 * MIB, 3));
        let browser = Browser::start().await;
        browser.expect(LOST);
        let proxy = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        sender.write("kept").await;
        proxy.hold("/parts/4 ");
        browser.click("#create button.main").await;
        until("parts to arrive", || part_files(&server).len() >= 2).await;
        browser.click("[data-action=stop]").await;
        proxy.mend();
        assert_eq!(browser.text("[data-slot=stopped]").await, "Stopped. We deleted what had arrived.");
        sender.chosen(1).await;
        assert_eq!(browser.eval("document.getElementById('message').value").await, "kept");
        until("deletion of all parts", || part_files(&server).is_empty()).await;
        // The form still works.
        sender.make().await;
        browser.close().await;
    });
}

#[test]
fn files_can_be_removed_and_excess_files_are_reported_by_name() {
    with_permit(async {
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
        browser.until("document.activeElement.id === 'files'").await;

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
        assert!(!browser.is_visible("#files [data-slot=total]").await);

        sender.choose(&[&large]).await;
        sender.chosen(1).await;
        browser.until(&problem("large.bin is too big. The most is ")).await;
        browser.click("#create button.main").await;
        browser.until("document.activeElement.id === 'files'").await;
        browser.click("#files li [data-action=remove]").await;
        sender.choose(&[&small[0]]).await;
        sender.chosen(1).await;
        sender.make().await;
        browser.close().await;
    });
}
