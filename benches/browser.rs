//! How fast Chromium locks and unlocks a file with the modules that the site serves, on a page of the site.
//!
//!     cargo bench --bench browser          # 256 MiB
//!     cargo bench --bench browser -- 64    # another size, in MiB
//!
//! The file is read, locked part by part as it is for sending, and unlocked part by part as it is for saving. Nothing
//! travels, so what is measured is the device.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what it did not expect"
)]
#![allow(clippy::print_stdout, reason = "figures are printed")]
#![allow(unreachable_pub, reason = "what is shared is shared with test binaries, too")]
#![allow(missing_docs, reason = "a program of its own")]

#[allow(dead_code, reason = "tests use the rest")]
#[path = "../tests/support/browser.rs"]
mod browser;
#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/server.rs"]
mod server;

use browser::Browser;
use server::Server;

/// How often each figure is taken; the middle one counts.
const ROUNDS: usize = 3;

/// Locks a file of so many MiB, then unlocks it. Gives the seconds that each took; every part is only kept until it is
/// unlocked, so that memory is what it is on a page.
const SCRIPT: &str = r#"
    const [mib, base] = arguments;
    const { lock, unlock } = await import(`${base}lib/envelope.js`);
    const { contentKeys, linkKeys } = await import(`${base}lib/keys.js`);
    const piece = new Uint8Array(1024 * 1024);
    for (let at = 0; at < piece.length; at += 65536) crypto.getRandomValues(piece.subarray(at, at + 65536));
    const file = new File(Array.from({ length: mib }, () => piece), "large.bin");
    const key = crypto.getRandomValues(new Uint8Array(16));
    const locked = await lock({ files: [file] }, { key });
    const { contentKey } = await contentKeys(locked.id, key, await linkKeys(locked.id, key));
    const opened = await unlock({ id: locked.id, contentKey, part0: locked.part0, parts: locked.layout.parts });
    const [sealer, opener] = [await locked.sealer(0), opened.opener(0)];
    let [locking, unlocking, bytes] = [0, 0, 0];
    for (let part = 1; part < locked.layout.parts; part += 1) {
      const place = locked.layout.place(part);
      const begin = performance.now();
      const sealed = await sealer.seal(place);
      const middle = performance.now();
      const stored = new Uint8Array(await new Blob(sealed).arrayBuffer());
      const received = performance.now();
      const plain = await opener.open(place, stored);
      locking += middle - begin;
      unlocking += performance.now() - received;
      bytes += plain.length;
    }
    if (bytes !== file.size) throw new Error("not all came back");
    return [locking / 1000, unlocking / 1000];
"#;

#[tokio::main]
async fn main() {
    let mib = std::env::args().find_map(|word| word.parse::<u32>().ok()).unwrap_or(256);
    let server = Server::start();
    let browser = Browser::start().await;
    browser.goto(&server.url()).await;
    let base = browser.eval("document.querySelector('script[type=module]').src.split('pages/')[0]").await;
    let mut rates = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let seconds = browser.run_async(SCRIPT, vec![mib.into(), base.clone()]).await;
        for (at, rates) in rates.iter_mut().enumerate() {
            rates.push(f64::from(mib) / seconds[at].as_f64().unwrap());
        }
    }
    let [locking, unlocking] = rates.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[ROUNDS / 2]
    });
    println!("Chromium, a file of {mib} MiB: locking {locking:.0} MiB/s, unlocking {unlocking:.0} MiB/s");
    browser.close().await;
}
