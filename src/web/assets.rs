//! Scripts, styles and pictures: read once at launch, served under an address that changes with their content, so that
//! browsers may keep them for ever and a page never meets scripts of another release. Style sheets are joined, and so
//! are the modules that a page loads at once.

mod join;

use crate::config::Settings;
use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::http::{ContentType, Header};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket::{Route, State};
use rocket_dyn_templates::tera;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::fs;
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The style sheets in the order of their layers; served as one `css/app.css`.
const STYLES: [&str; 7] = ["reset", "tokens", "base", "layout", "forms", "parts", "print"];

/// What lies under an address that changes with it may be kept for a year, which is for ever (RFC 8246).
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What keeps its address when it changes is asked for again after a day.
const A_DAY: &str = "public, max-age=86400";

/// What the page without a network is made of. The worker keeps it beside the page, at addresses that are written above
/// its script: with each release it is another worker, which keeps what is new.
const OFFLINE: [&str; 3] = ["css/app.css", "js/pages/offline.js", "img/favicon.svg"];

/// All assets, cheap to clone.
#[derive(Clone)]
pub struct Assets(Arc<Inner>);

struct Inner {
    prefix: String,
    build: String,
    files: HashMap<String, File>,
}

struct File {
    kind: ContentType,
    plain: Vec<u8>,
    gzip: OnceLock<Vec<u8>>,
    brotli: OnceLock<Vec<u8>>,
}

impl Assets {
    /// Reads the folder.
    ///
    /// # Errors
    /// When it cannot be read or a script cannot be joined; the message names the file.
    pub fn load(settings: &Settings) -> io::Result<Self> {
        let mut contents = BTreeMap::new();
        read_folder(&settings.static_dir, &settings.static_dir, &mut contents)?;
        let mut styles = format!("@layer {};\n", STYLES.join(", ")).into_bytes();
        for name in STYLES {
            styles.extend(contents.remove(&format!("css/{name}.css")).unwrap_or_default());
        }
        contents.insert("css/app.css".into(), styles);
        let joined = join_scripts(&contents).map_err(|why| {
            let message = format!("{}: {why}", settings.static_dir.display());
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        contents.extend(joined);
        let mut hash = Sha256::new();
        for (path, bytes) in &contents {
            hash.update((path.len() as u64).to_be_bytes());
            hash.update(path);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let build = hash.finalize().iter().take(6).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let prefix = format!("{}/assets/{build}", settings.base());
        if let Some(worker) = contents.get_mut("js/sw.js") {
            let parts = serde_json::json!(OFFLINE.map(|path| format!("{prefix}/{path}")));
            worker.splice(0..0, format!("const PARTS = {parts};\n").into_bytes());
        }
        let files = contents
            .into_iter()
            .map(|(path, plain)| {
                let extension = path.rsplit('.').next().unwrap_or_default();
                let kind = match extension {
                    "webmanifest" => ContentType::new("application", "manifest+json"),
                    _ => ContentType::from_extension(extension).unwrap_or(ContentType::Binary),
                };
                (path, File { kind, plain, gzip: OnceLock::new(), brotli: OnceLock::new() })
            })
            .collect();
        Ok(Self(Arc::new(Inner { prefix, build, files })))
    }

    /// The address of an asset; none when there is no such file.
    pub fn url(&self, path: &str) -> Option<String> {
        self.0.files.contains_key(path).then(|| format!("{}/{path}", self.0.prefix))
    }

    /// Adds `asset(path="…")` to the templates.
    pub fn register(&self, tera: &mut tera::Tera) {
        let assets = self.clone();
        tera.register_function("asset", move |args: &HashMap<String, tera::Value>| {
            let path = args.get("path").and_then(tera::Value::as_str).unwrap_or_default();
            let url = assets.url(path).ok_or_else(|| tera::Error::msg(format!("there is no asset {path}")))?;
            Ok(tera::Value::String(url))
        });
    }

    /// One file, in the form that the client takes.
    fn get(&self, path: &str, encodings: Encodings) -> Option<Asset> {
        let kind = self.0.files.get(path)?.kind.clone();
        Some(Asset { assets: self.clone(), path: path.to_owned(), kind, encodings, cache: FOR_EVER })
    }
}

/// The scripts that pages load, each in one piece.
fn join_scripts(contents: &BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut scripts = BTreeMap::new();
    for (path, bytes) in contents.iter().filter(|(path, _)| path.starts_with("js/")) {
        scripts.insert(path.as_str(), str::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))?);
    }
    let joined = join::join(&scripts).map_err(|refusal| refusal.to_string())?;
    Ok(joined.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
}

fn read_folder(root: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let named = |path: &Path, error: &io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    for entry in fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, into)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            into.insert(name, fs::read(&path).map_err(|error| named(&path, &error))?);
        }
    }
    Ok(())
}

