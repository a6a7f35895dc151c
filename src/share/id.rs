//! Names and secrets of a share: its id, the sender's owner secret, the reader's claim, and digests of them.

use super::base32;
use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The public name of a share: the first 10 bytes of SHA-256(`"onetimeshare/v1/id"` ‖ owner), as 16 characters
/// (`docs/http-api.md`, "Secrets").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShareId([u8; 10]);

impl ShareId {
    /// The id that only the holder of `owner` can create under.
    pub fn of(owner: &Owner) -> Self {
        let digest = Sha256::new().chain_update(b"onetimeshare/v1/id").chain_update(owner.0).finalize();
        let mut id = [0; 10];
        id.copy_from_slice(&digest[..10]);
        Self(id)
    }

    /// Reads the canonical text: 16 lower-case characters.
    pub fn parse(text: &str) -> Option<Self> {
        base32::decode(text).map(Self)
    }

    /// The id in its 10 bytes.
    pub fn from_bytes(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// The 10 bytes.
    pub fn as_bytes(&self) -> &[u8; 10] {
        &self.0
    }
}

impl fmt::Display for ShareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32::encode(&self.0))
    }
}

/// Ids stay out of logs, so `Debug` prints none.
impl fmt::Debug for ShareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShareId(..)")
    }
}

/// A SHA-256 digest of a secret, the only form in which the server keeps one. Compared in constant time.
#[derive(Clone, Copy, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest made elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
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
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; 20]);

        impl $name {
            /// Reads the canonical text: 32 lower-case characters of Crockford base32.
            pub fn parse(text: &str) -> Option<Self> {
                base32::decode(text).map(Self)
            }

            /// A fresh one from the system's random numbers.
            ///
            /// # Errors
            /// When the system has no random numbers to give.
            pub fn random() -> Result<Self, getrandom::Error> {
                let mut bytes = [0; 20];
                getrandom::fill(&mut bytes)?;
                Ok(Self(bytes))
            }

            /// One from its 20 bytes.
            pub fn from_bytes(bytes: [u8; 20]) -> Self {
                Self(bytes)
            }

            /// The 20 bytes, for those that must hash them.
            pub fn as_bytes(&self) -> &[u8; 20] {
                &self.0
            }

            /// What the server keeps of it.
            pub fn digest(&self) -> Digest {
                Digest::of(&self.0)
            }

            /// The 32 characters that travel. Never into a log.
            pub fn expose(&self) -> String {
                base32::encode(&self.0)
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
    /// The sender's secret: uploads, asks for the status, deletes.
    Owner
);
token!(
    /// The secret of the one reader, chosen before the first request so that a lost answer can be asked for again.
    Claim
);

#[cfg(test)]
mod tests {
    use super::{Claim, Digest, Owner, ShareId};

    #[test]
    fn secrets_and_ids_print_nothing_of_themselves() {
        let owner = Owner::from_bytes([7; 20]);
        assert_eq!(format!("{owner:?}"), "Owner(..)");
        assert_eq!(format!("{:?}", Claim::from_bytes([7; 20])), "Claim(..)");
        assert_eq!(format!("{:?} {:?}", ShareId::of(&owner), Digest::of(b"x")), "ShareId(..) Digest(..)");
    }
}
