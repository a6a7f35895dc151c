//! Status links: parses and formats the fragment of `/status`, which only the sender has.

use crate::link::{Blanks, Symbols, after_last_mark};
use crate::link_text::find_in_forms;
use crate::words::WordsKey;
use crate::{Owner, ShareId, base32};
use std::fmt;
use zeroize::Zeroizing;

/// Characters of an owner token, and of a words key with its checksum.
const HALF: usize = 32;

/// The sender's own link: the owner token and an optional words key.
#[derive(Clone)]
pub struct StatusLink {
    /// The sender's owner token.
    pub owner: Owner,
    /// The key of the matching words (`docs/matching-words.md`).
    pub words: Option<WordsKey>,
}

/// `Debug` omits the value, because a status link authorizes deletion.
impl fmt::Debug for StatusLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatusLink(..)")
    }
}

impl StatusLink {
    /// Finds a status link in pasted text: a whole link, or its fragment alone. Returns `None` when it is detectably
    /// truncated or altered.
    pub fn parse(text: &str) -> Option<Self> {
        find_in_forms(text, |form| {
            let piece = after_last_mark(form);
            let long = Symbols::of(piece, Blanks::Separate, 2 * HALF).complete();
            long.and_then(|long| Self::read(&long)).or_else(|| {
                // The owner token has no checksum, so its length must be right.
                let end = piece.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
                Self::read(&Zeroizing::new(base32::normalize(&piece[..end.unwrap_or(piece.len())])))
            })
        })
    }

    /// Returns whether `text` contains a status link, which opens nothing.
    pub fn is_in(text: &str) -> bool {
        let named = |form: &str| {
            let lower = Zeroizing::new(form.to_ascii_lowercase());
            let blank = |letter: char| letter.is_ascii_whitespace();
            let mut starts = lower.match_indices("/status");
            starts.find_map(|(at, _)| lower[at..].split_once('#').filter(|(path, _)| !path.contains(blank)).map(|_| ()))
        };
        find_in_forms(text, named).is_some() && Self::parse(text).is_some()
    }

    /// Reads a fragment in canonical form.
    fn read(letters: &str) -> Option<Self> {
        let owner = Owner::parse(letters.get(..HALF)?)?;
        match letters.len() {
            HALF => Some(Self { owner, words: None }),
            _ => Some(Self { words: Some(WordsKey::parse(&ShareId::of(&owner), letters.get(HALF..)?)?), owner }),
        }
    }

    /// Returns the second half of the long form, or `None` without a words key. Must not be logged.
    pub fn words_key(&self) -> Option<String> {
        self.words.as_ref().map(|words| words.expose(&ShareId::of(&self.owner)))
    }

    /// Returns the fragment, without the `#`: 32 characters, or 64 with a words key. Must not be logged.
    pub fn fragment(&self) -> Zeroizing<String> {
        let mut fragment = Zeroizing::new(String::with_capacity(2 * HALF));
        fragment.push_str(&Zeroizing::new(self.owner.expose()));
        if let Some(words) = self.words_key().map(Zeroizing::new) {
            fragment.push_str(&words);
        }
        fragment
    }
}

#[cfg(test)]
mod tests {
    use crate::Owner;
    use crate::status_link::StatusLink;
    use crate::words::WordsKey;
    use proptest::prelude::*;

    fn same(read: &StatusLink, made: &StatusLink) -> bool {
        read.owner.expose() == made.owner.expose() && read.words == made.words
    }

    #[test]
    fn a_status_link_mangled_by_mail_and_chat_is_found() {
        for words in [None, Some(WordsKey::from_bytes([9; 16]))] {
            let made = StatusLink { owner: Owner::from_bytes([5; 20]), words };
            let fragment = made.fragment();
            let (first, second) = fragment.split_at(20);
            for text in [
                fragment.to_string(),
                format!("https://share.example/status#{}", *fragment),
                format!("https://share.example/status?lang=de#{}", *fragment),
                format!("  “<https://share.example/status%2523{}>”. ", *fragment),
                format!("https://share.example/status#{first}\r\n{second}"),
                format!("HTTPS://SHARE.EXAMPLE/STATUS#{}", fragment.to_uppercase()),
                format!("https://share.example/status#{first}-\u{200b}{second}"),
            ] {
                assert!(StatusLink::parse(&text).is_some_and(|read| same(&read, &made)), "{text}");
            }
            for text in ["", "#", "hello", &fragment[1..], &format!("{}0", *fragment), &"u".repeat(fragment.len())] {
                assert!(StatusLink::parse(text).is_none(), "{text}");
            }
            assert_eq!(format!("{made:?}"), "StatusLink(..)");
        }
    }

    proptest! {
        #[test]
        fn a_changed_character_of_a_long_fragment_is_rejected(at in 0_usize..64, to in "[0-9a-hjkmnp-tv-z]") {
            let made = StatusLink { owner: Owner::from_bytes([5; 20]), words: Some(WordsKey::from_bytes([9; 16])) };
            let mut fragment = made.fragment().to_string();
            prop_assume!(fragment[at..=at] != to);
            fragment.replace_range(at..=at, &to);
            prop_assert!(StatusLink::parse(&fragment).is_none());
        }

        #[test]
        fn parse_never_panics(text in "(#|%|%25|[0-9a-z]{32}|.){0,40}") {
            let _ = StatusLink::parse(&text);
        }
    }
}
