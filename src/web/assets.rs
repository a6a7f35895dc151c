//! Static assets: scripts, styles and images.
//!
//! They are read once at startup, from the program and from `static_dir`, and served under a URL that contains a hash of
//! all of them. Browsers can therefore cache them without revalidation, and a page never loads scripts of another
//! release. Style sheets are concatenated, and the modules that a page imports statically are bundled.

mod bundle;
mod stale;

use super::site_files::{Part, SiteFiles};
use crate::config::{BadSetting, Settings};
use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::http::{ContentType, Header};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket::{Either, Route, State};
use rocket_dyn_templates::tera;
use sha2::{Digest as _, Sha256};
use stale::StaleScript;
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::io::{self, Cursor, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The style sheets in the order of their cascade layers, served together as `css/app.css`.
const STYLES: [&str; 9] = ["reset", "tokens", "base", "drawing", "layout", "forms", "parts", "motion", "print"];

/// Caching of assets whose URL changes with their content (RFC 8246).
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Caching of assets whose URL stays the same when their content changes.
const ONE_DAY: &str = "public, max-age=86400";

/// Assets of the offline page. The service worker caches them with the page. Their URLs are prepended to its script, so
/// that each release installs a new worker, which caches the new assets.
const OFFLINE: [&str; 3] = ["css/app.css", "js/pages/offline.js", "img/favicon.svg"];

/// All assets. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Assets(Arc<Inner>);

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
    /// Reads and bundles the static files.
    ///
    /// # Errors
    /// When a file cannot be read or a script cannot be bundled. The message names the file.
    pub(crate) fn load(settings: &Settings) -> Result<Self, BadSetting> {
        let bad = |fix: String| BadSetting { key: Part::Static.setting().to_owned(), fix };
        let files = SiteFiles::of(Part::Static, settings)?;
        let mut contents = BTreeMap::new();
        for path in files.paths() {
            contents.insert(path.to_owned(), files.read(path).map_err(|error| bad(error.to_string()))?);
        }
        let mut styles = format!("@layer {};\n", STYLES.join(", ")).into_bytes();
        for name in STYLES {
            styles.extend(contents.remove(&format!("css/{name}.css")).unwrap_or_default());
        }
        contents.insert("css/app.css".into(), styles);
        let bundles = bundle_scripts(&contents).map_err(bad)?;
        contents.extend(bundles);
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
            let urls = serde_json::json!(OFFLINE.map(|path| format!("{prefix}/{path}")));
            worker.splice(0..0, format!("const OFFLINE_ASSETS = {urls};\n").into_bytes());
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

    /// Returns the URL of an asset, or `None` when there is no such file.
    pub(crate) fn url(&self, path: &str) -> Option<String> {
        self.0.files.contains_key(path).then(|| format!("{}/{path}", self.0.prefix))
    }

    /// Returns the uncompressed bytes of a file of this build, or `None` for another build or path.
    pub(crate) fn original(&self, build: &str, path: &str) -> Option<&[u8]> {
        let file = self.0.files.get(path).filter(|_| build == self.0.build)?;
        Some(&file.plain)
    }

    /// Registers the template function `asset(path="…")`, which returns an asset's URL.
    pub(crate) fn register(&self, tera: &mut tera::Tera) {
        let assets = self.clone();
        tera.register_function("asset", move |args: &HashMap<String, tera::Value>| {
            let path = args.get("path").and_then(tera::Value::as_str).unwrap_or_default();
            let url = assets.url(path).ok_or_else(|| tera::Error::msg(format!("no asset \"{path}\"")))?;
            Ok(tera::Value::String(url))
        });
    }

    /// Returns a file, to be sent in an encoding that the client accepts.
    fn get(&self, path: &str, encodings: Encodings) -> Option<Asset> {
        let kind = self.0.files.get(path)?.kind.clone();
        Some(Asset { assets: self.clone(), path: path.to_owned(), kind, encodings, cache: IMMUTABLE })
    }
}

/// Bundles the scripts in `contents`, keyed by path.
fn bundle_scripts(contents: &BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut scripts = BTreeMap::new();
    for (path, bytes) in contents.iter().filter(|(path, _)| path.starts_with("js/")) {
        scripts.insert(path.as_str(), str::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))?);
    }
    let bundles = bundle::bundle(&scripts).map_err(|error| error.to_string())?;
    Ok(bundles.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
}

/// Content codings that the client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encodings {
    /// gzip.
    pub(crate) gzip: bool,
    /// Brotli. Browsers accept it only over https and from localhost.
    pub(crate) brotli: bool,
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

/// Compresses `bytes` with gzip.
pub(crate) fn gzip(bytes: &[u8], level: Compression) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Compresses `bytes` with Brotli at its highest level.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::with_capacity(bytes.len() / 2), 4096, 11, 18);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

/// Response with an asset. Compression happens on the first request and is cached, so that it does not delay startup.
pub(crate) struct Asset {
    assets: Assets,
    path: String,
    kind: ContentType,
    encodings: Encodings,
    cache: &'static str,
}

/// Body of an asset's response. Refers to the shared bytes instead of copying them.
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
    /// Returns the bytes in a form, compressing them on the first call. Empty if compression fails.
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
fn asset(
    build: &str,
    path: PathBuf,
    encodings: Encodings,
    assets: &State<Assets>,
) -> Option<Either<Asset, StaleScript>> {
    let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    if build == assets.0.build {
        return assets.get(&path, encodings).map(Either::Left);
    }
    match path.as_str() {
        _ if !stale::is_build(build) => None,
        style if style.starts_with("css/") => {
            assets.get(style, encodings).map(|style| Either::Left(Asset { cache: "no-store", ..style }))
        }
        script => StaleScript::of(script).map(Either::Right),
    }
}

#[rocket::get("/favicon.ico")]
fn favicon(encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    picture("favicon.ico", encodings, assets)
}

/// Images with a stable URL: link previews in chats and home-screen icons refer to it long after a release.
#[rocket::get("/img/<name>")]
fn picture(name: &str, encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    assets.get(&format!("img/{name}"), encodings).map(|picture| Asset { cache: ONE_DAY, ..picture })
}

/// The service worker. Its URL determines its scope, so it cannot be under the URL of a build.
#[rocket::get("/sw.js")]
fn service_worker(encodings: Encodings, assets: &State<Assets>) -> Option<Asset> {
    assets.get("js/sw.js", encodings).map(|script| Asset { cache: "no-cache", ..script })
}

/// Returns the routes to mount under the base path.
pub(crate) fn routes() -> Vec<Route> {
    rocket::routes![asset, favicon, picture, service_worker]
}
