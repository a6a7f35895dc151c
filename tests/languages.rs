//! Holds every language in `locales/` against English: the same messages and variables, the plural forms of CLDR, no English
//! left, the terms of its README, and spelling.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The languages with their plural categories (CLDR), without “many” where only whole millions have it, and the dictionary
/// of hunspell, if Debian has one.
const LANGUAGES: [(&str, &[&str], &str); 22] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"], "ar"),
    ("cs", &["one", "few", "many", "other"], "cs_CZ"),
    ("da", &["one", "other"], "da_DK"),
    ("de", &["one", "other"], "de_DE"),
    ("en", &["one", "other"], "en_GB"),
    ("es", &["one", "other"], "es_ES"),
    ("fi", &["one", "other"], ""),
    ("fr", &["one", "other"], "fr"),
    ("hu", &["one", "other"], "hu_HU"),
    ("it", &["one", "other"], "it_IT"),
    ("ja", &["other"], ""),
    ("ko", &["other"], "ko"),
    ("nb", &["one", "other"], "nb_NO"),
    ("nl", &["one", "other"], "nl"),
    ("pl", &["one", "few", "many", "other"], "pl_PL"),
    ("pt-BR", &["one", "other"], "pt_BR"),
    ("ru", &["one", "few", "many", "other"], "ru_RU"),
    ("sv", &["one", "other"], "sv_SE"),
    ("tr", &["one", "other"], "tr_TR"),
    ("uk", &["one", "few", "many", "other"], "uk_UA"),
    ("zh-Hans", &["other"], ""),
    ("zh-Hant", &["other"], ""),
];

/// English words that no other language of the site has.
const ENGLISH: [&str; 7] = ["the", "your", "you", "this", "with", "cannot", "opened"];

/// Files that a program writes (`bin/locale-tables.mjs`).
const GENERATED: &str = "times.ftl";

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language)
}

/// A message: its file, variables, plural categories and text.
#[derive(Debug, Default)]
struct Text {
    file: String,
    variables: BTreeSet<String>,
    categories: Vec<String>,
    content: String,
}

impl Text {
    fn of(file: &str, message: &Message<&str>) -> Self {
        let mut text = Self { file: file.to_owned(), ..Self::default() };
        text.add(message.value.as_ref().unwrap());
        assert!(message.attributes.is_empty(), "{}", message.id.name);
        text
    }

    fn add(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.content.push_str(value),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => self.name(inline),
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    self.name(selector);
                    for variant in variants {
                        let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                            &variant.key;
                        self.categories.push((*name).to_owned());
                        self.add(&variant.value);
                        self.content.push('\n');
                    }
                }
            }
        }
    }

    fn name(&mut self, expression: &InlineExpression<&str>) {
        let InlineExpression::VariableReference { id } = expression else { panic!("{expression:?}") };
        self.variables.insert(id.name.to_owned());
    }
}

/// Returns the messages of a language by key.
fn texts(language: &str) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder(language)).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|ending| ending != "ftl") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let resource = parser::parse(&*source).unwrap_or_else(|(_, errors)| panic!("{language}/{file}: {errors:?}"));
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                let before = texts.insert(message.id.name.to_owned(), Text::of(&file, message));
                assert!(before.is_none(), "{language}: {} is there twice", message.id.name);
            }
        }
    }
    texts
}

fn languages() -> impl Iterator<Item = (&'static str, &'static [&'static str], &'static str)> {
    LANGUAGES.into_iter().filter(|(language, ..)| *language != "en")
}

/// Returns the words of a text in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’').map(str::to_lowercase)
}

