//! Runs a journey through every route and response, with recognisable secrets.

use crate::client::{Response, Share};
use crate::html::{link, page};
use crate::raw_http::RawConnection;
use crate::site::{Site, b64, claim, hex, open_body};
use onetimeshare_envelope::keys::LinkKeys;
use onetimeshare_envelope::{Claim, Link, Owner};
use serde_json::json;

/// What the journey recorded, and the secrets it used.
#[derive(Default)]
pub struct Journey {
    /// Requests and their responses.
    pub responses: Vec<(String, Response)>,
    /// Secrets by name, in every encoding.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// Ids of the shares.
    pub ids: Vec<String>,
    /// Ciphertexts still in the store.
    pub locked: Vec<Vec<u8>>,
}

impl Journey {
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

    fn saw(&mut self, what: &str, response: Response) -> Response {
        self.responses.push((what.to_owned(), response.clone()));
        response
    }

    #[track_caller]
    fn expect(&mut self, what: &str, status: u16, response: Response) -> Response {
        assert_eq!(response.status, status, "{what}: {}", response.text());
        self.saw(what, response)
    }
}

/// Returns a unique text, long enough to search for.
fn unique(what: &str) -> String {
    format!("{what} {}", b64(&crate::site::random::<12>()))
}

/// Calls every route. Keys are derived from `password` a few times.
pub fn run(site: &Site) -> Journey {
    let mut journey = Journey::default();
    interface(site, &mut journey);
    refusals(site, &mut journey);
    pages(site, &mut journey);
    unreadable(site, &mut journey);
    journey
}

fn interface(site: &Site, journey: &mut Journey) {
    let (message, password) = (unique("canary message"), unique("canary password"));
    journey.text("message", &message);
    journey.text("password", &password);
    let share = Share::with(&message, Some(&password), 3_600);
    journey.share(&share);
    let owner = share.owner.expose();
    journey.expect("create", 201, site.put(&share));
    journey.expect("create again", 200, site.put(&share));
    let mut other = share.body.clone();
    other["lifetime"] = 7_200.into();
    journey.expect("create another", 409, site.json("PUT", &share.path(), Some(&owner), &other));
    journey.expect("peek", 200, site.peek(&share));
    journey.expect("status", 200, site.status(&share));
    let path = format!("{}/open", share.path());
    let receiver = claim();
    journey.claim(&receiver);
    journey.expect("open without password", 422, site.json("POST", &path, None, &open_body(&share, &receiver, None)));
    let wrong: [u8; 32] = crate::site::random();
    journey.bytes("wrong password proof", &wrong);
    journey.expect(
        "open, wrong password",
        403,
        site.json("POST", &path, None, &open_body(&share, &receiver, Some(&b64(&wrong)))),
    );
    let opened = journey.expect("open", 200, site.open(&share, &receiver));
    assert_eq!(opened.json()["part0"], share.body["part0"]);
    journey.expect("open again", 200, site.open(&share, &receiver));
    let late = claim();
    journey.claim(&late);
    journey.expect("open late", 410, site.open(&share, &late));
    journey.expect("delete when opened", 410, site.delete(&share));
    journey.expect("confirm", 204, site.confirm(&share, &receiver));
    journey.expect("open when confirmed", 410, site.open(&share, &receiver));
    journey.expect("peek when confirmed", 200, site.peek(&share));

    let slowed = crate::site::guarded(&message);
    journey.share(&slowed);
    journey.expect("create", 201, site.put(&slowed));
    (0..5).for_each(|_| drop(crate::site::guess(site, &slowed)));
    journey.expect("open too often", 429, site.open(&slowed, &receiver));
    journey.expect("delete", 204, site.delete(&slowed));
    journey.expect("delete again", 204, site.delete(&slowed));

    let waiting = Share::new(&message);
    journey.share(&waiting);
    journey.expect("create", 201, site.put(&waiting));
    journey.locked.push(crate::site::from_b64(waiting.body["part0"].as_str().unwrap()));
    let half = Share::new(&message);
    journey.share(&half);
    journey.expect("create", 201, site.put(&half));
    journey.expect("open and leave", 200, site.open(&half, &receiver));
    journey.locked.push(crate::site::from_b64(half.body["part0"].as_str().unwrap()));
    journey.expect("site", 200, site.get("/api/v1/site"));
}

