//! Tests of files in a folder beside Redis: what they take of memory and disk, two servers, and faults of the folder.

use crate::client::{Client, Share};
use crate::files::Bulk;
use crate::full;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, Site, claim, files_in, is_problem, retry_after, until};
use crate::small_disk::SmallDisk;
use crate::table::row;
use onetimeshare_envelope::Claim;
use std::path::Path;
use std::thread;
use tempfile::TempDir;

const MIB: u64 = 1024 * 1024;

/// Bytes that a Redis uses.
pub(crate) fn used_memory(redis: &RedisServer) -> u64 {
    redis.info("memory")["used_memory"].trim().parse().unwrap()
}

fn beside(redis: &RedisServer, folder: &Path) -> Options {
    Options::default().redis(redis.port()).set("files_url", format!("file://{}", folder.display()))
}

#[test]
fn a_large_share_takes_little_memory_of_redis_and_of_the_server() {
    let size = if full() { 1024 } else { 128 };
    let site = Site::on_redis_and_a_folder(Options::default());
    let redis = site.redis.as_ref().unwrap();
    // Warms up one-time allocations before measuring.
    let small = Bulk::new(4 * MIB);
    small.send(&site);
    small.fetch(&site, &claim());
    let (before, (server_before, _)) = (used_memory(redis), site.server.memory());
    let bulk = Bulk::new(size * MIB);
    bulk.send(&site);
    let grown = used_memory(redis).saturating_sub(before);
    assert_eq!(
        files_in(site.files.as_ref().unwrap().path()) as u64,
        u64::from(bulk.parts - 1) + u64::from(small.parts - 1)
    );
    let receiver = claim();
    bulk.fetch(&site, &receiver);
    let server_grown = site.server.memory().1.saturating_sub(server_before);
    assert_eq!(site.confirm(&bulk.share, &receiver).status, 204);
    row(
        &format!("a share of {size} MiB in a folder beside Redis"),
        format!(
            "{} KiB more in Redis, {} for each part; {} MiB more resident in the server at the peak",
            grown / 1024,
            grown / u64::from(bulk.parts - 1),
            server_grown / MIB
        ),
    );
    assert!(grown < MIB, "{grown} bytes more in Redis");
    assert!(server_grown < 16 * MIB, "{server_grown} bytes more in the server");
    let folder = site.files.as_ref().unwrap().path();
    until(SOON, "the files to be removed", || (files_in(folder) == small.parts as usize - 1).then_some(()));
}

