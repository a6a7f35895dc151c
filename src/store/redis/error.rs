//! Errors of Redis and of its client in plain words for operators.

use super::StoreError;
use ::redis::{ErrorKind, RedisError, ServerError};

/// What is told of a key that is none of ours.
pub(super) const FOREIGN_VALUE: &str = "a key in Redis holds something else than this server wrote";

/// An error that Redis answered to a command.
pub(super) fn from_server(error: &ServerError) -> StoreError {
    from_code(code(error))
}

/// A transaction that is refused as a whole has the cause behind a code of its own.
pub(super) fn code(error: &ServerError) -> &str {
    let cause = || error.details()?.split_once("because of: ")?.1.split(' ').next();
    match error.code() {
        "EXECABORT" => cause().unwrap_or("EXECABORT"),
        code => code,
    }
}

/// Never the whole text that Redis sent: it can quote what it was asked.
pub(super) fn from_code(code: &str) -> StoreError {
    let text = match code {
        "OOM" => return StoreError::Full,
        "LOADING" => "Redis is still loading its data",
        "READONLY" => "Redis takes no writes: it is a replica",
        "MASTERDOWN" => "Redis has lost its primary",
        "CLUSTERDOWN" => "the Redis cluster is down",
        "MISCONF" => "Redis takes no writes: it cannot save to its disk",
        "NOREPLICAS" => "Redis takes no writes: too few of its replicas are there",
        "TRYAGAIN" | "MOVED" | "ASK" => "Redis is moving its data to another node",
        "BUSY" => "Redis is busy with a script",
        "NOSCRIPT" => "Redis forgets scripts as soon as it has them",
        "NOAUTH" => "Redis asks for a password",
        "WRONGPASS" => "Redis refused the user or the password",
        "NOPERM" => "Redis does not allow this user to do that",
        "WRONGTYPE" => FOREIGN_VALUE,
        known if known.len() <= 20 && known.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            return StoreError::Unavailable(format!("Redis answered with the error {known}"));
        }
        _ => "Redis answered with an error",
    };
    StoreError::Unavailable(text.into())
}

/// Any error of the client in plain words, without address or password.
pub(super) fn from_client(error: &RedisError) -> StoreError {
    if let Some(code) = error.code() {
        return from_code(code);
    }
    let text = if error.is_timeout() {
        "Redis did not answer in time"
    } else if error.is_connection_refusal() {
        "Redis is not there: the connection was refused"
    } else if error.is_connection_dropped() {
        "Redis closed the connection"
    } else {
        match error.kind() {
            ErrorKind::AuthenticationFailed => "Redis refused the user or the password",
            ErrorKind::Io => "Redis cannot be reached",
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => "what answers is not Redis",
            _ => "Redis cannot be used",
        }
    };
    StoreError::Unavailable(text.into())
}
