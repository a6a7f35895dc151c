//! Concurrent answers to a request, and a server killed between the calls of a giver.

use crate::asked::Asked;
use crate::client::{Client, Share};
use crate::redis_server::RedisServer;
use crate::server::Options;
use crate::site::{Site, from_b64, on_both};
use crate::table::row;
use onetimeshare_envelope::request::{Answer, Sealed};
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;
use tempfile::TempDir;

/// Multiplier for the number of rounds in long runs.
fn rounds() -> usize {
    if std::env::var_os("OTS_FULL").is_some() { 10 } else { 1 }
}

const RACERS: usize = 8;

/// Lets every racer hand in an answer of its own at once, and repeat it, distributed over the sites. Fails unless exactly
/// as many come as were asked for.
fn race(sites: &[&str], count: usize) {
    let first = Client::new(sites[0]);
    let asked: Vec<Asked> = (0..count).map(|at| Asked::new("", [1, 3, 5, 10][at % 4]).made(&first)).collect();
    let barrier = Barrier::new(RACERS);
    let outcomes: Vec<Vec<(u16, u64, Sealed)>> = thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS)
            .map(|racer| {
                let (barrier, client, asked) = (&barrier, Client::new(sites[racer % sites.len()]), &asked);
                scope.spawn(move || {
                    let hand_in = |asked: &Asked| {
                        let sealed = asked.sealed(&Share::new("").link);
                        barrier.wait();
                        let response = asked.hand_in(&client, &sealed);
                        let number = response.json()["number"].as_u64().unwrap_or(0);
                        let again = asked.hand_in(&client, &sealed);
                        match response.status {
                            201 => assert_eq!((again.status, again.json()["number"].as_u64()), (200, Some(number))),
                            409 => assert_eq!(again.status, 409),
                            other => panic!("{other}: {}", response.text()),
                        }
                        (response.status, number, sealed)
                    };
                    asked.iter().map(hand_in).collect()
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    for (at, asked) in asked.iter().enumerate() {
        let wanted = [1, 3, 5, 10][at % 4].min(RACERS);
        let winners: Vec<_> = outcomes.iter().map(|racer| &racer[at]).filter(|(status, ..)| *status == 201).collect();
        assert_eq!(winners.len(), wanted, "request {at}");
        let numbers: BTreeSet<u64> = winners.iter().map(|(_, number, _)| *number).collect();
        assert_eq!(numbers, (1..=wanted as u64).collect(), "each number once");
        let status = asked.status(&first).json();
        let stored = status["answers"].as_array().unwrap();
        assert_eq!(stored.len(), wanted);
        for (_, number, sealed) in winners {
            let place = usize::try_from(*number).unwrap() - 1;
            assert_eq!(from_b64(stored[place]["sealed"].as_str().unwrap()), sealed.0);
        }
    }
}

#[test]
fn never_more_answers_come_than_were_asked_for() {
    on_both(Options::default, |site| {
        let count = 60 * rounds();
        race(&[&site.base], count);
        row(
            &format!("racing answers to one server ({})", site.store()),
            format!("{count} requests x {RACERS} givers: as many answers as asked for"),
        );
    });
}

#[test]
fn never_more_answers_come_than_were_asked_for_across_two_servers() {
    let redis = RedisServer::start(&[]);
    let servers = [(); 2].map(|()| Options::default().redis(redis.port()).start());
    let count = 60 * rounds();
    race(&[&servers[0].url(), &servers[1].url()], count);
    row(
        "racing answers to two servers on one Redis",
        format!("{count} requests x {RACERS} givers: as many answers as asked for"),
    );
}

#[test]
fn ending_a_request_and_answering_it_never_both_win_the_last_word() {
    on_both(Options::default, |site| {
        let (mut came, mut ended) = (0, 0);
        for _ in 0..40 {
            let asked = Asked::new("", 1).made(site);
            let sealed = asked.sealed(&Share::new("").link);
            let (answer, end) = thread::scope(|scope| {
                let answer = scope.spawn(|| asked.hand_in(site, &sealed).status);
                let end = scope.spawn(|| site.bare("DELETE", &asked.path(), &asked.keys.owner().expose()).status);
                (answer.join().unwrap(), end.join().unwrap())
            });
            assert_eq!(end, 204);
            let status = asked.status(site).json();
            match answer {
                201 => {
                    assert_eq!(status["state"], "full");
                    came += 1;
                }
                410 => {
                    assert_eq!((&status["state"], status["answers"].as_array().unwrap().len()), (&"deleted".into(), 0));
                    ended += 1;
                }
                other => panic!("{other}"),
            }
        }
        println!("{}: {came} answers came before the end, {ended} after it", site.store());
    });
}

/// Kills the server and starts another one on the same store.
fn after_a_kill(mut site: Site, options: Options) -> Site {
    site.server.kill();
    match site.redis.take() {
        Some(redis) => Site::on(redis, options),
        None => Site::embedded(options),
    }
}

#[test]
fn a_server_killed_between_the_share_and_the_answer_loses_nothing_and_doubles_nothing() {
    let folder = TempDir::new().unwrap();
    let options = || Options::default().data_dir(folder.path());
    thread::scope(|scope| {
        for start in [Site::embedded, Site::on_redis] {
            scope.spawn(move || killed_between_the_calls(start(options()), options));
        }
    });
}

fn killed_between_the_calls(mut site: Site, options: impl Fn() -> Options) {
    let rounds = 5 * rounds();
    for round in 0..rounds {
        let asked = Asked::new("", 2).made(&site);
        let share = Share::new("survives");
        site.create(&share);
        let sealed = asked.sealed(&share.link);
        site = after_a_kill(site, options());
        // The giver goes on with the share that it has made, and hears nothing of the answer that it hands in.
        let first = asked.hand_in(&site, &sealed);
        assert_eq!(first.status, 201, "round {round}: {}", first.text());
        site = after_a_kill(site, options());
        assert_eq!(asked.hand_in(&site, &sealed).status, 200);
        let status = asked.status(&site).json();
        let answers = status["answers"].as_array().unwrap();
        assert_eq!(answers.len(), 1, "{status}");
        let stored = Sealed::try_from(from_b64(answers[0]["sealed"].as_str().unwrap())).unwrap();
        assert!(Answer::open(&asked.keys, &stored).unwrap().id == share.link.id);
        assert_eq!(site.peek(&share).json()["state"], "waiting");
    }
    row(
        &format!("servers killed between a share and its answer ({})", site.store()),
        format!("{rounds} answers, each once after two kills"),
    );
}
