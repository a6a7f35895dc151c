//! References to parts in a part store, as the record store keeps them.

use super::StoreError;
use std::fmt::{self, Write as _};

/// Milliseconds in an hour.
const HOUR: u64 = 3_600_000;

/// The random name of a part store, so that a part is never looked for in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoreTag(pub [u8; 4]);

impl StoreTag {
    /// Returns a random tag.
    pub(super) fn random() -> Result<Self, StoreError> {
        random().map(Self)
    }

    /// Parses the text that [`fmt::Display`] writes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        parse_hex(text).map(Self)
    }
}

impl fmt::Display for StoreTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// The name of an object in a part store: the hour of its share's latest possible end, and a random number. All objects
/// of an hour can be removed once it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObjectName {
    /// Hours since 1970.
    pub hour: u32,
    /// A random number.
    pub random: [u8; 16],
}

impl ObjectName {
    /// Returns a new name in the hour of `end`, in milliseconds.
    pub(super) fn new(end: u64) -> Result<Self, StoreError> {
        Ok(Self { hour: hour_of(end), random: random()? })
    }

    /// Returns the name within its hour.
    pub(super) fn file(&self) -> String {
        hex(&self.random)
    }
}

/// Returns the hour of a time in milliseconds.
pub(super) fn hour_of(time: u64) -> u32 {
    u32::try_from(time / HOUR).unwrap_or(u32::MAX)
}

/// A part in a part store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartReference {
    /// Length in bytes.
    pub length: u32,
    /// The part store.
    pub store: StoreTag,
    /// The object in it.
    pub name: ObjectName,
}

impl PartReference {
    /// Encodes the reference. The length comes first, because scripts in Redis read it.
    pub(super) fn encode(&self) -> String {
        format!("{}:{}/{}/{}", self.length, self.store, self.name.hour, self.name.file())
    }

    /// Returns `None` for bytes in another format.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = std::str::from_utf8(bytes).ok()?.split_once(':')?;
        let (store, rest) = rest.split_once('/')?;
        let (hour, file) = rest.split_once('/')?;
        let name = ObjectName { hour: hour.parse().ok()?, random: parse_hex(file)? };
        Some(Self { length: length.parse().ok()?, store: StoreTag::parse(store)?, name })
    }
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Unavailable("no random numbers".into()))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|letter| letter.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{ObjectName, PartReference, StoreTag};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn references_decode_to_what_was_encoded(length: u32, tag: [u8; 4], hour: u32, random: [u8; 16]) {
            let reference = PartReference { length, store: StoreTag(tag), name: ObjectName { hour, random } };
            prop_assert_eq!(PartReference::decode(reference.encode().as_bytes()), Some(reference));
        }

        #[test]
        fn decoding_arbitrary_bytes_does_not_panic(bytes: Vec<u8>, text: String) {
            let _ = (PartReference::decode(&bytes), PartReference::decode(text.as_bytes()));
        }
    }

    #[test]
    fn a_reference_reads_as_its_length_and_its_path() {
        let name = ObjectName { hour: 500_000, random: [0xab; 16] };
        let reference = PartReference { length: 7, store: StoreTag([1, 2, 3, 4]), name };
        assert_eq!(reference.encode(), "7:01020304/500000/abababababababababababababababab");
        assert!(PartReference::decode(b"7:01020304/500000/../../../../../../../../etc/passwd").is_none());
    }
}
