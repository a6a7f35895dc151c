//! Downloads the files of an opened share: three threads fetch, one decrypts and writes.

use crate::exit::Failure;
use crate::files::{Arriving, Folder};
use crate::http::CallError;
use crate::progress::Progress;
use crate::site::Site;
use crate::state::Journal;
use onetimeshare_envelope::chunked::HEADER;
use onetimeshare_envelope::keys::ContentKey;
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::parts::{FileOpener, Layout};
use onetimeshare_envelope::{Claim, ShareId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use zeroize::Zeroizing;

/// Parts fetched at a time, as by the page.
const CONCURRENCY: usize = 3;
/// Parts ahead of the one that is written.
const WINDOW: usize = 5;
/// Bytes after which a file is synced, and its progress stored.
const SYNC: u64 = 8 << 20;

/// A line of the journal of a download.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Entry {
    /// The folder that receives the files; unfinished files in another one are given up.
    Folder(PathBuf),
    /// The first bytes of a file's message, in base64url. They start its decryption.
    Start(usize, String),
    /// Parts of a file that are on the disk, and the bytes of the file in them.
    Parts(usize, u32, u64),
    /// A complete file and its path.
    Saved(usize, PathBuf),
    /// The unfinished file is given up.
    Discarded(usize),
}

/// What earlier runs have stored.
#[derive(Default)]
pub(crate) struct Done {
    /// Paths of complete files.
    pub(crate) saved: HashMap<usize, PathBuf>,
    /// First bytes, parts and bytes of unfinished files.
    unfinished: HashMap<usize, (String, u32, u64)>,
}

impl Done {
    /// Replays the lines of a journal. Returns also the folder of unfinished files.
    pub(crate) fn of(entries: Vec<Entry>) -> (Self, Option<PathBuf>) {
        let (mut done, mut folder) = (Self::default(), None);
        for entry in entries {
            match entry {
                Entry::Folder(path) => {
                    folder = Some(path);
                    done.unfinished.clear();
                }
                Entry::Start(file, header) => drop(done.unfinished.insert(file, (header, 0, 0))),
                Entry::Parts(file, parts, bytes) => {
                    if let Some(state) = done.unfinished.get_mut(&file) {
                        (state.1, state.2) = (parts, bytes);
                    }
                }
                Entry::Saved(file, path) => {
                    done.unfinished.remove(&file);
                    done.saved.insert(file, path);
                }
                Entry::Discarded(file) => drop(done.unfinished.remove(&file)),
            }
        }
        (done, folder)
    }

    /// Forgets unfinished files.
    pub(crate) fn start_over(&mut self) {
        self.unfinished.clear();
    }
}

/// An opened share with files.
pub(crate) struct Download<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// The share.
    pub(crate) id: ShareId,
    /// The claim that opened it.
    pub(crate) claim: &'a Claim,
    /// Decrypts its files.
    pub(crate) key: &'a ContentKey,
    /// The files.
    pub(crate) manifest: &'a Manifest,
    /// The parts.
    pub(crate) layout: &'a Layout,
    /// Receives the files.
    pub(crate) folder: &'a Folder,
    /// Distinguishes the hidden names of this download.
    pub(crate) nonce: &'a str,
}

/// Parts on their way from the fetching threads to the writing one, by their position in the queue.
#[derive(Default)]
struct Window {
    /// The next to fetch.
    next: usize,
    /// How many were taken out.
    taken: usize,
    ready: BTreeMap<usize, Vec<u8>>,
    failed: Option<CallError>,
    ended: bool,
}

struct Pipe {
    /// Numbers of the parts to fetch, in order.
    queue: Vec<u32>,
    window: Mutex<Window>,
    changed: Condvar,
}

impl Pipe {
    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next position to fetch, once it is in the window; `None` at the end.
    fn next(&self) -> Option<usize> {
        let full = |window: &mut Window| {
            !window.ended && window.next < self.queue.len() && window.next >= window.taken + WINDOW
        };
        let mut window = self.changed.wait_while(self.window(), full).unwrap_or_else(PoisonError::into_inner);
        if window.ended || window.next >= self.queue.len() {
            return None;
        }
        window.next += 1;
        Some(window.next - 1)
    }

    fn put(&self, at: usize, fetched: Result<Vec<u8>, CallError>) {
        let mut window = self.window();
        match fetched {
            Ok(bytes) => drop(window.ready.insert(at, bytes)),
            Err(error) => {
                window.failed.get_or_insert(error);
                window.ended = true;
            }
        }
        self.changed.notify_all();
    }

    /// Takes the next part out, in order.
    fn take(&self) -> Result<Vec<u8>, Failure> {
        let missing = |window: &mut Window| window.failed.is_none() && !window.ready.contains_key(&window.taken);
        let mut window = self.changed.wait_while(self.window(), missing).unwrap_or_else(PoisonError::into_inner);
        let at = window.taken;
        if let Some(bytes) = window.ready.remove(&at) {
            window.taken += 1;
            self.changed.notify_all();
            return Ok(bytes);
        }
        Err(window.failed.take().map_or_else(|| Failure::network("The transfer was interrupted."), Failure::from))
    }

    fn end(&self) {
        self.window().ended = true;
        self.changed.notify_all();
    }
}

