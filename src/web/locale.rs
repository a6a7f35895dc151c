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
//! Two made-up languages show what translation will do to a page before anyone translates: [`LONG`] and [`MIRRORED`]. They
//! are made from English, are reached through `?lang=` alone, and are never picked by `Accept-Language`.

mod functions;
mod moment;
mod negotiate;
mod pseudo;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue,
    bundle::FluentBundle as Bundle,
    concurrent::FluentBundle,
    resolver::errors::{ReferenceKind, ResolverError},
};
use serde::Serialize;
use unic_langid::{CharacterDirection, LanguageIdentifier};

pub use pseudo::{LONG, MIRRORED};

/// The language a visitor gets who asks for none that is there, and the one all others must match key for key.
pub const DEFAULT: &str = "en";

/// The key under which a language names itself.
const OWN_NAME: &str = "language-name";

/// A character of the private use area, which no message holds: it marks the place of an element in a sentence.
const MARK: &str = "\u{e000}";

/// One language of a loaded [`Locales`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageId(usize);

/// A value for a variable of a message.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// For `$n`, the only variable that plurals select on.
    Number(u64),
    /// For every other variable.
    Text(&'a str),
}

/// An entry of the language menu, ready for templates.
#[derive(Clone, Debug, Serialize)]
pub struct Menu {
    /// BCP 47 code, for `lang` and `hreflang`.
    pub code: String,
    /// The language's own name for itself.
    pub name: String,
    /// A relative address that shows the same page in this language.
    pub href: String,
    /// Whether this is the language of the page.
    pub current: bool,
}

