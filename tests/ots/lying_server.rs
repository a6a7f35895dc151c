//! Sites that lie: altered content, sizes that are not, endless answers, redirects.

use crate::client::{Client, Share};
use crate::files::{File, Files};
use crate::liar::Liar;
use crate::ots::{Ots, names};
use crate::server::Server;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A site that answers each request with fixed bytes, after `endless` repeated for ever.
struct Canned {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Canned {
    fn answering(response: String, endless: Option<&'static [u8]>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (response, seen) = (response.clone(), Arc::clone(&seen));
                thread::spawn(move || answer(client, &response, endless, &seen));
            }
        });
        Self { port, requests }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn answer(mut client: TcpStream, response: &str, endless: Option<&[u8]>, seen: &Mutex<Vec<String>>) -> Option<()> {
    let mut buffer = [0; 16 * 1024];
    let length = client.read(&mut buffer).ok()?;
    seen.lock().unwrap().push(String::from_utf8_lossy(&buffer[..length]).into_owned());
    client.write_all(response.as_bytes()).ok()?;
    while let Some(bytes) = endless {
        client.write_all(bytes).ok()?;
    }
    Some(())
}

#[test]
fn no_redirect_is_followed_with_secrets() {
    let other = Canned::answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_owned(), None);
    let response =
        format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {}/x\r\nContent-Length: 0\r\n\r\n", other.url());
    let site = Canned::answering(response, None);
    let ots = Ots::new(&site.url());
    assert!(ots.with_input(&["send", "-"], "x").fails(9).contains("redirects"));
    assert!(ots.open(&Share::new("x").link.url(&site.url())).fails(9).contains("redirects"));
    assert_eq!(site.requests.lock().unwrap().len(), 2);
    assert!(other.requests.lock().unwrap().is_empty());
}

#[test]
fn an_endless_answer_is_cut_off() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk: &[u8] = b"10\r\n{\"x\":\"xxxxxxxxxx\r\n";
    let site = Canned::answering(head.to_owned(), Some(chunk));
    let ots = Ots::new(&site.url());
    let failed = ots.with_input(&["send", "-"], "x");
    assert!(failed.peak < 32 << 20);
    assert!(failed.fails(9).contains("longer than any"));
    let header =
        Canned::answering("HTTP/1.1 200 OK\r\n".to_owned(), Some(b"X-More: yyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"));
    let failed = Ots::new(&header.url()).with_input(&["send", "-"], "x");
    assert!(failed.peak < 32 << 20);
    failed.fails(9);
}

/// Opens a share through a site that changes its answers, and returns the exit code and what is left in the folder.
fn opened_through(lie: impl Fn(&str, Value) -> Value + Send + 'static) -> (i32, Vec<String>) {
    let server = Server::start();
    let liar = Liar::before(server.port);
    let ots = Ots::new(&liar.url());
    let files = Files::new(vec![File::made("a.bin", 1_300_000, 3), File::made("b.bin", 100, 4)]);
    files.send(&Client::new(server.url()));
    liar.tell(lie);
    let opened = ots.open(&files.share.link.url(&liar.url()));
    assert!(opened.peak < 32 << 20);
    assert_eq!(liar.count("/confirm "), 0, "altered content is not confirmed");
    (opened.code, names(ots.path("got")))
}

#[test]
fn lies_about_a_share_are_noticed_and_nothing_is_kept() {
    let set = |call: &'static str, name: &'static str, value: Value| {
        move |line: &str, mut answer: Value| {
            if line.contains(call) {
                answer[name] = value.clone();
            }
            answer
        }
    };
    assert_eq!(opened_through(set("/peek ", "size", json!(1))), (7, vec![]));
    assert_eq!(opened_through(set("/open ", "parts", json!(2))), (7, vec![]));
    let other = Share::new("another");
    assert_eq!(opened_through(set("/open ", "part0", other.body["part0"].clone())), (7, vec![]));
    assert_eq!(opened_through(set("/open ", "part0", json!("AAAA"))), (7, vec![]));
    assert_eq!(opened_through(set("/open ", "part0", json!("not base64!"))), (9, vec![]));
    assert_eq!(opened_through(set("/peek ", "state", json!("\u{1b}[2J"))), (9, vec![]));
    // More than any disk has.
    assert_eq!(opened_through(set("/peek ", "size", json!(1_u64 << 60))), (1, vec![]));
}

#[test]
fn a_changed_part_is_noticed_and_nothing_of_its_file_is_kept() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let site = Client::new(server.url());
    let files = Files::new(vec![File::made("good.bin", 100, 3), File::made("bad.bin", 3_000_000, 4)]);
    site.create(&files.share);
    let last = files.parts() - 1;
    for (part, n) in files.all_parts().iter().zip(1..) {
        let mut part = part.clone();
        if n == last {
            let middle = part.len() / 2;
            part[middle] ^= 1;
        }
        assert_eq!(site.put_part(&files.share, n, &part).status, 204);
    }
    assert_eq!(site.complete(&files.share).status, 200);
    let link = files.share.link.url(&server.url());
    assert!(ots.open(&link).fails(7).contains("not what the sender encrypted"));
    assert_eq!(names(ots.path("got")), ["good.bin"]);
    assert_eq!(site.status(&files.share).json().get("confirmed_at"), None);
}
