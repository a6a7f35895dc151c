//! Load test of the site, compared with a Rocket server that responds with five bytes, in the same binary and run.
//!
//!     cargo bench --bench load --features bench -- --store redis
//!     cargo bench --bench load --features bench -- --store embedded --only create,open --connections 256
//!
//! Starts the server on a new store and drives it from one thread over persistent connections. Checks every response and
//! opens each share once. Figures are medians of rounds that run all measurements in turn; × is the ratio to the bare
//! server for the same requests (`docs/performance.md`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption stops the benchmark")]
#![allow(clippy::print_stdout, reason = "prints its results")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "approximate figures"
)]
#![allow(unreachable_pub, reason = "the modules are shared with tests")]
#![allow(missing_docs, reason = "not a library")]

#[path = "../tests/support/client.rs"]
mod client;
#[path = "load/engine.rs"]
mod engine;
#[path = "../tests/support/files.rs"]
mod files;
#[path = "../tests/support/ports.rs"]
mod ports;
#[path = "../tests/support/redis.rs"]
mod redis_server;
#[path = "../tests/support/server.rs"]
mod server;
#[path = "load/site.rs"]
mod site;
#[path = "load/work.rs"]
mod work;

use clap::Parser;
use client::{Client, Share};
use engine::drive;
use files::Bulk;
use onetimeshare_envelope::Claim;
use site::{Figures, Kind, Site, cold_start, reset_peak};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use work::{Bare, FormCreate, FormOpen, Lives, Message, Parts, Same, Step, check_page, page_request, text};

const MIB: f64 = 1024.0 * 1024.0;

/// Measures the site under load.
#[derive(Parser)]
struct Plan {
    /// The store.
    #[arg(long, value_enum, default_value = "redis")]
    store: Kind,
    /// Numbers of concurrent connections to measure.
    #[arg(long, value_delimiter = ',', default_values_t = [32])]
    connections: Vec<usize>,
    /// Measurements to run: create, open, confirm, life, pages, forms, files, start, memory, waiting. All except waiting
    /// by default.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Shares per measurement.
    #[arg(long, default_value_t = 30_000)]
    count: usize,
    /// Number of rounds, of which the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Size of the file, in MiB.
    #[arg(long, default_value_t = 100)]
    file: u64,
    /// Shares in Redis during the measurement `waiting`.
    #[arg(long, default_value_t = 1_000_000)]
    waiting: usize,
    /// Path of another build to measure instead.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

/// The figures of all rounds, in the order of first measurement.
#[derive(Default)]
struct Table {
    names: Vec<String>,
    rounds: BTreeMap<String, Vec<Figures>>,
}

impl Table {
    fn add(&mut self, name: &str, figures: Figures) {
        if !self.rounds.contains_key(name) {
            self.names.push(name.to_owned());
        }
        self.rounds.entry(name.to_owned()).or_default().push(figures);
    }

    fn median(&self, name: &str, of: impl Fn(&Figures) -> f64) -> Option<f64> {
        let mut all: Vec<f64> = self.rounds.get(name)?.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    }

    fn print(&self) {
        println!(
            "{:<22} {:>9} {:>6} {:>8} {:>8} {:>11} {:>11}",
            "measure", "per s", "×", "p50 ms", "p99 ms", "server µs", "Redis µs"
        );
        for name in &self.names {
            let value = |of: fn(&Figures) -> f64| self.median(name, of).unwrap();
            let rate = value(|figures| figures.rate);
            let beside = bare_of(name).and_then(|bare| self.median(&bare, |figures| figures.rate));
            let times = beside.map_or(String::new(), |bare| format!("{:.2}", rate / bare));
            println!(
                "{name:<22} {rate:>9.0} {times:>6} {:>8.2} {:>8.2} {:>11.1} {:>11.1}",
                value(|figures| figures.p50),
                value(|figures| figures.p99),
                value(|figures| figures.server_cpu),
                value(|figures| figures.redis_cpu),
            );
        }
    }
}

/// Returns the measurement of the bare server with the same requests and as many connections.
fn bare_of(name: &str) -> Option<String> {
    let (what, connections) = name.rsplit_once(' ')?;
    let bare = match what {
        "create" => "create, bare",
        "page /" | "page /s/…" => "page, bare",
        "open" | "form create" | "form open" => "open, bare",
        _ => return None,
    };
    Some(format!("{bare} {connections}"))
}

struct Bench {
    plan: Plan,
    site: Site,
    table: Table,
}

impl Bench {
    fn wants(&self, what: &str) -> bool {
        self.plan.only.is_empty() || self.plan.only.iter().any(|only| only == what)
    }

