//! Messages and files between `ots`, clients of the HTTP interface, and the server's own forms.

use crate::client::{Client, Share};
use crate::files::{File, Files};
use crate::ots::{Done, Ots, names, sha256_of};
use crate::server::Server;
use crate::{full, table};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::keys::{LinkKeys, Password};
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::parts::FileOpener;
use onetimeshare_envelope::{Claim, Link};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::thread;

const MESSAGE: &str = "The code is 4711.\n\tΓειά, 漢字 🙂 <b>&amp;\u{1b}[2J\r\n";
const MIB: u64 = 1024 * 1024;
/// Resident memory that a transfer may take, whatever its size.
const MEMORY: u64 = 32 * MIB;

#[test]
fn a_message_goes_from_one_computer_to_another_byte_for_byte() {
    let server = Server::start();
    let (sender, receiver) = (Ots::new(&server.url()), Ots::new("https://other.example"));
    let sent = sender.with_input(&["send", "-m", "-"], MESSAGE).ok();
    let link = sent.stdout.trim_end();
    assert!(link.starts_with(&format!("{}/s/", server.url())) && sent.stdout.lines().count() == 1, "{}", sent.stdout);
    assert!(sent.stderr.contains(&format!("{}/status#", server.url())), "{}", sent.stderr);
    assert!(!sent.stderr.contains("history"), "{}", sent.stderr);
    let opened = receiver.with_input(&["open", "--yes"], &format!("Look: {link} please")).ok();
    assert_eq!(opened.stdout, MESSAGE);
    assert_eq!((sender.journals(), receiver.journals()), (0, 0));
    assert!(receiver.open(link).fails(4).contains("already opened"));
}

#[test]
fn sender_and_receiver_see_the_same_matching_words() {
    let server = Server::start();
    let (sender, receiver) = (Ots::new(&server.url()), Ots::new(&server.url()));
    let sent = sender.with_input(&["send", "--json"], "hello").ok();
    let (link, status) = (sent.text("link"), sent.text("status_link"));
    let waits = sender.begin(&["status", "--json", "--wait", "-"], &status, &[]);
    assert_eq!(sender.with_input(&["status", "--json"], &status).ok().text("state"), "waiting");
    assert_eq!(receiver.with_input(&["status", "--json"], &link).ok().text("state"), "waiting");
    let opened = receiver.open(&link).ok();
    let told = waits.finish().ok();
    assert_eq!(told.text("state"), "opened");
    let told = sender.with_input(&["status", "--json"], &status).ok();
    assert_eq!(told.text("matching_words"), opened.text("matching_words"));
    assert!(told.json()["confirmed_at"].is_string(), "{}", told.stdout);
}

#[test]
fn a_password_is_needed_on_both_sides() {
    let server = Server::start();
    let (sender, receiver) = (Ots::new(&server.url()), Ots::new(&server.url()));
    let password = sender.put("password", "four good words here\n".as_bytes());
    let wrong = sender.put("wrong", "four bad words here\n".as_bytes());
    let sent = sender.with_input(&["send", "--json", "--password-file", &password], "hello").ok();
    let link = sent.text("link");
    assert!(receiver.open(&link).fails(5).contains("--password-file"));
    let open = |file: &str| receiver.with_input(&["open", "-", "--yes", "--json", "--password-file", file], &link);
    assert!(open(&wrong).fails(5).contains("wrong"));
    let opened =
        receiver.begin(&["open", "-", "--yes", "--json"], &link, &[("OTS_PASSWORD_FILE", &password)]).finish().ok();
    assert_eq!(opened.text("message"), "hello");
    assert_eq!(receiver.journals(), 0);
}

/// Files of sizes at the borders of chunks, parts and padding, with names that ask for trouble.
fn samples() -> Vec<File> {
    let sizes = [0, 1, 16_383, 16_384, 983_039, 983_040, 983_041, 3_000_000];
    let names = ["empty", "../../up.txt", "a/b\\c.txt", "Γειά 漢字.pdf", "same.bin", "same.bin", ".profile", "con"];
    sizes.into_iter().zip(names).zip(1..).map(|((size, name), seed)| File::made(name, size, seed)).collect()
}

