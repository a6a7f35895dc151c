//! Coverage-guided fuzzing of what strangers' bytes reach first. `bin/fuzz` builds it, with the counters that libFuzzer
//! steers by, and runs each target.
//!
//! `OTS_FUZZ` names the target. With `OTS_FUZZ_SEEDS`, a folder, the inputs to begin with are written there.
#![no_main]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what must not happen stops the run")]
#![allow(unreachable_pub, missing_docs, reason = "nobody uses a fuzz target but this file")]

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

/// Something that takes any bytes, and inputs for it to begin with.
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
    _ => panic!("OTS_FUZZ names no target"),
});

/// The shares of the format's test vectors.
fn vectors() -> Vec<serde_json::Value> {
    let text = include_str!("../tests/vectors/envelope-v1.json");
    let vectors: serde_json::Value = serde_json::from_str(text).expect("the vectors are JSON");
    vectors["open"].as_array().expect("the vectors hold shares").clone()
}

fn write_seeds() {
    let Ok(folder) = std::env::var("OTS_FUZZ_SEEDS") else { return };
    for (n, seed) in (TARGET.seeds)().iter().enumerate() {
        std::fs::write(format!("{folder}/seed-{n}"), seed).expect("the folder of seeds can be written");
    }
}

libfuzzer_sys::fuzz_target!(init: write_seeds(), |bytes: &[u8]| (TARGET.run)(bytes));
