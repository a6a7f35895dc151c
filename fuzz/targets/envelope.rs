//! The envelope: decrypting forged bytes fails, a decoded manifest round-trips, and any change of a file is detected.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::ShareId;
use onetimeshare_envelope::chunked::{CHUNK, SALT, Salt, Sealer};
use onetimeshare_envelope::decrypt;
use onetimeshare_envelope::keys::ContentKey;
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::names::safe_name;
use onetimeshare_envelope::padding::padded;
use onetimeshare_envelope::parts::{FileOpener, FileSealer};

fn salt() -> Salt {
    Salt::from_bytes([5; SALT])
}

fn id() -> ShareId {
    ShareId::from_bytes([3; 10])
}

fn key() -> ContentKey {
    ContentKey::from_bytes([7; 32])
}

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind % 3 {
        0 => sealed(rest),
        1 => manifest(rest),
        _ => file(rest),
    }
}

/// Opens bytes that an attacker with access to the store could write.
fn sealed(bytes: &[u8]) {
    assert!(decrypt(&key(), &id(), bytes, 1, 0).is_err(), "a tag cannot be forged without the key");
    if let Ok(mut opener) = FileOpener::new(&key(), &id(), 0, bytes.len() as u64) {
        assert!(opener.open(bytes.to_vec()).is_err() || bytes.is_empty());
    }
}

/// Opens a manifest that a malicious sender could create.
fn manifest(json: &[u8]) {
    let length = 4 + json.len();
    let Ok(size) = usize::try_from(padded(length as u64)) else { return };
    // A manifest of less than a chunk is a single final chunk.
    if size >= CHUNK {
        return;
    }
    let mut plain = u32::try_from(json.len()).unwrap().to_be_bytes().to_vec();
    plain.extend_from_slice(json);
    plain.resize(size, 0);
    let context = format!("onetimeshare/v1/manifest/{}", id());
    let (sealer, header) = Sealer::new(&key(), salt(), context.as_bytes());
    let tag = sealer.last(&mut plain).unwrap();
    let part0 = [&header[..], &plain, &tag].concat();
    let Ok(decoded) = Manifest::open(&key(), &id(), &part0) else { return };
    let layout = decoded.layout().expect("a decoded manifest has a layout");
    assert!(decrypt(&key(), &id(), &part0, layout.parts(), layout.size()).is_ok());
    for file in &decoded.files {
        let name = safe_name(&file.name);
        assert!(!name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0']));
    }
    if let Ok(resealed) = decoded.seal(&key(), &id(), salt()) {
        assert!(Manifest::open(&key(), &id(), &resealed).unwrap() == decoded, "the manifest round-trips");
    }
}

/// Round-trips a file, then changes and truncates it.
fn file(bytes: &[u8]) {
    let Some((change, content)) = bytes.split_first_chunk::<3>() else { return };
    let mut sealer = FileSealer::new(&key(), &id(), 0, salt());
    let mut parts = Vec::new();
    let mut rest = content;
    while let Some(part) = sealer.push(&mut rest).unwrap() {
        parts.push(part);
    }
    parts.extend(sealer.finish().map(Result::unwrap));
    let open = |parts: &[Vec<u8>]| -> Option<Vec<u8>> {
        let mut opener = FileOpener::new(&key(), &id(), 0, content.len() as u64).ok()?;
        let mut plain = Vec::new();
        for part in parts {
            plain.extend(opener.open(part.clone()).ok()?);
        }
        opener.finish().ok().map(|()| plain)
    };
    assert_eq!(open(&parts).as_deref(), Some(content));
    let [at, more, by] = *change;
    let part = &mut parts[0];
    let at = (usize::from(at) << 8 | usize::from(more)) % part.len();
    part[at] ^= by.max(1);
    assert_eq!(open(&parts), None, "a change is detected");
    truncated_part_is_rejected(&mut parts, open, at);
}

fn truncated_part_is_rejected(parts: &mut [Vec<u8>], open: impl Fn(&[Vec<u8>]) -> Option<Vec<u8>>, at: usize) {
    parts[0].truncate(at);
    assert_eq!(open(parts), None, "a truncation is detected");
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![b"\x02\0\0\x01a file of a few words".to_vec(), vec![2; 20_000]];
    for share in crate::vectors() {
        seeds.push([b"\x01", share["manifest_json"].as_str().unwrap_or_default().as_bytes()].concat());
        if let Some(part0) = share["parts"][0].as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()) {
            seeds.push([b"\0", &part0[..]].concat());
        }
    }
    seeds
}
