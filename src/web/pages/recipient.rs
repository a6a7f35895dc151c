//! The request that a form answers.

use crate::service::{Changes, LookedAt, ServiceError};
use crate::share::Timestamp;
use crate::share::request::RequestState;
use crate::web::errors::Problem;
use crate::web::forms::Fields;
use onetimeshare_envelope::ShareId;
use onetimeshare_envelope::request::{Ask, GiveKeys, GiveLink};
use std::sync::OnceLock;

/// Why a form answers no request.
pub(crate) enum GiveError {
    /// The link is incomplete, belongs to another request, or is of another kind.
    DamagedLink,
    /// The request is unknown.
    NotFound,
    /// The request takes no more answers.
    Over(RequestState, Timestamp),
    /// The box was changed, or does not belong to the link.
    Changed,
    /// Any other error.
    Problem(Problem),
}

impl From<ServiceError> for GiveError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Self::NotFound,
            ServiceError::RequestFull => Self::Over(RequestState::Full, Timestamp::default()),
            ServiceError::RequestOver(state, at) => Self::Over(state, at),
            error => Self::Problem(error.into()),
        }
    }
}

/// A request that takes answers, as its giver sees it.
#[derive(Clone)]
pub(crate) struct Seen {
    /// The link that was pasted.
    pub(crate) link: GiveLink,
    /// The public key and the note.
    pub(crate) ask: Ask,
    /// Answers that it still takes.
    pub(crate) answers_left: u8,
    /// Until when.
    pub(crate) expires_at: Timestamp,
}

/// The request that a form answers. It is looked at before anything is stored, so that nobody sends files in vain.
pub(crate) struct Recipient {
    id: Option<ShareId>,
    seen: OnceLock<Seen>,
}

impl Recipient {
    /// Names the request of an address; `None` where the address names none.
    pub(crate) fn new(id: Option<ShareId>) -> Self {
        Self { id, seen: OnceLock::new() }
    }

    /// Looks at the request with the link in `fields`, once.
    pub(crate) async fn look(&self, changes: Changes<'_>, fields: &Fields) -> Result<Seen, GiveError> {
        if let Some(seen) = self.seen.get() {
            return Ok(seen.clone());
        }
        let id = self.id.ok_or(GiveError::DamagedLink)?;
        let link = GiveLink::parse_for(&id, fields.text("link")).map_err(|_| GiveError::DamagedLink)?;
        let keys = GiveKeys::derive(&id, &link.key);
        let (sealed_box, answers_left, expires_at) = match changes.look_at_request(id, &keys.give_proof()).await? {
            LookedAt::Open { sealed_box, answers_left, expires_at } => (sealed_box, answers_left, expires_at),
            LookedAt::Over { state, at } => return Err(GiveError::Over(state, at)),
        };
        let ask = Ask::open(&keys, &id, &sealed_box).map_err(|_| GiveError::Changed)?;
        Ok(self.seen.get_or_init(|| Seen { link, ask, answers_left, expires_at }).clone())
    }
}
