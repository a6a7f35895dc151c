//! Tests links that mail gateways, chat programs and typing changed. The browser passes the same vectors
//! (`tests/browser/vectors.rs`).

use crate::client::Share;
use crate::html::{h1, inside, page};
use crate::server::Options;
use crate::site::{Site, claim};
use crate::table::row;
use onetimeshare_envelope::{Handover, Link, StatusLink};
use serde_json::Value;
use std::collections::BTreeSet;

const OWN: &str = "This is the sender’s own link. It opens nothing. Ask them for the other link.";

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/link-repairs.json")).unwrap()
}

/// Calls `check` for each case of a list, with its name and text.
fn each(list: &Value, mut check: impl FnMut(&str, &str, &Value)) -> usize {
    let cases = list.as_array().unwrap();
    for case in cases {
        check(case["name"].as_str().unwrap(), case["text"].as_str().unwrap(), case);
    }
    cases.len()
}

#[test]
fn every_repair_gives_the_link_that_was_sent_and_no_other() {
    let vectors = vectors();
    let (id, key) = (vectors["id"].as_str().unwrap(), vectors["key"].as_str().unwrap());
    let mut kinds = BTreeSet::new();
    let repaired = each(&vectors["repaired"], |name, text, case| {
        let link = Link::parse(text).unwrap_or_else(|_| panic!("{name}: {text}"));
        for read in [&link, &Link::parse_for(&link.id, text).unwrap()] {
            assert_eq!(
                (read.id.to_string().as_str(), crate::site::hex(read.key.as_bytes()).as_str()),
                (id, key),
                "{name}"
            );
            assert_eq!(read.handover.as_ref().map(Handover::expose).as_deref(), case["handover"].as_str(), "{name}");
        }
        assert!(!StatusLink::is_in(text), "{name}");
        kinds.insert(case["kind"].as_str().unwrap().to_owned());
    });
    let damaged = each(&vectors["damaged"], |name, text, _| assert!(Link::parse(text).is_err(), "{name}"));
    let fragment = vectors["status"]["fragment"].as_str().unwrap();
    let status = each(&vectors["status"]["repaired"], |name, text, _| {
        assert_eq!(
            StatusLink::parse(text).map(|link| link.fragment().to_string()).as_deref(),
            Some(fragment),
            "{name}"
        );
        assert!(StatusLink::is_in(text) && Link::parse(text).is_err(), "{name}");
    });
    assert_eq!((repaired, damaged, status, kinds.len()), (127, 19, 11, 13));
    row(
        "changed links",
        format!("{repaired} of {} kinds repaired, {damaged} damaged, {status} of the sender", kinds.len()),
    );
}

#[test]
fn the_server_answers_a_changed_link_as_the_link_that_was_sent() {
    let site = Site::embedded(Options::default());
    let vectors = vectors();
    let path = format!("/s/{}", vectors["id"].as_str().unwrap());
    let post = |link: &str| site.form(&path, "*/*", &[("link", link), ("nonce", &claim().expose())]);
    // No such share exists: a complete link finds nothing.
    each(&vectors["repaired"], |name, text, _| {
        assert_eq!(post(text).status, 404, "{name}");
        // The page of the share takes the fragment alone. The page of a request names the kind of a complete link.
        let named = site.form("/request/collect", "*/*", &[("link", text)]);
        assert_eq!((named.status, named.text().as_str()), (422, "This is another kind of link.\n"), "{name}");
    });
    each(&vectors["damaged"], |name, text, _| {
        let refused = site.form("/s/0000000000000000", "*/*", &[("link", text)]);
        assert_eq!((refused.status, refused.text().as_str()), (422, "This link is not complete\n"), "{name}");
    });
    each(&vectors["status"]["repaired"], |name, text, _| {
        let refused = post(text);
        assert_eq!((refused.status, refused.text()), (422, format!("{OWN}\n")), "{name}");
        assert_eq!(site.form("/status", "*/*", &[("link", text)]).status, 404, "{name}");
    });
    let share = Share::new("kept");
    site.create(&share);
    let status = format!("{}/status#{}", site.base, share.status_fragment());
    let html = page(&site.form(&format!("/s/{}", share.link.id), "text/html", &[("link", &status)]), 422);
    assert!(html.contains(OWN), "{html}");
    let html = page(&site.form("/status", "text/html", &[("link", &share.link.url(&site.base))]), 422);
    assert_eq!(inside(&html, &["a ", "href=\"#link\""]), "This is the link to send. Paste your own status link.");
    assert_eq!(site.peek(&share).json()["state"], "waiting");
}

#[test]
fn pages_answer_at_a_path_in_capitals() {
    for (base, upper) in [("", ""), ("/tools/share", "/TOOLS/SHARE")] {
        let site = Site::embedded(Options::default().set("public_url", format!("http://share.example{base}")));
        let share = Share::new("in capitals");
        let created = site.json("PUT", &format!("{base}{}", share.path()), Some(&share.owner.expose()), &share.body);
        assert_eq!(created.status, 201, "{}", created.text());
        let id = share.link.id.to_string().to_uppercase();
        for (path, title) in [
            (format!("{upper}/S/{id}"), "Someone sent you something"),
            (format!("{base}/S/{id}%231key?lang=en"), "Someone sent you something"),
            (format!("{upper}/STATUS"), "Your status page"),
            (format!("{base}/About"), "How this works"),
        ] {
            let html = page(&site.get(&path), 200);
            assert!(h1(&html) == title || path.ends_with("STATUS"), "{path}: {}", h1(&html));
            assert_eq!(site.send("HEAD", &path, &[("Accept", "text/html")], None).status, 200, "{path}");
        }
        for path in [format!("{upper}/NOWHERE"), format!("{upper}/STATUSES"), format!("{upper}/HEALTH/LIVE")] {
            assert_eq!(site.get(&path).status, 404, "{path}");
        }
        // A proxy may strip the base path.
        let stripped = crate::client::Client::new(site.server.url()).get(&format!("/S/{id}"));
        assert_eq!(h1(&page(&stripped, 200)), "Someone sent you something", "{base}");
        let link = share.link.url(&format!("http://share.example{base}")).to_uppercase();
        let opened = site.form(&format!("{upper}/S/{id}"), "*/*", &[("link", &link)]);
        assert_eq!((opened.status, opened.text().as_str()), (200, "in capitals\n"));
    }
}
