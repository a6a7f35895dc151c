//! Tests sending files: adding them to the form, progress during upload, and files modified meanwhile.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{Device, HURRY, LOST, MIB, PICKER, part_files, saved, until, whole};
use crate::fault_proxy::Proxy;
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

/// Runs the page's clock ten times as fast.
const FAST_CLOCK: &str = "const [clock, began] = [Date.now, Date.now()];
    Date.now = () => began + (clock() - began) * 10;";

/// Records live-region announcements with their times.
const HEARD: &str = "window.heard = [];
    addEventListener('DOMContentLoaded', () => {
        const voice = document.getElementById('status');
        new MutationObserver(() => voice.textContent && heard.push([Date.now(), voice.textContent]))
            .observe(voice, { childList: true });
    });";

/// Condition: the status below the progress bar shows this text.
fn says(text: &str) -> String {
    format!("document.querySelector('main [data-slot=stall]:not([hidden])')?.textContent === {}", json!(text))
}

/// Condition: a text with this beginning was announced. Announcements are rate-limited, so it may take a while.
fn announced(beginning: &str) -> String {
    format!("heard.some(([, text]) => text.startsWith({}))", json!(beginning))
}

fn offline(browser: &Browser, on: bool) {
    network(browser, on, -1);
}

/// Emulates a network; `up` in bytes per second, -1 for unlimited.
fn network(browser: &Browser, offline: bool, up: i64) {
    browser.cdp("Network.enable", json!({}));
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": up });
    browser.cdp("Network.emulateNetworkConditions", conditions);
}

/// Holds back three parts, and thereby all later ones.
fn hold_from(proxy: &Proxy, part: usize) {
    for n in part..part + 3 {
        proxy.hold(&format!("/parts/{n} "));
    }
}

#[test]
fn an_upload_shows_its_progress_and_why_it_stalls() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("long.bin", 32 * MIB, 3));
        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(&format!("{HURRY}\n{FAST_CLOCK}\n{HEARD}"));
        let proxy = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        hold_from(&proxy, 11);
        browser.click("#create button.main").await;
        browser.heading("Locking and sending").await;
        assert_eq!(browser.eval("document.activeElement.tagName").await, "H1");
        browser.until(&says("Waiting for the network.")).await;
        let line = browser.text("main [data-slot=line]").await;
        assert_eq!(line, "9.8 MB of 33 MB.", "no speed while stalled");
        assert_eq!(browser.text("main [data-slot=percent]").await, "29%");
        let row = browser.eval("document.querySelector('main [data-slot=file-bar]').value").await.as_f64().unwrap();
        assert!((0.29..0.30).contains(&row), "the file's own bar: {row}");
        assert_eq!(browser.title().await, "29% – Sending");
        let bar = browser.eval("document.querySelector('main progress').value").await.as_f64().unwrap();
        assert!((0.29..0.30).contains(&bar), "{bar}");

        browser.until(&announced("Waiting for the network.")).await;
        offline(&browser, true);
        browser.until(&says("You are offline. We go on when you are back.")).await;
        browser.until(&announced("You are offline.")).await;
        proxy.mend();
        hold_from(&proxy, 22);
        offline(&browser, false);
        // Recovers without user action.
        browser.until("document.querySelector('main [data-slot=stall]').hidden").await;
        browser.until("/^6\\d% – Sending$/.test(document.title)").await;
        network(&browser, false, 3_000_000);
        let speed = "/^[\\d.]+\\sMB of 33\\sMB, [\\d.]+\\s[kM]B a second\\.$/";
        let left = "/^About \\d+ (seconds|minutes?) left\\.$/";
        browser
            .run(
                &format!(
                    "window.timed = false;
                    const [line, left] = ['line', 'left'].map((name) => document.querySelector(`main [data-slot=${{name}}]`));
                    const see = () => (timed ||= {speed}.test(line.textContent) && {left}.test(left.textContent));
                    new MutationObserver(see).observe(left, {{ childList: true }});
                    window.almost = false;
                    new MutationObserver(() => (almost ||= left.textContent === 'Almost done')).observe(left, {{ childList: true }});"
                ),
                Vec::new(),
            )
            .await;
        proxy.mend();
        proxy.hold("/complete ");
        browser.until("almost").await;
        assert_eq!(browser.eval("timed").await, true, "speed and remaining time were shown");
        proxy.mend();
        sender.made().await;
        assert_eq!(browser.eval("document.activeElement.textContent").await, "Your link is ready");

        let heard = browser.eval("heard").await;
        let heard: Vec<(f64, &str)> = heard
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry[0].as_f64().unwrap(), entry[1].as_str().unwrap()))
            // Announcements about the form come first.
            .skip_while(|(_, text)| !text.contains('%'))
            .collect();
        assert_eq!(heard[0].1, "0%. 0\u{a0}bytes of 33\u{a0}MB.", "{heard:?}");
        let at = |piece: &str| heard.iter().position(|(_, text)| text.starts_with(piece));
        let (waiting, offline) = (at("Waiting for the network.").unwrap(), at("You are offline.").unwrap());
        assert!(waiting < offline, "{heard:?}");
        assert!(heard[offline..].iter().any(|(_, text)| text.contains('%')), "the resumption was announced: {heard:?}");
        for pair in heard.windows(2) {
            assert!(pair[1].0 - pair[0].0 >= 8_000.0, "announcements are at least ten seconds apart: {heard:?}");
        }
        println!("heard: {heard:?}");
        browser.close().await;
    });
}