/// Names under which the samples are saved.
const SAVED: [&str; 8] = ["empty", "up.txt", "c.txt", "Γειά 漢字.pdf", "same.bin", "same (2).bin", "_profile", "con_"];

#[track_caller]
fn are_saved(opened: &Done, at: &Ots) {
    let files = opened.json()["files"].clone();
    let mut found = Vec::new();
    for (listed, sent) in files.as_array().unwrap().iter().zip(samples()) {
        let path = listed["path"].as_str().unwrap();
        assert_eq!(sha256_of(path), sent.sha256(), "{path}");
        assert_eq!(listed["size"], sent.size);
        found.push(path.rsplit('/').next().unwrap().to_owned());
    }
    assert_eq!(found, SAVED);
    let mut sorted = SAVED.map(str::to_owned).to_vec();
    sorted.sort();
    assert_eq!(names(at.path("got")), sorted, "nothing else is left");
}

#[test]
fn files_of_every_kind_arrive_from_a_client_of_the_interface() {
    let server = Server::start();
    let receiver = Ots::new(&server.url());
    let files = Files::with(Some(MESSAGE), samples(), 3_600);
    files.send(&Client::new(server.url()));
    let opened = receiver.open(&files.share.link.url(&server.url())).ok();
    assert_eq!(opened.text("message"), MESSAGE);
    are_saved(&opened, &receiver);
    assert_eq!(receiver.journals(), 0);
}

/// Opens a share as a client of the interface. Returns its message and the SHA-256 of its files, and confirms.
fn open_by_interface(
    client: &Client,
    link: &Link,
    password: Option<&str>,
) -> (Option<String>, Vec<(String, [u8; 32])>) {
    let keys = LinkKeys::derive(&link.id, &link.key);
    let claim = Claim::random().unwrap();
    let with_password = password.and_then(Password::parse).map(|password| keys.stretch(&password));
    let mut body = json!({ "open_proof": keys.open_proof().expose(), "claim": claim.expose() });
    if let Some(both) = &with_password {
        body["password_proof"] = both.password_proof().expose().into();
    }
    let opened = client.json("POST", &format!("/api/v1/shares/{}/open", link.id), None, &body);
    assert_eq!(opened.status, 200, "{}", opened.text());
    let key = with_password.map_or_else(|| keys.content_key(), |both| both.content_key());
    let part0 = URL_SAFE_NO_PAD.decode(opened.json()["part0"].as_str().unwrap()).unwrap();
    let manifest = Manifest::open(&key, &link.id, &part0).unwrap();
    let layout = manifest.layout().unwrap();
    let mut files = Vec::new();
    for (index, file) in manifest.files.iter().enumerate() {
        let mut opener = FileOpener::new(&key, &link.id, index, file.size).unwrap();
        let mut hash = Sha256::new();
        for n in layout.parts_of_file(index).unwrap() {
            let path = format!("/api/v1/shares/{}/parts/{n}", link.id);
            hash.update(opener.open(client.bare("GET", &path, &claim.expose()).body).unwrap());
        }
        opener.finish().unwrap();
        files.push((file.name.clone(), hash.finalize().into()));
    }
    assert_eq!(client.bare("POST", &format!("/api/v1/shares/{}/confirm", link.id), &claim.expose()).status, 204);
    (manifest.message.clone(), files)
}

#[test]
fn files_of_every_kind_reach_a_client_of_the_interface() {
    let server = Server::start();
    let sender = Ots::new(&server.url());
    let sizes = [0, 1, 16_383, 16_384, 983_039, 983_040, 983_041, 3_000_000];
    let files: Vec<File> =
        sizes.into_iter().zip(1..).map(|(size, n)| File::made(&format!("file {n}.bin"), size, n)).collect();
    let paths: Vec<String> = files.iter().map(|file| sender.put(&file.name, file.read())).collect();
    for password in [None, Some("four good words here")] {
        let mut words = vec!["send", "--json", "-"];
        let file = password.map(|password| sender.put("password", password.as_bytes()));
        words.extend(file.iter().flat_map(|file| ["--password-file", file]));
        words.extend(paths.iter().map(String::as_str));
        let sent = sender.with_input(&words, MESSAGE).ok();
        let link = Link::parse(&sent.text("link")).unwrap();
        let (message, got) = open_by_interface(&Client::new(server.url()), &link, password);
        assert_eq!(message.as_deref(), Some(MESSAGE));
        let sent: Vec<_> = files.iter().map(|file| (file.name.clone(), file.sha256())).collect();
        assert_eq!(got, sent);
    }
    assert_eq!(sender.journals(), 0);
}

