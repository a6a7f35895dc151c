//! Parses the fields of the create form into typed input.

use super::frame::{FieldProblem, Frame};
use super::recipient::GiveError;
use crate::web::errors::Problem;
use crate::web::forms::Fields;
use crate::web::guards::ResponseFormat;
use onetimeshare_envelope::Owner;
use onetimeshare_envelope::keys::Password;

/// Validated input of the create form.
pub(crate) struct CreateForm {
    /// The sender's owner token: the posted nonce, or a random one.
    pub(crate) owner: Owner,
    /// The message, or `None` when it is empty.
    pub(crate) message: Option<String>,
    /// The password, or `None` when the field is empty.
    pub(crate) password: Option<Password>,
    /// Lifetime of the share in seconds.
    pub(crate) lifetime: u64,
}

/// Why a submitted form creates no share.
pub(crate) enum CreateError {
    /// The request as a whole is rejected.
    Problem(Problem),
    /// The request that the form answers takes no answer.
    Giving(GiveError),
    /// Fields are invalid; the page shows the form again with these messages.
    Fields(Vec<FieldProblem>),
}

impl<T: Into<Problem>> From<T> for CreateError {
    fn from(problem: T) -> Self {
        Self::Problem(problem.into())
    }
}

impl CreateForm {
    /// Validates the text fields of a form that carries `files` files.
    ///
    /// # Errors
    /// [`CreateError::Fields`] lists every invalid field. A malformed nonce is a [`CreateError::Problem`], because
    /// visitors do not type it.
    pub(crate) fn parse(fields: &Fields, files: usize, frame: &Frame<'_>) -> Result<Self, CreateError> {
        let settings = frame.settings;
        let mut problems = Vec::new();
        let message = match frame.format {
            // Browsers submit the line breaks of a text field as CRLF (WHATWG HTML, form submission).
            ResponseFormat::Html => fields.text("message").replace("\r\n", "\n"),
            // Programs send a text as it is.
            ResponseFormat::Text | ResponseFormat::Json => fields.text("message").to_owned(),
        };
        let over = (message.chars().count() as u64).saturating_sub(settings.max_message);
        if message.is_empty() && files == 0 {
            problems.push(FieldProblem { field: "message", text: frame.words("problem-message-empty") });
        } else if over > 0 {
            problems.push(FieldProblem { field: "message", text: frame.count("problem-message-long", over) });
        }
        if files > settings.max_files as usize {
            let text = frame.count("problem-files-many", u64::from(settings.max_files));
            problems.push(FieldProblem { field: "files", text });
        }
        let lifetime = match fields.non_empty("lifetime") {
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
        let owner = match fields.non_empty("nonce") {
            None => Owner::random()?,
            Some(nonce) => Owner::parse(nonce).ok_or(Problem::invalid("nonce"))?,
        };
        let message = Some(message).filter(|message| !message.is_empty());
        match lifetime {
            Some(lifetime) if problems.is_empty() => Ok(Self { owner, message, password, lifetime }),
            _ => Err(CreateError::Fields(problems)),
        }
    }
}
