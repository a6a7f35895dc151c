//! Tests every API call in every state of a one-part share.

use crate::client::Share;
use crate::raw_http::find;
use crate::server::Options;
use crate::site::{
    Site, b64, claim, from_b64, guarded, guess, in_every_state, is_json, is_problem, members, moment, now, on_both,
    open_with,
};
use onetimeshare_envelope::{Owner, ShareId};
use serde_json::json;

#[test]
fn create_returns_exact_members_and_a_repeat_returns_the_current_state() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        let created = site.put(&share);
        is_json(&created, 201, &["expires_at", "id", "state"]);
        assert_eq!(created.json()["id"], share.link.id.to_string());
        assert_eq!(created.json()["state"], "waiting");
        assert!((moment(&created.json()["expires_at"]) - now() - 3_600).abs() <= 5);

        let again = site.put(&share);
        is_json(&again, 200, &["expires_at", "id", "state"]);
        assert_eq!(again.json(), created.json());

        assert_eq!(site.open(&share, &claim()).status, 200);
        let opened = site.put(&share);
        is_json(&opened, 200, &["expires_at", "id", "state"]);
        assert_eq!(opened.json()["state"], "opened");
        assert_eq!(opened.json()["expires_at"], created.json()["expires_at"]);

        let taken_back = Share::new("b");
        site.create(&taken_back);
        assert_eq!(site.delete(&taken_back).status, 204);
        let deleted = site.put(&taken_back);
        is_json(&deleted, 200, &["expires_at", "id", "state"]);
        assert_eq!(deleted.json()["state"], "deleted");
        assert_eq!(site.peek(&taken_back).json()["state"], "deleted", "a repeated create does not revive the share");
    });
}

#[test]
fn a_different_create_with_the_same_owner_gets_409() {
    on_both(Options::default, |site| {
        let first = guarded("first");
        site.create(&first);
        for (member, value) in [
            ("part0", Share::new("other").body["part0"].clone()),
            ("open_verifier", Share::new("other").body["open_verifier"].clone()),
            ("password_verifier", Share::new("other").body["open_verifier"].clone()),
            ("lifetime", json!(3_601)),
        ] {
            let mut body = first.body.clone();
            body[member] = value;
            is_problem(&site.json("PUT", &first.path(), Some(&first.owner.expose()), &body), 409, "taken", &[]);
        }
        let mut body = first.body.clone();
        body.as_object_mut().unwrap().remove("password_verifier");
        is_problem(&site.json("PUT", &first.path(), Some(&first.owner.expose()), &body), 409, "taken", &[]);
        let opened = site.open(&first, &claim());
        assert_eq!(first.message_in(&opened).as_deref(), Some("first"));
    });
}

#[test]
fn peek_tells_a_link_holder_content_and_outcome() {
    on_both(Options::default, |site| {
        let plain = Share::new("plain");
        let expires_at = site.put(&plain).json()["expires_at"].clone();
        let waiting = site.peek(&plain);
        is_json(&waiting, 200, &["expires_at", "parts", "password", "size", "state"]);
        assert_eq!(
            waiting.json(),
            json!({ "state": "waiting", "password": false, "parts": 1, "size": 0, "expires_at": expires_at })
        );

        let with_password = guarded("guarded");
        site.create(&with_password);
        let waiting = site.peek(&with_password);
        is_json(&waiting, 200, &["expires_at", "parts", "password", "size", "state", "tries_left"]);
        assert_eq!((&waiting.json()["password"], &waiting.json()["tries_left"]), (&json!(true), &json!(5)));
        guess(site, &with_password);
        assert_eq!(site.peek(&with_password).json()["tries_left"], 4);
        (0..4).for_each(|_| drop(guess(site, &with_password)));
        let slowed = site.peek(&with_password);
        is_json(&slowed, 200, &["expires_at", "parts", "password", "retry_after", "size", "state", "tries_left"]);
        assert_eq!(slowed.json()["tries_left"], 0);
        assert!((1..=60).contains(&slowed.json()["retry_after"].as_u64().unwrap()));

        let receiver = claim();
        let grace_until = site.open(&plain, &receiver).json()["grace_until"].clone();
        let opened = site.peek(&plain);
        is_json(&opened, 200, &["at", "grace_until", "state"]);
        assert_eq!(opened.json()["state"], "opened");
        assert_eq!(opened.json()["grace_until"], grace_until);
        assert!((moment(&opened.json()["at"]) - now()).abs() <= 5);
        assert_eq!(site.confirm(&plain, &receiver).status, 204);
        let confirmed = site.peek(&plain);
        is_json(&confirmed, 200, &["at", "state"]);
        assert_eq!(confirmed.json()["at"], opened.json()["at"]);

        assert_eq!(site.delete(&with_password).status, 204);
        let deleted = site.peek(&with_password);
        is_json(&deleted, 200, &["at", "state"]);
        assert_eq!(deleted.json()["state"], "deleted");
    });
}

