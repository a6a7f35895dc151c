//! Answering a request without scripts: the server opens the box, encrypts what is given, and seals its link.

use super::create_form::CreateError;
use super::derivation_queue::DerivationQueue;
use super::file_room::FileRoom;
use super::form_decryption::path_id;
use super::form_encryption::{CreatedShare, ShareCreator, form_limit};
use super::frame::{FieldProblem, Frame};
use super::open::{in_terminal, over};
use super::recipient::{GiveError, Recipient, Seen};
use super::response::PageResponse;
use crate::config::Settings;
use crate::service::{Changes, ServiceError, Shares};
use crate::share::Timestamp;
use crate::share::request::RequestState;
use crate::web::assets::Encodings;
use crate::web::body::drain;
use crate::web::errors::{Code, Problem};
use crate::web::forms::{Fields, GiveFields, Upload};
use crate::web::guards::ResponseFormat;
use crate::web::help::Terminal;
use crate::web::limits::{Pass, Submitting};
use crate::web::representation::{request_state_name, rfc3339};
use onetimeshare_envelope::request::{Answer, GiveKeys, SealSeed};
use onetimeshare_envelope::{LinkKind, Owner};
use rocket::State;
use rocket::http::uri::{Segments, fmt::Path};
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct GivePage<'a> {
    values: LinkValue<'a>,
    max_message: u64,
    #[serde(flatten)]
    room: FileRoom,
    answer_lifetime: u64,
    require_browser_locking: bool,
}

impl<'a> GivePage<'a> {
    fn new(settings: &Settings, values: LinkValue<'a>, room: FileRoom) -> Self {
        Self {
            values,
            max_message: settings.max_message,
            room,
            answer_lifetime: *settings.lifetime_range().end(),
            require_browser_locking: settings.require_browser_locking,
        }
    }
}

#[derive(Default, Serialize)]
struct LinkValue<'a> {
    link: &'a str,
}

#[derive(Serialize)]
struct FormPage<'a> {
    note: &'a str,
    link: &'a str,
    nonce: String,
    expires_ms: u64,
    values: Typed<'a>,
    #[serde(flatten)]
    room: FileRoom,
}

#[derive(Serialize)]
struct Typed<'a> {
    message: &'a str,
}

/// Shows the page. It is the same for every path below `/r/` and reads no storage, so link previews and scanners learn
/// nothing and use nothing up.
#[rocket::get("/r/<_path..>")]
pub(crate) fn page(
    frame: Frame<'_>,
    encodings: Encodings,
    terminal: Terminal,
    shares: &State<Shares>,
    _path: Segments<'_, Path>,
) -> PageResponse {
    if terminal.0 {
        return in_terminal(&frame);
    }
    let settings = frame.settings;
    FileRoom::cached_page(&frame, encodings, "give", shares.fits(settings.max_size), |_, room| {
        GivePage::new(settings, LinkValue::default(), room)
    })
}

/// Shows the note to who pasted the link. With a message or files, answers.
#[rocket::post("/r/<path..>", data = "<upload>")]
pub(crate) async fn submit(
    path: Segments<'_, Path>,
    frame: Frame<'_>,
    pass: Pass<Submitting>,
    shares: &State<Shares>,
    derivations: &State<DerivationQueue>,
    upload: Upload<'_>,
) -> PageResponse {
    let mut fields = Fields::new::<GiveFields>();
    let upload = upload.open(form_limit(frame.settings));
    let (permit, changes) = match pass.admit(shares) {
        Ok(admitted) if !frame.settings.require_browser_locking => admitted,
        refused => {
            drain(upload.stream).await;
            return frame.problem(refused.err().unwrap_or(Code::BrowserLocking.into()));
        }
    };
    let room = || FileRoom::new(&frame, shares.fits(frame.settings.max_size));
    let recipient = Recipient::new(path_id(path));
    let expected = upload.length.unwrap_or(0);
    let creator = ShareCreator { frame: &frame, changes, derivations, expected, recipient: Some(&recipient) };
    let created = creator.create_from_upload::<GiveFields>(upload, &permit, &mut fields).await;
    let result = match created {
        Ok(created) => hand_in(changes, &recipient, &fields, created).await.map(|number| sent(&frame, number)),
        // The link alone is the first of two steps.
        Err(CreateError::Fields(problems)) => {
            let sends = !fields.text("step").is_empty() || problems.iter().any(|problem| problem.field != "message");
            let problems = if sends || !fields.text("message").is_empty() { &problems[..] } else { &[] };
            recipient.look(changes, &fields).await.map(|seen| form(&frame, &fields, &seen, problems, room()))
        }
        Err(CreateError::Giving(error)) => Err(error),
        Err(CreateError::Problem(problem)) => Err(GiveError::Problem(problem)),
    };
    result.unwrap_or_else(|error| respond_to_error(&frame, &fields, error, room()))
}

