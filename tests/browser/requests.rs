//! Tests requests in the browser: asked, answered and collected with and without scripts, live, over a failing network, and
//! with links in the wrong place.

use crate::browser::Browser;
use crate::client::{Client, Share};
use crate::contents::File;
use crate::device::{Device, HURRY, LOST, NO_PICKER, big, downloaded, each};
use crate::engine_journeys;
use crate::fault_proxy::Proxy;
use crate::pages::{ASKS, ReceiverPage, SenderPage, put_text};
use crate::server::Server;
use crate::web_app::worker;
use crate::with_permit;
use onetimeshare_envelope::request::{GiveLink, PrivateLink};
use std::time::Duration;

const NOTE: &str = "The contract, please.\nAnd <b>the annex</b> 📄";

/// The two links of a request.
pub struct Links {
    pub send: String,
    pub keep: String,
}

/// The page that makes a request and collects the answers.
pub struct RequesterPage<'b>(pub &'b Browser);

impl RequesterPage<'_> {
    /// Opens the page. With scripts, waits until they have taken over its forms.
    pub async fn visit(&self, site: &str, scripts: bool) {
        self.0.goto("about:blank").await;
        self.0.goto(&format!("{site}/request")).await;
        if scripts {
            self.0.wait_for(".locking[data-locking=browser]").await;
        }
    }

    /// Makes a request for this many answers.
    pub async fn ask(&self, note: &str, answers: u8) -> Links {
        self.0.wait_for("#note").await;
        put_text(self.0, "note", note).await;
        self.0.click(&format!("[name=answers][value='{answers}']")).await;
        self.0.click("#ask-form button.main").await;
        self.0.heading("You have two links").await;
        self.links().await
    }

    /// Reads the two links of a new request.
    pub async fn links(&self) -> Links {
        let value = async |name: &str| {
            let found = self.0.eval(&format!("document.getElementById('{name}').value.trim()")).await;
            found.as_str().unwrap().to_owned()
        };
        Links { send: value("send").await, keep: value("keep").await }
    }

    /// Keeps both links, so that the page may be left.
    pub async fn keep(&self) {
        for name in ["send", "keep"] {
            assert_eq!(self.0.eval(ASKS).await, true, "before the {name} link is kept");
            self.0.click(&format!("[data-slot={name}-box] [data-action=copy]")).await;
            self.0.wait_for(&format!("[data-slot={name}-box] [data-slot=kept]")).await;
        }
        assert_eq!(self.0.eval(ASKS).await, false);
    }

    /// Opens the page with the private link.
    pub async fn collect(&self, link: &str, scripts: bool) {
        self.0.goto("about:blank").await;
        self.0.goto(link).await;
        if !scripts {
            self.0.fill("#collect-form #link", link).await;
            self.0.to_next_page(self.0.click("#collect-form button")).await;
        }
    }

    /// Opens the answer of this number and reads its message.
    pub async fn open(&self, number: usize, scripts: bool) -> String {
        let button = if scripts { "[data-action=open]" } else { "form button" };
        self.0.to_next_page(self.0.click(&format!("main .rows > li:nth-child({number}) {button}"))).await;
        ReceiverPage(self.0).message().await
    }
}

/// The page of the link that was sent.
pub struct GiverPage<'b>(pub &'b Browser);

impl GiverPage<'_> {
    /// Opens the link and looks at what it asks for.
    pub async fn look(&self, link: &str, scripts: bool) {
        self.0.goto("about:blank").await;
        self.0.goto(link).await;
        if scripts {
            self.0.click("[data-action=look]").await;
        } else {
            self.0.fill("#link", link).await;
            self.0.to_next_page(self.0.click("#ask button.main")).await;
        }
    }

    /// Reads the note, verbatim.
    pub async fn note(&self) -> String {
        let found = self.0.until_some("document.querySelector('main [data-slot=note]')?.textContent ?? null").await;
        found.as_str().unwrap().to_owned()
    }

    /// Sends a message.
    pub async fn answer(&self, message: &str) {
        SenderPage(self.0).write(message).await;
        self.0.click("main form button.main").await;
    }

    pub async fn sent(&self) {
        self.0.heading("Sent").await;
    }
}

