//! Tests that the server's memory stays bounded during large transfers.

use crate::files::{Bulk, Content};
use crate::full;
use crate::multipart::{before_file, end, kind};
use crate::server::Options;
use crate::site::{Site, claim, on_every_store};
use onetimeshare_envelope::Link;
use std::io::{Cursor, Read as _};
use std::thread;

const MIB: u64 = 1024 * 1024;

/// Bytes in each transfer.
fn size() -> u64 {
    if full() { 512 * MIB } else { 128 * MIB }
}

/// Runs on one server: four concurrent uploads; their downloads alongside four more uploads; a file through the form in
/// both directions. Prints the growth of its memory.
fn memory_stays_bounded(site: &Site) {
    let transfers = 4;
    // Warms up one-time allocations before measuring.
    let small = Bulk::new(4 * MIB);
    small.send(site);
    small.fetch(site, &claim());
    let (before, _) = site.server.memory();

    let first: Vec<Bulk> = (0..transfers).map(|_| Bulk::new(size())).collect();
    thread::scope(|scope| {
        for bulk in &first {
            scope.spawn(|| bulk.send(site));
        }
    });
    let up = site.server.memory().1;

    let second: Vec<Bulk> = (0..transfers).map(|_| Bulk::new(size())).collect();
    thread::scope(|scope| {
        for bulk in &first {
            scope.spawn(|| {
                let receiver = claim();
                bulk.fetch(site, &receiver);
                assert_eq!(site.confirm(&bulk.share, &receiver).status, 204);
            });
        }
        for bulk in &second {
            scope.spawn(|| bulk.send(site));
        }
    });
    let both = site.server.memory().1;
    for bulk in &second {
        assert_eq!(site.delete(&bulk.share).status, 204);
    }

    form(site, size() / 2);
    let peak = site.server.memory().1;
    let grown = |peak: u64| peak.saturating_sub(before) / MIB;
    println!(
        "{}: {transfers} x {} MiB up at once: {} MiB more resident at the peak; {transfers} down beside {transfers} up: \
         {} MiB; {} MiB by the form, up and down: {} MiB (from {} MiB)",
        site.store(),
        size() / MIB,
        grown(up),
        grown(both),
        size() / 2 / MIB,
        grown(peak),
        before / MIB
    );
    assert!(peak - before < 64 * MIB, "the server's memory grew from {before} to {peak} bytes");
}

/// Transfers one file through the form and back.
fn form(site: &Site, size: u64) {
    let (head, tail) = (before_file("large"), end());
    let length = head.len() as u64 + size + tail.len() as u64;
    let form = Cursor::new(head).chain(Content::new(1, size)).chain(Cursor::new(tail));
    let headers = [("Content-Type", kind()), ("Accept", "application/json".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut response = Vec::new();
    let made = site.stream(("POST", "/"), &headers, (form, length), |bytes| response.extend_from_slice(bytes)).unwrap();
    assert_eq!(made.status, 200, "{}", String::from_utf8_lossy(&response));
    let made: serde_json::Value = serde_json::from_slice(&response).unwrap();
    let link = Link::parse(made["link"].as_str().unwrap()).unwrap();

    let fields = format!("link={}&nonce={}", link.fragment(), claim().expose());
    let length = fields.len() as u64;
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let (mut expected, mut came) = (Content::new(1, size), 0);
    let mut buffer = Vec::new();
    let path = format!("/s/{}/files/1", link.id);
    let sent = site.stream(("POST", &path), &headers, (Cursor::new(fields), length), |bytes| {
        came += bytes.len() as u64;
        buffer.extend_from_slice(bytes);
        let whole = if came == size { buffer.len() } else { buffer.len() / 8 * 8 };
        let mut piece = vec![0; whole];
        expected.read_exact(&mut piece).unwrap();
        assert!(buffer.drain(..whole).eq(piece), "the file is unchanged");
    });
    assert_eq!((sent.unwrap().status, came), (200, size));
}

#[test]
fn server_memory_stays_bounded_during_large_transfers() {
    on_every_store(Options::default, memory_stays_bounded);
}
