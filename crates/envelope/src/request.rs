//! Requests, version 1 (`docs/request.md`): a person asks, and who holds the link that was sent answers with a share that
//! only the person who asked can open. `static/js/lib/request.js` implements the same format for browsers; both run the
//! same test vectors.
//!
//! ```
//! use onetimeshare_envelope::request::{Answer, Ask, GiveKeys, PrivateLink, SealSeed};
//! use onetimeshare_envelope::chunked::Salt;
//! use onetimeshare_envelope::{LinkKey, ShareId};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The person who asks keeps the private link, sends the other one, and stores the box on the server.
//! let kept = PrivateLink::random()?.keys();
//! let link = kept.give_link();
//! let ask = Ask { public_key: kept.public_key(), note: "The contract, please".into() };
//! let stored = ask.seal(&GiveKeys::derive(&link.id, &link.key), &link.id, Salt::random()?)?;
//!
//! // The giver opens the box, and seals the link of a share.
//! let seen = Ask::open(&GiveKeys::derive(&link.id, &link.key), &link.id, &stored)?;
//! let answer = Answer { id: ShareId::from_bytes([7; 10]), key: LinkKey::random()? };
//! let sealed = answer.seal(&link.id, &seen.public_key, SealSeed::random()?)?;
//!
//! // Only the private link opens it.
//! assert!(Answer::open(&kept, &sealed)?.id == answer.id);
//! # Ok(())
//! # }
//! ```

mod answer;
mod ask;
mod keys;
mod links;

pub use answer::{Answer, SEALED, SealSeed, Sealed};
pub use ask::{Ask, MAX_BOX};
pub use keys::{GiveKeys, PublicKey, RequestKey, RequesterKeys};
pub use links::{GiveLink, PrivateLink};
