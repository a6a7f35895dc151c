//! C2SP chunked encryption, version 1 (<https://c2sp.org/chunked-encryption>), as Cobblestone-256: AES-256-GCM, keys
//! derived by HKDF-Expand with SHA-512, and chunks of 16 KiB, of which only the last is shorter.
//!
//! A sealed message is `salt ‖ commitment ‖ sealed chunks`. The last chunk is always short, possibly empty, which
//! detects truncation at a chunk boundary. The chunk's number is part of its nonce, which detects reordering. The
//! commitment binds the key, salt and context, so a message from another share or position is rejected before its
//! first chunk.
//!
//! Chunks are encrypted and decrypted in place.

use crate::hkdf::expand;
use crate::keys::ContentKey;
use crate::{Altered, EncryptError};
use aes_gcm::aead::AeadInOut as _;
use aes_gcm::{Aes256Gcm, KeyInit as _};
use sha2::Sha512;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// Plaintext bytes of every chunk but the last.
pub const CHUNK: usize = 16 * 1024;
/// Bytes of the authentication tag of each chunk.
pub const TAG: usize = 16;
/// Bytes of a sealed chunk that is not the last.
pub const SEALED_CHUNK: usize = CHUNK + TAG;
/// Bytes of the salt.
pub const SALT: usize = 24;
/// Bytes before the first chunk: salt and commitment.
pub const HEADER: usize = SALT + 32;

/// Salt of one message. It must be random and cannot be used twice: two messages under the same key, salt and context
/// reveal both.
pub struct Salt([u8; SALT]);

impl Salt {
    /// Creates a salt from its bytes. Outside of tests, use [`Salt::random`].
    pub fn from_bytes(bytes: [u8; SALT]) -> Self {
        Self(bytes)
    }
}

/// Limit of the construction (4 PiB).
const MAX_CHUNKS: u64 = 1 << 38;

/// Returns the ciphertext bytes of a message of `plain` bytes.
pub const fn sealed_size(plain: u64) -> u64 {
    HEADER as u64 + plain + (plain / CHUNK as u64 + 1) * TAG as u64
}

/// AEAD state of one message: its key, base nonce and chunk counter.
struct Chunks {
    aead: Aes256Gcm,
    base_nonce: [u8; 12],
    next: u64,
}

impl Chunks {
    /// Derives the keys of one message and its commitment.
    fn derive(key: &ContentKey, salt: &[u8; SALT], context: &[u8]) -> (Self, [u8; 32]) {
        let info: [&[u8]; 3] = [b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0", salt, context];
        let derived = expand::<Sha512, 32, 76>(key.as_bytes(), &info);
        let (mut aead_key, mut base_nonce, mut commitment) = (Zeroizing::new([0; 32]), [0; 12], [0; 32]);
        aead_key.copy_from_slice(&derived[..32]);
        base_nonce.copy_from_slice(&derived[32..44]);
        commitment.copy_from_slice(&derived[44..]);
        let aead = Aes256Gcm::new((&*aead_key).into());
        (Self { aead, base_nonce, next: 0 }, commitment)
    }

    /// Returns the nonce of the next chunk: the base nonce XOR the big-endian chunk number. `None` past the limit.
    fn nonce(&self) -> Option<[u8; 12]> {
        let mut nonce = self.base_nonce;
        for (byte, number) in nonce[4..].iter_mut().zip(self.next.to_be_bytes()) {
            *byte ^= number;
        }
        (self.next < MAX_CHUNKS).then_some(nonce)
    }
}

/// Encrypts one message, chunk by chunk.
pub struct Sealer(Chunks);

impl Sealer {
    /// Starts a message. Returns the header that precedes the first chunk.
    #[allow(clippy::needless_pass_by_value, reason = "a salt is used once")]
    pub fn new(key: &ContentKey, salt: Salt, context: &[u8]) -> (Self, [u8; HEADER]) {
        let (chunks, commitment) = Chunks::derive(key, &salt.0, context);
        let mut header = [0; HEADER];
        header[..SALT].copy_from_slice(&salt.0);
        header[SALT..].copy_from_slice(&commitment);
        (Self(chunks), header)
    }

    /// Encrypts a chunk that is not the last in place. Returns the tag that follows it.
    ///
    /// # Errors
    /// [`EncryptError::TooLarge`] after 2³⁸ chunks.
    pub fn chunk(&mut self, chunk: &mut [u8; CHUNK]) -> Result<[u8; TAG], EncryptError> {
        self.seal(chunk)
    }

    /// Encrypts the last chunk, shorter than [`CHUNK`] and possibly empty, in place. Returns the tag that follows it.
    ///
    /// # Errors
    /// [`EncryptError::TooLarge`] when the chunk is not shorter, or after 2³⁸ chunks.
    pub fn last(mut self, chunk: &mut [u8]) -> Result<[u8; TAG], EncryptError> {
        if chunk.len() >= CHUNK {
            return Err(EncryptError::TooLarge);
        }
        self.seal(chunk)
    }

