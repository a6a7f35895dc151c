//! Parts (`docs/envelope.md`, "Messages and parts"): splits sealed messages for transfer and storage.
//!
//! Part 0 is the manifest message. The file messages follow in order, each split after every 60 chunks. Each file
//! starts a new part.

use crate::ShareId;
use crate::chunked::{self, CHUNK, HEADER, Opener, SEALED_CHUNK, Salt, Sealer};
use crate::keys::ContentKey;
use crate::padding::{MAX_SIZE, is_zero, padded};
use crate::{Altered, EncryptError};
use std::ops::Range;
use zeroize::{Zeroize as _, Zeroizing};

/// Chunks of every part of a file message but its last.
///
/// No request of a page may exceed 1,000,000 bytes, because common proxies refuse bodies over 1 MiB by default.
pub const PART_CHUNKS: u64 = 60;
/// Bytes of a part of 60 sealed chunks. A message's first part also holds its header of [`HEADER`] bytes.
pub const PART: usize = 60 * SEALED_CHUNK;
/// Bytes of the largest possible part.
pub const LARGEST_PART: usize = PART + HEADER;
/// Maximum number of files of one share.
pub const MAX_FILES: usize = 1000;
/// Maximum number of parts of one share.
pub const MAX_PARTS: u32 = 65_536;

/// Returns the stored bytes of a file of `size` bytes: header, padding and tags included.
pub const fn stored_size(size: u64) -> u64 {
    chunked::sealed_size(padded(size))
}

/// Returns the largest file size whose sealed message fits into `stored` bytes, or `None` when no file fits.
pub fn largest_fitting(stored: u64) -> Option<u64> {
    if stored < stored_size(0) {
        return None;
    }
    // Stored sizes grow monotonically, so a binary search finds the limit.
    let (mut fits, mut over) = (0, stored.min(MAX_SIZE + 1));
    while over - fits > 1 {
        let middle = fits + (over - fits) / 2;
        if stored_size(middle) <= stored { fits = middle } else { over = middle }
    }
    Some(fits)
}

/// Parts of one file message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileParts {
    first: u32,
    count: u32,
    stored: u64,
}

impl FileParts {
    fn of(size: u64, first: u32) -> Result<Self, Altered> {
        if size > MAX_SIZE {
            return Err(Altered);
        }
        let chunks = padded(size) / CHUNK as u64 + 1;
        let count = u32::try_from(chunks.div_ceil(PART_CHUNKS)).map_err(|_| Altered)?;
        Ok(Self { first, count, stored: stored_size(size) })
    }

    fn range(self) -> Range<u32> {
        self.first..self.first + self.count
    }

    /// Returns the bytes of the message's part `piece`, counted from 0.
    fn length(self, piece: u32) -> u64 {
        let start = |piece: u32| if piece == 0 { 0 } else { (HEADER + PART * piece as usize) as u64 };
        let end = if piece + 1 == self.count { self.stored } else { start(piece + 1) };
        end - start(piece)
    }
}

/// Parts of a share and their lengths, determined by the manifest alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    files: Vec<FileParts>,
    parts: u32,
    size: u64,
}

impl Layout {
    /// Returns the layout of a share whose files have these `sizes`, in bytes and in the manifest's order.
    ///
    /// # Errors
    /// [`Altered`] over 1,000 files or 65,536 parts, which no conforming sender produces.
    pub fn of(sizes: impl ExactSizeIterator<Item = u64>) -> Result<Self, Altered> {
        if sizes.len() > MAX_FILES {
            return Err(Altered);
        }
        let mut layout = Self { files: Vec::with_capacity(sizes.len()), parts: 1, size: 0 };
        for size in sizes {
            let parts = FileParts::of(size, layout.parts)?;
            layout.parts = layout.parts.checked_add(parts.count).filter(|parts| *parts <= MAX_PARTS).ok_or(Altered)?;
            layout.size += parts.stored;
            layout.files.push(parts);
        }
        Ok(layout)
    }

    /// Returns the number of parts, part 0 included.
    pub fn parts(&self) -> u32 {
        self.parts
    }

    /// Returns the total bytes of parts 1 and up: `size` in the HTTP API.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the part numbers of file `index` (from 0).
    pub fn parts_of_file(&self, index: usize) -> Option<Range<u32>> {
        self.files.get(index).map(|file| file.range())
    }

    /// Returns the bytes of part `number`. `None` for part 0, whose length the manifest does not fix, and past the end.
    pub fn part_length(&self, number: u32) -> Option<u64> {
        let at = self.files.partition_point(|file| file.first <= number).checked_sub(1)?;
        let file = self.files.get(at).filter(|file| file.range().contains(&number))?;
        Some(file.length(number - file.first))
    }

