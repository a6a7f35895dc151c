//! The box of a request (`docs/request.md`, "The box"): the public key and the note, encrypted for holders of the link
//! that is sent. The server can neither read the note nor put another public key in its place.

use crate::ShareId;
use crate::chunked::{self, Salt, Sealer};
use crate::padding::{LENGTH, frame, framed};
use crate::request::keys::{GiveKeys, PublicKey};
use crate::{Altered, EncryptError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use zeroize::Zeroizing;

/// Maximum length of a box in bytes.
pub const MAX_BOX: usize = 8 * 1024;

/// Maximum length of the padded plaintext in a box, in bytes. It is one chunk.
const MAX_PLAIN: u64 = (MAX_BOX - chunked::HEADER - chunked::TAG) as u64;

/// What a giver learns of a request.
#[derive(Clone, PartialEq, Eq)]
pub struct Ask {
    /// The key for which answers are sealed.
    pub public_key: PublicKey,
    /// What the other person will read, possibly empty.
    pub note: String,
}

/// `Debug` omits the content, so that it stays out of logs.
impl fmt::Debug for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ask(..)")
    }
}

/// The JSON in a box.
#[derive(Serialize)]
struct Json<'a> {
    public_key: &'a str,
    note: &'a str,
}

fn context(id: &ShareId) -> String {
    format!("onetimeshare/v1/request-box/{id}")
}

impl Ask {
    /// Encrypts the box of the request `id`.
    ///
    /// # Errors
    /// [`EncryptError::TooLarge`] when the note does not fit into [`MAX_BOX`].
    pub fn seal(&self, keys: &GiveKeys, id: &ShareId, salt: Salt) -> Result<Vec<u8>, EncryptError> {
        let public_key = URL_SAFE_NO_PAD.encode(self.public_key.0);
        if self.note.len() > MAX_BOX {
            return Err(EncryptError::TooLarge);
        }
        // JSON escaping lengthens a text at most sixfold; reallocation would leave copies in freed memory.
        let mut plain = Zeroizing::new(Vec::with_capacity((128 + self.note.len() * 6).max(MAX_BOX)));
        plain.extend_from_slice(&[0; LENGTH]);
        let json = Json { public_key: &public_key, note: &self.note };
        serde_json::to_writer(&mut *plain, &json).map_err(|_| EncryptError::TooLarge)?;
        frame(&mut plain, MAX_PLAIN).ok_or(EncryptError::TooLarge)?;
        chunked::seal_all(Sealer::new(&keys.box_key(), salt, context(id).as_bytes()), &plain)
    }

    /// Decrypts the box of the request `id`.
    ///
    /// # Errors
    /// [`Altered`] when the box does not authenticate or violates the format.
    pub fn open(keys: &GiveKeys, id: &ShareId, sealed: &[u8]) -> Result<Self, Altered> {
        if sealed.len() > MAX_BOX {
            return Err(Altered);
        }
        let plain = chunked::open_all(&keys.box_key(), sealed, context(id).as_bytes())?;
        let json = framed(&plain).ok_or(Altered)?;
        let Ok(Value::Object(mut members)) = serde_json::from_slice(json) else { return Err(Altered) };
        match (members.remove("public_key"), members.remove("note")) {
            (Some(Value::String(public_key)), Some(Value::String(note))) => {
                Ok(Self { public_key: parse_public_key(&public_key).ok_or(Altered)?, note })
            }
            _ => Err(Altered),
        }
    }
}

/// Parses exactly 32 bytes in base64url without padding.
fn parse_public_key(text: &str) -> Option<PublicKey> {
    let mut bytes = [0; 33];
    match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) {
        Ok(32) => bytes.first_chunk().map(|bytes| PublicKey(*bytes)),
        _ => None,
    }
}
