//! The context of a page request: language, site, settings and the response format.

use super::page_cache::{CachedPage, PageCache};
use super::response::PageResponse;
use crate::config::Settings;
use crate::share::Timestamp;
use crate::web::assets::Encodings;
use crate::web::errors::{Code, Problem, problem_json};
use crate::web::guards::{ResponseFormat, Site};
use crate::web::locale::{LanguageId, Locales, Menu};
use onetimeshare_envelope::Owner;
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket_dyn_templates::Metadata;
use rocket_dyn_templates::tera::escape_html;
use serde::Serialize;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Marks the nonce in a cached page. No nonce has these letters.
const NONCE_MARKER: &str = "llllllllllllllllllllllllllllllll";

/// Marks the host in a cached page.
const HOST_MARKER: &str = "llll.host.invalid";

/// Marks the host without its port in a cached page.
const HTTPS_HOST_MARKER: &str = "llll.https.invalid";

/// Marks the server's time in a cached page.
const NOW_MARKER: &str = "llll.now.invalid";

/// Context of every template.
#[derive(Serialize)]
struct Context<'a, T> {
    lang: &'a str,
    dir: &'a str,
    languages: Vec<Menu>,
    lang_query: &'a str,
    site: &'a str,
    host: &'a str,
    https_host: &'a str,
    origin: &'a str,
    public_origin: &'a str,
    now: &'a str,
    base: &'a str,
    plain_http: bool,
    contact: &'a str,
    problems: &'a [FieldProblem],
    #[serde(flatten)]
    content: T,
}

/// A validation message for a form field.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FieldProblem {
    /// The field's name, which is also its id in the page.
    pub(crate) field: &'static str,
    /// How to correct it, in the visitor's language.
    pub(crate) text: String,
}

/// Everything a page needs besides its own content.
pub(crate) struct Frame<'r> {
    /// The language of the response.
    pub(crate) lang: LanguageId,
    /// `?lang=…` when the visitor chose a language, or else empty.
    pub(crate) lang_query: String,
    /// The site's address as the visitor sees it.
    pub(crate) site: Site,
    /// The response format.
    pub(crate) format: ResponseFormat,
    /// The site's settings.
    pub(crate) settings: &'r Settings,
    cache: &'r PageCache,
    locales: &'r Locales,
    metadata: Option<Metadata<'r>>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Frame<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        match Self::of(request).await {
            Some(frame) => Outcome::Success(frame),
            None => Outcome::Forward(Status::InternalServerError),
        }
    }
}

impl<'r> Frame<'r> {
    /// Returns the frame for a request, or `None` when Rocket does not manage the settings, locales or page cache.
    pub(crate) async fn of(request: &'r Request<'_>) -> Option<Self> {
        let settings = request.rocket().state::<Settings>()?;
        let locales = request.rocket().state::<Locales>()?;
        let cache = request.rocket().state::<PageCache>()?;
        let asked = request.query_value::<&str>("lang").and_then(Result::ok);
        let lang = locales.negotiate(asked, request.headers().get_one("Accept-Language"));
        let lang_query = locales.query_suffix(asked);
        let metadata = request.guard::<Metadata<'r>>().await.succeeded();
        let (site, format) = (Site::of(request), ResponseFormat::of(request));
        Some(Self { lang, lang_query, site, format, settings, cache, locales, metadata })
    }

    /// Returns the text of `key` in the visitor's language.
    pub(crate) fn words(&self, key: &str) -> String {
        self.locales.text(self.lang, key, None)
    }

    /// Returns the text of `key` in the visitor's language, in the plural form of `n`.
    pub(crate) fn count(&self, key: &str, n: u64) -> String {
        self.locales.text(self.lang, key, Some(n))
    }

    /// Returns a size in bytes as text in the visitor's language.
    pub(crate) fn size(&self, bytes: u64) -> String {
        self.locales.size(self.lang, bytes)
    }

