//! C2SP chunked encryption, version 1 (<https://c2sp.org/chunked-encryption>), as Cobblestone-256: AES-256-GCM, keys
//! by HKDF-Expand with SHA-512, chunks of 16 KiB of which only the last is shorter.
//!
//! A sealed message is `salt ‖ commitment ‖ sealed chunks`. The last chunk is always short (empty if need be), so a
//! message cut at a chunk's edge is noticed; the chunk's number is in its nonce, so reordering is; and the commitment
//! is bound to key, salt and context, so a message of another share or place is refused before its first chunk.
//!
//! Chunks are sealed and opened in place.

use super::hkdf::expand;
use super::keys::ContentKey;
use super::{Altered, LockError};
use aes_gcm::aead::AeadInOut as _;
use aes_gcm::{Aes256Gcm, KeyInit as _};
use sha2::Sha512;
use subtle::ConstantTimeEq as _;

/// Plain bytes in every chunk but the last.
pub const CHUNK: usize = 16 * 1024;
/// Bytes that sealing adds to each chunk: its tag.
pub const TAG: usize = 16;
/// Bytes of a sealed chunk that is not the last.
pub const SEALED_CHUNK: usize = CHUNK + TAG;
/// Bytes of the salt.
pub const SALT: usize = 24;
/// Bytes before the first chunk: salt and commitment.
pub const HEADER: usize = SALT + 32;

/// The construction stops here (4 PiB).
const MOST_CHUNKS: u64 = 1 << 38;

/// The bytes that a message of `plain` bytes has when sealed.
pub const fn sealed_size(plain: u64) -> u64 {
    HEADER as u64 + plain + (plain / CHUNK as u64 + 1) * TAG as u64
}

/// The AEAD under a message's own key, counting chunks.
struct Chunks {
    aead: Aes256Gcm,
    base_nonce: [u8; 12],
    next: u64,
}

impl Chunks {
    /// The keys of one message, and its commitment.
    fn derive(key: &ContentKey, salt: &[u8; SALT], context: &[u8]) -> (Self, [u8; 32]) {
        let info: [&[u8]; 3] = [b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0", salt, context];
        let derived = expand::<Sha512, 32, 76>(key.as_bytes(), &info);
        let (mut aead_key, mut base_nonce, mut commitment) = (zeroize::Zeroizing::new([0; 32]), [0; 12], [0; 32]);
        aead_key.copy_from_slice(&derived[..32]);
        base_nonce.copy_from_slice(&derived[32..44]);
        commitment.copy_from_slice(&derived[44..]);
        let aead = Aes256Gcm::new((&*aead_key).into());
        (Self { aead, base_nonce, next: 0 }, commitment)
    }

    /// The nonce of the next chunk: the base nonce XOR the number as a big-endian integer.
    fn nonce(&self) -> Option<[u8; 12]> {
        let mut nonce = self.base_nonce;
        for (byte, number) in nonce[4..].iter_mut().zip(self.next.to_be_bytes()) {
            *byte ^= number;
        }
        (self.next < MOST_CHUNKS).then_some(nonce)
    }
}

/// Seals one message, chunk by chunk.
pub struct Sealer(Chunks);

impl Sealer {
    /// Starts a message under a fresh random salt. The header goes before the first chunk.
    ///
    /// # Errors
    /// [`LockError::NoRandom`].
    pub fn new(key: &ContentKey, context: &[u8]) -> Result<(Self, [u8; HEADER]), LockError> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt)?;
        Ok(Self::with_salt(key, &salt, context))
    }

    /// Starts a message under a given salt, **for test vectors only**. Two different messages under the same key, salt
    /// and context give away both: everything else must use [`Sealer::new`].
    pub fn with_salt(key: &ContentKey, salt: &[u8; SALT], context: &[u8]) -> (Self, [u8; HEADER]) {
        let (chunks, commitment) = Chunks::derive(key, salt, context);
        let mut header = [0; HEADER];
        header[..SALT].copy_from_slice(salt);
        header[SALT..].copy_from_slice(&commitment);
        (Self(chunks), header)
    }

    /// Seals a chunk that is not the last in place and returns the tag that follows it.
    ///
    /// # Errors
    /// [`LockError::TooLarge`] after 2³⁸ chunks.
    pub fn chunk(&mut self, chunk: &mut [u8; CHUNK]) -> Result<[u8; TAG], LockError> {
        self.seal(chunk)
    }

    /// Seals the last chunk, shorter than [`CHUNK`] and perhaps empty, in place and returns the tag that follows it.
    ///
    /// # Errors
    /// [`LockError::TooLarge`] when it is no shorter, or after 2³⁸ chunks.
    pub fn last(mut self, chunk: &mut [u8]) -> Result<[u8; TAG], LockError> {
        if chunk.len() >= CHUNK {
            return Err(LockError::TooLarge);
        }
        self.seal(chunk)
    }

    fn seal(&mut self, chunk: &mut [u8]) -> Result<[u8; TAG], LockError> {
        let nonce = self.0.nonce().ok_or(LockError::TooLarge)?;
        let tag = self.0.aead.encrypt_inout_detached(&nonce.into(), &[], chunk.into());
        self.0.next += 1;
        Ok(tag.map_err(|_| LockError::TooLarge)?.into())
    }
}

/// Opens one message, chunk by chunk.
pub struct Opener(Chunks);

impl Opener {
    /// Reads a message's header and checks its commitment.
    ///
    /// # Errors
    /// [`Altered`] when the commitment is not the one of this key, salt and context.
    pub fn new(key: &ContentKey, header: &[u8; HEADER], context: &[u8]) -> Result<Self, Altered> {
        let mut salt = [0; SALT];
        salt.copy_from_slice(&header[..SALT]);
        let (chunks, commitment) = Chunks::derive(key, &salt, context);
        if commitment.ct_eq(&header[SALT..]).into() { Ok(Self(chunks)) } else { Err(Altered) }
    }

    /// Opens a sealed chunk that is not the last in place and returns its plain bytes.
    ///
    /// # Errors
    /// [`Altered`]; the chunk's bytes are then what they were.
    pub fn chunk<'c>(&mut self, sealed: &'c mut [u8; SEALED_CHUNK]) -> Result<&'c mut [u8], Altered> {
        self.open(sealed)
    }

    /// Opens the last sealed chunk in place and returns its plain bytes, fewer than [`CHUNK`]. What is no whole tag,
    /// or as long as a chunk that is not the last, is no last chunk: the message was cut or something was added.
    ///
    /// # Errors
    /// [`Altered`].
    pub fn last(mut self, sealed: &mut [u8]) -> Result<&mut [u8], Altered> {
        if sealed.len() >= SEALED_CHUNK {
            return Err(Altered);
        }
        self.open(sealed)
    }

    /// Opens the sealed chunks that lie one behind another in `sealed` and joins their plain bytes at its front; gives
    /// back how many those are. With `ends`, the last of them is the message's last chunk, and the opener is used up.
    pub(super) fn joined(mut self, sealed: &mut [u8], ends: bool) -> Result<(Option<Self>, usize), Altered> {
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

/// Seals a whole message held in memory.
pub(super) fn seal_all((mut sealer, header): (Sealer, [u8; HEADER]), plain: &[u8]) -> Result<Vec<u8>, LockError> {
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
