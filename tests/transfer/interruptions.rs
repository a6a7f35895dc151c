//! Cuts connections at every kind of byte: uploads and downloads must resume, for one claim alone.

use crate::client::{Client, Response, Share};
use crate::fault_proxy::{Break, Direction, Proxy};
use crate::files::{File, Files};
use crate::full;
use crate::object_store::on_all_stores;
use crate::server::Options;
use crate::site::{Site, claim, on_every_store, random};
use crate::table::row;
use onetimeshare_envelope::Claim;
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Attempts before a transfer counts as stuck. Each connection is cut once, and each attempt starts by querying what is
/// missing.
const TRIES: usize = 5;

/// Returns a random number below `end`.
fn below(end: u64) -> u64 {
    u64::from_le_bytes(random()) % end
}

/// Creates a file of two parts and one of one part.
fn two_files() -> Files {
    Files::new(vec![File::made("long", 1_500_000, below(1 << 60)), File::made("short", 300_000, below(1 << 60))])
}

/// Runs one upload attempt: queries received parts, sends the others, completes. Calls `seen` after every response.
fn try_to_send(
    client: &Client,
    files: &Files,
    parts: &[Vec<u8>],
    mut seen: impl FnMut(),
) -> Result<Response, ureq::Error> {
    let (share, owner) = (&files.share, files.share.owner.expose());
    let created = client.try_json("PUT", &share.path(), Some(&owner), &share.body)?;
    assert!([200, 201].contains(&created.status), "{}", created.text());
    seen();
    let received = client.try_bare("GET", &format!("{}/parts", share.path()), &owner)?.json();
    seen();
    // A share whose completion was not acknowledged may be complete and has all parts.
    for (n, part) in (1..).zip(parts) {
        if !received["received"].as_array().unwrap().contains(&Value::from(n)) {
            let response = client.try_put_part(share, n, part)?;
            assert_eq!(response.status, 204, "{}", response.text());
            seen();
        }
    }
    let complete = client.try_bare("POST", &format!("{}/complete", share.path()), &owner)?;
    assert_eq!(complete.status, 200, "{}", complete.text());
    seen();
    Ok(complete)
}

/// Runs one download attempt: opens, then downloads missing parts. Parts are kept between attempts.
fn try_to_fetch(
    client: &Client,
    files: &Files,
    receiver: &Claim,
    kept: &mut Vec<Vec<u8>>,
    mut seen: impl FnMut(),
) -> Result<(), ureq::Error> {
    let opened = client.try_open(&files.share, receiver)?;
    assert_eq!(opened.status, 200, "{}", opened.text());
    seen();
    while kept.len() + 1 < files.parts() as usize {
        let response = client.try_part(&files.share, receiver, u32::try_from(kept.len() + 1).unwrap())?;
        assert_eq!(response.status, 200, "{}", response.text());
        kept.push(response.body);
        seen();
    }
    Ok(())
}

/// Where a connection is cut: direction and byte.
type Place = (Direction, u64);

/// Byte offsets at which each response of an undisturbed transfer ended, in both directions.
struct Ends {
    up: Vec<u64>,
    down: Vec<u64>,
}

impl Ends {
    fn new() -> Self {
        Self { up: Vec::new(), down: Vec::new() }
    }

    fn note(&mut self, proxy: &Proxy) {
        self.up.push(proxy.passed(Direction::Up));
        self.down.push(proxy.passed(Direction::Down));
    }

    /// Every offset, the byte before and the byte after; and `count` random places, two thirds of them in direction
    /// `mostly`.
    fn places(&self, mostly: Direction, count: usize) -> Vec<Place> {
        let mut places = Vec::new();
        for (direction, ends) in [(Direction::Up, &self.up), (Direction::Down, &self.down)] {
            places.extend(
                ends.iter()
                    .chain(&[0])
                    .flat_map(|end| [end.saturating_sub(1), *end, end + 1])
                    .map(|at| (direction, at)),
            );
        }
        for turn in 0..count {
            let (direction, ends) = match (mostly, turn % 3) {
                (Direction::Up, 0 | 1) | (Direction::Down, 2) => (Direction::Up, &self.up),
                _ => (Direction::Down, &self.down),
            };
            places.push((direction, below(*ends.last().unwrap())));
        }
        places
    }
}

/// Checks that another claim with the whole link gets nothing after the opening.
fn gets_410(site: &Site, files: &Files, stranger: &Claim) {
    let opened = site.open(&files.share, stranger);
    assert_eq!(opened.status, 410, "{}", opened.text());
    has_no_part(site, files, stranger);
}

fn has_no_part(site: &Site, files: &Files, stranger: &Claim) {
    for n in 0..files.parts() {
        assert_eq!(site.part(&files.share, stranger, n).status, 404);
    }
}

/// Runs both batteries on one site; returns the numbers of cuts and of cuts that hit.
fn cut_everywhere(site: &Site, count: usize) -> (usize, usize, usize, usize) {
    let proxy = Proxy::to(site.server.port);
    let client = Client::new(proxy.url());
    let (mut up, mut down) = (Ends::new(), Ends::new());
    let files = two_files();
    proxy.mend();
    try_to_send(&client, &files, &files.all_parts(), || up.note(&proxy)).unwrap();
    let receiver = claim();
    proxy.mend();
    try_to_fetch(&client, &files, &receiver, &mut Vec::new(), || down.note(&proxy)).unwrap();
    assert_eq!(site.confirm(&files.share, &receiver).status, 204);

    let (sending, fetching) = (up.places(Direction::Up, count), down.places(Direction::Down, count));
    let cases = sending.len().max(fetching.len());
    let next = AtomicUsize::new(0);
    let hits = Mutex::new((0, 0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let proxy = Proxy::to(site.server.port);
                loop {
                    let case = next.fetch_add(1, Ordering::SeqCst);
                    if case >= cases {
                        break;
                    }
                    let how = if case.is_multiple_of(2) { Break::Closed } else { Break::Reset };
                    let place = |places: &[Place]| places.get(case).copied();
                    let hit = one_case(site, &proxy, how, place(&sending), place(&fetching));
                    let mut hits = hits.lock().unwrap();
                    hits.0 += hit.0;
                    hits.1 += hit.1;
                }
            });
        }
    });
    let hits = hits.into_inner().unwrap();
    (sending.len(), hits.0, fetching.len(), hits.1)
}

