//! Header values with parameters: `Content-Type` and `Content-Disposition`, as programs write them. Reads more than the
//! RFCs allow (RFC 2045, 2183, 2231, 7578, 8187), because every misread name loses a file or a field.

use super::charset::{charset, decode, decode_or_guess, decode_words};
use onetimeshare_envelope::escapes::unescape;

/// The value of a header and its parameters.
pub(crate) struct HeaderParams {
    /// The value before the parameters, such as `form-data`, in lower case.
    pub(crate) value: String,
    /// Parameters with their names in lower case and their unquoted values.
    params: Vec<(Vec<u8>, Vec<u8>)>,
}

impl HeaderParams {
    /// Parses a header, or returns `None` for a quoted string without an end.
    pub(crate) fn parse(header: &[u8]) -> Option<Self> {
        let (value, mut rest) = split_at_byte(header, b';');
        let value = String::from_utf8_lossy(value.trim_ascii()).to_ascii_lowercase();
        let mut params = Vec::new();
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| matches!(byte, b'=' | b';')).unwrap_or(rest.len());
            let name = rest[..end].trim_ascii().to_ascii_lowercase();
            let after = rest[end..].strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
            rest = if rest.get(end) == Some(&b'=') {
                let (text, after) = match after.strip_prefix(b"\"") {
                    Some(quoted) => {
                        let end = end_of_quotes(quoted)?;
                        (unquoted(&quoted[..end]), split_at_byte(&quoted[end + 1..], b';').1)
                    }
                    None => {
                        let (token, after) = split_at_byte(after, b';');
                        (token.trim_ascii_end().to_vec(), after)
                    }
                };
                params.push((name, text));
                after
            } else {
                rest.get(end + 1..).unwrap_or_default()
            };
        }
        Some(Self { value, params })
    }

    /// Returns the value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.params.iter().find(|(known, _)| known == name.as_bytes()).map(|(_, value)| value.as_slice())
    }

    /// Returns the text of a parameter of a form field. The international form `name*` is preferred, then the continued
    /// forms `name*0` and so on.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let extended = self.get(&format!("{name}*")).and_then(decode_extended);
        extended.or_else(|| self.continued(name)).or_else(|| {
            let text = decode_words(&decode_or_guess(self.get(name)?));
            Some(unescape_form(&text))
        })
    }

    /// Returns whether a parameter exists in any form.
    pub(crate) fn has(&self, name: &str) -> bool {
        let stem = |known: &[u8]| known == name.as_bytes() || known.starts_with(format!("{name}*").as_bytes());
        self.params.iter().any(|(known, _)| stem(known))
    }

    /// Joins the pieces of a continued parameter (RFC 2231, section 3).
    fn continued(&self, name: &str) -> Option<String> {
        let (mut bytes, mut encoding) = (Vec::new(), None);
        for piece in 0.. {
            let escaped = self.get(&format!("{name}*{piece}*"));
            let Some(text) = escaped.or_else(|| self.get(&format!("{name}*{piece}"))) else { break };
            match escaped {
                Some(escaped) if piece == 0 => {
                    let (label, text) = split_extended(escaped);
                    encoding = label.and_then(|label| charset(label).ok());
                    bytes.extend(unescape(text, b'%'));
                }
                Some(escaped) => bytes.extend(unescape(escaped, b'%')),
                None => bytes.extend_from_slice(text),
            }
        }
        if bytes.is_empty() {
            return None;
        }
        let decoded = encoding.and_then(|encoding| decode(encoding, &bytes).ok());
        Some(decoded.unwrap_or_else(|| decode_or_guess(&bytes)))
    }
}

/// Splits at the first `byte`, which neither part contains.
fn split_at_byte(text: &[u8], byte: u8) -> (&[u8], &[u8]) {
    match text.iter().position(|other| *other == byte) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &[]),
    }
}

/// Returns where the quoted string at the start of `text` ends. A backslash escapes the next byte unless the rest then
/// makes no sense: browsers escape no backslash, so a name may end with one. A quotation mark within a name may not be
/// escaped either.
fn end_of_quotes(text: &[u8]) -> Option<usize> {
    let ends = |at: usize| matches!(text[at + 1..].trim_ascii_start().first(), None | Some(b';'));
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' if ends(at) => return Some(at),
            b'"' => break,
            _ => at += 1,
        }
    }
    (0..text.len()).find(|at| text[*at] == b'"' && ends(*at))
}

/// Removes the backslash before a quotation mark or a backslash. Others are separators of a Windows path.
fn unquoted(text: &[u8]) -> Vec<u8> {
    let (mut bytes, mut escaped) = (Vec::with_capacity(text.len()), false);
    for (at, byte) in text.iter().enumerate() {
        escaped = !escaped && *byte == b'\\' && matches!(text.get(at + 1), Some(b'"' | b'\\'));
        if !escaped {
            bytes.push(*byte);
        }
    }
    bytes
}

/// Decodes what browsers and `curl` escape in names of fields and files (WHATWG HTML, "multipart/form-data").
fn unescape_form(text: &str) -> String {
    let mut text = text.to_owned();
    for (escape, letter) in [("%22", "\""), ("%0D", "\r"), ("%0d", "\r"), ("%0A", "\n"), ("%0a", "\n")] {
        if text.contains(escape) {
            text = text.replace(escape, letter);
        }
    }
    text
}

