//! Storage of records and parts.
//!
//! [`Storage`] is the blocking, batched interface of a backend. [`Store`] is the async handle for request handlers; it
//! owns the queues, worker threads and timeouts. The rules of sharing are in [`crate::share::record`]: a store only
//! provides atomic commands such as compare-and-swap.

mod composed;
mod contract;
mod embedded;
mod guarantee;
mod handle;
mod open;
mod queue;
mod redis;
mod reference;
mod trouble;

pub use self::redis::{RedisOptions, RedisStorage, RedisTarget, RedisTls};
pub(crate) use composed::tls_config;
pub use composed::{
    ComposedOptions, ComposedStorage, Credentials, Folder, Objects, ObjectsSettings, PartStore, PartStoreSettings,
};
pub use contract::{
    BIG_PART, Command, EndChange, Loaded, NewShare, PartPut, QueueKind, Reply, Room, Storage, StoreError, Swap,
    Swapped, Taken, Workers,
};
pub use embedded::{EmbeddedOptions, EmbeddedStorage};
pub(crate) use embedded::{Found, find};
pub use guarantee::Guarantee;
pub use handle::Store;
pub use open::{Explained, PartSurvey, StoreSettings, Survey};
pub(crate) use queue::Observer;
pub use reference::{ObjectName, PartReference, StoreTag};
pub use trouble::{TlsFault, Trouble, TroubleKind};

pub use crate::share::record::PartsFate;

use contract::{CommandResult, MAX_DUE};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks `mutex` and ignores poisoning, because every change to the guarded values is complete in itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
