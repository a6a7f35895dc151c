//! Answers to a request (`docs/request.md`, "Answers"): the id and the key of a share, sealed with HPKE (RFC 9180) for the
//! person who asked.

use crate::Altered;
use crate::request::keys::{PublicKey, RequesterKeys};
use crate::secret::Secret;
use crate::{LinkKey, ShareId};
use hpke::aead::{AeadTag, AesGcm256};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as Kem;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of the encapsulated key, and of the tag.
const ENC: usize = 32;
const TAG: usize = 16;
/// Bytes of an answer before it is sealed: share id and link key.
const PLAIN: usize = 10 + 16;
/// Bytes of a sealed answer.
pub const SEALED: usize = ENC + PLAIN + TAG;

/// A sealed answer: `enc ‖ ct`.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Sealed(pub [u8; SEALED]);

impl TryFrom<Vec<u8>> for Sealed {
    type Error = &'static str;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Self::Error> {
        <[u8; SEALED]>::try_from(bytes).map(Self).map_err(|_| "a sealed answer has another length")
    }
}

impl From<Sealed> for Vec<u8> {
    fn from(sealed: Sealed) -> Self {
        sealed.0.to_vec()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}

/// Random bytes from which the ephemeral key of one answer derives. They must be random and are used once.
pub struct SealSeed(Secret<32>);

impl SealSeed {
    /// Creates a seed from its 32 bytes. Outside of tests, use [`SealSeed::random`].
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::new(bytes))
    }
}

/// Passes a seed to the KEM, which asks for 32 random bytes once. The domain has no random numbers of its own.
struct Once(Option<SealSeed>);

impl TryRng for Once {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if let Some(seed) = self.0.take().filter(|_| bytes.len() == 32) {
            bytes.copy_from_slice(&*seed.0);
        }
        Ok(())
    }
}

impl TryCryptoRng for Once {}

/// Seals `plain` in place with HPKE in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Returns the
/// encapsulated key and the tag.
fn seal(
    to: &PublicKey,
    info: &[u8],
    aad: &[u8],
    plain: &mut [u8],
    seed: SealSeed,
) -> Result<([u8; ENC], [u8; TAG]), Altered> {
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(&to.0).map_err(|_| Altered)?;
    let mut random = Once(Some(seed));
    let (enc, tag) = hpke::single_shot_seal_inout_detached_with_rng::<AesGcm256, HkdfSha256, Kem>(
        &OpModeS::Base,
        &public,
        info,
        InOutBuf::from(plain),
        aad,
        &mut random,
    )
    .map_err(|_| Altered)?;
    // Without the seed, the ephemeral key would be one that anybody knows.
    if random.0.is_some() {
        return Err(Altered);
    }
    Ok((enc.to_bytes().into(), tag.to_bytes().into()))
}

fn info(request: &ShareId) -> String {
    format!("onetimeshare/v1/answer/{request}")
}

/// An answer: a share without a password, complete before it is handed in.
#[derive(Clone)]
pub struct Answer {
    /// The id of the share.
    pub id: ShareId,
    /// The link key of the share.
    pub key: LinkKey,
}

/// `Debug` omits the value, because an answer opens its share.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(..)")
    }
}

impl Answer {
    /// Seals the answer to the request `request`, whose box holds the public key `to`.
    ///
    /// # Errors
    /// [`Altered`] when `to` is no key that a requester makes: one of the few points of small order.
    pub fn seal(&self, request: &ShareId, to: &PublicKey, seed: SealSeed) -> Result<Sealed, Altered> {
        let mut plain = Zeroizing::new([0; PLAIN]);
        plain[..10].copy_from_slice(self.id.as_bytes());
        plain[10..].copy_from_slice(self.key.as_bytes());
        let (enc, tag) = seal(to, info(request).as_bytes(), &[], &mut *plain, seed)?;
        let mut sealed = [0; SEALED];
        sealed[..ENC].copy_from_slice(&enc);
        sealed[ENC..ENC + PLAIN].copy_from_slice(&*plain);
        sealed[ENC + PLAIN..].copy_from_slice(&tag);
        Ok(Sealed(sealed))
    }

    /// Opens an answer to the request of `keys`.
    ///
    /// # Errors
    /// [`Altered`] when it was not sealed for this request, or was changed.
    pub fn open(keys: &RequesterKeys, sealed: &Sealed) -> Result<Self, Altered> {
        let (enc, rest) = sealed.0.split_first_chunk::<ENC>().ok_or(Altered)?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG>().ok_or(Altered)?;
        let mut plain = Zeroizing::new([0; PLAIN]);
        plain.copy_from_slice(ciphertext);
        let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(enc).map_err(|_| Altered)?;
        let tag = AeadTag::from_bytes(tag).map_err(|_| Altered)?;
        hpke::single_shot_open_inout_detached::<AesGcm256, HkdfSha256, Kem>(
            &OpModeR::Base,
            &keys.private().ok_or(Altered)?,
            &enc,
            info(&keys.id()).as_bytes(),
            InOutBuf::from(&mut plain[..]),
            &[],
            &tag,
        )
        .map_err(|_| Altered)?;
        let (id, key) = plain.split_first_chunk::<10>().ok_or(Altered)?;
        let mut link_key = Zeroizing::new([0; 16]);
        link_key.copy_from_slice(key);
        Ok(Self { id: ShareId::from_bytes(*id), key: LinkKey::from_bytes(*link_key) })
    }
}

#[cfg(test)]
mod tests {
    use crate::request::PublicKey;
    use crate::request::answer::{Kem, SealSeed, seal};
    use hpke::{Kem as _, Serializable as _};
    use serde_json::Value;

    fn bytes(value: &Value) -> Vec<u8> {
        let hex = value.as_str().unwrap();
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn the_vectors_of_rfc_9180_for_this_suite_match() {
        let file: Value = serde_json::from_str(include_str!("../../../../tests/vectors/hpke-rfc9180.json")).unwrap();
        let vectors = file["vectors"].as_array().unwrap();
        assert_eq!(vectors.len(), 1);
        for vector in vectors {
            let public = PublicKey(bytes(&vector["pkRm"]).try_into().unwrap());
            let (_, derived) = Kem::derive_keypair(&bytes(&vector["ikmR"]));
            assert_eq!(derived.to_bytes().to_vec(), public.0);
            let first = &vector["encryptions"][0];
            let mut plain = bytes(&first["pt"]);
            let seed = SealSeed::from_bytes(bytes(&vector["ikmE"]).try_into().unwrap());
            let (enc, tag) = seal(&public, &bytes(&vector["info"]), &bytes(&first["aad"]), &mut plain, seed).unwrap();
            assert_eq!(enc.to_vec(), bytes(&vector["enc"]));
            assert_eq!([&plain[..], &tag].concat(), bytes(&first["ct"]));
        }
    }

    #[test]
    fn a_public_key_of_small_order_seals_nothing() {
        for point in [[0; 32], {
            let mut one = [0; 32];
            one[0] = 1;
            one
        }] {
            let mut plain = [1; 26];
            assert!(seal(&PublicKey(point), b"", b"", &mut plain, SealSeed::from_bytes([2; 32])).is_err());
        }
    }
}