    fn seal(&mut self, chunk: &mut [u8]) -> Result<[u8; TAG], EncryptError> {
        let nonce = self.0.nonce().ok_or(EncryptError::TooLarge)?;
        let tag = self.0.aead.encrypt_inout_detached(&nonce.into(), &[], chunk.into());
        self.0.next += 1;
        Ok(tag.map_err(|_| EncryptError::TooLarge)?.into())
    }
}

/// Decrypts one message, chunk by chunk.
pub struct Opener(Chunks);

impl Opener {
    /// Reads a message's header and verifies its commitment in constant time.
    ///
    /// # Errors
    /// [`Altered`] when the commitment does not match the key, salt and context.
    pub fn new(key: &ContentKey, header: &[u8; HEADER], context: &[u8]) -> Result<Self, Altered> {
        let mut salt = [0; SALT];
        salt.copy_from_slice(&header[..SALT]);
        let (chunks, commitment) = Chunks::derive(key, &salt, context);
        if commitment.ct_eq(&header[SALT..]).into() { Ok(Self(chunks)) } else { Err(Altered) }
    }

    /// Continues after the first `chunks` chunks, which another opener of this message has decrypted.
    pub(crate) fn after(mut self, chunks: u64) -> Self {
        self.0.next = chunks;
        self
    }

    /// Decrypts a chunk that is not the last in place. Returns its plaintext.
    ///
    /// # Errors
    /// [`Altered`] when authentication fails; the chunk's bytes are then unchanged.
    pub fn chunk<'c>(&mut self, sealed: &'c mut [u8; SEALED_CHUNK]) -> Result<&'c mut [u8], Altered> {
        self.open(sealed)
    }

    /// Decrypts the last chunk in place. Returns its plaintext, fewer than [`CHUNK`] bytes.
    ///
    /// # Errors
    /// [`Altered`] when authentication fails, or the chunk is shorter than a tag or not shorter than [`SEALED_CHUNK`]:
    /// the message was truncated or extended.
    pub fn last(mut self, sealed: &mut [u8]) -> Result<&mut [u8], Altered> {
        if sealed.len() >= SEALED_CHUNK {
            return Err(Altered);
        }
        self.open(sealed)
    }

    /// Decrypts the consecutive chunks in `sealed`, moves their plaintext to its front, and returns the plaintext's
    /// length. With `ends`, the final chunk is the message's last one, and no opener is returned.
    pub(crate) fn joined(mut self, sealed: &mut [u8], ends: bool) -> Result<(Option<Self>, usize), Altered> {
        let (mut from, mut joined) = (0, 0);
        while let Some(chunk) = sealed[from..].first_chunk_mut::<SEALED_CHUNK>() {
            self.chunk(chunk)?;
            sealed.copy_within(from..from + CHUNK, joined);
            from += SEALED_CHUNK;
            joined += CHUNK;
        }
        if !ends {
            return if from == sealed.len() { Ok((Some(self), joined)) } else { Err(Altered) };
        }
        let last = self.last(&mut sealed[from..])?.len();
        sealed.copy_within(from..from + last, joined);
        Ok((None, joined + last))
    }

    fn open<'c>(&mut self, sealed: &'c mut [u8]) -> Result<&'c mut [u8], Altered> {
        let nonce = self.0.nonce().ok_or(Altered)?;
        let (chunk, tag) = sealed.split_last_chunk_mut::<TAG>().ok_or(Altered)?;
        let opened = self.0.aead.decrypt_inout_detached(&nonce.into(), &[], (&mut *chunk).into(), (&*tag).into());
        opened.map_err(|_| Altered)?;
        self.0.next += 1;
        Ok(chunk)
    }
}

/// Encrypts a whole message in memory.
pub(crate) fn seal_all((mut sealer, header): (Sealer, [u8; HEADER]), plain: &[u8]) -> Result<Vec<u8>, EncryptError> {
    let mut message = Vec::with_capacity(HEADER + plain.len() + (plain.len() / CHUNK + 1) * TAG);
    message.extend_from_slice(&header);
    let (chunks, last) = plain.as_chunks::<CHUNK>();
    for chunk in chunks {
        let from = message.len();
        message.extend_from_slice(chunk);
        let tag = sealer.seal(&mut message[from..])?;
        message.extend_from_slice(&tag);
    }
    let from = message.len();
    message.extend_from_slice(last);
    let tag = sealer.last(&mut message[from..])?;
    message.extend_from_slice(&tag);
    Ok(message)
}

/// Decrypts a whole message in memory.
pub(crate) fn open_all(key: &ContentKey, message: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, Altered> {
    let (header, sealed) = message.split_first_chunk::<HEADER>().ok_or(Altered)?;
    let opener = Opener::new(key, header, context)?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    let (_, length) = opener.joined(&mut plain, true)?;
    plain.truncate(length);
    Ok(plain)
}
