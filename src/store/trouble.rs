//! Why a store is unavailable.

use std::fmt;
use std::ops::Deref;

/// Kind of trouble with a store. Its name is fit for visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// No connection, or no reply in time.
    Unreachable,
    /// It is still loading its data.
    Starting,
    /// It does not accept the password, or does not allow a command.
    Refused,
    /// It cannot write now: a replica, a failover, a full disk.
    ReadOnly,
    /// Anything else.
    Failed,
}

impl TroubleKind {
    /// Returns the kind in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreachable => "not reachable",
            Self::Starting => "still starting",
            Self::Refused => "refused our password or command",
            Self::ReadOnly => "cannot write now",
            Self::Failed => "does not work",
        }
    }
}

/// Why a store is unavailable: the kind, and a text for operators. Dereferences to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The kind.
    pub kind: TroubleKind,
    text: String,
}

impl Trouble {
    /// Creates a trouble of a kind. The text is for operators and must contain no id, key or content.
    pub fn new(kind: TroubleKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

impl From<&str> for Trouble {
    fn from(text: &str) -> Self {
        Self::new(TroubleKind::Failed, text)
    }
}

impl From<String> for Trouble {
    fn from(text: String) -> Self {
        Self::new(TroubleKind::Failed, text)
    }
}

impl Deref for Trouble {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
