//! Tests creating without scripts: with the form of a browser, with `curl`, and with `Accept: application/json`.

use crate::client::{Client, Response, Share};
use crate::html::{self, attribute, h1, inside, link, page, tag, value};
use crate::server::Options;
use crate::site::{Site, claim, is_json, is_problem, moment, now, on_both};

use onetimeshare_envelope::keys::{LinkKeys, Password};
use onetimeshare_envelope::{Link, Owner, ShareId};
use serde_json::json;

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Opens a link through the API and decrypts its message.
pub fn read(site: &Client, link: &str, password: Option<&str>) -> Option<String> {
    let link = Link::parse(link).ok()?;
    let keys = LinkKeys::derive(&link.id, &link.key);
    let mut body = json!({ "open_proof": keys.open_proof().expose(), "claim": claim().expose() });
    let both = password.and_then(Password::parse).map(|password| keys.stretch(&password));
    if let Some(both) = &both {
        body["password_proof"] = both.password_proof().expose().into();
    }
    let opened = site.json("POST", &format!("/api/v1/shares/{}/open", link.id), None, &body);
    let part0 = crate::site::from_b64(opened.json()["part0"].as_str()?);
    let key = both.map_or_else(|| keys.content_key(), |both| both.content_key());
    let (manifest, _) = onetimeshare_envelope::decrypt(&key, &link.id, &part0, 1, 0).ok()?;
    manifest.message.clone()
}

fn nonce() -> String {
    Owner::random().unwrap().expose()
}

#[test]
fn the_form_creates_a_share_and_submitting_it_twice_creates_one() {
    on_both(Options::default, |site| {
        let form = page(&site.get("/"), 200);
        assert_eq!(h1(&form), "Send something that opens once");
        let sheet = tag(&form, &["form ", "method=\"post\""]).unwrap();
        assert_eq!(attribute(sheet, "enctype").as_deref(), Some("multipart/form-data"));
        let nonce = value(&form, "nonce");
        assert_eq!(nonce.len(), 32);
        assert_ne!(value(&page(&site.get("/"), 200), "nonce"), nonce, "every visit gets a fresh nonce");
        let fields =
            [("nonce", nonce.as_str()), ("message", "over the fence"), ("lifetime", "86400"), ("password", "")];
        let response = site.form("/", HTML, &fields);
        let ready = page(&response, 200);
        assert_eq!(h1(&ready), "Your link is ready");
        let made = link(&ready);
        let owner = Owner::parse(&nonce).unwrap();
        assert!(
            made.starts_with(&format!("{}/s/{}#1", site.base, ShareId::of(&owner))),
            "the nonce is the owner token"
        );
        assert_eq!(made.rsplit('#').next().unwrap().len(), 33);
        assert_eq!(value(&ready, "owner"), nonce);
        let status = site.bare("GET", &format!("/api/v1/shares/{}", ShareId::of(&owner)), &nonce).json();
        assert_eq!(status["state"], "waiting");
        assert_eq!(moment(&status["expires_at"]) - moment(&status["created_at"]), 86_400);

        let again = page(&site.form("/", HTML, &fields), 409);
        assert_eq!(h1(&again), "You already made this link");
        assert!(again.contains("We keep no copy. If you lost it, make a new one."));
        assert!(!again.contains(made.rsplit('#').next().unwrap()));
        is_problem(&site.form("/", "application/json", &fields), 409, "taken", &[]);
        assert_eq!(site.form("/", "*/*", &fields).status, 409);
        assert_eq!(read(site, &made, None).as_deref(), Some("over the fence"));
    });
}

#[test]
fn curl_gets_a_link_and_a_newline() {
    on_both(Options::default, |site| {
        let response = site.form("/", "*/*", &[("message", "hi")]);
        assert_eq!((response.status, response.header("content-type")), (200, Some("text/plain; charset=utf-8")));
        assert_eq!(response.header("cache-control"), Some("no-store"));
        let text = response.text();
        assert_eq!(text.lines().count(), 1);
        assert!(text.ends_with('\n') && text.starts_with(&format!("{}/s/", site.base)), "{text}");
        assert_eq!(read(site, &text, None).as_deref(), Some("hi"));

        let encoded = [("Content-Type", "application/x-www-form-urlencoded")];
        let response = site.send("POST", "/", &encoded, Some(b"message=a+b%26c&lifetime=3600"));
        assert_eq!(read(site, &response.text(), None).as_deref(), Some("a b&c"));

        let wrong = site.form("/", "*/*", &[("message", "")]);
        assert_eq!((wrong.status, wrong.text().lines().count()), (422, 1));
        assert!(
            wrong.text().starts_with("Write something or choose a file. To send a text: curl "),
            "{}",
            wrong.text()
        );
    });
}

