//! Tests the link page: copying, sharing, passing on the password, custom expiry, and the warning about opening one's
//! own link. Messages on buttons are compared with the clipboard.

use crate::browser::{Browser, Options};
use crate::client::Client;
use crate::pages::{ASKS, NewLink, ReceiverPage, SenderPage, put_text};
use crate::server::Server;
use crate::with_permit;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Removes the clipboard API, as on an insecure origin.
const NO_CLIPBOARD: &str = "delete Navigator.prototype.clipboard;";

/// Makes the legacy copy command report success without copying.
const NO_COMMAND: &str = "Document.prototype.execCommand = () => true;";

/// Returns the clipboard's text, by pasting into another page.
async fn pasted(browser: &Browser, site: &str) -> String {
    let before = browser.client.window().await.unwrap();
    let window = browser.client.new_window(true).await.unwrap();
    browser.client.switch_to_window(window.handle).await.unwrap();
    SenderPage(browser).visit(site, true).await;
    browser.click("#message").await;
    browser.keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await;
    let text = browser.eval("document.getElementById('message').value").await;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(before).await.unwrap();
    text.as_str().unwrap().to_owned()
}

/// Clicks a button and waits for its result message; returns the message and the button's label.
async fn press(browser: &Browser, action: &str) -> (String, String) {
    browser.run("document.getElementById('status').textContent = ''", Vec::new()).await;
    browser.click(&format!("[data-action={action}]")).await;
    let look = format!(
        "(() => {{ const said = document.getElementById('status').textContent;
            return said ? [said, document.querySelector('[data-action={action}]').textContent] : null; }})()"
    );
    let found = browser.until_some(&look).await;
    let text = |at: usize| found[at].as_str().unwrap().to_owned();
    (text(0), text(1))
}

async fn label(browser: &Browser, action: &str) -> String {
    browser.text(&format!("[data-action={action}]")).await
}

#[test]
fn copied_is_shown_only_once_the_clipboard_holds_the_link() {
    with_permit(async {
        let server = Server::start();
        let mut cases = 0;
        for (clipboard, scripts, works) in [
            ("granted", "", true),
            // Browsers may refuse one method and allow the other.
            ("denied", "", true),
            ("granted", NO_CLIPBOARD, true),
            ("denied", NO_COMMAND, false),
            (
                "granted",
                concat!("delete Navigator.prototype.clipboard;", "Document.prototype.execCommand = () => true;"),
                false,
            ),
        ] {
            let browser = Browser::start().await;
            let permission = json!({ "permission": { "name": "clipboard-write" }, "setting": clipboard });
            browser.cdp("Browser.setPermission", permission);
            let made = SenderPage(&browser).send(&server.url(), true, "copy me", Some("long enough")).await;
            browser.run(scripts, Vec::new()).await;
            for (action, button, said, wanted) in [
                ("copy", "Copy link", "Link copied", made.link.clone()),
                ("copy-note", "Copy with a short note", "Link copied", note(&browser, &made).await),
                ("copy-password", "Copy password", "Password copied", "long enough".to_owned()),
            ] {
                if action == "copy-note" {
                    browser.click("[data-slot=code-box] summary").await;
                }
                assert_eq!(label(&browser, action).await, button);
                let (heard, says) = press(&browser, action).await;
                cases += 1;
                if works {
                    assert_eq!(heard, said);
                    assert_eq!(says, "Copied");
                    // Reading the clipboard takes another window: done once for each text and once for each method.
                    if action == "copy" || (clipboard, scripts) == ("granted", "") {
                        assert_eq!(pasted(&browser, &server.url()).await, wanted, "{clipboard} {scripts}");
                    }
                    assert_eq!(browser.eval(ASKS).await, false);
                    continue;
                }
                let what = if action == "copy-password" { "password" } else { "link" };
                assert_eq!(heard, format!("Copying did not work. The {what} is selected. Copy it by hand."));
                assert_eq!(says, button, "the button label matches the clipboard");
                let selected = browser.eval("getSelection().toString()").await;
                let wanted = if action == "copy-password" { "long enough" } else { &*made.link };
                assert_eq!(selected.as_str().unwrap().trim(), wanted, "{clipboard} {scripts}");
                // With the note there is the QR code, which hands the link over too.
                assert_eq!(browser.eval(ASKS).await, action == "copy", "the link is not yet copied");
            }
            if works {
                browser.until("document.querySelector('[data-action=copy]').textContent === 'Copy link'").await;
            }
            browser.goto("about:blank").await;
            browser.close().await;
        }
        println!("copy labels compared with the clipboard: {cases} of 15");
        assert_eq!(cases, 15);
    });
}

