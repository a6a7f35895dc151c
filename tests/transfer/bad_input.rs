//! Tests invalid uploads and downloads: each gets its error code, and nothing is stored.

use crate::client::Share;
use crate::files::{File, Files};
use crate::raw_http::{RawConnection, head};
use crate::roundtrip::parts_kept;
use crate::server::Options;
use crate::site::{Site, claim, is_invalid, is_problem, on_every_store};
use onetimeshare_envelope::parts::LARGEST_PART;
use serde_json::json;

const OCTETS: &str = "Content-Type: application/octet-stream";

/// Creates an upload of three parts without sending any.
fn begun(site: &Site) -> (Files, Vec<Vec<u8>>) {
    let files = Files::new(vec![File::made("a", 1_200_000, 3), File::made("b", 500, 4)]);
    let parts = files.all_parts();
    assert_eq!(parts.len(), 3);
    site.create(&files.share);
    (files, parts)
}

#[track_caller]
fn has(site: &Site, share: &Share, received: &[u32]) {
    assert_eq!(site.received(share).json()["received"], json!(received));
}

fn part_head(share: &Share, n: u32, headers: &[&str]) -> String {
    let bearer = format!("Authorization: Bearer {}", share.owner.expose());
    let mut all = vec![bearer.as_str()];
    all.extend(headers);
    head("PUT", &format!("{}/parts/{n}", share.path()), &all)
}

#[test]
fn an_invalid_part_is_refused_by_error_code_and_stores_nothing() {
    on_every_store(Options::default, |site| {
        let (files, parts) = begun(site);
        let share = &files.share;
        is_problem(&site.put_part(share, 1, &vec![7; LARGEST_PART + 1]), 413, "too_large", &[]);
        is_problem(&site.put_part(share, 1, &vec![7; 4 << 20]), 413, "too_large", &[]);
        // Alone the part is within its limit, but with it the share would exceed its announced size.
        assert_eq!(site.put_part(share, 3, &parts[2]).status, 204);
        assert_eq!(site.put_part(share, 1, &parts[0]).status, 204);
        is_problem(&site.put_part(share, 2, &vec![7; parts[1].len() + 1]), 413, "too_large", &[]);
        has(site, share, &[1, 3]);
        is_problem(&site.put_part(share, 3, &vec![7; LARGEST_PART]), 413, "too_large", &[]);
        is_invalid(&site.put_part(share, 2, &[]), "body");
        for n in ["0", "4", "65536", "4294967296", "-1", "01", "+1", "1.0", "x", "%31%00"] {
            let path = format!("{}/parts/{n}", share.path());
            let bearer = format!("Bearer {}", share.owner.expose());
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
            is_problem(&site.send("PUT", &path, &headers, Some(b"x")), 404, "not_found", &[]);
        }
        for kind in ["Content-Type: text/plain", "Content-Type: multipart/form-data; boundary=x", "X-None: 1"] {
            let mut connection = RawConnection::to(site.server.port);
            connection.write(part_head(share, 2, &[kind, "Content-Length: 3"]).as_bytes()).write(b"abc");
            is_problem(&connection.response().unwrap(), 415, "wrong_type", &[]);
        }
        let mut connection = RawConnection::to(site.server.port);
        connection.write(part_head(share, 2, &[OCTETS, "Transfer-Encoding: chunked"]).as_bytes());
        connection.write(b"3\r\nabc\r\n0\r\n\r\n");
        is_problem(&connection.response().unwrap(), 411, "length_needed", &[]);
        has(site, share, &[1, 3]);

        // Accepted parts are kept, and the share can still be completed.
        assert_eq!(site.put_part(share, 2, &parts[1]).status, 204);
        assert_eq!(site.complete(share).status, 200);
        let receiver = claim();
        assert_eq!(site.open(share, &receiver).status, 200);
        files.arrives(site, &receiver);
    });
}

#[test]
fn a_part_cut_at_any_byte_stores_nothing() {
    on_every_store(Options::default, |site| {
        let (files, parts) = begun(site);
        let length = parts[0].len();
        let cuts = [0, 1, 16 * 1024, 65_535, 65_536, 512 * 1024, length - 1];
        for cut in cuts {
            let mut connection = RawConnection::to(site.server.port);
            let announced = format!("Content-Length: {length}");
            connection
                .write(part_head(&files.share, 1, &[OCTETS, &announced]).as_bytes())
                .write(&parts[0][..cut])
                .end();
            if let Some(response) = connection.response() {
                is_problem(&response, 400, "malformed", &[]);
            }
            has(site, &files.share, &[]);
        }
        println!("{}: {} parts truncated, none stored", site.store(), cuts.len());
    });
}

