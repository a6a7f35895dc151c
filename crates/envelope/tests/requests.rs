//! The format of requests: all vectors, every flipped bit, and a server that lies.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::EncryptError;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::request::{
    Answer, Ask, GiveKeys, GiveLink, MAX_BOX, PrivateLink, PublicKey, RequestKey, SEALED, SealSeed, Sealed,
};
use onetimeshare_envelope::{Altered, Damaged, LinkKey, ShareId};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    requests: Vec<Case>,
    boxes_that_fail: Vec<BadBox>,
    answers_that_fail: Vec<BadAnswer>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    master: String,
    private_fragment: String,
    owner: String,
    private_key: String,
    public_key: String,
    id: String,
    key: String,
    give_fragment: String,
    give_proof: String,
    give_verifier: String,
    box_key: String,
    note: String,
    box_salt: String,
    #[serde(rename = "box")]
    sealed_box: String,
    answers: Vec<GoodAnswer>,
}

#[derive(Deserialize)]
struct GoodAnswer {
    share: String,
    key: String,
    sealed: String,
}

#[derive(Deserialize)]
struct BadBox {
    name: String,
    id: String,
    key: String,
    #[serde(rename = "box")]
    sealed_box: String,
}

#[derive(Deserialize)]
struct BadAnswer {
    name: String,
    master: String,
    sealed: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../tests/vectors/request-v1.json")).unwrap()
}

fn hex<const N: usize>(text: &str) -> [u8; N] {
    let bytes: Vec<u8> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
    bytes.try_into().unwrap()
}

fn b64(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn sealed(text: &str) -> Result<Sealed, &'static str> {
    Sealed::try_from(b64(text))
}

fn give(id: &str, key: &str) -> (ShareId, GiveKeys) {
    let id = ShareId::parse(id).unwrap();
    (id, GiveKeys::derive(&id, &RequestKey::from_bytes(hex(key))))
}

#[test]
fn every_vector_passes() {
    let Vectors { requests, boxes_that_fail, answers_that_fail } = vectors();
    let (positive, negative) = (requests.len(), boxes_that_fail.len() + answers_that_fail.len());
    for case in requests {
        let name = &case.name;
        let private = PrivateLink::from_bytes(hex(&case.master));
        assert_eq!(*private.fragment(), case.private_fragment, "{name}");
        assert!(PrivateLink::parse(&case.private_fragment).is_some_and(|read| read == private), "{name}");
        let keys = private.keys();
        assert_eq!(keys.owner().expose(), case.owner, "{name}");
        assert_eq!(keys.private_bytes(), &hex::<32>(&case.private_key), "{name}");
        assert_eq!(keys.public_key().0, hex::<32>(&case.public_key), "{name}");
        assert_eq!(keys.id().to_string(), case.id, "{name}");
        let link = keys.give_link();
        assert_eq!(link.key.as_bytes(), &hex::<16>(&case.key), "{name}");
        assert_eq!(link.fragment(), case.give_fragment, "{name}");
        let url = format!("https://share.example/r/{}#{}", case.id, case.give_fragment);
        assert_eq!(link.url("https://share.example/"), url, "{name}");
        assert!(GiveLink::parse(&url).is_ok_and(|read| read.key == link.key), "{name}");

        let (id, giver) = give(&case.id, &case.key);
        assert_eq!(giver.give_proof().as_bytes(), &hex::<32>(&case.give_proof), "{name}");
        assert_eq!(giver.give_proof().verifier().as_bytes(), &hex::<32>(&case.give_verifier), "{name}");
        assert_eq!(giver.box_key().as_bytes(), &hex::<32>(&case.box_key), "{name}");
        let ask = Ask::open(&giver, &id, &b64(&case.sealed_box)).unwrap();
        assert!(ask.note == case.note && ask.public_key == keys.public_key(), "{name}");
        // The same salt makes the same box.
        let again = ask.seal(&giver, &id, Salt::from_bytes(hex(&case.box_salt))).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(again), case.sealed_box, "{name}");
        for answer in case.answers {
            let opened = Answer::open(&keys, &sealed(&answer.sealed).unwrap()).unwrap();
            assert_eq!(opened.id.to_string(), answer.share, "{name}");
            assert_eq!(opened.key.as_bytes(), &hex::<16>(&answer.key), "{name}");
        }
    }
    for BadBox { name, id, key, sealed_box } in boxes_that_fail {
        let (id, giver) = give(&id, &key);
        assert_eq!(Ask::open(&giver, &id, &b64(&sealed_box)), Err(Altered), "{name}");
    }
    for BadAnswer { name, master, sealed: text } in answers_that_fail {
        let keys = PrivateLink::from_bytes(hex(&master)).keys();
        let refused = sealed(&text).map_or(true, |sealed| Answer::open(&keys, &sealed).is_err());
        assert!(refused, "{name}");
    }
    println!("vectors: {positive} requests, {negative} that fail");
}

/// A request with everything that its parties hold.
struct Asked {
    keys: onetimeshare_envelope::request::RequesterKeys,
    link: GiveLink,
    giver: GiveKeys,
    stored: Vec<u8>,
}

