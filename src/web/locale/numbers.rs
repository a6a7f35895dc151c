//! Numbers as each language writes them (CLDR: decimal and group separators, minimum grouping digits).
//! `tests/browser/languages.rs` compares them with a browser's `Intl`.

use unic_langid::LanguageIdentifier;

/// No-break space, so that a number stays on its line.
const SPACE: char = '\u{a0}';
const NARROW_SPACE: char = '\u{202f}';

/// The separators of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Separators {
    decimal: char,
    group: char,
    /// Digits before the first group separator that a number must have at least.
    least: usize,
}

impl Separators {
    /// Returns the separators of a language; those of English for others.
    pub(super) fn of(language: &LanguageIdentifier) -> Self {
        let (decimal, group, least) = match language.language.as_str() {
            "de" | "nl" | "da" | "tr" => (',', '.', 1),
            "pt" if language.region.is_none_or(|region| region.as_str() == "BR") => (',', '.', 1),
            "es" | "it" => (',', '.', 2),
            "fr" => (',', NARROW_SPACE, 1),
            "pl" | "hu" => (',', SPACE, 2),
            "sv" | "cs" | "uk" | "ru" | "nb" | "fi" => (',', SPACE, 1),
            _ => ('.', ',', 1),
        };
        Self { decimal, group, least }
    }

    /// Formats an integer.
    pub(super) fn integer(self, n: u64) -> String {
        let digits = n.to_string();
        if digits.len() < 3 + self.least {
            return digits;
        }
        let mut text = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.group);
            }
            text.push(digit);
        }
        text
    }

    /// Formats a number of tenths: an integer when the last one is 0.
    pub(super) fn tenths(self, tenths: u64) -> String {
        let whole = self.integer(tenths / 10);
        match tenths % 10 {
            0 => whole,
            digit => format!("{whole}{}{digit}", self.decimal),
        }
    }
}

/// Returns a number in the same plural category, which the plural rules place right: those of Arabic look at whole numbers
/// where CLDR looks at the last two digits.
pub(super) fn same_category(language: &LanguageIdentifier, n: u64) -> u64 {
    match (language.language.as_str(), n % 100) {
        ("ar", last @ 3..) if n >= 100 => last,
        ("ar", _) if n >= 100 => 100,
        _ => n,
    }
}

/// A unit of sizes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    bytes: u64,
    /// End of the key of its message.
    key: &'static str,
    /// Symbol in English.
    pub(crate) symbol: &'static str,
}

impl Unit {
    /// Returns the key of its message.
    pub(super) fn message(&self) -> String {
        format!("size-{}", self.key)
    }
}

/// The units from a thousand bytes on, the largest first. 1 kB is 1000 bytes.
static UNITS: [Unit; 4] = [
    Unit { bytes: 1_000_000_000_000, key: "terabyte", symbol: "TB" },
    Unit { bytes: 1_000_000_000, key: "gigabyte", symbol: "GB" },
    Unit { bytes: 1_000_000, key: "megabyte", symbol: "MB" },
    Unit { bytes: 1_000, key: "kilobyte", symbol: "kB" },
];

/// Returns the unit of a size and the number of it in tenths, rounded down: with a decimal below ten only. Returns `None`
/// below the smallest unit.
pub(crate) fn size_parts(bytes: u64) -> Option<(&'static Unit, u64)> {
    let unit = UNITS.iter().find(|unit| bytes >= unit.bytes)?;
    let tenths = bytes / (unit.bytes / 10);
    Some((unit, if tenths < 100 { tenths } else { tenths / 10 * 10 }))
}

#[cfg(test)]
mod tests {
    use super::{Separators, same_category, size_parts};

    fn of(code: &str) -> Separators {
        Separators::of(&code.parse().unwrap())
    }

    #[test]
    fn numbers_are_grouped_as_the_language_groups_them() {
        assert_eq!(of("en").integer(1_234_567), "1,234,567");
        assert_eq!(of("de").integer(1_234), "1.234");
        assert_eq!(of("fr").integer(12_345), "12\u{202f}345");
        assert_eq!([of("es").integer(1_234), of("es").integer(12_345)], ["1234", "12.345"]);
        assert_eq!(of("zh-Hant").integer(999), "999");
        assert_eq!(of("cs").tenths(15), "1,5");
        assert_eq!(of("ja").tenths(20), "2");
    }

    #[test]
    fn large_arabic_numbers_are_placed_by_their_last_two_digits() {
        let arabic = "ar".parse().unwrap();
        let placed = [2, 99, 100, 102, 103, 348, 7_107].map(|n| same_category(&arabic, n));
        assert_eq!(placed, [2, 99, 100, 100, 3, 48, 7]);
        assert_eq!(same_category(&"pl".parse().unwrap(), 348), 348);
    }

    #[test]
    fn sizes_are_rounded_down_to_a_unit() {
        let parts = |bytes| size_parts(bytes).map(|(unit, tenths)| (unit.key, tenths));
        assert_eq!(parts(999), None);
        assert_eq!(parts(1_000), Some(("kilobyte", 10)));
        assert_eq!(parts(9_990_000), Some(("megabyte", 99)));
        assert_eq!(parts(28_900_000), Some(("megabyte", 280)));
        assert_eq!(parts(u64::MAX), Some(("terabyte", 184_467_440)));
    }
}