/// Returns the note for a link, whose date has the year and the time zone, because the reader may be elsewhere.
async fn note(browser: &Browser, made: &NewLink) -> String {
    let date = "new Intl.DateTimeFormat(navigator.language, { weekday: 'long', day: 'numeric', month: 'long',
        year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' })
        .format(new Date(document.querySelector('[data-slot=expires]').dateTime))";
    let date = browser.eval(date).await;
    format!("I sent you something. It opens one time, before {}.\n{}", date.as_str().unwrap(), made.link)
}

#[test]
fn web_share_is_offered_where_supported_and_dismissing_it_shows_nothing() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sheet = "const how = () => window.sheet;
            Navigator.prototype.canShare = (data) => how() !== 'absent' && Object.keys(data).join() === 'text';
            Navigator.prototype.share = async (data) => {
                if (!navigator.userActivation.isActive) throw new DOMException('not in a press', 'NotAllowedError');
                window.shared = data;
                if (how() === 'dismissed') throw new DOMException('closed', 'AbortError');
                if (how() === 'broken') throw new DOMException('no', 'NotAllowedError');
            };";
        // Few desktop computers support it: first the page as it is, then with a share sheet for each outcome.
        let sender = SenderPage(&browser);
        sender.send(&server.url(), true, "share me", None).await;
        assert!(!browser.is_visible("[data-action=share]").await);
        browser.at_start_of_pages(sheet);
        for how in ["absent", "dismissed", "broken", "present"] {
            browser.at_start_of_pages(&format!("window.sheet = '{how}';"));
            let made = sender.send(&server.url(), true, "share me", None).await;
            assert_eq!(browser.eval("window.sheet").await, how);
            assert_eq!(browser.is_visible("[data-action=share]").await, how != "absent");
            if how == "absent" {
                continue;
            }
            browser.click("[data-action=share]").await;
            let shared = browser.until_some("window.shared ?? null").await;
            assert_eq!(shared, json!({ "text": note(&browser, &made).await }));
            // Whatever the page does after the sheet closes, it has done after two frames.
            browser
                .run_async("for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame)", Vec::new())
                .await;
            assert_eq!(browser.is_visible("[data-slot=copy-problem]").await, how == "broken");
            assert_eq!(browser.eval(ASKS).await, how != "present");
            if how == "broken" {
                assert_eq!(browser.text("[data-slot=copy-problem]").await, "Sharing did not work. Copy the link.");
                browser.until("document.getElementById('status').textContent !== ''").await;
            } else {
                assert_eq!(browser.eval("document.getElementById('status').textContent").await, "");
            }
            assert_eq!(label(&browser, "share").await, "Share");
        }
        println!("share sheets: absent twice, dismissed, broken, present");
        browser.close().await;
    });
}

#[test]
fn link_and_password_are_copied_separately() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.send(&server.url(), true, "no password here", None).await;
        assert!(!browser.is_visible("[data-slot=password-box]").await);
        browser.click("[data-action=copy]").await;
        browser.until(&format!("!{ASKS}")).await;

        let password = "päss <b>word</b> ungültig";
        let made = sender.send(&server.url(), true, "one with a password", Some(password)).await;
        let says = browser.text("[data-slot=password-box]").await;
        assert!(says.starts_with("Tell them the password another way\nSend the link in the chat."), "{says}");
        let holds = "(() => { const fields = [...document.querySelectorAll('input, textarea')];
            return document.documentElement.outerHTML + fields.map((field) => field.value).join(); })()";
        let whole = browser.eval(holds).await;
        assert!(!whole.as_str().unwrap().contains("ungültig"), "the password is not in the page until requested");
        assert!(!made.link.contains("ungültig"));
        browser.click("[data-action=show-made]").await;
        assert_eq!(browser.text("[data-slot=password-shown]").await, password);
        assert_eq!(label(&browser, "show-made").await, "Hide password");
        assert_eq!(
            browser.eval("document.getElementById('status').textContent").await,
            "",
            "the password is not announced"
        );
        browser.click("[data-action=show-made]").await;
        assert_eq!(label(&browser, "show-made").await, "Show password");
        assert!(!browser.eval(holds).await.as_str().unwrap().contains("ungültig"));
        assert_eq!(press(&browser, "copy-password").await.0, "Password copied");
        assert_eq!(pasted(&browser, &server.url()).await, password);
        assert_eq!(browser.eval(ASKS).await, true, "copying the password does not count as copying the link");

        let receiver = ReceiverPage(&browser);
        assert_eq!(receiver.open(&made.link, true, Some(password)).await, "one with a password");
        browser.goto("about:blank").await;
        browser.close().await;
    });
}

