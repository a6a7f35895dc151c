//! Requests in Chromium: the vectors of RFC 9180 and of the project, and answers sealed by one implementation and opened
//! by the other.

use crate::vectors::{count, hex as written, in_the_browser, passed};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::request::{Answer, Ask, GiveKeys, GiveLink, PrivateLink, SealSeed, Sealed};
use onetimeshare_envelope::{LinkKey, ShareId};
use serde_json::{Value, json};

/// Number of answers in each direction.
const MANY: usize = 100;

#[test]
fn every_request_vector_passes_in_the_browser() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/request-v1.json")).unwrap();
    let (good, boxes) = (count(&vectors["requests"]), count(&vectors["boxes_that_fail"]));
    let answers = count(&vectors["answers_that_fail"]);
    assert_eq!(passed(&in_the_browser("runRequests", vectors)), 1 + good + boxes + answers);
    let rfc: Value = serde_json::from_str(include_str!("../vectors/hpke-rfc9180.json")).unwrap();
    assert_eq!(passed(&in_the_browser("runHpke", rfc)), 1);
    println!("vectors in the browser: {good} requests, {} that fail, 1 of RFC 9180", boxes + answers);
}

fn hex<const N: usize>(value: &Value) -> [u8; N] {
    let text = value.as_str().unwrap();
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
}

fn b64(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

#[test]
fn answers_sealed_in_the_browser_open_on_the_server() {
    let asked = in_the_browser("sealMany", json!(MANY));
    let keys = PrivateLink::from_bytes(hex(&asked["master"])).keys();
    let link = GiveLink::parse(asked["link"].as_str().unwrap()).unwrap();
    assert!(link.id == keys.id());
    let ask = Ask::open(&GiveKeys::derive(&link.id, &link.key), &link.id, &b64(&asked["box"])).unwrap();
    assert_eq!(Some(ask.note.as_str()), asked["note"].as_str());
    assert!(ask.public_key == keys.public_key());
    let answers = asked["answers"].as_array().unwrap();
    assert_eq!(answers.len(), MANY);
    for answer in answers {
        let opened = Answer::open(&keys, &Sealed::try_from(b64(&answer["sealed"])).unwrap()).unwrap();
        assert_eq!(Some(opened.id.to_string().as_str()), answer["share"].as_str());
        assert_eq!(opened.key.as_bytes(), &hex::<16>(&answer["key"]));
    }
    println!("sealed by the browser, opened by the server: {MANY} of {MANY}");
}

#[test]
fn answers_sealed_on_the_server_open_in_the_browser() {
    let private = PrivateLink::random().unwrap();
    let keys = private.keys();
    let (link, note) = (keys.give_link(), "Bitte den Vertrag 📄\u{200f}\n");
    let ask = Ask { public_key: keys.public_key(), note: note.to_owned() };
    let stored = ask.seal(&GiveKeys::derive(&link.id, &link.key), &link.id, Salt::random().unwrap()).unwrap();
    let answers: Vec<Value> = (0..MANY)
        .map(|n| {
            let answer =
                Answer { id: ShareId::from_bytes([u8::try_from(n).unwrap(); 10]), key: LinkKey::random().unwrap() };
            let sealed = answer.seal(&link.id, &keys.public_key(), SealSeed::random().unwrap()).unwrap();
            json!({
                "share": answer.id.to_string(),
                "key": written(answer.key.as_bytes()),
                "sealed": URL_SAFE_NO_PAD.encode(sealed.0),
            })
        })
        .collect();
    let asked = json!({
        "master": written(private.as_bytes()),
        "link": link.url("https://share.example"),
        "box": URL_SAFE_NO_PAD.encode(stored),
        "note": note,
        "answers": answers,
    });
    assert_eq!(passed(&in_the_browser("openSealed", asked)), 1 + MANY as u64);
    println!("sealed by the server, opened by the browser: {MANY} of {MANY}");
}
