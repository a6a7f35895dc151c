//! Writing a message: the page, and the way without scripts, where the server locks.

use super::Stretching;
use super::frame::{Answer, FieldProblem, Frame, size_text};
use super::shell::Shells;
use crate::config::Settings;
use crate::share::envelope::keys::Password;
use crate::share::envelope::manifest::Manifest;
use crate::share::envelope::{self, LockError, Locked};
use crate::share::record::Creation;
use crate::share::{Digest, Link, Owner, ShareId, Timestamp};
use crate::web::errors::{Code, Problem};
use crate::web::forms::{Fields, Form};
use crate::web::guards::{SameSite, Wants};
use crate::web::lifecycle::{Shares, rfc3339};
use rocket::State;
use rocket::http::{ContentType, Status};
use serde::Serialize;
use serde_json::json;

/// Room for the longest message a site may allow, written in the longest way, and to spare.
const FORM_LIMIT: usize = 4 * 1024 * 1024;

/// A lifetime as the page offers it.
#[derive(Serialize)]
struct Lifetime {
    seconds: u64,
    n: u64,
    unit: &'static str,
}

impl Lifetime {
    fn of(seconds: u64) -> Self {
        let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
        // A day is "1 day", but 36 hours are not "1.5 days".
        let whole = units.into_iter().find(|(unit, _)| seconds >= *unit && seconds % unit == 0);
        let (unit, name) = whole.unwrap_or((1, "seconds"));
        Self { seconds, n: seconds / unit, unit: name }
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
    max_files: u32,
    max_size: u64,
    max_size_text: String,
    password_min: u32,
    require_browser_locking: bool,
}

impl<'a> CreatePage<'a> {
    fn new(settings: &Settings, nonce: &'a str, chosen_lifetime: u64, values: Values<'a>) -> Self {
        Self {
            nonce,
            lifetimes: settings.lifetimes.iter().map(|seconds| Lifetime::of(*seconds)).collect(),
            chosen_lifetime,
            values,
            max_message: settings.max_message,
            max_files: settings.max_files,
            max_size: settings.max_size,
            max_size_text: size_text(settings.max_size),
            password_min: settings.password_min,
            require_browser_locking: settings.require_browser_locking,
        }
    }
}

/// The page.
#[rocket::get("/")]
pub fn page(frame: Frame<'_>, shells: &State<Shells>) -> Answer {
    let settings = frame.settings;
    shells.page(frame, "create", |nonce| CreatePage::new(settings, nonce, settings.default_lifetime, Values::default()))
}

/// What was asked for, checked.
struct Wish {
    owner: Owner,
    message: String,
    password: Option<Password>,
    lifetime: u64,
}

/// Why a form makes no share.
enum Refusal {
    /// The whole of it.
    Problem(Problem),
    /// Fields to fix.
    Fields(Vec<FieldProblem>),
}

impl Wish {
    fn read(fields: &Fields, frame: &Frame<'_>) -> Result<Self, Refusal> {
        let settings = frame.settings;
        let mut problems = Vec::new();
        // Browsers send every line end of a text field as CRLF (WHATWG HTML, form submission).
        let message = fields.text("message").replace("\r\n", "\n");
        let over = (message.chars().count() as u64).saturating_sub(settings.max_message);
        if message.is_empty() {
            problems.push(FieldProblem { field: "message", text: frame.words("problem-message-empty") });
        } else if over > 0 {
            problems.push(FieldProblem { field: "message", text: frame.count("problem-message-long", over) });
        }
        let lifetime = match fields.given("lifetime") {
            None => Some(settings.default_lifetime),
            Some(text) => text.parse().ok().filter(|lifetime| settings.lifetime_range().contains(lifetime)),
        };
        if lifetime.is_none() {
            problems.push(FieldProblem { field: "lifetime", text: frame.words("problem-lifetime") });
        }
        let password = Password::parse(fields.text("password"));
        let least = settings.password_min;
        if password.as_ref().is_some_and(|password| password.letters() < least as usize) {
            let text = frame.count("problem-password-short", u64::from(least));
            problems.push(FieldProblem { field: "password", text });
        }
        let owner = match fields.given("nonce") {
            None => Owner::random().map_err(|error| Refusal::Problem(error.into()))?,
            Some(nonce) => Owner::parse(nonce).ok_or(Refusal::Problem(Problem::invalid("nonce")))?,
        };
        match lifetime {
            Some(lifetime) if problems.is_empty() => Ok(Self { owner, message, password, lifetime }),
            _ => Err(Refusal::Fields(problems)),
        }
    }
}

/// Takes a message, locks it and answers its link.
#[rocket::post("/", data = "<form>")]
pub async fn submit(
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
        return refuse_to_lock(&frame);
    }
    let fields = match form.0 {
        Ok(fields) => fields,
        Err(code) => return frame.problem(code.into()),
    };
    let wish = match Wish::read(&fields, &frame) {
        Ok(wish) => wish,
        Err(Refusal::Problem(problem)) => return frame.problem(problem),
        Err(Refusal::Fields(problems)) => return ask_again(&frame, &fields, &problems),
    };
    let (owner, protected) = (wish.owner.clone(), wish.password.is_some());
    match make(wish, shares, stretching).await {
        Ok((link, expires_at)) => ready(&frame, &link, &owner, expires_at, protected),
        Err(Problem { code: Code::Taken, .. }) if frame.wants == Wants::Html => {
            frame.page(Code::Taken.status(), "already", json!({}))
        }
        Err(problem) => frame.problem(problem),
    }
}

