//! Identifiers and secrets of a share: the id, the sender's owner token, the receiver's claim, and their digests.

use crate::base32;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// Public identifier of a share: the first 10 bytes of SHA-256(`"onetimeshare/v1/id"` ‖ owner), as 16 characters
/// (`docs/http-api.md`, "Secrets").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShareId([u8; 10]);

impl ShareId {
    /// Derives the id of the share that `owner` creates. Only the holder of `owner` can create a share with this id.
    pub fn of(owner: &Owner) -> Self {
        let digest = Sha256::new().chain_update(b"onetimeshare/v1/id").chain_update(owner.as_bytes()).finalize();
        let mut id = [0; 10];
        id.copy_from_slice(&digest[..10]);
        Self(id)
    }

    /// Parses the canonical text: 16 lower-case characters.
    pub fn parse(text: &str) -> Option<Self> {
        base32::decode(text).map(Self)
    }

    /// Creates an id from its 10 bytes.
    pub fn from_bytes(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// Returns the 10 bytes.
    pub fn as_bytes(&self) -> &[u8; 10] {
        &self.0
    }
}

impl fmt::Display for ShareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32::encode(&self.0))
    }
}

/// `Debug` omits the value, so that ids stay out of logs.
impl fmt::Debug for ShareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShareId(..)")
    }
}

/// SHA-256 digest of a secret, the only form in which the server stores a secret. Equality runs in constant time.
#[derive(Clone, Copy, Eq, Serialize, Deserialize)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Computes the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Wraps an existing digest.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(..)")
    }
}

macro_rules! token {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Secret<20>);

        impl $name {
            /// Parses the canonical text: 32 lower-case characters of Crockford base32.
            pub fn parse(text: &str) -> Option<Self> {
                base32::decode(text).map(Self::from_bytes)
            }

            /// Creates a value from its 20 bytes.
            pub fn from_bytes(bytes: [u8; 20]) -> Self {
                Self(Secret::new(bytes))
            }

            /// Returns the 20 bytes, for hashing.
            pub fn as_bytes(&self) -> &[u8; 20] {
                &self.0
            }

            /// Returns the digest that the server stores.
            pub fn digest(&self) -> Digest {
                Digest::of(self.as_bytes())
            }

            /// Returns the 32 characters that clients send. Must not be logged.
            pub fn expose(&self) -> String {
                base32::encode(self.as_bytes())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

token!(
    /// Owner token: the sender's secret, which authorizes uploads, status requests and deletion.
    Owner
);
token!(
    /// Claim: the receiver's secret, chosen before the first request so that a lost response can be requested again.
    Claim
);
token!(
    /// Handover: a one-time secret that the receiver's page registers, so that another browser can take the share over.
    Handover
);

#[cfg(test)]
mod tests {
    use crate::id::{Claim, Digest, Owner, ShareId};

    #[test]
    fn debug_output_omits_secrets_and_ids() {
        let owner = Owner::from_bytes([7; 20]);
        assert_eq!(format!("{owner:?}"), "Owner(..)");
        assert_eq!(format!("{:?}", Claim::from_bytes([7; 20])), "Claim(..)");
        assert_eq!(format!("{:?} {:?}", ShareId::of(&owner), Digest::of(b"x")), "ShareId(..) Digest(..)");
    }
}
