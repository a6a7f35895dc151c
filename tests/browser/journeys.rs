//! Tests the whole journey in two windows, for every combination of scripts and passwords.

use crate::browser::{Browser, Options};
use crate::client::Client;
use crate::engine_journeys;
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::Server;
use crate::with_permit;

const PASSWORD: &str = "correct horse";

async fn window(scripts: bool) -> Browser {
    if scripts { Browser::start().await } else { Browser::without_scripts().await }
}

/// Sends and opens a share with and without a password; each window with or without scripts.
async fn journey(sender_scripts: bool, reader_scripts: bool) {
    let server = Server::start();
    let (sender, receiver) = (window(sender_scripts).await, window(reader_scripts).await);
    let mut done = 0;
    for password in [None, Some(PASSWORD)] {
        let message = format!("The code is 4711.\n\tΓειά, 漢字 🙂 <b>&amp;\n{password:?}");
        let made = SenderPage(&sender).send(&server.url(), sender_scripts, &message, password).await;
        assert!(made.link.starts_with(&format!("{}/s/", server.url())), "{}", made.link);
        let says = if password.is_some() { "Yes" } else { "No" };
        let shown = sender.eval("document.querySelector('main dl').innerText").await;
        assert!(shown.as_str().unwrap().contains(says), "{shown}");

        let status = StatusPage(&sender);
        status.visit(&made.status, sender_scripts).await;
        status.says("Not opened yet").await;

        let page = ReceiverPage(&receiver);
        assert_eq!(page.open(&made.link, reader_scripts, password).await, message);
        assert_eq!(receiver.title().await, "Here is your message – OneTimeShare");
        let words = "document.querySelector('main [data-slot=words]')?.textContent || null";
        let said = receiver.until_some(words).await;
        assert_eq!(said.as_str().unwrap().split(' ').count(), 3, "{said}");

        if !sender_scripts {
            status.visit(&made.status, false).await;
        }
        status.says("Opened").await;
        assert_eq!(sender.until_some(words).await, said, "both pages show the same matching words");

        if reader_scripts {
            page.clear().await;
        }
        // It opens once: a second receiver is told what a holder of the whole link may know.
        receiver.goto("about:blank").await;
        receiver.goto(&made.link).await;
        if !reader_scripts {
            receiver.fill("#link", &made.link).await;
            receiver.click("#ask [data-action=open]").await;
        }
        receiver.heading("This was opened").await;
        done += 1;
    }
    engine_journeys::row(&sender, "message", (sender_scripts, reader_scripts), done);
    sender.close().await;
    receiver.close().await;
}

#[test]
fn a_message_goes_from_browser_to_browser() {
    with_permit(journey(true, true));
}

#[test]
fn a_message_goes_from_browser_to_browser_without_scripts() {
    with_permit(journey(false, false));
}

#[test]
fn a_share_encrypted_by_scripts_opens_without_scripts() {
    with_permit(journey(true, false));
}

#[test]
fn a_share_encrypted_by_the_server_opens_with_scripts() {
    with_permit(journey(false, true));
}

#[test]
fn on_plain_http_the_server_encrypts_and_the_page_says_so() {
    with_permit(async {
        let server = Server::start();
        let site = format!("http://plain.example:{}", server.port);
        // On an insecure origin the browser runs scripts, but has no WebCrypto.
        let browser = Options::default()
            .argument("--host-resolver-rules=MAP plain.example 127.0.0.1")
            .expect("Cross-Origin-Opener-Policy header has been ignored")
            .start()
            .await;
        let sender = SenderPage(&browser);
        sender.visit(&site, false).await;
        assert_eq!(browser.eval("isSecureContext").await, false);
        assert!(browser.text(".locking [data-by=server]").await.starts_with("Not locked in your browser."));
        browser.to_next_page(browser.click(".locking a")).await;
        assert!(browser.text("#lock").await.contains("use https://plain.example with JavaScript on."));
        sender.visit(&site, false).await;
        sender.write("over the wire").await;
        let made = sender.make().await;
        let receiver = ReceiverPage(&browser);
        assert_eq!(receiver.open(&made.link, false, None).await, "over the wire");
        let client = Client::new(server.url());
        let path = format!("/api/v1/shares/{}", made.id());
        let owner = made.owner();
        assert_eq!(client.bare("GET", &path, &owner).json()["state"], "opened");
        browser.close().await;
    });
}
