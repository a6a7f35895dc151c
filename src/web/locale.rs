//! The words of every page, in every language.
//!
//! Words live in `locales/{language}/*.ftl` (Project Fluent) and nowhere else. This module reads them once at start, picks
//! the language of an answer, and gives templates their functions:
//!
//! - `t(key=, lang=, n=, name=, …)`: one text. A key or variable that is missing is an error, never a gap.
//! - `halves(key=, at=, lang=, …)`: the text before and after the variable `at`, for an element that stands in between.
//! - `words(keys=, lang=, site=, host=)`: texts for scripts, as JSON (see [`Locales::words`]).
//! - `when(ms=, lang=)` and `iso(ms=)`: a moment in words (UTC) and as RFC 3339.
//!
//! In every message `$n` is the only number, so plurals select on it alone; everything else is text.
//!
//! Two made-up languages show what translation will do to a page before anyone translates: [`LONG`] and `MIRRORED`. They
//! are made from English, are reached through `?lang=` alone, and are never picked by `Accept-Language`.

mod functions;
mod moment;
mod negotiate;
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
use serde::Serialize;
use unic_langid::CharacterDirection;

pub use pseudo::LONG;
use pseudo::MIRRORED;
pub use source::LocaleError;
use source::{Source, list};

/// The language a visitor gets who asks for none that is there, and the one all others must match key for key.
pub const DEFAULT: &str = "en";

/// A character of the private use area, which no message holds: it marks the place of an element in a sentence.
const MARK: &str = "\u{e000}";

/// One language of a loaded [`Locales`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageId(usize);

/// A value for a variable of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    /// For `$n`, the only variable that plurals select on.
    Number(u64),
    /// For every other variable.
    Text(&'a str),
}

/// An entry of the language menu, ready for templates.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Menu {
    /// BCP 47 code, for `lang` and `hreflang`.
    pub(crate) code: String,
    /// The language's own name for itself.
    pub(crate) name: String,
    /// A relative address that shows the same page in this language.
    pub(crate) href: String,
    /// Whether this is the language of the page.
    pub(crate) current: bool,
}

/// Why a text could not be made. Only a mistake in a template or handler leads here.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// No language has that code.
    #[error("no language \"{0}\"")]
    Language(String),
    /// No message has that key.
    #[error("no message \"{0}\"")]
    Key(String),
    /// The message needs something that was not given.
    #[error("message \"{key}\": {detail}")]
    Format {
        /// The key.
        key: String,
        /// What Fluent said; names variables, never values.
        detail: String,
    },
    /// A time outside of the years 1 to 9999.
    #[error("no such moment")]
    Moment,
}

/// A language: its texts for pages and the same for scripts.
struct Language {
    code: String,
    name: String,
    direction: CharacterDirection,
    made_up: bool,
    pages: FluentBundle<Arc<FluentResource>>,
    /// As `pages`, but numbers come out as `{n}`.
    scripts: FluentBundle<Arc<FluentResource>>,
    /// For each plural category that whole numbers reach, one such number.
    samples: Vec<(String, u64)>,
}

/// Every language there is. Cheap to clone.
#[derive(Clone)]
pub struct Locales(Arc<Vec<Language>>);

impl Locales {
    /// Reads `dir/{language}/*.ftl`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or parsed, a key is there twice, or the keys of a language are not those of [`DEFAULT`].
    pub fn load(dir: &Path) -> Result<Self, LocaleError> {
        let mut sources =
            list(dir)?.into_iter().filter(|path| path.is_dir()).map(Source::read).collect::<Result<Vec<_>, _>>()?;
        let Some(default) = sources.iter().position(|source| source.code == DEFAULT && !source.keys.is_empty()) else {
            return Err(LocaleError::NoDefault { path: dir.to_owned() });
        };
        sources.swap(0, default);
        let (first, others) = sources.split_at(1);
        for other in others {
            other.must_match(&first[0])?;
        }
        let mut languages = sources.iter().map(Source::language).collect::<Result<Vec<_>, _>>()?;
        languages.push(sources[0].pseudo(LONG, "Long English", CharacterDirection::LTR, pseudo::lengthen)?);
        languages.push(sources[0].pseudo(MIRRORED, "Mirrored English", CharacterDirection::RTL, pseudo::mirror)?);
        Ok(Self(Arc::new(languages)))
    }

    /// The language of an answer: what `?lang=` names, else the best that `Accept-Language` names, else [`DEFAULT`].
    #[must_use]
    pub fn negotiate(&self, query: Option<&str>, accept_language: Option<&str>) -> LanguageId {
        let asked = query.and_then(|code| self.find(code));
        let accepted = || {
            let real = |code: &str| self.find(code).filter(|id| !self.get(*id).made_up);
            accept_language.and_then(|header| negotiate::best(header, real))
        };
        asked.or_else(accepted).unwrap_or(LanguageId(0))
    }

    /// What our own links and forms carry on: `?lang=` with the code when `query` names a language, else nothing.
    #[must_use]
    pub(crate) fn carried(&self, query: Option<&str>) -> String {
        query.and_then(|code| self.find(code)).map(|id| format!("?lang={}", self.code(id))).unwrap_or_default()
    }

