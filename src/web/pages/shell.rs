//! Pages that are the same for everybody but for a fresh nonce and the host they were asked at: rendered once a
//! language, then only filled in.

use super::frame::{Answer, Frame};
use crate::share::Owner;
use crate::web::errors::Code;
use crate::web::guards::Site;
use rocket::http::Status;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Stands for the nonce while a shell is rendered; no nonce has these letters.
const NONCE: &str = "llllllllllllllllllllllllllllllll";

/// Stands for the host.
const HOST: &str = "llll.host.invalid";

enum Piece {
    Text(String),
    Nonce,
    Host,
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
        name: &'static str,
        content: impl FnOnce(&'static str) -> C,
    ) -> Answer {
        let key = (name, format!("{}{}", frame.language(), frame.lang_query));
        let host = frame.site.host.clone();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let shell = match known {
            Some(shell) => shell,
            None => {
                let origin = frame.site.origin.replacen(&host, HOST, 1);
                frame.site = Site { host: HOST.into(), origin, plain_http: frame.site.plain_http };
                let Some(html) = frame.render(name, &[], content(NONCE)) else {
                    return frame.problem(Code::Broken.into());
                };
                let shell: Shell = Arc::new(cut(&html));
                self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&shell));
                shell
            }
        };
        let Ok(nonce) = Owner::random() else {
            return frame.problem(Code::Broken.into());
        };
        let nonce = nonce.expose();
        let mut html = String::with_capacity(32 * 1024);
        for piece in shell.iter() {
            html.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Nonce => &nonce,
                Piece::Host => &host,
            });
        }
        frame.html(Status::Ok, html)
    }
}

fn cut(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, around_nonce) in html.split(NONCE).enumerate() {
        if at > 0 {
            pieces.push(Piece::Nonce);
        }
        for (at, text) in around_nonce.split(HOST).enumerate() {
            if at > 0 {
                pieces.push(Piece::Host);
            }
            pieces.push(Piece::Text(text.to_owned()));
        }
    }
    pieces
}
