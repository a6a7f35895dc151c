//! Key schedule of a request (`docs/request.md`, "Keys").

use crate::hkdf::{expand, extract};
use crate::keys::{ContentKey, Proof};
use crate::request::links::{GiveLink, PrivateLink};
use crate::secret::Secret;
use crate::{Owner, ShareId};
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, Serializable as _};
use sha2::Sha256;
use std::fmt;

/// Key of a request: the 16 bytes in the link that is sent, from which the giver's keys derive. Never stored, never
/// logged.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestKey(Secret<16>);

impl RequestKey {
    /// Creates a key from its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Returns the 16 bytes. Must not be logged.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for RequestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestKey(..)")
    }
}

/// X25519 public key for which answers are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

/// Private key of a request.
pub(crate) type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;

/// Keys of the person who asks, derived from the private link.
#[derive(Clone)]
pub struct RequesterKeys {
    id: ShareId,
    owner: Owner,
    key: RequestKey,
    private: Secret<32>,
}

impl RequesterKeys {
    /// Derives the keys from the private link.
    pub fn derive(link: &PrivateLink) -> Self {
        let prk = extract(b"onetimeshare/v1/request", &[link.as_bytes()]);
        let owner = Owner::from_bytes(*expand::<Sha256, 32, 20>(&prk, &[b"onetimeshare/v1/request-owner"]));
        let private = expand::<Sha256, 32, 32>(&prk, &[b"onetimeshare/v1/request-private"]);
        let key = expand::<Sha256, 32, 16>(&prk, &[b"onetimeshare/v1/request-key"]);
        Self {
            id: ShareId::of(&owner),
            owner,
            key: RequestKey(Secret::copy_of(&key)),
            private: Secret::<32>::copy_of(&private),
        }
    }

    /// Returns the id of the request.
    pub fn id(&self) -> ShareId {
        self.id
    }

    /// Returns the owner token, which authorizes making, reading and ending the request.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Returns the link to send.
    pub fn give_link(&self) -> GiveLink {
        GiveLink { id: self.id, key: self.key.clone() }
    }

    /// Returns the public key, for the box.
    pub fn public_key(&self) -> PublicKey {
        // The private key has the only length that is accepted.
        let public = self.private().map(|private| X25519HkdfSha256::sk_to_pk(&private).to_bytes().into());
        PublicKey(public.unwrap_or_default())
    }

    /// Returns the 32 bytes of the private key, before X25519 clamps them. Must not be logged.
    pub fn private_bytes(&self) -> &[u8; 32] {
        &self.private
    }

    /// Returns the private key, which opens answers.
    pub(crate) fn private(&self) -> Option<PrivateKey> {
        PrivateKey::from_bytes(&*self.private).ok()
    }
}

impl fmt::Debug for RequesterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequesterKeys(..)")
    }
}

/// Keys of a giver, derived from the link that was sent.
#[derive(Clone)]
pub struct GiveKeys {
    prk: Secret<32>,
}

impl GiveKeys {
    /// Derives the keys of the request `id`.
    pub fn derive(id: &ShareId, key: &RequestKey) -> Self {
        let mut salt = [0; 16];
        salt.copy_from_slice(id.to_string().as_bytes());
        Self { prk: Secret::<32>::copy_of(&extract(&salt, &[key.as_bytes()])) }
    }

    /// Returns the proof of holding the link, required before the server reveals anything about the request.
    pub fn give_proof(&self) -> Proof {
        Proof::from_bytes(*expand::<Sha256, 32, 32>(&self.prk, &[b"onetimeshare/v1/give"]))
    }

    /// Returns the key of the box.
    pub fn box_key(&self) -> ContentKey {
        ContentKey::from_bytes(*expand::<Sha256, 32, 32>(&self.prk, &[b"onetimeshare/v1/request-box"]))
    }
}

impl fmt::Debug for GiveKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GiveKeys(..)")
    }
}
