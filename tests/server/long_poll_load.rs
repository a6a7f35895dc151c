//! Tests many concurrent long polls: their cost, their limits and how they end.

use crate::client::{Answer, Client, Share};
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, guarded, on_both, until};
use crate::table::row;
use crate::wire::{Wire, head};
use std::thread;
use std::time::{Duration, Instant};

/// Concurrent long polls.
const PAGES: usize = 1_000;

/// Their memory budget, in bytes.
const COST: u64 = 32 * 1024 * 1024;

/// A long poll on its own connection.
struct Page {
    share: Share,
    wire: Wire,
    seen: String,
}

impl Page {
    /// Creates a share and starts a long poll for it at the server on this port.
    fn of(site: &Client, port: u16, seconds: u64) -> Self {
        let share = guarded("a");
        site.create(&share);
        let seen = tag(&site.status(&share));
        let wire = wait(port, &share, &seen, seconds);
        Self { share, wire, seen }
    }

    /// Changes the share through `site` and returns the delay until the long poll was answered.
    fn late(&mut self, site: &Client) -> Duration {
        assert_eq!(site.open(&self.share, &claim()).status, 200);
        let opened = Instant::now();
        let answer = self.wire.answer().expect("an answer to the page");
        assert_eq!(answer.json()["state"], "opened");
        assert_ne!(tag(&answer), self.seen);
        opened.elapsed()
    }
}

fn tag(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.header("etag").expect("a status has a tag").to_owned()
}

/// Starts a long poll on a new connection.
fn wait(port: u16, share: &Share, seen: &str, seconds: u64) -> Wire {
    let mut wire = Wire::to(port);
    ask(&mut wire, share, seen, seconds);
    wire
}

fn ask(wire: &mut Wire, share: &Share, seen: &str, seconds: u64) {
    let path = format!("{}?wait={seconds}&seen={}", share.path(), seen.replace('"', "%22"));
    wire.write(head("GET", &path, &[&format!("Authorization: Bearer {}", share.owner.expose())]).as_bytes());
}

fn threads(server: &Server) -> usize {
    std::fs::read_dir(format!("/proc/{}/task", server.pid())).unwrap().count()
}

/// Batches and records read since Redis started.
fn asked(site: &Site) -> Option<(u64, u64)> {
    let stats: String = site.redis.as_ref()?.ask(&["INFO", "commandstats"]);
    let calls = |name: &str| {
        let line = stats.lines().find_map(|line| line.strip_prefix(&format!("cmdstat_{name}:calls=")));
        line.map_or(0, |rest| rest.split(',').next().unwrap().parse::<u64>().unwrap())
    };
    // Each batch ends with an ECHO.
    Some((calls("echo"), calls("get")))
}

#[test]
fn a_thousand_long_polls_cost_one_store_query_a_second_and_little_memory() {
    on_both(Options::default, |site| {
        let idle = Page::of(site, site.server.port, 1);
        drop(idle.wire);
        let shares: Vec<Share> = (0..PAGES).map(|_| guarded("a")).collect();
        let seen: Vec<String> = shares
            .iter()
            .map(|share| {
                site.create(share);
                tag(&site.status(share))
            })
            .collect();
        let before = (site.server.memory().0, threads(&site.server));
        let mut pages: Vec<Page> = shares
            .into_iter()
            .zip(seen)
            .map(|(share, seen)| Page { wire: wait(site.server.port, &share, &seen, 30), share, seen })
            .collect();
        let begun = Instant::now();

        // All long polls are registered once the store is queried for all of them and nothing else.
        let watched = |time: Duration| {
            let before = asked(site)?;
            thread::sleep(time);
            let after = asked(site)?;
            Some((after.0 - before.0, after.1 - before.1))
        };
        if site.redis.is_some() {
            let settled =
                || watched(Duration::from_secs(2)).filter(|(trips, records)| *records == trips * PAGES as u64);
            until(SOON, "all pages to wait", settled);
        } else {
            assert!(pages.iter_mut().rev().take(1).all(|page| page.wire.is_silent(Duration::from_secs(3))));
        }
        let asked = watched(Duration::from_secs(5));
        if let Some((trips, records)) = asked {
            assert!((4..=7).contains(&trips), "{trips} round trips in 5 seconds");
            assert_eq!(records, trips * PAGES as u64, "nothing is asked but what all pages share");
        }
        let after = (site.server.memory().0, threads(&site.server));
        let cost = after.0.saturating_sub(before.0);
        assert!(cost < COST, "{cost} bytes more");
        assert!(after.1 <= before.1, "{} threads, {} before", after.1, before.1);

        // The most recent long polls: on a slow machine they started much later than the first.
        let mut last = pages.iter_mut().rev();
        let here = last.by_ref().take(100).map(|page| page.late(site)).max().unwrap();
        assert!(here < Duration::from_secs(1), "told {here:?} later");
        // A second server on the same store.
        let there = site.redis.as_ref().map(|redis| {
            let other = Options::default().redis(redis.port()).start();
            let client = Client::new(other.url());
            last.by_ref().take(20).map(|page| page.late(&client)).max().unwrap()
        });
        if let Some(there) = there {
            assert!(there < Duration::from_millis(1_500), "told {there:?} later");
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "they waited to the end of this test");
        let silent = last.take(50).all(|page| page.wire.is_silent(Duration::from_millis(1)));
        assert!(silent, "nobody else was told");
        let polls = asked.map_or(String::new(), |(trips, _)| format!(", {trips} round trips in 5 s"));
        let there = there.map_or(String::new(), |there| format!(", by another {} ms", there.as_millis()));
        row(
            &format!("{PAGES} status pages that wait ({})", site.store()),
            format!(
                "{} KiB, {} threads more{polls}; told of a change by the same server within {} ms{there}",
                cost / 1024,
                after.1.saturating_sub(before.1),
                here.as_millis(),
            ),
        );
    });
}

