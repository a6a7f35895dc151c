//! Uploads the files of a share: one thread encrypts, three send.

use crate::api::Created;
use crate::exit::Failure;
use crate::files::Source;
use crate::http::CallError;
use crate::progress::Progress;
use crate::retry::patiently;
use crate::site::{Site, b64};
use crate::state::Journal;
use onetimeshare_envelope::chunked::{HEADER, SEALED_CHUNK, Salt, TAG};
use onetimeshare_envelope::keys::ContentKey;
use onetimeshare_envelope::parts::{FileSealer, Layout};
use onetimeshare_envelope::{Owner, ShareId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use zeroize::Zeroizing;

/// Parts sent at a time, as by the page.
const CONCURRENCY: usize = 3;
/// How often parts that the site lacks are sent again.
const MAX_RESENDS: usize = 3;
/// Bytes read from a file at a time.
const READ: usize = 64 * 1024;

/// A line of the journal of an upload.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Entry {
    /// The number and the fingerprint of a part, from before it was first sent.
    Part(u32, String),
    /// The sealed answer to a request, from before it was first handed in.
    Sealed(String),
}

/// A share whose record exists, and whose parts are to be sent.
pub(crate) struct Upload<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// The share.
    pub(crate) id: ShareId,
    /// Its sender's token.
    pub(crate) owner: &'a Owner,
    /// Encrypts its files.
    pub(crate) key: &'a ContentKey,
    /// The files.
    pub(crate) sources: &'a [Source],
    /// The salt of each file's message. A resumed upload uses the same.
    pub(crate) salts: &'a [[u8; 24]],
    /// The parts.
    pub(crate) layout: &'a Layout,
}

/// Fingerprints of parts that were sent, by part number. No two contents are encrypted under one nonce: a part whose
/// fingerprint differs is not sent (`docs/envelope.md`, "Messages and parts").
pub(crate) type Fingerprints = HashMap<u32, String>;

/// Returns the fingerprint of a sealed part: the digest of its header and of the tags of its chunks, which depend on
/// every byte.
fn fingerprint(part: &[u8], is_first: bool) -> String {
    let (header, chunks) = part.split_at(if is_first { HEADER.min(part.len()) } else { 0 });
    let mut digest = Sha256::new_with_prefix((part.len() as u64).to_be_bytes()).chain_update(header);
    for chunk in chunks.chunks(SEALED_CHUNK) {
        digest.update(&chunk[chunk.len().saturating_sub(TAG)..]);
    }
    b64(&digest.finalize()[..16])
}

