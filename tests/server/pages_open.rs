//! Tests opening without scripts: pasted links in every form that mail and chat programs produce.

use crate::client::{Response, Share};
use crate::html::{h1, inside, message, page, tag, value};
use crate::server::Options;
use crate::site::{Site, claim, guarded, guess, on_both, retry_after};
use onetimeshare_envelope::{Handover, Link};
use serde_json::Value;

const HTML: &str = "text/html";

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/envelope-v1.json")).unwrap()
}

fn form(site: &Site, path: &str, link: &str, password: &str, nonce: &str) -> Response {
    site.form(path, HTML, &[("nonce", nonce), ("link", link), ("password", password)])
}

fn path(share: &Share) -> String {
    format!("/s/{}", share.link.id)
}

fn state(site: &Site, share: &Share) -> String {
    site.status(share).json()["state"].as_str().unwrap().to_owned()
}

/// Fragment of the link in a vector.
fn vector_fragment<'a>(links: &'a Value, name: &str) -> &'a str {
    let case = links["read"].as_array().unwrap().iter().find(|case| case["name"] == name).unwrap();
    case["text"].as_str().unwrap().rsplit('#').next().unwrap()
}

/// A link from the vectors, with the id and key of `share` and the given handover.
fn adapted(text: &str, links: &Value, share: &Share, handover: &Handover) -> String {
    let with_handover =
        Link { id: share.link.id, key: share.link.key.clone(), handover: Some(handover.clone()) }.fragment();
    let (id, fragment) = (share.link.id.to_string(), share.link.fragment());
    let original = &links["id"].as_str().unwrap();
    let plain = links["read"][0]["text"].as_str().unwrap().rsplit('#').next().unwrap();
    let hyphenated = vector_fragment(links, "hyphens added by a hand copy");
    let mut letters = fragment.chars();
    let mine: String =
        hyphenated.chars().map(|letter| if letter == '-' { '-' } else { letters.next().unwrap() }).collect();
    let alike = fragment.replace('1', "l").replace('0', "o");
    text.replace(vector_fragment(links, "with a handover"), &with_handover)
        .replace(hyphenated, &mine)
        .replace(vector_fragment(links, "o for 0 and l for 1"), &alike)
        .replace(plain, &fragment)
        .replace(&plain.to_uppercase(), &fragment.to_uppercase())
        .replace(original, &id)
        .replace(&original.to_uppercase(), &id.to_uppercase())
}

#[test]
fn every_accepted_form_of_a_link_opens() {
    on_both(Options::default, |site| {
        let vectors = vectors();
        let links = &vectors["links"];
        let mut opened = 0;
        for case in links["read"].as_array().unwrap() {
            let name = case["name"].as_str().unwrap();
            let (share, receiver) = (Share::new(name), claim());
            site.create(&share);
            let text = adapted(case["text"].as_str().unwrap(), links, &share, &Handover::random().unwrap());
            assert!(!text.contains(&vector_fragment(links, "with a handover")[..8]), "{text}");
            let fragment = share.link.fragment();
            // The link page, and the page of a link that a filter damaged so that the key is in the path.
            let paths =
                [path(&share), format!("{}%23{fragment}", path(&share)), format!("{}%2523{fragment}", path(&share))];
            for path in &paths {
                assert_eq!(
                    message(&page(&form(site, path, &text, "", &receiver.expose()), 200)),
                    name,
                    "{text} at {path}"
                );
                opened += 1;
            }
            assert_eq!(site.open(&share, &receiver).status, 200, "the nonce served as the claim");
        }
        println!("{}: {opened} pasted links opened", site.store());
    });
}

#[test]
fn a_damaged_link_or_one_of_another_share_gets_422() {
    let site = Site::embedded(Options::default());
    let vectors = vectors();
    let links = &vectors["links"];
    let (share, other) = (Share::new("mine"), Share::new("other"));
    site.create(&share);
    site.create(&other);
    let mut texts: Vec<String> = links["damaged"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["text"].as_str().unwrap().replace(links["id"].as_str().unwrap(), &share.link.id.to_string()))
        .collect();
    let whole = share.link.url(&site.base);
    texts.extend([
        whole[..whole.len() - 1].to_owned(),
        format!("{whole}0"),
        whole.replace('#', ""),
        other.link.url(&site.base),
        other.link.fragment(),
    ]);
    for text in &texts {
        let response = form(&site, &path(&share), text, "typed", &claim().expose());
        let html = page(&response, 422);
        assert_eq!(h1(&html), "This link is not complete", "{text}");
        assert!(html.contains("Part of it got lost. Nothing was opened."));
        assert_eq!(value(&html, "link"), text.replace(['\n', '\r'], ""), "the pasted text is kept");
        assert_eq!(value(&html, "password"), "typed");
        assert_eq!(value(&html, "nonce").len(), 32);
        assert_eq!((state(&site, &share).as_str(), state(&site, &other).as_str()), ("waiting", "waiting"));
        let text_answer = site.form(&path(&share), "*/*", &[("link", text)]);
        assert_eq!((text_answer.status, text_answer.text().as_str()), (422, "This link is not complete\n"));
    }
    for path in ["/s/short", "/s/uuuuuuuuuuuuuuuu", "/s/%23", "/s/x%2523y"] {
        assert_eq!(form(&site, path, &whole, "", &claim().expose()).status, 422, "{path}");
    }
    assert_eq!(state(&site, &share), "waiting");
    println!("{} damaged links opened nothing", texts.len());
}

