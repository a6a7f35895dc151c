//! Visits every page and state, so that a visitor can inspect each.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::contents::{File, Files};
use crate::device::HURRY;
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::{Options, Server};
use crate::shared_content::share;
use crate::web_app::worker;
use onetimeshare_envelope::{Claim, Link};
use serde_json::json;
use std::path::PathBuf;
use std::rc::Rc;
use tempfile::TempDir;

/// A short maximum message length, so that the counter appears early.
const MOST: usize = 200;

/// Long words and lines, a URL without breaks, and right-to-left text.
const MESSAGE: &str = "Door code: 4711 🙂\n\nhttps://example.org/a/very/long/address/without/any/gap/in/it/at/all?and=more\n\
    שלום עולם\n\tfar in";

/// Inspects the state that a window shows, under a name usable as a file name.
pub trait Visitor {
    /// Called once in each state.
    async fn look(&mut self, browser: &Browser, name: &str);
}

/// A tour of all states in one language.
pub struct Tour<'v, V> {
    visitor: &'v mut V,
    pub browser: Rc<Browser>,
    pub server: Server,
    pub client: Client,
    /// `?lang=…`, or empty.
    pub language: String,
    /// Whether scripts are on.
    pub scripts: bool,
}

impl<'v, V: Visitor> Tour<'v, V> {
    /// Starts a site with contact details and a short maximum message.
    pub fn new(visitor: &'v mut V, browser: Rc<Browser>, language: &str, scripts: bool) -> Self {
        let server = site().start();
        let client = Client::new(server.url());
        Self { visitor, browser, server, client, language: language.to_owned(), scripts }
    }

