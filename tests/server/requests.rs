//! Requests over HTTP: making one, answering it, collecting, ending; strangers, and what a link does in the wrong place.

use crate::asked::Asked;
use crate::client::{Client, Share};
use crate::raw_http::{RawConnection, head};
use crate::server::Options;
use crate::site::{
    SOON, Site, are_the_same, b64, claim, from_b64, is_invalid, is_json, is_problem, moment, now, on_both, random,
    until,
};
use onetimeshare_envelope::Owner;
use onetimeshare_envelope::request::{Ask, Sealed};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const DAY: u64 = 86_400;

/// Makes a share and seals its link.
fn answered(site: &Client, asked: &Asked, message: &str) -> Sealed {
    let share = Share::new(message);
    site.create(&share);
    asked.sealed(&share.link)
}

#[test]
fn a_request_is_answered_as_often_as_asked_and_collected_once_each() {
    on_both(Options::default, |site| {
        let asked = Asked::new("The contract, please", 2);
        let made = asked.put(site);
        is_json(&made, 201, &["expires_at", "id", "state"]);
        assert_eq!(made.json()["state"], "open");
        let day = i64::try_from(DAY).unwrap();
        assert!((moment(&made.json()["expires_at"]) - now() - day).abs() <= 5);
        let again = asked.put(site);
        is_json(&again, 200, &["expires_at", "id", "state"]);
        assert_eq!(again.json(), made.json());

        let seen = asked.look(site);
        is_json(&seen, 200, &["answers_left", "box", "expires_at", "state"]);
        let seen = seen.json();
        assert_eq!((&seen["state"], &seen["answers_left"]), (&json!("open"), &json!(2)));
        let ask = Ask::open(&asked.giver, &asked.keys.id(), &from_b64(seen["box"].as_str().unwrap())).unwrap();
        assert_eq!(ask.note, "The contract, please");
        assert_eq!(ask.public_key, asked.keys.public_key());
        assert_eq!(asked.status(site).json()["answers"], json!([]));

        for (number, message) in [(1, "signed"), (2, "and the passport")] {
            let sealed = answered(site, &asked, message);
            let first = asked.hand_in(site, &sealed);
            is_json(&first, 201, &["number"]);
            assert_eq!(first.json()["number"], number);
            for _ in 0..2 {
                let repeated = asked.hand_in(site, &sealed);
                assert_eq!((repeated.status, &repeated.json()["number"]), (200, &json!(number)));
            }
        }
        is_problem(&asked.hand_in(site, &answered(site, &asked, "a third")), 409, "full", &[]);
        let full = asked.look(site);
        is_json(&full, 200, &["at", "state"]);
        assert_eq!(full.json()["state"], "full");
        assert_eq!(asked.put(site).json()["state"], "full");

        let status = asked.status(site);
        is_json(&status, 200, &["answers", "answers_left", "at", "created_at", "expires_at", "record_until", "state"]);
        let status = status.json();
        assert_eq!((&status["state"], &status["answers_left"]), (&json!("full"), &json!(0)));
        assert!((moment(&status["record_until"]) - moment(&status["expires_at"]) - 7 * day).abs() <= 1);
        for (answer, number) in status["answers"].as_array().unwrap().iter().zip(1..) {
            assert_eq!(crate::site::members(answer), ["at", "number", "sealed"]);
            assert_eq!(answer["number"], number);
            assert!((moment(&answer["at"]) - now()).abs() <= 30);
        }
        assert_eq!(asked.collect(site), ["signed", "and the passport"]);
    });
}

