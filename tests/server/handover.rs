//! Going on in another browser: only the page that opened a share can hand it over, and no link chooses who reads.

use crate::client::{Response, Share};
use crate::server::Options;
use crate::site::{Site, b64, claim, guarded, is_json, is_problem, on_both, open_body, random};
use crate::table::row;
use onetimeshare_envelope::{Claim, Handover, Link};
use serde_json::json;

fn handover() -> Handover {
    Handover::random().unwrap()
}

/// The matching words that the sender's page shows.
fn words_of_sender(site: &Site, share: &Share) -> String {
    let status = site.status(share);
    let claim_hash = status.header("claim-hash").unwrap().to_owned();
    let page = site.form("/status", "text/html", &[("link", &format!("#{}", share.status_fragment()))]).text();
    assert_eq!(claim_hash.len(), 43);
    page
}

#[test]
fn a_registered_handover_moves_the_share_once() {
    on_both(Options::default, |site| {
        for share in [Share::new("moved"), guarded("moved")] {
            let (first, second, third, ticket) = (claim(), claim(), claim(), handover());
            site.create(&share);
            assert_eq!(site.open(&share, &first).status, 200);
            assert_eq!(site.status(&share).json().get("handovers"), None);
            for _ in 0..2 {
                assert_eq!(site.register(&share, &first, &ticket).status, 204);
            }
            let moved = site.take_over(&share, &second, &ticket);
            is_json(&moved, 200, &["grace_until", "part0", "parts"]);
            assert_eq!(moved.json()["part0"], share.body["part0"]);
            // Used up: for the first browser, for a third, and for who brings it again.
            is_problem(&site.open(&share, &first), 410, "gone", &["at", "state"]);
            is_problem(&site.take_over(&share, &third, &ticket), 410, "gone", &["at", "state"]);
            is_problem(&site.take_over(&share, &first, &ticket), 410, "gone", &["at", "state"]);
            assert_eq!(site.part(&share, &first, 0).status, 404);
            assert_eq!(site.register(&share, &first, &handover()).status, 404);
            assert_eq!(site.confirm(&share, &first).status, 404);
            assert_eq!(site.take_over(&share, &second, &ticket).status, 200, "the second browser asks again");
            let status = site.status(&share).json();
            assert_eq!((status["handovers"].as_u64(), status["state"].as_str()), (Some(1), Some("opened")));
            assert!(status["handed_over_at"].is_string());
            let page = words_of_sender(site, &share);
            assert!(page.contains(&share.words(&second)) && !page.contains(&share.words(&first)), "{page}");
            // And on to a third browser.
            let next = handover();
            assert_eq!(site.register(&share, &second, &next).status, 204);
            assert_eq!(site.take_over(&share, &third, &next).status, 200);
            assert_eq!(site.status(&share).json()["handovers"], 2);
            assert_eq!(site.confirm(&share, &third).status, 204);
            assert_eq!(site.register(&share, &third, &handover()).status, 404, "confirmed");
        }
    });
}

#[test]
fn a_later_handover_replaces_an_earlier_one() {
    on_both(Options::default, |site| {
        let (share, first, second) = (Share::new("a"), claim(), claim());
        let (early, late) = (handover(), handover());
        site.create(&share);
        assert_eq!(site.register(&share, &first, &early).status, 404, "not opened");
        assert_eq!(site.open(&share, &first).status, 200);
        assert_eq!(site.register(&share, &second, &early).status, 404, "not the claim");
        assert_eq!(site.register(&share, &first, &early).status, 204);
        assert_eq!(site.register(&share, &first, &late).status, 204);
        assert_eq!(site.take_over(&share, &second, &early).status, 410);
        assert_eq!(site.take_over(&share, &second, &late).status, 200);
        let wrong = json!({ "handover_verifier": "short" });
        let path = format!("{}/handover", share.path());
        is_problem(&site.json("POST", &path, Some(&second.expose()), &wrong), 422, "invalid", &["member"]);
        assert_eq!(site.bare("POST", &path, &second.expose()).status, 415);
    });
}

