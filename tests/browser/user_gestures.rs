//! Tests that only a trusted user gesture opens a share: scanners, previewers and scripts consume nothing.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::pages::ReceiverPage;
use crate::server::Server;
use crate::with_permit;
use serde_json::json;

/// What a script may try without user activation.
const TRIES: &[&str] = &[
    "button.click()",
    "button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }))",
    "button.dispatchEvent(new PointerEvent('click', { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true }))",
    "for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        button.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, button: 0 }))",
    "for (const type of ['touchstart', 'touchend']) button.dispatchEvent(new Event(type, { bubbles: true }))",
    "button.focus(); for (const type of ['keydown', 'keypress', 'keyup'])
        button.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }))",
    "for (const type of ['keydown', 'keyup'])
        button.dispatchEvent(new KeyboardEvent(type, { key: ' ', code: 'Space', bubbles: true, cancelable: true }))",
    "button.form.requestSubmit()",
    "button.form.requestSubmit(button)",
    "button.form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))",
    "for (const link of document.links) link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))",
    "scrollTo(0, document.documentElement.scrollHeight); scrollTo(0, 0)",
    "dispatchEvent(new Event('focus')); dispatchEvent(new Event('visibilitychange'))",
    "globalThis.clicker = setInterval(() => button.click(), 5)",
];

/// Number of scripted visits; full size with `OTS_FULL=1`.
fn visits() -> usize {
    if std::env::var_os("OTS_FULL").is_some() { 50 } else { 4 }
}

#[test]
fn only_a_trusted_user_gesture_opens() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let receiver = ReceiverPage(&browser);
        for visit in 1..=visits() {
            let share = Share::new("for a person");
            client.create(&share);
            receiver.follow(&share.link.url(&proxy.url()), true).await;
            for attempt in TRIES {
                let script = format!("const button = document.querySelector('#open [data-action=open]'); {attempt};");
                browser.run(&script, Vec::new()).await;
                // A request would have started by the time the page has drawn two frames.
                let drawn = "await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));";
                browser.run_async(drawn, Vec::new()).await;
                assert_eq!(proxy.count("/open "), visit - 1, "{attempt}");
                assert!(browser.is_visible("#open [data-action=open]").await, "{attempt}");
            }
            let wheel = json!({ "type": "mouseWheel", "x": 200, "y": 300, "deltaX": 0, "deltaY": 800 });
            browser.cdp("Input.dispatchMouseEvent", wheel);
            browser.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 300, "y": 400 }));
            assert_eq!(client.peek(&share).json()["state"], "waiting");
            browser.run("clearInterval(globalThis.clicker)", Vec::new()).await;
            receiver.press().await;
            assert_eq!(receiver.message().await, "for a person");
            receiver.clear().await;
            assert_eq!(proxy.count("/open "), visit);
        }
        println!(
            "{} scripted visits with {} attempts each: every share stayed unopened, then a user gesture opened it",
            visits(),
            TRIES.len() + 2
        );
        browser.close().await;
    });
}

#[test]
fn a_page_left_alone_opens_nothing() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("no hurry");
        client.create(&share);
        ReceiverPage(&browser).follow(&share.link.url(&proxy.url()), true).await;
        // Ten minutes of the page's virtual time, fast-forwarded.
        browser.run("globalThis.seconds = 0; setInterval(() => { globalThis.seconds += 1; }, 1000)", Vec::new()).await;
        let policy = json!({ "policy": "advance", "budget": 600_000, "maxVirtualTimeTaskStarvationCount": 100_000 });
        browser.cdp("Emulation.setVirtualTimePolicy", policy);
        browser.until("globalThis.seconds >= 590").await;
        assert_eq!(proxy.count("/open "), 0);
        assert_eq!(client.peek(&share).json()["state"], "waiting");
        browser.close().await;
    });
}
