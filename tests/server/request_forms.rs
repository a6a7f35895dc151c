//! Requests without scripts: made, answered and collected by forms and by `curl`; links in the wrong place.

use crate::client::{Response, Share};
use crate::html::{h1, page, timeless};
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, Site, claim, is_problem, on_both, until};
use onetimeshare_envelope::Link;
use onetimeshare_envelope::request::{GiveLink, PrivateLink};

/// Makes a request as `curl` does. Returns the link to send and the private link.
fn ask(site: &Site, fields: &[(&str, &str)]) -> (String, String) {
    let made = site.form("/request", "*/*", fields);
    assert_eq!(made.status, 200, "{}", made.text());
    let text = made.text();
    let lines: Vec<&str> = text.lines().collect();
    let [link, private] = lines[..] else { panic!("{text}") };
    let keys = PrivateLink::parse(private).unwrap().keys();
    assert!(GiveLink::parse(link).is_ok_and(|link| link.id == keys.id() && link.key == keys.give_link().key));
    assert!(link.starts_with(&format!("{}/r/", site.base)) && private.starts_with(&format!("{}/request#", site.base)));
    (link.to_owned(), private.to_owned())
}

fn path(link: &str) -> String {
    format!("/r/{}", GiveLink::parse(link).unwrap().id)
}

fn give(site: &Site, link: &str, accept: &str, more: &[(&str, &str)]) -> Response {
    site.form(&path(link), accept, &[&[("link", link)], more].concat())
}

fn collect(site: &Site, private: &str, accept: &str) -> Response {
    site.form("/request/collect", accept, &[("link", private)])
}

/// Sends a form with a file, as `curl -F link=… -F file=@…` does.
fn give_file(site: &Site, link: &str, bytes: &[u8], link_first: bool) -> Response {
    let boundary = "-- a boundary";
    let text = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"link\"\r\n\r\n{link}\r\n").into_bytes();
    let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n");
    let file = [head.as_bytes(), bytes, b"\r\n"].concat();
    let end = format!("--{boundary}--\r\n").into_bytes();
    let body = if link_first { [text, file, end].concat() } else { [file, text, end].concat() };
    let kind = format!("multipart/form-data; boundary=\"{boundary}\"");
    site.send("POST", &path(link), &[("Content-Type", &kind), ("Accept", "*/*")], Some(&body))
}

#[test]
fn a_request_goes_all_the_way_by_curl() {
    on_both(Options::default, |site| {
        let (link, private) = ask(site, &[("note", "the contract, please"), ("answers", "2")]);
        assert_eq!(collect(site, &private, "*/*").text(), "Nothing has come yet\n");
        let note = give(site, &link, "*/*", &[]);
        assert_eq!((note.status, note.text()), (200, "the contract, please\n".to_owned()));
        assert_eq!(give(site, &link, "*/*", &[("message", "signed")]).text(), "Sent\n");
        let file = vec![7; 2_000_000];
        assert_eq!(give_file(site, &link, &file, true).text(), "Sent\n");
        let late = give(site, &link, "*/*", &[("message", "a third")]);
        assert_eq!((late.status, late.text()), (409, "They have all they asked for\n".to_owned()));
        is_problem(&give(site, &link, "application/json", &[("message", "a third")]), 409, "full", &[]);

        let text = collect(site, &private, "*/*").text();
        let links: Vec<&str> = text.lines().collect();
        assert_eq!(links.len(), 2, "{text}");
        let first = Link::parse(links[0]).unwrap();
        let opened = site.form(&format!("/s/{}", first.id), "*/*", &[("link", links[0])]);
        assert_eq!(opened.text(), "signed\n");
        let second = Link::parse(links[1]).unwrap();
        let (id, claim) = (second.id, claim().expose());
        let fields = [("link", links[1]), ("nonce", claim.as_str())];
        assert_eq!(site.form(&format!("/s/{id}"), "*/*", &fields).text(), "a.bin\n");
        assert!(site.form(&format!("/s/{id}/files/1"), "*/*", &fields).body == file);
    });
}

