//! Random walks: takes shares through random sequences of calls, clock jumps and server crashes, and checks each
//! response against the model.

use crate::client::{Client, Response, Share};
use crate::clock::Clock;
use crate::environment::Environment;
use crate::full;
use crate::model::{GRACE, Model, READING, Stage, Terms, Typed};
use crate::rng::Rng;
use crate::server::Options;
use crate::site::{b64, claim, guarded_for, moment, open_body, retry_after};
use crate::table::row;
use onetimeshare_envelope::{Claim, Owner};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::thread;

/// Calls on each share.
const STEPS: usize = 60;
/// Shares that go through the same clock jumps and crashes together.
const ABREAST: usize = 50;
const WORKERS: usize = 5;
const READERS: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Create { same: bool },
    Part { n: usize, longer: isize, owner: bool },
    Received,
    Complete,
    Peek { link: bool },
    Open { receiver: usize, link: bool, typed: Typed },
    Fetch { receiver: usize, n: usize },
    Confirm { receiver: usize },
    Delete { owner: bool },
}

/// A share under test.
struct Walker {
    rng: Rng,
    share: Share,
    parts: Vec<Vec<u8>>,
    /// Each part as last accepted.
    arrived: Vec<Vec<u8>>,
    receivers: [Claim; READERS],
    model: Model,
    /// Its steps so far, for the failure message.
    steps: Vec<String>,
}

