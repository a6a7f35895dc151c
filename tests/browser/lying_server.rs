//! Requests on a server that lies: each lie is noticed, or changes nothing.

use crate::asked::Asked;
use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::liar::Liar;
use crate::pages::ReceiverPage;
use crate::requests::{GiverPage, RequesterPage};
use crate::server::Server;
use crate::with_permit;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::request::{Ask, GiveKeys, PrivateLink};
use serde_json::{Value, json};

const ROWS: &str = "[...document.querySelectorAll('main .answers > li')]";

/// The box that a server can make at best, which knows the id and wants its own public key in the box.
fn own_box(asked: &Asked) -> Value {
    let id = asked.keys.id();
    let public_key = PrivateLink::random().unwrap().keys().public_key();
    let keys = GiveKeys::derive(&id, &PrivateLink::random().unwrap().keys().give_link().key);
    let ask = Ask { public_key, note: "The contract, please".to_owned() };
    json!(URL_SAFE_NO_PAD.encode(ask.seal(&keys, &id, Salt::random().unwrap()).unwrap()))
}

#[test]
fn a_giver_notices_every_other_box_and_public_key() {
    with_permit(async {
        let server = Server::start();
        let (client, liar) = (Client::new(server.url()), Liar::before(server.port));
        let browser = Browser::start().await;
        let asked = Asked::new("The contract, please", 3).made(&client);
        let other = Asked::new("The contract, please", 3).made(&client);
        let genuine = asked.body["box"].as_str().unwrap();
        let altered = |at: usize| {
            let letter = if &genuine[at..=at] == "A" { "B" } else { "A" };
            json!(format!("{}{letter}{}", &genuine[..at], &genuine[at + 1..]))
        };
        let give = GiverPage(&browser);
        let link = asked.keys.give_link().url(&liar.url());
        for lie in [
            other.body["box"].clone(),
            own_box(&asked),
            altered(0),
            altered(genuine.len() / 2),
            json!(genuine[..genuine.len() - 4]),
            json!(""),
        ] {
            liar.tell(move |line, mut answer| {
                if line.contains("/look ") {
                    answer["box"] = lie.clone();
                }
                answer
            });
            give.look(&link, true).await;
            browser.heading("Do not send here").await;
            assert!(!browser.is_visible("#message").await);
        }
        assert_eq!((liar.count("/look "), liar.count("/answers ")), (6, 0));
        liar.tell(|_, answer| answer);
        give.look(&link, true).await;
        assert_eq!(give.note().await, "The contract, please");
        browser.close().await;
    });
}

#[test]
fn the_asker_notices_or_survives_every_lie_about_answers() {
    with_permit(async {
        let server = Server::start();
        let (client, liar) = (Client::new(server.url()), Liar::before(server.port));
        let browser = Browser::start().await;
        let asked = Asked::new("", 3).made(&client);
        let other = Asked::new("", 1).made(&client);
        let foreign = other.sealed(&Share::new("").link);
        assert_eq!(other.hand_in(&client, &foreign).status, 201);
        for message in ["one", "two"] {
            let share = Share::new(message);
            client.create(&share);
            assert_eq!(asked.hand_in(&client, &asked.sealed(&share.link)).status, 201);
        }
        let answers = asked.status(&client).json()["answers"].as_array().unwrap().clone();
        let path = asked.path();
        let tell = |answers: Vec<Value>| {
            let path = path.clone();
            liar.tell(move |line, mut answer| {
                if line.starts_with(&format!("GET {path}")) {
                    answer["answers"] = json!(answers);
                }
                answer
            });
        };
        let page = RequesterPage(&browser);
        let shows = async |rows: usize, buttons: usize| {
            browser
                .until(&format!(
                    "{ROWS}.length === {rows} && {ROWS}.filter((row) => row.querySelector('[data-slot=state]').textContent
                       && !row.querySelector('[data-action=open]').hidden).length === {buttons}"
                ))
                .await;
        };

        // Another request's answer does not open, and one that is repeated comes once.
        let alien = json!({ "number": 9, "at": answers[0]["at"], "sealed": URL_SAFE_NO_PAD.encode(foreign.0) });
        tell(vec![alien, answers[0].clone(), answers[0].clone()]);
        page.collect(&asked.private.url(&liar.url()), true).await;
        browser.heading("2 answers are here").await;
        shows(2, 1).await;
        let first = format!("{ROWS}[0].textContent");
        assert!(browser.eval(&first).await.as_str().unwrap().contains("This was changed on the way. Ask again."));

        // In another order, with the first one left out.
        tell(vec![answers[1].clone(), answers[0].clone()]);
        browser.click("[data-action=check]").await;
        browser.heading("3 answers are here").await;
        shows(3, 2).await;

        // The answers that came stay, and open.
        tell(Vec::new());
        let asks = liar.count(&format!("GET {path}"));
        browser.click("[data-action=check]").await;
        browser.until("!document.querySelector('[data-action=check]').hasAttribute('aria-disabled')").await;
        assert!(liar.count(&format!("GET {path}")) > asks);
        browser.heading("3 answers are here").await;
        assert_eq!(page.open(2, true).await, "one");
        ReceiverPage(&browser).clear().await;

        // A server that leaves answers out loses them for the time it does so, as it could by deleting them.
        page.collect(&asked.private.url(&liar.url()), true).await;
        browser.heading("Nothing has come yet").await;
        liar.tell(|_, answer| answer);
        browser.click("[data-action=check]").await;
        browser.heading("2 answers are here").await;
        shows(2, 1).await;
        assert_eq!(page.open(2, true).await, "two");
        browser.close().await;
    });
}
