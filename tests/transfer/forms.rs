//! Tests files in no-script mode: the server encrypts what it receives and decrypts what it sends, part by part.

use crate::client::{Client, Response};
use crate::fault_proxy::{Break, Direction, Proxy};
use crate::files::Content;
use crate::html::{h1, message, page};
use crate::multipart::{Field, body, kind};
use crate::raw_http::{RawConnection, head};
use crate::roundtrip::parts_kept;
use crate::server::Options;
use crate::site::{SOON, Site, claim, is_invalid, is_json, is_problem, on_every_store, random, until};
use onetimeshare_envelope::{Claim, Link, Owner, ShareId};
use std::io::Read as _;

const HTML: &str = "text/html";
const JSON: &str = "application/json";

fn made(seed: u64, size: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    Content::new(seed, size).read_to_end(&mut bytes).unwrap();
    bytes
}

fn nonce() -> String {
    Owner::random().unwrap().expose()
}

fn api(nonce: &str) -> String {
    format!("/api/v1/shares/{}", ShareId::of(&Owner::parse(nonce).unwrap()))
}

/// Posts a form to the create page.
fn send(client: &Client, accept: &str, fields: &[Field<'_>]) -> Response {
    client.send("POST", "/", &[("Content-Type", &kind()), ("Accept", accept)], Some(&body(fields)))
}

/// Returns the link in the JSON response to a form.
#[track_caller]
fn link_in(response: &Response) -> Link {
    is_json(response, 200, &["expires_at", "link", "status_link"]);
    Link::parse(response.json()["link"].as_str().unwrap()).unwrap()
}

/// Downloads file `n` as the no-script page does.
fn file(client: &Client, link: &Link, n: usize, receiver: &Claim, password: &str) -> Response {
    let (path, url) = (format!("/s/{}/files/{n}", link.id), link.url(&client.base));
    client.form(&path, HTML, &[("nonce", &receiver.expose()), ("link", &url), ("password", password)])
}

fn open(client: &Client, link: &Link, receiver: &Claim, password: &str) -> Response {
    let url = link.url(&client.base);
    client.form(
        &format!("/s/{}", link.id),
        HTML,
        &[("nonce", &receiver.expose()), ("link", &url), ("password", password)],
    )
}

/// Fails unless a response is this file with this `Content-Disposition`.
#[track_caller]
fn is_file(response: &Response, bytes: &[u8], disposition: &str) {
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.header("content-type"), Some("application/octet-stream"));
    assert_eq!(response.header("content-disposition"), Some(disposition));
    assert_eq!(response.header("content-length"), Some(bytes.len().to_string().as_str()));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    assert!(response.body == bytes, "the file is unchanged");
}

