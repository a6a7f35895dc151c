//! The create page, and its form in no-script mode, where the server encrypts.

use super::create_form::CreateError;
use super::derivation_queue::DerivationQueue;
use super::file_room::FileRoom;
use super::form_encryption::{CreatedShare, ShareCreator, form_limit};
use super::frame::{FieldProblem, Frame, in_units};
use super::response::PageResponse;
use crate::config::Settings;
use crate::service::Shares;
use crate::share::Timestamp;
use crate::web::assets::Encodings;
use crate::web::body::drain;
use crate::web::errors::{Code, Problem};
use crate::web::forms::{CreateFields, Fields, Upload};
use crate::web::guards::ResponseFormat;
use crate::web::help::{Terminal, commands, with_commands};
use crate::web::limits::{Pass, Submitting};
use crate::web::representation::rfc3339;
use onetimeshare_envelope::StatusLink;
use onetimeshare_envelope::keys::LinkKeys;
use rocket::State;
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

/// A lifetime in the page's menu.
#[derive(Serialize)]
struct Lifetime {
    seconds: u64,
    n: u64,
    unit: &'static str,
}

impl Lifetime {
    fn of(seconds: u64) -> Self {
        let (n, unit) = in_units(seconds);
        Self { seconds, n, unit }
    }
}

#[derive(Default, Serialize)]
struct Values<'a> {
    message: &'a str,
    password: &'a str,
}

#[derive(Serialize)]
struct CreatePage<'a> {
    nonce: &'a str,
    lifetimes: Vec<Lifetime>,
    chosen_lifetime: u64,
    values: Values<'a>,
    max_message: u64,
    #[serde(flatten)]
    room: FileRoom,
    password_min: u32,
    require_browser_locking: bool,
}

impl<'a> CreatePage<'a> {
    fn new(settings: &Settings, nonce: &'a str, chosen_lifetime: u64, values: Values<'a>, room: FileRoom) -> Self {
        Self {
            nonce,
            lifetimes: settings.lifetimes.iter().map(|seconds| Lifetime::of(*seconds)).collect(),
            chosen_lifetime,
            values,
            max_message: settings.max_message,
            room,
            password_min: settings.password_min,
            require_browser_locking: settings.require_browser_locking,
        }
    }
}

/// Shows the page.
#[rocket::get("/")]
pub(crate) fn page(frame: Frame<'_>, encodings: Encodings, terminal: Terminal, shares: &State<Shares>) -> PageResponse {
    if terminal.0 {
        return PageResponse::text(Status::Ok, &commands(&frame.site));
    }
    let settings = frame.settings;
    FileRoom::cached_page(&frame, encodings, "create", shares.fits(settings.max_size), |nonce, room| {
        CreatePage::new(settings, nonce, settings.default_lifetime, Values::default(), room)
    })
}

/// Encrypts a message and files while they arrive, and responds with the link.
#[rocket::post("/", data = "<upload>")]
pub(crate) async fn submit(
    frame: Frame<'_>,
    pass: Pass<Submitting>,
    shares: &State<Shares>,
    derivations: &State<DerivationQueue>,
    upload: Upload<'_>,
) -> PageResponse {
    let mut fields = Fields::new::<CreateFields>();
    let upload = upload.open(form_limit(frame.settings));
    let (permit, changes) = match pass.admit(shares) {
        Ok(admitted) if !frame.settings.require_browser_locking => admitted,
        refused => {
            drain(upload.stream).await;
            return match refused {
                Err(problem) => frame.problem(problem),
                Ok(_) => scripts_required(&frame, shares),
            };
        }
    };
    let expected = upload.length.unwrap_or(0);
    let creator = ShareCreator { frame: &frame, changes, derivations, expected, recipient: None };
    let created = creator.create_from_upload::<CreateFields>(upload, &permit, &mut fields).await;
    match created {
        Ok(created) => ready(&frame, &created),
        Err(CreateError::Problem(Problem { code: Code::Taken, .. })) if frame.format == ResponseFormat::Html => {
            frame.page(Code::Taken.status(), "already", json!({}))
        }
        Err(CreateError::Fields(problems)) => ask_again(&frame, shares, &fields, &problems),
        Err(CreateError::Problem(problem)) => frame.problem(explained(problem, &frame)),
        // Only forms that answer a request fail so.
        Err(CreateError::Giving(_)) => frame.problem(Code::Broken.into()),
    }
}

/// Adds the commands that work to the problem of a form that a program wrote.
fn explained(problem: Problem, frame: &Frame<'_>) -> Problem {
    if problem.is_explained() {
        return problem;
    }
    let member = problem.extra.get("member").and_then(serde_json::Value::as_str).unwrap_or_default();
    let detail = match (problem.code, member) {
        (Code::WrongType, _) => "Send a form.".to_owned(),
        (Code::Malformed, _) => {
            "The form is cut off, has a field twice, or its Content-Type has no boundary.".to_owned()
        }
        (Code::Unknown, "file" | "files") => "Send files as multipart/form-data.".to_owned(),
        (Code::Unknown, "?") => "The form has no such field: send message, file, lifetime or password.".to_owned(),
        (Code::Unknown, name) => format!("The form has no field {name}: send message, file, lifetime or password."),
        (Code::Invalid, "files") => "Write @ before the name of a file.".to_owned(),
        _ => return problem,
    };
    problem.explained(with_commands(&detail, &frame.site))
}

