//! Localized messages and date formatting.
//!
//! Messages are in `locales/{language}/*.ftl` (Project Fluent); files of `locale_dir` replace them. This module reads each
//! language when a response first needs it, negotiates the language of a response, and registers the template functions:
//!
//! - `t(key=, lang=, n=, name=, …)`: a message. A missing key or variable is an error.
//! - `halves(key=, at=, lang=, …)`: the text before and after the variable `at`, to put an element between them.
//! - `words(keys=, lang=, site=, host=)`: messages for scripts, as JSON (see [`Locales::words`]).
//! - `when(ms=, lang=)` and `iso(ms=)`: a time as text in UTC, and in RFC 3339.
//! - `size(bytes=, lang=)`: a size, such as “28 MB”.
//!
//! In every message `$n` is the only number, so plurals select on it alone. All other variables are text.
//!
//! Two pseudolocales show what translation does to a page: [`LONG`] and `MIRRORED`. They are generated from English and
//! selected only by `?lang=`, never by `Accept-Language`.

mod functions;
mod moment;
pub(crate) mod numbers;
mod pseudo;
mod source;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, OnceLock},
};

use super::site_files::{Part, SiteFiles};
use crate::config::{BadSetting, Settings};
use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue,
    concurrent::FluentBundle,
    resolver::errors::{ReferenceKind, ResolverError},
};
use fluent_langneg::negotiate::{NegotiationStrategy, filter_matches};
use serde::Serialize;
use unic_langid::{CharacterDirection, LanguageIdentifier};

pub use pseudo::LONG;
#[cfg(test)]
use pseudo::MIRRORED;
pub use source::LocaleError;
use source::{Source, codes, folder, own_name};

/// The language of the first messages. All others must have exactly its keys.
pub const DEFAULT: &str = "en";

/// Languages whose readers also read another one that the site may have, by their code and that one's.
const READ_AS: [(&str, &str); 2] = [("no", "nb"), ("nn", "nb")];

/// Languages of an `Accept-Language` header to read. Browsers send fewer, and the limit bounds the work.
const MAX_ACCEPTED: usize = 32;

/// A private-use character, which no message contains. Marks the place of an element in a message.
const MARK: &str = "\u{e000}";

/// A private-use character, which no message contains. Marks the place of the number in a message.
const NUMBER: &str = "\u{e001}";

/// Index of a language in [`Locales`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageId(usize);

/// Value of a message variable.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    /// The value of `$n`, the only variable that plurals select on.
    Number(u64),
    /// The value of any other variable.
    Text(&'a str),
}

/// Entry of the language menu.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Menu {
    /// BCP 47 code, for `lang` and `hreflang`.
    pub(crate) code: String,
    /// Name of the language in that language.
    pub(crate) name: String,
    /// Relative URL of the page in this language.
    pub(crate) href: String,
    /// Whether this is the language of the page.
    pub(crate) current: bool,
}

/// Why a message could not be formatted. Always a bug in a template or handler.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The language does not exist.
    #[error("no language \"{0}\"")]
    Language(String),
    /// The message does not exist.
    #[error("no message \"{0}\"")]
    Key(String),
    /// Formatting failed, for example because a variable is missing.
    #[error("message \"{key}\": {detail}")]
    Format {
        /// Key of the message.
        key: String,
        /// Fluent's error. Names variables, never values.
        detail: String,
    },
    /// The time is outside the years 1 to 9999.
    #[error("time outside the years 1 to 9999")]
    Moment,
}

/// A language.
struct Language {
    id: LanguageIdentifier,
    code: String,
    name: String,
    direction: CharacterDirection,
    origin: Origin,
    /// Empty until a response needs them; `None` when they are those of English, as for a language that cannot be read.
    texts: OnceLock<Option<Texts>>,
}

/// The source of the messages of a language.
enum Origin {
    /// The files of the language.
    Files,
    /// English, transformed.
    Pseudo(pseudo::Transform),
}

/// The messages of a language.
struct Texts {
    /// Formats every number as [`NUMBER`].
    bundle: FluentBundle<Arc<FluentResource>>,
    /// A sample number for each plural category that integers reach.
    samples: Vec<(String, u64)>,
}

/// All languages. Cheap to clone.
#[derive(Clone)]
pub struct Locales {
    all: Arc<All>,
    /// The language of visitors who ask for none that the site has.
    default: LanguageId,
}

/// All languages and the messages of English.
struct All {
    files: SiteFiles,
    languages: Vec<Language>,
    /// Why languages have no name.
    faults: Vec<LocaleError>,
    english: Source,
    english_texts: Texts,
}

