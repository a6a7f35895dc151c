//! Sanitizes file names, which the sender chose. `static/js/lib/names.js` has the same rules for pages with scripts;
//! `tests/vectors/names.json` holds both to them.

/// Longest name in bytes: 255 on most systems, less what a browser adds to a name that exists.
const MAX_BYTES: usize = 240;

/// Longest extension that shortening a name keeps, in UTF-16 units with the dot.
const MAX_EXTENSION: usize = 20;

/// Names of devices on Windows, which reserves them with any extension.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "clock$", "conin$", "conout$"];

/// Extensions of Windows shortcuts, which browsers refuse to save.
const SHORTCUTS: [&str; 3] = ["lnk", "scf", "url"];

/// Extensions of files that can run code when opened, on any system.
const EXECUTABLE: &str = "apk app appimage application appref-ms bat chm cmd com command cpl deb desktop dll dmg exe flatpak gadget \
    hta inf ins iso jar js jse library-ms lnk mjs msc msi msix msp mst pif pkg ps1 psm1 py rb reg rpm run scf \
    scpt scr search-ms settingcontent-ms sh url vb vbe vbs vhd vhdx wsc wsf wsh xll";

/// Returns a name that is safe to show and that every system and browser can save under. An empty name, `.` and `..`
/// become `file`.
pub fn safe_name(name: &str) -> String {
    let mut plain: String = without_escapes(&shown_name(name))
        .chars()
        .map(|letter| if "<>:\"|?*".contains(letter) { '_' } else { letter })
        .collect();
    let text = plain.trim_start_matches(is_dot_or_space);
    // One dot may lead a name, as in `.profile`.
    let start = plain[..plain.len() - text.len()].rfind('.').unwrap_or(plain.len() - text.len());
    plain.drain(..start);
    plain.truncate(plain.trim_end_matches(is_dot_or_space).len());
    for at in [0, plain.len().saturating_sub(1)] {
        if plain.as_bytes().get(at) == Some(&b'~') {
            plain.replace_range(at..=at, "_");
        }
    }
    if let Some(at) = reserved_stem(&plain) {
        plain.insert(at, '_');
    }
    if is_shortcut(&plain) {
        plain.push('_');
    }
    match shortened(&plain) {
        name if name.is_empty() => "file".to_owned(),
        name => name,
    }
}

/// Returns whether [`safe_name`] changes more than the folders before the name.
pub fn is_renamed(name: &str) -> bool {
    last_segment(name) != safe_name(name)
}

/// Returns whether opening the file can run code, under this name or with its escapes undone.
pub fn is_executable(name: &str) -> bool {
    let shown = shown_name(name);
    [unescaped(&shown), shown].iter().any(|name| {
        // Windows ignores trailing dots and spaces.
        let name = name.trim_end_matches(|letter| is_dot_or_space(letter) || letter == '\0');
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.trim().to_lowercase());
        extension.is_some_and(|extension| EXECUTABLE.split(' ').any(|known| known == extension))
    })
}

/// Returns the last path segment without invisible characters.
fn shown_name(name: &str) -> String {
    // Filters before the check for `..`, because removing characters can produce it.
    let shown: String = name.chars().filter(|letter| !is_invisible(*letter)).collect();
    match last_segment(&shown).trim() {
        "" | "." | ".." => "file".to_owned(),
        name => name.to_owned(),
    }
}

fn last_segment(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Returns whether `letter` is a control or format character, a line separator or a noncharacter, except the joiners
/// that scripts and emoji need. Direction marks among them can disguise `exe.gpj`.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || u32::from(letter) & 0xfffe == 0xfffe
        || matches!(letter,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}')
}

fn is_dot_or_space(letter: char) -> bool {
    letter == '.' || letter.is_whitespace()
}

/// Replaces the sign of each escape. Firefox undoes escapes when it saves: `pdf%2eexe` would become a program.
fn without_escapes(name: &str) -> String {
    let at = |index: usize| name.as_bytes().get(index).is_some_and(u8::is_ascii_hexdigit);
    name.char_indices()
        .map(|(index, letter)| if letter == '%' && at(index + 1) && at(index + 2) { '_' } else { letter })
        .collect()
}

