//! Language negotiation by `Accept-Language` (RFC 9110, section 12.5.4) with lookup (RFC 4647, section 3.4).

use super::LanguageId;

/// Bytes of the header to parse. Browsers send fewer, and the limit bounds the work.
const MAX_HEADER: usize = 256;

/// Returns the language with the highest weight in `header` among those that `find` returns; the first of equals.
pub(super) fn best(header: &str, find: impl Fn(&str) -> Option<LanguageId>) -> Option<LanguageId> {
    let end = (0..=MAX_HEADER.min(header.len())).rev().find(|end| header.is_char_boundary(*end)).unwrap_or(0);
    let mut best = None;
    let mut best_weight = 0;
    for (range, weight) in header[..end].split(',').filter_map(weighted) {
        if weight > best_weight
            && let Some(id) = lookup(range, &find)
        {
            best = Some(id);
            best_weight = weight;
        }
    }
    best
}

/// Parses `en-GB;q=0.7` into the range and its weight in thousandths. Returns `None` when it is malformed.
fn weighted(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let Some(parameter) = parts.next() else {
        return Some((range, 1000));
    };
    let (name, value) = parameter.split_once('=')?;
    if !name.trim_end().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, fraction) = value.trim_start().split_once('.').unwrap_or((value.trim_start(), ""));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) || fraction.len() > 3 {
        return None;
    }
    match whole {
        "0" => Some((range, format!("{fraction:0<3}").parse().ok()?)),
        "1" => Some((range, 1000)),
        _ => None,
    }
}

/// Looks up the range, then ever shorter prefixes: zh-Hant-TW, zh-Hant, zh.
fn lookup(range: &str, find: &impl Fn(&str) -> Option<LanguageId>) -> Option<LanguageId> {
    let mut left = range;
    loop {
        if let Some(id) = find(left) {
            return Some(id);
        }
        left = left.rsplit_once('-')?.0;
    }
}
