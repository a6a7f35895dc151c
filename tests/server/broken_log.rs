//! Tests that a log which takes no lines delays, ends and kills nothing, and that the lost lines are reported.

use crate::client::Client;
use crate::server::{Options, Server};
use crate::site::{SOON, until};
use crate::small_disk::{own_mounts, seen_by};
use crate::table::row;
use std::fs::File;
use std::io::{PipeReader, Read as _, pipe};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const REQUESTS: usize = 1_500;

fn logging() -> Options {
    Options::default().set("access_log", true).set("metrics", true)
}

/// Starts a server with this standard error and waits until it answers.
fn started(options: Options, stderr: impl Into<Stdio>) -> (Server, Client) {
    let server = options.spawn_with_stderr(stderr);
    let client = Client::new(server.url());
    until(SOON, "the first answer", || client.try_send("GET", "/health/live", &[], None).ok());
    (server, client)
}

/// Sends `count` requests and returns the time they took.
fn ask(client: &Client, count: usize) -> Duration {
    let began = Instant::now();
    thread::scope(|scope| {
        for part in 0..4 {
            scope.spawn(move || {
                for _ in (part..count).step_by(4) {
                    assert_eq!(client.get("/health/live").status, 200);
                }
            });
        }
    });
    began.elapsed()
}

fn lost(client: &Client) -> usize {
    let text = client.get("/metrics").text();
    let line = text.lines().find(|line| line.starts_with("onetimeshare_log_lines_lost_total")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// Returns a pipe whose reader has ended.
fn without_reader() -> Stdio {
    pipe().unwrap().1.into()
}

fn unread() -> (PipeReader, Stdio) {
    let (reader, writer) = pipe().unwrap();
    (reader, writer.into())
}

#[test]
fn a_log_that_takes_no_lines_stops_neither_requests_nor_the_shutdown() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let closed = || logging().through(&["sh", "-c", "exec \"$0\" \"$@\" 2>&-"]);
    let (kept, pipe) = unread();
    for (what, options, stderr, loses) in [
        ("closed", closed(), Stdio::null(), false),
        ("a pipe whose reader has ended", logging(), without_reader(), true),
        ("full", logging(), full(), true),
        ("a pipe that is not read", logging(), pipe, false),
    ] {
        let (mut server, client) = started(options, stderr);
        let took = ask(&client, REQUESTS);
        // The line of a request is written after its answer, and each look adds one.
        let mut looks = 0..;
        let counted =
            || looks.next().zip(Some(lost(&client))).filter(|(before, count)| !loses || *count >= REQUESTS + before);
        let (_, count) = until(SOON, "the count of lost lines", counted);
        let asked = Instant::now();
        let status = server.terminate();
        assert_eq!(status.code(), Some(0), "{what}: {status}");
        let ended = asked.elapsed();
        assert!(ended < Duration::from_secs(8), "{what}: {ended:?}");
        let figure = format!("{REQUESTS} of {REQUESTS} answered in {took:.1?}, {count} lines lost, status 0");
        row(&format!("log: {what}"), figure);
    }
    drop(kept);
}

#[test]
fn the_end_of_the_reader_of_the_log_ends_nothing() {
    let (mut reader, stderr) = unread();
    let (mut server, client) = started(logging(), stderr);
    let mut byte = [0];
    reader.read_exact(&mut byte).unwrap();
    drop(reader);
    ask(&client, 20);
    assert_eq!(server.terminate().code(), Some(0));
}

#[test]
fn lines_lost_to_an_unread_pipe_are_counted_and_reported() {
    let (mut reader, stderr) = unread();
    let (mut server, client) = started(logging(), stderr);
    let sent = 6_000;
    ask(&client, sent);
    let count = lost(&client);
    let read = thread::spawn(move || {
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        text
    });
    assert_eq!(server.terminate().code(), Some(0));
    let text = read.join().unwrap();
    let told = reported(&text);
    let written = text.lines().filter(|line| line.contains("route=\"/health/live\"")).count();
    assert!(count > 0 && told >= count, "{count} {told}");
    // The first request of `started` and those to the metrics are logged as well.
    assert!((sent..sent + 4).contains(&(written + told)), "{written} lines and {told} lost");
    row("log: a pipe that is read late", format!("{sent} lines sent, {written} written, {told} reported as lost"));
}

/// Returns the sum of the reports of lost lines.
fn reported(text: &str) -> usize {
    let lines = text.lines().filter(|line| line.contains("log lines were lost"));
    lines.map(|line| line.rsplit("count=").next().unwrap().trim().parse::<usize>().unwrap()).sum()
}

#[test]
fn lines_lost_to_a_full_disk_are_reported_when_it_has_room() {
    let folder = TempDir::new().unwrap();
    let script = "mount -t tmpfs -o size=64k none \"$0\" && exec \"$@\" 2>\"$0/log\"";
    let disk = folder.path().to_str().unwrap();
    let [unshare, how] = own_mounts();
    let options = logging().through(&[unshare, how, "sh", "-c", script, disk]);
    let (mut server, client) = started(options, Stdio::null());
    let disk = seen_by(&server, Path::new(disk));
    let _ = std::fs::write(disk.join("something-else"), vec![1; 64 * 1024]);
    ask(&client, REQUESTS);
    let count = lost(&client);
    assert!(count > REQUESTS / 2, "{count}");
    std::fs::remove_file(disk.join("something-else")).unwrap();
    let text = || String::from_utf8_lossy(&std::fs::read(disk.join("log")).unwrap()).into_owned();
    let told = until(SOON, "the report of the lost lines", || Some(reported(&text())).filter(|told| *told >= count));
    row("log: a disk that is full for a while", format!("{REQUESTS} requests, {told} lines reported as lost"));
    assert_eq!(server.terminate().code(), Some(0));
}
