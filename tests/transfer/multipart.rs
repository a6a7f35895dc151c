//! Forms with files, written as browsers write them.

/// What stands between fields.
const BOUNDARY: &str = "----a boundary that no file holds";

/// One field of a form.
pub enum Field<'a> {
    /// A text.
    Text(&'a str, &'a str),
    /// A file, as `files`.
    File(&'a str, &'a [u8]),
    /// A field for files in which none was chosen.
    NoFile,
}

/// The `Content-Type` of every form here.
pub fn kind() -> String {
    format!("multipart/form-data; boundary=\"{BOUNDARY}\"")
}

/// Everything before a file's bytes.
pub fn before_file(name: &str) -> String {
    let disposition = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
    format!("--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n")
}

/// Everything before a text.
fn before_text(name: &str) -> String {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n")
}

/// What ends a form whose last field has been written.
pub fn end() -> String {
    format!("\r\n--{BOUNDARY}--\r\n")
}

/// A whole form.
pub fn body(fields: &[Field<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for field in fields {
        let (head, bytes) = match field {
            Field::Text(name, text) => (before_text(name), text.as_bytes()),
            Field::File(name, bytes) => (before_file(name), *bytes),
            Field::NoFile => (before_file(""), &[][..]),
        };
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.truncate(body.len() - 2);
    body.extend_from_slice(end().as_bytes());
    body
}
