//! Share links: parses and formats them, and repairs links that chat or mail programs changed (`docs/envelope.md`,
//! "Link").

use crate::base32;
use crate::id::{Handover, ShareId};
use crate::link_text::find_in_forms;
use crate::secret::Secret;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Candidate ids tried per text. A pasted conversation may hold several links; a hostile text, thousands.
const CANDIDATES: usize = 32;

/// Length of the text in which the symbols of an id or a fragment are searched, in bytes.
const ID_TEXT: usize = 256;
const FRAGMENT_TEXT: usize = 1024;

const VERSION: u8 = b'1';
/// Characters of an id.
const ID: usize = 16;
/// Characters of a fragment: the version and the secret; with a handover, also the handover and its checksum.
const PLAIN: usize = 1 + 32;
const WITH_HANDOVER: usize = PLAIN + 32 + 8;

/// The kinds of links with an id in the path and a key in the fragment.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A share's link.
    Share,
    /// The link of a request that is sent to the giver (`docs/request.md`, "Links"). It holds no handover.
    Request,
}

impl Kind {
    /// Returns what precedes the id.
    const fn path(self) -> &'static [u8; 3] {
        match self {
            Self::Share => b"/s/",
            Self::Request => b"/r/",
        }
    }

    /// Returns the label of the checksum, by which the kinds differ besides the path.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Share => b"onetimeshare/v1/link",
            Self::Request => b"onetimeshare/v1/request-link",
        }
    }
}

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
    ///
    /// [`LONGEST_TEXT`]: super::link_text::LONGEST_TEXT
    pub fn parse(text: &str) -> Result<Self, Damaged> {
        Self::parse_as(Kind::Share, text)
    }

    pub(crate) fn parse_as(kind: Kind, text: &str) -> Result<Self, Damaged> {
        find_in_forms(text, |form| find(kind, form, Blanks::End).or_else(|| find(kind, form, Blanks::Separate)))
            .ok_or(Damaged)
    }

    /// Like [`Link::parse`], for the page of the share `id`, where the fragment alone suffices.
    ///
    /// # Errors
    /// [`Damaged`] as in [`Link::parse`], and when the link belongs to another share.
    pub fn parse_for(id: &ShareId, text: &str) -> Result<Self, Damaged> {
        Self::parse_for_as(Kind::Share, id, text)
    }

    pub(crate) fn parse_for_as(kind: Kind, id: &ShareId, text: &str) -> Result<Self, Damaged> {
        if let Ok(link) = Self::parse_as(kind, text) {
            return if link.id == *id { Ok(link) } else { Err(Damaged) };
        }
        let fragment = |form: &str| {
            let piece = after_last_mark(form);
            let read = |blanks| read_fragment(kind, *id, piece, blanks);
            read(Blanks::End).or_else(|| read(Blanks::Separate))
        };
        find_in_forms(text, fragment).ok_or(Damaged)
    }

    /// Returns the fragment, without the `#`: 33 characters, or 73 with a handover. Must not be logged.
    pub fn fragment(&self) -> String {
        self.fragment_as(Kind::Share)
    }

    pub(crate) fn fragment_as(&self, kind: Kind) -> String {
        let mut secret = Zeroizing::new([0; 20]);
        secret[..16].copy_from_slice(self.key.as_bytes());
        secret[16..].copy_from_slice(&check::<4>(kind.label(), self.id, &*self.key.0));
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
        self.url_as(Kind::Share, base)
    }

    pub(crate) fn url_as(&self, kind: Kind, base: &str) -> String {
        let fragment = Zeroizing::new(self.fragment_as(kind));
        let path = if matches!(kind, Kind::Share) { 's' } else { 'r' };
        format!("{}/{path}/{}#{}", base.trim_end_matches('/'), self.id, *fragment)
    }
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

/// Meaning of white space between the symbols of an id or a fragment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// It ends them.
    End,
    /// It separates them, as in a wrapped link, like what is left of quotes and soft breaks in a field, which joins lines.
    /// Hyphens and dots always do.
    Separate,
}

impl Blanks {
    fn separates(self, byte: u8) -> bool {
        matches!(byte, b'-' | b'.')
            || self == Self::Separate && matches!(byte, b'\t' | b'\n' | b'\r' | b' ' | b'=' | b'>' | b'|')
    }
}

/// The symbols of an id or a fragment.
pub(crate) struct Symbols<'t> {
    /// As they are written, without separators.
    written: Zeroizing<String>,
    /// The text after the last of them.
    rest: &'t str,
}