/// Why the words could not be read. All of these end the launch.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read the words in {}: {source}", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no folder for [`DEFAULT`].
    #[error("{} has no folder \"{DEFAULT}\" with .ftl files in it", path.display())]
    NoDefault {
        /// The folder of all languages.
        path: PathBuf,
    },
    /// A folder is not named by a language code.
    #[error("{} is not named like a language, such as \"en\" or \"pt-BR\"", path.display())]
    Name {
        /// The folder.
        path: PathBuf,
    },
    /// A file is not valid Fluent.
    #[error("{}, line {line}: {detail}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What the parser said.
        detail: String,
    },
    /// Two messages of a language share a key.
    #[error("{}: the message \"{key}\" is there twice", path.display())]
    Twice {
        /// The file that repeats it.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// A language lacks a message that [`DEFAULT`] has, or has one more.
    #[error("{}: the message \"{key}\" is {what}", path.display())]
    Keys {
        /// The language's folder.
        path: PathBuf,
        /// The key.
        key: String,
        /// "missing" or "not in English".
        what: &'static str,
    },
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
    pub fn carried(&self, query: Option<&str>) -> String {
        query.and_then(|code| self.find(code)).map(|id| format!("?lang={}", self.code(id))).unwrap_or_default()
    }

    /// BCP 47 code, for `lang` and `Content-Language`.
    #[must_use]
    pub fn code(&self, id: LanguageId) -> &str {
        &self.get(id).code
    }

    /// `ltr` or `rtl`, for `dir`.
    #[must_use]
    pub fn direction(&self, id: LanguageId) -> &'static str {
        if self.get(id).direction == CharacterDirection::RTL { "rtl" } else { "ltr" }
    }

    /// The language menu. A made-up language is in it only while it is the one shown.
    #[must_use]
    pub fn menu(&self, current: LanguageId) -> Vec<Menu> {
        let shown = self.0.iter().enumerate().filter(|(at, language)| !language.made_up || *at == current.0);
        shown.map(|(at, language)| language.entry(at == current.0)).collect()
    }

    /// The text of `key`, which needs no variable but the number.
    ///
    /// A key that is not there is a mistake in this program: it is logged, and the key stands for the text.
    #[must_use]
    pub fn text(&self, id: LanguageId, key: &str, n: Option<u64>) -> String {
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
    pub fn try_text(&self, id: LanguageId, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, WordError> {
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
    pub fn when(&self, id: LanguageId, ms: i64) -> Result<String, WordError> {
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

/// A language as read from disk.
struct Source {
    path: PathBuf,
    code: String,
    id: LanguageIdentifier,
    keys: Vec<String>,
    files: Vec<(PathBuf, Arc<FluentResource>)>,
}

impl Source {
    fn read(path: PathBuf) -> Result<Self, LocaleError> {
        let code = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let Ok(id) = code.parse() else {
            return Err(LocaleError::Name { path });
        };
        let mut source = Self { path, code, id, keys: Vec::new(), files: Vec::new() };
        for file in
            list(&source.path)?.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "ftl"))
        {
            let text =
                fs::read_to_string(&file).map_err(|error| LocaleError::Read { path: file.clone(), source: error })?;
            for key in keys(&text) {
                if source.keys.iter().any(|other| other == key) {
                    return Err(LocaleError::Twice { path: file, key: key.to_owned() });
                }
                source.keys.push(key.to_owned());
            }
            let resource = parse(&file, text)?;
            source.files.push((file, Arc::new(resource)));
        }
        Ok(source)
    }

    /// The same keys as `default`, no more and no fewer.
    fn must_match(&self, default: &Self) -> Result<(), LocaleError> {
        let lone = |ours: &Self, theirs: &Self| ours.keys.iter().find(|key| !theirs.keys.contains(key)).cloned();
        let error = |key, what| LocaleError::Keys { path: self.path.clone(), key, what };
        match (lone(default, self), lone(self, default)) {
            (Some(key), _) => Err(error(key, "missing")),
            (None, Some(key)) => Err(error(key, "not in English")),
            (None, None) => Ok(()),
        }
    }

    fn language(&self) -> Result<Language, LocaleError> {
        self.build(&self.code, None, self.id.character_direction(), None)
    }

    fn pseudo(
        &self,
        code: &str,
        name: &str,
        direction: CharacterDirection,
        transform: pseudo::Transform,
    ) -> Result<Language, LocaleError> {
        self.build(code, Some(name), direction, Some(transform))
    }

    fn build(
        &self,
        code: &str,
        name: Option<&str>,
        direction: CharacterDirection,
        transform: Option<pseudo::Transform>,
    ) -> Result<Language, LocaleError> {
        let bundle = || {
            let mut bundle = Bundle::new_concurrent(vec![self.id.clone()]);
            // In a text that runs from right to left every value is set apart, lest an address or a name in Latin letters
            // reorders the words around it. Elsewhere <bdi> and dir="auto" do that, and texts stay free of marks.
            bundle.set_use_isolating(direction == CharacterDirection::RTL);
            bundle.set_transform(transform);
            for (path, resource) in &self.files {
                bundle.add_resource(resource.clone()).map_err(|errors| LocaleError::Twice {
                    path: path.clone(),
                    key: errors.first().map(ToString::to_string).unwrap_or_default(),
                })?;
            }
            Ok(bundle)
        };
        let pages = bundle()?;
        let mut scripts = bundle()?;
        scripts.set_formatter(Some(|value, _| matches!(value, FluentValue::Number(_)).then(|| "{n}".to_owned())));
        let own = || format(&pages, OWN_NAME, &FluentArgs::new()).unwrap_or_else(|_| code.to_owned());
        let name = name.map_or_else(own, str::to_owned);
        let made_up = transform.is_some();
        Ok(Language { code: code.to_owned(), name, direction, made_up, pages, scripts, samples: samples(&self.id) })
    }
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, LocaleError> {
    let error = |source| LocaleError::Read { path: dir.to_owned(), source };
    let mut paths = fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
        .map_err(error)?;
    paths.sort();
    Ok(paths)
}

fn parse(path: &Path, text: String) -> Result<FluentResource, LocaleError> {
    FluentResource::try_new(text).map_err(|(resource, errors)| {
        let (at, detail) = errors.first().map_or((0, String::new()), |error| (error.pos.start, error.to_string()));
        let line = resource.source().bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        LocaleError::Syntax { path: path.to_owned(), line, detail }
    })
}

/// The keys of a Fluent file: only a message starts a line with a letter.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim_end()))
}

/// For each plural category of the language the smallest number that falls into it, `other` always among them: found by
/// asking the same code that will select.
fn samples(id: &LanguageIdentifier) -> Vec<(String, u64)> {
    const PROBE: &str =
        "probe = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }\n";
    // Every category that whole numbers reach, in every language of CLDR, is reached below 200, but for “many” of a few
    // languages, at a million.
    let tried = (0..200).chain([1_000_000]);
    let mut bundle = Bundle::new_concurrent(vec![id.clone()]);
    let mut samples: Vec<(String, u64)> = Vec::new();
    if let Ok(resource) = FluentResource::try_new(PROBE.to_owned()) {
        bundle.add_resource_overriding(Arc::new(resource));
    }
    for n in tried {
        let args = FluentArgs::from_iter([("n", n)]);
        if let Ok(category) = format(&bundle, "probe", &args)
            && samples.iter().all(|(known, _)| *known != category)
        {
            samples.push((category, n));
        }
    }
    if samples.iter().all(|(category, _)| category != "other") {
        samples.push(("other".to_owned(), 0));
    }
    samples
}
