//! Soak test: creates twenty shares a second that end in every possible way. Memory and descriptors stay level, every
//! key has a TTL, and the store is empty when all have expired.

use crate::client::{Client, Share};
use crate::clock::Clock;
use crate::environment::Environment;
use crate::full;
use crate::rng::Rng;
use crate::server::{Options, Server};
use crate::site::{claim, guarded, guess};
use crate::table::row;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Shares started per second.
const RATE: u32 = 20;
const WORKERS: usize = 8;
/// Lengths of the parts of a share with files.
const PARTS: [usize; 2] = [984_000, 100_000];
/// Maximum growth of memory from the second quarter to the last, in bytes.
const GROWTH: u64 = 8 * 1024 * 1024;

/// Memory and open descriptors of the server, sampled every second.
struct Sample {
    memory: u64,
    descriptors: usize,
}

impl Sample {
    fn of(server: &Server) -> Self {
        let descriptors = std::fs::read_dir(format!("/proc/{}/fd", server.pid())).unwrap().count();
        Self { memory: server.memory().0, descriptors }
    }
}

/// Takes one share to one of its ends.
fn run_share(client: &Client, n: u64) {
    let mut rng = Rng::seeded(n);
    let receiver = claim();
    if rng.percent(15) {
        let mut share = Share::new("with files");
        share.body["parts"] = (PARTS.len() + 1).into();
        share.body["size"] = PARTS.iter().sum::<usize>().into();
        client.create(&share);
        let abandoned = rng.percent(10);
        for (n, length) in (1..).zip(PARTS).take(if abandoned { 1 } else { 2 }) {
            assert_eq!(client.put_part(&share, n, &vec![7; length]).status, 204);
        }
        if abandoned {
            return;
        }
        assert_eq!(client.complete(&share).status, 200);
        assert_eq!(client.open(&share, &receiver).status, 200);
        for (n, length) in (1..).zip(PARTS) {
            assert_eq!(client.part(&share, &receiver, n).body.len(), length);
        }
        assert_eq!(client.confirm(&share, &receiver).status, 204);
        return;
    }
    let share = if rng.percent(20) { guarded("a") } else { Share::new(&"words ".repeat(1 + rng.below(2_000))) };
    client.create(&share);
    assert_eq!(client.peek(&share).status, 200);
    match rng.below(10) {
        0 => {}
        1 => assert_eq!(client.delete(&share).status, 204),
        _ => {
            if share.password_proof.is_some() {
                assert_eq!(guess(client, &share).status, 403);
            }
            assert_eq!(client.open(&share, &receiver).status, 200);
            assert_eq!(client.open(&share, &receiver).status, 200);
            assert_eq!(client.open(&share, &claim()).status, 410);
            if rng.percent(90) {
                assert_eq!(client.confirm(&share, &receiver).status, 204);
            }
        }
    }
}

fn soak(environment: &Environment, time: Duration) {
    let mut server = environment.start(settings);
    let url = server.url();
    let begun = AtomicUsize::new(0);
    let (samples, endless) = (Mutex::new(Vec::new()), Mutex::new((0, 0)));
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let client = Client::new(url.clone());
                loop {
                    let n = begun.fetch_add(1, Ordering::SeqCst);
                    let due = start + Duration::from_secs(n as u64) / RATE;
                    if due >= start + time {
                        break;
                    }
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    run_share(&client, n as u64);
                }
            });
        }
        scope.spawn(|| {
            while start.elapsed() < time {
                thread::sleep(Duration::from_secs(1));
                samples.lock().unwrap().push(Sample::of(&server));
            }
        });
        scope.spawn(|| {
            while start.elapsed() < time {
                thread::sleep(time / 5);
                let (without_end, all) = environment.endless_keys();
                let mut most = endless.lock().unwrap();
                *most = (most.0.max(without_end), most.1.max(all));
            }
        });
    });
    let count = begun.into_inner() - WORKERS;
    assert_eq!(endless.lock().unwrap().0, 0, "keys without a TTL");

    let samples = samples.into_inner().unwrap();
    let quarter = samples.len() / 4;
    let most = |samples: &[Sample]| {
        let memory = samples.iter().map(|sample| sample.memory).max().unwrap();
        (memory, samples.iter().map(|sample| sample.descriptors).max().unwrap())
    };
    let (early, late_on) = (most(&samples[quarter..2 * quarter]), most(&samples[3 * quarter..]));
    assert!(late_on.0 < early.0 + GROWTH, "memory grew from {} to {}", early.0, late_on.0);
    assert!(late_on.1 <= early.1 + 2 * WORKERS, "descriptors grew from {} to {}", early.1, late_on.1);
    let log = server.log.text();
    assert!(!log.contains("panicked"), "{log}");

    // After the last tombstone. The embedded store is swept at the next start; Redis expires keys itself.
    environment.clock.run_ahead(40 * 86_400);
    assert!(server.terminate().success());
    server = environment.start(settings);
    assert!(server.terminate().success());
    environment.is_empty_soon();
    let mib = |bytes: u64| bytes / 1_048_576;
    row(
        &format!("soak ({})", environment.name()),
        format!(
            "{count} shares in {} s: memory {} MiB early, {} MiB late; descriptors {} and {}; {} keys, 0 without an end; 0 left over",
            time.as_secs(),
            mib(early.0),
            mib(late_on.0),
            early.1,
            late_on.1,
            endless.lock().unwrap().1,
        ),
    );
}

fn settings(options: Options) -> Options {
    options.set("grace", 5)
}

#[test]
fn twenty_shares_a_second_leak_no_memory_descriptors_or_keys() {
    let time = Duration::from_secs(if full() { 600 } else { 15 });
    thread::scope(|scope| {
        scope.spawn(|| soak(&Environment::embedded(Clock::running()), time));
        scope.spawn(|| soak(&Environment::redis(Clock::running()), time));
    });
}
