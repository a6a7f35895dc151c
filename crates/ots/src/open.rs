//! Opens a share: asks before the only view is used, prints the message, saves the files, and confirms when all is there.
//! Goes on with a share that this computer has opened before.

use crate::api::{Opened, Peek, State};
use crate::download::{Done, Download, Entry};
use crate::exit::{Failure, Kind};
use crate::files::Folder;
use crate::http::{CallError, gone};
use crate::input::PasswordSource;
use crate::output::{confirmed, has_terminal, moment, note, plain, size};
use crate::retry::{briefly, patiently};
use crate::site::Site;
use crate::state::{Found, Journal, lines};
use onetimeshare_envelope::keys::{ContentKey, LinkKeys, PasswordKeys, Proof};
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::{Altered, Claim, Link, base32, random};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// How shares are opened.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder that receives files.
    pub(crate) folder: PathBuf,
    /// Opens without asking.
    pub(crate) yes: bool,
    /// Where a password comes from.
    pub(crate) password: PasswordSource,
}

/// First line of the journal of an opening. The claim is stored before it is used, so that the answer to an opening that
/// was lost can be asked for again.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u8,
    site: String,
    claim: String,
    nonce: String,
}

const VERSION: u8 = 1;

/// What a share held. The site still has its copy.
pub(crate) struct Received {
    /// The message, if any.
    pub(crate) message: Option<String>,
    /// The paths of the files, with their names and sizes.
    pub(crate) files: Vec<(PathBuf, String, u64)>,
    /// The matching words (`docs/matching-words.md`).
    pub(crate) words: String,
    confirmation: Confirmation,
}

/// Tells the site that everything is saved.
struct Confirmation {
    site: Site,
    id: onetimeshare_envelope::ShareId,
    claim: Claim,
    grace_until: String,
    journal: Journal,
}

impl Received {
    /// Returns the result as JSON.
    pub(crate) fn json(&self) -> Value {
        let files = self
            .files
            .iter()
            .map(|(path, name, size)| json!({ "name": name, "path": path.display().to_string(), "size": size }));
        json!({ "message": self.message, "files": files.collect::<Vec<_>>(), "matching_words": self.words })
    }

    /// Makes the site delete its copy. Call it when the message is printed. A failure is only told: the site deletes the
    /// copy by itself.
    pub(crate) fn confirm(self) {
        let Confirmation { site, id, claim, grace_until, journal } = self.confirmation;
        match patiently(|| site.confirm(&id, &claim)) {
            Ok(()) => journal.remove(),
            Err(CallError::Refused(problem)) if problem.status == 404 => journal.remove(),
            Err(_) => {
                let until = moment(&grace_until).map_or_else(String::new, |time| format!(" until {time}"));
                note(&format!(
                    "Everything is here, but the site could not be told so. It keeps its copy for this computer{until}."
                ));
            }
        }
    }
}

/// An opening that is under way.
struct Opening<'a> {
    site: &'a Site,
    link: &'a Link,
    keys: LinkKeys,
    open_proof: Proof,
}

/// Opens a share and saves its files. `what` names it in the question, such as “This link”.
///
/// # Errors
/// [`Failure`]. After a failure of the network or of this computer, another call goes on where this one stopped.
pub(crate) fn receive(site: &Site, link: &Link, options: &Options, what: &str) -> Result<Received, Failure> {
    let keys = LinkKeys::derive(&link.id, &link.key);
    let opening = Opening { site, link, open_proof: keys.open_proof(), keys };
    opening.run(options, what)
}

/// The journal of an opening, and what it says.
struct Kept {
    journal: Journal,
    claim: Claim,
    nonce: String,
    done: Done,
    folder: Option<PathBuf>,
}

