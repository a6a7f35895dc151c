//! Tests the sender's pages: form values after errors, copying, and the status page.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::pages::{ASKS, ReceiverPage, SenderPage, StatusPage};
use crate::server::{Options, Server};
use crate::with_permit;
use fantoccini::key::Key;
use onetimeshare_envelope::Claim;
use serde_json::json;

#[test]
fn typed_input_survives_every_error() {
    with_permit(async {
        let server = Options::default().set("max_message", 40).start();
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            let sender = SenderPage(&browser);
            sender.visit(&server.url(), scripts).await;
            browser.click("input[name=lifetime][value='3600']").await;
            sender.protect("abc").await;
            browser.click("#create button.main").await;
            let problems = browser.wait_for("#problems").await;
            let text = problems.text().await.unwrap();
            assert!(
                text.contains("Write something") && text.contains("Make the password 6 characters or longer"),
                "{text}"
            );
            browser.until("document.activeElement.id === 'problems'").await;
            assert!(browser.title().await.starts_with("Problem: Send something that opens once"));
            assert_eq!(browser.eval("document.getElementById('message').getAttribute('aria-invalid')").await, "true");
            browser.click("#problems li:last-child a").await;
            browser.until("document.activeElement.id === 'password'").await;

            sender.write("x".repeat(43).as_str()).await;
            if scripts {
                assert_eq!(browser.text("#message-left").await, "3 characters too many");
            }
            browser.click("#create button.main").await;
            browser.until("document.getElementById('message-problem').textContent.includes('Make the message 3 characters shorter')").await;
            assert_eq!(
                browser.eval("document.getElementById('message').value.length").await,
                43,
                "the message is not truncated"
            );
            assert_eq!(browser.eval("document.getElementById('password').value").await, "abc");
            assert_eq!(browser.eval("document.querySelector('[name=lifetime]:checked').value").await, "3600");

            sender.write("short enough").await;
            sender.protect("long enough").await;
            let made = sender.make().await;
            assert!(!browser.is_visible("#problems").await);
            let client = Client::new(server.url());
            let owner = made.owner();
            assert_eq!(client.bare("GET", &format!("/api/v1/shares/{}", made.id()), &owner).json()["state"], "waiting");
            browser.close().await;
        }
    });
}

#[test]
fn a_failing_script_never_weakens_encryption_silently() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let browser = Browser::start().await;
        browser.expect("net::ERR_");
        let sender = SenderPage(&browser);
        // The page's script does not load: the form is posted to the server, and the page says so.
        proxy.lose("/js/pages/");
        sender.visit(&proxy.url(), false).await;
        assert!(browser.text(".locking [data-by=server]").await.starts_with("Not locked in your browser."));
        assert!(!browser.is_visible(".locking [data-by=browser]").await);
        sender.write("encrypted by the server").await;
        let made = sender.make().await;
        assert_eq!((proxy.count("POST / "), proxy.count("PUT /api/")), (1, 0));
        proxy.mend();
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "encrypted by the server");
        ReceiverPage(&browser).clear().await;

        // The password module does not load: nothing is sent, least of all without a password.
        proxy.lose("/js/lib/password.js");
        sender.visit(&proxy.url(), true).await;
        sender.write("only with a password").await;
        sender.protect("long enough").await;
        browser.click("#create button.main").await;
        let said = browser.text("main [data-slot=trouble]").await;
        assert!(said.starts_with("Something broke on our side."), "{said}");
        assert_eq!((proxy.count("POST / "), proxy.count("PUT /api/")), (1, 0));
        assert_eq!(browser.eval("document.getElementById('message').value").await, "only with a password");
        browser.close().await;
    });
}

/// Returns the clipboard's text, by pasting.
async fn pasted(browser: &Browser, server: &Server) -> String {
    let page = browser.client.new_window(true).await.unwrap();
    let here = browser.client.window().await.unwrap();
    browser.client.switch_to_window(page.handle.clone()).await.unwrap();
    SenderPage(browser).visit(&server.url(), true).await;
    browser.click("#message").await;
    browser.keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await;
    let text = browser.until_some("document.getElementById('message').value || null").await;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(here).await.unwrap();
    text.as_str().unwrap().to_owned()
}

