//! The formats of OneTimeShare: encrypted shares (`docs/envelope.md`), their links, and requests (`docs/request.md`).
//!
//! Pure code: no I/O, no clock, no HTTP. Only the feature `random` (on by default) reads the system's random number
//! generator. `static/js/lib/` implements the same formats for browsers; both run the same test vectors.
//!
//! A message, from its sender to its receiver:
//!
//! ```
//! use onetimeshare_envelope::chunked::Salt;
//! use onetimeshare_envelope::keys::LinkKeys;
//! use onetimeshare_envelope::manifest::Manifest;
//! use onetimeshare_envelope::{Link, LinkKey, Owner, ShareId, decrypt, encrypt};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The sender keeps the owner token, from which the id follows, and sends the link.
//! let id = ShareId::of(&Owner::random()?);
//! let message = Manifest::of_message("the code is 4711");
//! let encrypted = encrypt(&id, LinkKey::random()?, None, &message, Salt::random()?)?;
//! let link = Link { id, key: encrypted.key, handover: None }.url("https://ots.example");
//!
//! // The receiver proves that they have the link, and decrypts what the server then gives.
//! let link = Link::parse(&link)?;
//! let keys = LinkKeys::derive(&link.id, &link.key);
//! assert_eq!(keys.open_proof().verifier(), encrypted.open_verifier);
//! let (manifest, _) = decrypt(&keys.content_key(), &link.id, &encrypted.part0, 1, 0)?;
//! assert_eq!(manifest.message.as_deref(), Some("the code is 4711"));
//! # Ok(())
//! # }
//! ```

pub mod base32;
pub mod chunked;
pub mod escapes;
mod hkdf;
pub mod id;
pub mod keys;
pub mod link;
pub mod link_kind;
pub mod link_text;
pub mod manifest;
pub mod names;
pub mod padding;
pub mod parts;
#[cfg(feature = "random")]
pub mod random;
mod report;
pub mod request;
pub mod secret;
pub mod status_link;
pub mod words;

pub use id::{Claim, Digest, Handover, Owner, ShareId};
pub use link::{Damaged, Link, LinkKey};
pub use link_kind::LinkKind;
pub use report::reported_id;
pub use status_link::StatusLink;

use chunked::Salt;
use keys::{ContentKey, LinkKeys, Password};
use manifest::Manifest;
use parts::{FileSealer, Layout};
use std::fmt;

/// Decryption error: the ciphertext is truncated, altered, reordered or from another share, or the key or password is
/// wrong.
///
/// The cause is deliberately not distinguished. Nothing that was decrypted may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ciphertext authentication failed")]
pub struct Altered;

/// Encryption error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncryptError {
    /// Neither a message nor files.
    #[error("nothing to encrypt")]
    Empty,
    /// The content exceeds the format's limits: a manifest of 1 MiB, 1,000 files or 65,536 parts.
    #[error("content exceeds the limits of the format")]
    TooLarge,
}

/// Encrypts one share.
///
/// Supports streamed files: encrypt the files first, then the manifest, when all sizes are known.
pub struct Encryptor {
    id: ShareId,
    key: LinkKey,
    content_key: ContentKey,
    open_verifier: Digest,
    password_verifier: Option<Digest>,
}

impl Encryptor {
    /// Starts the encryption of the share `id` under a link key that no other share uses.
    ///
    /// **With a password this takes at least a tenth of a second of CPU time** (see [`LinkKeys::stretch`]).
    pub fn new(id: &ShareId, key: LinkKey, password: Option<&Password>) -> Self {
        let keys = LinkKeys::derive(id, &key);
        let open_verifier = keys.open_proof().verifier();
        let (content_key, password_verifier) = match password.map(|password| keys.stretch(password)) {
            None => (keys.content_key(), None),
            Some(both) => (both.content_key(), Some(both.password_proof().verifier())),
        };
        Self { id: *id, key, content_key, open_verifier, password_verifier }
    }

    /// Digest of the proof of the link, for the store.
    pub fn open_verifier(&self) -> Digest {
        self.open_verifier
    }

    /// Digest of the proof of the password, for the store, if a password is set.
    pub fn password_verifier(&self) -> Option<Digest> {
        self.password_verifier
    }

    /// Starts encrypting file `index` (from 0).
    pub fn file(&self, index: usize, salt: Salt) -> FileSealer {
        FileSealer::new(&self.content_key, &self.id, index, salt)
    }

    /// Encrypts the manifest, which completes the share. It must list the files in the order of their encryption.
    ///
    /// # Errors
    /// As [`Manifest::seal`].
    pub fn finish(self, manifest: &Manifest, salt: Salt) -> Result<EncryptedShare, EncryptError> {
        let part0 = manifest.seal(&self.content_key, &self.id, salt)?;
        let Self { key, open_verifier, password_verifier, .. } = self;
        Ok(EncryptedShare { key, part0, open_verifier, password_verifier })
    }
}

/// `Debug` omits the keys.
impl fmt::Debug for Encryptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encryptor(..)")
    }
}

/// An encrypted share. `key` belongs in the link and nowhere else; the other fields go to the store.
pub struct EncryptedShare {
    /// The link key.
    pub key: LinkKey,
    /// The encrypted manifest.
    pub part0: Vec<u8>,
    /// Digest of the proof of the link, for the store.
    pub open_verifier: Digest,
    /// Digest of the proof of the password, for the store, if a password is set.
    pub password_verifier: Option<Digest>,
}

impl fmt::Debug for EncryptedShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncryptedShare(..)")
    }
}

/// Encrypts a share without files under a link key that no other share uses.
///
/// **With a password this takes at least a tenth of a second of CPU time** (see [`LinkKeys::stretch`]).
///
/// # Errors
/// As [`Manifest::seal`].
pub fn encrypt(
    id: &ShareId,
    key: LinkKey,
    password: Option<&Password>,
    manifest: &Manifest,
    salt: Salt,
) -> Result<EncryptedShare, EncryptError> {
    Encryptor::new(id, key, password).finish(manifest, salt)
}

/// Decrypts `first`, part 0 of the share `id`, and checks the server's numbers against the manifest: `parts` counts all
/// parts, and `size` is the bytes of the parts after part 0.
///
/// # Errors
/// [`Altered`] when decryption fails or the numbers differ.
pub fn decrypt(
    key: &ContentKey,
    id: &ShareId,
    first: &[u8],
    parts: u32,
    size: u64,
) -> Result<(Manifest, Layout), Altered> {
    let manifest = Manifest::open(key, id, first)?;
    let layout = manifest.layout()?;
    layout.agrees(parts, size)?;
    Ok((manifest, layout))
}
