//! Tests that responses to callers without the link key are identical in content and timing, whatever the state of the
//! share and whether it ever existed.

use crate::client::{Response, Share};
use crate::raw_http::{RawConnection, head, json_request};
use crate::server::Options;
use crate::site::{SOON, Site, bare, claim, on_both, until};
use crate::table::row;
use onetimeshare_envelope::{Link, Owner};
use serde_json::json;
use std::time::Instant;

/// States of the shares; the last were never created.
const STATES: [&str; 5] = ["opened", "expired", "deleted", "waiting", "unknown"];

/// Number of shares in each state.
pub const PER_STATE: usize = 20;

/// Requests timed for each state and call in a full run.
const TIMED: usize = 20_000;

/// Maximum |t| of Welch's t-test between means.
const LIMIT: f64 = 4.5;

/// Calls that a caller without the key can make for an id.
const CALLS: [&str; 7] = ["peek", "open", "part", "confirm", "status", "delete", "page"];

fn full() -> bool {
    std::env::var_os("OTS_FULL").is_some()
}

fn options() -> Options {
    // At this level no log line is written for a request, so logging does not affect the timing.
    Options::default().set("lifetimes", "[1, 3600]").set("default_lifetime", 3600).set("log_level", "normal")
}

/// Creates shares in every state, in the order of [`STATES`].
fn shares(site: &Site) -> Vec<Vec<Share>> {
    let make = |kind: &&str| {
        let lifetime = if *kind == "expired" { 1 } else { 3_600 };
        let shares: Vec<Share> = (0..PER_STATE).map(|_| Share::with("a", None, lifetime)).collect();
        for share in shares.iter().filter(|_| *kind != "unknown") {
            site.create(share);
            match *kind {
                "opened" => assert_eq!(site.open(share, &claim()).status, 200),
                "deleted" => assert_eq!(site.delete(share).status, 204),
                _ => {}
            }
        }
        shares
    };
    let shares: Vec<Vec<Share>> = STATES.iter().map(make).collect();
    let over = |share: &Share| site.peek(share).json()["state"] == "expired";
    until(SOON, "the short lifetimes to end", || shares[1].iter().all(over).then_some(()));
    shares
}

/// Builds a well-formed request for a share without any valid proof or token.
fn request(call: &str, share: &Share) -> Vec<u8> {
    let (path, stranger) = (share.path(), Share::new(""));
    let bearer = format!("Authorization: Bearer {}", Owner::random().unwrap().expose());
    let bare = |method: &str, path: &str| head(method, path, &[&bearer, "Content-Length: 0"]);
    let open_proof = stranger.open_proof();
    match call {
        "peek" => json_request("POST", &format!("{path}/peek"), None, &json!({ "open_proof": open_proof }).to_string()),
        "open" => {
            let body = json!({ "open_proof": open_proof, "claim": claim().expose() });
            json_request("POST", &format!("{path}/open"), None, &body.to_string())
        }
        "part" => bare("GET", &format!("{path}/parts/0")),
        "confirm" => bare("POST", &format!("{path}/confirm")),
        "status" => bare("GET", &path),
        "delete" => bare("DELETE", &path),
        "page" => {
            // The right id, and another key with a proper check.
            let link = Link { id: share.link.id, key: stranger.link.key, handover: None }.url("http://localhost");
            let nonce = claim().expose();
            let form = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("nonce", nonce.as_str()), ("link", &link), ("password", "")])
                .finish();
            let length = format!("Content-Length: {}", form.len());
            let kind = "Content-Type: application/x-www-form-urlencoded";
            head("POST", &format!("/s/{}", share.link.id), &[kind, "Accept: text/html", &length]) + &form
        }
        _ => panic!("{call}"),
    }
    .into_bytes()
}

/// A response without its date.
type Bare = (u16, Vec<(String, String)>, String);

fn ask(connection: &mut RawConnection, request: &[u8]) -> Response {
    connection.write(request).response().expect("a response")
}

/// Fails unless every call gets the same response, but for its date, in all `states`. `subjects` are the shares or
/// requests in each state, for which `request` builds a call.
pub fn same_bytes<T>(
    site: &Site,
    what: &str,
    states: &[&str],
    calls: &[&str],
    subjects: &[Vec<T>],
    request: impl Fn(&str, &T) -> Vec<u8>,
) {
    let mut connection = RawConnection::to(site.server.port);
    let mut responses = 0;
    for &call in calls {
        let mut expected: Option<Bare> = None;
        for (kind, subjects) in states.iter().zip(subjects) {
            for subject in subjects {
                let response = bare(&ask(&mut connection, &request(call, subject)));
                assert_eq!(response.0, 404, "{call} {kind}");
                let expected = expected.get_or_insert_with(|| response.clone());
                assert_eq!(response, *expected, "{call} {kind} on {}", site.store());
                responses += 1;
            }
        }
    }
    let figure = format!("{responses} answers to {} calls, the same but for the date", calls.len());
    row(&format!("{what}: bytes ({})", site.store()), figure);
}

