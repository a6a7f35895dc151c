//! Tests failures between clicking "Open it now" and showing the message, and the pages of ended shares.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::device::LOST;
use crate::fault_proxy::Proxy;
use crate::pages::{ASKS, ReceiverPage, SenderPage, double_click};
use crate::server::{Options, Server};
use crate::with_permit;
use onetimeshare_envelope::{Claim, Link};
use serde_json::json;

/// Returns the page's text without times.
async fn words(browser: &Browser) -> String {
    browser.eval("document.querySelector('main').innerText").await.as_str().unwrap().to_owned()
}

#[test]
fn a_lost_response_is_retried() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        browser.expect(LOST);
        let sender = SenderPage(&browser);
        proxy.drop_response("PUT /api/v1/shares/");
        let made = sender.send(&proxy.url(), true, "confirmed once", None).await;
        assert!(proxy.count("PUT /api/v1/shares/") >= 2, "the request was retried");
        let receiver = ReceiverPage(&browser);
        receiver.follow(&made.link, true).await;
        assert!(browser.is_visible("[data-slot=own]").await, "the sender of the link is warned");
        proxy.drop_response("/open ");
        proxy.drop_response("/confirm ");
        receiver.press().await;
        assert_eq!(receiver.message().await, "confirmed once");
        receiver.clear().await;
        assert!(proxy.count("/open ") >= 2 && proxy.count("/confirm ") >= 2);
        assert_eq!(proxy.lost(), 3);
        let owner = made.owner();
        let status = client.bare("GET", &format!("/api/v1/shares/{}", made.id()), &owner).json();
        assert!(status["confirmed_at"].is_string());

        // Without any response the page shows an error, and the next click retries.
        let share = Share::new("later");
        client.create(&share);
        receiver.follow(&share.link.url(&proxy.url()), true).await;
        proxy.lose("/open ");
        receiver.press().await;
        let said = browser.text("[data-slot=trouble]").await;
        assert_eq!(said, "We could not reach OneTimeShare. It is safe to try again.");
        assert_eq!(client.peek(&share).json()["state"], "waiting");
        proxy.mend();
        receiver.press().await;
        assert_eq!(receiver.message().await, "later");
        browser.close().await;
    });
}

#[test]
fn a_wrong_password_consumes_nothing() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            let share = Share::with("behind a password", Some("right one"), 3_600);
            client.create(&share);
            let link = share.link.url(&server.url());
            let receiver = ReceiverPage(&browser);
            receiver.follow(&link, scripts).await;
            for left in ["4 more times", "3 more times"] {
                receiver.password("wrong one").await;
                receiver.press().await;
                let said = format!("Problem: That password is not right. You can try {left}.");
                browser
                    .until(&format!("document.getElementById('password-problem').textContent === {}", json!(said)))
                    .await;
                // Scripts keep the words, selected: a single letter may be wrong. The server never repeats them.
                let selected =
                    "(() => { const { value, selectionStart, selectionEnd } = document.getElementById('password');
                    return [value, selectionEnd - selectionStart]; })()";
                let kept = if scripts { json!(["wrong one", 9]) } else { json!(["", 0]) };
                assert_eq!(browser.eval(selected).await, kept);
                assert_eq!(
                    browser.eval("document.getElementById('password').getAttribute('aria-invalid')").await,
                    "true"
                );
                let focus = if scripts { "password" } else { "problems" };
                browser.until(&format!("document.activeElement.id === {focus:?}")).await;
                assert_eq!(browser.title().await, "Problem: Someone sent you something – OneTimeShare");
            }
            assert_eq!(client.status(&share).json()["wrong_passwords"], 2);
            receiver.password("right one").await;
            receiver.press().await;
            assert_eq!(receiver.message().await, "behind a password");
            browser.close().await;
        }
    });
}

