//! Why a store is unavailable.

use std::fmt;
use std::ops::Deref;

/// Kind of trouble with a store. Its name is fit for visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// No connection, or no reply in time.
    Unreachable,
    /// The host name cannot be resolved.
    NameNotFound,
    /// No TLS connection that can be trusted.
    Tls(TlsFault),
    /// It admits local clients only.
    Closed,
    /// It admits no more clients.
    Crowded,
    /// The database number is out of range.
    NoDatabase,
    /// Another make or an old version, which this program cannot use.
    Unsupported,
    /// It is still loading its data.
    Starting,
    /// It does not accept the password, or does not allow a command.
    Refused,
    /// It cannot write now: a replica, a failover, a full disk.
    ReadOnly,
    /// Anything else.
    Failed,
}

/// Why there is no TLS connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// No trusted authority signed the certificate.
    UnknownIssuer,
    /// The certificate names other hosts.
    OtherName,
    /// The certificate has expired, or is not valid yet.
    Expired,
    /// The certificate of an authority is used as that of a server.
    AuthorityAsServer,
    /// The certificate cannot be used for another reason.
    BadCertificate,
    /// The server wants a client certificate.
    ClientCertificateWanted,
    /// The server does not accept our client certificate.
    ClientCertificateRefused,
    /// The port speaks no TLS.
    PlainPort,
    /// The port speaks TLS only.
    TlsPort,
    /// Anything else.
    Handshake,
}

impl TlsFault {
    fn words(self) -> &'static str {
        match self {
            Self::UnknownIssuer => "its certificate is not trusted",
            Self::OtherName => "its certificate is for another name",
            Self::Expired => "its certificate is out of date",
            Self::AuthorityAsServer => "its certificate is one of an authority, not of a server",
            Self::BadCertificate => "its certificate is not valid",
            Self::ClientCertificateWanted => "it wants a certificate from us",
            Self::ClientCertificateRefused => "it does not take our certificate",
            Self::PlainPort => "its port speaks no TLS",
            Self::TlsPort => "its port speaks TLS only",
            Self::Handshake => "no TLS connection",
        }
    }
}

impl TroubleKind {
    /// Returns the kind in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreachable => "not reachable",
            Self::NameNotFound => "its host name is not found",
            Self::Tls(fault) => fault.words(),
            Self::Closed => "accepts local clients only",
            Self::Crowded => "accepts no more clients",
            Self::NoDatabase => "has no such database",
            Self::Unsupported => "of a make or version that does not work here",
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
