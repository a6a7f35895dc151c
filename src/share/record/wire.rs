//! How a record is written: digests and ids as text.

use crate::share::{Digest, ShareId};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(super) fn is_zero(number: &u32) -> bool {
    *number == 0
}

pub(super) mod digest_text {
    use super::{Deserialize, Deserializer, Digest, Serializer, URL_SAFE_NO_PAD};
    use base64::Engine as _;
    use serde::de::Error as _;

    pub(in crate::share::record) fn serialize<S: Serializer>(digest: &Digest, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&URL_SAFE_NO_PAD.encode(digest.as_bytes()))
    }

    pub(in crate::share::record) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Digest, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let mut bytes = [0; 32];
        match URL_SAFE_NO_PAD.decode_slice(text.as_bytes(), &mut bytes) {
            Ok(32) => Ok(Digest::from_bytes(bytes)),
            _ => Err(D::Error::custom("not a digest")),
        }
    }
}

pub(super) mod optional_digest_text {
    use super::{Deserialize, Deserializer, Digest, Serialize, Serializer, digest_text};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Text(#[serde(with = "digest_text")] Digest);

    #[allow(clippy::ref_option, reason = "serde hands it so")]
    pub(in crate::share::record) fn serialize<S: Serializer>(
        digest: &Option<Digest>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        digest.map(Text).serialize(to)
    }

    pub(in crate::share::record) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Digest>, D::Error> {
        Ok(Option::<Text>::deserialize(from)?.map(|text| text.0))
    }
}

pub(super) mod id_text {
    use super::{Deserialize, Deserializer, Serializer, ShareId};
    use serde::de::Error as _;

    pub(in crate::share::record) fn serialize<S: Serializer>(id: &ShareId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(in crate::share::record) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ShareId, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        ShareId::parse(&text).ok_or_else(|| D::Error::custom("not an id"))
    }
}