impl Upload<'_> {
    /// Sends what the site lacks, and completes the share.
    ///
    /// # Errors
    /// [`Failure`]: of the site, of the network, or of a file that changed.
    pub(crate) fn run(
        &self,
        mut received: HashSet<u32>,
        journal: &mut Journal,
        sent: &mut Fingerprints,
    ) -> Result<Created, Failure> {
        let there = received.iter().filter_map(|part| self.layout.part_length(*part)).sum();
        let progress = Progress::of("Sending", self.layout.size(), there);
        for _ in 0..=MAX_RESENDS {
            self.send_missing(&received, journal, sent, &progress)?;
            match patiently(|| self.site.complete(&self.id, self.owner)) {
                Err(CallError::Refused(problem)) if problem.code == "missing_parts" => {
                    let missing: HashSet<u32> = problem.missing.iter().copied().collect();
                    received = (1..self.layout.parts()).filter(|part| !missing.contains(part)).collect();
                }
                done => return Ok(done?),
            }
        }
        Err(Failure::network("The site keeps losing parts."))
    }

    fn send_missing(
        &self,
        received: &HashSet<u32>,
        journal: &mut Journal,
        sent: &mut Fingerprints,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let owner = Zeroizing::new(self.owner.expose());
        let (sender, receiver) = sync_channel(1);
        let receiver = Mutex::new(receiver);
        let failed = Mutex::new(None);
        let encrypted = thread::scope(|scope| {
            for _ in 0..CONCURRENCY {
                scope.spawn(|| self.send_parts(&owner, &receiver, &failed, progress));
            }
            let result = self.encrypt(received, journal, sent, progress, &sender);
            if result.is_err() {
                progress.line.stopped.store(true, Ordering::Relaxed);
            }
            // Ends the threads.
            drop(sender);
            result
        });
        // A call that waits for its next try fails when a file stops the transfer, so the file's failure comes first.
        encrypted?;
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), |error| Err(error.into()))
    }

    /// Sends parts until there are no more, or one fails for good.
    fn send_parts(
        &self,
        owner: &str,
        parts: &Mutex<Receiver<(u32, Vec<u8>)>>,
        failed: &Mutex<Option<CallError>>,
        progress: &Progress,
    ) {
        loop {
            let next = parts.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((number, bytes)) = next else { return };
            // Takes the remaining parts without sending them, so that the encrypting thread does not wait.
            if progress.line.stopped.load(Ordering::Relaxed) {
                continue;
            }
            match progress.line.patiently(|| self.site.put_part(&self.id, owner, number, &bytes)) {
                Ok(()) => progress.add(bytes.len() as u64),
                Err(error) => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    progress.line.stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    /// Encrypts all files, and passes on the parts that the site lacks. The others are encrypted to compare them with what
    /// was sent.
    fn encrypt(
        &self,
        received: &HashSet<u32>,
        journal: &mut Journal,
        sent: &mut Fingerprints,
        progress: &Progress,
        parts: &SyncSender<(u32, Vec<u8>)>,
    ) -> Result<(), Failure> {
        for (index, (source, salt)) in self.sources.iter().zip(self.salts).enumerate() {
            let numbers = self.layout.parts_of_file(index).unwrap_or_default();
            let (first, mut numbers) = (numbers.start, numbers);
            let mut pass = |part: Vec<u8>| -> Result<ControlFlow<()>, Failure> {
                let number = numbers.next().ok_or_else(|| source.changed())?;
                let print = fingerprint(&part, number == first);
                match sent.get(&number) {
                    Some(before) if *before == print => {}
                    Some(_) => return Err(source.changed()),
                    None => {
                        journal.append(&Entry::Part(number, print.clone()))?;
                        // Lost in a power cut, it could not reveal that the file has other bytes under the same times.
                        journal.sync()?;
                        sent.insert(number, print);
                    }
                }
                let stopped = progress.line.stopped.load(Ordering::Relaxed)
                    || !received.contains(&number) && parts.send((number, part)).is_err();
                Ok(if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let file = source.open()?;
            let mut sealer = FileSealer::new(self.key, &self.id, index, Salt::from_bytes(*salt));
            let mut buffer = Zeroizing::new(vec![0; READ]);
            let mut bounded = (&file).take(source.size);
            loop {
                let length = bounded.read(&mut buffer).map_err(|error| source.unreadable(&error))?;
                if length == 0 {
                    break;
                }
                let mut bytes = &buffer[..length];
                while let Some(part) = sealer.push(&mut bytes).map_err(|_| too_large())? {
                    if pass(part)?.is_break() {
                        return Ok(());
                    }
                }
            }
            if sealer.size() != source.size {
                return Err(source.changed());
            }
            for part in sealer.finish() {
                if pass(part.map_err(|_| too_large())?)?.is_break() {
                    return Ok(());
                }
            }
            source.check(&file)?;
        }
        Ok(())
    }
}

fn too_large() -> Failure {
    Failure::refused("The files are too large for one share.")
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use onetimeshare_envelope::ShareId;
    use onetimeshare_envelope::chunked::Salt;
    use onetimeshare_envelope::keys::ContentKey;
    use onetimeshare_envelope::parts::FileSealer;

    fn parts(plain: &[u8]) -> Vec<Vec<u8>> {
        let (key, id) = (ContentKey::from_bytes([1; 32]), ShareId::from_bytes([2; 10]));
        let mut sealer = FileSealer::new(&key, &id, 0, Salt::from_bytes([3; 24]));
        let (mut rest, mut parts) = (plain, Vec::new());
        while let Some(part) = sealer.push(&mut rest).unwrap() {
            parts.push(part);
        }
        parts.extend(sealer.finish().map(Result::unwrap));
        parts
    }

    #[test]
    fn a_fingerprint_depends_on_every_byte_of_the_file() {
        let plain = vec![7; 1_200_000];
        let prints = |plain: &[u8]| {
            parts(plain).iter().enumerate().map(|(at, part)| fingerprint(part, at == 0)).collect::<Vec<_>>()
        };
        let before = prints(&plain);
        assert_eq!(before.len(), 2);
        assert_eq!(prints(&plain), before);
        for (at, part) in [(0, 0), (500_000, 0), (983_039, 0), (983_040, 1), (1_199_999, 1)] {
            let mut changed = plain.clone();
            changed[at] ^= 1;
            let after = prints(&changed);
            assert!(after[part] != before[part] && after[1 - part] == before[1 - part], "{at}");
        }
    }
}
