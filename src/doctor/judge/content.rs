//! Checks of pages, assets and headers.

use super::super::client::{Answer, Exchange};
use super::super::observe::Asset;
use super::super::page;
use super::super::remedy::Trouble;
use super::super::target::Target;
use super::{Judgement, OwnAssets, described, fault, not_tried, ok, short, warning};
use flate2::read::MultiGzDecoder;
use std::io::Read as _;

/// Byte limit of a decompressed page.
const LARGEST_PAGE: u64 = 2 * 1024 * 1024;

/// Shortest `max-age` of `Strict-Transport-Security` that protects returning visitors, in seconds.
const SHORTEST_HSTS: u64 = 86_400;

/// Whether the site is reached by https alone. `plain` is what the same host answered without TLS.
pub(super) fn https(target: &Target, plain: Option<&Exchange>) -> Judgement {
    if !target.https {
        if target.is_local() {
            return not_tried("the address is http on this machine");
        }
        return fault(Trouble::PlainHttp, "the address is http");
    }
    match plain {
        Some(Ok(answer)) if answer.json()["version"].is_string() => {
            warning(Trouble::PlainToo, format!("the site also answers at http://{}/", target.host))
        }
        _ => ok("TLS with a trusted certificate"),
    }
}

/// Whether links begin with the address of the site.
pub(super) fn links(target: &Target, page: &Exchange) -> Judgement {
    let Some(page) = shown(page) else { return not_tried(format!("the page of a link: {}", described(page))) };
    let text = page.text();
    let Some(origin) = page::origin(&text) else { return not_tried("the page does not tell what links begin with") };
    let expected = target.url();
    if origin.trim_end_matches('/').eq_ignore_ascii_case(&expected) {
        return ok(format!("begin with {expected}"));
    }
    fault(Trouble::Links, format!("begin with {}, not with {expected}", short(&origin)))
}

/// Whether the program knows its base path.
pub(super) fn base_path(target: &Target, page: &Exchange) -> Judgement {
    let named = |base: &str| if base.is_empty() { "the root".to_owned() } else { short(base) };
    let Some(page) = shown(page) else { return not_tried(format!("the page of a link: {}", described(page))) };
    match page::base(&page.text()) {
        Some(base) if base == target.base => ok(format!("the site is at {}", named(&base))),
        Some(base) => fault(
            Trouble::BasePath,
            format!("the program believes to be at {}, and visitors come to {}", named(&base), named(&target.base)),
        ),
        None => fault(Trouble::Altered, "the page lacks what the program writes into each page"),
    }
}

/// Whether styles and scripts arrive.
pub(super) fn assets(assets: &[Asset]) -> Judgement {
    if assets.len() < 2 {
        return fault(Trouble::Assets, "the page names no style sheet or no script");
    }
    for Asset { path, got } in assets {
        let wanted = if path.contains("/css/") { "css" } else { "javascript" };
        match got {
            Ok(answer) if answer.status == 200 => {
                let kind = answer.header("content-type").unwrap_or("no type");
                if !kind.contains(wanted) {
                    return fault(Trouble::Assets, format!("{} comes as {}", short(path), short(kind)));
                }
            }
            got => return fault(Trouble::Assets, format!("{}: {}", short(path), described(got))),
        }
    }
    ok("style sheet and script arrive")
}

/// Whether pages and assets arrive as the program sent them. `pages` are uncompressed and as browsers ask for it.
pub(super) fn unchanged(pages: [&Exchange; 2], assets: &[Asset], own: OwnAssets<'_>) -> Judgement {
    for page in pages.into_iter().filter_map(shown) {
        let Some(text) = decompressed(page) else {
            return fault(Trouble::Altered, "a compressed page cannot be read");
        };
        if let Some(found) = page::foreign(&text) {
            return fault(Trouble::Altered, format!("the page of a link contains {found}"));
        }
        if page::name(&text).is_none() {
            return fault(Trouble::Altered, "the page lacks what the program writes into each page");
        }
        if !page.header("cache-control").unwrap_or_default().contains("no-transform") {
            return warning(Trouble::Altered, "no-transform is missing, so that proxies may rewrite pages");
        }
    }
    if shown(pages[0]).is_none() {
        return not_tried(format!("the page of a link: {}", described(pages[0])));
    }
    let mut compared = 0;
    for Asset { path, got } in assets {
        let (Some((build, file)), Some(answer)) = (split(path), shown(got)) else { continue };
        let Some(bytes) = own(build, file) else { continue };
        if bytes != answer.body {
            return fault(Trouble::Altered, format!("{file} is not the file of this release"));
        }
        compared += 1;
    }
    match compared {
        0 => ok(
            "nothing was inserted into a page; its files are of another release than this program and were not compared",
        ),
        _ => ok(format!("nothing was inserted into a page, and {compared} files are those of this release")),
    }
}

/// Splits the address of an asset into the build and the path.
fn split(path: &str) -> Option<(&str, &str)> {
    path.split_once("/assets/")?.1.split_once('/')
}

