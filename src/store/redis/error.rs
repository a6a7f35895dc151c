//! Conversion of errors of Redis and its client to messages for operators.

use super::StoreError;
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
    let text = match code {
        "OOM" => return StoreError::Full,
        "LOADING" => "Redis is still loading its data",
        "READONLY" => "Redis rejects writes: it is a replica",
        "MASTERDOWN" => "Redis has lost its primary",
        "CLUSTERDOWN" => "the Redis cluster is down",
        "MISCONF" => "Redis rejects writes: it cannot save to its disk",
        "NOREPLICAS" => "Redis rejects writes: too few replicas are connected",
        "TRYAGAIN" | "MOVED" | "ASK" => "Redis is moving its data to another node",
        "BUSY" => "Redis is busy executing a script",
        "NOSCRIPT" => "Redis does not cache scripts",
        "NOAUTH" => "Redis requires a password",
        "WRONGPASS" => "Redis rejected the user or the password",
        "NOPERM" => "Redis does not allow this user to execute a command",
        "WRONGTYPE" => FOREIGN_VALUE,
        known if known.len() <= 20 && known.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            return StoreError::Unavailable(format!("Redis returned the error {known}"));
        }
        _ => "Redis returned an error",
    };
    StoreError::Unavailable(text.into())
}

/// Converts an error of the client library. Omits addresses and passwords.
pub(super) fn from_client(error: &RedisError) -> StoreError {
    if let Some(code) = error.code() {
        return from_code(code);
    }
    let text = if error.is_timeout() {
        "Redis did not answer in time"
    } else if error.is_connection_refusal() {
        "Redis is down: the connection was refused"
    } else if error.is_connection_dropped() {
        "Redis closed the connection"
    } else {
        match error.kind() {
            ErrorKind::AuthenticationFailed => "Redis rejected the user or the password",
            ErrorKind::Io => "Redis cannot be reached",
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => "the server is not Redis",
            _ => "Redis cannot be used",
        }
    };
    StoreError::Unavailable(text.into())
}
