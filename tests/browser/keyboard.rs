//! Tests operation by keyboard alone, with the focus always visible.

use crate::browser::Browser;
use crate::client::Client;
use crate::pages::SenderPage;
use crate::server::Server;
use crate::with_permit;
use fantoccini::key::Key;

/// Presses Tab until an element has the focus; fails when the focus is lost or not visible.
async fn tab_to(browser: &Browser, css: &str) {
    for _ in 0..40 {
        let here = format!(
            "(() => {{ const here = document.activeElement;
                const box = here.getBoundingClientRect();
                const ring = getComputedStyle(here.closest('.choices label') ?? here);
                return {{ name: here.outerHTML.slice(0, 120), arrived: here.matches({css:?}),
                    seen: here === document.body || (box.width > 0 && box.bottom > 0 && box.top < innerHeight
                        && (ring.outlineStyle !== 'none' || here.matches('h1, main'))) }}; }})()"
        );
        let here = browser.eval(&here).await;
        assert_eq!(here["seen"], true, "the focus is out of sight: {}", here["name"]);
        if here["arrived"] == true {
            return;
        }
        browser.keys(&String::from(char::from(Key::Tab))).await;
    }
    panic!("Tab does not reach {css}\n{}", browser.describe().await);
}

async fn press(browser: &Browser, key: Key) {
    browser.keys(&String::from(char::from(key))).await;
}

/// Checks that after a page swap the heading has the focus and the title matches it.
async fn swapped(browser: &Browser, heading: &str) {
    browser.heading(heading).await;
    browser.until("document.activeElement.tagName === 'H1'").await;
    assert_eq!(browser.title().await, format!("{heading} – OneTimeShare"));
}

#[test]
fn the_whole_journey_works_by_keyboard_alone() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        SenderPage(&browser).visit(&server.url(), true).await;
        press(&browser, Key::Tab).await;
        assert_eq!(browser.eval("document.activeElement.className").await, "skip", "the skip link comes first");
        press(&browser, Key::Enter).await;
        browser.until("document.activeElement.id === 'main'").await;
        assert_eq!(browser.eval("location.hash").await, "");

        tab_to(&browser, "#message").await;
        browser.keys("by keys alone").await;
        tab_to(&browser, "[name=lifetime]").await;
        press(&browser, Key::Up).await;
        assert_eq!(browser.eval("document.querySelector('[name=lifetime]:checked').value").await, "86400");
        tab_to(&browser, "summary").await;
        press(&browser, Key::Enter).await;
        tab_to(&browser, "#password").await;
        browser.keys("secret words").await;
        tab_to(&browser, "[data-action=show-password]").await;
        press(&browser, Key::Space).await;
        browser.until("document.getElementById('password').type === 'text'").await;
        // The field's day, month, year, hour, minute and calendar are separate tab stops; tabbing through them selects
        // nothing.
        tab_to(&browser, "#until").await;
        tab_to(&browser, "#create button.main").await;
        assert_eq!(browser.eval("document.querySelector('[name=lifetime]:checked').value").await, "86400");
        press(&browser, Key::Enter).await;
        swapped(&browser, "Your link is ready").await;
        let made = SenderPage(&browser).made().await;

        tab_to(&browser, "[data-action=copy]").await;
        press(&browser, Key::Enter).await;
        browser.until("document.getElementById('status').textContent === 'Link copied'").await;
        assert_eq!(browser.eval("document.activeElement.dataset.action").await, "copy", "the focus stays");
        tab_to(&browser, "[data-slot=code-box] summary").await;
        press(&browser, Key::Space).await;
        browser.wait_for("svg.code").await;
        tab_to(&browser, "[data-action=copy-password]").await;
        press(&browser, Key::Space).await;
        browser.until("document.getElementById('status').textContent === 'Password copied'").await;
        tab_to(&browser, "[data-action=show-made]").await;
        press(&browser, Key::Enter).await;
        assert_eq!(browser.text("[data-slot=password-shown]").await, "secret words");
        tab_to(&browser, "[data-action=open-status]").await;
        press(&browser, Key::Enter).await;
        swapped(&browser, "Not opened yet").await;
        let status = browser.client.window().await.unwrap();

        let window = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(window.handle).await.unwrap();
        browser.goto(&made.link).await;
        browser.wait_for("#open [data-action=open]").await;
        assert_ne!(browser.eval("document.activeElement.id").await, "password", "the notice is announced first");
        tab_to(&browser, "#password").await;
        browser.keys("wrong words").await;
        press(&browser, Key::Enter).await;
        browser.until("document.getElementById('password-problem').textContent.includes('4 more times')").await;
        browser.until("document.activeElement.id === 'password'").await;
        browser.keys("secret words").await;
        tab_to(&browser, "#open [data-action=open]").await;
        press(&browser, Key::Space).await;
        swapped(&browser, "Here is your message").await;
        assert_eq!(browser.text("#message").await, "by keys alone");
        browser.wait_for("[data-slot=reading]").await;
        tab_to(&browser, "[data-action=hide-message]").await;
        press(&browser, Key::Enter).await;
        tab_to(&browser, "[data-action=clear]").await;
        press(&browser, Key::Enter).await;
        swapped(&browser, "All done").await;

        browser.client.switch_to_window(status).await.unwrap();
        browser.heading("Opened and deleted").await;
        browser.close().await;
    });
}

#[test]
fn deleting_works_by_keyboard_alone() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let made = SenderPage(&browser).send(&server.url(), true, "take back", None).await;
        browser.goto(&made.status).await;
        swapped(&browser, "Not opened yet").await;
        tab_to(&browser, "[data-action=check]").await;
        press(&browser, Key::Enter).await;
        browser.until("document.getElementById('status').textContent.startsWith('Checked on ')").await;
        tab_to(&browser, "[data-action=delete]").await;
        press(&browser, Key::Enter).await;
        swapped(&browser, "Delete it now?").await;
        tab_to(&browser, "[data-action=delete-no]").await;
        press(&browser, Key::Enter).await;
        swapped(&browser, "Not opened yet").await;
        tab_to(&browser, "[data-action=delete]").await;
        press(&browser, Key::Space).await;
        tab_to(&browser, "[data-action=delete-yes]").await;
        press(&browser, Key::Space).await;
        swapped(&browser, "Deleted by you").await;
        let client = Client::new(server.url());
        let owner = made.owner();
        assert_eq!(client.bare("GET", &format!("/api/v1/shares/{}", made.id()), &owner).json()["state"], "deleted");
        browser.close().await;
    });
}
