//! Forms cannot make the server hold more than their fields: many fields, long heads, and long texts are refused early.

use crate::nginx::Nginx;
use crate::raw_http::{RawConnection, head};
use crate::server::Options;
use crate::site::{Site, is_problem};
use crate::table::row;

/// Produces the next piece of a form from its number.
type Pieces<'a> = &'a mut dyn FnMut(usize) -> Vec<u8>;

const MULTIPART: &str = "Content-Type: multipart/form-data; boundary=x";

/// The byte limits of `src/web/forms.rs` and `src/web/multipart.rs`: of a text, of a message, of the head of a part, and of
/// a boundary.
const SHORT_TEXT: usize = 16 << 10;
const LONG_TEXT: usize = 1 << 20;
const HEAD: usize = 16 << 10;
const BOUNDARY: usize = 256;

/// The largest value of `max_message`.
const MOST_LETTERS: usize = 175_000;

/// Number of bytes that a direct client can send before the connection is closed: the server drains 16 MiB, and buffers take
/// some.
const DRAINED: usize = 48 << 20;

/// A field of a form with these parameters, such as `name="message"`.
fn field(parameters: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--x\r\nContent-Disposition: form-data; {parameters}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// Sends a multipart form of up to `most` bytes made of `pieces`, until the server answers or the end. Returns how many
/// bytes were sent, and the status of the answer, if one came before the connection was closed.
fn post(port: u16, most: usize, mut piece: impl FnMut(usize) -> Vec<u8>) -> (usize, Option<u16>) {
    let mut connection = RawConnection::to(port);
    let length = format!("Content-Length: {most}");
    connection.write(head("POST", "/", &["Connection: close", MULTIPART, &length]).as_bytes());
    let (mut sent, mut n) = (0, 0);
    while sent < most {
        let bytes = piece(n);
        let bytes = &bytes[..bytes.len().min(most - sent)];
        if !connection.try_write(bytes) {
            break;
        }
        (sent, n) = (sent + bytes.len(), n + 1);
    }
    (sent, connection.response().map(|answer| answer.status))
}

#[test]
fn a_form_of_many_fields_long_heads_or_long_texts_grows_no_memory() {
    const LENGTH: usize = 256 << 20;
    let site = Site::embedded(Options::default());
    let nginx = Nginx::before(site.server.port);
    for (way, port) in [("direct", site.server.port), ("behind nginx", nginx.port)] {
        let before = site.server.memory().1;
        let attacks: [(&str, Pieces<'_>); 6] = [
            ("unknown fields", &mut |n| field(&format!("name=\"f{n}\""), &[b'a'; 16_000])),
            ("one long text", &mut |n| if n == 0 { field("name=\"message\"", b"a") } else { vec![b'a'; 60_000] }),
            ("one long head", &mut |n| if n == 0 { b"--x\r\nX: ".to_vec() } else { vec![b'a'; 60_000] }),
            ("bytes before the first part", &mut |_| vec![b'a'; 60_000]),
            ("empty files", &mut |_| field("name=\"file\"; filename=\"a\"", b"").repeat(1_000)),
            ("file fields without a file", &mut |_| field("name=\"file\"; filename=\"\"", b"").repeat(1_000)),
        ];
        let count = attacks.len();
        for (name, piece) in attacks {
            let (sent, status) = post(port, LENGTH, piece);
            let direct = port == site.server.port;
            // nginx answers 502 when the server closes the connection of a refused body, and reads the rest itself.
            let refused = status.is_none_or(|status| matches!(status, 400..500) || (!direct && status == 502));
            assert!(refused, "{name}, {way}: {status:?}");
            assert!(!direct || sent < DRAINED, "{name}: {sent} bytes were read");
            assert_eq!(site.form("/", "*/*", &[("message", "hi")]).status, 200, "{name}");
        }
        let peak = site.server.memory().1;
        row(
            &format!("forms that grow memory, {way}"),
            format!("{count} attacks of 256 MiB each: peak {} MiB, {} before", peak >> 20, before >> 20),
        );
        assert!(peak < 128 << 20, "{way}: {} MiB", peak >> 20);
    }
}

#[test]
fn a_form_over_any_bound_is_refused() {
    let site = Site::embedded(Options::default().set("max_files", 3).set("max_message", MOST_LETTERS));
    let padded = |length: usize| {
        let line = "Content-Disposition: form-data; name=\"message\"\r\nX: ";
        // The line break after the delimiter counts.
        format!("--x\r\n{line}{}\r\n\r\nhi\r\n", "a".repeat(length - line.len() - 2)).into_bytes()
    };
    let post_whole = |boundary: &str, form: &[u8]| {
        let kind = format!("multipart/form-data; boundary={boundary}");
        site.send("POST", "/", &[("Content-Type", &kind), ("Accept", "application/json")], Some(form))
    };
    let hi = || field("name=\"message\"", b"hi");
    let text = |name: &str, length: usize| [hi(), field(&format!("name=\"{name}\""), &vec![b'a'; length])].concat();
    let files = |count: usize| [hi(), field("name=\"file\"; filename=\"\"", b"").repeat(count)].concat();
    let too_large = (413, "too_large");
    let malformed = (400, "malformed");
    for (name, within, over, (status, code)) in [
        ("a field", hi(), hi().repeat(2), malformed),
        ("a short text", text("password", SHORT_TEXT), text("password", SHORT_TEXT + 1), too_large),
        (
            "a message",
            field("name=\"message\"", "\u{1f511}".repeat(MOST_LETTERS).as_bytes()),
            field("name=\"message\"", &vec![b'a'; LONG_TEXT + 1]),
            too_large,
        ),
        ("the head of a part", padded(HEAD), padded(HEAD + 1), malformed),
        (
            "bytes before the first part",
            [vec![b'a'; HEAD - 2], b"\r\n".to_vec(), hi()].concat(),
            [vec![b'a'; HEAD - 1], b"\r\n".to_vec(), hi()].concat(),
            malformed,
        ),
        // 8 texts, the files, and two fields without a file.
        ("the number of parts", files(12), files(13), too_large),
    ] {
        let send = |form: &[u8]| post_whole("x", &[form, b"--x--\r\n"].concat());
        let answer = send(&within);
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        let answer = send(&over);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{name}: {}", answer.text());
        is_problem(&answer, status, code, &[]);
    }
    let urlencoded = |length: usize| {
        let password = "a".repeat(length);
        site.form("/", "application/json", &[("message", "hi"), ("password", &password)])
    };
    assert_eq!(urlencoded(SHORT_TEXT).status, 200);
    let bounded = |length: usize| {
        let boundary = "b".repeat(length);
        let form =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n--{boundary}--\r\n");
        post_whole(&boundary, form.as_bytes())
    };
    assert_eq!(bounded(BOUNDARY).status, 200);
    is_problem(&bounded(BOUNDARY + 1), 400, "malformed", &[]);
    is_problem(&urlencoded(SHORT_TEXT + 1), 413, "too_large", &[]);
}
