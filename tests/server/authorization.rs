//! Tests what a caller can do with only part of the secrets: the id, a wrong key, a wrong proof.

use crate::client::{Response, Share};
use crate::server::Options;
use crate::site::{Site, are_the_same, b64, claim, guarded, in_every_state, is_problem, on_both, random};
use onetimeshare_envelope::{Link, LinkKey, Owner};
use serde_json::json;

/// Sends every request that names an id, without its key and secrets.
fn attack(site: &Site, share: &Share) -> Vec<(String, Response)> {
    let (api, id) = (share.path(), share.link.id);
    let stranger = Owner::random().unwrap().expose();
    let guess = Link { id, key: LinkKey::random().unwrap(), handover: None };
    let proof = b64(&random::<32>());
    let mut responses = Vec::new();
    let mut add = |what: &str, response: Response| responses.push((what.to_owned(), response));
    for rest in ["", "/parts", "/parts/0", "/confirm", "/complete"] {
        for method in ["GET", "POST", "DELETE"] {
            add(&format!("{method} {rest}"), site.bare(method, &format!("{api}{rest}"), &stranger));
        }
    }
    let body = json!({ "open_proof": proof });
    add("peek", site.json("POST", &format!("{api}/peek"), None, &body));
    let body = json!({ "open_proof": proof, "claim": claim().expose(), "password_proof": proof });
    add("open", site.json("POST", &format!("{api}/open"), None, &body));
    let mut body = share.body.clone();
    body["open_verifier"] = proof.clone().into();
    add("create over it", site.json("PUT", &api, Some(&stranger), &body));
    for accept in ["text/html", "application/json", "*/*"] {
        let fields = [("link", guess.url(&site.base)), ("password", "guess".into()), ("nonce", claim().expose())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        add(&format!("a wrong key as {accept}"), site.form(&format!("/s/{id}"), accept, &fields));
        add(&format!("status as {accept}"), site.form("/status", accept, &[("owner", &stranger)]));
        add(&format!("delete as {accept}"), site.form("/status/delete", accept, &[("owner", &stranger)]));
    }
    responses
}

#[test]
fn a_wrong_key_a_wrong_proof_or_a_bare_id_reveals_nothing() {
    on_both(Options::default, |site| {
        let unknown = attack(site, &Share::new("never sent"));
        let mut count = 0;
        for state in ["waiting", "opened", "confirmed", "deleted"] {
            let share = guarded("a");
            let receiver = claim();
            site.create(&share);
            match state {
                "waiting" => {}
                "deleted" => assert_eq!(site.delete(&share).status, 204),
                _ => assert_eq!(site.open(&share, &receiver).status, 200),
            }
            if state == "confirmed" {
                assert_eq!(site.confirm(&share, &receiver).status, 204);
            }
            let before = site.status(&share).json();
            for round in 0..8 {
                for ((what, response), (_, expected)) in attack(site, &share).into_iter().zip(&unknown) {
                    are_the_same(&[("an unknown id", expected.clone()), (&what, response)]);
                    count += 1;
                }
                assert_eq!(site.status(&share).json(), before, "round {round} on a share that is {state}");
            }
        }
        println!("{}: {count} attempts without the key, each answered as for an unknown id", site.store());
    });
}

#[test]
fn each_secret_authorises_only_its_own_calls() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        let (owner, receiver) = (share.owner.expose(), claim());
        // The owner token does not open, and the claim does not authorise owner calls.
        assert_eq!(
            site.json(
                "POST",
                &format!("{}/open", share.path()),
                Some(&owner),
                &json!({
                    "open_proof": b64(share.owner.as_bytes().repeat(2)[..32].as_ref()), "claim": owner
                })
            )
            .status,
            404
        );
        assert_eq!(site.open(&share, &receiver).status, 200);
        assert_eq!(site.bare("GET", &share.path(), &receiver.expose()).status, 404);
        assert_eq!(site.bare("DELETE", &share.path(), &receiver.expose()).status, 404);
        assert_eq!(site.bare("POST", &format!("{}/confirm", share.path()), &owner).status, 404);
        // The digests that the server stores authorise nothing.
        let other = guarded("b");
        site.create(&other);
        let verifier = other.body["open_verifier"].clone();
        let body = json!({ "open_proof": verifier, "claim": claim().expose(), "password_proof": other.body["password_verifier"] });
        assert_eq!(site.json("POST", &format!("{}/open", other.path()), None, &body).status, 404);
        assert_eq!(site.status(&other).json()["state"], "waiting");
    });
}

