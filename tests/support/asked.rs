//! Makes, answers and collects requests as any client would.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use crate::client::{Client, Response, Share};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::request::{Answer, Ask, GiveKeys, PrivateLink, RequesterKeys, SealSeed, Sealed};
use onetimeshare_envelope::{Claim, Link};
use serde_json::{Value, json};

const DAY: u64 = 86_400;

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A request as the person who asks holds it.
pub struct Asked {
    pub private: PrivateLink,
    pub keys: RequesterKeys,
    pub giver: GiveKeys,
    pub body: Value,
}

impl Asked {
    /// Prepares a request for `answers` answers within a day.
    pub fn new(note: &str, answers: u8) -> Self {
        let private = PrivateLink::random().unwrap();
        let keys = private.keys();
        let link = keys.give_link();
        let giver = GiveKeys::derive(&link.id, &link.key);
        let ask = Ask { public_key: keys.public_key(), note: note.to_owned() };
        let sealed_box = ask.seal(&giver, &link.id, Salt::random().unwrap()).unwrap();
        let body = json!({
            "version": 1,
            "give_verifier": b64(giver.give_proof().verifier().as_bytes()),
            "box": b64(&sealed_box),
            "answers": answers,
            "lifetime": DAY,
        });
        Self { private, keys, giver, body }
    }

    pub fn path(&self) -> String {
        format!("/api/v1/requests/{}", self.keys.id())
    }

    pub fn owner(&self) -> String {
        self.keys.owner().expose()
    }

    pub fn proof(&self) -> String {
        self.giver.give_proof().expose()
    }

    pub fn put(&self, site: &Client) -> Response {
        site.json("PUT", &self.path(), Some(&self.owner()), &self.body)
    }

    pub fn made(self, site: &Client) -> Self {
        let response = self.put(site);
        assert_eq!(response.status, 201, "{}", response.text());
        self
    }

    pub fn look(&self, site: &Client) -> Response {
        self.look_with(site, &self.proof())
    }

    pub fn look_with(&self, site: &Client, proof: &str) -> Response {
        site.json("POST", &format!("{}/look", self.path()), None, &json!({ "give_proof": proof }))
    }

    /// Seals the link of a share for the key in the box.
    pub fn sealed(&self, link: &Link) -> Sealed {
        let answer = Answer { id: link.id, key: link.key.clone() };
        answer.seal(&self.keys.id(), &self.keys.public_key(), SealSeed::random().unwrap()).unwrap()
    }

    pub fn hand_in(&self, site: &Client, sealed: &Sealed) -> Response {
        self.hand_in_with(site, &self.proof(), sealed)
    }

    pub fn hand_in_with(&self, site: &Client, proof: &str, sealed: &Sealed) -> Response {
        let body = json!({ "give_proof": proof, "sealed": b64(&sealed.0) });
        site.json("POST", &format!("{}/answers", self.path()), None, &body)
    }

    pub fn status(&self, site: &Client) -> Response {
        site.bare("GET", &self.path(), &self.owner())
    }

    pub fn end(&self, site: &Client) -> Response {
        site.bare("DELETE", &self.path(), &self.owner())
    }

    /// Opens the answers of a status, and the messages of their shares.
    pub fn collect(&self, site: &Client) -> Vec<String> {
        let status = self.status(site).json();
        let open = |answer: &Value| {
            let sealed = Sealed::try_from(URL_SAFE_NO_PAD.decode(answer["sealed"].as_str().unwrap()).unwrap()).unwrap();
            let Answer { id, key } = Answer::open(&self.keys, &sealed).unwrap();
            let share = Share { link: Link { id, key, handover: None }, ..Share::new("") };
            share.message_in(&site.open(&share, &Claim::random().unwrap())).unwrap()
        };
        status["answers"].as_array().unwrap().iter().map(open).collect()
    }
}
