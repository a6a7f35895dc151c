//! Files: sent and saved through a network that breaks, changed on the way, stopped, and without scripts.

use crate::browser::Browser;
use crate::contents::File;
use crate::in_turn;
use crate::pages::{ReaderPage, SenderPage, StatusPage};
use crate::proxy::Proxy;
use crate::server::{Options, Server};
use onetimeshare::share::envelope::parts::PART;
use serde_json::{Value, json};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const MIB: u64 = 1024 * 1024;

/// A lost request stands in the console as this.
const LOST: &str = "net::ERR_";

/// In place of the dialogues that no test can press: a file, or a folder, of the origin's private file system.
const PICKER: &str = "window.showSaveFilePicker = async ({ suggestedName }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    window.showDirectoryPicker = () => navigator.storage.getDirectory();";

/// The page waits seconds between its tries, and longer each time; here it does not. What takes as long as its longest
/// wait is also how long it gives a small request, so that keeps seconds.
const HURRY: &str = "const wait = setTimeout;
    window.setTimeout = (job, ms) => wait(job, ms <= 10_000 ? Math.min(ms, 100) : ms <= 20_000 ? 3000 : ms);";

/// A name from right to left.
const HEBREW: &str = "דוח שנתי 2026.pdf";

/// The size of the big file: `OTS_FULL=1` takes what the design names.
fn big() -> u64 {
    if std::env::var_os("OTS_FULL").is_some() { 300 * MIB } else { 48 * MIB }
}

/// Files on the sender's device.
struct Device {
    folder: TempDir,
}

impl Device {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Puts a file there.
    fn put(&self, file: &File) -> PathBuf {
        let path = self.folder.path().join(&file.name);
        let (mut from, mut buffer) = (file.read(), vec![0; 64 * 1024]);
        let mut to = std::fs::File::create(&path).unwrap();
        while let length @ 1.. = from.read(&mut buffer).unwrap() {
            to.write_all(&buffer[..length]).unwrap();
        }
        path
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Waits until something outside of the browser is so.
async fn until(what: &str, condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// Part files in the embedded store.
fn part_files(server: &Server) -> Vec<PathBuf> {
    let folder = server.data_dir.join("parts").read_dir().unwrap();
    folder.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
}

/// What was saved under each name: the number of bytes, and their SHA-256.
async fn saved(browser: &Browser) -> Value {
    let read = "const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0'));
        const found = {};
        for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
            const file = await handle.getFile();
            found[name] = [file.size, hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())).join('')];
        }
        return found;";
    browser.run_async(read, Vec::new()).await
}

#[test]
fn three_files_go_through_a_network_that_breaks_and_arrive_whole_and_once() {
    in_turn(async {
        let server = Server::start();
        let device = Device::new();
        let files = [File::made("holiday.mov", big(), 7), File::of("empty.txt", ""), File::made(HEBREW, 70_001, 9)];
        let paths: Vec<_> = files.iter().map(|file| device.put(file)).collect();
        let parts = big().div_ceil(PART as u64) + 2;
        let middle = parts / 2;

        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(HURRY);
        let wire = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&wire.url(), true).await;
        sender.choose(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>()).await;
        sender.chosen(3).await;
        sender.protect("long enough").await;
        sender.write("with three files").await;
        // One connection is cut within a part, another while its answer comes; then there is no network at all.
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
        wire.mend();
        let before = wire.count("PUT /api/v1/shares/");
        browser.click("[data-action=again]").await;
        let made = sender.made().await;
        let again = (wire.count("PUT /api/v1/shares/") - before) as u64;
        assert!(again < parts * 3 / 4, "it goes on where it stopped: {again} of {parts} parts");

        let other = Browser::start().await;
        other.expect(LOST);
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
        let wanted: serde_json::Map<_, _> =
            files.iter().map(|file| (file.name.clone(), json!([file.size, hex(&file.sha256())]))).collect();
        assert_eq!(saved(&other).await, Value::Object(wanted));
        status.says("Opened").await;

        until("the parts are deleted", || part_files(&server).is_empty()).await;
        browser.goto(&made.link).await;
        browser.heading("This was opened").await;
        println!("{} MiB sent and saved; {} connections cut or refused", big() / MIB, wire.cuts());
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn without_scripts_a_form_sends_20_mib_and_a_form_saves_them() {
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
        let arrived = downloads.path().join(&file.name);
        let size = || arrived.metadata().map_or(0, |found| found.len());
        until("the download is there", || size() == file.size && downloads.path().read_dir().unwrap().count() == 1)
            .await;
        assert!(std::fs::read(&arrived).unwrap() == std::fs::read(&path).unwrap(), "the bytes are the same");
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn stopping_returns_to_the_filled_form_and_leaves_nothing_behind() {
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
fn files_can_be_taken_out_again_and_too_many_or_too_big_ones_are_named() {
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
        sender.choose(&small.iter().map(PathBuf::as_path).collect::<Vec<&Path>>()).await;
        sender.chosen(3).await;
        browser.until(&problem("2 files")).await;
        browser.click("#create button.main").await;
        browser.until("document.activeElement.id === 'problems'").await;

        // The focus goes to the next file, and from the last to the button that chooses.
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

#[test]
fn a_file_changed_on_the_way_is_never_called_saved() {
    in_turn(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("altered.bin", 6 * MIB, 4));
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        let made = sender.make().await;

        // The longest is a part of the file, not the part that lists what there is.
        let length = |path: &PathBuf| path.metadata().unwrap().len();
        let part = part_files(&server).into_iter().max_by_key(length).unwrap();
        let middle = length(&part) / 2;
        let mut part = std::fs::OpenOptions::new().read(true).write(true).open(part).unwrap();
        let mut byte = [0];
        part.seek(SeekFrom::Start(middle)).unwrap();
        part.read_exact(&mut byte).unwrap();
        part.seek(SeekFrom::Start(middle)).unwrap();
        part.write_all(&[byte[0] ^ 1]).unwrap();
        drop(part);

        let other = Browser::start().await;
        other.at_start_of_pages(PICKER);
        let reader = ReaderPage(&other);
        reader.follow(&made.link, true).await;
        reader.press().await;
        reader.has("altered.bin").await;
        reader.save("altered.bin").await;
        reader.row_says("altered.bin", "Did not save. Try again").await;
        let said = other.text("main [data-slot=trouble]").await;
        assert!(said.starts_with("This was changed on the way"), "{said}");
        assert!(!other.shows("[data-slot=kept]").await);
        assert_eq!(saved(&other).await, json!({}), "not even an empty file stays");
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened, not all files saved").await;
        other.close().await;
        browser.close().await;
    });
}
