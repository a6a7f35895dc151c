//! The files that pages are made of. All of them are in the program; a folder of the settings may replace each one.
//!
//! `build.rs` compresses them. They are decompressed where they are used, so that no copy of them stays in memory.

use crate::config::{BadSetting, Settings};
use flate2::read::DeflateDecoder;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The compressed files, with a folder for each [`Part`].
static EMBEDDED: Dir<'static> = include_dir!("$OUT_DIR/site");

/// A kind of files, which has a folder of its own in the repository and a setting that names a folder of replacements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Templates of pages.
    Templates,
    /// Scripts, styles and images.
    Static,
    /// Messages, with one folder per language.
    Locales,
}

impl Part {
    const ALL: [Self; 3] = [Self::Templates, Self::Static, Self::Locales];

    /// Returns the setting that names a folder of replacements.
    pub(crate) fn setting(self) -> &'static str {
        match self {
            Self::Templates => "template_dir",
            Self::Static => "static_dir",
            Self::Locales => "locale_dir",
        }
    }

    /// Returns the folder in the repository and in [`EMBEDDED`], and the ending of the files that are read.
    fn folder(self) -> (&'static str, &'static str) {
        match self {
            Self::Templates => ("templates", ".html.tera"),
            Self::Static => ("static", ""),
            Self::Locales => ("locales", ".ftl"),
        }
    }

    /// Returns the folder of replacements.
    fn replacements(self, settings: &Settings) -> Option<&Path> {
        match self {
            Self::Templates => settings.template_dir.as_deref(),
            Self::Static => settings.static_dir.as_deref(),
            Self::Locales => settings.locale_dir.as_deref(),
        }
    }
}

/// Where a file is.
#[derive(Debug, Clone)]
enum Place {
    /// In the program, compressed.
    Program(&'static [u8]),
    /// On the disk, in place of one in the program.
    Replaced(PathBuf),
    /// On the disk only.
    Added(PathBuf),
}

/// The files of a [`Part`], by their path in its folder.
#[derive(Debug, Clone)]
pub(crate) struct SiteFiles {
    part: Part,
    files: BTreeMap<String, Place>,
}

impl SiteFiles {
    /// Finds the files of a site.
    ///
    /// # Errors
    /// When the folder of replacements cannot be read.
    pub(crate) fn of(part: Part, settings: &Settings) -> Result<Self, BadSetting> {
        let found = Self::find(part, part.replacements(settings));
        found.map_err(|error| BadSetting { key: part.setting().to_owned(), fix: error.to_string() })
    }

    /// Finds the files of the program, and those in `folder`, which replace files of the same path.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(crate) fn find(part: Part, folder: Option<&Path>) -> io::Result<Self> {
        let mut files = Self { part, files: BTreeMap::new() };
        let root = part.folder().0;
        if let Some(embedded) = EMBEDDED.get_dir(root) {
            files.embed(embedded, Path::new(root));
        }
        if let Some(folder) = folder {
            files.add(folder)?;
        }
        Ok(files)
    }

    /// Finds the files in `folder`, without those of the program.
    #[cfg(test)]
    pub(crate) fn only(part: Part, folder: &Path) -> io::Result<Self> {
        let mut files = Self { part, files: BTreeMap::new() };
        files.add(folder)?;
        Ok(files)
    }

    /// Adds the files of the program below `folder`, by their path below `root`.
    fn embed(&mut self, folder: &'static Dir<'static>, root: &Path) {
        for file in folder.files() {
            if let Ok(path) = file.path().strip_prefix(root) {
                self.files.insert(path.to_string_lossy().into_owned(), Place::Program(file.contents()));
            }
        }
        folder.dirs().for_each(|folder| self.embed(folder, root));
    }

    /// Adds the files in `folder`. Skips names that start with a dot: a mounted `ConfigMap` keeps its copies in such a folder.
    fn add(&mut self, folder: &Path) -> io::Result<()> {
        let ending = self.part.folder().1;
        let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
        let entries = WalkDir::new(folder).min_depth(1).follow_links(true).into_iter();
        for entry in entries.filter_entry(|entry| !hidden(entry.file_name())) {
            let entry = entry?;
            let Ok(path) = entry.path().strip_prefix(folder) else { continue };
            let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            if entry.file_type().is_file() && path.ends_with(ending) {
                let there = self.files.contains_key(&path);
                let place = if there { Place::Replaced } else { Place::Added };
                self.files.insert(path, place(entry.into_path()));
            }
        }
        Ok(())
    }