    pub async fn look(&mut self, name: &str) {
        let scripts = if self.scripts { "" } else { "-noscript" };
        let language = self.language.strip_prefix("?lang=").map(|code| format!("-{code}")).unwrap_or_default();
        self.visitor.look(&self.browser, &format!("{name}{scripts}{language}")).await;
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}{}", self.server.url(), self.language)
    }

    pub fn link(&self, link: &Link) -> String {
        self.made(&link.url(&self.server.url()))
    }

    /// Returns a link that a page made, in the language of the tour.
    fn made(&self, link: &str) -> String {
        link.replacen('#', &format!("{}#", self.language), 1)
    }

    fn share(&self, password: Option<&str>, lifetime: u64) -> Share {
        let share = Share::with(MESSAGE, password, lifetime);
        self.client.create(&share);
        share
    }

    pub async fn goto(&self, url: &str) {
        self.browser.goto("about:blank").await;
        self.browser.goto(url).await;
    }

    /// Waits for a heading by a selector, because its text depends on the language.
    pub async fn wait_for(&self, css: &str) {
        self.browser.wait_for(css).await;
    }

    /// Visits every page and state; those with files, which take longest, only if requested.
    pub async fn all(&mut self, files: bool) {
        let ended = self.ended();
        self.create().await;
        self.read().await;
        if files {
            self.files().await;
        }
        assert_eq!(self.client.peek(&ended.expired).json()["state"], "expired");
        self.gone(&ended).await;
        self.status(&ended).await;
        self.requests().await;
        self.others().await;
    }

    async fn create(&mut self) {
        let browser = Rc::clone(&self.browser);
        let sender = SenderPage(&browser);
        self.goto(&self.url("/")).await;
        if self.scripts {
            browser.until("document.querySelector('.locking')?.dataset.locking === 'browser'").await;
        }
        self.look("create").await;
        if self.scripts {
            worker(&browser).await;
            share(&browser, &self.server.url(), &["one.txt", "דוח 2.pdf"]).await;
            self.look("create-shared").await;
            self.goto(&self.url("/")).await;
            browser.until("document.querySelector('.locking')?.dataset.locking === 'browser'").await;
        }
        sender.protect("abc").await;
        self.look("create-more").await;
        browser.click("#create button.main").await;
        self.wait_for("#problems").await;
        self.look("create-problems").await;
        if self.scripts {
            let early = "until.value = '2020-01-01T00:00'; until.dispatchEvent(new Event('input', { bubbles: true }))";
            browser.run(early, Vec::new()).await;
            browser.click("#create button.main").await;
            browser.until("document.getElementById('until-problem').textContent !== ''").await;
            self.look("create-until-problem").await;
            browser.click("[name=lifetime][value='604800']").await;
            browser.click("[data-action=make-password]").await;
            browser.until("document.getElementById('password').type === 'text'").await;
            sender.write(&"long ".repeat(MOST / 5 - 2)).await;
            self.wait_for("#message-left").await;
            self.look("create-count").await;
        }
        sender.write(&"x".repeat(MOST + 1)).await;
        browser.click("#create button.main").await;
        browser.until("document.getElementById('message-problem').textContent !== ''").await;
        self.look("create-too-long").await;
        sender.write(MESSAGE).await;
        sender.protect("long enough").await;
        // With the Web Share API, as on phones.
        browser.run("Navigator.prototype.canShare = () => true;", Vec::new()).await;
        let made = sender.make().await;
        self.look("ready-password").await;
        if self.scripts {
            browser.click("[data-action=show-made]").await;
            browser.click("[data-slot=code-box] summary").await;
            self.wait_for("svg.code").await;
            self.look("ready-password-code").await;
        }
        if !self.scripts {
            browser.client.refresh().await.unwrap();
            browser.until("document.querySelector('main').dataset.page === 'already'").await;
            self.look("already").await;
        }
        self.goto(&self.url("/")).await;
        if self.scripts {
            browser.until("document.querySelector('.locking')?.dataset.locking === 'browser'").await;
        }
        sender.write(MESSAGE).await;
        sender.make().await;
        self.look("ready").await;
        if self.scripts {
            self.listed().await;
            browser
                .run("Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;", Vec::new())
                .await;
            browser.click("[data-action=copy]").await;
            self.wait_for("[data-slot=copy-problem]").await;
            self.look("ready-copy-failed").await;
            browser.run("Navigator.prototype.canShare = () => true;", Vec::new()).await;
            self.served().await;
            self.goto(&self.made(&made.link)).await;
            self.wait_for("[data-slot=own]").await;
            self.look("open-own").await;
        }
    }

    /// A link created by the server, on a page with scripts.
    async fn served(&mut self) {
        let browser = Rc::clone(&self.browser);
        self.goto(&self.url("/")).await;
        SenderPage(&browser).write(MESSAGE).await;
        browser.to_next_page(async { drop(browser.run("create.submit()", Vec::new()).await) }).await;
        browser.click("[data-slot=code-box] summary").await;
        self.wait_for("svg.code").await;
        self.look("ready-served-code").await;
    }

    /// A wrong password, until there were too many attempts.
    async fn read(&mut self) {
        let browser = Rc::clone(&self.browser);
        let receiver = ReceiverPage(&browser);
        let (plain, guarded) = (self.share(None, 3_600), self.share(Some("right one"), 3_600));
        let (plain, link) = (self.link(&plain.link), self.link(&guarded.link));
        receiver.follow(&plain, self.scripts).await;
        self.look("open").await;
        receiver.follow(&link, self.scripts).await;
        self.look("open-password").await;
        if !self.scripts {
            receiver.press().await;
            self.wait_for("#problems").await;
            self.look("open-password-needed").await;
        }
        for name in ["open-wrong-password", "", "", "", "open-too-many-tries"] {
            if name.is_empty() {
                self.wrong(&guarded);
            } else {
                receiver.password("wrong one").await;
                receiver.press().await;
                // Without scripts, the page never repeats a password.
                let kept = if self.scripts { "wrong one" } else { "" };
                let shown = format!(
                    "document.getElementById('password').value === '{kept}'
                    && document.getElementById('password-problem').textContent !== ''"
                );
                browser.until(&shown).await;
                self.look(name).await;
            }
        }
        let cut = &link[..link.len() - 2];
        if self.scripts {
            self.goto(cut).await;
            self.wait_for("form#damaged").await;
            self.look("damaged").await;
            browser.click("#damaged button.main").await;
            self.wait_for("#link-problem").await;
            self.look("damaged-problem").await;
        } else {
            receiver.follow(&plain, false).await;
            browser.fill("#link", cut).await;
            receiver.press().await;
            self.wait_for("form#damaged").await;
            self.look("damaged").await;
        }
        receiver.open(&plain, self.scripts, None).await;
        if !self.scripts {
            self.look("opened").await;
            return;
        }
        browser.wait_for("[data-slot=reading]").await;
        self.look("opened").await;
        browser
            .run("Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;", Vec::new())
            .await;
        browser.click("[data-action=copy-message]").await;
        self.wait_for("[data-slot=copy-problem]").await;
        browser.click("[data-action=hide-message]").await;
        self.look("opened-copy-failed-hidden").await;
        browser.click("[data-action=clear]").await;
        browser.wait_for("[data-slot=nothing-left]").await;
        self.look("done").await;

        let long = Share::new(&"name\tplace\tdate\n".repeat(60));
        self.client.create(&long);
        receiver.open(&self.link(&long.link), true, None).await;
        self.look("opened-long").await;
        browser.click("[data-action=fold-message]").await;
        browser.click("[data-action=align-message]").await;
        self.look("opened-columns").await;

        browser.at_start_of_pages(HURRY);
        let proxy = Proxy::to(self.server.port);
        proxy.lose("/peek ");
        let unreachable = self.share(None, 3_600);
        self.goto(&self.link(&unreachable.link).replace(&self.server.url(), &proxy.url())).await;
        self.wait_for("[data-slot=trouble]").await;
        self.look("open-unreachable").await;
    }

    /// Files: selected, rejected, uploading, opened, saved.
    async fn files(&mut self) {
        let browser = Rc::clone(&self.browser);
        let (sender, receiver) = (SenderPage(&browser), ReceiverPage(&browser));
        let device = TempDir::new().unwrap();
        let put = |name: &str, size: usize| {
            let path = device.path().join(name);
            std::fs::write(&path, vec![7; size]).unwrap();
            path
        };
        let chosen = [
            put(&format!("{}.pdf", "a-name-without-any-gap-".repeat(6)), 3_000_000),
            put("דוח שנתי 2026.pdf", 1_000),
            put("game.exe", 10),
            put("picture.png", 10),
        ];
        let chosen: Vec<_> = chosen.iter().map(PathBuf::as_path).collect();
        if !self.scripts {
            self.goto(&self.url("/")).await;
            sender.write(MESSAGE).await;
            sender.choose(&chosen).await;
            let made = sender.make().await;
            receiver.open(&self.made(&made.link), false, None).await;
            self.look("opened-files").await;
            return;
        }
        let proxy = Proxy::to(self.server.port);
        self.goto(&self.url("/").replace(&self.server.url(), &proxy.url())).await;
        browser.until("document.querySelector('.locking')?.dataset.locking === 'browser'").await;
        sender.choose(&chosen).await;
        sender.chosen(chosen.len()).await;
        self.look("create-files").await;
        let many: Vec<_> = (0..3).map(|n| put(&format!("{n}.txt"), 10)).collect();
        sender.choose(&many.iter().map(PathBuf::as_path).collect::<Vec<_>>()).await;
        browser.until("document.getElementById('files-problem').textContent !== ''").await;
        browser.click("#create button.main").await;
        browser.until("document.activeElement.id === 'files'").await;
        self.look("create-files-too-many").await;
        browser.click("[data-action=more-files]").await;
        for left in (chosen.len()..chosen.len() + many.len()).rev() {
            browser.click("#files li:last-child [data-action=remove]").await;
            sender.chosen(left).await;
        }
        sender.write(MESSAGE).await;
        proxy.hold("/parts/2 ");
        browser.click("#create button.main").await;
        browser.until("document.querySelector('main [data-slot=bar]')?.value > 0").await;
        self.look("sending").await;
        browser.click("[data-action=stop]").await;
        proxy.mend();
        self.wait_for("[data-slot=stopped]").await;
        self.look("create-stopped").await;
        proxy.break_at("/parts/2 ", 500_000);
        browser.click("#create button.main").await;
        self.wait_for("[data-action=again]").await;
        self.look("sending-halted").await;
        proxy.mend();
        browser.click("[data-action=again]").await;
        let made = sender.made().await;
        self.look("ready-files").await;

        browser.at_start_of_pages(
            "window.showSaveFilePicker = async ({ suggestedName }) =>
                (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
            window.showDirectoryPicker = () => navigator.storage.getDirectory();",
        );
        receiver.follow(&self.made(&made.link), true).await;
        self.look("open-files").await;
        receiver.press().await;
        receiver.message().await;
        self.look("opened-files").await;
        receiver.save("game.exe").await;
        browser.until("document.querySelectorAll('[data-action=save][aria-disabled]').length === 0").await;
        proxy.lose("/parts/");
        receiver.save("picture.png").await;
        self.wait_for("main [data-slot=trouble]").await;
        self.look("opened-files-failed").await;
        proxy.mend();
        browser.click("[data-action=save-all]").await;
        receiver.confirmed().await;
        self.look("opened-files-saved").await;
        self.played().await;
        self.in_app().await;
    }

    /// In an in-app browser, and where copying fails.
    async fn in_app(&mut self) {
        let browser = Rc::clone(&self.browser);
        let receiver = ReceiverPage(&browser);
        let agent = |name: &str| drop(browser.cdp("Emulation.setUserAgentOverride", json!({ "userAgent": name })));
        agent("Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile");
        let sent = Files::with(Some(MESSAGE), vec![File::of("one.txt", "one"), File::of("two.pdf", "two")], 3_600);
        sent.send(&self.client);
        receiver.follow(&self.link(&sent.share.link), true).await;
        let refuse = "Document.prototype.execCommand = () => false; delete Navigator.prototype.clipboard;";
        browser.run(refuse, Vec::new()).await;
        browser.click("[data-slot=elsewhere] summary").await;
        self.look("open-in-app").await;
        receiver.press().await;
        self.wait_for("[data-slot=blocked] [data-action=copy-here]").await;
        self.look("opened-in-app").await;
        browser.click("[data-slot=blocked] [data-action=copy-here]").await;
        self.wait_for("[data-slot=blocked] [data-slot=link-here]").await;
        self.look("opened-in-app-copy-failed").await;
        let link = browser.eval("document.querySelector('[data-slot=blocked] [data-slot=link-here]').value").await;
        agent("");

        // In another tab, as in the receiver's own browser.
        let before = browser.client.window().await.unwrap();
        let tab = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(tab.handle).await.unwrap();
        let (page, fragment) = link.as_str().unwrap().split_once('#').unwrap();
        self.goto(&format!("{page}{}#{fragment}", self.language)).await;
        self.wait_for("[data-slot=taking-over]").await;
        self.wait_for("#open [data-action=open]").await;
        self.look("open-taking-over").await;
        receiver.press().await;
        receiver.message().await;
        let status = format!("{}#{}", self.url("/status"), sent.share.status_fragment());
        StatusPage(&browser).visit(&status, true).await;
        self.wait_for("main [data-slot=moved]").await;
        self.look("status-moved").await;
        browser.client.close_window().await.unwrap();
        browser.client.switch_to_window(before).await.unwrap();
    }

    /// Sends a wrong password from elsewhere.
    fn wrong(&self, share: &Share) {
        let mut wrong = Share::with("", None, 3_600);
        wrong.password_proof = Some("A".repeat(43));
        wrong.link = share.link.clone();
        assert_eq!(self.client.open(&wrong, &Claim::random().unwrap()).status, 403);
    }

    async fn gone(&mut self, ended: &Ended) {
        let Ended { opened, expired, deleted } = ended;
        let never = Share::new("never created");
        for (name, share) in
            [("gone-opened", opened), ("gone-expired", expired), ("gone-deleted", deleted), ("gone", &never)]
        {
            let link = self.link(&share.link);
            self.goto(&link).await;
            if !self.scripts {
                self.browser.fill("#link", &link).await;
                ReceiverPage(&self.browser).press().await;
            }
            // Only this page has a list of next steps.
            self.wait_for("main section.card li").await;
            self.look(name).await;
        }
    }

    /// Creates ended shares; the expiring one ends shortly.
    fn ended(&self) -> Ended {
        let ended =
            Ended { opened: self.share(None, 3_600), expired: self.share(None, 1), deleted: self.share(None, 3_600) };
        let receiver = Claim::random().unwrap();
        assert_eq!(self.client.open(&ended.opened, &receiver).status, 200);
        assert_eq!(self.client.confirm(&ended.opened, &receiver).status, 204);
        assert_eq!(self.client.delete(&ended.deleted).status, 204);
        ended
    }

    async fn status(&mut self, ended: &Ended) {
        let browser = Rc::clone(&self.browser);
        self.goto(&self.url("/status")).await;
        self.wait_for("#status-form").await;
        self.look("status").await;
        browser.click("#status-form button.main").await;
        self.wait_for("#link-problem").await;
        self.look("status-problem").await;

        let waiting = self.share(Some("right one"), 3_600);
        self.wrong(&waiting);
        let Ended { opened, expired, deleted } = ended;
        let never = Share::new("never created");
        for (name, share) in [
            ("status-expired", expired),
            ("status-opened", opened),
            ("status-deleted", deleted),
            ("status-gone", &never),
            ("status-waiting", &waiting),
        ] {
            let link = format!("{}#{}", self.url("/status"), share.status_fragment());
            StatusPage(&browser).visit(&link, self.scripts).await;
            browser.until("!document.getElementById('status-form')").await;
            if name == "status-opened" {
                browser.until("document.querySelector('main [data-slot=words]').textContent !== ''").await;
            }
            self.look(name).await;
        }
        let unsaved = Files::with(None, vec![File::of("one.txt", "one")], 3_600);
        unsaved.send(&self.client);
        assert_eq!(self.client.open(&unsaved.share, &Claim::random().unwrap()).status, 200);
        let link = format!("{}#{}", self.url("/status"), unsaved.share.status_fragment());
        StatusPage(&browser).visit(&link, self.scripts).await;
        browser.until("!document.getElementById('status-form')").await;
        self.look("status-unsaved").await;

        let reading = self.share(None, 3_600);
        assert_eq!(self.client.open(&reading, &Claim::random().unwrap()).status, 200);
        let link = format!("{}#{}", self.url("/status"), reading.status_fragment());
        StatusPage(&browser).visit(&link, self.scripts).await;
        browser.until("!document.getElementById('status-form')").await;
        self.look("status-reading").await;
        if self.scripts {
            let fill = "localStorage.setItem('list:', JSON.stringify(arguments[0].map((status) =>
                ({ status, made: Date.now(), until: Date.now() + 1e9 }))));";
            let fragments = json!([reading.status_fragment(), unsaved.share.status_fragment(), never.owner.expose()]);
            browser.run(fill, vec![fragments]).await;
            self.goto(&self.url("/status")).await;
            let states = "[...document.querySelectorAll('[data-slot=list-rows] [data-slot=state]')]";
            browser.until(&format!("{states}.length === 3 && {states}.every((state) => state.textContent)")).await;
            self.look("status-list").await;
            browser.click("[data-action=forget-all]").await;
            self.wait_for("[data-slot=list-empty]").await;
            self.look("status-list-empty").await;
        }

        let link = format!("{}#{}", self.url("/status"), waiting.owner.expose());
        StatusPage(&browser).visit(&link, self.scripts).await;
        browser.click("main .card button.danger").await;
        self.wait_for("main .main.danger").await;
        self.look("status-sure").await;
    }

    async fn others(&mut self) {
        self.goto(&self.url("/about")).await;
        self.look("about").await;
        if !self.language.is_empty() {
            self.browser.click("header summary").await;
            self.look("about-languages").await;
        }
        self.goto(&self.url("/nothing/here")).await;
        self.look("error-404").await;
        for name in ["offline", "share"] {
            self.goto(&self.url(&format!("/{name}"))).await;
            self.look(name).await;
        }
        if self.scripts {
            return;
        }
        let strict = site().set("require_browser_locking", true).start();
        for (name, path) in [
            ("create-needs-script", "/".to_owned()),
            ("open-needs-script", format!("/s/{}", "0".repeat(16))),
            ("request-needs-script", "/request".to_owned()),
            ("give-needs-script", format!("/r/{}", "0".repeat(16))),
        ] {
            self.goto(&format!("{}{path}{}", strict.url(), self.language)).await;
            self.look(name).await;
        }
    }
}

/// Ended shares, one for each way to end.
struct Ended {
    opened: Share,
    expired: Share,
    deleted: Share,
}

/// Options of the site.
fn site() -> Options {
    Options::default()
        .set("contact", "\"abuse@share.example\"")
        .set("max_message", MOST)
        .set("max_files", 6)
        .set("lifetimes", "[1, 3600, 86400, 604800]")
}
