//! Tests that plaintext of no-script transfers stays in the server's memory.

use crate::files::Content;
use crate::multipart::{Field, body, kind};
use crate::raw_http::{RawConnection, find, head};
use crate::redis_server::RedisServer;
use crate::roundtrip::parts_kept;
use crate::server::Options;
use crate::site::{SOON, Site, files, until};
use onetimeshare_envelope::{Claim, Link, Owner};
use std::io::Read as _;
use tempfile::TempDir;

/// Texts that occur nowhere else.
const NAME: &str = "canary-name-5f0e.txt";
const MESSAGE: &str = "canary message 81d2";
const PASSWORD: &str = "canary password c4a7";

/// A file with markers at short intervals, so that every piece of it contains one.
fn marked() -> Vec<u8> {
    let mut bytes = Vec::new();
    Content::new(11, 3_000_000).read_to_end(&mut bytes).unwrap();
    bytes.chunks_exact_mut(1_000).for_each(|piece| piece[..16].copy_from_slice(b"canary-file-93b1"));
    bytes
}

/// Returns every key of a Redis with its content.
fn dump(redis: &RedisServer) -> Vec<(String, Vec<u8>)> {
    let keys: Vec<String> = redis.ask(&["KEYS", "*"]);
    let mut found = vec![("the names of keys".to_owned(), keys.join("\n").into_bytes())];
    for key in keys {
        match redis.ask::<String>(&["TYPE", &key]).as_str() {
            "string" => found.push((key.clone(), redis.ask(&["GET", &key]))),
            _ => found
                .extend(redis.ask::<Vec<Vec<u8>>>(&["HGETALL", &key]).into_iter().map(|value| (key.clone(), value))),
        }
    }
    found
}

fn kept(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut kept = files(&site.server.data_dir);
    kept.extend(site.redis.iter().flat_map(dump));
    kept.push(("the log".to_owned(), site.server.log.text().into_bytes()));
    kept
}

#[track_caller]
fn holds_nothing(site: &Site, temporary: &TempDir, when: &str) -> usize {
    let kept = kept(site);
    let bytes = kept.iter().map(|(_, bytes)| bytes.len()).sum();
    for (place, bytes) in kept {
        for secret in ["canary-file-93b1", NAME, MESSAGE, PASSWORD] {
            assert!(find(&bytes, secret.as_bytes()).is_none(), "{secret} is in {place} {when}");
        }
    }
    assert!(files(temporary.path()).is_empty(), "nothing is written to a temporary folder {when}");
    bytes
}

fn a_form_and_its_reader(site: &Site, temporary: &TempDir) {
    let (bytes, owner) = (marked(), Owner::random().unwrap().expose());
    let form = body(&[
        Field::Text("nonce", &owner),
        Field::Text("message", MESSAGE),
        Field::Text("password", PASSWORD),
        Field::File(NAME, &bytes),
    ]);
    let mut connection = RawConnection::to(site.server.port);
    let (kind_header, length) = (format!("Content-Type: {}", kind()), format!("Content-Length: {}", form.len()));
    connection.write(head("POST", "/", &[&kind_header, &length, "Accept: application/json"]).as_bytes());
    connection.write(&form[..2_000_000]);
    until(SOON, "parts to be stored", || (parts_kept(site) >= 2).then_some(()));
    assert!(holds_nothing(site, temporary, "while it comes") > 950_000, "the stored bytes were searched");
    connection.write(&form[2_000_000..]);
    let made = connection.response().unwrap();
    assert_eq!(made.status, 200, "{}", made.text());
    let link = Link::parse(made.json()["link"].as_str().unwrap()).unwrap();
    let bytes_kept = holds_nothing(site, temporary, "while it waits");
    assert!(bytes_kept > 3_000_000, "the stored bytes were searched");

    let (receiver, url) = (Claim::random().unwrap().expose(), link.url(&site.base));
    let fields = [("nonce", receiver.as_str()), ("link", &url), ("password", PASSWORD)];
    let opened = site.form(&format!("/s/{}", link.id), "text/html", &fields);
    assert!(opened.text().contains(MESSAGE) && opened.text().contains(NAME), "{}", opened.text());
    let file = site.form(&format!("/s/{}/files/1", link.id), "text/html", &fields);
    assert!(file.body == bytes);
    holds_nothing(site, temporary, "after it was read");
    println!(
        "{}: 4 markers, found in none of {bytes_kept} stored bytes and not in the log or a temporary folder",
        site.store()
    );
}

#[test]
fn plaintext_of_no_script_transfers_reaches_no_file_value_or_log() {
    let options =
        |temporary: &TempDir| Options::default().set("log_level", "debug").env("TMPDIR", temporary.path().display());
    let temporary = TempDir::new().unwrap();
    a_form_and_its_reader(&Site::embedded(options(&temporary)), &temporary);
    let temporary = TempDir::new().unwrap();
    a_form_and_its_reader(&Site::on_redis(options(&temporary)), &temporary);
}
