//! Files on the devices of sender and receiver, and overrides of a page's timers and file dialogs.

use crate::browser::Browser;
use crate::contents::File;
use crate::server::Server;
use onetimeshare_envelope::manifest::{FileEntry, Manifest};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const MIB: u64 = 1024 * 1024;

/// Console text of a failed request.
pub const LOST: &str = "net::ERR_";

/// Replaces the file dialogs, which a driver cannot operate, with the origin private file system.
pub const PICKER: &str = "window.showSaveFilePicker = async ({ suggestedName }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    window.showDirectoryPicker = () => navigator.storage.getDirectory();";

/// Emulates a browser whose pages cannot write files, such as Firefox and Safari.
pub const NO_PICKER: &str = "delete window.showSaveFilePicker; delete window.showDirectoryPicker;";

/// Emulates a browser without service workers, such as a private window of Firefox.
pub const NO_WORKER: &str = "delete Navigator.prototype.serviceWorker;";

/// Shortens the page's retry delays, which grow to many seconds. Timeouts, which are 10 seconds and more, keep a
/// few.
pub const HURRY: &str = "const wait = setTimeout;
    window.setTimeout = (job, ms) => wait(job, ms < 10_000 ? Math.min(ms, 100) : ms <= 20_000 ? 3000 : ms);";

/// A file name in right-to-left script.
pub const HEBREW: &str = "דוח שנתי 2026.pdf";

/// Size of the large file; full size with `OTS_FULL=1`.
pub fn big() -> u64 {
    if std::env::var_os("OTS_FULL").is_some() { 300 * MIB } else { 48 * MIB }
}

/// A folder of files on the sender's device.
pub struct Device {
    folder: TempDir,
}

impl Device {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Writes a file and returns its path.
    pub fn put(&self, file: &File) -> PathBuf {
        let path = self.folder.path().join(&file.name);
        let (mut from, mut buffer) = (file.read(), vec![0; 64 * 1024]);
        let mut to = std::fs::File::create(&path).unwrap();
        while let length @ 1.. = from.read(&mut buffer).unwrap() {
            to.write_all(&buffer[..length]).unwrap();
        }
        path
    }

    /// Writes files and returns their paths.
    pub fn put_all(&self, files: &[File]) -> Vec<PathBuf> {
        files.iter().map(|file| self.put(file)).collect()
    }
}

/// Converts paths for `SenderPage::choose`.
pub fn each(paths: &[PathBuf]) -> Vec<&Path> {
    paths.iter().map(PathBuf::as_path).collect()
}

/// Number of parts for these files, without the manifest part.
pub fn parts_of(files: &[File]) -> usize {
    let entry = |file: &File| FileEntry { name: file.name.clone(), media_type: String::new(), size: file.size };
    let manifest = Manifest { message: None, files: files.iter().map(entry).collect() };
    manifest.layout().unwrap().parts() as usize - 1
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Waits until a condition outside of the browser holds.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    until_or(|| what.to_owned(), condition).await;
}

/// As `until`; `what` describes what is awaited, and what there is instead.
async fn until_or(what: impl Fn() -> String, condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < end, "timed out waiting for {}", what());
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// Part files in the embedded store.
pub fn part_files(server: &Server) -> Vec<PathBuf> {
    let folder = server.data_dir.join("parts").read_dir().unwrap();
    folder.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
}

/// Returns what was saved through `PICKER`: size and SHA-256 by file name.
pub async fn saved(browser: &Browser) -> Value {
    let read = "const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0'));
        const found = {};
        for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
            const file = await handle.getFile();
            found[name] = [file.size, hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())).join('')];
        }
        return found;";
    browser.run_async(read, Vec::new()).await
}

/// The result of `saved` when these files were saved completely.
pub fn whole(files: &[File]) -> Value {
    let entry = |file: &File| (file.name.clone(), json!([file.size, hex(&file.sha256())]));
    Value::Object(files.iter().map(entry).collect())
}

/// Waits until the browser's downloads have written exactly these files to a folder.
pub async fn downloaded(folder: &Path, files: &[File]) {
    let size = |file: &File| folder.join(&file.name).metadata().map_or(0, |found| found.len());
    let names = || folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    until_or(
        || format!("the downloads: {:?}", names()),
        || folder.read_dir().unwrap().count() == files.len() && files.iter().all(|file| size(file) == file.size),
    )
    .await;
    for file in files {
        let (mut there, mut from) = (std::fs::File::open(folder.join(&file.name)).unwrap(), file.read());
        let (mut found, mut wanted) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        while let length @ 1.. = from.read(&mut wanted).unwrap() {
            there.read_exact(&mut found[..length]).unwrap();
            assert!(found[..length] == wanted[..length], "{} is unchanged", file.name);
        }
    }
}
