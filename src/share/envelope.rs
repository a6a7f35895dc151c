//! The envelope, version 1 (`docs/envelope.md`): how a share is locked and unlocked. The same format is implemented for
//! browsers in `static/js/lib/`; both run the same vectors.
//!
//! The modules are the pieces; the calls here put them together for the server's own way without scripts:
//!
//! ```
//! use onetimeshare::share::envelope::{self, keys::{LinkKeys, Password}, manifest::Manifest};
//! use onetimeshare::share::ShareId;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let id = ShareId::from_bytes([7; 10]);
//! let locked = envelope::lock(&id, &Manifest::of_message("the code is 4711"), None)?;
//!
//! let keys = LinkKeys::derive(&id, &locked.key);
//! assert_eq!(keys.open_proof().verifier(), locked.open_verifier);
//! let (manifest, _) = envelope::unlock(&keys.content_key(), &id, &locked.part0, 1, 0)?;
//! assert_eq!(manifest.message.as_deref(), Some("the code is 4711"));
//! # Ok(())
//! # }
//! ```

pub mod chunked;
mod hkdf;
pub mod keys;
pub mod manifest;
pub mod padding;
pub mod parts;
pub mod words;

use self::keys::{ContentKey, LinkKeys, Password};
use self::manifest::Manifest;
use self::parts::{FileSealer, Layout};
use super::{Digest, LinkKey, ShareId};
use std::fmt;

/// Something sealed is not what the holder of the key sealed: cut, changed, reordered, of another share, or the key or
/// password is wrong. It says no more, and nothing that was read may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this was changed on the way")]
pub struct Altered;

/// Why something cannot be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Neither words nor files.
    #[error("there is nothing to lock")]
    Empty,
    /// More than the format carries: a manifest over 1 MiB, 1,000 files or 65,536 parts.
    #[error("this is too large to lock")]
    TooLarge,
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    NoRandom,
}

impl From<getrandom::Error> for LockError {
    fn from(_: getrandom::Error) -> Self {
        Self::NoRandom
    }
}

/// A new lock: a fresh key, and everything that is sealed under it.
///
/// For files that arrive as a stream: make the lock, seal the files, then the manifest, whose sizes are known by then.
pub struct Lock {
    id: ShareId,
    key: LinkKey,
    content_key: ContentKey,
    open_verifier: Digest,
    password_verifier: Option<Digest>,
}

impl Lock {
    /// A lock for the share `id` under a fresh key.
    ///
    /// **With a password this takes a tenth of a second of processor time and more** (see [`LinkKeys::stretch`]).
    ///
    /// # Errors
    /// [`LockError::NoRandom`].
    pub fn new(id: &ShareId, password: Option<&Password>) -> Result<Self, LockError> {
        Ok(Self::with_key(id, LinkKey::random()?, password))
    }

    /// As [`Lock::new`], but with a given key, **for test vectors only**: a key belongs to one share for ever.
    pub fn with_key(id: &ShareId, key: LinkKey, password: Option<&Password>) -> Self {
        let keys = LinkKeys::derive(id, &key);
        let open_verifier = keys.open_proof().verifier();
        let (content_key, password_verifier) = match password.map(|password| keys.stretch(password)) {
            None => (keys.content_key(), None),
            Some(both) => (both.content_key(), Some(both.password_proof().verifier())),
        };
        Self { id: *id, key, content_key, open_verifier, password_verifier }
    }

    /// What the store keeps of the proof of the link.
    pub fn open_verifier(&self) -> Digest {
        self.open_verifier
    }

    /// What the store keeps of the proof of the password, if there is one.
    pub fn password_verifier(&self) -> Option<Digest> {
        self.password_verifier
    }

    /// Starts sealing file `index` (from 0).
    ///
    /// # Errors
    /// [`LockError::NoRandom`].
    pub fn file(&self, index: usize) -> Result<FileSealer, LockError> {
        FileSealer::new(&self.content_key, &self.id, index)
    }

    /// Seals the manifest, which completes the lock. It must list the files in the order in which they were sealed.
    ///
    /// # Errors
    /// As [`Manifest::seal`].
    pub fn finish(self, manifest: &Manifest) -> Result<Locked, LockError> {
        let part0 = manifest.seal(&self.content_key, &self.id)?;
        let Self { key, open_verifier, password_verifier, .. } = self;
        Ok(Locked { key, part0, open_verifier, password_verifier })
    }
}

/// Keys print nothing of themselves.
impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock(..)")
    }
}

/// A locked share: `key` goes into the link and nowhere else, the rest to the store.
pub struct Locked {
    /// The key for the link.
    pub key: LinkKey,
    /// The manifest message.
    pub part0: Vec<u8>,
    /// What the store keeps of the proof of the link.
    pub open_verifier: Digest,
    /// What the store keeps of the proof of the password, if there is one.
    pub password_verifier: Option<Digest>,
}

impl fmt::Debug for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Locked(..)")
    }
}

/// Locks a share without files under a fresh key.
///
/// **With a password this takes a tenth of a second of processor time and more** (see [`LinkKeys::stretch`]).
///
/// # Errors
/// As [`Lock::new`] and [`Lock::finish`].
pub fn lock(id: &ShareId, manifest: &Manifest, password: Option<&Password>) -> Result<Locked, LockError> {
    Lock::new(id, password)?.finish(manifest)
}

/// Opens `first`, part 0 of the share `id`, and checks what the server says about the other parts: `parts`, how many there are
/// with part 0, and `size`, the bytes of those after it.
///
/// # Errors
/// [`Altered`].
pub fn unlock(
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