impl Locales {
    /// Finds the languages of the program and of `dir`, whose files replace those of the program, and reads English, which
    /// is the default. A language without a name keeps its code instead.
    ///
    /// # Errors
    /// When a folder is not named after a language, or English cannot be read.
    pub fn load(dir: Option<&Path>) -> Result<Self, LocaleError> {
        Self::from_files(SiteFiles::find(Part::Locales, dir)?)
    }

    fn from_files(files: SiteFiles) -> Result<Self, LocaleError> {
        let (mut languages, mut faults) = (Vec::new(), Vec::new());
        for code in codes(&files) {
            let id: LanguageIdentifier = code.parse().map_err(|_| LocaleError::Name { path: folder(&files, &code) })?;
            let name = own_name(&files, &code).unwrap_or_else(|fault| {
                faults.push(fault);
                code.clone()
            });
            let direction = id.character_direction();
            let texts = if code == DEFAULT { OnceLock::from(None) } else { OnceLock::new() };
            languages.push(Language { id, code, name, direction, origin: Origin::Files, texts });
        }
        let Some(at) = languages.iter().position(|language| language.code == DEFAULT) else {
            return Err(LocaleError::NoDefault);
        };
        languages[..=at].rotate_right(1);
        let id = languages[0].id.clone();
        let english = Source::read(&files, DEFAULT, id.clone())?;
        let english_texts = english.texts(CharacterDirection::LTR, None)?;
        for (code, name, direction, transform) in pseudo::LOCALES {
            let (id, code, name, origin) = (id.clone(), code.to_owned(), name.to_owned(), Origin::Pseudo(transform));
            languages.push(Language { id, code, name, direction, origin, texts: OnceLock::new() });
        }
        Ok(Self { all: Arc::new(All { files, languages, faults, english, english_texts }), default: LanguageId(0) })
    }

    /// Finds the languages of a site, with its default.
    ///
    /// # Errors
    /// A setting that is wrong.
    pub fn of(settings: &Settings) -> Result<Self, BadSetting> {
        let bad = |key: &str, fix: String| BadSetting { key: key.to_owned(), fix };
        let files = SiteFiles::of(Part::Locales, settings)?;
        let locales = Self::from_files(files).map_err(|error| bad(Part::Locales.setting(), error.to_string()))?;
        let Some(default) = locales.find(&settings.default_language) else {
            let codes = locales.codes().collect::<Vec<_>>().join(", ");
            return Err(bad(
                "default_language",
                format!("must be a language of the program or of locale_dir: {codes}"),
            ));
        };
        Ok(Self { default, ..locales })
    }

    /// Returns why languages have no name. Their pages are in English.
    pub(crate) fn faults(&self) -> &[LocaleError] {
        &self.all.faults
    }

