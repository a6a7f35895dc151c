//! Checks the locale files as a whole: every message that is used exists, every message that exists is used, and all of
//! them use plain language.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use onetimeshare::web::locale::{LONG, Locales};

/// Jargon and tones that the pages avoid; each entry matches the start of a word.
const FORBIDDEN: [&str; 7] = ["secret", "burn", "encrypt", "expire", "token", "invalid", "oops"];

/// Maximum reading grade of the texts, in years of school (Flesch–Kincaid).
const GRADE: f64 = 5.0;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all files below `folder` with this extension.
fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_str().unwrap().ends_with(ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "no {ending} below {folder}");
    found.sort();
    found
}

/// Returns every message of a language with all its variants, by key.
fn messages(language: &str) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    for (_, text) in files(&format!("locales/{language}"), ".ftl") {
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                let (name, value) = line.split_once('=').unwrap();
                name.trim().clone_into(&mut key);
                messages.insert(key.clone(), value.trim().to_owned());
            } else {
                let text = messages.get_mut(&key).unwrap();
                text.push('\n');
                text.push_str(line.trim());
            }
        }
    }
    messages
}

/// Finds each text between `before` and the next quote.
fn quoted<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once('"'))
}

/// A message key as a template uses it: complete, or assembled from parts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Whole(String),
    Starts(String),
}

impl Key {
    fn fits(&self, key: &str) -> bool {
        match self {
            Self::Whole(whole) => whole == key,
            Self::Starts(start) => key.starts_with(start.as_str()) && key.len() > start.len(),
        }
    }
}

fn keys_in_templates() -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for (_, text) in files("templates", ".html.tera") {
        for (key, rest) in quoted(&text, "key=\"") {
            let put_together = rest.trim_start().starts_with('~');
            keys.insert(if put_together { Key::Starts(key.to_owned()) } else { Key::Whole(key.to_owned()) });
        }
    }
    keys
}

/// Returns the keys that each page passes to its scripts.
fn keys_for_scripts() -> BTreeMap<String, BTreeSet<String>> {
    let mut pages = BTreeMap::new();
    for (path, text) in files("templates", ".html.tera") {
        let Some((_, list)) = text.split_once("keys=[") else { continue };
        let (list, _) = list.split_once(']').unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().trim_end_matches(".html.tera").to_owned();
        pages.insert(name, list.split(',').map(|key| key.trim().trim_matches('"').to_owned()).collect());
    }
    pages
}

/// Returns a module and everything it imports, statically or dynamically, as paths below `static/js`.
fn modules(page: &str) -> BTreeSet<PathBuf> {
    let scripts = root().join("static/js");
    let mut found = BTreeSet::new();
    let mut left = vec![scripts.join(format!("pages/{page}.js"))];
    while let Some(path) = left.pop() {
        let short = path.strip_prefix(&scripts).unwrap().to_owned();
        if !found.insert(short) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let imported = quoted(&text, "from \"").chain(quoted(&text, "await import(\""));
        for (from, _) in imported.filter(|(from, _)| from.starts_with('.')) {
            let mut target = path.parent().unwrap().to_owned();
            for part in from.split('/') {
                match part {
                    "." => {}
                    ".." => assert!(target.pop()),
                    part => target.push(part),
                }
            }
            left.push(target);
        }
    }
    found
}

/// Returns the messages that a script may use: every quoted text that is a key.
fn keys_in_script(text: &str, messages: &BTreeMap<String, String>) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).filter(|part| messages.contains_key(*part)).map(str::to_owned).collect()
}

#[test]
fn every_key_used_in_templates_exists() {
    let messages = messages("en");
    for key in keys_in_templates() {
        assert!(messages.keys().any(|there| key.fits(there)), "{key:?} is in no .ftl file");
    }
}

#[test]
fn every_key_for_scripts_exists_and_is_used() {
    let messages = messages("en");
    let pages = keys_for_scripts();
    assert!(pages.len() >= 4, "{pages:?}");
    for (page, keys) in pages {
        let scripts: Vec<_> = modules(&page)
            .into_iter()
            .map(|module| fs::read_to_string(root().join("static/js").join(module)).unwrap())
            .collect();
        for key in &keys {
            assert!(messages.contains_key(key), "{page} passes {key}, which is in no .ftl file");
            // Keys such as `error-${kind}-title` are assembled at run time.
            let put_together = key.starts_with("error-");
            let asked = scripts.iter().any(|script| script.contains(&format!("\"{key}\"")));
            assert!(put_together || asked, "{page} passes {key}, which none of its scripts uses");
        }
        for script in &scripts {
            for (key, _) in quoted(script, "word(\"") {
                let shared = script.contains("export function");
                assert!(keys.contains(key) || shared, "a script of {page} uses {key}, which the page does not pass");
            }
        }
    }
}