impl Download<'_> {
    /// Returns the hidden name of an unfinished file.
    pub(crate) fn hidden(nonce: &str, file: usize) -> String {
        format!(".ots-{nonce}-{file}.part")
    }

    /// Fetches, decrypts and saves the files that are not saved yet. Returns the paths of all, in the manifest's order.
    ///
    /// # Errors
    /// [`Failure`]. After any but altered content, another call goes on where this one stopped.
    pub(crate) fn run(&self, mut done: Done, journal: &mut Journal) -> Result<Vec<PathBuf>, Failure> {
        let mut paths = Vec::with_capacity(self.manifest.files.len());
        let mut queue = Vec::new();
        let mut files = Vec::new();
        for (file, entry) in self.manifest.files.iter().enumerate() {
            // A file that was removed since is fetched again, before the site deletes its copy.
            if done.saved.get(&file).is_some_and(|path| path.is_file()) {
                continue;
            }
            let parts = self.layout.parts_of_file(file).unwrap_or_default();
            let resumed = done.unfinished.remove(&file).and_then(|state| self.resume(file, entry.size, &state));
            let skipped = resumed.as_ref().map_or(0, |(_, _, skipped)| *skipped);
            queue.extend(parts.start + skipped..parts.end);
            files.push((file, resumed));
        }
        let length = |part: &u32| self.layout.part_length(*part).unwrap_or_default();
        let left: u64 = queue.iter().map(length).sum();
        let progress = Progress::of("Receiving", self.layout.size(), self.layout.size().saturating_sub(left));
        let pipe = Pipe { queue, window: Mutex::default(), changed: Condvar::new() };
        let claim = Zeroizing::new(self.claim.expose());
        thread::scope(|scope| {
            for _ in 0..CONCURRENCY {
                scope.spawn(|| self.fetch(&pipe, &claim, &progress));
            }
            let written = files.into_iter().try_for_each(|(file, resumed)| {
                done.saved.insert(file, self.save(file, resumed, &pipe, journal, &progress)?);
                Ok::<(), Failure>(())
            });
            progress.line.stopped.store(true, Ordering::Relaxed);
            pipe.end();
            written
        })?;
        for file in 0..self.manifest.files.len() {
            paths.extend(done.saved.remove(&file));
        }
        Ok(paths)
    }

    fn fetch(&self, pipe: &Pipe, claim: &str, progress: &Progress) {
        while let Some(at) = pipe.next() {
            let fetched = progress.line.patiently(|| self.site.part(&self.id, claim, pipe.queue[at]));
            if let Ok(bytes) = &fetched {
                progress.add(bytes.len() as u64);
            }
            pipe.put(at, fetched);
        }
    }

    /// Opens an unfinished file. Returns its decryption and how many parts are on the disk.
    fn resume(&self, file: usize, size: u64, state: &(String, u32, u64)) -> Option<(Arriving, FileOpener, u32)> {
        use base64::Engine as _;
        let (start, parts, bytes) = state;
        let header = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(start).ok()?;
        let header: [u8; HEADER] = header.try_into().ok()?;
        let opener = FileOpener::resume(self.key, &self.id, file, size, &header, *parts).ok()?;
        let arriving = Arriving::resume(self.folder, &Self::hidden(self.nonce, file), *bytes)?;
        Some((arriving, opener, *parts))
    }

    /// Decrypts one file from the pipe and saves it.
    fn save(
        &self,
        file: usize,
        resumed: Option<(Arriving, FileOpener, u32)>,
        pipe: &Pipe,
        journal: &mut Journal,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let hidden = Self::hidden(self.nonce, file);
        let result = self.decrypt(file, resumed, pipe, journal);
        if let Err(failure) = &result {
            progress.line.stopped.store(true, Ordering::Relaxed);
            if failure.kind == crate::exit::Kind::Altered {
                self.folder.discard(&hidden);
                journal.append(&Entry::Discarded(file))?;
            }
        }
        result
    }

    fn decrypt(
        &self,
        file: usize,
        resumed: Option<(Arriving, FileOpener, u32)>,
        pipe: &Pipe,
        journal: &mut Journal,
    ) -> Result<PathBuf, Failure> {
        let entry = self.manifest.files.get(file).ok_or(onetimeshare_envelope::Altered)?;
        let total = self.layout.parts_of_file(file).map_or(0, |parts| parts.end - parts.start);
        let (mut arriving, mut opener, skipped) = match resumed {
            Some(state) => state,
            None => {
                let opener = FileOpener::new(self.key, &self.id, file, entry.size)?;
                (Arriving::create(self.folder, &Self::hidden(self.nonce, file))?, opener, 0)
            }
        };
        let full = onetimeshare_envelope::parts::PART_CHUNKS * onetimeshare_envelope::chunked::CHUNK as u64;
        let (mut bytes, mut unsynced) = ((u64::from(skipped) * full).min(entry.size), 0);
        for part in skipped..total {
            let sealed = pipe.take()?;
            if part == 0 {
                let start = sealed.get(..HEADER).ok_or(onetimeshare_envelope::Altered)?;
                journal.append(&Entry::Start(file, crate::site::b64(start)))?;
            }
            let plain = Zeroizing::new(opener.open(sealed)?);
            arriving.write(&plain)?;
            bytes += plain.len() as u64;
            unsynced += plain.len() as u64;
            if unsynced >= SYNC {
                arriving.sync()?;
                journal.append(&Entry::Parts(file, part + 1, bytes))?;
                unsynced = 0;
            }
        }
        opener.finish()?;
        let path = arriving.keep(&entry.name)?;
        journal.append(&Entry::Saved(file, path.clone()))?;
        Ok(path)
    }
}