    /// Returns the paths of all files, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read. The message names it.
    pub(crate) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let bytes = match self.files.get(path) {
            Some(Place::Replaced(file) | Place::Added(file)) => fs::read(file),
            Some(Place::Program(compressed)) => decompress(compressed),
            None => Err(io::ErrorKind::NotFound.into()),
        };
        bytes.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.place(path).display())))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// When it cannot be read or is not UTF-8. The message names it.
    pub(crate) fn read_text(&self, path: &str) -> io::Result<String> {
        String::from_utf8(self.read(path)?).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{}: not UTF-8", self.place(path).display()))
        })
    }

    /// Returns the path of a file for messages: on the disk, or in the repository when it is that of the program.
    pub(crate) fn place(&self, path: &str) -> PathBuf {
        match self.files.get(path) {
            Some(Place::Replaced(file) | Place::Added(file)) => file.clone(),
            _ => Path::new(self.part.folder().0).join(path),
        }
    }

    /// Describes what a folder of the settings changes, or `None` when it is not set or empty.
    fn changes(&self) -> Option<String> {
        let count = |wanted: fn(&Place) -> bool| self.files.values().filter(|place| wanted(place)).count();
        let (replaced, added) =
            (count(|place| matches!(place, Place::Replaced(_))), count(|place| matches!(place, Place::Added(_))));
        let setting = self.part.setting();
        (replaced + added > 0)
            .then(|| format!("{setting}: {replaced} files replace those of the program, {added} are added"))
    }
}

/// Decompresses a file of the program.
fn decompress(compressed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(compressed.len() * 4);
    DeflateDecoder::new(compressed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Describes the files of a site, one fact a line.
///
/// # Errors
/// When a folder of the settings cannot be read.
pub(crate) fn describe(settings: &Settings) -> Result<Vec<String>, BadSetting> {
    let mut lines = Vec::new();
    for part in Part::ALL {
        match (SiteFiles::of(part, settings)?.changes(), part.replacements(settings)) {
            (Some(changes), _) => lines.push(changes),
            (None, Some(_)) => {
                let (setting, ending) = (part.setting(), part.folder().1);
                lines.push(format!("warning: {setting} holds no file{} and changes nothing", named(ending)));
            }
            (None, None) => {}
        }
    }
    Ok(lines)
}

/// Returns the words for files with this ending.
fn named(ending: &str) -> String {
    if ending.is_empty() { String::new() } else { format!(" named *{ending}") }
}

#[cfg(test)]
mod tests {
    use super::{Part, Place, SiteFiles};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// Returns the files of a folder of the repository with this ending.
    fn repository(part: Part) -> SiteFiles {
        SiteFiles::only(part, &Path::new(env!("CARGO_MANIFEST_DIR")).join(part.folder().0)).unwrap()
    }

    #[test]
    fn the_program_holds_the_files_of_the_repository_compressed() {
        let (mut plain, mut compressed) = (0, 0);
        for part in Part::ALL {
            let (embedded, files) = (SiteFiles::find(part, None).unwrap(), repository(part));
            assert_eq!(embedded.paths().collect::<Vec<_>>(), files.paths().collect::<Vec<_>>());
            for path in files.paths() {
                let bytes = embedded.read(path).unwrap();
                assert!(bytes == files.read(path).unwrap(), "{path}");
                plain += bytes.len();
                let Place::Program(stored) = embedded.files[path] else { panic!("{path} is in the program") };
                compressed += stored.len();
            }
        }
        println!("{plain} bytes of pages, {compressed} in the program");
        assert!(compressed < plain / 2, "{plain} {compressed}");
    }

    #[test]
    fn a_folder_replaces_and_adds_files_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("about.html.tera", "ours"),
            ("partials/extra.html.tera", "more"),
            ("about.html.tera~", "a backup"),
            (".hidden/base.html.tera", "a copy"),
        ] {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let (own, both) = (SiteFiles::find(Part::Templates, None).unwrap(), {
            SiteFiles::find(Part::Templates, Some(folder.path())).unwrap()
        });
        assert_eq!(both.read("about.html.tera").unwrap(), b"ours");
        assert_eq!(both.read("base.html.tera").unwrap(), own.read("base.html.tera").unwrap());
        let (mine, all): (BTreeSet<_>, BTreeSet<_>) = (own.paths().collect(), both.paths().collect());
        assert_eq!(all.difference(&mine).collect::<Vec<_>>(), [&"partials/extra.html.tera"]);
        assert_eq!(both.changes().unwrap(), "template_dir: 1 files replace those of the program, 1 are added");
        assert_eq!(both.place("about.html.tera"), folder.path().join("about.html.tera"));
        assert_eq!(both.place("base.html.tera"), Path::new("templates/base.html.tera"));
        assert_eq!(own.changes(), None);
        assert!(SiteFiles::find(Part::Templates, Some(&folder.path().join("nowhere"))).is_err());
    }
}
