//! The envelope: any sealed bytes are refused or read; a manifest of any content is refused or means the same when it is
//! sealed again; a file that was changed anywhere is noticed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare::share::ShareId;
use onetimeshare::share::envelope::chunked::{CHUNK, SALT, Sealer};
use onetimeshare::share::envelope::keys::ContentKey;
use onetimeshare::share::envelope::manifest::{Manifest, safe_name};
use onetimeshare::share::envelope::padding::padded;
use onetimeshare::share::envelope::parts::{FileOpener, FileSealer};
use onetimeshare::share::envelope::unlock;

const SALTY: [u8; SALT] = [5; SALT];

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

/// Bytes as a thief of the store could put them there.
fn sealed(bytes: &[u8]) {
    assert!(unlock(&key(), &id(), bytes, 1, 0).is_err(), "nobody makes a tag without the key");
    if let Ok(mut opener) = FileOpener::new(&key(), &id(), 0, bytes.len() as u64) {
        assert!(opener.open(bytes.to_vec()).is_err() || bytes.is_empty());
    }
}

/// What a sender with the key could put into a manifest.
fn manifest(json: &[u8]) {
    let length = 4 + json.len();
    let Ok(size) = usize::try_from(padded(length as u64)) else { return };
    // The last chunk of a message is a short one.
    if size >= CHUNK {
        return;
    }
    let mut plain = u32::try_from(json.len()).unwrap().to_be_bytes().to_vec();
    plain.extend_from_slice(json);
    plain.resize(size, 0);
    let context = format!("onetimeshare/v1/manifest/{}", id());
    let (sealer, header) = Sealer::with_salt(&key(), &SALTY, context.as_bytes());
    let tag = sealer.last(&mut plain).unwrap();
    let part0 = [&header[..], &plain, &tag].concat();
    let Ok(read) = Manifest::open(&key(), &id(), &part0) else { return };
    let layout = read.layout().expect("what is read has a layout");
    assert!(unlock(&key(), &id(), &part0, layout.parts(), layout.size()).is_ok());
    for file in &read.files {
        let name = safe_name(&file.name);
        assert!(!name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0']));
    }
    if let Ok(again) = read.seal_with_salt(&key(), &id(), &SALTY) {
        assert!(Manifest::open(&key(), &id(), &again).unwrap() == read, "what was read means the same again");
    }
}

/// A file that arrives as it was sent, or not at all.
fn file(bytes: &[u8]) {
    let Some((change, content)) = bytes.split_first_chunk::<3>() else { return };
    let mut sealer = FileSealer::with_salt(&key(), &id(), 0, &SALTY);
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
    assert_eq!(open(&parts), None, "a change is noticed");
    part_is_cut(&mut parts, open, at);
}

fn part_is_cut(parts: &mut [Vec<u8>], open: impl Fn(&[Vec<u8>]) -> Option<Vec<u8>>, at: usize) {
    parts[0].truncate(at);
    assert_eq!(open(parts), None, "a cut is noticed");
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
