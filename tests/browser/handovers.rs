//! Journeys from the browser inside an app to the receiver's own: exactly one of the two can go on.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::contents::{File, Files};
use crate::device::{PICKER, saved, until, whole};
use crate::fault_proxy::Proxy;
use crate::in_app_browsers::{ANDROID, SHEET, copied, window};
use crate::pages::{ReceiverPage, StatusPage};
use crate::server::Server;
use crate::table::row;
use crate::with_permit;
use onetimeshare_envelope::{Claim, Link};
use serde_json::json;

const PASSWORD: &str = "right words";

/// When the link for the other browser is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copied {
    /// The app never reloads.
    AtOnce,
    /// The app reloads and opens again afterwards.
    BeforeReload,
    /// The app reloads and opens again first.
    AfterReload,
    /// The app reloads, and has not opened again.
    InsteadOfOpening,
}

/// What the app saved before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Nothing,
    /// One of two files.
    OneFile,
    /// The first part of a file of three.
    OnePart,
}

#[derive(Debug, Clone, Copy)]
struct Journey {
    number: usize,
    copied: Copied,
    half: Half,
    password: Option<&'static str>,
    /// Whether the app finishes before the other browser goes on.
    app_is_faster: bool,
    /// Whether the app comes back by its history, not by a reload.
    back: bool,
}

impl Journey {
    fn nth(number: usize) -> Self {
        let app_is_faster = number % 5 == 4;
        let half = [Half::Nothing, Half::OneFile, Half::OnePart][number % 3];
        Self {
            number,
            copied: [Copied::AtOnce, Copied::BeforeReload, Copied::AfterReload, Copied::InsteadOfOpening][number % 4],
            // While a file is being saved, the page cannot be cleared.
            half: if app_is_faster && half == Half::OnePart { Half::Nothing } else { half },
            password: (number / 4 % 2 == 1).then_some(PASSWORD),
            app_is_faster,
            back: number / 2 % 2 == 1,
        }
    }

    /// Returns whether the app shows the files when the other browser goes on.
    fn is_open(&self) -> bool {
        self.copied != Copied::InsteadOfOpening || self.app_is_faster
    }
}

/// The sender's browser, the app and the receiver's browser, used for all journeys.
struct Windows {
    server: Server,
    proxy: Proxy,
    client: Client,
    sender: Browser,
    app: Browser,
    own: Browser,
}

impl Windows {
    async fn open_in_app(&self, password: Option<&str>) {
        let app = ReceiverPage(&self.app);
        self.app.wait_for("#open [data-action=open]").await;
        if let Some(password) = password {
            app.password(password).await;
        }
        app.press().await;
        assert_eq!(app.message().await, "with files");
        app.has("plan.txt").await;
    }

    async fn reload_app(&self) {
        self.app.reload().await;
    }

    /// Opens the share in the app and returns the link for the other browser.
    async fn copied_link(&self, journey: Journey) -> String {
        let Journey { copied: when, half, password, app_is_faster, .. } = journey;
        let app = ReceiverPage(&self.app);
        self.open_in_app(password).await;
        if half == Half::OneFile {
            app.save("plan.txt").await;
            app.row_shows("plan.txt", "Saved.").await;
        }
        let mut link = None;
        if matches!(when, Copied::AtOnce | Copied::BeforeReload) {
            link = Some(copied(&self.app, "[data-slot=blocked]").await);
        }
        if when != Copied::AtOnce {
            self.reload_app().await;
        }
        if when == Copied::InsteadOfOpening {
            self.app.click("[data-slot=elsewhere] summary").await;
            link = Some(copied(&self.app, "[data-slot=elsewhere]").await);
        }
        if when != Copied::AtOnce && (app_is_faster || when != Copied::InsteadOfOpening) {
            self.open_in_app(password).await;
        }
        match link {
            Some(link) => link,
            None => copied(&self.app, "[data-slot=blocked]").await,
        }
    }

    /// Follows the link in the receiver's browser, which says what happens.
    async fn follow(&self, link: &str) {
        ReceiverPage(&self.own).follow(&link.replace(&self.proxy.url(), &self.server.url()), true).await;
        let said = self.own.text("[data-slot=taking-over]").await;
        let date = said.strip_prefix("You opened this on ").and_then(|rest| rest.split_once(" in another app. "));
        let (date, asked) = date.unwrap_or_else(|| panic!("{said}"));
        assert!(date.contains(':'), "{said}");
        assert_eq!(asked, "Go on here?");
        assert_eq!(
            self.own.text("[data-slot=what]").await,
            "It opens one time, then it is deleted.",
            "the size is not known"
        );
    }

