//! What became of a share or a request, and their end by the sender.

use crate::api::{State, Status};
use crate::exit::Failure;
use crate::output::{Out, moment, note, when};
use crate::retry::{briefly, patiently};
use crate::site::Site;
use onetimeshare_envelope::keys::LinkKeys;
use onetimeshare_envelope::request::RequesterKeys;
use onetimeshare_envelope::{Link, ShareId, StatusLink};
use serde_json::{Value, json};

/// Prints the state of a share for its sender. With `wait`, waits until it was opened or has ended.
///
/// # Errors
/// [`Failure`].
pub(crate) fn sender(site: &Site, link: &StatusLink, wait: bool, out: Out) -> Result<(), Failure> {
    let id = ShareId::of(&link.owner);
    let mut status = briefly(|| site.status(&id, &link.owner, None))?;
    while wait && matches!(status.state, State::Uploading | State::Waiting) {
        let seen = status.etag.clone().unwrap_or_default();
        status = patiently(|| site.status(&id, &link.owner, Some(&seen)))?;
    }
    let words = link.words.as_ref().zip(status.claim.as_ref()).map(|(words, claim)| words.words(&id, claim));
    let mut value = serde_json::to_value(&status).unwrap_or(Value::Null);
    value["matching_words"] = words.clone().into();
    out.result(&value)?;
    out.line(&sentence(&status))?;
    if !out.json {
        if let Some(words) = words {
            note(&format!("Matching words: {words}. The receiver sees the same."));
        }
        if status.more.get("wrong_passwords").and_then(Value::as_u64).is_some_and(|wrong| wrong > 0) {
            note(&format!("Wrong passwords: {}.", status.more["wrong_passwords"]));
        }
        if !status.time("lost_at").is_empty() {
            note("The site has lost a part of it. Send it again.");
        }
    }
    Ok(())
}

fn sentence(status: &Status) -> String {
    let at = when(status.time("at"));
    match status.state {
        State::Uploading => "It is not complete yet.".to_owned(),
        State::Waiting => {
            let until = moment(status.time("expires_at")).map_or_else(String::new, |time| format!(" until {time}"));
            format!("It waits to be opened{until}.")
        }
        State::Opened if !status.time("confirmed_at").is_empty() => {
            format!("It was opened{at}, and everything was received.")
        }
        State::Opened => format!("It was opened{at}."),
        State::Expired => format!("It expired unopened{at}."),
        State::Deleted => format!("You deleted it{at}."),
        State::Removed => format!("The operator of the site removed it{at}."),
        State::Open | State::Full => status.state.name().to_owned(),
    }
}

/// Prints the state of a share for a holder of its link. Nothing is opened.
///
/// # Errors
/// [`Failure`].
pub(crate) fn receiver(site: &Site, link: &Link, out: Out) -> Result<(), Failure> {
    let proof = LinkKeys::derive(&link.id, &link.key).open_proof();
    let peek = briefly(|| site.peek(&link.id, &proof))?;
    let waiting = peek.state == State::Waiting;
    let time = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    out.result(&json!({
        "state": peek.state.name(),
        "password": waiting.then_some(peek.password),
        "size": peek.size,
        "expires_at": time(&peek.expires_at),
        "at": time(&peek.at),
    }))?;
    if !waiting {
        return out.line(&crate::http::gone(peek.state.name(), &peek.at).message);
    }
    let until = moment(&peek.expires_at).map_or_else(String::new, |time| format!(" until {time}"));
    let password = if peek.password { " A password protects it." } else { "" };
    out.line(&format!("It waits to be opened{until}.{password}"))
}

/// Prints the state of a request for the person who asked. With `wait`, waits until it takes no more answers.
///
/// # Errors
/// [`Failure`].
pub(crate) fn requester(site: &Site, keys: &RequesterKeys, wait: bool, out: Out) -> Result<(), Failure> {
    let mut found = briefly(|| site.collect(&keys.id(), keys.owner(), None))?;
    while wait && found.state == State::Open {
        let seen = found.etag.clone().unwrap_or_default();
        found = patiently(|| site.collect(&keys.id(), keys.owner(), Some(&seen)))?;
    }
    let answers = found.answers.len();
    out.result(&json!({ "state": found.state.name(), "answers": answers, "answers_left": found.answers_left, "expires_at": found.expires_at }))?;
    let until = moment(&found.expires_at).map_or_else(String::new, |time| format!(" until {time}"));
    match found.state {
        State::Open => out.line(&format!("{answers} answers came. It takes {} more{until}.", found.answers_left)),
        state => out.line(&format!("{answers} answers came. It takes no more: {}{}.", state.name(), when(&found.at))),
    }
}

/// Deletes a share.
///
/// # Errors
/// [`Failure`].
pub(crate) fn delete(site: &Site, link: &StatusLink, out: Out) -> Result<(), Failure> {
    patiently(|| site.delete(&ShareId::of(&link.owner), &link.owner))?;
    out.result(&json!({ "deleted": true }))?;
    out.line("Deleted.")
}

/// Ends a request. What came can still be collected.
///
/// # Errors
/// [`Failure`].
pub(crate) fn end(site: &Site, keys: &RequesterKeys, out: Out) -> Result<(), Failure> {
    patiently(|| site.end(&keys.id(), keys.owner()))?;
    out.result(&json!({ "deleted": true }))?;
    out.line("Ended. Answers that came can still be collected.")
}
