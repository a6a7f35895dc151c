//! The shares that the examination makes, and deletes at its end.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::LinkKeys;
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::{Claim, EncryptedShare, LinkKey, Owner, ShareId, encrypt, random};
use serde_json::{Value, json};

/// What the shares hold.
const TEXT: &str = "onetimeshare doctor";

/// A share of the examination's own.
pub(super) struct Trial {
    owner: Owner,
    claim: Claim,
    id: ShareId,
    open_proof: String,
    create: Value,
}

impl Trial {
    /// Encrypts a short message with a `lifetime` in seconds.
    ///
    /// # Errors
    /// A message for operators when there are no random numbers.
    pub(super) fn message(lifetime: u64) -> Result<Self, String> {
        Self::new(lifetime).ok_or_else(|| "the system gives no random numbers".to_owned())
    }

    /// Announces `parts` parts of files with `size` bytes together.
    pub(super) fn with_files(mut self, parts: u64, size: u64) -> Self {
        self.create["parts"] = (parts + 1).into();
        self.create["size"] = size.into();
        self
    }

    /// Sets a password that nothing opens.
    ///
    /// # Errors
    /// A message for operators when there are no random numbers.
    pub(super) fn guarded(mut self) -> Result<Self, String> {
        self.create["password_verifier"] = random_proof()?.into();
        Ok(self)
    }

    fn new(lifetime: u64) -> Option<Self> {
        let (owner, claim) = (Owner::random().ok()?, Claim::random().ok()?);
        let id = ShareId::of(&owner);
        let (key, salt) = (LinkKey::random().ok()?, Salt::random().ok()?);
        let sealed = encrypt(&id, key, None, &Manifest::of_message(TEXT), salt).ok()?;
        let EncryptedShare { key, part0, open_verifier, .. } = sealed;
        let open_proof = LinkKeys::derive(&id, &key).open_proof().expose();
        let create = json!({
            "version": 1,
            "open_verifier": URL_SAFE_NO_PAD.encode(open_verifier.as_bytes()),
            "parts": 1,
            "size": 0,
            "lifetime": lifetime,
            "part0": URL_SAFE_NO_PAD.encode(part0),
        });
        Some(Self { owner, claim, id, open_proof, create })
    }

    /// Returns the share's path in the API, below the base path.
    pub(super) fn path(&self) -> String {
        format!("/api/v1/shares/{}", self.id)
    }

    /// Returns the sender's `Authorization`.
    pub(super) fn sender(&self) -> String {
        format!("Bearer {}", self.owner.expose())
    }

    /// Returns the receiver's `Authorization`.
    pub(super) fn receiver(&self) -> String {
        format!("Bearer {}", self.claim.expose())
    }

    /// Returns the body of the create request.
    pub(super) fn creation(&self) -> String {
        self.create.to_string()
    }

    /// Returns the body of a look.
    pub(super) fn look(&self) -> String {
        json!({ "open_proof": self.open_proof }).to_string()
    }

    /// Returns the body of an opening.
    pub(super) fn opening(&self) -> String {
        json!({ "open_proof": self.open_proof, "claim": self.claim.expose() }).to_string()
    }

    /// Returns the body of an opening with a wrong password.
    ///
    /// # Errors
    /// A message for operators when there are no random numbers.
    pub(super) fn wrong_opening(&self) -> Result<String, String> {
        let proof = random_proof()?;
        Ok(json!({ "open_proof": self.open_proof, "claim": self.claim.expose(), "password_proof": proof }).to_string())
    }
}

/// Returns 32 random bytes in base64url.
pub(super) fn random_proof() -> Result<String, String> {
    let bytes = random::bytes::<32>().map_err(|_| "the system gives no random numbers".to_owned())?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
