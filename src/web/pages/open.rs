//! The open page, the same for every link, and its form in no-script mode, where the server decrypts.

use super::derivation_queue::DerivationQueue;
use super::download::Download;
use super::form_decryption::{DecryptedShare, OpenError, open, path_id};
use super::frame::{FieldProblem, Frame};
use super::response::PageResponse;
use crate::service::Shares;
use crate::share::Timestamp;
use crate::share::record::State as ShareState;
use crate::web::assets::Encodings;
use crate::web::errors::{Code, Problem};
use crate::web::forms::{Fields, Form, OpenFields};
use crate::web::guards::ResponseFormat;
use crate::web::help::Terminal;
use crate::web::limits::{Asking, Pass, Saving};
use crate::web::representation::{rfc3339, state_name};
use onetimeshare_envelope::{ShareId, StatusLink};
use rocket::State;
use rocket::http::uri::{Segments, fmt::Path};
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

/// Byte limit of a form with a link and a password.
const FORM_LIMIT: usize = 64 * 1024;

#[derive(Default, Serialize)]
struct Values<'a> {
    link: &'a str,
    password: &'a str,
}

#[derive(Serialize)]
struct OpenPage<'a> {
    nonce: &'a str,
    values: Values<'a>,
    require_browser_locking: bool,
    /// Whether a message can be shown again after a reload.
    reading: bool,
}

/// Shows the page. It is the same for every path below `/s/` and reads no storage, so link previews and scanners learn
/// nothing and open nothing. Accepts any path, because the page's script repairs links whose key was moved into the
/// path. `PathBuf` would reject brackets and dots at the ends of a segment.
#[rocket::get("/s/<_path..>")]
pub(crate) fn page(
    frame: Frame<'_>,
    encodings: Encodings,
    terminal: Terminal,
    _path: Segments<'_, Path>,
) -> PageResponse {
    if terminal.0 {
        return in_terminal(&frame);
    }
    let (require_browser_locking, reading) = (frame.settings.require_browser_locking, has_window(&frame));
    let content = |nonce| OpenPage { nonce, values: Values::default(), require_browser_locking, reading };
    frame.cached_page(encodings, "open", content).playing_media()
}

/// Returns whether messages of this site have a reading window.
fn has_window(frame: &Frame<'_>) -> bool {
    frame.settings.grace().window(1).is_some()
}

/// Says how to open a link that was fetched in a terminal.
pub(crate) fn in_terminal(frame: &Frame<'_>) -> PageResponse {
    let lines = format!("{}\n{}", frame.words("open-terminal"), frame.words("open-terminal-how"));
    PageResponse::text(Status::Ok, &lines)
}

/// Opens a share with the complete link pasted into the form.
#[rocket::post("/s/<path..>", data = "<form>", rank = 2)]
pub(crate) async fn submit(
    path: Segments<'_, Path>,
    frame: Frame<'_>,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    derivations: &State<DerivationQueue>,
    form: Form<OpenFields, { FORM_LIMIT }>,
) -> PageResponse {
    let (_permit, changes) = match pass.admit(shares) {
        Ok(admitted) => admitted,
        Err(problem) => return frame.problem(problem),
    };
    if frame.settings.require_browser_locking {
        return scripts_required(&frame);
    }
    let fields = match form.0 {
        Ok(fields) => fields,
        Err(code) => return frame.problem(code),
    };
    match open(path_id(path), &fields, &frame, changes, derivations).await {
        Ok(share) => show_share(&frame, &fields, &share),
        Err(error) => respond_to_error(&frame, &fields, error),
    }
}

/// Sends one file, decrypted while it is sent.
#[rocket::post("/s/<id>/files/<n>", data = "<form>", rank = 1)]
pub(crate) async fn file(
    id: &str,
    n: usize,
    frame: Frame<'_>,
    pass: Pass<Saving>,
    shares: &State<Shares>,
    derivations: &State<DerivationQueue>,
    form: Form<OpenFields, { FORM_LIMIT }>,
) -> Result<Download, PageResponse> {
    let (permit, changes) = pass.admit(shares).map_err(|problem| frame.problem(problem))?;
    if frame.settings.require_browser_locking {
        return Err(scripts_required(&frame));
    }
    let fields = form.0.map_err(|problem| frame.problem(problem))?;
    match open(ShareId::parse(id), &fields, &frame, changes, derivations).await {
        Ok(share) => {
            let download = Download::new(shares.inner().clone(), *share, n, permit);
            download.ok_or_else(|| frame.problem(Code::NotFound.into()))
        }
        Err(error) => Err(respond_to_error(&frame, &fields, error)),
    }
}

/// Responds to a form that opened no share.
fn respond_to_error(frame: &Frame<'_>, fields: &Fields, error: OpenError) -> PageResponse {
    match error {
        OpenError::InvalidField(field, problem) => ask_again(frame, fields, field, problem),
        OpenError::Wait(code, seconds) => wait(frame, fields, code, seconds),
        OpenError::DamagedLink => damaged(frame, fields),
        OpenError::Ended(end) => over(frame, end),
        OpenError::Problem(problem) => frame.problem(problem),
    }
}

fn scripts_required(frame: &Frame<'_>) -> PageResponse {
    if frame.format != ResponseFormat::Html {
        return frame.problem(Code::BrowserLocking.into());
    }
    let page = OpenPage { nonce: "", values: Values::default(), require_browser_locking: true, reading: false };
    frame.page(Code::BrowserLocking.status(), "open", page)
}

