//! Random walks of requests: makes, looks at, answers and ends them over HTTP, with clock jumps and server crashes, and
//! checks each response against a model.

use crate::asked::Asked;
use crate::client::{Client, Share};
use crate::clock::Clock;
use crate::environment::Environment;
use crate::full;
use crate::random_walk::{describe_response, text};
use crate::rng::Rng;
use crate::server::Options;
use crate::site::{b64, moment};
use crate::table::row;
use onetimeshare_envelope::Owner;
use onetimeshare_envelope::request::Sealed;
use serde_json::Value;
use std::thread;

/// Calls on each request.
const STEPS: usize = 40;
/// Requests that go through the same clock jumps and crashes together.
const ABREAST: usize = 25;
/// Seconds for which a record is kept after the request: the longest lifetime of a share.
const KEPT: i64 = 604_800;

fn settings(options: Options) -> Options {
    options.set("lifetimes", "[3600, 604800]").set("default_lifetime", 604_800).set("workers", 1)
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Make { same: bool },
    Look { link: bool },
    Answer { link: bool, which: usize },
    End { owner: bool },
}

/// The expected state of a request after the calls that it has seen.
struct Model {
    lifetime: i64,
    wanted: usize,
    since: Option<i64>,
    /// The answers that came, and when.
    answers: Vec<(usize, i64)>,
    ended: Option<i64>,
}

impl Model {
    fn until(&self) -> i64 {
        self.since.unwrap_or_default() + self.lifetime
    }

    fn forget(&mut self, now: i64) {
        if self.since.is_some() && now >= self.until() + KEPT {
            (self.since, self.ended) = (None, None);
            self.answers.clear();
        }
    }

    /// Times within whose second a store drops what has expired.
    fn ends(&self) -> Vec<i64> {
        self.since.map(|_| vec![self.until(), self.until() + KEPT]).unwrap_or_default()
    }

    /// The state, and since when it takes no more answers.
    fn state(&self, now: i64) -> (&'static str, Option<i64>) {
        match (self.ended, self.answers.last()) {
            (Some(at), _) => ("deleted", Some(at)),
            (None, Some((_, at))) if self.answers.len() == self.wanted => ("full", Some(*at)),
            _ if now >= self.until() => ("expired", Some(self.until())),
            _ => ("open", None),
        }
    }

    fn left(&self, now: i64) -> usize {
        if self.state(now).0 == "open" { self.wanted - self.answers.len() } else { 0 }
    }

    fn apply(&mut self, step: Step, now: i64) -> String {
        let (state, over) = self.state(now);
        let exists = self.since.is_some();
        match step {
            Step::Make { .. } if !exists => {
                self.since = Some(now);
                format!("201 open until {}", self.until())
            }
            Step::Make { same: true } => format!("200 {state} until {}", self.until()),
            Step::Make { same: false } => "409 taken".to_owned(),
            Step::Look { link: false } | Step::Answer { link: false, .. } | Step::End { owner: false } => {
                "404 not_found".to_owned()
            }
            _ if !exists => "404 not_found".to_owned(),
            Step::Look { .. } => match over {
                Some(at) => format!("200 {state} at {at}"),
                None => format!("200 open, {} left until {}", self.left(now), self.until()),
            },
            Step::Answer { which, .. } => {
                if let Some(place) = self.answers.iter().position(|(known, _)| *known == which) {
                    return format!("200 {}", place + 1);
                }
                match (state, over) {
                    ("full", _) => "409 full".to_owned(),
                    (_, Some(at)) => format!("410 gone {state} at {at}"),
                    _ => {
                        self.answers.push((which, now));
                        format!("201 {}", self.answers.len())
                    }
                }
            }
            Step::End { .. } => {
                if state == "open" {
                    self.ended = Some(now);
                }
                "204".to_owned()
            }
        }
    }

    fn status(&self, now: i64) -> String {
        let Some(since) = self.since else { return "404 not_found".to_owned() };
        let (state, over) = self.state(now);
        let came = &self.answers;
        format!("200 {state} at {over:?}, since {since} until {}, {} left: {came:?}", self.until(), self.left(now))
    }
}

/// A request under test.
struct Walker {
    rng: Rng,
    asked: Asked,
    sealed: Vec<Sealed>,
    model: Model,
    steps: Vec<String>,
}