/// Cuts the connection once during upload and once during download. Returns which cuts hit.
fn one_case(site: &Site, proxy: &Proxy, how: Break, sending: Option<Place>, fetching: Option<Place>) -> (usize, usize) {
    let (files, stranger) = (two_files(), claim());
    let parts = files.all_parts();
    let before = proxy.cuts();
    // New connections, so that offsets match those of the undisturbed transfer.
    let client = Client::new(proxy.url());
    proxy.mend();
    if let Some((direction, after)) = sending {
        proxy.cut(direction, after, how);
    }
    let sent = (0..TRIES).any(|_| {
        let done = try_to_send(&client, &files, &parts, || ()).is_ok();
        if !done {
            // Opening here could win the share, if a completion whose response was lost has taken effect; so only peek.
            let peek = site.peek(&files.share);
            if site.status(&files.share).json()["state"] == "uploading" {
                assert_eq!(peek.status, 404, "{}", peek.text());
            }
            has_no_part(site, &files, &stranger);
        }
        done
    });
    assert!(sent, "the upload resumes after a cut at {sending:?}");
    let hit_sending = proxy.cuts() - before;

    let client = Client::new(proxy.url());
    proxy.mend();
    if let Some((direction, after)) = fetching {
        proxy.cut(direction, after, how);
    }
    let (receiver, mut kept) = (claim(), Vec::new());
    let fetched = (0..TRIES).any(|_| {
        let done = try_to_fetch(&client, &files, &receiver, &mut kept, || ()).is_ok();
        // Until the first claim has reached the server, any holder of the whole link may open the share.
        if site.status(&files.share).json()["state"] == "opened" {
            gets_410(site, &files, &stranger);
        }
        done
    });
    assert!(fetched, "the download resumes after a cut at {fetching:?}");
    let hit_fetching = proxy.cuts() - before - hit_sending;
    let Ok(hashes) = files.read(|n| Ok::<_, std::convert::Infallible>(kept[n as usize - 1].clone()));
    assert!(files.are(&hashes), "SHA-256 of every file, cut at {sending:?} and {fetching:?}");
    assert_eq!(site.confirm(&files.share, &receiver).status, 204);
    gets_410(site, &files, &stranger);
    (hit_sending, hit_fetching)
}

#[test]
fn a_transfer_cut_at_any_byte_resumes_and_arrives_whole_for_one_claim() {
    on_all_stores(Options::default, |site| {
        let count = if full() { 200 } else { 60 };
        let (sending, hit_sending, fetching, hit_fetching) = cut_everywhere(site, count);
        row(
            &format!("cuts of transfers ({})", site.store()),
            format!(
                "{sending} cuts of uploads ({hit_sending} hit), {fetching} of downloads ({hit_fetching} hit), {count} of \
                 each at random bytes, the rest at every edge: all went on, every SHA-256 equal, strangers got nothing"
            ),
        );
        // A cut after the last byte of a transfer has no effect.
        assert!(hit_sending + 6 >= sending && hit_fetching + 6 >= fetching);
        site.has_no_files_soon();
    });
}

/// Cuts the response to `open` after each of its bytes but the last.
fn cut_the_answer_to_open(site: &Site) -> usize {
    let proxy = Proxy::to(site.server.port);
    let whole = {
        let share = Share::new("measured");
        site.create(&share);
        proxy.mend();
        assert_eq!(Client::new(proxy.url()).open(&share, &claim()).status, 200);
        usize::try_from(proxy.passed(Direction::Down)).unwrap()
    };
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let proxy = Proxy::to(site.server.port);
                loop {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    if at >= whole {
                        break;
                    }
                    let (share, receiver) = (Share::new("measured"), claim());
                    site.create(&share);
                    proxy.cut(
                        Direction::Down,
                        at as u64,
                        if at.is_multiple_of(2) { Break::Closed } else { Break::Reset },
                    );
                    let lost = Client::new(proxy.url()).try_open(&share, &receiver);
                    assert!(lost.is_err(), "a response cut after byte {at} is an error");
                    assert_eq!(site.open(&share, &claim()).status, 410, "another claim, cut after byte {at}");
                    let again = site.open(&share, &receiver);
                    assert_eq!(share.message_in(&again).as_deref(), Some("measured"), "cut after byte {at}");
                    assert_eq!(site.open(&share, &claim()).status, 410, "another claim, cut after byte {at}");
                }
            });
        }
    });
    whole
}

#[test]
fn an_open_response_cut_at_any_byte_can_be_repeated_by_its_claim_only() {
    on_every_store(Options::default, |site| {
        let count = cut_the_answer_to_open(site);
        row(
            &format!("reply of open cut at every byte ({})", site.store()),
            format!("{count} places: recovered each time by its reader, by nobody else"),
        );
    });
}