fn asked(note: &str) -> Asked {
    let keys = PrivateLink::random().unwrap().keys();
    let link = keys.give_link();
    let giver = GiveKeys::derive(&link.id, &link.key);
    let ask = Ask { public_key: keys.public_key(), note: note.into() };
    let stored = ask.seal(&giver, &link.id, Salt::random().unwrap()).unwrap();
    Asked { keys, link, giver, stored }
}

fn answer(n: u8) -> Answer {
    Answer { id: ShareId::from_bytes([n; 10]), key: LinkKey::from_bytes([n; 16]) }
}

#[test]
fn a_hundred_answers_open_for_their_request_alone() {
    let (ours, others) = (asked("a"), asked("a"));
    for n in 0..100 {
        let ask = Ask::open(&ours.giver, &ours.link.id, &ours.stored).unwrap();
        let sealed = answer(n).seal(&ours.link.id, &ask.public_key, SealSeed::random().unwrap()).unwrap();
        let opened = Answer::open(&ours.keys, &sealed).unwrap();
        assert!(opened.id == answer(n).id && opened.key == answer(n).key);
        assert!(Answer::open(&others.keys, &sealed).is_err());
    }
}

#[test]
fn every_flipped_bit_of_a_box_and_of_an_answer_is_noticed() {
    let Asked { keys, link, giver, stored } = asked("Bitte den Vertrag 📄");
    for bit in 0..stored.len() * 8 {
        let mut changed = stored.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Ask::open(&giver, &link.id, &changed), Err(Altered), "bit {bit}");
    }
    let whole = answer(7).seal(&link.id, &keys.public_key(), SealSeed::random().unwrap()).unwrap();
    let mut changes = 0;
    for bit in 0..SEALED * 8 {
        let mut changed = whole;
        changed.0[bit / 8] ^= 1 << (bit % 8);
        // X25519 ignores the highest bit of a public key, but HPKE hashes it with the rest.
        assert!(Answer::open(&keys, &changed).is_err(), "bit {bit}");
        changes += 1;
    }
    println!("flipped bits: {} of a box and {changes} of an answer, each noticed", stored.len() * 8);
}

#[test]
fn a_server_that_lies_is_noticed_or_harmless() {
    let (ours, others) = (asked("Your contract"), asked("Your password, quickly"));
    // Another request's box, and a box of the server's own, whose key it does not have.
    assert_eq!(Ask::open(&ours.giver, &ours.link.id, &others.stored), Err(Altered));
    let forged = GiveKeys::derive(&ours.link.id, &RequestKey::from_bytes([9; 16]));
    let evil = Ask { public_key: others.keys.public_key(), note: "Your contract".into() };
    let evil = evil.seal(&forged, &ours.link.id, Salt::random().unwrap()).unwrap();
    assert_eq!(Ask::open(&ours.giver, &ours.link.id, &evil), Err(Altered));
    // Cut, lengthened, or as another id.
    for cut in 0..ours.stored.len() {
        assert_eq!(Ask::open(&ours.giver, &ours.link.id, &ours.stored[..cut]), Err(Altered));
    }
    assert_eq!(Ask::open(&ours.giver, &ours.link.id, &[&ours.stored[..], &[0]].concat()), Err(Altered));
    assert_eq!(Ask::open(&ours.giver, &others.link.id, &ours.stored), Err(Altered));
    // Answers of other requests, even for our own key, and of the server's own making without the box.
    let seal = |to: &PublicKey, id: &ShareId| answer(1).seal(id, to, SealSeed::random().unwrap()).unwrap();
    assert!(Answer::open(&ours.keys, &seal(&others.keys.public_key(), &ours.link.id)).is_err());
    assert!(Answer::open(&ours.keys, &seal(&ours.keys.public_key(), &others.link.id)).is_err());
    // Repeated or reordered answers are shares that open once, each by its own key.
    let real = seal(&ours.keys.public_key(), &ours.link.id);
    assert!(Answer::open(&ours.keys, &real).unwrap().id == answer(1).id);
}

#[test]
fn a_note_fits_up_to_8_kib_and_no_further() {
    let Asked { keys, link, giver, .. } = asked("");
    let seal = |note: String| {
        let ask = Ask { public_key: keys.public_key(), note };
        ask.seal(&giver, &link.id, Salt::random().unwrap())
    };
    // Padded to at most 7,936 bytes, without the length and the 70 bytes around the note.
    let longest = seal("x".repeat(7_936 - 4 - 70)).unwrap();
    assert!(longest.len() <= MAX_BOX, "{}", longest.len());
    assert_eq!(Ask::open(&giver, &link.id, &longest).unwrap().note.len(), 7_862);
    for note in ["x".repeat(7_863), "\u{1}".repeat(2_000), "x".repeat(1 << 20)] {
        assert_eq!(seal(note), Err(EncryptError::TooLarge));
    }
}

#[test]
fn a_damaged_link_is_never_another_one() {
    let Asked { link, .. } = asked("");
    let url = link.url("https://share.example");
    let at = url.find('#').unwrap() + 1;
    for end in at..url.len() {
        assert_eq!(GiveLink::parse(&url[..end]).map(|_| ()), Err(Damaged));
    }
}
