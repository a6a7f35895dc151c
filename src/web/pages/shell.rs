//! Pages that are the same for everybody but for a few places: rendered and compressed once a language, then only filled
//! in.

use super::frame::{Answer, Frame};
use crate::share::Owner;
use crate::web::assets::Encodings;
use crate::web::errors::Code;
use crate::web::guards::Site;
use flate2::{Compress, Compression, Crc, FlushCompress, Status as Progress};
use rocket::http::Status;
use rocket_dyn_templates::tera::escape_html;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Stands for the nonce while a shell is rendered; no nonce has these letters.
const NONCE: &str = "llllllllllllllllllllllllllllllll";

/// Stands for the host.
const HOST: &str = "llll.host.invalid";

/// How a gzip file begins: deflate, no name, no time, system unknown (RFC 1952, section 2.3).
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// A last block with nothing in it (RFC 1951, section 3.2.6).
const LAST_BLOCK: [u8; 2] = [3, 0];

/// A stretch of a page.
enum Piece {
    Text(Text),
    /// The place of the mark with this number.
    Hole(usize),
}

/// What never changes, plain and as deflate blocks that refer to nothing outside of it and end at a whole byte.
struct Text {
    plain: String,
    deflated: Vec<u8>,
    crc: Crc,
}

type Shell = Arc<Vec<Piece>>;

/// The shells rendered so far, by page and by what else they differ in.
#[derive(Default)]
pub struct Shells(RwLock<HashMap<(&'static str, String), Shell>>);

impl Shells {
    /// The page `name`, with a fresh nonce for every visit. `content` makes its context from the nonce.
    pub fn page<C: Serialize>(
        &self,
        frame: Frame<'_>,
        encodings: Encodings,
        name: &'static str,
        content: impl FnOnce(&'static str) -> C,
    ) -> Answer {
        let marked = || Some(([HOST.to_owned(), NONCE.to_owned()], content(NONCE)));
        let Some(shell) = self.shell(&frame, (name, ""), marked) else {
            return frame.problem(Code::Broken.into());
        };
        let Ok(nonce) = Owner::random() else {
            return frame.problem(Code::Broken.into());
        };
        let fill = [&frame.site.host[..], &nonce.expose()];
        let mut answer = if encodings.gzip {
            let mut answer = frame.html(Status::Ok, gzipped(&shell, &fill));
            answer.header("Content-Encoding", "gzip".to_owned());
            answer
        } else {
            frame.html(Status::Ok, plain(&shell, &fill))
        };
        answer.header("Vary", "Accept-Encoding".to_owned());
        answer
    }

    /// The page `name` with `texts` in their places. `marked` tells, when the shell is rendered for the first time, what
    /// marks these places, texts that occur nowhere else, and the context made of them. `variant` tells pages of one name
    /// apart. None when it cannot be rendered.
    pub fn filled<C: Serialize, const N: usize>(
        &self,
        frame: &Frame<'_>,
        page: (&'static str, &str),
        texts: [&str; N],
        marked: impl FnOnce() -> Option<([String; N], C)>,
    ) -> Option<Answer> {
        let with_host = || {
            let (marks, content) = marked()?;
            Some(([HOST.to_owned()].into_iter().chain(marks), content))
        };
        let shell = self.shell(frame, page, with_host)?;
        let texts = texts.map(escape_html);
        let fill: Vec<&str> = [&frame.site.host[..]].into_iter().chain(texts.iter().map(String::as_str)).collect();
        Some(frame.html(Status::Ok, plain(&shell, &fill)))
    }

    /// A shell, rendered when it is asked for the first time.
    fn shell<C: Serialize, M: IntoIterator<Item = String>>(
        &self,
        frame: &Frame<'_>,
        (name, variant): (&'static str, &str),
        marked: impl FnOnce() -> Option<(M, C)>,
    ) -> Option<Shell> {
        let key = (name, format!("{variant} {}{}", frame.language(), frame.lang_query));
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(known));
        }
        let (marks, content) = marked()?;
        let html = frame.render(&anywhere(&frame.site), name, &[], content)?;
        let marks: Vec<String> = marks.into_iter().map(|mark| escape_html(&mark)).collect();
        // A page may well show no host and ask for no nonce; any other text would be lost.
        if marks.iter().any(|mark| mark != HOST && mark != NONCE && !html.contains(mark)) {
            tracing::error!(template = name, "a page has no place for what it has to show");
            return None;
        }
        let shell: Shell = Arc::new(cut(&html, &marks)?);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&shell));
        Some(shell)
    }
}

/// The site with the stand-in for its host.
fn anywhere(site: &Site) -> Site {
    let (scheme, rest) = site.origin.split_once("://").unwrap_or(("http", &site.origin));
    let base = rest.strip_prefix(&site.host).unwrap_or_default();
    Site { host: HOST.into(), origin: format!("{scheme}://{HOST}{base}"), plain_http: site.plain_http }
}

/// None when the page cannot be compressed.
fn cut(mut html: &str, marks: &[impl AsRef<str>]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    loop {
        let places = marks.iter().enumerate().filter_map(|(hole, mark)| Some((html.find(mark.as_ref())?, hole)));
        let Some((at, hole)) = places.min() else {
            pieces.push(Piece::Text(Text::new(html)?));
            return Some(pieces);
        };
        pieces.push(Piece::Text(Text::new(&html[..at])?));
        pieces.push(Piece::Hole(hole));
        html = &html[at + marks[hole].as_ref().len()..];
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

/// What stands in the place of a mark.
fn filling<'a>(fill: &[&'a str], hole: usize) -> &'a str {
    fill.get(hole).copied().unwrap_or_default()
}

