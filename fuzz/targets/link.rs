//! Links: any text is read without harm, and what is read is written and read the same again.

use onetimeshare::share::{Claim, Link, LinkKey, ShareId};

/// A link that is good before `bytes` change it.
fn made() -> Link {
    Link {
        id: ShareId::from_bytes([3; 10]),
        key: LinkKey::from_bytes([7; 16]),
        claim: Some(Claim::from_bytes([9; 20])),
    }
}

pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check(&text);
    // The checks in a link keep chance out, so some texts hold a good one: around it, and with pieces put into it.
    let url = made().url("https://share.example");
    check(&format!("{text}{url}"));
    if let Some((at, rest)) = bytes.split_first() {
        let mut spoilt = url.clone();
        spoilt.insert_str(usize::from(*at) % url.len(), &String::from_utf8_lossy(rest));
        check(&spoilt);
    }
}

fn check(text: &str) {
    for link in [Link::parse(text), Link::parse_for(&made().id, text)].into_iter().flatten() {
        let again = Link::parse(&link.url("https://share.example")).expect("what was read can be written");
        assert!(again.id == link.id && again.key == link.key);
        assert_eq!(again.claim.as_ref().map(Claim::expose), link.claim.as_ref().map(Claim::expose));
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let links = crate::vectors().into_iter().map(|share| {
        let text = |name: &str| share[name].as_str().unwrap_or_default().to_owned();
        format!("https://share.example/s/{}#{}", text("id"), text("fragment"))
    });
    let links: Vec<String> = links.collect();
    let spoilt = [
        links[0].replace('#', "%2523"),
        links[0].to_uppercase(),
        format!("<{}>.", links[0]),
        links[0].replace("/s/", "/s/\u{200b}").replace('#', " \r\n#"),
    ];
    links.iter().chain(&spoilt).map(|text| text.clone().into_bytes()).collect()
}
