//! Requests without scripts: the page that makes one, with its two links, and the page that collects answers. The server
//! encrypts and decrypts in memory.

use super::frame::{FieldProblem, Frame, in_units};
use super::open::over;
use super::response::PageResponse;
use crate::config::Settings;
use crate::service::{Changes, ServiceError, Shares};
use crate::share::Timestamp;
use crate::share::request::{MAX_ANSWERS, Making, RequestState, RequestStatus};
use crate::web::assets::Encodings;
use crate::web::errors::{Code, Problem};
use crate::web::forms::{CollectFields, Fields, Form, FormFields, RequestFields};
use crate::web::guards::ResponseFormat;
use crate::web::help::{Terminal, request_commands};
use crate::web::limits::{Asking, Changing, Pass, Permit, Submitting};
use crate::web::representation::{request_state_name, rfc3339};
use onetimeshare_envelope::EncryptError;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::request::{Answer, Ask, GiveKeys, PrivateLink, RequesterKeys};
use onetimeshare_envelope::{Claim, Digest, Link, LinkKind};
use rocket::State;
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

/// Byte limit of a form with a note or a link.
const FORM_LIMIT: usize = 64 * 1024;

/// How many answers the page offers to take.
const COUNTS: [u8; 3] = [1, 3, 10];

/// Preselected lifetime in seconds, where the site offers it.
const WEEK: u64 = 604_800;

#[derive(Serialize)]
struct Span {
    seconds: u64,
    n: u64,
    unit: &'static str,
}

#[derive(Default, Serialize)]
struct Values<'a> {
    note: &'a str,
    link: &'a str,
}

#[derive(Serialize)]
struct RequestPage<'a> {
    nonce: &'a str,
    counts: [u8; 3],
    chosen_count: u8,
    lifetimes: Vec<Span>,
    chosen_lifetime: u64,
    values: Values<'a>,
    require_browser_locking: bool,
}

impl<'a> RequestPage<'a> {
    fn new(settings: &Settings, nonce: &'a str, values: Values<'a>) -> Self {
        let span = |seconds: &u64| {
            let (n, unit) = in_units(*seconds);
            Span { seconds: *seconds, n, unit }
        };
        Self {
            nonce,
            counts: COUNTS,
            chosen_count: COUNTS[0],
            lifetimes: settings.request_lifetimes.iter().map(span).collect(),
            chosen_lifetime: default_lifetime(settings),
            values,
            require_browser_locking: settings.require_browser_locking,
        }
    }
}

/// Returns a week, or the longest lifetime of a site that does not offer a week.
fn default_lifetime(settings: &Settings) -> u64 {
    let week = settings.request_lifetimes.contains(&WEEK).then_some(WEEK);
    week.unwrap_or(*settings.request_lifetime_range().end())
}

/// Shows the forms that make a request and collect its answers.
#[rocket::get("/request")]
pub(crate) fn page(frame: Frame<'_>, encodings: Encodings, terminal: Terminal) -> PageResponse {
    if terminal.0 {
        return PageResponse::text(Status::Ok, &request_commands(&frame.site));
    }
    let settings = frame.settings;
    frame.cached_page(encodings, "request", |nonce| RequestPage::new(settings, nonce, Values::default()))
}

