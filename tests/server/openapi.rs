//! `docs/openapi.yaml` against the running server, both ways: every response that a call gets must be described, and every
//! response, error code, header and member that is described must come from some call.

mod calls;
mod document;
mod refusals;

use crate::asked::Asked;
use crate::client::{Client, Share};
use crate::clock::Clock;
use crate::raw_http::{RawConnection, head};
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{SOON, Site, claim, guarded, guess, open_with, until};
use crate::table::row;
use calls::calls;
use document::{Document, Facts, operations};
use onetimeshare::config;
use onetimeshare_envelope::Handover;
use rocket::figment::Figment;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Bytes of the largest part.
const LARGEST_PART: usize = 984_056;

/// What the document describes and no call here can show: a place in the facts, and why.
const NOT_SHOWN: [(&str, &str); 2] = [
    (" 500 broken", "only a fault of the program gives it"),
    ("checkCounter 500", "the same, in a response without a body"),
];

/// The one document, so that all tests add to what was seen.
static DOCUMENT: LazyLock<Document> = LazyLock::new(Document::read);

/// Checks every response that the client of a site gets.
fn checked(mut site: Site) -> Site {
    site.client = site.client.clone().watched(|(method, path), body, response| {
        DOCUMENT.check((method, path), body, response);
    });
    site
}

/// Returns the methods and paths that the program routes, as the document writes them.
fn routed() -> BTreeSet<(String, String)> {
    let app = onetimeshare::rocket(&Figment::from(config::defaults())).unwrap();
    let pattern = |path: &str| path.replace('<', "{").replace('>', "}");
    app.routes().map(|route| (route.method.as_str().to_lowercase(), pattern(route.uri.path()))).collect()
}

#[test]
fn every_route_of_the_api_is_in_the_document_and_every_path_of_it_is_routed() {
    let documented: BTreeSet<_> =
        operations(&DOCUMENT.root).into_iter().map(|(path, method, _)| (method, path)).collect();
    let routed = routed();
    let of_api = |requests: &BTreeSet<(String, String)>| -> BTreeSet<_> {
        requests.iter().filter(|(_, path)| path.starts_with("/api/")).cloned().collect()
    };
    assert_eq!(of_api(&documented), of_api(&routed));
    let unknown: Vec<_> = documented.difference(&routed).collect();
    assert!(unknown.is_empty(), "not routed: {unknown:?}");
    assert!(!of_api(&routed).is_empty());
}

#[test]
fn the_site_returns_the_document_with_its_own_address() {
    let site = checked(Site::embedded(Options::default()));
    let response = site.get("/api/v1/openapi.json");
    let mut expected = DOCUMENT.root.clone();
    expected["servers"] = json!([{ "url": site.base }]);
    expected["components"].as_object_mut().unwrap().remove("x-headers");
    assert_eq!(response.json(), expected);
    assert_eq!(response.header("content-type"), Some("application/json"));
    let head = site.send("HEAD", "/api/v1/openapi.json", &[], None);
    assert_eq!((head.status, head.header("content-length")), (200, response.header("content-length")));

    let below = Site::embedded(Options::default().set("public_url", "https://share.example/tools"));
    let document = below.get("/tools/api/v1/openapi.json").json();
    assert_eq!(document["servers"], json!([{ "url": "https://share.example/tools" }]));
}