#[test]
fn accept_json_returns_link_status_link_and_expiry() {
    on_both(Options::default, |site| {
        let owner = nonce();
        let fields = [("message", "hi"), ("lifetime", "3600"), ("nonce", owner.as_str())];
        let response = site.form("/", "application/json", &fields);
        is_json(&response, 200, &["expires_at", "link", "status_link"]);
        let made = response.json();
        assert_eq!(made["status_link"], format!("{}/status#{owner}", site.base));
        assert!((moment(&made["expires_at"]) - now() - 3_600).abs() <= 5);
        assert_eq!(read(site, made["link"].as_str().unwrap(), None).as_deref(), Some("hi"));
        let fresh = site.form("/", "application/json", &[("message", "hi")]).json();
        assert!((moment(&fresh["expires_at"]) - now() - 604_800).abs() <= 5, "the default lifetime");
        assert_ne!(fresh["status_link"], made["status_link"]);
    });
}

#[test]
fn links_use_the_host_header_unless_it_is_invalid() {
    let site = Site::embedded(Options::default());
    let ask = |host: &str| {
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        site.send("POST", "/", &[kind, ("Host", host)], Some(b"message=hi")).text()
    };
    assert!(ask("share.example:8443").starts_with("http://share.example:8443/s/"));
    assert!(ask("[::1]:80").starts_with("http://[::1]:80/s/"));
    for strange in ["a b", "x.example/evil", "x\"><script>", "user@x.example", "x.example#", "%0a", "x?y"] {
        assert!(!ask(strange).contains(strange), "{strange}");
    }
}

/// Checks the error of a form, and where the page shows it.
#[track_caller]
fn problem(response: &Response, field: &str, text: &str) -> String {
    let html = page(response, 422);
    assert!(html.contains("<title>Problem: "), "{html}");
    assert_eq!(inside(&html, &["a ", &format!("href=\"#{field}\"")]), text);
    assert_eq!(h1(&html), "Send something that opens once");
    let said = tag(&html, &["p ", &format!("id=\"{field}-problem\"")]).unwrap();
    assert!(!said.contains("hidden"), "{said}");
    if field == "lifetime" {
        let group = tag(&html, &["fieldset ", "id=\"lifetime\""]).unwrap();
        assert!(group.contains("aria-describedby=\"lifetime-problem lifetime-hint\""), "{group}");
    } else {
        let control = tag(&html, &[&format!(" id=\"{field}\""), " name="]).unwrap();
        assert!(
            control.contains("aria-invalid=\"true\"") && control.contains(&format!("{field}-problem")),
            "{control}"
        );
    }
    html
}