impl Opening<'_> {
    fn run(&self, options: &Options, what: &str) -> Result<Received, Failure> {
        let name = journal_name(self.site, self.link);
        let kept = self.kept(&name)?;
        let peek = briefly(|| self.site.peek(&self.link.id, &self.open_proof))?;
        match peek.state {
            State::Waiting => ask(&peek, options, what)?,
            State::Opened if peek.grace_until.is_some() && (kept.is_some() || self.link.handover.is_some()) => {
                note("Going on with what was opened before.");
            }
            state => {
                if let Some(kept) = kept {
                    kept.journal.remove();
                }
                return Err(gone(state.name(), &peek.at));
            }
        }
        let folder = match peek.parts {
            Some(1) => None,
            _ => Some(Folder::at(&options.folder)?),
        };
        if let (Some(folder), Some(size)) = (&folder, peek.size) {
            folder.has_room(size)?;
        }
        let mut kept = match kept {
            Some(kept) => kept,
            None => self.start(&name)?,
        };
        let (opened, key) = match self.open(&kept.claim, &peek, options) {
            Ok(opened) => opened,
            Err(failure) => {
                // An opening whose answer was lost may have succeeded, and a site may refuse the answer after it.
                if !matches!(failure.kind, Kind::Network | Kind::Refused) && peek.state == State::Waiting {
                    kept.journal.remove();
                }
                return Err(failure);
            }
        };
        let manifest = Manifest::open(&key, &self.link.id, &opened.part0)?;
        let layout = manifest.layout()?;
        if layout.parts() != opened.parts || peek.size.is_some_and(|size| size != layout.size()) {
            return Err(Altered.into());
        }
        let files = if manifest.files.is_empty() {
            Vec::new()
        } else {
            let Some(folder) = folder else { return Err(Altered.into()) };
            self.download(&mut kept, &key, &manifest, &folder)?
        };
        let words = self.keys.words_key().words(&self.link.id, &kept.claim.digest());
        let confirmation = Confirmation {
            site: self.site.clone(),
            id: self.link.id,
            claim: kept.claim,
            grace_until: opened.grace_until,
            journal: kept.journal,
        };
        Ok(Received { message: manifest.message.clone(), files, words, confirmation })
    }

    /// Reads the journal of an earlier opening by this computer.
    fn kept(&self, name: &str) -> Result<Option<Kept>, Failure> {
        let (journal, text) = match Journal::open(name)? {
            Found::Nothing => return Ok(None),
            Found::Busy => return Err(Failure::local("Another command is opening this link at the moment.")),
            Found::Journal(journal, text) => (journal, text),
        };
        let read = lines::<Header, Entry>(&text)
            .filter(|(header, _)| header.version == VERSION && header.site == self.site.base());
        let read = read.and_then(|(header, entries)| Some((Claim::parse(&header.claim)?, header.nonce, entries)));
        let Some((claim, nonce, entries)) = read else {
            journal.remove();
            return Ok(None);
        };
        let (done, folder) = Done::of(entries);
        Ok(Some(Kept { journal, claim, nonce, done, folder }))
    }

    /// Stores a new claim.
    fn start(&self, name: &str) -> Result<Kept, Failure> {
        let no_random = |_| Failure::local("The system has no random numbers.");
        let claim = Claim::random().map_err(no_random)?;
        let nonce = base32::encode(&random::bytes::<5>().map_err(no_random)?);
        let header =
            Header { version: VERSION, site: self.site.base().to_owned(), claim: claim.expose(), nonce: nonce.clone() };
        Ok(Kept { journal: Journal::create(name, &header)?, claim, nonce, done: Done::default(), folder: None })
    }

    /// Opens the share for this claim, with its password if it has one.
    fn open(&self, claim: &Claim, peek: &Peek, options: &Options) -> Result<(Opened, ContentKey), Failure> {
        let given = options.password.given()?;
        let needed = || given.clone().map_or_else(PasswordSource::asked, Ok);
        // A password that is given for a share without one is not used. Whether an opened share has one, only the answer
        // tells.
        let mut password = if peek.password { Some(needed()?) } else { None };
        loop {
            let stretched = password.as_ref().map(|password| self.keys.stretch(password));
            let proof = stretched.as_ref().map(PasswordKeys::password_proof);
            let handover = self.link.handover.as_ref();
            let call = || self.site.open(&self.link.id, &self.open_proof, claim, proof.as_ref(), handover);
            match patiently(call) {
                Ok(opened) => {
                    let key = stretched.map_or_else(|| self.keys.content_key(), |keys| keys.content_key());
                    return Ok((opened, key));
                }
                Err(CallError::Refused(problem)) if problem.code == "password_needed" && password.is_none() => {
                    password = Some(needed()?);
                }
                Err(CallError::Refused(problem))
                    if problem.code == "wrong_password"
                        && given.is_none()
                        && problem.retry_after.is_none()
                        && has_terminal() =>
                {
                    let left =
                        problem.tries_left.map_or_else(String::new, |left| format!(" {left} more before a wait."));
                    note(&format!("The password is wrong.{left}"));
                    password = Some(PasswordSource::asked()?);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn download(
        &self,
        kept: &mut Kept,
        key: &ContentKey,
        manifest: &Manifest,
        folder: &Folder,
    ) -> Result<Vec<(PathBuf, String, u64)>, Failure> {
        if kept.folder.as_deref().is_none_or(|path| !folder.is(path)) {
            if let Some(old) = kept.folder.as_deref().filter(|path| path.is_dir()) {
                discard(old, &kept.nonce, manifest);
            }
            kept.done.start_over();
            kept.journal.append(&Entry::Folder(folder.path().to_owned()))?;
        }
        let layout = manifest.layout()?;
        let (site, id, claim, nonce) = (self.site, self.link.id, &kept.claim, &*kept.nonce);
        let download = Download { site, id, claim, key, manifest, layout: &layout, folder, nonce };
        let paths = download.run(std::mem::take(&mut kept.done), &mut kept.journal)?;
        let named = paths.into_iter().zip(&manifest.files).map(|(path, file)| {
            if file.is_executable() {
                note(&format!(
                    "{} can run programs when it is opened. Open it only if you expected that.",
                    path.display()
                ));
            }
            (path, file.safe_name(), file.size)
        });
        Ok(named.collect())
    }
}

/// Removes unfinished files from a folder that is no longer used.
fn discard(folder: &Path, nonce: &str, manifest: &Manifest) {
    if let Ok(folder) = Folder::at(folder) {
        (0..manifest.files.len()).for_each(|file| folder.discard(&Download::hidden(nonce, file)));
    }
}

/// Asks before the only view is used.
fn ask(peek: &Peek, options: &Options, what: &str) -> Result<(), Failure> {
    if options.yes {
        return Ok(());
    }
    if !has_terminal() {
        return Err(Failure::usage("The link opens once. Without a terminal to ask, say --yes to open it."));
    }
    let content = match (peek.parts, peek.size) {
        (Some(1), _) => "a message".to_owned(),
        (_, Some(bytes)) => format!("files of {}", size(bytes)),
        _ => "files".to_owned(),
    };
    let until = moment(&peek.expires_at).map_or_else(String::new, |time| format!(", until {time}"));
    note(&format!("It holds {content}{}{until}.", if peek.password { ", with a password" } else { "" }));
    if confirmed(&format!("{} opens once. Open it now?", plain(what)))? {
        Ok(())
    } else {
        Err(Failure::local("It was not opened."))
    }
}

/// Returns whether this computer has begun to open the share.
///
/// # Errors
/// [`Failure::local`] when the state cannot be read.
pub(crate) fn was_begun(site: &Site, link: &Link) -> Result<bool, Failure> {
    Ok(!matches!(Journal::open(&journal_name(site, link))?, Found::Nothing))
}

/// Returns the name of the journal. Each site has its own, because a claim is a secret of the site that it opened at.
fn journal_name(site: &Site, link: &Link) -> String {
    format!("open-{}-{}", link.id, base32::encode(&Sha256::digest(site.base())[..5]))
}
