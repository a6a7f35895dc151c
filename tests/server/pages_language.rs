//! Tests the language of responses.

use crate::client::Response;
use crate::html::{attribute, h1, page, tag};
use crate::server::Options;
use crate::site::Site;

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
    for accept in
        ["en", "en-GB,en;q=0.7", "de", "fr-FR, de;q=0.9", "*", "", ";;;q=,", "en-XA", "q=1", &"x,".repeat(5_000)]
    {
        assert_eq!(ask("/", accept), "en", "{accept}");
    }
    assert_eq!(ask("/?lang=en-XA", "de"), "en-XA");
    for unknown in ["de", "", "en-XA%00", "../en", "%FF", "en%2DXA%2DXA"] {
        assert_eq!(ask(&format!("/?lang={unknown}"), "en"), "en", "{unknown}");
    }
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