    /// Returns the code of the visitor's language.
    pub(crate) fn language(&self) -> &'r str {
        self.locales.code(self.lang)
    }

    /// Returns the direction of the visitor's language, `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> &'static str {
        self.locales.direction(self.lang)
    }

    /// Returns the short note that goes with a link, in the visitor's language and with `{date}` in place of its time.
    pub(crate) fn note(&self) -> Option<String> {
        self.locales.template(self.lang, "ready-note").ok()
    }

    /// Returns a time in ISO format and as text in the visitor's language, or `None` outside the years 1 to 9999.
    pub(crate) fn moment(&self, at: Timestamp) -> Option<(String, String)> {
        let ms = i64::try_from(at.0).ok()?;
        Some((Locales::iso(ms).ok()?, self.locales.when(self.lang, ms).ok()?))
    }

    /// Renders a template for visitors of `site`.
    fn render(
        &self,
        site: &Site,
        (https_host, now): (&str, &str),
        name: &'static str,
        problems: &[FieldProblem],
        content: impl Serialize,
    ) -> Option<String> {
        let context = Context {
            lang: self.locales.code(self.lang),
            dir: self.direction(),
            languages: self.locales.menu(self.lang),
            lang_query: &self.lang_query,
            site: &self.settings.site_name,
            host: &site.host,
            https_host,
            origin: &site.origin,
            public_origin: if self.settings.public_url.is_some() { &site.origin } else { "" },
            now,
            base: self.settings.base(),
            // Browsers encrypt on pages of this device without https.
            plain_http: site.plain_http && !is_loopback(&self.site.host),
            contact: &self.settings.contact,
            problems,
            content,
        };
        self.metadata.as_ref()?.render(name, context).map(|(_, html)| html)
    }

    /// Responds with a page.
    pub(crate) fn page(&self, status: Status, name: &'static str, content: impl Serialize) -> PageResponse {
        self.form(status, name, &[], content)
    }

    /// Responds with a page whose form holds validation messages.
    pub(crate) fn form(
        &self,
        status: Status,
        name: &'static str,
        problems: &[FieldProblem],
        content: impl Serialize,
    ) -> PageResponse {
        match self.render(&self.site, (without_port(&self.site.host), &now_ms()), name, problems, content) {
            Some(html) => self.html(status, html.into_bytes()),
            None => {
                tracing::error!(template = name, "template rendering failed");
                PageResponse::text(Status::InternalServerError, Code::Broken.detail())
            }
        }
    }

    /// Responds with a cached page that holds a fresh nonce. `content` builds the template context from the nonce.
    pub(crate) fn cached_page<C: Serialize>(
        &self,
        encodings: Encodings,
        name: &'static str,
        content: impl FnOnce(&'static str) -> C,
    ) -> PageResponse {
        self.cached_page_with(encodings, (name, ""), [], content)
    }

    /// Works like [`Self::cached_page`] for a page that also holds `values`, each with its marker. `page` is as for
    /// [`Self::filled_page`].
    pub(crate) fn cached_page_with<C: Serialize, const N: usize>(
        &self,
        encodings: Encodings,
        page: (&'static str, &str),
        values: [(&'static str, String); N],
        content: impl FnOnce(&'static str) -> C,
    ) -> PageResponse {
        let markers = values.iter().map(|(marker, _)| (*marker).to_owned());
        let markers = [NONCE_MARKER.to_owned()].into_iter().chain(markers).collect::<Vec<_>>();
        let page = self.cached(page, || Some((markers, content(NONCE_MARKER))));
        let (Some(page), Ok(nonce)) = (page, Owner::random()) else {
            return self.problem(Code::Broken.into());
        };
        let nonce = nonce.expose();
        let values: Vec<String> = values.iter().map(|(_, value)| escape_html(value)).collect();
        let now = now_ms();
        let fixed = [&self.site.host[..], without_port(&self.site.host), &now, &nonce];
        let values: Vec<&str> = fixed.into_iter().chain(values.iter().map(String::as_str)).collect();
        let mut response = if encodings.gzip {
            let mut response = self.html(Status::Ok, page.gzip(&values));
            response.header("Content-Encoding", "gzip".to_owned());
            response
        } else {
            self.html(Status::Ok, page.html(&values))
        };
        response.header("Vary", "Accept-Encoding".to_owned());
        response
    }

    /// Responds with a cached page that holds `values`. When the page is rendered for the first time, `marked` returns
    /// one marker for each value and the template context that holds the markers. A marker occurs nowhere else in the
    /// page. `page` is the template name and a variant that tells pages of one template apart. Returns `None` when the
    /// page cannot be rendered.
    pub(crate) fn filled_page<C: Serialize, const N: usize>(
        &self,
        page: (&'static str, &str),
        values: [&str; N],
        marked: impl FnOnce() -> Option<([String; N], C)>,
    ) -> Option<PageResponse> {
        let page = self.cached(page, || marked().map(|(markers, content)| (markers.to_vec(), content)))?;
        let values = values.map(escape_html);
        let now = now_ms();
        let values: Vec<&str> = [&self.site.host[..], without_port(&self.site.host), &now]
            .into_iter()
            .chain(values.iter().map(String::as_str))
            .collect();
        Some(self.html(Status::Ok, page.html(&values)))
    }

    /// Returns the cached page. The host, the host without port and the time are values 0 to 2; the values of
    /// `marked` follow.
    fn cached<C: Serialize>(
        &self,
        (name, variant): (&'static str, &str),
        marked: impl FnOnce() -> Option<(Vec<String>, C)>,
    ) -> Option<Arc<CachedPage>> {
        let scheme = if self.site.plain_http { "http" } else { "https" };
        let local = is_loopback(&self.site.host);
        let key = (name, format!("{variant} {scheme} {local} {}{}", self.language(), self.lang_query));
        self.cache.get(key, || {
            let (markers, content) = marked()?;
            let html =
                self.render(&with_host_marker(&self.site), (HTTPS_HOST_MARKER, NOW_MARKER), name, &[], content)?;
            let markers: Vec<String> = markers.iter().map(|marker| escape_html(marker)).collect();
            // A page may show no nonce, but any other value without a place would be lost.
            if markers.iter().any(|marker| marker != NONCE_MARKER && !html.contains(marker)) {
                tracing::error!(template = name, "page template lacks a value");
                return None;
            }
            let frame = [HOST_MARKER, HTTPS_HOST_MARKER, NOW_MARKER].map(str::to_owned);
            Some((frame.into_iter().chain(markers).collect(), html))
        })
    }

    /// Responds with HTML in the visitor's language.
    fn html(&self, status: Status, html: Vec<u8>) -> PageResponse {
        let mut response = PageResponse::new(status, ContentType::HTML, html);
        response.header("Content-Language", self.language().to_owned());
        response.header("Vary", "Accept-Language, Accept".to_owned());
        response
    }

    /// Responds with an error, as a page, problem details (RFC 9457) or a line of text.
    pub(crate) fn problem(&self, problem: Problem) -> PageResponse {
        let status = problem.code.status();
        let mut response = match self.format {
            ResponseFormat::Json => PageResponse::new(status, problem_json(), problem.json().into_bytes()),
            ResponseFormat::Text => PageResponse::text(status, problem.detail()),
            ResponseFormat::Html => self.problem_page(&problem),
        };
        response.set_error_code(problem.code.name());
        if let Some(seconds) = problem.retry_after {
            response.header("Retry-After", seconds.to_string());
        }
        response
    }

    fn problem_page(&self, problem: &Problem) -> PageResponse {
        #[derive(Serialize)]
        struct ErrorPage {
            key: &'static str,
            retry_minutes: u64,
            max_size_text: String,
            /// What would fit, for "full", where that is known.
            fits: Option<String>,
            incident: Option<String>,
        }
        let incident = incident(problem.code);
        let page = ErrorPage {
            key: error_key(problem.code),
            retry_minutes: problem.retry_after.unwrap_or(60).div_ceil(60).max(1),
            max_size_text: self.size(self.settings.max_size),
            fits: problem
                .extra
                .get("fits")
                .and_then(serde_json::Value::as_u64)
                .filter(|fits| *fits > 0)
                .map(|fits| self.size(fits)),
            incident,
        };
        self.page(problem.code.status(), "error", page)
    }
}

/// Returns the time in Unix milliseconds.
fn now_ms() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis().to_string()
}

/// Returns a host without its port, which is that of plain http.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Returns whether browsers take pages of this host for secure without https (Secure Contexts, section 3.1).
fn is_loopback(host: &str) -> bool {
    let name = without_port(host).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// Returns the site with the marker in place of its host.
fn with_host_marker(site: &Site) -> Site {
    let (scheme, rest) = site.origin.split_once("://").unwrap_or(("http", &site.origin));
    let base = rest.strip_prefix(&site.host).unwrap_or_default();
    Site { host: HOST_MARKER.into(), origin: format!("{scheme}://{HOST_MARKER}{base}"), plain_http: site.plain_http }
}

/// Returns a random id for a server failure, which both the page and the log show.
fn incident(code: Code) -> Option<String> {
    if !matches!(code, Code::Broken | Code::Unavailable | Code::Full) {
        return None;
    }
    let name = onetimeshare_envelope::base32::encode(&onetimeshare_envelope::random::bytes::<5>().ok()?);
    tracing::warn!(incident = name, code = code.name(), "server failure shown to visitor");
    Some(name)
}

fn error_key(code: Code) -> &'static str {
    match code {
        Code::Malformed | Code::NotUtf8 => "bad-request",
        Code::OwnerNeeded | Code::WrongPassword | Code::BrowserLocking => "forbidden",
        Code::CrossSite => "cross-site",
        Code::NotFound | Code::Gone | Code::Lost => "not-found",
        Code::TooLarge => "too-large",
        Code::Taken
        | Code::Complete
        | Code::RequestFull
        | Code::MissingParts
        | Code::SizeMismatch
        | Code::LengthNeeded
        | Code::WrongType
        | Code::Compressed
        | Code::UnknownCharset
        | Code::UnknownEncoding
        | Code::Invalid
        | Code::Unknown
        | Code::PasswordNeeded
        | Code::PasswordFirst => "missing",
        Code::SlowDown => "too-many",
        Code::Unavailable => "closed",
        Code::Full => "full",
        Code::Broken => "broken",
    }
}

/// Returns seconds in the largest unit that needs no fraction: 24 hours are 1 day, but 36 hours stay 36 hours.
pub(crate) fn in_units(seconds: u64) -> (u64, &'static str) {
    const UNITS: [(u64, &str); 3] = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
    let whole = UNITS.into_iter().find(|(unit, _)| seconds >= *unit && seconds.is_multiple_of(*unit));
    let (unit, name) = whole.unwrap_or((1, "seconds"));
    (seconds / unit, name)
}

#[cfg(test)]
mod tests {
    use super::{HOST_MARKER, is_loopback, with_host_marker, without_port};
    use crate::web::guards::Site;

    #[test]
    fn a_host_that_is_part_of_the_scheme_is_replaced_once() {
        let site = Site { host: "t".into(), origin: "http://t/tools".into(), plain_http: true };
        assert_eq!(with_host_marker(&site).origin, format!("http://{HOST_MARKER}/tools"));
    }

    #[test]
    fn hosts_lose_their_port_and_are_of_this_device_or_not() {
        for (host, name, local) in [
            ("share.example:8000", "share.example", false),
            ("share.example", "share.example", false),
            ("[::1]:8000", "[::1]", true),
            ("[fe80::1]", "[fe80::1]", false),
            ("127.0.0.1:80", "127.0.0.1", true),
            ("127.0.0.1.example", "127.0.0.1.example", false),
            ("LOCALHOST:1", "LOCALHOST", true),
            ("a.localhost", "a.localhost", true),
            ("notlocalhost", "notlocalhost", false),
        ] {
            assert_eq!((without_port(host), is_loopback(host)), (name, local), "{host}");
        }
    }
}
