//! Links: parsing never panics, a parsed link round-trips, and no text is two kinds of link.

use onetimeshare_envelope::request::{GiveLink, PrivateLink};
use onetimeshare_envelope::{Handover, Link, LinkKey, LinkKind, ShareId};

/// Returns a valid link.
fn valid() -> Link {
    Link {
        id: ShareId::from_bytes([3; 10]),
        key: LinkKey::from_bytes([7; 16]),
        handover: Some(Handover::from_bytes([9; 20])),
    }
}

pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check(&text);
    // Random text hardly ever has a valid checksum, so this also tries text around and inside a valid link.
    let url = valid().url("https://share.example");
    check(&format!("{text}{url}"));
    if let Some((at, rest)) = bytes.split_first() {
        let mut modified = url.clone();
        modified.insert_str(usize::from(*at) % url.len(), &String::from_utf8_lossy(rest));
        check(&modified);
    }
    let private = PrivateLink::from_bytes([5; 20]);
    for url in [private.url("https://share.example"), private.keys().give_link().url("https://share.example")] {
        check_request(&format!("{text}{url}"));
    }
    check_request(&text);
}

fn check_request(text: &str) {
    if let Some(link) = PrivateLink::parse(text) {
        assert!(PrivateLink::parse(&link.url("https://share.example")).is_some_and(|again| again == link));
    }
    if let Ok(link) = GiveLink::parse(text) {
        let again = GiveLink::parse(&link.url("https://share.example")).expect("what was read can be written");
        assert!(again.id == link.id && again.key == link.key);
        assert!(matches!(LinkKind::of(text), Some(LinkKind::Give | LinkKind::Share)));
    }
}

fn check(text: &str) {
    for link in [Link::parse(text), Link::parse_for(&valid().id, text)].into_iter().flatten() {
        let again = Link::parse(&link.url("https://share.example")).expect("what was read can be written");
        assert!(again.id == link.id && again.key == link.key);
        assert_eq!(again.handover.as_ref().map(Handover::expose), link.handover.as_ref().map(Handover::expose));
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let links = crate::vectors().into_iter().map(|share| {
        let text = |name: &str| share[name].as_str().unwrap_or_default().to_owned();
        format!("https://share.example/s/{}#{}", text("id"), text("fragment"))
    });
    let links: Vec<String> = links.collect();
    let modified = [
        links[0].replace('#', "%2523"),
        links[0].to_uppercase(),
        format!("<{}>.", links[0]),
        links[0].replace("/s/", "/s/\u{200b}").replace('#', " \r\n#"),
    ];
    links.iter().chain(&modified).map(|text| text.clone().into_bytes()).collect()
}