#[test]
fn after_many_wrong_passwords_the_receiver_must_wait() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            let share = Share::with("patience", Some("right one"), 3_600);
            client.create(&share);
            let mut wrong = Share::new("");
            wrong.link = share.link.clone();
            wrong.password_proof = Some("A".repeat(43));
            for _ in 0..4 {
                assert_eq!(client.open(&wrong, &Claim::random().unwrap()).status, 403);
            }
            let receiver = ReceiverPage(&browser);
            receiver.follow(&share.link.url(&server.url()), scripts).await;
            for (password, tries) in [("wrong one", 5), ("right one", 5)] {
                receiver.password(password).await;
                receiver.press().await;
                let said = "document.getElementById('password-problem').textContent";
                browser.until(&format!("{said}.endsWith('Too many tries. Wait 1 minute.')")).await;
                let kept = if scripts { password } else { "" };
                browser.until(&format!("document.getElementById('password').value === {}", json!(kept))).await;
                assert_eq!(
                    client.status(&share).json()["wrong_passwords"],
                    tries,
                    "no attempt is sent during the wait"
                );
            }
            assert_eq!(client.peek(&share).json()["state"], "waiting");
            browser.close().await;
        }
    });
}

#[test]
fn a_damaged_link_is_never_submitted_and_can_be_corrected() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("the link is complete again");
        client.create(&share);
        let link = share.link.url(&proxy.url());
        let cut = &link[..link.len() - 3];
        let at = link.len() - share.link.fragment().len() + 8;
        let other = if link[at..].starts_with("00") { "11" } else { "00" };
        let swapped = format!("{}{other}{}", &link[..at], &link[at + 2..]);
        let bare = format!("{}/s/{}", proxy.url(), share.link.id);
        for damaged in [cut, &swapped, &bare, &format!("{bare}#")] {
            browser.goto("about:blank").await;
            browser.goto(damaged).await;
            browser.heading("This link is not complete").await;
        }
        browser.fill("#link", cut).await;
        browser.click("#damaged button.main").await;
        assert_eq!(browser.text("#link-problem").await, "Problem:\nThat is not a whole link. Copy all of it again.");
        assert!(browser.title().await.starts_with("Problem: "));
        assert_eq!(proxy.count("/api/"), 0, "no request was sent");

        browser.fill("#link", &format!(" “<{link}>”, ")).await;
        browser.to_next_page(browser.click("#damaged button.main")).await;
        browser.wait_for("#open [data-action=open]").await;
        assert_eq!(browser.address().await, link, "repaired in the address bar");
        ReceiverPage(&browser).press().await;
        assert_eq!(ReceiverPage(&browser).message().await, "the link is complete again");
        browser.close().await;
    });
}

#[test]
fn a_key_moved_into_the_path_returns_to_the_fragment_and_is_never_logged() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        for mark in ["%23", "%2523"] {
            let share = Share::new("found its way");
            client.create(&share);
            let link = share.link.url(&server.url());
            let receiver = ReceiverPage(&browser);
            receiver.follow(&link.replace('#', mark), true).await;
            assert_eq!(browser.address().await, link);
            assert_eq!(client.peek(&share).json()["state"], "waiting");
            receiver.press().await;
            assert_eq!(receiver.message().await, "found its way");
            receiver.clear().await;
            let log = server.log.text();
            assert!(!log.contains(&share.link.fragment()) && !log.contains(&share.link.id.to_string()), "{log}");
        }
        browser.close().await;
    });
}

