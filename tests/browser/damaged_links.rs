//! Tests links damaged by chat programs, mail clients and hand copying, in the address bar and pasted into the field.
//! Each opens, or the page shows the error; viewing consumes nothing, and no key reaches a log.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::pages::ReceiverPage;
use crate::server::Server;
use crate::with_permit;
use serde_json::Value;
use std::path::Path;

/// Where a form of link can be used: only one that still begins with the site's URL can be followed.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Address,
    Field,
}

/// Damages a link; returns `None` when it would not change.
type Damage = fn(&str) -> Option<String>;

/// Splits a link into site, id and fragment.
fn pieces(link: &str) -> (&str, &str, &str) {
    let (start, fragment) = link.split_once('#').unwrap();
    let (site, id) = start.split_once("/s/").unwrap();
    (site, id, fragment)
}

/// Forms whose key is complete.
const WHOLE: &[(&str, Damage)] = &[
    ("as it was sent", |link| Some(link.to_owned())),
    ("# as %23", |link| Some(link.replace('#', "%23"))),
    ("# as %2523", |link| Some(link.replace('#', "%2523"))),
    ("# as %23, and a bracket", |link| Some(format!("{})", link.replace('#', "%23")))),
    ("a point at its end", |link| Some(format!("{link}."))),
    ("a bracket at its end", |link| Some(format!("{link})"))),
    ("a pointed bracket at its end", |link| Some(format!("{link}>"))),
    ("quotes at its end", |link| Some(format!("{link}\u{201d},"))),
    ("wrapped over two lines", |link| Some(format!("{}\r\n{}", &link[..link.len() - 9], &link[link.len() - 9..]))),
    ("the host in capitals", |link| Some(link.replace("127.0.0.1", "LOCALHOST"))),
    ("all letters in capitals", |link| {
        let (site, id, fragment) = pieces(link);
        Some(format!("{site}/s/{}#{}", id.to_uppercase(), fragment.to_uppercase()))
    }),
    ("a query of those who count", |link| Some(link.replace('#', "?utm_source=mail&fbclid=IwAR0x#"))),
    ("a slash before the #", |link| Some(link.replace('#', "/#"))),
    ("a mark that nobody sees", |link| Some(link.replace('#', "#\u{200b}"))),
    ("hyphens of a hand", |link| {
        let (site, id, fragment) = pieces(link);
        Some(format!("{site}/s/{id}#{}-{}-{}", &fragment[..11], &fragment[11..22], &fragment[22..]))
    }),
    ("in the address of a scanner", |link| {
        let link = link.replace(':', "%3A").replace('/', "%2F").replace('#', "%23");
        Some(format!("https://eur01.safelinks.example/?url={link}&data=05%7C02&reserved=0"))
    }),
    ("in a quoted reply", |link| {
        let (first, rest) = link.split_at(link.len() - 9);
        Some(format!("> {first}\r\n> {rest}\r\n"))
    }),
    ("in quotes, within a sentence", |link| Some(format!("  Look: \u{201c}{link}\u{201d}, it opens once."))),
];

/// Forms that lost part of the key.
const DAMAGED: &[(&str, Damage)] = &[
    ("nothing behind the #", |link| Some(link.split_once('#').unwrap().0.to_owned())),
    ("the last letter lost", |link| Some(link[..link.len() - 1].to_owned())),
    ("the last letter lost, # as %23", |link| Some(link[..link.len() - 1].replace('#', "%23"))),
    ("two letters swapped", |link| {
        let (site, id, fragment) = pieces(link);
        let (last, before) = (&fragment[32..], &fragment[31..32]);
        (last != before).then(|| format!("{site}/s/{id}#{}{last}{before}", &fragment[..31]))
    }),
];

/// Brings the link to the page: through the address bar, or pasted on the page of a link without key.
async fn bring(browser: &Browser, site: &str, place: Place, text: &str) {
    browser.goto("about:blank").await;
    if place == Place::Address {
        browser.goto(text).await;
        return;
    }
    browser.goto(&format!("{site}/s/{}", "0".repeat(16))).await;
    browser.wait_for("#damaged #link").await;
    let paste = "const field = document.getElementById('link');
        field.focus();
        document.execCommand('insertText', false, arguments[0]);";
    browser.run(paste, vec![text.into()]).await;
    browser.click("#damaged button.main").await;
}