    /// Goes on in the receiver's browser.
    async fn go_on(&self, Journey { password, number, .. }: Journey) {
        let own = ReceiverPage(&self.own);
        own.press().await;
        if let Some(password) = password {
            if number % 8 == 5 {
                own.password("wrong words").await;
                own.press().await;
                let said = "That password is not right. You can try 4 more times.";
                self.own
                    .until(&format!("document.getElementById('password-problem').textContent.includes('{said}')"))
                    .await;
            }
            own.password(password).await;
            own.press().await;
        }
        assert_eq!(own.message().await, "with files");
    }

    /// The claim that a tab keeps.
    async fn claim(&self, browser: &Browser, share: &Share) -> Claim {
        let kept = browser.eval(&format!("JSON.parse(sessionStorage.getItem('claim:{}')).claim", share.link.id)).await;
        Claim::parse(kept.as_str().unwrap()).unwrap()
    }

    /// What the app can still do: nothing.
    async fn app_comes_back(&self, journey: Journey) {
        let app = ReceiverPage(&self.app);
        if journey.is_open() && journey.half != Half::OneFile {
            if journey.half == Half::OnePart {
                self.proxy.mend();
            } else {
                app.save("plan.txt").await;
            }
            app.row_shows("plan.txt", "Did not save.").await;
            let said = self.app.text("main [data-slot=trouble]").await;
            assert!(said.ends_with("or you went on in another browser."), "{said}");
        }
        if journey.back {
            self.app.goto("about:blank").await;
            self.app.client.back().await.unwrap();
        } else {
            self.reload_app().await;
        }
        self.app.wait_for("#open [data-action=open]").await;
        if let Some(password) = journey.password {
            app.password(password).await;
        }
        app.press().await;
        self.app.heading("This was opened").await;
    }

    async fn run(&self, journey: Journey) {
        let seed = journey.number as u64 + 1;
        let files = vec![File::made("plan.txt", 2_500_000, seed), File::of("game.exe", "MZ")];
        let sent = Files::guarded(Some("with files"), files.clone(), 3_600, journey.password);
        sent.send(&self.client);
        let share = &sent.share;
        let status = StatusPage(&self.sender);
        status.visit(&format!("{}/status#{}", self.server.url(), share.status_fragment()), true).await;
        status.says("Not opened yet").await;

        self.app.goto("about:blank").await;
        self.app.goto(&share.link.url(&self.proxy.url())).await;
        let link = self.copied_link(journey).await;
        assert_eq!(link.split_once('#').unwrap().1.len(), 73, "the link carries a handover");
        status.says("Opened, files still kept").await;
        assert!(!self.sender.is_visible("main [data-slot=moved]").await);
        let first = self.claim(&self.app, share).await;
        let words = self.sender.text("main [data-slot=words]").await;
        assert_eq!(words, share.words(&first));
        if journey.half == Half::OnePart && journey.is_open() {
            self.proxy.hold("/parts/2 ");
            ReceiverPage(&self.app).save("plan.txt").await;
            until("a part", || self.proxy.count("/parts/2 ") > 0).await;
        }
        self.follow(&link).await;
        if journey.app_is_faster {
            self.app.click("[data-action=clear]").await;
            self.app.heading("All done").await;
            status.says("Opened and deleted").await;
            ReceiverPage(&self.own).press().await;
            self.own.heading("This was opened").await;
            assert!(!self.sender.is_visible("main [data-slot=moved]").await);
            assert_eq!(self.client.part(share, &first, 1).status, 404, "the files are deleted");
            return;
        }
        self.go_on(journey).await;
        let second = self.claim(&self.own, share).await;
        assert_ne!(first.expose(), second.expose());
        let parts = [&first, &second].map(|claim| self.client.part(share, claim, 1).status);
        assert_eq!(parts, [404, 200], "one side can go on: {journey:?}");
        let said = self.sender.text("main [data-slot=moved]").await;
        assert!(said.starts_with("Whoever opened it went on in another browser on "), "{said}");
        assert_eq!(self.own.text("main [data-slot=words]").await, share.words(&second));
        assert_eq!(self.sender.text("main [data-slot=words]").await, share.words(&second));
        self.app_comes_back(journey).await;
        let mut again = json!({ "open_proof": share.open_proof(), "claim": Claim::random().unwrap().expose() });
        again["handover"] = Link::parse(&link).unwrap().handover.unwrap().expose().into();
        if let Some(proof) = &share.password_proof {
            again["password_proof"] = proof.as_str().into();
        }
        let replayed = self.client.json("POST", &format!("{}/open", share.path()), None, &again);
        assert_eq!(replayed.status, 410, "the handover is used up");

        let own = ReceiverPage(&self.own);
        own.save("plan.txt").await;
        own.row_shows("plan.txt", "Saved.").await;
        own.save("game.exe").await;
        own.confirmed().await;
        assert_eq!(saved(&self.own).await, whole(&files), "every byte arrived");
        status.says("Opened and deleted").await;
        assert!(self.sender.is_visible("main [data-slot=moved]").await);
    }
}

