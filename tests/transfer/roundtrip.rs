//! Tests the whole lifecycle of a share with files.

use crate::client::Share;
use crate::embedded_files;
use crate::files::{File, Files};
use crate::server::Options;
use crate::site::{SOON, Site, claim, from_b64, is_json, is_problem, moment, now, on_every_store, until};
use onetimeshare_envelope::Claim;
use serde_json::json;

/// Number of parts that the site's store keeps, of any share.
pub fn parts_kept(site: &Site) -> usize {
    let Some(redis) = &site.redis else {
        let folder = &site.server.data_dir;
        return embedded_files::parts_kept(folder) + embedded_files::references_kept(folder);
    };
    let alone: Vec<String> = redis.ask(&["KEYS", "share:*:0"]);
    // References of ended shares remain until their files are removed.
    let more = alone.iter().map(|first| first.replace(":0", ":parts"));
    let is_part = |n: &&String| !["sum", "files"].contains(&n.as_str());
    let counted = |key: String| redis.ask::<Vec<String>>(&["HKEYS", &key]).iter().filter(is_part).count();
    alone.len() + more.map(counted).sum::<usize>()
}

#[track_caller]
fn received(site: &Site, share: &Share) -> Vec<u64> {
    let response = site.received(share);
    is_json(&response, 200, &["parts", "received"]);
    response.json()["received"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
}

#[track_caller]
fn is_nowhere(site: &Site, files: &Files, claim: &Claim) {
    for n in 0..files.parts() {
        is_problem(&site.part(&files.share, claim, n), 404, "not_found", &[]);
    }
}

#[test]
fn parts_upload_in_any_order_and_download_whole_for_one_claim() {
    on_every_store(Options::default, |site| {
        let sent = vec![File::made("big.bin", 2_300_000, 1), File::of("empty.txt", []), File::made("small", 700, 2)];
        let files = Files::with(Some("with words"), sent, 3_600);
        let (share, parts) = (&files.share, files.all_parts());
        assert_eq!(parts.len(), 5);

        let created = site.put(share);
        is_json(&created, 201, &["expires_at", "id", "state"]);
        assert_eq!(created.json()["state"], "uploading");
        assert_eq!(site.put(share).status, 200);
        assert!(received(site, share).is_empty());
        let status = site.status(share).json();
        assert_eq!(status["state"], "uploading");
        assert!(status.get("record_until").is_none(), "an upload has no record end yet");

        // A holder of the whole link learns nothing of it yet.
        let receiver = claim();
        is_problem(&site.peek(share), 404, "not_found", &[]);
        is_problem(&site.open(share, &receiver), 404, "not_found", &[]);
        is_nowhere(site, &files, &receiver);

        let all: Vec<u64> = (1..6).collect();
        let none = site.complete(share);
        is_problem(&none, 409, "missing_parts", &["missing"]);
        assert_eq!(none.json()["missing"], json!(all));
        let mut there = Vec::new();
        for n in [4, 1, 5, 3_u32] {
            let response = site.put_part(share, n, &parts[n as usize - 1]);
            assert_eq!((response.status, response.body.len()), (204, 0));
            there.push(u64::from(n));
            there.sort_unstable();
            assert_eq!(received(site, share), there);
        }
        assert_eq!(site.received(share).json()["parts"], 6);
        let missing = site.complete(share);
        is_problem(&missing, 409, "missing_parts", &["missing"]);
        assert_eq!(missing.json()["missing"], json!([2]));

        // The last upload of a part counts: the same bytes again, different ones, and the right ones.
        assert_eq!(site.put_part(share, 2, &parts[1]).status, 204);
        assert_eq!(site.put_part(share, 2, &parts[1]).status, 204);
        assert_eq!(site.put_part(share, 2, &parts[1][1..]).status, 204);
        is_problem(&site.complete(share), 409, "size_mismatch", &[]);
        assert_eq!(site.put_part(share, 2, &parts[1]).status, 204);
        assert_eq!(received(site, share), all);

        // The lifetime starts at completion, not at creation.
        until(SOON, "the clock", || (now() >= moment(&created.json()["expires_at"]) - 3_598).then_some(()));
        let before = now();
        let complete = site.complete(share);
        is_json(&complete, 200, &["expires_at", "state"]);
        assert_eq!(complete.json()["state"], "waiting");
        let expires = moment(&complete.json()["expires_at"]);
        assert!((before + 3_600..=now() + 3_600).contains(&expires), "{expires}");
        assert!(expires >= moment(&created.json()["expires_at"]) + 2);
        let again = site.complete(share);
        assert_eq!((again.status, again.json()), (200, complete.json()));
        assert_eq!(site.status(share).json()["expires_at"], complete.json()["expires_at"]);

        let peek = site.peek(share);
        is_json(&peek, 200, &["expires_at", "parts", "password", "size", "state"]);
        assert_eq!((&peek.json()["parts"], &peek.json()["size"]), (&json!(6), &json!(files.layout.size())));
        is_nowhere(site, &files, &receiver);

        let opened = site.open(share, &receiver);
        is_json(&opened, 200, &["grace_until", "part0", "parts"]);
        let manifest = files.manifest_in(&opened.json()).unwrap();
        assert_eq!(manifest.message.as_deref(), Some("with words"));
        assert_eq!(manifest.files[0].name, "big.bin");
        let part0 = site.part(share, &receiver, 0);
        assert_eq!((part0.status, &part0.body), (200, &from_b64(opened.json()["part0"].as_str().unwrap())));
        assert_eq!(part0.header("content-type"), Some("application/octet-stream"));
        assert_eq!(part0.header("cache-control"), Some("no-store"));
        for (n, part) in (1..).zip(&parts) {
            let response = site.part(share, &receiver, n);
            assert_eq!(response.header("content-length"), Some(part.len().to_string().as_str()));
            assert!(response.body == *part, "part {n} is unchanged");
        }
        files.arrives(site, &receiver);
        assert_eq!(site.open(share, &receiver).json(), opened.json(), "the same claim gets the same response");

        is_problem(&site.open(share, &claim()), 410, "gone", &["at", "state"]);
        is_nowhere(site, &files, &claim());
        for n in 0..6 {
            let path = format!("{}/parts/{n}", share.path());
            is_problem(&site.send("GET", &path, &[], None), 404, "not_found", &[]);
            is_problem(&site.bare("GET", &path, &share.owner.expose()), 404, "not_found", &[]);
        }
        is_problem(&site.part(share, &receiver, 6), 404, "not_found", &[]);

        assert_eq!(site.confirm(share, &receiver).status, 204);
        assert_eq!(site.confirm(share, &receiver).status, 204);
        is_nowhere(site, &files, &receiver);
        is_problem(&site.open(share, &receiver), 410, "gone", &["at", "state", "yours"]);
        assert!(site.status(share).json()["confirmed_at"].is_string());
        assert_eq!(parts_kept(site), 0, "nothing of it is stored");
        site.has_no_files_soon();
    });
}

#[test]
fn files_at_every_chunk_part_and_padding_boundary_roundtrip() {
    on_every_store(Options::default, |site| {
        let (chunk, part) = (16 * 1024, 60 * 16 * 1024);
        let edges = [0, 256, chunk, 64 * 1024, part - chunk, part, part + chunk, 2 * part];
        let sizes = edges.into_iter().flat_map(|edge: u64| [edge.saturating_sub(1), edge, edge + 1]);
        let files: Vec<File> = sizes.map(|size| File::made(&format!("{size} bytes"), size, size + 5)).collect();
        let (count, bytes) = (files.len(), files.iter().map(|file| file.size).sum::<u64>());
        let files = Files::new(files);
        files.send(site);
        let receiver = claim();
        let opened = site.open(&files.share, &receiver);
        assert!(files.manifest_in(&opened.json()).is_ok());
        files.arrives(site, &receiver);
        println!("{}: {count} files of {bytes} bytes in {} parts arrived complete", site.store(), files.parts());
    });
}

#[test]
fn deleting_an_upload_frees_its_space_at_once() {
    on_every_store(Options::default, |site| {
        let files = Files::new(vec![File::made("half of it", 3_000_000, 1)]);
        let parts = files.all_parts();
        site.create(&files.share);
        for n in [1, 2] {
            assert_eq!(site.put_part(&files.share, n, &parts[n as usize - 1]).status, 204);
        }
        assert!(parts_kept(site) >= 2, "the parts are stored");
        assert_eq!(site.delete(&files.share).status, 204);
        assert_eq!(parts_kept(site), 0, "the parts are deleted");
        assert_eq!(site.delete(&files.share).status, 204);
        assert_eq!(site.status(&files.share).json()["state"], "deleted");
        is_problem(&site.put_part(&files.share, 3, &parts[2]), 409, "complete", &[]);
        is_problem(&site.open(&files.share, &claim()), 410, "gone", &["at", "state"]);
        assert_eq!(parts_kept(site), 0);
        site.has_no_files_soon();
    });
}