#[test]
fn cancel_takes_effect_immediately_in_every_phase() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let file = device.put(&File::made("long.bin", 12 * MIB, 3));
        let browser = Browser::start().await;
        browser.expect(LOST);
        browser.at_start_of_pages(HURRY);
        let proxy = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        sender.choose(&[&file]).await;
        sender.chosen(1).await;
        sender.write("kept").await;
        for phase in ["creating", "sending", "waiting to try again", "offline", "stopped by failures", "completing"] {
            let before = proxy.count("PUT /api/v1/shares/");
            match phase {
                "creating" => proxy.lose("PUT /api/v1/shares/"),
                "completing" => proxy.hold("/complete "),
                "waiting to try again" => proxy.lose("/parts/"),
                "stopped by failures" => proxy.break_at("/parts/4 ", 500_000),
                _ => hold_from(&proxy, 4),
            }
            let completes = proxy.count("/complete ");
            browser.click("#create button.main").await;
            browser.heading("Locking and sending").await;
            match phase {
                "creating" => until(phase, || proxy.count("PUT /api/v1/shares/") > before).await,
                "completing" => until(phase, || proxy.count("/complete ") > completes).await,
                "stopped by failures" => drop(browser.wait_for("[data-action=again]").await),
                "offline" => {
                    browser.until("document.querySelector('main [data-slot=bar]').value > 0").await;
                    offline(&browser, true);
                    browser.until(&says("You are offline. We go on when you are back.")).await;
                }
                "waiting to try again" => until(phase, || proxy.count("PUT /api/v1/shares/") > before + 1).await,
                _ => browser.until("document.querySelector('main [data-slot=bar]').value > 0").await,
            }
            let stop = "const pressed = performance.now();
                document.querySelector('[data-action=stop]').click();
                while (!document.querySelector('#create')) await new Promise((done) => setTimeout(done));
                return performance.now() - pressed;";
            let took = browser.run_async(stop, Vec::new()).await.as_f64().unwrap();
            assert!(took < 1_000.0, "{phase}: {took} ms");
            if phase == "offline" {
                offline(&browser, false);
            }
            proxy.mend();
            sender.chosen(1).await;
            assert_eq!(browser.eval("document.getElementById('message').value").await, "kept", "{phase}");
            let stopped = browser.text("[data-slot=stopped]").await;
            assert_eq!(stopped, "Stopped. We deleted what had arrived.", "{phase}");
            until(phase, || part_files(&server).is_empty()).await;
        }
        browser.close().await;
    });
}

/// Returns the beginning of a stored file: its salt and key commitment.
fn beginning(server: &Server) -> Option<Vec<u8>> {
    let first = part_files(server).into_iter().max_by_key(|path| path.metadata().map_or(0, |found| found.len()))?;
    let mut bytes = vec![0; 24 + 32];
    std::fs::File::open(first).ok()?.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// Returns the id of the share that the latest part was uploaded to.
fn last_id(proxy: &Proxy) -> String {
    let line = proxy.last("/parts/").unwrap();
    line.split('/').nth(4).unwrap().to_owned()
}

#[test]
fn a_file_modified_during_upload_is_named_and_restarts_as_a_new_share() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let browser = Browser::start().await;
        let proxy = Proxy::to(server.port);
        let sender = SenderPage(&browser);
        sender.visit(&proxy.url(), true).await;
        let (mut ids, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
        let mut last: File = File::of("", "");
        // Other bytes of the same length, one byte more, fewer bytes, and none; all beyond what has been read ahead.
        for turn in 0..5 {
            last = File::made("report.pdf", 24 * MIB + u64::from(turn == 2), 20 + turn);
            let path = device.put(&last);
            sender.choose(&[&path]).await;
            sender.chosen(1).await;
            browser.until("document.getElementById('files-problem').textContent === ''").await;
            if turn == 4 {
                break;
            }
            hold_from(&proxy, 4);
            browser.click("#create button.main").await;
            browser.until("document.querySelector('main [data-slot=bar]')?.value > 0.1").await;
            ids.insert(last_id(&proxy));
            beginnings.insert(beginning(&server).unwrap());
            match turn {
                0 => drop(device.put(&File::made("report.pdf", 24 * MIB, 99))),
                1 => std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"x").unwrap(),
                2 => std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(6 * MIB).unwrap(),
                _ => std::fs::remove_file(&path).unwrap(),
            }
            proxy.mend();
            let said = browser.text("#files-problem").await;
            assert_eq!(said, "Problem:\nreport.pdf has changed. Choose it again");
            sender.chosen(1).await;
            until("deletion of all parts", || part_files(&server).is_empty()).await;
            // Nothing is uploaded until the file is selected again.
            let sent = proxy.count("PUT /api/v1/shares/");
            browser.click("#create button.main").await;
            browser.until("document.activeElement.id === 'files'").await;
            assert_eq!(proxy.count("PUT /api/v1/shares/"), sent);
        }
        let made = sender.make().await;
        ids.insert(made.id());
        beginnings.insert(beginning(&server).unwrap());
        assert_eq!((ids.len(), beginnings.len()), (5, 5), "every share has its own id, salt and key");
        let other = Browser::start().await;
        other.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&other);
        receiver.follow(&made.link, true).await;
        receiver.press().await;
        receiver.has("report.pdf").await;
        receiver.save("report.pdf").await;
        receiver.confirmed().await;
        assert_eq!(saved(&other).await, whole(&[last]), "the latest selection was sent");
        other.close().await;
        browser.close().await;
    });
}

