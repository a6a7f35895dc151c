//! Throughput of encrypting and decrypting a file in Chromium, with the site's own modules on a page of the site.
//!
//!     cargo bench --bench browser          # 256 MiB
//!     cargo bench --bench browser -- 64    # another size, in MiB
//!
//! Encrypts the file part by part as for sending, and decrypts it part by part as for saving. Nothing is transferred, so
//! this measures the device.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption stops the benchmark")]
#![allow(clippy::print_stdout, reason = "prints its results")]
#![allow(unreachable_pub, reason = "the modules are shared with tests")]
#![allow(missing_docs, reason = "not a library")]

#[allow(dead_code, reason = "tests use the rest")]
#[path = "../tests/support/browser.rs"]
mod browser;
#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/engines.rs"]
mod engines;
#[path = "../tests/support/ports.rs"]
mod ports;
#[path = "../tests/support/server.rs"]
mod server;

use browser::Browser;
use server::Server;

/// Number of measurements, of which the median counts.
const ROUNDS: usize = 3;

/// Encrypts and decrypts a file of `mib` MiB and returns the seconds that each took. Drops every part once it is
/// decrypted, so that memory use is that of a page.
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
    if (bytes !== file.size) throw new Error("the decrypted size differs");
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
    println!("Chromium, a file of {mib} MiB: encrypting {locking:.0} MiB/s, decrypting {unlocking:.0} MiB/s");
    browser.close().await;
}
