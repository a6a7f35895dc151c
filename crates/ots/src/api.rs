//! What the HTTP interface takes and answers (`docs/http-api.md`), as types.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::Digest;
use serde::{Deserialize, Deserializer, Serialize};

/// Limits of the site.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Limits {
    /// Stored bytes of the files of a share.
    pub(crate) max_size: u64,
    /// Characters of a message.
    pub(crate) max_message: u64,
    /// Files of a share.
    pub(crate) max_files: u64,
    /// Lifetimes of shares that the site's page offers, in seconds.
    pub(crate) lifetimes: Vec<u64>,
    /// The one that it offers first.
    pub(crate) default_lifetime: u64,
    /// Lifetimes of requests.
    #[serde(default)]
    pub(crate) request_lifetimes: Vec<u64>,
    /// Characters of the shortest password.
    pub(crate) password_min: u64,
}

/// States of a share or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// Its parts are arriving.
    Uploading,
    /// It can be opened.
    Waiting,
    /// It was opened.
    Opened,
    /// Its lifetime ended.
    Expired,
    /// Its sender ended it.
    Deleted,
    /// The operator of the site ended it.
    Removed,
    /// The request takes answers.
    Open,
    /// The request has all its answers.
    Full,
}

impl State {
    /// Returns the name in the interface.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Waiting => "waiting",
            Self::Opened => "opened",
            Self::Expired => "expired",
            Self::Deleted => "deleted",
            Self::Removed => "removed",
            Self::Open => "open",
            Self::Full => "full",
        }
    }
}

/// What a new share is, for the site.
#[derive(Serialize)]
pub(crate) struct NewShare<'a> {
    /// Version of the interface.
    pub(crate) version: u8,
    /// Digest of the proof of the link.
    pub(crate) open_verifier: String,
    /// Digest of the proof of the password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) password_verifier: Option<String>,
    /// Parts, part 0 included.
    pub(crate) parts: u32,
    /// Stored bytes of the other parts.
    pub(crate) size: u64,
    /// Seconds.
    pub(crate) lifetime: u64,
    /// The encrypted manifest in base64url.
    pub(crate) part0: &'a str,
}

/// What a new request is, for the site.
#[derive(Serialize)]
pub(crate) struct NewRequest {
    /// Version of the interface.
    pub(crate) version: u8,
    /// Digest of the proof of the link.
    pub(crate) give_verifier: String,
    /// The encrypted public key and note in base64url.
    #[serde(rename = "box")]
    pub(crate) sealed_box: String,
    /// How many answers it takes.
    pub(crate) answers: u8,
    /// Seconds.
    pub(crate) lifetime: u64,
}

/// When a new share or request ends.
#[derive(Debug, Deserialize)]
pub(crate) struct Created {
    /// RFC 3339.
    pub(crate) expires_at: String,
}

/// What a holder of the link may know.
#[derive(Debug, Deserialize)]
pub(crate) struct Peek {
    /// The state.
    pub(crate) state: State,
    /// Whether a password protects it.
    #[serde(default)]
    pub(crate) password: bool,
    /// Parts, while it waits.
    pub(crate) parts: Option<u32>,
    /// Stored bytes of the parts from 1 on, while it waits.
    pub(crate) size: Option<u64>,
    /// When it ends, while it waits.
    #[serde(default)]
    pub(crate) expires_at: String,
    /// When it came into its state.
    #[serde(default)]
    pub(crate) at: String,
    /// Until when the claim that opened it may fetch.
    pub(crate) grace_until: Option<String>,
}

/// A share that this claim opened.
#[derive(Debug, Deserialize)]
pub(crate) struct Opened {
    /// The encrypted manifest.
    #[serde(deserialize_with = "bytes")]
    pub(crate) part0: Vec<u8>,
    /// Parts, part 0 included.
    pub(crate) parts: u32,
    /// Until when the claim may fetch.
    pub(crate) grace_until: String,
}

/// What the sender may know.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Status {
    /// The state.
    pub(crate) state: State,
    #[serde(flatten)]
    pub(crate) more: serde_json::Map<String, serde_json::Value>,
    /// Tag of this status.
    #[serde(skip)]
    pub(crate) etag: Option<String>,
    /// Digest of the claim that opened it.
    #[serde(skip)]
    pub(crate) claim: Option<Digest>,
}

impl Status {
    /// Returns a time, or the empty text.
    pub(crate) fn time(&self, name: &str) -> &str {
        self.more.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
    }
}

/// What a giver may know of a request.
#[derive(Debug, Deserialize)]
pub(crate) struct Look {
    /// The state.
    pub(crate) state: State,
    /// The encrypted public key and note, while it takes answers.
    #[serde(default, rename = "box", deserialize_with = "bytes")]
    pub(crate) sealed_box: Vec<u8>,
    /// When it ended.
    #[serde(default)]
    pub(crate) at: String,
}

/// A request for the person who asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Collected {
    /// The state.
    pub(crate) state: State,
    /// What came.
    #[serde(default)]
    pub(crate) answers: Vec<SealedAnswer>,
    /// How many more it takes.
    #[serde(default)]
    pub(crate) answers_left: u64,
    /// Until when it takes them.
    #[serde(default)]
    pub(crate) expires_at: String,
    /// When it stopped taking answers.
    #[serde(default)]
    pub(crate) at: String,
    /// Tag of this status.
    #[serde(skip)]
    pub(crate) etag: Option<String>,
}

/// An answer to a request.
#[derive(Debug, Deserialize)]
pub(crate) struct SealedAnswer {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// When it came.
    #[serde(default)]
    pub(crate) at: String,
    /// The sealed link.
    #[serde(deserialize_with = "bytes")]
    pub(crate) sealed: Vec<u8>,
}

/// Reads base64url without padding.
fn bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(from)?;
    URL_SAFE_NO_PAD.decode(text).map_err(serde::de::Error::custom)
}
