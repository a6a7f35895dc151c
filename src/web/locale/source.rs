//! Languages as they are on disk: reading, checking, and building what formats their texts.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, bundle::FluentBundle as Bundle};
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::{DEFAULT, Language, format, pseudo};

/// The key under which a language names itself.
const OWN_NAME: &str = "language-name";

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

/// A language as read from disk.
pub(super) struct Source {
    path: PathBuf,
    pub(super) code: String,
    id: LanguageIdentifier,
    pub(super) keys: Vec<String>,
    files: Vec<(PathBuf, Arc<FluentResource>)>,
}

impl Source {
    /// Reads one language's folder.
    pub(super) fn read(path: PathBuf) -> Result<Self, LocaleError> {
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
    pub(super) fn must_match(&self, default: &Self) -> Result<(), LocaleError> {
        let lone = |ours: &Self, theirs: &Self| ours.keys.iter().find(|key| !theirs.keys.contains(key)).cloned();
        let error = |key, what| LocaleError::Keys { path: self.path.clone(), key, what };
        match (lone(default, self), lone(self, default)) {
            (Some(key), _) => Err(error(key, "missing")),
            (None, Some(key)) => Err(error(key, "not in English")),
            (None, None) => Ok(()),
        }
    }

    /// The language itself.
    pub(super) fn language(&self) -> Result<Language, LocaleError> {
        self.build(&self.code, None, self.id.character_direction(), None)
    }

    /// A made-up language from this one.
    pub(super) fn pseudo(
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

/// What is in a folder, in order.
pub(super) fn list(dir: &Path) -> Result<Vec<PathBuf>, LocaleError> {
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
