//! Transfers over lines that break, and through kills of the client.

use crate::fault_proxy::{Break, Direction, Proxy};
use crate::files::File;
use crate::full;
use crate::ots::{Ots, Running, names, sha256_of};
use crate::server::Server;
use crate::table;
use std::thread;
use std::time::{Duration, Instant};

const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 32 * MIB;
/// Breaks of the line in one transfer.
const BREAKS: usize = 20;
/// Timeout for a condition.
const SOON: Duration = Duration::from_secs(60);

#[track_caller]
fn until(what: &str, condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < SOON, "waited too long for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Breaks the line again and again while a command runs, with `between` bytes from one break to the next. Returns how often.
fn break_often(proxy: &Proxy, direction: Direction, between: u64, running: &mut Running) -> usize {
    for cut in 0..BREAKS {
        let before = proxy.cuts();
        let how = if cut % 2 == 0 { Break::Reset } else { Break::Closed };
        proxy.cut(direction, between, how);
        let begin = Instant::now();
        while proxy.cuts() == before {
            if running.has_ended() {
                return cut;
            }
            assert!(begin.elapsed() < SOON, "the line is idle after {cut} breaks");
            thread::sleep(Duration::from_millis(1));
        }
    }
    BREAKS
}

#[test]
fn a_line_that_breaks_twenty_times_each_way_loses_nothing() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let size = if full() { 1024 * MIB } else { SIZE };
    // Together fewer than the file has.
    let between = size / 28;
    let file = File::made("file.bin", size, 5);
    let path = ots.put("file.bin", file.read());
    let mut sending = ots.begin(&["send", "--json", &path], "", &[]);
    let up = break_often(&proxy, Direction::Up, between, &mut sending);
    let sent = sending.finish().ok();
    let link = sent.text("link");
    proxy.mend();
    let mut opening = ots.begin(&["open", "-", "--yes", "--json", "-o", "got"], &link, &[]);
    let down = break_often(&proxy, Direction::Down, between, &mut opening);
    let opened = opening.finish().ok();
    assert_eq!(sha256_of(ots.path("got/file.bin")), file.sha256());
    assert_eq!((up, down), (BREAKS, BREAKS));
    let [sent, opened, size] = [sent.peak, opened.peak, size].map(|bytes| bytes / MIB);
    let figure = format!("{up} and {down} in {size} MiB, SHA-256 equal, memory of ots at most {sent} and {opened} MiB");
    table::row("breaks of the line in an upload and a download (ots)", figure);
}

#[test]
fn a_lost_response_to_any_call_changes_nothing() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let path = ots.put("file.bin", File::made("", 2_000_000, 5).read());
    for piece in ["GET /api/v1/site", "PUT /api/v1/shares", "/parts/2 ", "/complete "] {
        proxy.drop_response(piece);
    }
    let link = ots.run(&["send", "--json", &path]).ok().text("link");
    assert_eq!(proxy.lost(), 4);
    for piece in ["/peek ", "/open ", "/parts/2 ", "/confirm "] {
        proxy.drop_response(piece);
    }
    ots.open(&link).ok();
    assert_eq!(proxy.lost(), 8);
    assert_eq!(sha256_of(ots.path("got/file.bin")), sha256_of(&path));
    assert_eq!(ots.journals(), 0);
}

#[test]
fn a_killed_upload_goes_on_where_it_was() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let file = File::made("file.bin", SIZE, 5);
    let path = ots.put("file.bin", file.read());
    proxy.stall(Direction::Up, SIZE / 2);
    let sending = ots.begin(&["send", "--json", "-m", "-", &path], "beside it", &[]);
    until("half of the file", || proxy.passed(Direction::Up) >= SIZE / 2);
    sending.kill();
    assert_eq!(ots.journals(), 1);
    proxy.mend();
    let sent = ots.with_input(&["send", "--json", "-m", "-", &path], "beside it").ok();
    assert!(sent.stderr.contains("Going on with an interrupted upload"), "{}", sent.stderr);
    let again = proxy.passed(Direction::Up);
    assert!(again < SIZE * 3 / 4, "{again} bytes were sent again");
    assert_eq!(ots.journals(), 0);
    assert_eq!(ots.open(&sent.text("link")).ok().text("message"), "beside it");
    assert_eq!(sha256_of(ots.path("got/file.bin")), file.sha256());
    table::row("kill -9 of ots in an upload", format!("{} of {} MiB sent after it", again / MIB, SIZE / MIB));
}