#[test]
fn strangers_change_nothing_and_learn_nothing() {
    on_both(Options::default, |site| {
        let asked = Asked::new("secret note", 3).made(site);
        let sealed = answered(site, &asked, "ours");
        assert_eq!(asked.hand_in(site, &sealed).status, 201);
        let before = asked.status(site);
        let stored = |site: &Site| -> Option<Vec<u8>> {
            let redis = site.redis.as_ref()?;
            Some(redis.ask(&["GET", &format!("share:{{{}}}", asked.keys.id())]))
        };
        let bytes = stored(site);
        let unknown = Asked::new("", 1);
        let share = Share::new("a share");
        site.create(&share);
        for _ in 0..50 {
            let wrong = b64(&random::<32>());
            are_the_same(&[
                ("a wrong proof", asked.look_with(site, &wrong)),
                ("an unknown id", unknown.look_with(site, &wrong)),
            ]);
            are_the_same(&[
                ("a wrong proof", asked.hand_in_with(site, &wrong, &sealed)),
                ("an unknown id", unknown.hand_in_with(site, &wrong, &sealed)),
            ]);
            assert_eq!(asked.look(site).json()["answers_left"], 2, "looking uses nothing up");
        }
        let stranger = Owner::random().unwrap().expose();
        let giver = asked.proof();
        for token in [stranger.as_str(), giver.get(..32).unwrap()] {
            are_the_same(&[
                ("another owner", site.bare("GET", &asked.path(), token)),
                ("an unknown id", site.bare("GET", &unknown.path(), token)),
                ("ended by another owner", site.bare("DELETE", &asked.path(), token)),
                ("an unknown id ended", site.bare("DELETE", &unknown.path(), token)),
            ]);
        }
        is_problem(&site.send("GET", &asked.path(), &[("Accept", "application/json")], None), 404, "not_found", &[]);
        // A request is no share, and a share no request.
        let id = asked.keys.id();
        for (method, path) in [("GET", format!("/api/v1/shares/{id}")), ("DELETE", format!("/api/v1/shares/{id}"))] {
            is_problem(&site.bare(method, &path, &asked.owner()), 404, "not_found", &[]);
        }
        let peek = json!({ "open_proof": asked.proof() });
        is_problem(&site.json("POST", &format!("/api/v1/shares/{id}/peek"), None, &peek), 404, "not_found", &[]);
        let open = json!({ "open_proof": asked.proof(), "claim": claim().expose() });
        is_problem(&site.json("POST", &format!("/api/v1/shares/{id}/open"), None, &open), 404, "not_found", &[]);
        let of_share = format!("/api/v1/requests/{}", share.link.id);
        let look = json!({ "give_proof": share.open_proof() });
        is_problem(&site.json("POST", &format!("{of_share}/look"), None, &look), 404, "not_found", &[]);
        is_problem(&site.bare("DELETE", &of_share, &share.owner.expose()), 404, "not_found", &[]);
        assert_eq!(site.status(&share).json()["state"], "waiting");

        let after = asked.status(site);
        assert_eq!(after.text(), before.text());
        assert_eq!(after.header("etag"), before.header("etag"));
        assert_eq!(stored(site), bytes, "the stored record is the same");
        assert!(!site.server.log.text().contains("ERROR"), "a record of the other kind is no fault");
        for secret in [id.to_string(), asked.proof(), asked.owner(), b64(&sealed.0)] {
            assert!(!site.server.log.text().contains(&secret));
        }
    });
}

#[test]
fn an_id_is_taken_by_the_first_of_a_share_and_a_request() {
    on_both(Options::default, |site| {
        let asked = Asked::new("", 1).made(site);
        for (member, value) in [
            ("box", Asked::new("", 1).body["box"].clone()),
            ("give_verifier", Asked::new("", 1).body["give_verifier"].clone()),
            ("answers", json!(2)),
            ("lifetime", json!(DAY + 1)),
        ] {
            let mut body = asked.body.clone();
            body[member] = value;
            is_problem(&site.json("PUT", &asked.path(), Some(&asked.owner()), &body), 409, "taken", &[]);
        }
        let path = format!("/api/v1/shares/{}", asked.keys.id());
        is_problem(&site.json("PUT", &path, Some(&asked.owner()), &Share::new("a").body), 409, "taken", &[]);
        let mut upload = Share::new("a").body;
        (upload["parts"], upload["size"]) = (json!(2), json!(328));
        is_problem(&site.json("PUT", &path, Some(&asked.owner()), &upload), 409, "taken", &[]);
        let owner = asked.owner();
        let form = [("nonce", owner.as_str()), ("message", "a")];
        assert_eq!(site.form("/", "application/json", &form).status, 409);
        assert_eq!(asked.look(site).json()["state"], "open");

        let share = Share::new("a");
        site.create(&share);
        let path = format!("/api/v1/requests/{}", share.link.id);
        is_problem(&site.json("PUT", &path, Some(&share.owner.expose()), &asked.body), 409, "taken", &[]);
        assert_eq!(site.open(&share, &claim()).status, 200);
    });
}

