//! Runs a journey through every route and response, with recognisable secrets.

use crate::client::{Answer, Share};
use crate::html::{link, page};
use crate::site::{Site, b64, claim, hex, open_body};
use crate::wire::Wire;
use onetimeshare::share::envelope::keys::LinkKeys;
use onetimeshare::share::{Claim, Link, Owner};
use serde_json::json;

/// What the journey recorded, and the secrets it used.
#[derive(Default)]
pub struct Tour {
    /// Requests and their responses.
    pub answers: Vec<(String, Answer)>,
    /// Secrets by name, in every encoding.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// Ids of the shares.
    pub ids: Vec<String>,
    /// Ciphertexts still in the store.
    pub locked: Vec<Vec<u8>>,
}

impl Tour {
    fn text(&mut self, name: &str, text: &str) {
        self.secrets.push((name.to_owned(), text.as_bytes().to_vec()));
    }

    /// Records bytes raw and in the usual encodings.
    fn bytes(&mut self, name: &str, bytes: &[u8]) {
        use base64::Engine as _;
        let hex = hex(bytes);
        self.secrets.push((format!("{name}, raw"), bytes.to_vec()));
        self.text(&format!("{name}, base64url"), &b64(bytes));
        self.text(
            &format!("{name}, base64"),
            base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes).trim_end_matches('='),
        );
        self.text(&format!("{name}, hex"), &hex);
        self.text(&format!("{name}, HEX"), &hex.to_uppercase());
        let list: Vec<String> = bytes.iter().take(8).map(ToString::to_string).collect();
        self.text(&format!("{name}, as a list"), &list.join(", "));
    }

    fn claim(&mut self, claim: &Claim) {
        self.bytes("claim", claim.as_bytes());
        self.text("claim", &claim.expose());
    }

    fn link(&mut self, link: &Link) {
        let keys = LinkKeys::derive(&link.id, &link.key);
        self.bytes("key", link.key.as_bytes());
        self.text("fragment", &link.fragment());
        self.text("key and check", &link.fragment()[1..]);
        self.bytes("open proof", keys.open_proof().as_bytes());
        self.bytes("content key", keys.content_key().as_bytes());
        self.ids.push(link.id.to_string());
    }

    fn share(&mut self, share: &Share) {
        self.link(&share.link);
        self.owner(&share.owner);
        if let Some(proof) = &share.password_proof {
            self.bytes("password proof", &crate::site::from_b64(proof));
        }
    }

    fn owner(&mut self, owner: &Owner) {
        self.bytes("owner", owner.as_bytes());
        self.text("owner", &owner.expose());
    }

    fn saw(&mut self, what: &str, answer: Answer) -> Answer {
        self.answers.push((what.to_owned(), answer.clone()));
        answer
    }

    #[track_caller]
    fn expect(&mut self, what: &str, status: u16, answer: Answer) -> Answer {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        self.saw(what, answer)
    }
}

/// Returns a unique text, long enough to search for.
fn unique(what: &str) -> String {
    format!("{what} {}", b64(&crate::site::random::<12>()))
}

/// Calls every route. Keys are derived from `password` a few times.
pub fn take(site: &Site) -> Tour {
    let mut tour = Tour::default();
    interface(site, &mut tour);
    refusals(site, &mut tour);
    pages(site, &mut tour);
    unreadable(site, &mut tour);
    tour
}

fn interface(site: &Site, tour: &mut Tour) {
    let (message, password) = (unique("canary message"), unique("canary password"));
    tour.text("message", &message);
    tour.text("password", &password);
    let share = Share::with(&message, Some(&password), 3_600);
    tour.share(&share);
    let owner = share.owner.expose();
    tour.expect("create", 201, site.put(&share));
    tour.expect("create again", 200, site.put(&share));
    let mut other = share.body.clone();
    other["lifetime"] = 7_200.into();
    tour.expect("create another", 409, site.json("PUT", &share.path(), Some(&owner), &other));
    tour.expect("peek", 200, site.peek(&share));
    tour.expect("status", 200, site.status(&share));
    let path = format!("{}/open", share.path());
    let reader = claim();
    tour.claim(&reader);
    tour.expect("open without password", 422, site.json("POST", &path, None, &open_body(&share, &reader, None)));
    let wrong: [u8; 32] = crate::site::random();
    tour.bytes("wrong password proof", &wrong);
    tour.expect(
        "open, wrong password",
        403,
        site.json("POST", &path, None, &open_body(&share, &reader, Some(&b64(&wrong)))),
    );
    let opened = tour.expect("open", 200, site.open(&share, &reader));
    assert_eq!(opened.json()["part0"], share.body["part0"]);
    tour.expect("open again", 200, site.open(&share, &reader));
    let late = claim();
    tour.claim(&late);
    tour.expect("open late", 410, site.open(&share, &late));
    tour.expect("delete when opened", 410, site.delete(&share));
    tour.expect("confirm", 204, site.confirm(&share, &reader));
    tour.expect("open when confirmed", 410, site.open(&share, &reader));
    tour.expect("peek when confirmed", 200, site.peek(&share));

    let slowed = crate::site::guarded(&message);
    tour.share(&slowed);
    tour.expect("create", 201, site.put(&slowed));
    (0..5).for_each(|_| drop(crate::site::guess(site, &slowed)));
    tour.expect("open too often", 429, site.open(&slowed, &reader));
    tour.expect("delete", 204, site.delete(&slowed));
    tour.expect("delete again", 204, site.delete(&slowed));

    let waiting = Share::new(&message);
    tour.share(&waiting);
    tour.expect("create", 201, site.put(&waiting));
    tour.locked.push(crate::site::from_b64(waiting.body["part0"].as_str().unwrap()));
    let half = Share::new(&message);
    tour.share(&half);
    tour.expect("create", 201, site.put(&half));
    tour.expect("open and leave", 200, site.open(&half, &reader));
    tour.locked.push(crate::site::from_b64(half.body["part0"].as_str().unwrap()));
    tour.expect("site", 200, site.get("/api/v1/site"));
}

