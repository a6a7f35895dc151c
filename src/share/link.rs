//! Share links: parses and formats them, and repairs links that chat or mail programs changed (`docs/envelope.md`,
//! "Link").

use super::base32;
use super::id::{Handover, ShareId};
use super::secret::Secret;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Longest text that is searched for a link, in bytes.
pub const LONGEST_TEXT: usize = 16 * 1024;

/// Layers of percent-encoding that are removed; links nested in redirect links are encoded repeatedly.
const ESCAPED: usize = 4;

/// Candidate ids tried per text. A pasted conversation may hold several links; a hostile text, thousands.
const CANDIDATES: usize = 32;

const VERSION: u8 = b'1';
/// Characters of a fragment: the version and the secret; with a handover, also the handover and its checksum.
const PLAIN: usize = 1 + 32;
const WITH_HANDOVER: usize = PLAIN + 32 + 8;

/// Error for a link that is truncated, altered or absent, found by its length or checksum without asking the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the link is damaged")]
pub struct Damaged;

/// Link key: the 16 random bytes from which every key of a share is derived. Never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkKey(Secret<16>);

impl LinkKey {
    /// Creates a key from its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Returns the 16 bytes, for the key schedule.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

/// A complete link whose checksum matches: the share's id and its link key.
#[derive(Clone)]
pub struct Link {
    /// The id of the share.
    pub id: ShareId,
    /// The link key.
    pub key: LinkKey,
    /// The handover, present in the link that the receiver's page makes for another browser. A link never holds a claim,
    /// so that nobody who changes a link chooses one.
    pub handover: Option<Handover>,
}

/// `Debug` omits the value, because a link opens its share.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

impl Link {
    /// Finds a link in pasted text, undoing the changes that chat, mail and scanners make.
    ///
    /// # Errors
    /// [`Damaged`] when the text holds no complete link or is longer than [`LONGEST_TEXT`].
    pub fn parse(text: &str) -> Result<Self, Damaged> {
        readings(text)?.iter().find_map(|reading| find(reading)).ok_or(Damaged)
    }

    /// Like [`Link::parse`], for the page of the share `id`, where the fragment alone suffices.
    ///
    /// # Errors
    /// [`Damaged`] as in [`Link::parse`], and when the link belongs to another share.
    pub fn parse_for(id: &ShareId, text: &str) -> Result<Self, Damaged> {
        let readings = readings(text)?;
        if let Some(link) = readings.iter().find_map(|reading| find(reading)) {
            return if link.id == *id { Ok(link) } else { Err(Damaged) };
        }
        let fragment = |reading: &Zeroizing<Vec<u8>>| {
            let from = reading.iter().rposition(|byte| *byte == b'#').map_or(0, |at| at + 1);
            let quoted = reading[from..].iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
            read_fragment(*id, &reading[from + quoted..])
        };
        readings.iter().find_map(fragment).ok_or(Damaged)
    }

    /// Returns the fragment, without the `#`: 33 characters, or 73 with a handover. Must not be logged.
    pub fn fragment(&self) -> String {
        let mut secret = Zeroizing::new([0; 20]);
        secret[..16].copy_from_slice(self.key.as_bytes());
        secret[16..].copy_from_slice(&key_check(self.id, &self.key.0));
        let mut fragment = String::with_capacity(WITH_HANDOVER);
        fragment.push(char::from(VERSION));
        fragment.push_str(&Zeroizing::new(base32::encode(&*secret)));
        if let Some(handover) = &self.handover {
            fragment.push_str(&Zeroizing::new(handover.expose()));
            fragment.push_str(&base32::encode(&handover_check(self.id, handover.as_bytes())));
        }
        fragment
    }