#[test]
fn calls_that_are_not_right_are_refused_by_member() {
    let site = Site::embedded(Options::default());
    let asked = Asked::new("", 1);
    let put = |body: &Value| site.json("PUT", &asked.path(), Some(&asked.owner()), body);
    for (member, values) in [
        ("version", vec![json!(2), json!("1")]),
        ("give_verifier", vec![json!("short"), json!(1), json!("A".repeat(44))]),
        ("box", vec![json!(""), json!("!"), json!(b64(&[0; 327]))]),
        ("answers", vec![json!(0), json!(21), json!(-1), json!(257), json!(1.5)]),
        ("lifetime", vec![json!(DAY - 1), json!(30 * DAY + 1), json!("86400")]),
    ] {
        for value in values {
            let mut body = asked.body.clone();
            body[member] = value.clone();
            is_invalid(&put(&body), member);
        }
        let mut body = asked.body.clone();
        body.as_object_mut().unwrap().remove(member);
        is_invalid(&put(&body), member);
    }
    let mut body = asked.body.clone();
    body["more"] = json!(1);
    is_invalid(&put(&body), "unknown");
    body = asked.body.clone();
    body["box"] = json!(b64(&[0; 8_193]));
    is_problem(&put(&body), 413, "too_large", &[]);
    is_problem(&site.json("PUT", &asked.path(), None, &asked.body), 401, "owner_needed", &[]);
    let other = Owner::random().unwrap().expose();
    is_invalid(&site.json("PUT", &asked.path(), Some(&other), &asked.body), "id");
    assert_eq!(asked.look(&site).status, 404, "nothing was stored");

    let asked = asked.made(&site);
    let path = format!("{}/answers", asked.path());
    let answer =
        |sealed: Value| site.json("POST", &path, None, &json!({ "give_proof": asked.proof(), "sealed": sealed }));
    for sealed in [json!(b64(&[0; 73])), json!(b64(&[0; 75])), json!(""), json!(1), json!("!")] {
        is_invalid(&answer(sealed), "sealed");
    }
    is_invalid(&site.json("POST", &path, None, &json!({ "give_proof": "x", "sealed": b64(&[0; 74]) })), "give_proof");
    is_invalid(&site.json("POST", &format!("{}/look", asked.path()), None, &json!({})), "give_proof");
    is_invalid(&site.bare("GET", &format!("{}?wait=31&seen=x", asked.path()), &asked.owner()), "wait");
}

#[test]
fn an_ended_request_keeps_its_answers_for_the_person_who_asked() {
    on_both(Options::default, |site| {
        let asked = Asked::new("", 3).made(site);
        let sealed = answered(site, &asked, "in time");
        assert_eq!(asked.hand_in(site, &sealed).status, 201);
        for _ in 0..2 {
            assert_eq!(asked.end(site).status, 204);
        }
        let late = asked.hand_in(site, &answered(site, &asked, "late"));
        is_problem(&late, 410, "gone", &["at", "state"]);
        assert_eq!(late.json()["state"], "deleted");
        let repeated = asked.hand_in(site, &sealed);
        assert_eq!((repeated.status, &repeated.json()["number"]), (200, &json!(1)), "it came, and is not lost");
        let seen = asked.look(site);
        is_json(&seen, 200, &["at", "state"]);
        assert_eq!(seen.json()["state"], "deleted");
        let status = asked.status(site).json();
        assert_eq!((&status["state"], &status["answers_left"]), (&json!("deleted"), &json!(0)));
        assert_eq!(asked.collect(site), ["in time"]);
        assert_eq!(asked.put(site).json()["state"], "deleted", "making it again does not revive it");
        if let Some(redis) = &site.redis {
            let keys: Vec<String> = redis.ask(&["KEYS", &format!("share:{{{}}}*", asked.keys.id())]);
            assert_eq!(keys.len(), 1, "the box is gone: {keys:?}");
        }
    });
}

