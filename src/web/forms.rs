//! Forms as browsers and `curl` send them: a handful of named texts, urlencoded or multipart, all in memory.

use super::body::{DRAIN_BYTES, Pace, Room, Whole, read, read_from};
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
const READ: usize = 64 * 1024;

/// Memory for a form with files, in bytes: a part in clear and locked, and the texts.
const UPLOAD_MEMORY: u64 = 4 * 1024 * 1024;

/// The texts of a form by name. What was typed is wiped from memory when the form goes.
#[derive(Default)]
pub(crate) struct Fields(BTreeMap<String, Zeroizing<String>>);

impl Fields {
    /// What was typed; empty when the field is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.as_str())
    }

    /// What was typed, where the field is there and not empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Adds a text.
    ///
    /// # Errors
    /// `malformed` when one of that name is there.
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

/// A form of at most `LIMIT` bytes, or why it cannot be read.
pub(crate) struct Form<const LIMIT: usize>(pub Result<Fields, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Form<LIMIT> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        Outcome::Success(Self(fields(request.content_type(), read).await))
    }
}

async fn fields(kind: Option<&ContentType>, read: Result<Whole, Code>) -> Result<Fields, Code> {
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

/// A form that may carry files, still on its way.
pub(crate) struct Upload<'r> {
    data: Data<'r>,
    kind: Option<&'r ContentType>,
    length: Option<u64>,
    room: Result<Room, Code>,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload<'r> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let room = if is_body_refused(request) { Err(Code::SlowDown) } else { Room::take(request, UPLOAD_MEMORY) };
        Outcome::Success(Self { data, kind: request.content_type(), length: announced_length(request), room })
    }
}

impl<'r> Upload<'r> {
    /// The bytes that the client announced, all fields and what stands between them.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether it is urlencoded, and so carries no files.
    pub(crate) fn is_urlencoded(&self) -> bool {
        self.kind.is_some_and(|kind| kind.is_form())
    }

    /// The boundary between its fields.
    ///
    /// # Errors
    /// `wrong_type` when it is no `multipart/form-data`.
    pub(crate) fn boundary(&self) -> Result<String, Code> {
        let kind = self.kind.filter(|kind| kind.is_form_data()).ok_or(Code::WrongType)?;
        Ok(kind.param("boundary").ok_or(Code::Malformed)?.to_owned())
    }

    /// The body, at most `limit` bytes of it and what a refused body is drained of, and the memory it takes.
    pub(crate) fn open(self, limit: u64) -> (DataStream<'r>, Result<Room, Code>) {
        (self.data.open((limit + DRAIN_BYTES).bytes()), self.room)
    }
}

/// The texts of a urlencoded form of at most `limit` bytes.
///
/// # Errors
/// `too_large`, or `malformed` when it is cut off, repeats a field or is no text.
pub(crate) async fn texts_of(stream: &mut DataStream<'_>, length: Option<u64>, limit: usize) -> Result<Fields, Code> {
    Fields::urlencoded(&Zeroizing::new(read_from(stream, length, limit).await?))
}

/// The fields of a form as they come, paid for by `permit`. `stream` stays with the caller, who drains what is left
/// after a refusal.
pub(crate) fn fields_of<'s>(stream: &'s mut DataStream<'_>, boundary: String, permit: &'s Permit) -> Multipart<'s> {
    let chunks = rocket::futures::stream::unfold((stream, Pace::default()), move |(stream, mut pace)| async move {
        let mut bytes = Vec::with_capacity(READ);
        let read = match pace.read(stream, &mut bytes).await {
            Ok(0) => return None,
            Ok(came) => permit.pay(came).map(|()| bytes).map_err(|_| ErrorKind::QuotaExceeded.into()),
            Err(error) => Err(error),
        };
        Some((read, (stream, pace)))
    });
    Multipart::new(chunks, boundary)
}

/// Why a form could not be read further.
pub(crate) fn broken(error: multer::Error) -> Code {
    let paid = |error: &io::Error| error.kind() != ErrorKind::QuotaExceeded;
    match error {
        multer::Error::StreamReadFailed(cause) if !cause.downcast_ref::<io::Error>().is_none_or(paid) => Code::SlowDown,
        _ => Code::Malformed,
    }
}

/// A text field, at most `limit` bytes of it.
///
/// # Errors
/// `too_large`, or `malformed` when it is cut off or no text.
pub(crate) async fn text_of(mut field: Field<'_>, limit: usize) -> Result<String, Code> {
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Code::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| Code::Malformed)
}