/// Drops files onto a page with the pointer.
fn drop_files(browser: &Browser, at: &Value, paths: &[PathBuf]) {
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({ "items": [], "files": paths, "dragOperationsMask": 1 });
        browser.cdp("Input.dispatchDragEvent", json!({ "type": kind, "x": at[0], "y": at[1], "data": data }));
    }
}

#[test]
fn files_can_be_dropped_anywhere_and_images_pasted() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let dropped = [File::of("one.txt", "one"), File::of("two.txt", "two")];
        let paths = device.put_all(&dropped);
        let folder = device.put(&File::of("inside", "")).with_file_name("a folder");
        std::fs::create_dir(&folder).unwrap();
        let browser = Browser::start().await;
        let origin = json!(server.url());
        browser.cdp(
            "Browser.grantPermissions",
            json!({ "origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
        );
        let sender = SenderPage(&browser);
        sender.visit(&server.url(), true).await;
        let middle = |css: &str| {
            format!(
                "(() => {{ const element = document.querySelector('{css}');
                element.scrollIntoView({{ block: 'center' }});
                const box = element.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
            )
        };
        // Beside the field, the browser's default would leave the page and display the file.
        drop_files(&browser, &browser.eval(&middle("h1")).await, &paths[..1]);
        sender.chosen(1).await;
        drop_files(&browser, &browser.eval(&middle("#files")).await, &paths[1..]);
        sender.chosen(2).await;
        drop_files(&browser, &browser.eval(&middle("#files")).await, &[folder]);
        let said = "We cannot read a folder. If it is a folder, zip it first";
        browser.until(&format!("document.getElementById('files-problem').textContent.includes({})", json!(said))).await;
        sender.chosen(2).await;

        // An image is copied, as a screenshot is, and pasted with the keyboard while the message has the focus.
        browser.click("#message").await;
        let copy = "const canvas = new OffscreenCanvas(40, 30);
            canvas.getContext('2d').fillRect(5, 5, 20, 10);
            const picture = await canvas.convertToBlob({ type: 'image/png' });
            await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);";
        browser.run_async(copy, Vec::new()).await;
        browser.keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await;
        sender.chosen(3).await;
        assert_eq!(browser.eval("document.getElementById('message').value").await, "");
        // Text is pasted as text.
        browser.run_async("await navigator.clipboard.writeText('only words')", Vec::new()).await;
        browser.keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await;
        browser.until("document.getElementById('message').value === 'only words'").await;
        sender.chosen(3).await;
        let made = sender.make().await;

        let other = Browser::start().await;
        other.at_start_of_pages(PICKER);
        let receiver = ReceiverPage(&other);
        assert_eq!(receiver.open(&made.link, true, None).await, "only words");
        receiver.has("image.png").await;
        let show = "[...document.querySelectorAll('[data-action=show-picture]')].filter((button) => !button.hidden)";
        assert_eq!(other.eval(&format!("{show}.length")).await, 1, "only images have a preview");
        other.click("[data-action=show-picture]:not([hidden])").await;
        other.until("document.querySelector('main img')?.naturalWidth === 40").await;
        assert_eq!(other.eval("document.querySelector('main img').alt").await, "Picture: image.png");
        other.click("[data-action=save-all]").await;
        receiver.confirmed().await;
        let there = saved(&other).await;
        assert_eq!(there.as_object().unwrap().len(), 3);
        for (name, entry) in whole(&dropped).as_object().unwrap() {
            assert_eq!(there[name], *entry);
        }
        other.close().await;
        browser.close().await;
    });
}
