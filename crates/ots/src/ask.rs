//! Requests: asks for something, answers, and collects what came.

use crate::api::{Collected, NewRequest, State};
use crate::exit::Failure;
use crate::http::{CallError, gone};
use crate::open::{Options, Received, receive};
use crate::output::{Out, harmless, moment, note, when};
use crate::retry::{briefly, patiently};
use crate::send::{Draft, Sent};
use crate::site::{Site, b64};
use crate::upload::Entry;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::LinkKeys;
use onetimeshare_envelope::request::{Answer, Ask, GiveKeys, GiveLink, PrivateLink, RequesterKeys, SealSeed, Sealed};
use onetimeshare_envelope::{Link, ShareId};
use serde_json::{Value, json};

fn random_failed<E>(_: E) -> Failure {
    Failure::local("The system has no random numbers.")
}

/// Makes a request and prints its two links.
///
/// # Errors
/// [`Failure`].
pub(crate) fn ask(site: &Site, note_text: &str, answers: u8, lifetime: Option<u64>, out: Out) -> Result<(), Failure> {
    let limits = briefly(|| site.limits())?;
    let lifetimes = &limits.request_lifetimes;
    let (shortest, longest) = (lifetimes.iter().min(), lifetimes.iter().max());
    let (Some(shortest), Some(longest)) = (shortest, longest) else {
        return Err(Failure::refused("The site takes no requests."));
    };
    let lifetime = lifetime.unwrap_or(604_800.clamp(*shortest, *longest));
    check_span(lifetime, *shortest, *longest)?;
    let private = PrivateLink::random().map_err(random_failed)?;
    let keys = private.keys();
    let link = keys.give_link();
    let giver = GiveKeys::derive(&link.id, &link.key);
    let ask = Ask { public_key: keys.public_key(), note: note_text.to_owned() };
    let sealed = ask.seal(&giver, &link.id, Salt::random().map_err(random_failed)?);
    let sealed_box = b64(&sealed.map_err(|_| Failure::refused("The note is too long. Some 7,000 characters fit."))?);
    let give_verifier = b64(giver.give_proof().verifier().as_bytes());
    let request = NewRequest { version: 1, give_verifier, sealed_box, answers, lifetime };
    let made = patiently(|| site.ask(&keys.id(), keys.owner(), &request))?;
    let (link, private) = (link.url(site.base()), private.url(site.base()));
    out.result(&json!({ "link": link, "private_link": private, "expires_at": made.expires_at }))?;
    if !out.json {
        note(&format!(
            "It takes answers{}.",
            moment(&made.expires_at).map_or_else(String::new, |time| format!(" until {time}"))
        ));
        note("The link to send:");
        out.line(&link)?;
        note("The private link, which opens the answers. Keep it; nobody can restore it:");
        out.line(&private)?;
    }
    Ok(())
}

/// Checks a lifetime against the range of the site.
///
/// # Errors
/// [`Failure::usage`].
pub(crate) fn check_span(lifetime: u64, shortest: u64, longest: u64) -> Result<(), Failure> {
    if (shortest..=longest).contains(&lifetime) {
        return Ok(());
    }
    let [shortest, longest] = [shortest, longest].map(crate::output::span);
    Err(Failure::usage(format!("The site takes --ttl from {shortest} to {longest}.")))
}

/// A request that takes an answer.
pub(crate) struct Asked {
    keys: GiveKeys,
    ask: Ask,
    /// Its id.
    pub(crate) id: ShareId,
}

/// Looks at a request, and shows its note.
///
/// # Errors
/// [`Failure::gone`] when it takes no more answers.
pub(crate) fn look(site: &Site, link: &GiveLink) -> Result<Asked, Failure> {
    let keys = GiveKeys::derive(&link.id, &link.key);
    let found = briefly(|| site.look(&link.id, &keys.give_proof()))?;
    if found.state != State::Open {
        return Err(gone(found.state.name(), &found.at));
    }
    let ask = Ask::open(&keys, &link.id, &found.sealed_box)?;
    if !ask.note.is_empty() {
        note(&format!("They ask for:\n{}", harmless(&ask.note)));
    }
    Ok(Asked { keys, ask, id: link.id })
}

/// Sends an answer, and hands its link in.
///
/// # Errors
/// [`Failure`].
pub(crate) fn answer(site: &Site, asked: &Asked, draft: &Draft, out: Out) -> Result<(), Failure> {
    let limits = briefly(|| site.limits())?;
    let lifetime = limits.lifetimes.iter().copied().max().unwrap_or(limits.default_lifetime);
    let draft = Draft {
        message: draft.message.clone(),
        sources: draft.sources.clone(),
        password: None,
        lifetime,
        request: Some(asked.id),
    };
    let layout = draft.check(&limits)?;
    let mut sent = draft.send(site, &layout)?;
    let sealed = seal(asked, &mut sent)?;
    if let Err(error) = patiently(|| site.answer(&asked.id, &asked.keys.give_proof(), &sealed)) {
        // After any other failure the answer may have been handed in, or can be by the same command.
        if matches!(&error, CallError::Refused(problem) if !problem.is_transient()) {
            // The answer cannot be handed in, so its share is deleted.
            let _ = site.delete(&sent.link.id, &sent.owner);
            if let Some(journal) = sent.journal {
                journal.remove();
            }
        }
        return Err(error.into());
    }
    if let Some(journal) = sent.journal {
        journal.remove();
    }
    out.result(&json!({ "sent": true, "expires_at": sent.expires_at }))?;
    out.line("Sent. Only the person who asked can open it.")
}

