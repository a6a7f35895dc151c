//! `Accept-Language` (RFC 9110, section 12.5.4) by lookup (RFC 4647, section 3.4).

use super::LanguageId;

/// How much of the header is looked at, in bytes: browsers send fewer, and the rest is not worth the work.
const LOOKED_AT: usize = 256;

/// The language of `header` with the greatest weight among those `find` knows; of equals, the first.
pub(super) fn best(header: &str, find: impl Fn(&str) -> Option<LanguageId>) -> Option<LanguageId> {
    let end = (0..=LOOKED_AT.min(header.len())).rev().find(|end| header.is_char_boundary(*end)).unwrap_or(0);
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

/// `en-GB;q=0.7` as the range and its weight in thousandths; none when malformed.
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

/// The range itself, else ever shorter ones: zh-Hant-TW, zh-Hant, zh.
fn lookup(range: &str, find: &impl Fn(&str) -> Option<LanguageId>) -> Option<LanguageId> {
    let mut left = range;
    loop {
        if let Some(id) = find(left) {
            return Some(id);
        }
        left = left.rsplit_once('-')?.0;
    }
}