#[test]
fn every_damaged_link_opens_or_shows_its_error() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let receiver = ReceiverPage(&browser);
        let (mut opened, mut refused, mut keys) = (0, 0, Vec::new());
        for place in [Place::Address, Place::Field] {
            for (whole, forms) in [(true, WHOLE), (false, DAMAGED)] {
                for (name, damage) in forms {
                    let share = Share::new(name);
                    client.create(&share);
                    let link = share.link.url(&proxy.url());
                    let Some(text) = damage(&link) else { continue };
                    if place == Place::Address && !text.to_lowercase().starts_with("http://") {
                        continue;
                    }
                    keys.push(share.link.fragment()[1..].to_owned());
                    bring(&browser, &proxy.url(), place, &text).await;
                    if whole {
                        browser.wait_for("#open [data-action=open]").await;
                        let address = browser.address().await.replace("localhost", "127.0.0.1");
                        assert_eq!(address, link, "{name}: repaired, with no key in any path");
                        assert_eq!(client.peek(&share).json()["state"], "waiting", "{name}");
                        receiver.press().await;
                        assert_eq!(receiver.message().await, *name);
                        receiver.clear().await;
                        opened += 1;
                    } else {
                        let calls = proxy.count("/api/");
                        browser.heading("This link is not complete").await;
                        if place == Place::Field {
                            browser.wait_for("#link-problem").await;
                        }
                        assert_eq!(proxy.count("/api/"), calls, "{name}: nothing is sent");
                        assert_eq!(client.peek(&share).json()["state"], "waiting", "{name}");
                        refused += 1;
                    }
                }
            }
        }
        // Some keys did arrive in a path; even the debug log contains none of them.
        assert!(proxy.count("%231") >= 3 && proxy.count("%25231") >= 1);
        let log = server.log.text().to_lowercase();
        for key in &keys {
            assert!(!log.contains(key.as_str()) && !log.contains(&key[..12]), "a key in the log: {log}");
        }
        println!(
            "{opened} damaged links opened, {refused} reported as damaged with the share unopened; no key in the log"
        );
        browser.close().await;
    });
}

#[test]
fn the_sender_s_link_and_the_receiver_s_are_told_apart() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("kept");
        client.create(&share);
        let status = format!("{}/status#{}", proxy.url(), share.status_fragment());
        bring(&browser, &proxy.url(), Place::Field, &status).await;
        let own = "This is the sender’s own link. It opens nothing. Ask them for the other link.";
        assert_eq!(browser.text("#link-problem").await, format!("Problem:\n{own}"));
        assert_eq!(proxy.count("/api/"), 0, "nothing is sent");

        browser.goto(&format!("{}/status", proxy.url())).await;
        browser.fill("#link", &share.link.url(&proxy.url())).await;
        browser.click("#status-form button.main").await;
        let other = "This is the link to send. Paste your own status link.";
        assert_eq!(browser.text("#link-problem").await, format!("Problem:\n{other}"));
        assert_eq!(proxy.count("/api/"), 0, "nothing is sent");
        assert_eq!(client.peek(&share).json()["state"], "waiting");
        browser.close().await;
    });
}

#[test]
fn every_link_vector_parses_or_is_reported_damaged() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let browser = Browser::start().await;
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/envelope-v1.json");
        let vectors: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut seen = [0, 0];
        for (kind, list) in ["read", "damaged"].into_iter().enumerate() {
            for case in vectors["links"][list].as_array().unwrap() {
                let (name, text) = (&case["name"], case["text"].as_str().unwrap());
                for place in [Place::Address, Place::Field] {
                    let text = match place {
                        Place::Address => text.replace("https://share.example", &proxy.url()),
                        Place::Field => text.to_owned(),
                    };
                    if place == Place::Address && !text.starts_with(&proxy.url()) {
                        continue;
                    }
                    let before = proxy.count("/peek ");
                    bring(&browser, &proxy.url(), place, &text).await;
                    // No such share exists: a complete link finds nothing.
                    let heading = ["This link does not work", "This link is not complete"][kind];
                    browser.heading(heading).await;
                    if kind == 1 && place == Place::Field {
                        browser.wait_for("#link-problem").await;
                    }
                    assert_eq!(proxy.count("/peek ") - before, 1 - kind, "{name}");
                    seen[kind] += 1;
                }
            }
        }
        let key = vectors["links"]["read"][0]["text"].as_str().unwrap().split_once('#').unwrap().1;
        assert!(!server.log.text().to_lowercase().contains(&key[1..13]), "no key in the log");
        println!("{} complete and {} damaged link vectors, each in both places", seen[0], seen[1]);
        assert!(seen[0] >= 19 && seen[1] >= 19, "{seen:?}");
        browser.close().await;
    });
}