#[test]
fn a_request_expires_and_its_answers_can_be_collected_for_the_longest_lifetime() {
    let options = || {
        let lifetimes = Options::default().set("request_lifetimes", "[4, 3600]").set("lifetimes", "[6]");
        lifetimes.set("default_lifetime", 6)
    };
    on_both(options, |site| {
        let mut asked = Asked::new("", 2);
        asked.body["lifetime"] = json!(4);
        let asked = asked.made(site);
        let share = Share::with("in time", None, 6);
        site.create(&share);
        let sealed = asked.sealed(&share.link);
        assert_eq!(asked.hand_in(site, &sealed).status, 201);
        until(SOON, "the end of the lifetime", || (asked.look(site).json()["state"] == "expired").then_some(()));
        let late = asked.hand_in(site, &asked.sealed(&Share::new("late").link));
        is_problem(&late, 410, "gone", &["at", "state"]);
        let status = asked.status(site).json();
        assert_eq!((&status["state"], &status["at"]), (&json!("expired"), &status["expires_at"]));
        assert_eq!(status["answers"].as_array().unwrap().len(), 1);
        assert_eq!(asked.end(site).status, 204);
        assert_eq!(asked.status(site).json()["state"], "expired");
        until(SOON, "the end of the record", || (asked.status(site).status == 404).then_some(()));
        assert_eq!(asked.look(site).status, 404);
    });
}

#[test]
fn the_person_who_asked_hears_of_an_answer_within_a_second() {
    on_both(Options::default, |site| {
        let asked = Asked::new("", 2).made(site);
        let tag = asked.status(site).header("etag").unwrap().replace('"', "%22");
        let authorization = format!("Authorization: Bearer {}", asked.owner());
        let sealed = answered(site, &asked, "here");
        let mut connection = RawConnection::to(site.server.port);
        let path = format!("{}?wait=30&seen={tag}", asked.path());
        connection.write(head("GET", &path, &[&authorization]).as_bytes());
        assert!(connection.is_silent(Duration::from_millis(300)), "nothing has changed yet");
        assert_eq!(asked.hand_in(site, &sealed).status, 201);
        let handed_in = Instant::now();
        let response = connection.response().unwrap();
        assert_eq!(response.json()["answers"].as_array().unwrap().len(), 1, "{}", response.text());
        assert!(handed_in.elapsed() < Duration::from_millis(1_500), "{:?}", handed_in.elapsed());
    });
}

#[test]
fn each_answer_charges_room_when_the_request_is_made() {
    let redis = crate::redis_server::RedisServer::start(&["--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]);
    let options = Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.1\"]");
    let server = options.set("address_share", 1_000).redis(redis.port()).start();
    let site = Client::new(server.url());
    let made = |answers: u8, from: &str| {
        (0..600).position(|_| {
            let asked = Asked::new("", answers);
            let bearer = format!("Bearer {}", asked.owner());
            let headers =
                [("Content-Type", "application/json"), ("Authorization", &*bearer), ("X-Forwarded-For", from)];
            let response = site.send("PUT", &asked.path(), &headers, Some(asked.body.to_string().as_bytes()));
            assert!(matches!(response.status, 201 | 429), "{}", response.text());
            response.status == 429
        })
    };
    let (few, many) = (made(1, "198.51.100.1").unwrap(), made(20, "203.0.113.7").unwrap());
    assert!(few > many * 3 / 2, "one address made {few} requests for 1 answer, and {many} for 20");
    println!("one address made {few} requests for 1 answer, and {many} for 20");
}
