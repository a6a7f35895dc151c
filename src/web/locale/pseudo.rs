//! The two made-up languages. Each is a function over the fixed text of English messages; values put into them stay as
//! they are.

use std::borrow::Cow;

/// Every text about 40% longer and with accents, as a long language would have it.
pub const LONG: &str = "en-XA";

/// Every word written from right to left, in a page that runs from right to left.
pub(super) const MIRRORED: &str = "ar-XB";

/// What Fluent calls for each run of fixed text.
pub(super) type Transform = fn(&str) -> Cow<'_, str>;

/// Accents on letters, and the commonest ones doubled.
pub(super) fn lengthen(text: &str) -> Cow<'_, str> {
    let mut long = String::with_capacity(text.len() * 3);
    for letter in text.chars() {
        let accented = accent(letter);
        long.push(accented);
        if matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'n' | 'r' | 's') {
            long.push(accented);
        }
    }
    long.into()
}

fn accent(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'g' => 'ĝ',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'C' => 'Ç',
        'D' => 'Ð',
        'E' => 'É',
        'I' => 'Î',
        'N' => 'Ñ',
        'O' => 'Ø',
        'S' => 'Š',
        'T' => 'Ţ',
        'W' => 'Ŵ',
        'Y' => 'Ý',
        other => other,
    }
}

/// Each word between RIGHT-TO-LEFT OVERRIDE and POP DIRECTIONAL FORMATTING.
pub(super) fn mirror(text: &str) -> Cow<'_, str> {
    let mut mirrored = String::with_capacity(text.len() * 3);
    let mut inside = false;
    for letter in text.chars() {
        if letter.is_alphanumeric() != inside {
            mirrored.push(if inside { '\u{202c}' } else { '\u{202e}' });
            inside = !inside;
        }
        mirrored.push(letter);
    }
    if inside {
        mirrored.push('\u{202c}');
    }
    mirrored.into()
}
