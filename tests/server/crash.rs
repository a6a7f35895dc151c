//! Kills the server between and within requests: acknowledged writes must survive.

use crate::client::{Client, Share};
use crate::embedded_files;
use crate::server::Options;
use crate::site::{SOON, claim, open_body, until};
use onetimeshare_envelope::Claim;
use std::sync::Mutex;
use std::thread;
use tempfile::TempDir;

/// Length of a message that the store keeps in a separate file.
const LONG: usize = 20_000;

/// Last call of a share before the server was killed.
enum Reached {
    /// The create was not acknowledged.
    Nothing,
    /// The create was acknowledged.
    Created,
    /// Opening was requested with this claim; whether it was acknowledged.
    Opened(Claim, bool),
    /// Confirming was requested and acknowledged.
    Confirmed(Claim),
}

/// Sends a request; returns `None` when the server died before responding.
fn status(client: &Client, method: &str, path: &str, token: Option<&str>, body: &str) -> Option<u16> {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
    client.try_send(method, path, &headers, Some(body.as_bytes())).ok().map(|response| response.status)
}

/// Creates, opens and confirms shares until the server dies.
fn work(client: &Client, all: &Mutex<Vec<(Share, Reached)>>) {
    for turn in 0.. {
        // Short and long messages, which the store keeps in different places.
        let share = if turn % 2 == 0 { Share::new("acknowledged") } else { Share::new(&"x".repeat(LONG)) };
        let created = status(client, "PUT", &share.path(), Some(&share.owner.expose()), &share.body.to_string());
        let mut reached = if created == Some(201) { Reached::Created } else { Reached::Nothing };
        let mut alive = created.is_some();
        if alive && turn % 3 > 0 {
            let receiver = claim();
            let body = open_body(&share, &receiver, None).to_string();
            let opened = status(client, "POST", &format!("{}/open", share.path()), None, &body);
            alive = opened.is_some();
            reached = Reached::Opened(receiver.clone(), opened == Some(200));
            if alive && turn % 3 > 1 {
                let path = format!("{}/confirm", share.path());
                if status(client, "POST", &path, Some(&receiver.expose()), "") == Some(204) {
                    reached = Reached::Confirmed(receiver);
                } else {
                    alive = false;
                }
            }
        }
        all.lock().unwrap().push((share, reached));
        if !alive {
            break;
        }
    }
}

#[test]
fn a_killed_server_loses_and_reopens_nothing_it_acknowledged() {
    let folder = TempDir::new().unwrap();
    let rounds = if std::env::var_os("OTS_FULL").is_some() { 60 } else { 8 };
    let all = Mutex::new(Vec::new());
    for round in 1..=rounds {
        let mut server = Options::default().data_dir(folder.path()).start();
        let url = server.url();
        let wanted = all.lock().unwrap().len() + usize::from(crate::site::random::<1>()[0]) % 60 + 4;
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| work(&Client::new(url.clone()), &all));
            }
            until(SOON, "the workers to make progress", || (all.lock().unwrap().len() >= wanted).then_some(()));
            server.kill();
        });
        assert!(all.lock().unwrap().len() >= wanted, "round {round}");
    }

    let server = Options::default().data_dir(folder.path()).start();
    let client = Client::new(server.url());
    let (mut waiting, mut opened, mut confirmed, mut open_unknown) = (0, 0, 0, 0);
    let mut parts = 0;
    let all = all.into_inner().unwrap();
    for (share, reached) in &all {
        let state = client.status(share).json()["state"].as_str().map(str::to_owned);
        if state.is_some() {
            parts += 1;
        }
        match reached {
            Reached::Nothing => assert!(state.as_deref().is_none_or(|state| state == "waiting")),
            Reached::Created => {
                assert_eq!(state.as_deref(), Some("waiting"), "an acknowledged share exists");
                waiting += 1;
            }
            Reached::Opened(receiver, acknowledged) => {
                let state = state.expect("an acknowledged share exists");
                assert!(!acknowledged || state == "opened", "an acknowledged opening holds");
                if state == "opened" {
                    assert_eq!(client.open(share, &claim()).status, 410, "no other claim opens it");
                }
                if client.status(share).json().get("confirmed_at").is_some() {
                    parts -= 1;
                    continue;
                }
                let again = client.open(share, receiver);
                let message = share.message_in(&again).expect("the claim holder gets it");
                assert!(message == "acknowledged" || message.len() == LONG);
                opened += 1;
                open_unknown += usize::from(!acknowledged);
            }
            Reached::Confirmed(receiver) => {
                let over = client.open(share, receiver);
                assert_eq!((over.status, over.json()["yours"].as_bool()), (410, Some(true)), "a confirmation holds");
                parts -= 1;
                confirmed += 1;
            }
        }
    }
    assert_eq!(embedded_files::parts_kept(folder.path()), parts, "no part is leaked and none is lost");
    println!(
        "killed {rounds} times in {} shares: {waiting} waited, {opened} were opened ({open_unknown} of them not yet told), \
         {confirmed} confirmed; none lost, none opened twice",
        all.len()
    );
}