    fn messages(&self) -> Arc<Vec<Message>> {
        Arc::new((0..self.plan.count).map(|_| Message::new()).collect())
    }

    /// Runs each measurement once with this number of connections.
    fn round(&mut self, connections: usize) {
        let (site, table) = (&self.site, &mut self.table);
        let named = |what: &str| format!("{what} {connections}");
        let messages = Arc::new((0..self.plan.count).map(|_| Message::new()).collect::<Vec<_>>());
        let lives = |steps: &'static [Step]| Lives::connections(&messages, steps, connections);
        let bare = |steps: &'static [Step]| lives(steps).into_iter().map(|lives| Bare { lives }).collect::<Vec<_>>();
        let wants = |what: &str| self.plan.only.is_empty() || self.plan.only.iter().any(|only| only == what);

        if wants("create") || wants("open") || wants("confirm") || wants("forms") {
            table.add(&named("create, bare"), site.observe(&site.bare, |port| drive(port, bare(&[Step::Create]))));
            table.add(&named("create"), site.observe(&site.server, |port| drive(port, lives(&[Step::Create]))));
            table.add(&named("open, bare"), site.observe(&site.bare, |port| drive(port, bare(&[Step::Open]))));
            table.add(&named("open"), site.observe(&site.server, |port| drive(port, lives(&[Step::Open]))));
            table.add(&named("confirm"), site.observe(&site.server, |port| drive(port, lives(&[Step::Confirm]))));
            site.flush();
        }
        if wants("life") {
            let messages = Arc::new((0..self.plan.count).map(|_| Message::new()).collect::<Vec<_>>());
            let whole = Lives::connections(&messages, &[Step::Create, Step::Open, Step::Confirm], connections);
            let figures = site.observe(&site.server, |port| drive(port, whole));
            // A life is three requests.
            let life = Figures {
                rate: figures.rate / 3.0,
                server_cpu: figures.server_cpu * 3.0,
                redis_cpu: figures.redis_cpu * 3.0,
                ..figures
            };
            table.add(&named("life"), life);
            site.flush();
        }
        if wants("pages") {
            let count = self.plan.count * 2;
            let ask = |path: &str| Same::connections(page_request(path), count, check_page, connections);
            let hello = |status: u16, body: &[u8]| assert!(status == 200 && body == b"hello");
            let bare = Same::connections(page_request("/"), count, hello, connections);
            table.add(&named("page, bare"), site.observe(&site.bare, |port| drive(port, bare)));
            table.add(&named("page /"), site.observe(&site.server, |port| drive(port, ask("/"))));
            table.add(&named("page /s/…"), site.observe(&site.server, |port| drive(port, ask("/s/3f7k0q9xw2m5n8ra"))));
        }
        if wants("forms") {
            let links = Rc::new(RefCell::new(Vec::new()));
            let create = FormCreate::connections(self.plan.count / 2, &links, connections);
            table.add(&named("form create"), site.observe(&site.server, |port| drive(port, create)));
            let open = FormOpen::connections(&links, connections);
            table.add(&named("form open"), site.observe(&site.server, |port| drive(port, open)));
            site.flush();
        }
    }

