//! No-script mode: the server encrypts a message and files while the form arrives. Plaintext is never stored.

use super::create_form::{CreateError, CreateForm};
use super::derivation_queue::DerivationQueue;
use super::frame::Frame;
use super::recipient::Recipient;
use crate::config::Settings;
use crate::service::{Changes, Sender, StreamedUpload};
use crate::share::Timestamp;
use crate::share::record::Creation;
use crate::web::body::drain;
use crate::web::errors::{Code, Problem};
use crate::web::forms::{Fields, FormFields, FormKind, MAX_TEXTS, OpenUpload, read_text, read_urlencoded};
use crate::web::limits::Permit;
use crate::web::multipart::{Arriving, Head, Multipart};
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::Password;
use onetimeshare_envelope::manifest::{FileEntry, Manifest};
use onetimeshare_envelope::{self, EncryptError, EncryptedShare, Encryptor};
use onetimeshare_envelope::{Digest, Link, LinkKey, Owner, ShareId};

/// Bytes of a multipart form beyond its files: the longest message a site may allow in its longest encoding, the other
/// fields and the part headers.
const FORM_LIMIT: u64 = 4 * 1024 * 1024;

/// Largest URL-encoded form, which has no files.
const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// Returns the most bytes that a form with files may have.
pub(crate) fn form_limit(settings: &Settings) -> u64 {
    settings.max_size.saturating_add(FORM_LIMIT)
}

/// A share that was created.
pub(crate) struct CreatedShare {
    /// The complete link.
    pub(crate) link: Link,
    /// The owner token.
    pub(crate) owner: Owner,
    /// The end of its lifetime.
    pub(crate) expires_at: Timestamp,
    /// Whether it is protected by a password.
    pub(crate) password: bool,
}

/// Creates a share from a form while its fields arrive.
pub(crate) struct ShareCreator<'m> {
    /// The request's page frame.
    pub(crate) frame: &'m Frame<'m>,
    /// The use cases that change shares.
    pub(crate) changes: Changes<'m>,
    /// The queue for password derivations.
    pub(crate) derivations: &'m DerivationQueue,
    /// Approximate size of the form in bytes, from `Content-Length`; 0 when unknown.
    pub(crate) expected: u64,
    /// The request that the form answers. Its share lives as long as the site allows.
    pub(crate) recipient: Option<&'m Recipient>,
}

/// An upload whose files are still arriving.
struct PendingUpload {
    owner: Owner,
    id: ShareId,
    encryptor: Encryptor,
    streaming: StreamedUpload,
    files: Vec<FileEntry>,
    password: bool,
}

