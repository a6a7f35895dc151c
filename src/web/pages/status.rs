//! The sender's status page, which shows the state of a share and deletes it.

use super::frame::{FieldProblem, Frame};
use super::open::{in_terminal, over};
use super::response::PageResponse;
use crate::service::{Changes, ServiceError, Shares};
use crate::share::record::{State as ShareState, Status as ShareStatus};
use crate::web::assets::Encodings;
use crate::web::errors::Problem;
use crate::web::forms::{Fields, Form, StatusFields};
use crate::web::guards::ResponseFormat;
use crate::web::help::Terminal;
use crate::web::limits::{Asking, Pass, Permit};
use crate::web::representation::{rfc3339, state_name};
use onetimeshare_envelope::{Link, ShareId, StatusLink};
use rocket::State;
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// Byte limit of a form with a link.
const FORM_LIMIT: usize = 64 * 1024;

/// Shows the form for the status link, the same for every request. The page's script reads the owner token from the URL
/// fragment.
#[rocket::get("/status")]
pub(crate) fn page(frame: Frame<'_>, encodings: Encodings, terminal: Terminal) -> PageResponse {
    if terminal.0 {
        return in_terminal(&frame);
    }
    frame.cached_page(encodings, "status", |_| asking(""))
}

fn asking(link: &str) -> Value {
    json!({ "owner": "", "values": { "link": link }, "share": null })
}

/// Parses the posted status link: the fields `owner` and `words` that the site's own pages send, or the pasted link.
fn link_in(fields: &Fields) -> Option<StatusLink> {
    match fields.non_empty("owner") {
        Some(owner) => StatusLink::parse(&Zeroizing::new(format!("{owner}{}", fields.text("words")))),
        None => StatusLink::parse(fields.text("link")),
    }
}

/// Shows the state of the share. With `ask=delete`, asks for confirmation of its deletion.
#[rocket::post("/status", data = "<form>")]
pub(crate) async fn check(
    frame: Frame<'_>,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    form: Form<StatusFields, { FORM_LIMIT }>,
) -> PageResponse {
    let Posted { link, fields, permit: _permit, .. } = match read_post(&frame, shares, pass, form) {
        Ok(posted) => posted,
        Err(response) => return *response,
    };
    if fields.text("ask") == "delete" && frame.format == ResponseFormat::Html {
        return frame.page(
            Status::Ok,
            "status-delete",
            json!({ "owner": link.owner.expose(), "words_key": link.words_key() }),
        );
    }
    show(&frame, &link, shares).await
}

/// Deletes the share, then shows its state.
#[rocket::post("/status/delete", data = "<form>")]
pub(crate) async fn delete(
    frame: Frame<'_>,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    form: Form<StatusFields, { FORM_LIMIT }>,
) -> PageResponse {
    let Posted { link, changes, permit: _permit, .. } = match read_post(&frame, shares, pass, form) {
        Ok(posted) => posted,
        Err(response) => return *response,
    };
    match changes.delete(ShareId::of(&link.owner), &link.owner.digest()).await {
        // A share that was opened in the meantime is shown as opened.
        Ok(()) | Err(ServiceError::Gone(_)) => show(&frame, &link, shares).await,
        Err(ServiceError::NotFound) => over(&frame, None),
        Err(error) => frame.problem(error.into()),
    }
}

/// A posted status link, with what the request may do.
struct Posted<'s> {
    link: StatusLink,
    fields: Fields,
    changes: Changes<'s>,
    /// Held while the request is handled.
    permit: Permit,
}

fn read_post<'s>(
    frame: &Frame<'_>,
    shares: &'s Shares,
    pass: Pass<Asking>,
    form: Form<StatusFields, { FORM_LIMIT }>,
) -> Result<Posted<'s>, Box<PageResponse>> {
    let (permit, changes) = pass.admit(shares).map_err(|problem| Box::new(frame.problem(problem)))?;
    let fields = form.0.map_err(|code| Box::new(frame.problem(code)))?;
    let link = link_in(&fields).ok_or_else(|| Box::new(ask_again(frame, &fields)))?;
    Ok(Posted { link, fields, changes, permit })
}

fn ask_again(frame: &Frame<'_>, fields: &Fields) -> PageResponse {
    let status = Status::UnprocessableEntity;
    let is_other = Link::parse(fields.text("link")).is_ok();
    let text = frame.words(if is_other { "status-other-link" } else { "damaged-title" });
    match frame.format {
        ResponseFormat::Html => {
            let problems = [FieldProblem { field: "link", text }];
            frame.form(status, "status", &problems, asking(fields.text("link")))
        }
        ResponseFormat::Text => PageResponse::text(status, &text),
        ResponseFormat::Json => frame.problem(Problem::invalid("link")),
    }
}

async fn show(frame: &Frame<'_>, link: &StatusLink, shares: &Shares) -> PageResponse {
    let id = ShareId::of(&link.owner);
    let status = match shares.status(id, &link.owner.digest()).await {
        Ok(status) => status,
        Err(ServiceError::NotFound) => return over(frame, None),
        Err(error) => return frame.problem(error.into()),
    };
    match frame.format {
        ResponseFormat::Html => {
            let checked = shares.store().now_estimate().unwrap_or_default();
            let words = link.words.as_ref().zip(status.claim).map(|(key, claim)| key.words(&id, &claim));
            let share = SharePage::of(&status, words, checked.0);
            let page = json!({
                "owner": link.owner.expose(),
                "words_key": link.words_key(),
                "values": { "link": "" },
                "share": share,
            });
            frame.page(Status::Ok, "status", page)
        }
        ResponseFormat::Text => PageResponse::text(Status::Ok, state_name(status.state)),
        ResponseFormat::Json => {
            let body = json!({ "state": state_name(status.state), "expires_at": rfc3339(status.expires_at) });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}

#[derive(Serialize)]
struct SharePage {
    state: &'static str,
    expires_at_ms: u64,
    at_ms: u64,
    /// When it last moved to another browser, or 0.
    moved_at_ms: u64,
    /// Whether the site has lost a part of it.
    lost: bool,
    wrong_passwords: u32,
    words: Option<String>,
    record_until_ms: u64,
    checked_at_ms: u64,
}

impl SharePage {
    fn of(status: &ShareStatus, words: Option<String>, checked_at_ms: u64) -> Self {
        let (unsaved, reading) = (status.fetch_until, status.read_until);
        let state = match status.state {
            ShareState::Opened if unsaved.is_some() => "unsaved",
            ShareState::Opened if reading.is_some() => "reading",
            ShareState::Uploading => "waiting",
            state => state_name(state),
        };
        Self {
            state,
            expires_at_ms: status.expires_at.0,
            at_ms: unsaved.or(reading).or(status.at).unwrap_or_default().0,
            moved_at_ms: status.moved.map_or(0, |moved| moved.at.0),
            lost: status.lost_at.is_some(),
            wrong_passwords: status.wrong_passwords,
            words,
            record_until_ms: status.record_until.0,
            checked_at_ms,
        }
    }
}
