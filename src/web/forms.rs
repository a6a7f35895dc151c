//! HTML forms: a few text fields, urlencoded or multipart, read into memory, and streamed uploads.

use super::body::{DRAIN_BYTES, MemoryPermit, Pace, WholeBody, read, read_from};
use super::errors::Code;
use super::limits::Permit;
use super::request_notes::{announced_length, is_body_refused};
use multer::{Field, Multipart};
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::http::ContentType;
use rocket::request::Request;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use zeroize::Zeroizing;

/// Bytes read at a time from a form with files.
const READ_SIZE: usize = 64 * 1024;

/// Memory for a form with files, in bytes: a part, its ciphertext and the text fields.
const UPLOAD_MEMORY: u64 = 4 * 1024 * 1024;

/// The text fields of a form by name. Their values are zeroized on drop.
#[derive(Default)]
pub(crate) struct Fields(BTreeMap<String, Zeroizing<String>>);

impl Fields {
    /// Returns the value of a field. Empty when the field is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.as_str())
    }

    /// Returns the value of a field, or `None` when it is missing or empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Adds a field.
    ///
    /// # Errors
    /// `malformed` when the name is already used.
    pub(crate) fn add(&mut self, name: String, text: String) -> Result<(), Code> {
        match self.0.insert(name, Zeroizing::new(text)) {
            None => Ok(()),
            Some(_) => Err(Code::Malformed),
        }
    }

    fn urlencoded(bytes: &[u8]) -> Result<Self, Code> {
        let mut fields = Self::default();
        for (name, text) in form_urlencoded::parse(bytes) {
            fields.add(name.into_owned(), text.into_owned())?;
        }
        Ok(fields)
    }

    async fn multipart(bytes: Vec<u8>, boundary: String) -> Result<Self, Code> {
        let whole = rocket::futures::stream::once(async { Ok::<_, Infallible>(bytes) });
        let mut multipart = Multipart::new(whole, boundary);
        let mut fields = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(|_| Code::Malformed)? {
            let name = field.name().ok_or(Code::Malformed)?.to_owned();
            if field.file_name().is_some_and(|name| !name.is_empty()) {
                return Err(Code::Invalid);
            }
            let bytes = field.bytes().await.map_err(|_| Code::Malformed)?;
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| Code::Malformed)?;
            fields.add(name, text)?;
        }
        Ok(fields)
    }
}

/// A form of at most `LIMIT` bytes, or the reason to reject it.
pub(crate) struct Form<const LIMIT: usize>(pub Result<Fields, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Form<LIMIT> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        Outcome::Success(Self(fields(request.content_type(), read).await))
    }
}

async fn fields(kind: Option<&ContentType>, read: Result<WholeBody, Code>) -> Result<Fields, Code> {
    let kind = kind.ok_or(Code::WrongType)?;
    if kind.is_form() {
        Fields::urlencoded(&Zeroizing::new(read?.0))
    } else if kind.is_form_data() {
        let boundary = kind.param("boundary").ok_or(Code::Malformed)?.to_owned();
        Fields::multipart(read?.0, boundary).await
    } else {
        read?;
        Err(Code::WrongType)
    }
}

/// A form that may contain files, not read yet.
pub(crate) struct Upload<'r> {
    data: Data<'r>,
    kind: Option<&'r ContentType>,
    length: Option<u64>,
    memory: Result<MemoryPermit, Code>,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload<'r> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let memory =
            if is_body_refused(request) { Err(Code::SlowDown) } else { MemoryPermit::take(request, UPLOAD_MEMORY) };
        Outcome::Success(Self { data, kind: request.content_type(), length: announced_length(request), memory })
    }
}

impl<'r> Upload<'r> {
    /// Returns the announced length of the whole body.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether the form is urlencoded and therefore contains no files.
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

    /// Opens the body and returns it with its memory reservation. It yields at most `limit` bytes and those to drain.
    pub(crate) fn open(self, limit: u64) -> (DataStream<'r>, Result<MemoryPermit, Code>) {
        (self.data.open((limit + DRAIN_BYTES).bytes()), self.memory)
    }
}

/// Reads a urlencoded form of at most `limit` bytes.
///
/// # Errors
/// `too_large`, or `malformed` when the form is cut off, repeats a field or is not UTF-8.
pub(crate) async fn read_urlencoded(
    stream: &mut DataStream<'_>,
    length: Option<u64>,
    limit: usize,
) -> Result<Fields, Code> {
    Fields::urlencoded(&Zeroizing::new(read_from(stream, length, limit).await?))
}

/// Parses multipart fields as they arrive and charges `permit` for their bytes. The caller keeps `stream` and drains
/// the rest of a rejected form.
pub(crate) fn multipart_fields<'s>(
    stream: &'s mut DataStream<'_>,
    boundary: String,
    permit: &'s Permit,
) -> Multipart<'s> {
    let chunks = rocket::futures::stream::unfold((stream, Pace::default()), move |(stream, mut pace)| async move {
        let mut bytes = Vec::with_capacity(READ_SIZE);
        let read = match pace.read(stream, &mut bytes).await {
            Ok(0) => return None,
            Ok(came) => permit.pay(came).map(|()| bytes).map_err(|_| ErrorKind::QuotaExceeded.into()),
            Err(error) => Err(error),
        };
        Some((read, (stream, pace)))
    });
    Multipart::new(chunks, boundary)
}

/// Converts an error of the multipart parser.
pub(crate) fn multipart_error(error: multer::Error) -> Code {
    let paid = |error: &io::Error| error.kind() != ErrorKind::QuotaExceeded;
    match error {
        multer::Error::StreamReadFailed(cause) if !cause.downcast_ref::<io::Error>().is_none_or(paid) => Code::SlowDown,
        _ => Code::Malformed,
    }
}

/// Reads a text field of at most `limit` bytes.
///
/// # Errors
/// `too_large`, or `malformed` when the field is cut off or not UTF-8.
pub(crate) async fn read_text(mut field: Field<'_>, limit: usize) -> Result<String, Code> {
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(multipart_error)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Code::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| Code::Malformed)
}
