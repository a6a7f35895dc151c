//! The operator's commands: taking a share down and reporting the usage, with a running server and without.

use crate::asked::Asked;
use crate::client::Share;
use crate::html::{h1, page};
use crate::server::Options;
use crate::site::{Site, claim, files, from_b64, in_every_state, is_json, members, on_both};
use serde_json::json;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs a command of the operator with the settings of the site. Returns whether it succeeded, and its output.
fn operate(site: &Site, arguments: &[&str]) -> (bool, String) {
    let options = Options::default().data_dir(&site.server.data_dir);
    let options = if let Some(redis) = &site.redis { options.redis(redis.port()) } else { options };
    let (status, text) = options.run(arguments);
    (status.success(), text)
}

#[test]
fn a_share_taken_down_is_reported_as_removed_and_its_parts_are_gone() {
    on_both(Options::default, |site| {
        let share = Share::new("a scam");
        site.create(&share);
        let link = share.link.url(&site.base);
        for _ in 0..2 {
            let (done, text) = operate(site, &["take-down", &link]);
            assert!(done && text.contains("The share is removed. Nobody had opened it."), "{text}");
        }
        let gone = site.open(&share, &claim());
        assert_eq!((gone.status, &gone.json()["state"]), (410, &json!("removed")), "{}", gone.text());
        assert_eq!(site.peek(&share).json()["state"], "removed");
        assert_eq!(site.status(&share).json()["state"], "removed");
        let form = [("link", link.as_str())];
        let html = page(&site.form(&format!("/s/{}", share.link.id), "text/html", &form), 404);
        assert_eq!(h1(&html), "The site removed this");
        let status = site.form("/status", "text/html", &[("owner", &share.owner.expose())]);
        assert_eq!(h1(&page(&status, 200)), "The site removed this");
        match &site.redis {
            Some(redis) => {
                let keys: Vec<String> = redis.ask(&["KEYS", "share:*"]);
                assert_eq!(keys, [format!("share:{{{}}}", share.link.id)], "only the record is left");
            }
            None => assert_eq!(files(&site.server.data_dir.join("parts")).len(), 0),
        }
        let id = share.link.id.to_string();
        if site.redis.is_none() {
            site.server.log.wait_for("share taken down by the operator");
        }
        let log = site.server.log.text();
        assert_eq!(log.contains("share taken down by the operator"), site.redis.is_none(), "{log}");
        assert!(!log.contains(&id));
    });
}

#[test]
fn take_down_accepts_an_id_or_a_link_and_tells_what_had_become_of_the_share() {
    on_both(Options::default, |site| {
        for (state, share) in in_every_state(site) {
            let id = share.link.id.to_string();
            let named = if state == "waiting" { format!("{}/s/{id}", site.base) } else { id.clone() };
            let (done, text) = operate(site, &["take-down", &named]);
            let wanted = match state {
                "opened" | "confirmed" => "The share had been opened. What the server still had of it is deleted.",
                "deleted" => "The sender had deleted the share.",
                _ => "The share is removed. Nobody had opened it.",
            };
            assert!(done && text.contains(wanted), "{state}: {text}");
            assert!(!text.contains(&id), "{text}");
        }
        let (done, text) = operate(site, &["take-down", "0000000000000000"]);
        assert!(!done && text.contains("there is no such share"), "{text}");
        let (done, text) = operate(site, &["take-down", "https://share.example/about"]);
        assert!(!done && text.contains("neither a link"), "{text}");
    });
}

