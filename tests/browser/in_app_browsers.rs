//! Tests in-app browsers: handing an opened share over to the receiver's own browser.

use crate::browser::{Browser, Options};
use crate::client::Client;
use crate::contents::{File, Files};
use crate::pages::ReceiverPage;
use crate::server::Server;
use crate::with_permit;
use serde_json::{Value, json};

/// User agents of an Android web view and of an iOS in-app browser.
pub const ANDROID: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
    Chrome/140.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/520.0.0.0;]";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
    Mobile/15E148 Instagram 380.0.0.0";

/// Records what is copied to the clipboard.
const CLIPBOARD: &str =
    "if (navigator.clipboard) navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };";

/// Replaces the share sheet: rejects executables and returns what the test sets.
pub const SHEET: &str = "globalThis.handed = [];
    navigator.canShare = ({ files }) => files.every((file) => !file.name.endsWith('.exe'));
    navigator.share = async ({ files: [file] }) => {
      const error = globalThis.refuse?.shift();
      if (error) throw new DOMException('', error);
      globalThis.handed.push([file.name, file.type, await file.text()]);
    };";

pub async fn window(agent: &str, scripts: &str) -> Browser {
    let browser = Options::default().argument(&format!("--user-agent={agent}")).start().await;
    browser.at_start_of_pages(&format!(
        "{CLIPBOARD}\ndelete window.showSaveFilePicker;\ndelete window.showDirectoryPicker;\n{scripts}"
    ));
    browser
}

/// Clicks a copy button and returns the copied text.
pub async fn copied(browser: &Browser, place: &str) -> String {
    browser.run("globalThis.copied = null", Vec::new()).await;
    browser.click(&format!("{place} [data-action=copy-here]")).await;
    browser.until_some("globalThis.copied").await.as_str().unwrap().to_owned()
}

fn with_file(client: &Client, message: Option<&str>, name: &str) -> Files {
    let sent = Files::with(message, vec![File::of(name, "what is in it")], 3_600);
    sent.send(client);
    sent
}

#[test]
fn a_share_an_in_app_browser_cannot_save_reopens_in_the_readers_browser_only() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let sent = with_file(&client, Some("with a file"), "plan.txt");
        let link = sent.share.link.url(&server.url());
        let app = window(ANDROID, "delete Navigator.prototype.canShare;").await;
        let receiver = ReceiverPage(&app);
        receiver.follow(&link, true).await;
        app.click("[data-slot=elsewhere] summary").await;
        assert_eq!(copied(&app, "[data-slot=elsewhere]").await, link, "before opening it is the original link");
        receiver.press().await;
        assert_eq!(receiver.message().await, "with a file");
        receiver.has("plan.txt").await;
        assert_eq!(
            app.text("[data-slot=blocked-text]").await,
            "This app blocks saving. Open the link in your browser within 60 minutes."
        );
        for hidden in ["[data-action=save]", "[data-action=save-all]", "[data-action=save-message]"] {
            assert!(!app.is_visible(&format!("main {hidden}")).await, "{hidden} does not work here and must be hidden");
        }
        let own = copied(&app, "[data-slot=blocked]").await;
        assert_eq!(own.split_once('#').unwrap().1.len(), 73, "the link carries the claim");
        assert!(own.starts_with(&link));

        // Another claim with the link gets 410; the receiver's own browser opens it, and then the share has ended.
        let browser = Browser::start().await;
        browser.at_start_of_pages(
            "window.showSaveFilePicker = async ({ suggestedName }) =>
               (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });",
        );
        let receiver = ReceiverPage(&browser);
        browser.goto(&link).await;
        browser.heading("This was opened").await;
        assert_eq!(receiver.open(&own, true, None).await, "with a file");
        receiver.save("plan.txt").await;
        receiver.confirmed().await;
        assert_eq!(browser.address().await, format!("{}/s/{}", server.url(), sent.share.link.id));
        receiver.0.goto("about:blank").await;
        browser.goto(&own).await;
        browser.heading("This was opened").await;
        assert!(!server.log.text().contains(&sent.share.link.fragment()[1..]), "no key in the log");
        browser.close().await;
        app.close().await;
    });
}

