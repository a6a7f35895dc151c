//! Forms cannot make the server hold more than their fields: many fields, long heads, and long texts are refused early.

use crate::server::Options;
use crate::site::Site;
use crate::table::row;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Produces the next piece of a form from its number.
type Pieces<'a> = &'a mut dyn FnMut(usize) -> Vec<u8>;

/// Peak resident memory of the server in KiB.
fn peak_kib(site: &Site) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", site.server.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Sends a multipart form of up to `most` bytes made of `pieces`, until the server answers or the end.
fn post(site: &Site, most: usize, mut piece: impl FnMut(usize) -> Vec<u8>) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", site.server.port)).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {most}\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).unwrap();
    let (mut sent, mut n) = (0, 0);
    while sent < most {
        let bytes = piece(n);
        let bytes = &bytes[..bytes.len().min(most - sent)];
        if connection.write_all(bytes).is_err() {
            break;
        }
        (sent, n) = (sent + bytes.len(), n + 1);
    }
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_form_of_many_fields_long_heads_or_long_texts_grows_no_memory() {
    const LENGTH: usize = 256 << 20;
    let site = Site::embedded(Options::default());
    let field = |name: &str, length: usize| {
        let mut text = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").into_bytes();
        text.resize(text.len() + length, b'a');
        text.extend_from_slice(b"\r\n");
        text
    };
    let file = |n: usize| format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{n}\"\r\n\r\n\r\n");
    let before = peak_kib(&site);
    let attacks: [(&str, Pieces<'_>); 5] = [
        ("unknown fields", &mut |n| field(&format!("f{n}"), 16_000)),
        ("one long text", &mut |n| if n == 0 { field("message", 1_000) } else { vec![b'a'; 60_000] }),
        ("one long head", &mut |n| if n == 0 { b"--x\r\nX: ".to_vec() } else { vec![b'a'; 60_000] }),
        ("bytes before the first part", &mut |_| vec![b'a'; 60_000]),
        ("empty files", &mut |n| file(n).into_bytes()),
    ];
    for (name, piece) in attacks {
        let answer = post(&site, LENGTH, piece);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{name}: {}", &answer[..answer.len().min(80)]);
        assert_eq!(site.form("/", "*/*", &[("message", "hi")]).status, 200, "{name}");
    }
    let peak = peak_kib(&site);
    row(
        "forms that grow memory",
        format!("5 attacks of 256 MiB each: peak {} MiB, {} before", peak / 1024, before / 1024),
    );
    assert!(peak < 128 * 1024, "{peak} KiB");
}
