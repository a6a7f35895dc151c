//! The key schedule (`docs/envelope.md`, "Keys"): what is derived from a link's key and a password.
//!
//! The cheap part ([`LinkKeys::derive`]) and the slow part ([`LinkKeys::stretch`]) are separate calls, so that a
//! server can check the link's proof before it spends time on a password.

use super::hkdf::{expand, extract};
use super::words::WordsKey;
use crate::share::{Digest, LinkKey, ShareId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::Sha256;
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Rounds of PBKDF2-HMAC-SHA-256 for a password; a part of the format, since both sides must agree.
pub const PASSWORD_ROUNDS: u32 = 600_000;

/// A password as the key schedule takes it: in Unicode form NFC and never empty.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// The password a person typed; `None` for the empty text, which is no password. Spaces count.
    pub fn parse(text: &str) -> Option<Self> {
        // Composing never lengthens a text beyond three times its bytes (UAX #15), so nothing is left behind by growth.
        let mut composed = String::with_capacity(text.len().saturating_mul(3));
        composed.extend(text.nfc());
        (!composed.is_empty()).then_some(Self(composed))
    }

    /// Its length in characters, for the site's minimum.
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
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; 32]);

        impl $name {
            /// One from its 32 bytes.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The 32 bytes. Never into a log.
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
    /// The key under which a share's messages are locked.
    ContentKey
);
secret!(
    /// A proof of holding the link (`open_proof`) or of knowing the password (`password_proof`).
    Proof
);

impl Proof {
    /// Reads the text that travels in JSON: 32 bytes as base64url without padding.
    pub fn parse(text: &str) -> Option<Self> {
        // Room for what 43 characters can decode to; anything longer is refused by the decoder.
        let mut bytes = Zeroizing::new([0; 33]);
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut *bytes).ok()?;
        bytes[..length].try_into().ok().map(Self)
    }

    /// The text that travels: 43 characters of base64url. Never into a log.
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the server keeps of it and compares with.
    pub fn verifier(&self) -> Digest {
        Digest::of(&self.0)
    }
}

/// What the link alone gives. Cheap to derive.
#[derive(Clone)]
pub struct LinkKeys {
    salt: [u8; 16],
    key: LinkKey,
    prk: Zeroizing<[u8; 32]>,
}

impl LinkKeys {
    /// The keys of the share `id` with the link's `key`.
    pub fn derive(id: &ShareId, key: &LinkKey) -> Self {
        let mut salt = [0; 16];
        salt.copy_from_slice(id.to_string().as_bytes());
        let prk = extract(&salt, &[key.as_bytes()]);
        Self { salt, key: key.clone(), prk }
    }

    /// The proof that somebody holds the link, asked before anything else is said about the share.
    pub fn open_proof(&self) -> Proof {
        Proof(*expand::<Sha256, 32, 32>(&self.prk, &[b"onetimeshare/v1/open"]))
    }

    /// The salt with which the password is stretched: it comes from the link's key, so no table can be made ahead.
    pub fn password_salt(&self) -> Zeroizing<[u8; 16]> {
        expand::<Sha256, 32, 16>(&self.prk, &[b"onetimeshare/v1/password-salt"])
    }

    /// What the matching words are made of (`docs/matching-words.md`).
    pub fn words_key(&self) -> WordsKey {
        WordsKey::from_bytes(*expand::<Sha256, 32, 16>(&self.prk, &[b"onetimeshare/v1/words-key"]))
    }

    /// The content key of a share without a password.
    pub fn content_key(&self) -> ContentKey {
        content_key(&self.prk)
    }

    /// Stretches a password: [`PASSWORD_ROUNDS`] rounds, **a tenth of a second of processor time and more**, so call it
    /// where that blocks nobody, and behind a limit.
    #[must_use]
    pub fn stretch(&self, password: &Password) -> PasswordKeys {
        let mut stretched = Zeroizing::new([0; 32]);
        let salt = self.password_salt();
        pbkdf2::pbkdf2_hmac::<Sha256>(password.0.as_bytes(), &*salt, PASSWORD_ROUNDS, &mut *stretched);
        PasswordKeys { prk: extract(&self.salt, &[self.key.as_bytes(), &*stretched]) }
    }
}

impl fmt::Debug for LinkKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKeys(..)")
    }
}

/// What the link and the password give together.
#[derive(Clone)]
pub struct PasswordKeys {
    prk: Zeroizing<[u8; 32]>,
}

impl PasswordKeys {
    /// The proof that somebody knows the password.
    pub fn password_proof(&self) -> Proof {
        Proof(*expand::<Sha256, 32, 32>(&self.prk, &[b"onetimeshare/v1/password"]))
    }

    /// The content key of a share with this password.
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
    ContentKey(*expand::<Sha256, 32, 32>(prk, &[b"onetimeshare/v1/content"]))
}

#[cfg(test)]
mod tests {
    use super::{ContentKey, LinkKeys, Password, Proof};
    use crate::share::{LinkKey, ShareId};

    #[test]
    fn secrets_print_nothing_of_themselves() {
        let keys = LinkKeys::derive(&ShareId::from_bytes([1; 10]), &LinkKey::from_bytes([2; 16]));
        let password = Password::parse("hush");
        let shown = format!("{:?} {:?} {:?} {password:?}", keys, keys.open_proof(), ContentKey::from_bytes([3; 32]));
        assert_eq!(shown, "LinkKeys(..) Proof(..) ContentKey(..) Some(Password(..))");
    }

    #[test]
    fn a_password_is_composed_and_the_empty_one_is_none() {
        assert_eq!(Password::parse(""), None);
        assert_eq!(Password::parse("a\u{308}"), Password::parse("ä"));
        assert_ne!(Password::parse(" x"), Password::parse("x"));
        assert_eq!(Password::parse("a\u{308}b").map(|password| password.letters()), Some(2));
    }

    #[test]
    fn a_proof_is_read_from_exactly_its_own_text() {
        let proof = Proof::from_bytes([0xfb; 32]);
        let text = proof.expose();
        assert_eq!(Proof::parse(&text).unwrap().as_bytes(), proof.as_bytes());
        for wrong in ["", "AAAA", &text[1..], &format!("{text}A"), &format!("{text}="), &text.replace('-', "+")] {
            assert!(Proof::parse(wrong).is_none(), "{wrong}");
        }
        assert!(Proof::parse(&"A".repeat(100_000)).is_none());
    }
}