#[test]
fn the_form_for_an_answer_offers_what_fits_now() {
    let redis = RedisServer::start(&["--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]);
    let site = Site::on(redis, Options::default());
    let offered = |html: &str| {
        let (_, rest) = html.split_once("id=\"files-hint\">").unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let (link, _) = ask(&site, &[]);
    let form = || offered(&page(&give(&site, &link, "text/html", &[]), 200));
    let hint = until(SOON, "the room to be measured", || Some(form()).filter(|hint| !hint.contains("GB")));
    assert!(hint.contains("MB"), "{hint}");
    for path in ["/", "/r/0123456789abcdef"] {
        // The form of the second is in a template for scripts.
        assert_eq!(hint, offered(&site.get(path).text()), "{path}");
    }
}

#[test]
fn a_request_goes_all_the_way_through_the_pages() {
    on_both(Options::default, |site| {
        let html = page(&site.get("/request"), 200);
        assert_eq!(h1(&html), "Ask for something");
        assert!(html.contains("<span data-slot=\"only-you\" hidden>Only you can open them."), "{html}");
        let nonce = claim().expose();
        let fields = [("note", "Line <one>\r\nand two"), ("answers", "1"), ("nonce", nonce.as_str())];
        let html = page(&site.form("/request", "text/html", &fields), 200);
        assert_eq!(h1(&html), "You have two links");
        let private = PrivateLink::from_nonce(&nonce).unwrap();
        let (link, private_link) = (private.keys().give_link().url(&site.base), private.url(&site.base));
        assert!(html.contains(&link) && html.contains(&private_link));
        assert_eq!(h1(&page(&site.form("/request", "text/html", &fields), 409)), "You already made this link");

        assert_eq!(h1(&page(&site.get(&path(&link)), 200)), "Someone asks you for something");
        let html = page(&give(site, &link, "text/html", &[]), 200);
        assert!(html.contains("Line &lt;one&gt;\nand two"), "{html}");
        assert!(html.contains("Never send a bank PIN"));
        let empty = page(&give(site, &link, "text/html", &[("step", "send")]), 422);
        assert!(empty.contains("id=\"message-problem\""), "{empty}");
        let html = page(&give(site, &link, "text/html", &[("step", "send"), ("message", "signed")]), 200);
        assert_eq!(h1(&html), "Sent");
        assert!(html.contains("The person who asked can open it now."), "{html}");
        let full = page(&give(site, &link, "text/html", &[("step", "send"), ("message", "again")]), 409);
        assert_eq!(h1(&full), "They have all they asked for");

        let html = page(&collect(site, &private_link, "text/html"), 200);
        assert_eq!(h1(&html), "Your answer is here");
        let value = |name: &str| {
            let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (_, action) = html.split_once("action=\"/s/").unwrap();
        let action = format!("/s/{}", action.split('"').next().unwrap());
        let fields = [("link", value("link")), ("nonce", value("nonce"))];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for _ in 0..2 {
            let opened = page(&site.form(&action, "text/html", &fields), 200);
            assert!(opened.contains("signed"), "{opened}");
        }
    });
}

#[test]
fn a_link_in_the_wrong_place_is_named() {
    let site = Site::embedded(Options::default());
    let (link, private) = ask(&site, &[]);
    let share = Share::new("a");
    let of_share = share.link.url(&site.base);
    for (text, words) in [
        (link.as_str(), "This is the link to send. Paste your private link.\n"),
        (of_share.as_str(), "This is another kind of link.\n"),
        (&private[..private.len() - 1], "This link is not complete\n"),
    ] {
        let refused = collect(&site, text, "*/*");
        assert_eq!((refused.status, refused.text().as_str()), (422, words));
        assert!(page(&collect(&site, text, "text/html"), 422).contains(words.trim_end()));
    }
    for (text, words) in [
        (private.as_str(), "This is your private link. It does not send. Open it to see what came.\n"),
        (of_share.as_str(), "This is another kind of link.\n"),
        (&link[..link.len() - 1], "This link is not complete\n"),
    ] {
        let refused = site.form(&path(&link), "*/*", &[("link", text), ("message", "a")]);
        assert_eq!((refused.status, refused.text().as_str()), (422, words));
        assert!(page(&site.form(&path(&link), "text/html", &[("link", text)]), 422).contains(words.trim_end()));
    }
    assert_eq!(collect(&site, &private, "*/*").text(), "Nothing has come yet\n");
}

#[test]
fn a_closed_request_takes_no_file_and_an_unknown_one_tells_nothing() {
    on_both(Options::default, |site| {
        let (link, private) = ask(site, &[]);
        let refused = give_file(site, &link, &[7; 1_000], false);
        assert_eq!(refused.status, 422, "the link must come first: {}", refused.text());
        let closed = site.form("/request/collect", "text/html", &[("link", private.as_str()), ("ask", "end")]);
        assert_eq!(h1(&page(&closed, 200)), "Nothing came");
        let refused = give_file(site, &link, &[7; 1_000], true);
        assert_eq!((refused.status, refused.text().as_str()), (410, "This link is closed\n"));
        if let Some(redis) = &site.redis {
            let keys: Vec<String> = redis.ask(&["KEYS", "share:{*}*"]);
            assert_eq!(keys.len(), 1, "no share was begun: {keys:?}");
        }
        let other = PrivateLink::random().unwrap();
        let unknown = give(site, &other.keys().give_link().url(&site.base), "text/html", &[("message", "a")]);
        assert_eq!(h1(&page(&unknown, 404)), "This link does not work");
        assert_eq!(collect(site, &other.url(&site.base), "*/*").status, 404);
    });
}

#[test]
fn the_page_of_a_request_is_the_same_for_every_id_and_reads_nothing() {
    // So small that it always fits: the page tells how much does.
    let site = Site::embedded(Options::default().set("max_size", 1_000_000));
    let (link, private) = ask(&site, &[("note", "note")]);
    let shown = |path: &str| timeless(&site.get(path).text());
    let known = shown(&path(&link));
    for path in ["/r/0000000000000000", "/r/x", "/r/%2523"] {
        let other = shown(path);
        let differences = known.lines().zip(other.lines()).filter(|(one, other)| one != other).count();
        assert!(known.lines().count() == other.lines().count() && differences == 0, "{path}");
    }
    for _ in 0..50 {
        assert_eq!(site.get(&path(&link)).status, 200);
    }
    assert_eq!(collect(&site, &private, "*/*").text(), "Nothing has come yet\n");
    assert_eq!(give(&site, &link, "*/*", &[]).text(), "note\n");
}