#[test]
fn the_folders_are_the_languages() {
    let folders: BTreeSet<String> = fs::read_dir(folder("en").parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let named: BTreeSet<String> = LANGUAGES.iter().map(|(language, ..)| (*language).to_owned()).collect();
    assert_eq!(folders, named);
}

#[test]
fn every_language_has_the_messages_variables_and_plurals() {
    let english = texts("en");
    let mut faults = Vec::new();
    for (language, categories, _) in languages() {
        let texts = texts(language);
        for key in texts.keys().filter(|key| !english.contains_key(*key)) {
            faults.push(format!("{language}: {key} is not in English"));
        }
        for (key, original) in &english {
            let Some(text) = texts.get(key) else {
                faults.push(format!("{language}: {key} is missing"));
                continue;
            };
            if text.file != original.file || text.variables != original.variables {
                faults.push(format!("{language}: {key} has another file or other variables"));
            }
            let selects = !original.categories.is_empty() && categories.len() > 1;
            let right = if selects { text.categories == categories } else { text.categories.is_empty() };
            // The spans and sizes of CLDR have no forms where all are equal.
            let equal = original.file == GENERATED && text.categories.is_empty();
            if !right && !equal {
                faults.push(format!("{language}: {key} has the forms {:?}", text.categories));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("{} languages have all {} messages", LANGUAGES.len(), english.len());
}

#[test]
fn no_english_is_left() {
    let english = texts("en");
    let mut faults = Vec::new();
    for (language, ..) in languages() {
        for (key, text) in texts(language).into_iter().filter(|(_, text)| text.file != GENERATED) {
            let same = text.content.trim() == english[&key].content.trim();
            if same && words(&text.content).filter(|word| word.chars().count() > 1).count() > 2 {
                faults.push(format!("{language}: {key} is English: {}", text.content));
            }
            if let Some(word) = words(&text.content).find(|word| ENGLISH.contains(&word.as_str())) {
                faults.push(format!("{language}: {key} holds “{word}”: {}", text.content));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the lines of a section of a language's README.
fn section(language: &str, name: &str) -> Vec<String> {
    let readme =
        fs::read_to_string(folder(language).join("README.md")).unwrap_or_else(|error| panic!("{language}: {error}"));
    let lines = readme.lines().skip_while(|line| *line != format!("## {name}")).skip(1);
    lines
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_terms_are_those_of_the_termbase() {
    let mut faults = Vec::new();
    for (language, ..) in languages() {
        let all: String = texts(language).into_values().map(|text| text.content.to_lowercase() + "\n").collect();
        let rows = section(language, "Terms");
        let terms: Vec<&str> = rows
            .iter()
            .filter(|row| row.starts_with('|'))
            .skip(2)
            .filter_map(|row| row.trim_matches('|').split('|').nth(1))
            .flat_map(|cell| cell.split(" / "))
            .map(str::trim)
            .collect();
        if terms.len() < 25 {
            faults.push(format!("{language}: {} terms", terms.len()));
        }
        for term in terms {
            let letters: Vec<char> = term.to_lowercase().chars().collect();
            let kept = if letters.len() > 4 { letters.len() - 2 } else { letters.len() };
            let stem: String = letters[..kept].iter().collect();
            if !all.contains(&stem) {
                faults.push(format!("{language}: no text has the term “{term}”"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Values are isolated in right-to-left text. In a text of nothing else, no letter tells its direction, and where it is a
/// value itself it would be laid out from left to right.
#[test]
fn right_to_left_texts_of_values_alone_carry_their_direction() {
    let texts = texts("ar");
    let several: Vec<_> = texts.iter().filter(|(_, text)| text.variables.len() > 1).collect();
    assert!(several.iter().any(|(key, _)| *key == "when-relative"));
    for (key, text) in several {
        let shows = |letter: char| letter == '\u{200f}' || ('\u{600}'..'\u{700}').contains(&letter);
        assert!(text.content.contains(shows), "ar: {key} has no letter and no right-to-left mark");
    }
}

#[test]
fn no_language_has_the_words_of_experts() {
    let mut faults = Vec::new();
    for (language, ..) in languages() {
        let avoided = section(language, "Avoided").join(" ");
        let avoided: Vec<String> = avoided.split(',').map(|word| word.trim().to_lowercase()).collect();
        assert!(avoided.len() >= 5 && avoided.iter().all(|word| !word.is_empty()), "{language}: {avoided:?}");
        for (key, text) in texts(language).into_iter().filter(|(_, text)| text.file != GENERATED) {
            for word in words(&text.content) {
                if let Some(start) = avoided.iter().find(|start| word.starts_with(start.as_str())) {
                    faults.push(format!("{language}: {key} holds “{word}” ({start})"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the words that a dictionary does not know.
fn misspelled(dictionary: &str, text: &str) -> BTreeSet<String> {
    let mut checker = Command::new("hunspell")
        .args(["-d", dictionary, "-i", "UTF-8", "-l"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = checker.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).unwrap());
    let output = checker.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "hunspell -d {dictionary}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn words_are_spelled_as_in_the_dictionary() {
    if Command::new("hunspell").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("CI").is_none(), "hunspell is not installed");
        println!("not run | spelling | hunspell is not installed");
        return;
    }
    let (mut faults, mut checked) = (Vec::new(), 0);
    for (language, _, dictionary) in LANGUAGES.into_iter().filter(|(.., dictionary)| !dictionary.is_empty()) {
        let text: String = texts(language).into_values().map(|text| text.content + "\n").collect();
        // Hyphens and typographic apostrophes as dictionaries have them.
        let text = text.replace('’', "'").replace(['\u{a0}', '\u{202f}', '\u{2011}'], " ");
        let own = fs::read_to_string(folder(language).join("words.txt")).unwrap_or_default();
        let own: BTreeSet<&str> = own.lines().collect();
        assert!(own.len() <= 60, "{language}: {} words of our own", own.len());
        let unknown = misspelled(dictionary, &text);
        for word in unknown.iter().filter(|word| !own.contains(word.as_str())) {
            faults.push(format!("{language}: {word}"));
        }
        checked += 1;
    }
    assert!(faults.is_empty(), "not in the dictionary or in words.txt:\n{}", faults.join("\n"));
    println!("spelling of {checked} languages checked");
}
