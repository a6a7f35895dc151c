//! Tests what a person at a command line is told who sends something else, or fetches what is made for browsers.

use crate::client::{Response, Share};
use crate::html::page;
use crate::pages_create::read;
use crate::server::Options;
use crate::site::{Site, claim, is_problem};

const CURL: (&str, &str) = ("User-Agent", "curl/8.5.0");
const ANY: (&str, &str) = ("Accept", "*/*");
const TEXT: &str = "curl -F message='your text' ";
const FILE: &str = "curl -F file=@name ";

/// Checks that a refusal is one plain line with the commands that work for this site.
#[track_caller]
fn helps(site: &Site, response: &Response, status: u16) {
    let text = response.text();
    assert_eq!((response.status, text.lines().count()), (status, 1), "{text}");
    assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(text.contains(&format!("{TEXT}{}", site.base)) && text.contains(&format!("{FILE}{}", site.base)), "{text}");
}

#[test]
fn whoever_sends_something_else_gets_the_command_that_works() {
    let site = Site::embedded(Options::default());
    let send = |method: &str, path: &str, kind: &str, body: &[u8]| {
        let typed = ("Content-Type", kind);
        let headers = if kind.is_empty() { vec![CURL, ANY] } else { vec![CURL, ANY, typed] };
        site.send(method, path, &headers, Some(body))
    };
    let (urlencoded, multipart) = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x");
    let part = |head: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\nhello\r\n--x--\r\n");
    // curl -T
    for path in ["/report.pdf", "/", "/deep/er/name.txt", "/S/x", "/s/0000000000000000", "/caf%C3%A9", "/health/live"] {
        helps(&site, &send("PUT", path, "", b"%PDF-1.7"), 404);
    }
    helps(&site, &send("POST", "/upload", "application/octet-stream", b"bytes"), 404);
    // curl --data-binary and wget --post-file
    for body in [&b"Dear reader,\nhello"[..], b"hello", b"{\"a\":1}", b"a&b"] {
        helps(&site, &send("POST", "/", urlencoded, body), 422);
    }
    helps(&site, &send("POST", "/", urlencoded, b""), 422);
    helps(&site, &send("POST", "/", urlencoded, b"message="), 422);
    for kind in [
        "text/plain",
        "application/octet-stream",
        "application/json",
        "application/vnd.api+json; charset=utf-8",
        "application/pdf",
        "text/html",
        "multipart/mixed; boundary=x",
        "x",
        "",
    ] {
        helps(&site, &send("POST", "/", kind, b"{\"message\": \"hi\"}"), 415);
    }
    // curl -d with a text that holds &, and with a file
    for (body, words) in
        [("message=fish&chips", "no field chips"), ("=hi", "no such field"), ("text=hi", "no field text")]
    {
        let refused = send("POST", "/", urlencoded, body.as_bytes());
        helps(&site, &refused, 422);
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    for body in ["file=@name", "message=hi&files=name"] {
        let refused = send("POST", "/", urlencoded, body.as_bytes());
        helps(&site, &refused, 422);
        assert!(refused.text().contains("multipart/form-data"), "{}", refused.text());
    }
    // A Content-Type that was written by hand
    for (kind, body) in [
        ("multipart/form-data", part("name=\"message\"")),
        ("multipart/form-data; boundary=", part("name=\"message\"")),
        ("multipart/form-data; boundary=y", part("name=\"message\"")),
        (multipart, String::new()),
        (urlencoded, "message=a&message=b".to_owned()),
    ] {
        let refused = send("POST", "/", kind, body.as_bytes());
        helps(&site, &refused, 400);
        assert!(refused.text().contains("boundary"), "{}", refused.text());
    }
    // curl -F with a field of another name, or without @
    for head in [
        "name=\"upload\"; filename=\"a\"",
        "name=\"files[]\"; filename=\"a\"",
        "name=\"passphrase\"",
        "name=\"file\"",
        "name=\"files\"",
    ] {
        helps(&site, &send("POST", "/", multipart, part(head).as_bytes()), 422);
    }
    assert!(
        send("POST", "/", multipart, part("name=\"passphrase\"").as_bytes()).text().contains("no field passphrase")
    );
    assert!(send("POST", "/", multipart, part("name=\"file\"").as_bytes()).text().contains("@ before"));
    // HTTPie
    let json = [("Content-Type", "application/json"), ("Accept", "application/json, */*;q=0.5")];
    let refused = site.send("POST", "/", &json, Some(b"{\"message\": \"hi\"}"));
    is_problem(&refused, 415, "wrong_type", &[]);
    assert!(refused.json()["detail"].as_str().unwrap().contains(TEXT), "{}", refused.text());
    // The API keeps its own words.
    let refused = site.send("POST", "/api/v1/shares", &[CURL, ANY], Some(b"{}"));
    is_problem(&refused, 404, "not_found", &[]);
    assert!(!refused.text().contains("curl"));
}

#[test]
fn a_field_in_the_address_is_refused() {
    let site = Site::embedded(Options::default());
    for field in ["password", "lifetime", "message", "nonce", "file", "files"] {
        let path = format!("/?{field}=abcdefgh");
        let refused = site.form(&path, "application/json", &[("message", "hi")]);
        is_problem(&refused, 422, "invalid", &["member"]);
        assert_eq!(refused.json()["member"], field);
        let line = site.form(&path, "*/*", &[("message", "hi")]);
        assert_eq!((line.status, line.text()), (422, format!("Send {field} in the form, not in the address.\n")));
    }
    for field in ["passphrase", "Password", "password[]", "pw", "expire", "ttl", "amp;password", "x"] {
        let path = format!("/?lang=en&{field}=abcdefgh");
        is_problem(&site.form(&path, "application/json", &[("message", "hi")]), 422, "unknown", &["member"]);
        helps(&site, &site.form(&path, "*/*", &[("message", "hi")]), 422);
    }
    let made = site.form("/?lang=en&utm_source=x", "*/*", &[("message", "hi")]);
    assert_eq!(read(&site, &made.text(), None).as_deref(), Some("hi"));
    // Browsers keep the parameters of a link that they followed.
    page(&site.form("/?fbclid=x&gclid", "text/html", &[("message", "hi")]), 200);
}

#[test]
fn a_link_fetched_in_a_terminal_says_how_to_open_it() {
    let site = Site::embedded(Options::default());
    let share = Share::new("kept");
    site.create(&share);
    let link = format!("/s/{}", share.link.id);
    let expected = "Open this link in a browser. Nothing was opened.\nCopy all of it, also the part after the #.\n";
    let terminals = [
        "curl/8.5.0",
        "Wget/1.21.3",
        "HTTPie/3.2.2",
        "xh/0.22.0",
        "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1",
        "Mozilla/5.0 (Macintosh; Darwin 23.4.0; en-US) PowerShell/7.4.1",
        "curl/7.29.0 NSS/3.44 zlib/1.2.7",
        // BusyBox
        "Wget",
        "wget2/2.1.0",
        "Wget/1.25.0 (linux-gnu)",
        "aria2/1.37.0",
        "fetch libfetch/2.0",
        "uclient-fetch",
    ];
    for agent in terminals {
        for path in [&*link, "/s/0000000000000000", "/s/x%231y", "/status"] {
            let answer = site.send("GET", path, &[("User-Agent", agent), ANY], None);
            assert_eq!((answer.status, answer.text().as_str()), (200, expected), "{agent} {path}");
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        }
        let answer = site.send("GET", "/", &[("User-Agent", agent), ANY], None);
        helps(&site, &answer, 200);
    }
    for (agent, accept) in [
        ("curl/8.5.0", "text/html"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "*/*"),
        ("WhatsApp/2.23.20.0", "*/*"),
        ("curlbot/1.0", "*/*"),
        ("fetch/1.0 (link preview)", "*/*"),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "*/*"),
        ("facebookexternalhit/1.1;line-poker/1.0", "*/*"),
        ("", "*/*"),
    ] {
        for path in [&*link, "/", "/status"] {
            page(&site.send("GET", path, &[("User-Agent", agent), ("Accept", accept)], None), 200);
        }
    }
    assert_eq!(site.peek(&share).json()["state"], "waiting");
}