#[test]
fn open_returns_the_ciphertext_to_one_claim_until_it_confirms() {
    on_both(Options::default, |site| {
        let share = Share::new("the door code is 4711");
        site.create(&share);
        let (first, second) = (claim(), claim());
        let opened = site.open(&share, &first);
        is_json(&opened, 200, &["grace_until", "part0", "parts"]);
        assert_eq!(opened.json()["part0"], share.body["part0"]);
        assert_eq!(opened.json()["parts"], 1);
        let at = moment(&site.peek(&share).json()["at"]);
        let granted = moment(&opened.json()["grace_until"]) - at;
        assert!((600..=602).contains(&granted), "the reading window and the allowance for the bytes: {granted}");
        for _ in 0..3 {
            assert_eq!(site.open(&share, &first).json(), opened.json());
        }
        let late = site.open(&share, &second);
        is_problem(&late, 410, "gone", &["at", "state"]);
        assert_eq!((late.json()["state"].as_str(), moment(&late.json()["at"])), (Some("opened"), at));

        assert_eq!(site.confirm(&share, &first).status, 204);
        let over = site.open(&share, &first);
        is_problem(&over, 410, "gone", &["at", "state", "yours"]);
        assert_eq!(over.json()["yours"], true);
        is_problem(&site.open(&share, &second), 410, "gone", &["at", "state"]);
    });
}

#[test]
fn a_large_message_roundtrips() {
    on_both(Options::default, |site| {
        // The longest encrypted manifest, and one too large for the lane of small commands.
        for length in [721_672, 300_000, 65_537] {
            let mut share = Share::new("");
            let bytes: Vec<u8> = (0..length).map(|n: u32| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
            share.body["part0"] = crate::site::b64(&bytes).into();
            site.create(&share);
            let receiver = claim();
            for _ in 0..2 {
                let opened = site.open(&share, &receiver);
                assert_eq!(opened.status, 200, "{length} bytes on {}", site.store());
                assert!(from_b64(opened.json()["part0"].as_str().unwrap()) == bytes, "{length}");
            }
        }
    });
}

#[test]
fn the_owner_sees_each_state_with_exact_members() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        let expires_at = site.put(&share).json()["expires_at"].clone();
        let waiting = site.status(&share);
        is_json(&waiting, 200, &["created_at", "expires_at", "record_until", "state", "wrong_passwords"]);
        // 7 days, the reading window, and the allowance for part 0.
        let kept = moment(&waiting.json()["record_until"]) - moment(&waiting.json()["expires_at"]);
        assert!((7 * 86_400 + 600..7 * 86_400 + 660).contains(&kept), "{kept}");
        assert_eq!(waiting.json()["state"], "waiting");
        assert_eq!(waiting.json()["expires_at"], expires_at);
        assert_eq!(waiting.json()["wrong_passwords"], 0);
        assert_eq!(moment(&expires_at) - moment(&waiting.json()["created_at"]), 3_600);
        guess(site, &share);
        guess(site, &share);
        assert_eq!(site.status(&share).json()["wrong_passwords"], 2);

        let receiver = claim();
        assert_eq!(site.open(&share, &receiver).status, 200);
        let opened = site.status(&share);
        let names = members(&opened.json()).into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert!(names.iter().all(|name| name != "confirmed_at" && name != "grace_until"));
        let peeked = site.peek(&share).json();
        assert_eq!(opened.json()["reading_until"], peeked["grace_until"], "a message can be read until then");
        assert_eq!(opened.json()["state"], "opened");
        assert_eq!(waiting.header("claim-hash"), None);
        assert_eq!(opened.header("claim-hash"), Some(b64(receiver.digest().as_bytes()).as_str()));
        assert!((moment(&opened.json()["opened_at"]) - now()).abs() <= 5);
        assert_eq!(opened.json()["wrong_passwords"], 2);
        assert_eq!(site.confirm(&share, &receiver).status, 204);
        let confirmed = site.status(&share);
        is_json(
            &confirmed,
            200,
            &[
                "at",
                "confirmed_at",
                "created_at",
                "expires_at",
                "opened_at",
                "record_until",
                "state",
                "wrong_passwords",
            ],
        );
        assert_eq!(confirmed.json()["state"], "opened");
        assert_eq!(confirmed.json()["at"], confirmed.json()["opened_at"]);
        assert!(moment(&confirmed.json()["confirmed_at"]) >= moment(&confirmed.json()["opened_at"]));

        let other = Share::new("b");
        site.create(&other);
        assert_eq!(site.delete(&other).status, 204);
        let deleted = site.status(&other);
        is_json(&deleted, 200, &["at", "created_at", "expires_at", "record_until", "state", "wrong_passwords"]);
        assert_eq!(deleted.json()["state"], "deleted");
    });
}

