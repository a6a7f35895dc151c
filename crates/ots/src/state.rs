//! The state of transfers that may be interrupted, in files of the user alone (`docs/ots.md`, "State").
//!
//! A journal is a file of lines that only grows, so that a killed program leaves all lines but an incomplete last one.

use crate::config;
use crate::exit::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// Age at which a journal is of no use: shares are forgotten by their sites 7 days after their end.
const OLD: Duration = Duration::from_secs(8 * 86_400);
/// Bytes of the longest journal that is read: one line for each of 65,536 parts, and the encrypted manifest.
const LONGEST: u64 = 8 << 20;

/// The journal of one transfer, locked by this process.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
}

/// What a journal's name leads to.
pub(crate) enum Found {
    /// No journal.
    Nothing,
    /// A journal, and its complete lines.
    Journal(Journal, Zeroizing<String>),
    /// Another process uses it.
    Busy,
}

fn failed(error: &io::Error) -> Failure {
    Failure::local(format!(
        "The state of the transfer cannot be stored: {error}. Set XDG_STATE_HOME to a folder that can be written."
    ))
}

fn folder() -> Result<PathBuf, Failure> {
    let folder = config::folder("XDG_STATE_HOME", ".local/state")?;
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|error| failed(&error))?;
    Ok(folder)
}

impl Journal {
    /// Creates the journal of a new transfer. An existing one of this name is replaced.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn create(name: &str, first: &impl Serialize) -> Result<Self, Failure> {
        let folder = folder()?;
        sweep(&folder);
        let path = folder.join(name);
        let created = || {
            let _ = fs::remove_file(&path);
            let file = OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(&path)?;
            file.try_lock().map_err(io::Error::from)?;
            Ok(file)
        };
        let file = created().map_err(|error| failed(&error))?;
        let mut journal = Self { path, file };
        journal.append(first)?;
        journal.sync()?;
        File::open(&folder).and_then(|folder| folder.sync_all()).map_err(|error| failed(&error))?;
        Ok(journal)
    }

    /// Opens the journal of an interrupted transfer.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn open(name: &str) -> Result<Found, Failure> {
        let path = folder()?.join(name);
        let opened = OpenOptions::new().read(true).append(true).open(&path);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(failed(&error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Found::Busy),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        // Another process has completed the transfer and removed the journal since.
        if file.metadata().is_ok_and(|data| data.nlink() == 0) {
            return Ok(Found::Nothing);
        }
        let mut text = Zeroizing::new(String::new());
        if (&file).take(LONGEST).read_to_string(&mut text).is_err() {
            text.clear();
        }
        // Appending continues after the last complete line.
        let complete = text.rfind('\n').map_or(0, |end| end + 1);
        text.truncate(complete);
        let cut = file.set_len(complete as u64).and_then(|()| file.seek(SeekFrom::End(0)));
        cut.map_err(|error| failed(&error))?;
        Ok(Found::Journal(Self { path, file }, text))
    }

    /// Appends a line. It survives the end of this process, and a power cut after [`Journal::sync`].
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn append(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(line).map_err(|error| Failure::local(error.to_string()))?;
        let mut text = Zeroizing::new(text);
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(|error| failed(&error))
    }

    /// Writes what was appended to the disk.
    ///
    /// # Errors
    /// [`Failure::local`].
    pub(crate) fn sync(&self) -> Result<(), Failure> {
        self.file.sync_data().map_err(|error| failed(&error))
    }

    /// Removes the journal: the transfer has ended.
    pub(crate) fn remove(self) {
        // What cannot be removed is swept later.
        let _ = fs::remove_file(&self.path);
    }
}

/// Parses the lines of a journal. `None` when its first line is none of this version, or nothing at all.
pub(crate) fn lines<First: DeserializeOwned, Line: DeserializeOwned>(text: &str) -> Option<(First, Vec<Line>)> {
    let mut lines = text.lines();
    let first = serde_json::from_str(lines.next()?).ok()?;
    let rest = lines.map(serde_json::from_str).collect::<Result<_, _>>().ok()?;
    Some((first, rest))
}

/// Removes journals of transfers that can no longer go on.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let old = entry
            .metadata()
            .and_then(|data| data.modified())
            .is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|age| age > OLD));
        if old {
            let _ = fs::remove_file(entry.path());
        }
    }
}
