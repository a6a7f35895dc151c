//! Files: those to send, checked for changes, and those that came, which appear under their names only when complete.

use crate::exit::Failure;
use onetimeshare_envelope::names::safe_name;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// What changes when a file is replaced or written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    size: u64,
    device: u64,
    inode: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Identity {
    fn of(data: &Metadata) -> Self {
        Self {
            size: data.size(),
            device: data.dev(),
            inode: data.ino(),
            modified: (data.mtime(), data.mtime_nsec()),
            changed: (data.ctime(), data.ctime_nsec()),
        }
    }
}

/// A file to send.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its whole path.
    pub(crate) path: PathBuf,
    /// Its name for the receiver.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// What it was when the command began.
    pub(crate) identity: Identity,
}

impl Source {
    /// Looks at a file.
    ///
    /// # Errors
    /// [`Failure::usage`] when it is no file, or cannot be read.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let unreadable = |error: io::Error| Failure::usage(format!("{shown} cannot be read: {error}."));
        let whole = fs::canonicalize(path).map_err(unreadable)?;
        let data = fs::metadata(&whole).map_err(unreadable)?;
        if data.is_dir() {
            return Err(Failure::usage(format!(
                "{shown} is a folder. Pack it into one file first, for example with tar or zip."
            )));
        }
        if !data.is_file() {
            return Err(Failure::usage(format!("{shown} is no regular file.")));
        }
        File::open(&whole).map_err(unreadable)?;
        let name = path
            .file_name()
            .or(whole.file_name())
            .map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned());
        Ok(Self { path: whole, name, size: data.size(), identity: Identity::of(&data) })
    }

    /// Opens the file, which must be the same as before.
    ///
    /// # Errors
    /// [`Failure::local`] when it is not.
    pub(crate) fn open(&self) -> Result<File, Failure> {
        let file = File::open(&self.path).map_err(|error| self.unreadable(&error))?;
        self.check(&file)?;
        Ok(file)
    }

    /// Checks that the open file has not changed.
    ///
    /// # Errors
    /// [`Failure::local`] when it has.
    pub(crate) fn check(&self, file: &File) -> Result<(), Failure> {
        let now = file.metadata().map_err(|error| self.unreadable(&error))?;
        if Identity::of(&now) == self.identity { Ok(()) } else { Err(self.changed()) }
    }

    /// Returns the failure of a file that changed.
    pub(crate) fn changed(&self) -> Failure {
        Failure::local(format!(
            "{} changed while it was being sent. Nothing can be opened of it; send it again.",
            self.path.display()
        ))
    }

    /// Returns the failure of a file that cannot be read.
    pub(crate) fn unreadable(&self, error: &io::Error) -> Failure {
        Failure::local(format!("{} cannot be read: {error}.", self.path.display()))
    }
}

/// The folder that receives files.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Uses a folder, and creates it when it is missing.
    ///
    /// # Errors
    /// [`Failure::local`] when nothing can be written into it.
    pub(crate) fn at(path: &Path) -> Result<Self, Failure> {
        let prepared = || {
            fs::create_dir_all(path)?;
            let folder = Self(fs::canonicalize(path)?);
            // Tried before a share is opened, because it opens once.
            let probe = folder.0.join(format!(".ots-{}.part", std::process::id()));
            create(&probe)?;
            fs::remove_file(&probe)?;
            Ok(folder)
        };
        prepared().map_err(|error: io::Error| {
            Failure::local(format!(
                "The folder {} cannot be written: {error}. Name another one with -o.",
                path.display()
            ))
        })
    }

    /// Returns its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Checks that there is room for this many bytes.
    ///
    /// # Errors
    /// [`Failure::local`] when there is not.
    pub(crate) fn has_room(&self, bytes: u64) -> Result<(), Failure> {
        // Where the file system does not tell, the write will.
        let Ok(room) = rustix::fs::statvfs(&self.0) else { return Ok(()) };
        let free = room.f_bavail.saturating_mul(room.f_frsize);
        if free >= bytes {
            return Ok(());
        }
        let (needed, free) = (crate::output::size(bytes), crate::output::size(free));
        Err(Failure::local(format!(
            "The files need {needed}, and {} has {free} left. Nothing was opened; name another folder with -o.",
            self.0.display()
        )))
    }

    /// Returns whether `path` is a folder of the same place.
    pub(crate) fn is(&self, path: &Path) -> bool {
        self.0 == path
    }

    /// Removes the unfinished file with this hidden name.
    pub(crate) fn discard(&self, hidden: &str) {
        // It may not exist.
        let _ = fs::remove_file(self.0.join(hidden));
    }
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// A file that is arriving, under a hidden name.
#[derive(Debug)]
pub(crate) struct Arriving {
    file: File,
    hidden: PathBuf,
    folder: PathBuf,
}

