//! The room for files, as pages with a form tell it.

use super::frame::Frame;
use super::response::PageResponse;
use crate::web::assets::Encodings;
use serde::Serialize;

/// Bytes of files below which a page says that no files fit.
const LEAST_FILES: u64 = 100_000;

/// Markers for the bytes of files that fit, which change. No other number of a page is as long.
const SIZE: &str = "18446744073709551615";
const SIZE_TEXT: &str = "llll.size.invalid";

/// The limits of the files of a share, for templates.
#[derive(Serialize)]
pub(super) struct FileRoom {
    max_files: u32,
    max_size: String,
    max_size_text: String,
    takes_files: bool,
}

impl FileRoom {
    /// `fits`: how many bytes of files a share may have now.
    pub(super) fn new(frame: &Frame<'_>, fits: u64) -> Self {
        let settings = frame.settings;
        Self {
            max_files: settings.max_files,
            max_size: fits.to_string(),
            max_size_text: frame.size(fits),
            takes_files: fits >= LEAST_FILES.min(settings.max_size),
        }
    }

    /// Responds with a cached page, with the room filled in. `content` builds the template context from the nonce and
    /// the room.
    pub(super) fn cached_page<C: Serialize>(
        frame: &Frame<'_>,
        encodings: Encodings,
        name: &'static str,
        fits: u64,
        content: impl FnOnce(&'static str, Self) -> C,
    ) -> PageResponse {
        let Self { max_files, max_size, max_size_text, takes_files } = Self::new(frame, fits);
        let (size, size_text) = ((SIZE, max_size), (SIZE_TEXT, max_size_text));
        let marked = |nonce| {
            content(nonce, Self { max_files, max_size: SIZE.into(), max_size_text: SIZE_TEXT.into(), takes_files })
        };
        if takes_files {
            frame.cached_page_with(encodings, (name, ""), [size, size_text], marked)
        } else {
            frame.cached_page_with(encodings, (name, "full"), [size], marked)
        }
    }
}