#[test]
fn confirm_and_delete_are_idempotent_and_final() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        site.create(&share);
        let receiver = claim();
        is_problem(&site.confirm(&share, &receiver), 404, "not_found", &[]);
        assert_eq!(site.open(&share, &receiver).status, 200);
        is_problem(&site.confirm(&share, &claim()), 404, "not_found", &[]);
        for _ in 0..3 {
            let confirmed = site.confirm(&share, &receiver);
            assert_eq!((confirmed.status, confirmed.body.len()), (204, 0));
            assert_eq!(confirmed.header("cache-control"), Some("no-store"));
        }
        let before = site.status(&share).json();
        let refused = site.delete(&share);
        assert_eq!((refused.status, refused.code().as_str()), (410, "gone"));
        assert_eq!(site.status(&share).json(), before, "a refused delete changes nothing");

        let open = Share::new("b");
        site.create(&open);
        assert_eq!(site.open(&open, &receiver).status, 200);
        assert_eq!(site.delete(&open).status, 410, "opened, not yet confirmed");
        assert_eq!(site.open(&open, &receiver).status, 200, "the claim holder may still finish");

        let waiting = Share::new("c");
        site.create(&waiting);
        let at = {
            assert_eq!(site.delete(&waiting).status, 204);
            site.status(&waiting).json()["at"].clone()
        };
        for _ in 0..3 {
            let again = site.delete(&waiting);
            assert_eq!((again.status, again.body.len()), (204, 0));
        }
        assert_eq!(site.status(&waiting).json()["at"], at, "deleted once");
        is_problem(&site.open(&waiting, &receiver), 410, "gone", &["at", "state"]);
        assert_eq!(site.open(&waiting, &receiver).json()["state"], "deleted");
    });
}

/// Ends shares with ciphertexts of this length and checks that the store keeps none of them.
fn leaves_nothing(site: &Site, length: usize) {
    let locked = crate::site::random::<300_000>()[..length].to_vec();
    let share = || {
        let mut share = Share::new("");
        share.body["part0"] = crate::site::b64(&locked).into();
        site.create(&share);
        share
    };
    let (confirmed, deleted) = (share(), share());
    let copies = || match &site.redis {
        None => {
            let files = crate::site::files(&site.server.data_dir);
            files.iter().filter(|(_, bytes)| find(bytes, &locked[..300]).is_some()).count()
        }
        Some(redis) => redis.ask::<Vec<String>>(&["KEYS", "share:*:0"]).len(),
    };
    assert!(copies() > 0, "the search finds stored ciphertext");
    let receiver = claim();
    assert_eq!(site.open(&confirmed, &receiver).status, 200);
    assert_eq!(site.confirm(&confirmed, &receiver).status, 204);
    assert_eq!(site.delete(&deleted).status, 204);
    assert_eq!(copies(), 0, "{length} bytes of ciphertext on {}", site.store());
}