    /// Returns the complete link below `base` (scheme, host and base path). Must not be logged.
    pub fn url(&self, base: &str) -> String {
        let fragment = Zeroizing::new(self.fragment());
        format!("{}/s/{}#{}", base.trim_end_matches('/'), self.id, *fragment)
    }
}

fn key_check(id: ShareId, key: &[u8; 16]) -> [u8; 4] {
    check(b"onetimeshare/v1/link", id, key)
}

fn handover_check(id: ShareId, handover: &[u8; 20]) -> [u8; 5] {
    check(b"onetimeshare/v1/handover", id, handover)
}

/// Returns the first bytes of SHA-256(label ‖ id text ‖ bytes). Including the id detects a key attached to another id.
fn check<const N: usize>(label: &[u8], id: ShareId, bytes: &[u8]) -> [u8; N] {
    const { assert!(N <= 32) }
    let digest = Sha256::new().chain_update(label).chain_update(id.to_string()).chain_update(bytes).finalize();
    let mut first = [0; N];
    first.copy_from_slice(&digest[..N]);
    first
}

/// Returns the texts to search: percent-decoded, then also without whitespace, for a link that mail wrapped over two
/// lines.
pub(super) fn readings(text: &str) -> Result<[Zeroizing<Vec<u8>>; 2], Damaged> {
    if text.len() > LONGEST_TEXT {
        return Err(Damaged);
    }
    let mut plain = visible(text.as_bytes());
    for _ in 0..ESCAPED {
        if !unescape(&mut plain) {
            break;
        }
        // Browsers percent-encode invisible characters in an address.
        plain = visible(&plain);
    }
    let joined = plain.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    Ok([plain, Zeroizing::new(joined)])
}

/// Returns `text` without invisible characters.
fn visible(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = Zeroizing::new(String::from_utf8_lossy(text).into_owned());
    let mut visible = Zeroizing::new(Vec::with_capacity(text.len()));
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        visible.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    visible
}

/// Returns whether copied text may contain `letter` invisibly: soft hyphen, zero-width and direction marks.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Decodes one layer of percent escapes in place, never making the text longer. Returns whether there were any.
fn unescape(text: &mut Vec<u8>) -> bool {
    let digit = |at: Option<&u8>| at.and_then(|byte| char::from(*byte).to_digit(16));
    let (mut read, mut write) = (0, 0);
    while read < text.len() {
        let (byte, step) = match (text[read], digit(text.get(read + 1)), digit(text.get(read + 2))) {
            (b'%', Some(high), Some(low)) => ((high << 4 | low).to_le_bytes()[0], 3),
            (byte, ..) => (byte, 1),
        };
        text[write] = byte;
        read += step;
        write += 1;
    }
    text.truncate(write);
    read != write
}

/// Returns the ids after `/s/` in `text`, each with the text that follows it.
pub(super) fn ids_in(text: &[u8]) -> impl Iterator<Item = (ShareId, &[u8])> {
    let starts = text.windows(3).enumerate().filter(|(_, window)| window.eq_ignore_ascii_case(b"/s/"));
    let ids = starts.filter_map(|(at, _)| {
        let (symbols, rest) = symbols(&text[at + 3..]);
        Some((ShareId::parse(&symbols)?, rest))
    });
    ids.take(CANDIDATES)
}

/// Finds the first complete link in `text`: `/s/`, an id, and after a `#` a fragment whose checksum matches the id.
fn find(text: &[u8]) -> Option<Link> {
    ids_in(text).find_map(|(id, rest)| {
        let mark = rest.iter().position(|byte| *byte == b'#')?;
        read_fragment(id, &rest[mark + 1..])
    })
}

/// Splits off the leading characters of `text` that can belong to an id or a fragment, normalized; returns the rest too.
pub(super) fn symbols(text: &[u8]) -> (Zeroizing<String>, &[u8]) {
    let ours = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let (symbols, rest) = text.split_at(text.iter().take_while(ours).count());
    let symbols = Zeroizing::new(String::from_utf8_lossy(symbols).into_owned());
    (Zeroizing::new(base32::normalize(&symbols)), rest)
}

fn read_fragment(id: ShareId, text: &[u8]) -> Option<Link> {
    let (symbols, _) = symbols(text);
    if !matches!(symbols.len(), PLAIN | WITH_HANDOVER) || symbols.as_bytes()[0] != VERSION {
        return None;
    }
    let secret = Zeroizing::new(base32::decode::<20>(symbols.get(1..PLAIN)?)?);
    let mut key = LinkKey(Secret::new([0; 16]));
    key.0.copy_from_slice(&secret[..16]);
    if secret[16..] != key_check(id, &key.0) {
        return None;
    }
    let handover = if symbols.len() == WITH_HANDOVER {
        let handover = Handover::parse(symbols.get(PLAIN..PLAIN + 32)?)?;
        if base32::decode::<5>(symbols.get(PLAIN + 32..)?)? != handover_check(id, handover.as_bytes()) {
            return None;
        }
        Some(handover)
    } else {
        None
    };
    Some(Link { id, key, handover })
}

#[cfg(test)]
mod tests {
    use super::{Damaged, Handover, LONGEST_TEXT, Link, LinkKey, ShareId};
    use proptest::prelude::*;

