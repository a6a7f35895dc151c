//! One request for each operation of the document, under fresh secrets.

use crate::asked::Asked;
use crate::client::{Client, Response, Share};
use crate::site::{b64, claim, open_body, random};
use serde_json::{Value, json};

/// A request that succeeds once the share or the request that it is about exists.
pub struct Call {
    /// The operation in the document.
    pub operation: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path with its parameters.
    pub path: String,
    /// The owner or the claim.
    pub token: Option<String>,
    /// Type and bytes of the body.
    pub body: Option<(&'static str, Vec<u8>)>,
}

impl Call {
    /// Sends it with further headers. A header replaces one of the same name.
    pub fn send(&self, site: &Client, more: &[(&str, &str)]) -> Response {
        self.send_with(site, more, self.body.as_ref().map(|(_, bytes)| bytes.as_slice()))
    }

    /// Sends it with further headers and another body.
    pub fn send_with(&self, site: &Client, more: &[(&str, &str)], body: Option<&[u8]>) -> Response {
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let mut headers: Vec<(&str, &str)> = bearer.iter().map(|bearer| ("Authorization", bearer.as_str())).collect();
        headers.extend(self.body.iter().map(|(kind, _)| ("Content-Type", *kind)));
        headers.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        headers.extend_from_slice(more);
        let empty: Option<&[u8]> = (self.method == "POST").then_some(&[]);
        site.send(self.method, &self.path, &headers, body.or(empty))
    }
}

fn call(
    operation: &'static str,
    method: &'static str,
    path: String,
    token: Option<String>,
    body: Option<Value>,
) -> Call {
    let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
    Call { operation, method, path, token, body }
}

/// Returns a call of each operation below `/api/v1` that has parameters. The site knows none of their ids.
pub fn calls() -> Vec<Call> {
    let (share, asked, receiver) = (Share::new("a"), Asked::new("", 1), claim());
    let (path, request) = (share.path(), asked.path());
    let (owner, asker, receiver_token) = (share.owner.expose(), asked.owner(), receiver.expose());
    let below = |name: &str| format!("{path}/{name}");
    let proof = json!({ "open_proof": share.open_proof() });
    let give = json!({ "give_proof": asked.proof() });
    let answer = json!({ "give_proof": asked.proof(), "sealed": b64(&asked.sealed(&share.link).0) });
    let handover = json!({ "handover_verifier": b64(&random::<32>()) });
    vec![
        call("createShare", "PUT", path.clone(), Some(owner.clone()), Some(share.body.clone())),
        call("getShareStatus", "GET", path.clone(), Some(owner.clone()), None),
        call("deleteShare", "DELETE", path.clone(), Some(owner.clone()), None),
        call("listParts", "GET", below("parts"), Some(owner.clone()), None),
        Call {
            body: Some(("application/octet-stream", vec![7; 984_056])),
            ..call("putPart", "PUT", below("parts/1"), Some(owner.clone()), None)
        },
        call("getPart", "GET", below("parts/1"), Some(receiver_token.clone()), None),
        call("completeShare", "POST", below("complete"), Some(owner), None),
        call("peekShare", "POST", below("peek"), None, Some(proof)),
        call("openShare", "POST", below("open"), None, Some(open_body(&share, &receiver, None))),
        call("registerHandover", "POST", below("handover"), Some(receiver_token.clone()), Some(handover)),
        call("confirmShare", "POST", below("confirm"), Some(receiver_token), None),
        call("makeRequest", "PUT", request.clone(), Some(asker.clone()), Some(asked.body.clone())),
        call("getRequestStatus", "GET", request.clone(), Some(asker.clone()), None),
        call("endRequest", "DELETE", request.clone(), Some(asker), None),
        call("lookAtRequest", "POST", format!("{request}/look"), None, Some(give)),
        call("answerRequest", "POST", format!("{request}/answers"), None, Some(answer)),
    ]
}