async fn window(scripts: bool) -> Browser {
    if scripts { Browser::start().await } else { Browser::without_scripts().await }
}

/// Asks, answers and collects; each side with or without scripts.
async fn journey(asker_scripts: bool, giver_scripts: bool) {
    let server = Server::start();
    let (asker, giver) = (window(asker_scripts).await, window(giver_scripts).await);
    let page = RequesterPage(&asker);
    page.visit(&server.url(), asker_scripts).await;
    let links = page.ask(NOTE, 1).await;
    assert!(links.send.starts_with(&format!("{}/r/", server.url())), "{}", links.send);
    assert!(links.keep.starts_with(&format!("{}/request#", server.url())), "{}", links.keep);
    let keys = PrivateLink::parse(&links.keep).unwrap().keys();
    assert!(GiveLink::parse(&links.send).is_ok_and(|link| link.id == keys.id() && link.key == keys.give_link().key));
    if asker_scripts {
        page.keep().await;
    }
    page.collect(&links.keep, asker_scripts).await;
    asker.heading("Nothing has come yet").await;

    let give = GiverPage(&giver);
    give.look(&links.send, giver_scripts).await;
    assert_eq!(give.note().await, NOTE);
    give.answer("signed\n\tand sealed").await;
    give.sent().await;

    // A second answer is turned away.
    give.look(&links.send, giver_scripts).await;
    giver.heading("They have all they asked for").await;

    if asker_scripts {
        asker.heading("Your answer is here").await;
        assert!(!asker.address().await.contains('#'), "the private link left the URL");
    } else {
        page.collect(&links.keep, false).await;
        asker.heading("Your answer is here").await;
    }
    assert_eq!(page.open(1, asker_scripts).await, "signed\n\tand sealed");
    if asker_scripts {
        ReceiverPage(&asker).clear().await;
        asker.to_next_page(async { asker.client.back().await.unwrap() }).await;
        asker.heading("Your answer is here").await;
        asker
            .until("document.querySelector('main .rows [data-slot=state]').textContent.startsWith('Opened on ')")
            .await;
        assert!(!asker.is_visible("main .rows [data-action=open]").await);
        assert!(asker.is_visible("[data-action=ask-again]").await);
    }
    engine_journeys::row(&asker, "a request, its answer and who comes too late", (giver_scripts, asker_scripts), 1);
    asker.close().await;
    giver.close().await;
}

#[test]
fn a_request_is_answered_from_browser_to_browser() {
    with_permit(journey(true, true));
}

#[test]
fn a_request_is_answered_without_scripts() {
    with_permit(journey(false, false));
}

#[test]
fn a_request_made_by_scripts_is_answered_without_them() {
    with_permit(journey(true, false));
}

#[test]
fn a_request_made_by_the_server_is_answered_by_scripts() {
    with_permit(journey(false, true));
}

#[test]
fn the_note_is_previewed_as_the_other_person_reads_it() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        browser.wait_for(".locking[data-locking=browser]").await;
        browser.to_next_page(browser.click("main > p a[href$='/request']")).await;
        browser.heading("Ask for something").await;
        browser.wait_for("[data-slot=preview]").await;
        assert!(browser.text("[data-slot=preview]").await.contains("They wrote no note."));
        browser.fill("#note", "The <b>key</b>").await;
        assert_eq!(browser.text("[data-slot=preview-note]").await, "The <b>key</b>");
        assert!(!browser.is_visible("[data-slot=preview-none]").await);
        let too_long = "const field = document.getElementById('note'); field.value = 'x'.repeat(9000);";
        browser.run(too_long, Vec::new()).await;
        browser.click("#ask-form button.main").await;
        browser.until("document.getElementById('note-problem').textContent.includes('Make it shorter')").await;
        browser.close().await;
    });
}