/// Accepts a form where the site does not take only what browsers encrypted.
fn accept<'s, A: Changing, F: FormFields, const LIMIT: usize>(
    frame: &Frame<'_>,
    pass: Pass<A>,
    shares: &'s Shares,
    form: Form<F, LIMIT>,
) -> Result<((Permit, Changes<'s>), Fields), Problem> {
    let admitted = pass.admit(shares)?;
    if frame.settings.require_browser_locking {
        return Err(Code::BrowserLocking.into());
    }
    Ok((admitted, form.0?))
}

/// A request that was made.
struct MadeRequest {
    private: PrivateLink,
    keys: RequesterKeys,
    expires_at: Timestamp,
}

/// Makes a request and responds with its two links.
#[rocket::post("/request", data = "<form>")]
pub(crate) async fn make(
    frame: Frame<'_>,
    pass: Pass<Submitting>,
    shares: &State<Shares>,
    form: Form<RequestFields, { FORM_LIMIT }>,
) -> PageResponse {
    let ((_permit, changes), fields) = match accept(&frame, pass, shares, form) {
        Ok(accepted) => accepted,
        Err(problem) => return frame.problem(problem),
    };
    match make_request(&frame, changes, &fields).await {
        Ok(made) => ready(&frame, &made),
        Err(Wrong::Field(field)) => ask_again(&frame, &fields, field),
        Err(Wrong::Problem(Problem { code: Code::Taken, .. })) if frame.format == ResponseFormat::Html => {
            frame.page(Code::Taken.status(), "already", json!({}))
        }
        Err(Wrong::Problem(problem)) => frame.problem(problem),
    }
}

/// Why a form makes no request.
enum Wrong {
    Field(FieldProblem),
    Problem(Problem),
}

impl<T: Into<Problem>> From<T> for Wrong {
    fn from(problem: T) -> Self {
        Self::Problem(problem.into())
    }
}

async fn make_request(frame: &Frame<'_>, changes: Changes<'_>, fields: &Fields) -> Result<MadeRequest, Wrong> {
    let settings = frame.settings;
    let answers = match fields.non_empty("answers") {
        None => 1,
        Some(text) => {
            let number = text.parse().ok().filter(|number| (1..=MAX_ANSWERS).contains(number));
            number.ok_or(Problem::invalid("answers"))?
        }
    };
    let lifetime = match fields.non_empty("lifetime") {
        None => default_lifetime(settings),
        Some(text) => {
            let seconds = text.parse().ok().filter(|seconds| settings.request_lifetime_range().contains(seconds));
            seconds.ok_or(Problem::invalid("lifetime"))?
        }
    };
    let private = match fields.non_empty("nonce") {
        None => PrivateLink::random()?,
        Some(nonce) => PrivateLink::from_nonce(nonce).ok_or(Problem::invalid("nonce"))?,
    };
    let note = match frame.format {
        // Browsers submit the line breaks of a text field as CRLF.
        ResponseFormat::Html => fields.text("note").replace("\r\n", "\n"),
        ResponseFormat::Text | ResponseFormat::Json => fields.text("note").to_owned(),
    };
    let keys = private.keys();
    let giver = GiveKeys::derive(&keys.id(), &keys.give_link().key);
    let ask = Ask { public_key: keys.public_key(), note };
    let sealed_box = ask.seal(&giver, &keys.id(), Salt::random()?).map_err(|error| match error {
        EncryptError::TooLarge => Wrong::Field(FieldProblem { field: "note", text: frame.words("problem-note-long") }),
        EncryptError::Empty => Problem::invalid("note").into(),
    })?;
    let making = Making {
        id: keys.id(),
        owner: keys.owner().digest(),
        give_verifier: giver.give_proof().verifier(),
        answers,
        lifetime,
        kept: *settings.lifetime_range().end(),
        body: Digest::of(&sealed_box),
    };
    let made = changes.make_request(&making, &sealed_box).await?;
    Ok(MadeRequest { private, keys, expires_at: made.expires_at })
}

fn ask_again(frame: &Frame<'_>, fields: &Fields, field: FieldProblem) -> PageResponse {
    let status = Status::UnprocessableEntity;
    match frame.format {
        ResponseFormat::Html => {
            let values = Values { note: fields.text("note"), link: fields.text("link") };
            let page = RequestPage::new(frame.settings, fields.text("nonce"), values);
            frame.form(status, "request", &[field], page)
        }
        ResponseFormat::Text => PageResponse::text(status, &field.text),
        ResponseFormat::Json => frame.problem(Problem::invalid(field.field)),
    }
}

/// Responds with the two links as HTML, JSON or two lines of text.
fn ready(frame: &Frame<'_>, made: &MadeRequest) -> PageResponse {
    let link = made.keys.give_link().url(&frame.site.origin);
    let private_link = made.private.url(&frame.site.origin);
    match frame.format {
        ResponseFormat::Html => {
            let page = json!({ "link": link, "private_link": private_link, "expires_ms": made.expires_at.0 });
            frame.page(Status::Ok, "request-ready", page)
        }
        ResponseFormat::Text => PageResponse::text(Status::Ok, &format!("{link}\n{private_link}")),
        ResponseFormat::Json => {
            let body = json!({ "link": link, "private_link": private_link, "expires_at": rfc3339(made.expires_at) });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}

/// An answer on the page that collects.
#[derive(Serialize)]
struct Row {
    number: u8,
    at_ms: u64,
    /// The address of the form that opens the share; `None` for an answer that was changed.
    action: Option<String>,
    link: String,
    nonce: String,
}

/// Shows the answers to the request whose private link is pasted. With `ask=end`, ends it first.
#[rocket::post("/request/collect", data = "<form>")]
pub(crate) async fn collect(
    frame: Frame<'_>,
    pass: Pass<Asking>,
    shares: &State<Shares>,
    form: Form<CollectFields, { FORM_LIMIT }>,
) -> PageResponse {
    let ((_permit, changes), fields) = match accept(&frame, pass, shares, form) {
        Ok(accepted) => accepted,
        Err(problem) => return frame.problem(problem),
    };
    let Some(private) = PrivateLink::parse(fields.text("link")) else {
        let text = frame.words(wrong_link(fields.text("link")));
        return ask_again(&frame, &fields, FieldProblem { field: "link", text });
    };
    let keys = private.keys();
    let (id, owner) = (keys.id(), keys.owner().digest());
    if fields.text("ask") == "end"
        && let Err(error) = changes.end_request(id, &owner).await
        && error != ServiceError::NotFound
    {
        return frame.problem(error.into());
    }
    match changes.request_status(id, &owner).await {
        Ok(status) => show(&frame, &private, &keys, &status, shares.store().now_estimate().unwrap_or_default()),
        Err(ServiceError::NotFound) => over(&frame, None),
        Err(error) => frame.problem(error.into()),
    }
}

/// Returns the message for a text that is no private link.
fn wrong_link(text: &str) -> &'static str {
    match LinkKind::of(text) {
        Some(LinkKind::Give) => "problem-link-is-to-send",
        Some(LinkKind::Share | LinkKind::Status) => "problem-link-is-of-share",
        Some(LinkKind::Private) | None => "damaged-title",
    }
}

fn show(
    frame: &Frame<'_>,
    private: &PrivateLink,
    keys: &RequesterKeys,
    status: &RequestStatus,
    checked: Timestamp,
) -> PageResponse {
    let answers: Vec<(u8, Timestamp, Option<Link>)> = status
        .answers
        .iter()
        .zip(1..)
        .map(|(answer, number)| {
            let opened = Answer::open(keys, &answer.sealed).ok();
            (number, answer.at, opened.map(|Answer { id, key }| Link { id, key, handover: None }))
        })
        .collect();
    let origin = &frame.site.origin;
    match frame.format {
        ResponseFormat::Html => {
            let row = |(number, at, link): &(u8, Timestamp, Option<Link>)| Row {
                number: *number,
                at_ms: at.0,
                action: link
                    .as_ref()
                    .map(|link| format!("{}/s/{}{}", frame.settings.base(), link.id, frame.lang_query)),
                link: link.as_ref().map(Link::fragment).unwrap_or_default(),
                nonce: Claim::random().map(|claim| claim.expose()).unwrap_or_default(),
            };
            let page = json!({
                "private_link": private.url(origin),
                "link": keys.give_link().url(origin),
                "state": request_state_name(status.state),
                "takes_more": status.state == RequestState::Open,
                "answers": answers.iter().map(row).collect::<Vec<_>>(),
                "answers_left": status.answers_left,
                "expires_ms": status.expires_at.0,
                "record_until_ms": status.record_until.0,
                "checked_ms": checked.0,
            });
            frame.page(Status::Ok, "collect", page)
        }
        ResponseFormat::Text => {
            let urls = answers.iter().filter_map(|(_, _, link)| link.as_ref()).map(|link| link.url(origin));
            let lines: Vec<String> = urls.collect();
            let none = || frame.words("collect-none-title");
            PageResponse::text(Status::Ok, &if lines.is_empty() { none() } else { lines.join("\n") })
        }
        ResponseFormat::Json => {
            let answer = |(number, at, link): &(u8, Timestamp, Option<Link>)| json!({ "number": number, "at": rfc3339(*at), "link": link.as_ref().map(|link| link.url(origin)) });
            let body = json!({
                "state": request_state_name(status.state),
                "answers": answers.iter().map(answer).collect::<Vec<_>>(),
                "answers_left": status.answers_left,
                "expires_at": rfc3339(status.expires_at),
            });
            PageResponse::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}
