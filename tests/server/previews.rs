//! Tests the link preview in chat programs.

use crate::client::{Client, Share};
use crate::html::{attribute, plain};
use crate::server::Options;
use crate::site::Site;
use std::collections::BTreeMap;

/// Maximum size of the preview image; some chat programs accept no larger one.
const PICTURE: usize = 100_000;

/// Returns the meta tags that chat programs read, by name.
fn tags(html: &str) -> BTreeMap<String, String> {
    let metas = html.split("<meta ").skip(1).map(|rest| format!("meta {}", rest.split('>').next().unwrap()));
    let named = metas.filter_map(|tag| {
        let name = attribute(&tag, "property").or_else(|| attribute(&tag, "name"))?;
        let ours = name.starts_with("og:") || name.starts_with("twitter:");
        ours.then(|| (name, attribute(&tag, "content").unwrap()))
    });
    let tags: Vec<_> = named.collect();
    let by_name: BTreeMap<_, _> = tags.iter().cloned().collect();
    assert_eq!(by_name.len(), tags.len(), "every tag occurs once: {tags:?}");
    by_name
}

#[test]
fn every_share_link_has_the_same_preview() {
    let site = Site::embedded(Options::default());
    let host = site.base.strip_prefix("http://").unwrap();
    let share = Share::new("a");
    site.create(&share);
    let (id, fragment) = (share.link.id, share.link.fragment());
    let expected = [
        ("og:type", "website"),
        ("og:site_name", "OneTimeShare"),
        ("og:title", "Something for you. It opens once."),
        ("og:description", &format!("Open it on {host} when you are ready. Not sure? Ask the sender.")),
        ("og:image", &format!("{}/img/preview.png", site.base)),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "A closed envelope"),
        ("twitter:card", "summary_large_image"),
    ];
    let expected: BTreeMap<_, _> =
        expected.into_iter().map(|(name, content)| (name.to_owned(), content.to_owned())).collect();
    for path in [
        "/".to_owned(),
        format!("/s/{id}"),
        format!("/s/{}", Share::new("never sent").link.id),
        format!("/s/{id}%23{fragment}"),
        format!("/s/{id}%2523{fragment}"),
        format!("/s/{id}?utm_source=chat"),
        "/s/x".to_owned(),
    ] {
        for encoding in ["identity", "gzip"] {
            let response = site.send("GET", &path, &[("Accept", "*/*"), ("Accept-Encoding", encoding)], None);
            assert_eq!((response.status, response.header("location")), (200, None), "{path}");
            let mut html = Vec::new();
            if response.header("content-encoding") == Some("gzip") {
                std::io::copy(&mut flate2::read::GzDecoder::new(response.body.as_slice()), &mut html).unwrap();
            } else {
                html.clone_from(&response.body);
            }
            assert_eq!(tags(str::from_utf8(&html).unwrap()), expected, "{path}");
        }
    }
    // The link of a request says who is to do what, and nothing of the request.
    let asking = [
        ("og:title", "Someone asks you for something"),
        ("og:description", &format!("Answer on {host} when you are ready. Not sure? Ask who sent you the link.")),
    ];
    let mut expected = expected;
    expected.extend(asking.map(|(name, content)| (name.to_owned(), content.to_owned())));
    for path in [format!("/r/{id}"), format!("/r/{id}%23{fragment}"), "/r/x".to_owned()] {
        assert_eq!(tags(&site.get(&path).text()), expected, "{path}");
    }
    // A status page is not shared, nor is that of a private link.
    for path in ["/status", "/request", "/nowhere"] {
        assert!(tags(&site.get(path).text()).is_empty(), "{path}");
    }
}

#[test]
fn the_preview_image_resolves_below_any_base_path() {
    for (public_url, base) in [
        ("", ""),
        ("https://share.example", "https://share.example"),
        ("https://share.example:8443/tools/share/", "https://share.example:8443/tools/share"),
    ] {
        let site = Site::embedded(Options::default().set("public_url", format!("\"{public_url}\"")));
        let path = base.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
        let client = Client::new(format!("{}{path}", site.server.url()));
        // As behind a proxy, which forwards the public host name.
        let ask = |client: &Client, path: &str| {
            client.send("GET", path, &[("Host", "chat.example"), ("X-Forwarded-Proto", "https")], None)
        };
        let html = plain(&ask(&client, "/s/0000000000000000"));
        let here = if base.is_empty() { "http://chat.example" } else { base };
        let tags = tags(&html);
        assert_eq!(tags["og:image"], format!("{here}/img/preview.png"));
        let host = here.split("://").nth(1).unwrap().split('/').next().unwrap();
        assert!(tags["og:description"].starts_with(&format!("Open it on {host} ")), "{tags:?}");

        let picture = client.get("/img/preview.png");
        assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
        // A chat program may fetch it long after, so neither URL nor response changes between releases.
        assert_eq!(picture.header("cache-control"), Some("public, max-age=86400"));
        let [wide, high] = [16, 20].map(|at| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap()));
        assert_eq!((&picture.body[1..4], wide, high), (&b"PNG"[..], 1_200, 630));
        assert!(picture.body.len() < PICTURE, "{} bytes", picture.body.len());
    }
}

#[test]
fn robots_rules_allow_previews_and_exclude_crawlers() {
    let site = Site::embedded(Options::default());
    let robots = site.get("/robots.txt").text();
    let (previews, others) = robots.split_once("\n\n").unwrap();
    assert!(previews.contains("User-agent: Twitterbot\n") && previews.ends_with("Allow: /"), "{robots}");
    assert_eq!(others, "User-agent: *\nDisallow: /\n");
}
