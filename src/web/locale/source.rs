//! Message files: reading, validating and compiling them.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, bundle::FluentBundle as Bundle};
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::{DEFAULT, NUMBER, Texts, format, pseudo};
use crate::web::site_files::SiteFiles;

/// Key of the message with the name of the language.
const OWN_NAME: &str = "language-name";

/// The file that has [`OWN_NAME`].
const OWN_NAME_FILE: &str = "frame.ftl";

/// Why messages could not be loaded. Those of [`DEFAULT`] abort startup.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    /// The directory or a file in it cannot be read.
    #[error("cannot read messages: {0}")]
    Read(#[from] io::Error),
    /// There is no directory for [`DEFAULT`].
    #[error("no directory \"{DEFAULT}\" with .ftl files")]
    NoDefault,
    /// A language lacks the message with its own name.
    #[error(
        "message \"{OWN_NAME}\" is missing; add the name of the language in that language to {}, such as \"{OWN_NAME} = \
         Deutsch\"",
        path.display()
    )]
    NoName {
        /// The file that should have it.
        path: PathBuf,
    },
    /// The name of a directory is not a language code.
    #[error("{} is not named after a language, such as \"en\" or \"pt-BR\"", path.display())]
    Name {
        /// The directory.
        path: PathBuf,
    },
    /// A file is not valid Fluent.
    #[error("{}, line {line}: {detail}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// The parser's error.
        detail: String,
    },
    /// Two messages of a language have the same key.
    #[error("{}: duplicate message \"{key}\"", path.display())]
    Duplicate {
        /// The file with the second one.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// A language lacks a message of [`DEFAULT`] or has an extra one.
    #[error("{}: message \"{key}\" is {what}", path.display())]
    Keys {
        /// The language's directory.
        path: PathBuf,
        /// The key.
        key: String,
        /// "missing" or "not in English".
        what: &'static str,
    },
}

/// The messages of a language, as read from its files.
pub(super) struct Source {
    path: PathBuf,
    id: LanguageIdentifier,
    pub(super) keys: Vec<String>,
    files: Vec<(PathBuf, Arc<FluentResource>)>,
}

impl Source {
    /// Reads the messages of the language `code`.
    pub(super) fn read(files: &SiteFiles, code: &str, id: LanguageIdentifier) -> Result<Self, LocaleError> {
        let mut source = Self { path: folder(files, code), id, keys: Vec::new(), files: Vec::new() };
        for path in paths(files, code) {
            let (file, text) = (files.place(path), files.read_text(path)?);
            for key in keys(&text) {
                if source.keys.iter().any(|other| other == key) {
                    return Err(LocaleError::Duplicate { path: file, key: key.to_owned() });
                }
                source.keys.push(key.to_owned());
            }
            let resource = parse(&file, text)?;
            source.files.push((file, Arc::new(resource)));
        }
        Ok(source)
    }

    /// Checks that the keys are exactly those of `default`.
    pub(super) fn check_keys(&self, default: &Self) -> Result<(), LocaleError> {
        let first_missing =
            |ours: &Self, theirs: &Self| ours.keys.iter().find(|key| !theirs.keys.contains(key)).cloned();
        let error = |key, what| LocaleError::Keys { path: self.path.clone(), key, what };
        match (first_missing(default, self), first_missing(self, default)) {
            (Some(key), _) => Err(error(key, "missing")),
            (None, Some(key)) => Err(error(key, "not in English")),
            (None, None) => Ok(()),
        }
    }

    /// Compiles the messages, for a language that is written in this direction. `transform` makes a pseudolocale.
    pub(super) fn texts(
        &self,
        direction: CharacterDirection,
        transform: Option<pseudo::Transform>,
    ) -> Result<Texts, LocaleError> {
        let mut bundle = Bundle::new_concurrent(vec![self.id.clone()]);
        // In right-to-left text, isolates values so that a URL or name in Latin letters does not reorder the words
        // around it. In left-to-right text, <bdi> and dir="auto" do that.
        bundle.set_use_isolating(direction == CharacterDirection::RTL);
        bundle.set_transform(transform);
        bundle.set_formatter(Some(|value, _| matches!(value, FluentValue::Number(_)).then(|| NUMBER.to_owned())));
        for (path, resource) in &self.files {
            bundle.add_resource(resource.clone()).map_err(|errors| LocaleError::Duplicate {
                path: path.clone(),
                key: errors.first().map(ToString::to_string).unwrap_or_default(),
            })?;
        }
        Ok(Texts { bundle, samples: samples(&self.id) })
    }
}

/// Returns the name of the language `code` in that language: its message [`OWN_NAME`].
pub(super) fn own_name(files: &SiteFiles, code: &str) -> Result<String, LocaleError> {
    let first = format!("{code}/{OWN_NAME_FILE}");
    // The file that has it in all languages of the program comes first, so that startup reads no other.
    let (mut ordered, others): (Vec<_>, Vec<_>) = paths(files, code).partition(|path| *path == first);
    ordered.extend(others);
    for path in ordered {
        let text = files.read_text(path)?;
        if let Some(name) = text.lines().find_map(|line| line.strip_prefix(OWN_NAME)?.trim_start().strip_prefix('=')) {
            let name = name.trim();
            if !name.is_empty() {
                return Ok(name.to_owned());
            }
        }
    }
    Err(LocaleError::NoName { path: folder(files, code).join(OWN_NAME_FILE) })
}

/// Returns the codes of the languages, which are the names of their folders.
pub(super) fn codes(files: &SiteFiles) -> Vec<String> {
    let mut codes: Vec<_> =
        files.paths().filter_map(|path| path.split_once('/')).map(|(code, _)| code.to_owned()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Returns the paths of the messages of a language, sorted.
fn paths<'f>(files: &'f SiteFiles, code: &str) -> impl Iterator<Item = &'f str> {
    files.paths().filter(move |path| path.split_once('/').is_some_and(|(folder, _)| folder == code))
}

/// Returns the folder of a language for messages: that of the setting, if it has a file there.
pub(super) fn folder(files: &SiteFiles, code: &str) -> PathBuf {
    let of_the_program = PathBuf::from("locales").join(code);
    let places = paths(files, code).filter(|path| path.matches('/').count() == 1).map(|path| files.place(path));
    let mut folders = places.filter_map(|file| file.parent().map(Into::into));
    folders.find(|folder| *folder != of_the_program).unwrap_or(of_the_program)
}

fn parse(path: &Path, text: String) -> Result<FluentResource, LocaleError> {
    FluentResource::try_new(text).map_err(|(resource, errors)| {
        let (at, detail) = errors.first().map_or((0, String::new()), |error| (error.pos.start, error.to_string()));
        let line = resource.source().bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        LocaleError::Syntax { path: path.to_owned(), line, detail }
    })
}

/// Returns the keys of a Fluent file. Only a message starts a line with a letter.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim_end()))
}

/// Returns, for each plural category of the language, the smallest integer in it. Determined by formatting, so that it
/// agrees with the selection at run time. Always contains `other`.
fn samples(id: &LanguageIdentifier) -> Vec<(String, u64)> {
    const PROBE: &str =
        "probe = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }\n";
    // In CLDR, integers below 200 reach every category that integers reach, except “many” in a few languages, which
    // takes a million.
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