#[test]
fn files_roundtrip_through_forms_with_sanitised_names_for_one_claim() {
    on_every_store(Options::default, |site| {
        let (long, words) = (made(1, 2_300_001), b"a few words".to_vec());
        let files: [(&str, &[u8], &str); 6] = [
            ("long.bin", &long, "attachment; filename=\"long.bin\"; filename*=UTF-8''long.bin"),
            ("empty", &[], "attachment; filename=\"empty\"; filename*=UTF-8''empty"),
            (
                "na\u{ef}ve \u{434}\u{430}.txt",
                &words,
                "attachment; filename=\"na_ve __.txt\"; filename*=UTF-8''na%C3%AFve%20%D0%B4%D0%B0.txt",
            ),
            ("../../etc/passwd", &words, "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
            ("cod\u{202e}gpj.exe", &words, "attachment; filename=\"codgpj.exe\"; filename*=UTF-8''codgpj.exe"),
            ("..", &words, "attachment; filename=\"file\"; filename*=UTF-8''file"),
        ];
        let owner = nonce();
        let mut fields =
            vec![Field::Text("nonce", &owner), Field::Text("lifetime", "3600"), Field::Text("password", "")];
        fields.push(Field::NoFile);
        fields.extend(files.iter().map(|(name, bytes, _)| Field::File(name, bytes)));
        // The message may follow the files.
        fields.push(Field::Text("message", "with words"));
        let response = send(site, JSON, &fields);
        let link = link_in(&response);
        assert_eq!(link.id, ShareId::of(&Owner::parse(&owner).unwrap()), "the nonce is the owner token");
        assert_eq!(site.bare("GET", &api(&owner), &owner).json()["state"], "waiting");

        let again = page(&send(site, HTML, &fields), 409);
        assert_eq!(h1(&again), "You already made this link");

        let receiver = claim();
        let opened = page(&open(site, &link, &receiver, ""), 200);
        assert_eq!(message(&opened), "with words");
        for name in ["long.bin", "empty", "na\u{ef}ve \u{434}\u{430}.txt", "passwd", "codgpj.exe"] {
            assert!(opened.contains(name), "{name}: {opened}");
        }
        assert!(!opened.contains('\u{202e}') && !opened.contains("../"), "{opened}");
        for _ in 0..2 {
            for (n, (_, bytes, disposition)) in (1..).zip(&files) {
                is_file(&file(site, &link, n, &receiver, ""), bytes, disposition);
            }
        }
        for n in [0, 7, 4_000_000_000] {
            assert_eq!(file(site, &link, n, &receiver, "").status, 404, "{n}");
        }
        let other = page(&file(site, &link, 1, &claim(), ""), 404);
        assert_eq!(h1(&other), "This was opened");
        let damaged = Link { key: onetimeshare_envelope::LinkKey::random().unwrap(), ..link.clone() };
        assert_eq!(file(site, &damaged, 1, &receiver, "").status, 404, "another key");

        let path = format!("/api/v1/shares/{}/confirm", link.id);
        assert_eq!(site.bare("POST", &path, &receiver.expose()).status, 204);
        assert_eq!(file(site, &link, 1, &receiver, "").status, 404, "after the confirmation");
        assert_eq!(parts_kept(site), 0);
    });
}

#[test]
fn curl_sends_files_and_a_message_in_any_order() {
    on_every_store(Options::default, |site| {
        let response =
            send(site, "*/*", &[Field::File("x", b"one"), Field::Text("message", "hi"), Field::File("y", b"two")]);
        assert_eq!((response.status, response.text().lines().count()), (200, 1), "{}", response.text());
        let link = Link::parse(&response.text()).unwrap();
        let receiver = claim();
        assert_eq!(message(&page(&open(site, &link, &receiver, ""), 200)), "hi");
        assert_eq!(file(site, &link, 1, &receiver, "").body, b"one");
        assert_eq!(file(site, &link, 2, &receiver, "").body, b"two");
        let alone = send(site, "*/*", &[Field::File("alone", b"without words")]);
        let link = Link::parse(&alone.text()).unwrap();
        assert_eq!(file(site, &link, 1, &receiver, "").body, b"without words", "a file can be the first request");
        let nothing = send(site, JSON, &[Field::NoFile, Field::Text("message", "")]);
        is_invalid(&nothing, "message");
    });
}

#[test]
fn a_password_field_must_precede_the_files_it_encrypts() {
    let site = Site::embedded(Options::default());
    let fields = [Field::Text("password", "open sesame"), Field::File("cave", b"gold")];
    let link = link_in(&send(&site, JSON, &fields));
    let receiver = claim();
    assert_eq!(file(&site, &link, 1, &receiver, "").status, 422);
    assert_eq!(file(&site, &link, 1, &receiver, "open barley").status, 403);
    assert_eq!(file(&site, &link, 1, &receiver, "open sesame").body, b"gold");
    assert_eq!(file(&site, &link, 1, &receiver, "open barley").status, 403, "also for the claim holder");
    assert_eq!(file(&site, &link, 1, &claim(), "open sesame").status, 404);

    let owner = nonce();
    let late = |accept| {
        let fields = [
            Field::Text("nonce", &owner),
            Field::File("first", b"x"),
            Field::Text("password", "too late"),
            Field::File("second", b"y"),
        ];
        send(&site, accept, &fields)
    };
    is_problem(&late(JSON), 422, "password_first", &[]);
    assert_eq!((late("*/*").status, late("*/*").text().lines().count()), (422, 1));
    assert_eq!(late(HTML).status, 422);
    assert_eq!(site.bare("GET", &api(&owner), &owner).status, 404, "nothing of it is stored");
    let empty = [Field::File("first", b"x"), Field::Text("password", "")];
    assert_eq!(send(&site, JSON, &empty).status, 200, "an empty password means none, in any position");
}

#[test]
fn a_form_over_the_limits_is_refused_and_stores_nothing() {
    fn options() -> Options {
        Options::default().set("max_size", 3_000_000).set("max_files", 2)
    }
    on_every_store(options, |site| {
        let much = made(5, 3_100_000);
        is_problem(&send(site, JSON, &[Field::File("much", &much)]), 413, "too_large", &[]);
        is_problem(
            &send(site, JSON, &[Field::File("a", &much[..2_000_000]), Field::File("b", &much)]),
            413,
            "too_large",
            &[],
        );
        // Longer than the whole form may be: refused by its `Content-Length`.
        is_problem(&send(site, JSON, &[Field::File("far too much", &made(6, 12_000_000))]), 413, "too_large", &[]);
        let three = [Field::File("1", b"x"), Field::File("2", b"y"), Field::File("3", b"z")];
        is_invalid(&send(site, JSON, &three), "files");
        let short = [Field::Text("password", "abc"), Field::File("1", b"x")];
        is_invalid(&send(site, JSON, &short), "password");
        is_invalid(&send(site, JSON, &[Field::Text("lifetime", "1"), Field::File("1", b"x")]), "lifetime");
        is_invalid(&send(site, JSON, &[Field::File("1", b"x"), Field::Text("lifetime", "1")]), "lifetime");
        is_invalid(&send(site, JSON, &[Field::Text("nonce", "mine"), Field::File("1", b"x")]), "nonce");
        is_invalid(&send(site, JSON, &[Field::File("1", b"x"), Field::Text("nonce", &nonce())]), "nonce");
        is_invalid(&send(site, JSON, &[Field::Text("files", "no file")]), "files");
        let twice = [Field::File("1", b"x"), Field::Text("message", "a"), Field::Text("message", "b")];
        is_problem(&send(site, JSON, &twice), 400, "malformed", &[]);
        assert_eq!(parts_kept(site), 0, "nothing of any of them is stored");
        let fits = [Field::File("a", &much[..1_400_000]), Field::File("b", &much[..1_300_000])];
        assert_eq!(send(site, JSON, &fits).status, 200);
    });
}

/// Sends the first `sent` bytes of a form on a connection that stays open.
fn half(site: &Site, form: &[u8], sent: usize) -> RawConnection {
    let mut connection = RawConnection::to(site.server.port);
    let (kind, length) = (format!("Content-Type: {}", kind()), format!("Content-Length: {}", form.len()));
    connection.write(head("POST", "/", &[&kind, &length, "Accept: application/json"]).as_bytes()).write(&form[..sent]);
    connection
}

#[test]
fn an_interrupted_form_stores_nothing_and_can_be_resubmitted() {
    on_every_store(Options::default, |site| {
        let bytes = made(7, 2_500_000);
        let (mut broken, mut put_aside) = (0, 0);
        for turn in 0..8_usize {
            let owner = nonce();
            let fields = [Field::Text("nonce", &owner), Field::Text("message", "again"), Field::File("f", &bytes)];
            let form = body(&fields);
            let begun = half(site, &form, 1_300_000 + turn * 150_000);
            until(SOON, "the upload", || (parts_kept(site) >= 2).then_some(()));
            let state = site.bare("GET", &api(&owner), &owner).json();
            assert_eq!(state["state"], "uploading");
            let stalled = match turn % 4 {
                // The connection breaks, and the server has cleaned up before the form is sent again.
                0 => {
                    drop(begun);
                    until(SOON, "cleanup after the broken form", || (parts_kept(site) == 0).then_some(()));
                    None
                }
                // The connection breaks, and the form is sent again at once.
                1 => {
                    drop(begun);
                    None
                }
                // The connection stalls without being closed.
                _ => Some(begun),
            };
            let link = link_in(&send(site, JSON, &fields));
            broken += usize::from(stalled.is_none());
            if let Some(mut stalled) = stalled {
                // Late data on the first connection changes nothing.
                stalled.write(&form[1_300_000 + turn * 150_000..]);
                let late = stalled.response().unwrap();
                assert!([409, 503].contains(&late.status), "{}", late.text());
                put_aside += 1;
            }
            let receiver = claim();
            let response = file(site, &link, 1, &receiver, "");
            assert!(response.body == bytes, "the file of the completed form");
            let path = format!("/api/v1/shares/{}/confirm", link.id);
            assert_eq!(site.bare("POST", &path, &receiver.expose()).status, 204);
            until(SOON, "the freed space", || (parts_kept(site) == 0).then_some(()));
        }
        println!("{}: {broken} forms broken and {put_aside} stalled, each sent again and opened", site.store());
    });
}

#[test]
fn a_cut_no_script_download_is_detectable_and_repeatable() {
    on_every_store(Options::default, |site| {
        let bytes = made(8, 2_500_000);
        let link = link_in(&send(site, JSON, &[Field::File("f", &bytes)]));
        let (receiver, proxy) = (claim(), Proxy::to(site.server.port));
        let (path, url) = (format!("/s/{}/files/1", link.id), link.url(&site.base));
        let rounds = 12;
        for turn in 0..rounds {
            let at = u64::from_le_bytes(random()) % 2_500_000;
            proxy.cut(Direction::Down, at, if turn % 2 == 0 { Break::Closed } else { Break::Reset });
            let form = body(&[Field::Text("nonce", &receiver.expose()), Field::Text("link", &url)]);
            let client = Client::new(proxy.url());
            let lost = client.try_send("POST", &path, &[("Content-Type", &kind())], Some(&form));
            assert!(lost.is_err(), "a cut download is detectable");
            assert_eq!(file(site, &link, 1, &claim(), "").status, 404, "another nonce");
        }
        assert!(file(site, &link, 1, &receiver, "").body == bytes);
        println!("{}: a download cut {rounds} times, finally complete", site.store());
    });
}
