//! Runs the command of the command line.

use crate::ask;
use crate::base::Base;
use crate::cli::{Cli, Content, Receiving, Task};
use crate::config;
use crate::exit::Failure;
use crate::files::Source;
use crate::input::{self, PasswordSource};
use crate::open::{Options, receive};
use crate::output::{Out, moment, note};
use crate::retry::briefly;
use crate::send::Draft;
use crate::site::Site;
use crate::status;
use clap::CommandFactory as _;
use onetimeshare_envelope::keys::LinkKeys;
use onetimeshare_envelope::request::{GiveLink, PrivateLink};
use onetimeshare_envelope::{Link, LinkKind, StatusLink};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// [`Failure`], whose kind is the exit code.
pub(crate) fn run(cli: Cli, out: Out) -> Result<(), Failure> {
    let named = cli.site.as_deref();
    match cli.command {
        Task::Send { content, password, password_file, ttl } => send(named, content, password, password_file, ttl, out),
        Task::Open { link, receiving } => {
            let text = input::link(link)?;
            let link = Link::parse(&text).map_err(|_| wrong_link(&text, LinkKind::Share))?;
            let site = site_of(named, &text, "/s/", Some(&link.id.to_string()))?;
            let received = receive(&site, &link, &options(receiving), "This link")?;
            out.result(&received.json())?;
            if !out.json {
                ask::print(&received, out)?;
            }
            received.confirm();
            Ok(())
        }
        Task::Ask { note, answers, ttl } => {
            let note = note.map(input::message).transpose()?;
            let site = Site::new(config::site(named)?)?;
            ask::ask(&site, note.as_deref().map_or("", |note| note.trim_end()), answers, ttl, out)
        }
        Task::Answer { link, content } => answer(named, link, content, out),
        Task::Collect { link, receiving, wait } => {
            let text = input::link(link)?;
            let private = PrivateLink::parse(&text).ok_or_else(|| wrong_link(&text, LinkKind::Private))?;
            let site = site_of(named, &text, "/request", None)?;
            ask::collect(&site, &private, &options(receiving), wait, out)
        }
        Task::Status { link, wait } => {
            let text = input::link(link)?;
            match LinkKind::of(&text) {
                Some(LinkKind::Share) if wait => {
                    Err(Failure::usage("Only the sender can wait for the opening, with the status link."))
                }
                Some(LinkKind::Share) => {
                    let link = Link::parse(&text).map_err(|_| damaged())?;
                    status::receiver(&site_of(named, &text, "/s/", Some(&link.id.to_string()))?, &link, out)
                }
                Some(LinkKind::Private) => {
                    let private = PrivateLink::parse(&text).ok_or_else(damaged)?;
                    status::requester(&site_of(named, &text, "/request", None)?, &private.keys(), wait, out)
                }
                _ => {
                    let link = StatusLink::parse(&text).ok_or_else(|| wrong_link(&text, LinkKind::Status))?;
                    status::sender(&site_of(named, &text, "/status", None)?, &link, wait, out)
                }
            }
        }
        Task::Delete { link } => {
            let text = input::link(link)?;
            if let Some(private) = PrivateLink::parse(&text) {
                return status::end(&site_of(named, &text, "/request", None)?, &private.keys(), out);
            }
            let link =
                StatusLink::parse(&text).filter(|_| LinkKind::of(&text).is_none_or(|kind| kind == LinkKind::Status));
            let link = link.ok_or_else(|| wrong_link(&text, LinkKind::Status))?;
            status::delete(&site_of(named, &text, "/status", None)?, &link, out)
        }
        Task::Config { new } => config::run(named, new.as_deref(), out),
        Task::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "ots", &mut script);
            let script = String::from_utf8_lossy(&script);
            out.result(&json!({ "completions": script }))?;
            out.line(script.trim_end())
        }
        Task::Man { folder } => {
            let written = fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(Cli::command(), &folder));
            written.map_err(|error: io::Error| {
                Failure::local(format!("The pages cannot be written into {}: {error}.", folder.display()))
            })?;
            out.result(&json!({ "folder": folder.display().to_string() }))
        }
    }
}

fn options(receiving: Receiving) -> Options {
    let password = PasswordSource { file: receiving.password_file };
    Options { folder: receiving.output, yes: receiving.yes, password }
}

