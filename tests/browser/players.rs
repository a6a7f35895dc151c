//! Tests that sound and film of an opened share play in its page, and that nothing with scripts ever does.

use crate::browser::Browser;
use crate::client::Client;
use crate::contents::{File, Files};
use crate::pages::ReceiverPage;
use crate::server::Server;
use crate::with_permit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// A second of a tone: 8,000 samples of one byte.
pub fn sound() -> Vec<u8> {
    let samples: Vec<u8> = (0..8_000_u32).map(|n| if n / 10 % 2 == 0 { 96 } else { 160 }).collect();
    let mut wav = b"RIFF".to_vec();
    wav.extend(8_036_u32.to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend([8_000_u32, 8_000].map(u32::to_le_bytes).concat());
    wav.extend(b"\x01\0\x08\0data");
    wav.extend(8_000_u32.to_le_bytes());
    wav.extend(samples);
    wav
}

/// Records a short film of a canvas.
async fn film(browser: &Browser) -> Vec<u8> {
    let record = "const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [64, 48];
        const pen = canvas.getContext('2d');
        const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' });
        const pieces = [];
        recorder.ondataavailable = ({ data }) => pieces.push(data);
        const stopped = new Promise((resolve) => (recorder.onstop = resolve));
        recorder.start();
        for (let frame = 0; frame < 20; frame += 1) {
            pen.fillStyle = frame % 2 ? 'red' : 'blue';
            pen.fillRect(0, 0, 64, 48);
            await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        recorder.stop();
        await stopped;
        const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
        return btoa(String.fromCharCode(...bytes));";
    STANDARD.decode(browser.run_async(record, Vec::new()).await.as_str().unwrap()).unwrap()
}

async fn opens(browser: &Browser, server: &Server, files: Vec<File>) {
    let share = Files::with(None, files, 3_600);
    share.send(&Client::new(server.url()));
    let receiver = ReceiverPage(browser);
    receiver.follow(&share.share.link.url(&server.url()), true).await;
    receiver.press().await;
    browser.wait_for("main [data-slot=files] li").await;
}

#[test]
fn sound_and_film_play_in_the_page_by_a_press() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        let film = film(&browser).await;
        opens(&browser, &server, vec![File::of("note.wav", sound()), File::of("film.webm", film)]).await;
        assert_eq!(browser.eval("document.querySelectorAll('audio, video').length").await, 0, "only by a press");
        for (row, kind) in [(1, "audio"), (2, "video")] {
            let button = format!("main [data-slot=files] li:nth-child({row}) [data-action=play]");
            assert_eq!(browser.text(&button).await, "Play");
            browser.click(&button).await;
            browser.until(&format!("document.querySelector('main {kind}')?.readyState >= 1")).await;
            assert_eq!(browser.text(&button).await, "Hide");
            browser.run(&format!("return document.querySelector('main {kind}').play()"), Vec::new()).await;
            browser.until(&format!("document.querySelector('main {kind}').currentTime > 0")).await;
        }
        let tall = "document.querySelector('main audio').clientHeight";
        assert!(browser.eval(tall).await.as_u64().unwrap() >= 44, "the player of sound has its buttons");
        assert_eq!(browser.eval("document.fullscreenEnabled").await, true, "a film can fill the screen");
        let film = "document.querySelector('main video')";
        assert_eq!(
            browser.eval(&format!("[{film}.videoWidth, {film}.controls, {film}.src.split(':')[0]]")).await,
            json!([64, true, "blob"])
        );
        assert_eq!(
            browser.eval("document.querySelector('main audio').getAttribute('aria-label')").await,
            "Player: note.wav"
        );
        let button = "main [data-slot=files] li:nth-child(1) [data-action=play]";
        browser.click(button).await;
        assert!(!browser.is_visible("main audio").await);
        assert_eq!(browser.eval("document.querySelector('main audio').paused").await, true, "hidden, it is silent");
        // Cleared, the page holds nothing of it.
        let address = browser.eval(&format!("{film}.src")).await;
        browser.click("[data-action=clear]").await;
        browser.heading("All done").await;
        let freed = "const media = document.createElement('video');
            media.src = arguments[0];
            return new Promise((resolve) => {
                media.onerror = () => resolve(true);
                media.onloadedmetadata = () => resolve(false);
            });";
        browser.expect("net::ERR_FILE_NOT_FOUND");
        assert_eq!(browser.run_async(freed, vec![address]).await, true);
        browser.close().await;
    });
}

