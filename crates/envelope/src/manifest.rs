//! Manifest (`docs/envelope.md`, "Messages and parts"): the message of a share and the list of its files.
//!
//! The manifest is encrypted as part 0, so the server learns neither names, types nor exact sizes.

use crate::ShareId;
use crate::chunked::{self, Salt, Sealer};
use crate::keys::ContentKey;
use crate::padding::{LENGTH, MAX_SIZE, frame, framed};
use crate::parts::{Layout, MAX_FILES};
use crate::{Altered, EncryptError, names};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Largest manifest in bytes before encryption, padding included: 44 chunks, so that a request that creates a share stays
/// below 1,000,000 bytes with base64 and JSON.
pub const MAX_MANIFEST: u64 = 44 * 16 * 1024;

/// Message and file list of a share.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Zeroize, ZeroizeOnDrop)]
pub struct Manifest {
    /// The message, if any; it may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The files, in the order of their messages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileEntry>,
}

/// One file of a share.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Zeroize, ZeroizeOnDrop)]
pub struct FileEntry {
    /// The name on the sender's device. Untrusted: show and save [`FileEntry::safe_name`] instead.
    pub name: String,
    /// The media type reported by the sender's device, possibly empty. Untrusted.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The size in bytes.
    pub size: u64,
}

/// `Debug` omits the content, so that it stays out of logs.
impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Manifest(..)")
    }
}

impl fmt::Debug for FileEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileEntry(..)")
    }
}

impl FileEntry {
    /// Returns the name under which the file is shown and saved.
    pub fn safe_name(&self) -> String {
        names::safe_name(&self.name)
    }

    /// Returns whether [`FileEntry::safe_name`] differs from the sender's name by more than the folders before it.
    pub fn is_renamed(&self) -> bool {
        names::is_renamed(&self.name)
    }

    /// Returns whether opening the file can run code.
    pub fn is_executable(&self) -> bool {
        names::is_executable(&self.name)
    }
}

fn context(id: &ShareId) -> String {
    format!("onetimeshare/v1/manifest/{id}")
}

impl Manifest {
    /// Creates a manifest with a message and no files.
    pub fn of_message(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), files: Vec::new() }
    }

    /// Returns the layout of the parts of this share.
    ///
    /// # Errors
    /// As [`Layout::of`].
    pub fn layout(&self) -> Result<Layout, Altered> {
        Layout::of(self.files.iter().map(|file| file.size))
    }

    /// Encrypts the manifest of the share `id` as part 0.
    ///
    /// # Errors
    /// [`EncryptError::Empty`] with neither message nor files, [`EncryptError::TooLarge`] over [`MAX_MANIFEST`] or a
    /// limit of [`Layout::of`].
    pub fn seal(&self, key: &ContentKey, id: &ShareId, salt: Salt) -> Result<Vec<u8>, EncryptError> {
        let plain = self.plain()?;
        chunked::seal_all(Sealer::new(key, salt, context(id).as_bytes()), &plain)
    }

    /// Encodes the plaintext: `u32be(length) ‖ JSON ‖ zeros`.
    fn plain(&self) -> Result<Zeroizing<Vec<u8>>, EncryptError> {
        if self.message.is_none() && self.files.is_empty() {
            return Err(EncryptError::Empty);
        }
        self.layout().map_err(|_| EncryptError::TooLarge)?;
        // JSON escaping lengthens a text at most sixfold; reallocation would leave copies in freed memory.
        let texts = self.files.iter().map(|file| file.name.len() + file.media_type.len());
        let letters = texts.sum::<usize>() + self.message.as_ref().map_or(0, String::len);
        if letters as u64 > MAX_MANIFEST {
            return Err(EncryptError::TooLarge);
        }
        let mut plain = Zeroizing::new(Vec::with_capacity(256 + letters * 6 + self.files.len() * 80));
        plain.extend_from_slice(&[0; LENGTH]);
        serde_json::to_writer(&mut *plain, self).map_err(|_| EncryptError::TooLarge)?;
        frame(&mut plain, MAX_MANIFEST).ok_or(EncryptError::TooLarge)?;
        Ok(plain)
    }

    /// Decrypts part 0 of the share `id`.
    ///
    /// # Errors
    /// [`Altered`] when the part does not authenticate or violates the format.
    pub fn open(key: &ContentKey, id: &ShareId, part: &[u8]) -> Result<Self, Altered> {
        if part.len() as u64 > chunked::sealed_size(MAX_MANIFEST) {
            return Err(Altered);
        }
        Self::read(&chunked::open_all(key, part, context(id).as_bytes())?)
    }

    fn read(plain: &[u8]) -> Result<Self, Altered> {
        let json = framed(plain).ok_or(Altered)?;
        let Ok(Value::Object(mut members)) = serde_json::from_slice(json) else { return Err(Altered) };
        let manifest = Self { message: text(&mut members, "message")?, files: files(&mut members)? };
        if manifest.message.is_none() && manifest.files.is_empty() {
            return Err(Altered);
        }
        manifest.layout()?;
        Ok(manifest)
    }
}

