//! Tests that refusals are counted by kind, in metrics and in the log, and that repeated warnings are counted.

use crate::server::Options;
use crate::site::{Site, claim, guarded, until};
use onetimeshare_envelope::Owner;
use std::time::Duration;

/// A minute, and time for a busy machine.
const A_MINUTE: Duration = Duration::from_secs(75);

#[test]
fn refusals_and_repeated_warnings_are_counted_once_a_minute() {
    let mut site = Site::on_redis(Options::default().set("metrics", true).set("limits_per_address", true));
    let share = guarded("with a password");
    site.create(&share);
    let mut wrong = guarded("the same with another password");
    wrong.link = share.link.clone();
    for _ in 0..2 {
        assert_eq!(site.open(&wrong, &claim()).status, 403);
    }
    let stranger = Owner::random().unwrap().expose();
    assert_eq!(site.bare("DELETE", &share.path(), &stranger).status, 404);
    assert_eq!(site.bare("GET", &share.path(), &stranger).status, 404);
    assert_eq!(site.bare("GET", &format!("{}/parts", share.path()), &stranger).status, 404);
    assert!((0..1_300).any(|_| site.peek(&share).status == 429), "the limit is hit");
    let metrics = site.get("/metrics").text();
    for line in [
        "onetimeshare_guards_total{kind=\"wrong_password\"} 2\n",
        "onetimeshare_guards_total{kind=\"refused_owner\"} 3\n",
        "onetimeshare_guards_total{kind=\"requests\"} 1\n",
        "onetimeshare_guards_total{kind=\"body_memory\"} 0\n",
    ] {
        assert!(metrics.contains(line), "{line}{metrics}");
    }

    site.redis.as_mut().unwrap().kill();
    for _ in 0..20 {
        let ready = site.try_send("GET", "/health/ready", &[], None);
        assert_eq!(ready.unwrap_or_else(|error| panic!("{error} {}", site.server.log.text())).status, 503);
    }
    let log = until(A_MINUTE, "the report", || {
        let log = site.server.log.text();
        log.contains("repeated in the last minute: not ready").then_some(log)
    });
    // The first failure may have another reason than the others.
    assert!((1..=2).contains(&log.lines().filter(|line| line.contains("WARN not ready")).count()), "{log}");
    let line = |wanted: &[&str]| {
        let found = log.lines().any(|line| wanted.iter().all(|word| line.contains(word)));
        assert!(found, "{wanted:?}\n{log}");
    };
    line(&["repeated in the last minute: not ready", "count=1"]);
    line(&["refused in the last minute", "kind=\"wrong_password\"", "count=2"]);
    line(&["refused in the last minute", "kind=\"refused_owner\"", "count=3"]);
    line(&["refused in the last minute", "kind=\"requests\"", "count=1"]);
    for hidden in [share.link.id.to_string(), share.owner.expose(), stranger] {
        assert!(!log.contains(&hidden) && !metrics.contains(&hidden));
    }
    assert!(!log.replace("http://127.0.0.1", "").contains("127.0.0.1:"), "{log}");
}

#[test]
fn the_last_counts_are_logged_at_the_end() {
    let mut site = Site::embedded(Options::default().set("log_format", "json"));
    let share = guarded("a");
    site.create(&share);
    assert_eq!(site.bare("DELETE", &share.path(), &Owner::random().unwrap().expose()).status, 404);
    assert!(site.server.terminate().success());
    let log = until(A_MINUTE, "the last line", || {
        let log = site.server.log.text();
        log.contains("refused in the last minute").then_some(log)
    });
    let line = log.lines().find(|line| line.contains("refused in the last minute")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["kind"], &line["count"], &line["level"]), (&"refused_owner".into(), &1.into(), &"WARN".into()));
}