/// The compressions that a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encodings {
    /// gzip.
    pub gzip: bool,
    /// brotli, which browsers only take over https and from this machine.
    pub brotli: bool,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Encodings {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let takes = |name: &str| {
            request.headers().get("Accept-Encoding").flat_map(|value| value.split(',')).any(|offer| {
                let mut words = offer.split(';').map(str::trim);
                let quality = |word: &str| word.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
                words.next().is_some_and(|word| word.eq_ignore_ascii_case(name))
                    && words.filter_map(quality).all(|quality| quality > 0.0)
            })
        };
        Outcome::Success(Self { gzip: takes("gzip"), brotli: takes("br") })
    }
}

/// `bytes` in gzip.
pub fn gzip(bytes: &[u8], level: Compression) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::with_capacity(bytes.len() / 2), 4096, 11, 18);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

/// An asset on its way out. Compressed at its first use and kept, so that the launch does not wait for it.
pub struct Asset {
    assets: Assets,
    path: String,
    kind: ContentType,
    encodings: Encodings,
    cache: &'static str,
}

/// What an asset's body is read from: the shared bytes, not a copy.
struct Shared {
    asset: Assets,
    path: String,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Plain,
    Gzip,
    Brotli,
}

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.asset.0.files.get(&self.path).map_or(&[], |file| file.form(self.form))
    }
}

impl File {
    /// The bytes in a form; plain where compressing failed or does not help.
    fn form(&self, form: Form) -> &[u8] {
        match form {
            Form::Plain => &self.plain,
            Form::Gzip => self.gzip.get_or_init(|| gzip(&self.plain, Compression::best()).unwrap_or_default()),
            Form::Brotli => self.brotli.get_or_init(|| brotli(&self.plain).unwrap_or_default()),
        }
    }
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let text = self.kind.top() == "text"
            || matches!(self.kind.sub().as_str(), "javascript" | "svg+xml" | "json" | "manifest+json");
        let form = match self.encodings {
            Encodings { brotli: true, .. } if text => Form::Brotli,
            Encodings { gzip: true, .. } if text => Form::Gzip,
            _ => Form::Plain,
        };
        let shared = Shared { asset: self.assets, path: self.path, form };
        let length = shared.as_ref().len();
        let mut response = Response::build();
        response
            .header(self.kind)
            .header(Header::new("Cache-Control", self.cache))
            .sized_body(length, Cursor::new(shared))
            .max_chunk_size(length.clamp(4_096, 256 * 1024));
        if text {
            response.header(Header::new("Vary", "Accept-Encoding"));
        }
        match form {
            Form::Plain => {}
            Form::Gzip => drop(response.header(Header::new("Content-Encoding", "gzip"))),
            Form::Brotli => drop(response.header(Header::new("Content-Encoding", "br"))),
        }
        response.ok()
    }
}

#[rocket::get("/assets/<build>/<path..>")]
fn asset(build: &str, path: PathBuf, encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    if build != assets.0.build {
        return None;
    }
    assets.get(&path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"), encodings)
}

#[rocket::get("/favicon.ico")]
fn favicon(encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    picture("favicon.ico", encodings, assets)
}

/// Pictures whose address others write down: chats beside a message, phones beside an icon. They come back for them
/// long after, so the address outlives the release.
#[rocket::get("/img/<name>")]
fn picture(name: &str, encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    assets.get(&format!("img/{name}"), encodings).map(|picture| Asset { cache: A_DAY, ..picture })
}

/// The service worker, whose address decides which pages it serves, so it cannot stand under a build's address.
#[rocket::get("/sw.js")]
fn service_worker(encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    assets.get("js/sw.js", encodings).map(|script| Asset { cache: "no-cache", ..script })
}

/// Routes to be mounted under the base path.
pub fn routes() -> Vec<Route> {
    rocket::routes![asset, favicon, picture, service_worker]
}