#[test]
fn an_invalid_form_keeps_everything_that_was_typed() {
    let site = Site::embedded(Options::default());
    let owner = nonce();
    let typed = "  <b>\"quoted\"</b> & 'more'\r\nsecond line\r\n";
    let fields = |message, lifetime, password| {
        [("nonce", owner.as_str()), ("message", message), ("lifetime", lifetime), ("password", password)]
    };
    let html = problem(
        &site.form("/", HTML, &fields("", "86400", "long enough")),
        "message",
        "Write something or choose a file",
    );
    assert_eq!(value(&html, "nonce"), owner);
    assert_eq!(value(&html, "password"), "long enough");
    let chosen = tag(&html, &["input ", "type=\"radio\"", "checked"]).unwrap();
    assert_eq!(attribute(chosen, "value").as_deref(), Some("86400"));

    let response = site.form("/", HTML, &fields(typed, "3600", "abcde"));
    let html = problem(&response, "password", "Make the password 6 characters or longer");
    let shown = inside(&html, &["textarea ", "id=\"message\""]);
    assert_eq!(shown.replace("\r\n", "\n").strip_prefix('\n').unwrap(), typed.replace("\r\n", "\n"));
    assert!(!html.contains("<b>"));
    assert!(tag(&html, &["details ", " open"]).is_some(), "the section with the error is unfolded");

    for lifetime in ["0", "3599", "604801", "-1", "soon", "3600.0", "99999999999999999999"] {
        problem(&site.form("/", HTML, &fields("hi", lifetime, "")), "lifetime", "Choose when to delete it");
    }
    let html = problem(&site.form("/", HTML, &fields("", "x", "abc")), "message", "Write something or choose a file");
    assert_eq!(
        html.matches("<a href=\"#").count() + html.matches("class=\"skip\" href=\"#").count(),
        4,
        "skip link and three problems: {html}"
    );

    for nonce in ["short", &owner[1..], &owner.to_uppercase(), &"u".repeat(32)] {
        assert_eq!(site.form("/", HTML, &[("nonce", nonce), ("message", "hi")]).status, 422, "{nonce}");
    }
    let id = ShareId::of(&Owner::parse(&owner).unwrap());
    assert_eq!(site.bare("GET", &format!("/api/v1/shares/{id}"), &owner).status, 404, "no share was created");
    assert_eq!(site.form("/", HTML, &fields(typed, "3600", "")).status, 200, "the same nonce still works");
}

#[test]
fn the_message_limit_counts_characters() {
    let site = Site::embedded(Options::default().set("max_message", 1_000));
    for letter in ["a", "é", "字", "👋", "\u{0}"] {
        let longest = letter.repeat(1_000);
        let made = site.form("/", "*/*", &[("message", longest.as_str())]);
        assert_eq!(made.status, 200, "{letter}");
        assert_eq!(read(&site, &made.text(), None), Some(longest.clone()));
        let response = site.form("/", HTML, &[("message", &(longest.clone() + letter))]);
        problem(&response, "message", "Make the message 1 character shorter");
        let response = site.form("/", HTML, &[("message", &longest.repeat(2))]);
        problem(&response, "message", "Make the message 1,000 characters shorter");
    }
}

#[test]
fn a_message_of_the_maximum_size_fits() {
    let site = Site::embedded(Options::default().set("max_message", 175_000));
    let longest = "👋".repeat(175_000);
    let made = site.form("/", "*/*", &[("message", longest.as_str())]);
    assert_eq!(made.status, 200, "{}", made.text());
    assert!(read(&site, &made.text(), None) == Some(longest));
}

#[test]
fn messages_roundtrip_unchanged() {
    on_both(Options::default, |site| {
        let messages = [
            ("one\r\ntwo\r\n\r\n", "one\ntwo\n\n"),
            ("\r\n\r\nat the start", "\n\nat the start"),
            ("Grüße 👋🏽\tשלום عالم \u{202e}end", "Grüße 👋🏽\tשלום عالم \u{202e}end"),
            ("<script>alert(1)</script>&amp;", "<script>alert(1)</script>&amp;"),
            ("e\u{301} stays apart, é together", "e\u{301} stays apart, é together"),
            (" ", " "),
        ];
        for (typed, expected) in messages {
            let made = link(&page(&site.form("/", HTML, &[("message", typed)]), 200));
            assert_eq!(read(site, &made, None).as_deref(), Some(expected), "{typed:?}");
            let made = site.form("/", "*/*", &[("message", typed)]);
            assert_eq!(read(site, &made.text(), None).as_deref(), Some(typed), "a program means its line breaks");
        }
        let browser = [("Content-Type", "multipart/form-data; boundary=x"), ("Accept", "*/*")];
        let latin1: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n\xe9\r\n--x--\r\n";
        assert_eq!(site.send("POST", "/", &browser, Some(latin1)).status, 400, "not UTF-8");
    });
}

#[test]
fn a_password_set_in_the_form_is_required_to_open() {
    let site = Site::embedded(Options::default());
    let fields = [("message", "behind it"), ("lifetime", "3600"), ("password", "pa\u{308}ss word")];
    let ready = page(&site.form("/", HTML, &fields), 200);
    assert!(ready.contains(">Yes</dd>"));
    let made = link(&ready);
    assert_eq!(read(&site, &made, None), None);
    assert_eq!(read(&site, &made, Some("pass word")), None);
    assert_eq!(read(&site, &made, Some("päss word")).as_deref(), Some("behind it"), "the password is normalised");
    let without = page(&site.form("/", HTML, &[("message", "hi"), ("password", "")]), 200);
    assert!(!without.contains(">Yes</dd>"), "an empty password means none");
}