/// Seals the link of the share that was made and hands it in. A share that is not taken is deleted.
async fn hand_in(
    changes: Changes<'_>,
    recipient: &Recipient,
    fields: &Fields,
    created: CreatedShare,
) -> Result<u8, GiveError> {
    let Seen { link, ask, .. } = recipient.look(changes, fields).await?;
    let seed = SealSeed::random().map_err(|error| GiveError::Problem(error.into()))?;
    let answer = Answer { id: created.link.id, key: created.link.key };
    let sealed = answer.seal(&link.id, &ask.public_key, seed).map_err(|_| GiveError::Changed)?;
    let give_proof = GiveKeys::derive(&link.id, &link.key).give_proof();
    match changes.answer_request(link.id, &give_proof, sealed).await {
        Ok((_, number)) => Ok(number),
        Err(error) => {
            // After a lost reply the answer may be there.
            if error != ServiceError::Unavailable {
                let _ = changes.delete(answer.id, &created.owner.digest()).await;
            }
            Err(error.into())
        }
    }
}

/// Shows the note and the form for the answer.
fn form(frame: &Frame<'_>, fields: &Fields, seen: &Seen, problems: &[FieldProblem], room: FileRoom) -> PageResponse {
    let status = if problems.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    match (frame.format, problems.first()) {
        (ResponseFormat::Html, _) => {
            let nonce = match fields.non_empty("nonce") {
                Some(nonce) => nonce.to_owned(),
                None => Owner::random().map(|owner| owner.expose()).unwrap_or_default(),
            };
            let page = FormPage {
                note: &seen.ask.note,
                link: fields.text("link"),
                nonce,
                expires_ms: seen.expires_at.0,
                values: Typed { message: fields.text("message") },
                room,
            };
            frame.form(status, "give-form", problems, page)
        }
        (ResponseFormat::Text, Some(problem)) => PageResponse::text(status, &problem.text),
        (ResponseFormat::Json, Some(problem)) => frame.problem(Problem::invalid(problem.field)),
        (ResponseFormat::Text, None) => {
            let none = || frame.words("give-no-note");
            let note = if seen.ask.note.is_empty() { none() } else { seen.ask.note.clone() };
            PageResponse::text(status, &note)
        }
        (ResponseFormat::Json, None) => {
            let body = json!({
                "note": seen.ask.note,
                "answers_left": seen.answers_left,
                "expires_at": rfc3339(seen.expires_at),
            });
            PageResponse::new(status, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}

fn sent(frame: &Frame<'_>, number: u8) -> PageResponse {
    match frame.format {
        ResponseFormat::Html => frame.page(Status::Ok, "sent", json!({})),
        ResponseFormat::Text => PageResponse::text(Status::Ok, &frame.words("sent-title")),
        ResponseFormat::Json => {
            let body = json!({ "number": number });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}

/// Responds to a form that answered no request.
fn respond_to_error(frame: &Frame<'_>, fields: &Fields, error: GiveError, room: FileRoom) -> PageResponse {
    match error {
        GiveError::DamagedLink => link_again(frame, fields, wrong_link(fields.text("link")), room),
        GiveError::Changed => link_again(frame, fields, "give-changed", room),
        GiveError::NotFound => over(frame, None),
        GiveError::Over(state, at) => ended(frame, state, at),
        GiveError::Problem(problem) => frame.problem(problem),
    }
}

/// Returns the message for a text that is no link of this request.
fn wrong_link(text: &str) -> &'static str {
    match LinkKind::of(text) {
        Some(LinkKind::Private) => "give-link-is-private",
        Some(LinkKind::Share | LinkKind::Status) => "problem-link-is-of-share",
        Some(LinkKind::Give) | None => "damaged-title",
    }
}

fn link_again(frame: &Frame<'_>, fields: &Fields, key: &str, room: FileRoom) -> PageResponse {
    let (status, text) = (Status::UnprocessableEntity, frame.words(key));
    match frame.format {
        ResponseFormat::Html => {
            let values = LinkValue { link: fields.text("link") };
            let problems = [FieldProblem { field: "link", text }];
            frame.form(status, "give", &problems, GivePage::new(frame.settings, values, room))
        }
        ResponseFormat::Text => PageResponse::text(status, &text),
        ResponseFormat::Json => frame.problem(Problem::invalid("link")),
    }
}

fn ended(frame: &Frame<'_>, state: RequestState, at: Timestamp) -> PageResponse {
    let (status, code) = match state {
        RequestState::Full => (Status::Conflict, Code::RequestFull),
        _ => (Status::Gone, Code::Gone),
    };
    match frame.format {
        ResponseFormat::Html => frame.page(status, "request-over", json!({ "why": request_state_name(state) })),
        ResponseFormat::Text => {
            let key = if state == RequestState::Full { "request-over-full-title" } else { "request-over-title" };
            PageResponse::text(status, &frame.words(key))
        }
        ResponseFormat::Json if code == Code::RequestFull => frame.problem(code.into()),
        ResponseFormat::Json => {
            frame.problem(Problem::new(code).with("state", request_state_name(state)).with("at", rfc3339(at)))
        }
    }
}
