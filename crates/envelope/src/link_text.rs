//! Undoes what mail gateways, chat programs and typing do to a text with a link. The browser does the same
//! (`static/js/lib/link-text.js`); both are tested with `tests/vectors/link-repairs.json`.

use crate::escapes::unescape;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Longest text that is searched for a link, in bytes.
pub const LONGEST_TEXT: usize = 16 * 1024;

/// Layers of percent-encoding that are removed; links nested in redirect links are encoded repeatedly.
const ESCAPED: usize = 4;

/// How often all encodings are undone.
const ROUNDS: usize = 6;

/// How many texts are searched: the text itself, and links that were found encoded in it.
const TEXTS: usize = 8;

/// Proofpoint writes the length of a run of replaced characters, from 2 on, as one of these.
const RUNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Decodes base64 as links carry it: without padding, and cut anywhere.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

type Text = Zeroizing<String>;

/// Returns what `find` finds first in the forms of a text, the least changed first. Finds nothing in a text that is longer
/// than [`LONGEST_TEXT`].
pub(crate) fn find_in_forms<T>(text: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let mut queue = vec![Zeroizing::new(text.to_owned())];
    let mut next = 0;
    while let Some(text) = queue.get(next) {
        next += 1;
        let plain = without_quotes(&decode_plain(text));
        if let Some(found) = find(&plain) {
            return Some(found);
        }
        let decoded = without_quotes(&decode_all(text));
        if let Some(found) = find(&decoded) {
            return Some(found);
        }
        let joined = Zeroizing::new(decoded.replace(['\t', '\n', '\r', ' '], ""));
        let joined = decode_all(&joined);
        if let Some(found) = find(&joined) {
            return Some(found);
        }
        for form in [plain, decoded, joined] {
            for found in unwrap_links(&form) {
                if queue.len() < TEXTS && !queue.contains(&found) {
                    queue.push(found);
                }
            }
        }
    }
    None
}

/// Removes invisible characters and replaces look-alikes.
fn tidy(text: &str) -> Text {
    Zeroizing::new(text.chars().filter(|letter| !is_invisible(*letter)).map(plain_letter).collect())
}

/// Returns whether copied text may contain `letter` invisibly: controls, soft hyphens, joiners, marks of direction.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{34f}'
        | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns the ASCII character for which `letter` stands, or the letter itself.
fn plain_letter(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{2d7}'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{207b}'
        | '\u{208b}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2796}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{30fc}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff70}' => '-',
        '\u{b7}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{3002}' | '\u{30fb}'
        | '\u{ff61}' | '\u{ff65}' => '.',
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{266f}' | '\u{fe5f}' => '#',
        '\u{2502}' | '\u{2503}' => '|',
        '\u{b}'
        | '\u{c}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{2800}'
        | '\u{3000}' => ' ',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        _ => letter,
    }
}

/// Drops the marks of a quoted reply at the start of lines.
fn without_quotes(text: &str) -> Text {
    let mut lines = text.split('\n');
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    plain.push_str(lines.next().unwrap_or_default());
    for line in lines {
        plain.push('\n');
        plain.push_str(line.trim_start_matches(['\t', '\r', ' ', '>', '|']));
    }
    plain
}

/// Undoes percent-encoding alone.
fn decode_plain(text: &str) -> Text {
    let mut plain = tidy(text);
    for _ in 0..ESCAPED {
        // Browsers percent-encode invisible characters in an address.
        plain = tidy(&unescape_bytes(&plain, b'%'));
    }
    plain
}

/// Undoes quoted-printable, HTML entities, backslashes and percent-encoding, also of each other.
fn decode_all(text: &str) -> Text {
    let mut decoded = tidy(text);
    for _ in 0..ROUNDS {
        let mut next = unescape_bytes(&without_soft_breaks(&decoded), b'=');
        next = replace(&next, '&', entity);
        next = replace(&next, '\\', backslash);
        next = tidy(&unescape_bytes(&next, b'%'));
        if next == decoded {
            break;
        }
        decoded = next;
    }
    decoded
}

/// Decodes UTF-8 whose bytes are written as two hex digits after `mark`.
fn unescape_bytes(text: &str, mark: u8) -> Text {
    let bytes = Zeroizing::new(unescape(text.as_bytes(), mark));
    Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
}

/// Joins the lines that quoted-printable text continues with `=`.
fn without_soft_breaks(text: &str) -> Text {
    replace(text, '=', |after| {
        let rest = after.trim_start_matches(['\t', ' ']);
        let rest = rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n')?;
        Some((None, rest))
    })
}

/// A character in place of a mark and the text that belongs to it, and the text behind.
type Replacement<'t> = (Option<char>, &'t str);

/// Replaces each `mark` for whose following text `decode` returns a replacement.
fn replace(text: &str, mark: char, decode: impl Fn(&str) -> Option<Replacement<'_>>) -> Text {
    let mut replaced = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        replaced.push_str(before);
        rest = if let Some((letter, behind)) = decode(after) {
            replaced.extend(letter);
            behind
        } else {
            replaced.push(mark);
            after
        };
    }
    replaced.push_str(rest);
    replaced
}