#[test]
fn answers_appear_by_themselves_until_all_came() {
    with_permit(async {
        let server = Server::start();
        let (asker, giver) = (Browser::start().await, Browser::start().await);
        let page = RequesterPage(&asker);
        page.visit(&server.url(), true).await;
        let links = page.ask("", 3).await;
        page.keep().await;
        asker.click("[data-action=collect]").await;
        asker.heading("Nothing has come yet").await;
        let give = GiverPage(&giver);
        for (message, title) in
            [("one", "Your answer is here"), ("two", "2 answers are here"), ("three", "3 answers are here")]
        {
            give.look(&links.send, true).await;
            giver.wait_for("#message").await;
            assert!(giver.text("main form").await.contains("They wrote no note."));
            give.answer(message).await;
            give.sent().await;
            asker.heading(title).await;
        }
        assert!(asker.text("main").await.contains("All answers came."));
        assert!(!asker.is_visible("[data-action=end]").await);
        give.look(&links.send, true).await;
        giver.heading("They have all they asked for").await;
        asker.client.refresh().await.unwrap();
        asker.heading("3 answers are here").await;
        for (number, message) in [(2, "two"), (1, "one"), (3, "three")] {
            assert_eq!(page.open(number, true).await, message);
            ReceiverPage(&asker).clear().await;
            asker.to_next_page(async { asker.client.back().await.unwrap() }).await;
            asker.heading("3 answers are here").await;
        }
        asker.close().await;
        giver.close().await;
    });
}

#[test]
fn three_answers_come_without_scripts_and_a_fourth_is_turned_away() {
    with_permit(async {
        let server = Server::start();
        let (asker, giver) = (Browser::without_scripts().await, Browser::without_scripts().await);
        let page = RequesterPage(&asker);
        page.visit(&server.url(), false).await;
        let links = page.ask(NOTE, 3).await;
        let give = GiverPage(&giver);
        for message in ["one", "two", "three"] {
            give.look(&links.send, false).await;
            assert_eq!(give.note().await, NOTE);
            give.answer(message).await;
            give.sent().await;
        }
        give.look(&links.send, false).await;
        giver.heading("They have all they asked for").await;
        for (number, message) in [(2, "two"), (1, "one"), (3, "three")] {
            page.collect(&links.keep, false).await;
            asker.heading("3 answers are here").await;
            assert_eq!(page.open(number, false).await, message);
        }
        asker.close().await;
        giver.close().await;
    });
}

#[test]
fn a_request_is_closed_and_takes_no_more() {
    with_permit(async {
        let server = Server::start();
        let (asker, giver) = (Browser::start().await, Browser::start().await);
        let page = RequesterPage(&asker);
        page.visit(&server.url(), true).await;
        let links = page.ask(NOTE, 1).await;
        page.keep().await;
        page.collect(&links.keep, true).await;
        assert_eq!(asker.text("main [data-slot=note]").await, NOTE);
        let give = GiverPage(&giver);
        give.look(&links.send, true).await;
        give.note().await;
        asker.click("[data-action=end]").await;
        asker.heading("Close the link?").await;
        asker.click("[data-action=end-no]").await;
        asker.heading("Nothing has come yet").await;
        asker.click("[data-action=end]").await;
        asker.click("[data-action=end-yes]").await;
        asker.heading("Nothing came").await;
        assert!(asker.text("main").await.contains("You closed the link."));
        // The form was open already. What was made for it is deleted.
        give.answer("too late").await;
        giver.heading("This link is closed").await;
        asker.to_next_page(asker.click("[data-action=ask-again]")).await;
        asker.heading("Ask for something").await;
        asker.close().await;
        giver.close().await;
    });
}

