//! Tests the reading window of a message when its tab loses the page at random moments: by reloads and other ways back, by
//! kills of the page's process, as on a phone that needs its memory, and by crashes.

use crate::browser::{Browser, Options};
use crate::client::{Client, Share};
use crate::pages::ReceiverPage;
use crate::rng::Rng;
use crate::server::Server;
use crate::tab_memory::processes;
use crate::table::row;
use crate::with_permit;
use onetimeshare_envelope::Claim;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Number of losses of each kind.
const EACH: usize = 30;

/// Number of openings that are interrupted.
const OPENINGS: usize = 30;

/// Longest time after a step at which the page is lost: loading it and showing the message take less.
const LATEST: usize = 400;

/// Ways to lose a page.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// A reload, another page and back, or the link again.
    Left(usize),
    Killed,
    Crashed,
}

const KINDS: [Loss; 5] = [Loss::Left(0), Loss::Left(1), Loss::Left(2), Loss::Killed, Loss::Crashed];

impl Loss {
    /// Loses the page of this link, and returns to it.
    async fn happens(self, browser: &mut Browser, link: &str) {
        match self {
            Self::Left(0) => browser.client.refresh().await.unwrap(),
            Self::Left(1) => {
                browser.goto(&link.replace("/s/", "/about?from=")).await;
                browser.client.back().await.unwrap();
            }
            Self::Left(_) => {
                browser.goto("about:blank").await;
                browser.goto(link).await;
            }
            Self::Killed => {
                let pages = processes(browser).into_iter().filter(|(_, process)| process.renders);
                let ids = pages.map(|(id, _)| id.to_string());
                // Some of them may have ended meanwhile.
                let _ = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status().unwrap();
                self.comes_back(browser).await;
            }
            Self::Crashed => {
                browser.crash_page();
                self.comes_back(browser).await;
            }
        }
    }

    /// Reloads the page whose process is gone.
    async fn comes_back(self, browser: &mut Browser) {
        let until = Instant::now() + Duration::from_secs(60);
        while browser.client.current_url().await.is_ok() {
            assert!(Instant::now() < until, "{self:?}: the page is still there");
        }
        while !browser.reload_lost("/s/").await {
            assert!(Instant::now() < until, "{self:?}: the tab does not come back");
        }
    }
}

/// Waits for a random time, at most `LATEST`.
async fn moment(rng: &mut Rng) {
    tokio::time::sleep(Duration::from_millis(rng.below(LATEST) as u64)).await;
}

fn seeded() -> Rng {
    let seed = Rng::seed();
    println!("OTS_SEED={seed}");
    Rng::seeded(seed)
}

#[test]
fn a_tab_that_lost_its_page_shows_the_message_again_each_time() {
    with_permit(async {
        let mut rng = seeded();
        let server = Server::start();
        let client = Client::new(server.url());
        let mut browser = Browser::start().await;
        let share = Share::new("survives");
        client.create(&share);
        let link = share.link.url(&server.url());
        assert_eq!(ReceiverPage(&browser).open(&link, true, None).await, "survives");
        let (mut counts, mut looks) = ([0; 3], 0);
        while counts.iter().any(|count| *count < EACH) {
            let left = Loss::Left(rng.below(3));
            let loss = *rng.pick(&[left, Loss::Killed, Loss::Crashed]);
            let count = match loss {
                Loss::Left(_) => &mut counts[0],
                Loss::Killed => &mut counts[1],
                Loss::Crashed => &mut counts[2],
            };
            *count += 1;
            let what = format!("{loss:?} after {counts:?}");
            // The page is loading, asking, or showing the message.
            moment(&mut rng).await;
            loss.happens(&mut browser, &link).await;
            // The next loss meets a page that is loading.
            if rng.percent(25) {
                continue;
            }
            looks += 1;
            assert_eq!(ReceiverPage(&browser).message().await, "survives", "{what}");
            assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 410, "nobody else, {what}");
        }
        let receiver = ReceiverPage(&browser);
        assert_eq!(receiver.message().await, "survives");
        let other = Browser::start().await;
        other.goto(&link).await;
        other.heading("This was opened").await;
        other.close().await;
        receiver.clear().await;
        assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 410);
        for loss in KINDS {
            loss.happens(&mut browser, &link).await;
            browser.heading("This was opened").await;
        }
        let [left, killed, crashed] = counts;
        let figure =
            format!("{left} reloads and ways back, {killed} kills, {crashed} crashes; shown in {looks} of {looks}");
        row("pages lost within the reading window", figure);
        browser.close().await;
    });
}

#[test]
fn an_opening_that_is_interrupted_at_any_moment_goes_on_in_its_tab() {
    with_permit(async {
        let mut rng = seeded();
        let server = Server::start();
        let client = Client::new(server.url());
        // A page that is left while it asks before leaving, without a gesture since its load.
        let said = "Blocked attempt to show a 'beforeunload' confirmation panel";
        let mut browser = Options::default().expect(said).start().await;
        let mut asked = 0;
        for opening in 0..OPENINGS {
            let message = format!("message {opening}");
            let share = Share::new(&message);
            client.create(&share);
            let link = share.link.url(&server.url());
            ReceiverPage(&browser).follow(&link, true).await;
            ReceiverPage(&browser).press().await;
            moment(&mut rng).await;
            let loss = *rng.pick(&KINDS);
            loss.happens(&mut browser, &link).await;
            let state = "document.querySelector('main [data-slot=message]') ? 'shown'
                : document.querySelector('#open [data-action=open]:enabled:not([aria-disabled=true])') ? 'asks'
                : document.querySelector('h1')?.textContent === 'This was opened' ? 'over' : null";
            match browser.until_some(state).await.as_str().unwrap() {
                "shown" => {}
                "asks" => {
                    asked += 1;
                    ReceiverPage(&browser).press().await;
                }
                _ => panic!("{loss:?} in opening {opening}: {}", browser.describe().await),
            }
            assert_eq!(ReceiverPage(&browser).message().await, message, "{loss:?} in opening {opening}");
            assert_eq!(client.open(&share, &Claim::random().unwrap()).status, 410, "nobody else, {loss:?}");
        }
        row("openings interrupted at random moments, read in their tab", format!("{OPENINGS} of {OPENINGS}"));
        println!("{asked} after another press");
        browser.close().await;
    });
}
