//! Status links: what stands behind the `#` of `/status`, for the sender alone.

use super::envelope::words::WordsKey;
use super::link::{readings, symbols};
use super::{Owner, ShareId};
use std::fmt;
use zeroize::Zeroizing;

/// Characters of an owner secret, and of a words key with its check.
const HALF: usize = 32;

/// A sender's own link: the owner secret, and perhaps what tells the matching words.
#[derive(Clone)]
pub struct StatusLink {
    /// The sender's secret.
    pub owner: Owner,
    /// What the matching words are made of (`docs/matching-words.md`).
    pub words: Option<WordsKey>,
}

/// It lets one delete, so `Debug` prints none.
impl fmt::Debug for StatusLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatusLink(..)")
    }
}

impl StatusLink {
    /// Finds it in what a person pasted: a whole status link, or what stands behind its `#`. `None` when it is cut or
    /// changed as far as that shows.
    pub fn parse(text: &str) -> Option<Self> {
        readings(text).ok()?.iter().find_map(|reading| {
            let from = reading.iter().rposition(|byte| *byte == b'#').map_or(0, |at| at + 1);
            let quoted = reading[from..].iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
            let (letters, _) = symbols(&reading[from + quoted..]);
            let owner = Owner::parse(letters.get(..HALF)?)?;
            match letters.len() {
                HALF => Some(Self { owner, words: None }),
                _ => Some(Self { words: Some(WordsKey::parse(&ShareId::of(&owner), letters.get(HALF..)?)?), owner }),
            }
        })
    }

    /// The second half of the long form, where there is one. Never into a log.
    pub fn words_key(&self) -> Option<String> {
        self.words.as_ref().map(|words| words.expose(&ShareId::of(&self.owner)))
    }

    /// What stands behind the `#`: 32 characters, or 64 with a words key. Never into a log.
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
    use super::StatusLink;
    use crate::share::Owner;
    use crate::share::envelope::words::WordsKey;
    use proptest::prelude::*;

    fn same(read: &StatusLink, made: &StatusLink) -> bool {
        read.owner.expose() == made.owner.expose() && read.words == made.words
    }

    #[test]
    fn a_status_link_is_found_after_what_mail_and_chat_do_to_it() {
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
        fn a_changed_letter_of_the_long_one_is_noticed(at in 0_usize..64, to in "[0-9a-hjkmnp-tv-z]") {
            let made = StatusLink { owner: Owner::from_bytes([5; 20]), words: Some(WordsKey::from_bytes([9; 16])) };
            let mut fragment = made.fragment().to_string();
            prop_assume!(fragment[at..=at] != to);
            fragment.replace_range(at..=at, &to);
            prop_assert!(StatusLink::parse(&fragment).is_none());
        }

        #[test]
        fn no_text_breaks_the_reader(text in "(#|%|%25|[0-9a-z]{32}|.){0,40}") {
            let _ = StatusLink::parse(&text);
        }
    }
}
