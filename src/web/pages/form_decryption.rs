//! No-script mode: the server opens a share with the pasted link and decrypts it.

use super::derivation_queue::DerivationQueue;
use super::frame::{FieldProblem, Frame};
use crate::metrics::Guard;
use crate::service::{Attempt, Changes, Opened, ServiceError};
use crate::share::Timestamp;
use crate::share::record::{Peek, State as ShareState};
use crate::web::errors::{Code, Problem};
use crate::web::forms::Fields;
use onetimeshare_envelope::keys::{ContentKey, LinkKeys, Password};
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::parts::Layout;
use onetimeshare_envelope::{self, Altered};
use onetimeshare_envelope::{Claim, Link, ShareId, base32};
use rocket::http::uri::{Segments, fmt::Path};

/// Parses the share id at the start of a path. Programs that pass links on may put anything around it: a bracket, or an
/// escaped `#` and the key.
pub(crate) fn path_id(path: Segments<'_, Path>) -> Option<ShareId> {
    let ours = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let text = path.get(0)?.trim_start_matches(|letter| !ours(letter));
    let end = text.find(|letter| !ours(letter)).unwrap_or(text.len());
    ShareId::parse(&base32::normalize(&text[..end]))
}

/// Why a form opens no share in no-script mode.
pub(crate) enum OpenError {
    /// A field of the form must be corrected. Programs get the problem.
    InvalidField(FieldProblem, Problem),
    /// Too many wrong passwords. The next attempt is allowed after this many seconds.
    Wait(Code, u64),
    /// The link is incomplete or belongs to another share.
    DamagedLink,
    /// The share has ended or never existed. State and time are present only when the caller proved the complete link.
    Ended(Option<(ShareState, Timestamp)>),
    /// Any other error.
    Problem(Problem),
}

/// An opened share with its decrypted manifest.
pub(crate) struct DecryptedShare {
    /// The share's id.
    pub(crate) id: ShareId,
    /// The receiver's claim.
    pub(crate) claim: Claim,
    /// The content key.
    pub(crate) key: ContentKey,
    /// The decrypted manifest.
    pub(crate) manifest: Manifest,
    /// The position of each file in the parts.
    pub(crate) layout: Layout,
    /// The matching words of this opening.
    pub(crate) words: String,
    /// The service's result.
    pub(crate) opened: Opened,
}

/// Opens and decrypts a share. Checks the link's proof, the waiting time and the claim before the expensive password
/// derivation.
pub(crate) async fn open(
    id: Option<ShareId>,
    fields: &Fields,
    frame: &Frame<'_>,
    changes: Changes<'_>,
    derivations: &DerivationQueue,
) -> Result<Box<DecryptedShare>, OpenError> {
    let Some(id) = id else {
        return Err(OpenError::DamagedLink);
    };
    let Ok(link) = Link::parse_for(&id, fields.text("link")) else {
        return Err(OpenError::DamagedLink);
    };
    let claim = match fields.non_empty("nonce").map(Claim::parse) {
        Some(Some(claim)) => claim,
        Some(None) => return Err(OpenError::Problem(Problem::invalid("nonce"))),
        None => match Claim::random() {
            Ok(claim) => claim,
            Err(error) => return Err(OpenError::Problem(error.into())),
        },
    };
    let keys = LinkKeys::derive(&id, &link.key);
    let open_proof = keys.open_proof();
    let attempt = |password_proof| Attempt {
        open_proof: &open_proof,
        claim: &claim,
        password_proof,
        handover: link.handover.as_ref(),
    };
    let words = keys.words_key().words(&id, &claim.digest());
    let (mut key, mut reopens) = (keys.content_key(), false);
    let mut result = changes.open(id, &attempt(None)).await;
    if matches!(result, Err(ServiceError::PasswordNeeded)) {
        match changes.peek(id, &open_proof).await {
            Err(error) => return Err(OpenError::Problem(error.into())),
            Ok(Peek::Waiting { password: Some(tries), .. }) if tries.retry_after > 0 => {
                Guard::PasswordWait.count();
                return Err(OpenError::Wait(Code::SlowDown, tries.retry_after));
            }
            Ok(peeked) => reopens = matches!(peeked, Peek::Over { .. }),
        }
        let Some(password) = Password::parse(fields.text("password")) else {
            return Err(password_needed(frame));
        };
        let stretched = derivations.run(changes.client(), move || keys.stretch(&password)).await;
        let keys = stretched.map_err(|code| OpenError::Problem(code.into()))?;
        key = keys.content_key();
        result = changes.open(id, &attempt(Some(&keys.password_proof()))).await;
    }
    match result {
        Ok(opened) => match onetimeshare_envelope::decrypt(&key, &id, &opened.part0, opened.parts, opened.size) {
            Ok((manifest, layout)) => Ok(Box::new(DecryptedShare { id, claim, key, manifest, layout, words, opened })),
            Err(Altered) => {
                let field = FieldProblem { field: "link", text: frame.words("problem-changed") };
                Err(OpenError::InvalidField(field, Problem::invalid("link")))
            }
        },
        Err(ServiceError::NotFound) => Err(OpenError::Ended(None)),
        Err(ServiceError::Gone(gone)) => Err(OpenError::Ended(Some((gone.state, gone.at)))),
        Err(ServiceError::PasswordNeeded) => Err(password_needed(frame)),
        Err(ServiceError::WrongPassword(tries)) if tries.retry_after > 0 => {
            Err(OpenError::Wait(Code::WrongPassword, tries.retry_after))
        }
        Err(ServiceError::WrongPassword(_)) if reopens => {
            Err(invalid_password(frame.words("problem-password-not-right"), Code::WrongPassword))
        }
        Err(ServiceError::WrongPassword(tries)) => {
            let text = frame.count("problem-password-wrong", u64::from(tries.left));
            Err(invalid_password(text, Code::WrongPassword))
        }
        Err(ServiceError::Wait(seconds)) => Err(OpenError::Wait(Code::SlowDown, seconds)),
        Err(error) => Err(OpenError::Problem(error.into())),
    }
}

fn password_needed(frame: &Frame<'_>) -> OpenError {
    invalid_password(frame.words("problem-password-needed"), Code::PasswordNeeded)
}

fn invalid_password(text: String, code: Code) -> OpenError {
    OpenError::InvalidField(FieldProblem { field: "password", text }, code.into())
}
