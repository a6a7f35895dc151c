//! Tests that messages, form values and the site name are rendered as text.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::pages::ReceiverPage;
use crate::server::{Options, Server};
use crate::with_permit;
use serde_json::json;

/// Injection payloads: HTML in every context, templates, scripts, styles, encodings, text direction.
const CORPUS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT>",
    "<script src=//127.0.0.1:1/x.js></script>",
    "<script>alert`1`</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=\"alert(1)\">",
    "<img/src=x/onerror=alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>parent.alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//127.0.0.1:1/>",
    "<link rel=stylesheet href=//127.0.0.1:1/x.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<style>*{display:none}</style>",
    "<style>@import '//127.0.0.1:1/x.css';</style>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</template><script>alert(1)</script>",
    "</div></section></main><script>alert(1)</script>",
    "<form action=javascript:alert(1)><button>Open it now</button></form>",
    "<a href=javascript:alert(1)>click</a>",
    "<a href=\"java\tscript:alert(1)\">click</a>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "`><img src=x onerror=alert(1)>",
    "--><img src=x onerror=alert(1)><!--",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<x onclick=alert(1) id=password>",
    "{{ 7 * 7 }}{% raw %}{{ __tera_context }}",
    "{% include \"base\" %}{$site}{ $n -> }",
    "${alert(1)}$&$1\\u003cscript\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u{feff}<script>alert(1)</script>\u{202e}<txet detrever>",
    "javascript:alert(1)",
];

/// Number of payloads in one message.
const TOGETHER: usize = 9;

/// Fails if the page has inline scripts or `alert` was called.
async fn unharmed(browser: &Browser) {
    let odd = "(() => ({
        scripts: [...document.querySelectorAll('script')].filter((script) => !script.src.includes('/assets/')).length,
        handlers: [...document.querySelectorAll('*')].filter((element) =>
            element.getAttributeNames().some((name) => name.startsWith('on') || name === 'srcdoc')).length,
        // The page's own icons and drawings have these classes.
        others: [...document.querySelectorAll('main :is(img, svg, iframe, object, embed, video, audio, base, link, meta, style, math)')]
            .filter((element) => !element.matches('.icon, .scene, .scene > svg')).length,
        calls: window.calls ?? 0 }))()";
    let found = browser.eval(odd).await;
    assert_eq!(found, json!({ "scripts": 0, "handlers": 0, "others": 0, "calls": 0 }));
}

#[test]
fn a_message_is_rendered_as_text_only() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            browser.at_start_of_pages("window.alert = () => { window.calls = (window.calls ?? 0) + 1; };");
            for texts in CORPUS.chunks(TOGETHER) {
                let message = texts.join("\n");
                let share = Share::new(&message);
                client.create(&share);
                let shown = ReceiverPage(&browser).open(&share.link.url(&server.url()), scripts, None).await;
                assert_eq!(shown, message, "the message is shown verbatim");
                assert_eq!(browser.eval("document.querySelector('[data-slot=message]').childElementCount").await, 0);
                unharmed(&browser).await;
                if scripts {
                    ReceiverPage(&browser).clear().await;
                }
            }
            browser.close().await;
        }
        println!("payloads rendered as text: {} with scripts, {0} without", CORPUS.len());
    });
}

#[test]
fn values_echoed_in_a_form_are_rendered_as_text_only() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::without_scripts().await;
        let all = CORPUS.join(" ");
        browser.goto(&server.url()).await;
        let fill = "document.getElementById('message').value = arguments[0];
            document.getElementById('password').value = 'abc';";
        browser.run(fill, vec![all.as_str().into()]).await;
        browser.to_next_page(browser.click("#create button.main")).await;
        browser.wait_for("#problems").await;
        assert_eq!(browser.eval("document.getElementById('message').value").await, all.as_str());
        unharmed(&browser).await;
        let line = all.replace('\t', " ");
        for (page, button) in [
            (format!("/s/{}", "0".repeat(16)), "#ask [data-action=open]"),
            ("/status".into(), "#status-form button.main"),
        ] {
            browser.goto(&format!("{}{page}", server.url())).await;
            browser.run("document.getElementById('link').value = arguments[0]", vec![line.as_str().into()]).await;
            browser.to_next_page(browser.click(button)).await;
            assert_eq!(browser.eval("document.getElementById('link').value").await, line.as_str());
            unharmed(&browser).await;
        }
        browser.close().await;
    });
}

#[test]
fn the_site_name_is_rendered_as_text_only() {
    with_permit(async {
        let browser = Browser::start().await;
        let folder = tempfile::TempDir::new().unwrap();
        let names: Vec<&str> = CORPUS.iter().copied().filter(|name| name.chars().count() <= 60).step_by(6).collect();
        for name in &names {
            // In a file, because Rocket guesses the types of environment variables. TOML quotes as JSON does.
            let file = folder.path().join("Rocket.toml");
            std::fs::write(&file, format!("[default]\nsite_name = {}\n", json!(name))).unwrap();
            let server = Options::default().set("config", file.display()).start();
            for (path, heading) in [
                ("/", "Send something that opens once"),
                ("/s/0000000000000000#1", "This link is not complete"),
                ("/status", "See if it was opened"),
                ("/about", "How this works"),
                ("/nothing", "This page is not here"),
            ] {
                browser.goto(&format!("{}{path}", server.url())).await;
                browser.heading(heading).await;
                assert_eq!(browser.text("header.site a").await, *name);
                browser.until(&format!("document.title === {}", json!(format!("{heading} – {name}")))).await;
                unharmed(&browser).await;
            }
        }
        println!("site names rendered as text: {}", names.len());
        browser.close().await;
    });
}
