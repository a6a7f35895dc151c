//! Sends: encrypts a message and files, creates their share, and uploads the files. Goes on with an upload that was
//! interrupted.

use crate::api::{Limits, NewShare};
use crate::exit::{Failure, Kind};
use crate::files::{Identity, Source};
use crate::http::CallError;
use crate::output::{note, size};
use crate::retry::{briefly, patiently};
use crate::site::{Site, b64};
use crate::state::{Found, Journal, lines};
use crate::upload::{Entry, Fingerprints, Upload};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::{ContentKey, LinkKeys, Password, Proof};
use onetimeshare_envelope::manifest::{FileEntry, Manifest};
use onetimeshare_envelope::parts::Layout;
use onetimeshare_envelope::request::Sealed;
use onetimeshare_envelope::{EncryptError, Link, LinkKey, Owner, ShareId, base32, random};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// What is to be sent.
pub(crate) struct Draft {
    /// The message, if any.
    pub(crate) message: Option<String>,
    /// The files, in their order.
    pub(crate) sources: Vec<Source>,
    /// The password, if any.
    pub(crate) password: Option<Password>,
    /// Seconds in which it can be opened.
    pub(crate) lifetime: u64,
    /// The request that it answers.
    pub(crate) request: Option<ShareId>,
}

/// A complete share.
pub(crate) struct Sent {
    /// The link.
    pub(crate) link: Link,
    /// The sender's token.
    pub(crate) owner: Owner,
    /// When the share expires, RFC 3339.
    pub(crate) expires_at: String,
    /// The journal of its upload, if it has files. The caller removes it when the link is passed on.
    pub(crate) journal: Option<Journal>,
    /// The answer that was sealed before an interruption.
    pub(crate) sealed: Option<Sealed>,
}

/// First line of the journal of an upload.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u8,
    site: String,
    owner: String,
    key: String,
    lifetime: u64,
    part0: String,
    salts: Vec<[u8; 24]>,
    files: Vec<Identity>,
}

const VERSION: u8 = 1;

/// An encrypted share whose parts may have to be sent.
struct Prepared {
    owner: Owner,
    key: LinkKey,
    content_key: ContentKey,
    open_proof: Proof,
    password_proof: Option<Proof>,
    part0: String,
    salts: Vec<[u8; 24]>,
    journal: Option<Journal>,
    fingerprints: Fingerprints,
    sealed: Option<Sealed>,
}

fn random_failed<E>(_: E) -> Failure {
    Failure::local("The system has no random numbers.")
}

/// Derives the proofs and the key of the content. With a password this takes a noticeable time.
fn keys_of(id: &ShareId, key: &LinkKey, password: Option<&Password>) -> (ContentKey, Proof, Option<Proof>) {
    let keys = LinkKeys::derive(id, key);
    match password.map(|password| keys.stretch(password)) {
        None => (keys.content_key(), keys.open_proof(), None),
        Some(both) => (both.content_key(), keys.open_proof(), Some(both.password_proof())),
    }
}

impl Draft {
    /// Checks the draft against the limits of the site.
    ///
    /// # Errors
    /// [`Failure::refused`] or [`Failure::usage`], which name the limit.
    pub(crate) fn check(&self, limits: &Limits) -> Result<Layout, Failure> {
        let letters = self.message.as_deref().map_or(0, |text| text.chars().count() as u64);
        if letters > limits.max_message {
            return Err(Failure::refused(format!(
                "The message has {letters} characters, and the site takes {}. Put it into a file.",
                limits.max_message
            )));
        }
        if self.sources.len() as u64 > limits.max_files {
            return Err(Failure::refused(format!(
                "The site takes {} files at a time. Pack them into one.",
                limits.max_files
            )));
        }
        if let Some(password) = &self.password
            && (password.letters() as u64) < limits.password_min
        {
            return Err(Failure::usage(format!(
                "The site wants passwords of at least {} characters.",
                limits.password_min
            )));
        }
        let layout = Layout::of(self.sources.iter().map(|source| source.size))
            .map_err(|_| Failure::refused("These are too many or too large files for one share."))?;
        if layout.size() > limits.max_size {
            return Err(Failure::refused(format!(
                "The files have {} once encrypted, and the site takes {}.",
                size(layout.size()),
                size(limits.max_size)
            )));
        }
        Ok(layout)
    }

