//! Rendered pages that differ only in a few values per request.
//!
//! A page is rendered and compressed once per language, with a marker where each value belongs. A request only fills in
//! the values. Filling in the create page takes 1.8 µs; compressing it for each request would take 226 µs with flate2's
//! fastest level (release build), while the whole request takes 62 µs of the server (`docs/performance.md`).

use flate2::{Compress, Compression, Crc, FlushCompress, Status as Progress};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Gzip header: deflate, no file name, no time, unknown system (RFC 1952, section 2.3).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// An empty final block (RFC 1951, section 3.2.6).
const LAST_BLOCK: [u8; 2] = [3, 0];

/// A piece of a page.
enum Piece {
    Text(Text),
    /// The place of the value with this index.
    Value(usize),
}

/// Constant text, plain and as deflate blocks that are independent of other text and end on a byte boundary.
struct Text {
    plain: String,
    deflated: Vec<u8>,
    crc: Crc,
}

/// A rendered page, split at its markers.
pub(crate) struct CachedPage(Vec<Piece>);

/// The pages rendered so far, by template name and by everything else they differ in.
#[derive(Default)]
pub(crate) struct PageCache(RwLock<HashMap<(&'static str, String), Arc<CachedPage>>>);

impl PageCache {
    /// Returns the page under `key`. On first use, `render` returns the markers and the HTML that holds them. Returns
    /// `None` when the page cannot be rendered or compressed.
    pub(crate) fn get(
        &self,
        key: (&'static str, String),
        render: impl FnOnce() -> Option<(Vec<String>, String)>,
    ) -> Option<Arc<CachedPage>> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(known));
        }
        let (markers, html) = render()?;
        let page = Arc::new(CachedPage::new(&html, &markers)?);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&page));
        Some(page)
    }
}

impl CachedPage {
    /// Splits `html` at its markers and compresses the text between them. Returns `None` when compression fails.
    fn new(mut html: &str, markers: &[impl AsRef<str>]) -> Option<Self> {
        let mut pieces = Vec::new();
        loop {
            let places = markers.iter().enumerate().filter_map(|(n, marker)| Some((html.find(marker.as_ref())?, n)));
            let Some((at, n)) = places.min() else {
                pieces.push(Piece::Text(Text::new(html)?));
                return Some(Self(pieces));
            };
            pieces.push(Piece::Text(Text::new(&html[..at])?));
            pieces.push(Piece::Value(n));
            html = &html[at + markers[n].as_ref().len()..];
        }
    }

    /// Returns the page as HTML, with each marker replaced by the value of the same index.
    pub(crate) fn html(&self, values: &[&str]) -> Vec<u8> {
        let length = |piece: &Piece| match piece {
            Piece::Text(text) => text.plain.len(),
            Piece::Value(n) => value(values, *n).len(),
        };
        let mut html = Vec::with_capacity(self.0.iter().map(length).sum());
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => html.extend_from_slice(text.plain.as_bytes()),
                Piece::Value(n) => html.extend_from_slice(value(values, *n).as_bytes()),
            }
        }
        html
    }

    /// Returns the page as a gzip file. The values are stored blocks between the compressed pieces.
    pub(crate) fn gzip(&self, values: &[&str]) -> Vec<u8> {
        let mut file = Vec::with_capacity(8 * 1024);
        file.extend_from_slice(&GZIP_HEADER);
        let mut crc = Crc::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => {
                    file.extend_from_slice(&text.deflated);
                    crc.combine(&text.crc);
                }
                Piece::Value(n) => {
                    let bytes = value(values, *n).as_bytes();
                    // A stored block holds at most 65,535 bytes. Hosts and nonces are short; a longer value is dropped.
                    let length = u16::try_from(bytes.len()).unwrap_or(0);
                    let stored = &bytes[..usize::from(length)];
                    file.push(0);
                    file.extend_from_slice(&length.to_le_bytes());
                    file.extend_from_slice(&(!length).to_le_bytes());
                    file.extend_from_slice(stored);
                    crc.update(stored);
                }
            }
        }
        file.extend_from_slice(&LAST_BLOCK);
        file.extend_from_slice(&crc.sum().to_le_bytes());
        file.extend_from_slice(&crc.amount().to_le_bytes());
        file
    }
}

impl Text {
    fn new(plain: &str) -> Option<Self> {
        let mut deflated = Vec::with_capacity(plain.len() + 64);
        let done = Compress::new(Compression::best(), false).compress_vec(
            plain.as_bytes(),
            &mut deflated,
            FlushCompress::Full,
        );
        let mut crc = Crc::new();
        crc.update(plain.as_bytes());
        matches!(done, Ok(Progress::Ok)).then(|| Self { plain: plain.to_owned(), deflated, crc })
    }
}

/// Returns the value of index `n`, or an empty string.
fn value<'a>(values: &[&'a str], n: usize) -> &'a str {
    values.get(n).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::CachedPage;
    use std::io::Read as _;

    const HOST: &str = "llll.host.invalid";
    const NONCE: &str = "llllllllllllllllllllllllllllllll";
    const VALUES: [&str; 2] = ["share.example:8000", "a nonce"];

    #[test]
    fn html_and_gzip_hold_the_same_page() {
        let pages = [
            format!("<p>{NONCE}</p>"),
            format!("{HOST}{NONCE}{HOST}"),
            format!("{}{NONCE}{}http://{HOST}/", "<p>text</p>".repeat(900), "<p>more text</p>".repeat(900)),
            "no markers".to_owned(),
            String::new(),
        ];
        for html in pages {
            let page = CachedPage::new(&html, &[HOST, NONCE]).unwrap();
            let wanted = html.replace(NONCE, "a nonce").replace(HOST, "share.example:8000");
            assert_eq!(String::from_utf8(page.html(&VALUES)).unwrap(), wanted);
            let mut text = String::new();
            flate2::read::GzDecoder::new(&page.gzip(&VALUES)[..]).read_to_string(&mut text).unwrap();
            assert_eq!(text, wanted);
        }
    }
}
