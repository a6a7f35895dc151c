//! Text in declared charsets: bodies, percent-encoded header values (RFC 8187), and encoded words (RFC 2047).

use super::errors::Code;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use onetimeshare_envelope::escapes::unescape;

/// Labels of US-ASCII. The last is its name in the C locale.
const ASCII: [&[u8]; 3] = [b"us-ascii", b"ascii", b"ansi_x3.4-1968"];

/// Decodes base64 of encoded words, whose padding some programs leave out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Returns the encoding that a charset label names. US-ASCII is read as UTF-8, because programs that declare it by
/// default send UTF-8.
///
/// # Errors
/// `wrong_type` for an unknown label.
pub(crate) fn charset(label: &[u8]) -> Result<&'static Encoding, Code> {
    let label = label.trim_ascii();
    if ASCII.iter().any(|ascii| label.eq_ignore_ascii_case(ascii)) {
        return Ok(UTF_8);
    }
    Encoding::for_label_no_replacement(label).ok_or(Code::UnknownCharset)
}

/// Decodes text without replacing anything. Only UTF-16 loses its byte order mark, which belongs to the encoding.
///
/// # Errors
/// `malformed` when the bytes are not in this encoding.
pub(crate) fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Code> {
    if encoding == UTF_8 {
        return str::from_utf8(bytes).map(ToOwned::to_owned).map_err(|_| Code::NotUtf8);
    }
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((marked, mark)) if is_utf16(encoding) && is_utf16(marked) => (marked, &bytes[mark..]),
        _ => (encoding, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or(Code::NotUtf8)
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Decodes text of an unknown charset: UTF-8, or else the code page of Western Windows, which decodes any bytes.
pub(crate) fn decode_or_guess(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Decodes the encoded words (`=?charset?B?…?=`, RFC 2047) in a text. White space between two of them is dropped, and
/// letters that are split over two words are joined. Keeps what is not an encoded word.
pub(crate) fn decode_words(text: &str) -> String {
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    // Bytes of the previous words, not decoded yet, because the next word may continue a letter.
    let mut open: Option<(&'static Encoding, Vec<u8>)> = None;
    while let Some(start) = rest.find("=?") {
        let Some((encoding, bytes, after)) = word(&rest[start..]) else {
            close(&mut open, &mut decoded);
            decoded.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let before = &rest[..start];
        match &mut open {
            Some((same, words)) if *same == encoding && before.trim().is_empty() => words.extend(bytes),
            _ => {
                let adjacent = open.is_some() && before.trim().is_empty();
                close(&mut open, &mut decoded);
                decoded.push_str(if adjacent { "" } else { before });
                open = Some((encoding, bytes));
            }
        }
        rest = after;
    }
    close(&mut open, &mut decoded);
    decoded.push_str(rest);
    decoded
}

fn close(open: &mut Option<(&'static Encoding, Vec<u8>)>, decoded: &mut String) {
    if let Some((encoding, bytes)) = open.take() {
        decoded.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

/// Splits off the encoded word at the start of a text.
fn word(text: &str) -> Option<(&'static Encoding, Vec<u8>, &str)> {
    let (label, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (kind, rest) = rest.split_once('?')?;
    let (content, rest) = rest.split_once("?=")?;
    // RFC 2231 allows a language after the charset.
    let encoding = charset(label.split('*').next()?.as_bytes()).ok()?;
    let bytes = match kind {
        "B" | "b" => BASE64.decode(content).ok()?,
        "Q" | "q" => unescape(content.replace('_', " ").as_bytes(), b'='),
        _ => return None,
    };
    Some((encoding, bytes, rest))
}

#[cfg(test)]
mod tests {
    use super::{Code, charset, decode, decode_or_guess, decode_words, unescape};
    use proptest::prelude::*;

    #[test]
    fn declared_charsets_are_decoded_without_replacement() {
        let read = |label: &str, bytes: &[u8]| decode(charset(label.as_bytes()).unwrap(), bytes);
        assert_eq!(read("ISO-8859-1", b"\xfc\xdf").as_deref(), Ok("üß"));
        assert_eq!(read(" utf-16le ", b"h\0i\0").as_deref(), Ok("hi"));
        assert_eq!(read("UTF-16", b"\xfe\xff\0h\0i").as_deref(), Ok("hi"), "the mark decides");
        assert_eq!(read("utf-8", b"\xef\xbb\xbfhi").as_deref(), Ok("\u{feff}hi"), "every byte is kept");
        for ascii in ["us-ascii", "ANSI_X3.4-1968"] {
            assert_eq!(read(ascii, "é".as_bytes()).as_deref(), Ok("é"), "{ascii}");
        }
        assert_eq!(read("Shift_JIS", b"\x93\xfa").as_deref(), Ok("日"));
        for (label, bytes) in
            [("utf-8", &b"\xfc"[..]), ("utf-16le", b"h\0i"), ("shift_jis", b"\x93"), ("ascii", b"\xfc")]
        {
            assert_eq!(read(label, bytes), Err(Code::NotUtf8), "{label}");
        }
        for label in ["utf-7", "utf-32", "iso-2022-kr", "klingon", ""] {
            assert_eq!(charset(label.as_bytes()), Err(Code::UnknownCharset), "{label}");
        }
    }

    #[test]
    fn encoded_words_are_decoded_and_joined() {
        for (text, decoded) in [
            ("=?UTF-8?B?w6kudHh0?=", "é.txt"),
            ("=?utf-8?q?caf=C3=A9_au_lait?= 100%.txt", "café au lait 100%.txt"),
            ("=?ISO-8859-1*fr?Q?r=E9sum=E9?=.pdf", "résumé.pdf"),
            ("=?UTF-8?Q?=C3?= =?UTF-8?Q?=A9?=", "é"),
            ("=?UTF-8?B?w6kudHg?=", "é.tx"),
            ("=?UTF-8?Q?a?=\t=?ISO-8859-1?Q?=E9?=", "aé"),
            ("=?UTF-8?Q?100%41?=", "100%41"),
            ("=?klingon?Q?a?=", "=?klingon?Q?a?="),
            ("=?UTF-8?X?a?= =?", "=?UTF-8?X?a?= =?"),
            ("plain", "plain"),
        ] {
            assert_eq!(decode_words(text), decoded);
        }
    }

    #[test]
    fn text_of_an_unknown_charset_is_decoded() {
        assert_eq!(decode_or_guess("é日".as_bytes()), "é日");
        assert_eq!(decode_or_guess(b"r\xe9sum\xe9 \x80"), "résumé €");
        assert_eq!(unescape(b"a%C3%a9%2", b'%'), "aé%2".as_bytes());
    }

    proptest! {
        #[test]
        fn decode_words_never_panics(text in "(=\\?|\\?=|UTF-8\\?[BQ]\\?|=C3|w6k=|.){0,30}") {
            decode_words(&text);
        }
    }
}
