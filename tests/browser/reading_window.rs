//! Tests the reading window of a message: its tab shows it again until the reader clears the page or the time is over.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::device::LOST;
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, StatusPage};
use crate::server::{Options, Server};
use crate::with_permit;
use onetimeshare_envelope::Claim;
use serde_json::{Value, json};

#[test]
fn a_reload_shows_the_message_again_to_its_tab_alone() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let receiver = ReceiverPage(&browser);
        for password in [None, Some("four words")] {
            let share = Share::with("still here", password, 3_600);
            client.create(&share);
            let link = share.link.url(&server.url());
            assert_eq!(receiver.open(&link, true, password).await, "still here");
            let said = browser.text("main [data-slot=reading]").await;
            assert!(said.starts_with("OneTimeShare keeps it until "), "{said}");
            assert!(!browser.is_visible("[data-slot=kept]").await, "not deleted yet, so the page must not say so");
            assert_eq!(browser.address().await, link, "the key stays in the address until the confirmation");
            let memory = receiver.memory().await;
            let kept = memory.as_object().unwrap();
            assert_eq!(kept.len(), 1);
            let entry = kept[&format!("claim:{}", share.link.id)].as_str().unwrap();
            let entry: Value = serde_json::from_str(entry).unwrap();
            assert_eq!(entry["claim"].as_str().unwrap().len(), 32);
            assert_eq!((&entry["password"], &entry["shown"]), (&json!(password.is_some()), &json!(true)));
            assert_eq!(entry.as_object().unwrap().len(), 3, "neither the key nor the message is stored");
            let words = browser.text("main [data-slot=words]").await;

            // Another claim gets 410; the receiver's own tab does not.
            assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 410);
            browser.reload().await;
            if let Some(password) = password {
                browser.wait_for("#open [data-action=open]").await;
                receiver.password("not this one").await;
                receiver.press().await;
                let said = "document.querySelector('#password-problem').textContent";
                browser.until(&format!("{said}.includes('That password is not right.')")).await;
                receiver.password(password).await;
                receiver.press().await;
            }
            assert_eq!(receiver.message().await, "still here");
            browser.until(&format!("document.querySelector('main [data-slot=words]').textContent === {words:?}")).await;
            let status = client.status(&share).json();
            assert!(status["reading_until"].is_string() && status.get("confirmed_at").is_none(), "{status}");

            receiver.clear().await;
            assert_eq!(browser.address().await, format!("{}/s/{}", server.url(), share.link.id), "the key is removed");
            assert_eq!(receiver.memory().await, json!({}));
            assert!(client.status(&share).json()["confirmed_at"].is_string());
            browser.reload().await;
            browser.heading("This was opened").await;
        }
        browser.close().await;
    });
}

#[test]
fn a_tab_that_reads_storage_as_it_was_before_shows_the_message_again() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let receiver = ReceiverPage(&browser);
        let share = Share::new("still here");
        client.create(&share);
        receiver.open(&share.link.url(&server.url()), true, None).await;
        // As Chromium does when a tab returns to a process that it used before.
        browser.run("sessionStorage.clear()", Vec::new()).await;
        browser.reload().await;
        assert_eq!(receiver.message().await, "still here");
        receiver.clear().await;
        assert_eq!(browser.eval("Object.keys(history.state)").await, json!(["openedAt"]), "the claim is removed");
        browser.reload().await;
        browser.heading("This was opened").await;
        browser.close().await;
    });
}

#[test]
fn a_cleared_page_stays_cleared_when_its_confirmation_is_lost() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        browser.expect(LOST);
        let receiver = ReceiverPage(&browser);
        let share = Share::new("gone from here");
        client.create(&share);
        receiver.open(&share.link.url(&proxy.url()), true, None).await;
        proxy.lose("/confirm ");
        browser.click("[data-action=clear]").await;
        browser.heading("All done").await;
        let said = browser.text("main [data-slot=left]").await;
        assert!(said.starts_with("Nothing is left on this page. OneTimeShare deletes its copy by "), "{said}");
        assert!(!browser.is_visible("[data-slot=nothing-left]").await, "not deleted yet, so the page must not say so");
        assert_eq!(receiver.memory().await, json!({}), "the tab has forgotten it");
        proxy.mend();
        browser.wait_for("[data-slot=nothing-left]").await;
        assert!(client.status(&share).json()["confirmed_at"].is_string(), "the confirmation was retried");
        browser.close().await;
    });
}

#[test]
fn the_window_ends_by_itself_for_reader_and_sender() {
    with_permit(async {
        let server = Options::default().set("reading_window", 5).start();
        let client = Client::new(server.url());
        let (browser, sender) = (Browser::start().await, Browser::start().await);
        let receiver = ReceiverPage(&browser);
        let share = Share::new("six seconds");
        client.create(&share);
        let status = StatusPage(&sender);
        status.visit(&format!("{}/status#{}", server.url(), share.status_fragment()), true).await;
        status.says("Not opened yet").await;
        assert_eq!(receiver.open(&share.link.url(&server.url()), true, None).await, "six seconds");
        status.says("Opened").await;
        let said = sender.text("main .lead").await;
        assert!(
            said.starts_with("Whoever opened it can read it again until ") && said.ends_with("Then it is deleted."),
            "{said}"
        );
        receiver.confirmed().await;
        assert_eq!(receiver.message().await, "six seconds", "the page that showed it keeps it");
        assert!(!browser.is_visible("[data-slot=reading]").await);
        status.says("Opened and deleted").await;
        assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 410);
        browser.reload().await;
        browser.heading("This was opened").await;
        browser.close().await;
        sender.close().await;
    });
}

#[test]
fn without_a_window_a_message_is_confirmed_at_once() {
    with_permit(async {
        let server = Options::default().set("reading_window", 0).start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let receiver = ReceiverPage(&browser);
        let share = Share::new("at once");
        client.create(&share);
        receiver.open(&share.link.url(&server.url()), true, None).await;
        receiver.confirmed().await;
        assert!(client.status(&share).json()["confirmed_at"].is_string());
        assert_eq!(receiver.memory().await, json!({}));
        browser.reload().await;
        browser.heading("This was opened").await;
        browser.close().await;
    });
}
