//! Forms as browsers and `curl` send them: a handful of named texts, urlencoded or multipart, all in memory.

use super::body::read;
use super::errors::Code;
use multer::Multipart;
use rocket::data::{Data, FromData, Outcome};
use rocket::http::ContentType;
use rocket::request::Request;
use std::collections::BTreeMap;
use std::convert::Infallible;
use zeroize::Zeroizing;

/// The texts of a form by name. What was typed is wiped from memory when the form goes.
#[derive(Default)]
pub struct Fields(BTreeMap<String, Zeroizing<String>>);

impl Fields {
    /// What was typed; empty when the field is not there.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.as_str())
    }

    /// What was typed, where the field is there and not empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Whether the field is there.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn add(&mut self, name: String, text: String) -> Result<(), Code> {
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
pub struct Form<const LIMIT: usize>(pub Result<Fields, Code>);

#[rocket::async_trait]
impl<'r, const LIMIT: usize> FromData<'r> for Form<LIMIT> {
    type Error = Infallible;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = read(request, data, LIMIT).await;
        Outcome::Success(Self(fields(request.content_type(), read).await))
    }
}

async fn fields(kind: Option<&ContentType>, read: Result<Vec<u8>, Code>) -> Result<Fields, Code> {
    let kind = kind.ok_or(Code::WrongType)?;
    if kind.is_form() {
        Fields::urlencoded(&Zeroizing::new(read?))
    } else if kind.is_form_data() {
        let boundary = kind.param("boundary").ok_or(Code::Malformed)?.to_owned();
        Fields::multipart(read?, boundary).await
    } else {
        read?;
        Err(Code::WrongType)
    }
}
