//! Tests the sender's status: its `ETag`, and long polls.

use crate::client::{Client, Response, Share};
use crate::raw_http::{RawConnection, head};
use crate::server::Options;
use crate::site::{Site, claim, guarded, guess, is_invalid, on_both};
use std::thread;
use std::time::{Duration, Instant};

/// Sends a status request with a query.
fn ask(site: &Client, share: &Share, query: &str) -> Response {
    site.bare("GET", &format!("{}{query}", share.path()), &share.owner.expose())
}

fn tag(response: &Response) -> String {
    assert_eq!(response.status, 200, "{}", response.text());
    response.header("etag").expect("a status has an ETag").to_owned()
}

/// An `ETag` as it is written in a query.
fn quoted(tag: &str) -> String {
    tag.replace('"', "%22")
}

#[test]
fn the_etag_changes_exactly_with_the_share() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        let receiver = claim();
        let mut tags = vec![tag(&site.status(&share))];
        assert!(tags[0].starts_with('"') && tags[0].ends_with('"'), "{}", tags[0]);
        assert_eq!(site.peek(&share).status, 200);
        assert_eq!(site.put(&share).status, 200);
        assert_eq!(tag(&site.status(&share)), tags[0], "peeking and repeating change nothing");
        guess(site, &share);
        tags.push(tag(&site.status(&share)));
        assert_eq!(site.open(&share, &receiver).status, 200);
        tags.push(tag(&site.status(&share)));
        assert_eq!(site.open(&share, &receiver).status, 200);
        assert_eq!(Some(&tag(&site.status(&share))), tags.last());
        assert_eq!(site.confirm(&share, &receiver).status, 204);
        tags.push(tag(&site.status(&share)));
        let mut different = tags.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), tags.len(), "{tags:?}");
    });
}

#[test]
fn a_long_poll_is_answered_within_a_second_of_each_change() {
    type Change = fn(&Site, &Share);
    let changes: [(&str, Change); 4] = [
        ("a wrong password", |site, share| drop(guess(site, share))),
        ("opening", |site, share| assert_eq!(site.open(share, &claim()).status, 200)),
        ("deleting", |site, share| assert_eq!(site.delete(share).status, 204)),
        ("the end of its time", |_, _| {}),
    ];
    on_both(
        || Options::default().set("lifetimes", "[2, 3600]").set("default_lifetime", 3600),
        |site| {
            thread::scope(|scope| {
                for (what, change) in changes {
                    scope.spawn(move || {
                        let ends = what == "the end of its time";
                        let mut share = guarded("a");
                        share.body["lifetime"] = if ends { 2 } else { 3_600 }.into();
                        site.create(&share);
                        let made = Instant::now();
                        let seen = tag(&site.status(&share));
                        let path = format!("{}?wait=30&seen={}", share.path(), quoted(&seen));
                        let authorization = format!("Authorization: Bearer {}", share.owner.expose());
                        let mut connection = RawConnection::to(site.server.port);
                        connection.write(head("GET", &path, &[&authorization]).as_bytes());
                        assert!(connection.is_silent(Duration::from_millis(300)), "nothing has changed yet");
                        change(site, &share);
                        let changed = if ends { made + Duration::from_secs(2) } else { Instant::now() };
                        let answered = (connection.response().unwrap(), Instant::now());
                        assert_ne!(tag(&answered.0), seen, "{what}");
                        let late = answered.1.saturating_duration_since(changed);
                        assert!(late < Duration::from_millis(1_500), "{what} was reported {late:?} later");
                    });
                }
            });
        },
    );
}

#[test]
fn a_long_poll_honours_its_wait_and_returns_at_once_on_another_etag() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        site.create(&share);
        let seen = tag(&site.status(&share));
        for query in [
            String::new(),
            "?wait=30".into(),
            "?wait=30&seen=".into(),
            "?wait=30&seen=%22other%22".into(),
            format!("?seen={}", quoted(&seen)),
            format!("?wait=0&seen={}", quoted(&seen)),
            format!("?seen={}&wait=0", quoted(&seen)),
        ] {
            let asked = Instant::now();
            assert_eq!(tag(&ask(site, &share, &query)), seen, "{query}");
            assert!(asked.elapsed() < Duration::from_millis(900), "{query} was held {:?}", asked.elapsed());
        }
        for seen_as in [quoted(&seen), seen.trim_matches('"').to_owned()] {
            let asked = Instant::now();
            assert_eq!(tag(&ask(site, &share, &format!("?wait=1&seen={seen_as}"))), seen);
            let held = asked.elapsed();
            assert!((950..1_900).contains(&held.as_millis()), "{seen_as} was held {held:?}");
        }
        for wait in ["31", "-1", "x", "1.5", "99999999999999999999"] {
            is_invalid(&ask(site, &share, &format!("?wait={wait}&seen={}", quoted(&seen))), "wait");
        }
    });
}

#[test]
fn unauthorised_long_polls_are_refused_at_once() {
    let site = Site::embedded(Options::default());
    let (share, stranger) = (Share::new("a"), Share::new("b"));
    site.create(&share);
    let asked = Instant::now();
    let path = format!("{}?wait=30&seen={}", share.path(), quoted(&tag(&site.status(&share))));
    assert_eq!(site.bare("GET", &path, &stranger.owner.expose()).status, 404);
    assert!(asked.elapsed() < Duration::from_secs(1));
}
