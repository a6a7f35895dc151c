//! Tests expiry, grace and tombstones with controlled clocks, and with clocks that disagree.

use crate::client::{Client, Share};
use crate::clock::{Clock, faked};
use crate::embedded_files;
use crate::html::{h1, page};
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, guarded_for, guess, is_problem, moment, now, retry_after, until};
use tempfile::TempDir;
use time::macros::format_description;

#[test]
fn password_waits_double_up_to_an_hour_and_end_on_the_second() {
    let clock = Clock::new();
    let site = Site::embedded(clock.options());
    let share = guarded_for("a", 604_800);
    site.create(&share);
    assert_eq!(moment(&site.status(&share).json()["created_at"]), Clock::BEGIN, "the server uses the test's clock");
    (0..4).for_each(|_| assert_eq!(guess(&site, &share).header("retry-after"), None));
    let mut at = Clock::BEGIN;
    for (k, minutes) in [(5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (13, 60)] {
        let wrong = guess(&site, &share);
        is_problem(&wrong, 403, "wrong_password", &["tries_left"]);
        assert_eq!((wrong.json()["tries_left"].as_u64(), retry_after(&wrong)), (Some(0), minutes * 60), "after {k}");
        assert_eq!(site.peek(&share).json()["retry_after"], minutes * 60);
        at += i64::try_from(minutes).unwrap() * 60 - 1;
        clock.set(at);
        assert_eq!(retry_after(&guess(&site, &share)), 1, "a second too early after {k}");
        assert_eq!(site.open(&share, &claim()).status, 429, "the right password must wait, too");
        assert_eq!(site.status(&share).json()["wrong_passwords"], k);
        at += 1;
        clock.set(at);
        assert!(site.peek(&share).json().get("retry_after").is_none());
    }
    assert_eq!(site.open(&share, &claim()).status, 200);
}

#[test]
fn a_share_opens_until_the_last_second_of_its_lifetime() {
    let clock = Clock::new();
    let site = Site::embedded(clock.options());
    let (read, unread) = (Share::new("a"), Share::new("b"));
    site.create(&read);
    site.create(&unread);
    clock.set(Clock::BEGIN + 3_599);
    assert_eq!(site.peek(&unread).json()["state"], "waiting");
    assert_eq!(site.open(&read, &claim()).status, 200);
    let tag = site.status(&unread).header("etag").unwrap().to_owned();
    clock.set(Clock::BEGIN + 3_600);
    let over = site.open(&unread, &claim());
    is_problem(&over, 410, "gone", &["at", "state"]);
    assert_eq!((over.json()["state"].as_str(), moment(&over.json()["at"])), (Some("expired"), Clock::BEGIN + 3_600));
    let status = site.status(&unread);
    assert_eq!(status.json()["state"], "expired");
    assert_ne!(status.header("etag"), Some(tag.as_str()));
    assert_eq!(site.open(&read, &claim()).json()["state"], "opened", "the other share was opened in time");
    // Setting the clock back reopens nothing.
    clock.set(Clock::BEGIN);
    assert_eq!(site.open(&unread, &claim()).status, 410);
    assert_eq!(site.delete(&unread).status, 204);
    assert_eq!(site.status(&unread).json()["state"], "expired");
}

#[test]
fn the_claim_holder_can_reopen_until_the_grace_ends() {
    let clock = Clock::new();
    let folder = TempDir::new().unwrap();
    let options = || clock.options().set("grace", 600).data_dir(folder.path());
    let site = Site::embedded(options());
    let (share, receiver) = (Share::new(&"long".repeat(50_000)), claim());
    site.create(&share);
    clock.set(Clock::BEGIN + 1_000);
    // 600 seconds, and one for each started 64 KiB of 200,000 bytes and their padding.
    let end = Clock::BEGIN + 1_604;
    assert_eq!(moment(&site.open(&share, &receiver).json()["grace_until"]), end);
    clock.set(end - 1);
    assert_eq!(site.open(&share, &receiver).status, 200);
    assert_eq!(moment(&site.peek(&share).json()["grace_until"]), end);
    assert_eq!(embedded_files::parts_kept(folder.path()), 1);
    clock.set(end);
    let over = site.open(&share, &receiver);
    is_problem(&over, 410, "gone", &["at", "state", "yours"]);
    assert_eq!(moment(&over.json()["at"]), Clock::BEGIN + 1_000);
    assert!(site.peek(&share).json().get("grace_until").is_none());
    assert_eq!(site.confirm(&share, &receiver).status, 204, "while the tombstone lasts");
    assert_eq!(site.status(&share).json()["state"], "opened");
    assert_eq!(site.delete(&share).status, 410);
    drop(site);
    let site = Site::embedded(options());
    assert_eq!(embedded_files::parts_kept(folder.path()), 0, "its ciphertext is deleted");
    assert_eq!(site.open(&share, &receiver).status, 410);
}

#[test]
fn the_reading_window_of_a_message_is_a_setting_and_never_longer_than_the_grace() {
    let clock = Clock::new();
    for (grace, window, end) in [(3_600, 90, 91), (60, 600, 61), (3_600, 0, 3_601)] {
        clock.set(Clock::BEGIN);
        let site = Site::embedded(clock.options().set("grace", grace).set("reading_window", window));
        let (share, receiver) = (Share::new("read me twice"), claim());
        site.create(&share);
        let end = Clock::BEGIN + end;
        assert_eq!(moment(&site.open(&share, &receiver).json()["grace_until"]), end);
        // Without a window, pages confirm at once, and the sender is told of no end.
        let told = (window > 0).then_some(end);
        assert_eq!(site.status(&share).json().get("reading_until").map(moment), told);
        clock.set(end - 1);
        assert_eq!(site.open(&share, &receiver).status, 200);
        assert_eq!(site.open(&share, &claim()).status, 410, "nobody else");
        clock.set(end);
        assert_eq!(site.open(&share, &receiver).status, 410);
        let status = site.status(&share).json();
        assert!(status.get("reading_until").is_none() && status["state"] == "opened", "{status}");
    }
}

#[test]
fn a_tombstone_lasts_seven_days_past_the_latest_end() {
    let clock = Clock::new();
    let site = Site::embedded(clock.options());
    let receiver = claim();
    let [expired, opened, deleted] = [(); 3].map(|()| Share::new("a"));
    for share in [&expired, &opened, &deleted] {
        site.create(share);
    }
    assert_eq!(site.open(&opened, &receiver).status, 200);
    assert_eq!(site.confirm(&opened, &receiver).status, 204);
    assert_eq!(site.delete(&deleted).status, 204);
    // A lifetime of one hour, the reading window and a second for the bytes, seven days.
    let end = Clock::BEGIN + 3_600 + 601 + 7 * 86_400;
    clock.set(end - 1);
    for (share, state) in [(&expired, "expired"), (&opened, "opened"), (&deleted, "deleted")] {
        assert_eq!(site.status(share).json()["state"], state);
        assert_eq!(site.peek(share).json()["state"], state);
    }
    assert_eq!(site.confirm(&opened, &receiver).status, 204);
    assert_eq!(site.delete(&deleted).status, 204);
    clock.set(end);
    for share in [&expired, &opened, &deleted] {
        assert_eq!(site.status(share).status, 404);
        assert_eq!(site.peek(share).status, 404);
        assert_eq!(site.open(share, &receiver).status, 404);
        assert_eq!(site.confirm(share, &receiver).status, 404);
        assert_eq!(site.delete(share).status, 404);
        let link = share.link.url(&site.base);
        let html = page(&site.form(&format!("/s/{}", share.link.id), "text/html", &[("link", &link)]), 404);
        assert_eq!(h1(&html), "This link does not work");
    }
}

/// Returns the time by a server's clock.
fn believed(client: &Client) -> i64 {
    let format =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    let date = client.get("/health/live").header("date").unwrap().to_owned();
    time::PrimitiveDateTime::parse(&date, format).unwrap().assume_utc().unix_timestamp()
}

#[test]
fn two_servers_with_clocks_an_hour_apart_agree_on_expiry_and_grace() {
    let redis = RedisServer::start(&[]);
    let start = |offset: &str| -> Server {
        let options = Options::default().set("lifetimes", "[7, 3600]").set("default_lifetime", 3_600).set("grace", 6);
        faked(options).env("FAKETIME", offset).redis(redis.port()).start()
    };
    let servers = [start("-3600"), start("+0"), start("+3600")];
    let clients = servers.each_ref().map(|server| Client::new(server.url()));
    let apart: Vec<i64> = clients.iter().map(|client| believed(client) - now()).collect();
    for (apart, offset) in apart.iter().zip([-3_600, 0, 3_600]) {
        assert!((apart - offset).abs() < 10, "the clocks are apart: {apart}");
    }
    for (at, creator) in clients.iter().enumerate() {
        let [reader_at, other_at] = [&clients[(at + 1) % 3], &clients[(at + 2) % 3]];
        let (read, unread) = (Share::with("a", None, 7), Share::with("b", None, 7));
        let expires_at = moment(&creator.put(&unread).json()["expires_at"]);
        assert!((expires_at - now() - 7).abs() <= 2, "the store's clock decides: {}", expires_at - now());
        creator.create(&read);
        let seen: Vec<_> = clients.iter().map(|client| client.peek(&unread).json()).collect();
        assert!(seen.iter().all(|peek| peek["state"] == "waiting" && *peek == seen[0]), "{seen:?}");

        let receiver = claim();
        let opened = reader_at.open(&read, &receiver).json();
        let grace_until = moment(&opened["grace_until"]);
        assert!((grace_until - now() - 7).abs() <= 2);
        for client in &clients {
            assert_eq!(client.open(&read, &receiver).json(), opened);
            assert_eq!(client.open(&read, &claim()).status, 410);
        }
        let over = |client: &Client| {
            client.open(&read, &receiver).status == 410 && client.peek(&unread).json()["state"] == "expired"
        };
        until(SOON, "both to end", || over(other_at).then_some(()));
        assert!(now() >= grace_until.min(expires_at), "not too early");
        for client in &clients {
            assert!(over(client));
            assert_eq!(client.open(&read, &receiver).json()["yours"], true);
            assert_eq!(moment(&client.status(&unread).json()["at"]), expires_at);
        }
    }
}