fn text(members: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Altered> {
    match members.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Altered),
    }
}

fn files(members: &mut Map<String, Value>) -> Result<Vec<FileEntry>, Altered> {
    match members.remove("files") {
        None => Ok(Vec::new()),
        Some(Value::Array(files)) if (1..=MAX_FILES).contains(&files.len()) => files.into_iter().map(file).collect(),
        Some(_) => Err(Altered),
    }
}

fn file(value: Value) -> Result<FileEntry, Altered> {
    let Value::Object(mut members) = value else { return Err(Altered) };
    let name = text(&mut members, "name")?.ok_or(Altered)?;
    let media_type = text(&mut members, "type")?.ok_or(Altered)?;
    let size = members.get("size").and_then(Value::as_f64).and_then(whole).ok_or(Altered)?;
    Ok(FileEntry { name, media_type, size })
}

/// Converts an integer from 0 to 2⁵³ − 1. Accepts `12.0`, which equals `12` in JavaScript.
fn whole(number: f64) -> Option<u64> {
    if number.fract() != 0.0 || number.is_sign_negative() && number != 0.0 {
        return None;
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is a non-negative integer, and larger values saturate"
    )]
    Some(number as u64).filter(|size| *size <= MAX_SIZE)
}

#[cfg(test)]
mod tests {
    use crate::Altered;
    use crate::manifest::Manifest;
    use crate::padding::padded;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<Manifest, Altered> {
        let mut plain = u32::try_from(json.len()).unwrap().to_be_bytes().to_vec();
        plain.extend_from_slice(json.as_bytes());
        plain.resize(usize::try_from(padded(plain.len() as u64)).unwrap(), 0);
        Manifest::read(&plain)
    }

    #[test]
    fn only_well_formed_manifests_are_accepted() {
        for json in [
            r#"{"message":"x"}"#,
            r#"{"message":"","other":null}"#,
            r#"{"files":[{"name":"a","type":"","size":0,"more":[]}]}"#,
            r#"{"files":[{"name":"a","type":"","size":12.0}]}"#,
            " {\n\"message\" : \"x\" } ",
        ] {
            assert!(read(json).is_ok(), "{json}");
        }
        for json in [
            "",
            "{}",
            "[]",
            r#""x""#,
            r#"{"message":1}"#,
            r#"{"message":"x","files":[]}"#,
            r#"{"message":"x","files":null}"#,
            r#"{"message":null,"files":[{"name":"a","type":"","size":0}]}"#,
            r#"{"files":{}}"#,
            r#"{"files":["a"]}"#,
            r#"{"files":[{"name":"a","size":0}]}"#,
            r#"{"files":[{"type":"","size":0}]}"#,
            r#"{"files":[{"name":"a","type":""}]}"#,
            r#"{"files":[{"name":"a","type":null,"size":0}]}"#,
            r#"{"files":[{"name":"a","type":"","size":"0"}]}"#,
            r#"{"files":[{"name":"a","type":"","size":-1}]}"#,
            r#"{"files":[{"name":"a","type":"","size":0.5}]}"#,
            r#"{"files":[{"name":"a","type":"","size":9007199254740992}]}"#,
            r#"{"files":[{"name":"a","type":"","size":9007199254740991}]}"#,
            r#"{"message":"x"} x"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
        let entry = r#"{"name":"a","type":"","size":0}"#;
        let files = |count: usize| format!(r#"{{"files":[{}]}}"#, vec![entry; count].join(","));
        assert!(read(&files(1000)).is_ok());
        assert!(read(&files(1001)).is_err());
    }

    proptest! {
        #[test]
        fn read_never_panics(plain: Vec<u8>, json in "[{}\\[\\]\":,a0-9.e-]{0,60}") {
            let _ = Manifest::read(&plain);
            let _ = read(&json);
        }
    }
}