/// Returns the bytes of files that a page takes.
fn offered(client: &Client, path: &str) -> u64 {
    let page = client.get(path).text();
    let number = page.split("data-max-size=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    number.parse().unwrap()
}

#[test]
fn a_small_disk_beside_redis_offers_what_fits_and_keeps_waiting_shares() {
    let (redis, folder) =
        (RedisServer::start(&["--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]), TempDir::new().unwrap());
    let files = folder.path().join("files");
    let disk = SmallDisk::of(200 * MIB, beside(&redis, &files).data_dir(folder.path()));
    let client = Client::new(disk.server.url());
    let fits = until(SOON, "the room to be measured", || Some(offered(&client, "/")).filter(|fits| *fits < 200 * MIB));
    assert!(fits > 100 * MIB, "{fits}");
    let answer = offered(&client, "/r/0123456789abcdef");
    assert!(answer.abs_diff(fits) < 2 * MIB, "{answer} and {fits}");
    let refused = client.put(&Bulk::new(fits + 2 * MIB).share);
    is_problem(&refused, 507, "full", &["fits"]);
    let told = refused.json()["fits"].as_u64().unwrap();
    assert!(told.abs_diff(fits) < 2 * MIB, "{told} and {fits}");
    // More than Redis could hold.
    let waiting = Bulk::new(100 * MIB);
    waiting.send(&client);
    disk.fill(40 * MIB);
    let next = Bulk::new(20 * MIB);
    let refused = until(SOON, "the full disk to be noticed", || {
        Some(client.put(&next.share)).filter(|response| response.status != 201)
    });
    is_problem(&refused, 507, "full", &["fits"]);
    assert_eq!(client.put(&Share::new("a message needs no disk")).status, 201);
    let receiver = claim();
    waiting.fetch(&client, &receiver);
    assert_eq!(client.confirm(&waiting.share, &receiver).status, 204);
    let again = until(SOON, "its room", || {
        let next = Bulk::new(80 * MIB);
        (client.put(&next.share).status == 201).then_some(next)
    });
    assert_eq!(client.delete(&again.share).status, 204);
    println!("a disk of 200 MiB: {} MiB offered, {} MiB told by 507", fits / MIB, told / MIB);
}

#[test]
fn a_folder_that_is_gone_stops_files_and_not_messages() {
    let site = Site::on_redis_and_a_folder(Options::default());
    let folder = site.files.as_ref().unwrap().path();
    let (waiting, coming) = (Bulk::new(3 * MIB), Bulk::new(3 * MIB));
    waiting.send(&site);
    site.create(&coming.share);
    let receiver = claim();
    assert_eq!(site.open(&waiting.share, &receiver).status, 200);
    let away = folder.with_extension("away");
    std::fs::rename(folder, &away).unwrap();
    for refused in [
        site.put_part(&coming.share, 1, &coming.part(1)),
        site.part(&waiting.share, &receiver, 1),
        site.put(&Bulk::new(MIB).share),
    ] {
        is_problem(&refused, 503, "unavailable", &[]);
        assert!(retry_after(&refused) > 0);
    }
    let message = Share::new("needs no folder");
    assert_eq!(site.put(&message).status, 201);
    assert_eq!(site.open(&message, &claim()).status, 200);
    std::fs::rename(&away, folder).unwrap();
    for n in 1..coming.parts {
        assert_eq!(site.put_part(&coming.share, n, &coming.part(n)).status, 204, "the upload resumes");
    }
    assert_eq!(site.complete(&coming.share).status, 200);
    waiting.fetch(&site, &receiver);
}

#[test]
fn the_reader_of_a_lost_part_is_told_so_and_gets_the_others() {
    let site = Site::on_redis_and_a_folder(Options::default());
    let bulk = Bulk::new(2 * MIB);
    bulk.send(&site);
    let receiver = claim();
    assert_eq!(site.open(&bulk.share, &receiver).status, 200);
    let hour = site.files.as_ref().unwrap().path().read_dir().unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = hour.filter(|path| path.is_dir()).flat_map(|hour| hour.read_dir().unwrap()).collect();
    let [lost, cut, ..] = &files[..] else { panic!("{files:?}") };
    std::fs::remove_file(lost.as_ref().unwrap().path()).unwrap();
    std::fs::write(cut.as_ref().unwrap().path(), b"cut short").unwrap();
    let answers: Vec<_> = (1..bulk.parts).map(|n| site.part(&bulk.share, &receiver, n)).collect();
    let (good, bad): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((good.len(), bad.len()), (files.len() - 2, 2));
    for answer in bad {
        is_problem(answer, 410, "lost", &[]);
    }
    let status = site.status(&bulk.share).json();
    assert!(status["lost_at"].is_string() && status["grace_until"].is_string(), "{status}");
    let page = site.form("/status", "text/html", &[("owner", &bulk.share.owner.expose())]).text();
    let shown: String = page.split("<template").filter_map(|piece| piece.rsplit("</template>").next()).collect();
    assert_eq!(shown.matches("This site lost a part of the files. Please send them again.").count(), 1, "{shown}");
    // Its end removes what is left, without an error.
    assert_eq!(site.confirm(&bulk.share, &receiver).status, 204);
    assert!(site.status(&bulk.share).json()["lost_at"].is_string());
    site.has_no_files_soon();
}

/// Sends a share by one server, which is killed in the middle, resumes it at the other, and opens it through both at
/// once, of which one succeeds. Returns the share, the client that opened it, the client of the other server, and the claim.
pub(crate) fn opened_once(
    servers: &mut [Server; 2],
    n: usize,
    options: impl Fn() -> Options,
) -> (Bulk, Client, Client, Claim) {
    let (first, second) = (n % 2, 1 - n % 2);
    let bulk = Bulk::new(3 * MIB);
    let [here, there] = [first, second].map(|at| Client::new(servers[at].url()));
    here.create(&bulk.share);
    assert_eq!(here.put_part(&bulk.share, 1, &bulk.part(1)).status, 204);
    servers[first].kill();
    assert_eq!(there.received(&bulk.share).json()["received"].as_array().unwrap().len(), 1);
    for n in 2..bulk.parts {
        assert_eq!(there.put_part(&bulk.share, n, &bulk.part(n)).status, 204);
    }
    servers[first] = options().start();
    let here = Client::new(servers[first].url());
    assert_eq!(here.complete(&bulk.share).status, 200);
    let claims = [claim(), claim()];
    let opened = thread::scope(|scope| {
        let attempts = [(&here, &claims[0]), (&there, &claims[1])].map(|(client, claim)| {
            let share = &bulk.share;
            scope.spawn(move || client.open(share, claim).status)
        });
        attempts.map(|attempt| attempt.join().unwrap())
    });
    let [by_here, by_there] = claims;
    match opened {
        [200, 410] => (bulk, here, there, by_here),
        [410, 200] => (bulk, there, here, by_there),
        _ => panic!("{opened:?}"),
    }
}

/// Opens a share that went over both servers, and sends, reads and confirms another through both.
fn over_two_servers(servers: &mut [Server; 2], n: usize, options: impl Fn() -> Options) {
    let (bulk, opener, other, _) = opened_once(servers, n, options);
    let receiver = claim();
    assert_eq!(opener.open(&bulk.share, &receiver).status, 410);
    let again = Bulk::new(2 * MIB);
    again.send(&opener);
    again.fetch(&other, &receiver);
    assert_eq!(opener.confirm(&again.share, &receiver).status, 204);
    assert_eq!(other.part(&again.share, &receiver, 1).status, 404);
}

#[test]
fn two_servers_share_one_redis_and_one_folder() {
    let shares = if full() { 200 } else { 6 };
    let (redis, folder) = (RedisServer::start(&[]), TempDir::new().unwrap());
    let options = || beside(&redis, folder.path());
    let mut servers = [options().start(), options().start()];
    for n in 0..shares {
        over_two_servers(&mut servers, n, options);
    }
    // What is left are the shares that were opened and not confirmed, with four parts each.
    let parts = Bulk::new(3 * MIB).parts as usize - 1;
    until(SOON, "the files of confirmed shares to be removed", || {
        (files_in(folder.path()) == shares * parts).then_some(())
    });
    row("two servers on one Redis and one folder", format!("{shares} kills, {} shares, each read once", 2 * shares));
}
