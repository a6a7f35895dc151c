//! The one error type of the use cases. `web::errors` maps it to HTTP.

use crate::share::Timestamp;
use crate::share::record::{Gone, Tries};
use crate::share::request::RequestState;
use crate::store::StoreError;

/// Reason why a use case did not do what it was asked. Carries no id, key or content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ServiceError {
    /// No such share, or not for this caller: unknown id, wrong proof, wrong owner token, unfinished upload.
    #[error("no such share, or not for this caller")]
    NotFound,
    /// The share has ended for this caller.
    #[error("the share has ended")]
    Gone(Gone),
    /// The request takes no more answers: it expired, or was ended.
    #[error("the request has ended")]
    RequestOver(RequestState, Timestamp),
    /// The request has all the answers that it takes.
    #[error("the request has all its answers")]
    RequestFull,
    /// The share has a password and the request carries none.
    #[error("a password is needed")]
    PasswordNeeded,
    /// Too many wrong passwords: the next one is checked after this many seconds.
    #[error("wait {0} s before the next password")]
    Wait(u64),
    /// The password is wrong; the attempt was counted.
    #[error("wrong password")]
    WrongPassword(Tries),
    /// Another share exists under the id.
    #[error("another share exists under this id")]
    Taken,
    /// The share takes no more parts.
    #[error("the upload is complete")]
    Complete,
    /// The numbers of the parts that have not arrived.
    #[error("{} parts are missing", .0.len())]
    MissingParts(Vec<u32>),
    /// The parts together are not as long as announced.
    #[error("the parts do not add up to the announced size")]
    SizeMismatch,
    /// More bytes or parts than allowed.
    #[error("too large")]
    TooLarge,
    /// The client has used its share of the room. `Retry-After` in seconds.
    #[error("the client has used its share of the room; retry after {0} s")]
    ShareUsed(u64),
    /// Uploads in progress have announced that they will fill the room. `Retry-After` in seconds.
    #[error("uploads in progress hold the room; retry after {0} s")]
    Promised(u64),
    /// The store has no room for the bytes. Holds how many bytes of files would fit, where that is known.
    #[error("the store is full")]
    Full(Option<u64>),
    /// The store has lost a part of the share.
    #[error("the store has lost a part")]
    Lost,
    /// The store did not answer, holds an unreadable record, or lost too many races; worth another try.
    #[error("the store is unavailable")]
    Unavailable,
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full(None),
            StoreError::Lost => {
                tracing::error!("the store has lost a part of a share; its reader is told so");
                Self::Lost
            }
            StoreError::Unavailable(why) => {
                tracing::warn!(%why, "the store did not do what it was asked");
                Self::Unavailable
            }
        }
    }
}
