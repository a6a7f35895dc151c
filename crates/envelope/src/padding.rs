//! Padding (`docs/envelope.md`, "Padding"): rounds sizes up so that a stored size reveals little about the exact size.

/// Largest file size in bytes, 2⁵³ − 1: the largest integer that JSON numbers represent exactly everywhere.
pub const MAX_SIZE: u64 = (1 << 53) - 1;

/// Returns the padded size of `size` bytes (`docs/envelope.md`, `padded`). Sizes above [`MAX_SIZE`], which no file can
/// have, are clamped to it.
pub const fn padded(size: u64) -> u64 {
    let size = match size {
        0 => 1,
        1..=MAX_SIZE => size,
        _ => MAX_SIZE,
    };
    padme(size.next_multiple_of(256))
}

/// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019):
/// keeps only the highest bits of a size, at a cost of at most 12 %.
const fn padme(size: u64) -> u64 {
    let exponent = size.ilog2();
    let kept = exponent.ilog2() + 1;
    size.next_multiple_of(1 << (exponent - kept))
}

/// Returns whether every byte is zero, without an early exit.
pub(crate) fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |seen, byte| seen | byte) == 0
}

/// Bytes of the length before a text.
pub(crate) const LENGTH: usize = 4;

/// Completes a plaintext that begins with [`LENGTH`] unset bytes: sets them to the length of the text behind them, and
/// appends zeros up to the padded size. Returns `None` when that is more than `most`.
pub(crate) fn frame(plain: &mut Vec<u8>, most: u64) -> Option<()> {
    let length = u32::try_from(plain.len().checked_sub(LENGTH)?).ok()?;
    plain[..LENGTH].copy_from_slice(&length.to_be_bytes());
    let size = padded(plain.len() as u64);
    plain.resize(usize::try_from(size).ok().filter(|_| size <= most)?, 0);
    Some(())
}

/// Returns the text in a plaintext that [`frame`] completed, or `None` unless length and zeros are as they must be.
pub(crate) fn framed(plain: &[u8]) -> Option<&[u8]> {
    let (length, rest) = plain.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (text, zeros) = rest.split_at_checked(length)?;
    (plain.len() as u64 == padded((LENGTH + length) as u64) && is_zero(zeros)).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::padding::{padded, padme};
    use proptest::prelude::*;

    #[test]
    fn sizes_are_padded_as_specified() {
        let cases = [(0, 256), (1, 256), (256, 256), (257, 512), (4096, 4096), (4097, 4352), (70_000, 71_680)];
        for (size, expected) in cases {
            assert_eq!(padded(size), expected, "{size}");
        }
        assert_eq!(padded((1 << 53) - 1), 1 << 53);
    }

    proptest! {
        #[test]
        fn padding_is_idempotent_and_adds_at_most_an_eighth(size in 1_u64..1 << 53) {
            let padded = padded(size);
            prop_assert!(padded >= size && padded.is_multiple_of(256));
            prop_assert!(padded <= size.next_multiple_of(256).saturating_mul(9) / 8);
            prop_assert_eq!(padme(padded), padded);
        }
    }
}
