//! Tests that a tab never buffers a whole file: measures its process's memory while a large file is sent and saved.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{Device, MIB, PICKER, saved, whole};
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Maximum growth of a tab's memory.
const MOST: u64 = 200 * MIB;

/// File size large enough to show in the tab's memory if it were buffered.
fn size() -> u64 {
    if std::env::var_os("OTS_FULL").is_some() { 1024 * MIB } else { 256 * MIB }
}

/// A browser process.
pub struct Process {
    /// Whether it is a renderer.
    pub renders: bool,
    /// Resident bytes, current and peak, array buffers and shared memory included.
    now: u64,
    most: u64,
}

/// Reads a size from `/proc/{pid}/status`, in bytes.
fn field(status: &str, name: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Returns all processes of a browser by id.
pub fn processes(browser: &Browser) -> BTreeMap<u64, Process> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").unwrap() {
        let Ok(id) = entry.unwrap().file_name().to_string_lossy().parse::<u64>() else { continue };
        // The process may have exited meanwhile.
        let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u64>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let root = browser.root();
    let belongs = |id: u64| std::iter::successors(Some(id), |id| parents.get(id).copied()).any(|id| id == root);
    let read = |id: u64| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let command = fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
        let (now, most) = (field(&status, "VmRSS:"), field(&status, "VmHWM:"));
        let renders = command.contains("--type=renderer") || command.contains("WebKitWebProcess");
        Some((id, Process { renders, now, most }))
    };
    parents.keys().copied().filter(|id| belongs(*id)).filter_map(read).collect()
}

/// Memory of all processes at the start.
struct Watch(BTreeMap<u64, Process>);

impl Watch {
    fn begin(browser: &Browser) -> Self {
        for id in processes(browser).keys() {
            // Resets the peak. Where that is not permitted, the peak can only be too high.
            let _ = fs::write(format!("/proc/{id}/clear_refs"), "5");
        }
        Self(processes(browser))
    }

    /// Returns the peak growth of renderers, and of all other processes.
    fn grown(&self, browser: &Browser) -> (u64, u64) {
        let grown = |(id, process): (u64, Process)| {
            let before = self.0.get(&id).map_or(0, |before| before.now);
            (process.renders, process.most.saturating_sub(before))
        };
        let (tabs, others): (Vec<_>, Vec<_>) = processes(browser).into_iter().map(grown).partition(|(tab, _)| *tab);
        let sum = |all: Vec<(bool, u64)>| all.into_iter().map(|(_, grown)| grown).sum();
        (sum(tabs), sum(others))
    }

    fn holds_little(&self, browser: &Browser, what: &str, size: u64) {
        let (tab, others) = self.grown(browser);
        println!(
            "{what} {} MiB: tab memory grew by at most {} MiB, other browser processes by {} MiB",
            size / MIB,
            tab / MIB,
            others / MIB
        );
        assert!(tab > 0, "the measurement found growth");
        assert!(tab < MOST, "the tab's memory grew by {tab} bytes");
    }
}

#[test]
fn tab_memory_stays_bounded_while_a_large_file_is_sent_and_saved() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let file = File::made("film.mkv", size(), 8);
        let path = device.put(&file);
        let browser = Browser::start().await;
        browser.patience(Duration::from_secs(300));
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.choose(&[&path]).await;
        sender.chosen(1).await;
        let watch = Watch::begin(&browser);
        let made = sender.make().await;
        watch.holds_little(&browser, "sending", size());

        let other = Browser::start().await;
        other.patience(Duration::from_secs(300));
        other.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&other);
        receiver.follow(&made.link, true).await;
        receiver.press().await;
        receiver.has("film.mkv").await;
        let watch = Watch::begin(&other);
        receiver.save("film.mkv").await;
        receiver.confirmed().await;
        watch.holds_little(&other, "saving", size());
        assert_eq!(saved(&other).await, whole(&[file]));
        other.close().await;
        browser.close().await;
    });
}

#[test]
fn tab_memory_stays_bounded_when_a_tab_is_used_again() {
    with_permit(async {
        const SIZE: u64 = 192 * MIB;
        let server = Server::start();
        let device = Device::new();
        let path = device.put(&File::made("film.mkv", SIZE, 8));
        let browser = Browser::start().await;
        browser.patience(Duration::from_secs(180));
        let sender = SenderPage(&browser);
        // Installs the service worker, which then serves the next pages.
        sender.send(&server.url(), true, "first", None).await;
        let installed = "const isActive = async () =>
                (await navigator.serviceWorker.getRegistrations()).some((worker) => worker.active);
            while (!(await isActive())) await new Promise((resolve) => setTimeout(resolve, 50));";
        browser.run_async(installed, Vec::new()).await;
        sender.visit(&server.url(), true).await;
        sender.choose(&[&path]).await;
        sender.chosen(1).await;
        let watch = Watch::begin(&browser);
        sender.make().await;
        watch.holds_little(&browser, "sending again", SIZE);
        browser.close().await;
    });
}