#[test]
fn where_files_can_be_shared_the_button_says_so_and_dismissing_shows_nothing() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let sent = Files::with(None, vec![File::of("plan.txt", "what is in it"), File::of("game.exe", "MZ")], 3_600);
        sent.send(&client);
        let app = window(IPHONE, SHEET).await;
        let receiver = ReceiverPage(&app);
        receiver.follow(&sent.share.link.url(&server.url()), true).await;
        receiver.press().await;
        receiver.has("game.exe").await;
        receiver.row_shows("plan.txt", "Save or share").await;
        // Executables cannot be shared, so the page offers the remaining way.
        assert!(app.is_visible("[data-slot=blocked]").await);
        let shown = "[...document.querySelectorAll('main li [data-action=save]')].map((button) => !button.hidden)";
        assert_eq!(app.eval(shown).await, json!([true, false]));
        // First the user dismisses the sheet, then the user activation expires before the file is ready, then sharing
        // succeeds.
        app.run("globalThis.refuse = ['AbortError', 'NotAllowedError']", Vec::new()).await;
        for left in [1, 0] {
            receiver.save("plan.txt").await;
            app.until(&format!("globalThis.refuse.length === {left}")).await;
            receiver.row_shows("plan.txt", "Save or share").await;
            assert!(!app.is_visible("main [data-slot=trouble]").await);
        }
        receiver.save("plan.txt").await;
        receiver.row_shows("plan.txt", "Saved.").await;
        assert_eq!(
            app.eval("globalThis.handed").await,
            json!([["plan.txt", "application/octet-stream", "what is in it"]])
        );
        assert!(!app.is_visible("[data-slot=kept]").await, "the user confirms when the file is saved");
        app.click("[data-action=clear]").await;
        app.heading("All done").await;
        app.close().await;
    });
}

#[test]
fn where_copying_fails_the_link_can_be_selected_by_hand() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let sent = with_file(&client, None, "plan.txt");
        let app =
            window(ANDROID, "Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;")
                .await;
        let receiver = ReceiverPage(&app);
        receiver.follow(&sent.share.link.url(&server.url()), true).await;
        receiver.press().await;
        receiver.has("plan.txt").await;
        app.click("[data-slot=blocked] [data-action=copy-here]").await;
        let said = app.text("[data-slot=blocked] [data-slot=link-problem]").await;
        assert_eq!(said, "Copying did not work. The link is selected. Copy it by hand.");
        let selected = app.eval("[document.activeElement.dataset.slot, getSelection().toString()]").await;
        assert_eq!(selected[0], "link-here");
        let link = app.eval("document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)").await;
        assert_eq!(link.as_str().unwrap().split_once('#').unwrap().1.len(), 73);
        app.close().await;
    });
}

#[test]
fn only_in_app_user_agents_are_detected_as_in_app() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        let base = browser.eval("document.querySelector('script[src]').src.split('/js/')[0]").await;
        let ask = format!(
            "const {{ isInApp }} = await import('{}/js/lib/inapp.js'); return arguments[0].map((agent) => isInApp(agent, arguments[1]));",
            base.as_str().unwrap()
        );
        let apps = [
            ANDROID,
            IPHONE,
            "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36 Line/14.12.0/IAB",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50",
        ];
        let browsers = [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
        ];
        let say = async |agents: Value, installed: bool| browser.run_async(&ask, vec![agents, installed.into()]).await;
        assert_eq!(say(json!(apps), false).await, json!(vec![true; apps.len()]));
        assert_eq!(say(json!(browsers), false).await, json!(vec![false; browsers.len()]));
        // An iOS home-screen app sends a user agent without the browser's name.
        assert_eq!(say(json!([apps[2]]), true).await, json!([false]));
        browser.close().await;
    });
}