impl Arriving {
    /// Creates the file under its hidden name. An unfinished one is replaced.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn create(folder: &Folder, hidden: &str) -> Result<Self, Failure> {
        folder.discard(hidden);
        let hidden = folder.0.join(hidden);
        let file = create(&hidden).map_err(|error| unwritable(&hidden, &error))?;
        Ok(Self { file, hidden, folder: folder.0.clone() })
    }

    /// Continues an unfinished file after `length` bytes. `None` when it does not have as many, or has its final name too: a
    /// complete file is not written to.
    pub(crate) fn resume(folder: &Folder, hidden: &str, length: u64) -> Option<Self> {
        let hidden = folder.0.join(hidden);
        let data = fs::symlink_metadata(&hidden).ok()?;
        if !data.is_file() || data.nlink() != 1 || data.size() < length {
            return None;
        }
        let mut file = OpenOptions::new().write(true).open(&hidden).ok()?;
        file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0))).ok()?;
        Some(Self { file, hidden, folder: folder.0.clone() })
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// [`Failure::local`], such as for a full disk.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.hidden, &error))
    }

    /// Writes what was appended to the disk.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn sync(&self) -> Result<(), Failure> {
        self.file.sync_data().map_err(|error| unwritable(&self.hidden, &error))
    }

    /// Gives the complete file its name, made safe; where that is taken, with a number. Returns when file and name are on
    /// the disk.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn keep(self, name: &str) -> Result<PathBuf, Failure> {
        let kept = || {
            self.file.sync_all()?;
            let safe = visible(safe_name(name));
            for number in 1_u32.. {
                let path = self.folder.join(numbered(&safe, number));
                match place(&self.hidden, &path) {
                    Ok(()) => {
                        File::open(&self.folder)?.sync_all()?;
                        return Ok(path);
                    }
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            Err(io::ErrorKind::AlreadyExists.into())
        };
        kept().map_err(|error| unwritable(&self.hidden, &error))
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().unwrap_or(path).display();
    Failure::local(format!(
        "The file cannot be written into {folder}: {error}. Run the command again, with another folder if needed: it goes on."
    ))
}

/// Moves a file to a name that is not taken.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => return fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) => {}
    }
    // The file system has no hard links: reserves the name, and replaces the empty file.
    create(to)?;
    fs::rename(from, to)
}

/// Returns the name with `_` in place of a leading dot: in a home folder, a shell could run a hidden file.
fn visible(name: String) -> String {
    match name.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None => name,
    }
}

/// Returns `name` for 1, and `stem (2).extension` for 2.
fn numbered(name: &str, number: u32) -> String {
    if number == 1 {
        return name.to_owned();
    }
    let dot = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
    format!("{} ({number}){}", &name[..dot], &name[dot..])
}

#[cfg(test)]
mod tests {
    use super::{Arriving, Folder, Source, numbered};
    use std::fs;
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("ots-files-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    #[test]
    fn a_taken_name_gets_a_number_before_its_ending() {
        assert_eq!(numbered("a.tar.gz", 2), "a.tar (2).gz");
        assert_eq!(numbered(".profile", 3), ".profile (3)");
        assert_eq!(numbered("notes", 1), "notes");
    }

    #[test]
    fn a_file_appears_when_it_is_complete_and_replaces_nothing() {
        let path = folder("arriving");
        let to = Folder::at(&path).unwrap();
        fs::write(path.join("evil"), "mine").unwrap();
        for expected in ["evil (2)", "evil (3)"] {
            let mut file = Arriving::create(&to, ".ots-x.part").unwrap();
            file.write(b"abc").unwrap();
            assert!(!path.join(expected).exists());
            let kept = file.keep("../../evil").unwrap();
            assert_eq!(kept, to.path().join(expected));
        }
        let hidden = Arriving::create(&to, ".ots-x.part").unwrap().keep(".profile").unwrap();
        assert_eq!(hidden, to.path().join("_profile"));
        assert_eq!(fs::read(path.join("evil")).unwrap(), b"mine");
        assert_eq!(fs::read_dir(&path).unwrap().count(), 4);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn an_unfinished_file_goes_on_where_it_was_synced() {
        let path = folder("resume");
        let to = Folder::at(&path).unwrap();
        let mut file = Arriving::create(&to, ".ots-x.part").unwrap();
        file.write(b"abcdef").unwrap();
        drop(file);
        assert!(Arriving::resume(&to, ".ots-x.part", 7).is_none());
        let mut file = Arriving::resume(&to, ".ots-x.part", 3).unwrap();
        file.write(b"xyz").unwrap();
        assert_eq!(fs::read(file.keep("kept").unwrap()).unwrap(), b"abcxyz");
        drop(Arriving::create(&to, ".ots-x.part").unwrap());
        fs::hard_link(path.join(".ots-x.part"), path.join("placed")).unwrap();
        assert!(Arriving::resume(&to, ".ots-x.part", 0).is_none());
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_written_file_is_another_file() {
        let path = folder("source");
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("a"), "abc").unwrap();
        let source = Source::of(&path.join("a")).unwrap();
        assert!(source.open().is_ok());
        fs::write(path.join("b"), "xyz").unwrap();
        fs::rename(path.join("b"), path.join("a")).unwrap();
        assert!(source.open().is_err());
        assert!(Source::of(&path).is_err() && Source::of(&path.join("none")).is_err());
        fs::remove_dir_all(path).unwrap();
    }
}