    fn manifest(&self) -> Manifest {
        let entry =
            |source: &Source| FileEntry { name: source.name.clone(), media_type: String::new(), size: source.size };
        Manifest { message: self.message.clone(), files: self.sources.iter().map(entry).collect() }
    }

    /// Returns the name of the journal, the same for the same files, sent in the same way. It tells nothing of the content.
    fn journal_name(&self, site: &Site) -> Result<String, Failure> {
        let files: Vec<_> = self.sources.iter().map(|source| &source.identity).collect();
        let request = self.request.map(|id| id.to_string());
        let way = (site.base(), request, self.lifetime, self.password.is_some(), self.message.is_some(), files);
        let text = serde_json::to_vec(&way).map_err(|error| Failure::local(error.to_string()))?;
        Ok(format!("send-{}", base32::encode(&Sha256::digest(text)[..10])))
    }

    /// Goes on with an interrupted upload of the same content, or prepares a new share.
    fn prepare(&self, site: &Site) -> Result<Prepared, Failure> {
        if self.sources.is_empty() {
            return self.begin(site, None);
        }
        let mut name = self.journal_name(site)?;
        match Journal::open(&name)? {
            Found::Nothing => {}
            Found::Busy => name = format!("{name}-{}", base32::encode(&random::bytes::<5>().map_err(random_failed)?)),
            Found::Journal(journal, text) => match self.resume(site, journal, &text) {
                Ok(prepared) => return Ok(prepared),
                Err(journal) => journal.remove(),
            },
        }
        self.begin(site, Some(&name))
    }

    /// Prepares a new share.
    fn begin(&self, site: &Site, name: Option<&str>) -> Result<Prepared, Failure> {
        let (owner, key) = (Owner::random().map_err(random_failed)?, LinkKey::random().map_err(random_failed)?);
        let id = ShareId::of(&owner);
        let (content_key, open_proof, password_proof) = keys_of(&id, &key, self.password.as_ref());
        let sealed = self.manifest().seal(&content_key, &id, Salt::random().map_err(random_failed)?);
        let part0 = b64(&sealed.map_err(|error| match error {
            EncryptError::Empty => Failure::usage("There is nothing to send: give files, or a message."),
            EncryptError::TooLarge => {
                Failure::refused("The message and the names of the files are too long for one share.")
            }
        })?);
        let salts: Vec<[u8; 24]> =
            self.sources.iter().map(|_| random::bytes()).collect::<Result<_, _>>().map_err(random_failed)?;
        let header = || Header {
            version: VERSION,
            site: site.base().to_owned(),
            owner: owner.expose(),
            key: b64(key.as_bytes()),
            lifetime: self.lifetime,
            part0: part0.clone(),
            salts: salts.clone(),
            files: self.sources.iter().map(|source| source.identity.clone()).collect(),
        };
        let journal = name.map(|name| Journal::create(name, &header())).transpose()?;
        let fingerprints = Fingerprints::new();
        Ok(Prepared {
            owner,
            key,
            content_key,
            open_proof,
            password_proof,
            part0,
            salts,
            journal,
            fingerprints,
            sealed: None,
        })
    }

