//! Page objects; the same steps work with and without scripts.

use crate::browser::Browser;
use fantoccini::Locator;
use onetimeshare_envelope::{Link, StatusLink};
use serde_json::{Value, json};
use std::path::Path;

/// Whether leaving the page asks for confirmation.
pub const ASKS: &str = "(() => { const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event); return event.defaultPrevented; })()";

/// A new link, as the link page shows it.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The whole link.
    pub link: String,
    /// The whole status link.
    pub status: String,
}

impl NewLink {
    /// The 16 characters of its id.
    pub fn id(&self) -> String {
        Link::parse(&self.link).unwrap().id.to_string()
    }

    /// The owner token.
    pub fn owner(&self) -> String {
        StatusLink::parse(&self.status).unwrap().owner.expose()
    }
}

/// The create page.
pub struct SenderPage<'b>(pub &'b Browser);

impl SenderPage<'_> {
    /// Opens the page. With scripts, waits until encryption is ready.
    pub async fn visit(&self, site: &str, scripts: bool) {
        self.0.goto(&format!("{site}/")).await;
        if scripts {
            self.0.until("document.querySelector('.locking')?.dataset.locking === 'browser'").await;
        }
    }

    /// Sets the message, including characters that no keyboard can type.
    pub async fn write(&self, message: &str) {
        self.0.wait_for("#message").await;
        put_text(self.0, "message", message).await;
    }

    /// Unfolds the options and sets a password.
    pub async fn protect(&self, password: &str) {
        if !self.0.is_visible("#password").await {
            self.0.click("details.more summary").await;
        }
        self.0.fill("#password", password).await;
    }

    /// Selects files through the file input.
    pub async fn choose(&self, files: &[&Path]) {
        let paths: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
        let field = self.0.client.find(Locator::Css("#files-input")).await.unwrap();
        field.send_keys(&paths.join("\n")).await.unwrap();
    }

    /// Waits until this many files are listed.
    pub async fn chosen(&self, count: usize) {
        self.0.until(&format!("document.querySelectorAll('#files [data-slot=files] li').length === {count}")).await;
    }

    /// Submits the form and reads the link.
    pub async fn make(&self) -> NewLink {
        self.0.click("#create button.main").await;
        self.made().await
    }

    /// Waits for the link and reads it.
    pub async fn made(&self) -> NewLink {
        let found = self
            .0
            .until_some(
                "(() => {
                    const link = document.querySelector('main .steps [data-slot=link]')?.value.trim();
                    const to = document.querySelector('main [data-status-link]')?.dataset.statusLink;
                    return link && to ? [link, to] : null;
                })()",
            )
            .await;
        let text = |at: usize| found[at].as_str().unwrap().to_owned();
        NewLink { link: text(0), status: text(1) }
    }

    /// Runs all steps: page, message, optional password, submit.
    pub async fn send(&self, site: &str, scripts: bool, message: &str, password: Option<&str>) -> NewLink {
        self.visit(site, scripts).await;
        self.write(message).await;
        if let Some(password) = password {
            self.protect(password).await;
        }
        self.make().await
    }
}

/// The link page of a receiver.
pub struct ReceiverPage<'b>(pub &'b Browser);

impl ReceiverPage<'_> {
    /// Follows a link and waits for the button. Without scripts, pastes the link as the page asks.
    pub async fn follow(&self, link: &str, scripts: bool) {
        // On the same page, a changed fragment does not navigate.
        self.0.goto("about:blank").await;
        self.0.goto(link).await;
        if scripts {
            self.0.wait_for("#open [data-action=open]").await;
        } else {
            self.0.fill("#link", link).await;
        }
    }

    /// Types the password.
    pub async fn password(&self, password: &str) {
        self.0.fill("#password", password).await;
    }

    /// Clicks the button.
    pub async fn press(&self) {
        self.0.click("#ask [data-action=open]").await;
    }

    /// Waits for the message and reads it verbatim.
    pub async fn message(&self) -> String {
        let found = self.0.until_some("document.querySelector('main [data-slot=message]')?.textContent ?? null").await;
        found.as_str().unwrap().to_owned()
    }

    /// Runs all steps: link, optional password, button, message.
    pub async fn open(&self, link: &str, scripts: bool, password: Option<&str>) -> String {
        self.follow(link, scripts).await;
        if let Some(password) = password {
            self.password(password).await;
        }
        self.press().await;
        self.message().await
    }

    /// Waits until the page shows that the message is deleted, which means it has confirmed.
    pub async fn confirmed(&self) {
        self.0.wait_for("[data-slot=kept]").await;
    }

    /// Clears the page, which confirms, and waits until it says that nothing is left.
    pub async fn clear(&self) {
        self.0.click("[data-action=clear]").await;
        self.0.heading("All done").await;
        self.0.wait_for("[data-slot=nothing-left]").await;
    }

    /// Waits until a file is listed.
    pub async fn has(&self, name: &str) {
        self.0.until(&format!("{} !== undefined", row(name))).await;
    }

    /// Waits until a file's row shows this state, or its button this label.
    pub async fn row_shows(&self, name: &str, text: &str) {
        let (row, text) = (row(name), json!(text));
        let shown = format!("[...{row}?.querySelectorAll('[data-slot=label], [data-slot=state]') ?? []]");
        self.0.until(&format!("{shown}.some((one) => one.textContent === {text})")).await;
    }

    /// Clicks "Save" for a file.
    pub async fn save(&self, name: &str) {
        let find = format!("{}.querySelector('[data-action=save]').id = 'pressed'", row(name));
        self.0.run(&find, Vec::new()).await;
        self.0.click("#pressed").await;
        self.0.run("document.getElementById('pressed').removeAttribute('id')", Vec::new()).await;
    }

    /// Returns the tab's session storage.
    pub async fn memory(&self) -> Value {
        self.0.eval("Object.fromEntries(Object.entries(sessionStorage))").await
    }
}

/// A script expression for a file's row.
fn row(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('main [data-slot=files] li')].find(
            (row) => row.querySelector('[data-slot=name]').textContent === {})",
        json!(name)
    )
}

/// The status page.
pub struct StatusPage<'b>(pub &'b Browser);

impl StatusPage<'_> {
    /// Opens the page. Without scripts, pastes the link as the page asks.
    pub async fn visit(&self, link: &str, scripts: bool) {
        // On the same page, a changed fragment does not navigate.
        self.0.goto("about:blank").await;
        self.0.goto(link).await;
        if !scripts {
            self.0.fill("#link", link).await;
            self.0.to_next_page(self.0.click("#status-form button.main")).await;
        }
    }

    /// Waits until the heading has this text.
    pub async fn says(&self, heading: &str) {
        self.0.heading(heading).await;
    }
}

/// Sets the text of the field with this id.
pub async fn put_text(browser: &Browser, id: &str, text: &str) {
    let put = "const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(put, vec![id.into(), text.into()]).await;
}

/// Double-clicks an element.
pub fn double_click(browser: &Browser, at: &Value) {
    for (kind, count) in [("mousePressed", 1), ("mouseReleased", 1), ("mousePressed", 2), ("mouseReleased", 2)] {
        let event = json!({
            "type": kind, "x": at[0], "y": at[1], "button": "left", "buttons": 1, "clickCount": count,
        });
        browser.cdp("Input.dispatchMouseEvent", event);
    }
}
