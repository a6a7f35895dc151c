//! Conversion of errors of Redis and its client to messages for operators.

use super::StoreError;
use crate::store::{Trouble, TroubleKind};
use ::redis::{ErrorKind, RedisError, ServerError};

/// The error for a key whose value has an unknown format.
pub(super) const FOREIGN_VALUE: &str = "a key in Redis holds a value that this server did not write";

/// Converts an error reply.
pub(super) fn from_server(error: &ServerError) -> StoreError {
    from_code(code(error))
}

/// Returns the code of an error reply, or of the cause of an aborted transaction.
pub(super) fn code(error: &ServerError) -> &str {
    let cause = || error.details()?.split_once("because of: ")?.1.split(' ').next();
    match error.code() {
        "EXECABORT" => cause().unwrap_or("EXECABORT"),
        code => code,
    }
}

/// Converts the code of an error reply. Omits its text, which may quote the request.
pub(super) fn from_code(code: &str) -> StoreError {
    use TroubleKind::{Failed, ReadOnly, Refused, Starting};
    let (kind, text) = match code {
        "OOM" => return StoreError::Full,
        "LOADING" => (Starting, "Redis is still loading its data"),
        "READONLY" => (ReadOnly, "Redis rejects writes: it is a replica"),
        "MASTERDOWN" => (ReadOnly, "Redis has lost its primary"),
        "CLUSTERDOWN" => (ReadOnly, "the Redis cluster is down"),
        "MISCONF" => (ReadOnly, "Redis rejects writes: it cannot save to its disk"),
        "NOREPLICAS" => (ReadOnly, "Redis rejects writes: too few replicas are connected"),
        "TRYAGAIN" | "MOVED" | "ASK" => (ReadOnly, "Redis is moving its data to another node"),
        "BUSY" => (ReadOnly, "Redis is busy executing a script"),
        "NOSCRIPT" => (Failed, "Redis does not cache scripts"),
        "NOAUTH" => (Refused, "Redis requires a password"),
        "WRONGPASS" => (Refused, "Redis rejected the user or the password"),
        "NOPERM" => (Refused, "Redis does not allow this user to execute a command"),
        "WRONGTYPE" => (Failed, FOREIGN_VALUE),
        known if known.len() <= 20 && known.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            return StoreError::Unavailable(format!("Redis returned the error {known}").into());
        }
        _ => (Failed, "Redis returned an error"),
    };
    StoreError::Unavailable(Trouble::new(kind, text))
}

/// Converts an error of the client library. Omits addresses and passwords.
pub(super) fn from_client(error: &RedisError) -> StoreError {
    use TroubleKind::{Failed, Refused, Unreachable};
    if let Some(code) = error.code() {
        return from_code(code);
    }
    let (kind, text) = if error.is_timeout() {
        (Unreachable, "Redis did not answer in time")
    } else if error.is_connection_refusal() {
        (Unreachable, "Redis is down: the connection was refused")
    } else if error.is_connection_dropped() {
        (Unreachable, "Redis closed the connection")
    } else {
        match error.kind() {
            ErrorKind::AuthenticationFailed => (Refused, "Redis rejected the user or the password"),
            ErrorKind::Io => (Unreachable, "Redis cannot be reached"),
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => (Failed, "the server is not Redis"),
            _ => (Failed, "Redis cannot be used"),
        }
    };
    StoreError::Unavailable(Trouble::new(kind, text))
}
