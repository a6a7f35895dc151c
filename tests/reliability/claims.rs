//! Tests concurrent claims on many shares, through two servers and through one.

use crate::client::{Client, Share};
use crate::full;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{b64, claim, guarded, guess, open_body, random};
use crate::table::row;
use onetimeshare_envelope::Claim;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Runs a test with two clients of the same shares: of two servers on one Redis, and of one server with the embedded
/// store.
fn on_both_stores(test: impl Fn(&str, [&Client; 2]) + Sync) {
    let options = || Options::default().set("limits_per_address", false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let server = options().start();
            let client = Client::new(server.url());
            test("embedded", [&client, &client]);
        });
        scope.spawn(|| {
            let redis = RedisServer::start(&[]);
            let servers: [Server; 2] = [(); 2].map(|()| options().redis(redis.port()).start());
            let [one, other] = servers.each_ref().map(|server| Client::new(server.url()));
            test("two servers on one Redis", [&one, &other]);
        });
    });
}

#[test]
fn the_claim_holder_can_reopen_while_other_claims_get_410() {
    const REPEATS: usize = 5;
    const STRANGERS: usize = 3;
    let count = if full() { 2_000 } else { 100 };
    on_both_stores(|store, clients| {
        let barrier = Barrier::new(1 + STRANGERS);
        let shares: Vec<(Share, Claim)> =
            (0..count).map(|at| (Share::new(&format!("message {at}")), claim())).collect();
        for (share, winner) in &shares {
            clients[0].create(share);
            assert_eq!(clients[1].open(share, winner).status, 200);
        }
        // Counted, not asserted: a panicking thread would leave the others waiting at the barrier.
        let wrong = AtomicUsize::new(0);
        let expect = |so: bool| {
            wrong.fetch_add(usize::from(!so), Ordering::SeqCst);
        };
        let again = |client: &Client| {
            for (at, (share, winner)) in shares.iter().enumerate() {
                barrier.wait();
                for _ in 0..REPEATS {
                    let response = client.open(share, winner);
                    expect(share.message_in(&response) == Some(format!("message {at}")));
                }
            }
        };
        let nothing = |client: &Client| {
            for (share, _) in &shares {
                barrier.wait();
                let stranger = claim();
                for _ in 0..REPEATS {
                    expect(client.open(share, &stranger).status == 410);
                }
                expect(client.part(share, &stranger, 0).status == 404);
                expect(client.confirm(share, &stranger).status == 404);
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| again(clients[0]));
            for at in 0..STRANGERS {
                let (nothing, client) = (&nothing, clients[at % 2]);
                scope.spawn(move || nothing(client));
            }
        });
        assert_eq!(wrong.into_inner(), 0, "wrong responses");
        row(
            &format!("winner among strangers ({store})"),
            format!("{count} shares, {REPEATS} repeats among {STRANGERS} strangers: winner always, strangers never"),
        );
    });
}

#[test]
fn of_concurrent_password_guesses_exactly_five_are_checked() {
    const GUESSERS: usize = 8;
    const GUESSES: usize = 3;
    let count = if full() { 1_000 } else { 60 };
    on_both_stores(|store, clients| {
        let barrier = Barrier::new(GUESSERS + 1);
        let shares: Vec<Share> = (0..count).map(|_| guarded("a")).collect();
        for share in &shares {
            clients[0].create(share);
        }
        let guesser = |client: &Client| -> Vec<Vec<u16>> {
            let guesses = |share| {
                barrier.wait();
                (0..GUESSES).map(|_| guess(client, share).status).collect()
            };
            shares.iter().map(guesses).collect()
        };
        let found = AtomicUsize::new(0);
        // A caller without the link: none of its attempts count.
        let stranger = |client: &Client| {
            for share in &shares {
                barrier.wait();
                for _ in 0..GUESSES {
                    let mut body = open_body(share, &claim(), Some(&b64(&random::<32>())));
                    body["open_proof"] = b64(&random::<32>()).into();
                    let response = client.json("POST", &format!("{}/open", share.path()), None, &body);
                    found.fetch_add(usize::from(response.status != 404), Ordering::SeqCst);
                }
            }
        };
        let statuses: Vec<Vec<Vec<u16>>> = thread::scope(|scope| {
            let guesser = &guesser;
            let guessers: Vec<_> = (0..GUESSERS).map(|at| scope.spawn(move || guesser(clients[at % 2]))).collect();
            scope.spawn(|| stranger(clients[0]));
            guessers.into_iter().map(|guesser| guesser.join().unwrap()).collect()
        });
        assert_eq!(found.into_inner(), 0, "a caller without the link gets 404");
        for (at, share) in shares.iter().enumerate() {
            let all: Vec<u16> = statuses.iter().flat_map(|of_one| of_one[at].iter().copied()).collect();
            // An attempt that loses five compare-and-swaps gets 429 or 503 and was not checked either.
            let (looked_at, waited) = (count_of(&all, 403), count_of(&all, 429) + count_of(&all, 503));
            assert_eq!((looked_at, waited), (5, GUESSERS * GUESSES - 5), "{all:?}");
            assert_eq!(clients[1].status(share).json()["wrong_passwords"], 5);
        }
        row(
            &format!("parallel password guessers ({store})"),
            format!("{count} shares x {GUESSERS} guessers x {GUESSES} guesses: 5 looked at and counted each"),
        );
    });
}

fn count_of(statuses: &[u16], wanted: u16) -> usize {
    statuses.iter().filter(|status| **status == wanted).count()
}
