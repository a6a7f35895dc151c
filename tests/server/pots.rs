//! Tests that hostile clients at one address leave memory, password stretching and connections to others.

use crate::client::{Client, Share};
use crate::nginx::Nginx;
use crate::raw_http::{RawConnection, head, json_request};
use crate::server::Options;
use crate::site::{SOON, Site, claim, guarded, guess, until};
use crate::table::row;
use onetimeshare_envelope::parts::LARGEST_PART;
use onetimeshare_envelope::{Claim, Owner, ShareId};
use std::fmt::Display;
use std::thread;
use std::time::{Duration, Instant};

/// Addresses of hostile clients, and that of a visitor.
const HOSTILE: [[u8; 4]; 5] = [[127, 0, 0, 2], [127, 0, 0, 3], [127, 0, 0, 4], [127, 0, 0, 5], [127, 0, 0, 6]];
const VISITOR: [u8; 4] = [127, 0, 0, 20];

/// Body memory, as in `src/web/body.rs`, and the longest body of a create.
const BODY_MEMORY: usize = 48 << 20;
const LONGEST: usize = 1_404_096;

/// Length of a body of which 105 would take all body memory, if announcing it were enough.
const ANNOUNCED: usize = BODY_MEMORY / 105 - 1;

/// Maximum resident memory during an attack, in bytes.
const PEAK: u64 = 128 << 20;

fn limited() -> Options {
    Options::default().set("limits_per_address", true).set("trusted_proxies", "[\"127.0.0.1\"]")
}

