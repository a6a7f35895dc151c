//! Tests QR codes: drawn by the pages, captured in the browser, read by an independent decoder.

use crate::browser::Browser;
use crate::client::Share;
use crate::pages::{ASKS, SenderPage};
use crate::server::{Options, Server};
use crate::with_permit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Number of links, in each theme.
const MANY: usize = 200;

/// Codes drawn side by side.
const ROUND: usize = 20;

/// Width in CSS pixels.
const SIDE: u64 = 256;

/// A greyscale image.
struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

/// Captures a rectangle of the page, in CSS pixels from the top left corner of the whole page.
fn photograph(browser: &Browser, rect: &Value) -> Picture {
    let clip = json!({
        "x": rect["x"], "y": rect["y"], "width": rect["width"], "height": rect["height"], "scale": 1,
    });
    let wish = json!({ "format": "png", "clip": clip, "captureBeyondViewport": true });
    let response = browser.cdp("Page.captureScreenshot", wish);
    let file = STANDARD.decode(response["data"].as_str().unwrap()).unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut receiver = decoder.read_info().unwrap();
    let mut pixels = vec![0; receiver.output_buffer_size().unwrap()];
    let info = receiver.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgba);
    let mean = |rgb: &[u8]| u8::try_from(rgb[..3].iter().map(|one| u32::from(*one)).sum::<u32>() / 3).unwrap();
    let grey = pixels.chunks(4).map(mean).collect();
    Picture { width: info.width as usize, height: info.height as usize, grey }
}

impl Picture {
    /// Crops the image.
    fn cut(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let row = |y: usize| &self.grey[y * self.width + left..y * self.width + left + width];
        Self { width, height, grey: (top..top + height).flat_map(row).copied().collect() }
    }

    /// Decodes the only QR code in it.
    fn read(&self) -> Result<String, String> {
        let at = |x: usize, y: usize| self.grey[y * self.width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, at);
        let grids = image.detect_grids();
        let [grid] = &grids[..] else { return Err(format!("{} codes", grids.len())) };
        let (about, text) = grid.decode().map_err(|error| format!("{error:?}"))?;
        assert_eq!(about.ecc_level, 0, "level M");
        Ok(text)
    }

    /// Its minimum and maximum brightness.
    fn shades(&self) -> (u8, u8) {
        (*self.grey.iter().min().unwrap(), *self.grey.iter().max().unwrap())
    }
}

/// Returns an element's rectangle in the whole page.
async fn rect(browser: &Browser, css: &str) -> Value {
    browser.wait_for(css).await;
    let look = "const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
        return { x: x + scrollX, y: y + scrollY, width, height };";
    browser.run(look, vec![css.into()]).await
}

/// Creates a link of realistic length, from a host without a dot to a long name with a path.
fn random_link(at: usize) -> String {
    let mut bytes = [0_u8; 64];
    getrandom::fill(&mut bytes).unwrap();
    let letters: String = bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    let host = match at % 5 {
        0 => format!("{}.example", &letters[..3 + at % 20]),
        1 => format!("localhost:{}", 1_000 + at),
        2 => format!("{}.xn--{}.example:8443", &letters[..8], &letters[8..20]),
        3 => format!("share.{}.example/{}", &letters[..40], &letters[40..48]),
        _ => format!("127.0.0.1:{}", 9_000 + at),
    };
    let scheme = if at.is_multiple_of(2) { "https" } else { "http" };
    Share::new("only its link counts").link.url(&format!("{scheme}://{host}"))
}

/// Draws QR codes of these links with the page's own module at the page's own size.
async fn draw(browser: &Browser, links: &[String]) -> Value {
    let draw = "const base = document.querySelector('script[type=module]').src.split('pages/')[0];
        const { draw } = await import(`${base}behaviours/qr-code.js`);
        document.getElementById('sheet')?.remove();
        const sheet = document.createElement('div');
        sheet.id = 'sheet';
        for (const [name, value] of [['display', 'flex'], ['flex-wrap', 'wrap'], ['width', '1280px']]) {
            sheet.style.setProperty(name, value);
        }
        sheet.append(...arguments[0].map((link) => draw(link, 'QR code')));
        document.body.append(sheet);
        const { x, y, width, height } = sheet.getBoundingClientRect();
        const places = [...sheet.children].map((code) => {
            const box = code.getBoundingClientRect();
            return [box.x - x, box.y - y, box.width, box.height];
        });
        return { rect: { x: x + scrollX, y: y + scrollY, width, height }, places };";
    browser.run_async(draw, vec![json!(links)]).await
}