#[test]
fn a_complete_share_accepts_no_parts() {
    on_every_store(Options::default, |site| {
        let (files, parts) = begun(site);
        let share = &files.share;
        for (n, part) in (1..).zip(&parts) {
            assert_eq!(site.put_part(share, n, part).status, 204);
        }
        assert_eq!(site.complete(share).status, 200);
        let mut other = parts[0].clone();
        other[0] ^= 1;
        let refused = |when: &str| {
            for bytes in [&parts[0], &other, &Vec::new(), &vec![0; LARGEST_PART + 1]] {
                let response = site.put_part(share, 1, bytes);
                assert_eq!((response.status, response.code().as_str()), (409, "complete"), "{when}");
            }
            assert_eq!(site.put_part(share, 4, &parts[0]).status, 404, "{when}");
        };
        refused("waiting");
        let receiver = claim();
        assert_eq!(site.open(share, &receiver).status, 200);
        refused("opened");
        files.arrives(site, &receiver);
        assert_eq!(site.confirm(share, &receiver).status, 204);
        refused("confirmed");
        assert_eq!(parts_kept(site), 0);
    });
}

#[test]
fn tokens_of_other_shares_get_404() {
    on_every_store(Options::default, |site| {
        let (mine, parts) = begun(site);
        let (theirs, their_parts) = begun(site);
        let never = Share::new("never created");
        for owner in [theirs.share.owner.expose(), never.owner.expose()] {
            let path = mine.share.path();
            let bearer = format!("Bearer {owner}");
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
            let part = format!("{path}/parts/1");
            is_problem(&site.send("PUT", &part, &headers, Some(&parts[0])), 404, "not_found", &[]);
            is_problem(&site.send("PUT", &part, &headers, Some(&[])), 404, "not_found", &[]);
            is_problem(&site.bare("GET", &format!("{path}/parts"), &owner), 404, "not_found", &[]);
            is_problem(&site.bare("POST", &format!("{path}/complete"), &owner), 404, "not_found", &[]);
            is_problem(&site.bare("DELETE", &path, &owner), 404, "not_found", &[]);
        }
        let (path, kind) = (mine.share.path(), ("Content-Type", "application/octet-stream"));
        is_problem(&site.send("PUT", &format!("{path}/parts/1"), &[kind], Some(&parts[0])), 404, "not_found", &[]);
        has(site, &mine.share, &[]);
        for response in [site.received(&never), site.complete(&never), site.put_part(&never, 1, b"x")] {
            is_problem(&response, 404, "not_found", &[]);
        }

        let (me, they) = (claim(), claim());
        for (files, parts, receiver) in [(&mine, &parts, &me), (&theirs, &their_parts, &they)] {
            for (n, part) in (1..).zip(parts) {
                assert_eq!(site.put_part(&files.share, n, part).status, 204);
            }
            assert_eq!(site.complete(&files.share).status, 200);
            assert_eq!(site.open(&files.share, receiver).status, 200);
        }
        for n in 0..4 {
            is_problem(&site.part(&mine.share, &they, n), 404, "not_found", &[]);
            is_problem(&site.part(&theirs.share, &me, n), 404, "not_found", &[]);
        }
        is_problem(&site.confirm(&mine.share, &they), 404, "not_found", &[]);
        mine.arrives(site, &me);
        theirs.arrives(site, &they);
    });
}

#[test]
fn an_oversized_upload_is_refused_before_data() {
    fn options() -> Options {
        Options::default().set("max_size", 3_000_000).set("max_files", 3)
    }
    on_every_store(options, |site| {
        let with = |parts: u64, size: u64| {
            let mut share = Share::new("x");
            share.body["parts"] = parts.into();
            share.body["size"] = size.into();
            let response = site.put(&share);
            if response.status != 201 {
                assert_eq!(site.status(&share).status, 404, "nothing of it is stored");
            }
            response
        };
        assert_eq!(with(5, 3_000_000).status, 201);
        is_problem(&with(5, 3_000_001), 413, "too_large", &[]);
        is_problem(&with(70_000, 60_000_000_000), 413, "too_large", &[]);
        // Three files of the smallest size, and one more.
        assert_eq!(with(5, 1_000).status, 201);
        is_invalid(&with(6, 1_000), "parts");
        for (parts, size, member) in
            [(0, 0, "parts"), (1, 1, "size"), (2, 0, "size"), (2, 1_100_000, "size"), (3, 2_900_000, "size")]
        {
            is_invalid(&with(parts, size), member);
        }
        assert_eq!(parts_kept(site), 2, "part 0 of each accepted share");
    });
}
