//! HTML forms: a few text fields, urlencoded or multipart, read into memory, and streamed uploads.

use super::body::{DRAIN_BYTES, MemoryPermit, Pace, WholeBody, read, read_from};
use super::errors::{Code, Problem};
use super::limits::Permit;
use super::request_notes::announced_length;
use multer::{Field, Multipart};
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::http::ContentType;
use rocket::request::Request;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use zeroize::Zeroizing;

/// Bytes read at a time from a form with files.
const READ_SIZE: usize = 64 * 1024;

/// Most memory for a form with files, in bytes: a part in clear and encrypted, and the texts.
const UPLOAD_MEMORY: usize = 4 * 1024 * 1024;

/// Byte limit of the head of a part in a multipart form: its boundary and headers.
const HEAD: usize = 16 * 1024;

/// Byte limit of a link, a password, a token or a number.
const SHORT_TEXT: usize = 16 * 1024;

/// Byte limit of a message: the most characters a site may allow, in their longest encoding, with CRLF line breaks.
const LONG_TEXT: usize = 1024 * 1024;

/// Limit of the number of text fields in any form. Every form has fewer.
const MOST_TEXTS: usize = 8;

/// A form of this site: the fields it may have.
pub(crate) trait FormFields {
    /// Names of the text fields. Each may be sent once; any other field is refused.
    const NAMES: &'static [&'static str];
}

/// The form that creates a share. Its files come in fields of their own.
pub(crate) struct CreateFields;

impl FormFields for CreateFields {
    const NAMES: &'static [&'static str] = &["message", "lifetime", "password", "nonce"];
}

/// The form that opens a share or fetches one of its files.
pub(crate) struct OpenFields;

impl FormFields for OpenFields {
    const NAMES: &'static [&'static str] = &["link", "password", "nonce"];
}

/// The form of the status page.
pub(crate) struct StatusFields;

impl FormFields for StatusFields {
    const NAMES: &'static [&'static str] = &["link", "owner", "words", "ask"];
}

/// Text fields of a form by name. Their values are zeroized on drop.
pub(crate) struct Fields {
    names: &'static [&'static str],
    texts: BTreeMap<&'static str, Zeroizing<String>>,
}

impl Fields {
    /// Returns the empty form `F`.
    pub(crate) fn new<F: FormFields>() -> Self {
        const { assert!(F::NAMES.len() <= MOST_TEXTS) }
        Self { names: F::NAMES, texts: BTreeMap::new() }
    }

    /// Returns the text of a field, empty when it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.as_str())
    }

    /// Returns the value of a field, or `None` when it is missing or empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Returns the byte limit of the field `name`, which is checked before its text is read.
    ///
    /// # Errors
    /// `unknown` when the form has no such field, `malformed` when it was sent before.
    pub(crate) fn expect(&self, name: &str) -> Result<(&'static str, usize), Problem> {
        let known = self.names.iter().find(|known| **known == name).ok_or_else(|| Problem::unknown(name))?;
        if self.texts.contains_key(known) {
            return Err(Code::Malformed.into());
        }
        Ok((known, if *known == "message" { LONG_TEXT } else { SHORT_TEXT }))
    }

    /// Stores the text of a field that [`Fields::expect`] returned.
    pub(crate) fn insert(&mut self, name: &'static str, text: Zeroizing<String>) {
        self.texts.insert(name, text);
    }

    fn parse_urlencoded(mut self, bytes: &[u8]) -> Result<Self, Problem> {
        for (name, text) in form_urlencoded::parse(bytes) {
            let (name, most) = self.expect(&name)?;
            if text.len() > most {
                return Err(Code::TooLarge.into());
            }
            self.insert(name, Zeroizing::new(text.into_owned()));
        }
        Ok(self)
    }

    async fn read_multipart(mut self, bytes: Vec<u8>, boundary: String) -> Result<Self, Problem> {
        let whole = rocket::futures::stream::once(async { Ok::<_, Infallible>(bytes) });
        let mut multipart = Multipart::new(whole, boundary);
        while let Some(field) = multipart.next_field().await.map_err(|_| Code::Malformed)? {
            let name = field.name().ok_or(Code::Malformed)?.to_owned();
            if field.file_name().is_some_and(|name| !name.is_empty()) {
                return Err(Code::Invalid.into());
            }
            let (name, most) = self.expect(&name)?;
            self.insert(name, read_text(field, most).await?);
        }
        Ok(self)
    }
}

/// A form of at most `LIMIT` bytes, or why it cannot be read.
pub(crate) struct Form<F: FormFields, const LIMIT: usize>(pub Result<Fields, Problem>, PhantomData<F>);

#[rocket::async_trait]
impl<'r, F: FormFields, const LIMIT: usize> FromData<'r> for Form<F, LIMIT> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        Outcome::Success(Self(fields::<F>(request.content_type(), read).await, PhantomData))
    }
}

async fn fields<F: FormFields>(kind: Option<&ContentType>, read: Result<WholeBody, Code>) -> Result<Fields, Problem> {
    let kind = kind.ok_or(Code::WrongType)?;
    if kind.is_form() {
        Fields::new::<F>().parse_urlencoded(&Zeroizing::new(read?.0))
    } else if kind.is_form_data() {
        let boundary = kind.param("boundary").ok_or(Code::Malformed)?.to_owned();
        Fields::new::<F>().read_multipart(read?.0, boundary).await
    } else {
        read?;
        Err(Code::WrongType.into())
    }
}

/// A form that may contain files, not read yet.
pub(crate) struct Upload<'r> {
    data: Data<'r>,
    kind: Option<&'r ContentType>,
    length: Option<u64>,
    memory: MemoryPermit,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload<'r> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let memory = MemoryPermit::new(request);
        Outcome::Success(Self { data, kind: request.content_type(), length: announced_length(request), memory })
    }
}

