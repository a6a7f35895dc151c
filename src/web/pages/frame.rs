//! The frame of a page: language, site, and the answer in the form that the visitor's program shows.

use super::shell::Shells;
use crate::config::Settings;
use crate::share::Timestamp;
use crate::web::errors::{Code, Problem, problem_json};
use crate::web::guards::{Site, Wants};
use crate::web::locale::{LanguageId, Locales, Menu};
use crate::web::observe::refused;
use rocket::http::{ContentType, Header, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket_dyn_templates::Metadata;
use serde::Serialize;
use std::convert::Infallible;
use std::io::Cursor;

/// What every template is given.
#[derive(Serialize)]
struct Context<'a, T> {
    lang: &'a str,
    dir: &'a str,
    languages: Vec<Menu>,
    lang_query: &'a str,
    site: &'a str,
    host: &'a str,
    origin: &'a str,
    base: &'a str,
    plain_http: bool,
    contact: &'a str,
    problems: &'a [FieldProblem],
    #[serde(flatten)]
    content: T,
}

/// Something to fix, at a field of the form.
#[derive(Debug, Clone, Serialize)]
pub struct FieldProblem {
    /// The field's id in the page, which is its name.
    pub field: &'static str,
    /// What to do, in the visitor's language.
    pub text: String,
}

/// All that a page needs besides its own content. A guard that always succeeds.
pub struct Frame<'r> {
    /// The language of the answer.
    pub lang: LanguageId,
    /// `?lang=…` where the visitor asked for a language, else empty.
    pub lang_query: String,
    /// Where the visitor reaches the site.
    pub site: Site,
    /// The form of the answer.
    pub wants: Wants,
    /// The settings.
    pub settings: &'r Settings,
    /// Pages that only need to be filled in.
    pub shells: &'r Shells,
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
    /// The frame for a request; none while the site is not put together yet.
    pub async fn of(request: &'r Request<'_>) -> Option<Self> {
        let settings = request.rocket().state::<Settings>()?;
        let locales = request.rocket().state::<Locales>()?;
        let shells = request.rocket().state::<Shells>()?;
        let asked = request.query_value::<&str>("lang").and_then(Result::ok);
        let lang = locales.negotiate(asked, request.headers().get_one("Accept-Language"));
        let lang_query = locales.carried(asked);
        let metadata = request.guard::<Metadata<'r>>().await.succeeded();
        let (site, wants) = (Site::of(request), Wants::of(request));
        Some(Self { lang, lang_query, site, wants, settings, shells, locales, metadata })
    }

    /// Words in the visitor's language.
    pub fn words(&self, key: &str) -> String {
        self.locales.text(self.lang, key, None)
    }

    /// Words in the visitor's language that count `n`.
    pub fn count(&self, key: &str, n: u64) -> String {
        self.locales.text(self.lang, key, Some(n))
    }

    /// The code of the visitor's language.
    pub fn language(&self) -> &'r str {
        self.locales.code(self.lang)
    }

    /// A moment as pages show it: for machines, and in the visitor's words. None outside of the years 1 to 9999.
    pub fn moment(&self, at: Timestamp) -> Option<(String, String)> {
        let ms = i64::try_from(at.0).ok()?;
        Some((Locales::iso(ms).ok()?, self.locales.when(self.lang, ms).ok()?))
    }

    /// Renders a template for visitors of `site`.
    pub fn render(
        &self,
        site: &Site,
        name: &'static str,
        problems: &[FieldProblem],
        content: impl Serialize,
    ) -> Option<String> {
        let context = Context {
            lang: self.locales.code(self.lang),
            dir: self.locales.direction(self.lang),
            languages: self.locales.menu(self.lang),
            lang_query: &self.lang_query,
            site: &self.settings.site_name,
            host: &site.host,
            origin: &site.origin,
            base: self.settings.base(),
            plain_http: site.plain_http,
            contact: &self.settings.contact,
            problems,
            content,
        };
        self.metadata.as_ref()?.render(name, context).map(|(_, html)| html)
    }

    /// A page as an answer.
    pub fn page(&self, status: Status, name: &'static str, content: impl Serialize) -> Answer {
        self.form(status, name, &[], content)
    }

    /// A page whose form came back with problems.
    pub fn form(
        &self,
        status: Status,
        name: &'static str,
        problems: &[FieldProblem],
        content: impl Serialize,
    ) -> Answer {
        match self.render(&self.site, name, problems, content) {
            Some(html) => self.html(status, html.into_bytes()),
            None => {
                tracing::error!(template = name, "a template cannot be rendered");
                Answer::text(Status::InternalServerError, Code::Broken.detail())
            }
        }
    }

    /// HTML as an answer in this language.
    pub fn html(&self, status: Status, html: Vec<u8>) -> Answer {
        let mut answer = Answer::new(status, ContentType::HTML, html);
        answer.header("Content-Language", self.language().to_owned());
        answer.header("Vary", "Accept-Language, Accept".to_owned());
        answer
    }

    /// What went wrong: a page in plain words, problem details, or a line, as the visitor's program shows it.
    pub fn problem(&self, problem: Problem) -> Answer {
        let status = problem.code.status();
        let mut answer = match self.wants {
            Wants::Json => Answer::new(status, problem_json(), problem.json().into_bytes()),
            Wants::Text => Answer::text(status, problem.code.detail()),
            Wants::Html => self.problem_page(&problem),
        };
        answer.refusal = Some(problem.code.name());
        if let Some(seconds) = problem.retry_after {
            answer.header("Retry-After", seconds.to_string());
        }
        answer
    }

    fn problem_page(&self, problem: &Problem) -> Answer {
        #[derive(Serialize)]
        struct ErrorPage {
            key: &'static str,
            retry_minutes: u64,
            max_size_text: String,
            opens_at_ms: Option<u64>,
            incident: Option<String>,
        }
        let incident = incident(problem.code);
        let page = ErrorPage {
            key: error_key(problem.code),
            retry_minutes: problem.retry_after.unwrap_or(60).div_ceil(60).max(1),
            max_size_text: size_text(self.settings.max_size),
            opens_at_ms: None,
            incident,
        };
        self.page(problem.code.status(), "error", page)
    }
}

