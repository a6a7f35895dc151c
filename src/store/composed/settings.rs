//! The settings `files_url` and `files_room`.

use super::{ComposedOptions, ComposedStorage, Folder, Objects, PartStore};
use crate::store::{PartSurvey, Storage};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// The store of the parts from 1 on, apart from the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartStoreSettings {
    /// In a folder.
    Folder(PathBuf),
    /// In an object store, with the bytes that its objects may have.
    Objects(ObjectsSettings, u64),
}

/// An object store that speaks the protocol of S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectsSettings {
    /// The bucket, which must exist.
    pub bucket: String,
    /// Start of the names of all objects; may be empty.
    pub prefix: String,
    /// The address; `None` for that of AWS in the region.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// Whether the bucket is in the path instead of the host.
    pub path_style: bool,
    /// The credentials.
    pub credentials: Credentials,
}

/// The credentials of an object store.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: String,
    /// The session token of temporary credentials.
    pub token: Option<String>,
}

/// Prints no fields, so that logs contain no keys.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// A wrong setting: its key, and what it must hold.
type Wrong = (&'static str, String);

fn wrong(fix: impl Into<String>) -> Wrong {
    ("files_url", fix.into())
}

impl PartStoreSettings {
    /// Parses `files_url`, `files_room` and the variables of AWS, which `variable` returns. Returns `None` for an empty
    /// URL: parts are stored with the records.
    ///
    /// # Errors
    /// The wrong setting and what it must hold.
    pub fn parse(
        url: &str,
        room: u64,
        variable: impl Fn(&str) -> Result<Option<String>, String>,
    ) -> Result<Option<Self>, Wrong> {
        let url = url.trim();
        if url.is_empty() {
            return Ok(None);
        }
        let (scheme, place) = url.split_once("://").unwrap_or_default();
        match scheme {
            "file" if place.len() > 1 && place.starts_with('/') => Ok(Some(Self::Folder(place.into()))),
            "file" => Err(wrong("must name an absolute path with three slashes, such as \"file:///files\"")),
            "s3" => {
                let read = |name: &str| variable(name).map_err(wrong);
                let needed = |name: &str| {
                    let missing = format!("needs the variable {name}, or {name}_FILE with the path of a file");
                    read(name)?.ok_or_else(|| wrong(missing))
                };
                let credentials = Credentials {
                    id: needed("AWS_ACCESS_KEY_ID")?,
                    secret: needed("AWS_SECRET_ACCESS_KEY")?,
                    token: read("AWS_SESSION_TOKEN")?,
                };
                let objects = ObjectsSettings::parse(place, credentials)?;
                if room == 0 {
                    return Err(("files_room", "must be set with an object store, such as \"500 GB\"".into()));
                }
                Ok(Some(Self::Objects(objects, room)))
            }
            _ => Err(wrong("must be a URL such as \"file:///files\" or \"s3://bucket/prefix\", or empty")),
        }
    }

    fn open(&self) -> Result<Arc<dyn PartStore>, String> {
        match self {
            Self::Folder(path) => Ok(Arc::new(Folder::open(path)?)),
            Self::Objects(settings, room) => Ok(Arc::new(Objects::new(settings, *room)?)),
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
    ///
    /// # Errors
    /// A message for operators when the settings cannot be used.
    pub(in crate::store) fn survey(&self) -> Result<PartSurvey, String> {
        match self {
            Self::Folder(path) => {
                Ok(PartSurvey { name: format!("in {}", path.display()), room: Ok(Some(Folder::measure(path))) })
            }
            Self::Objects(settings, room) => {
                let store = Objects::new(settings, *room)?;
                let room = store.measure().map(Some).map_err(|error| error.to_string());
                Ok(PartSurvey { name: format!("in the bucket {}", settings.bucket), room })
            }
        }
    }
}

impl ObjectsSettings {
    /// Returns the endpoint, with the bucket in its host unless that is in the path; `None` for AWS.
    pub(super) fn address(&self) -> Option<String> {
        let endpoint = self.endpoint.as_ref()?;
        match endpoint.split_once("://") {
            Some((scheme, host)) if !self.path_style => Some(format!("{scheme}://{}.{host}", self.bucket)),
            _ => Some(endpoint.clone()),
        }
    }

    /// Parses what follows `s3://`.
    fn parse(place: &str, credentials: Credentials) -> Result<Self, Wrong> {
        let (path, query) = place.split_once('?').unwrap_or((place, ""));
        let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if bucket.is_empty() || !bucket.chars().all(plain) {
            return Err(wrong(
                "must name a bucket, such as \"s3://bucket/prefix\"; keys belong in the variables of AWS",
            ));
        }
        if !prefix.chars().all(|letter| plain(letter) || letter == '/') {
            return Err(wrong("the prefix after the bucket may hold letters, digits and -_./"));
        }
        let (mut endpoint, mut region, mut path_style) = (None, "us-east-1".to_owned(), None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=').unwrap_or((pair, "")) {
                ("endpoint", at) if at.starts_with("https://") || at.starts_with("http://") => {
                    endpoint = Some(at.trim_end_matches('/').to_owned());
                }
                ("endpoint", _) => return Err(wrong("endpoint must be an address such as https://s3.example:9000")),
                ("region", name) if !name.is_empty() => name.clone_into(&mut region),
                ("path_style", "true" | "yes" | "on" | "1") => path_style = Some(true),
                ("path_style", "false" | "no" | "off" | "0") => path_style = Some(false),
                _ => return Err(wrong("takes endpoint=, region= and path_style=true or false after the ?")),
            }
        }
        // Servers other than AWS mostly have one host for all buckets.
        let path_style = path_style.unwrap_or(endpoint.is_some());
        let prefix = prefix.trim_matches('/').to_owned();
        Ok(Self { bucket: bucket.to_owned(), prefix, endpoint, region, path_style, credentials })
    }
}

#[cfg(test)]
mod tests {
    use super::PartStoreSettings;

    fn parse(url: &str, room: u64) -> Result<Option<PartStoreSettings>, (&'static str, String)> {
        let keys = |name: &str| Ok(name.starts_with("AWS_").then(|| "s3cr3t".to_owned()));
        PartStoreSettings::parse(url, room, keys)
    }

    #[test]
    fn a_folder_is_named_by_its_absolute_path() {
        assert_eq!(parse(" ", 0), Ok(None));
        assert_eq!(parse("file:///files", 0), Ok(Some(PartStoreSettings::Folder("/files".into()))));
        for text in ["file://files", "file:///", "file:", "/files", "ftp://host/files"] {
            assert_eq!(parse(text, 0).unwrap_err().0, "files_url", "{text}");
        }
    }

    #[test]
    fn a_bucket_has_a_prefix_an_endpoint_and_a_room() {
        let found = |url| match parse(url, 5) {
            Ok(Some(PartStoreSettings::Objects(settings, 5))) => settings,
            other => panic!("{other:?}"),
        };
        let aws = found("s3://bucket?region=eu-central-1");
        assert_eq!((&*aws.bucket, &*aws.prefix, &*aws.region, aws.path_style), ("bucket", "", "eu-central-1", false));
        let own = found("s3://bucket/a/b/?endpoint=http://127.0.0.1:9000/");
        assert_eq!(
            (&*own.prefix, own.endpoint.as_deref(), own.path_style),
            ("a/b", Some("http://127.0.0.1:9000"), true)
        );
        assert_eq!(own.address().as_deref(), Some("http://127.0.0.1:9000"));
        let hosted = found("s3://bucket?endpoint=https://host&path_style=no");
        assert_eq!(hosted.address().as_deref(), Some("https://bucket.host"));
        assert!(!format!("{own:?}").contains("s3cr3t"));
        for url in ["s3://", "s3:///a", "s3://key:secret@bucket", "s3://bucket?endpoint=host", "s3://bucket?rgion=x"] {
            assert_eq!(parse(url, 5).unwrap_err().0, "files_url", "{url}");
        }
        assert_eq!(parse("s3://bucket", 0).unwrap_err().0, "files_room");
        let none = PartStoreSettings::parse("s3://bucket", 5, |_| Ok(None)).unwrap_err();
        assert!(none.1.contains("AWS_ACCESS_KEY_ID_FILE"), "{none:?}");
    }
}
