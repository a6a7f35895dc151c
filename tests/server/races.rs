//! Tests concurrent claims: exactly one opens the share.

use crate::client::{Client, Share};
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{claim, on_both};
use crate::table::row;
use std::sync::Barrier;
use std::thread;

/// Multiplier for the number of rounds in long runs.
fn rounds() -> usize {
    if std::env::var_os("OTS_FULL").is_some() { 10 } else { 1 }
}

/// Opens each share with `receivers` concurrent claims, distributed over the sites. Fails unless exactly one succeeds for
/// each share.
fn race(sites: &[&str], shares: &[Share], receivers: usize) {
    let barrier = Barrier::new(receivers);
    let outcomes: Vec<Vec<(u16, Option<String>)>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..receivers)
            .map(|receiver| {
                let (barrier, client) = (&barrier, Client::new(sites[receiver % sites.len()]));
                scope.spawn(move || {
                    let open = |share: &Share| {
                        barrier.wait();
                        let response = client.open(share, &claim());
                        (response.status, share.message_in(&response))
                    };
                    shares.iter().map(open).collect()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (at, _) in shares.iter().enumerate() {
        let winners: Vec<_> = outcomes.iter().filter(|outcome| outcome[at].0 == 200).collect();
        assert_eq!(winners.len(), 1, "share {at}");
        assert_eq!(winners[0][at].1, Some(format!("message {at}")));
        assert!(outcomes.iter().all(|outcome| matches!(outcome[at].0, 200 | 410)), "losers get 410");
    }
}

fn shares(client: &Client, count: usize) -> Vec<Share> {
    let shares: Vec<Share> = (0..count).map(|at| Share::new(&format!("message {at}"))).collect();
    for share in &shares {
        client.create(share);
    }
    shares
}

#[test]
fn exactly_one_of_many_concurrent_claims_opens() {
    on_both(Options::default, |site| {
        let (count, receivers) = (200 * rounds(), 8);
        race(&[&site.base], &shares(site, count), receivers);
        row(
            &format!("racing readers of one server ({})", site.store()),
            format!("{count} shares x {receivers} readers: one winner each"),
        );
    });
}

#[test]
fn exactly_one_concurrent_claim_opens_across_two_servers() {
    let redis = RedisServer::start(&[]);
    let servers = [(); 2].map(|()| Options::default().redis(redis.port()).start());
    let (count, receivers) = (200 * rounds(), 8);
    let client = Client::new(servers[0].url());
    race(&[&servers[0].url(), &servers[1].url()], &shares(&client, count), receivers);
    row("racing readers of two servers on one Redis", format!("{count} shares x {receivers} readers: one winner each"));
}

#[test]
fn changes_by_another_server_or_loss_in_redis_are_seen_at_once() {
    let redis = RedisServer::start(&[]);
    let servers = [(); 2].map(|()| Options::default().redis(redis.port()).start());
    let [here, there] = [&servers[0], &servers[1]].map(|server| Client::new(server.url()));
    for _ in 0..20 {
        let (share, receiver) = (Share::new("opened there"), claim());
        here.create(&share);
        assert_eq!(there.open(&share, &receiver).status, 200);
        assert_eq!(here.open(&share, &claim()).status, 410);
        assert_eq!(here.delete(&share).status, 410);
        assert_eq!(here.open(&share, &receiver).status, 200);
        assert_eq!(here.confirm(&share, &receiver).status, 204);
        assert_eq!(there.confirm(&share, &receiver).status, 204);
        assert_eq!(there.open(&share, &receiver).status, 410);

        let share = Share::new("deleted there");
        here.create(&share);
        assert_eq!(there.delete(&share).status, 204);
        assert_eq!(here.open(&share, &claim()).status, 410);
        assert_eq!(here.status(&share).json()["state"], "deleted");

        let share = Share::new("lost by Redis");
        here.create(&share);
        let _: String = redis.ask(&["FLUSHALL"]);
        assert_eq!(here.open(&share, &claim()).status, 404);
        assert_eq!(here.put(&share).status, 201, "the sender can still restore it");
        assert_eq!(there.open(&share, &claim()).status, 200);
    }
}

#[test]
fn concurrent_opens_with_one_claim_all_succeed() {
    on_both(Options::default, |site| {
        let count = 20;
        for share in shares(site, count) {
            let receiver = claim();
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| assert_eq!(site.open(&share, &receiver).status, 200));
                }
            });
        }
        println!("{}: {count} shares opened 4 times at once with one claim", site.store());
    });
}

#[test]
fn of_concurrent_creates_one_is_new_and_of_open_and_delete_one_wins() {
    on_both(Options::default, |site| {
        let count = 40;
        let (mut opened, mut deleted) = (0, 0);
        for _ in 0..count {
            let share = Share::new("a");
            let statuses: Vec<u16> = thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| site.put(&share).status)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let new = statuses.iter().filter(|status| **status == 201).count();
            assert_eq!((new, statuses.iter().filter(|status| **status == 200).count()), (1, 3), "{statuses:?}");
            let (open, delete) = thread::scope(|scope| {
                let open = scope.spawn(|| site.open(&share, &claim()).status);
                let delete = scope.spawn(|| site.delete(&share).status);
                (open.join().unwrap(), delete.join().unwrap())
            });
            match (open, delete) {
                (200, 410) => opened += 1,
                (410, 204) => deleted += 1,
                other => panic!("{other:?}"),
            }
        }
        println!("{}: of {count} shares {opened} were opened and {deleted} deleted, never both", site.store());
    });
}
