//! Builds multipart forms with files, as browsers send them.

/// The boundary between fields.
const BOUNDARY: &str = "----a boundary that no file holds";

/// A field of a form.
pub enum Field<'a> {
    /// A text field.
    Text(&'a str, &'a str),
    /// A file field named `files`.
    File(&'a str, &'a [u8]),
    /// A file field in which no file was selected.
    NoFile,
}

/// The `Content-Type` of these forms.
pub fn kind() -> String {
    format!("multipart/form-data; boundary=\"{BOUNDARY}\"")
}

/// Everything before a file's content.
pub fn before_file(name: &str) -> String {
    let disposition = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
    format!("--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n")
}

/// Everything before a text's content.
fn before_text(name: &str) -> String {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n")
}

/// The end of the form.
pub fn end() -> String {
    format!("\r\n--{BOUNDARY}--\r\n")
}

/// Builds a whole form.
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