#[test]
fn a_killed_upload_of_a_file_that_changed_starts_over() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let path = ots.put("file.bin", File::made("", SIZE, 5).read());
    proxy.stall(Direction::Up, SIZE / 2);
    let sending = ots.begin(&["send", "--json", &path], "", &[]);
    until("half of the file", || proxy.passed(Direction::Up) >= SIZE / 2);
    sending.kill();
    proxy.mend();
    let other = File::made("", SIZE, 6);
    ots.put("file.bin", other.read());
    let sent = ots.run(&["send", "--json", &path]).ok();
    assert!(!sent.stderr.contains("Going on"), "{}", sent.stderr);
    ots.open(&sent.text("link")).ok();
    assert_eq!(sha256_of(ots.path("got/file.bin")), other.sha256());
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_not_sent() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let path = ots.put("file.bin", File::made("", SIZE, 5).read());
    proxy.stall(Direction::Up, SIZE / 2);
    let sending = ots.begin(&["send", "--json", &path], "", &[]);
    until("half of the file", || proxy.passed(Direction::Up) >= SIZE / 2);
    ots.put("file.bin", File::made("", SIZE, 6).read());
    proxy.mend();
    let failed = sending.finish();
    assert_eq!(failed.json()["error"]["code"], "local");
    assert!(failed.fails(1).contains("changed while it was being sent"));
    assert_eq!(ots.journals(), 0);
}

#[test]
fn a_killed_download_goes_on_where_it_was() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let (first, file) = (File::made("first.bin", MIB, 4), File::made("file.bin", SIZE, 5));
    let paths = [ots.put("first.bin", first.read()), ots.put("file.bin", file.read())];
    let sent = ots.run(&["send", "--json", &paths[0], &paths[1]]).ok();
    let (link, status) = (sent.text("link"), sent.text("status_link"));
    proxy.stall(Direction::Down, SIZE * 3 / 4);
    let opening = ots.begin(&["open", "-", "--yes", "--json", "-o", "got"], &link, &[]);
    until("three quarters of the file", || proxy.passed(Direction::Down) >= SIZE * 3 / 4);
    until("the synced half", || {
        std::fs::read_to_string(journal(&ots)).is_ok_and(|text| text.matches("\"parts\"").count() >= 1)
    });
    opening.kill();
    assert!(names(ots.path("got")).iter().any(|name| name.starts_with(".ots-")), "{:?}", names(ots.path("got")));
    proxy.mend();
    // Without --yes: the only view was used already.
    let opened = ots.with_input(&["open", "-", "--json", "-o", "got"], &link).ok();
    let again = proxy.passed(Direction::Down);
    assert!(opened.stderr.contains("Going on"), "{}", opened.stderr);
    assert!(again < SIZE * 3 / 4, "{again} bytes were fetched again");
    assert_eq!(names(ots.path("got")), ["file.bin", "first.bin"]);
    assert_eq!(sha256_of(ots.path("got/file.bin")), file.sha256());
    assert_eq!(sha256_of(ots.path("got/first.bin")), first.sha256());
    assert_eq!(ots.journals(), 0);
    assert!(ots.with_input(&["status", "--json"], &status).ok().json()["confirmed_at"].is_string());
    table::row("kill -9 of ots in a download", format!("{} of {} MiB fetched after it", again / MIB, SIZE / MIB));
}

fn journal(ots: &Ots) -> std::path::PathBuf {
    let folder = ots.path("state/ots");
    let name = names(&folder).into_iter().find(|name| name.starts_with("open-")).unwrap_or_default();
    folder.join(name)
}

#[test]
fn a_killed_download_goes_on_in_another_folder() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let ots = Ots::new(&proxy.url());
    let file = File::made("file.bin", SIZE, 5);
    let path = ots.put("file.bin", file.read());
    let link = ots.run(&["send", "--json", &path]).ok().text("link");
    proxy.stall(Direction::Down, SIZE / 2);
    let opening = ots.begin(&["open", "-", "--yes", "-o", "full"], &link, &[]);
    until("half of the file", || proxy.passed(Direction::Down) >= SIZE / 2);
    opening.kill();
    proxy.mend();
    ots.open(&link).ok();
    assert_eq!(names(ots.path("full")), Vec::<String>::new());
    assert_eq!(names(ots.path("got")), ["file.bin"]);
    assert_eq!(sha256_of(ots.path("got/file.bin")), file.sha256());
}

#[test]
fn an_opening_whose_answer_was_lost_belongs_to_this_computer() {
    let server = Server::start();
    let proxy = Proxy::to(server.port);
    let (ots, other) = (Ots::new(&proxy.url()), Ots::new(&server.url()));
    let link = ots.send("only once");
    proxy.break_at("/open ", 600);
    let opening = ots.begin(&["open", "-", "--yes", "--json"], &link, &[]);
    until("the break", || proxy.cuts() > 1);
    opening.kill();
    let direct = format!("{}/s/{}", server.url(), link.rsplit('/').next().unwrap());
    proxy.mend();
    let first = ots.open(&link).code;
    let second = other.open(&direct).code;
    assert_eq!((first, second), (0, 4), "the claim was kept");
}