fn refusals(site: &Site, tour: &mut Tour) {
    let share = Share::new(&unique("canary refused"));
    tour.share(&share);
    let (owner, fragment) = (share.owner.expose(), share.link.fragment());
    let json = ("Content-Type", "application/json");
    let bearer = format!("Bearer {owner}");
    let auth = ("Authorization", bearer.as_str());
    let whole = share.body.to_string();
    tour.expect("create without owner", 401, site.json("PUT", &share.path(), None, &share.body));
    tour.expect("create, no JSON", 400, site.send("PUT", &share.path(), &[json, auth], Some(&whole.as_bytes()[..40])));
    tour.expect("create, other type", 415, site.send("PUT", &share.path(), &[auth], Some(whole.as_bytes())));
    tour.expect("create, too large", 413, site.send("PUT", &share.path(), &[json, auth], Some(&vec![b' '; 2 << 20])));
    let other = format!("/api/v1/shares/{}", Share::new("x").link.id);
    tour.expect("create, other id", 422, site.json("PUT", &other, Some(&owner), &share.body));
    let spoilt = json!({ "open_proof": share.open_proof(), fragment.clone(): owner });
    tour.expect("peek, unknown member", 422, site.json("POST", &format!("{}/peek", share.path()), None, &spoilt));
    tour.expect("peek, unknown", 404, site.peek(&share));
    tour.expect("open, unknown", 404, site.open(&share, &claim()));
    tour.expect("status, unknown", 404, site.status(&share));
    tour.expect("delete, unknown", 404, site.delete(&share));
    tour.expect("confirm, unknown", 404, site.confirm(&share, &claim()));
    tour.expect("status, bad wait", 422, site.bare("GET", &format!("{}?wait=x&seen={owner}", share.path()), &owner));
    let mut wire = Wire::to(site.server.port);
    let kind = "Content-Type: application/json";
    let chunked = crate::wire::head(
        "PUT",
        &share.path(),
        &[kind, &format!("Authorization: {bearer}"), "Transfer-Encoding: chunked"],
    );
    wire.write(chunked.as_bytes()).write(format!("{:x}\r\n{whole}\r\n0\r\n\r\n", whole.len()).as_bytes());
    tour.expect("create in chunks", 411, wire.answer().unwrap());
    for (what, more) in
        [("cross-site", ("Sec-Fetch-Site", "cross-site")), ("foreign origin", ("Origin", "https://evil.example"))]
    {
        tour.expect(what, 403, site.send("PUT", &share.path(), &[json, auth, more], Some(whole.as_bytes())));
        tour.expect(what, 403, site.send("POST", "/", &[("Accept", "text/html"), more], None));
    }
    // Secrets in places where they do not belong.
    for path in [
        format!("/nowhere/{fragment}"),
        format!("/{owner}"),
        format!("/api/v1/{owner}"),
        format!("/api/v1/shares/{fragment}"),
        format!("/api/v1/shares/{owner}/open"),
        format!("/nowhere?{fragment}={owner}"),
        format!("/assets/{fragment}/{owner}"),
        format!("/health/{fragment}"),
        format!("/S/{}%23{fragment}", share.link.id),
    ] {
        for (method, accept) in
            [("GET", "text/html"), ("POST", "application/json"), ("PUT", "*/*"), ("OPTIONS", "text/html")]
        {
            let body = (method != "GET").then_some(whole.as_bytes());
            let answer = site.send(method, &path, &[auth, json, ("Accept", accept)], body);
            let not_yours = match method {
                "PUT" => path == format!("/api/v1/shares/{fragment}"),
                "POST" => path.ends_with("/open"),
                _ => false,
            };
            tour.expect("nowhere", if not_yours { 422 } else { 404 }, answer);
        }
    }
}