fn refusals(site: &Site, journey: &mut Journey) {
    let share = Share::new(&unique("canary refused"));
    journey.share(&share);
    let (owner, fragment) = (share.owner.expose(), share.link.fragment());
    let json = ("Content-Type", "application/json");
    let bearer = format!("Bearer {owner}");
    let auth = ("Authorization", bearer.as_str());
    let whole = share.body.to_string();
    journey.expect("create without owner", 401, site.json("PUT", &share.path(), None, &share.body));
    journey.expect(
        "create, no JSON",
        400,
        site.send("PUT", &share.path(), &[json, auth], Some(&whole.as_bytes()[..40])),
    );
    journey.expect("create, other type", 415, site.send("PUT", &share.path(), &[auth], Some(whole.as_bytes())));
    journey.expect(
        "create, too large",
        413,
        site.send("PUT", &share.path(), &[json, auth], Some(&vec![b' '; 2 << 20])),
    );
    let other = format!("/api/v1/shares/{}", Share::new("x").link.id);
    journey.expect("create, other id", 422, site.json("PUT", &other, Some(&owner), &share.body));
    let spoilt = json!({ "open_proof": share.open_proof(), fragment.clone(): owner });
    journey.expect("peek, unknown member", 422, site.json("POST", &format!("{}/peek", share.path()), None, &spoilt));
    journey.expect("peek, unknown", 404, site.peek(&share));
    journey.expect("open, unknown", 404, site.open(&share, &claim()));
    journey.expect("status, unknown", 404, site.status(&share));
    journey.expect("delete, unknown", 404, site.delete(&share));
    journey.expect("confirm, unknown", 404, site.confirm(&share, &claim()));
    journey.expect("status, bad wait", 422, site.bare("GET", &format!("{}?wait=x&seen={owner}", share.path()), &owner));
    let mut connection = RawConnection::to(site.server.port);
    let kind = "Content-Type: application/json";
    let chunked = crate::raw_http::head(
        "PUT",
        &share.path(),
        &[kind, &format!("Authorization: {bearer}"), "Transfer-Encoding: chunked"],
    );
    connection.write(chunked.as_bytes()).write(format!("{:x}\r\n{whole}\r\n0\r\n\r\n", whole.len()).as_bytes());
    journey.expect("create in chunks", 411, connection.response().unwrap());
    for (what, more) in
        [("cross-site", ("Sec-Fetch-Site", "cross-site")), ("foreign origin", ("Origin", "https://evil.example"))]
    {
        journey.expect(what, 403, site.send("PUT", &share.path(), &[json, auth, more], Some(whole.as_bytes())));
        journey.expect(what, 403, site.send("POST", "/", &[("Accept", "text/html"), more], None));
    }
    journey.expect("capitals", 200, site.get(&format!("/S/{}%23{fragment}", share.link.id)));
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
    ] {
        for (method, accept) in
            [("GET", "text/html"), ("POST", "application/json"), ("PUT", "*/*"), ("OPTIONS", "text/html")]
        {
            let body = (method != "GET").then_some(whole.as_bytes());
            let response = site.send(method, &path, &[auth, json, ("Accept", accept)], body);
            let not_yours = match method {
                "PUT" => path == format!("/api/v1/shares/{fragment}"),
                "POST" => path.ends_with("/open"),
                _ => false,
            };
            journey.expect("nowhere", if not_yours { 422 } else { 404 }, response);
        }
    }
}

