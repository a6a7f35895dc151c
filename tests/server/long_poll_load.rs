//! Tests many concurrent long polls: their cost, their limits and how they end.

use crate::client::{Client, Response, Share};
use crate::raw_http::{RawConnection, head};
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, guarded, on_both, until};
use crate::table::row;
use std::thread;
use std::time::{Duration, Instant};

/// Concurrent long polls.
const PAGES: usize = 1_000;

/// Their memory budget, in bytes.
const COST: u64 = 32 * 1024 * 1024;

/// A long poll on its own connection.
struct Page {
    share: Share,
    connection: RawConnection,
    seen: String,
}

impl Page {
    /// Creates a share and starts a long poll for it at the server on this port.
    fn of(site: &Client, port: u16, seconds: u64) -> Self {
        let share = guarded("a");
        site.create(&share);
        let seen = tag(&site.status(&share));
        let connection = wait(port, &share, &seen, seconds);
        Self { share, connection, seen }
    }

    /// Changes the share through `site` and returns the delay until the long poll was answered.
    fn late(&mut self, site: &Client) -> Duration {
        assert_eq!(site.open(&self.share, &claim()).status, 200);
        let opened = Instant::now();
        let response = self.connection.response().expect("a response to the long poll");
        assert_eq!(response.json()["state"], "opened");
        assert_ne!(tag(&response), self.seen);
        opened.elapsed()
    }
}

fn tag(response: &Response) -> String {
    assert_eq!(response.status, 200, "{}", response.text());
    response.header("etag").expect("a status has an ETag").to_owned()
}

/// Starts a long poll on a new connection.
fn wait(port: u16, share: &Share, seen: &str, seconds: u64) -> RawConnection {
    let mut connection = RawConnection::to(port);
    ask(&mut connection, share, seen, seconds);
    connection
}

fn ask(connection: &mut RawConnection, share: &Share, seen: &str, seconds: u64) {
    let path = format!("{}?wait={seconds}&seen={}", share.path(), seen.replace('"', "%22"));
    connection.write(head("GET", &path, &[&format!("Authorization: Bearer {}", share.owner.expose())]).as_bytes());
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
        drop(idle.connection);
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
            .map(|(share, seen)| Page { connection: wait(site.server.port, &share, &seen, 30), share, seen })
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
            until(SOON, "all long polls to be registered", settled);
        } else {
            assert!(pages.iter_mut().rev().take(1).all(|page| page.connection.is_silent(Duration::from_secs(3))));
        }
        // Redis may answer in the middle of a batch.
        let whole = || watched(Duration::from_secs(5)).filter(|(trips, records)| *records == trips * PAGES as u64);
        let asked = site.redis.is_some().then(|| until(SOON, "one read for each share and batch", whole));
        if let Some((trips, _)) = asked {
            assert!((4..=7).contains(&trips), "{trips} round trips in 5 seconds");
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
            last.by_ref().take(5).map(|page| page.late(&client)).max().unwrap()
        });
        if let Some(there) = there {
            assert!(there < Duration::from_millis(1_500), "told {there:?} later");
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "the long polls outlast the test");
        let silent = last.take(50).all(|page| page.connection.is_silent(Duration::from_millis(1)));
        assert!(silent, "no other long poll was answered");
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
        let mut held: Vec<RawConnection> = (0..20).map(|_| wait(site.server.port, &share, &seen, 30)).collect();
        let mut turned_away = || {
            held.retain_mut(|connection| {
                let waits = connection.is_silent(Duration::from_millis(10));
                if !waits {
                    assert_eq!(tag(&connection.response().unwrap()), seen, "nothing has changed");
                }
                waits
            });
            (held.len() == 16).then_some(())
        };
        until(SOON, "all places to be taken and four long polls to be rejected", &mut turned_away);
        assert_eq!(site.open(&share, &claim()).status, 200);
        for connection in &mut held {
            assert_eq!(connection.response().unwrap().json()["state"], "opened", "all long polls are answered");
        }
        let seen = tag(&site.status(&share));
        let begun = Instant::now();
        assert_eq!(tag(&wait(site.server.port, &share, &seen, 2).response().unwrap()), seen);
        assert!(begun.elapsed() > Duration::from_millis(1_900), "there is space again");
    });
}

#[test]
fn a_repeated_long_poll_reports_a_change_made_in_between() {
    on_both(Options::default, |site| {
        let mut page = Page::of(site, site.server.port, 1);
        assert_eq!(tag(&page.connection.response().unwrap()), page.seen, "nothing has changed");
        assert_eq!(site.open(&page.share, &claim()).status, 200);
        let begun = Instant::now();
        ask(&mut page.connection, &page.share, &page.seen, 20);
        assert_eq!(page.connection.response().unwrap().json()["state"], "opened");
        assert!(begun.elapsed() < Duration::from_millis(900), "at once");
    });
}

#[test]
fn long_polls_survive_a_brief_store_outage() {
    let mut site = Site::on_redis(Options::default().set("redis_timeout", 1));
    let mut page = Page::of(&site, site.server.port, 30);
    assert!(page.connection.is_silent(Duration::from_millis(300)));
    let redis = site.redis.as_mut().unwrap();
    redis.kill();
    redis.restart(false);
    assert_eq!(page.connection.response().unwrap().status, 404, "the share was lost with Redis's memory");
}

#[test]
fn long_polls_do_not_delay_shutdown() {
    let mut site = Site::embedded(Options::default());
    let mut page = Page::of(&site, site.server.port, 30);
    assert!(page.connection.is_silent(Duration::from_millis(300)));
    let begun = Instant::now();
    thread::scope(|scope| {
        let ended = scope.spawn(|| site.server.terminate());
        assert_eq!(
            tag(&page.connection.response().unwrap()),
            page.seen,
            "the long poll is answered before the shutdown"
        );
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        assert!(ended.join().unwrap().success());
    });
}