#[test]
fn qr_codes_of_200_random_links_scan_in_light_and_dark_mode() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        browser.width(1280, 900);
        let links: Vec<_> = (0..MANY).map(random_link).collect();
        let (mut read, mut misread) = (0, Vec::new());
        for round in links.chunks(ROUND) {
            let drawn = draw(&browser, round).await;
            for dark in [false, true] {
                browser.dark(dark);
                let whole = photograph(&browser, &drawn["rect"]);
                for (link, place) in round.iter().zip(drawn["places"].as_array().unwrap()) {
                    assert_eq!((place[2].as_f64(), place[3].as_f64()), (Some(256.0), Some(256.0)));
                    #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "whole pixels")]
                    let [left, top] = [0, 1].map(|at| place[at].as_f64().unwrap() as usize);
                    let code = whole.cut(left, top, 256, 256);
                    assert_eq!(code.shades(), (0, 255), "black on white in dark mode {dark}");
                    match code.read() {
                        Ok(text) if text == *link => read += 1,
                        other => misread.push(format!("dark {dark}: {link}: {other:?}")),
                    }
                }
            }
        }
        let longest = links.iter().map(String::len).max().unwrap();
        println!(
            "QR codes decoded at {SIDE} px, light and dark: {read} of {}, longest link {longest} characters",
            2 * MANY
        );
        assert_eq!(misread, Vec::<String>::new());
        assert_eq!(read, 2 * MANY);
        browser.close().await;
    });
}

/// Encodes a text with another encoder under a mask; returns one character a module, and the mask.
fn reference_code(text: &str, mask: Option<u8>) -> (String, u8) {
    let segments = [QrSegment::make_bytes(text.as_bytes())];
    let mask = mask.map(Mask::new);
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::MAX, mask, false);
    let code = code.unwrap();
    let sides = || 0..code.size();
    let modules = sides().flat_map(|y| sides().map(move |x| (x, y)));
    (modules.map(|(x, y)| if code.get_module(x, y) { '1' } else { '0' }).collect(), code.version().value())
}

#[test]
fn qr_codes_equal_those_of_an_independent_encoder() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        // Around each length at which the other encoder switches to a larger version; the large ones one by one only at
        // full size.
        let version = |length: usize| reference_code(&"x".repeat(length), Some(0)).1;
        let full = std::env::var_os("OTS_FULL").is_some();
        let mut lengths = vec![1, 2_331];
        let mut before = 1;
        for length in 2..=2_331 {
            let now = version(length);
            if now != before && (full || now <= 15 || [28, 33].contains(&now)) {
                lengths.extend([length - 1, length]);
            }
            before = now;
        }
        let link = random_link(0);
        let texts: Vec<String> =
            lengths.iter().map(|length| link.chars().cycle().skip(length % 7).take(*length).collect()).collect();
        let encode = "const base = document.querySelector('script[type=module]').src.split('pages/')[0];
            const { modules, MAX_BYTES } = await import(`${base}lib/qr.js`);
            let refused = false;
            try { modules('x'.repeat(MAX_BYTES + 1)); } catch (error) { refused = error instanceof RangeError; }
            return { refused, codes: arguments[0].map((text) => modules(text).flat().map(Number).join('')) };";
        let found = browser.run_async(encode, vec![json!(texts)]).await;
        assert_eq!(found["refused"], true, "a text too long for a QR code is rejected");
        let mut versions = HashSet::new();
        let mut best = 0;
        for (text, code) in texts.iter().zip(found["codes"].as_array().unwrap()) {
            let code = code.as_str().unwrap();
            assert!((0..8).any(|mask| reference_code(text, Some(mask)).0 == code), "{} letters", text.len());
            let (theirs, version) = reference_code(text, None);
            best += usize::from(theirs == code);
            versions.insert(version);
        }
        println!(
            "QR codes equal to the other encoder's: {} of {} in {} versions, {best} of them also with its choice of mask",
            texts.len(),
            texts.len(),
            versions.len()
        );
        assert!(versions.len() >= 17);
        assert!(best * 4 >= texts.len() * 3, "the mask follows the standard's penalties: {best}");
        browser.close().await;
    });
}