    /// Returns the codes of the languages, without the pseudolocales.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.all.languages.iter().filter(|language| !language.is_pseudo()).map(|language| &*language.code)
    }

    /// Reads every language.
    ///
    /// # Errors
    /// When a file cannot be read or parsed, a key is repeated, or the keys of a language differ from those of
    /// [`DEFAULT`].
    pub fn check(&self) -> Result<(), LocaleError> {
        self.all.languages.iter().try_for_each(|language| self.all.check(language))
    }

    /// Returns the language of a response: that of `?lang=`, otherwise the best match of `Accept-Language` with CLDR's
    /// likely subtags (`zh-TW` finds `zh-Hant`), otherwise the default.
    #[must_use]
    pub fn negotiate(&self, query: Option<&str>, accept_language: Option<&str>) -> LanguageId {
        let asked = query.and_then(|code| self.find(code));
        let accepted = || {
            let real: Vec<&Language> = self.all.languages.iter().filter(|language| !language.is_pseudo()).collect();
            let found = filter_matches(&accepted_languages(accept_language?), &real, NegotiationStrategy::Lookup);
            self.find(&found.first()?.code)
        };
        asked.or_else(accepted).unwrap_or(self.default)
    }

    /// Returns the query for links and forms: `?lang=` with the code when `query` names a language, otherwise empty.
    #[must_use]
    pub(crate) fn query_suffix(&self, query: Option<&str>) -> String {
        query.and_then(|code| self.find(code)).map(|id| format!("?lang={}", self.code(id))).unwrap_or_default()
    }

    /// Returns the BCP 47 code, for `lang` and `Content-Language`.
    #[must_use]
    pub(crate) fn code(&self, id: LanguageId) -> &str {
        &self.get(id).code
    }

    /// Returns `ltr` or `rtl`, for `dir`.
    #[must_use]
    pub(crate) fn direction(&self, id: LanguageId) -> &'static str {
        if self.get(id).direction == CharacterDirection::RTL { "rtl" } else { "ltr" }
    }

    /// Returns the entries of the language menu. A pseudolocale is listed only while it is selected.
    #[must_use]
    pub(crate) fn menu(&self, current: LanguageId) -> Vec<Menu> {
        let shown = self.all.languages.iter().enumerate();
        let shown = shown.filter(|(at, language)| !language.is_pseudo() || *at == current.0);
        shown.map(|(at, language)| language.entry(at == current.0)).collect()
    }

    /// Formats a message that needs no variable except `$n`. Logs an error and returns the key when that fails.
    #[must_use]
    pub fn text(&self, id: LanguageId, key: &str, n: Option<u64>) -> String {
        let number = n.map(|n| ("n", Arg::Number(n)));
        self.try_text(id, key, number.as_slice()).unwrap_or_else(|error| {
            tracing::error!(%error, "cannot format message");
            key.to_owned()
        })
    }

    /// Formats a message.
    ///
    /// # Errors
    /// When the message does not exist, or `args` lacks one of its variables.
    pub(crate) fn try_text(&self, id: LanguageId, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, TextError> {
        let language = &self.get(id).id;
        let (mut values, mut number) = (FluentArgs::with_capacity(args.len()), None);
        for (name, arg) in args {
            match arg {
                Arg::Number(n) => {
                    number = Some(*n);
                    values.set(*name, numbers::same_category(language, *n));
                }
                Arg::Text(text) => values.set(*name, *text),
            }
        }
        let text = format(&self.texts(id).bundle, key, &values)?;
        Ok(match number {
            Some(n) => text.replace(NUMBER, &numbers::Separators::of(language).integer(n)),
            None => text,
        })
    }

    /// Formats a time in Unix milliseconds as text in UTC: “Wednesday, 4 March 2026 at 13:05 UTC”.
    ///
    /// # Errors
    /// When `ms` is outside the years 1 to 9999.
    pub fn when(&self, id: LanguageId, ms: i64) -> Result<String, TextError> {
        let moment = moment::Moment::from_ms(ms)?;
        let weekday = self.try_text(id, &format!("weekday-{}", moment.weekday()), &[])?;
        let month = self.try_text(id, &format!("month-{}", moment.month()), &[])?;
        let args = [
            ("weekday", Arg::Text(&weekday)),
            ("day", Arg::Text(&moment.day())),
            ("month", Arg::Text(&month)),
            ("year", Arg::Text(&moment.year())),
            ("hour", Arg::Text(&moment.hour())),
            ("minute", Arg::Text(&moment.minute())),
        ];
        self.try_text(id, "when", &args)
    }

    /// Formats a size: “28 MB”, rounded down, with one decimal below ten. Logs an error and returns the number of bytes when
    /// that fails.
    #[must_use]
    pub fn size(&self, id: LanguageId, bytes: u64) -> String {
        let Some((unit, tenths)) = numbers::size_parts(bytes) else {
            return self.text(id, "size-byte", Some(bytes));
        };
        let number = numbers::Separators::of(&self.get(id).id).tenths(tenths);
        self.try_text(id, &unit.message(), &[("size", Arg::Text(&number))]).unwrap_or_else(|error| {
            tracing::error!(%error, "cannot format a size");
            bytes.to_string()
        })
    }

    /// Formats a time in Unix milliseconds in RFC 3339, to the second.
    ///
    /// # Errors
    /// As [`Self::when`].
    pub(crate) fn iso(ms: i64) -> Result<String, TextError> {
        moment::Moment::from_ms(ms)?.rfc3339()
    }

    /// Returns the messages `keys` for scripts, as a JSON object. Variables stay as `{name}`, except those in `known`.
    /// A message that selects on `$n` is an object from plural category to text (`{"one": "{n} day", "other": "{n}
    /// days"}`) that always contains `other`. Scripts select the category with `Intl.PluralRules` and fall back to
    /// `other`.
    ///
    /// # Errors
    /// When a message does not exist.
    pub fn words(&self, id: LanguageId, keys: &[&str], known: &[(&str, &str)]) -> Result<String, TextError> {
        let language = self.texts(id);
        let words: Result<BTreeMap<_, _>, _> = keys.iter().map(|key| Ok((*key, language.word(key, known)?))).collect();
        words.map(|words| serde_json::json!(words).to_string())
    }

    /// Returns a message that does not select on `$n`, with its variables as `{name}`.
    ///
    /// # Errors
    /// When the message does not exist.
    pub(crate) fn template(&self, id: LanguageId, key: &str) -> Result<String, TextError> {
        self.texts(id).with_placeholders(key, 0, &[])
    }

    fn get(&self, id: LanguageId) -> &Language {
        &self.all.languages[id.0]
    }

    /// Returns the messages of a language; those of English when they cannot be read.
    fn texts(&self, id: LanguageId) -> &Texts {
        let language = self.get(id);
        let texts = language.texts.get_or_init(|| {
            let read = self.all.read(language);
            read.inspect_err(|error| tracing::error!(%error, "cannot read a language; its pages are in English")).ok()
        });
        texts.as_ref().unwrap_or(&self.all.english_texts)
    }

    fn find(&self, code: &str) -> Option<LanguageId> {
        self.all.languages.iter().position(|language| language.code.eq_ignore_ascii_case(code)).map(LanguageId)
    }
}

