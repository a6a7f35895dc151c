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
use rocket::http::uri::{Segments, fmt::Path};
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

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
/// and use nothing up. A key that damage moved into the path is repaired by the page's script, so any path is taken: a
/// file's path would refuse brackets and points at its ends.
#[rocket::get("/s/<_path..>")]
pub fn page(frame: Frame<'_>, shells: &State<Shells>, _path: Segments<'_, Path>) -> Answer {
    let require_browser_locking = frame.settings.require_browser_locking;
    shells.page(frame, "open", |nonce| OpenPage { nonce, values: Values::default(), require_browser_locking })
}

/// The id at the start of a path, behind which damage may have put anything: a bracket, a `#` or `%23` and the key.
fn path_id(path: Segments<'_, Path>) -> Option<ShareId> {
    let ours = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let text = path.get(0)?.trim_start_matches(|letter| !ours(letter));
    let end = text.find(|letter| !ours(letter)).unwrap_or(text.len());
    ShareId::parse(&base32::normalize(&text[..end]))
}

/// How a try to open without scripts ended.
enum Outcome {
    /// The message.
    Shown { manifest: Manifest, opened: Opened },
    /// Nothing was opened: something is to be fixed in the form.
    Fix(&'static str, String, Status),
    /// Too many passwords: this many seconds must pass before the next one is looked at.
    Wait(Code, u64),
    /// The link is not complete, or of another share.
    Damaged,
    /// It is over, or never was; when and how only for those who proved the whole link.
    Over(Option<(ShareState, Timestamp)>),
    /// Something else went wrong.
    Problem(Problem),
}

/// Opens with the pasted whole link.
#[rocket::post("/s/<path..>", data = "<form>")]
pub async fn submit(
    path: Segments<'_, Path>,
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
    match open(path_id(path), &fields, &frame, shares, stretching).await {
        Outcome::Shown { manifest, opened } => shown(&frame, &fields, &manifest, &opened),
        Outcome::Fix(field, text, status) => fix(&frame, &fields, field, text, status),
        Outcome::Wait(code, seconds) => wait(&frame, &fields, code, seconds),
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
async fn open(
    id: Option<ShareId>,
    fields: &Fields,
    frame: &Frame<'_>,
    shares: &Shares,
    stretching: &Stretching,
) -> Outcome {
    let Some(id) = id else {
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
    let looked = shares.peek(id, &open).await;
    // Whoever opened it gets it again by the claim alone: then nobody has looked at the password.
    let again = matches!(looked, Ok((Peek::Over { .. }, _)));
    let password = match looked {
        Err(problem) => return Outcome::Problem(problem),
        Ok((Peek::NotFound, _)) => return Outcome::Over(None),
        Ok((Peek::Over { gone, grace_until: None }, _)) => return Outcome::Over(Some((gone.state, gone.at))),
        // Its reader comes back within the grace, and may need the password again.
        Ok((Peek::Over { .. }, _)) => typed,
        Ok((Peek::Waiting { password: None, .. }, _)) => None,
        Ok((Peek::Waiting { password: Some(tries), .. }, _)) => {
            if tries.retry_after > 0 {
                return Outcome::Wait(Code::SlowDown, tries.retry_after);
            }
            if typed.is_none() {
                return password_needed(frame);
            }
            typed
        }
    };
    let gave_one = password.is_some();
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
            Err(Altered) if again && opened.protected && !gave_one => password_needed(frame),
            Err(Altered) if again && opened.protected => {
                Outcome::Fix("password", frame.words("problem-password-not-right"), Code::WrongPassword.status())
            }
            Err(Altered) => Outcome::Fix("link", frame.words("problem-changed"), Status::UnprocessableEntity),
        },
        Err(NotOpened::NotFound) => Outcome::Over(None),
        Err(NotOpened::Gone(gone)) => Outcome::Over(Some((gone.state, gone.at))),
        Err(NotOpened::WrongPassword(tries)) if tries.retry_after > 0 => {
            Outcome::Wait(Code::WrongPassword, tries.retry_after)
        }
        Err(NotOpened::WrongPassword(tries)) => {
            let text = frame.count("problem-password-wrong", u64::from(tries.left));
            Outcome::Fix("password", text, Code::WrongPassword.status())
        }
        Err(NotOpened::Wait(seconds)) => Outcome::Wait(Code::SlowDown, seconds),
        Err(refused) => Outcome::Problem(refused.into()),
    }
}

fn password_needed(frame: &Frame<'_>) -> Outcome {
    Outcome::Fix("password", frame.words("problem-password-needed"), Code::PasswordNeeded.status())
}

fn wait(frame: &Frame<'_>, fields: &Fields, code: Code, seconds: u64) -> Answer {
    if frame.wants != Wants::Html {
        return frame.problem(Problem::new(code).retry_after(seconds));
    }
    let text = frame.count("problem-password-wait", seconds.div_ceil(60));
    let mut answer = fix(frame, fields, "password", text, code.status());
    answer.header("Retry-After", seconds.to_string());
    answer
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
