//! Tests passwords of the create page: their shortest length, and those that the page makes.

use crate::browser::Browser;
use crate::client::{Client, Response};
use crate::fault_proxy::Proxy;
use crate::pages::{NewLink, ReceiverPage, SenderPage};
use crate::server::{Options, Server};
use crate::with_permit;
use onetimeshare_envelope::Link;
use onetimeshare_envelope::keys::LinkKeys;
use serde_json::json;

const LIST: &str = "/js/lib/passphrase.js";
const NONE_MADE: &str = "We could not make one. Type your own";

async fn ask(browser: &Browser) {
    if !browser.is_visible("#password").await {
        browser.click("details.more summary").await;
    }
    browser.click("[data-action=make-password]").await;
}

async fn made_password(browser: &Browser) -> String {
    let value = browser.until_some("document.getElementById('password').value || null").await;
    value.as_str().unwrap().to_owned()
}

/// The state of a share: it tells whether there is a password.
fn peek(client: &Client, made: &NewLink) -> Response {
    let link = Link::parse(&made.link).unwrap();
    let proof = LinkKeys::derive(&link.id, &link.key).open_proof().expose();
    client.json("POST", &format!("/api/v1/shares/{}/peek", link.id), None, &json!({ "open_proof": proof }))
}

#[test]
fn the_shortest_password_is_said_before_it_is_typed() {
    with_permit(async {
        for (least, hint) in [
            (None, "Use 6 characters or more. Tell them another way, like a phone call."),
            (Some(1), "Use 1 character or more. Tell them another way, like a phone call."),
        ] {
            let server =
                least.map_or_else(Options::default, |least| Options::default().set("password_min", least)).start();
            for scripts in [true, false] {
                let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
                let sender = SenderPage(&browser);
                sender.visit(&server.url(), scripts).await;
                browser.click("details.more summary").await;
                assert_eq!(browser.text("#password-hint").await, hint);
                assert_eq!(
                    browser.eval("document.getElementById('password').getAttribute('aria-describedby')").await,
                    "password-hint"
                );
                sender.write("guarded").await;
                if least.is_none() {
                    sender.protect("abcde").await;
                    browser.click("#create button.main").await;
                    let said = browser.text("#password-problem").await;
                    assert_eq!(said, "Problem:\nMake the password 6 characters or longer");
                }
                sender.protect("abcdef").await;
                let made = sender.make().await;
                assert_eq!(peek(&Client::new(server.url()), &made).json()["password"], true);
                browser.goto("about:blank").await;
                browser.close().await;
            }
        }
    });
}

#[test]
fn a_made_password_has_five_words_of_1536_and_opens() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.write("guarded").await;
        ask(&browser).await;
        let password = made_password(&browser).await;
        assert_eq!(password.split(' ').count(), 5, "{password}");
        assert_eq!(browser.eval("document.getElementById('password').type").await, "text", "shown");
        assert_eq!(browser.text("[data-action=show-password]").await, "Hide");
        browser.until("document.activeElement.id === 'password'").await;

        let lists = "const base = document.querySelector('script[src]').src.split('/js/')[0];
            const { WORDS } = await import(`${base}/js/lib/wordlist.js`);
            const { MORE_WORDS } = await import(`${base}/js/lib/passphrase-words.js`);
            const { makePassphrase } = await import(`${base}/js/lib/passphrase.js`);
            const all = new Set([...WORDS, ...MORE_WORDS]);
            const seen = new Set(Array.from({ length: 6000 }, () => makePassphrase().split(' ')).flat());
            const fine = [...all].every((word) => /^[a-z]{3,8}$/.test(word));
            return [all.size, seen.size, fine, [...seen].every((word) => all.has(word))];";
        // 30,000 draws miss one of 1,536 words once in 200,000 times.
        assert_eq!(browser.run_async(lists, Vec::new()).await, json!([1536, 1536, true, true]));
        assert!(5.0 * 1536_f64.log2() > 52.0);

        browser.click("[data-action=show-password]").await;
        assert_eq!(browser.eval("document.getElementById('password').type").await, "password");
        let made = sender.make().await;
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, Some(&password)).await, "guarded");
        browser.close().await;
    });
}