    /// Checks the server's part count and size against the manifest.
    ///
    /// # Errors
    /// [`Altered`] when the number of parts or the bytes of parts 1 and up differ.
    pub fn agrees(&self, parts: u32, size: u64) -> Result<(), Altered> {
        if self.parts == parts && self.size == size { Ok(()) } else { Err(Altered) }
    }
}

fn context(id: &ShareId, index: usize) -> String {
    format!("onetimeshare/v1/file/{id}/{index}")
}

/// Streaming encryption of one file: takes plaintext in slices of any length and returns whole parts. The size need
/// not be known in advance.
///
/// ```
/// # use onetimeshare_envelope::{EncryptError, ShareId, chunked::Salt, keys::ContentKey, parts::FileSealer};
/// # fn seal(key: &ContentKey, id: &ShareId, salt: Salt, read: [&[u8]; 2]) -> Result<Vec<Vec<u8>>, EncryptError> {
/// let mut parts = Vec::new();
/// let mut sealer = FileSealer::new(key, id, 0, salt);
/// for mut bytes in read {
///     while let Some(part) = sealer.push(&mut bytes)? {
///         parts.push(part);
///     }
/// }
/// for part in sealer.finish() {
///     parts.push(part?);
/// }
/// # Ok(parts)
/// # }
/// ```
pub struct FileSealer {
    sealer: Sealer,
    /// The part being filled: sealed chunks, then the plaintext of the open chunk.
    part: Zeroizing<Vec<u8>>,
    /// Offset of the open chunk in `part`.
    open: usize,
    /// Chunks sealed into `part`.
    chunks: u64,
    size: u64,
}

impl FileSealer {
    /// Starts encrypting file `index` (from 0) of the share `id`.
    pub fn new(key: &ContentKey, id: &ShareId, index: usize, salt: Salt) -> Self {
        let (sealer, header) = Sealer::new(key, salt, context(id, index).as_bytes());
        let mut part = Zeroizing::new(Vec::with_capacity(LARGEST_PART));
        part.extend_from_slice(&header);
        Self { sealer, part, open: HEADER, chunks: 0, size: 0 }
    }

