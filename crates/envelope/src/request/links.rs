//! The two links of a request (`docs/request.md`, "Links"): the one that is sent, and the private one.

use crate::ShareId;
use crate::base32;
use crate::link::{Blanks, Damaged, Kind, Link, LinkKey, Symbols, after_last_mark};
use crate::link_text::find_in_forms;
use crate::request::keys::{RequestKey, RequesterKeys};
use crate::secret::Secret;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of the checksum of a private link.
const CHECK: usize = 5;
/// Characters of the fragment of a private link: the secret and its checksum.
const PRIVATE: usize = (20 + CHECK) * 8 / 5;

/// The link that is sent: whoever holds it reads the note and can answer.
#[derive(Clone)]
pub struct GiveLink {
    /// The id of the request.
    pub id: ShareId,
    /// The key of the request.
    pub key: RequestKey,
}

/// `Debug` omits the value, because the link reads the note.
impl fmt::Debug for GiveLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GiveLink(..)")
    }
}

impl GiveLink {
    /// Finds a link in pasted text, undoing the changes that chat, mail and scanners make, as [`Link::parse`] does.
    ///
    /// # Errors
    /// [`Damaged`] when the text holds no complete link of a request, or is too long.
    pub fn parse(text: &str) -> Result<Self, Damaged> {
        Link::parse_as(Kind::Request, text).map(Self::from)
    }

    /// Like [`GiveLink::parse`], for the page of the request `id`, where the fragment alone suffices.
    ///
    /// # Errors
    /// [`Damaged`] as in [`GiveLink::parse`], and when the link belongs to another request.
    pub fn parse_for(id: &ShareId, text: &str) -> Result<Self, Damaged> {
        Link::parse_for_as(Kind::Request, id, text).map(Self::from)
    }

    fn as_link(&self) -> Link {
        Link { id: self.id, key: LinkKey::from_bytes(*self.key.as_bytes()), handover: None }
    }

    /// Returns the fragment of 33 characters, without the `#`. Must not be logged.
    pub fn fragment(&self) -> String {
        self.as_link().fragment_as(Kind::Request)
    }

    /// Returns the complete link below `base` (scheme, host and base path). Must not be logged.
    pub fn url(&self, base: &str) -> String {
        self.as_link().url_as(Kind::Request, base)
    }
}

impl From<Link> for GiveLink {
    fn from(link: Link) -> Self {
        Self { id: link.id, key: RequestKey::from_bytes(*link.key.as_bytes()) }
    }
}

/// The private link: 20 random bytes from which everything of a request derives. Never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateLink(Secret<20>);

/// `Debug` omits the value, because the private link opens the answers.
impl fmt::Debug for PrivateLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateLink(..)")
    }
}

impl PrivateLink {
    /// Creates a link from its 20 bytes.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Returns the 20 bytes. Must not be logged.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// Creates a link from the 32 characters of base32 that a form brings along.
    pub fn from_nonce(text: &str) -> Option<Self> {
        base32::decode(text).map(Self::from_bytes)
    }

    /// Derives the keys of the person who asks.
    pub fn keys(&self) -> RequesterKeys {
        RequesterKeys::derive(self)
    }

    /// Finds a private link in pasted text: a whole link, or its fragment alone. Returns `None` when it is truncated or
    /// altered.
    pub fn parse(text: &str) -> Option<Self> {
        find_in_forms(text, |form| {
            let piece = after_last_mark(form);
            let read = |blanks| Self::read(&Symbols::of(piece, blanks, PRIVATE).complete()?);
            read(Blanks::End).or_else(|| read(Blanks::Separate))
        })
    }

    /// Reads a fragment in canonical form.
    fn read(symbols: &str) -> Option<Self> {
        let bytes = Zeroizing::new(base32::decode::<{ 20 + CHECK }>(symbols)?);
        let link = Self(Secret::copy_of(bytes.first_chunk()?));
        (bytes[20..] == link.check()).then_some(link)
    }

    fn check(&self) -> [u8; CHECK] {
        let digest = Sha256::new().chain_update(b"onetimeshare/v1/request-private-link").chain_update(self.as_bytes());
        let mut first = [0; CHECK];
        first.copy_from_slice(&digest.finalize()[..CHECK]);
        first
    }