    /// BCP 47 code, for `lang` and `Content-Language`.
    #[must_use]
    pub(crate) fn code(&self, id: LanguageId) -> &str {
        &self.get(id).code
    }

    /// `ltr` or `rtl`, for `dir`.
    #[must_use]
    pub(crate) fn direction(&self, id: LanguageId) -> &'static str {
        if self.get(id).direction == CharacterDirection::RTL { "rtl" } else { "ltr" }
    }

    /// The language menu. A made-up language is in it only while it is the one shown.
    #[must_use]
    pub(crate) fn menu(&self, current: LanguageId) -> Vec<Menu> {
        let shown = self.0.iter().enumerate().filter(|(at, language)| !language.made_up || *at == current.0);
        shown.map(|(at, language)| language.entry(at == current.0)).collect()
    }

    /// The text of `key`, which needs no variable but the number.
    ///
    /// A key that is not there is a mistake in this program: it is logged, and the key stands for the text.
    #[must_use]
    pub(crate) fn text(&self, id: LanguageId, key: &str, n: Option<u64>) -> String {
        let number = n.map(|n| ("n", Arg::Number(n)));
        self.try_text(id, key, number.as_slice()).unwrap_or_else(|error| {
            tracing::error!(%error, "words are missing");
            key.to_owned()
        })
    }

    /// The text of `key`.
    ///
    /// # Errors
    ///
    /// When there is no such message, or it needs a variable that `args` lacks.
    pub(crate) fn try_text(&self, id: LanguageId, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, WordError> {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, value(arg));
        }
        format(&self.get(id).pages, key, &values)
    }

    /// The moment `ms` (Unix milliseconds) in words, in UTC: “Wednesday 4 March 2026, 13:05 UTC”.
    ///
    /// # Errors
    ///
    /// When `ms` lies outside of the years 1 to 9999.
    pub(crate) fn when(&self, id: LanguageId, ms: i64) -> Result<String, WordError> {
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

    /// The moment `ms` (Unix milliseconds) for machines, RFC 3339 to the second.
    ///
    /// # Errors
    ///
    /// As [`Self::when`].
    pub(crate) fn iso(ms: i64) -> Result<String, WordError> {
        moment::Moment::from_ms(ms)?.rfc3339()
    }

    /// Texts for scripts: a JSON object of `keys`. A text keeps its variables as `{name}`, except those given in `known`. A
    /// message that selects on `$n` is an object from plural category to text (`{"one": "{n} day", "other": "{n} days"}`),
    /// `other` always among them; scripts pick with `Intl.PluralRules` and take `other` for a category that is not there.
    ///
    /// # Errors
    ///
    /// When there is no such message.
    pub fn words(&self, id: LanguageId, keys: &[&str], known: &[(&str, &str)]) -> Result<String, WordError> {
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

impl Language {
    fn entry(&self, current: bool) -> Menu {
        Menu { code: self.code.clone(), name: self.name.clone(), href: format!("?lang={}", self.code), current }
    }

    fn word(&self, key: &str, known: &[(&str, &str)]) -> Result<serde_json::Value, WordError> {
        let mut forms = BTreeMap::new();
        for (category, sample) in &self.samples {
            forms.insert(category.as_str(), self.blank(key, *sample, known)?);
        }
        let other = forms.get("other").cloned().unwrap_or_default();
        if forms.values().all(|form| *form == other) {
            return Ok(other.into());
        }
        Ok(serde_json::json!(forms))
    }

    /// The text of `key` for a number like `n`, with each variable that is not in `known` left as `{name}`.
    fn blank(&self, key: &str, n: u64, known: &[(&str, &str)]) -> Result<String, WordError> {
        let mut args: FluentArgs = known.iter().map(|(name, text)| (*name, FluentValue::from(*text))).collect();
        args.set("n", n);
        let message = self.scripts.get_message(key).and_then(|message| message.value());
        let pattern = message.ok_or_else(|| WordError::Key(key.to_owned()))?;
        let mut missing = Vec::new();
        let text = self.scripts.format_pattern(pattern, Some(&args), &mut missing).into_owned();
        if missing.is_empty() {
            return Ok(text);
        }
        for error in missing {
            match error {
                FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
                    let blank = format!("{{{id}}}");
                    args.set(id, blank);
                }
                error => return Err(WordError::Format { key: key.to_owned(), detail: error.to_string() }),
            }
        }
        format(&self.scripts, key, &args)
    }
}

fn value<'a>(arg: &Arg<'a>) -> FluentValue<'a> {
    match arg {
        Arg::Number(n) => FluentValue::from(*n),
        Arg::Text(text) => FluentValue::from(*text),
    }
}

fn format(bundle: &FluentBundle<Arc<FluentResource>>, key: &str, args: &FluentArgs<'_>) -> Result<String, WordError> {
    let message = bundle.get_message(key).and_then(|message| message.value());
    let pattern = message.ok_or_else(|| WordError::Key(key.to_owned()))?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    match errors.first() {
        None => Ok(text.into_owned()),
        Some(error) => Err(WordError::Format { key: key.to_owned(), detail: error.to_string() }),
    }
}
