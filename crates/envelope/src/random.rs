//! Random keys, tokens and salts from the system's random number generator.

use crate::chunked::{SALT, Salt};
use crate::request::{PrivateLink, SealSeed};
use crate::{Claim, Handover, LinkKey, Owner};

/// Returns `N` random bytes.
///
/// # Errors
/// Returns an error when the system's random number generator fails.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

macro_rules! random {
    ($($name:ident: $length:expr;)*) => {
        $(impl $name {
            /// Generates a random value.
            ///
            /// # Errors
            /// Returns an error when the system's random number generator fails.
            pub fn random() -> Result<Self, getrandom::Error> {
                bytes::<{ $length }>().map(Self::from_bytes)
            }
        })*
    };
}

random! {
    Owner: 20;
    Claim: 20;
    Handover: 20;
    LinkKey: 16;
    Salt: SALT;
    PrivateLink: 20;
    SealSeed: 32;
}