impl Walker {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::seeded(seed);
        let wanted = 1 + rng.below(4);
        let lifetime = [86_400, 86_401, 100_000, 604_800][rng.below(4)];
        let mut asked = Asked::new("walks", u8::try_from(wanted).unwrap());
        asked.body["lifetime"] = lifetime.into();
        let sealed = (0..6).map(|_| asked.sealed(&Share::new("").link)).collect();
        let model = Model { lifetime, wanted, since: None, answers: Vec::new(), ended: None };
        Self { rng, asked, sealed, model, steps: Vec::new() }
    }

    fn choose(&mut self) -> Step {
        let exists = self.model.since.is_some();
        let rng = &mut self.rng;
        match rng.below(20) {
            _ if !exists && rng.percent(50) => Step::Make { same: true },
            0..=2 => Step::Make { same: !exists || rng.percent(70) },
            3..=8 => Step::Look { link: rng.percent(85) },
            9..=18 => Step::Answer { link: rng.percent(85), which: rng.below(6) },
            _ => Step::End { owner: rng.percent(50) },
        }
    }

    /// Takes a step on server and model; returns an error when they differ.
    fn step(&mut self, client: &Client, now: i64) -> Result<(), String> {
        self.model.forget(now);
        let step = self.choose();
        self.steps.push(format!("{now}: {step:?}"));
        let wanted = self.model.apply(step, now);
        self.agree(&format!("{step:?}"), &self.perform(client, step), &wanted)?;
        self.agree("the status", &self.status(client), &self.model.status(now))
    }

    fn agree(&self, what: &str, got: &str, wanted: &str) -> Result<(), String> {
        if got == wanted {
            return Ok(());
        }
        let steps = self.steps.join("\n  ");
        Err(format!("{what}: {got:?} where the model says {wanted:?}\n{}\n  {steps}", self.asked.body["lifetime"]))
    }

    fn perform(&self, client: &Client, step: Step) -> String {
        let asked = &self.asked;
        let proof = |link: bool| if link { asked.proof() } else { b64(&[9; 32]) };
        match step {
            Step::Make { same } => {
                let mut body = asked.body.clone();
                if !same {
                    body["answers"] = (self.model.wanted + 1).into();
                }
                let response = client.json("PUT", &asked.path(), Some(&asked.owner()), &body);
                describe_response(&response, |json| {
                    format!("{} until {}", text(&json["state"]), moment(&json["expires_at"]))
                })
            }
            Step::Look { link } => describe_response(&asked.look_with(client, &proof(link)), |json| {
                if json["state"] != "open" {
                    return format!("{} at {}", text(&json["state"]), moment(&json["at"]));
                }
                if json["box"] != asked.body["box"] {
                    return "another box".to_owned();
                }
                format!("open, {} left until {}", json["answers_left"], moment(&json["expires_at"]))
            }),
            Step::Answer { link, which } => {
                let response = asked.hand_in_with(client, &proof(link), &self.sealed[which]);
                describe_response(&response, |json| json["number"].to_string())
            }
            Step::End { owner: true } => describe_response(&asked.end(client), |_| String::new()),
            Step::End { owner: false } => {
                let stranger = Owner::random().unwrap().expose();
                describe_response(&client.bare("DELETE", &asked.path(), &stranger), |_| String::new())
            }
        }
    }

    fn status(&self, client: &Client) -> String {
        describe_response(&self.asked.status(client), |json| {
            let at = json.get("at").filter(|at| !at.is_null()).map(moment);
            let which = |answer: &Value| {
                let place = self.sealed.iter().position(|sealed| answer["sealed"] == b64(&sealed.0)).unwrap();
                (place, moment(&answer["at"]))
            };
            let answers = json["answers"].as_array().unwrap();
            assert!(answers.iter().zip(1..).all(|(answer, number)| answer["number"] == number), "{json}");
            let came: Vec<_> = answers.iter().map(which).collect();
            let (since, until) = (moment(&json["created_at"]), moment(&json["expires_at"]));
            let state = text(&json["state"]);
            format!("{state} at {at:?}, since {since} until {until}, {} left: {came:?}", json["answers_left"])
        })
    }
}

/// Takes `count` requests through their steps, [`ABREAST`] at a time.
fn walk(environment: &Environment, count: usize, seed: u64) {
    let mut rng = Rng::seeded(seed);
    let mut server = environment.start(settings);
    let (mut now, mut deaths, mut turns, mut came) = (Clock::BEGIN, 0, 0, 0);
    for _ in 0..count / ABREAST {
        let mut walkers: Vec<Walker> = (0..ABREAST).map(|_| Walker::new(rng.number())).collect();
        for _ in 0..STEPS {
            if rng.percent(25) {
                turns += 1;
                now += [1, 59, 3_600, 43_200, 86_399, 86_400, 86_401, 604_799, 604_800][rng.below(9)];
                while walkers.iter().any(|walker| walker.model.ends().contains(&now)) {
                    now += 1;
                }
                environment.clock.set(now);
            }
            if rng.percent(6) {
                deaths += 1;
                server.kill();
                server = environment.start(settings);
            }
            let client = Client::new(server.url());
            for walker in &mut walkers {
                if let Err(failure) = walker.step(&client, now) {
                    panic!("OTS_SEED={seed}, {}: {failure}", environment.name());
                }
            }
            let log = server.log.text();
            assert!(!log.contains("panicked"), "{log}");
        }
        came += walkers.iter().map(|walker| walker.model.answers.len()).sum::<usize>();
    }
    // Guards against walks that get nowhere.
    assert!(came > 0 && turns > 0 && deaths > 0, "{came} answers, {turns} turns, {deaths} deaths");
    environment.clock.set(now + 40 * 86_400);
    // The sweep at startup removes expired rows.
    server.kill();
    server = environment.start(settings);
    assert!(server.terminate().success());
    environment.is_empty_soon();
    row(
        &format!("model sequences of requests ({})", environment.name()),
        format!(
            "{count} x {STEPS} steps, {turns} turns of the clock, {deaths} deaths of the server: no difference, nothing left over"
        ),
    );
}

#[test]
fn random_sequences_of_asking_answering_and_ending_match_the_model() {
    let count = if full() { 1_000 } else { 50 };
    let seed = Rng::seed();
    thread::scope(|scope| {
        scope.spawn(|| walk(&Environment::embedded(Clock::new()), count, seed));
        scope.spawn(|| walk(&Environment::redis(Clock::new()), count, seed));
    });
}