#[test]
fn the_forms_of_the_site_and_the_client_read_each_other() {
    let server = Server::start();
    let (ots, site) = (Ots::new(&server.url()), Client::new(server.url()));
    let made = site.form("/", "application/json", &[("message", "from a form"), ("lifetime", "3600")]);
    let made: Value = made.json();
    assert_eq!(ots.open(made["link"].as_str().unwrap()).ok().text("message"), "from a form");
    let link = ots.send("from the client");
    let id = Link::parse(&link).unwrap().id;
    let nonce = Claim::random().unwrap().expose();
    let page = site.form(&format!("/s/{id}"), "text/html", &[("link", &link), ("nonce", &nonce)]);
    assert!(page.status == 200 && page.text().contains("from the client"), "{}", page.text());
}

#[test]
fn of_many_receivers_at_once_exactly_one_opens() {
    const READERS: usize = 12;
    let server = Server::start();
    let link = Ots::new(&server.url()).send("for one");
    let codes: Vec<i32> = thread::scope(|scope| {
        let open = || Ots::new(&server.url()).open(&link).code;
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(open)).collect();
        readers.into_iter().map(|reader| reader.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == 4).count(), READERS - 1, "{codes:?}");
    table::row("readers of one link at once (ots)", format!("{READERS}, opened by 1"));
}

#[test]
fn a_large_file_goes_through_in_little_memory() {
    let size = if full() { 1024 * MIB } else { 24 * MIB };
    let server = Server::start();
    let (sender, receiver) = (Ots::new(&server.url()), Ots::new(&server.url()));
    let file = File::made("large.bin", size, 7);
    let path = sender.put("large.bin", file.read());
    let sent = sender.run(&["send", "--json", &path]).ok();
    let opened = receiver.open(&sent.text("link")).ok();
    assert_eq!(sha256_of(receiver.path("got/large.bin")), file.sha256());
    assert!(sent.peak < MEMORY && opened.peak < MEMORY, "{} and {}", sent.peak, opened.peak);
    table::row(
        "memory of ots for a file (sending, receiving)",
        format!("{} MiB: {} and {} MiB", size / MIB, sent.peak / MIB, opened.peak / MIB),
    );
}

#[test]
fn a_share_is_deleted_by_its_status_link() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let sent = ots.with_input(&["send", "--json", "--ttl", "1h"], "hello").ok();
    ots.with_input(&["delete", "-"], &sent.text("status_link")).ok();
    assert!(ots.open(&sent.text("link")).fails(3).contains("deleted"));
    assert_eq!(ots.with_input(&["status", "--json"], &sent.text("status_link")).ok().text("state"), "deleted");
}

#[test]
fn a_link_from_the_receivers_page_goes_on_in_the_client() {
    let server = Server::start();
    let (ots, site) = (Ots::new(&server.url()), Client::new(server.url()));
    let share = Share::new("opened elsewhere");
    site.create(&share);
    let (claim, handover) = (Claim::random().unwrap(), onetimeshare_envelope::Handover::random().unwrap());
    assert_eq!(site.open(&share, &claim).status, 200);
    assert_eq!(site.register(&share, &claim, &handover).status, 204);
    let link = Link { handover: Some(handover), ..share.link.clone() };
    assert_eq!(ots.open(&link.url(&server.url())).ok().text("message"), "opened elsewhere");
}

#[test]
fn files_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let path = ots.put("note.txt", "hello".as_bytes());
    let link = ots.run(&["send", "--json", &path]).ok().text("link");
    ots.open(&link).ok();
    let mode = fs::metadata(ots.path("got/note.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::metadata(ots.path("state/ots")).unwrap().permissions().mode() & 0o777, 0o700);
}
