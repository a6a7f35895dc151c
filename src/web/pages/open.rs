//! Opening a share: one page for every link, and the way without scripts, where the server unlocks.

use super::Stretching;
use super::frame::{Answer, FieldProblem, Frame};
use super::shell::Shells;
use crate::share::envelope::keys::{ContentKey, LinkKeys, Password};
use crate::share::envelope::manifest::Manifest;
use crate::share::envelope::{self, Altered};
use crate::share::record::{OpenRequest, Peek, State as ShareState};
use crate::share::{Claim, Link, ShareId, Timestamp, base32};
use crate::web::errors::{Code, Problem};
use crate::web::forms::{Fields, Form};
use crate::web::guards::{SameSite, Wants};
use crate::web::lifecycle::{NotOpened, Opened, Shares, state_name};
use rocket::State;
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;

/// A link and a password, and to spare.
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
}

/// The page: the same for every address below `/s/`, touching no storage, so that previews and scanners learn nothing
/// and use nothing up. A key that damage moved into the path is repaired by the page's script.
#[rocket::get("/s/<_path..>")]
pub fn page(frame: Frame<'_>, shells: &State<Shells>, _path: PathBuf) -> Answer {
    let require_browser_locking = frame.settings.require_browser_locking;
    shells.page(frame, "open", |nonce| OpenPage { nonce, values: Values::default(), require_browser_locking })
}

/// The id in a path, which may carry a `#` or a `%23` and the key behind it.
fn path_id(segment: &str) -> Option<ShareId> {
    let id = segment.split(['#', '%']).next()?;
    ShareId::parse(&base32::normalize(id))
}

