//! Opening of the configured store.

use super::{
    Command, ComposedOptions, EmbeddedOptions, EmbeddedStorage, Guarantee, PartStoreSettings, RedisOptions,
    RedisStorage, RedisTarget, Reply, Room, Storage, Store, embedded,
};
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;
use std::time::Duration;

/// Time in the queue that a call may take beyond the backend's own timeout.
const QUEUE_TIME: Duration = Duration::from_millis(300);
/// Timeout of a call to the embedded store or a part store, whose operations have none of their own.
const DISK_TIMEOUT: Duration = Duration::from_secs(10);

/// Settings of the store (`docs/deployment.md`, "Redis" and "Embedded store").
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a program has one of it")]
pub enum StoreSettings {
    /// Stores shares in Redis.
    Redis {
        /// The servers.
        target: RedisTarget,
        /// How to use them.
        options: RedisOptions,
    },
    /// Stores shares in files of this server.
    Embedded {
        /// The folder of the files, created if missing.
        data_dir: PathBuf,
    },
    /// Stores records in one of the above, and parts from 1 on elsewhere.
    Composed {
        /// The store of records.
        records: Box<StoreSettings>,
        /// The store of parts.
        parts: PartStoreSettings,
        /// Times that the names of objects depend on.
        options: ComposedOptions,
    },
}

/// A guarantee and its reason.
pub type Explained = (Guarantee, &'static str);

/// Facts about a store, found out without opening it.
#[derive(Debug)]
pub struct Survey {
    /// Its kind, with the version of a server that replied.
    pub name: String,
    /// The guarantee and its reason, if the store replied.
    pub guarantee: Option<Explained>,
    /// Its room; `None` when it knows no limit. A message for operators when it does not reply.
    pub room: Result<Option<Room>, String>,
    /// The part store, where parts are apart from records.
    pub parts: Option<PartSurvey>,
}

/// Facts about a part store, found out without opening it.
#[derive(Debug)]
pub struct PartSurvey {
    /// Its kind and place.
    pub name: String,
    /// Its room; `None` when it knows no limit. A message for operators when it does not reply.
    pub room: Result<Option<Room>, String>,
}

impl StoreSettings {
    /// Returns the folder of an embedded store.
    pub(crate) fn embedded_folder(&self) -> Option<&Path> {
        match self {
            Self::Redis { .. } => None,
            Self::Embedded { data_dir } => Some(data_dir),
            Self::Composed { records, .. } => records.embedded_folder(),
        }
    }

    /// Surveys the store without opening it.
    ///
    /// # Errors
    /// A message for operators when the store cannot be used with these settings.
    pub fn survey(self) -> Result<Survey, String> {
        match self {
            Self::Redis { target, options } => {
                let storage = RedisStorage::new(target, options)?;
                let (name, guarantee) = storage.describe()?;
                let room = match storage.execute(vec![Command::Room]).pop() {
                    Some(Ok(Reply::Room(room))) => Ok(room),
                    Some(Err(error)) => Err(error.to_string()),
                    _ => Err("no reply".into()),
                };
                Ok(Survey { name, guarantee, room, parts: None })
            }
            Self::Embedded { data_dir } => {
                embedded::check_folder(&data_dir)?;
                Ok(Survey {
                    name: format!("files in {}", absolute(&data_dir).unwrap_or_else(|_| data_dir.clone()).display()),
                    guarantee: Some((Guarantee::Strict, "every change is synced to disk before it is acknowledged")),
                    room: Ok(Some(embedded::measure(&data_dir, &EmbeddedOptions::default()))),
                    parts: None,
                })
            }
            Self::Composed { records, parts, .. } => Ok(Survey { parts: Some(parts.survey()?), ..records.survey()? }),
        }
    }

    /// Opens the backend and starts its threads. Blocks while the files of an embedded store are opened, repaired and
    /// swept. An unreachable Redis is not an error: the store connects when it becomes available.
    ///
    /// # Errors
    /// A message for operators when the folder of an embedded store cannot be used, or Redis evicts keys.
    pub fn open(self) -> Result<Store, String> {
        let (storage, timeout) = self.open_storage()?;
        Store::new(storage, timeout).map_err(|error| format!("The store's threads could not be started: {error}."))
    }

    fn open_storage(self) -> Result<(Arc<dyn Storage>, Duration), String> {
        Ok(match self {
            Self::Redis { target, options } => {
                let storage = RedisStorage::new(target, options)?;
                storage.inspect()?;
                (Arc::new(storage), options.timeout + QUEUE_TIME)
            }
            Self::Embedded { data_dir } => {
                (Arc::new(EmbeddedStorage::open(&data_dir, EmbeddedOptions::default())?), DISK_TIMEOUT)
            }
            Self::Composed { records, parts, options } => {
                let (records, timeout) = records.open_storage()?;
                (parts.compose(records, options)?, timeout.max(DISK_TIMEOUT))
            }
        })
    }
}