#[test]
fn every_message_is_used() {
    let messages = messages("en");
    let mut used = keys_in_templates();
    for keys in keys_for_scripts().into_values() {
        used.extend(keys.into_iter().map(Key::Whole));
    }
    for (_, text) in files("src", ".rs") {
        used.extend(keys_in_script(&text, &messages).into_iter().map(Key::Whole));
    }
    // Assembled where dates, spans and sizes are formatted.
    used.extend(["weekday-", "month-", "span-", "size-"].map(|start| Key::Starts(start.to_owned())));
    for key in messages.keys() {
        assert!(used.iter().any(|used| used.fits(key)), "nothing uses {key}");
    }
}

#[test]
fn every_language_has_the_same_placeholders() {
    let places = |text: &str| -> BTreeSet<String> {
        let names = text.split('$').skip(1);
        names.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
    };
    let english = messages("en");
    let mut languages = 0;
    for entry in fs::read_dir(root().join("locales")).unwrap() {
        let language = entry.unwrap().file_name().into_string().unwrap();
        let theirs = messages(&language);
        assert_eq!(theirs.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (key, text) in &theirs {
            assert_eq!(places(text), places(&english[key]), "{language}: {key}");
        }
        languages += 1;
    }
    println!("{languages} language(s), {} messages", english.len());
}

#[test]
fn plural_selectors_use_only_n() {
    for (key, text) in messages("en") {
        for (selector, _) in text.split("{ $").skip(1).filter_map(|rest| rest.split_once("->")) {
            assert!(selector.trim() == "n" || selector.contains('}'), "{key} selects on {selector}");
        }
        assert!(!text.contains("[0]") && !text.contains("[1]"), "{key} has a form for one exact number");
    }
}

#[test]
fn templates_hold_no_literal_text_and_no_unescaped_output() {
    for (path, text) in files("templates", ".tera") {
        let name = path.display();
        assert!(
            text.is_ascii() || !without_comments(&text).contains(|letter: char| !letter.is_ascii()),
            "{name}: words"
        );
        assert!(path.to_str().unwrap().ends_with(".html.tera"), "{name} is not escaped");
        let text = without_comments(&text);
        for forbidden in ["safe", "<script>", "<style", " style=", "javascript:"] {
            assert!(!text.contains(forbidden), "{name}: {forbidden}");
        }
        for attribute in text.split_whitespace().filter(|word| word.starts_with("on")) {
            assert!(!attribute.contains('='), "{name}: {attribute}");
        }
        assert!(!text.contains("={{"), "{name}: an attribute without quotes");
        // These are attributes.
        let text = strip(&text, "{%- block page %}", "{% endblock page -%}");
        let text = strip(&text, "{%- block settings %}", "{% endblock settings -%}");
        let text = strip(&text, "{%- macro aria", "{%- endmacro aria -%}");
        let shown = without_tags(&text);
        let letters: Vec<_> = shown.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
        assert!(letters.is_empty(), "{name} contains literal text: {letters:?}");
    }
}

fn without_comments(text: &str) -> String {
    strip(text, "{#", "#}")
}

/// Strips Tera and HTML tags.
fn without_tags(text: &str) -> String {
    let text = strip(&strip(text, "{{", "}}"), "{%", "%}");
    strip(&text, "<", ">")
}

fn strip(text: &str, open: &str, close: &str) -> String {
    let mut pieces = text.split(open);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |left, piece| left + piece.split_once(close).map_or("", |(_, rest)| rest))
}

#[test]
fn every_page_has_one_entry_script_and_every_entry_script_a_page() {
    let mut entries = BTreeSet::new();
    for (path, text) in files("templates", ".html.tera") {
        let text = without_comments(&text);
        let named: Vec<_> = quoted(&text, "page::scripts(entry=\"").map(|(entry, _)| entry).collect();
        assert!(named.len() <= 1, "{}: {named:?}", path.display());
        // The entry script preloads its imports; naming more would fetch them twice.
        assert!(!text.contains("modulepreload"), "{}", path.display());
        entries.extend(named.into_iter().map(|entry| format!("{entry}.js")));
    }
    let there: BTreeSet<_> = files("static/js/pages", ".js")
        .into_iter()
        .map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(entries, there);
    assert!(entries.len() >= 4, "{entries:?}");
}

