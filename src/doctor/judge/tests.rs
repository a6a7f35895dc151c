use super::super::client::{Answer, Exchange, Failure};
use super::super::observe::{Asset, Clients, Upload};
use super::super::proxy::Proxy;
use super::super::remedy::Trouble;
use super::super::target::Target;
use super::{Verdict, content, requests};
use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap());
    }
    Answer { status, headers: map, body: Bytes::from(body.to_owned()), took: Duration::from_millis(40) }
}

#[allow(clippy::unnecessary_wraps, reason = "an exchange is a result")]
fn got(status: u16, headers: &[(&str, &str)], body: &str) -> Exchange {
    Ok(answer(status, headers, body))
}

fn after(seconds: u64, exchange: Exchange) -> Exchange {
    exchange.map(|answer| Answer { took: Duration::from_secs(seconds), ..answer })
}

fn silent() -> Exchange {
    Err(Failure::Silent(Duration::from_secs(20)))
}

const POLICY: &str =
    "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'";

/// A page of the site with this nonce, without its headers.
fn html(nonce: &str) -> String {
    format!(
        "<meta property=\"og:image\" content=\"https://share.example/img/preview.png\">\
         <link rel=\"stylesheet\" href=\"/assets/0a/css/app.css\"><script src=\"/assets/0a/js/open.js\"></script>\
         <main data-page=\"open\" data-base=\"\"><input name=\"nonce\" value=\"{nonce}\">"
    )
}

fn page(nonce: &str) -> Exchange {
    let headers = [
        ("cache-control", "no-store, no-transform"),
        ("content-security-policy", POLICY),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000"),
    ];
    got(200, &headers, &html(nonce))
}