/// Decodes the HTML entity after an ampersand.
fn entity(after: &str) -> Option<Replacement<'_>> {
    let end = after.bytes().take(9).position(|byte| byte == b';')?;
    let (name, behind) = (after.get(..end)?.to_ascii_lowercase(), after.get(end + 1..)?);
    let letter = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix('x') {
            Some(hex) => character(hex, 16, 6)?,
            None => character(number, 10, 7)?,
        },
        None => match name.as_str() {
            "amp" => '&',
            "apos" => '\'',
            "colon" => ':',
            "dash" | "hyphen" | "mdash" | "ndash" => '-',
            "equals" => '=',
            "gt" => '>',
            "lowbar" => '_',
            "lt" => '<',
            "nbsp" => ' ',
            "num" => '#',
            "percnt" => '%',
            "period" => '.',
            "quest" => '?',
            "quot" => '"',
            "shy" => '\u{ad}',
            "sol" => '/',
            "zwj" => '\u{200d}',
            "zwnj" => '\u{200c}',
            _ => return None,
        },
    };
    Some((Some(letter), behind))
}

/// Decodes the escape of JSON, scripts or Markdown after a backslash.
fn backslash(after: &str) -> Option<Replacement<'_>> {
    let first = after.chars().next()?;
    let behind = &after[first.len_utf8()..];
    let letter = match first.to_ascii_lowercase() {
        'u' => match behind.strip_prefix('{') {
            Some(braced) => {
                let (hex, behind) = braced.split_once('}')?;
                return Some((Some(character(hex, 16, 6)?), behind));
            }
            None => return Some((Some(character(behind.get(..4)?, 16, 4)?), &behind[4..])),
        },
        'x' => return Some((Some(character(behind.get(..2)?, 16, 2)?), &behind[2..])),
        'n' | 'r' => '\n',
        't' => '\t',
        letter if letter.is_ascii_alphanumeric() => return None,
        _ => first,
    };
    Some((Some(letter), behind))
}

/// Returns the character of a number of up to `most` digits.
fn character(digits: &str, radix: u32, most: usize) -> Option<char> {
    let are_digits = (1..=most).contains(&digits.len()) && digits.chars().all(|digit| digit.is_digit(radix));
    let number = u32::from_str_radix(digits, radix).ok().filter(|number| are_digits && *number > 0)?;
    char::from_u32(number)
}

/// Returns the links that a mail gateway or a redirect wrote into `text` in its own encoding.
fn unwrap_links(text: &str) -> Vec<Text> {
    let mut found = Vec::new();
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    // Proofpoint, version 2.
    for (start, mark) in lower.match_indices("/v2/url?u=").take(TEXTS) {
        let rest = &text[start + mark.len()..];
        let end = rest.find(|letter: char| letter == '&' || letter.is_ascii_whitespace()).unwrap_or(rest.len());
        found.push(Zeroizing::new(rest[..end].replace('-', "%").replace('_', "/")));
    }
    // Proofpoint, version 3.
    for (start, mark) in lower.match_indices("/v3/__").take(TEXTS) {
        found.extend(proofpoint3(&text[start + mark.len()..]));
    }
    // The start of “http” in base64.
    let mut rest = text;
    while let Some(start) = rest.find("aHR0c").filter(|_| found.len() < TEXTS) {
        let (link, behind) = base64_letters(&rest[start..]);
        found.extend(decode_base64(link));
        rest = behind;
    }
    found.truncate(TEXTS);
    found
}

/// Decodes `{link}__;{replaced characters}!`, where `*` stands for the next replaced character, and `**` with a letter for
/// as many as the letter says.
fn proofpoint3(text: &str) -> Option<Text> {
    let (link, rest) = text.split_once("__;")?;
    let (replaced, rest) = base64_letters(rest);
    if link.is_empty() || link.contains(|letter: char| letter.is_ascii_whitespace()) || !rest.starts_with('!') {
        return None;
    }
    let replaced = decode_base64(replaced).unwrap_or_default();
    let mut letters = replaced.chars();
    let mut decoded = Zeroizing::new(String::with_capacity(link.len()));
    let mut rest = link;
    while let Some((before, after)) = rest.split_once('*') {
        decoded.push_str(before);
        let run = after.strip_prefix('*').and_then(|after| Some((RUNS.find(after.chars().next()?)?, &after[1..])));
        let (count, behind) = run.map_or((1, after), |(index, behind)| (index + 2, behind));
        let before = decoded.len();
        decoded.extend(letters.by_ref().take(count));
        if decoded.len() == before {
            decoded.push_str(&rest[rest.len() - after.len() - 1..rest.len() - behind.len()]);
        }
        rest = behind;
    }
    decoded.push_str(rest);
    Some(decoded)
}

/// Splits off the leading characters of either base64 alphabet.
fn base64_letters(text: &str) -> (&str, &str) {
    let ours = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '-' | '_');
    text.split_at(text.find(|letter| !ours(letter)).unwrap_or(text.len()))
}

/// Decodes base64 in either alphabet, without padding. Ignores letters after the last whole byte.
fn decode_base64(text: &str) -> Option<Text> {
    let whole = if text.len() % 4 == 1 { &text[..text.len() - 1] } else { text };
    let bytes = Zeroizing::new(BASE64.decode(whole.replace('-', "+").replace('_', "/")).ok()?);
    Some(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
}