/// How a try to open without scripts ended.
enum Outcome {
    /// The message.
    Shown { manifest: Manifest, opened: Opened },
    /// Nothing was opened: something is to be fixed in the form.
    Fix(&'static str, String, Status),
    /// The link is not complete, or of another share.
    Damaged,
    /// It is over, or never was; when and how only for those who proved the whole link.
    Over(Option<(ShareState, Timestamp)>),
    /// Something else went wrong.
    Problem(Problem),
}

/// Opens with the pasted whole link.
#[rocket::post("/s/<segment>", data = "<form>")]
pub async fn submit(
    segment: &str,
    frame: Frame<'_>,
    site: SameSite,
    shares: &State<Shares>,
    stretching: &State<Stretching>,
    form: Form<{ FORM_LIMIT }>,
) -> Answer {
    if let Err(problem) = site.check() {
        return frame.problem(problem);
    }
    if frame.settings.require_browser_locking {
        return needs_scripts(&frame);
    }
    let fields = match form.0 {
        Ok(fields) => fields,
        Err(code) => return frame.problem(code.into()),
    };
    match open(segment, &fields, &frame, shares, stretching).await {
        Outcome::Shown { manifest, opened } => shown(&frame, &fields, &manifest, &opened),
        Outcome::Fix(field, text, status) => fix(&frame, &fields, field, text, status),
        Outcome::Damaged => damaged(&frame, &fields),
        Outcome::Over(end) => over(&frame, end),
        Outcome::Problem(problem) => frame.problem(problem),
    }
}

fn needs_scripts(frame: &Frame<'_>) -> Answer {
    if frame.wants != Wants::Html {
        return frame.problem(Code::BrowserLocking.into());
    }
    let page = OpenPage { nonce: "", values: Values::default(), require_browser_locking: true };
    frame.page(Code::BrowserLocking.status(), "open", page)
}

/// Proof and waiting time are looked at before a password is stretched, which costs.
async fn open(segment: &str, fields: &Fields, frame: &Frame<'_>, shares: &Shares, stretching: &Stretching) -> Outcome {
    let Some(id) = path_id(segment) else {
        return Outcome::Damaged;
    };
    let Ok(link) = Link::parse_for(&id, fields.text("link")) else {
        return Outcome::Damaged;
    };
    let claim = match (link.claim, fields.given("nonce")) {
        (Some(claim), _) => claim,
        (None, Some(nonce)) => match Claim::parse(nonce) {
            Some(claim) => claim,
            None => return Outcome::Problem(Problem::invalid("nonce")),
        },
        (None, None) => match Claim::random() {
            Ok(claim) => claim,
            Err(error) => return Outcome::Problem(error.into()),
        },
    };
    let keys = LinkKeys::derive(&id, &link.key);
    let open = keys.open_proof().verifier();
    let typed = Password::parse(fields.text("password"));
    let password = match shares.peek(id, &open).await {
        Err(problem) => return Outcome::Problem(problem),
        Ok((Peek::NotFound, _)) => return Outcome::Over(None),
        Ok((Peek::Over { gone, grace_until: None }, _)) => return Outcome::Over(Some((gone.state, gone.at))),
        // Its reader comes back within the grace, and may need the password again.
        Ok((Peek::Over { .. }, _)) => typed,
        Ok((Peek::Waiting { password: None, .. }, _)) => None,
        Ok((Peek::Waiting { password: Some(tries), .. }, _)) => {
            if tries.retry_after > 0 {
                return wait(frame, tries.retry_after);
            }
            if typed.is_none() {
                let text = frame.words("problem-password-needed");
                return Outcome::Fix("password", text, Code::PasswordNeeded.status());
            }
            typed
        }
    };
    let mut request = OpenRequest { open, claim: claim.digest(), password: None };
    let mut tried: Vec<ContentKey> = Vec::new();
    let keys = match password {
        None => keys,
        Some(password) => {
            let Some((keys, both)) = stretching
                .run(move || {
                    let both = keys.stretch(&password);
                    (keys, both)
                })
                .await
            else {
                return Outcome::Problem(Code::Unavailable.into());
            };
            request.password = Some(both.password_proof().verifier());
            tried.push(both.content_key());
            keys
        }
    };
    tried.push(keys.content_key());
    match shares.open(id, &request).await {
        Ok(opened) => match unlock(&tried, &id, &opened) {
            Ok(manifest) => Outcome::Shown { manifest, opened },
            Err(Altered) => Outcome::Fix("link", frame.words("problem-changed"), Status::UnprocessableEntity),
        },
        Err(NotOpened::NotFound) => Outcome::Over(None),
        Err(NotOpened::Gone(gone)) => Outcome::Over(Some((gone.state, gone.at))),
        Err(NotOpened::WrongPassword(tries)) if tries.retry_after > 0 => wait(frame, tries.retry_after),
        Err(NotOpened::WrongPassword(tries)) => {
            let text = frame.count("problem-password-wrong", u64::from(tries.left));
            Outcome::Fix("password", text, Code::WrongPassword.status())
        }
        Err(NotOpened::Wait(seconds)) => wait(frame, seconds),
        Err(refused) => Outcome::Problem(refused.into()),
    }
}

fn wait(frame: &Frame<'_>, seconds: u64) -> Outcome {
    if frame.wants != Wants::Html {
        return Outcome::Problem(Problem::new(Code::SlowDown).retry_after(seconds));
    }
    let text = frame.count("problem-password-wait", seconds.div_ceil(60));
    Outcome::Fix("password", text, Code::SlowDown.status())
}

/// Tries the keys in turn: whether an opened share has a password is known to its envelope alone.
fn unlock(keys: &[ContentKey], id: &ShareId, opened: &Opened) -> Result<Manifest, Altered> {
    let mut tried = keys.iter().map(|key| envelope::unlock(key, id, &opened.part0, opened.parts, opened.size));
    tried.find_map(Result::ok).map(|(manifest, _)| manifest).ok_or(Altered)
}

fn fix(frame: &Frame<'_>, fields: &Fields, field: &'static str, text: String, status: Status) -> Answer {
    match frame.wants {
        Wants::Html => {
            let page = OpenPage {
                nonce: fields.text("nonce"),
                // A wrong password comes back empty.
                values: Values { link: fields.text("link"), password: "" },
                require_browser_locking: false,
            };
            frame.form(status, "open", &[FieldProblem { field, text }], page)
        }
        Wants::Text => Answer::text(status, &text),
        Wants::Json => {
            let code = match status.code {
                403 => Problem::new(Code::WrongPassword),
                _ if field == "password" => Problem::new(Code::PasswordNeeded),
                _ => Problem::invalid(field),
            };
            frame.problem(code)
        }
    }
}

fn damaged(frame: &Frame<'_>, fields: &Fields) -> Answer {
    match frame.wants {
        Wants::Html => {
            let values = Values { link: fields.text("link"), password: fields.text("password") };
            let page = OpenPage { nonce: fields.text("nonce"), values, require_browser_locking: false };
            frame.page(Status::UnprocessableEntity, "damaged", page)
        }
        Wants::Text => Answer::text(Status::UnprocessableEntity, &frame.words("damaged-title")),
        Wants::Json => frame.problem(Problem::invalid("link")),
    }
}

/// A share that is over: which way only for those who proved the whole link.
pub fn over(frame: &Frame<'_>, end: Option<(ShareState, Timestamp)>) -> Answer {
    let key = match end {
        Some((ShareState::Opened, _)) => "gone-opened-title",
        Some((ShareState::Expired, _)) => "gone-expired-title",
        Some((ShareState::Deleted, _)) => "gone-deleted-title",
        _ => "gone-title",
    };
    let why = end.map_or("unknown", |(state, _)| state_name(state));
    match frame.wants {
        Wants::Html => {
            let at_ms = end.map_or(0, |(_, at)| at.0);
            frame.page(Status::NotFound, "gone", json!({ "why": why, "at_ms": at_ms }))
        }
        Wants::Text => Answer::text(Status::NotFound, &frame.words(key)),
        Wants::Json => frame.problem(Code::NotFound.into()),
    }
}

fn shown(frame: &Frame<'_>, fields: &Fields, manifest: &Manifest, opened: &Opened) -> Answer {
    #[derive(Serialize)]
    struct OpenedPage<'a> {
        message: Option<&'a str>,
        files: [(); 0],
        grace_minutes: u64,
        link: &'a str,
        password: &'a str,
        nonce: &'a str,
    }
    let message = manifest.message.as_deref();
    match frame.wants {
        Wants::Html => {
            let page = OpenedPage {
                message,
                files: [],
                grace_minutes: frame.settings.grace.div_ceil(60),
                link: fields.text("link"),
                password: fields.text("password"),
                nonce: fields.text("nonce"),
            };
            frame.page(Status::Ok, "opened", page)
        }
        Wants::Text => Answer::text(Status::Ok, message.unwrap_or_default()),
        Wants::Json => {
            let body = json!({ "message": message, "grace_until": crate::web::lifecycle::rfc3339(opened.grace_until) });
            Answer::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}
