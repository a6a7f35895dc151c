//! Tests how an opened message is shown and copied: long ones, code and columns, every byte.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;
use fantoccini::key::Key;
use serde_json::json;

const CODE: &str = "fn main() {\n    let n = 1;\n    println!(\"{n}\");\n}\n";
const COLUMNS: &str = "name     place    paid\nAda      London   12\nGrace    New York 7\n";
const TABS: &str = "name\tplace\nAda\tLondon\nGrace\tNew York";
const PROSE: &str = "Dear Ada,\n\nthe code is 4711.  Ring twice; then wait.\n\nYours,\nGrace\n";

async fn opens(browser: &Browser, server: &Server, message: &str) {
    let share = Share::new(message);
    Client::new(server.url()).create(&share);
    assert_eq!(ReceiverPage(browser).open(&share.link.url(&server.url()), true, None).await, message);
}

#[test]
fn code_and_columns_keep_their_spaces_by_a_press() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let style = |name: &str| format!("getComputedStyle(document.getElementById('message')).{name}");
        for message in [CODE, COLUMNS, TABS] {
            opens(&browser, &server, message).await;
            assert_eq!(browser.eval(&style("whiteSpace")).await, "pre-wrap", "only by a press");
            assert_eq!(browser.text("[data-action=align-message]").await, "Show as columns");
            browser.click("[data-action=align-message]").await;
            assert_eq!(browser.eval(&style("whiteSpace")).await, "pre");
            assert!(browser.eval(&style("fontFamily")).await.as_str().unwrap().contains("monospace"));
            assert_eq!(browser.eval("document.getElementById('message').tabIndex").await, 0, "scrolls by keyboard");
            browser.click("[data-action=align-message]").await;
            assert_eq!(browser.eval(&style("whiteSpace")).await, "pre-wrap");
        }
        for message in [PROSE, "one line", "  quoted\nby one line"] {
            opens(&browser, &server, message).await;
            assert!(!browser.is_visible("[data-action=align-message]").await, "{message}");
        }
        browser.close().await;
    });
}

#[test]
fn a_long_message_folds_after_forty_lines() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let lines = "(() => { const box = document.getElementById('message'), style = getComputedStyle(box);
            const space = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
            return Math.round(10 * (box.clientHeight - space) / parseFloat(style.lineHeight)) / 10; })()";
        opens(&browser, &server, &"a line\n".repeat(60)).await;
        let folded = browser.eval(lines).await;
        assert_eq!(folded, 40.0, "whole lines");
        assert_eq!(browser.eval("getComputedStyle(document.getElementById('message')).paddingBottom").await, "0px");
        assert_eq!(browser.text("[data-action=fold-message]").await, "Show the rest");
        browser.click("[data-action=fold-message]").await;
        assert!(browser.eval(lines).await.as_f64().unwrap() >= 60.0);
        assert_eq!(browser.text("[data-action=fold-message]").await, "Show less");
        browser.click("[data-action=hide-message]").await;
        assert!(!browser.is_visible("[data-action=fold-message]").await, "nothing to fold");
        browser.click("[data-action=hide-message]").await;
        browser.click("[data-action=fold-message]").await;
        assert_eq!(browser.eval(lines).await, folded);

        // A copy that fails shows the message, and hiding it takes back what was said of it.
        let refuse = "Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;";
        browser.run(refuse, Vec::new()).await;
        browser.click("[data-action=hide-message]").await;
        assert_eq!(browser.text("[data-action=hide-message]").await, "Show");
        browser.click("[data-action=copy-message]").await;
        browser.wait_for("[data-slot=copy-problem]").await;
        assert_eq!(browser.text("[data-action=hide-message]").await, "Hide");
        browser.click("[data-action=hide-message]").await;
        assert!(!browser.is_visible("[data-slot=copy-problem]").await);

        opens(&browser, &server, &"a line\n".repeat(39)).await;
        assert!(!browser.is_visible("[data-action=fold-message]").await);
        // A long paragraph has no line breaks of its own, and more lines on a narrower page.
        opens(&browser, &server, &"word ".repeat(400)).await;
        assert!(!browser.is_visible("[data-action=fold-message]").await);
        browser.width(320, 640);
        browser.wait_for("[data-action=fold-message]").await;
        browser.close().await;
    });
}

#[test]
fn a_message_is_copied_as_it_was_sent() {
    with_permit(async {
        let server = Server::start();
        let without = "delete Navigator.prototype.clipboard;";
        for (message, source) in [
            ("first\r\n\tsecond  \r\n\r\n", ""),
            ("first\r\n\tsecond  \r\n\r\n", without),
            ("\u{feff}  no break at the end\u{a0}", ""),
            ("one\n", ""),
            ("old\rMac", ""),
        ] {
            let browser = Browser::start().await;
            browser.at_start_of_pages(source);
            opens(&browser, &server, message).await;
            browser.click("[data-action=copy-message]").await;
            browser.until("document.getElementById('status').textContent === 'Message copied'").await;
            let page = browser.client.new_window(true).await.unwrap();
            browser.client.switch_to_window(page.handle).await.unwrap();
            SenderPage(&browser).visit(&server.url(), true).await;
            // A field would change the line breaks.
            let listen = "document.addEventListener('paste', (event) => {
                window.pasted = event.clipboardData.getData('text/plain'); });";
            browser.run(listen, Vec::new()).await;
            browser.click("#message").await;
            browser.keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await;
            assert_eq!(browser.until_some("window.pasted ?? null").await, json!(message));
            browser.close().await;
        }
    });
}