/// The page that says to turn scripts on, instead of the one without them.
fn refuse_to_lock(frame: &Frame<'_>) -> Answer {
    if frame.wants != Wants::Html {
        return frame.problem(Code::BrowserLocking.into());
    }
    let page = CreatePage::new(frame.settings, "", frame.settings.default_lifetime, Values::default());
    frame.page(Code::BrowserLocking.status(), "create", page)
}

/// The form again, with everything that was typed and what to fix.
fn ask_again(frame: &Frame<'_>, fields: &Fields, problems: &[FieldProblem]) -> Answer {
    match (frame.wants, problems.first()) {
        (Wants::Html, _) => {}
        (Wants::Text, Some(problem)) => return Answer::text(Status::UnprocessableEntity, &problem.text),
        (_, problem) => return frame.problem(Problem::invalid(problem.map_or("body", |problem| problem.field))),
    }
    let chosen = fields.text("lifetime").parse().unwrap_or(frame.settings.default_lifetime);
    let values = Values { message: fields.text("message"), password: fields.text("password") };
    let page = CreatePage::new(frame.settings, fields.text("nonce"), chosen, values);
    frame.form(Status::UnprocessableEntity, "create", problems, page)
}

/// Locks, stores, and answers the link and when it ends.
async fn make(wish: Wish, shares: &Shares, stretching: &Stretching) -> Result<(Link, Timestamp), Problem> {
    let Wish { owner, message, password, lifetime } = wish;
    let id = ShareId::of(&owner);
    let protected = password.is_some();
    let lock = move || envelope::lock(&id, &Manifest::of_message(message), password.as_ref());
    let locked = if protected { stretching.run(lock).await.ok_or(Code::Unavailable)? } else { lock() };
    let locked = locked.map_err(lock_problem)?;
    let Locked { key, part0, open_verifier, password_verifier } = locked;
    let length = u32::try_from(part0.len()).map_err(|_| Code::TooLarge)?;
    let creation = Creation {
        id,
        owner: owner.digest(),
        open_verifier,
        password_verifier,
        parts: 1,
        size: 0,
        part0: length,
        lifetime,
        body: Digest::of(&part0),
    };
    let created = shares.create(&creation, &part0).await?;
    Ok((Link { id, key, claim: None }, created.expires_at))
}

fn lock_problem(error: LockError) -> Problem {
    match error {
        LockError::Empty => Problem::invalid("message"),
        LockError::TooLarge => Code::TooLarge.into(),
        LockError::NoRandom => {
            tracing::error!("the system gives no random numbers");
            Code::Broken.into()
        }
    }
}

/// The link, as a page, as JSON or as a line.
fn ready(frame: &Frame<'_>, link: &Link, owner: &Owner, expires_at: Timestamp, password: bool) -> Answer {
    #[derive(Serialize)]
    struct ReadyPage {
        link: String,
        expires_ms: u64,
        password: bool,
        status_link: String,
        owner: String,
    }
    let page = ReadyPage {
        link: link.url(&frame.site.origin),
        expires_ms: expires_at.0,
        password,
        status_link: format!("{}/status#{}", frame.site.origin, owner.expose()),
        owner: owner.expose(),
    };
    match frame.wants {
        Wants::Html => frame.page(Status::Ok, "ready", page),
        Wants::Text => Answer::text(Status::Ok, &page.link),
        Wants::Json => {
            let body = json!({ "link": page.link, "status_link": page.status_link, "expires_at": rfc3339(expires_at) });
            Answer::new(Status::Ok, ContentType::JSON, body.to_string().into_bytes())
        }
    }
}
