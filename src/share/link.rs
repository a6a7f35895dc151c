//! Links: what stands in them, how they are written, and the repair of what chat and mail do to them
//! (`docs/envelope.md`, "Link").

use super::base32;
use super::id::{Claim, ShareId};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Longer texts are no link, and are not searched for one, in bytes.
pub const LONGEST_TEXT: usize = 16 * 1024;

/// How often `%25` may have been written for `%`: a link inside a link inside a link.
const ESCAPED: usize = 4;

/// How many ids of one text are tried. A pasted conversation may hold several links; a hostile text, thousands.
const CANDIDATES: usize = 32;

const VERSION: u8 = b'1';
/// Characters of a fragment: the version and the secret; with a claim, also the claim and its check.
const PLAIN: usize = 1 + 32;
const CLAIMED: usize = PLAIN + 32 + 8;

/// The link is cut, changed or no link at all: a length or a check is wrong. Nothing is asked of the store then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the link is damaged")]
pub struct Damaged;

/// The 16 random bytes in a link from which every key of a share is made. Never stored, never logged.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct LinkKey([u8; 16]);

impl LinkKey {
    /// A fresh one from the system's random numbers.
    ///
    /// # Errors
    /// When the system has no random numbers to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// One from its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes, for the key schedule.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

/// A whole link, checked: the share it names and the key to it.
#[derive(Clone)]
pub struct Link {
    /// The share.
    pub id: ShareId,
    /// The key to it.
    pub key: LinkKey,
    /// Who opened it, in a reader's own copy for another browser.
    pub claim: Option<Claim>,
}

/// Links open shares, so `Debug` prints none.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

impl Link {
    /// Finds the link in what a person pasted, or what is left of it after chat, mail and scanners.
    ///
    /// # Errors
    /// [`Damaged`] when no whole link is in the text or the text is longer than [`LONGEST_TEXT`].
    pub fn parse(text: &str) -> Result<Self, Damaged> {
        readings(text)?.iter().find_map(|reading| find(reading)).ok_or(Damaged)
    }

    /// As [`Link::parse`], on the page of the share `id`, where the piece after `#` is enough.
    ///
    /// # Errors
    /// [`Damaged`] as there, and when the link is one of another share.
    pub fn parse_for(id: &ShareId, text: &str) -> Result<Self, Damaged> {
        let readings = readings(text)?;
        if let Some(link) = readings.iter().find_map(|reading| find(reading)) {
            return if link.id == *id { Ok(link) } else { Err(Damaged) };
        }
        let piece = |reading: &Zeroizing<Vec<u8>>| {
            let from = reading.iter().rposition(|byte| *byte == b'#').map_or(0, |at| at + 1);
            let quoted = reading[from..].iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
            read_fragment(*id, &reading[from + quoted..])
        };
        readings.iter().find_map(piece).ok_or(Damaged)
    }

    /// What stands behind the `#`, without it: 33 characters, with a claim 73. Never into a log.
    pub fn fragment(&self) -> String {
        let mut secret = Zeroizing::new([0; 20]);
        secret[..16].copy_from_slice(&self.key.0);
        secret[16..].copy_from_slice(&key_check(self.id, &self.key.0));
        let mut fragment = String::with_capacity(CLAIMED);
        fragment.push(char::from(VERSION));
        fragment.push_str(&Zeroizing::new(base32::encode(&*secret)));
        if let Some(claim) = &self.claim {
            fragment.push_str(&Zeroizing::new(claim.expose()));
            fragment.push_str(&base32::encode(&claim_check(self.id, claim.as_bytes())));
        }
        fragment
    }

