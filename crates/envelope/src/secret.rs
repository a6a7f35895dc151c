//! Secret bytes that leave no copy behind when they move.

use std::ops::Deref;
use zeroize::{Zeroize as _, Zeroizing};

/// Secret bytes on the heap. A move copies the pointer only, and the bytes are wiped on drop. A value on the stack would
/// leave a copy at each place that it was moved from.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<const N: usize>(Box<Zeroizing<[u8; N]>>);

impl<const N: usize> Secret<N> {
    /// Copies `bytes`.
    pub fn copy_of(bytes: &[u8; N]) -> Self {
        let mut kept = Box::new(Zeroizing::new([0; N]));
        kept.copy_from_slice(bytes);
        Self(kept)
    }

    /// Takes `bytes` over and wipes this copy of them.
    pub fn new(mut bytes: [u8; N]) -> Self {
        let secret = Self::copy_of(&bytes);
        bytes.zeroize();
        secret
    }
}

impl<const N: usize> Deref for Secret<N> {
    type Target = [u8; N];

    fn deref(&self) -> &[u8; N] {
        &self.0
    }
}

/// Bytes to overwrite, more than a key derivation uses.
const STACK: usize = 16 * 1024;

/// Overwrites the stack below the caller. Digests buffer there what they hash, and an idle thread keeps its stack.
#[inline(never)]
pub fn wipe_stack() {
    let mut below = [0xff_u8; STACK];
    std::hint::black_box(&mut below).zeroize();
}