#[test]
fn files_are_sent_over_a_line_that_breaks_and_collected_after_a_reload() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let device = Device::new();
        let files = [File::made("contract.bin", big() + 3, 9), File::of("annex.txt", "annex")];
        let (asker, giver) = (Browser::start().await, Browser::start().await);
        asker.width(375, 812);
        asker.at_start_of_pages(NO_PICKER);
        let folder = asker.downloads();
        for browser in [&asker, &giver] {
            browser.patience(Duration::from_secs(120));
            browser.expect(LOST);
        }
        giver.at_start_of_pages(HURRY);
        let page = RequesterPage(&asker);
        page.visit(&server.url(), true).await;
        let links = page.ask(NOTE, 1).await;
        page.keep().await;

        let give = GiverPage(&giver);
        give.look(&links.send.replace(&server.url(), &proxy.url()), true).await;
        give.note().await;
        let sender = SenderPage(&giver);
        sender.choose(&each(&device.put_all(&files))).await;
        sender.chosen(2).await;
        proxy.break_at("/parts/5 ", 500_000);
        give.answer("with files").await;
        giver.wait_for("[data-action=again]").await;
        proxy.mend();
        // The upload gets through; the answer does not, and its share is not made a second time.
        proxy.lose("/answers ");
        giver.click("[data-action=again]").await;
        giver.until("document.querySelector('main [data-slot=trouble]:not([hidden])') !== null").await;
        proxy.mend();
        let shares = proxy.count("PUT /api/v1/shares/");
        giver.click("main form button.main").await;
        give.sent().await;
        assert_eq!(proxy.count("PUT /api/v1/shares/"), shares, "no second share");

        page.collect(&links.keep, true).await;
        asker.heading("Your answer is here").await;
        asker.client.refresh().await.unwrap();
        asker.heading("Your answer is here").await;
        asker
            .until("document.querySelector('main .rows [data-slot=state]').textContent.startsWith('Files, about ')")
            .await;
        assert_eq!(page.open(1, true).await, "with files");
        let receiver = ReceiverPage(&asker);
        for file in &files {
            receiver.save(&file.name).await;
            receiver.row_shows(&file.name, "Saved.").await;
        }
        downloaded(&folder, &files).await;
        asker.close().await;
        giver.close().await;
    });
}

#[test]
fn a_lost_response_hands_an_answer_in_once() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let (asker, giver) = (Browser::start().await, Browser::start().await);
        giver.at_start_of_pages(HURRY);
        giver.expect(LOST);
        let page = RequesterPage(&asker);
        page.visit(&server.url(), true).await;
        let links = page.ask(NOTE, 3).await;
        page.keep().await;
        let give = GiverPage(&giver);
        give.look(&links.send.replace(&server.url(), &proxy.url()), true).await;
        give.note().await;
        for piece in ["PUT /api/v1/shares/", "/answers "] {
            proxy.drop_response(piece);
        }
        give.answer("once").await;
        give.sent().await;
        assert!(proxy.count("/answers ") >= 2, "it was sent again");
        page.collect(&links.keep, true).await;
        asker.heading("Your answer is here").await;
        asker.close().await;
        giver.close().await;
    });
}