/// Sends and opens messages with and without a password, in every state.
fn messages(site: &Site, clock: &Clock) {
    let (share, receiver, other) = (Share::new("a"), claim(), claim());
    site.create(&share);
    assert_eq!(site.put(&share).status, 200);
    let another = site.json("PUT", &share.path(), Some(&share.owner.expose()), &Share::new("b").body);
    assert_eq!(another.status, 409);
    let unowned = site.send("PUT", &share.path(), &[("Content-Type", "application/json")], Some(b"{}"));
    assert_eq!(unowned.status, 401);
    assert_eq!(site.peek(&share).json()["state"], "waiting");
    let tag = site.status(&share).header("etag").unwrap().trim_matches('"').to_owned();
    assert_eq!(site.open(&share, &receiver).status, 200);
    let waited = format!("{}?wait=30&seen={tag}", share.path());
    assert_eq!(site.bare("GET", &waited, &share.owner.expose()).json()["state"], "opened");
    for query in ["wait=31", "wait=-1", "wait=", "wait=1&wait=1", "wait=1&seen=a&seen=b"] {
        let invalid = site.bare("GET", &format!("{}?{query}", share.path()), &share.owner.expose());
        assert_eq!((invalid.status, invalid.code().as_str()), (422, "invalid"), "{query}");
    }
    assert_eq!(site.peek(&share).json()["state"], "opened");
    assert_eq!(site.open(&share, &other).status, 410);
    assert_eq!(site.part(&share, &receiver, 0).status, 200);
    let handover = Handover::random().unwrap();
    assert_eq!(site.register(&share, &receiver, &handover).status, 204);
    assert_eq!(site.take_over(&share, &other, &handover).status, 200);
    assert!(site.status(&share).json()["handovers"] == 1);
    assert_eq!(site.delete(&share).status, 410);
    assert_eq!(site.confirm(&share, &other).status, 204);
    assert_eq!(site.open(&share, &other).json()["yours"], true);
    assert!(site.status(&share).json()["confirmed_at"].is_string());

    let share = guarded("a");
    site.create(&share);
    assert_eq!(open_with(site, &share, &claim(), None).status, 422);
    (0..5).for_each(|_| assert_eq!(guess(site, &share).status, 403));
    assert_eq!(guess(site, &share).status, 429);
    assert_eq!(site.peek(&share).json()["retry_after"], 60);

    let [expired, deleted] = [(); 2].map(|()| Share::new("a"));
    site.create(&expired);
    site.create(&deleted);
    assert_eq!(site.delete(&deleted).status, 204);
    clock.set(Clock::BEGIN + 4_000);
    for (share, state) in [(&expired, "expired"), (&deleted, "deleted")] {
        assert_eq!(site.peek(share).json()["state"], state);
        assert_eq!(site.open(share, &claim()).json()["state"], state);
        assert_eq!(site.status(share).json()["state"], state);
    }
}

/// Returns a share with a file of two parts.
fn with_parts() -> Share {
    let mut share = Share::new("with a file");
    (share.body["parts"], share.body["size"]) = (3.into(), (LARGEST_PART + 16).into());
    share
}

/// Uploads and fetches a file, with every mistake.
fn files(site: &Site) {
    let (share, receiver) = (with_parts(), claim());
    site.create(&share);
    assert_eq!(site.put_part(&share, 1, &vec![7; LARGEST_PART]).status, 204);
    assert_eq!(site.put_part(&share, 3, b"x").status, 404);
    assert_eq!(site.put_part(&share, 2, b"").status, 422);
    assert_eq!(site.put_part(&share, 2, &vec![7; LARGEST_PART + 1]).status, 413);
    assert_eq!(site.put_part(&share, 2, &[7; 17]).status, 413);
    assert_eq!(site.received(&share).json()["received"], json!([1]));
    assert_eq!(site.complete(&share).json()["missing"], json!([2]));
    assert_eq!(site.put_part(&share, 2, &[7; 15]).status, 204);
    assert_eq!(site.complete(&share).code(), "size_mismatch");
    assert_eq!(site.put_part(&share, 2, &[7; 16]).status, 204);
    assert_eq!(site.complete(&share).json()["state"], "waiting");
    assert_eq!(site.put_part(&share, 2, &[7; 16]).status, 409);
    assert_eq!(site.open(&share, &receiver).status, 200);
    assert_eq!(site.part(&share, &receiver, 2).body, [7; 16]);
    assert!(site.status(&share).json()["grace_until"].is_string());
    // A body that was cut off.
    let share = with_parts();
    site.create(&share);
    let path = format!("{}/parts/1", share.path());
    let bearer = format!("Authorization: Bearer {}", share.owner.expose());
    let lines = [bearer.as_str(), "Content-Type: application/octet-stream", "Content-Length: 9"];
    // A connection that ended may be closed before the response.
    let cut = until(SOON, "a response to a body that was cut off", || {
        RawConnection::to(site.server.port).write((head("PUT", &path, &lines) + "cut").as_bytes()).end().response()
    });
    assert_eq!(cut.status, 400);
    DOCUMENT.check(("PUT", &path), None, &cut);
}