#[test]
fn with_browser_encryption_required_plaintext_forms_are_refused() {
    let site = Site::embedded(Options::default().set("require_browser_locking", true));
    let fields = [("message", "hi"), ("lifetime", "3600")];
    let refused = page(&site.form("/", HTML, &fields), 403);
    assert_eq!(h1(&refused), "Turn on JavaScript to send");
    is_problem(&site.form("/", "application/json", &fields), 403, "browser_locking", &[]);
    assert_eq!(site.form("/", "*/*", &fields).status, 403);
    let form = page(&site.get("/"), 200);
    assert_eq!(h1(&form), "Turn on JavaScript to send");
    assert!(form.contains("This site only takes things locked in your browser."));
    assert!(tag(&form, &["form "]).is_none());

    let share = Share::new("locked elsewhere");
    site.create(&share);
    let path = format!("/s/{}", share.link.id);
    let open = page(&site.get(&path), 200);
    assert!(tag(&open, &["form ", "method"]).is_none());
    assert!(open.contains("Nothing is opened yet."), "{open}");
    let url = share.link.url(&site.base);
    let response = site.form(&path, HTML, &[("link", &url), ("nonce", &nonce())]);
    assert!(page(&response, 403).contains("Nothing is opened yet."));
    assert_eq!(site.peek(&share).json()["state"], "waiting");
    assert!(!html::seen(&response).contains("locked elsewhere"));
}

#[test]
fn a_malformed_form_is_refused_with_an_error_page() {
    let site = Site::embedded(Options::default());
    let multipart = ("Content-Type", "multipart/form-data");
    let wrong: [(&str, &[u8]); 5] = [
        ("multipart/form-data", b"message=hi"),
        ("multipart/form-data; boundary=x", b"no boundary in here"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n"),
        ("application/x-www-form-urlencoded", b"message=a&message=b"),
    ];
    for (kind, body) in wrong {
        let response = site.send("POST", "/", &[("Content-Type", kind), ("Accept", HTML)], Some(body));
        assert_eq!(h1(&page(&response, 400)), "We did not understand that");
        let response = site.send("POST", "/", &[("Content-Type", kind), ("Accept", "application/json")], Some(body));
        is_problem(&response, 400, "malformed", &[]);
    }
    let response = site.send("POST", "/", &[multipart, ("Accept", HTML)], None);
    assert!(response.status >= 400 && response.status < 500);
    let chosen: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n\
        --x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n";
    let kind = ("Content-Type", "multipart/form-data; boundary=x");
    assert_eq!(site.send("POST", "/", &[kind], Some(chosen)).status, 200, "an empty file field means no file");
}

#[test]
fn a_field_that_the_form_does_not_have_is_refused_and_nothing_is_made() {
    on_both(Options::default, |site| {
        let refused = site.form("/", "application/json", &[("message", "secret"), ("passphrase", "long enough")]);
        is_problem(&refused, 422, "unknown", &["member"]);
        assert_eq!(refused.json()["member"], "passphrase");
        let multipart = [("Content-Type", "multipart/form-data; boundary=x"), ("Accept", "application/json")];
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nbytes\r\n\
            --x\r\nContent-Disposition: form-data; name=\"expire\"\r\n\r\n1h\r\n--x--\r\n";
        let refused = site.send("POST", "/", &multipart, Some(body.as_bytes()));
        is_problem(&refused, 422, "unknown", &["member"]);
        assert_eq!(refused.json()["member"], "expire");
        let page = site.form("/", HTML, &[("message", "secret"), ("passphrase", "long enough")]);
        assert_eq!(page.status, 422);
        for path in ["/status", "/status/delete", "/s/0000000000000000"] {
            let refused = site.form(path, "application/json", &[("link", "x"), ("key", "y")]);
            is_problem(&refused, 422, "unknown", &["member"]);
        }
    });
}