#[test]
fn copied_is_shown_only_after_a_successful_copy() {
    with_permit(async {
        let server = Server::start();
        let missing = "delete Navigator.prototype.clipboard;";
        let refused =
            "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));";
        let no_event = "Document.prototype.execCommand = () => false;";
        let cases = [
            ("allowed", String::new(), true),
            ("refused by the settings, but the copy command works", String::new(), true),
            ("refused, but the copy command works", refused.to_owned(), true),
            ("missing, but the copy command works", missing.to_owned(), true),
            ("refused", format!("{refused}{no_event}"), false),
            ("missing", format!("{missing}{no_event}"), false),
        ];
        for (name, source, works) in cases {
            let browser = Browser::start().await;
            if name.contains("settings") {
                let refusal = json!({ "permission": { "name": "clipboard-write" }, "setting": "denied" });
                browser.cdp("Browser.setPermission", refusal);
            }
            browser.at_start_of_pages(&source);
            let made = SenderPage(&browser).send(&server.url(), true, name, None).await;
            let state = "return (await navigator.permissions.query({ name: 'clipboard-write' })).state";
            assert_eq!(browser.run_async(state, Vec::new()).await == "denied", name.contains("settings"), "{name}");
            let said = "document.getElementById('status').textContent || null";
            browser.click("[data-action=copy]").await;
            let message = browser.until_some(said).await;
            if works {
                assert_eq!(message, "Link copied", "{name}");
                assert_eq!(browser.text("[data-action=copy]").await, "Copied", "{name}");
                assert_eq!(pasted(&browser, &server).await, made.link, "{name}");
                browser.click("[data-slot=code-box] summary").await;
                browser.click("[data-action=copy-note]").await;
                browser.until("document.querySelector('[data-action=copy-note]').textContent === 'Copied'").await;
                let note = pasted(&browser, &server).await;
                assert!(note.starts_with("I sent you something. It opens one time, before "), "{note}");
                assert!(note.ends_with(&format!("\n{}", made.link)), "{note}");
                if name == "allowed" {
                    browser.until("document.querySelector('[data-action=copy]').textContent === 'Copy link'").await;
                }
            } else {
                let fails = "Copying did not work. The link is selected. Copy it by hand.";
                assert_eq!(message, fails, "{name}");
                assert_eq!(browser.text("[data-slot=copy-problem]").await, fails, "{name}");
                assert_eq!(browser.text("[data-action=copy]").await, "Copy link", "{name}");
                let selected = "(() => { const field = document.querySelector('[data-slot=link]');
                    return field.value.slice(field.selectionStart, field.selectionEnd); })()";
                assert_eq!(browser.eval(selected).await, made.link.as_str(), "{name}");
            }
            browser.close().await;
        }
    });
}

#[test]
fn the_status_page_updates_itself() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::with("watched", Some("right"), 3_600);
        client.create(&share);
        let status = StatusPage(&browser);
        status.visit(&format!("{}/status#{}", server.url(), share.owner.expose()), true).await;
        status.says("Not opened yet").await;
        assert!(!browser.is_visible("[data-slot=wrong-passwords]").await);
        browser.run("document.querySelector('h1').here = true", Vec::new()).await;

        let mut wrong = Share::with("", Some("wrong"), 3_600);
        wrong.link = share.link.clone();
        assert_eq!(client.open(&wrong, &Claim::random().unwrap()).status, 403);
        let line = browser.text("[data-slot=wrong-passwords]").await;
        assert_eq!(line, "1 wrong password so far.");
        browser.until("document.getElementById('status').textContent === '1 wrong password so far.'").await;
        assert_eq!(browser.eval("document.querySelector('h1').here").await, true, "only the line of text changed");

        let claim = Claim::random().unwrap();
        assert_eq!(client.open(&share, &claim).status, 200);
        status.says("Opened").await;
        browser.until("document.getElementById('status').textContent === 'Opened'").await;
        assert_eq!(browser.title().await, "Opened – OneTimeShare");
        assert!(!browser.is_visible("[data-action=delete]").await);
        browser.close().await;
    });
}

#[test]
fn deleting_asks_for_confirmation() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            let share = Share::new("taken back");
            client.create(&share);
            let status = StatusPage(&browser);
            status.visit(&format!("{}/status#{}", server.url(), share.owner.expose()), scripts).await;
            for keep in [true, false] {
                status.says("Not opened yet").await;
                browser.click("main .card button.danger").await;
                status.says("Delete it now?").await;
                assert_eq!(client.peek(&share).json()["state"], "waiting");
                if keep {
                    browser.click("main .actions button:not(.danger)").await;
                } else {
                    browser.click("main .actions button.danger").await;
                }
            }
            status.says("Deleted by you").await;
            assert_eq!(client.peek(&share).json()["state"], "deleted");
            browser.close().await;
        }
    });
}

#[test]
fn submitting_the_same_form_twice_creates_one_share() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::without_scripts().await;
        let sender = SenderPage(&browser);
        sender.send(&server.url(), false, "only once", None).await;
        // Reloading the response page submits the form again.
        browser.client.refresh().await.unwrap();
        browser.heading("You already made this link").await;
        browser.close().await;
    });
}

#[test]
fn leaving_the_link_page_asks_until_the_link_was_copied() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        SenderPage(&browser).send(&server.url(), true, "do not lose it", None).await;
        assert_eq!(browser.eval("document.activeElement.tagName").await, "H1");
        assert_eq!(browser.eval(ASKS).await, true);
        browser.click("[data-action=copy]").await;
        browser.until("document.querySelector('[data-action=copy]').textContent === 'Copied'").await;
        assert_eq!(browser.eval(ASKS).await, false);
        browser.close().await;
    });
}