#[test]
fn only_the_whole_link_reveals_how_a_share_ended() {
    with_permit(async {
        let server = Options::default().set("lifetimes", "[1, 3600]").set("default_lifetime", "3600").start();
        let client = Client::new(server.url());
        for scripts in [true, false] {
            let browser = if scripts { Browser::start().await } else { Browser::without_scripts().await };
            let make = |lifetime| {
                let share = Share::with("gone", None, lifetime);
                client.create(&share);
                share
            };
            let (opened, expired, deleted, waiting) = (make(3_600), make(1), make(3_600), make(3_600));
            client.open(&opened, &Claim::random().unwrap());
            client.delete(&deleted);
            let never = Share::new("never created");
            // The right id, and the key of another share with a proper check.
            let stranger = |share: &Share| Link { id: share.link.id, key: never.link.key.clone(), handover: None };
            while client.peek(&expired).json()["state"] == "waiting" {
                tokio::task::yield_now().await;
            }
            let at = |link: &Link| link.url(&server.url());
            let cases = [
                (
                    at(&opened.link),
                    "This was opened",
                    "Tell the sender now, so they can change the password or code in it.",
                ),
                (at(&expired.link), "Time ran out", "Nobody opened it."),
                (at(&deleted.link), "The sender deleted this", "Nobody opened it."),
            ];
            let visit = async |link: &str| {
                browser.goto("about:blank").await;
                browser.goto(link).await;
                if !scripts {
                    browser.fill("#link", link).await;
                    browser.to_next_page(browser.click("#ask [data-action=open]")).await;
                }
            };
            for (link, heading, text) in &cases {
                visit(link).await;
                browser.heading(heading).await;
                assert!(words(&browser).await.contains(text));
            }
            let mut same = Vec::new();
            for link in [&never.link, &stranger(&opened), &stranger(&expired), &stranger(&deleted), &stranger(&waiting)]
            {
                visit(&at(link)).await;
                browser.heading("This link does not work").await;
                same.push(words(&browser).await);
            }
            assert!(
                same.windows(2).all(|pair| pair[0] == pair[1]),
                "pages without the key must be identical: {same:#?}"
            );
            assert_eq!(client.peek(&waiting).json()["state"], "waiting");
            browser.close().await;
        }
    });
}

#[test]
fn a_double_click_opens_once() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let browser = Browser::start().await;
        // The page of the sender's own link offers to copy it first.
        let middle = "(() => { const button = document.querySelector('#create button.main, #open [data-action=open]');
            button.scrollIntoView({ block: 'center' });
            const box = button.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; })()";
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.write("once").await;
        let at = browser.eval(middle).await;
        double_click(&browser, &at);
        let made = sender.made().await;
        assert_eq!(proxy.count("PUT /api/v1/shares/"), 1);

        ReceiverPage(&browser).follow(&made.link, true).await;
        let at = browser.eval(middle).await;
        double_click(&browser, &at);
        assert_eq!(ReceiverPage(&browser).message().await, "once");
        ReceiverPage(&browser).clear().await;
        assert_eq!((proxy.count("/open "), proxy.count("/confirm ")), (1, 1));
        browser.close().await;
    });
}

#[test]
fn going_back_to_an_opened_message_shows_it_until_it_is_cleared() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("read and left");
        client.create(&share);
        let receiver = ReceiverPage(&browser);
        receiver.open(&share.link.url(&server.url()), true, None).await;
        browser.heading("Here is your message").await;
        assert_eq!(browser.eval("document.activeElement.tagName").await, "H1", "the heading has the focus");
        assert_eq!(browser.eval(ASKS).await, true, "leaving the only copy asks for confirmation");
        browser.click("[data-action=copy-message]").await;
        browser.until("document.getElementById('status').textContent === 'Message copied'").await;
        assert_eq!(browser.eval(ASKS).await, false, "leaving after copying asks nothing");
        browser.to_next_page(browser.click("footer a")).await;
        browser.heading("How this works").await;
        browser.client.back().await.unwrap();
        assert_eq!(receiver.message().await, "read and left");
        receiver.clear().await;
        browser.to_next_page(browser.click("footer a")).await;
        browser.heading("How this works").await;
        browser.client.back().await.unwrap();
        browser.heading("This was opened").await;
        assert!(!words(&browser).await.contains("read and left"));
        browser.close().await;
    });
}

#[test]
fn clearing_the_page_removes_the_message() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("clear me");
        client.create(&share);
        let receiver = ReceiverPage(&browser);
        receiver.open(&share.link.url(&server.url()), true, None).await;
        browser.click("[data-action=hide-message]").await;
        browser.until("!document.getElementById('message').checkVisibility()").await;
        browser.click("[data-action=hide-message]").await;
        browser.wait_for("#message").await;
        browser.click("[data-action=clear]").await;
        browser.heading("All done").await;
        let page = browser.client.source().await.unwrap();
        assert!(!page.contains("clear me"));
        browser.to_next_page(browser.click("main a.button")).await;
        browser.heading("Send something that opens once").await;
        browser.close().await;
    });
}
