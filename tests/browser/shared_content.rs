//! Tests content that other apps and sites send to the create page: it enters the form only after a question.

use crate::browser::Browser;
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::web_app::{kept, worker};
use crate::with_permit;
use serde_json::{Value, json};

const QUESTION: &str = "Another app or site sent this. Put it in your message?";

/// Posts a form to the address in the first argument, with the files that the second one names.
const SHARE: &str = "const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: arguments[0], enctype: 'multipart/form-data' });
    for (const [name, text] of [['title', 'A title'], ['text', 'A text \\u{1F642}'], ['url', 'A title']]) {
        const field = document.createElement('input');
        Object.assign(field, { name, value: text });
        form.append(field);
    }
    const chosen = new DataTransfer();
    for (const name of arguments[1]) chosen.items.add(new File([name.repeat(1000)], name));
    const field = document.createElement('input');
    Object.assign(field, { type: 'file', name: 'files', multiple: true, files: chosen.files });
    form.append(field);
    document.body.append(form);
    form.submit();";

/// Sends content to the site from the page that the window shows.
pub async fn share(browser: &Browser, site: &str, files: &[&str]) {
    let arguments = vec![format!("{site}/share").into(), json!(files)];
    browser.to_next_page(async { drop(browser.run(SHARE, arguments).await) }).await;
    browser.wait_for("#shared-heading").await;
}

/// Message and number of files in the form.
async fn form(browser: &Browser) -> Value {
    browser
        .eval("[create.elements.message.value, document.querySelectorAll('#files [data-slot=files] li').length]")
        .await
}

#[test]
fn content_of_another_app_enters_the_form_when_the_sender_agrees() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        worker(&browser).await;
        let names = ["one.txt", "דוח 2.pdf"];
        share(&browser, &proxy.url(), &names).await;
        assert_eq!(browser.text("#shared-heading").await, QUESTION);
        assert_eq!(form(&browser).await, json!(["", 0]), "nothing is filled in yet");
        assert_eq!(browser.text("[data-slot=shared-message]").await, "A title\nA text 🙂");
        let shown = "[...document.querySelectorAll('[data-slot=shared-files] li')].map((row) => row.textContent)";
        assert_eq!(browser.eval(shown).await, json!(names));
        assert_eq!(browser.eval("document.activeElement.getAttribute('aria-labelledby')").await, "shared-heading");
        browser.click("[data-action=shared-add]").await;
        sender.chosen(2).await;
        browser.until("document.getElementById('status').textContent === '2 files added'").await;
        assert_eq!(form(&browser).await, json!(["A title\nA text 🙂", 2]));
        assert_eq!(browser.eval("document.activeElement.id").await, "message");
        assert!(!browser.is_visible("#shared-heading").await);
        assert_eq!(browser.address().await, format!("{}/", proxy.url()), "the ticket is used up");
        let made = sender.make().await;
        assert_eq!(proxy.count("/share "), 0, "the server received no request");
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "A title\nA text 🙂");
        for name in names {
            ReceiverPage(&browser).has(name).await;
        }

        // A ticket that is unknown or used up shows a notice with a link to the form.
        sender.visit(&format!("{}/about", proxy.url()), false).await;
        browser.goto(&format!("{}/#shared={}", proxy.url(), "0".repeat(36))).await;
        browser.heading("Choose your files again").await;
        assert_eq!(proxy.count("GET /share "), 1);
        browser.click("main .actions a").await;
        browser.heading("Send something that opens once").await;
        assert_eq!(
            kept(&browser).await,
            json!(["/assets/*/css/app.css", "/assets/*/img/favicon.svg", "/assets/*/js/pages/offline.js", "/offline"])
        );
        browser.close().await;
    });
}

#[test]
fn content_of_another_site_is_shown_and_left_out() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        worker(&browser).await;
        browser.goto("data:text/html,<title>another site</title><body>").await;
        share(&browser, &server.url(), &["bad.exe"]).await;
        assert_eq!(browser.text("#shared-heading").await, QUESTION);
        assert_eq!(form(&browser).await, json!(["", 0]));
        browser.click("[data-action=shared-drop]").await;
        assert!(!browser.is_visible("#shared-heading").await);
        assert_eq!(form(&browser).await, json!(["", 0]));
        assert_eq!(browser.eval("document.activeElement.id").await, "message");
        sender.write("my own").await;
        let made = sender.make().await;
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "my own");
        browser.close().await;
    });
}
