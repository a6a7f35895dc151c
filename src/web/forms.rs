//! HTML forms: a few text fields, urlencoded or multipart, read into memory, and streamed uploads.

use super::body::{DRAIN_BYTES, MemoryPermit, WholeBody, read, read_from};
use super::charset::{charset, decode};
use super::errors::{Code, Problem};
use super::guards::ResponseFormat;
use super::header_params::HeaderParams;
use super::multipart::{Head, Multipart};
use super::request_notes::{announced_length, is_compressed};
use encoding_rs::{Encoding, UTF_8};
use onetimeshare_envelope::escapes::unescape;
use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit as _};
use rocket::request::Request;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::marker::PhantomData;
use zeroize::Zeroizing;

/// Byte limit of a link, a password, a token or a number.
const SHORT_TEXT: usize = 16 * 1024;

/// Byte limit of a message: the most characters a site may allow, in their longest encoding, with CRLF line breaks.
const LONG_TEXT: usize = 1024 * 1024;

/// Limit of the number of text fields in any form. Every form has fewer.
pub(crate) const MAX_TEXTS: usize = 8;

/// Name of the field that declares the charset of the others (RFC 7578, section 4.6).
const CHARSET: &str = "_charset_";

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

/// The form that makes a request.
pub(crate) struct RequestFields;

impl FormFields for RequestFields {
    const NAMES: &'static [&'static str] = &["note", "answers", "lifetime", "nonce"];
}

/// The form that collects the answers to a request.
pub(crate) struct CollectFields;

impl FormFields for CollectFields {
    const NAMES: &'static [&'static str] = &["link", "ask"];
}

/// The form that answers a request. Its files come in fields of their own.
pub(crate) struct GiveFields;

impl FormFields for GiveFields {
    const NAMES: &'static [&'static str] = &["link", "message", "nonce", "step"];
}

/// Text fields of a form by name. Their values are zeroized on drop.
pub(crate) struct Fields {
    names: &'static [&'static str],
    texts: BTreeMap<&'static str, Zeroizing<String>>,
    /// The charset of texts that declare none themselves.
    encoding: &'static Encoding,
}

impl Fields {
    /// Returns the empty form `F`.
    pub(crate) fn new<F: FormFields>() -> Self {
        const { assert!(F::NAMES.len() <= MAX_TEXTS) }
        Self { names: F::NAMES, texts: BTreeMap::new(), encoding: UTF_8 }
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
        let mut names = self.names.iter().chain([&CHARSET]);
        let known = names.find(|known| **known == name).ok_or_else(|| Problem::unknown(name))?;
        if self.texts.contains_key(known) {
            return Err(Code::Malformed.into());
        }
        Ok((known, if *known == "message" { LONG_TEXT } else { SHORT_TEXT }))
    }

    /// Stores the text of a field that [`Fields::expect`] returned.
    ///
    /// # Errors
    /// `wrong_type` when the text declares a charset that is unknown.
    pub(crate) fn insert(&mut self, name: &'static str, text: Zeroizing<String>) -> Result<(), Code> {
        if name == CHARSET {
            self.encoding = charset(text.as_bytes())?;
        }
        self.texts.insert(name, text);
        Ok(())
    }

    fn parse_urlencoded(mut self, bytes: &[u8], declared: Option<&[u8]>) -> Result<Self, Problem> {
        self.encoding = declared.map_or(Ok(UTF_8), charset)?;
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let name = String::from_utf8_lossy(&unescape_form(&pair[..end])).into_owned();
            let (name, most) = self.expect(&name)?;
            let text = Zeroizing::new(unescape_form(pair.get(end + 1..).unwrap_or_default()));
            if text.len() > most {
                return Err(Code::TooLarge.into());
            }
            let text = Zeroizing::new(decode(self.encoding, &text)?);
            self.insert(name, text)?;
        }
        Ok(self)
    }

    async fn read_multipart(mut self, bytes: &[u8], boundary: &[u8]) -> Result<Self, Problem> {
        let mut form = Multipart::whole(bytes, boundary, MAX_TEXTS)?;
        while let Some(head) = form.next_part().await? {
            if head.file_name.as_deref().is_some_and(|name| !name.is_empty()) {
                return Err(Code::Invalid.into());
            }
            let (name, most) = self.expect(&head.name)?;
            let text = read_text(&mut form, &head, &self, most).await?;
            self.insert(name, text)?;
        }
        Ok(self)
    }
}

/// Decodes a name or a value of an urlencoded form.
fn unescape_form(text: &[u8]) -> Vec<u8> {
    let spaced = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte });
    unescape(&Zeroizing::new(spaced.collect::<Vec<_>>()), b'%')
}

/// The format of a form, from the headers of its request.
pub(crate) enum FormKind {
    /// With the label of the declared charset.
    UrlEncoded(Option<Vec<u8>>),
    /// With the boundary.
    Multipart(Vec<u8>),
}