#[test]
fn a_handover_needs_the_password_and_a_wrong_one_counts() {
    on_both(Options::default, |site| {
        let (share, first, second, ticket) = (guarded("a"), claim(), claim(), handover());
        site.create(&share);
        assert_eq!(site.open(&share, &first).status, 200);
        assert_eq!(site.register(&share, &first, &ticket).status, 204);
        let path = format!("{}/open", share.path());
        let with = |proof: Option<&str>| {
            let mut body = open_body(&share, &second, proof);
            body["handover"] = ticket.expose().into();
            site.json("POST", &path, None, &body)
        };
        is_problem(&with(None), 422, "password_needed", &[]);
        for left in (0..5).rev() {
            let wrong = with(Some(&b64(&random::<32>())));
            is_problem(&wrong, 403, "wrong_password", &["tries_left"]);
            assert_eq!(wrong.json()["tries_left"], left);
        }
        is_problem(&with(share.password_proof.as_deref()), 429, "slow_down", &[]);
        assert_eq!(site.status(&share).json()["wrong_passwords"], 5);
        assert_eq!(site.open(&share, &first).status, 200, "the browser that opened it is not kept waiting");
    });
}

#[test]
fn part_0_is_given_again_only_with_the_password() {
    on_both(Options::default, |site| {
        let (share, reader) = (guarded("a"), claim());
        site.create(&share);
        assert_eq!(site.open(&share, &reader).status, 200);
        let path = format!("{}/open", share.path());
        let again = |proof: Option<&str>| site.json("POST", &path, None, &open_body(&share, &reader, proof));
        is_problem(&again(None), 422, "password_needed", &[]);
        for _ in 0..10 {
            is_problem(&again(Some(&b64(&random::<32>()))), 403, "wrong_password", &["tries_left"]);
        }
        assert_eq!(site.status(&share).json()["wrong_passwords"], 0, "its browser knows it: nothing is counted");
        assert_eq!(site.open(&share, &reader).status, 200);
    });
}

/// Ways in which an attacker changes a link on its way, so that both could read.
#[test]
fn whoever_changes_a_link_on_its_way_never_reads_along() {
    on_both(Options::default, |site| {
        let mut tried = 0;
        for way in 0..7 {
            let share = if way % 2 == 0 { Share::new("for one") } else { guarded("for one") };
            let (attacker, reader, planted) = (claim(), claim(), handover());
            site.create(&share);
            let link = |handover: Option<&Handover>| {
                let (id, key) = (share.link.id, share.link.key.clone());
                Link { id, key, handover: handover.cloned() }.url(&site.base)
            };
            let read = |answer: &Response| answer.status == 200;
            let nothing = |by: &Claim, handover: &Handover| {
                let open = site.take_over(&share, by, handover);
                assert_eq!(open.status, 410, "way {way}: {}", open.text());
                assert_eq!(site.part(&share, by, 0).status, 404);
                let page = site.form(
                    &format!("/s/{}", share.link.id),
                    "text/html",
                    &[("link", &link(Some(handover))), ("nonce", &by.expose())],
                );
                assert!(!page.text().contains("for one"), "way {way}");
            };
            let opened = match way {
                // The form is posted with a link that carries a handover which nobody registered.
                0 => {
                    let fields = [("link", link(Some(&planted))), ("nonce", reader.expose())];
                    let fields: Vec<(&str, &str)> =
                        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    site.form(&format!("/s/{}", share.link.id), "text/html", &fields)
                }
                // A page opens with it: with a password, and later without.
                1 | 2 => site.take_over(&share, &reader, &planted),
                // The old form of the attack: the claim appended to the link is no link at all.
                3 => {
                    let text = format!("{}{}00000000", link(None), attacker.expose());
                    let fields = [("link", text.as_str()), ("nonce", &reader.expose())];
                    let damaged = site.form(&format!("/s/{}", share.link.id), "text/html", &fields);
                    assert_eq!(damaged.status, 422, "{}", damaged.text());
                    site.open(&share, &reader)
                }
                // The attacker registers before the opening, and after it.
                4 => {
                    assert_eq!(site.register(&share, &attacker, &planted).status, 404);
                    let opened = site.open(&share, &reader);
                    assert_eq!(site.register(&share, &attacker, &planted).status, 404);
                    opened
                }
                // The attacker's own handover, registered for another share.
                5 => {
                    let other = Share::new("other");
                    site.create(&other);
                    assert_eq!(site.open(&other, &attacker).status, 200);
                    assert_eq!(site.register(&other, &attacker, &planted).status, 204);
                    site.open(&share, &reader)
                }
                // The reader's handover, used by the reader, replayed by the attacker.
                _ => {
                    let first = claim();
                    assert_eq!(site.open(&share, &first).status, 200);
                    assert_eq!(site.register(&share, &first, &planted).status, 204);
                    site.take_over(&share, &reader, &planted)
                }
            };
            assert!(read(&opened), "way {way}: {} {}", opened.status, opened.text());
            nothing(&attacker, &planted);
            nothing(&attacker, &handover());
            assert_ne!(share.words(&attacker), share.words(&reader));
            assert!(words_of_sender(site, &share).contains(&share.words(&reader)), "way {way}");
            tried += 1;
        }
        row(&format!("claims planted in links ({})", site.store()), format!("{tried} of 7 ways gain nothing"));
    });
}

