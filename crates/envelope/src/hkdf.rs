//! HKDF (RFC 5869) on top of HMAC.
//!
//! The `hkdf` crate rejects a 32-byte key with SHA-512, which chunked encryption needs, and returns a length error that
//! cannot occur here. This module accepts any key up to one block and checks every length at compile time. Tests
//! cover the RFC's cases and, with SHA-512, Wycheproof's cases for chunked encryption.

use hmac::digest::common::Key;
use hmac::digest::{FixedOutput, OutputSizeUser, typenum::Unsigned};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// Creates an HMAC under `key`, at most one block long. HMAC zero-pads the key, and [`Key`] starts zeroed.
fn mac<D: EagerHash, const K: usize>(key: &[u8; K]) -> Hmac<D> {
    const { assert!(K <= 64, "HMAC would hash a longer key first") }
    let mut block = Key::<Hmac<D>>::default();
    block[..K].copy_from_slice(key);
    let mac = Hmac::new(&block);
    block.as_mut_slice().zeroize();
    mac
}

/// HKDF-Extract with SHA-256. `secret` is the input key material, concatenated.
pub(crate) fn extract<const S: usize>(salt: &[u8; S], secret: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut mac = mac::<Sha256, S>(salt);
    for piece in secret {
        mac.update(piece);
    }
    Zeroizing::new(mac.finalize_fixed().into())
}

/// HKDF-Expand to `N` bytes with the hash `D`. `info` is the context, concatenated.
pub(crate) fn expand<D: EagerHash, const K: usize, const N: usize>(
    key: &[u8; K],
    info: &[&[u8]],
) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * <Hmac<D> as OutputSizeUser>::OutputSize::USIZE, "HKDF output is limited to 255 blocks") }
    let keyed = mac::<D, K>(key);
    let mut bytes = Zeroizing::new([0; N]);
    let block = <Hmac<D> as OutputSizeUser>::output_size();
    for (counter, from) in (1_u8..).zip((0..N).step_by(block)) {
        let (done, open) = bytes.split_at_mut(from);
        let mut mac = keyed.clone();
        // Each block is chained to the previous one.
        mac.update(&done[from.saturating_sub(block)..]);
        for piece in info {
            mac.update(piece);
        }
        mac.update(&[counter]);
        let mut output = mac.finalize_fixed();
        let wanted = block.min(open.len());
        open[..wanted].copy_from_slice(&output[..wanted]);
        output.as_mut_slice().zeroize();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use crate::hkdf::{expand, extract};
    use sha2::Sha256;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn rfc_5869_case_1_matches() {
        let salt: [u8; 13] = std::array::from_fn(|at| u8::try_from(at).unwrap());
        let prk = extract(&salt, &[&[0x0b; 10], &[0x0b; 12]]);
        assert_eq!(prk[..], bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        let okm = expand::<Sha256, 32, 42>(&prk, &[&[0xf0, 0xf1, 0xf2, 0xf3, 0xf4], &[0xf5, 0xf6, 0xf7, 0xf8, 0xf9]]);
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assert_eq!(okm[..], bytes(expected));
    }

    #[test]
    fn rfc_5869_case_3_without_salt_and_info_matches() {
        let prk = extract(&[0; 32], &[&[0x0b; 22]]);
        let expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
        assert_eq!(expand::<Sha256, 32, 42>(&prk, &[])[..], bytes(expected));
    }
}