fn plain(shell: &[Piece], fill: &[&str]) -> Vec<u8> {
    let length = |piece: &Piece| match piece {
        Piece::Text(text) => text.plain.len(),
        Piece::Hole(hole) => filling(fill, *hole).len(),
    };
    let mut html = Vec::with_capacity(shell.iter().map(length).sum());
    for piece in shell {
        match piece {
            Piece::Text(text) => html.extend_from_slice(text.plain.as_bytes()),
            Piece::Hole(hole) => html.extend_from_slice(filling(fill, *hole).as_bytes()),
        }
    }
    html
}

/// The page as a gzip file: what is filled in stands between the compressed pieces as it is.
fn gzipped(shell: &[Piece], fill: &[&str]) -> Vec<u8> {
    let mut file = Vec::with_capacity(8 * 1024);
    file.extend_from_slice(&GZIP_HEAD);
    let mut crc = Crc::new();
    for piece in shell {
        match piece {
            Piece::Text(text) => {
                file.extend_from_slice(&text.deflated);
                crc.combine(&text.crc);
            }
            Piece::Hole(hole) => {
                let filled = filling(fill, *hole).as_bytes();
                // Hosts and nonces are short; one that is not is left out of the page, not of its length.
                let length = u16::try_from(filled.len()).unwrap_or(0);
                let stored = &filled[..usize::from(length)];
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

#[cfg(test)]
mod tests {
    use super::{HOST, NONCE, anywhere, cut, gzipped, plain};
    use crate::web::guards::Site;
    use std::io::Read as _;

    const FILL: [&str; 2] = ["share.example:8000", "a nonce"];

    #[test]
    fn the_compressed_page_is_the_plain_one() {
        let pages = [
            format!("<p>{NONCE}</p>"),
            format!("{HOST}{NONCE}{HOST}"),
            format!("{}{NONCE}{}http://{HOST}/", "<p>text</p>".repeat(900), "<p>more text</p>".repeat(900)),
            "no holes".to_owned(),
            String::new(),
        ];
        for page in pages {
            let shell = cut(&page, &[HOST, NONCE]).unwrap();
            let wanted = page.replace(NONCE, "a nonce").replace(HOST, "share.example:8000");
            assert_eq!(String::from_utf8(plain(&shell, &FILL)).unwrap(), wanted);
            let mut text = String::new();
            flate2::read::GzDecoder::new(&gzipped(&shell, &FILL)[..]).read_to_string(&mut text).unwrap();
            assert_eq!(text, wanted);
        }
    }

    #[test]
    fn a_host_that_is_a_piece_of_the_scheme_changes_nothing_else() {
        let site = Site { host: "t".into(), origin: "http://t/tools".into(), plain_http: true };
        assert_eq!(anywhere(&site).origin, format!("http://{HOST}/tools"));
    }
}