/// Seals the link of an answer. The sealed answer is stored before it is used, so that it is handed in once.
fn seal(asked: &Asked, sent: &mut Sent) -> Result<Sealed, Failure> {
    if let Some(sealed) = sent.sealed {
        return Ok(sealed);
    }
    let answer = Answer { id: sent.link.id, key: sent.link.key.clone() };
    let sealed = answer.seal(&asked.id, &asked.ask.public_key, SealSeed::random().map_err(random_failed)?)?;
    if let Some(journal) = &mut sent.journal {
        journal.append(&Entry::Sealed(b64(&sealed.0)))?;
        journal.sync()?;
    }
    Ok(sealed)
}

/// An answer that can be opened.
struct Waiting {
    number: u32,
    at: String,
    link: Link,
}

/// Opens the answers that came and were not opened yet. With `wait`, waits until there is one.
///
/// # Errors
/// [`Failure`]: the first of any answer; the others are opened all the same.
pub(crate) fn collect(
    site: &Site,
    private: &PrivateLink,
    options: &Options,
    wait: bool,
    out: Out,
) -> Result<(), Failure> {
    let keys = private.keys();
    let mut seen: Option<String> = None;
    let (found, waiting, opened) = loop {
        let found = patiently(|| site.collect(&keys.id(), keys.owner(), seen.as_deref()))?;
        let (waiting, opened) = sort(site, &keys, &found)?;
        if !wait || !waiting.is_empty() || found.state != State::Open {
            break (found, waiting, opened);
        }
        seen = Some(found.etag.clone().unwrap_or_default());
    };
    let until = moment(&found.expires_at).map_or_else(String::new, |time| format!(" until {time}"));
    let more = match found.state {
        State::Open => format!("It takes {} more{until}.", found.answers_left),
        state => format!("It takes no more: {}{}.", state.name(), when(&found.at)),
    };
    note(&format!("{} of {} answers can be opened. {more}", waiting.len(), waiting.len() + opened));
    let mut results = Vec::new();
    let mut received = Vec::new();
    let mut first = None;
    for answer in waiting {
        match open(site, &answer, options, out) {
            Ok((value, done)) => {
                results.push(value);
                received.extend(done);
            }
            Err(failure) => {
                note(&format!("Answer {}: {failure}", answer.number));
                results.push(json!({ "number": answer.number, "error": { "code": failure.kind.name(), "message": failure.message } }));
                first.get_or_insert(failure);
            }
        }
    }
    let answers = json!({ "state": found.state.name(), "answers": results, "already_opened": opened, "answers_left": found.answers_left, "expires_at": found.expires_at });
    match first {
        None => out.result(&answers)?,
        Some(failure) if out.json => {
            let mut answers = answers;
            answers["error"] = json!({ "code": failure.kind.name(), "message": failure.message });
            out.result(&answers)?;
            received.into_iter().for_each(Received::confirm);
            return Err(Failure { message: String::new(), ..failure });
        }
        Some(failure) => return Err(failure),
    }
    received.into_iter().for_each(Received::confirm);
    Ok(())
}

/// Opens one answer. In text it is printed and confirmed at once; as JSON it is confirmed by the caller, who prints it.
fn open(site: &Site, answer: &Waiting, options: &Options, out: Out) -> Result<(Value, Option<Received>), Failure> {
    let received = receive(site, &answer.link, options, &format!("Answer {}", answer.number))?;
    let mut value = received.json();
    value["number"] = answer.number.into();
    value["at"] = answer.at.clone().into();
    if out.json {
        return Ok((value, Some(received)));
    }
    note(&format!("Answer {}, which came{}:", answer.number, when(&answer.at)));
    print(&received, out)?;
    received.confirm();
    Ok((value, None))
}

/// Prints what a share held as text.
///
/// # Errors
/// [`Failure::local`].
pub(crate) fn print(received: &Received, out: Out) -> Result<(), Failure> {
    if let Some(message) = &received.message {
        out.message(message)?;
    }
    for (path, _, size) in &received.files {
        note(&format!("Saved {} ({})", path.display(), crate::output::size(*size)));
    }
    note(&format!("Matching words, if the sender asks who opened it: {}", received.words));
    Ok(())
}

/// Returns the answers that can be opened, in their order, and the number of the others. An answer that the site repeats
/// counts once.
fn sort(site: &Site, keys: &RequesterKeys, found: &Collected) -> Result<(Vec<Waiting>, usize), Failure> {
    let (mut waiting, mut ids, mut others) = (Vec::<Waiting>::new(), Vec::new(), 0);
    // A request takes at most 20 answers.
    for answer in found.answers.iter().take(20) {
        let sealed = Sealed::try_from(answer.sealed.clone()).ok();
        let Some(Ok(inner)) = sealed.map(|sealed| Answer::open(keys, &sealed)) else {
            note(&format!("Answer {} was changed on the site, or was not made for this request.", answer.number));
            others += 1;
            continue;
        };
        if ids.contains(&inner.id) {
            continue;
        }
        ids.push(inner.id);
        let link = Link { id: inner.id, key: inner.key, handover: None };
        let proof = LinkKeys::derive(&link.id, &link.key).open_proof();
        match briefly(|| site.peek(&link.id, &proof)) {
            Ok(peek)
                if peek.state == State::Waiting
                    || peek.grace_until.is_some() && crate::open::was_begun(site, &link)? =>
            {
                waiting.push(Waiting { number: answer.number, at: answer.at.clone(), link });
            }
            Ok(_) => others += 1,
            Err(CallError::Refused(problem)) if problem.status == 404 => others += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok((waiting, others))
}
