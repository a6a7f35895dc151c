//! Streaming parser of `multipart/form-data` (RFC 7578): decodes each part while it arrives, in bounded memory.

mod transfer_encoding;

use super::body::{MemoryPermit, Pace};
use super::errors::Code;
use super::header_params::HeaderParams;
use super::limits::Permit;
use super::request_notes::is_identity;
use memchr::memmem::{self, Finder};
use rocket::data::DataStream;
use std::ops::Range;
use transfer_encoding::Decoder;
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes read at a time.
const READ_SIZE: usize = 64 * 1024;

/// Byte limit of the head of a part: its delimiter and headers. Also of the bytes before the first part.
const HEAD: usize = 16 * 1024;

/// Longest boundary. RFC 2046 allows 70 characters.
const BOUNDARY: usize = 256;

/// Longest media type that is kept.
const MEDIA_TYPE: usize = 255;

/// Most memory for a form that is parsed while it arrives, in bytes: a part in clear and encrypted, and the texts.
const UPLOAD_MEMORY: usize = 4 * 1024 * 1024;

/// The body of a form that has not arrived completely.
pub(crate) struct Arriving<'s, 'd> {
    stream: &'s mut DataStream<'d>,
    pace: Pace,
    permit: &'s Permit,
    memory: MemoryPermit,
    arrived: usize,
}

impl<'s, 'd> Arriving<'s, 'd> {
    /// Charges `permit` for the bytes of `stream` as they arrive, and reserves `memory` for them. The caller keeps the
    /// stream and drains the rest of a rejected form.
    pub(crate) fn new(stream: &'s mut DataStream<'d>, permit: &'s Permit, memory: MemoryPermit) -> Self {
        Self { stream, pace: Pace::default(), permit, memory, arrived: 0 }
    }

    async fn read(&mut self, buffer: &mut Vec<u8>) -> Result<usize, Code> {
        let came = self.pace.read(self.stream, buffer).await.map_err(|_| Code::Malformed)?;
        if came > 0 {
            self.permit.pay(came)?;
        }
        self.arrived += came;
        // What arrives is in memory twice: in clear and encrypted.
        self.memory.grow_to((self.arrived * 2).min(UPLOAD_MEMORY))?;
        Ok(came)
    }
}

/// The head of a part.
pub(crate) struct Head {
    /// Name of the field.
    pub(crate) name: String,
    /// Name of the file, when the part is one.
    pub(crate) file_name: Option<String>,
    /// The declared media type, empty when there is none.
    pub(crate) media_type: String,
    /// The label of the declared charset.
    pub(crate) charset: Option<Vec<u8>>,
}

/// A multipart form.
pub(crate) struct Multipart<'s, 'd> {
    /// The rest of the body, unless the buffer holds all of it.
    rest: Option<Arriving<'s, 'd>>,
    buffer: Zeroizing<Vec<u8>>,
    /// Bytes at the start of the buffer that were used.
    used: usize,
    /// Finds the delimiter: a line break, two hyphens and the boundary.
    delimiter: Finder<'static>,
    place: Place,
    decoder: Decoder,
    decoded: Zeroizing<Vec<u8>>,
    /// Parts that the form may still have.
    left: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a delimiter: at the start of the form, or in the content of a part.
    Content,
    /// At a delimiter.
    Delimiter,
    End,
}

impl<'s, 'd> Multipart<'s, 'd> {
    /// Parses a form of up to `parts` parts while it arrives.
    ///
    /// # Errors
    /// `malformed` for an invalid boundary.
    pub(crate) fn arriving(body: Arriving<'s, 'd>, boundary: &[u8], parts: usize) -> Result<Self, Code> {
        let mut buffer = Vec::with_capacity(READ_SIZE + HEAD);
        buffer.extend_from_slice(b"\r\n");
        Self::new(Some(body), buffer, boundary, parts)
    }

