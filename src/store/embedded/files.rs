//! The folder of part files. File names are random. A long part has its own file; small parts that arrive together
//! share one. A part that is removed from a shared file becomes a hole in it.

use super::rows::{FileName, Garbage, PartRow};
use rustix::fs::{FallocateFlags, fallocate};
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Creates a folder with mode 0700, or restricts the mode of an existing one.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0
        && let Err(error) = fs::set_permissions(path, Permissions::from_mode(0o700))
    {
        // A mounted volume may belong to another user.
        tracing::warn!("data_dir is accessible to other users and its mode could not be changed: {error}");
    }
    Ok(())
}

/// Opens or creates the file at `path` with mode 0600.
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

/// A folder of part files.
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        Ok(Self { folder })
    }

    fn path(&self, name: &FileName) -> PathBuf {
        let mut text = String::with_capacity(32);
        for byte in name {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        self.folder.join(text)
    }

    /// Writes `parts` in sequence to a new file and syncs it. Its directory entry is durable after
    /// [`Self::sync_folder`].
    pub(super) fn write<'a>(&self, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<FileName> {
        let mut name = FileName::default();
        getrandom::fill(&mut name).map_err(|_| io::Error::other("no random numbers"))?;
        let path = self.path(&name);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let written = write_all(&mut file, parts).and_then(|()| file.sync_all());
        if let Err(error) = written {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        Ok(name)
    }

    /// Syncs the directory entries of all files written so far.
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    /// Opens the file of a part. Returns `None` when it has been removed.
    pub(super) fn open_part(&self, part: &PartRow) -> io::Result<Option<File>> {
        match File::open(self.path(&part.name)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes files and parts of files. Failed removals are repeated at the next start.
    pub(super) fn remove(&self, garbage: impl IntoIterator<Item = Garbage>) {
        for garbage in garbage {
            match garbage {
                Garbage::File(name) => drop(fs::remove_file(self.path(&name))),
                Garbage::Part(part) => self.clear(&part.name, &[(part.offset, part.length)]),
            }
        }
    }

    /// Punches holes for parts, given by offset and length, or overwrites them with zeros where the file system supports
    /// no holes. Failures are repeated at the next start.
    pub(super) fn clear(&self, name: &FileName, parts: &[(u32, u32)]) {
        if parts.is_empty() {
            return;
        }
        let Ok(file) = OpenOptions::new().write(true).open(self.path(name)) else { return };
        for (offset, length) in parts {
            let (from, count) = (u64::from(*offset), u64::from(*length));
            if fallocate(&file, FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE, from, count).is_err() {
                let _ = file.write_all_at(&vec![0; *length as usize], from);
            }
        }
    }

    /// Returns the bytes that all files take on the disk.
    pub(super) fn size(&self) -> u64 {
        size_of_files(&self.folder)
    }

    /// Removes every file for which `is_live` returns false. Returns their number.
    pub(super) fn sweep<E: From<io::Error>>(&self, is_live: impl Fn(&FileName) -> Result<bool, E>) -> Result<usize, E> {
        let mut removed = 0;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if let Some(name) = name.to_str().and_then(parse_name)
                && is_live(&name)?
            {
                continue;
            }
            if entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

/// Returns the bytes that the files in `folder` take on the disk.
pub(super) fn size_of_files(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    // A file may be removed meanwhile.
    entries.filter_map(|entry| entry.ok()?.metadata().ok()).map(|file| file.blocks() * 512).sum()
}

fn parse_name(text: &str) -> Option<FileName> {
    let mut name = FileName::default();
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in name.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(name)
}

fn write_all<'a>(file: &mut File, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(64 * 1024, file);
    for part in parts {
        writer.write_all(part)?;
    }
    writer.flush()
}

/// Reads a part from its open file.
pub(super) fn read_part(file: &File, part: &PartRow) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; part.length as usize];
    file.read_exact_at(&mut bytes, u64::from(part.offset))?;
    Ok(bytes)
}
