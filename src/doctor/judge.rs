//! Decides what the exchanges mean. Each check is a function of the exchanges that it needs, without I/O.

mod content;
mod requests;
#[cfg(test)]
mod tests;

use super::client::{Answer, Exchange, Failure};
use super::observe::Observations;
use super::proxy::Proxy;
use super::remedy::Trouble;
use std::time::Duration;

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    /// The site works, but less well or less safely than it should.
    Warning(Trouble),
    /// People cannot do something, or a promise of the site does not hold.
    Fault(Trouble),
    /// The check could not be made.
    NotTried,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) check: &'static str,
    pub(super) verdict: Verdict,
    /// What was seen, in words.
    pub(super) seen: String,
}

/// The outcome of a check, and what was seen.
pub(super) type Judgement = (Verdict, String);

/// Returns the bytes of an asset of this program, by the build in the address and the path. `None` for another build.
pub(super) type OwnAssets<'a> = &'a dyn Fn(&str, &str) -> Option<Vec<u8>>;

/// Judges everything that was seen, in the order of the report.
pub(super) fn judge(seen: &Observations, own: OwnAssets<'_>) -> Vec<Finding> {
    let proxies = proxies(seen);
    let page = &seen.pages[0];
    let base_path = content::base_path(&seen.target, page);
    let states = seen.upload.completed.then_some([&seen.upload.before, &seen.upload.after]);
    let assets = match base_path.0 {
        Verdict::Fault(_) => not_tried("the base path is wrong"),
        _ => content::assets(&seen.assets),
    };
    let checks = [
        ("https", content::https(&seen.target, seen.plain.as_ref())),
        ("store", requests::store(&seen.ready)),
        ("links", content::links(&seen.target, page)),
        ("base path", base_path),
        ("assets", assets),
        ("unchanged pages", content::unchanged([page, &seen.compressed], &seen.assets, own)),
        ("caching", content::caching(&seen.pages, states, &seen.assets)),
        ("compression", content::compression(&seen.compressed, [&seen.about, &seen.upload.fetched])),
        ("security headers", content::headers(page)),
        ("HSTS", content::hsts(&seen.target, page)),
        ("%23 in paths", requests::paths(&seen.damaged, &seen.marked)),
        ("parts of files", requests::parts(&seen.upload)),
        ("large forms", requests::form_size(seen.site.max_size, &seen.announced)),
        ("streamed requests", requests::streaming(&seen.stalled, &proxies)),
        ("streamed responses", requests::response_streaming()),
        ("slow uploads", requests::slow_upload(&seen.upload)),
        ("long waits", requests::long_wait(&seen.waited)),
        ("HTTP/1.1 inside", requests::http_version(&seen.stalled, &seen.chunked)),
        ("client addresses", requests::addresses(&seen.clients)),
        ("metrics", requests::metrics(&seen.metrics)),
    ];
    checks.into_iter().map(|(check, (verdict, seen))| Finding { check, verdict, seen }).collect()
}

/// Returns the proxies that named themselves.
pub(super) fn proxies(seen: &Observations) -> Vec<Proxy> {
    let named: Vec<Proxy> = seen.answers().filter_map(Proxy::of).collect();
    Proxy::ALL.into_iter().filter(|proxy| named.contains(proxy)).collect()
}

fn ok(seen: impl Into<String>) -> Judgement {
    (Verdict::Ok, seen.into())
}

fn warning(trouble: Trouble, seen: impl Into<String>) -> Judgement {
    (Verdict::Warning(trouble), seen.into())
}

fn fault(trouble: Trouble, seen: impl Into<String>) -> Judgement {
    (Verdict::Fault(trouble), seen.into())
}

fn not_tried(reason: impl Into<String>) -> Judgement {
    (Verdict::NotTried, reason.into())
}

/// Describes an exchange that was not as expected.
fn described(got: &Exchange) -> String {
    match got {
        Ok(answer) => format!("status {} after {}", answer.status, seconds(answer.took)),
        Err(Failure::Unreachable(reason)) => reason.clone(),
        Err(Failure::Silent(time)) => format!("no answer within {}", seconds(*time)),
        Err(Failure::Cut(time)) => format!("the connection ended after {}", seconds(*time)),
        Err(Failure::TooLong) => "the answer is longer than any of the site".to_owned(),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// Returns why a request was refused by the site itself for a moment: a limit was hit, or the store is full or down.
fn refused_for_now(got: &Exchange) -> Option<String> {
    let answer = got.as_ref().ok()?;
    let code = own_code(answer)?;
    matches!(answer.status, 429 | 503 | 507).then(|| match answer.header("retry-after") {
        Some(wait) => format!("the site refuses it now ({code}); try again in {} s", short(wait)),
        None => format!("the site refuses it now ({code})"),
    })
}

/// Returns the error code of the program, or `None` for the answer of something else.
fn own_code(answer: &Answer) -> Option<String> {
    answer.json()["code"].as_str().map(short)
}

/// Returns a text of the site for one line.
fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}
