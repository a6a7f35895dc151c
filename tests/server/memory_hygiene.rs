//! Tests that plaintext does not stay in the server's memory after a request without scripts.
#![cfg(target_os = "linux")]

use crate::client::{Client, Share};
use crate::html::{link, message, page};
use crate::server::Options;
use crate::site::{SOON, Site, claim, hex, until};
use onetimeshare_envelope::Link;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Reads all writable memory of a process. Only root can read that of a process that is not dumpable.
fn memory(pid: u32) -> std::io::Result<Vec<Vec<u8>>> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps"))?;
    let memory = File::open(format!("/proc/{pid}/mem"))?;
    let mut regions = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        if !rights.starts_with("rw") || line.ends_with("[vvar]") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|end| u64::from_str_radix(end, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact_at(&mut bytes, from).is_ok() {
            regions.push(bytes);
        }
    }
    Ok(regions)
}

fn copies(regions: &[Vec<u8>], what: &[u8]) -> usize {
    regions.iter().map(|region| memchr::memmem::find_iter(region, what).count()).sum()
}

/// Names of the secrets in the test.
const NAMES: [&str; 6] = ["message", "password", "link", "link with a password", "key", "key with a password"];

#[test]
fn what_forms_held_is_wiped_from_memory() {
    let site = Site::embedded(Options::default());
    let forms = Client::new(site.server.url());
    // So long that the requests below overwrite only a part of the memory that held it.
    let line = format!("a message {} that nobody else writes", hex(&claim().as_bytes()[..8]));
    let text = [line.as_str(); 1_000].join("\n");
    let password = format!("pass {}", hex(&claim().as_bytes()[..8]));
    let mut links = Vec::new();
    for password in ["", password.as_str()] {
        let fields = [("message", text.as_str()), ("password", password)];
        let made = link(&page(&forms.form("/", "text/html", &fields), 200));
        let nonce = claim().expose();
        let fields = [("link", made.as_str()), ("password", password), ("nonce", &nonce)];
        let path = format!("/s/{}", Link::parse(&made).unwrap().id);
        assert_eq!(message(&page(&forms.form(&path, "text/html", &fields), 200)), text);
        links.push(made);
    }
    // An idle connection stays open, and keeps its buffers.
    drop(forms);
    let pid = site.server.pid();
    if let Err(error) = memory(pid) {
        assert!(!rustix::process::geteuid().is_root() && std::env::var_os("CI").is_none(), "{error}");
        println!("not run: the server's memory cannot be read by its own user");
        return;
    }
    let fragments = links.iter().map(|link| link.split('#').nth(1).unwrap().as_bytes().to_vec());
    let keys = links.iter().map(|link| Link::parse(link).unwrap().key.as_bytes().to_vec());
    let secrets: Vec<_> = [line.into_bytes(), password.into_bytes()].into_iter().chain(fragments).chain(keys).collect();
    // The buffers of a connection are freed when it closes, and the stacks of its threads overwritten by later requests.
    until(Duration::from_secs(20), "freed buffers", || {
        site.create(&Share::new("of a browser"));
        assert_eq!(site.get("/about").status, 200);
        let regions = memory(pid).unwrap();
        assert!(copies(&regions, b"onetimeshare") > 0, "the memory was read");
        let left = NAMES.iter().zip(&secrets).map(|(name, secret)| (name, copies(&regions, secret)));
        let last: Vec<_> = left.filter(|(_, copies)| *copies > 0).collect();
        println!("copies left in memory: {last:?}");
        last.is_empty().then_some(())
    });
}

#[test]
fn the_server_writes_no_core_dump() {
    let site = Site::embedded(Options::default());
    let limits = fs::read_to_string(format!("/proc/{}/limits", site.server.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
}

/// The words before a command that run it as an ordinary user does: root gives up its capabilities.
fn ordinary() -> &'static [&'static str] {
    let root = rustix::process::geteuid().is_root();
    if root { &["setpriv", "--bounding-set=-all", "--inh-caps=-all"] } else { &["env"] }
}

fn run(words: &[&str]) -> Command {
    let mut command = Command::new(ordinary()[0]);
    command.args(&ordinary()[1..]).args(words).stderr(Stdio::null());
    command
}

#[test]
fn other_processes_of_its_user_cannot_read_the_server_s_memory() {
    let server = Options::default().through(ordinary()).start();
    let mut dumpable = run(&["sleep", "60"]).spawn().unwrap();
    // The program is replaced by `sleep` first.
    let command = || fs::read_to_string(format!("/proc/{}/cmdline", dumpable.id())).unwrap();
    until(SOON, "the process to start", || command().starts_with("sleep").then_some(()));
    let reads = |pid: u32, file: &str| {
        let output = run(&["head", "--bytes=1", &format!("/proc/{pid}/{file}")]).output().unwrap();
        output.status.success() && !output.stdout.is_empty()
    };
    let readable = ["maps", "environ"].map(|file| [dumpable.id(), server.pid()].map(|pid| reads(pid, file)));
    dumpable.kill().unwrap();
    dumpable.wait().unwrap();
    assert_eq!(readable, [[true, false]; 2], "of a process that is dumpable, and of the server");
}