/// Returns when a share expires, in milliseconds, and how many of them are left.
fn end_of(client: &Client, made: &NewLink) -> i64 {
    // What follows the owner token is for the matching words.
    let owner = &made.status.split_once('#').unwrap().1[..32];
    let found = client.bare("GET", &format!("/api/v1/shares/{}", made.id()), owner).json();
    let format = &time::format_description::well_known::Rfc3339;
    let end = time::OffsetDateTime::parse(found["expires_at"].as_str().unwrap(), format).unwrap();
    i64::try_from(end.unix_timestamp_nanos() / 1_000_000).unwrap()
}

/// Returns the time in so many minutes: as the field takes it in the page's time zone, and in milliseconds.
async fn in_minutes(browser: &Browser, minutes: i64) -> (String, i64) {
    let moment = "const at = Math.floor(Date.now() / 60000 + arguments[0]) * 60000;
        const two = (n) => String(n).padStart(2, '0');
        const day = new Date(at);
        return [`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T`
            + `${two(day.getHours())}:${two(day.getMinutes())}`, at];";
    let found = browser.run(moment, vec![minutes.into()]).await;
    (found[0].as_str().unwrap().to_owned(), found[1].as_i64().unwrap())
}

/// Sets the date field as far as a script can.
async fn choose(browser: &Browser, text: &str) {
    browser.wait_for("#until").await;
    put_text(browser, "until", text).await;
}

#[test]
fn a_custom_expiry_is_read_in_the_senders_time_zone() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        for zone in ["UTC", "Pacific/Auckland", "America/St_Johns"] {
            browser.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }));
            sender.visit(&server.url(), true).await;
            sender.write("until then").await;
            assert!(!browser.is_visible("#until").await, "the date field is hidden by default");
            browser.click("details.more summary").await;
            assert_eq!(browser.text("#until-hint").await, "1 hour to 7 days from now");
            let (text, wanted) = in_minutes(&browser, 3 * 24 * 60 + 77).await;
            choose(&browser, &text).await;
            assert_eq!(
                browser.eval("document.querySelector('[name=lifetime]:checked')").await,
                Value::Null,
                "only one of the two is sent"
            );
            let made = sender.make().await;
            let late = end_of(&client, &made) - wanted;
            assert!((0..30_000).contains(&late), "{zone}: {late} ms late");
            let shown = browser.text("[data-slot=expires]").await;
            // On a 24-hour or 12-hour clock, depending on the browser's locale.
            let (hour, minute) = text[11..].split_once(':').unwrap();
            let hour: u32 = hour.parse().unwrap();
            let clocks = [format!("{hour:02}:{minute}"), format!("{}:{minute}", (hour + 11) % 12 + 1)];
            assert!(clocks.iter().any(|clock| shown.contains(clock)), "{zone}: {shown} for {text}");
            assert_eq!(
                browser.eval("document.querySelector('[data-slot=expires]').dateTime").await,
                json!(iso(end_of(&client, &made)))
            );
            browser.click("[data-action=copy]").await;
            browser.until(&format!("!{ASKS}")).await;
            println!("{zone}: chosen {text}, {late} ms late");
        }
        browser.close().await;
    });
}

fn iso(ms: i64) -> String {
    let moment = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap();
    let format =
        time::macros::format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    moment.format(format).unwrap()
}

