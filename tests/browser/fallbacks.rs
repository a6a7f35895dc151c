//! Tests pages whose style sheet, storage, or room on the screen is missing, and content pasted from file managers.

use crate::browser::{Browser, Options};
use crate::contents::File;
use crate::device::{LOST, MIB};
use crate::files_saving::sent;
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::{self, Server};
use crate::with_permit;
use serde_json::json;

#[test]
fn one_notice_about_encryption_shows_without_the_style_sheet() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.cdp("Network.enable", json!({}));
        browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*.css"] }));
        let shown = "[...document.querySelectorAll('.locking > *')].filter((notice) => notice.checkVisibility())
            .map((notice) => notice.dataset.by)";
        SenderPage(&browser).visit(&server.url(), true).await;
        assert_eq!(browser.eval(shown).await, json!(["browser"]));
        browser.scripts(false);
        browser.goto(&server.url()).await;
        assert_eq!(browser.eval(shown).await, json!(["server"]));
        browser.close().await;
    });
}

#[test]
fn an_opening_survives_a_reload_with_all_cookies_blocked() {
    with_permit(async {
        let server = Server::start();
        let files = [File::made("one.bin", 2 * MIB, 1), File::made("two.bin", 2 * MIB, 2)];
        let (_, link) = sent(&server, &server.url(), &files);
        let browser = Options::default().without_storage().start().await;
        browser.at_start_of_pages("delete window.showSaveFilePicker; delete window.showDirectoryPicker;");
        let receiver = ReceiverPage(&browser);
        receiver.follow(&link, true).await;
        assert_eq!(
            browser.eval("(() => { try { return sessionStorage.length } catch { return 'none' } })()").await,
            "none"
        );
        receiver.press().await;
        receiver.has("one.bin").await;
        browser.reload().await;
        browser.wait_for("#open [data-action=open]").await;
        receiver.press().await;
        receiver.has("one.bin").await;
        browser.close().await;
    });
}

#[test]
fn nothing_overflows_or_is_cut_on_a_narrow_screen_with_large_text() {
    with_permit(async {
        let server = server::Options::default().set("site_name", "OneTimeShareOfAnOrganisation").start();
        let browser = Browser::start().await;
        // As in browsers that do not size fields by content.
        browser.at_start_of_pages(
            "const supports = CSS.supports;
            CSS.supports = (...query) => query[0] !== 'field-sizing' && supports.apply(CSS, query);
            addEventListener('DOMContentLoaded', () => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync('textarea.link { field-sizing: fixed !important } html { font-size: 200% }');
                document.adoptedStyleSheets = [sheet];
            });",
        );
        browser.width(320, 640);
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        let over = "document.documentElement.scrollWidth - innerWidth";
        assert_eq!(browser.eval(over).await, 0);
        sender.write("narrow").await;
        sender.make().await;
        assert_eq!(browser.eval(over).await, 0);
        let field = "document.querySelector('main textarea.link')";
        browser.until(&format!("{field}.scrollHeight <= {field}.clientHeight")).await;
        assert!(browser.eval(&format!("{field}.rows")).await.as_u64().unwrap() > 3);

        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        assert_eq!(browser.eval("getComputedStyle(document.body).minHeight").await, "0px", "no blank second sheet");
        let asks = "(() => { const event = new Event('beforeunload', { cancelable: true });
            const asked = []; Object.defineProperty(event, 'returnValue', { set: (value) => asked.push(value) });
            dispatchEvent(event); return asked; })()";
        assert_eq!(browser.eval(asks).await, json!([true]), "Chrome before 119 asks too");
        browser.close().await;
    });
}

#[test]
fn files_from_file_managers_are_attached_and_text_stays_text() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        let paste = "const content = new DataTransfer();
            for (const name of arguments[0]) content.items.add(new File([name], name));
            for (const [type, text] of arguments[1]) content.setData(type, text);
            const event = new ClipboardEvent('paste', { clipboardData: content, bubbles: true, cancelable: true });
            document.getElementById('message').dispatchEvent(event);
            return event.defaultPrevented;";
        let mut chosen = 0;
        for (names, texts, attached) in [
            // The macOS Finder.
            (vec!["one.txt"], vec![["text/plain", "one.txt"]], true),
            (vec!["two.txt", "three.txt"], vec![["text/plain", "two.txt\rthree.txt"]], true),
            (vec!["re\u{301}sume\u{301}.pdf"], vec![["text/plain", "r\u{e9}sum\u{e9}.pdf"]], true),
            // File managers of Linux.
            (vec!["four.txt"], vec![["text/plain", "/home/someone/four.txt\n"]], true),
            (vec!["f\u{fc}nf 5%.txt"], vec![["text/plain", "file:///home/someone/f%C3%BCnf%205%25.txt\r\n"]], true),
            (vec!["100%.txt"], vec![["text/plain", "/home/someone/100%.txt"]], true),
            // Of Windows.
            (vec!["six.txt"], vec![["text/plain", "C:\\Users\\someone\\six.txt"]], true),
            // A screenshot.
            (vec!["image.png"], vec![], true),
            // Word and Excel.
            (vec!["image.png"], vec![["text/plain", "a\tb"], ["text/html", "<b>a</b>"]], false),
            (vec!["image.png"], vec![["text/plain", "image.png"], ["text/rtf", "x"]], false),
            (vec!["image.png"], vec![["text/plain", "some words"]], false),
        ] {
            let prevented = browser.run(paste, vec![json!(names), json!(texts)]).await;
            assert_eq!(prevented, attached, "{names:?} {texts:?}");
            chosen += if attached { names.len() } else { 0 };
            sender.chosen(chosen).await;
        }
        browser.close().await;
    });
}

#[test]
fn a_file_that_firefox_mixes_is_noticed() {
    with_permit(async {
        // The check itself, on files that read differently the second time.
        let server = Server::start();
        let agent = "--user-agent=Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        let browser = Options::default().argument(agent).start().await;
        browser.at_start_of_pages(
            "const read = Blob.prototype.arrayBuffer;
            window.reads = 0;
            Blob.prototype.arrayBuffer = async function () {
                const bytes = new Uint8Array(await read.call(this));
                if (bytes.length > 1000 && window.changing) bytes.fill(reads++ < 2 ? 1 : 2);
                return bytes.buffer;
            };",
        );
        let sender = SenderPage(&browser);
        for changing in [true, false] {
            sender.visit(&server.url(), true).await;
            let choose = "window.changing = arguments[0];
                const content = new DataTransfer();
                content.items.add(new File([new Uint8Array(9_000_000)], 'mixed.bin'));
                document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: content }));";
            browser.run(choose, vec![json!(changing)]).await;
            sender.chosen(1).await;
            browser.click("#create button.main").await;
            if changing {
                let said = "mixed.bin has changed. Choose it again";
                browser.until(&format!("document.querySelector('#files-problem')?.innerText.includes({said:?})")).await;
            } else {
                sender.made().await;
            }
        }
        browser.close().await;
    });
}
