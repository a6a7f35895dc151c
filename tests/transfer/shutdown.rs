//! Shuts the server down during transfers: they finish within the grace, or resume after a restart.

use crate::client::Client;
use crate::files::{File, Files};
use crate::full;
use crate::server::{Options, Server};
use crate::site::claim;
use crate::table::row;
use onetimeshare_envelope::Claim;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A transfer in progress, and what is needed to resume it.
struct Transfer {
    files: Files,
    parts: Vec<Vec<u8>>,
    /// The claim of a download; `None` for an upload.
    receiver: Option<Claim>,
    connection: TcpStream,
    /// Bytes received so far, head included.
    came: Vec<u8>,
}

impl Transfer {
    /// Prepares everything in advance, so that many transfers can start together: none may be idle for 30 seconds.
    fn prepare(server: &Server, n: usize) -> Self {
        let client = Client::new(server.url());
        let files = Files::new(vec![File::made("one", 1_500_000, n as u64 + 1)]);
        let parts = files.all_parts();
        let receiver = n.is_multiple_of(2).then(claim);
        if let Some(receiver) = &receiver {
            files.send(&client);
            assert_eq!(client.open(&files.share, receiver).status, 200);
        } else {
            client.create(&files.share);
        }
        let connection = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Self { files, parts, receiver, connection, came: Vec::new() }
    }

    /// Starts uploading part 1, or downloading it.
    fn begin(&mut self) {
        let path = format!("{}/parts/1", self.files.share.path());
        if let Some(receiver) = &self.receiver {
            let head = format!(
                "GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
                receiver.expose()
            );
            self.connection.write_all(head.as_bytes()).unwrap();
            return self.read_to("200 OK");
        }
        let token = self.files.share.owner.expose();
        let length = self.parts[0].len();
        let head = format!(
            "PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nAuthorization: \
             Bearer {token}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        );
        self.connection.write_all(head.as_bytes()).unwrap();
        self.read_to("100 Continue");
        self.connection.write_all(&self.parts[0][..length / 2]).unwrap();
    }

    fn read_to(&mut self, words: &str) {
        let mut some = [0; 256];
        while !String::from_utf8_lossy(&self.came).contains(words) {
            let length = self.connection.read(&mut some).unwrap();
            assert!(length > 0, "{}", String::from_utf8_lossy(&self.came));
            self.came.extend_from_slice(&some[..length]);
        }
    }

    /// Finishes the transfer. Returns true when it succeeded.
    fn finish(&mut self) -> bool {
        if self.receiver.is_some() {
            let whole = self.connection.read_to_end(&mut self.came).is_ok();
            return whole && self.came.ends_with(&self.parts[0]);
        }
        let half = self.parts[0].len() / 2;
        self.connection.write_all(&self.parts[0][half..]).is_ok()
            && self.connection.read_to_end(&mut self.came).is_ok()
            && String::from_utf8_lossy(&self.came).contains("204 No Content")
    }

    /// Resumes at a restarted server, to the end.
    fn resume(&self, client: &Client) {
        if let Some(receiver) = &self.receiver {
            return self.files.arrives(client, receiver);
        }
        let there = client.received(&self.files.share).json()["received"].clone();
        for (n, part) in (1..).zip(&self.parts) {
            if !there.as_array().unwrap().contains(&n.into()) {
                assert_eq!(client.put_part(&self.files.share, n, part).status, 204);
            }
        }
        assert_eq!(client.complete(&self.files.share).status, 200);
        let receiver = claim();
        assert_eq!(client.open(&self.files.share, &receiver).status, 200);
        self.files.arrives(client, &receiver);
    }
}

/// Shuts a server down during `count` transfers. With `patient` they continue at once, otherwise only after the server
/// has exited. Returns how many finished before the exit, and how long it took.
fn shut_down_during(count: usize, shutdown: &str, patient: bool) -> (usize, Duration) {
    let folder = TempDir::new().unwrap();
    let options = || Options::default().set("shutdown", shutdown).data_dir(folder.path());
    let mut server = options().start();
    let mut transfers: Vec<Transfer> = (0..count).map(|n| Transfer::prepare(&server, n)).collect();
    transfers.iter_mut().for_each(Transfer::begin);
    // An open long poll does not delay the shutdown.
    let watched = Files::new(vec![File::made("one", 1_000, 7)]);
    let client = Client::new(server.url());
    watched.send(&client);
    let seen = client.status(&watched.share).header("etag").unwrap().replace('"', "");
    let waiting = thread::spawn({
        let (path, token) = (watched.share.path(), watched.share.owner.expose());
        move || client.bare("GET", &format!("{path}?wait=30&seen={seen}"), &token).status
    });
    thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    server.ask_to_end();
    if patient {
        assert!(waiting.join().is_ok_and(|status| status == 200));
        let arrived = transfers.iter_mut().filter_map(|transfer| transfer.finish().then_some(())).count();
        let status = server.wait_for_end();
        assert!(status.success(), "{status}\n{}", server.log.text());
        let took = began.elapsed();
        let again = options().start();
        resume_all(&transfers, &Client::new(again.url()));
        return (arrived, took);
    }
    let status = server.wait_for_end();
    assert!(status.success(), "{status}\n{}", server.log.text());
    let took = began.elapsed();
    assert!(waiting.join().is_ok_and(|status| status == 200));
    let arrived = transfers.iter_mut().filter_map(|transfer| transfer.finish().then_some(())).count();
    let again = options().start();
    resume_all(&transfers, &Client::new(again.url()));
    (arrived, took)
}

fn resume_all(transfers: &[Transfer], client: &Client) {
    for transfer in transfers {
        transfer.resume(client);
    }
}

#[test]
fn transfers_finish_within_the_shutdown_grace_or_resume_after_a_restart() {
    // Half are uploads; more than 95 that stop halfway exceed the server's memory for bodies and are told to come again.
    let count = if full() { 160 } else { 10 };
    let (arrived, took) = shut_down_during(count, "{grace=20,mercy=3}", true);
    row("SIGTERM amid transfers", format!("{arrived} of {count} arrived, status 0 after {} ms", took.as_millis()));
    assert_eq!(arrived, count, "all transfers finished");
    assert!(took < Duration::from_secs(20), "the server exits before the end of the grace: {took:?}");

    let (arrived, took) = shut_down_during(count, "{grace=1,mercy=1}", false);
    row(
        "SIGTERM amid transfers, grace too short",
        format!("{} of {count} cut, status 0 after {} ms, all resumed", count - arrived, took.as_millis()),
    );
    assert!(arrived < count, "transfers beyond the grace were cut");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[test]
fn a_signal_during_startup_exits_cleanly() {
    let mut early = 0;
    let rounds = if full() { 200 } else { 20 };
    for n in 0..rounds {
        let folder = TempDir::new().unwrap();
        let (status, ready) = Options::default().data_dir(folder.path()).start_and_end(Duration::from_millis(10 * n));
        assert!(status.success(), "after {} ms: {status}", 10 * n);
        early += usize::from(!ready);
    }
    row("SIGTERM during the start", format!("status 0 each time of {rounds}, {early} before it listened"));
}
