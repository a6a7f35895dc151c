//! Forms: no body causes a server error. Runs the whole app in this process on a new store.

use onetimeshare::config;
use rocket::http::{Accept, ContentType, Header};
use rocket::local::blocking::Client;
use std::path::PathBuf;

thread_local! {
    static CLIENT: Client = start();
}

fn start() -> Client {
    let folder = std::env::var_os("OTS_FUZZ_STORE").map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = folder.join(format!("onetimeshare-fuzz-{}", std::process::id()));
    let figment = rocket::figment::Figment::from(config::defaults())
        .merge(("data_dir", &folder))
        .merge(("limits_per_address", false))
        .merge(("log_level", "off"));
    let rocket = onetimeshare::rocket(&figment).expect("valid settings");
    Client::untracked(rocket).expect("the app starts")
}

pub fn run(bytes: &[u8]) {
    let Some((kind, body)) = bytes.split_first() else { return };
    // Deriving a key from a password takes longer than a thousand other forms.
    let body = without_passwords(body);
    let path = if kind & 1 == 0 { "/" } else { "/status" };
    let accept = if kind & 2 == 0 { Accept::HTML } else { Accept::JSON };
    let kind = match kind >> 2 & 3 {
        0 | 1 => ContentType::new("multipart", "form-data").with_params(("boundary", "x")),
        2 => ContentType::Form,
        _ => ContentType::new("multipart", "form-data")
            .with_params(("boundary", String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned())),
    };
    let length = Header::new("Content-Length", body.len().to_string());
    CLIENT.with(|client| {
        let request = client.post(path).header(kind).header(accept).header(length).body(&body);
        let response = request.dispatch();
        let status = response.status().code;
        assert!((200..500).contains(&status), "{status}");
        assert!(response.into_bytes().is_some_and(|bytes| !bytes.is_empty()));
    });
}

fn without_passwords(body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    while let Some(at) = body.windows(8).position(|window| window == b"password") {
        body[at] = b'P';
    }
    body
}

pub fn seeds() -> Vec<Vec<u8>> {
    let field =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file = |name: &str, value: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{value}\r\n"
        )
    };
    let whole = [field("message", "hi"), field("lifetime", "3600"), file("a.txt", "abc"), file("..\\b", "")].concat();
    [
        format!("\0{}--x--\r\n", field("message", "hi")),
        format!("\x02{whole}--x--\r\n"),
        format!("\0{whole}"),
        format!("\x01{}--x--\r\n", field("owner", "0123456789abcdefghjkmnpqrstvwxyz")),
        "\x08message=hi&lifetime=86400&nonce=0123456789abcdefghjkmnpqrstvwxyz".to_owned(),
        "\x09link=https%3A%2F%2Fshare.example%2Fs%2F0".to_owned(),
        "\x0c\"; a=b".to_owned(),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect()
}