fn wait(frame: &Frame<'_>, fields: &Fields, code: Code, seconds: u64) -> PageResponse {
    if frame.format != ResponseFormat::Html {
        return frame.problem(Problem::new(code).retry_after(seconds));
    }
    let text = frame.count("problem-password-wait", seconds.div_ceil(60));
    let field = FieldProblem { field: "password", text };
    let mut response = ask_again(frame, fields, field, code.into());
    response.header("Retry-After", seconds.to_string());
    response
}

/// Shows the form again with one field to correct.
fn ask_again(frame: &Frame<'_>, fields: &Fields, field: FieldProblem, problem: Problem) -> PageResponse {
    let status = problem.code.status();
    match frame.format {
        ResponseFormat::Html => {
            let page = OpenPage {
                nonce: fields.text("nonce"),
                // The password field is cleared.
                values: Values { link: fields.text("link"), password: "" },
                require_browser_locking: false,
                reading: has_window(frame),
            };
            frame.form(status, "open", &[field], page).playing_media()
        }
        ResponseFormat::Text => PageResponse::text(status, &field.text),
        ResponseFormat::Json => frame.problem(problem),
    }
}

fn damaged(frame: &Frame<'_>, fields: &Fields) -> PageResponse {
    #[derive(Serialize)]
    struct DamagedPage<'a> {
        nonce: &'a str,
        values: Values<'a>,
        own: bool,
    }
    let own = StatusLink::is_in(fields.text("link"));
    match frame.format {
        ResponseFormat::Html => {
            let values = Values { link: fields.text("link"), password: fields.text("password") };
            let page = DamagedPage { nonce: fields.text("nonce"), values, own };
            frame.page(Status::UnprocessableEntity, "damaged", page)
        }
        ResponseFormat::Text => {
            let key = if own { "damaged-own" } else { "damaged-title" };
            PageResponse::text(Status::UnprocessableEntity, &frame.words(key))
        }
        ResponseFormat::Json => frame.problem(Problem::invalid("link")),
    }
}

/// Responds that a share has ended. `end` is present only when the caller proved the complete link.
pub(crate) fn over(frame: &Frame<'_>, end: Option<(ShareState, Timestamp)>) -> PageResponse {
    let key = match end {
        Some((ShareState::Opened, _)) => "gone-opened-title",
        Some((ShareState::Expired, _)) => "gone-expired-title",
        Some((ShareState::Deleted, _)) => "gone-deleted-title",
        Some((ShareState::Removed, _)) => "gone-removed-title",
        _ => "gone-title",
    };
    let why = end.map_or("unknown", |(state, _)| state_name(state));
    match frame.format {
        ResponseFormat::Html => {
            let at_ms = end.map_or(0, |(_, at)| at.0);
            frame.page(Status::NotFound, "gone", json!({ "why": why, "at_ms": at_ms }))
        }
        ResponseFormat::Text => PageResponse::text(Status::NotFound, &frame.words(key)),
        ResponseFormat::Json => frame.problem(Code::NotFound.into()),
    }
}

fn show_share(frame: &Frame<'_>, fields: &Fields, share: &DecryptedShare) -> PageResponse {
    #[derive(Serialize)]
    struct Row {
        n: usize,
        name: String,
        is_executable: bool,
        is_renamed: bool,
        size_text: String,
        action: String,
    }
    #[derive(Serialize)]
    struct OpenedPage<'a> {
        message: Option<&'a str>,
        files: Vec<Row>,
        grace_minutes: u64,
        reading: bool,
        words: &'a str,
        link: &'a str,
        password: &'a str,
        nonce: &'a str,
    }
    let message = share.manifest.message.as_deref();
    let id = share.id;
    let files = share.manifest.files.iter().enumerate().map(|(index, file)| Row {
        n: index + 1,
        name: file.safe_name(),
        is_executable: file.is_executable(),
        is_renamed: file.is_renamed(),
        size_text: frame.size(file.size),
        action: format!("{}/s/{id}/files/{}{}", frame.settings.base(), index + 1, frame.lang_query),
    });
    match frame.format {
        ResponseFormat::Html => {
            let claim = share.claim.expose();
            let (grace, parts) = (frame.settings.grace(), share.opened.parts);
            let (grace_minutes, reading) = (grace.of(parts).div_ceil(60), grace.window(parts).is_some());
            if let (Some(message), 0) = (message.filter(|message| !message.is_empty()), files.len()) {
                const MESSAGE: &str = "llll.message.invalid";
                const WORDS: &str = "llll.words.invalid";
                let page = OpenedPage {
                    message: Some(MESSAGE),
                    files: Vec::new(),
                    grace_minutes,
                    reading,
                    words: WORDS,
                    link: "",
                    password: "",
                    nonce: "",
                };
                let marked = || Some(([MESSAGE, WORDS].map(ToOwned::to_owned), page));
                let filled = frame.filled_page(("opened", ""), [message, &share.words], marked);
                return filled.unwrap_or_else(|| frame.problem(Code::Broken.into()));
            }
            let page = OpenedPage {
                message,
                files: files.collect(),
                grace_minutes,
                reading,
                words: &share.words,
                link: fields.text("link"),
                password: fields.text("password"),
                nonce: &claim,
            };
            frame.page(Status::Ok, "opened", page)
        }
        ResponseFormat::Text => {
            let names = files.map(|row| row.name);
            let lines = message.map(ToOwned::to_owned).into_iter().chain(names).collect::<Vec<_>>();
            PageResponse::text(Status::Ok, &lines.join("\n"))
        }
        ResponseFormat::Json => {
            let files = files.map(|row| json!({ "n": row.n, "name": row.name })).collect::<Vec<_>>();
            let body = json!({
                "message": message,
                "files": files,
                "claim": share.claim.expose(),
                "grace_until": rfc3339(share.opened.grace_until),
            });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}