#[test]
fn an_expiry_out_of_range_shows_a_validation_error() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        sender.write("the input is kept").await;
        browser.click("details.more summary").await;
        let outside = "Choose a time 1 hour to 7 days from now";
        for (minutes, problem) in [(-24 * 60, outside), (0, outside), (58, outside), (7 * 24 * 60 + 2, outside)] {
            let (text, _) = in_minutes(&browser, minutes).await;
            choose(&browser, &text).await;
            browser.click("#create button.main").await;
            browser.until("document.activeElement.id === 'until'").await;
            let said = browser.text("#until-problem").await;
            assert_eq!(said, format!("Problem:\n{problem}"), "{minutes} minutes from now");
            let tied =
                browser.eval("[until.getAttribute('aria-invalid'), until.getAttribute('aria-describedby')]").await;
            assert_eq!(tied, json!(["true", "until-problem until-hint"]));
            assert_eq!(browser.eval("document.getElementById('message').value").await, "the input is kept");
        }
        // A single problem leads to its field and unfolds the section.
        browser.click("details.more summary").await;
        browser.click("#create button.main").await;
        browser.until("document.activeElement.id === 'until' && until.checkVisibility()").await;
        // An incomplete date, typed: no value, but not ignored either.
        choose(&browser, "").await;
        browser.keys("0412").await;
        assert_eq!(browser.eval("until.value").await, "");
        browser.click("#create button.main").await;
        browser
            .until("document.getElementById('until-problem').innerText.includes('Fill in both the day and the time')")
            .await;
        // Selecting a lifetime replaces the date.
        browser.click("[name=lifetime][value='3600']").await;
        assert_eq!(browser.eval("[until.value, until.validity.badInput].join()").await, ",false");
        sender.make().await;
        assert!(browser.text("[data-slot=expires]").await.contains("(in 60 minutes)"));
        browser.click("[data-action=copy]").await;
        browser.until(&format!("!{ASKS}")).await;
        browser.close().await;
    });
}

#[test]
fn opening_your_own_link_warns_in_every_tab_without_storing_a_key() {
    with_permit(async {
        let server = Server::start();
        let (browser, other) = (Browser::start().await, Browser::start().await);
        let sender = SenderPage(&browser);
        let mine = sender.send(&server.url(), true, "mine", None).await;
        browser.click("[data-action=copy]").await;
        browser.until(&format!("!{ASKS}")).await;
        // A share created by the server, seen by the scripts on its page.
        sender.visit(&server.url(), true).await;
        sender.write("also mine").await;
        browser.to_next_page(async { drop(browser.run("create.submit()", Vec::new()).await) }).await;
        let served = sender.made().await;
        browser.until("localStorage.length === 2").await;
        browser.run("localStorage.setItem('own:long ago', '1')", Vec::new()).await;
        let theirs = SenderPage(&other).send(&server.url(), true, "theirs", None).await;
        browser.click("[data-action=copy]").await;
        browser.until(&format!("!{ASKS}")).await;

        let window = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(window.handle).await.unwrap();
        let receiver = ReceiverPage(&browser);
        for (made, warned) in [(&mine, true), (&served, true), (&theirs, false)] {
            receiver.follow(&made.link, true).await;
            assert_eq!(browser.is_visible("[data-slot=own]").await, warned);
            if warned {
                let says = browser.text("[data-slot=own]").await;
                assert_eq!(says, "You made this link. If you open it, they cannot.");
            }
        }
        let kept = browser.eval("Object.entries(localStorage).flat().join(' ')").await;
        let kept = kept.as_str().unwrap();
        for secret in [&mine, &served].iter().flat_map(|made| {
            let fragment = made.link.split_once('#').unwrap().1.to_owned();
            [made.id(), fragment, made.status.split_once('#').unwrap().1.to_owned()]
        }) {
            assert!(!kept.contains(&secret), "{kept}");
        }
        assert!(!kept.contains("long ago"), "entries of ended shares are removed: {kept}");
        assert_eq!(kept.split(' ').count(), 4, "{kept}");
        // The warning does not block opening.
        assert_eq!(receiver.open(&mine.link, true, None).await, "mine");
        browser.close().await;
        other.goto("about:blank").await;
        other.close().await;
    });
}

#[test]
fn without_storage_only_the_own_link_warning_is_missing() {
    with_permit(async {
        let server = Server::start();
        let browser = Options::default().without_storage().start().await;
        let made = SenderPage(&browser).send(&server.url(), true, "nothing is stored", None).await;
        browser.click("[data-action=copy]").await;
        browser.until(&format!("!{ASKS}")).await;
        let refused =
            browser.eval("(() => { try { return localStorage.length; } catch (error) { return error.name; } })()");
        assert_eq!(refused.await, "SecurityError");
        let receiver = ReceiverPage(&browser);
        receiver.follow(&made.link, true).await;
        assert!(!browser.is_visible("[data-slot=own]").await);
        receiver.press().await;
        assert_eq!(receiver.message().await, "nothing is stored");
        browser.close().await;
    });
}