    /// Reads the journal of an interrupted upload. Returns it when it is of another content, or cannot be read.
    fn resume(&self, site: &Site, journal: Journal, text: &str) -> Result<Prepared, Journal> {
        let read = || {
            let (header, entries) = lines::<Header, Entry>(text)?;
            let files = self.sources.iter().map(|source| &source.identity);
            let same = header.version == VERSION && header.site == site.base() && header.lifetime == self.lifetime;
            if !same || !files.eq(&header.files) || header.salts.len() != header.files.len() {
                return None;
            }
            let key = URL_SAFE_NO_PAD
                .decode(&header.key)
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .map(LinkKey::from_bytes)?;
            let owner = Owner::parse(&header.owner)?;
            let id = ShareId::of(&owner);
            let (content_key, open_proof, password_proof) = keys_of(&id, &key, self.password.as_ref());
            let manifest = Manifest::open(&content_key, &id, &URL_SAFE_NO_PAD.decode(&header.part0).ok()?).ok()?;
            let (mut fingerprints, mut sealed) = (Fingerprints::new(), None);
            for entry in entries {
                match entry {
                    Entry::Part(number, print) => drop(fingerprints.insert(number, print)),
                    Entry::Sealed(text) => {
                        sealed = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| Sealed::try_from(bytes).ok());
                    }
                }
            }
            let (part0, salts) = (header.part0, header.salts);
            let prepared = Prepared {
                owner,
                key,
                content_key,
                open_proof,
                password_proof,
                part0,
                salts,
                journal: None,
                fingerprints,
                sealed,
            };
            (manifest == self.manifest()).then_some(prepared)
        };
        match read() {
            Some(prepared) => Ok(Prepared { journal: Some(journal), ..prepared }),
            None => Err(journal),
        }
    }

    /// Sends the draft, which [`Draft::check`] has accepted.
    ///
    /// # Errors
    /// [`Failure`]. After a failure of the network or of the site, another call goes on where this one stopped.
    pub(crate) fn send(&self, site: &Site, layout: &Layout) -> Result<Sent, Failure> {
        let mut prepared = self.prepare(site)?;
        let id = ShareId::of(&prepared.owner);
        match self.transfer(site, &id, layout, &mut prepared) {
            Ok(expires_at) => {
                let Prepared { owner, key, journal, sealed, .. } = prepared;
                Ok(Sent { link: Link { id, key, handover: None }, owner, expires_at, journal, sealed })
            }
            Err(mut failure) => {
                if let Some(journal) = prepared.journal {
                    let begun = !prepared.fingerprints.is_empty();
                    if begun && matches!(failure.kind, Kind::Network | Kind::Refused) {
                        failure.message.push_str(" The same command goes on where this one stopped.");
                    } else if failure.kind != Kind::Network {
                        // The share cannot become complete. It would end by itself an hour later.
                        let _ = site.delete(&id, &prepared.owner);
                        journal.remove();
                    }
                }
                Err(failure)
            }
        }
    }

    /// Creates the share, unless it exists, and uploads its files. Returns when it expires.
    fn transfer(&self, site: &Site, id: &ShareId, layout: &Layout, prepared: &mut Prepared) -> Result<String, Failure> {
        let share = NewShare {
            version: 1,
            open_verifier: b64(prepared.open_proof.verifier().as_bytes()),
            password_verifier: prepared.password_proof.as_ref().map(|proof| b64(proof.verifier().as_bytes())),
            parts: layout.parts(),
            size: layout.size(),
            lifetime: self.lifetime,
            part0: &prepared.part0,
        };
        let create = || patiently(|| site.create(id, &prepared.owner, &share));
        let Some(journal) = &mut prepared.journal else { return Ok(create()?.expires_at) };
        let mut received = HashSet::new();
        let resumed = !prepared.fingerprints.is_empty();
        match resumed.then(|| briefly(|| site.received(id, &prepared.owner))) {
            Some(Ok(there)) => {
                note(&format!(
                    "Going on with an interrupted upload: {} of {} parts are there.",
                    there.len(),
                    layout.parts() - 1
                ));
                received.extend(there);
            }
            Some(Err(CallError::Refused(problem))) if problem.status == 404 => drop(create()?),
            Some(Err(error)) => return Err(error.into()),
            None => drop(create()?),
        }
        let Prepared { owner, content_key, salts, fingerprints, .. } = prepared;
        let upload = Upload { site, id: *id, owner, key: content_key, sources: &self.sources, salts, layout };
        Ok(upload.run(received, journal, fingerprints)?.expires_at)
    }
}