#[test]
fn reposting_the_form_shows_the_message_again_unless_the_nonce_differs() {
    on_both(Options::default, |site| {
        let share = Share::new("once, <b>for one</b>\nsecond line");
        site.create(&share);
        let html = page(&site.get(&path(&share)), 200);
        assert_eq!(h1(&html), "Someone sent you something");
        let nonce = value(&html, "nonce");
        let link = share.link.url(&site.base);
        for _ in 0..3 {
            let opened = page(&form(site, &path(&share), &link, "", &nonce), 200);
            assert_eq!(h1(&opened), "Here is your message");
            assert_eq!(message(&opened), "once, <b>for one</b>\nsecond line");
            assert!(!opened.contains("<b>"));
            assert!(opened.contains("deletes its copy within 10 minutes."), "{opened}");
        }
        let late = page(&form(site, &path(&share), &link, "", &claim().expose()), 404);
        assert_eq!(h1(&late), "This was opened");
        assert!(
            late.contains("Was it not you? Tell the sender now, so they can change the password or code in it."),
            "{late}"
        );
        assert_eq!(state(site, &share), "opened");
        let line = site.form(&path(&share), "*/*", &[("link", &link), ("nonce", &nonce)]);
        assert_eq!((line.status, line.text().as_str()), (200, "once, <b>for one</b>\nsecond line\n"));
    });
}

#[test]
fn only_a_whole_link_reveals_how_a_share_ended() {
    on_both(Options::default, |site| {
        let receiver = claim();
        let (opened, deleted, never) = (Share::new("a"), Share::new("b"), Share::new("c"));
        site.create(&opened);
        assert_eq!(site.open(&opened, &receiver).status, 200);
        assert_eq!(site.confirm(&opened, &receiver).status, 204);
        site.create(&deleted);
        assert_eq!(site.delete(&deleted).status, 204);
        let ask = |share: &Share, link: &Link| {
            page(&form(site, &path(share), &link.url(&site.base), "", &claim().expose()), 404)
        };
        assert_eq!(h1(&ask(&opened, &opened.link)), "This was opened");
        assert_eq!(h1(&ask(&deleted, &deleted.link)), "The sender deleted this");
        let unknown = ask(&never, &never.link);
        assert_eq!(h1(&unknown), "This link does not work");
        assert!(unknown.contains("We cannot tell you which."));
        // A guess: another key under the same id, with a valid checksum.
        for share in [&opened, &deleted] {
            let guessed = Link { id: share.link.id, key: never.link.key.clone(), handover: None };
            assert_eq!(ask(share, &guessed), unknown, "a wrong key learns nothing");
        }
        let mine = form(site, &path(&opened), &opened.link.url(&site.base), "", &receiver.expose());
        assert_eq!(mine.status, 404, "the claim holder after the confirmation");
    });
}

#[test]
fn a_wrong_password_keeps_the_link_field_and_clears_the_password() {
    let site = Site::embedded(Options::default());
    let share = Share::with("behind it", Some("the right one"), 3_600);
    site.create(&share);
    let (link, nonce) = (share.link.url(&site.base), claim().expose());
    let path = path(&share);

    let none = page(&form(&site, &path, &link, "", &nonce), 422);
    assert_eq!(inside(&none, &["a ", "href=\"#password\""]), "Type the password the sender told you");
    assert_eq!(site.status(&share).json()["wrong_passwords"], 0);

    let wrong = page(&form(&site, &path, &link, "a wrong one", &nonce), 403);
    let said = "That password is not right. You can try 4 more times.";
    assert_eq!(inside(&wrong, &["a ", "href=\"#password\""]), said);
    assert_eq!(value(&wrong, "link"), link);
    assert_eq!(value(&wrong, "password"), "");
    assert_eq!(value(&wrong, "nonce"), nonce);
    let field = tag(&wrong, &["input ", "id=\"password\""]).unwrap();
    assert!(field.contains("aria-invalid=\"true\""), "{field}");
    assert!(wrong.contains("<title>Problem: "));
    assert_eq!(site.status(&share).json()["wrong_passwords"], 1);

    let right = page(&form(&site, &path, &link, "the right one", &nonce), 200);
    assert_eq!(message(&right), "behind it");
    let again = page(&form(&site, &path, &link, "the right one", &nonce), 200);
    assert_eq!(message(&again), "behind it");
    // The claim is enough to download it again, and the password to decrypt it.
    let forgot = page(&form(&site, &path, &link, "", &nonce), 422);
    assert_eq!(inside(&forgot, &["a ", "href=\"#password\""]), "Type the password the sender told you");
    let mistyped = page(&form(&site, &path, &link, "another one", &nonce), 403);
    assert!(inside(&mistyped, &["a ", "href=\"#password\""]).starts_with("That password is not right."));
    assert_eq!(value(&mistyped, "link"), link);
    let stranger = page(&form(&site, &path, &link, "another one", &claim().expose()), 404);
    assert_eq!(h1(&stranger), "This was opened");
}

