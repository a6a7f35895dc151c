//! Conversion of errors of Redis and its client to messages for operators.

use super::StoreError;
use crate::store::{Trouble, TroubleKind};
use ::redis::{ErrorKind, RedisError, ServerError};

/// The error for a key whose value has an unknown format.
pub(super) const FOREIGN_VALUE: &str = "a key in Redis holds a value that this server did not write";

/// Converts an error reply.
pub(super) fn from_server(error: &ServerError) -> StoreError {
    from_reply(code(error), error.details().unwrap_or_default())
}

/// Converts an error reply by its code, and by what its text says in the places where the code does not tell. The text
/// itself is omitted, because it may quote the request.
fn from_reply(code: &str, text: &str) -> StoreError {
    use TroubleKind::{Failed, NoDatabase, Refused, Unsupported};
    let says = |words: &str| text.contains(words);
    let (kind, text) = match code {
        "NOPERM" => {
            let text = match denied_command(text) {
                Some(command) => format!("Redis does not allow this user to execute {command}"),
                None if says("key") => "Redis does not allow this user to access the keys share:* and hit_counter".into(),
                None => "Redis does not allow this user to execute a command".into(),
            };
            (Refused, text + "; docs/deployment.md lists the rights that it needs")
        }
        "ERR" if says("cluster mode") => {
            (NoDatabase, "a Redis cluster has only database 0; remove the number from redis_url".into())
        }
        "ERR" if says("DB index") => (
            NoDatabase,
            "Redis has no database with the number in redis_url; use a smaller one (most have 0 to 15), or raise databases \
             in Redis"
                .into(),
        ),
        "ERR" if says("max number of clients") => return crowded(),
        "ERR" if says("cluster support disabled") => {
            (Failed, "the server is not part of a cluster; use redis:// in place of redis-cluster://".into())
        }
        "ERR" if says("unknown command") => (
            Unsupported,
            "Redis does not know a command that this program needs; use Redis 7 or later, or Valkey, with all commands".into(),
        ),
        code => return from_code(code),
    };
    StoreError::Unavailable(Trouble::new(kind, text))
}

/// Returns the command that a user may not execute, as `NOPERM` quotes it.
fn denied_command(text: &str) -> Option<String> {
    let command = text.split("run the '").nth(1)?.split('\'').next()?;
    let plain = |byte: u8| byte.is_ascii_alphabetic() || byte == b'|' || byte == b'_';
    (!command.is_empty() && command.len() <= 24 && command.bytes().all(plain)).then(|| command.to_uppercase())
}

/// The error for a Redis whose `maxclients` is reached.
pub(super) fn crowded() -> StoreError {
    let text = "Redis accepts no more clients; raise its maxclients, or lower redis_pool_size";
    StoreError::Unavailable(Trouble::new(TroubleKind::Crowded, text))
}

/// The error for a Redis in protected mode.
pub(super) fn protected() -> StoreError {
    let text = "Redis is in protected mode and accepts local clients only; set a password with requirepass in Redis and \
                redis_password here";
    StoreError::Unavailable(Trouble::new(TroubleKind::Closed, text))
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
        "DENIED" => return protected(),
        "LOADING" => (Starting, "Redis is still loading its data"),
        "READONLY" => (ReadOnly, "Redis rejects writes: it is a replica"),
        "MASTERDOWN" => (ReadOnly, "Redis has lost its primary"),
        "CLUSTERDOWN" => (ReadOnly, "the Redis cluster is down"),
        "MISCONF" => (ReadOnly, "Redis rejects writes: it cannot save to its disk"),
        "NOREPLICAS" => (ReadOnly, "Redis rejects writes: too few replicas are connected"),
        "TRYAGAIN" | "MOVED" | "ASK" => (ReadOnly, "Redis is moving its data to another node"),
        "BUSY" => (ReadOnly, "Redis is busy executing a script"),
        "NOSCRIPT" => (Failed, "Redis does not cache scripts"),
        "NOAUTH" => (Refused, "Redis requires a password; set redis_password"),
        "WRONGPASS" => (Refused, "Redis rejected the user or the password"),
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
        return from_reply(code, error.detail().unwrap_or_default());
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

#[cfg(test)]
mod tests {
    use super::{StoreError, from_reply};

    #[test]
    fn error_replies_are_told_by_their_cause_and_not_quoted() {
        for (code, text, words) in [
            ("ERR", "DB index is out of range", "no database with the number"),
            ("ERR", "SELECT is not allowed in cluster mode", "only database 0"),
            ("ERR", "max number of clients reached", "maxclients"),
            ("ERR", "This instance has cluster support disabled", "redis:// in place of"),
            ("ERR", "unknown command 'EVAL', with args beginning with: 's3cr3t'", "does not know a command"),
            ("DENIED", "Redis is running in protected mode because", "protected mode"),
            ("NOPERM", "User s3cr3t has no permissions to run the 'evalsha' command", "execute EVALSHA;"),
            ("NOPERM", "User s3cr3t has no permissions to run the 'config|get' command", "execute CONFIG|GET;"),
            ("NOPERM", "this user has no permissions to run the 's3cr3t 1' command", "execute a command;"),
            ("NOPERM", "No permissions to access a key", "share:*"),
            ("NOAUTH", "Authentication required.", "redis_password"),
            ("WEIRD", "s3cr3t", "the error WEIRD"),
        ] {
            let StoreError::Unavailable(told) = from_reply(code, text) else { panic!("{code} {text}") };
            assert!(told.contains(words) && !told.contains("s3cr3t"), "{code} {text}: {told}");
        }
    }
}
