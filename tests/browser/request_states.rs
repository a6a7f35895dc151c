//! The pages and states of requests, as a part of the tour (`page_states.rs`).

use crate::page_states::{Tour, Visitor};
use crate::pages::{SenderPage, put_text};
use crate::requests::{GiverPage, Links, RequesterPage};
use std::rc::Rc;

const NOTE: &str = "The contract, please. https://example.org/a/very/long/address/without/any/gap/in/it/at/all?and=more\n\
    שלום עולם";

impl<V: Visitor> Tour<'_, V> {
    /// Visits all states of asking, answering and collecting.
    pub async fn requests(&mut self) {
        let links = self.ask().await;
        self.give(&links).await;
        self.collect(&links).await;
    }

    /// A link in the language of the tour.
    fn in_language(&self, link: &str) -> String {
        let (path, fragment) = link.split_once('#').unwrap();
        format!("{path}{}#{fragment}", self.language)
    }

    async fn page(&self) {
        self.goto(&self.url("/request")).await;
        if self.scripts {
            self.wait_for(".locking[data-locking=browser]").await;
        }
    }

    async fn ask(&mut self) -> Links {
        let browser = Rc::clone(&self.browser);
        self.page().await;
        self.look("request").await;
        browser.fill("#collect-form #link", "nothing").await;
        browser.click("#collect-form button").await;
        browser.until("document.getElementById('link-problem')?.textContent").await;
        self.look("request-link-problem").await;
        self.page().await;
        browser.run("document.getElementById('note').value = 'x'.repeat(9000)", Vec::new()).await;
        browser.click("#ask-form button.main").await;
        browser.until("document.getElementById('note-problem')?.textContent").await;
        self.look("request-too-long").await;
        self.page().await;
        // With the Web Share API, as on phones.
        browser.run("Navigator.prototype.canShare = () => true;", Vec::new()).await;
        put_text(&browser, "note", NOTE).await;
        if self.scripts {
            self.look("request-preview").await;
        }
        browser.click("#ask-form button.main").await;
        self.wait_for("#keep").await;
        self.look("request-ready").await;
        let links = RequesterPage(&browser).links().await;
        if self.scripts {
            for name in ["send", "keep"] {
                browser.click(&format!("[data-slot={name}-box] summary")).await;
                self.wait_for(&format!("[data-slot={name}-box] svg.code")).await;
            }
            self.look("request-ready-kept").await;
        }
        links
    }

    async fn give(&mut self, links: &Links) {
        let browser = Rc::clone(&self.browser);
        let link = self.in_language(&links.send);
        self.goto(&link).await;
        self.wait_for("#ask button.main").await;
        self.look("give").await;
        GiverPage(&browser).look(&link, self.scripts).await;
        self.wait_for("#message").await;
        self.look("give-form").await;
        browser.click("main form button.main").await;
        browser.until("document.getElementById('message-problem')?.textContent").await;
        self.look("give-form-problem").await;
        SenderPage(&browser).write("signed").await;
        browser.click("main form button.main").await;
        browser.until("!document.getElementById('message')").await;
        self.look("sent").await;
        GiverPage(&browser).look(&link, self.scripts).await;
        browser.until("!document.querySelector('main form')").await;
        self.look("give-full").await;
        if self.scripts {
            self.goto(&link[..link.len() - 2]).await;
            self.wait_for("#damaged").await;
            self.look("give-damaged").await;
        }
    }

    async fn collect(&mut self, links: &Links) {
        let browser = Rc::clone(&self.browser);
        let page = RequesterPage(&browser);
        page.collect(&self.in_language(&links.keep), self.scripts).await;
        self.wait_for("main .rows").await;
        if self.scripts {
            browser.until("document.querySelector('main .rows [data-slot=state]').textContent").await;
        }
        self.look("collect").await;
        self.page().await;
        browser.click("#ask-form button.main").await;
        self.wait_for("#keep").await;
        let keep = browser.eval("document.getElementById('keep').value.trim()").await;
        if self.scripts {
            for name in ["send", "keep"] {
                browser.click(&format!("[data-slot={name}-box] summary")).await;
                self.wait_for(&format!("[data-slot={name}-box] svg.code")).await;
            }
        }
        page.collect(&self.in_language(keep.as_str().unwrap()), self.scripts).await;
        self.wait_for("main .danger").await;
        self.look("collect-none").await;
        browser.click("main .danger").await;
        if self.scripts {
            self.wait_for("[data-action=end-yes]").await;
            self.look("collect-sure").await;
            browser.click("[data-action=end-yes]").await;
        }
        browser.until("!document.querySelector('main .danger:not([hidden])')").await;
        self.look("collect-closed").await;
    }
}