#[test]
fn a_handover_works_in_the_form_too() {
    on_both(Options::default, |site| {
        let (share, first, second, ticket) = (Share::new("moved by form"), claim(), claim(), handover());
        site.create(&share);
        assert_eq!(site.open(&share, &first).status, 200);
        assert_eq!(site.register(&share, &first, &ticket).status, 204);
        let link = Link { id: share.link.id, key: share.link.key.clone(), handover: Some(ticket) }.url(&site.base);
        let fields = [("link", link.as_str()), ("nonce", &second.expose())];
        let page = site.form(&format!("/s/{}", share.link.id), "text/html", &fields);
        assert_eq!(page.status, 200);
        assert!(page.text().contains("moved by form"));
        assert_eq!(site.open(&share, &first).status, 410);
        assert_eq!(site.open(&share, &second).status, 200);
    });
}

#[test]
fn only_the_client_that_guesses_waits() {
    let options = || Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.1\"]");
    on_both(options, |site| {
        let share = guarded("a");
        site.create(&share);
        let path = format!("{}/open", share.path());
        let from = |address: &str, proof: &str| {
            let body = open_body(&share, &claim(), Some(proof)).to_string();
            let headers = [("X-Forwarded-For", address), ("Content-Type", "application/json")];
            site.send("POST", &path, &headers, Some(body.as_bytes()))
        };
        for n in 0..6 {
            let wrong = from("203.0.113.1", &b64(&random::<32>()));
            assert_eq!(wrong.status, if n < 5 { 403 } else { 429 });
        }
        let right = share.password_proof.clone().unwrap();
        assert_eq!(from("203.0.113.1", &right).status, 429);
        assert_eq!(from("2001:db8::1", &right).status, 200, "the receiver does not wait");
    });
}

#[test]
fn thirty_wrong_passwords_of_many_clients_slow_the_whole_share() {
    let options = || Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.1\"]");
    on_both(options, |site| {
        let share = guarded("a");
        site.create(&share);
        let path = format!("{}/open", share.path());
        let from = |n: usize, proof: &str| {
            let body = open_body(&share, &claim(), Some(proof)).to_string();
            let address = format!("203.0.113.{}", n / 4 + 1);
            let headers = [("X-Forwarded-For", address.as_str()), ("Content-Type", "application/json")];
            site.send("POST", &path, &headers, Some(body.as_bytes()))
        };
        for n in 0..30 {
            assert_eq!(from(n, &b64(&random::<32>())).status, 403, "{n}");
        }
        let slowed = from(200, &share.password_proof.clone().unwrap());
        is_problem(&slowed, 429, "slow_down", &[]);
        let wait: u64 = slowed.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(site.status(&share).json()["wrong_passwords"], 30);
    });
}
