//! Pages that are the same for everybody but for a fresh nonce and the host they were asked at: rendered and compressed
//! once a language, then only filled in.

use super::frame::{Answer, Frame};
use crate::share::Owner;
use crate::web::assets::Encodings;
use crate::web::errors::Code;
use crate::web::guards::Site;
use flate2::{Compress, Compression, Crc, FlushCompress, Status as Progress};
use rocket::http::Status;
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
    Nonce,
    Host,
}

/// What never changes, plain and as deflate blocks that refer to nothing outside of it and end at a whole byte.
struct Text {
    plain: String,
    deflated: Vec<u8>,
    crc: Crc,
}

type Shell = Arc<Vec<Piece>>;

/// The shells rendered so far, by page and language.
#[derive(Default)]
pub struct Shells(RwLock<HashMap<(&'static str, String), Shell>>);

impl Shells {
    /// The page `name`, with a fresh nonce for every visit. `content` makes its context from the nonce.
    pub fn page<C: Serialize>(
        &self,
        mut frame: Frame<'_>,
        encodings: Encodings,
        name: &'static str,
        content: impl FnOnce(&'static str) -> C,
    ) -> Answer {
        let key = (name, format!("{}{}", frame.language(), frame.lang_query));
        let host = frame.site.host.clone();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let shell = match known {
            Some(shell) => shell,
            None => {
                frame.site = anywhere(&frame.site);
                let Some(html) = frame.render(name, &[], content(NONCE)) else {
                    return frame.problem(Code::Broken.into());
                };
                let Some(pieces) = cut(&html) else {
                    return frame.problem(Code::Broken.into());
                };
                let shell: Shell = Arc::new(pieces);
                self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&shell));
                shell
            }
        };
        let Ok(nonce) = Owner::random() else {
            return frame.problem(Code::Broken.into());
        };
        let nonce = nonce.expose();
        let fill = |piece: &Piece| match piece {
            Piece::Text(_) => None,
            Piece::Nonce => Some(nonce.clone()),
            Piece::Host => Some(host.clone()),
        };
        let mut answer = if encodings.gzip {
            let mut answer = frame.html(Status::Ok, gzipped(&shell, fill));
            answer.header("Content-Encoding", "gzip".to_owned());
            answer
        } else {
            frame.html(Status::Ok, plain(&shell, fill))
        };
        answer.header("Vary", "Accept-Encoding".to_owned());
        answer
    }
}

/// The site with the stand-in for its host.
fn anywhere(site: &Site) -> Site {
    let (scheme, rest) = site.origin.split_once("://").unwrap_or(("http", &site.origin));
    let base = rest.strip_prefix(&site.host).unwrap_or_default();
    Site { host: HOST.into(), origin: format!("{scheme}://{HOST}{base}"), plain_http: site.plain_http }
}

fn cut(html: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for (at, around_nonce) in html.split(NONCE).enumerate() {
        if at > 0 {
            pieces.push(Piece::Nonce);
        }
        for (at, text) in around_nonce.split(HOST).enumerate() {
            if at > 0 {
                pieces.push(Piece::Host);
            }
            pieces.push(Piece::Text(Text::new(text)?));
        }
    }
    Some(pieces)
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

fn plain(shell: &[Piece], fill: impl Fn(&Piece) -> Option<String>) -> Vec<u8> {
    let mut html = Vec::with_capacity(32 * 1024);
    for piece in shell {
        match (piece, fill(piece)) {
            (Piece::Text(text), _) => html.extend_from_slice(text.plain.as_bytes()),
            (_, filled) => html.extend_from_slice(filled.unwrap_or_default().as_bytes()),
        }
    }
    html
}

/// The page as a gzip file: what is filled in stands between the compressed pieces as it is.
fn gzipped(shell: &[Piece], fill: impl Fn(&Piece) -> Option<String>) -> Vec<u8> {
    let mut file = Vec::with_capacity(8 * 1024);
    file.extend_from_slice(&GZIP_HEAD);
    let mut crc = Crc::new();
    for piece in shell {
        match (piece, fill(piece)) {
            (Piece::Text(text), _) => {
                file.extend_from_slice(&text.deflated);
                crc.combine(&text.crc);
            }
            (_, filled) => {
                let filled = filled.unwrap_or_default();
                // Hosts and nonces are short; one that is not is left out of the page, not of its length.
                let length = u16::try_from(filled.len()).unwrap_or(0);
                let stored = &filled.as_bytes()[..usize::from(length)];
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
    use super::{HOST, NONCE, Piece, anywhere, cut, gzipped, plain};
    use crate::web::guards::Site;
    use std::io::Read as _;

    fn fill(piece: &Piece) -> Option<String> {
        match piece {
            Piece::Text(_) => None,
            Piece::Nonce => Some("a nonce".into()),
            Piece::Host => Some("share.example:8000".into()),
        }
    }

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
            let shell = cut(&page).unwrap();
            let wanted = page.replace(NONCE, "a nonce").replace(HOST, "share.example:8000");
            assert_eq!(String::from_utf8(plain(&shell, fill)).unwrap(), wanted);
            let mut text = String::new();
            flate2::read::GzDecoder::new(&gzipped(&shell, fill)[..]).read_to_string(&mut text).unwrap();
            assert_eq!(text, wanted);
        }
    }

    #[test]
    fn a_host_that_is_a_piece_of_the_scheme_changes_nothing_else() {
        let site = Site { host: "t".into(), origin: "http://t/tools".into(), plain_http: true };
        assert_eq!(anywhere(&site).origin, format!("http://{HOST}/tools"));
    }
}