/// A name for a failure of ours, which both the page and the log tell.
fn incident(code: Code) -> Option<String> {
    if !matches!(code, Code::Broken | Code::Unavailable | Code::Full) {
        return None;
    }
    let mut bytes = [0; 5];
    getrandom::fill(&mut bytes).ok()?;
    let name = crate::share::base32::encode(&bytes);
    tracing::warn!(incident = name, code = code.name(), "a visitor was told that something failed");
    Some(name)
}

fn error_key(code: Code) -> &'static str {
    match code {
        Code::Malformed => "bad-request",
        Code::OwnerNeeded | Code::WrongPassword | Code::BrowserLocking | Code::CrossSite => "forbidden",
        Code::NotFound | Code::Gone => "not-found",
        Code::TooLarge => "too-large",
        Code::Taken
        | Code::Complete
        | Code::MissingParts
        | Code::SizeMismatch
        | Code::LengthNeeded
        | Code::WrongType
        | Code::Invalid
        | Code::PasswordNeeded
        | Code::PasswordFirst => "missing",
        Code::SlowDown => "too-many",
        Code::Unavailable => "closed",
        Code::Full => "full",
        Code::Broken => "broken",
    }
}

/// A size as people read it: decimal units, at most one digit behind the point.
pub fn size_text(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = bytes / (unit / 10);
            return match (tenths / 10, tenths % 10) {
                (whole, digit) if whole < 10 && digit > 0 => format!("{whole}.{digit} {name}"),
                (whole, _) => format!("{whole} {name}"),
            };
        }
    }
    format!("{bytes} bytes")
}

/// An answer of any kind.
pub struct Answer {
    refusal: Option<&'static str>,
    status: Status,
    kind: ContentType,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// An answer with this body.
    pub fn new(status: Status, kind: ContentType, body: Vec<u8>) -> Self {
        Self { refusal: None, status, kind, headers: Vec::new(), body }
    }

    /// A line of text.
    pub fn text(status: Status, line: &str) -> Self {
        Self::new(status, ContentType::Plain, format!("{line}\n").into_bytes())
    }

    /// Adds a header.
    pub fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(code) = self.refusal {
            refused(request, code);
        }
        let mut response = Response::build();
        let length = self.body.len();
        response.status(self.status).header(self.kind).sized_body(length, Cursor::new(self.body));
        // A page leaves in one piece. The size of pieces belongs to the body, so it is set after it.
        response.max_chunk_size(length.clamp(4_096, 256 * 1024));
        for (name, value) in self.headers {
            response.header_adjoin(Header::new(name, value));
        }
        response.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::size_text;

    #[test]
    fn sizes_read_as_people_say_them() {
        let said =
            [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (28_000_000, "28 MB"), (2_147_483_648, "2.1 GB")];
        for (bytes, text) in said {
            assert_eq!(size_text(bytes), text);
        }
    }
}