#[test]
fn the_qr_code_on_the_page_holds_the_link_and_counts_as_copied() {
    with_permit(async {
        // As long a URL as a site is likely to have.
        let path = "/tools/a-rather-long-path/for-sharing";
        let server = Options::default()
            .set("public_url", format!("\"https://share.some-long-organisation.example{path}\""))
            .start();
        let browser = Browser::start().await;
        for (site_made, width) in [(false, 1280), (false, 320), (true, 1280)] {
            browser.width(width, 800);
            browser.dark(width == 320);
            let sender = SenderPage(&browser);
            sender.visit(&format!("{}{path}", server.url()), true).await;
            sender.write("behind a code").await;
            if site_made {
                // Submits the form as without scripts; scripts then run on the response page.
                browser.to_next_page(async { drop(browser.run("create.submit()", Vec::new()).await) }).await;
            } else {
                browser.click("#create button.main").await;
            }
            let made = sender.made().await;
            browser.wait_for("[data-slot=code-box] summary").await;
            assert!(!browser.is_visible("svg.code").await, "the QR code is hidden until requested");
            assert_eq!(browser.eval(ASKS).await, true);
            browser.click("[data-slot=code-box] summary").await;
            let place = rect(&browser, "svg.code").await;
            browser.until(&format!("!{ASKS}")).await;
            let says = browser.text("[data-slot=code-box]").await;
            assert!(says.contains("Anyone who scans this can open it."), "{says}");
            assert_eq!(browser.eval("document.querySelector('svg.code').getAttribute('role')").await, "img");
            let label = browser.eval("document.querySelector('svg.code').getAttribute('aria-label')").await;
            assert_eq!(label, "QR code of the link");
            let side = place["width"].as_f64().unwrap();
            assert!(if width == 320 { (200.0..=256.0).contains(&side) } else { (255.9..=256.1).contains(&side) });
            assert_eq!(photograph(&browser, &place).read().as_deref(), Ok(&*made.link));
            browser.click("[data-slot=code-box] summary").await;
            browser.until("!document.querySelector('svg.code').checkVisibility()").await;
            browser.goto("about:blank").await;
        }
        browser.close().await;
    });
}

#[test]
fn the_printed_page_holds_link_qr_code_and_date() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let sender = SenderPage(&browser);
        let made = sender.send(&server.url(), true, "on paper", Some("not on paper")).await;
        browser.click("[data-action=show-made]").await;
        browser.until("performance.getEntriesByType('resource').some((one) => one.name.endsWith('/qr-code.js'))").await;
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        browser.width(720, 1000);
        // The event that browsers fire before printing; the module may still be loading.
        browser
            .until("(dispatchEvent(new Event('beforeprint')), document.querySelector('svg.code')?.checkVisibility())")
            .await;
        let seen = browser.eval("document.querySelector('main').innerText").await;
        let seen = seen.as_str().unwrap();
        let lines: Vec<_> = seen.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 3, "link and date each have a label: {seen}");
        assert!(lines[0] == "Link" && lines[1] == "Deleted if not opened by", "{seen}");
        let year = browser.eval("new Date(Date.now() + 7 * 86400000).getFullYear()").await;
        assert!(lines[2].contains(&year.to_string()) && !lines[2].contains("in 7 days"), "{seen}");
        assert_eq!(browser.eval("document.getElementById('link').value.trim()").await, *made.link);
        assert!(browser.eval("link.scrollHeight <= link.clientHeight + 1").await == true, "the whole link is printed");
        assert!(browser.is_visible("#link").await);
        let place = rect(&browser, "svg.code").await;
        assert_eq!(photograph(&browser, &place).read().as_deref(), Ok(&*made.link));
        let shot = browser.cdp("Page.printToPDF", json!({ "preferCSSPageSize": false }));
        assert!(shot["data"].as_str().unwrap().len() > 1_000);
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }));
        browser.run("dispatchEvent(new Event('afterprint'))", Vec::new()).await;
        browser.until("!document.querySelector('[data-slot=code-box]').open").await;
        assert!(browser.text("[data-slot=expires]").await.contains("in 7 days"));
        assert_eq!(browser.eval(ASKS).await, true, "printing does not count as copying");
        browser.close().await;
    });
}