    /// Uploads and downloads a file, as many parts at a time as the page. Adds both rates in MiB/s and the memory used.
    fn files(&self, rates: &mut [Vec<f64>; 3]) {
        const CONCURRENCY: usize = 3;
        let site = &self.site;
        let client = Client::new(site.server.url());
        let (bulk, claim) = (Arc::new(Bulk::new(self.plan.file * 1024 * 1024)), Claim::random().unwrap());
        let before = reset_peak(&site.server);
        client.create(&bulk.share);
        let up = drive(site.server.port, Parts::connections(&bulk, None, CONCURRENCY));
        assert_eq!(client.complete(&bulk.share).status, 200);
        assert_eq!(client.open(&bulk.share, &claim).status, 200);
        let down = drive(site.server.port, Parts::connections(&bulk, Some(&claim), CONCURRENCY));
        assert_eq!(client.confirm(&bulk.share, &claim).status, 204);
        let size = u64::from(bulk.parts - 1) as f64 * bulk.length() as f64 / MIB;
        rates[0].push(size / up.took.as_secs_f64());
        rates[1].push(size / down.took.as_secs_f64());
        rates[2].push((site.server.memory().1.saturating_sub(before)) as f64 / MIB);
    }

    fn run(&mut self) {
        println!(
            "{}, {} shares per measurement, median of {}",
            self.plan.store.name(),
            self.plan.count,
            self.plan.rounds
        );
        // Warms up store connections, templates and memory.
        let warm: Vec<_> = Lives::connections(
            &Arc::new((0..2_000).map(|_| Message::new()).collect()),
            &[Step::Create, Step::Open, Step::Confirm],
            32,
        );
        drive(self.site.server.port, warm);
        let mut files: [Vec<f64>; 3] = Default::default();
        for _ in 0..self.plan.rounds {
            for connections in self.plan.connections.clone() {
                self.round(connections);
            }
            if self.wants("files") {
                self.files(&mut files);
                self.site.flush();
            }
        }
        self.table.print();
        if self.wants("files") {
            let [up, down, memory] = files.map(|mut all| {
                all.sort_by(f64::total_cmp);
                all[all.len() / 2]
            });
            println!(
                "file of {} MiB: up {up:.0} MiB/s, down {down:.0} MiB/s, memory + {memory:.1} MiB",
                self.plan.file
            );
        }
        if self.wants("memory") {
            let (_, peak) = self.site.server.memory();
            println!("peak memory of the server: {:.1} MiB", peak as f64 / MIB);
            if self.site.redis.is_some() {
                let before = self.site.redis_memory();
                drive(self.site.server.port, Lives::connections(&self.messages(), &[Step::Create], 32));
                let each = (self.site.redis_memory() - before) as f64 / self.plan.count as f64;
                println!("Redis bytes per share of 1 KiB: {each:.0}");
                self.site.flush();
            }
        }
        if self.wants("start") {
            let mut starts: Vec<_> = (0..9).map(|_| cold_start(self.plan.program.as_deref())).collect();
            starts.sort_unstable();
            let (took, _) = starts[starts.len() / 2];
            starts.sort_by_key(|(_, memory)| *memory);
            let (_, idle) = starts[starts.len() / 2];
            println!("cold start to the first response: {:.1} ms", took.as_secs_f64() * 1e3);
            println!("idle memory: {:.1} MiB", idle as f64 / MIB);
        }
    }

    /// Measures the life of messages in an empty Redis, and in one with many other shares.
    fn with_many_shares(&mut self) {
        const STEP: usize = 20_000;
        let share = Share::new(&text());
        for full in [false, true] {
            let mut left = if full { self.plan.waiting } else { 0 };
            while left > 0 {
                let messages = Arc::new((0..left.min(STEP)).map(|_| Message::again(&share)).collect());
                drive(self.site.server.port, Lives::connections(&messages, &[Step::Create], 256));
                left -= left.min(STEP);
            }
            let named = |what: &str| format!("{what}, {}", if full { "many shares" } else { "empty" });
            for _ in 0..self.plan.rounds {
                let messages = self.messages();
                for (what, step) in
                    [("create", &[Step::Create]), ("open", &[Step::Open]), ("confirm", &[Step::Confirm])]
                {
                    let workloads = Lives::connections(&messages, step, 32);
                    self.table.add(&named(what), self.site.observe(&self.site.server, |port| drive(port, workloads)));
                }
            }
        }
        println!("{} shares in Redis", self.plan.waiting);
        self.table.print();
    }
}

fn main() {
    let plan = Plan::parse();
    let site = Site::start(plan.store, plan.program.as_deref());
    let mut bench = Bench { plan, site, table: Table::default() };
    if bench.plan.only == ["waiting"] {
        bench.with_many_shares();
    } else {
        bench.run();
    }
}