impl Walker {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::seeded(seed);
        let lifetime = [3_600, 3_610, 7_200, 86_400, 100_000, 604_800][rng.below(6)];
        let password = rng.percent(40);
        let mut share = if password { guarded_for("walks", lifetime) } else { Share::with("walks", None, lifetime) };
        let count = [0, 0, 1, 2, 5][rng.below(5)];
        // The embedded store keeps some of these in separate files.
        let parts: Vec<Vec<u8>> = (0..count)
            .map(|_| {
                let length = if rng.percent(10) { 70_000 } else { 100 + rng.below(300) };
                rng.bytes(length)
            })
            .collect();
        let lengths: Vec<usize> = parts.iter().map(Vec::len).collect();
        share.body["parts"] = (count + 1).into();
        share.body["size"] = lengths.iter().sum::<usize>().into();
        let part0 = crate::site::from_b64(share.body["part0"].as_str().unwrap()).len();
        let bytes = part0 + lengths.iter().sum::<usize>();
        let terms = Terms { lifetime: lifetime.try_into().unwrap(), password, lengths, bytes };
        let receivers = [(); READERS].map(|()| claim());
        let arrived = parts.clone();
        Self { rng, share, parts, arrived, receivers, model: Model::new(terms), steps: Vec::new() }
    }

    /// Mostly picks steps that advance the share, so that walks get far; sometimes any step.
    fn choose(&mut self) -> Step {
        let sensible = self.rng.percent(60);
        let count = self.parts.len();
        let rng = &mut self.rng;
        let receiver = if rng.percent(70) { 0 } else { rng.below(READERS) };
        let typed = *rng.pick(&[Typed::Right, Typed::Right, Typed::Wrong, Typed::Nothing]);
        match &self.model.stage {
            Stage::Nothing if sensible => Step::Create { same: true },
            Stage::Uploading { there, .. } if sensible => match (1..=count).find(|n| !there.contains_key(n)) {
                Some(n) => Step::Part { n, longer: 0, owner: true },
                None => Step::Complete,
            },
            Stage::Opened { by, .. } if sensible => {
                let (by, n) = (*by, rng.below(count + 1));
                if rng.percent(15) { Step::Confirm { receiver: by } } else { Step::Fetch { receiver: by, n } }
            }
            _ => match rng.below(20) {
                0 => Step::Create { same: rng.percent(70) || self.model.stage == Stage::Nothing },
                1 | 2 => {
                    Step::Part { n: rng.below(count + 3), longer: [0, 0, -1, 1][rng.below(4)], owner: rng.percent(85) }
                }
                3 | 4 => Step::Received,
                5 | 6 => Step::Complete,
                7 | 8 => Step::Peek { link: rng.percent(80) },
                9..=13 => Step::Open { receiver, link: rng.percent(85), typed },
                14 | 15 => Step::Fetch { receiver, n: rng.below(count + 2) },
                16..=18 => Step::Confirm { receiver },
                _ => Step::Delete { owner: rng.percent(60) },
            },
        }
    }

    /// Takes a step on server and model; returns an error when they differ.
    fn step(&mut self, client: &Client, now: i64) -> Result<(), String> {
        self.model.forget(now);
        let step = self.choose();
        self.steps.push(format!("{now}: {step:?}"));
        let wanted = self.apply_to_model(step, now);
        let got = self.perform(client, step);
        if let Step::Part { n, longer, .. } = step
            && got.starts_with("204")
        {
            // A part that is too long and one that is too short can compensate for each other.
            self.arrived[n - 1] = self.piece(n, longer);
        }
        self.agree(&format!("{step:?}"), &got, &wanted)?;
        // The status at the same moment.
        let status = describe_status(&client.status(&self.share));
        self.agree("the status", &status, &self.model.status(now))
    }

    fn agree(&self, what: &str, got: &str, wanted: &str) -> Result<(), String> {
        if got == wanted {
            return Ok(());
        }
        let Terms { lifetime, password, lengths, .. } = &self.model.terms;
        let steps = self.steps.join("\n  ");
        Err(format!(
            "{what}: {got:?} where the model says {wanted:?}\nlifetime {lifetime}, password {password}, parts {lengths:?}\n  {steps}"
        ))
    }

    fn apply_to_model(&mut self, step: Step, now: i64) -> String {
        let length = if let Step::Part { n, longer, .. } = step { self.piece(n, longer).len() } else { 0 };
        let model = &mut self.model;
        match step {
            Step::Create { same } => model.create(now, same),
            Step::Part { n, owner, .. } => model.part(now, n, length, owner),
            Step::Received => model.received(now),
            Step::Complete => model.complete(now),
            Step::Peek { link } => model.peek(now, link),
            Step::Open { receiver, link, typed } => model.open(now, receiver, link, typed),
            Step::Fetch { receiver, n } => model.fetch(now, receiver, n),
            Step::Confirm { receiver } => model.confirm(now, receiver),
            Step::Delete { owner } => model.delete(now, owner),
        }
    }

    /// The bytes of part `n`, longer or shorter by `longer`; arbitrary bytes for a part that the share does not have.
    fn piece(&self, n: usize, longer: isize) -> Vec<u8> {
        let mut bytes = self.parts.get(n.wrapping_sub(1)).cloned().unwrap_or_else(|| vec![7; 100]);
        bytes.resize(bytes.len().saturating_add_signed(longer), 7);
        bytes
    }

    fn perform(&self, client: &Client, step: Step) -> String {
        let (share, path) = (&self.share, self.share.path());
        match step {
            Step::Create { same } => {
                let mut body = share.body.clone();
                if !same {
                    body["lifetime"] = 3_601.into();
                }
                let response = client.json("PUT", &path, Some(&share.owner.expose()), &body);
                describe_response(&response, |json| text(&json["state"]))
            }
            Step::Part { n, longer, owner } => {
                let owner = if owner { share.owner.expose() } else { Owner::random().unwrap().expose() };
                let bearer = format!("Bearer {owner}");
                let headers = [("Authorization", &*bearer), ("Content-Type", "application/octet-stream")];
                let piece = self.piece(n, longer);
                describe_response(&client.send("PUT", &format!("{path}/parts/{n}"), &headers, Some(&piece)), |_| {
                    String::new()
                })
            }
            Step::Received => describe_response(&client.received(share), |json| numbers(&json["received"])),
            Step::Complete => describe_response(&client.complete(share), |json| text(&json["state"])),
            Step::Peek { link } => {
                let body = json!({ "open_proof": if link { share.open_proof() } else { b64(&[9; 32]) } });
                describe_response(&client.json("POST", &format!("{path}/peek"), None, &body), describe_peek)
            }
            Step::Open { receiver, link, typed } => {
                let proof = match typed {
                    Typed::Nothing => None,
                    Typed::Right => share.password_proof.clone(),
                    Typed::Wrong => Some(b64(&[8; 32])),
                };
                let mut body = open_body(share, &self.receivers[receiver], proof.as_deref());
                if !link {
                    body["open_proof"] = b64(&[9; 32]).into();
                }
                let response = client.json("POST", &format!("{path}/open"), None, &body);
                describe_response(&response, |json| {
                    if json["part0"] != share.body["part0"] {
                        return "changed".to_owned();
                    }
                    let grace = moment(&json["grace_until"]);
                    format!("opened, opened at {}", grace - self.model.terms.grace())
                })
            }
            Step::Fetch { receiver, n } => {
                let response = client.part(share, &self.receivers[receiver], n.try_into().unwrap());
                let sent = match n {
                    0 => crate::site::from_b64(share.body["part0"].as_str().unwrap()),
                    n => self.arrived.get(n - 1).cloned().unwrap_or_default(),
                };
                let as_sent = response.status == 200 && response.body == sent;
                if as_sent { "200 as sent".to_owned() } else { describe_response(&response, |_| "changed".to_owned()) }
            }
            Step::Confirm { receiver } => {
                describe_response(&client.confirm(share, &self.receivers[receiver]), |_| String::new())
            }
            Step::Delete { owner } => {
                let owner = if owner { share.owner.expose() } else { Owner::random().unwrap().expose() };
                describe_response(&client.bare("DELETE", &path, &owner), |_| String::new())
            }
        }
    }
}

/// Returns the text of a member, or `?`.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or("?").to_owned()
}

fn numbers(value: &Value) -> String {
    let numbers = value.as_array().map(|all| all.iter().filter_map(Value::as_u64).collect::<Vec<_>>());
    format!("{:?}", numbers.unwrap_or_default())
}