impl<'r> Upload<'r> {
    /// Returns the announced length of the whole body.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns whether the form is urlencoded and therefore contains no files.
    pub(crate) fn is_urlencoded(&self) -> bool {
        self.kind.is_some_and(|kind| kind.is_form())
    }

    /// Returns the multipart boundary.
    ///
    /// # Errors
    /// `wrong_type` when the form is not `multipart/form-data`.
    pub(crate) fn boundary(&self) -> Result<String, Code> {
        let kind = self.kind.filter(|kind| kind.is_form_data()).ok_or(Code::WrongType)?;
        Ok(kind.param("boundary").ok_or(Code::Malformed)?.to_owned())
    }

    /// Opens the body and returns it with its memory permit. It yields at most `limit` bytes and those to drain.
    pub(crate) fn open(self, limit: u64) -> (DataStream<'r>, MemoryPermit) {
        (self.data.open((limit + DRAIN_BYTES).bytes()), self.memory)
    }
}

/// Reads the urlencoded create form of at most `limit` bytes.
///
/// # Errors
/// `too_large`; `malformed` when the form is cut off, repeats a field or is not UTF-8; `unknown`.
pub(crate) async fn read_urlencoded(
    stream: &mut DataStream<'_>,
    length: Option<u64>,
    limit: usize,
    memory: &mut MemoryPermit,
) -> Result<Fields, Problem> {
    Fields::new::<CreateFields>().parse_urlencoded(&Zeroizing::new(read_from(stream, length, limit, memory).await?))
}

/// A multipart form that is parsed while it arrives. The parser buffers the head of a part without a limit, so this limits
/// the bytes that it may read for one.
pub(crate) struct Incoming<'s> {
    parts: Multipart<'s>,
    /// Bytes that the parser may still read for the current head.
    head: Arc<AtomicUsize>,
    /// Parts that the form may still have.
    left: usize,
}

impl<'s> Incoming<'s> {
    /// Returns the next field, or `None` at the end.
    ///
    /// # Errors
    /// `malformed` when the form is cut off or a head is too long, `too_large` when it has too many parts.
    pub(crate) async fn next_field(&mut self) -> Result<Option<Field<'s>>, Code> {
        self.head.store(HEAD + READ_SIZE, Ordering::Relaxed);
        let field = self.parts.next_field().await.map_err(multipart_error)?;
        self.head.store(usize::MAX, Ordering::Relaxed);
        if field.is_some() {
            self.left = self.left.checked_sub(1).ok_or(Code::TooLarge)?;
        }
        Ok(field)
    }
}

/// Parses the fields of a form with up to `files` files as they arrive, and charges `permit` for their bytes, which
/// `memory` holds. The caller keeps `stream` and drains the rest of a rejected form.
pub(crate) fn multipart_fields<'s>(
    stream: &'s mut DataStream<'_>,
    boundary: String,
    files: u32,
    permit: &'s Permit,
    memory: MemoryPermit,
) -> Incoming<'s> {
    let head = Arc::new(AtomicUsize::new(HEAD + READ_SIZE));
    let left = Arc::clone(&head);
    let chunks = rocket::futures::stream::unfold((stream, Pace::default(), memory, 0), move |state| {
        let (stream, mut pace, mut memory, mut arrived) = state;
        let left = Arc::clone(&left);
        async move {
            // The parser reads until nothing is ready: this lets it parse after each piece, so that it buffers one only.
            rocket::tokio::task::yield_now().await;
            let mut bytes = Vec::with_capacity(READ_SIZE);
            let read = match pace.read(stream, &mut bytes).await {
                Ok(0) => return None,
                Ok(came) => {
                    let most = left.load(Ordering::Relaxed);
                    if most != usize::MAX {
                        left.store(most.saturating_sub(came), Ordering::Relaxed);
                    }
                    if most < came {
                        Err(ErrorKind::InvalidData.into())
                    } else {
                        arrived += came;
                        // What arrives is in memory twice: in clear and encrypted.
                        let paid = permit.pay(came).and_then(|()| memory.grow_to((arrived * 2).min(UPLOAD_MEMORY)));
                        paid.map(|()| bytes).map_err(refused)
                    }
                }
                Err(error) => Err(error),
            };
            Some((read, (stream, pace, memory, arrived)))
        }
    });
    // Browsers send a field for files even when none is chosen.
    Incoming { parts: Multipart::new(chunks, boundary), head, left: files as usize + MOST_TEXTS + 2 }
}

/// Converts the reason why a form is refused, so that it passes through the multipart parser.
fn refused(code: Code) -> io::Error {
    if code == Code::SlowDown { ErrorKind::QuotaExceeded.into() } else { ErrorKind::OutOfMemory.into() }
}

/// Converts an error of the multipart parser.
pub(crate) fn multipart_error(error: multer::Error) -> Code {
    let multer::Error::StreamReadFailed(cause) = error else { return Code::Malformed };
    match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(ErrorKind::QuotaExceeded) => Code::SlowDown,
        Some(ErrorKind::OutOfMemory) => Code::Unavailable,
        _ => Code::Malformed,
    }
}

/// Reads a text field of at most `limit` bytes.
///
/// # Errors
/// `too_large`, or `malformed` when it is cut off or no text.
pub(crate) async fn read_text(mut field: Field<'_>, limit: usize) -> Result<Zeroizing<String>, Code> {
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(multipart_error)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Code::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(std::mem::take(&mut *bytes)).map(Zeroizing::new).map_err(|_| Code::Malformed)
}
