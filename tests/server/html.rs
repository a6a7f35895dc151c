//! Minimal HTML extraction, sufficient for the site's own pages.

use crate::client::Response;

/// Decodes HTML entities.
pub fn unescape(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter)).replace("&amp;", "&")
}

/// The body with slashes decoded, as browsers read it.
pub fn plain(page: &Response) -> String {
    page.text().replace("&#x2F;", "/")
}

/// The page as rendered without scripts: templates that scripts insert later are removed.
pub fn seen(page: &Response) -> String {
    let mut text = plain(page);
    while let Some(start) = text.find("<template") {
        let end = start + text[start..].find("</template>").expect("templates are closed") + "</template>".len();
        text.replace_range(start..end, "");
    }
    text
}

/// Returns a page without the server's time, which differs from one response to the next.
pub fn timeless(html: &str) -> String {
    let mark = "data-now=\"";
    let ends = |(before, rest): (&str, &str)| Some(format!("{before}{mark}\"{}", rest.split_once('"')?.1));
    html.split_once(mark).and_then(ends).unwrap_or_else(|| html.to_owned())
}

/// Fails unless the response is an HTML page; returns its visible part without the server's time.
#[track_caller]
pub fn page(response: &Response, status: u16) -> String {
    assert_eq!(response.status, status, "{}", response.text());
    assert_eq!(response.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(response.header("cache-control"), Some("no-store, no-transform"));
    timeless(&seen(response))
}

/// Returns the first tag that contains all of `marks`.
pub fn tag<'a>(html: &'a str, marks: &[&str]) -> Option<&'a str> {
    html.split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
        .find(|tag| marks.iter().all(|mark| tag.contains(mark)))
}

/// Returns an attribute of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(unescape(rest.split('"').next()?))
}

/// Returns the value of the input with this name.
#[track_caller]
pub fn value(html: &str, name: &str) -> String {
    let tag = tag(html, &["input", &format!(" name=\"{name}\"")]).unwrap_or_else(|| panic!("no field {name}: {html}"));
    attribute(tag, "value").unwrap_or_default()
}

/// Returns the content of the first element whose opening tag contains all of `marks`; it must not nest an element of
/// its own kind.
#[track_caller]
pub fn inside(html: &str, marks: &[&str]) -> String {
    let tag = tag(html, marks).unwrap_or_else(|| panic!("no element with {marks:?}: {html}"));
    let name = tag.split_whitespace().next().unwrap();
    let start = html.find(tag).unwrap() + tag.len() + 1;
    let length = html[start..].find(&format!("</{name}>")).unwrap();
    unescape(&html[start..start + length])
}

/// Returns the page's heading.
#[track_caller]
pub fn h1(html: &str) -> String {
    assert_eq!(html.matches("<h1").count(), 1, "one h1: {html}");
    inside(html, &["h1 "])
}

/// Returns the message that a page shows.
#[track_caller]
pub fn message(html: &str) -> String {
    inside(html, &["div ", "id=\"message\""])
}

/// Returns the link that a page shows.
#[track_caller]
pub fn link(html: &str) -> String {
    inside(html, &["textarea ", "id=\"link\""]).trim().to_owned()
}