impl ShareCreator<'_> {
    /// Creates the share from the body of the form `F` in any format, and reads or drains all of it. `fields` keeps the
    /// text fields, as [`Self::create`] does.
    pub(crate) async fn create_from_upload<F: FormFields>(
        &self,
        upload: OpenUpload<'_>,
        permit: &Permit,
        fields: &mut Fields,
    ) -> Result<CreatedShare, CreateError> {
        let OpenUpload { mut stream, length, kind, mut memory } = upload;
        let settings = self.frame.settings;
        let created = match kind {
            Err(problem) => Err(problem.into()),
            Ok(FormKind::UrlEncoded(charset)) => {
                match read_urlencoded::<F>(&mut stream, length, TEXT_LIMIT, &mut memory, charset.as_deref()).await {
                    Ok(texts) => {
                        *fields = texts;
                        self.create_from_texts(fields).await
                    }
                    Err(problem) => Err(problem.into()),
                }
            }
            Ok(FormKind::Multipart(_)) if length.is_some_and(|length| length > form_limit(settings)) => {
                Err(Code::TooLarge.into())
            }
            Ok(FormKind::Multipart(boundary)) => {
                let body = Arriving::new(&mut stream, permit, memory);
                // Browsers send a field for files even when none is chosen.
                let parts = settings.max_files as usize + MAX_TEXTS + 2;
                match Multipart::arriving(body, &boundary, parts) {
                    Ok(form) => self.create(form, fields).await,
                    Err(code) => Err(code.into()),
                }
            }
        };
        drain(stream).await;
        created
    }

    /// Reads all fields and creates the share. The text fields stay in `fields`, so that the form can be shown again.
    pub(crate) async fn create(
        &self,
        mut form: Multipart<'_, '_>,
        fields: &mut Fields,
    ) -> Result<CreatedShare, CreateError> {
        let mut pending = None;
        match self.take(&mut form, fields, &mut pending).await {
            Ok(()) => {}
            Err(error) => {
                if let Some(PendingUpload { streaming, .. }) = pending {
                    streaming.abandon().await;
                }
                return Err(error);
            }
        }
        match pending {
            None => self.create_from_texts(fields).await,
            Some(pending) => self.with_files(pending, fields).await,
        }
    }

    /// Creates a share from a form without files.
    pub(crate) async fn create_from_texts(&self, fields: &Fields) -> Result<CreatedShare, CreateError> {
        let form = self.parse(fields, 0)?;
        self.look_at_recipient(fields).await?;
        self.message_alone(form).await
    }

    fn parse(&self, fields: &Fields, files: usize) -> Result<CreateForm, CreateError> {
        let form = CreateForm::parse(fields, files, self.frame)?;
        let longest = self.recipient.map(|_| *self.frame.settings.lifetime_range().end());
        Ok(CreateForm { lifetime: longest.unwrap_or(form.lifetime), ..form })
    }

    /// Fails unless the request that the form answers takes an answer.
    async fn look_at_recipient(&self, fields: &Fields) -> Result<(), CreateError> {
        match self.recipient {
            Some(recipient) => recipient.look(self.changes, fields).await.map(|_| ()).map_err(CreateError::Giving),
            None => Ok(()),
        }
    }

    async fn take(
        &self,
        form: &mut Multipart<'_, '_>,
        fields: &mut Fields,
        pending: &mut Option<PendingUpload>,
    ) -> Result<(), CreateError> {
        while let Some(head) = form.next_part().await? {
            if matches!(head.name.as_str(), "files" | "file") {
                self.file(form, head, fields, pending).await?;
                continue;
            }
            let (name, most) = fields.expect(&head.name)?;
            let text = read_text(form, &head, fields, most).await?;
            // The password and the nonce determine the key, so they must come before the files.
            if pending.is_some() && !text.is_empty() {
                match name {
                    "password" => return Err(Code::PasswordFirst.into()),
                    "nonce" => return Err(Problem::invalid("nonce").into()),
                    _ => {}
                }
            }
            fields.insert(name, text)?;
        }
        Ok(())
    }

    /// Encrypts one file while it arrives.
    async fn file(
        &self,
        form: &mut Multipart<'_, '_>,
        Head { file_name, media_type, .. }: Head,
        fields: &Fields,
        pending: &mut Option<PendingUpload>,
    ) -> Result<(), CreateError> {
        let Some(name) = file_name else {
            return Err(Problem::invalid("files").into());
        };
        let mut chunk = form.chunk().await?;
        if name.is_empty() && chunk.is_none() {
            // Browsers send an empty part for a file field without a chosen file.
            return Ok(());
        }
        if pending.is_none() {
            *pending = Some(self.begin(fields).await?);
        }
        let Some(pending) = pending else { return Err(Code::Broken.into()) };
        if pending.files.len() >= self.frame.settings.max_files as usize {
            return match CreateForm::parse(fields, pending.files.len() + 1, self.frame) {
                Err(error) => Err(error),
                Ok(_) => Err(Code::TooLarge.into()),
            };
        }
        let mut sealer = pending.encryptor.file(pending.files.len(), Salt::random()?);
        while let Some(bytes) = chunk {
            let mut rest = bytes;
            while let Some(part) = sealer.push(&mut rest).map_err(encrypt_problem)? {
                pending.streaming.part(part).await?;
            }
            chunk = form.chunk().await?;
        }
        let size = sealer.size();
        for part in sealer.finish() {
            pending.streaming.part(part.map_err(encrypt_problem)?).await?;
        }
        pending.files.push(FileEntry { name, media_type, size });
        Ok(())
    }

    /// Creates the encryption keys and opens an upload when the first file arrives.
    async fn begin(&self, fields: &Fields) -> Result<PendingUpload, CreateError> {
        // Counts one file, because the message may still follow. Invalid fields are reported before the upload.
        let form = self.parse(fields, 1)?;
        self.look_at_recipient(fields).await?;
        let (owner, password) = (form.owner, form.password);
        let id = ShareId::of(&owner);
        let protected = password.is_some();
        let encryptor = self.encryptor(id, password).await?;
        let sender = Sender {
            id,
            owner: owner.digest(),
            open_verifier: encryptor.open_verifier(),
            password_verifier: encryptor.password_verifier(),
        };
        let streaming = self.changes.begin_streamed_upload(sender, self.frame.settings.max_size, self.expected).await?;
        Ok(PendingUpload { owner, id, encryptor, streaming, files: Vec::new(), password: protected })
    }

    async fn encryptor(&self, id: ShareId, password: Option<Password>) -> Result<Encryptor, Problem> {
        let key = LinkKey::random()?;
        match password {
            None => Ok(Encryptor::new(&id, key, None)),
            Some(password) => {
                let make = move || Encryptor::new(&id, key, Some(&password));
                Ok(self.derivations.run(self.changes.client(), make).await?)
            }
        }
    }

    /// Encrypts the manifest, now that every file size is known, and completes the upload.
    async fn with_files(&self, pending: PendingUpload, fields: &Fields) -> Result<CreatedShare, CreateError> {
        let PendingUpload { owner, id, encryptor, streaming, files, password } = pending;
        let form = match self.parse(fields, files.len()) {
            Ok(form) => form,
            Err(error) => {
                streaming.abandon().await;
                return Err(error);
            }
        };
        let manifest = Manifest { message: form.message, files };
        let salt = Salt::random().map_err(Problem::from);
        let encrypted = salt.and_then(|salt| encryptor.finish(&manifest, salt).map_err(encrypt_problem));
        let EncryptedShare { key, part0, .. } = match encrypted {
            Ok(encrypted) => encrypted,
            Err(problem) => {
                streaming.abandon().await;
                return Err(problem.into());
            }
        };
        let expires_at = streaming.finish(part0, form.lifetime).await?;
        Ok(CreatedShare { link: Link { id, key, handover: None }, owner, expires_at, password })
    }

    /// Creates a share of one part, encrypted and stored in one step.
    async fn message_alone(&self, form: CreateForm) -> Result<CreatedShare, CreateError> {
        let CreateForm { owner, message, password, lifetime } = form;
        let id = ShareId::of(&owner);
        let protected = password.is_some();
        let manifest = Manifest { message, files: Vec::new() };
        let (key, salt) = (LinkKey::random()?, Salt::random()?);
        let encrypt = move || onetimeshare_envelope::encrypt(&id, key, password.as_ref(), &manifest, salt);
        let encrypted = if protected { self.derivations.run(self.changes.client(), encrypt).await? } else { encrypt() };
        let EncryptedShare { key, part0, open_verifier, password_verifier } = encrypted.map_err(encrypt_problem)?;
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
        let created = self.changes.create(&creation, &part0).await?;
        Ok(CreatedShare {
            link: Link { id, key, handover: None },
            owner,
            expires_at: created.expires_at,
            password: protected,
        })
    }
}

fn encrypt_problem(error: EncryptError) -> Problem {
    match error {
        EncryptError::Empty => Problem::invalid("message"),
        EncryptError::TooLarge => Code::TooLarge.into(),
    }
}