impl FormKind {
    /// # Errors
    /// `wrong_type` when the request is no form or compressed, `malformed` for a multipart form without a boundary.
    fn of(request: &Request<'_>) -> Result<Self, Code> {
        if is_compressed(request) {
            return Err(Code::Compressed);
        }
        let header = request.headers().get_one("Content-Type").ok_or(Code::WrongType)?;
        let kind = HeaderParams::parse(header.as_bytes()).ok_or(Code::Malformed)?;
        let param = |name| kind.get(name).map(<[u8]>::to_vec);
        match kind.value.as_str() {
            "application/x-www-form-urlencoded" => Ok(Self::UrlEncoded(param("charset"))),
            "multipart/form-data" => Ok(Self::Multipart(param("boundary").ok_or(Code::Malformed)?)),
            _ => Err(Code::WrongType),
        }
    }
}

/// A form of at most `LIMIT` bytes, or why it cannot be read.
pub(crate) struct Form<F: FormFields, const LIMIT: usize>(pub Result<Fields, Problem>, PhantomData<F>);

#[rocket::async_trait]
impl<'r, F: FormFields, const LIMIT: usize> FromData<'r> for Form<F, LIMIT> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        Outcome::Success(Self(fields::<F>(FormKind::of(request), read).await, PhantomData))
    }
}

async fn fields<F: FormFields>(kind: Result<FormKind, Code>, read: Result<WholeBody, Code>) -> Result<Fields, Problem> {
    let (bytes, _memory) = read?;
    let bytes = Zeroizing::new(bytes);
    match kind? {
        FormKind::UrlEncoded(charset) => Fields::new::<F>().parse_urlencoded(&bytes, charset.as_deref()),
        FormKind::Multipart(boundary) => Fields::new::<F>().read_multipart(&bytes, &boundary).await,
    }
}

/// Returns the problem of a form with a field in the query, so that no password is ignored, under whatever name. Browsers
/// get there with the parameters of any link that they followed; these are no fields.
fn field_in_query(request: &Request<'_>) -> Option<Problem> {
    let query = request.uri().query()?;
    let mut names = CreateFields::NAMES.iter().chain(&["file", "files"]);
    if let Some(name) = names.find(|name| query.segments().any(|(given, _)| given == **name)) {
        return Some(Problem::invalid(name).explained(format!("Send {name} in the form, not in the address.")));
    }
    let is_field = |name: &&str| *name != "lang" && !name.starts_with("utm_");
    let unknown = query.segments().map(|(name, _)| name).find(is_field);
    unknown.filter(|_| ResponseFormat::of(request) != ResponseFormat::Html).map(Problem::unknown)
}

/// A form that may contain files, not read yet.
pub(crate) struct Upload<'r> {
    data: Data<'r>,
    kind: Result<FormKind, Problem>,
    length: Option<u64>,
    memory: MemoryPermit,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload<'r> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let memory = MemoryPermit::new(request);
        let kind = match field_in_query(request) {
            Some(problem) => Err(problem),
            None => FormKind::of(request).map_err(Problem::from),
        };
        Outcome::Success(Self { data, kind, length: announced_length(request), memory })
    }
}

impl<'r> Upload<'r> {
    /// Opens the body. It yields at most `limit` bytes and those to drain.
    pub(crate) fn open(self, limit: u64) -> OpenUpload<'r> {
        let Self { data, length, kind, memory, .. } = self;
        OpenUpload { stream: data.open((limit + DRAIN_BYTES).bytes()), length, kind, memory }
    }
}

/// The body of an [`Upload`] that is open and has not been read.
pub(crate) struct OpenUpload<'r> {
    /// The body.
    pub(crate) stream: DataStream<'r>,
    /// Its announced length in bytes.
    pub(crate) length: Option<u64>,
    /// Its format.
    pub(crate) kind: Result<FormKind, Problem>,
    /// The permit for the memory that it takes.
    pub(crate) memory: MemoryPermit,
}

/// Reads the urlencoded form `F` of at most `limit` bytes, in the declared charset.
///
/// # Errors
/// `too_large`; `malformed` when the form is cut off, repeats a field or is not in its charset; `unknown`.
pub(crate) async fn read_urlencoded<F: FormFields>(
    stream: &mut DataStream<'_>,
    length: Option<u64>,
    limit: usize,
    memory: &mut MemoryPermit,
    charset: Option<&[u8]>,
) -> Result<Fields, Problem> {
    let bytes = Zeroizing::new(read_from(stream, length, limit, memory).await?);
    Fields::new::<F>().parse_urlencoded(&bytes, charset)
}

/// Reads the text of the current part of a form, at most `limit` bytes, and decodes it.
///
/// # Errors
/// `too_large`, or `malformed` when it is cut off or no text; `wrong_type` for an unknown charset.
pub(crate) async fn read_text(
    form: &mut Multipart<'_, '_>,
    head: &Head,
    fields: &Fields,
    limit: usize,
) -> Result<Zeroizing<String>, Code> {
    let encoding = head.charset.as_deref().map_or(Ok(fields.encoding), charset)?;
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = form.chunk().await? {
        if bytes.len() + chunk.len() > limit {
            return Err(Code::TooLarge);
        }
        bytes.extend_from_slice(chunk);
    }
    decode(encoding, &bytes).map(Zeroizing::new)
}
