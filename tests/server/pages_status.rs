//! Tests the sender's status page without scripts.

use crate::client::{Response, Share};
use crate::html::{h1, page, tag, value};
use crate::server::Options;
use crate::site::{Site, claim, guarded, guess, is_problem, on_both};
use onetimeshare_envelope::Owner;

const HTML: &str = "text/html";

fn ask(site: &Site, path: &str, share: &Share) -> Response {
    site.form(path, HTML, &[("owner", &share.owner.expose())])
}

#[test]
fn the_status_form_shows_each_state() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        guess(site, &share);
        let waiting = page(&ask(site, "/status", &share), 200);
        assert_eq!(h1(&waiting), "Not opened yet");
        assert!(waiting.contains("1 wrong password so far."), "{waiting}");
        assert!(waiting.contains("This page is only for you."));
        guess(site, &share);
        assert!(page(&ask(site, "/status", &share), 200).contains("2 wrong passwords so far."));
        let receiver = claim();
        assert_eq!(site.open(&share, &receiver).status, 200);
        let opened = page(&ask(site, "/status", &share), 200);
        assert_eq!(h1(&opened), "Opened");
        assert!(opened.contains("Was it not them? Change the password or code you sent."));
        assert!(opened.contains("Whoever opened it can read it again until "), "{opened}");
        assert_eq!(site.confirm(&share, &receiver).status, 204);
        let deleted = page(&ask(site, "/status", &share), 200);
        assert_eq!(h1(&deleted), "Opened and deleted");
        assert!(
            !deleted.contains("read it again") && deleted.contains("Nothing is left on OneTimeShare."),
            "{deleted}"
        );

        let unknown = page(&ask(site, "/status", &Share::new("b")), 404);
        assert_eq!(h1(&unknown), "This link does not work");
    });
}

#[test]
fn a_status_link_wrapped_by_mail_clients_is_parsed() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let owner = share.owner.expose();
    for text in [
        format!("{}/status#{owner}", site.base),
        format!("https://share.example/status#{owner}"),
        format!("  <{}/status#{owner}>. ", site.base),
        format!("{}/status%23{owner}", site.base),
        format!("{}/status%2523{owner}", site.base),
        format!("{}/status?lang=en#{owner}", site.base),
        format!("{}/STATUS#{}", site.base, owner.to_uppercase()),
        format!("“{}/status#{owner}”,", site.base),
        format!("{}/status#{}-{}", site.base, &owner[..16], &owner[16..]),
        owner.clone(),
    ] {
        let html = page(&site.form("/status", HTML, &[("link", &text)]), 200);
        assert_eq!(h1(&html), "Not opened yet", "{text}");
    }
    for text in [String::new(), "hello".into(), owner[1..].to_owned(), format!("{owner}0"), "u".repeat(32)] {
        let response = site.form("/status", HTML, &[("link", &text)]);
        let html = page(&response, 422);
        assert_eq!(value(&html, "link"), text, "the pasted text is kept");
        assert!(tag(&html, &["input ", "id=\"link\""]).unwrap().contains("aria-invalid=\"true\""));
        is_problem(&site.form("/status", "application/json", &[("link", &text)]), 422, "invalid", &["member"]);
        assert_eq!(site.form("/status/delete", HTML, &[("link", &text)]).status, 422);
    }
    assert_eq!(site.status(&share).json()["state"], "waiting");
}

#[test]
fn only_the_long_status_link_shows_the_matching_words() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        let long = share.status_fragment();
        let paste = |text: &str| page(&site.form("/status", HTML, &[("link", text)]), 200);
        let shown = "Whoever opened it sees these words: <strong><bdi dir=\"ltr\" lang=\"en\" translate=\"no\" data-slot=\"words\">";
        assert!(!paste(&long).contains(shown));
        let receiver = claim();
        assert_eq!(site.open(&share, &receiver).status, 200);
        let html = paste(&format!("{}/status#{long}", site.base));
        assert!(html.contains(&format!("{shown}{}</bdi>", share.words(&receiver))), "{html}");
        let (owner, words) = (value(&html, "owner"), value(&html, "words"));
        assert_eq!(format!("{owner}{words}"), long);
        let again = page(&site.form("/status", HTML, &[("owner", &owner), ("words", &words)]), 200);
        assert!(again.contains(&share.words(&receiver)), "a repeated request shows the matching words again");
        let short = paste(&share.owner.expose());
        assert_eq!(h1(&short), "Opened");
        assert_eq!(value(&short, "owner"), share.owner.expose());
        assert!(!short.contains("these words"), "{short}");
        // Truncated, altered, or appended to another owner token, it is reported as damaged.
        let other = Share::new("b");
        for text in [&long[..63], &format!("{}{}", other.owner.expose(), &long[32..]), &format!("{}0", &long[..63])] {
            if *text != long {
                assert_eq!(site.form("/status", HTML, &[("link", text)]).status, 422);
            }
        }
        let log = site.server.log.text();
        assert!(!log.contains(&long[32..]) && !log.contains(&share.words(&receiver)), "the log contains none of it");
    });
}

#[test]
fn deleting_requires_a_confirmation() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        site.create(&share);
        let owner = share.owner.expose();
        let html = page(&ask(site, "/status", &share), 200);
        let button = tag(&html, &["button ", "name=\"ask\""]).unwrap();
        assert!(button.contains("value=\"delete\""), "{button}");
        let sure = page(&site.form("/status", HTML, &[("owner", &owner), ("ask", "delete")]), 200);
        assert_eq!(h1(&sure), "Delete it now?");
        assert!(sure.contains("The link stops working. You cannot undo this."));
        assert!(tag(&sure, &["form ", "action=\"/status/delete\""]).is_some());
        assert_eq!(value(&sure, "owner"), owner);
        assert_eq!(site.status(&share).json()["state"], "waiting", "the confirmation page deletes nothing");
        for _ in 0..2 {
            let deleted = page(&ask(site, "/status/delete", &share), 200);
            assert_eq!(h1(&deleted), "Deleted by you");
        }
        assert_eq!(site.status(&share).json()["state"], "deleted");

        let opened = Share::new("b");
        site.create(&opened);
        assert_eq!(site.open(&opened, &claim()).status, 200);
        assert_eq!(
            h1(&page(&ask(site, "/status/delete", &opened), 200)),
            "Opened",
            "deleting an opened share shows that it was opened"
        );

        let stranger = Owner::random().unwrap().expose();
        let unknown = site.form("/status/delete", HTML, &[("owner", &stranger)]);
        assert_eq!(h1(&page(&unknown, 404)), "This link does not work");
    });
}

#[test]
fn the_status_page_is_static() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    let before = page(&site.get("/status"), 200);
    site.create(&share);
    assert_eq!(page(&site.get("/status"), 200), before);
    assert_eq!(h1(&before), "See if it was opened");
    assert_eq!(page(&site.get(&format!("/status?{}", share.owner.expose())), 200), before);
}
