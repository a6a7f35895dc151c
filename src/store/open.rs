//! Opens the store that the settings name.

use super::{EmbeddedOptions, EmbeddedStorage, RedisOptions, RedisStorage, RedisTarget, Storage, Store};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Settings of the store (`docs/deployment.md`, "Redis" and "Embedded store").
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a program has one of it")]
pub enum StoreSettings {
    /// Shares live in Redis.
    Redis {
        /// Where it is.
        target: RedisTarget,
        /// How it is used.
        options: RedisOptions,
    },
    /// Shares live in files of this server.
    Embedded {
        /// The folder; made when it is not there.
        data_dir: PathBuf,
    },
}

/// What a call may take beyond the backend's own time limit: its wait in the queue.
const QUEUE_TIME: Duration = Duration::from_millis(300);

/// The longest a call to the embedded store may take. Its disk has no time limit of its own.
const EMBEDDED_TIME: Duration = Duration::from_secs(10);

impl StoreSettings {
    /// Builds the backend and starts its threads. Blocking: files are opened and swept here, and a store that was
    /// killed is repaired. A Redis that is down is no error; it is waited for in the background.
    ///
    /// # Errors
    /// In plain words, when the folder of an embedded store cannot be used, or Redis is set to delete what waits.
    pub fn open(self) -> Result<Store, String> {
        let (storage, limit): (Arc<dyn Storage>, _) = match self {
            Self::Redis { target, options } => {
                let storage = RedisStorage::new(target, options)?;
                storage.inspect()?;
                (Arc::new(storage), options.timeout + QUEUE_TIME)
            }
            Self::Embedded { data_dir } => {
                (Arc::new(EmbeddedStorage::open(&data_dir, EmbeddedOptions::default())?), EMBEDDED_TIME)
            }
        };
        Store::new(storage, limit).map_err(|error| format!("The store's threads could not be started: {error}."))
    }
}