impl All {
    /// Reads a language and its name.
    fn check(&self, language: &Language) -> Result<(), LocaleError> {
        if !language.is_pseudo() {
            own_name(&self.files, &language.code)?;
        }
        self.read(language).map(drop)
    }

    /// Reads the messages of a language.
    fn read(&self, language: &Language) -> Result<Texts, LocaleError> {
        match &language.origin {
            Origin::Pseudo(transform) => self.english.texts(language.direction, Some(*transform)),
            Origin::Files => {
                let source = Source::read(&self.files, &language.code, language.id.clone())?;
                source.check_keys(&self.english)?;
                source.texts(language.direction, None)
            }
        }
    }
}

impl AsRef<LanguageIdentifier> for Language {
    fn as_ref(&self) -> &LanguageIdentifier {
        &self.id
    }
}

impl Language {
    fn is_pseudo(&self) -> bool {
        matches!(self.origin, Origin::Pseudo(_))
    }

    fn entry(&self, current: bool) -> Menu {
        Menu { code: self.code.clone(), name: self.name.clone(), href: format!("?lang={}", self.code), current }
    }
}

impl Texts {
    fn word(&self, key: &str, known: &[(&str, &str)]) -> Result<serde_json::Value, TextError> {
        let mut forms = BTreeMap::new();
        for (category, sample) in &self.samples {
            forms.insert(category.as_str(), self.with_placeholders(key, *sample, known)?);
        }
        let other = forms.get("other").cloned().unwrap_or_default();
        if forms.values().all(|form| *form == other) {
            return Ok(other.into());
        }
        Ok(serde_json::json!(forms))
    }

    /// Formats a message for a number in the plural category of `n`, keeping each variable that is not in `known` as
    /// `{name}`.
    fn with_placeholders(&self, key: &str, n: u64, known: &[(&str, &str)]) -> Result<String, TextError> {
        let mut args: FluentArgs = known.iter().map(|(name, text)| (*name, FluentValue::from(*text))).collect();
        args.set("n", n);
        let message = self.bundle.get_message(key).and_then(|message| message.value());
        let pattern = message.ok_or_else(|| TextError::Key(key.to_owned()))?;
        let mut missing = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut missing).into_owned();
        if missing.is_empty() {
            return Ok(text.replace(NUMBER, "{n}"));
        }
        for error in missing {
            match error {
                FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
                    let with_placeholders = format!("{{{id}}}");
                    args.set(id, with_placeholders);
                }
                error => return Err(TextError::Format { key: key.to_owned(), detail: error.to_string() }),
            }
        }
        format(&self.bundle, key, &args).map(|text| text.replace(NUMBER, "{n}"))
    }
}

/// Parses `Accept-Language` (RFC 9110, section 12.5.4) into languages, the highest weight first. Ignores malformed items.
fn accepted_languages(header: &str) -> Vec<LanguageIdentifier> {
    let weighted = |item: &str| {
        let (language, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight: f32 = weight.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?.parse().ok()?;
        let language: LanguageIdentifier = language.trim().parse().ok()?;
        let other = READ_AS.iter().find(|(code, _)| language.language.as_str() == *code);
        let language = other.map_or(Ok(language), |(_, code)| code.parse()).ok()?;
        (weight > 0.0 && weight <= 1.0).then_some((weight, language))
    };
    let mut languages: Vec<_> = header.split(',').take(MAX_ACCEPTED).filter_map(weighted).collect();
    languages.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    languages.into_iter().map(|(_, language)| language).collect()
}

fn format(bundle: &FluentBundle<Arc<FluentResource>>, key: &str, args: &FluentArgs<'_>) -> Result<String, TextError> {
    let message = bundle.get_message(key).and_then(|message| message.value());
    let pattern = message.ok_or_else(|| TextError::Key(key.to_owned()))?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    match errors.first() {
        None => Ok(text.into_owned()),
        Some(error) => Err(TextError::Format { key: key.to_owned(), detail: error.to_string() }),
    }
}
