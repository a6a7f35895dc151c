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
pub(super) fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |seen, byte| seen | byte) == 0
}

#[cfg(test)]
mod tests {
    use super::{padded, padme};
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
