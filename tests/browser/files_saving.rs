//! Tests the ways to save files: written by the page, streamed to a browser download by the service worker, and from
//! memory; each also with a reload in between.

use crate::browser::Browser;
use crate::client::Client;
use crate::contents::{File, Files};
use crate::device::{
    HEBREW, HURRY, LOST, MIB, NO_PICKER, NO_WORKER, PICKER, downloaded, part_files, saved, until, whole,
};
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, StatusPage};
use crate::server::Server;
use crate::with_permit;
use onetimeshare_envelope::Claim;
use serde_json::json;
use tempfile::TempDir;

/// Whether leaving the page asks for confirmation.
pub const ASKS: &str = "(() => { const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event); return event.defaultPrevented; })()";

/// Whether a row's button shows a download in progress.
const UNDER_WAY: &str = "[...document.querySelectorAll('main [data-slot=label]')]
    .some(({ textContent }) => /^Saving [1-9]\\d?%$/.test(textContent))";

/// Creates a share of these files; returns it with its link.
pub fn sent(server: &Server, at: &str, files: &[File]) -> (Files, String) {
    let share = Files::with(None, files.to_vec(), 3_600);
    share.send(&Client::new(server.url()));
    let link = share.share.link.url(at);
    (share, link)
}

fn status_link(server: &Server, share: &Files) -> String {
    format!("{}/status#{}", server.url(), share.share.owner.expose())
}

/// Ends a download whose completion only the user can confirm: the server keeps the files until then.
pub async fn ends_by_user_confirmation(server: &Server, share: &Files, browser: &Browser) {
    assert!(!browser.is_visible("[data-slot=kept]").await, "the server must not know yet that they are on disk");
    assert_eq!(browser.eval(ASKS).await, false, "leaving the page loses nothing any more");
    let status = Client::new(server.url()).status(&share.share).json();
    assert!(status["opened_at"].is_string() && status.get("confirmed_at").is_none(), "{status}");
    browser.click("[data-action=clear]").await;
    browser.heading("All done").await;
    until("deletion of the parts", || part_files(server).is_empty()).await;
}

#[test]
fn without_a_file_picker_the_service_worker_streams_a_download_over_a_breaking_network() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let folder = TempDir::new().unwrap();
        let files = [File::made("ride.mov", 24 * MIB, 3), File::of("empty.txt", ""), File::made(HEBREW, 70_001, 9)];
        let (share, link) = sent(&server, &proxy.url(), &files);

        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(&format!("{HURRY}\n{NO_PICKER}"));
        browser.downloads_to(folder.path());
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        receiver.has("ride.mov").await;
        assert!(!browser.is_visible("[data-slot=holds]").await, "nothing is buffered in memory");
        proxy.cut_request("/parts/3 ", 500_000);
        proxy.break_at("/parts/12 ", 500_000);
        receiver.save("ride.mov").await;
        receiver.row_shows("ride.mov", "Did not save.").await;
        assert_eq!(browser.eval(ASKS).await, true);
        // The download has started and is stalled.
        let begun = folder.path().read_dir().unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).max();
        assert!(begun.is_some_and(|length| length < files[0].size), "{begun:?}");
        proxy.mend();
        let before = (1..10).map(|n| proxy.count(&format!("/parts/{n} "))).sum::<usize>();
        receiver.save("ride.mov").await;
        receiver.row_shows("ride.mov", "Saved.").await;
        assert_eq!(
            (1..10).map(|n| proxy.count(&format!("/parts/{n} "))).sum::<usize>(),
            before,
            "the download resumes"
        );
        downloaded(folder.path(), &files[..1]).await;
        browser.click("[data-action=save-all]").await;
        for file in &files {
            receiver.row_shows(&file.name, "Saved.").await;
        }
        downloaded(folder.path(), &files).await;
        assert_eq!(proxy.count("GET /save/"), 0, "the server never sees the request");
        ends_by_user_confirmation(&server, &share, &browser).await;
        browser.close().await;
    });
}

#[test]
fn without_file_picker_and_service_worker_files_are_buffered_whole() {
    with_permit(async {
        let server = Server::start();
        let folder = TempDir::new().unwrap();
        let files = [File::made("ride.mov", 12 * MIB, 3), File::of("empty.txt", ""), File::made(HEBREW, 70_001, 9)];
        let (share, link) = sent(&server, &server.url(), &files);
        let browser = Browser::start().await;
        browser.at_start_of_pages(&format!("{NO_PICKER}\n{NO_WORKER}"));
        browser.downloads_to(folder.path());
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        receiver.has("ride.mov").await;
        assert!(!browser.is_visible("[data-slot=holds]").await, "small files give no warning");
        receiver.save("ride.mov").await;
        receiver.row_shows("ride.mov", "Saved.").await;
        downloaded(folder.path(), &files[..1]).await;
        browser.click("[data-action=save-all]").await;
        for file in &files {
            receiver.row_shows(&file.name, "Saved.").await;
        }
        downloaded(folder.path(), &files).await;
        ends_by_user_confirmation(&server, &share, &browser).await;
        browser.close().await;
    });
}

