//! Matching words (`docs/matching-words.md`): three words that the receiver's and the sender's pages both show once a
//! share was opened, so that a phone call can verify the receiver.

use crate::hkdf::{expand, extract};
use crate::secret::Secret;
use crate::{Digest, ShareId, base32};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// Script with the word list. Server and browser must use the same list.
const SCRIPT: &str = include_str!("../../../static/js/lib/wordlist.js");

/// Words between the backquotes of the script.
static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| SCRIPT.split('`').nth(1).unwrap_or_default().split_ascii_whitespace().collect());

/// Key in a status link from which its page derives the words. It reveals nothing else about the share.
#[derive(Clone, PartialEq, Eq)]
pub struct WordsKey(Secret<16>);

impl WordsKey {
    /// Creates a key from its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Creates a key from a copy of its 16 bytes.
    pub(crate) fn copy_of(bytes: &[u8; 16]) -> Self {
        Self(Secret::copy_of(bytes))
    }

    /// Returns the 16 bytes. Must not be logged.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Parses the output of [`WordsKey::expose`]. Returns `None` when it was altered or belongs to another share.
    pub fn parse(id: &ShareId, text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(base32::decode::<20>(text)?);
        let key = Self::copy_of(bytes.first_chunk()?);
        (bytes[16..] == key.check(id)).then_some(key)
    }

    /// Returns the 32 characters for a status link, checksum included. Must not be logged.
    pub fn expose(&self, id: &ShareId) -> String {
        let mut bytes = Zeroizing::new([0; 20]);
        bytes[..16].copy_from_slice(self.as_bytes());
        bytes[16..].copy_from_slice(&self.check(id));
        base32::encode(&*bytes)
    }

    /// Returns the checksum. It covers the id, which derives from the owner token, so changes in either half are found.
    fn check(&self, id: &ShareId) -> [u8; 4] {
        let text = id.to_string();
        let digest =
            Sha256::new().chain_update(b"onetimeshare/v1/status").chain_update(text).chain_update(self.as_bytes());
        let mut first = [0; 4];
        first.copy_from_slice(&digest.finalize()[..4]);
        first
    }

    /// Returns the matching words for the claim with this digest.
    pub fn words(&self, id: &ShareId, claim: &Digest) -> String {
        let mut salt = [0; 16];
        salt.copy_from_slice(id.to_string().as_bytes());
        let prk = extract(&salt, &[self.as_bytes()]);
        let bits = u32::from_be_bytes(*expand::<Sha256, 32, 4>(&prk, &[b"onetimeshare/v1/words", claim.as_bytes()]));
        let word = |shift: u32| WORDS.get((bits >> shift & 1023) as usize).copied().unwrap_or_default();
        [word(22), word(12), word(2)].join(" ")
    }
}

impl fmt::Debug for WordsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WordsKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use crate::words::{WORDS, WordsKey};
    use crate::{Digest, ShareId};
    use std::collections::BTreeSet;

    #[test]
    fn the_list_holds_1024_unique_sorted_lowercase_words() {
        assert_eq!(WORDS.len(), 1_024);
        assert_eq!(WORDS.iter().collect::<BTreeSet<_>>().len(), 1_024);
        assert!(WORDS.is_sorted());
        assert!(WORDS.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn a_words_key_parses_only_for_its_share_and_is_omitted_from_debug_output() {
        let (id, key) = (ShareId::from_bytes([3; 10]), WordsKey::from_bytes([7; 16]));
        let text = key.expose(&id);
        assert_eq!(text.len(), 32);
        assert_eq!(WordsKey::parse(&id, &text), Some(key.clone()));
        assert_eq!(WordsKey::parse(&ShareId::from_bytes([4; 10]), &text), None);
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed.replace_range(at..=at, if &text[at..=at] == "0" { "1" } else { "0" });
            assert_eq!(WordsKey::parse(&id, &changed), None, "{at}");
        }
        assert_eq!(format!("{key:?}"), "WordsKey(..)");
    }

    #[test]
    fn different_claims_shares_and_keys_give_different_words() {
        let words = |id, key, claim: &[u8]| {
            WordsKey::from_bytes([key; 16]).words(&ShareId::from_bytes([id; 10]), &Digest::of(claim))
        };
        let all = [words(1, 1, b"a"), words(2, 1, b"a"), words(1, 2, b"a"), words(1, 1, b"b")];
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
    }
}