    /// Returns the fragment of 40 characters, without the `#`. Must not be logged.
    pub fn fragment(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 20 + CHECK]);
        bytes[..20].copy_from_slice(self.as_bytes());
        bytes[20..].copy_from_slice(&self.check());
        Zeroizing::new(base32::encode(&*bytes))
    }

    /// Returns the complete link below `base` (scheme, host and base path). Must not be logged.
    pub fn url(&self, base: &str) -> String {
        format!("{}/request#{}", base.trim_end_matches('/'), *self.fragment())
    }
}

#[cfg(test)]
mod tests {
    use crate::request::links::{GiveLink, PrivateLink, RequestKey};
    use crate::{Link, LinkKey, ShareId};
    use proptest::prelude::*;

    fn private() -> PrivateLink {
        PrivateLink::from_bytes([5; 20])
    }

    #[test]
    fn debug_output_omits_links_and_keys() {
        let keys = private().keys();
        let shown = format!("{:?} {:?} {keys:?} {:?}", private(), keys.give_link(), keys.give_link().key);
        assert_eq!(shown, "PrivateLink(..) GiveLink(..) RequesterKeys(..) RequestKey(..)");
    }

    #[test]
    fn links_mangled_by_mail_and_chat_are_found() {
        let made = private();
        let fragment = made.fragment();
        let (first, second) = fragment.split_at(20);
        for text in [
            fragment.to_string(),
            made.url("https://share.example/tools/"),
            format!("https://share.example/request?lang=de#{}", *fragment),
            format!("  “<https://share.example/request%2523{}>”. ", *fragment),
            format!("https://share.example/request#{first}\r\n{second}"),
            format!("HTTPS://SHARE.EXAMPLE/REQUEST#{}", fragment.to_uppercase()),
            format!("https://share.example/request#{first}-\u{200b}{second}"),
        ] {
            assert!(PrivateLink::parse(&text).is_some_and(|read| read == made), "{text}");
        }
        let give = made.keys().give_link();
        let url = give.url("https://share.example");
        for text in [
            url.clone(),
            format!("Look: {url}, please."),
            url.replace('#', "%23"),
            url.replace("/r/", "/r/\u{200b}"),
            url.to_uppercase(),
        ] {
            assert!(GiveLink::parse(&text).is_ok_and(|read| read.id == give.id && read.key == give.key), "{text}");
        }
        assert!(GiveLink::parse_for(&give.id, &give.fragment()).is_ok());
        assert!(GiveLink::parse_for(&ShareId::from_bytes([9; 10]), &url).is_err());
    }

    #[test]
    fn links_of_requests_and_of_shares_are_damaged_in_each_others_place() {
        let give = private().keys().give_link();
        let share = Link { id: give.id, key: LinkKey::from_bytes(*give.key.as_bytes()), handover: None };
        let (asked, shared) = (give.url("https://share.example"), share.url("https://share.example"));
        assert!(Link::parse(&asked).is_err() && GiveLink::parse(&shared).is_err());
        assert!(Link::parse(&asked.replace("/r/", "/s/")).is_err());
        assert!(GiveLink::parse(&shared.replace("/s/", "/r/")).is_err());
        assert!(Link::parse_for(&give.id, &give.fragment()).is_err());
        assert!(GiveLink::parse_for(&give.id, &share.fragment()).is_err());
    }

    proptest! {
        #[test]
        fn a_formatted_link_parses_to_itself(secret: [u8; 20], id: [u8; 10], key: [u8; 16]) {
            let made = PrivateLink::from_bytes(secret);
            prop_assert!(PrivateLink::parse(&made.url("https://share.example")).is_some_and(|read| read == made));
            let give = GiveLink { id: ShareId::from_bytes(id), key: RequestKey::from_bytes(key) };
            let read = GiveLink::parse(&give.url("https://share.example")).unwrap();
            prop_assert!(read.id == give.id && read.key == give.key);
        }

        #[test]
        fn a_changed_character_is_rejected(at in 0_usize..40, to in "[0-9a-hjkmnp-tv-z]") {
            let mut fragment = private().fragment().to_string();
            prop_assume!(fragment[at..=at] != to);
            fragment.replace_range(at..=at, &to);
            prop_assert!(PrivateLink::parse(&fragment).is_none());
        }

        #[test]
        fn parse_never_panics(text in "(/r/|/request|#|%|%25|1|[0-9a-z]{16}|[0-9a-z]{40}|aHR0c|&#|;|=|\n|.){0,40}") {
            let _ = (PrivateLink::parse(&text), GiveLink::parse(&text));
            let _ = GiveLink::parse_for(&private().keys().id(), &text);
        }
    }
}
