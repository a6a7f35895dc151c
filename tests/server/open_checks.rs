//! Tests the order of the checks in `open`, and the cost of wrong passwords.

use crate::client::Share;
use crate::server::Options;
use crate::site::{Site, b64, claim, guarded, guess, is_problem, on_both, open_with, random, retry_after};
use serde_json::json;

#[test]
fn five_wrong_passwords_are_free_then_attempts_get_429() {
    on_both(Options::default, |site| {
        let share = guarded("behind a password");
        site.create(&share);
        for left in (0..5).rev() {
            let wrong = guess(site, &share);
            is_problem(&wrong, 403, "wrong_password", &["tries_left"]);
            assert_eq!(wrong.json()["tries_left"], left);
        }
        for _ in 0..10 {
            let slowed = guess(site, &share);
            is_problem(&slowed, 429, "slow_down", &[]);
            assert!((1..=60).contains(&retry_after(&slowed)), "{}", retry_after(&slowed));
            let right = site.open(&share, &claim());
            is_problem(&right, 429, "slow_down", &[]);
        }
        assert_eq!(site.status(&share).json()["wrong_passwords"], 5);
        assert_eq!(site.status(&share).json()["state"], "waiting", "wrong passwords never delete");
        let none = open_with(site, &share, &claim(), None);
        is_problem(&none, 422, "password_needed", &[]);
        assert_eq!(site.delete(&share).status, 204, "the owner needs no password");
    });
}

#[test]
fn the_right_password_opens_after_wrong_ones() {
    on_both(Options::default, |site| {
        let share = guarded("behind a password");
        site.create(&share);
        (0..4).for_each(|_| assert_eq!(guess(site, &share).status, 403));
        assert_eq!(open_with(site, &share, &claim(), None).status, 422, "a missing proof is not an attempt");
        assert_eq!(site.status(&share).json()["wrong_passwords"], 4);
        assert_eq!(site.open(&share, &claim()).status, 200);
        assert_eq!(site.status(&share).json()["wrong_passwords"], 4);
    });
}

#[test]
fn a_proof_for_a_share_without_password_is_ignored() {
    on_both(Options::default, |site| {
        let share = Share::new("no password");
        site.create(&share);
        assert_eq!(guess(site, &share).status, 200);
        assert_eq!(site.status(&share).json()["wrong_passwords"], 0);
    });
}

#[test]
fn an_ended_share_answers_before_checking_the_password() {
    on_both(Options::default, |site| {
        let (opened, deleted) = (guarded("a"), guarded("b"));
        let receiver = claim();
        site.create(&opened);
        site.create(&deleted);
        // Both shares enter a password wait first.
        for share in [&opened, &deleted] {
            (0..4).for_each(|_| drop(guess(site, share)));
        }
        assert_eq!(site.open(&opened, &receiver).status, 200);
        assert_eq!(site.delete(&deleted).status, 204);
        let wrong = b64(&random::<32>());
        for proof in [None, Some(wrong.as_str()), opened.password_proof.as_deref()] {
            is_problem(&open_with(site, &opened, &claim(), proof), 410, "gone", &["at", "state"]);
            is_problem(&open_with(site, &deleted, &claim(), proof), 410, "gone", &["at", "state"]);
        }
        assert_eq!(site.status(&opened).json()["wrong_passwords"], 4);
        assert_eq!(site.status(&deleted).json()["wrong_passwords"], 4);
    });
}

#[test]
fn the_link_key_is_checked_first() {
    on_both(Options::default, |site| {
        let share = guarded("a");
        site.create(&share);
        let body = json!({
            "open_proof": b64(&random::<32>()), "claim": claim().expose(), "password_proof": share.password_proof,
        });
        for _ in 0..20 {
            let refused = site.json("POST", &format!("{}/open", share.path()), None, &body);
            is_problem(&refused, 404, "not_found", &[]);
        }
        assert_eq!(site.status(&share).json()["wrong_passwords"], 0, "a caller without the link key causes no wait");
        assert_eq!(site.open(&share, &claim()).status, 200);
    });
}

#[test]
fn concurrent_guessers_share_five_attempts() {
    on_both(Options::default, |site| {
        let (shares, guessers) = (10, 8);
        let mut figures = Vec::new();
        for _ in 0..shares {
            let share = guarded("a");
            site.create(&share);
            let looked_at: usize = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..guessers)
                    .map(|_| scope.spawn(|| (0..3).filter(|_| guess(site, &share).status == 403).count()))
                    .collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).sum()
            });
            assert_eq!(looked_at, 5, "on {}", site.store());
            assert_eq!(site.status(&share).json()["wrong_passwords"], 5);
            figures.push(looked_at);
        }
        println!(
            "{}: {guessers} guessers on each of {shares} shares with a password, 3 attempts each: {} checked",
            site.store(),
            figures.iter().sum::<usize>()
        );
    });
}

#[test]
fn an_attempt_counts_only_on_its_own_share() {
    let site = Site::embedded(Options::default());
    let (one, other) = (guarded("a"), guarded("b"));
    site.create(&one);
    site.create(&other);
    (0..6).for_each(|_| drop(guess(&site, &one)));
    assert_eq!(site.open(&other, &claim()).status, 200);
}
