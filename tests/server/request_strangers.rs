//! Tests that callers without the link or the owner token get the same responses in content and timing, whatever the
//! state of a request and whether it ever existed.

use crate::asked::Asked;
use crate::client::Share;
use crate::indistinguishable::{PER_STATE, same_bytes, time};
use crate::raw_http::{head, json_request};
use crate::server::Options;
use crate::site::{Site, b64, on_both, random};
use onetimeshare_envelope::Owner;
use onetimeshare_envelope::request::{GiveLink, PrivateLink};
use serde_json::json;

/// States of the requests; the last were never made.
const STATES: [&str; 5] = ["full", "answered", "closed", "open", "unknown"];

/// Calls that a caller without the link and the owner token can make for an id.
const CALLS: [&str; 5] = ["look", "answer", "collect", "end", "page"];

fn options() -> Options {
    // At this level no log line is written for a request, so logging does not affect the timing.
    Options::default().set("log_level", "normal")
}

/// Makes requests in every state, in the order of [`STATES`].
fn requests(site: &Site) -> Vec<Vec<Asked>> {
    let make = |kind: &&str| {
        let asked = (0..PER_STATE).map(|_| Asked::new("The contract", if *kind == "full" { 1 } else { 2 }));
        if *kind == "unknown" {
            return asked.collect();
        }
        let asked: Vec<Asked> = asked.map(|asked| asked.made(site)).collect();
        for asked in &asked {
            match *kind {
                "full" | "answered" => {
                    assert_eq!(asked.hand_in(site, &asked.sealed(&Share::new("").link)).status, 201);
                }
                "closed" => assert_eq!(asked.end(site).status, 204),
                _ => {}
            }
        }
        asked
    };
    STATES.iter().map(make).collect()
}

/// Builds a well-formed call for a request without its link or owner token.
fn call(name: &str, asked: &Asked) -> Vec<u8> {
    let path = asked.path();
    let bearer = format!("Authorization: Bearer {}", Owner::random().unwrap().expose());
    let bare = |method: &str| head(method, &path, &[&bearer, "Content-Length: 0"]);
    let proof = b64(&random::<32>());
    match name {
        "look" => json_request("POST", &format!("{path}/look"), None, &json!({ "give_proof": proof }).to_string()),
        "answer" => {
            let body = json!({ "give_proof": proof, "sealed": b64(&random::<74>()) });
            json_request("POST", &format!("{path}/answers"), None, &body.to_string())
        }
        "collect" => bare("GET"),
        "end" => bare("DELETE"),
        "page" => {
            // The right id, and another key with a proper check.
            let id = asked.keys.id();
            let link = GiveLink { id, key: PrivateLink::random().unwrap().keys().give_link().key };
            let link = link.url("http://localhost");
            let form = form_urlencoded::Serializer::new(String::new()).append_pair("link", &link).finish();
            let length = format!("Content-Length: {}", form.len());
            let kind = "Content-Type: application/x-www-form-urlencoded";
            head("POST", &format!("/r/{id}"), &[kind, "Accept: text/html", &length]) + &form
        }
        _ => panic!("{name}"),
    }
    .into_bytes()
}

#[test]
fn without_link_and_owner_responses_are_identical_in_every_state_and_change_nothing() {
    on_both(options, |site| {
        let requests = requests(site);
        let statuses = || -> Vec<_> { requests.iter().flatten().map(|asked| asked.status(site).json()).collect() };
        let before = statuses();
        same_bytes(site, "strangers to requests", &STATES, &CALLS, &requests, call);
        assert_eq!(statuses(), before);
    });
}

#[test]
fn fifty_looks_change_nothing_and_tell_a_giver_no_more_than_room() {
    on_both(options, |site| {
        let asked = Asked::new("The contract", 5).made(site);
        assert_eq!(asked.hand_in(site, &asked.sealed(&Share::new("").link)).status, 201);
        let (seen, status) = (asked.look(site).json(), asked.status(site).json());
        for _ in 0..50 {
            assert_eq!(asked.look(site).json(), seen);
            assert_eq!(asked.look_with(site, &b64(&random::<32>())).status, 404);
            assert_eq!(site.get(&format!("/r/{}", asked.keys.id())).status, 200);
        }
        assert_eq!(asked.status(site).json(), status);
        // The link neither reads nor ends the request.
        for token in [asked.proof(), Owner::random().unwrap().expose()] {
            for method in ["GET", "DELETE"] {
                let refused = site.bare(method, &asked.path(), &token);
                assert!(matches!(refused.status, 401 | 404), "{method}: {}", refused.text());
            }
        }
        assert_eq!(asked.status(site).json(), status);
        for _ in 0..4 {
            assert_eq!(asked.hand_in(site, &asked.sealed(&Share::new("").link)).status, 201);
        }
        let over = asked.look(site).json();
        let mut members: Vec<&str> = over.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!((members, &over["state"]), (vec!["at", "state"], &json!("full")));
    });
}

fn time_requests(site: &Site) {
    time(site, "strangers to requests", &STATES, &CALLS, &requests(site), call);
}

#[test]
fn without_link_and_owner_timing_is_equal_in_every_state_with_the_embedded_store() {
    time_requests(&Site::embedded(options()));
}

#[test]
fn without_link_and_owner_timing_is_equal_in_every_state_with_redis() {
    time_requests(&Site::on_redis(options()));
}