#[test]
fn messages_use_plain_words() {
    for (key, text) in messages("en") {
        let words = text.to_lowercase();
        for forbidden in FORBIDDEN {
            let starts = words.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(forbidden));
            // The variants of a plural avoid these words, too.
            assert!(!starts, "{key}: {forbidden}");
        }
    }
}

/// Returns the messages as rendered: placeholders replaced by short samples, plurals by their general form.
fn read_aloud() -> Vec<(String, String)> {
    let messages = messages("en");
    let spoken = |text: &str| {
        let general = text.split("*[other]").nth(1).map_or(text, |rest| rest.trim_end_matches("\n}"));
        let mut spoken = String::new();
        for (at, piece) in general.split('{').enumerate() {
            let (place, rest) = if at == 0 { ("", piece) } else { piece.split_once('}').unwrap() };
            spoken.push_str(match place.trim() {
                "" => "",
                "$n" => "5",
                "$site" => "Acme",
                _ => "this",
            });
            spoken.push_str(rest);
        }
        spoken
    };
    messages.iter().map(|(key, text)| (key.clone(), spoken(text).trim().to_owned())).collect()
}

/// Counts syllables as groups of vowels, less a silent e.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let vowel = |letter: &char| "aeiouy".contains(*letter);
    let groups =
        letters.iter().enumerate().filter(|(at, letter)| vowel(letter) && (*at == 0 || !vowel(&letters[at - 1])));
    let count = groups.count();
    let silent = letters.len() > 2
        && letters.ends_with(&['e'])
        && !vowel(&letters[letters.len() - 2])
        && !letters.ends_with(&['l', 'e']);
    let ed = letters.len() > 3 && letters.ends_with(&['e', 'd']) && !matches!(letters[letters.len() - 3], 't' | 'd');
    count.saturating_sub(usize::from(silent || ed)).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
fn grade(sentences: &[&str]) -> f64 {
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words_of(sentence)).collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * (words.len() as f64 / sentences.len() as f64) + 11.8 * (syllables as f64 / words.len() as f64) - 15.59
}

fn words_of(sentence: &str) -> Vec<&str> {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect()
}

#[test]
fn messages_have_a_reading_age_of_nine() {
    assert_eq!(
        ["we", "deleted", "opened", "message", "people", "lock", "JavaScript"].map(syllables),
        [1, 3, 2, 2, 2, 1, 3]
    );
    // Sanity check: the formula rates an easy example below zero and a hard one far above the limit.
    assert!(grade(&["The cat sat on the mat."]) < 0.0);
    assert!(grade(&["Cryptographic authentication necessitates considerable infrastructural sophistication."]) > 20.0);

    let texts = read_aloud();
    let sentences = |texts: &mut dyn Iterator<Item = &(String, String)>| -> Vec<String> {
        let sentences = texts.flat_map(|(_, text)| text.split(['.', '?', '!', ':', '\n']));
        sentences.filter(|sentence| !words_of(sentence).is_empty()).map(str::to_owned).collect()
    };
    let all = sentences(&mut texts.iter());
    // Excludes labels, buttons and headings, which are short.
    let prose = sentences(&mut texts.iter().filter(|(_, text)| text.contains(['.', '?'])));
    for (what, sentences) in [("all texts", all), ("whole sentences", prose)] {
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let grade = grade(&sentences);
        println!("Flesch-Kincaid grade of {what}: {grade:.2} over {} sentences", sentences.len());
        assert!(grade <= GRADE, "{what}: {grade:.2}");
    }
}

#[test]
fn sentences_are_short() {
    for (key, text) in read_aloud() {
        for sentence in text.split(['.', '?', '!']) {
            assert!(words_of(sentence).len() <= 15, "{key}: {sentence}");
        }
    }
}

#[test]
fn the_pseudo_locale_is_at_least_two_fifths_longer() {
    let locales = Locales::load(None).unwrap();
    let english = locales.negotiate(Some("en"), None);
    let long = locales.negotiate(Some(LONG), None);
    let keys: Vec<String> = messages("en").into_keys().collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let length = |id| locales.words(id, &keys, &[]).unwrap().chars().count();
    let names: usize = keys.iter().map(|key| key.len() + 6).sum();
    let (before, after) = (length(english) - names, length(long) - names);
    println!("{before} characters expand to {after}");
    assert!(after * 10 >= before * 14, "{before} characters expand to {after}");
}