fn pages(site: &Site, tour: &mut Tour) {
    let (message, password) = (unique("canary form"), unique("canary word"));
    tour.text("message", &message);
    tour.text("password", &password);
    for path in ["/", "/status", "/about", "/offline", "/share", "/s/0000000000000000"] {
        for query in ["", "?lang=en-XA"] {
            tour.expect(path, 200, site.get(&format!("{path}{query}")));
        }
        let head = site.send("HEAD", path, &[("Accept", "text/html")], None);
        tour.expect("HEAD", 200, head);
    }
    let owner = Owner::random().unwrap();
    tour.owner(&owner);
    let nonce = owner.expose();
    let fields = [
        ("nonce", nonce.as_str()),
        ("message", message.as_str()),
        ("lifetime", "3600"),
        ("password", password.as_str()),
    ];
    let made = tour.expect("make", 200, site.form("/", "text/html", &fields));
    let url = link(&page(&made, 200));
    let whole = Link::parse(&url).unwrap();
    tour.link(&whole);
    tour.expect("make again", 409, site.form("/", "text/html", &fields));
    let wrong = [("nonce", nonce.as_str()), ("message", ""), ("lifetime", "1"), ("password", "x")];
    tour.expect("make, problems", 422, site.form("/", "text/html", &wrong));
    tour.expect("make, no form", 415, site.send("POST", "/", &[("Accept", "text/html")], Some(message.as_bytes())));
    let kind = ("Content-Type", "multipart/form-data; boundary=x");
    tour.expect(
        "make, cut off",
        400,
        site.send("POST", "/", &[kind, ("Accept", "text/html")], Some(message.as_bytes())),
    );
    for accept in ["*/*", "application/json"] {
        let answer = tour.expect("make", 200, site.form("/", accept, &[("message", &message)]));
        let text = answer.json()["link"].as_str().map_or_else(|| answer.text(), str::to_owned);
        tour.link(&Link::parse(&text).unwrap());
        if let Some(status_link) = answer.json()["status_link"].as_str() {
            tour.owner(&Owner::parse(status_link.rsplit('#').next().unwrap()).unwrap());
        }
    }

    let reader = claim();
    tour.claim(&reader);
    let path = format!("/s/{}", whole.id);
    let open = |path: &str, link: &str, password: &str| {
        site.form(path, "text/html", &[("nonce", &reader.expose()), ("link", link), ("password", password)])
    };
    let fragment = whole.fragment();
    for damage in ["%23", "%2523"] {
        tour.expect("look, damaged", 200, site.get(&format!("{path}{damage}{fragment}")));
        tour.expect("look, more damaged", 200, site.get(&format!("{path}{damage}{fragment}%3E")));
        let answer = open(&format!("{path}{damage}{fragment}"), &url, "");
        tour.expect("open, password needed", 422, answer);
    }
    tour.expect("open, damaged", 422, open(&path, &url[..url.len() - 1], &password));
    tour.expect("open, wrong password", 403, open(&path, &url, &format!("{password}!")));
    tour.expect("open", 200, open(&path, &url, &password));
    let never = Share::new("x");
    tour.link(&never.link);
    tour.expect("open, unknown", 404, open(&format!("/s/{}", never.link.id), &never.link.url("http://x"), ""));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    tour.expect(
        "open, too large",
        413,
        site.send("POST", &path, &[kind, ("Accept", "text/html")], Some(&vec![b'a'; 200_000])),
    );

    for (path, fields, status) in [
        ("/status", vec![("owner", nonce.as_str())], 200),
        ("/status", vec![("link", nonce.as_str()), ("ask", "delete")], 200),
        ("/status", vec![("link", &nonce[1..])], 422),
        ("/status/delete", vec![("owner", nonce.as_str())], 200),
        ("/status/delete", vec![("owner", fragment.get(1..).unwrap())], 404),
    ] {
        tour.expect(path, status, site.form(path, "text/html", &fields));
    }
    for path in ["/health/live", "/health/ready", "/test-redis", "/robots.txt", "/favicon.ico"] {
        tour.expect(path, 200, site.get(path));
    }
}

/// Sends requests that Rocket or hyper cannot parse, with a key in them.
fn unreadable(site: &Site, tour: &mut Tour) {
    let share = Share::new("x");
    tour.link(&share.link);
    let path = format!("/s/{}%231{}", share.link.id, &share.link.fragment()[1..]);
    let key = share.link.fragment();
    for request in [
        format!("FOO {path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("PROPFIND {path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("get {path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path}\u{0} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path}#{key} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path} {key} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path} HTTP/9.9\r\nHost: x\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost x {key}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {key}\r\n\r\n"),
        format!("GET http://x{path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path}|<>\"{{}} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path}%FF%FE HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET {path}%ZZ%2 HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET //{path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET /..{path} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("OPTIONS * HTTP/1.1\r\nHost: x{key}\r\n\r\n"),
        format!("CONNECT {key}:443 HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", key.repeat(4_000)),
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%ZZ"
        ),
        format!("{key}\r\n\r\n"),
    ] {
        let mut wire = Wire::to(site.server.port);
        wire.write(request.as_bytes()).end();
        if let Some(answer) = wire.answer() {
            tour.saw(&format!("unreadable: {}", request.chars().take(12).collect::<String>()), answer);
        }
    }
}
