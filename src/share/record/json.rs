//! How the first version wrote records: as JSON, with digests and ids as text. Read, and written no more.

use super::{Record, Unreadable};
use crate::share::{Digest, ShareId};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer};

/// The version that these bytes are of.
const VERSION: u8 = 1;

/// Reads a record.
pub(super) fn decode(bytes: &[u8]) -> Result<Record, Unreadable> {
    #[derive(Deserialize)]
    struct Version {
        v: u8,
    }
    match serde_json::from_slice(bytes) {
        Ok(Version { v: VERSION }) => serde_json::from_slice(bytes).map_err(|_| Unreadable::Broken),
        Ok(Version { v }) if v > VERSION => Err(Unreadable::Newer),
        _ => Err(Unreadable::Broken),
    }
}

/// Whether a record is the one of `id`, found without reading it.
pub(super) fn names(id: ShareId, bytes: &[u8]) -> bool {
    let member = format!("\"id\":\"{id}\"");
    bytes.windows(member.len()).any(|window| window == member.as_bytes())
}

pub(super) mod digest_text {
    use super::{Deserialize, Deserializer, Digest, URL_SAFE_NO_PAD};
    use base64::Engine as _;
    use serde::de::Error as _;

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
    use super::{Deserialize, Deserializer, Digest, digest_text};

    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Text(#[serde(with = "digest_text")] Digest);

    pub(in crate::share::record) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Digest>, D::Error> {
        Ok(Option::<Text>::deserialize(from)?.map(|text| text.0))
    }
}

pub(super) mod id_text {
    use super::{Deserialize, Deserializer, ShareId};
    use serde::de::Error as _;

    pub(in crate::share::record) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ShareId, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        ShareId::parse(&text).ok_or_else(|| D::Error::custom("not an id"))
    }
}

#[cfg(test)]
mod tests {
    use crate::share::record::{Record, Unreadable};
    use crate::share::{Digest, ShareId, Timestamp};

    /// A waiting share and an opened one, as the first version stored them.
    const WAITING: &str = r#"{"v":1,"id":"000g40r40m30e209","owner":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","open":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","password":"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI","body":"AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM","parts":1,"size":0,"part0":328,"lifetime":3600,"created":1000000,"phase":{"waiting":{"until":4600000}},"wrong":5,"retry":1060000}"#;
    const OPENED: &str = r#"{"v":1,"id":"000g40r40m30e209","owner":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","open":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","body":"AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM","parts":3,"size":2000000,"part0":328,"lifetime":3600,"created":1000000,"phase":{"opened":{"until":4600000,"at":1500000,"grace":5200000,"claim":"BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"}}}"#;

    #[test]
    fn records_of_the_first_version_are_read_and_stay_what_they_are() {
        let id = ShareId::parse("000g40r40m30e209").unwrap();
        for text in [WAITING, OPENED] {
            assert!(Record::names(id, text.as_bytes()));
            assert!(!Record::names(ShareId::from_bytes([9; 10]), text.as_bytes()));
            let record = Record::decode(text.as_bytes()).unwrap();
            assert_eq!(Record::decode(&record.encode()).unwrap(), record);
            assert_eq!(record.id(), id);
            let newer = text.replace(r#""v":1"#, r#""v":2"#);
            assert_eq!(Record::decode(newer.as_bytes()), Err(Unreadable::Newer));
            assert_eq!(Record::decode(&text.as_bytes()[..text.len() - 1]), Err(Unreadable::Broken));
        }
        let opened = Record::decode(OPENED.as_bytes()).unwrap();
        assert!(opened.may_read(Timestamp(5_199_999), &Digest::from_bytes([4; 32])));
        assert!(!opened.may_read(Timestamp(5_200_000), &Digest::from_bytes([4; 32])));
        assert!(Record::decode(WAITING.as_bytes()).unwrap().has_password());
    }
}