#[test]
fn head_is_answered_as_get_and_changes_nothing() {
    let site = Site::embedded(Options::default());
    let (share, receiver) = (Share::new("kept"), claim());
    site.create(&share);
    let owner = format!("Bearer {}", share.owner.expose());
    let (id, api) = (share.link.id, share.path());
    let opened = Share::new("opened");
    site.create(&opened);
    assert_eq!(site.open(&opened, &receiver).status, 200);
    let bearer = format!("Bearer {}", receiver.expose());
    let part = format!("{}/parts/0", opened.path());
    for (path, token) in [
        ("/".to_owned(), ""),
        (format!("/s/{id}"), ""),
        (format!("/s/{id}%231x"), ""),
        (format!("/s/{id}/files/1"), ""),
        ("/status".to_owned(), ""),
        ("/status/delete".to_owned(), ""),
        ("/about".to_owned(), ""),
        ("/nowhere".to_owned(), ""),
        ("/share".to_owned(), ""),
        ("/health/live".to_owned(), ""),
        ("/health/ready".to_owned(), ""),
        (api.clone(), &*owner),
        (api.clone(), ""),
        (format!("{api}/parts"), &*owner),
        (part.clone(), &*bearer),
        (part, ""),
        (format!("{api}/open"), ""),
        (format!("{api}/confirm"), &*bearer),
        ("/api/v1/site".to_owned(), ""),
    ] {
        for accept in ["*/*", "text/html", "application/json"] {
            for agent in ["curl/8.5.0", "Mozilla/5.0"] {
                let mut headers = vec![("Accept", accept), ("User-Agent", agent)];
                headers.extend((!token.is_empty()).then_some(("Authorization", token)));
                let (head, get) = (site.send("HEAD", &path, &headers, None), site.send("GET", &path, &headers, None));
                assert_eq!((head.status, head.body.len()), (get.status, 0), "{path} {accept} {agent}");
                assert_eq!(head.header("content-type"), get.header("content-type"), "{path} {accept} {agent}");
            }
        }
    }
    assert_eq!(site.status(&share).json()["state"], "waiting");
    assert_eq!(site.status(&opened).json()["state"], "opened");
    assert!(site.status(&opened).json()["confirmed_at"].is_null(), "still not confirmed");
    assert_eq!(site.open(&opened, &receiver).status, 200);
}