/// Creates a share that announces a file of this size, with arbitrary bytes.
fn announced(server: &Server, size: u64) -> Files {
    let client = Client::new(server.url());
    let share = Files::new(vec![File::made("film.mkv", size, 1)]);
    client.create(&share.share);
    let zeros = vec![0; onetimeshare_envelope::parts::LARGEST_PART];
    for n in 1..share.parts() {
        let length = usize::try_from(share.layout.part_length(n).unwrap()).unwrap();
        assert_eq!(client.put_part(&share.share, n, &zeros[..length]).status, 204);
    }
    assert_eq!(client.complete(&share.share).status, 200);
    share
}

#[test]
fn a_browser_that_must_buffer_a_large_file_warns_first() {
    with_permit(async {
        let server = Server::start();
        // With a service worker nothing is buffered.
        for (without, warns) in [(NO_WORKER, true), ("", false)] {
            let share = announced(&server, 201_000_000);
            let browser = Browser::start().await;
            browser.at_start_of_pages(&format!("{NO_PICKER}\n{without}"));
            let receiver = ReceiverPage(&browser);
            receiver.follow(&share.share.link.url(&server.url()), true).await;
            receiver.press().await;
            receiver.has("film.mkv").await;
            assert_eq!(browser.is_visible("[data-slot=holds]").await, warns, "{without}");
            if warns {
                let said = "Your browser must hold a whole file before it can save it. Big files may fail.";
                assert_eq!(browser.text("[data-slot=holds]").await, said);
            }
            browser.close().await;
        }
    });
}

#[test]
fn a_reload_while_saving_resumes_in_the_same_tab_only() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let files = [File::made("first.bin", 2 * MIB, 3), File::made("second.bin", 12 * MIB, 4)];
        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(PICKER);
        let (share, link) = sent(&server, &proxy.url(), &files);
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        receiver.has("first.bin").await;
        receiver.save("first.bin").await;
        receiver.row_shows("first.bin", "Saved.").await;
        let held = share.layout.parts_of_file(1).unwrap().start + 6;
        proxy.hold(&format!("/parts/{held} "));
        receiver.save("second.bin").await;
        browser.until(UNDER_WAY).await;
        assert_eq!(browser.eval(ASKS).await, true);
        browser.reload().await;
        proxy.mend();

        // Another claim with the whole link arrives in between.
        let client = Client::new(server.url());
        let stranger = Claim::random().unwrap();
        assert_eq!(client.open(&share.share, &stranger).status, 410);
        assert_eq!(client.part(&share.share, &stranger, 1).status, 404);

        assert_eq!(browser.address().await, link, "the key is still in the address");
        receiver.press().await;
        // Files already saved are not downloaded again.
        receiver.row_shows("first.bin", "Saved.").await;
        receiver.row_shows("second.bin", "Save").await;
        browser.click("[data-action=save-all]").await;
        receiver.row_shows("second.bin", "Saved.").await;
        receiver.confirmed().await;
        assert_eq!(browser.text("[data-slot=kept]").await, "All saved. Deleted from OneTimeShare.");
        assert_eq!(proxy.count("/parts/1 "), 1, "the first file was downloaded once");
        assert_eq!(saved(&browser).await, whole(&files));
        assert_eq!(receiver.memory().await, json!({}));
        until("deletion of the parts", || part_files(&server).is_empty()).await;
        let status = StatusPage(&browser);
        status.visit(&status_link(&server, &share), true).await;
        status.says("Opened and deleted").await;
        browser.close().await;
    });
}

#[test]
fn a_lost_confirmation_is_retried_after_a_reload() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let files = [File::of("one.txt", "one"), File::of("two.txt", "two")];
        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(PICKER);
        let (share, link) = sent(&server, &proxy.url(), &files);
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        receiver.press().await;
        receiver.has("one.txt").await;
        proxy.lose("/confirm ");
        browser.click("[data-action=save-all]").await;
        for file in &files {
            receiver.row_shows(&file.name, "Saved.").await;
        }
        until("a confirmation", || proxy.count("/confirm ") > 0).await;
        assert!(!browser.is_visible("[data-slot=kept]").await, "not deleted yet, so the page must not say so");
        browser.reload().await;
        proxy.mend();
        receiver.press().await;
        receiver.confirmed().await;
        assert!(Client::new(server.url()).status(&share.share).json()["confirmed_at"].is_string());
        browser.close().await;
    });
}

#[test]
fn saving_into_a_folder_never_overwrites_a_file() {
    with_permit(async {
        let server = Server::start();
        let files = [File::of("photo.jpg", "one"), File::of("Photo.jpg", "two"), File::of("a:b?.", "three")];
        let (_, link) = sent(&server, &server.url(), &files);
        let browser = Browser::start().await;
        browser.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        let before = "const handle = await (await navigator.storage.getDirectory()).getFileHandle('photo (2).jpg',
            { create: true });
            const writable = await handle.createWritable();
            await writable.write('mine');
            await writable.close();";
        browser.run_async(before, Vec::new()).await;
        receiver.press().await;
        receiver.has("photo.jpg").await;
        browser.click("[data-action=save-all]").await;
        receiver.confirmed().await;
        let names = [("photo.jpg", "one"), ("Photo (3).jpg", "two"), ("a_b_", "three"), ("photo (2).jpg", "mine")];
        assert_eq!(saved(&browser).await, whole(&names.map(|(name, bytes)| File::of(name, bytes))));
        browser.close().await;
    });
}
