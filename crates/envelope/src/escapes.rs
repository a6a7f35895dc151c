//! Bytes written as two hex digits after a mark, as in percent-encoding and quoted-printable.

/// Decodes bytes written as two hex digits after `mark`. Keeps a mark without two hex digits.
pub fn unescape(text: &[u8], mark: u8) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((first, after)) = rest.split_first() {
        match (*first == mark, after.first_chunk().and_then(|digits| hex(*digits))) {
            (true, Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// Returns the byte that two hex digits write.
pub fn hex(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}