/// Whether each response is fresh. `states` are of a share before and after its upload was completed, if it was.
pub(super) fn caching(pages: &[Exchange; 2], states: Option<[&Exchange; 2]>, assets: &[Asset]) -> Judgement {
    let [Some(first), Some(second)] = [shown(&pages[0]), shown(&pages[1])] else {
        return not_tried(format!("the page of a link: {}", described(&pages[0])));
    };
    for page in [first, second] {
        if let Some(name) = hit(page) {
            return fault(Trouble::Cached, format!("a page comes from a cache: {name}"));
        }
        let control = page.header("cache-control").unwrap_or("missing");
        if !control.contains("no-store") {
            return fault(Trouble::Cached, format!("Cache-Control of a page is {}, not no-store", short(control)));
        }
    }
    let texts = [first.text(), second.text()];
    if page::nonce(&texts[0]).is_some() && page::nonce(&texts[0]) == page::nonce(&texts[1]) {
        return fault(Trouble::Cached, "two requests get the same page");
    }
    if let Some([Some(before), Some(after)]) = states.map(|states| states.map(shown))
        && before.header("etag") == after.header("etag")
        && before.body == after.body
        && before.json()["state"] == "uploading"
    {
        return fault(Trouble::Cached, "the status of a share stays the same when the share has changed");
    }
    let kept = |asset: &&Asset| {
        let control = shown(&asset.got).map(|answer| answer.header("cache-control").unwrap_or_default());
        control.is_some_and(|control| !control.contains("immutable"))
    };
    match assets.iter().find(kept) {
        Some(asset) => {
            warning(Trouble::AssetsNotCached, format!("Cache-Control of {} was changed", short(&asset.path)))
        }
        None => ok("each response is fresh; styles and scripts are kept by browsers"),
    }
}

/// Returns the header by which a cache says that it gave the response.
fn hit(answer: &Answer) -> Option<String> {
    if let Some(age) = answer.header("age").filter(|age| *age != "0") {
        return Some(format!("Age {}", short(age)));
    }
    ["x-cache", "x-cache-status", "cf-cache-status", "x-proxy-cache", "cache-status"].into_iter().find_map(|name| {
        let value = answer.header(name)?;
        value.to_ascii_lowercase().contains("hit").then(|| format!("{name} {}", short(value)))
    })
}

/// Whether the program's compression arrives, and no other. `page` and `others` are asked for as by browsers; the program
/// compresses only the first.
pub(super) fn compression(page: &Exchange, others: [&Exchange; 2]) -> Judgement {
    let encoding = |answer: &Answer| answer.header("content-encoding").unwrap_or("identity").to_ascii_lowercase();
    let Some(page) = shown(page) else { return not_tried(format!("the page of a link: {}", described(page))) };
    for other in others.into_iter().filter_map(shown) {
        let encoding = encoding(other);
        if encoding != "identity" {
            return warning(Trouble::Compressed, format!("the proxy compresses responses ({})", short(&encoding)));
        }
    }
    match encoding(page).as_str() {
        "gzip" => ok("pages are compressed by the program alone"),
        "identity" => warning(Trouble::NotCompressed, "pages arrive uncompressed"),
        other => warning(Trouble::Compressed, format!("the proxy compresses pages ({})", short(other))),
    }
}

/// Whether the security headers of a page arrive unchanged.
pub(super) fn headers(page: &Exchange) -> Judgement {
    let Some(page) = shown(page) else { return not_tried(format!("the page of a link: {}", described(page))) };
    let Some(policy) = page.header("content-security-policy") else {
        return fault(Trouble::Policy, "Content-Security-Policy is missing");
    };
    let directive = |name: &str| {
        let mut all = policy.split(';').map(str::trim);
        all.find_map(|directive| directive.strip_prefix(name)?.strip_prefix(' '))
    };
    for (name, expected) in [
        ("default-src", "'none'"),
        ("script-src", "'self'"),
        ("connect-src", "'self'"),
        ("form-action", "'self'"),
        ("frame-ancestors", "'none'"),
    ] {
        if directive(name) != Some(expected) {
            let found = directive(name).unwrap_or("missing");
            return fault(
                Trouble::Policy,
                format!("Content-Security-Policy: {name} is {}, not {expected}", short(found)),
            );
        }
    }
    for (name, expected) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        let mut values = page.headers.get_all(name).iter();
        let (value, further) = (values.next().and_then(|value| value.to_str().ok()), values.next());
        if value != Some(expected) || further.is_some() {
            let found = if further.is_some() { "sent twice" } else { value.unwrap_or("missing") };
            return warning(Trouble::Headers, format!("{name} is {}, not {expected}", short(found)));
        }
    }
    ok("as the program sends them")
}

/// Whether browsers are told to return by https alone.
pub(super) fn hsts(target: &Target, page: &Exchange) -> Judgement {
    if !target.https {
        return not_tried("the address is http");
    }
    let Some(page) = shown(page) else { return not_tried(format!("the page of a link: {}", described(page))) };
    let Some(value) = page.header("strict-transport-security") else {
        return warning(Trouble::Hsts, "Strict-Transport-Security is missing");
    };
    let age = value
        .split(';')
        .find_map(|part| part.trim().to_ascii_lowercase().strip_prefix("max-age=")?.parse::<u64>().ok());
    match age {
        Some(age) if age >= SHORTEST_HSTS => ok(format!("for {} days", age / 86_400)),
        _ => warning(Trouble::Hsts, format!("Strict-Transport-Security is {}", short(value))),
    }
}

/// Returns the response if the page or file was found.
fn shown(got: &Exchange) -> Option<&Answer> {
    got.as_ref().ok().filter(|answer| answer.status == 200)
}

/// Returns the text of a page, decompressed if it is gzip. Another encoding than gzip is not the program's and counts as
/// compression, not here.
fn decompressed(page: &Answer) -> Option<String> {
    match page.header("content-encoding") {
        Some("gzip") => {
            let mut bytes = Vec::new();
            MultiGzDecoder::new(&page.body[..]).take(LARGEST_PAGE).read_to_end(&mut bytes).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => Some(page.text()),
    }
}