    fn link() -> Link {
        Link { id: ShareId::from_bytes([3; 10]), key: LinkKey::from_bytes([7; 16]), handover: None }
    }

    fn same(read: &Link, made: &Link) -> bool {
        read.id == made.id
            && read.key == made.key
            && read.handover.as_ref().map(Handover::expose) == made.handover.as_ref().map(Handover::expose)
    }

    #[test]
    fn debug_output_omits_links_and_keys() {
        assert_eq!(format!("{:?} {:?}", link(), link().key), "Link(..) LinkKey(..)");
    }

    #[test]
    fn the_fragment_alone_is_accepted_for_its_share() {
        let made = link();
        let fragment = made.fragment();
        let forms =
            [fragment.clone(), format!("#{fragment}"), format!("  “#{fragment}”. "), format!("%2523{fragment}")];
        for text in forms.iter().chain([&made.url("https://share.example"), &format!("{}#{fragment}", made.id)]) {
            assert!(same(&Link::parse_for(&made.id, text).unwrap(), &made), "{text}");
        }
        let other = ShareId::from_bytes([4; 10]);
        for text in [fragment.clone(), made.url("https://share.example")] {
            assert_eq!(Link::parse_for(&other, &text).unwrap_err(), Damaged);
        }
        for text in ["", "#", "1", "hello", &fragment[1..], &fragment[..32]] {
            assert_eq!(Link::parse_for(&made.id, text).unwrap_err(), Damaged, "{text}");
        }
    }

    #[test]
    fn links_mangled_by_mail_and_chat_are_found() {
        let made = link();
        let (id, fragment, url) = (made.id, made.fragment(), made.url("https://share.example/"));
        let (first, second) = url.split_at(url.len() - 12);
        for text in [
            format!("{first}\r\n{second}"),
            format!("Look: {url}, it opens once."),
            format!("[a link]({url})"),
            format!("https://share.example/s/{id}/#{fragment}"),
            format!("https://share.example/s/{id}?utm_source=mail#{fragment}"),
            format!("https://a.example/s/0000000000000000 and {url}"),
            format!("https://a.example/?u=https%253A%252F%252Fshare.example%252Fs%252F{id}%252523{fragment}&x=1"),
            url.replace("/s/", "/s/\u{200b}"),
            url.replace('#', "#%E2%80%8B"),
            url.replace('#', "%25%E2%80%8B23"),
        ] {
            assert!(same(&Link::parse(&text).unwrap(), &made), "{text}");
        }
    }

    #[test]
    fn oversized_and_hostile_texts_are_rejected() {
        let padded = format!("{}{}", " ".repeat(LONGEST_TEXT), link().url("https://share.example"));
        assert_eq!(Link::parse(&padded).unwrap_err(), Damaged);
        for hostile in ["/s/", "%25", "/s/0000000000000000", "#", "-", "/s/0000000000000000#1"] {
            let text = hostile.repeat(LONGEST_TEXT / hostile.len());
            assert_eq!(Link::parse(&text).unwrap_err(), Damaged);
            assert_eq!(Link::parse_for(&link().id, &text).unwrap_err(), Damaged);
        }
    }

    proptest! {
        #[test]
        fn a_formatted_link_parses_to_itself(id: [u8; 10], key: [u8; 16], handover: Option<[u8; 20]>) {
            let handover = handover.map(Handover::from_bytes);
            let made = Link { id: ShareId::from_bytes(id), key: LinkKey::from_bytes(key), handover };
            let url = made.url("https://share.example/base");
            prop_assert!(same(&Link::parse(&url).unwrap(), &made));
            prop_assert!(same(&Link::parse(&url.to_uppercase().replace('#', "%23")).unwrap(), &made));
        }

        #[test]
        fn a_changed_character_is_rejected(at in 0_usize..33, to in "[0-9a-hjkmnp-tv-z]") {
            let made = link();
            let mut fragment = made.fragment();
            prop_assume!(fragment[at..=at] != to);
            fragment.replace_range(at..=at, &to);
            prop_assert!(Link::parse_for(&made.id, &fragment).is_err());
        }

        #[test]
        fn parse_never_panics(text in "(/s/|#|%|%25|1|[0-9a-z]{16}|.){0,40}") {
            let _ = Link::parse(&text);
            let _ = Link::parse_for(&link().id, &text);
        }
    }
}