#[test]
fn exactly_one_side_goes_on_after_a_handover() {
    with_permit(async {
        let server = Server::start();
        let (proxy, client) = (Proxy::to(server.port), Client::new(server.url()));
        let app = window(ANDROID, SHEET).await;
        let (sender, own) = (Browser::start().await, Browser::start().await);
        own.at_start_of_pages(PICKER);
        let windows = Windows { server, proxy, client, sender, app, own };
        let journeys: Vec<_> = (0..20).map(Journey::nth).collect();
        for journey in &journeys {
            println!("{journey:?}");
            windows.run(*journey).await;
        }
        let count = |what: &dyn Fn(&Journey) -> bool| journeys.iter().filter(|journey| what(journey)).count();
        row(
            "in-app journeys with a handover",
            format!(
                "one side went on in {} of 20; {} with a password, {} half saved, {} with a reload",
                journeys.len(),
                count(&|journey| journey.password.is_some()),
                count(&|journey| journey.half == Half::OneFile || (journey.half == Half::OnePart && journey.is_open())),
                count(&|journey| journey.copied != Copied::AtOnce),
            ),
        );
        for browser in [windows.sender, windows.app, windows.own] {
            browser.close().await;
        }
    });
}

#[test]
fn a_share_can_be_handed_back_to_the_tab_that_opened_it() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let sent = Files::with(Some("there and back"), vec![File::of("game.exe", "MZ")], 3_600);
        sent.send(&client);
        let (first, second) = (window(ANDROID, SHEET).await, window(ANDROID, SHEET).await);
        ReceiverPage(&first).open(&sent.share.link.url(&server.url()), true, None).await;
        let there = copied(&first, "[data-slot=blocked]").await;
        ReceiverPage(&second).open(&there, true, None).await;
        let back = copied(&second, "[data-slot=blocked]").await;
        assert_ne!(back, there);
        assert_eq!(ReceiverPage(&first).open(&back, true, None).await, "there and back");
        assert_eq!(copied(&first, "[data-slot=blocked]").await.len(), back.len());
        // The used handover stays used: it is not registered again.
        ReceiverPage(&second).follow(&there, true).await;
        ReceiverPage(&second).press().await;
        second.heading("This was opened").await;
        assert_eq!(client.status(&sent.share).json()["handovers"], 2);
        first.close().await;
        second.close().await;
    });
}

#[test]
fn without_a_network_there_is_no_link_and_the_page_says_so() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let sent = Files::with(None, vec![File::of("game.exe", "MZ")], 3_600);
        sent.send(&client);
        let app = window(ANDROID, &format!("{}\n{SHEET}", crate::device::HURRY)).await;
        app.expect(crate::device::LOST);
        proxy.lose("/handover ");
        let receiver = ReceiverPage(&app);
        receiver.follow(&sent.share.link.url(&proxy.url()), true).await;
        receiver.press().await;
        receiver.has("game.exe").await;
        app.click("[data-slot=blocked] [data-action=copy-here]").await;
        let said = app.text("[data-slot=blocked] [data-slot=link-problem]").await;
        assert_eq!(said, "We could not reach OneTimeShare. It is safe to try again.");
        proxy.mend();
        let link = copied(&app, "[data-slot=blocked]").await;
        assert_eq!(link.split_once('#').unwrap().1.len(), 73);
        assert!(!app.is_visible("[data-slot=blocked] [data-slot=link-problem]").await);
        app.close().await;
    });
}
