//! Requests that must be refused: from other sites, for unknown ids, and with bodies outside of what the document allows.

use super::calls::{Call, calls};
use super::document::operations;
use super::{DOCUMENT, with_parts};
use crate::raw_http::{RawConnection, head};
use crate::site::Site;
use serde_json::{Value, json};

/// Sends each call with what makes any call fail: a foreign page, an unknown id, and bodies of every wrong kind.
pub fn send_all(site: &Site) {
    for call in calls() {
        let what = call.operation;
        let refused = call.send(site, &[("Sec-Fetch-Site", "cross-site")]);
        assert_eq!(refused.status, if call.method == "GET" { 404 } else { 403 }, "{what}");
        let creates = matches!(what, "createShare" | "makeRequest");
        if !creates {
            assert_eq!(call.send(site, &[]).status, 404, "{what}");
        }
        if call.body.is_none() {
            continue;
        }
        // The body of a part is read only for its owner.
        let upload = with_parts();
        let call = if what == "putPart" {
            site.create(&upload);
            Call { path: format!("{}/parts/1", upload.path()), token: Some(upload.owner.expose()), ..call }
        } else {
            call
        };
        let json = what != "putPart";
        assert_eq!(call.send(site, &[("Content-Type", "text/plain")]).status, 415, "{what}");
        assert_eq!(call.send(site, &[("Content-Encoding", "gzip")]).status, 415, "{what}");
        let chunked = unannounced(site, &call);
        assert_eq!(chunked, 411, "{what}");
        assert_eq!(call.send_with(site, &[], Some(&vec![b' '; 1_500_000])).status, 413, "{what}");
        if json {
            assert_eq!(call.send_with(site, &[], Some(b"{")).status, 400, "{what}");
            bounds(site, &call);
        }
    }
}

/// Sends a call in chunks, without its length. Returns the status.
fn unannounced(site: &Site, call: &Call) -> u16 {
    let (kind, _) = call.body.as_ref().unwrap();
    let bearer = call.token.as_ref().map(|token| format!("Authorization: Bearer {token}"));
    let kind = format!("Content-Type: {kind}");
    let mut lines = vec![kind.as_str(), "Transfer-Encoding: chunked"];
    lines.extend(bearer.as_deref());
    let mut connection = RawConnection::to(site.server.port);
    let request = head(call.method, &call.path, &lines) + "2\r\n{}\r\n0\r\n\r\n";
    let response = connection.write(request.as_bytes()).response().unwrap();
    DOCUMENT.check((call.method, &call.path), None, &response);
    response.status
}

/// Sends bodies just outside of what the document allows. The server must refuse each.
fn bounds(site: &Site, call: &Call) {
    let (pattern, method, operation) = operations(&DOCUMENT.root)
        .into_iter()
        .find(|(_, _, operation)| operation["operationId"] == call.operation)
        .unwrap();
    let named = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let schema = DOCUMENT.root.pointer(named.as_str().unwrap().trim_start_matches('#')).unwrap();
    let good: Value = serde_json::from_slice(&call.body.as_ref().unwrap().1).unwrap();
    assert!(DOCUMENT.allows((&pattern, &method), &good));
    let mut bad = vec![("unknown".to_owned(), with(&good, "unknown", &json!(1))), ("body".into(), json!([]))];
    for name in schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()) {
        let mut without = good.clone();
        without.as_object_mut().unwrap().remove(name);
        bad.push((name.to_owned(), without));
    }
    for (name, member) in schema["properties"].as_object().unwrap() {
        let member = match member["$ref"].as_str() {
            Some(reference) => DOCUMENT.root.pointer(reference.trim_start_matches('#')).unwrap(),
            None => member,
        };
        let mut values = vec![Value::Null, json!([1]), json!(true)];
        let whole = |name: &str| member[name].as_u64();
        values.extend(whole("minimum").map(|least| if least == 0 { json!(-1) } else { json!(least - 1) }));
        values.extend(whole("maximum").map(|most| json!(most + 1)));
        values.extend(whole("minLength").map(|least| json!("A".repeat(usize::try_from(least).unwrap() - 2))));
        values.extend(whole("maxLength").map(|most| json!("A".repeat(usize::try_from(most).unwrap() + 2))));
        values.extend(member["pattern"].is_string().then(|| json!("no=such/text")));
        values.extend(member["pattern"].is_string().then(|| json!("")));
        values.extend(member.get("const").map(|_| json!(2)));
        bad.extend(values.iter().map(|value| (name.clone(), with(&good, name, value))));
    }
    for (name, body) in &bad {
        assert!(!DOCUMENT.allows((&pattern, &method), body), "{}: {name} is allowed: {body}", call.operation);
        let response = call.send_with(site, &[], Some(body.to_string().as_bytes()));
        let expected = (422, "invalid".to_owned());
        assert!(
            response.status == 413 || (response.status, response.code()) == expected,
            "{name}: {}",
            response.text()
        );
        if response.status == 422 {
            assert_eq!(response.json()["member"], name.as_str(), "{}: {}", call.operation, response.text());
        }
    }
}

fn with(body: &Value, name: &str, value: &Value) -> Value {
    let mut body = body.clone();
    body[name] = value.clone();
    body
}
