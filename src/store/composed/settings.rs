//! The setting `files_url`.

use super::{ComposedOptions, ComposedStorage, Folder, PartStore};
use crate::store::{PartSurvey, Storage};
use std::path::PathBuf;
use std::sync::Arc;

/// Where the parts from 1 on are stored, apart from the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartStoreSettings {
    /// In a folder.
    Folder(PathBuf),
}

impl PartStoreSettings {
    /// Parses `files_url`. Returns `None` for an empty text: parts are stored with the records.
    ///
    /// # Errors
    /// What the setting must hold.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.split_once("://") {
            Some(("file", path)) if path.len() > 1 && path.starts_with('/') => Ok(Some(Self::Folder(path.into()))),
            Some(("file", _)) => Err("must name an absolute path with three slashes, such as \"file:///files\"".into()),
            _ => Err("must be a URL such as \"file:///files\", or empty".into()),
        }
    }

    fn open(&self) -> Result<Arc<dyn PartStore>, String> {
        match self {
            Self::Folder(path) => Ok(Arc::new(Folder::open(path)?)),
        }
    }

    /// Composes `records` with the part store.
    ///
    /// # Errors
    /// A message for operators when the part store cannot be used.
    pub(in crate::store) fn compose(
        &self,
        records: Arc<dyn Storage>,
        options: ComposedOptions,
    ) -> Result<Arc<dyn Storage>, String> {
        Ok(Arc::new(ComposedStorage::new(records, self.open()?, options)?))
    }

    /// Surveys the part store without opening it.
    pub(in crate::store) fn survey(&self) -> PartSurvey {
        match self {
            Self::Folder(path) => {
                PartSurvey { name: format!("in {}", path.display()), room: Ok(Some(Folder::measure(path))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PartStoreSettings;

    #[test]
    fn a_folder_is_named_by_its_absolute_path() {
        assert_eq!(PartStoreSettings::parse(" "), Ok(None));
        assert_eq!(PartStoreSettings::parse("file:///files"), Ok(Some(PartStoreSettings::Folder("/files".into()))));
        for text in ["file://files", "file:///", "file:", "/files", "ftp://host/files"] {
            assert!(PartStoreSettings::parse(text).is_err(), "{text}");
        }
    }
}
