//! Padding (`docs/envelope.md`, "Padding"): rounds sizes up so that a stored size says little about the exact one.

/// The most bytes of a file, 2⁵³ − 1: what every implementation's JSON numbers carry exactly.
pub const MOST_SIZE: u64 = (1 << 53) - 1;

/// `size` rounded up so that it says little about the exact size (`docs/envelope.md`, `padded`), in bytes. Sizes above
/// [`MOST_SIZE`], which nothing can have, count as that.
pub const fn padded(size: u64) -> u64 {
    let size = match size {
        0 => 1,
        1..=MOST_SIZE => size,
        _ => MOST_SIZE,
    };
    padme(size.next_multiple_of(256))
}

/// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019): lets
/// only the highest bits of a size vary, at a cost of at most 12 %.
const fn padme(size: u64) -> u64 {
    let exponent = size.ilog2();
    let kept = exponent.ilog2() + 1;
    size.next_multiple_of(1 << (exponent - kept))
}

/// Every byte is zero; looks at all of them.
pub(super) fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |seen, byte| seen | byte) == 0
}

#[cfg(test)]
mod tests {
    use super::{padded, padme};
    use proptest::prelude::*;

    #[test]
    fn sizes_are_padded_as_the_format_says() {
        let cases = [(0, 256), (1, 256), (256, 256), (257, 512), (4096, 4096), (4097, 4352), (70_000, 71_680)];
        for (size, expected) in cases {
            assert_eq!(padded(size), expected, "{size}");
        }
        assert_eq!(padded((1 << 53) - 1), 1 << 53);
    }

    proptest! {
        #[test]
        fn padding_keeps_order_and_costs_at_most_an_eighth(size in 1_u64..1 << 53) {
            let padded = padded(size);
            prop_assert!(padded >= size && padded.is_multiple_of(256));
            prop_assert!(padded <= size.next_multiple_of(256).saturating_mul(9) / 8);
            prop_assert_eq!(padme(padded), padded);
        }
    }
}