/// Converts a response to the model's terms; `good` describes a successful one.
pub(crate) fn describe_response(response: &Response, good: impl Fn(&Value) -> String) -> String {
    let json = response.json();
    let outcome = match (response.status, response.code().as_str()) {
        (200..=299, _) => good(&json),
        (403, "wrong_password") => format!("wrong_password, {} left", json["tries_left"]),
        (409, "missing_parts") => format!("missing_parts {}", numbers(&json["missing"])),
        (410, "gone") => {
            let yours = if json["yours"] == true { ", yours" } else { "" };
            format!("gone {} at {}{yours}", text(&json["state"]), moment(&json["at"]))
        }
        (429, "slow_down") => format!("slow_down {}", retry_after(response)),
        (_, code) => code.to_owned(),
    };
    format!("{} {outcome}", response.status).trim_end().to_owned()
}

fn describe_peek(json: &Value) -> String {
    if json["state"] == "waiting" {
        let tries = json.get("tries_left").map(|left| {
            let wait = json.get("retry_after").map(|wait| format!(" after {wait}")).unwrap_or_default();
            format!(" {left} tries left{wait}")
        });
        return format!("waiting until {}{}", moment(&json["expires_at"]), tries.unwrap_or_default());
    }
    let grace = json.get("grace_until").map(|until| format!(", grace until {}", moment(until)));
    format!("{} at {}{}", text(&json["state"]), moment(&json["at"]), grace.unwrap_or_default())
}

fn describe_status(response: &Response) -> String {
    describe_response(response, |json| {
        let (since, until) = (moment(&json["created_at"]), moment(&json["expires_at"]));
        let mut outcome = format!("{} since {since} until {until}", text(&json["state"]));
        for name in ["opened_at", "confirmed_at", "grace_until", "reading_until"] {
            if let Some(at) = json.get(name) {
                write!(outcome, " {name} {}", moment(at)).unwrap();
            }
        }
        format!("{outcome}, {} wrong", json["wrong_passwords"])
    })
}

fn settings(options: Options) -> Options {
    // libfaketime serialises reads of the clock: two concurrent ones may see different times.
    options.set("grace", GRACE).set("reading_window", READING).set("workers", 1)
}

/// Takes `count` shares through their steps, [`ABREAST`] at a time.
fn walk(environment: &Environment, count: usize, seed: u64) {
    let mut rng = Rng::seeded(seed);
    // The embedded store reads the clock from many threads.
    let workers = if environment.name() == "embedded" { 1 } else { WORKERS };
    let mut server = environment.start(settings);
    let (mut now, mut deaths, mut turns) = (Clock::BEGIN, 0, 0);
    for batch in 0..count.div_ceil(ABREAST) {
        let mut walkers: Vec<Walker> =
            (0..ABREAST.min(count - batch * ABREAST)).map(|_| Walker::new(rng.number())).collect();
        for _ in 0..STEPS {
            if rng.percent(25) {
                turns += 1;
                now += [1, 30, 59, 60, 61, 240, 900, 2_101, 3_599, 3_600, 3_601, 7_200, 86_400, 700_000][rng.below(14)];
                // A store drops expired data within the following millisecond; no step falls into it.
                while walkers.iter().any(|walker| walker.model.ends().contains(&now)) {
                    now += 1;
                }
                environment.clock.set(now);
            }
            if rng.percent(4) {
                deaths += 1;
                if rng.percent(70) {
                    server.kill();
                } else {
                    assert!(server.terminate().success());
                }
                server = environment.start(settings);
            }
            let url = server.url();
            let failures: Vec<String> = thread::scope(|scope| {
                let threads: Vec<_> = walkers
                    .chunks_mut(ABREAST.div_ceil(workers))
                    .map(|some| {
                        let client = Client::new(url.clone());
                        scope.spawn(move || some.iter_mut().find_map(|walker| walker.step(&client, now).err()))
                    })
                    .collect();
                threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
            });
            let log = server.log.text();
            assert!(!log.contains("panicked"), "{log}");
            assert!(failures.is_empty(), "OTS_SEED={seed}, {}: {}", environment.name(), failures[0]);
        }
    }
    now += 40 * 86_400;
    environment.clock.set(now);
    // The sweep at startup removes expired rows.
    server.kill();
    server = environment.start(settings);
    assert!(server.terminate().success());
    environment.is_empty_soon();
    row(
        &format!("model sequences ({})", environment.name()),
        format!(
            "{count} x {STEPS} steps, {turns} turns of the clock, {deaths} deaths of the server: no difference, nothing left over"
        ),
    );
}

#[test]
fn random_sequences_of_calls_clock_jumps_and_crashes_match_the_model() {
    let count = if full() { 2_000 } else { 100 };
    let seed = Rng::seed();
    thread::scope(|scope| {
        scope.spawn(|| walk(&Environment::embedded(Clock::new()), count, seed));
        scope.spawn(|| walk(&Environment::redis(Clock::new()), count, seed));
    });
}