    /// Returns the plaintext bytes pushed so far: after the last push, the file's size.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Consumes `bytes` from the front until it is empty (`None`) or a part is full. Call again while it returns parts.
    ///
    /// # Errors
    /// [`EncryptError::TooLarge`] after 2³⁸ chunks.
    pub fn push(&mut self, bytes: &mut &[u8]) -> Result<Option<Vec<u8>>, EncryptError> {
        while !bytes.is_empty() {
            let room = CHUNK - (self.part.len() - self.open);
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.part.extend_from_slice(now);
            *bytes = later;
            self.size += now.len() as u64;
            if let Some(part) = self.seal_full()? {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// Ends the file. The returned iterator yields the remaining parts, with the padding and the last chunk.
    #[must_use = "the file is incomplete without its last parts"]
    pub fn finish(self) -> Rest {
        let zeros = padded(self.size) - self.size;
        Rest { sealer: Some(self), zeros }
    }

    /// Encrypts the open chunk if it is full, and returns the part if that completes it.
    fn seal_full(&mut self) -> Result<Option<Vec<u8>>, EncryptError> {
        let Some(chunk) = self.part[self.open..].first_chunk_mut::<CHUNK>() else { return Ok(None) };
        let tag = self.sealer.chunk(chunk)?;
        self.part.extend_from_slice(&tag);
        self.open = self.part.len();
        self.chunks += 1;
        if self.chunks < PART_CHUNKS {
            return Ok(None);
        }
        self.open = 0;
        self.chunks = 0;
        Ok(Some(std::mem::replace(&mut *self.part, Vec::with_capacity(PART))))
    }

    /// Encrypts the remaining bytes as the last chunk and returns the last part.
    fn last(self) -> Result<Vec<u8>, EncryptError> {
        let Self { sealer, mut part, open, .. } = self;
        let tag = sealer.last(&mut part[open..])?;
        part.extend_from_slice(&tag);
        Ok(std::mem::take(&mut *part))
    }
}

/// Iterator over the last parts of a file. The padding may exceed one part.
pub struct Rest {
    sealer: Option<FileSealer>,
    zeros: u64,
}

impl Iterator for Rest {
    type Item = Result<Vec<u8>, EncryptError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut sealer = self.sealer.take()?;
        while self.zeros > 0 {
            let room = CHUNK - (sealer.part.len() - sealer.open);
            let now = usize::try_from(self.zeros).map_or(room, |zeros| zeros.min(room));
            let filled = sealer.part.len() + now;
            sealer.part.resize(filled, 0);
            self.zeros -= now as u64;
            match sealer.seal_full() {
                Ok(None) => {}
                Ok(Some(part)) => {
                    self.sealer = Some(sealer);
                    return Some(Ok(part));
                }
                Err(error) => return Some(Err(error)),
            }
        }
        Some(sealer.last())
    }
}

/// Streaming decryption of one file: takes whole parts in order and returns plaintext without the padding.
///
/// Bytes may be forwarded as they arrive, but the file is complete only when [`FileOpener::finish`] succeeds. Until
/// then the file must not be reported as saved; after a failure nothing may be kept.
pub struct FileOpener {
    key: ContentKey,
    context: String,
    layout: FileParts,
    size: u64,
    opener: Option<Opener>,
    /// Index of the next expected part of this file.
    next: u32,
    /// Plaintext bytes decrypted so far, padding included.
    seen: u64,
}

impl FileOpener {
    /// Starts decrypting file `index` (from 0) of the share `id`, with its `size` in bytes from the manifest.
    ///
    /// # Errors
    /// [`Altered`] when the size exceeds the format's limit.
    pub fn new(key: &ContentKey, id: &ShareId, index: usize, size: u64) -> Result<Self, Altered> {
        let layout = FileParts::of(size, 0)?;
        Ok(Self { key: key.clone(), context: context(id, index), layout, size, opener: None, next: 0, seen: 0 })
    }

    /// Continues decrypting file `index` (from 0) of the share `id` after its first `parts` parts, which another opener of
    /// this file has decrypted. `header` is the start of its first part.
    ///
    /// # Errors
    /// [`Altered`] when the header is not that of this file, or no part is left.
    pub fn resume(
        key: &ContentKey,
        id: &ShareId,
        index: usize,
        size: u64,
        header: &[u8; HEADER],
        parts: u32,
    ) -> Result<Self, Altered> {
        let mut resumed = Self::new(key, id, index, size)?;
        if parts >= resumed.layout.count {
            return Err(Altered);
        }
        if parts > 0 {
            let chunks = u64::from(parts) * PART_CHUNKS;
            resumed.opener = Some(Opener::new(key, header, resumed.context.as_bytes())?.after(chunks));
            resumed.next = parts;
            resumed.seen = chunks * CHUNK as u64;
        }
        Ok(resumed)
    }

    /// Decrypts the next part in place and returns the file's bytes in it, possibly none when the part is all padding.
    ///
    /// # Errors
    /// [`Altered`] when the part is not the authentic next part of this file. Every later call fails too.
    pub fn open(&mut self, mut part: Vec<u8>) -> Result<Vec<u8>, Altered> {
        match self.open_in_place(&mut part) {
            Ok(length) => {
                part.truncate(length);
                Ok(part)
            }
            Err(altered) => {
                part.zeroize();
                self.opener = None;
                self.next = u32::MAX;
                Err(altered)
            }
        }
    }

    fn open_in_place(&mut self, part: &mut [u8]) -> Result<usize, Altered> {
        if self.next >= self.layout.count || part.len() as u64 != self.layout.length(self.next) {
            return Err(Altered);
        }
        let (opener, from) = if let Some(opener) = self.opener.take() {
            (opener, 0)
        } else {
            let header = part.first_chunk::<HEADER>().ok_or(Altered)?;
            (Opener::new(&self.key, header, self.context.as_bytes())?, HEADER)
        };
        self.next += 1;
        let (opener, plain) = opener.joined(&mut part[from..], self.next == self.layout.count)?;
        self.opener = opener;
        part.copy_within(from..from + plain, 0);
        let left = self.size.saturating_sub(self.seen);
        self.seen += plain as u64;
        let length = usize::try_from(left).map_or(plain, |left| left.min(plain));
        if is_zero(&part[length..plain]) { Ok(length) } else { Err(Altered) }
    }

    /// Checks that the whole file was decrypted.
    ///
    /// # Errors
    /// [`Altered`] when parts are missing or one failed.
    pub fn finish(self) -> Result<(), Altered> {
        if self.next == self.layout.count { Ok(()) } else { Err(Altered) }
    }
}

#[cfg(test)]
mod tests {
    use crate::chunked::{HEADER, Salt};
    use crate::keys::ContentKey;
    use crate::parts::{FileOpener, FileParts, FileSealer, Layout, MAX_PARTS, PART, largest_fitting, stored_size};
    use crate::{Altered, ShareId};
    use proptest::prelude::*;

    fn layout(sizes: &[u64]) -> Result<Layout, Altered> {
        Layout::of(sizes.iter().copied())
    }

    #[test]
    fn layout_matches_the_file_sizes() {
        let layout = layout(&[1_300_000, 0, 983_040]).unwrap();
        let lengths: Vec<_> = (0..7).map(|number| layout.part_length(number)).collect();
        let expected = [None, Some(984_056), Some(328_016), Some(328), Some(984_056), Some(16), None];
        assert_eq!(lengths, expected);
        assert_eq!((layout.parts(), layout.size()), (6, expected.iter().flatten().sum()));
        assert_eq!(layout.parts_of_file(0), Some(1..3));
        assert_eq!(layout.parts_of_file(2), Some(4..6));
        assert_eq!(layout.parts_of_file(3), None);
        assert!(layout.agrees(6, layout.size()).is_ok());
        assert!(layout.agrees(7, layout.size()).is_err() && layout.agrees(6, layout.size() - 1).is_err());
        let words = Layout::of([].into_iter()).unwrap();
        assert_eq!((words.parts(), words.size(), words.part_length(0)), (1, 0, None));
    }

    #[test]
    fn layouts_over_the_limits_are_rejected() {
        let most = (u64::from(MAX_PARTS) - 1) * 60 * 16_384 - 1;
        assert!(layout(&[0; 1000]).is_ok());
        assert!(layout(&[0; 1001]).is_err());
        assert!(layout(&[most / 2]).is_ok());
        for size in [most + 1, (1 << 53) - 1, 1 << 53, u64::MAX] {
            assert!(layout(&[size]).is_err(), "{size}");
        }
    }

    #[test]
    fn largest_fitting_is_exact_at_the_boundaries() {
        assert_eq!(largest_fitting(327), None);
        assert_eq!(largest_fitting(328), Some(256));
        assert_eq!(largest_fitting(583), Some(256));
        assert_eq!(largest_fitting(584), Some(512));
        assert!(largest_fitting(u64::MAX).is_some());
    }

    #[test]
    fn a_file_is_resumed_after_any_part_and_only_with_its_own_header() {
        let (key, id) = (ContentKey::from_bytes([1; 32]), ShareId::from_bytes([2; 10]));
        let plain: Vec<u8> = (0..2_500_000_u32).map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[2]).collect();
        let mut sealer = FileSealer::new(&key, &id, 0, Salt::from_bytes([3; 24]));
        let (mut rest, mut parts) = (&plain[..], Vec::new());
        while let Some(part) = sealer.push(&mut rest).unwrap() {
            parts.push(part);
        }
        parts.extend(sealer.finish().map(Result::unwrap));
        let header = *parts[0].first_chunk::<HEADER>().unwrap();
        let size = plain.len() as u64;
        for skipped in 0..parts.len() {
            let number = u32::try_from(skipped).unwrap();
            let mut opener = FileOpener::resume(&key, &id, 0, size, &header, number).unwrap();
            let mut opened = Vec::new();
            for part in &parts[skipped..] {
                opened.extend(opener.open(part.clone()).unwrap());
            }
            opener.finish().unwrap();
            assert!(opened == plain[(skipped * 983_040).min(plain.len())..], "{skipped}");
        }
        let count = u32::try_from(parts.len()).unwrap();
        assert!(FileOpener::resume(&key, &id, 0, size, &header, count).is_err());
        assert!(FileOpener::resume(&key, &id, 1, size, &header, 1).is_err());
        let mut late = FileOpener::resume(&key, &id, 0, size, &header, 2).unwrap();
        assert!(late.open(parts[1].clone()).is_err(), "another part than the next");
    }

    proptest! {
        #[test]
        fn largest_fitting_is_maximal(stored in 328_u64..1 << 45) {
            let largest = largest_fitting(stored).unwrap();
            prop_assert!(stored_size(largest) <= stored && stored_size(largest + 1) > stored);
        }

        #[test]
        fn part_lengths_add_up_to_the_stored_size(size in 0_u64..1 << 34) {
            let parts = FileParts::of(size, 1).unwrap();
            let lengths: Vec<_> = (0..parts.count).map(|piece| parts.length(piece)).collect();
            prop_assert_eq!(lengths.iter().sum::<u64>(), stored_size(size));
            prop_assert!(lengths.iter().all(|length| *length >= 16 && *length <= PART as u64 + 56));
        }
    }
}
