//! Crockford base32 for the values in links and headers (`docs/envelope.md`, "Link").
//!
//! The encoding is lower case, big-endian and unpadded.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Encodes `bytes` in lower case. Zero bits fill the last character.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
        }
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

fn letter(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// Returns the value of one canonical (lower-case) character.
fn value(letter: u8) -> Option<u8> {
    Some(match letter {
        b'0'..=b'9' => letter - b'0',
        b'a'..=b'h' => letter - b'a' + 10,
        b'j' | b'k' => letter - b'j' + 18,
        b'm' | b'n' => letter - b'm' + 20,
        b'p'..=b't' => letter - b'p' + 22,
        b'v'..=b'z' => letter - b'v' + 27,
        _ => return None,
    })
}

/// Decodes `N` bytes from canonical text: exact length, lower case, no look-alike characters, zero fill bits.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 8).div_ceil(5) {
        return None;
    }
    let mut bytes = [0; N];
    let (mut held, mut bits, mut at) = (0_u32, 0_u32, 0);
    for letter in text.bytes() {
        held = held << 5 | u32::from(value(letter)?);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            *bytes.get_mut(at)? = (held >> bits).to_le_bytes()[0];
            at += 1;
            held &= (1 << bits) - 1;
        }
    }
    (held == 0).then_some(bytes)
}

/// Normalizes hand-typed text: lowers the case, replaces `o` by `0` and `i` and `l` by `1`, and removes hyphens.
///
/// Characters outside the alphabet remain, so that [`decode`] rejects the text.
pub fn normalize(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != '-')
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::base32::{decode, encode, normalize};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn encoded_bytes_decode_to_themselves(bytes: [u8; 20], short: [u8; 10]) {
            prop_assert_eq!(decode::<20>(&encode(&bytes)), Some(bytes));
            prop_assert_eq!(decode::<10>(&encode(&short)), Some(short));
            prop_assert_eq!(decode::<10>(&normalize(&encode(&short).to_uppercase())), Some(short));
        }

        #[test]
        fn decode_never_panics(text in ".{0,40}") {
            let _ = decode::<10>(&text);
            let _ = decode::<20>(&normalize(&text));
        }
    }

    #[test]
    fn decode_accepts_only_the_canonical_form() {
        assert!(decode::<10>("0123456789abcdef").is_some());
        for wrong in
            ["0123456789ABCDEF", "0123456789abcdeu", "0123456789abcde", "0123456789abcdef0", "o123456789abcdef"]
        {
            assert_eq!(decode::<10>(wrong), None, "{wrong}");
        }
    }
}