#[test]
fn the_ciphertext_of_a_long_message_is_deleted_when_it_ends() {
    on_both(Options::default, |site| {
        for length in [50_000, 300_000] {
            leaves_nothing(site, length);
        }
    });
}

#[test]
fn the_ciphertext_of_a_short_message_is_deleted_when_it_ends() {
    on_both(Options::default, |site| {
        for length in [328, 5_000] {
            leaves_nothing(site, length);
        }
    });
}

#[test]
fn every_redis_key_of_a_share_has_a_ttl() {
    let site = Site::on_redis(Options::default());
    for (_, share) in in_every_state(&site) {
        site.peek(&share);
    }
    let redis = site.redis.as_ref().unwrap();
    let keys: Vec<String> = redis.ask(&["KEYS", "*"]);
    assert!(keys.len() > 6, "{}", keys.len());
    for key in keys {
        let left: i64 = redis.ask(&["PTTL", &key]);
        assert!(left > 0 && left < 8 * 86_400_000 + 2 * 3_600_000, "{left}");
    }
}

#[test]
fn an_incomplete_upload_can_be_deleted_but_not_opened() {
    on_both(Options::default, |site| {
        let (_, share) = in_every_state(site).pop().unwrap();
        assert_eq!(site.status(&share).json()["state"], "uploading");
        is_problem(&site.open(&share, &claim()), 404, "not_found", &[]);
        assert_eq!(site.delete(&share).status, 204);
        assert_eq!(site.delete(&share).status, 204);
    });
}

#[test]
fn the_config_endpoint_states_what_the_site_offers() {
    let options = Options::default().set("site_name", "Ours").set("lifetimes", "[60, 10]").set("default_lifetime", 10);
    let site = Site::embedded(options.set("max_size", 5_000_000).set("password_min", 6).set("grace", 120));
    let response = site.get("/api/v1/site");
    assert_eq!((response.status, response.header("content-type")), (200, Some("application/json")));
    let expected = json!({
        "name": "Ours", "version": env!("CARGO_PKG_VERSION"), "max_size": 5_000_000, "max_message": 100_000,
        "max_files": 100, "lifetimes": [10, 60], "default_lifetime": 10,
        "request_lifetimes": [86_400, 604_800, 2_592_000], "grace": 120, "reading_window": 600, "password_min": 6,
        "require_browser_locking": false,
    });
    assert_eq!(response.json(), expected);
}

#[test]
fn the_id_is_derived_from_the_owner_token() {
    // Computed by another program: the first 10 bytes of SHA-256 over "onetimeshare/v1/id" and the 20 bytes.
    let owner = Owner::parse("pmphs1a3e0tdmmd3m3kdxx7ztwzspg3z").unwrap();
    assert_eq!(ShareId::of(&owner).to_string(), "jfv8663psevhsw1n");
    let site = Site::embedded(Options::default());
    let share = Share::new("x");
    let path = "/api/v1/shares/jfv8663psevhsw1n";
    assert_eq!(site.json("PUT", path, Some(&owner.expose()), &share.body).status, 201);
    assert_eq!(site.bare("GET", path, &owner.expose()).json()["state"], "waiting");
    let lower = site.send("GET", path, &[("Authorization", &format!("bearer {}", owner.expose()))], None);
    assert_eq!(lower.status, 200, "the scheme name is case-insensitive (RFC 9110, 11.1)");
    assert_eq!(open_with(&site, &share, &claim(), None).status, 404, "the share is found under its own id only");
}
