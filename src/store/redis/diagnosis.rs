//! Explains why a connection to Redis could not be opened: TLS, names, ports, protected mode.

use super::StoreError;
use super::error::{crowded, from_client, protected};
use crate::store::{TlsFault, Trouble, TroubleKind};
use ::redis::{ConnectionAddr, ConnectionInfo, ErrorKind, RedisError};
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, CertificateError, ClientConfig, ClientConnection, Error as TlsError, RootCertStore};
use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

/// Timeout of each step of [`probe`].
const PROBE_TIMEOUT: Duration = Duration::from_millis(300);

/// Converts the error of a failed connect to a message with its cause. Contacts the server once more when the error does
/// not tell the cause.
pub(super) fn explain(error: &RedisError, info: &ConnectionInfo) -> StoreError {
    let (host, port, tls) = match info.addr() {
        ConnectionAddr::Tcp(host, port) => (host, *port, false),
        ConnectionAddr::TcpTls { host, port, .. } => (host, *port, true),
        _ => return from_client(error),
    };
    let io = io_error(error);
    if let Some(fault) = io.and_then(tls_error).map(tls_fault) {
        return tls_trouble(fault);
    }
    if io.is_some_and(is_lookup_failure) {
        return trouble(
            TroubleKind::NameNotFound,
            "the host name in the address of Redis is not found by DNS; check its spelling, and that both run in the same \
             network",
        );
    }
    let rejected = error.kind() == ErrorKind::AuthenticationFailed;
    let unclear = rejected
        || error.kind() == ErrorKind::Parse
        || (error.is_connection_dropped() && !error.is_connection_refusal())
        || (tls && error.is_timeout());
    let found = if unclear { probe(host, port) } else { None };
    match (found, tls) {
        (Some(Speech::Plain { .. }), true) => tls_trouble(TlsFault::PlainPort),
        (Some(Speech::Tls), false) => tls_trouble(TlsFault::TlsPort),
        (Some(Speech::Tls), true) if error.is_connection_dropped() => tls_trouble(TlsFault::ClientCertificateWanted),
        (Some(Speech::Denied), _) => protected(),
        (Some(Speech::Crowded), _) => crowded(),
        (Some(Speech::Plain { password: false }), false) if rejected && info.redis_settings().username().is_none() => {
            trouble(TroubleKind::Refused, "Redis rejected the user or the password: it has no password; remove ours")
        }
        _ => from_client(error),
    }
}

fn trouble(kind: TroubleKind, text: &str) -> StoreError {
    StoreError::Unavailable(Trouble::new(kind, text))
}

/// Returns the message for a TLS fault, with the fix.
fn tls_trouble(fault: TlsFault) -> StoreError {
    let text = match fault {
        TlsFault::UnknownIssuer => {
            "the certificate of Redis is not trusted: an unknown authority issued it; name the certificate of this authority \
             in redis_ca"
        }
        TlsFault::OtherName => {
            "the certificate of Redis is for another name; connect by a name that the certificate holds, or give Redis one \
             for this name"
        }
        TlsFault::Expired => "the certificate of Redis has expired or is not valid yet; renew it, or set the clock",
        TlsFault::AuthorityAsServer => {
            "the certificate of Redis is one of an authority (CA:TRUE), which cannot be used for a server; issue another with \
             basicConstraints=CA:FALSE"
        }
        TlsFault::BadCertificate => "the certificate of Redis cannot be used: its form or its signature is not valid",
        TlsFault::ClientCertificateWanted => {
            "Redis wants a client certificate; set redis_client_cert and redis_client_key, or tls-auth-clients no in Redis"
        }
        TlsFault::ClientCertificateRefused => {
            "Redis does not accept the client certificate; check redis_client_cert, and tls-ca-cert-file of Redis"
        }
        TlsFault::PlainPort => {
            "the port of Redis speaks no TLS; use redis:// in place of rediss://, or the port in tls-port of Redis"
        }
        TlsFault::TlsPort => "the port of Redis speaks TLS only; use rediss:// in place of redis://",
        TlsFault::Handshake => "no TLS connection to Redis: no version of TLS or no cipher in common",
    };
    trouble(TroubleKind::Tls(fault), text)
}

/// Returns the I/O error inside an error of the client library.
fn io_error(error: &RedisError) -> Option<&io::Error> {
    let source = error.source()?;
    source.downcast_ref::<io::Error>().or_else(|| {
        let shared = source.downcast_ref::<Arc<dyn Error + Send + Sync>>()?;
        shared.downcast_ref::<io::Error>()
    })
}

fn tls_error(error: &io::Error) -> Option<&TlsError> {
    error.get_ref()?.downcast_ref()
}

/// Returns whether the name of a host could not be resolved. The standard library has no kind for it.
fn is_lookup_failure(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.to_string().contains("lookup address")
}