/// Undoes escapes, each as one Latin-1 letter.
fn unescaped(name: &str) -> String {
    let mut letters = name.chars();
    let mut text = String::with_capacity(name.len());
    while let Some(letter) = letters.next() {
        let digits: Option<u32> =
            letters.as_str().get(..2).filter(|_| letter == '%').and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match digits.and_then(char::from_u32) {
            Some(escaped) => {
                text.push(escaped);
                letters.nth(1);
            }
            None => text.push(letter),
        }
    }
    text
}

/// Returns the end of the stem of a name that Windows reserves for a device or for the settings of a folder.
fn reserved_stem(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    let stem = lower.split('.').next()?.trim_end();
    let numbered = |prefix: &str| {
        let mut rest = stem.strip_prefix(prefix)?.chars();
        let digit = rest.next().filter(|digit| digit.is_ascii_digit() || "¹²³".contains(*digit));
        (digit.is_some() && rest.next().is_none()).then_some(())
    };
    let device = DEVICES.contains(&stem) || numbered("com").or_else(|| numbered("lpt")).is_some();
    (device || lower == "desktop.ini" || lower == "thumbs.db").then_some(stem.len())
}

/// Returns whether a name is that of a Windows shortcut, or of a shell folder: `x.{20D04FE0-…}`.
fn is_shortcut(name: &str) -> bool {
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    let inner = extension.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    SHORTCUTS.iter().any(|shortcut| extension.eq_ignore_ascii_case(shortcut))
        || inner.is_some_and(|inner| !inner.contains('}'))
}

/// Shortens a name to [`MAX_BYTES`], and keeps its extension.
fn shortened(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let dot = name.rfind('.').filter(|at| *at > 0 && name[*at..].encode_utf16().count() <= MAX_EXTENSION);
    let (stem, tail) = name.split_at(dot.unwrap_or(name.len()));
    let room = MAX_BYTES - tail.len();
    let end = stem.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= room).last();
    let stem = &stem[..end.unwrap_or_default()];
    format!("{}{tail}", stem.trim_end_matches(is_dot_or_space))
}

#[cfg(test)]
mod tests {
    use crate::names::{MAX_BYTES, is_executable, is_renamed, safe_name};
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn names_are_those_of_the_vectors() {
        let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors/names.json")).unwrap();
        let cases = vectors.as_array().unwrap();
        assert!(cases.len() >= 60, "{}", cases.len());
        for case in cases {
            let repeat = usize::try_from(case["repeat"].as_u64().unwrap_or(1)).unwrap();
            let name = case["name"].as_str().unwrap().repeat(repeat) + case["end"].as_str().unwrap_or_default();
            let safe = case["safe"].as_str().unwrap();
            let found = safe_name(&name);
            match case["length"].as_u64() {
                Some(length) => assert!(found.len() as u64 == length && found.ends_with(safe), "{found}"),
                None => assert_eq!(found, safe, "{name:?}"),
            }
            assert_eq!(is_executable(&name), case["program"] == true, "{name:?}");
            assert_eq!(is_renamed(&name), found != name.rsplit(['/', '\\']).next().unwrap(), "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn every_name_becomes_safe(name in "(?s).{0,40}|[.~%/ a-fA-F0-9{}]{0,20}") {
            let safe = safe_name(&name);
            prop_assert!(!matches!(&*safe, "" | "." | "..") && safe.len() <= MAX_BYTES);
            let unsafe_letters = ['/', '\\', '\0', '\u{202e}', ':', '*', '"'];
            prop_assert!(!safe.contains(unsafe_letters));
            prop_assert!(!safe.ends_with(['.', ' ', '~']) && !safe.starts_with(['~', ' ']) && !safe.starts_with(".."));
            prop_assert_eq!(safe_name(&safe), safe, "a safe name is stable");
        }
    }
}
