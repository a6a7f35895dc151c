//! Tests what the pages show where: the main action in sight, tiles of files, the veil while files are dragged.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::contents::File;
use crate::device::Device;
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;
use serde_json::json;

/// Returns the lower edge of an element in pixels.
async fn bottom(browser: &Browser, css: &str) -> f64 {
    browser.wait_for(css).await;
    let edge = browser.eval(&format!("document.querySelector({css:?}).getBoundingClientRect().bottom")).await;
    edge.as_f64().unwrap()
}

#[test]
fn the_main_action_is_in_sight_without_scrolling() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        for (width, height, most) in [(1280, 800, 560.0), (375, 812, 800.0)] {
            browser.width(width, height);
            SenderPage(&browser).visit(&server.url(), true).await;
            let edge = bottom(&browser, "#create button.main").await;
            println!("Make my link ends at {edge} of {height} px");
            assert!(edge <= most, "{width} x {height}: {edge}");
        }
        browser.width(375, 667);
        for password in [None, Some("long enough")] {
            let share = Share::with("in sight", password, 604_800);
            client.create(&share);
            ReceiverPage(&browser).follow(&share.link.url(&server.url()), true).await;
            browser.until("!document.querySelector('#open [data-action=open]').disabled").await;
            assert_eq!(browser.is_visible("#password").await, password.is_some());
            let edge = bottom(&browser, "#open [data-action=open]").await;
            println!("Open it now ends at {edge} of 667 px, password: {}", password.is_some());
            assert!(edge <= 660.0, "{edge}");
        }
        browser.close().await;
    });
}

#[test]
fn chosen_files_show_their_kind_and_fold_from_the_seventh_on() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let names = ["a.pdf", "b.csv", "c.mp4", "d.mp3", "e.zip", "f.exe", "g.dat", "h.txt"];
        let mut paths: Vec<_> = names.iter().map(|name| device.put(&File::of(name, "not a picture"))).collect();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.choose(&paths.iter().map(std::path::PathBuf::as_path).collect::<Vec<_>>()).await;
        sender.chosen(names.len()).await;
        let kinds = "[...document.querySelectorAll('#files li use')].map((one) => one.getAttribute('href'))
            .filter((href) => href !== '#i-cross')";
        let expected = ["doc", "tab", "film", "sound", "zip", "run", "file", "doc"].map(|kind| format!("#i-{kind}"));
        assert_eq!(browser.eval(kinds).await, json!(expected));
        let visible = "[...document.querySelectorAll('#files li')].filter((row) => row.checkVisibility()).length";
        assert_eq!(browser.eval(visible).await, 6);
        assert_eq!(browser.text("[data-action=more-files]").await, "Show 2 more files");
        browser.click("[data-action=more-files]").await;
        assert_eq!(browser.eval(visible).await, 8);
        let focused = "document.activeElement.closest('li').querySelector('[data-slot=name]').textContent";
        assert_eq!(browser.eval(focused).await, "g.dat", "the focus goes to the first of them");

        // A picture shows itself, told by its content.
        let picture = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/img/icon-192.png")).unwrap();
        std::fs::write(paths[0].with_file_name("i.png"), picture).unwrap();
        paths.push(paths[0].with_file_name("i.png"));
        sender.choose(&[&paths[8]]).await;
        browser.until("document.querySelectorAll('#files li:nth-child(9) canvas').length === 1").await;
        browser.close().await;
    });
}

#[test]
fn a_veil_covers_the_window_while_files_are_dragged() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        SenderPage(&browser).visit(&server.url(), true).await;
        let drag = "const content = new DataTransfer();
            content.items.add(new File(['dropped'], 'dropped.txt'));
            const how = { bubbles: true, cancelable: true, dataTransfer: content };
            document.body.dispatchEvent(new DragEvent(arguments[0], how));";
        browser.run(drag, vec!["dragover".into()]).await;
        let covered = "(() => { const box = document.querySelector('.veil')?.getBoundingClientRect();
            // Without the scrollbars.
            const { clientWidth, clientHeight } = document.documentElement;
            return box ? [box.left, box.top, clientWidth - box.right, clientHeight - box.bottom] : null; })()";
        assert_eq!(browser.eval(covered).await, json!([12, 12, 12, 12]));
        assert_eq!(browser.text(".veil").await, "Drop to add");
        browser.run(drag, vec!["dragleave".into()]).await;
        assert!(browser.eval(covered).await.is_null());
        browser.run(drag, vec!["dragover".into()]).await;
        browser.run(drag, vec!["drop".into()]).await;
        assert!(browser.eval(covered).await.is_null());
        SenderPage(&browser).chosen(1).await;
        browser.close().await;
    });
}

#[test]
fn the_sender_of_a_link_is_offered_to_copy_it_first() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let made = SenderPage(&browser).send(&server.url(), true, "mine", None).await;
        let ring = browser
            .eval("[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]")
            .await;
        assert_eq!(ring, json!(["H1", "none"]), "a title is no control");
        browser.click("[data-action=copy]").await;
        browser.wait_for("[data-slot=copied-next]").await;
        ReceiverPage(&browser).follow(&made.link, true).await;
        browser.until("!document.querySelector('#open [data-action=open]').disabled").await;
        assert_eq!(browser.text("#open [data-action=copy-own]").await, "Copy link");
        assert_eq!(browser.text("#open [data-action=open]").await, "Open it anyway");
        browser.click("[data-action=copy-own]").await;
        browser.until("document.querySelector('[data-action=copy-own]').textContent.trim() === 'Copied'").await;
        browser.close().await;
    });
}