#[test]
fn a_link_in_the_wrong_place_is_named_in_the_browser() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let page = RequesterPage(&browser);
        page.visit(&server.url(), true).await;
        let links = page.ask("", 1).await;
        page.keep().await;
        let problem = "document.getElementById('link-problem')?.textContent ?? ''";
        let (_, private) = links.keep.split_once('#').unwrap();
        let (give, fragment) = links.send.split_once('#').unwrap();
        for (link, says) in [
            (format!("{give}#{private}"), "This is your private link."),
            (format!("{}/s/0123456789abcdef#{fragment}", server.url()), "That is not a whole link."),
            (format!("{}/request#{}", server.url(), &private[..39]), "That is not a whole link."),
            (format!("{}/request#{}", server.url(), links.send.replace('#', "%23")), "This is the link to send."),
        ] {
            browser.goto("about:blank").await;
            browser.goto(&link).await;
            if link.contains("/s/") {
                browser.heading("This link is not complete").await;
                browser.fill("#link", &link).await;
                browser.click("#damaged button.main").await;
            }
            browser.until(&format!("({problem}).includes('{says}')")).await;
        }
        // Pasted into the field, each leads on.
        browser.goto(give).await;
        browser.heading("This link is not complete").await;
        browser.fill("#link", &links.send).await;
        browser.to_next_page(browser.click("#damaged button.main")).await;
        browser.wait_for("[data-action=look]").await;
        page.visit(&server.url(), true).await;
        browser.fill("#collect-form #link", &links.send).await;
        browser.click("#collect-form button").await;
        browser.until(&format!("({problem}).includes('This is the link to send.')")).await;
        browser.fill("#collect-form #link", &links.keep).await;
        browser.click("#collect-form button").await;
        browser.heading("Nothing has come yet").await;
        browser.close().await;
    });
}

#[test]
fn without_x25519_the_servers_forms_stay() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.at_start_of_pages(
            "const { prototype } = globalThis.SubtleCrypto ?? { prototype: {} };
            const real = prototype.importKey;
            prototype.importKey = function (format, key, algorithm, ...more) {
                if (algorithm === 'X25519') throw new DOMException('unknown', 'NotSupportedError');
                return real.call(this, format, key, algorithm, ...more);
            };",
        );
        let page = RequesterPage(&browser);
        page.visit(&server.url(), false).await;
        browser.until("document.querySelector('main').dataset.scripts === 'none'").await;
        assert!(browser.is_visible(".locking [data-by=server]").await);
        assert!(!browser.text("main").await.contains("Only you"));
        let links = page.ask(NOTE, 1).await;
        let give = GiverPage(&browser);
        give.look(&links.send, false).await;
        give.answer("from an older browser").await;
        give.sent().await;
        page.collect(&links.keep, false).await;
        // The page of the share itself needs no X25519, but the form opens it.
        browser.to_next_page(browser.click("main .rows > li:nth-child(1) form button")).await;
        assert_eq!(ReceiverPage(&browser).message().await, "from an older browser");
        browser.close().await;
    });
}

#[test]
fn a_press_opens_only_the_answer_it_was_for() {
    with_permit(async {
        let server = Server::start();
        let proxy = Proxy::to(server.port);
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let share = Share::new("not pressed for");
        client.create(&share);
        browser.goto(&format!("{}/about", proxy.url())).await;
        browser.run("sessionStorage.setItem('press', '0000000000000000')", Vec::new()).await;
        browser.goto(&share.link.url(&proxy.url())).await;
        browser.wait_for("#open [data-action=open]").await;
        assert_eq!(proxy.count("/open "), 0);
        assert_eq!(ReceiverPage(&browser).memory().await, serde_json::json!({}), "the press is used up");
        browser.close().await;
    });
}

#[test]
fn a_request_that_is_shared_to_the_app_is_answered_on_its_own_page() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let page = RequesterPage(&browser);
        page.visit(&server.url(), true).await;
        let links = page.ask(NOTE, 1).await;
        page.keep().await;
        SenderPage(&browser).visit(&server.url(), true).await;
        worker(&browser).await;
        let share = "const form = document.createElement('form');
            Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' });
            const field = document.createElement('input');
            Object.assign(field, { name: 'text', value: `Please answer here: ${arguments[0]}` });
            form.append(field);
            document.body.append(form);
            form.submit();";
        browser.run(share, vec![links.send.as_str().into()]).await;
        browser.click("[data-action=look]").await;
        let give = GiverPage(&browser);
        assert_eq!(give.note().await, NOTE);
        assert_eq!(browser.address().await, links.send);
        give.answer("through the app").await;
        give.sent().await;
        browser.close().await;
    });
}