/// Splits `charset'language'text`. Programs that leave out charset and language send UTF-8.
fn split_extended(value: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let mut pieces = value.splitn(3, |byte| *byte == b'\'');
    match (pieces.next(), pieces.next(), pieces.next()) {
        (Some(label), Some(_), Some(text)) => (Some(label), text),
        _ => (None, value),
    }
}

/// Decodes `charset'language'percent-encoded text` (RFC 8187), or returns `None` when it cannot be decoded.
fn decode_extended(value: &[u8]) -> Option<String> {
    let (label, text) = split_extended(value);
    let bytes = unescape(text, b'%');
    match label {
        Some(label) if !label.is_empty() => decode(charset(label).ok()?, &bytes).ok(),
        _ => Some(decode_or_guess(&bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderParams;
    use proptest::prelude::*;

    fn text(header: &[u8], name: &str) -> Option<String> {
        HeaderParams::parse(header).unwrap().text(name)
    }

    #[test]
    fn parameters_are_read_in_every_legal_and_common_spelling() {
        for header in [
            &b"form-data; name=\"file\"; filename=\"a.txt\""[..],
            b"form-data;name=file;filename=a.txt",
            b"Form-Data; NAME=\"file\"; FileName=\"a.txt\";",
            b"form-data ; filename = \"a.txt\" ; name = file ",
            b"form-data;; name=\"file\" ;filename=\"a.txt\"; ; size=3; flag",
            b"form-data; filename*=UTF-8''a.txt; name=\"file\"; filename=\"b\"",
        ] {
            let parsed = HeaderParams::parse(header).unwrap();
            assert_eq!(parsed.value, "form-data");
            assert_eq!(parsed.text("name").as_deref(), Some("file"), "{}", header.escape_ascii());
            assert_eq!(parsed.text("filename").as_deref(), Some("a.txt"), "{}", header.escape_ascii());
        }
        assert!(HeaderParams::parse(b"form-data; name=\"file").is_none(), "no end");
    }

    #[test]
    fn file_names_are_read_as_they_were_meant() {
        for (value, name) in [
            (&b"filename*=utf-8''f%C3%A5rik%C3%A5l.txt"[..], "f\u{e5}rik\u{e5}l.txt"),
            (b"filename=\"f_rik_l.txt\"; filename*=UTF-8'nb'f%C3%A5rik%C3%A5l.txt", "f\u{e5}rik\u{e5}l.txt"),
            (b"filename*=\"iso-8859-1''r%E9sum%E9.pdf\"", "résumé.pdf"),
            (b"filename*=%E2%82%AC.txt", "€.txt"),
            (b"filename*=klingon''x; filename=\"fall back\"", "fall back"),
            (b"filename*=UTF-8''%FF; filename=\"fall back\"", "fall back"),
            (b"filename*0*=UTF-8''%e2%82; filename*1*=%AC%20; filename*2=\"rates.txt\"", "€ rates.txt"),
            (b"filename*1=\"name.txt\"; filename*0=\"long \"", "long name.txt"),
            (b"filename=\"=?UTF-8?B?w6kudHh0?=\"", "é.txt"),
            (b"filename=\"r\xe9sum\xe9.pdf\"", "résumé.pdf"),
            (b"filename=\"say %22hi%22%0D%0A.txt\"", "say \"hi\"\r\n.txt"),
            (b"filename=\"100%25.txt\"", "100%25.txt"),
            (b"filename=\"say \\\"hi\\\".txt\"", "say \"hi\".txt"),
            (b"filename=\"say \"hi\".txt\"", "say \"hi\".txt"),
            (b"filename=\"C:\\temp\\new.txt\"", "C:\\temp\\new.txt"),
            (b"filename=\"ends\\\"", "ends\\"),
            (b"filename=\"ends\\\"; name=\"x\"", "ends\\"),
            (b"filename=\"ends\\\\\"; name=\"x\"", "ends\\"),
            (b"filename=\"a;b=c.txt\"", "a;b=c.txt"),
            (b"filename=two words.txt ; name=x", "two words.txt"),
            (b"filename=\"\"", ""),
        ] {
            let header = [b"form-data; ", value].concat();
            assert_eq!(text(&header, "filename").as_deref(), Some(name), "{}", value.escape_ascii());
        }
        assert_eq!(text(b"form-data; name=x", "filename"), None);
        assert!(HeaderParams::parse(b"form-data; filename*0=a").unwrap().has("filename"));
        assert!(!HeaderParams::parse(b"form-data; name=filename").unwrap().has("filename"));
    }

    proptest! {
        #[test]
        fn parse_never_panics(header: Vec<u8>, text in "(filename|name|\\*|\\*0|=|;|\"|\\\\|'|%C3| |.){0,40}") {
            for header in [&header[..], text.as_bytes()] {
                if let Some(parsed) = HeaderParams::parse(header) {
                    parsed.text("filename");
                }
            }
        }
    }
}