/// A site, and its ports: its own, and that of an nginx in front of it.
fn site() -> (Site, Nginx, [(&'static str, u16); 2]) {
    let site = Site::embedded(limited());
    let nginx = Nginx::before(site.server.port);
    let ports = [("direct", site.server.port), ("behind nginx", nginx.port)];
    (site, nginx, ports)
}

/// Announces the body of a create from an address.
fn announce(source: [u8; 4], port: u16, length: usize) -> RawConnection {
    let owner = Owner::random().unwrap();
    let path = format!("/api/v1/shares/{}", ShareId::of(&owner));
    put(source, port, &path, "application/json", &owner.expose(), length)
}

/// Announces a body of `length` bytes from an address.
fn put(source: [u8; 4], port: u16, path: &str, kind: &str, owner: &str, length: impl Display) -> RawConnection {
    let bearer = format!("Authorization: Bearer {owner}");
    let (kind, length) = (format!("Content-Type: {kind}"), format!("Content-Length: {length}"));
    let mut connection = RawConnection::from(source, port);
    connection.write(head("PUT", path, &[&kind, &bearer, &length]).as_bytes());
    connection
}

/// Creates a share for a visitor eleven times and returns the shortest time that it took: other tests keep the machine
/// busy, while the attacks last.
fn creates(source: [u8; 4], port: u16, message: &str) -> Duration {
    let times = [(); 11].map(|()| {
        let share = Share::new(message);
        let request = json_request("PUT", &share.path(), Some(&share.owner.expose()), &share.body.to_string());
        let began = Instant::now();
        let response = RawConnection::from(source, port).write(request.as_bytes()).response().unwrap();
        assert_eq!(response.status, 201, "{}", response.text());
        began.elapsed()
    });
    times.into_iter().min().unwrap()
}

#[test]
fn announced_bodies_take_no_memory_before_they_arrive() {
    let (site, _nginx, ports) = site();
    for (name, port) in ports {
        let before = site.server.memory().0;
        let begin = |n: usize| {
            let mut connection = announce(HOSTILE[n % HOSTILE.len()], port, ANNOUNCED);
            // The web framework waits for the first 512 bytes before it routes a request.
            connection.write(&[b' '; 1_000]);
            connection
        };
        let _begun: Vec<_> = (0..120).map(begin).collect();
        let took = creates(VISITOR, port, "hi");
        let large = creates(VISITOR, port, &"long ".repeat(10_000));
        let (now, peak) = site.server.memory();
        row(
            &format!("120 bodies of 0.5 MB that stop after 1 KB, {name}"),
            format!(
                "{} KiB more, peak {} MiB; \"hi\" created in {} ms, 50 KB in {} ms",
                now.saturating_sub(before) >> 10,
                peak >> 20,
                took.as_millis(),
                large.as_millis()
            ),
        );
        assert!(peak < PEAK, "{name}: {} MiB", peak >> 20);
    }
}

#[test]
fn arriving_bodies_of_one_address_leave_memory_to_others() {
    let site = Site::embedded(limited());
    let port = site.server.port;
    // Refused bodies are drained, so the last byte is needed for an answer.
    let refused = |source| {
        let body = vec![b' '; LONGEST];
        let mut connection = announce(source, port, LONGEST);
        connection.try_write(&body);
        connection.response().expect("a response").status
    };
    let mut open = Vec::new();
    let partly = |source| {
        let mut connection = announce(source, port, LONGEST);
        connection.write(&vec![b' '; LONGEST - 1]);
        connection
    };
    // Half of the memory is for one address.
    open.extend((0..=BODY_MEMORY / 2 / LONGEST).map(|_| partly(HOSTILE[0])));
    until(SOON, "one address to be refused", || (refused(HOSTILE[0]) == 429).then_some(()));
    let took = creates(VISITOR, port, &"long ".repeat(10_000));
    let alone = site.server.memory().1;

    // Several addresses together fill it; short messages still pass.
    for source in &HOSTILE[1..] {
        open.extend((0..=BODY_MEMORY / 4 / LONGEST).map(|_| partly(*source)));
    }
    until(SOON, "the memory to be used up", || {
        // Bodies that were refused or have timed out are replaced.
        open.extend(HOSTILE.map(partly));
        (refused(VISITOR) == 503).then_some(())
    });
    let hi = creates(VISITOR, port, "hi");
    assert_eq!(site.get("/").status, 200);
    let (_, peak) = site.server.memory();
    row(
        "bodies of 1.4 MB that stay incomplete",
        format!(
            "peak {} MiB from one address, 50 KB of another created in {} ms; {} MiB from 5, \"hi\" created in {} ms",
            alone >> 20,
            took.as_millis(),
            peak >> 20,
            hi.as_millis()
        ),
    );
    assert!(alone < PEAK && peak < PEAK, "{} MiB, {} MiB", alone >> 20, peak >> 20);
    drop(open);
    until(SOON, "free memory", || (refused(VISITOR) == 400).then_some(()));
}

/// Sends a form from an address and returns the open connection.
fn post(source: [u8; 4], port: u16, path: &str, fields: &[(&str, &str)]) -> RawConnection {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let length = format!("Content-Length: {}", body.len());
    let mut connection = RawConnection::from(source, port);
    let head = head("POST", path, &["Content-Type: application/x-www-form-urlencoded", "Accept: text/plain", &length]);
    connection.write(head.as_bytes()).write(body.as_bytes());
    connection
}

#[test]
fn stretchings_of_one_address_do_not_shut_out_the_reader_of_another() {
    let (site, _nginx, ports) = site();
    for (name, port) in ports {
        let share = Share::with("for the reader", Some("a good password"), 3_600);
        site.create(&share);
        let link = share.link.url(&site.base);
        // Openings, because fewer creates of one address are read at the same time.
        let guessed = [(); 40].map(|()| guarded("not for the guesser"));
        for share in &guessed {
            site.create(share);
        }
        let began = Instant::now();
        let mut flood = guessed.each_ref().map(|share| {
            let fields = [("link", &*share.link.url(&site.base)), ("password", "stretched again and again")];
            post(HOSTILE[0], port, &format!("/s/{}", share.link.id), &fields)
        });
        let fields = [("link", &*link), ("password", "a good password")];
        let asked = Instant::now();
        let response = post(VISITOR, port, &format!("/s/{}", share.link.id), &fields).response().unwrap();
        let took = asked.elapsed();
        assert_eq!((response.status, response.text().trim()), (200, "for the reader"), "{name}");
        let statuses: Vec<u16> = flood.iter_mut().map(|one| one.response().unwrap().status).collect();
        let all = began.elapsed();
        let refused = statuses.iter().filter(|status| **status == 429).count();
        row(
            &format!("40 stretchings from one address, {name}"),
            format!(
                "{refused} refused, all done after {} ms; another's reader after {} ms",
                all.as_millis(),
                took.as_millis()
            ),
        );
        assert!(statuses.iter().all(|status| matches!(status, 403 | 429)), "{statuses:?}");
        assert!(refused >= 8, "{refused} refused");
        assert!(took < all / 2, "{name}: {took:?} of {all:?}");
    }
}

/// Returns how many requests a guard has refused.
fn refused(site: &Client, kind: &str) -> u64 {
    let text = site.get("/metrics").text();
    let name = format!("onetimeshare_guards_total{{kind=\"{kind}\"}} ");
    text.lines().find_map(|line| line.strip_prefix(&name)).unwrap().parse().unwrap()
}

#[test]
fn no_password_is_stretched_that_cannot_open() {
    let site = Site::embedded(limited().set("metrics", true));
    let (opened, waiting) = (guarded("opened"), guarded("waits"));
    site.create(&opened);
    site.create(&waiting);
    assert_eq!(site.open(&opened, &claim()).status, 200);
    let port = site.server.port;
    for (share, status) in [(&opened, 404), (&waiting, 429)] {
        let link = share.link.url(&site.base);
        // After five wrong passwords the address waits.
        (0..5).for_each(|_| drop(guess(&site, share)));
        let fields = [("link", &*link), ("password", "a password to be stretched"), ("nonce", &claim().expose())];
        let path = format!("/s/{}", share.link.id);
        let mut flood: Vec<_> = (0..40).map(|_| post([127, 0, 0, 1], port, &path, &fields)).collect();
        let statuses: Vec<u16> = flood.iter_mut().map(|one| one.response().unwrap().status).collect();
        assert!(statuses.iter().all(|got| *got == status), "{status} expected: {statuses:?}");
    }
    assert_eq!(refused(&site, "stretching"), 0, "the queue of stretchings stays empty");
    assert_eq!(refused(&site, "password_wait"), 40);
}

/// Creates and opens a share with a part of 1 MB.
fn opened_with_part(site: &Client) -> (Share, Claim) {
    let mut share = Share::new("with a long part");
    share.body["parts"] = 2.into();
    share.body["size"] = LARGEST_PART.into();
    site.create(&share);
    assert_eq!(site.put_part(&share, 1, &vec![7; LARGEST_PART]).status, 204);
    assert_eq!(site.complete(&share).status, 200);
    let receiver = claim();
    assert_eq!(site.open(&share, &receiver).status, 200);
    (share, receiver)
}

/// Requests part 1 from an address.
fn fetch(source: [u8; 4], port: u16, share: &Share, receiver: &Claim) -> RawConnection {
    let mut connection = RawConnection::from(source, port);
    let bearer = format!("Authorization: Bearer {}", receiver.expose());
    connection.write(head("GET", &format!("{}/parts/1", share.path()), &[&bearer]).as_bytes());
    connection
}

#[test]
fn unread_answers_keep_their_permit_and_memory() {
    let (site, _nginx, ports) = site();
    let (share, receiver) = opened_with_part(&site);
    for (name, port) in ports {
        let before = site.server.memory().0;
        let mut unread: Vec<_> = (0..300).map(|_| fetch(HOSTILE[0], port, &share, &receiver)).collect();
        until(SOON, "the address to be refused", || {
            // On a busy machine, buffers along the way may have taken some answers meanwhile.
            unread.extend((0..16).map(|_| fetch(HOSTILE[0], port, &share, &receiver)));
            let refused = fetch(HOSTILE[0], port, &share, &receiver).response()?;
            (refused.status == 429).then_some(())
        });
        let theirs = fetch(VISITOR, port, &share, &receiver).response().unwrap();
        assert_eq!((theirs.status, theirs.body.len()), (200, LARGEST_PART), "another address is served");
        let took = creates(VISITOR, port, "hi");
        let (now, peak) = site.server.memory();
        row(
            &format!("300 unread answers of 1 MB, {name}"),
            format!(
                "{} MiB more, peak {} MiB; \"hi\" created in {} ms",
                now.saturating_sub(before) >> 20,
                peak >> 20,
                took.as_millis()
            ),
        );
        assert!(peak < PEAK, "{name}: {} MiB", peak >> 20);
        drop(unread);
        // As many from several addresses, which together use up the memory.
        let unread: Vec<_> = (0..300).map(|n| fetch(HOSTILE[n % HOSTILE.len()], port, &share, &receiver)).collect();
        let took = creates(VISITOR, port, "hi");
        let (_, peak) = site.server.memory();
        row(
            &format!("300 unread answers of 1 MB from 5 addresses, {name}"),
            format!("peak {} MiB; \"hi\" created in {} ms", peak >> 20, took.as_millis()),
        );
        assert!(peak < PEAK, "{name}: {} MiB", peak >> 20);
        drop(unread);
        until(SOON, "permits and memory to come back", || {
            let again = fetch(HOSTILE[0], port, &share, &receiver).response()?;
            (again.status == 200).then_some(())
        });
    }
}

#[test]
fn only_the_owner_s_bodies_are_read_into_memory() {
    let site = Site::embedded(limited());
    let port = site.server.port;
    let (share, _) = opened_with_part(&site);
    let stranger = Owner::random().unwrap().expose();
    let before = site.server.memory().0;
    let mut open = Vec::new();
    for (path, kind) in
        [(share.path(), "application/json"), (format!("{}/parts/1", share.path()), "application/octet-stream")]
    {
        for source in HOSTILE {
            for _ in 0..12 {
                let mut connection = put(source, port, &path, kind, &stranger, LARGEST_PART);
                connection.write(&vec![b' '; LARGEST_PART - 1]);
                open.push(connection);
            }
        }
    }
    let (now, _) = site.server.memory();
    row("120 bodies of 1 MB without the owner", format!("{} MiB more", now.saturating_sub(before) >> 20));
    // The 60 creates have no owner to check before the body; the 60 parts have.
    assert!(now.saturating_sub(before) < 72 << 20, "{} MiB more", now.saturating_sub(before) >> 20);
    let statuses: Vec<u16> = open.iter_mut().map(|one| one.write(b" ").response().unwrap().status).collect();
    assert!(statuses[..60].iter().all(|status| matches!(status, 422 | 429)), "{statuses:?}");
    assert!(statuses[60..].iter().all(|status| matches!(status, 404 | 429)), "{statuses:?}");
}

#[test]
fn the_documented_nginx_ends_slow_and_long_heads() {
    let (_site, _nginx, [_, (_, port)]) = site();
    let mut slow = RawConnection::from(HOSTILE[0], port);
    slow.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n");
    let began = Instant::now();
    let mut long = RawConnection::from(HOSTILE[0], port);
    let cookie = format!("X-Long: {}\r\n", "a".repeat(7_000));
    long.try_write(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}", cookie.repeat(6)).as_bytes());
    assert_eq!(long.response().expect("an answer before the end of the head").status, 400);
    while slow.try_write(b"X-A: b\r\n") {
        assert!(began.elapsed() < Duration::from_secs(15), "a head may take longer than {:?}", began.elapsed());
        thread::sleep(Duration::from_millis(500));
    }
    row("a head without an end, behind nginx", format!("closed after {} s", began.elapsed().as_secs()));
}