    /// Parses a complete form of up to `parts` parts.
    ///
    /// # Errors
    /// `malformed` for an invalid boundary.
    pub(crate) fn whole(bytes: &[u8], boundary: &[u8], parts: usize) -> Result<Self, Code> {
        let mut buffer = Vec::with_capacity(bytes.len() + 2);
        buffer.extend_from_slice(b"\r\n");
        buffer.extend_from_slice(bytes);
        Self::new(None, buffer, boundary, parts)
    }

    /// The buffer begins with a line break, so that the delimiter at the start of a form is like the others.
    fn new(rest: Option<Arriving<'s, 'd>>, buffer: Vec<u8>, boundary: &[u8], parts: usize) -> Result<Self, Code> {
        if boundary.is_empty() || boundary.len() > BOUNDARY {
            return Err(Code::Malformed);
        }
        let delimiter = Finder::new(&[b"\r\n--", boundary].concat()).into_owned();
        let (buffer, decoded) = (Zeroizing::new(buffer), Zeroizing::default());
        let decoder = Decoder::Identity;
        Ok(Self { rest, buffer, used: 0, delimiter, place: Place::Content, decoder, decoded, left: parts })
    }

    /// Returns the head of the next part, or `None` at the end of the form. Skips the rest of the current part.
    ///
    /// # Errors
    /// `malformed` when the form is cut off or a head is too long, `too_large` when it has too many parts, `wrong_type`
    /// for a compressed part and an unknown encoding.
    pub(crate) async fn next_part(&mut self) -> Result<Option<Head>, Code> {
        if self.place == Place::End {
            return Ok(None);
        }
        if self.place == Place::Content {
            self.find_delimiter().await?;
        }
        self.used += self.delimiter.needle().len();
        let end = self.until(b"\r\n\r\n").await?;
        let Some(end) = end else {
            self.place = Place::End;
            return Ok(None);
        };
        self.left = self.left.checked_sub(1).ok_or(Code::TooLarge)?;
        let (head, encoding) = parse_head(&self.buffer[self.used..self.used + end])?;
        self.used += end + 4;
        self.place = Place::Content;
        self.decoder = Decoder::of(encoding.as_deref())?;
        Ok(Some(head))
    }

    /// Skips the rest of the current part. The bytes before the first part are skipped alike, but only a few.
    async fn find_delimiter(&mut self) -> Result<(), Code> {
        let mut skipped = 0;
        while let Some(bytes) = self.raw_chunk().await? {
            skipped += bytes.len();
            if skipped > HEAD {
                return Err(Code::Malformed);
            }
        }
        Ok(())
    }

    /// Returns the length of the head of a part that `end` follows, or `None` after the last part.
    async fn until(&mut self, end: &[u8]) -> Result<Option<usize>, Code> {
        loop {
            let ahead = &self.buffer[self.used..];
            if ahead.starts_with(b"--") {
                return Ok(None);
            }
            match memmem::find(ahead, end) {
                Some(length) if length <= HEAD => return Ok(Some(length)),
                None if ahead.len() <= HEAD && self.fill().await? > 0 => {}
                _ => return Err(Code::Malformed),
            }
        }
    }

    /// Returns the next decoded bytes of the current part, or `None` at its end.
    ///
    /// # Errors
    /// `malformed` when the form is cut off or the content is not in the declared encoding.
    pub(crate) async fn chunk(&mut self) -> Result<Option<&[u8]>, Code> {
        if matches!(self.decoder, Decoder::Identity) {
            return Ok(self.raw_chunk().await?.map(|range| &self.buffer[range]));
        }
        self.decoded.zeroize();
        while self.decoded.is_empty() && self.place == Place::Content {
            match self.raw_chunk().await? {
                Some(range) => {
                    self.decoded.reserve(range.len());
                    self.decoder.push(&self.buffer[range], &mut self.decoded)?;
                }
                None => self.decoder.finish(&mut self.decoded)?,
            }
        }
        Ok(Some(&self.decoded[..]).filter(|decoded| !decoded.is_empty()))
    }

