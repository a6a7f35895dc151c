//! Coverage-guided fuzzing of the parsers of untrusted input. `bin/fuzz` builds it with the instrumentation of libFuzzer
//! and runs each target.
//!
//! `OTS_FUZZ` selects the target. The target's seed inputs are written to the directory `OTS_FUZZ_SEEDS`, if set.
#![no_main]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption is a finding")]
#![allow(unreachable_pub, missing_docs, reason = "only this file uses the targets")]

#[path = "targets/envelope.rs"]
mod envelope;
#[path = "targets/forwarded.rs"]
mod forwarded;
#[path = "targets/link.rs"]
mod link;
#[path = "targets/multipart.rs"]
mod multipart;
#[path = "targets/parts.rs"]
mod parts;
#[path = "targets/record.rs"]
mod record;

use std::sync::LazyLock;

/// A fuzz target and its seed inputs.
#[derive(Clone, Copy)]
struct Target {
    run: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
}

static TARGET: LazyLock<Target> = LazyLock::new(|| match std::env::var("OTS_FUZZ").as_deref() {
    Ok("link") => Target { run: link::run, seeds: link::seeds },
    Ok("envelope") => Target { run: envelope::run, seeds: envelope::seeds },
    Ok("parts") => Target { run: parts::run, seeds: parts::seeds },
    Ok("multipart") => Target { run: multipart::run, seeds: multipart::seeds },
    Ok("forwarded") => Target { run: forwarded::run, seeds: forwarded::seeds },
    Ok("record") => Target { run: record::run, seeds: record::seeds },
    _ => panic!("OTS_FUZZ must name a target"),
});

/// Returns the shares of the test vectors of the envelope format.
fn vectors() -> Vec<serde_json::Value> {
    let text = include_str!("../tests/vectors/envelope-v1.json");
    let vectors: serde_json::Value = serde_json::from_str(text).expect("the vectors are JSON");
    vectors["open"].as_array().expect("the vectors contain shares").clone()
}

fn write_seeds() {
    let Ok(folder) = std::env::var("OTS_FUZZ_SEEDS") else { return };
    for (n, seed) in (TARGET.seeds)().iter().enumerate() {
        std::fs::write(format!("{folder}/seed-{n}"), seed).expect("the seed directory is writable");
    }
}

libfuzzer_sys::fuzz_target!(init: write_seeds(), |bytes: &[u8]| (TARGET.run)(bytes));