fn pages(site: &Site, journey: &mut Journey) {
    let (message, password) = (unique("canary form"), unique("canary word"));
    journey.text("message", &message);
    journey.text("password", &password);
    for path in ["/", "/status", "/about", "/offline", "/share", "/s/0000000000000000"] {
        for query in ["", "?lang=en-XA"] {
            journey.expect(path, 200, site.get(&format!("{path}{query}")));
        }
        let head = site.send("HEAD", path, &[("Accept", "text/html")], None);
        journey.expect("HEAD", 200, head);
    }
    let owner = Owner::random().unwrap();
    journey.owner(&owner);
    let nonce = owner.expose();
    let fields = [
        ("nonce", nonce.as_str()),
        ("message", message.as_str()),
        ("lifetime", "3600"),
        ("password", password.as_str()),
    ];
    let made = journey.expect("make", 200, site.form("/", "text/html", &fields));
    let url = link(&page(&made, 200));
    let whole = Link::parse(&url).unwrap();
    journey.link(&whole);
    journey.expect("make again", 409, site.form("/", "text/html", &fields));
    let wrong = [("nonce", nonce.as_str()), ("message", ""), ("lifetime", "1"), ("password", "x")];
    journey.expect("make, problems", 422, site.form("/", "text/html", &wrong));
    journey.expect("make, no form", 415, site.send("POST", "/", &[("Accept", "text/html")], Some(message.as_bytes())));
    let kind = ("Content-Type", "multipart/form-data; boundary=x");
    journey.expect(
        "make, cut off",
        400,
        site.send("POST", "/", &[kind, ("Accept", "text/html")], Some(message.as_bytes())),
    );
    for accept in ["*/*", "application/json"] {
        let response = journey.expect("make", 200, site.form("/", accept, &[("message", &message)]));
        let text = response.json()["link"].as_str().map_or_else(|| response.text(), str::to_owned);
        journey.link(&Link::parse(&text).unwrap());
        if let Some(status_link) = response.json()["status_link"].as_str() {
            journey.owner(&Owner::parse(status_link.rsplit('#').next().unwrap()).unwrap());
        }
    }

    let receiver = claim();
    journey.claim(&receiver);
    let path = format!("/s/{}", whole.id);
    let open = |path: &str, link: &str, password: &str| {
        site.form(path, "text/html", &[("nonce", &receiver.expose()), ("link", link), ("password", password)])
    };
    let fragment = whole.fragment();
    for damage in ["%23", "%2523"] {
        journey.expect("look, damaged", 200, site.get(&format!("{path}{damage}{fragment}")));
        journey.expect("look, more damaged", 200, site.get(&format!("{path}{damage}{fragment}%3E")));
        let response = open(&format!("{path}{damage}{fragment}"), &url, "");
        journey.expect("open, password needed", 422, response);
    }
    journey.expect("open, damaged", 422, open(&path, &url[..url.len() - 1], &password));
    journey.expect("open, wrong password", 403, open(&path, &url, &format!("{password}!")));
    journey.expect("open", 200, open(&path, &url, &password));
    let never = Share::new("x");
    journey.link(&never.link);
    journey.expect("open, unknown", 404, open(&format!("/s/{}", never.link.id), &never.link.url("http://x"), ""));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    journey.expect(
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
        journey.expect(path, status, site.form(path, "text/html", &fields));
    }
    for path in ["/health/live", "/health/ready", "/test-redis", "/robots.txt", "/favicon.ico"] {
        journey.expect(path, 200, site.get(path));
    }
}

/// Sends requests that Rocket or hyper cannot parse, with a key in them.
fn unreadable(site: &Site, journey: &mut Journey) {
    let share = Share::new("x");
    journey.link(&share.link);
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
        let mut connection = RawConnection::to(site.server.port);
        connection.write(request.as_bytes()).end();
        if let Some(response) = connection.response() {
            journey.saw(&format!("unreadable: {}", request.chars().take(12).collect::<String>()), response);
        }
    }
}