/// Makes, answers and ends requests.
fn requests(site: &Site, clock: &Clock) {
    let asked = Asked::new("the contract", 1).made(site);
    assert_eq!(asked.put(site).status, 200);
    let other = json!({ "version": 1, "give_verifier": asked.body["give_verifier"], "box": asked.body["box"],
        "answers": 2, "lifetime": asked.body["lifetime"] });
    assert_eq!(site.json("PUT", &asked.path(), Some(&asked.owner()), &other).status, 409);
    let unowned = site.send("PUT", &asked.path(), &[("Content-Type", "application/json")], Some(b"{}"));
    assert_eq!(unowned.status, 401);
    assert_eq!(asked.look(site).json()["state"], "open");
    let sealed = asked.sealed(&Share::new("").link);
    assert_eq!(asked.hand_in(site, &sealed).status, 201);
    assert_eq!(asked.hand_in(site, &sealed).status, 200);
    assert_eq!(asked.hand_in(site, &asked.sealed(&Share::new("").link)).code(), "full");
    assert_eq!(asked.look(site).json()["state"], "full");
    assert_eq!(asked.status(site).json()["answers"].as_array().unwrap().len(), 1);
    let too_long = format!("{}?wait=x", asked.path());
    assert_eq!(site.bare("GET", &too_long, &asked.owner()).status, 422);
    let [ended, expired] = [(); 2].map(|()| Asked::new("", 20).made(site));
    assert_eq!(ended.end(site).status, 204);
    clock.set(Clock::BEGIN + 100_000);
    for (asked, state) in [(&ended, "deleted"), (&expired, "expired")] {
        assert_eq!(asked.look(site).json()["state"], state);
        assert_eq!(asked.hand_in(site, &sealed).json()["state"], state);
        assert_eq!(asked.status(site).json()["state"], state);
    }
}

/// Asks for what belongs to no share.
fn site_itself(site: &Client) {
    assert_eq!(site.get("/api/v1/site").status, 200);
    assert_eq!(site.get("/api/v1/openapi.json").status, 200);
    for accept in ["*/*", "application/json"] {
        assert_eq!(site.send("GET", "/health/ready", &[("Accept", accept)], None).status, 200);
    }
    assert_eq!(site.get("/test-redis").status, 200);
    assert_eq!(site.send("HEAD", "/test-redis", &[], None).status, 200);
}

/// Uses up every limit of one address.
fn too_many() {
    let limited = || Options::default().set("limits_per_address", true).set("max_size", 2 << 20);
    let site = checked(Site::embedded(limited()));
    let (share, receiver) = (with_parts(), claim());
    site.create(&share);
    assert_eq!(site.put_part(&share, 1, &vec![7; LARGEST_PART]).status, 204);
    assert_eq!(site.put_part(&share, 2, &[7; 16]).status, 204);
    assert_eq!(site.complete(&share).status, 200);
    assert_eq!(site.open(&share, &receiver).status, 200);
    let path = format!("{}/parts/1", share.path());
    let bearer = format!("Authorization: Bearer {}", receiver.expose());
    let mut unread = Vec::new();
    until(SOON, "fetching to be refused", || {
        for _ in 0..80 {
            let mut connection = RawConnection::from([127, 0, 0, 1], site.server.port);
            connection.write(head("GET", &path, &[&bearer]).as_bytes());
            unread.push(connection);
        }
        (site.part(&share, &receiver, 1).status == 429).then_some(())
    });
    drop(unread);
    for call in calls() {
        let refused = (0..10_000).any(|_| call.operation == "getPart" || call.send(&site, &[]).status == 429);
        assert!(refused, "{}", call.operation);
    }
    let counted = |method| {
        let json = [("Accept", "application/json")];
        (0..10_000).any(|_| site.send(method, "/test-redis", &json, None).status == 429)
    };
    assert!(counted("GET") && counted("HEAD"));
}