#[test]
fn without_the_link_key_responses_are_identical_in_every_state() {
    on_both(options, |site| {
        same_bytes(site, "strangers", &STATES, &CALLS, &shares(site), request);
    });
}

/// Running mean and variance (Welford).
#[derive(Clone, Copy, Default)]
struct Sample {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Sample {
    fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(Self::default(), |mut sample, value| {
            sample.count += 1.0;
            let off = value - sample.mean;
            sample.mean += off / sample.count;
            sample.squares += off * (value - sample.mean);
            sample
        })
    }

    /// Welch's t of two samples.
    fn welch(&self, other: &Self) -> f64 {
        let error = |sample: &Self| sample.squares / (sample.count - 1.0) / sample.count;
        (self.mean - other.mean) / (error(self) + error(other)).sqrt()
    }
}

/// Returns that many states in random order, so that drift does not favour one.
fn shuffled(states: usize, seed: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..states).collect();
    for at in (1..order.len()).rev() {
        // xorshift64 is good enough for shuffling.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        let to = usize::try_from(*seed % (at as u64 + 1)).unwrap();
        order.swap(at, to);
    }
    order
}

/// Times a call on every state, interleaved, and returns the largest |t| of a state against the last, the unknown id: of
/// all times, and of those below the 95th percentile, which shows finer differences. `requests` holds [`PER_STATE`] for
/// each state.
fn largest(site: &Site, states: &[&str], requests: &[Vec<Vec<u8>>], call: &str, rounds: usize) -> (f64, f64) {
    let unknown = states.len() - 1;
    let mut connection = RawConnection::to(site.server.port);
    let mut times: Vec<Vec<f64>> = states.iter().map(|_| Vec::with_capacity(rounds)).collect();
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for round in 0..rounds + rounds / 10 {
        for kind in shuffled(states.len(), &mut seed) {
            let request = &requests[kind][round % PER_STATE];
            let begun = Instant::now();
            let response = ask(&mut connection, request);
            let took = begun.elapsed().as_secs_f64();
            assert_eq!(response.status, 404);
            // The first tenth warms up.
            if round >= rounds / 10 {
                times[kind].push(took);
            }
        }
    }
    let mut all: Vec<f64> = times.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let most = all[all.len() * 95 / 100];
    let mut largest = (0.0_f64, 0.0_f64);
    let samples = |keep: &dyn Fn(f64) -> bool| -> Vec<Sample> {
        times.iter().map(|times| Sample::of(times.iter().copied().filter(|time| keep(*time)))).collect()
    };
    let (whole, cut) = (samples(&|_| true), samples(&|time| time < most));
    for kind in 0..unknown {
        let t = (whole[kind].welch(&whole[unknown]), cut[kind].welch(&cut[unknown]));
        println!(
            "{} {call} {}: mean {:.2} us, {:+.3} us, t {:+.2}; below the 95th percentile {:+.3} us, t {:+.2}",
            site.store(),
            states[kind],
            whole[kind].mean * 1e6,
            (whole[kind].mean - whole[unknown].mean) * 1e6,
            t.0,
            (cut[kind].mean - cut[unknown].mean) * 1e6,
            t.1
        );
        largest = (largest.0.max(t.0.abs()), largest.1.max(t.1.abs()));
    }
    largest
}

/// Times every call in all `states`, the last of which is the unknown id; a full run fails when a state shows. `subjects`
/// are the shares or requests in each state, [`PER_STATE`] each, for which `request` builds a call.
pub fn time<T>(
    site: &Site,
    what: &str,
    states: &[&str],
    calls: &[&str],
    subjects: &[Vec<T>],
    request: impl Fn(&str, &T) -> Vec<u8>,
) {
    // Few rounds only check that the test works; differences show with many.
    let rounds = if full() { TIMED } else { 100 };
    let mut worst = ("", 0.0_f64);
    for &call in calls {
        let requests: Vec<Vec<Vec<u8>>> =
            subjects.iter().map(|subjects| subjects.iter().map(|subject| request(call, subject)).collect()).collect();
        let (whole, cut) = largest(site, states, &requests, call, rounds);
        let found = whole.max(cut);
        if found > worst.1 {
            worst = (call, found);
        }
    }
    if full() {
        let figure = format!(
            "{rounds} requests of each of {} kinds, {} calls: largest |t| {:.2} ({})",
            states.len(),
            calls.len(),
            worst.1,
            worst.0
        );
        row(&format!("{what}: time ({})", site.store()), figure);
        assert!(worst.1 < LIMIT, "{} on {}: |t| {:.2}", worst.0, site.store(), worst.1);
    }
}

fn time_shares(site: &Site) {
    time(site, "strangers", &STATES, &CALLS, &shares(site), request);
}

#[test]
fn without_the_link_key_timing_is_equal_in_every_state_with_the_embedded_store() {
    time_shares(&Site::embedded(options()));
}

#[test]
fn without_the_link_key_timing_is_equal_in_every_state_with_redis() {
    time_shares(&Site::on_redis(options()));
}