fn tls_fault(error: &TlsError) -> TlsFault {
    match error {
        TlsError::InvalidCertificate(error) => match error {
            CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsFault::OtherName,
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => TlsFault::Expired,
            // A kind of webpki that rustls passes on.
            CertificateError::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => {
                TlsFault::AuthorityAsServer
            }
            _ => TlsFault::BadCertificate,
        },
        TlsError::AlertReceived(AlertDescription::CertificateRequired | AlertDescription::HandshakeFailure) => {
            TlsFault::ClientCertificateWanted
        }
        TlsError::AlertReceived(
            AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied,
        ) => TlsFault::ClientCertificateRefused,
        TlsError::InvalidMessage(_) => TlsFault::PlainPort,
        _ => TlsFault::Handshake,
    }
}

/// Answer of a port to a client that speaks no TLS and gives no password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speech {
    /// Redis without TLS, and whether it wants a password.
    Plain { password: bool },
    /// TLS.
    Tls,
    /// Redis in protected mode.
    Denied,
    /// A Redis with all the clients it accepts.
    Crowded,
}

/// Sends a `PING` without TLS and without the password.
fn probe(host: &str, port: u16) -> Option<Speech> {
    let address = (host, port).to_socket_addrs().ok()?.next()?;
    let mut stream = TcpStream::connect_timeout(&address, PROBE_TIMEOUT).ok()?;
    stream.set_write_timeout(Some(PROBE_TIMEOUT)).ok()?;
    // A refusal is sent unasked. Its text is lost when the server closes the connection before it has read our command.
    let mut reply = [0; 64];
    stream.set_read_timeout(Some(PROBE_TIMEOUT / 6)).ok()?;
    let mut length = stream.read(&mut reply).unwrap_or(0);
    if length == 0 {
        stream.set_read_timeout(Some(PROBE_TIMEOUT)).ok()?;
        stream.write_all(b"PING\r\n").ok()?;
        length = stream.read(&mut reply).unwrap_or(0);
    }
    match length {
        0 => greets_by_tls(&address)?.then_some(Speech::Tls),
        length => speech(reply.get(..length)?),
    }
}

/// Begins a TLS handshake, and returns whether the answer is one of TLS.
fn greets_by_tls(address: &SocketAddr) -> Option<bool> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let config = versions.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    let mut tls = ClientConnection::new(Arc::new(config), ServerName::from(address.ip())).ok()?;
    let mut stream = TcpStream::connect_timeout(address, PROBE_TIMEOUT).ok()?;
    stream.set_read_timeout(Some(PROBE_TIMEOUT)).ok()?;
    stream.set_write_timeout(Some(PROBE_TIMEOUT)).ok()?;
    tls.write_tls(&mut stream).ok()?;
    let mut record = [0; 3];
    stream.read_exact(&mut record).ok()?;
    // A handshake or an alert (RFC 8446, section 5.1).
    Some(matches!(record, [0x15 | 0x16, 3, _]))
}

fn speech(reply: &[u8]) -> Option<Speech> {
    match reply {
        [0x15, 3, ..] => Some(Speech::Tls),
        reply if reply.starts_with(b"-DENIED") => Some(Speech::Denied),
        reply if reply.starts_with(b"-ERR max number of clients") => Some(Speech::Crowded),
        reply if reply.starts_with(b"-NOAUTH") => Some(Speech::Plain { password: true }),
        [b'+' | b'-', ..] => Some(Speech::Plain { password: false }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Speech, TlsFault, speech, tls_fault};
    use rustls::{AlertDescription, CertificateError, Error as TlsError, InvalidMessage};

    #[test]
    fn each_tls_error_has_its_cause() {
        for (error, fault) in [
            (TlsError::InvalidCertificate(CertificateError::UnknownIssuer), TlsFault::UnknownIssuer),
            (TlsError::InvalidCertificate(CertificateError::NotValidForName), TlsFault::OtherName),
            (TlsError::InvalidCertificate(CertificateError::Expired), TlsFault::Expired),
            (TlsError::InvalidCertificate(CertificateError::NotValidYet), TlsFault::Expired),
            (TlsError::InvalidCertificate(CertificateError::BadSignature), TlsFault::BadCertificate),
            (TlsError::AlertReceived(AlertDescription::CertificateRequired), TlsFault::ClientCertificateWanted),
            (TlsError::AlertReceived(AlertDescription::UnknownCA), TlsFault::ClientCertificateRefused),
            (TlsError::AlertReceived(AlertDescription::ProtocolVersion), TlsFault::Handshake),
            (TlsError::InvalidMessage(InvalidMessage::InvalidContentType), TlsFault::PlainPort),
        ] {
            assert_eq!(tls_fault(&error), fault, "{error}");
        }
    }

    #[test]
    fn the_first_bytes_of_a_port_tell_what_it_speaks() {
        for (reply, expected) in [
            (&b"+PONG\r\n"[..], Some(Speech::Plain { password: false })),
            (b"-NOAUTH Authentication required.\r\n", Some(Speech::Plain { password: true })),
            (b"-DENIED Redis is running in protected mode", Some(Speech::Denied)),
            (b"-ERR max number of clients reached\r\n", Some(Speech::Crowded)),
            (&[0x15, 3, 1, 0, 2, 2, 70], Some(Speech::Tls)),
            (b"HTTP/1.1 400 Bad Request\r\n", None),
            (b"", None),
        ] {
            assert_eq!(speech(reply), expected);
        }
    }
}