#[test]
fn requests_without_the_secret_get_the_404_of_an_unknown_id() {
    on_both(Options::default, |site| {
        let unknown = Share::new("never sent");
        let stranger = Owner::random().unwrap();
        let calls: [(&str, &str); 3] = [("GET", ""), ("DELETE", ""), ("POST", "/confirm")];
        for (method, rest) in calls {
            let ask = |path: &str, authorization: Option<&str>| -> Response {
                let headers: Vec<(&str, &str)> = authorization.iter().map(|value| ("Authorization", *value)).collect();
                let body: Option<&[u8]> = (method == "POST").then_some(&[]);
                site.send(method, &format!("{path}{rest}"), &headers, body)
            };
            let bearer = format!("Bearer {}", stranger.expose());
            let mut responses = vec![("an unknown id", ask(&unknown.path(), Some(&bearer)))];
            is_problem(&responses[0].1, 404, "not_found", &[]);
            for (state, share) in in_every_state(site) {
                responses.push((state, ask(&share.path(), Some(&bearer))));
                responses.push((state, ask(&share.path(), None)));
                // Its own token, corrupted.
                let own = share.owner.expose();
                for spoilt in [
                    String::new(),
                    "Bearer".into(),
                    "Bearer ".into(),
                    own.clone(),
                    format!("Basic {own}"),
                    format!("Bearer {}", own.to_uppercase()),
                    format!("Bearer {}", &own[1..]),
                    format!("Bearer {own}0"),
                    format!("Bearer {own} {own}"),
                    "Bearer iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii".into(),
                ] {
                    responses.push((state, ask(&share.path(), Some(&spoilt))));
                }
                assert_eq!(site.status(&share).json()["state"].as_str().map(|_| ()), Some(()), "{state} is unchanged");
            }
            for id in ["", "0", "iiiiiiiiiiiiiiii", "0000000000000000", "00000000000000000", "ABCDEFGHJKMNPQRS", "%00"]
            {
                if !(id.is_empty() && rest.is_empty()) {
                    responses.push((id, ask(&format!("/api/v1/shares/{id}"), Some(&bearer))));
                }
            }
            are_the_same(&responses);
        }
    });
}

#[test]
fn only_the_link_key_distinguishes_a_share_from_an_unknown_id() {
    on_both(Options::default, |site| {
        let unknown = Share::new("never sent");
        for rest in ["peek", "open"] {
            let ask = |path: &str, proof: &str| {
                let mut body = json!({ "open_proof": proof });
                if rest == "open" {
                    body["claim"] = claim().expose().into();
                    body["password_proof"] = Share::new("x").open_proof().into();
                }
                site.json("POST", &format!("{path}/{rest}"), None, &body)
            };
            let mut responses = vec![("an unknown id", ask(&unknown.path(), &unknown.open_proof()))];
            is_problem(&responses[0].1, 404, "not_found", &[]);
            for (state, share) in in_every_state(site) {
                responses.push((state, ask(&share.path(), &unknown.open_proof())));
                responses.push((
                    state,
                    ask(&share.path().to_uppercase().replace("/API/V1/SHARES", "/api/v1/shares"), &share.open_proof()),
                ));
                responses.push((state, ask(&share.path()[..share.path().len() - 1], &share.open_proof())));
                if state == "uploading" {
                    responses.push((state, ask(&share.path(), &share.open_proof())));
                }
                let now = site.status(&share).json();
                let expected = if matches!(state, "guarded") { "waiting" } else { state };
                let expected = if state == "confirmed" { "opened" } else { expected };
                assert_eq!((now["state"].as_str(), now["wrong_passwords"].as_u64()), (Some(expected), Some(0)));
            }
            are_the_same(&responses);
        }
    });
}
