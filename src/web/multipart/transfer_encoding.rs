//! `Content-Transfer-Encoding` of a part: quoted-printable and base64 (RFC 2045, section 6), decoded as they arrive.

use crate::web::errors::Code;
use onetimeshare_envelope::escapes::hex;

/// Most blanks in a row within quoted-printable text, which are held until it is known whether they end a line.
const BLANKS: usize = 16 * 1024;

/// Decodes the content of a part.
pub(crate) enum Decoder {
    /// Content that is sent as it is.
    Identity,
    Base64 {
        /// Bits that are not a byte yet, and their number.
        bits: (u32, u32),
        padded: bool,
    },
    QuotedPrintable {
        /// The start of an escape or of a line break, or blanks that a line break would drop.
        held: Vec<u8>,
    },
}

impl Decoder {
    /// Returns the decoder for the value of the header, if the part has one.
    ///
    /// # Errors
    /// `wrong_type` for an unknown encoding.
    pub(crate) fn of(header: Option<&[u8]>) -> Result<Self, Code> {
        let name = header.unwrap_or_default().trim_ascii().to_ascii_lowercase();
        match name.as_slice() {
            b"" | b"7bit" | b"8bit" | b"binary" => Ok(Self::Identity),
            b"base64" => Ok(Self::Base64 { bits: (0, 0), padded: false }),
            b"quoted-printable" => Ok(Self::QuotedPrintable { held: Vec::new() }),
            _ => Err(Code::UnknownEncoding),
        }
    }

    /// Decodes the next bytes and appends them to `to`.
    ///
    /// # Errors
    /// `malformed`.
    pub(crate) fn push(&mut self, bytes: &[u8], to: &mut Vec<u8>) -> Result<(), Code> {
        match self {
            Self::Identity => to.extend_from_slice(bytes),
            Self::Base64 { bits, padded } => {
                for byte in bytes.iter().filter(|byte| !byte.is_ascii_whitespace()) {
                    let value = match byte {
                        b'=' => {
                            *padded = true;
                            continue;
                        }
                        _ if *padded => return Err(Code::Malformed),
                        b'A'..=b'Z' => byte - b'A',
                        b'a'..=b'z' => byte - b'a' + 26,
                        b'0'..=b'9' => byte - b'0' + 52,
                        b'+' => 62,
                        b'/' => 63,
                        _ => return Err(Code::Malformed),
                    };
                    *bits = (bits.0 << 6 | u32::from(value), bits.1 + 6);
                    if bits.1 >= 8 {
                        bits.1 -= 8;
                        to.push((bits.0 >> bits.1).to_le_bytes()[0]);
                    }
                }
            }
            Self::QuotedPrintable { held } => {
                for byte in bytes {
                    step(held, *byte, to)?;
                }
            }
        }
        Ok(())
    }

    /// Decodes the end of the part.
    ///
    /// # Errors
    /// `malformed` when it is cut off.
    pub(crate) fn finish(&mut self, to: &mut Vec<u8>) -> Result<(), Code> {
        match self {
            Self::Base64 { bits: (_, 6..), .. } => Err(Code::Malformed),
            Self::QuotedPrintable { held } => match held.as_slice() {
                // The delimiter of the part took the rest of a soft line break.
                [b'='] => Ok(()),
                [b'=', ..] => Err(Code::Malformed),
                _ => {
                    end_line(held, to);
                    Ok(())
                }
            },
            _ => Ok(()),
        }
    }
}

/// Drops the blanks at the end of a line, which are not part of the text.
fn end_line(held: &mut Vec<u8>, to: &mut Vec<u8>) {
    while held.pop_if(|last| matches!(last, b' ' | b'\t')).is_some() {}
    to.append(held);
}

/// Decodes one byte of quoted-printable text after the bytes in `held`.
fn step(held: &mut Vec<u8>, byte: u8, to: &mut Vec<u8>) -> Result<(), Code> {
    if held.first() == Some(&b'=') {
        match (&held[1..], byte) {
            // A soft line break, after which senders may leave blanks.
            ([] | [.., b' ' | b'\t'], b' ' | b'\t' | b'\r') if held.len() < BLANKS => held.push(byte),
            ([] | [.., b'\r' | b' ' | b'\t'], b'\n') => held.clear(),
            ([], _) if byte.is_ascii_hexdigit() => held.push(byte),
            ([high], _) => {
                to.push(hex([*high, byte]).ok_or(Code::Malformed)?);
                held.clear();
            }
            _ => return Err(Code::Malformed),
        }
        return Ok(());
    }
    match byte {
        b'\n' => {
            let returned = held.pop_if(|last| *last == b'\r').is_some();
            end_line(held, to);
            to.extend_from_slice(if returned { b"\r\n" } else { b"\n" });
        }
        b' ' | b'\t' | b'\r' if held.len() < BLANKS => held.push(byte),
        b'=' => {
            to.append(held);
            held.push(byte);
        }
        _ if byte == b' ' || byte == b'\t' || byte == b'\r' => return Err(Code::Malformed),
        _ => {
            to.append(held);
            to.push(byte);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Code, Decoder};
    use proptest::prelude::*;

    fn decode(encoding: &str, text: &[u8], step: usize) -> Result<Vec<u8>, Code> {
        let (mut decoder, mut decoded) = (Decoder::of(Some(encoding.as_bytes()))?, Vec::new());
        for piece in text.chunks(step) {
            decoder.push(piece, &mut decoded)?;
        }
        decoder.finish(&mut decoded)?;
        Ok(decoded)
    }

    #[test]
    fn encoded_parts_are_decoded_at_any_split() {
        for (encoding, text, decoded) in [
            ("Base64", "aGkK", "hi\n"),
            ("base64", "aG\r\nk=\r\n", "hi"),
            ("base64", "", ""),
            ("quoted-printable", "caf=C3=A9 =3d", "café ="),
            ("QUOTED-PRINTABLE", "soft=\r\n break=  \r\n=\nend=", "soft breakend"),
            ("quoted-printable", "blanks  \t\r\nkept  here \r\n", "blanks\r\nkept  here\r\n"),
            ("quoted-printable", "bare\nlines \n", "bare\nlines\n"),
            ("8bit", "as=20is", "as=20is"),
            ("binary", "a", "a"),
        ] {
            for step in [1, 2, 3, 100] {
                assert_eq!(decode(encoding, text.as_bytes(), step).as_deref(), Ok(decoded.as_bytes()), "{text:?}");
            }
        }
    }

    #[test]
    fn broken_encodings_are_refused() {
        for (encoding, text) in [
            ("base64", "aGk*"),
            ("base64", "a"),
            ("base64", "aG=k"),
            ("quoted-printable", "=C"),
            ("quoted-printable", "=XY"),
            ("quoted-printable", "=\rx"),
            ("quoted-printable", "= x"),
        ] {
            assert_eq!(decode(encoding, text.as_bytes(), 1), Err(Code::Malformed), "{text:?}");
        }
        assert_eq!(decode("x-uuencode", b"", 1), Err(Code::UnknownEncoding));
    }

    proptest! {
        #[test]
        fn decoding_never_panics_or_grows(text: Vec<u8>, qp in "[=A-F0-9 \t\r\nx]{0,40}") {
            for (encoding, text) in [("base64", &text[..]), ("quoted-printable", &text), ("quoted-printable", qp.as_bytes())] {
                if let Ok(decoded) = decode(encoding, text, 3) {
                    prop_assert!(decoded.len() <= text.len());
                }
            }
        }
    }
}
