//! Crash tests of the embedded store.
//!
//! The test starts itself as a child process that writes and reports each acknowledgement on its standard output. It kills
//! the child at varying times and then checks the folder.

use crate::embedded_files::parts_kept;
use crate::fixture::{bytes, numbered_id, record};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    BIG_PART, Command, EmbeddedOptions, EmbeddedStorage, PartPut, PartsFate, Reply, Storage, StoreError, Swapped,
};
use onetimeshare_envelope::ShareId;
use std::collections::HashMap;
use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{self, Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const KILLS: u64 = 20;
const FOLDER: &str = "STORAGE_TEST_CRASH_FOLDER";
const FIRST: &str = "STORAGE_TEST_CRASH_FIRST";
/// Range of share numbers for one child process.
const SPAN: u64 = 1_000_000;
/// Concurrent writers, so that a kill hits group commits.
const WRITERS: u64 = 3;
/// Shares that one thread writes in one batch, so that parts share files.
const TOGETHER: u64 = 8;

/// The steps in the life of a share, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Step {
    Created,
    Filled,
    Replaced,
    Opened,
    Dropped,
}

const STEPS: [(Step, &str); 5] = [
    (Step::Created, "created"),
    (Step::Filled, "filled"),
    (Step::Replaced, "replaced"),
    (Step::Opened, "opened"),
    (Step::Dropped, "dropped"),
];

fn far() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(u64::try_from(now.as_millis()).unwrap()).plus(3600)
}

/// Returns part `n` of a share in a version. Every third share has long parts, each in its own file.
fn part(share: u64, n: u64, version: u64) -> Vec<u8> {
    let length = [BIG_PART + 1, 100, 20_000][usize::try_from(share % 3).unwrap()];
    bytes(share * 100 + n * 10 + version, length)
}

fn state(id: ShareId, step: Step) -> Vec<u8> {
    record(
        id,
        match step {
            Step::Created | Step::Filled | Step::Replaced => "waiting",
            Step::Opened => "opened",
            Step::Dropped => "dropped",
        },
    )
}

/// The child process: takes shares through their steps until it is killed.
fn write_until_killed(folder: &Path, first: u64) {
    let storage = Arc::new(EmbeddedStorage::open(folder, EmbeddedOptions::default()).unwrap());
    let next = Arc::new(AtomicU64::new(first));
    let writers = (0..WRITERS).map(|_| {
        let (storage, next) = (Arc::clone(&storage), Arc::clone(&next));
        thread::spawn(move || {
            loop {
                let first = next.fetch_add(TOGETHER, Ordering::Relaxed);
                for (step, name) in STEPS {
                    // Shares end at different steps.
                    let living = (first..first + TOGETHER).filter(|share| step as u64 <= share % 7);
                    let commands = living.clone().map(|share| command(share, numbered_id(share), step));
                    let answers = storage.execute(commands.collect());
                    for (share, answer) in living.zip(answers) {
                        assert_eq!(answer, Ok(expected(share, step)));
                        let mut out = std::io::stdout().lock();
                        writeln!(out, "@ {share} {name}").unwrap();
                        out.flush().unwrap();
                    }
                }
            }
        })
    });
    writers.collect::<Vec<_>>().into_iter().for_each(|writer| writer.join().unwrap());
}

fn command(share: u64, id: ShareId, step: Step) -> Command {
    let until = far();
    let put = |n, version| Command::PutPart {
        id,
        old: state(id, Step::Created),
        n,
        bytes: part(share, u64::from(n), version),
        until,
        max_bytes: u64::MAX,
    };
    let swap = |old, new, parts| Command::Swap {
        id,
        old: state(id, old),
        new: state(id, new),
        record_until: until,
        parts,
        big: false,
    };
    match step {
        Step::Created => Command::Insert {
            id,
            record: state(id, step),
            part0: part(share, 0, 0),
            record_until: until,
            parts_until: until,
        },
        Step::Filled => put(1, 0),
        Step::Replaced => put(1, 1),
        Step::Opened => swap(Step::Created, Step::Opened, PartsFate::Open(until)),
        Step::Dropped => swap(Step::Opened, Step::Dropped, PartsFate::Drop),
    }
}