/// Shows the page that asks the visitor to turn scripts on.
fn scripts_required(frame: &Frame<'_>, shares: &Shares) -> PageResponse {
    if frame.format != ResponseFormat::Html {
        return frame.problem(Code::BrowserLocking.into());
    }
    let settings = frame.settings;
    let room = FileRoom::new(frame, shares.fits(settings.max_size));
    let page = CreatePage::new(settings, "", settings.default_lifetime, Values::default(), room);
    frame.page(Code::BrowserLocking.status(), "create", page)
}

/// Shows the form again, with the typed values and the fields to correct.
fn ask_again(frame: &Frame<'_>, shares: &Shares, fields: &Fields, problems: &[FieldProblem]) -> PageResponse {
    match (frame.format, problems.first()) {
        (ResponseFormat::Html, _) => {}
        (ResponseFormat::Text, Some(problem)) => {
            let text = match problem.field {
                // An empty form shows that the program sends something else.
                "message" if fields.text("message").is_empty() => {
                    with_commands(&format!("{}.", problem.text), &frame.site)
                }
                "lifetime" => {
                    let range = frame.settings.lifetime_range();
                    format!("Send lifetime as a number of seconds from {} to {}.", range.start(), range.end())
                }
                _ => problem.text.clone(),
            };
            return PageResponse::text(Status::UnprocessableEntity, &text);
        }
        (_, problem) => return frame.problem(Problem::invalid(problem.map_or("body", |problem| problem.field))),
    }
    let chosen = fields.text("lifetime").parse().unwrap_or(frame.settings.default_lifetime);
    let values = Values { message: fields.text("message"), password: fields.text("password") };
    let room = FileRoom::new(frame, shares.fits(frame.settings.max_size));
    let page = CreatePage::new(frame.settings, fields.text("nonce"), chosen, values, room);
    frame.form(Status::UnprocessableEntity, "create", problems, page)
}

#[derive(Serialize)]
struct ReadyPage {
    link: String,
    expires_ms: u64,
    password: bool,
    status_link: String,
    owner: String,
    words_key: Option<String>,
}

/// Shows the page with the link. The page is cached with six values to fill in.
fn ready_page(frame: &Frame<'_>, page: &ReadyPage) -> Option<PageResponse> {
    const LINK: &str = "llll.link.invalid";
    const STATUS_LINK: &str = "llll.status.invalid";
    const OWNER: &str = "llll.owner.invalid";
    const WORDS: &str = "llll.words.invalid";
    // The start of 1970, which no page shows otherwise.
    const MOMENT: Timestamp = Timestamp(1);
    let (iso, when) = frame.moment(Timestamp(page.expires_ms))?;
    let texts = [&*page.link, &page.status_link, &page.owner, page.words_key.as_deref()?, &iso, &when];
    let variant = if page.password { "with a password" } else { "" };
    frame.filled_page(("ready", variant), texts, || {
        let (iso, when) = frame.moment(MOMENT)?;
        let [link, status_link, owner, words] = [LINK, STATUS_LINK, OWNER, WORDS].map(ToOwned::to_owned);
        let marked = ReadyPage {
            link: link.clone(),
            expires_ms: MOMENT.0,
            password: page.password,
            status_link: status_link.clone(),
            owner: owner.clone(),
            words_key: Some(words.clone()),
        };
        Some(([link, status_link, owner, words, iso, when], marked))
    })
}

/// Responds with the link as HTML, JSON or one line of text.
fn ready(frame: &Frame<'_>, created: &CreatedShare) -> PageResponse {
    let CreatedShare { link, owner, expires_at, password } = created;
    let words = match frame.format {
        // Only the page's status link shows the matching words. Programs get the owner token alone.
        ResponseFormat::Html => Some(LinkKeys::derive(&link.id, &link.key).words_key()),
        ResponseFormat::Text | ResponseFormat::Json => None,
    };
    let status = StatusLink { owner: owner.clone(), words };
    let page = ReadyPage {
        link: link.url(&frame.site.origin),
        expires_ms: expires_at.0,
        password: *password,
        status_link: format!("{}/status#{}", frame.site.origin, *status.fragment()),
        owner: owner.expose(),
        words_key: status.words_key(),
    };
    match frame.format {
        ResponseFormat::Html => ready_page(frame, &page).unwrap_or_else(|| frame.problem(Code::Broken.into())),
        ResponseFormat::Text => PageResponse::text(Status::Ok, &page.link),
        ResponseFormat::Json => {
            let body =
                json!({ "link": page.link, "status_link": page.status_link, "expires_at": rfc3339(*expires_at) });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}
