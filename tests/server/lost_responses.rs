//! Tests that every call can be repeated when its response was lost.

use crate::client::{Client, Share};
use crate::raw_http::{RawConnection, head, json_request};
use crate::server::Options;
use crate::site::{SOON, claim, on_both, open_body, until};

/// Sends a request without reading the response. Dropping the returned connection closes it: if it is closed before the
/// request takes effect, the request is lost as well.
fn lose(port: u16, request: &str) -> RawConnection {
    let mut connection = RawConnection::to(port);
    connection.write(request.as_bytes());
    connection
}

fn state(site: &Client, share: &Share) -> Option<String> {
    site.status(share).json()["state"].as_str().map(str::to_owned)
}

#[test]
fn each_call_whose_response_was_lost_took_effect_and_can_be_repeated() {
    on_both(Options::default, |site| {
        let port = site.server.port;
        let rounds = 20;
        for _ in 0..rounds {
            let share = Share::new("safe to repeat");
            let (owner, receiver) = (share.owner.expose(), claim());
            let reached = |wanted: &str| until(SOON, wanted, || state(site, &share).filter(|state| state == wanted));

            let lost = lose(port, &json_request("PUT", &share.path(), Some(&owner), &share.body.to_string()));
            reached("waiting");
            drop(lost);
            assert_eq!(site.put(&share).status, 200);

            let open = open_body(&share, &receiver, None).to_string();
            let lost = lose(port, &json_request("POST", &format!("{}/open", share.path()), None, &open));
            reached("opened");
            drop(lost);
            let opened = site.open(&share, &receiver);
            assert_eq!(share.message_in(&opened).as_deref(), Some("safe to repeat"));
            assert_eq!(site.open(&share, &claim()).status, 410);

            let authorization = format!("Authorization: Bearer {}", receiver.expose());
            let confirm = head("POST", &format!("{}/confirm", share.path()), &[&authorization, "Content-Length: 0"]);
            let lost = lose(port, &confirm);
            until(SOON, "the confirmation", || site.status(&share).json().get("confirmed_at").cloned());
            drop(lost);
            assert_eq!(site.confirm(&share, &receiver).status, 204);

            let other = Share::new("taken back");
            site.create(&other);
            let authorization = format!("Authorization: Bearer {}", other.owner.expose());
            let lost = lose(port, &head("DELETE", &other.path(), &[&authorization]));
            until(SOON, "the deletion", || state(site, &other).filter(|state| state == "deleted"));
            drop(lost);
            assert_eq!(site.delete(&other).status, 204);
        }
        println!("{}: {} responses lost, every call repeated", site.store(), rounds * 4);
    });
}

#[test]
fn a_receiver_whose_request_was_cut_anywhere_still_gets_the_message_alone() {
    on_both(Options::default, |site| {
        let mut cuts = 0;
        let share = Share::new("x");
        let length = json_request(
            "POST",
            &format!("{}/open", share.path()),
            None,
            &open_body(&share, &claim(), None).to_string(),
        )
        .len();
        for cut in (1..=length).rev().step_by(23) {
            let (share, receiver) = (Share::new("cut"), claim());
            site.create(&share);
            let request = json_request(
                "POST",
                &format!("{}/open", share.path()),
                None,
                &open_body(&share, &receiver, None).to_string(),
            );
            lose(site.server.port, &request[..cut.min(request.len())]);
            let opened = site.open(&share, &receiver);
            assert_eq!(share.message_in(&opened).as_deref(), Some("cut"), "cut at {cut}");
            assert_eq!(site.open(&share, &claim()).status, 410);
            cuts += 1;
        }
        println!("{}: {cuts} open requests cut, every claim got its message", site.store());
    });
}