#[test]
fn too_many_passwords_make_the_page_wait() {
    on_both(Options::default, |site| {
        let share = guarded("behind it");
        site.create(&share);
        (0..5).for_each(|_| drop(guess(site, &share)));
        let link = share.link.url(&site.base);
        let response = form(site, &path(&share), &link, "anything", &claim().expose());
        let html = page(&response, 429);
        assert_eq!(inside(&html, &["a ", "href=\"#password\""]), "Too many tries. Wait 1 minute.");
        assert!((1..=60).contains(&retry_after(&response)));
        assert_eq!(value(&html, "link"), link);
        let line = site.form(&path(&share), "*/*", &[("link", link.as_str()), ("password", "anything")]);
        assert_eq!(line.status, 429);
        assert!((1..=60).contains(&retry_after(&line)));
        assert_eq!(site.status(&share).json()["wrong_passwords"], 5);
    });
}

#[test]
fn an_altered_share_shows_an_error_and_no_content() {
    let site = Site::embedded(Options::default());
    let mut share = Share::new("as it was");
    let mut part0 = crate::site::from_b64(share.body["part0"].as_str().unwrap());
    part0[100] ^= 1;
    share.body["part0"] = crate::site::b64(&part0).into();
    site.create(&share);
    let html = page(&form(&site, &path(&share), &share.link.url(&site.base), "", &claim().expose()), 422);
    assert!(html.contains("This was changed on the way. Ask for a new link."));
    assert!(!html.contains("as it was"));
}

#[test]
fn the_link_page_answers_for_any_damaged_path() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let (id, fragment) = (share.link.id.to_string(), share.link.fragment());
    for rest in [
        id.clone(),
        format!("{id}/"),
        format!("{id}."),
        format!("{id}%3E"),
        format!("{id}%23{fragment}"),
        format!("{id}%23{fragment}."),
        format!("{id}%23{fragment}%3E"),
        format!("{id}%23{fragment})"),
        format!("{id}%23{fragment}%22"),
        format!("{id}%2523{fragment}%3E."),
        format!("{id}/%23{fragment}"),
        format!("{id}%2F%23{fragment}"),
        format!("{}%23{}", id.to_uppercase(), fragment.to_uppercase()),
        format!("{id}?utm_source=mail"),
        format!("%3C{id}"),
        format!("*{id}"),
        format!(".{id}"),
        String::new(),
    ] {
        let html = page(&site.get(&format!("/s/{rest}")), 200);
        assert_eq!(h1(&html), "Someone sent you something", "{rest}");
    }
    for rest in [
        format!("{id}/"),
        format!("{id}%23{fragment}%3E"),
        format!("{id}."),
        format!("{id}/%23{fragment}"),
        format!("{id}%2F"),
    ] {
        let one = Share::new("opened all the same");
        site.create(&one);
        let rest = rest.replace(&id, &one.link.id.to_string()).replace(&fragment, &one.link.fragment());
        let html = page(&form(&site, &format!("/s/{rest}"), &one.link.url(&site.base), "", &claim().expose()), 200);
        assert_eq!(message(&html), "opened all the same", "{rest}");
    }
    assert_eq!(state(&site, &share), "waiting");
}

#[test]
fn open_and_gone_pages_say_how_to_report_a_link_when_there_is_a_contact() {
    let share = Share::new("a");
    let path = format!("/s/{}", share.link.id);
    let gone = |site: &Site| site.form(&path, "text/html", &[("link", &share.link.url(&site.base))]);
    let site = Site::embedded(Options::default());
    assert!(!page(&site.get(&path), 200).contains("Tell us"));
    assert!(!page(&gone(&site), 404).contains("Tell us"));
    let site = Site::embedded(Options::default().set("contact", "\"abuse@share.example\""));
    let address = "<a href=\"mailto:abuse@share.example\"><bdi>abuse@share.example</bdi></a>";
    let wanted = format!("Is it a trick or a threat? Do not open it. Tell us and send us the link: {address}");
    assert!(page(&site.get(&path), 200).contains(&wanted));
    let wanted = format!("Was it a trick or a threat? Tell us and send us the link: {address}");
    assert!(page(&gone(&site), 404).contains(&wanted));
}
