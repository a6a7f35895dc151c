//! Tests the language of responses.

use crate::client::Response;
use crate::html::{attribute, h1, page, tag};
use crate::server::Options;
use crate::site::Site;
use serde_json::Value;

fn language(response: &Response) -> (String, String) {
    let html = tag(&response.text(), &["html "]).map(str::to_owned).unwrap();
    (attribute(&html, "lang").unwrap(), response.header("content-language").unwrap().to_owned())
}

#[test]
fn a_page_states_its_language_and_vary() {
    let site = Site::embedded(Options::default());
    for path in ["/", "/s/0000000000000000", "/status", "/about", "/nowhere"] {
        let response = site.get(path);
        assert_eq!(language(&response), ("en".into(), "en".into()), "{path}");
        let vary = response.header("vary").unwrap_or_default().to_ascii_lowercase();
        assert!(vary.contains("accept-language"), "{path}: {vary}");
        let long = site.get(&format!("{path}?lang=en-XA"));
        assert_eq!(language(&long), ("en-XA".into(), "en-XA".into()), "{path}");
        assert_ne!(h1(&page(&long, long.status)), h1(&page(&response, response.status)));
        let mirrored = site.get(&format!("{path}?lang=ar-XB"));
        let html = tag(&mirrored.text(), &["html "]).map(str::to_owned).unwrap();
        assert_eq!(attribute(&html, "dir").as_deref(), Some("rtl"), "{path}");
    }
}

#[test]
fn accept_language_selects_the_locale_and_the_query_overrides_it() {
    let site = Site::embedded(Options::default());
    let ask = |path: &str, accept: &str| {
        language(&site.send("GET", path, &[("Accept", "text/html"), ("Accept-Language", accept)], None)).1
    };
    for accept in ["en", "en-GB,en;q=0.7", "el, th;q=0.9", "*", "", ";;;q=,", "en-XA", "q=1", &"x,".repeat(5_000)] {
        assert_eq!(ask("/", accept), "en", "{accept}");
    }
    for (accept, language) in [
        ("de", "de"),
        ("fr-FR, de;q=0.9", "fr"),
        ("el, sv-FI;q=0.4, en;q=0.2", "sv"),
        ("zh-TW", "zh-Hant"),
        ("no", "nb"),
        ("pt-PT", "pt-BR"),
    ] {
        assert_eq!(ask("/", accept), language, "{accept}");
    }
    assert_eq!(ask("/?lang=en-XA", "de"), "en-XA");
    for unknown in ["el", "", "en-XA%00", "../en", "%FF", "en%2DXA%2DXA"] {
        assert_eq!(ask(&format!("/?lang={unknown}"), "en"), "en", "{unknown}");
    }
}

#[test]
fn the_default_language_is_for_visitors_without_one_and_for_previews() {
    let site = Site::embedded(Options::default().set("default_language", "fr"));
    let preview = site.send("GET", "/s/0000000000000000", &[("User-Agent", "WhatsApp/2.24 A")], None);
    assert_eq!(language(&preview).1, "fr");
    let html = page(&preview, 200);
    let title = attribute(tag(&html, &["meta ", "og:title"]).unwrap(), "content").unwrap();
    assert!(!title.contains("Something for you") && title.contains("une"), "{title}");
    let english = site.send("GET", "/", &[("Accept", "text/html"), ("Accept-Language", "en")], None);
    assert_eq!(language(&english).1, "en");
}

#[test]
fn the_note_is_in_the_language_of_the_receiver_and_the_manifest_in_that_of_the_page() {
    let site = Site::embedded(Options::default());
    let json = |path: &str| -> Value { serde_json::from_str(&site.get(path).text()).unwrap() };
    let (japanese, english) = (json("/note?lang=ja"), json("/note"));
    assert_eq!((japanese["language"].as_str(), english["language"].as_str()), (Some("ja"), Some("en")));
    for note in [&japanese, &english] {
        assert!(note["text"].as_str().unwrap().contains("{date}"), "{note}");
    }
    assert_ne!(japanese["text"], english["text"]);
    let html = page(&site.get("/?lang=ar"), 200);
    let manifest = attribute(tag(&html, &["link ", "rel=\"manifest\""]).unwrap(), "href").unwrap();
    let manifest = json(&manifest);
    assert_eq!((manifest["lang"].as_str(), manifest["dir"].as_str()), (Some("ar"), Some("rtl")));
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn a_selected_language_stays_in_internal_links_but_not_in_share_links() {
    let site = Site::embedded(Options::default());
    for path in ["/", "/s/0000000000000000", "/status", "/about"] {
        let html = page(&site.get(&format!("{path}?lang=en-XA")), 200);
        assert!(tag(&html, &["a ", "href=\"/about?lang=en-XA\""]).is_some(), "{path}");
        let mut rest = html.as_str();
        while let Some(form) = tag(rest, &["form ", "action="]) {
            assert!(attribute(form, "action").unwrap().contains("?lang=en-XA"), "{path}: {form}");
            rest = &rest[rest.find(form).unwrap() + form.len()..];
        }
        assert!(!page(&site.get(path), 200).contains("lang=en-XA"), "{path}");
    }
    let made = site.form("/?lang=en-XA", "text/html", &[("message", "hi")]);
    assert_eq!(language(&made).0, "en-XA");
    assert!(!crate::html::link(&page(&made, 200)).contains("lang"));
    let wrong = site.form("/?lang=en-XA", "text/html", &[("message", "")]);
    assert_eq!((wrong.status, language(&wrong).0.as_str()), (422, "en-XA"));
}