#[test]
fn a_request_taken_down_takes_no_answers_and_gives_none_away() {
    on_both(Options::default, |site| {
        let asked = Asked::new("Send your PIN", 3).made(site);
        let sealed = asked.sealed(&Share::new("").link);
        assert_eq!(asked.hand_in(site, &sealed).status, 201);
        let link = asked.keys.give_link().url(&site.base);
        for named in [&link, &link[..link.len() - 4], &asked.keys.id().to_string()] {
            let (done, text) = operate(site, &["take-down", named]);
            assert!(done && text.contains("The request is removed."), "{text}");
        }
        assert_eq!(asked.look(site).json()["state"], "removed");
        for answer in [sealed, asked.sealed(&Share::new("").link)] {
            let refused = asked.hand_in(site, &answer);
            assert_eq!((refused.status, &refused.json()["state"]), (410, &json!("removed")));
        }
        let status = asked.status(site).json();
        assert_eq!((&status["state"], &status["answers"]), (&json!("removed"), &json!([])));
    });
}

#[test]
fn an_opened_share_loses_its_parts_at_once() {
    on_both(Options::default, |site| {
        let (share, receiver) = (Share::new("a"), claim());
        site.create(&share);
        assert_eq!(site.open(&share, &receiver).status, 200);
        assert!(operate(site, &["take-down", &share.link.id.to_string()]).0);
        assert_eq!(site.part(&share, &receiver, 0).status, 404);
        assert_eq!(site.open(&share, &receiver).status, 410);
    });
}

#[test]
fn the_usage_counts_shares_requests_and_bytes_and_names_none() {
    on_both(Options::default, |site| {
        let shares = in_every_state(site);
        let asking = Asked::new("a note", 3).made(site);
        let ended = Asked::new("another", 1).made(site);
        assert_eq!(ended.end(site).status, 204);
        let (done, text) = operate(site, &["usage"]);
        assert!(done, "{text}");
        let value = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {text}"));
            line.split_whitespace().nth(1).unwrap().to_owned()
        };
        assert_eq!(["uploading", "waiting", "opened", "ended"].map(value), ["1", "2", "1", "2"]);
        assert_eq!(["asking", "asked"].map(value), ["1", "1"]);
        // Part 0 of a short message is 328 bytes; four shares have one. The box of the request comes to it.
        let sealed_box = from_b64(asking.body["box"].as_str().unwrap()).len();
        assert_eq!(value("bytes"), (4 * 328 + sealed_box).to_string());
        assert!(value("room") == "unlimited" || value("room").parse::<u64>().unwrap() > 0, "{text}");
        assert!(value("oldest").ends_with('Z'), "{text}");
        assert!(!text.contains(&asking.keys.id().to_string()));
        assert!(shares.iter().all(|(_, share)| !text.contains(&share.link.id.to_string())));
        println!("usage on {}:\n{text}", site.store());
    });
}

#[test]
fn without_a_server_the_command_opens_the_embedded_store_itself() {
    let mut site = Site::embedded(Options::default());
    let (share, other) = (Share::new("a"), Share::new("b"));
    site.create(&share);
    site.create(&other);
    assert!(site.server.terminate().success());
    let (done, text) = operate(&site, &["take-down", &share.link.url("https://share.example")]);
    assert!(done && text.contains("The share is removed.") && text.contains("taken down by the operator"), "{text}");
    // From standard input, which the shell's history does not keep.
    let mut child = Command::new(env!("CARGO_BIN_EXE_onetimeshare"))
        .args(["take-down", "-"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("ROCKET_DATA_DIR", &site.server.data_dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(other.link.url("https://share.example").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "The share is removed. Nobody had opened it.\n");
    let site = Site::embedded(Options::default().data_dir(&site.server.data_dir));
    for share in [&share, &other] {
        is_json(&site.peek(share), 200, &["at", "state"]);
        assert_eq!(site.peek(share).json()["state"], "removed");
    }
    assert_eq!(members(&site.status(&share).json()).len(), 6);
    let nowhere = tempfile::tempdir().unwrap();
    let (status, text) = Options::default().data_dir(nowhere.path()).run(&["usage"]);
    assert!(!status.success() && text.contains("data_dir: there is no store in"), "{text}");
    assert_eq!(std::fs::read_dir(nowhere.path()).unwrap().count(), 0, "a wrong folder stays as it was");
}