    /// Returns where in the buffer the next bytes before the delimiter are, or `None` at the delimiter.
    async fn raw_chunk(&mut self) -> Result<Option<Range<usize>>, Code> {
        if self.place != Place::Content {
            return Ok(None);
        }
        let length = loop {
            let ahead = &self.buffer[self.used..];
            let found = self.delimiter.find(ahead);
            // A delimiter may have arrived in part.
            let safe = found.unwrap_or((ahead.len() + 1).saturating_sub(self.delimiter.needle().len()));
            if safe > 0 {
                break safe;
            }
            if found.is_some() {
                self.place = Place::Delimiter;
                return Ok(None);
            }
            if self.fill().await? == 0 {
                return Err(Code::Malformed);
            }
        };
        let start = self.used;
        self.used += length;
        Ok(Some(start..self.used))
    }

    /// Reads more of the body behind the unused bytes. Returns the number of bytes, 0 at the end.
    async fn fill(&mut self) -> Result<usize, Code> {
        let Some(rest) = &mut self.rest else { return Ok(0) };
        self.buffer.drain(..self.used);
        self.used = 0;
        // Never grows the buffer, which would leave a copy behind.
        if self.buffer.len() == self.buffer.capacity() {
            return Err(Code::Malformed);
        }
        rest.read(&mut self.buffer).await
    }
}

/// Parses the head of a part: the rest of the delimiter's line, then the headers. Returns the transfer encoding too.
fn parse_head(head: &[u8]) -> Result<(Head, Option<Vec<u8>>), Code> {
    let mut lines = unfold(head).into_iter();
    // Blanks may follow the delimiter. Anything else means that the content contained the start of a delimiter.
    if lines.next().is_none_or(|padding| !padding.trim_ascii().is_empty()) {
        return Err(Code::Malformed);
    }
    let (mut disposition, mut kind, mut encoding) = (None, None, None);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(Code::Malformed)?;
        let (name, value) = (line[..colon].trim_ascii().to_ascii_lowercase(), line[colon + 1..].trim_ascii());
        match name.as_slice() {
            b"content-disposition" => disposition = disposition.or(Some(value.to_vec())),
            b"content-type" => kind = kind.or(Some(value.to_vec())),
            b"content-transfer-encoding" => encoding = encoding.or(Some(value.to_vec())),
            b"content-encoding" if !is_identity(&String::from_utf8_lossy(value)) => return Err(Code::Compressed),
            _ => {}
        }
    }
    let disposition = HeaderParams::parse(&disposition.ok_or(Code::Malformed)?).ok_or(Code::Malformed)?;
    let params = kind.as_deref().and_then(HeaderParams::parse);
    let file_name = || disposition.text("filename").unwrap_or_else(|| "file".to_owned());
    let head = Head {
        name: disposition.text("name").ok_or(Code::Malformed)?,
        file_name: disposition.has("filename").then(file_name),
        media_type: kind
            .and_then(|kind| String::from_utf8(kind).ok())
            .filter(|kind| is_media_type(kind))
            .unwrap_or_default(),
        charset: params.and_then(|params| params.get("charset").map(<[u8]>::to_vec)),
    };
    Ok((head, encoding))
}

fn is_media_type(text: &str) -> bool {
    text.len() <= MEDIA_TYPE && text.contains('/') && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Splits a head into lines. A line that begins with a blank continues the previous one.
fn unfold(head: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut rest = Some(head);
    while let Some(text) = rest {
        let end = memmem::find(text, b"\r\n");
        let line = &text[..end.unwrap_or(text.len())];
        rest = end.map(|end| &text[end + 2..]);
        match lines.len() {
            // The rest of the delimiter's line is not continued.
            2.. if matches!(line.first(), Some(b' ' | b'\t')) => {
                if let Some(last) = lines.last_mut() {
                    last.push(b' ');
                    last.extend_from_slice(line.trim_ascii_start());
                }
            }
            _ => lines.push(line.to_vec()),
        }
    }
    lines
}
