//! Key schedule (`docs/envelope.md`, "Keys"): derives keys and proofs from a link key and a password.
//!
//! The cheap step ([`LinkKeys::derive`]) and the slow step ([`LinkKeys::stretch`]) are separate, so that a server can
//! check the proof of the link before it spends CPU time on a password.

use crate::hkdf::{expand, extract};
use crate::secret::Secret;
use crate::words::WordsKey;
use crate::{Digest, LinkKey, ShareId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::Sha256;
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// PBKDF2-HMAC-SHA-256 rounds for a password. Part of the format: sender and receiver must agree.
pub const PASSWORD_ROUNDS: u32 = 600_000;

/// Password in Unicode NFC, never empty.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// Normalizes a typed password. Returns `None` for the empty text. Spaces are significant.
    pub fn parse(text: &str) -> Option<Self> {
        // NFC at most triples the bytes (UAX #15), so the buffer never reallocates and leaves no copy in freed memory.
        let mut composed = String::with_capacity(text.len().saturating_mul(3));
        composed.extend(text.nfc());
        (!composed.is_empty()).then_some(Self(composed))
    }

    /// Returns the length in characters, for the site's minimum.
    pub fn letters(&self) -> usize {
        self.0.chars().count()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Secret<32>);

        impl $name {
            /// Creates a value from its 32 bytes.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(Secret::new(bytes))
            }

            /// Returns the 32 bytes. Must not be logged.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

secret!(
    /// Key that encrypts a share's messages.
    ContentKey
);
secret!(
    /// Proof of holding the link (`open_proof`) or of knowing the password (`password_proof`).
    Proof
);

impl Proof {
    /// Parses the JSON form: 32 bytes as base64url without padding.
    pub fn parse(text: &str) -> Option<Self> {
        // 43 characters decode to at most 33 bytes; the decoder rejects longer text.
        let mut bytes = Zeroizing::new([0; 33]);
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut *bytes).ok()?;
        <&[u8; 32]>::try_from(&bytes[..length]).ok().map(|bytes| Self(Secret::<32>::copy_of(bytes)))
    }

    /// Returns the JSON form: 43 characters of base64url. Must not be logged.
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.as_bytes())
    }

    /// Returns the digest that the server stores and compares with.
    pub fn verifier(&self) -> Digest {
        Digest::of(self.as_bytes())
    }
}

/// Keys derived from the link key alone. Cheap to derive.
#[derive(Clone)]
pub struct LinkKeys {
    salt: [u8; 16],
    key: LinkKey,
    prk: Secret<32>,
}

impl LinkKeys {
    /// Derives the keys of the share `id` from the link key.
    pub fn derive(id: &ShareId, key: &LinkKey) -> Self {
        let mut salt = [0; 16];
        salt.copy_from_slice(id.to_string().as_bytes());
        let prk = Secret::<32>::copy_of(&extract(&salt, &[key.as_bytes()]));
        Self { salt, key: key.clone(), prk }
    }

    /// Returns the proof of holding the link, required before the server reveals anything about the share.
    pub fn open_proof(&self) -> Proof {
        Proof(derived(&self.prk, b"onetimeshare/v1/open"))
    }

    /// Returns the PBKDF2 salt. It derives from the link key, which prevents precomputed tables.
    pub fn password_salt(&self) -> Zeroizing<[u8; 16]> {
        expand::<Sha256, 32, 16>(&self.prk, &[b"onetimeshare/v1/password-salt"])
    }

    /// Returns the key of the matching words (`docs/matching-words.md`).
    pub fn words_key(&self) -> WordsKey {
        WordsKey::copy_of(&expand::<Sha256, 32, 16>(&self.prk, &[b"onetimeshare/v1/words-key"]))
    }

    /// Returns the content key of a share without a password.
    pub fn content_key(&self) -> ContentKey {
        content_key(&self.prk)
    }

    /// Stretches a password with [`PASSWORD_ROUNDS`] rounds, **at least a tenth of a second of CPU time**. Call it off
    /// the async worker threads and behind a concurrency limit.
    #[must_use]
    pub fn stretch(&self, password: &Password) -> PasswordKeys {
        let mut stretched = Zeroizing::new([0; 32]);
        let salt = self.password_salt();
        pbkdf2::pbkdf2_hmac::<Sha256>(password.0.as_bytes(), &*salt, PASSWORD_ROUNDS, &mut *stretched);
        PasswordKeys { prk: Secret::<32>::copy_of(&extract(&self.salt, &[self.key.as_bytes(), &*stretched])) }
    }
}

impl fmt::Debug for LinkKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKeys(..)")
    }
}

/// Keys derived from the link key and the password.
#[derive(Clone)]
pub struct PasswordKeys {
    prk: Secret<32>,
}

impl PasswordKeys {
    /// Returns the proof of knowing the password.
    pub fn password_proof(&self) -> Proof {
        Proof(derived(&self.prk, b"onetimeshare/v1/password"))
    }

    /// Returns the content key of a share with this password.
    pub fn content_key(&self) -> ContentKey {
        content_key(&self.prk)
    }
}

impl fmt::Debug for PasswordKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordKeys(..)")
    }
}

fn content_key(prk: &[u8; 32]) -> ContentKey {
    ContentKey(derived(prk, b"onetimeshare/v1/content"))
}

/// Expands a key to 32 bytes for the use that `label` names.
fn derived(prk: &[u8; 32], label: &[u8]) -> Secret<32> {
    Secret::copy_of(&expand::<Sha256, 32, 32>(prk, &[label]))
}

#[cfg(test)]
mod tests {
    use crate::keys::{ContentKey, LinkKeys, Password, Proof};
    use crate::{LinkKey, ShareId};

    #[test]
    fn debug_output_omits_secrets() {
        let keys = LinkKeys::derive(&ShareId::from_bytes([1; 10]), &LinkKey::from_bytes([2; 16]));
        let password = Password::parse("hush");
        let shown = format!("{:?} {:?} {:?} {password:?}", keys, keys.open_proof(), ContentKey::from_bytes([3; 32]));
        assert_eq!(shown, "LinkKeys(..) Proof(..) ContentKey(..) Some(Password(..))");
    }

    #[test]
    fn passwords_are_normalized_and_the_empty_one_is_none() {
        assert_eq!(Password::parse(""), None);
        assert_eq!(Password::parse("a\u{308}"), Password::parse("ä"));
        assert_ne!(Password::parse(" x"), Password::parse("x"));
        assert_eq!(Password::parse("a\u{308}b").map(|password| password.letters()), Some(2));
    }

    #[test]
    fn a_proof_parses_only_from_its_canonical_text() {
        let proof = Proof::from_bytes([0xfb; 32]);
        let text = proof.expose();
        assert_eq!(Proof::parse(&text).unwrap().as_bytes(), proof.as_bytes());
        for wrong in ["", "AAAA", &text[1..], &format!("{text}A"), &format!("{text}="), &text.replace('-', "+")] {
            assert!(Proof::parse(wrong).is_none(), "{wrong}");
        }
        assert!(Proof::parse(&"A".repeat(100_000)).is_none());
    }
}