#[test]
fn nothing_that_can_hold_scripts_is_played_or_shown() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        let html = "<!doctype html><script>window.ran = true</script>";
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.ran = true\"/>";
        let files = [("page.html", html), ("drawing.svg", svg), ("report.pdf", "%PDF-1.7"), ("list.m3u8", "#EXTM3U")];
        opens(&browser, &server, files.map(|(name, text)| File::of(name, text)).to_vec()).await;
        for action in ["play", "show-picture"] {
            assert!(!browser.is_visible(&format!("main [data-action={action}]")).await, "{action}");
        }
        // Under the name of sound or film, the first bytes decide.
        let files = [("song.mp3", html), ("film.mp4", svg), ("film.webm", "%PDF-1.7"), ("sound.ogg", "")];
        opens(&browser, &server, files.map(|(name, text)| File::of(name, text)).to_vec()).await;
        for row in 1..=3 {
            browser.click(&format!("main [data-slot=files] li:nth-child({row}) [data-action=play]")).await;
            let said = browser.text("main [data-slot=trouble]").await;
            assert_eq!(said, "We cannot play this. Save it instead.");
        }
        assert!(!browser.is_visible("main li:nth-child(4) [data-action=play]").await, "empty");
        assert_eq!(browser.eval("document.querySelectorAll('audio, video, iframe, object, embed').length").await, 0);
        assert_eq!(browser.eval("window.ran ?? false").await, false);
        browser.close().await;
    });
}

#[test]
fn files_of_more_than_50_mb_or_unknown_formats_are_only_saved() {
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.goto(&server.url()).await;
        let body = "const base = document.querySelector('script[type=module]').src.split('pages/')[0];
            const { mayPlay, mediaType } = await import(`${base}lib/media.js`);
            const plays = () => 'maybe';
            const may = (name, type, size, can = plays) => mayPlay({ name, type, size }, can);
            const type = (text, name) => mediaType(Uint8Array.from(text, (one) => one.charCodeAt(0)), { name, type: '' });
            return [
                [may('a.mp3', '', 50_000_000), may('voice', 'audio/ogg', 9), may('A.MOV', '', 9)],
                [may('a.mp3', '', 50_000_001), may('a.mp3', '', 0), may('a.pdf', 'application/pdf', 9),
                    may('a.svg', 'image/svg+xml', 9), may('a.html', 'text/html', 9), may('a.mkv', '', 9, () => '')],
                [type('\\0\\0\\0\\x18ftypisom', 'a.mp4'), type('\\0\\0\\0\\x18ftypM4A ', 'a.m4a'), type('ID3\\x04', 'a.mp3'),
                    type('\\xff\\xfb\\x90', 'a.mp3'), type('\\xff\\xf1\\x50', 'a.aac'), type('fLaC', 'a.flac'),
                    type('OggS', 'a.ogg'), type('OggS', 'a.ogv'), type('\\x1aE\\xdf\\xa3', 'a.mkv')],
                [type('\\0\\0\\0\\x18ftypheic', 'a.mp4'), type('\\0\\0\\0\\x18ftypavif', 'a.mp4'), type('%PDF', 'a.mp4'),
                    type('<svg', 'a.mp3'), type('', 'a.mp3'), type('\\xff\\xd8\\xff', 'a.mp3'), type('RIFF\\0\\0\\0\\0WEBP', 'a.wav')],
            ];";
        let found = browser.run_async(body, Vec::new()).await;
        let expected = json!([
            [true, true, true],
            [false, false, false, false, false, false],
            [
                "video/mp4",
                "audio/mp4",
                "audio/mpeg",
                "audio/mpeg",
                "audio/aac",
                "audio/flac",
                "audio/ogg",
                "video/ogg",
                "video/webm"
            ],
            [null, null, null, null, null, null, null],
        ]);
        assert_eq!(found, expected);
        browser.close().await;
    });
}
