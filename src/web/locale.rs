//! Localized messages and date formatting.
//!
//! Messages are in `locales/{language}/*.ftl` (Project Fluent). This module reads them at startup, negotiates the
//! language of a response, and registers the template functions:
//!
//! - `t(key=, lang=, n=, name=, …)`: a message. A missing key or variable is an error.
//! - `halves(key=, at=, lang=, …)`: the text before and after the variable `at`, to put an element between them.
//! - `words(keys=, lang=, site=, host=)`: messages for scripts, as JSON (see [`Locales::words`]).
//! - `when(ms=, lang=)` and `iso(ms=)`: a time as text in UTC, and in RFC 3339.
//!
//! In every message `$n` is the only number, so plurals select on it alone. All other variables are text.
//!
//! Two pseudolocales show what translation does to a page: [`LONG`] and `MIRRORED`. They are generated from English and
//! selected only by `?lang=`, never by `Accept-Language`.

mod functions;
mod moment;
mod pseudo;
mod source;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue,
    concurrent::FluentBundle,
    resolver::errors::{ReferenceKind, ResolverError},
};
use fluent_langneg::negotiate::{NegotiationStrategy, filter_matches};
use serde::Serialize;
use unic_langid::{CharacterDirection, LanguageIdentifier};

pub use pseudo::LONG;
use pseudo::MIRRORED;
pub use source::LocaleError;
use source::{Source, list};

/// The default language. All others must have exactly its keys.
pub const DEFAULT: &str = "en";

/// Languages of an `Accept-Language` header to read. Browsers send fewer, and the limit bounds the work.
const MAX_ACCEPTED: usize = 32;

/// A private-use character, which no message contains. Marks the place of an element in a message.
const MARK: &str = "\u{e000}";

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

/// A language with its messages, formatted for pages and for scripts.
struct Language {
    id: LanguageIdentifier,
    code: String,
    name: String,
    direction: CharacterDirection,
    pseudo: bool,
    pages: FluentBundle<Arc<FluentResource>>,
    /// Like `pages`, but formats every number as `{n}`.
    scripts: FluentBundle<Arc<FluentResource>>,
    /// A sample number for each plural category that integers reach.
    samples: Vec<(String, u64)>,
}

/// All languages. Cheap to clone.
#[derive(Clone)]
pub struct Locales(Arc<Vec<Language>>);

impl Locales {
    /// Reads `dir/{language}/*.ftl`.
    ///
    /// # Errors
    /// When a file cannot be read or parsed, a key is repeated, or the keys of a language differ from those of
    /// [`DEFAULT`].
    pub fn load(dir: &Path) -> Result<Self, LocaleError> {
        let mut sources =
            list(dir)?.into_iter().filter(|path| path.is_dir()).map(Source::read).collect::<Result<Vec<_>, _>>()?;
        let Some(default) = sources.iter().position(|source| source.code == DEFAULT && !source.keys.is_empty()) else {
            return Err(LocaleError::NoDefault { path: dir.to_owned() });
        };
        sources.swap(0, default);
        let (first, others) = sources.split_at(1);
        for other in others {
            other.check_keys(&first[0])?;
        }
        let mut languages = sources.iter().map(Source::language).collect::<Result<Vec<_>, _>>()?;
        languages.push(sources[0].pseudo(LONG, "Long English", CharacterDirection::LTR, pseudo::lengthen)?);
        languages.push(sources[0].pseudo(MIRRORED, "Mirrored English", CharacterDirection::RTL, pseudo::mirror)?);
        Ok(Self(Arc::new(languages)))
    }

    /// Returns the language of a response: that of `?lang=`, otherwise the best match of `Accept-Language`, otherwise
    /// [`DEFAULT`].
    #[must_use]
    pub fn negotiate(&self, query: Option<&str>, accept_language: Option<&str>) -> LanguageId {
        let asked = query.and_then(|code| self.find(code));
        let accepted = || {
            let real: Vec<&Language> = self.0.iter().filter(|language| !language.pseudo).collect();
            let found = filter_matches(&accepted_languages(accept_language?), &real, NegotiationStrategy::Lookup);
            self.find(&found.first()?.code)
        };
        asked.or_else(accepted).unwrap_or(LanguageId(0))
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
        let shown = self.0.iter().enumerate().filter(|(at, language)| !language.pseudo || *at == current.0);
        shown.map(|(at, language)| language.entry(at == current.0)).collect()
    }

    /// Formats a message that needs no variable except `$n`. Logs an error and returns the key when that fails.
    #[must_use]
    pub(crate) fn text(&self, id: LanguageId, key: &str, n: Option<u64>) -> String {
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
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, value(arg));
        }
        format(&self.get(id).pages, key, &values)
    }

    /// Formats a time in Unix milliseconds as text in UTC: “Wednesday 4 March 2026, 13:05 UTC”.
    ///
    /// # Errors
    /// When `ms` is outside the years 1 to 9999.
    pub(crate) fn when(&self, id: LanguageId, ms: i64) -> Result<String, TextError> {
        let moment = moment::Moment::from_ms(ms)?;
        let weekday = self.try_text(id, &format!("weekday-{}", moment.weekday()), &[])?;
        let month = self.try_text(id, &format!("month-{}", moment.month()), &[])?;
        let args = [
            ("weekday", Arg::Text(&weekday)),
            ("day", Arg::Text(&moment.day())),
            ("month", Arg::Text(&month)),
            ("year", Arg::Text(&moment.year())),
            ("time", Arg::Text(&moment.time())),
        ];
        self.try_text(id, "when", &args)
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
        let language = self.get(id);
        let words: Result<BTreeMap<_, _>, _> = keys.iter().map(|key| Ok((*key, language.word(key, known)?))).collect();
        words.map(|words| serde_json::json!(words).to_string())
    }

    fn get(&self, id: LanguageId) -> &Language {
        &self.0[id.0]
    }

    fn find(&self, code: &str) -> Option<LanguageId> {
        self.0.iter().position(|language| language.code.eq_ignore_ascii_case(code)).map(LanguageId)
    }
}

impl AsRef<LanguageIdentifier> for Language {
    fn as_ref(&self) -> &LanguageIdentifier {
        &self.id
    }
}

impl Language {
    fn entry(&self, current: bool) -> Menu {
        Menu { code: self.code.clone(), name: self.name.clone(), href: format!("?lang={}", self.code), current }
    }

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
        let message = self.scripts.get_message(key).and_then(|message| message.value());
        let pattern = message.ok_or_else(|| TextError::Key(key.to_owned()))?;
        let mut missing = Vec::new();
        let text = self.scripts.format_pattern(pattern, Some(&args), &mut missing).into_owned();
        if missing.is_empty() {
            return Ok(text);
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
        format(&self.scripts, key, &args)
    }
}

/// Parses `Accept-Language` (RFC 9110, section 12.5.4) into languages, the highest weight first. Ignores malformed items.
fn accepted_languages(header: &str) -> Vec<LanguageIdentifier> {
    let weighted = |item: &str| {
        let (language, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight: f32 = weight.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?.parse().ok()?;
        let language: LanguageIdentifier = language.trim().parse().ok()?;
        (weight > 0.0 && weight <= 1.0).then_some((weight, language))
    };
    let mut languages: Vec<_> = header.split(',').take(MAX_ACCEPTED).filter_map(weighted).collect();
    languages.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    languages.into_iter().map(|(_, language)| language).collect()
}

fn value<'a>(arg: &Arg<'a>) -> FluentValue<'a> {
    match arg {
        Arg::Number(n) => FluentValue::from(*n),
        Arg::Text(text) => FluentValue::from(*text),
    }
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