fn expected(share: u64, step: Step) -> Reply {
    match step {
        Step::Created => Reply::Inserted(true),
        Step::Filled | Step::Replaced => Reply::PartPut(PartPut::Done),
        Step::Opened => Reply::Swapped(Swapped::Done(Some(part(share, 0, 0)))),
        Step::Dropped => Reply::Swapped(Swapped::Done(None)),
    }
}

/// Starts a child process on `folder`: the test `test` with `FOLDER` set.
fn start(folder: &Path, first: u64, test: &str) -> Child {
    process::Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Runs the child process, kills it, and collects its acknowledgements.
fn killed(folder: &Path, kill: u64, done: &mut HashMap<u64, Step>) {
    let first = kill * SPAN;
    let mut child = start(folder, first, "crash::a_store_killed_at_any_time_has_every_acknowledged_write");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut note = |line: &str| {
        let mut words = line.split(' ');
        if words.next() != Some("@") {
            return false;
        }
        // The last line may be incomplete.
        let (Some(share), Some(name)) = (words.next().and_then(|word| word.parse().ok()), words.next()) else {
            return false;
        };
        let Some((step, _)) = STEPS.iter().find(|(_, known)| *known == name) else { return false };
        done.insert(share, *step);
        true
    };
    // Some are killed right after the first acknowledgement, others later.
    let mut heard = 0;
    let mut wanted = 1 + kill * kill % 400;
    while wanted > 0 {
        let line = lines.next().expect("the child process runs until it is killed").unwrap();
        if note(&line) {
            wanted -= 1;
            heard += 1;
        }
    }
    let moment = Instant::now() + Duration::from_micros(kill * 7919 % 5000);
    while Instant::now() < moment {
        thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        note(&line);
    }
    assert!(heard > 0);
}

/// The results of the checks.
#[derive(Default, Debug)]
struct Found {
    shares: u64,
    unacknowledged: u64,
    lost: u64,
    reopened: u64,
    damaged: u64,
}

fn check(storage: &EmbeddedStorage, kill: u64, done: &HashMap<u64, Step>, found: &mut Found, files: &mut usize) {
    let one = |command| storage.execute(vec![command]).remove(0).unwrap();
    let part_of = |id, n| match one(Command::GetPart { id, n, big: false }) {
        Reply::Part(part) => part,
        other => panic!("{other:?}"),
    };
    // There may also be shares whose acknowledgement was not reported.
    let last = |kill: u64| done.keys().filter(|share| *share / SPAN == kill).max().map_or(0, |last| last % SPAN);
    let numbers = (1..=kill).flat_map(|kill| kill * SPAN..=kill * SPAN + last(kill) + 2 * WRITERS * TOGETHER);
    for share in numbers {
        let id = numbered_id(share);
        let told = done.get(&share).copied();
        let Reply::Loaded(loaded) = one(Command::Load { id }) else { panic!() };
        let Some(record) = loaded.record else {
            found.lost += u64::from(told.is_some());
            continue;
        };
        found.shares += 1;
        found.unacknowledged += u64::from(told.is_none());
        let told = told.unwrap_or(Step::Created);
        let is = |step| record == state(id, step);
        let (first, second) = (part_of(id, 0), part_of(id, 1));
        let whole = if is(Step::Dropped) {
            first.is_none() && second.is_none()
        } else {
            *files += [&first, &second].into_iter().flatten().count();
            let versions = [None, Some(part(share, 1, 0)), Some(part(share, 1, 1))];
            first == Some(part(share, 0, 0)) && versions.contains(&second)
        };
        found.damaged += u64::from(!whole);
        found.reopened +=
            u64::from((told >= Step::Opened && is(Step::Created)) || (told == Step::Dropped && !is(Step::Dropped)));
        found.lost += u64::from(told >= Step::Filled && !is(Step::Dropped) && second.is_none());
        found.lost += u64::from(told >= Step::Replaced && second.is_some_and(|second| second != part(share, 1, 1)));
    }
}

#[test]
fn a_store_killed_at_any_time_has_every_acknowledged_write() {
    if let (Ok(folder), Ok(first)) = (env::var(FOLDER), env::var(FIRST)) {
        return write_until_killed(Path::new(&folder), first.parse().unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    let mut done = HashMap::new();
    let mut found = Found::default();
    let mut slowest = Duration::ZERO;
    for kill in 1..=KILLS {
        killed(folder.path(), kill, &mut done);
        let start = Instant::now();
        let storage = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap();
        slowest = slowest.max(start.elapsed());
        found = Found::default();
        let mut files = 0;
        check(&storage, kill, &done, &mut found, &mut files);
        assert_eq!(parts_kept(folder.path()), files, "a file without a row, or a row without");
        assert_eq!((found.lost, found.reopened, found.damaged), (0, 0, 0), "after kill {kill}: {found:?}");
    }
    println!("{KILLS} kills: {} acknowledged, {found:?}; opening took {slowest:?} at most", done.len());
    assert!(found.shares >= done.len() as u64 && done.len() > 100);
}

/// The child process with a limit on file sizes: writes until the disk fails, and continues.
fn write_against_the_limit(folder: &Path) {
    let storage = EmbeddedStorage::open(folder, EmbeddedOptions::default()).unwrap();
    let one = |command| storage.execute(vec![command]).remove(0);
    let insert = |share, length| Command::Insert {
        id: numbered_id(share),
        record: state(numbered_id(share), Step::Created),
        part0: bytes(share, length),
        record_until: far(),
        parts_until: far(),
    };
    let mut refused = 0;
    let mut stored = Vec::new();
    for share in 1.. {
        match one(insert(share, 10_000)) {
            Ok(reply) => {
                assert_eq!(reply, Reply::Inserted(true));
                stored.push(share);
            }
            Err(_) => refused += 1,
        }
        // The calls after a failure must succeed: the database is reopened for them.
        if refused > 0 {
            let Ok(Reply::Loaded(loaded)) = one(Command::Load { id: numbered_id(stored[0]) }) else { panic!() };
            assert_eq!(loaded.record, Some(state(numbered_id(stored[0]), Step::Created)));
        }
        if refused == 3 {
            break;
        }
    }
    // Writing a long part fails, too, and leaves no file.
    assert_eq!(one(insert(SPAN, 5_000_000)), Err(StoreError::Full));
    assert_eq!(folder.join("parts").read_dir().unwrap().count(), stored.len());
    // Reads still succeed.
    for share in &stored[..5] {
        let Ok(Reply::Part(part)) = one(Command::GetPart { id: numbered_id(*share), n: 0, big: false }) else {
            panic!()
        };
        assert_eq!(part, Some(bytes(*share, 10_000)));
    }
    for share in &stored {
        println!("@ {share} created");
    }
}

#[test]
fn a_failing_disk_loses_nothing_and_is_used_again() {
    if let Ok(folder) = env::var(FOLDER) {
        return write_against_the_limit(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "crash::a_failing_disk_loses_nothing_and_is_used_again";
    // Ignores the signal, so that a write beyond the limit fails instead of killing the process.
    let run = process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\""])
        .arg(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let output = String::from_utf8(run.stdout).unwrap();
    let stored: Vec<u64> =
        output.lines().filter_map(|line| line.strip_prefix("@ ")?.split(' ').next()?.parse().ok()).collect();
    let storage = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap();
    for share in &stored {
        let part = storage.execute(vec![Command::GetPart { id: numbered_id(*share), n: 0, big: false }]).remove(0);
        assert_eq!(part, Ok(Reply::Part(Some(bytes(*share, 10_000)))));
    }
    println!("{} shares stored before and after the disk failed three times", stored.len());
    assert!(stored.len() > 50);
}