#[test]
fn a_long_poll_over_the_limit_per_share_is_answered_at_once() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        let seen = tag(&site.status(&share));
        let mut held: Vec<Wire> = (0..20).map(|_| wait(site.server.port, &share, &seen, 30)).collect();
        let mut turned_away = || {
            held.retain_mut(|wire| {
                let waits = wire.is_silent(Duration::from_millis(10));
                if !waits {
                    assert_eq!(tag(&wire.answer().unwrap()), seen, "nothing has changed");
                }
                waits
            });
            (held.len() == 16).then_some(())
        };
        until(SOON, "all places to be taken and four pages to be turned away", &mut turned_away);
        assert_eq!(site.open(&share, &claim()).status, 200);
        for wire in &mut held {
            assert_eq!(wire.answer().unwrap().json()["state"], "opened", "all who wait are told");
        }
        let seen = tag(&site.status(&share));
        let begun = Instant::now();
        assert_eq!(tag(&wait(site.server.port, &share, &seen, 2).answer().unwrap()), seen);
        assert!(begun.elapsed() > Duration::from_millis(1_900), "there is room again");
    });
}

#[test]
fn a_repeated_long_poll_reports_a_change_made_in_between() {
    on_both(Options::default, |site| {
        let mut page = Page::of(site, site.server.port, 1);
        assert_eq!(tag(&page.wire.answer().unwrap()), page.seen, "nothing has changed");
        assert_eq!(site.open(&page.share, &claim()).status, 200);
        let begun = Instant::now();
        ask(&mut page.wire, &page.share, &page.seen, 20);
        assert_eq!(page.wire.answer().unwrap().json()["state"], "opened");
        assert!(begun.elapsed() < Duration::from_millis(900), "at once");
    });
}

#[test]
fn long_polls_survive_a_brief_store_outage() {
    let mut site = Site::on_redis(Options::default().set("redis_timeout", 1));
    let mut page = Page::of(&site, site.server.port, 30);
    assert!(page.wire.is_silent(Duration::from_millis(300)));
    let redis = site.redis.as_mut().unwrap();
    redis.kill();
    redis.restart(false);
    assert_eq!(page.wire.answer().unwrap().status, 404, "its share was lost with the memory of Redis");
}

#[test]
fn long_polls_do_not_delay_shutdown() {
    let mut site = Site::embedded(Options::default());
    let mut page = Page::of(&site, site.server.port, 30);
    assert!(page.wire.is_silent(Duration::from_millis(300)));
    let begun = Instant::now();
    thread::scope(|scope| {
        let ended = scope.spawn(|| site.server.terminate());
        assert_eq!(tag(&page.wire.answer().unwrap()), page.seen, "it is answered before the end");
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        assert!(ended.join().unwrap().success());
    });
}