/// Stops the store, then fills it.
fn without_a_store() {
    let mut site = checked(Site::on_redis(Options::default()));
    site.redis.as_mut().unwrap().kill();
    for call in calls() {
        // The body of a part is read only once the store has named its owner.
        assert_eq!(call.send(&site, &[]).status, 503, "{}", call.operation);
    }
    for (method, path) in [("GET", "/health/ready"), ("GET", "/test-redis"), ("HEAD", "/test-redis")] {
        assert_eq!(site.send(method, path, &[], None).status, 503, "{method} {path}");
    }
    let json = site.send("GET", "/health/ready", &[("Accept", "application/json")], None);
    assert_eq!(json.json()["status"], "unavailable");

    let site = checked(Site::on(RedisServer::start(&["--appendonly", "no"]), Options::default()));
    let share = with_parts();
    site.create(&share);
    let redis = site.redis.as_ref().unwrap();
    let used: u64 = redis.info("memory")["used_memory"].parse().unwrap();
    let _: String = redis.ask(&["CONFIG", "SET", "maxmemory", &used.to_string()]);
    let fits = until(SOON, "the site to measure its room", || {
        let response = site.put(&with_parts());
        response.json()["fits"].as_u64()
    });
    println!("a full Redis: {fits} bytes fit");
    until(SOON, "a full Redis", || (site.put(&Share::new("a")).status == 507).then_some(()));
    assert_eq!(Asked::new("", 1).put(&site).status, 507);
    assert_eq!(site.put_part(&share, 1, &vec![7; LARGEST_PART]).status, 507);
}

/// Loses a part, and takes shares down.
fn without_parts() {
    let site = checked(Site::on_redis_and_a_folder(Options::default()));
    let (share, receiver) = (with_parts(), claim());
    site.create(&share);
    assert_eq!(site.put_part(&share, 1, &vec![7; LARGEST_PART]).status, 204);
    assert_eq!(site.put_part(&share, 2, &[7; 16]).status, 204);
    assert_eq!(site.complete(&share).status, 200);
    assert_eq!(site.open(&share, &receiver).status, 200);
    let folder = site.files.as_ref().unwrap().path();
    let hours = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for file in hours.flat_map(|hour| hour.read_dir().unwrap()) {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    assert_eq!(site.part(&share, &receiver, 1).status, 410);
    assert!(site.status(&share).json()["lost_at"].is_string());
}

#[test]
fn every_response_is_described_and_every_description_is_shown() {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let clock = Clock::new();
            let site = checked(Site::embedded(clock.options()));
            messages(&site, &clock);
            requests(&site, &clock);
        });
        scope.spawn(|| {
            let site = checked(Site::embedded(Options::default()));
            files(&site);
            refusals::send_all(&site);
            site_itself(&site);
        });
        scope.spawn(too_many);
        scope.spawn(|| {
            without_a_store();
            without_parts();
        });
        scope.spawn(|| {
            let https = Options::default().set("public_url", "https://share.example");
            assert_eq!(checked(Site::embedded(https)).get("/api/v1/site").status, 200);
        });
    });
    let (documented, (seen, responses)) = (DOCUMENT.facts(), DOCUMENT.seen());
    let missing = |documented: &BTreeSet<String>, seen: &BTreeSet<String>| -> Vec<String> {
        let is_excused = |fact: &String| NOT_SHOWN.iter().any(|(place, _)| fact.contains(place));
        documented.difference(seen).filter(|fact| !is_excused(fact)).cloned().collect()
    };
    let Facts { answers, headers, members } = &documented;
    assert_eq!(missing(answers, &seen.answers), Vec::<String>::new(), "responses that no call gave");
    assert_eq!(missing(headers, &seen.headers), Vec::<String>::new(), "headers that no response had");
    assert_eq!(missing(members, &seen.members), Vec::<String>::new(), "members that no response had");
    for (place, _) in NOT_SHOWN {
        assert!(answers.iter().any(|fact| fact.contains(place)), "{place} is not documented any more");
        assert!(!seen.answers.iter().any(|fact| fact.contains(place)), "{place} was shown");
    }
    row(
        "docs/openapi.yaml against the server",
        format!(
            "{responses} responses as described; {} of {} responses by code, {} members and {} headers shown",
            seen.answers.len(),
            answers.len(),
            members.len(),
            headers.len()
        ),
    );
}
