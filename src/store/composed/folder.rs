//! A part store in a folder: one file for each part, in a folder for each hour.

use super::PartStore;
use crate::store::embedded::{disk_error, free_bytes};
use crate::store::reference::{ObjectName, StoreTag};
use crate::store::{Room, StoreError, lock};
use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Free bytes on the disk below which parts are refused.
const RESERVE: u64 = 64 * 1024 * 1024;

/// Name of the file that holds the store's tag.
const TAG_FILE: &str = "store";

/// A part store in a folder of this server, or one that all servers mount. A file and its folders are synced before
/// [`PartStore::put`] returns.
pub struct Folder {
    root: PathBuf,
    tag: StoreTag,
    /// Hours whose folder this server has synced into `root`. Another thread or server may have created it and not yet
    /// synced it.
    synced: Mutex<BTreeSet<u32>>,
}

impl Folder {
    /// Opens the part store in `root`, or creates it.
    ///
    /// # Errors
    /// A message for operators when the folder cannot be used.
    pub fn open(root: &Path) -> Result<Self, String> {
        let unusable = |error| format!("files_url: the folder {} cannot be used: {error}.", root.display());
        let tag = prepare(root).map_err(unusable)?;
        Ok(Self { root: root.to_owned(), tag, synced: Mutex::default() })
    }

    /// Returns the room in `root` without opening it. The folder need not exist yet.
    pub(super) fn measure(root: &Path) -> Room {
        let existing = root.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("/"));
        let free = free_bytes(existing, RESERVE).unwrap_or(0);
        Room { free, total: free.saturating_add(bytes_in(root).unwrap_or(0)) }
    }

    fn hour(&self, hour: u32) -> PathBuf {
        self.root.join(hour.to_string())
    }

    fn path(&self, name: &ObjectName) -> PathBuf {
        self.hour(name.hour).join(name.file())
    }

    fn write(&self, name: &ObjectName, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        let create = || OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        if !lock(&self.synced).contains(&name.hour) {
            self.make_hour(name.hour)?;
        }
        let mut file = match create() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.make_hour(name.hour)?;
                create()?
            }
            created => created?,
        };
        let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| sync(&self.hour(name.hour)));
        written.inspect_err(|_| drop(fs::remove_file(&path)))
    }

    /// Creates and syncs the folder of an hour, unless another disk is mounted.
    fn make_hour(&self, hour: u32) -> io::Result<()> {
        self.check()?;
        match DirBuilder::new().mode(0o700).create(self.hour(hour)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => sync(&self.root)?,
        }
        lock(&self.synced).insert(hour);
        Ok(())
    }

    /// Fails when the folder is not the one that was opened, such as after its disk was unmounted.
    fn check(&self) -> io::Result<()> {
        match read_tag(&self.root)? {
            Some(tag) if tag == self.tag => Ok(()),
            _ => Err(io::Error::other("another disk is mounted there")),
        }
    }

    fn read(&self, name: &ObjectName, length: u32) -> io::Result<Option<Vec<u8>>> {
        let mut file = match File::open(self.path(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return self.check().map(|()| None),
            opened => opened?,
        };
        if file.metadata()?.len() != u64::from(length) {
            return Ok(None);
        }
        let mut bytes = vec![0; length as usize];
        file.read_exact(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Returns the folders of hours before `hour`.
    fn hours_before(&self, hour: u32) -> io::Result<Vec<PathBuf>> {
        let mut over = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            let name: Option<u32> = entry.file_name().to_str().and_then(|name| name.parse().ok());
            if name.is_some_and(|name| name < hour) && entry.file_type()?.is_dir() {
                over.push(entry.path());
            }
        }
        Ok(over)
    }
}

impl PartStore for Folder {
    fn tag(&self) -> Result<StoreTag, StoreError> {
        Ok(self.tag)
    }

    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), StoreError> {
        if free_bytes(&self.root, RESERVE).is_none_or(|free| free < bytes.len() as u64) {
            self.check().map_err(|error| failed(&error))?;
            return Err(StoreError::Full);
        }
        self.write(name, bytes).map_err(|error| failed(&error))
    }

    fn get(&self, name: &ObjectName, length: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(name, length).map_err(|error| failed(&error))
    }

    fn remove(&self, names: &[ObjectName]) -> Result<(), StoreError> {
        for name in names {
            missing_is_fine(fs::remove_file(self.path(name))).map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    fn remove_hours_before(&self, hour: u32) -> Result<usize, StoreError> {
        lock(&self.synced).retain(|synced| *synced >= hour);
        let over = self.hours_before(hour).map_err(|error| failed(&error))?;
        for folder in &over {
            // Another server may remove the same hour.
            missing_is_fine(fs::remove_dir_all(folder)).map_err(|error| failed(&error))?;
        }
        Ok(over.len())
    }

    fn count(&self) -> Result<u64, StoreError> {
        bytes_in(&self.root).map_err(|error| failed(&error))
    }

    fn room(&self, used: u64) -> Result<Option<Room>, StoreError> {
        self.check().map_err(|error| failed(&error))?;
        let free = free_bytes(&self.root, RESERVE).unwrap_or(0);
        Ok(Some(Room { free, total: free.saturating_add(used) }))
    }
}

fn failed(error: &io::Error) -> StoreError {
    match disk_error(error) {
        StoreError::Unavailable(_) => {
            StoreError::Unavailable(format!("the folder of files_url failed: {error}").into())
        }
        other => other,
    }
}

fn missing_is_fine(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Creates the folder and its tag, or reads the tag.
fn prepare(root: &Path) -> io::Result<StoreTag> {
    DirBuilder::new().recursive(true).mode(0o700).create(root)?;
    if let Some(tag) = read_tag(root)? {
        return Ok(tag);
    }
    let tag = StoreTag::random().map_err(io::Error::other)?;
    // Written under another name first, so that a crash leaves no tag that cannot be read.
    let partial = root.join(format!("{TAG_FILE}.{tag}"));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    file.write_all(format!("{tag}\n").as_bytes()).and_then(|()| file.sync_all())?;
    // Unlike a rename, a link keeps the tag of a server that was faster.
    let linked = fs::hard_link(&partial, root.join(TAG_FILE));
    fs::remove_file(&partial)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => sync(root)?,
    }
    read_tag(root)?.ok_or_else(|| io::Error::other("it does not keep what is written to it"))
}

fn read_tag(root: &Path) -> io::Result<Option<StoreTag>> {
    match fs::read_to_string(root.join(TAG_FILE)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(text) => match StoreTag::parse(text.trim()) {
            Some(tag) => Ok(Some(tag)),
            None => Err(io::Error::other(format!("the file {TAG_FILE} in it is not this program's"))),
        },
    }
}

/// Returns the bytes that the files of all hours take on the disk.
fn bytes_in(root: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for hour in fs::read_dir(root)? {
        // An hour or a file may be removed meanwhile.
        let Ok(files) = hour.and_then(|hour| fs::read_dir(hour.path())) else { continue };
        bytes += files.filter_map(|file| file.ok()?.metadata().ok()).map(|file| file.blocks() * 512).sum::<u64>();
    }
    Ok(bytes)
}