impl<'t> Symbols<'t> {
    /// Collects up to `most` symbols at the start of `text`.
    pub(crate) fn of(text: &'t str, blanks: Blanks, most: usize) -> Self {
        let (mut written, mut end) = (Zeroizing::new(String::with_capacity(most)), 0);
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii_alphanumeric() && written.len() < most {
                written.push(char::from(byte));
                end = at + 1;
            } else if written.len() == most || !blanks.separates(byte) {
                break;
            }
        }
        Self { written, rest: text.get(end..).unwrap_or_default() }
    }

    /// Returns them in canonical form.
    fn normalized(&self) -> Zeroizing<String> {
        Zeroizing::new(base32::normalize(&self.written))
    }

    /// Returns them in canonical form if they end there, or a word follows without a blank. What could be more symbols is
    /// no such word: no generated link has these letters, or one in capitals after one in lower case.
    pub(crate) fn complete(&self) -> Option<Zeroizing<String>> {
        let glued = self.rest.trim_start_matches(['-', '.']);
        let end = glued.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(glued.len());
        let glued = &glued[..end];
        let is_upper = |byte: u8| byte.is_ascii_uppercase();
        let ends = glued.is_empty()
            || glued.contains(['i', 'l', 'o', 'u', 'I', 'L', 'O', 'U'])
            || glued.bytes().next().is_some_and(is_upper) && !self.written.bytes().any(is_upper);
        ends.then(|| self.normalized())
    }
}

/// Returns the first `most` bytes of `text`, or a few less where they would split a letter.
fn start_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Returns the text from the first letter or digit after the last `#`.
pub(crate) fn after_last_mark(text: &str) -> &str {
    let from = text.rfind('#').map_or(0, |at| at + 1);
    text[from..].trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric())
}

/// Returns the ids in `text` after the path of this kind, each with the text after that path.
pub(crate) fn ids_in(kind: Kind, text: &str, blanks: Blanks) -> impl Iterator<Item = (ShareId, &str)> {
    let is_path = move |window: &[u8]| window.eq_ignore_ascii_case(kind.path());
    let starts = text.as_bytes().windows(3).enumerate().filter(move |(_, window)| is_path(window));
    let ids = starts.filter_map(move |(at, _)| {
        let after = text.get(at + 3..)?;
        let symbols = Symbols::of(start_of(after, ID_TEXT), blanks, ID);
        let next = symbols.rest.trim_start_matches('-').bytes().next();
        let id = ShareId::parse(&symbols.normalized())?;
        (!next.is_some_and(|byte| byte.is_ascii_alphanumeric())).then_some((id, after))
    });
    ids.take(CANDIDATES)
}

/// Finds the first complete link of this kind in `text`: the path, an id, and after a `#` a fragment whose checksum
/// matches the id.
fn find(kind: Kind, text: &str, blanks: Blanks) -> Option<Link> {
    ids_in(kind, text, blanks).find_map(|(id, after)| {
        let mark = after.find('#')?;
        read_fragment(kind, id, start_of(&after[mark + 1..], FRAGMENT_TEXT), blanks)
    })
}

/// Reads the fragment at the start of `text`.
fn read_fragment(kind: Kind, id: ShareId, text: &str, blanks: Blanks) -> Option<Link> {
    // A wrapped handover is searched in any case, so that no link is read as a shorter one.
    let whole = Symbols::of(text, Blanks::Separate, WITH_HANDOVER).complete();
    whole
        .and_then(|whole| read_symbols(kind, id, &whole))
        .or_else(|| read_symbols(kind, id, &Symbols::of(text, blanks, PLAIN).complete()?))
}

/// Reads a fragment in canonical form.
fn read_symbols(kind: Kind, id: ShareId, symbols: &str) -> Option<Link> {
    if !matches!(symbols.len(), PLAIN | WITH_HANDOVER) || symbols.as_bytes()[0] != VERSION {
        return None;
    }
    let secret = Zeroizing::new(base32::decode::<20>(symbols.get(1..PLAIN)?)?);
    let key = LinkKey(Secret::copy_of(secret.first_chunk()?));
    if secret[16..] != check::<4>(kind.label(), id, &*key.0) {
        return None;
    }
    let handover = if symbols.len() == WITH_HANDOVER {
        if matches!(kind, Kind::Request) {
            return None;
        }
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
    use crate::link::{Damaged, Handover, Link, LinkKey, ShareId};
    use crate::link_text::LONGEST_TEXT;
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
        for hostile in [
            "/s/",
            "%25",
            "/s/0000000000000000",
            "#",
            "-",
            "/s/0000000000000000#1",
            "aHR0c",
            "aHR0c ",
            "/v3/__*",
            "/v3/__a__;A!",
            "/v2/url?u=-",
            "&#35;",
            "\\",
            "=",
            "> \n",
        ] {
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
        fn parse_never_panics(text in "(/s/|#|%|%25|1|[0-9a-z]{16}|/v3/__|\\*|__;|Iw!|/v2/url\\?u=|aHR0c|&#|;|\\\\u|=|\n|.){0,40}") {
            let _ = Link::parse(&text);
            let _ = Link::parse_for(&link().id, &text);
        }
    }
}