/// Returns the page with another value of a header; without it if the value is empty.
fn with(page: Exchange, name: &str, value: &str) -> Exchange {
    page.map(|mut answer| {
        answer.headers.remove(name);
        if !value.is_empty() {
            answer.headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        answer
    })
}

fn assets() -> Vec<Asset> {
    let asset = |path: &str, kind: &str| {
        let headers = [("content-type", kind), ("cache-control", "public, max-age=31536000, immutable")];
        Asset { path: path.to_owned(), got: got(200, &headers, "bytes") }
    };
    vec![asset("/assets/0a/css/app.css", "text/css"), asset("/assets/0a/js/open.js", "text/javascript")]
}

fn target(text: &str) -> Target {
    Target::parse(text).unwrap()
}

fn is(trouble: Trouble) -> Verdict {
    Verdict::Fault(trouble)
}

#[test]
fn links_have_to_begin_with_the_address_of_the_site() {
    for (address, expected) in [
        ("https://share.example", Verdict::Ok),
        ("https://SHARE.example/", Verdict::Ok),
        ("http://share.example", is(Trouble::Links)),
        ("https://share.example/tools", is(Trouble::Links)),
        ("https://other.example", is(Trouble::Links)),
        ("https://share.example:8443", is(Trouble::Links)),
    ] {
        assert_eq!(content::links(&target(address), &page("a")).0, expected, "{address}");
    }
    assert_eq!(content::links(&target("https://share.example"), &got(502, &[], "")).0, Verdict::NotTried);
}

#[test]
fn plain_http_is_a_fault_except_on_this_machine() {
    let open = got(200, &[], "{\"version\":\"1\"}");
    let moved = got(301, &[], "");
    for (address, plain, expected) in [
        ("https://share.example", None, Verdict::Ok),
        ("https://share.example", Some(&moved), Verdict::Ok),
        ("https://share.example", Some(&open), Verdict::Warning(Trouble::PlainToo)),
        ("http://share.example", None, is(Trouble::PlainHttp)),
        ("http://127.0.0.1:8000", None, Verdict::NotTried),
    ] {
        assert_eq!(content::https(&target(address), plain).0, expected, "{address}");
    }
}

#[test]
fn a_base_path_that_the_program_does_not_know_is_a_fault() {
    assert_eq!(content::base_path(&target("https://share.example"), &page("a")).0, Verdict::Ok);
    assert_eq!(content::base_path(&target("https://share.example/x"), &page("a")).0, is(Trouble::BasePath));
}

#[test]
fn assets_have_to_arrive_with_their_type() {
    assert_eq!(content::assets(&assets()).0, Verdict::Ok);
    for got in [got(404, &[], ""), got(200, &[("content-type", "text/html")], ""), silent()] {
        let mut assets = assets();
        assets[1].got = got;
        assert_eq!(content::assets(&assets).0, is(Trouble::Assets));
    }
    assert_eq!(content::assets(&[]).0, is(Trouble::Assets));
}

#[test]
fn what_a_proxy_inserts_or_alters_is_a_fault() {
    let none = |_: &str, _: &str| None;
    let same = |_: &str, _: &str| Some(b"bytes".to_vec());
    let other = |build: &str, path: &str| (build == "0a" && path == "js/open.js").then(|| b"others".to_vec());
    let fine = page("a");
    assert_eq!(content::unchanged([&fine, &fine], &assets(), &same).0, Verdict::Ok);
    assert!(content::unchanged([&fine, &fine], &assets(), &none).1.contains("not compared"));
    assert_eq!(content::unchanged([&fine, &fine], &assets(), &other).0, is(Trouble::Altered));
    let inserted = fine.clone().map(|page| Answer { body: (page.text() + "<script>x</script>").into(), ..page });
    assert_eq!(content::unchanged([&fine, &inserted], &assets(), &none).0, is(Trouble::Altered));
    let rewritable = with(page("a"), "cache-control", "no-store");
    assert_eq!(content::unchanged([&rewritable, &fine], &[], &none).0, Verdict::Warning(Trouble::Altered));
}

#[test]
fn a_response_from_a_cache_is_a_fault() {
    let state = |state: &str| got(200, &[("etag", &format!("\"{state}\""))], &format!("{{\"state\":\"{state}\"}}"));
    let (before, after) = (state("uploading"), state("waiting"));
    let judge =
        |first: Exchange, second: Exchange| content::caching(&[first, second], Some([&before, &after]), &assets()).0;
    assert_eq!(judge(page("a"), page("b")), Verdict::Ok);
    assert_eq!(judge(page("a"), page("a")), is(Trouble::Cached));
    assert_eq!(judge(page("a"), with(page("b"), "age", "3")), is(Trouble::Cached));
    assert_eq!(judge(page("a"), with(page("b"), "cf-cache-status", "HIT")), is(Trouble::Cached));
    assert_eq!(judge(page("a"), with(page("b"), "cf-cache-status", "DYNAMIC")), Verdict::Ok);
    assert_eq!(judge(with(page("a"), "cache-control", "max-age=60"), page("b")), is(Trouble::Cached));
    let stuck = content::caching(&[page("a"), page("b")], Some([&before, &before]), &assets());
    assert_eq!(stuck.0, is(Trouble::Cached));
    // An upload that could not be completed keeps its status.
    assert_eq!(content::caching(&[page("a"), page("b")], None, &assets()).0, Verdict::Ok);
    let mut reloaded = assets();
    reloaded[0].got = got(200, &[("cache-control", "max-age=60")], "");
    let judged = content::caching(&[page("a"), page("b")], Some([&before, &after]), &reloaded).0;
    assert_eq!(judged, Verdict::Warning(Trouble::AssetsNotCached));
}

#[test]
fn only_the_program_compresses() {
    let plain = got(200, &[], "");
    let encoded = |name: &str| with(page("a"), "content-encoding", name);
    for (page, other, expected) in [
        (encoded("gzip"), plain.clone(), Verdict::Ok),
        (page("a"), plain.clone(), Verdict::Warning(Trouble::NotCompressed)),
        (encoded("br"), plain.clone(), Verdict::Warning(Trouble::Compressed)),
        (encoded("gzip"), encoded("zstd"), Verdict::Warning(Trouble::Compressed)),
    ] {
        assert_eq!(content::compression(&page, [&other, &plain]).0, expected);
    }
}

#[test]
fn security_headers_have_to_arrive_once_and_unchanged() {
    assert_eq!(content::headers(&page("a")).0, Verdict::Ok);
    for policy in ["", "default-src 'self'", &POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")]
    {
        let page = with(page("a"), "content-security-policy", policy);
        assert_eq!(content::headers(&page).0, is(Trouble::Policy), "{policy}");
    }
    for (name, value) in [("x-frame-options", "SAMEORIGIN"), ("referrer-policy", "")] {
        assert_eq!(content::headers(&with(page("a"), name, value)).0, Verdict::Warning(Trouble::Headers), "{name}");
    }
    let twice = page("a").map(|mut page| {
        page.headers.append("x-frame-options", HeaderValue::from_static("DENY"));
        page
    });
    assert_eq!(content::headers(&twice).0, Verdict::Warning(Trouble::Headers));
}

#[test]
fn strict_transport_security_has_to_last() {
    let https = target("https://share.example");
    assert_eq!(content::hsts(&https, &page("a")).0, Verdict::Ok);
    for value in ["", "max-age=0", "max-age=x", "includeSubDomains"] {
        let page = with(page("a"), "strict-transport-security", value);
        assert_eq!(content::hsts(&https, &page).0, Verdict::Warning(Trouble::Hsts), "{value}");
    }
    assert_eq!(content::hsts(&target("http://share.example"), &page("a")).0, Verdict::NotTried);
}

#[test]
fn the_store_is_judged_by_its_guarantee() {
    let ready = |status: &str, guarantee: &str| {
        format!("{{\"status\":\"{status}\",\"store\":\"Redis\",\"guarantee\":\"{guarantee}\"}}")
    };
    for (got, expected) in [
        (got(200, &[], &ready("ready", "strict")), Verdict::Ok),
        (got(200, &[], &ready("ready", "volatile")), Verdict::Warning(Trouble::StoreWeak)),
        (got(200, &[], &ready("ready", "unverified")), Verdict::Warning(Trouble::StoreWeak)),
        (got(503, &[], &ready("unavailable", "strict")), is(Trouble::StoreDown)),
        (got(404, &[], "<html>"), Verdict::NotTried),
        (silent(), Verdict::NotTried),
    ] {
        assert_eq!(requests::store(&got).0, expected, "{got:?}");
    }
}

#[test]
fn an_encoded_hash_has_to_stay_encoded() {
    let missing = got(404, &[], "");
    assert_eq!(requests::paths(&page("a"), &missing).0, Verdict::Ok);
    assert_eq!(requests::paths(&page("a"), &got(200, &[], "live\n")).0, is(Trouble::Path));
    for damaged in [got(301, &[], ""), got(400, &[], ""), missing.clone(), silent()] {
        assert_eq!(requests::paths(&damaged, &missing).0, is(Trouble::Path), "{damaged:?}");
    }
}

fn upload() -> Upload {
    let state = got(200, &[], "");
    Upload {
        created: got(201, &[], ""),
        part: Bytes::from_static(b"part"),
        whole: got(204, &[], ""),
        slow: after(10, got(204, &[], "")),
        completed: true,
        before: state.clone(),
        after: state,
        fetched: got(200, &[], "part"),
    }
}

#[test]
fn a_part_has_to_go_up_and_down() {
    assert_eq!(requests::parts(&upload()).0, Verdict::Ok);
    let limited = got(429, &[("retry-after", "9")], "{\"code\":\"slow_down\"}");
    for (changed, expected) in [
        (Upload { whole: got(413, &[], ""), ..upload() }, is(Trouble::Part)),
        (Upload { created: got(403, &[], ""), ..upload() }, is(Trouble::Part)),
        (Upload { fetched: got(200, &[], "pa"), ..upload() }, is(Trouble::Altered)),
        (Upload { fetched: got(502, &[], ""), ..upload() }, is(Trouble::Part)),
        (Upload { created: limited.clone(), ..upload() }, Verdict::NotTried),
        (Upload { whole: limited, ..upload() }, Verdict::NotTried),
    ] {
        assert_eq!(requests::parts(&changed).0, expected);
    }
}

#[test]
fn a_slow_upload_has_to_arrive() {
    assert_eq!(requests::slow_upload(&upload()).0, Verdict::Ok);
    for slow in [got(408, &[], ""), got(504, &[], ""), Err(Failure::Cut(Duration::from_secs(5))), silent()] {
        let changed = Upload { slow, ..upload() };
        assert_eq!(requests::slow_upload(&changed).0, is(Trouble::SlowUpload));
        assert_eq!(requests::parts(&changed).0, Verdict::Ok);
    }
}

#[test]
fn bodies_that_stop_tell_limits_and_buffers() {
    let streamed = got(200, &[], "");
    assert_eq!(requests::form_size(2_000_000_000, &got(413, &[], "")).0, is(Trouble::FormSize));
    assert_eq!(requests::form_size(2_000_000_000, &streamed).0, Verdict::Ok);
    assert_eq!(requests::form_size(2_000_000_000, &silent()).0, Verdict::Ok);
    assert_eq!(requests::streaming(&streamed, &[]).0, Verdict::Ok);
    assert_eq!(requests::streaming(&silent(), &[Proxy::Nginx]).0, is(Trouble::Buffered));
    assert_eq!(requests::streaming(&silent(), &[Proxy::Apache]).0, Verdict::NotTried);
    assert_eq!(requests::streaming(&got(504, &[], ""), &[]).0, Verdict::NotTried);
}

#[test]
fn a_body_without_a_length_tells_the_version() {
    let streamed = got(200, &[], "");
    let code = |status: u16, code: &str| got(status, &[], &format!("{{\"code\":\"{code}\"}}"));
    assert_eq!(requests::http_version(&streamed, &code(411, "length_needed")).0, Verdict::Ok);
    assert_eq!(requests::http_version(&streamed, &code(404, "not_found")).0, is(Trouble::OldHttp));
    assert_eq!(requests::http_version(&silent(), &code(404, "not_found")).0, Verdict::NotTried);
    assert_eq!(requests::http_version(&streamed, &got(411, &[], "nginx")).0, Verdict::NotTried);
}

#[test]
fn a_wait_has_to_last() {
    assert_eq!(requests::long_wait(&after(30, got(200, &[], ""))).0, Verdict::Ok);
    assert_eq!(requests::long_wait(&after(1, got(200, &[], ""))).0, Verdict::NotTried);
    for cut in [after(5, got(504, &[], "")), Err(Failure::Cut(Duration::from_secs(10))), silent()] {
        assert_eq!(requests::long_wait(&cut).0, is(Trouble::Wait));
    }
}

#[test]
fn clients_are_told_apart_by_their_address_alone() {
    let left = |tries: u64| got(200, &[], &format!("{{\"tries_left\":{tries}}}"));
    let judge = |again: [u64; 2], forged: u64, other: Option<u64>| {
        let clients = Clients { tried: left(4), again: again.map(left), forged: left(forged), other: other.map(left) };
        requests::addresses(&clients).0
    };
    assert_eq!(judge([4, 4], 4, Some(5)), Verdict::Ok);
    assert_eq!(judge([4, 4], 4, None), Verdict::NotTried);
    assert_eq!(judge([4, 4], 5, Some(5)), is(Trouble::ForgedAddress));
    assert_eq!(judge([4, 4], 4, Some(4)), is(Trouble::SharedAddress));
    assert_eq!(judge([4, 5], 4, Some(5)), Verdict::Warning(Trouble::ChangingAddress));
}

#[test]
fn open_metrics_are_a_fault() {
    assert_eq!(requests::metrics(&[got(404, &[], ""), got(200, &[], "<html>")]).0, Verdict::Ok);
    assert_eq!(requests::metrics(&[got(200, &[], "onetimeshare_shares_waiting 3")]).0, is(Trouble::Metrics));
}
