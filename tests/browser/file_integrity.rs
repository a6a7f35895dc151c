//! Tests that files altered after encryption are reported and never shown as saved.

use crate::browser::Browser;
use crate::client::Client;
use crate::contents::{File, Files};
use crate::device::{Device, MIB, PICKER, part_files, saved};
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::Server;
use crate::with_permit;
use serde_json::json;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

/// Alters the parts of a share.
type Harm = Box<dyn Fn(&mut Vec<Vec<u8>>)>;

#[test]
fn files_that_contradict_their_manifest_are_rejected() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        browser.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&browser);
        let listed = || vec![File::made("one.bin", 3 * MIB, 1), File::made("two.bin", 3 * MIB, 2)];
        let changed = "This was changed on the way. Ask for a new link.";

        // A manifest of two files, with a part too few or too many.
        for parts in [-1, 1] {
            let mut share = Files::new(listed());
            let all = share.all_parts();
            let count = usize::try_from(i64::try_from(all.len()).unwrap() + parts).unwrap();
            let sealed: Vec<&[u8]> = (0..count).map(|n| all.get(n).map_or(&[7_u8; 500][..], Vec::as_slice)).collect();
            share.share.body["parts"] = (count + 1).into();
            share.share.body["size"] = sealed.iter().map(|part| part.len()).sum::<usize>().into();
            client.create(&share.share);
            for (n, part) in (1..).zip(&sealed) {
                assert_eq!(client.put_part(&share.share, n, part).status, 204);
            }
            assert_eq!(client.complete(&share.share).status, 200);
            receiver.follow(&share.share.link.url(&server.url()), true).await;
            receiver.press().await;
            assert_eq!(browser.text("main [data-slot=trouble]").await, changed, "{parts} parts");
            assert!(client.status(&share.share).json().get("confirmed_at").is_none());
        }

        // As many parts as the manifest lists, but with other lengths, in another order, or of another file.
        let swap = |a: usize, b: usize| move |parts: &mut Vec<Vec<u8>>| parts.swap(a, b);
        let shorten = |parts: &mut Vec<Vec<u8>>| {
            let byte = parts[0].pop().unwrap();
            parts[3].push(byte);
        };
        let bad: [(&str, Harm); 4] = [
            ("order", Box::new(swap(0, 1))),
            ("middle", Box::new(swap(1, 2))),
            ("file", Box::new(swap(1, 5))),
            ("length", Box::new(shorten)),
        ];
        for (what, change) in bad {
            let share = Files::new(listed());
            let mut parts = share.all_parts();
            change(&mut parts);
            client.create(&share.share);
            for (n, part) in (1..).zip(&parts) {
                assert_eq!(client.put_part(&share.share, n, part).status, 204, "{what}");
            }
            assert_eq!(client.complete(&share.share).status, 200);
            receiver.follow(&share.share.link.url(&server.url()), true).await;
            receiver.press().await;
            receiver.has("one.bin").await;
            receiver.save("one.bin").await;
            receiver.row_shows("one.bin", "Did not save.").await;
            assert_eq!(browser.text("main [data-slot=trouble]").await, changed, "{what}");
            assert_eq!(saved(&browser).await, json!({}), "{what}: no file remains, not even an empty one");
        }
        browser.close().await;
    });
}

#[test]
fn a_file_altered_in_transit_is_never_reported_as_saved() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("altered.bin", 6 * MIB, 4));
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        let made = sender.make().await;

        // The longest is a part of the file, not the manifest part.
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
        let receiver = ReceiverPage(&other);
        receiver.follow(&made.link, true).await;
        receiver.press().await;
        receiver.has("altered.bin").await;
        receiver.save("altered.bin").await;
        receiver.row_shows("altered.bin", "Did not save.").await;
        let said = other.text("main [data-slot=trouble]").await;
        assert!(said.starts_with("This was changed on the way"), "{said}");
        assert!(!other.is_visible("[data-slot=kept]").await);
        assert_eq!(saved(&other).await, json!({}), "no file remains, not even an empty one");
        let status = StatusPage(&browser);
        status.visit(&made.status, true).await;
        status.says("Opened, files still kept").await;
        other.close().await;
        browser.close().await;
    });
}