fn site_of(named: Option<&str>, text: &str, marker: &str, id: Option<&str>) -> Result<Site, Failure> {
    Site::new(config::site_of(named, Base::of_link(text, marker, id))?)
}

fn damaged() -> Failure {
    Failure::damaged("The link is damaged: a part of it is missing or was changed. Copy the whole link again.")
}

/// Says what a text is that should have been a link of another kind.
fn wrong_link(text: &str, wanted: LinkKind) -> Failure {
    let kind = LinkKind::of(text).filter(|kind| *kind != wanted);
    match kind {
        None => damaged(),
        Some(LinkKind::Share) => {
            Failure::usage("This link opens a share: use ots open. Its sender has the status link.")
        }
        Some(LinkKind::Status) => Failure::usage("This is the status link of a sender: use ots status or ots delete."),
        Some(LinkKind::Give) => Failure::usage("This link asks for an answer: use ots answer."),
        Some(LinkKind::Private) => Failure::usage("This is the private link of a request: use ots collect."),
    }
}

/// Reads the message and looks at the files.
fn content(content: Content) -> Result<(Option<String>, Vec<Source>), Failure> {
    let (dashes, files): (Vec<PathBuf>, Vec<PathBuf>) =
        content.files.into_iter().partition(|path| path == Path::new("-"));
    if dashes.len() + usize::from(content.message.is_some()) > 1 {
        return Err(Failure::usage("Give the message once: with -m, or on standard input."));
    }
    let sources = files.iter().map(|path| Source::of(path)).collect::<Result<Vec<_>, _>>()?;
    let reads = !dashes.is_empty() || sources.is_empty() && content.message.is_none();
    let message = content.message.or_else(|| reads.then(|| "-".to_owned()));
    let message = message.map(input::message).transpose()?;
    Ok((message.map(|mut text| std::mem::take(&mut *text)), sources))
}

fn send(
    named: Option<&str>,
    given: Content,
    password: bool,
    file: Option<PathBuf>,
    ttl: Option<u64>,
    out: Out,
) -> Result<(), Failure> {
    let site = Site::new(config::site(named)?)?;
    let (message, sources) = content(given)?;
    let password = if password { Some(PasswordSource::chosen()?) } else { PasswordSource { file }.given()? };
    let limits = briefly(|| site.limits())?;
    let (shortest, longest) = (limits.lifetimes.iter().min(), limits.lifetimes.iter().max());
    let lifetime = ttl.unwrap_or(limits.default_lifetime);
    ask::check_span(lifetime, *shortest.unwrap_or(&1), *longest.unwrap_or(&u64::MAX))?;
    let draft = Draft { message, sources, password, lifetime, request: None };
    let layout = draft.check(&limits)?;
    let sent = draft.send(&site, &layout)?;
    let link = sent.link.url(site.base());
    let words = LinkKeys::derive(&sent.link.id, &sent.link.key).words_key();
    let fragment = StatusLink { owner: sent.owner, words: Some(words) }.fragment();
    let status = format!("{}/status#{}", site.base(), *fragment);
    out.result(&json!({ "link": link, "status_link": status, "expires_at": sent.expires_at }))?;
    if !out.json {
        note(&format!(
            "It opens once{}. The link:",
            moment(&sent.expires_at).map_or_else(String::new, |time| format!(", until {time}"))
        ));
        out.line(&link)?;
        note(&format!("The status link, for yourself (ots status, ots delete):\n{status}"));
    }
    if let Some(journal) = sent.journal {
        journal.remove();
    }
    Ok(())
}

fn answer(named: Option<&str>, link: String, given: Content, out: Out) -> Result<(), Failure> {
    if link == "-"
        && (given.files.is_empty() && given.message.is_none()
            || given.files.iter().any(|path| path == Path::new("-"))
            || given.message.as_deref() == Some("-"))
    {
        return Err(Failure::usage(
            "Standard input cannot hold both the link and the message. Give one of them in another way.",
        ));
    }
    let text = input::link(Some(link))?;
    let link = GiveLink::parse(&text).map_err(|_| wrong_link(&text, LinkKind::Give))?;
    let site = site_of(named, &text, "/r/", Some(&link.id.to_string()))?;
    let asked = ask::look(&site, &link)?;
    let (message, sources) = content(given)?;
    let draft = Draft { message, sources, password: None, lifetime: 0, request: Some(asked.id) };
    ask::answer(&site, &asked, &draft, out)
}
