//! Reads what the examination needs from a page of the site. The pages are the program's own, so this scans for tags instead
//! of parsing HTML; what a proxy inserted is found as well.

/// Returns the tags of `html` with one of these names, from the name to the closing bracket.
fn tags<'h>(html: &'h str, names: &'h [&str]) -> impl Iterator<Item = (&'h str, &'h str)> {
    html.split('<').skip(1).filter_map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let name = names.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some((*name, rest.split('>').next().unwrap_or_default()))
    })
}

/// Returns the value of an attribute in a tag, quoted or not.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = lower.as_bytes().get(at.wrapping_sub(1));
        before.is_some_and(|byte| byte.is_ascii_whitespace() || b"\"'/".contains(byte))
            && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
        _ => value.split(|letter: char| letter.is_ascii_whitespace()).next(),
    };
    value.map(unescaped)
}

/// Replaces the character references that templates write.
fn unescaped(text: &str) -> String {
    let known = [("&#x2F;", "/"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    known.into_iter().fold(text.to_owned(), |text, (reference, letter)| text.replace(reference, letter))
}

/// Returns whether an attribute has this value.
fn has(tag: &str, name: &str, value: &str) -> bool {
    attribute(tag, name).is_some_and(|found| found == value)
}

/// Returns what links of the site begin with, as the page tells it for previews.
pub(super) fn origin(html: &str) -> Option<String> {
    let (_, tag) = tags(html, &["meta"]).find(|(_, tag)| has(tag, "property", "og:image"))?;
    attribute(tag, "content")?.strip_suffix("/img/preview.png").map(str::to_owned)
}

/// Returns the base path that the program knows.
pub(super) fn base(html: &str) -> Option<String> {
    tags(html, &["main"]).find_map(|(_, tag)| attribute(tag, "data-base"))
}

/// Returns which page it is.
pub(super) fn name(html: &str) -> Option<String> {
    tags(html, &["main"]).find_map(|(_, tag)| attribute(tag, "data-page"))
}

/// Returns the nonce, which is another one in each response.
pub(super) fn nonce(html: &str) -> Option<String> {
    let (_, tag) = tags(html, &["input"]).find(|(_, tag)| has(tag, "name", "nonce"))?;
    attribute(tag, "value")
}

/// Returns the paths of the page's style sheet and script.
pub(super) fn assets(html: &str) -> [Option<String>; 2] {
    let style = tags(html, &["link"]).find(|(_, tag)| has(tag, "rel", "stylesheet"));
    let style = style.and_then(|(_, tag)| attribute(tag, "href")).filter(|href| is_path(href));
    let script = tags(html, &["script"]).find_map(|(_, tag)| attribute(tag, "src").filter(|src| is_path(src)));
    [style, script]
}

fn is_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// Returns the name of something that the program did not put into the page.
pub(super) fn foreign(html: &str) -> Option<String> {
    let own = format!("{}/assets/", base(html).unwrap_or_default());
    tags(html, &["script", "style", "iframe", "object", "embed", "base", "link", "img"]).find_map(|(name, tag)| {
        let address = attribute(tag, if name == "link" { "href" } else { "src" });
        match (name, address) {
            ("script", None) => Some("a script in the page itself".to_owned()),
            ("script", Some(src)) if !src.starts_with(&own) => Some(format!("a script from {}", shown(&src))),
            ("link" | "img", Some(address)) if !is_path(&address) => Some(format!("<{name}> of {}", shown(&address))),
            ("script" | "link" | "img", _) => None,
            (name, _) => Some(format!("<{name}>")),
        }
    })
}

/// Returns the start of an address without control characters.
fn shown(address: &str) -> String {
    address.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::{assets, base, foreign, name, nonce, origin};

    const PAGE: &str = "<head><link rel=\"stylesheet\" href=\"/b&#x2F;assets/0a/css/app.css\">\
        <meta property=\"og:image\" content=\"https:&#x2F;&#x2F;x.example/b/img/preview.png\">\
        <script type=\"module\" src=\"/b/assets/0a/js/pages/open.js\"></script></head>\
        <main id=\"main\" data-page=\"open\" data-base=\"/b\"><input type=\"hidden\" name=\"nonce\" value=\"abc\"></main>";

    #[test]
    fn a_page_tells_where_the_program_believes_to_be() {
        assert_eq!(origin(PAGE).as_deref(), Some("https://x.example/b"));
        assert_eq!(base(PAGE).as_deref(), Some("/b"));
        assert_eq!(name(PAGE).as_deref(), Some("open"));
        assert_eq!(nonce(PAGE).as_deref(), Some("abc"));
        let [style, script] = assets(PAGE);
        assert_eq!(style.as_deref(), Some("/b/assets/0a/css/app.css"));
        assert_eq!(script.as_deref(), Some("/b/assets/0a/js/pages/open.js"));
        assert_eq!((origin("<p>"), base(""), nonce("<input>")), (None, None, None));
    }

    #[test]
    fn what_is_not_the_programs_own_is_found() {
        assert_eq!(foreign(PAGE), None);
        for inserted in [
            "<script>alert(1)</script>",
            "<SCRIPT SRC='https://evil.example/x.js'></SCRIPT>",
            "<script src=//evil.example/x.js></script>",
            "<script src=\"/cdn-cgi/x.js\"></script>",
            "<style>p{}</style>",
            "<iframe src=\"/b/assets/x\"></iframe>",
            "<link rel=preload href=https://evil.example>",
            "<img src=\"https://evil.example/pixel\">",
        ] {
            let page = PAGE.replace("</head>", &format!("{inserted}</head>"));
            assert!(foreign(&page).is_some(), "{inserted}");
        }
    }
}