    /// The whole link below `base` (scheme, host and base path). Never into a log.
    pub fn url(&self, base: &str) -> String {
        let fragment = Zeroizing::new(self.fragment());
        format!("{}/s/{}#{}", base.trim_end_matches('/'), self.id, *fragment)
    }
}

fn key_check(id: ShareId, key: &[u8; 16]) -> [u8; 4] {
    check(b"onetimeshare/v1/link", id, key)
}

fn claim_check(id: ShareId, claim: &[u8; 20]) -> [u8; 5] {
    check(b"onetimeshare/v1/claim", id, claim)
}

/// The first bytes of SHA-256(label ‖ id text ‖ bytes): with the id in it, a key put behind another id is noticed.
fn check<const N: usize>(label: &[u8], id: ShareId, bytes: &[u8]) -> [u8; N] {
    const { assert!(N <= 32) }
    let digest = Sha256::new().chain_update(label).chain_update(id.to_string()).chain_update(bytes).finalize();
    let mut first = [0; N];
    first.copy_from_slice(&digest[..N]);
    first
}

/// The texts in which to look: percent signs undone, then also with line breaks and spaces taken out, for a link
/// that mail wrapped over two lines.
pub(super) fn readings(text: &str) -> Result<[Zeroizing<Vec<u8>>; 2], Damaged> {
    if text.len() > LONGEST_TEXT {
        return Err(Damaged);
    }
    let mut plain = visible(text.as_bytes());
    for _ in 0..ESCAPED {
        if !unescape(&mut plain) {
            break;
        }
        // Browsers write what nobody sees in an address as such escapes, too.
        plain = visible(&plain);
    }
    let joined = plain.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    Ok([plain, Zeroizing::new(joined)])
}

/// `text` without what nobody sees.
fn visible(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = Zeroizing::new(String::from_utf8_lossy(text).into_owned());
    let mut visible = Zeroizing::new(Vec::with_capacity(text.len()));
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        visible.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    visible
}

/// Characters that copying leaves behind in a text and nobody sees: soft hyphen, zero-width and direction marks.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Undoes one layer of percent escapes in place, never making the text longer. Says whether there were any.
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

/// The first whole link in `text`: `/s/`, an id, and behind a `#` a fragment that fits the id.
fn find(text: &[u8]) -> Option<Link> {
    let starts = text.windows(3).enumerate().filter(|(_, window)| window.eq_ignore_ascii_case(b"/s/"));
    let ids = starts.filter_map(|(at, _)| {
        let (symbols, rest) = symbols(&text[at + 3..]);
        Some((ShareId::parse(&symbols)?, rest))
    });
    ids.take(CANDIDATES).find_map(|(id, rest)| {
        let mark = rest.iter().position(|byte| *byte == b'#')?;
        read_fragment(id, &rest[mark + 1..])
    })
}

/// The characters at the start of `text` that can belong to an id or a fragment, made canonical, and the rest.
pub(super) fn symbols(text: &[u8]) -> (Zeroizing<String>, &[u8]) {
    let ours = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let (symbols, rest) = text.split_at(text.iter().take_while(ours).count());
    let symbols = Zeroizing::new(String::from_utf8_lossy(symbols).into_owned());
    (Zeroizing::new(base32::normalize(&symbols)), rest)
}

fn read_fragment(id: ShareId, text: &[u8]) -> Option<Link> {
    let (symbols, _) = symbols(text);
    if !matches!(symbols.len(), PLAIN | CLAIMED) || symbols.as_bytes()[0] != VERSION {
        return None;
    }
    let secret = Zeroizing::new(base32::decode::<20>(symbols.get(1..PLAIN)?)?);
    let mut key = LinkKey([0; 16]);
    key.0.copy_from_slice(&secret[..16]);
    if secret[16..] != key_check(id, &key.0) {
        return None;
    }
    let claim = if symbols.len() == CLAIMED {
        let claim = Claim::parse(symbols.get(PLAIN..PLAIN + 32)?)?;
        if base32::decode::<5>(symbols.get(PLAIN + 32..)?)? != claim_check(id, claim.as_bytes()) {
            return None;
        }
        Some(claim)
    } else {
        None
    };
    Some(Link { id, key, claim })
}

#[cfg(test)]
mod tests {
    use super::{Claim, Damaged, LONGEST_TEXT, Link, LinkKey, ShareId};
    use proptest::prelude::*;

    fn link() -> Link {
        Link { id: ShareId::from_bytes([3; 10]), key: LinkKey::from_bytes([7; 16]), claim: None }
    }

    fn same(read: &Link, made: &Link) -> bool {
        read.id == made.id
            && read.key == made.key
            && read.claim.as_ref().map(Claim::expose) == made.claim.as_ref().map(Claim::expose)
    }

    #[test]
    fn nothing_of_a_link_is_printed() {
        assert_eq!(format!("{:?} {:?}", link(), link().key), "Link(..) LinkKey(..)");
    }

    #[test]
    fn the_piece_after_the_hash_is_enough_on_the_page_of_its_share() {
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
    fn links_are_found_after_what_mail_and_chat_do_to_them() {
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
    fn a_huge_text_is_refused_and_a_hostile_one_costs_little() {
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
        fn what_is_written_is_read(id: [u8; 10], key: [u8; 16], claim: Option<[u8; 20]>) {
            let claim = claim.map(Claim::from_bytes);
            let made = Link { id: ShareId::from_bytes(id), key: LinkKey::from_bytes(key), claim };
            let url = made.url("https://share.example/base");
            prop_assert!(same(&Link::parse(&url).unwrap(), &made));
            prop_assert!(same(&Link::parse(&url.to_uppercase().replace('#', "%23")).unwrap(), &made));
        }

        #[test]
        fn a_changed_letter_is_noticed(at in 0_usize..33, to in "[0-9a-hjkmnp-tv-z]") {
            let made = link();
            let mut fragment = made.fragment();
            prop_assume!(fragment[at..=at] != to);
            fragment.replace_range(at..=at, &to);
            prop_assert!(Link::parse_for(&made.id, &fragment).is_err());
        }

        #[test]
        fn no_text_breaks_the_reader(text in "(/s/|#|%|%25|1|[0-9a-z]{16}|.){0,40}") {
            let _ = Link::parse(&text);
            let _ = Link::parse_for(&link().id, &text);
        }
    }
}