#[test]
fn no_word_is_cut_off_on_narrow_screens() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        browser.width(320, 640);
        sender.visit(&server.url(), true).await;
        ask(&browser).await;
        let mut password = made_password(&browser).await;
        // A short one fits into the field.
        while password.len() < 32 {
            browser.click("[data-action=make-password]").await;
            let other = format!("(document.getElementById('password').value !== '{password}') || null");
            browser.until_some(&other).await;
            password = made_password(&browser).await;
        }
        let line = "[data-slot=whole-password]";
        assert_eq!(browser.text(line).await, password);
        let fits = "(() => { const line = document.querySelector('[data-slot=whole-password]');
            const range = document.createRange();
            range.selectNodeContents(line);
            return [...range.getClientRects()].every((box) => box.left >= 0 && box.right <= innerWidth)
                && line.scrollWidth <= line.clientWidth; })()";
        assert_eq!(browser.eval(fits).await, true);
        browser.click("[data-action=show-password]").await;
        let hidden = "document.querySelector('[data-slot=whole-password]').textContent";
        assert_eq!(browser.eval(hidden).await, "", "a hidden password is nowhere in the page");
        sender.write("guarded").await;
        sender.make().await;
        browser.click("[data-action=show-made]").await;
        assert_eq!(browser.text("[data-slot=password-shown]").await, password);
        assert_eq!(browser.eval("document.documentElement.scrollWidth").await, 320);
        browser.click("[data-action=copy]").await;
        browser.until("!document.querySelector('[data-slot=copied-next]').hidden").await;
        browser.close().await;
    });
}

#[test]
fn nothing_is_sent_without_the_password_that_was_asked_for() {
    with_permit(async {
        let server = Server::start();
        let (proxy, client) = (Proxy::to(server.port), Client::new(server.url()));
        let browser = Browser::start().await;
        browser.expect("net::ERR_");
        // Ends the wait for the word list after 3 seconds.
        browser.at_start_of_pages(crate::device::HURRY);
        let sender = SenderPage(&browser);

        // The list is slow: sending waits for it.
        proxy.hold(LIST);
        sender.visit(&proxy.url(), true).await;
        sender.write("slow").await;
        ask(&browser).await;
        crate::device::until("the list", || proxy.count(LIST) > 0).await;
        browser.click("#create button.main").await;
        browser.until("document.querySelector('#create button.main').textContent === 'Making your link…'").await;
        assert_eq!(proxy.count("PUT /api/"), 0);
        proxy.mend();
        let made = sender.made().await;
        assert_eq!(peek(&client, &made).json()["password"], true);
        browser.click("[data-action=show-made]").await;
        assert_eq!(browser.text("[data-slot=password-shown]").await.split(' ').count(), 5);
        browser.click("[data-action=copy]").await;
        browser.until("!document.querySelector('[data-slot=copied-next]').hidden").await;

        // The list does not come, or not in time: nothing is sent, and the page says why.
        for lost in [true, false] {
            let sent = proxy.count("PUT /api/");
            if lost {
                proxy.lose(LIST);
            } else {
                proxy.hold(LIST);
            }
            browser.cdp("Network.clearBrowserCache", json!({}));
            sender.visit(&proxy.url(), true).await;
            sender.write("only with a password").await;
            ask(&browser).await;
            browser
                .until(&format!("document.getElementById('password-problem').textContent.includes('{NONE_MADE}')"))
                .await;
            browser.click("#create button.main").await;
            browser.until("document.activeElement.id === 'password'").await;
            assert_eq!(browser.text("#password-problem").await, format!("Problem:\n{NONE_MADE}"));
            assert_eq!(proxy.count("PUT /api/"), sent, "lost {lost}");
            // Sending again tries again.
            proxy.mend();
            let made = sender.make().await;
            assert_eq!(peek(&client, &made).json()["password"], true);
            browser.click("[data-action=copy]").await;
            browser.until("!document.querySelector('[data-slot=copied-next]').hidden").await;
        }

        // What is typed meanwhile counts, and is not replaced.
        proxy.hold(LIST);
        browser.cdp("Network.clearBrowserCache", json!({}));
        sender.visit(&proxy.url(), true).await;
        sender.write("typed").await;
        ask(&browser).await;
        crate::device::until("the list", || proxy.count(LIST) > 0).await;
        sender.protect("typed instead").await;
        proxy.mend();
        let made = sender.make().await;
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, Some("typed instead")).await, "typed");
        browser.close().await;
    });
}
