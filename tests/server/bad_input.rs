//! Tests invalid values: each gets its error code, changes nothing and is not echoed.

use crate::client::{Client, Response, Share};
use crate::embedded_files;
use crate::server::Options;
use crate::site::{Site, b64, claim, files, guarded, hex, is_invalid, is_problem, on_both};
use serde_json::{Value, json};

/// A marker that no response and no log line may contain.
const MARK: &str = "eCh0-m4rk3r";

/// Checks that body and headers of a response do not contain the marker.
fn silent(response: &Response) -> &Response {
    assert!(!response.text().contains(MARK), "{}", response.text());
    assert!(response.headers.iter().all(|(name, value)| !name.contains(MARK) && !value.contains(MARK)), "{response:?}");
    response
}

/// Sends a modified create request, which must be refused for this member and store nothing.
fn refused(site: &Client, member: &str, change: impl FnOnce(&mut Value)) {
    let mut share = Share::new("a");
    change(&mut share.body);
    let response = site.put(&share);
    is_invalid(silent(&response), member);
    assert_eq!(site.status(&share).status, 404);
}

#[test]
fn a_create_with_an_invalid_member_gets_422_naming_it() {
    on_both(Options::default, |site| {
        for member in ["version", "open_verifier", "parts", "size", "lifetime", "part0"] {
            refused(site, member, |body| drop(body.as_object_mut().unwrap().remove(member)));
        }
        let numbers = ["version", "parts", "size", "lifetime"];
        let others = [json!(null), json!([1]), json!({}), json!(true), json!(-1), json!(1.5), json!("1"), json!(MARK)];
        for member in numbers {
            for value in &others {
                refused(site, member, |body| body[member] = value.clone());
            }
        }
        for member in ["open_verifier", "password_verifier", "part0"] {
            for value in [json!(null), json!([]), json!({}), json!(true), json!(1), json!(""), json!(MARK)] {
                refused(site, member, |body| body[member] = value.clone());
            }
        }
        for version in [0, 2, 255, u64::MAX] {
            refused(site, "version", |body| body["version"] = version.into());
        }
        for lifetime in [0, 1, 3_599, 604_801, 31_536_000, u64::MAX] {
            refused(site, "lifetime", |body| body["lifetime"] = lifetime.into());
        }
        if site.redis.is_none() {
            assert_eq!(embedded_files::parts_kept(&site.server.data_dir), 0);
        }
        assert!(!site.server.log.text().contains(MARK));
    });
}

#[test]
fn boundary_values_are_accepted() {
    let site = Site::embedded(Options::default());
    for lifetime in [3_600, 3_601, 604_799, 604_800] {
        let mut share = Share::new("a");
        share.body["lifetime"] = lifetime.into();
        site.create(&share);
    }
}

#[test]
fn part_count_and_size_must_agree() {
    let site = Site::embedded(Options::default());
    for parts in [0, 2, 102, 65_537, u64::from(u32::MAX), u64::from(u32::MAX) + 2, u64::MAX] {
        let mut share = Share::new("a");
        share.body["parts"] = parts.into();
        let response = site.put(&share);
        is_problem(&response, 422, "invalid", &["member"]);
        let member = response.json()["member"].clone();
        assert!(member == "parts" || (member == "size" && parts != 0), "{parts}: {member}");
        assert_eq!(site.status(&share).status, 404);
    }
    // One part holds no files; a part is at most 984,056 bytes long; at most 100 files.
    for (parts, size) in
        [(1, 1), (1, 1_000_000), (2, 0), (2, 984_057), (3, 2 * 984_056 + 1), (103, 328), (105, 2_000_000)]
    {
        let mut share = Share::new("a");
        (share.body["parts"], share.body["size"]) = (parts.into(), size.into());
        let response = site.put(&share);
        is_problem(&response, 422, "invalid", &["member"]);
        assert!(["parts", "size"].contains(&response.json()["member"].as_str().unwrap()), "{parts} {size}");
        assert_eq!(site.status(&share).status, 404);
    }
    for size in [2_147_483_649, u64::MAX] {
        let mut share = Share::new("a");
        (share.body["parts"], share.body["size"]) = (2_100.into(), size.into());
        is_problem(&site.put(&share), 413, "too_large", &[]);
    }
    let mut share = Share::new("a");
    (share.body["parts"], share.body["size"]) = (102.into(), 100_000.into());
    let taken = site.put(&share);
    assert_eq!((taken.status, taken.json()["state"].as_str()), (201, Some("uploading")), "{}", taken.text());
}

#[test]
fn part_0_must_have_the_length_of_an_encrypted_manifest() {
    on_both(Options::default, |site| {
        for (length, expected) in [(0, 422), (1, 422), (327, 422), (328, 201), (721_672, 201), (721_673, 413)] {
            let mut share = Share::new("a");
            share.body["part0"] = b64(&vec![7; length]).into();
            let response = site.put(&share);
            assert_eq!(response.status, expected, "{length}: {}", response.text());
            match expected {
                422 => is_invalid(&response, "part0"),
                413 => is_problem(&response, 413, "too_large", &[]),
                _ => {}
            }
            assert_eq!(site.status(&share).status == 200, expected == 201);
        }
    });
}

#[test]
fn base64url_is_parsed_strictly() {
    let site = Site::embedded(Options::default());
    let digest = b64(&[0xfb; 32]);
    assert!(digest.contains('-'), "{digest}");
    let spoilt = [
        format!("{digest}="),
        digest.replace('-', "+"),
        b64(&[0xff; 32]).replace('_', "/"),
        format!(" {digest}"),
        format!("{digest}\n"),
        digest[1..].to_owned(),
        format!("{digest}A"),
        // Non-zero bits after the last byte.
        format!("{}B", &b64(&[0; 32])[..42]),
        format!("{}\u{e9}", &digest[..41]),
        hex(&[0xfb; 32]),
    ];
    for text in &spoilt {
        refused(&site, "open_verifier", |body| body["open_verifier"] = text.clone().into());
        refused(&site, "password_verifier", |body| body["password_verifier"] = text.clone().into());
    }
    let part0 = b64(&[0xfb; 329]);
    for text in [format!("{part0}="), part0.replace('-', "+"), format!("{part0}\r\n"), format!("{}*", &part0[1..])] {
        refused(&site, "part0", |body| body["part0"] = text.into());
    }
    let share = guarded("a");
    site.create(&share);
    for text in spoilt {
        let peek = json!({ "open_proof": text });
        is_invalid(&site.json("POST", &format!("{}/peek", share.path()), None, &peek), "open_proof");
        let open = json!({ "open_proof": text, "claim": claim().expose() });
        is_invalid(&site.json("POST", &format!("{}/open", share.path()), None, &open), "open_proof");
        let open = json!({ "open_proof": share.open_proof(), "claim": claim().expose(), "password_proof": text });
        is_invalid(&site.json("POST", &format!("{}/open", share.path()), None, &open), "password_proof");
    }
    assert_eq!(site.status(&share).json()["wrong_passwords"], 0, "a malformed proof is not counted");
    assert_eq!(site.status(&share).json()["state"], "waiting");
}

#[test]
fn unknown_and_duplicate_members_are_refused() {
    on_both(Options::default, |site| {
        for name in [MARK, "Version", "password_proof", "id", "owner", ""] {
            let mut share = Share::new("a");
            share.body[name] = MARK.into();
            let response = site.put(&share);
            is_problem(silent(&response), 422, "invalid", &["member"]);
            assert_eq!(site.status(&share).status, 404);
        }
        let share = Share::new("a");
        let text = share.body.to_string();
        let bearer = format!("Bearer {}", share.owner.expose());
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        for twice in [
            text.replacen('{', "{\"version\":1,", 1),
            text.replacen('{', "{\"lifetime\":7200,", 1),
            text.replacen('{', &format!("{{\"part0\":\"{MARK}\","), 1),
        ] {
            is_problem(
                silent(&site.send("PUT", &share.path(), &headers, Some(twice.as_bytes()))),
                422,
                "invalid",
                &["member"],
            );
        }
        for other in ["[]", "null", "1", "\"text\"", "true", &format!("[{text}]")] {
            let response = site.send("PUT", &share.path(), &headers, Some(other.as_bytes()));
            is_problem(silent(&response), 422, "invalid", &["member"]);
        }
        assert_eq!(site.status(&share).status, 404);

        let waiting = guarded("b");
        site.create(&waiting);
        let good = json!({ "open_proof": waiting.open_proof(), "claim": claim().expose(), "password_proof": waiting.password_proof });
        let spoilt = |name: &str, value: Value| {
            let mut body = good.clone();
            body[name] = value;
            body
        };
        let path = format!("{}/open", waiting.path());
        for value in [json!(null), json!(1), json!([]), json!({}), json!(true)] {
            for name in ["open_proof", "claim", "password_proof"] {
                is_invalid(&site.json("POST", &path, None, &spoilt(name, value.clone())), name);
            }
        }
        for text in
            ["", MARK, &claim().expose()[1..], &claim().expose().to_uppercase(), &"u".repeat(32), &"o".repeat(32)]
        {
            is_invalid(silent(&site.json("POST", &path, None, &spoilt("claim", text.into()))), "claim");
        }
        for name in ["open_proof", "claim"] {
            let mut body = good.clone();
            body.as_object_mut().unwrap().remove(name);
            is_invalid(&site.json("POST", &path, None, &body), name);
        }
        is_problem(&site.json("POST", &path, None, &spoilt(MARK, MARK.into())), 422, "invalid", &["member"]);
        let peek = format!("{}/peek", waiting.path());
        is_problem(&site.json("POST", &peek, None, &good), 422, "invalid", &["member"]);
        is_invalid(&site.json("POST", &peek, None, &json!({})), "open_proof");
        assert_eq!(site.status(&waiting).json()["wrong_passwords"], 0);
        assert_eq!(site.json("POST", &path, None, &good).status, 200, "the valid proof opens");
        assert!(!site.server.log.text().contains(MARK));
    });
}

#[test]
fn only_the_id_derived_from_the_owner_can_be_created() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        let id = share.link.id.to_string();
        let other = Share::new("b").link.id.to_string();
        let put =
            |id: &str| site.json("PUT", &format!("/api/v1/shares/{id}"), Some(&share.owner.expose()), &share.body);
        for wrong in [
            id[1..].to_owned(),
            format!("{id}0"),
            id.to_uppercase(),
            format!("{}-{}", &id[..8], &id[8..]),
            format!("%20{id}"),
            format!("{id}%00"),
            "u".repeat(16),
            "o".repeat(16),
            "%C3%A9".repeat(8),
            other,
            MARK.into(),
        ] {
            if wrong != id {
                is_invalid(silent(&put(&wrong)), "id");
            }
        }
        assert_eq!(site.status(&share).status, 404);
        assert_eq!(put(&id).status, 201);
    });
}

#[test]
fn a_create_without_a_valid_owner_token_gets_401_first() {
    on_both(Options::default, |site| {
        let share = Share::new("a");
        let owner = share.owner.expose();
        let spoilt = [
            None,
            Some(String::new()),
            Some("Bearer".into()),
            Some(owner.clone()),
            Some(format!("Basic {owner}")),
            Some(format!("Bearer {}", &owner[1..])),
            Some(format!("Bearer {owner}{owner}")),
            Some(format!("Bearer {}", owner.to_uppercase())),
            Some(format!("Bearer {MARK}")),
            Some(format!("Bearer {}", "u".repeat(32))),
        ];
        let good = share.body.to_string();
        for authorization in &spoilt {
            for body in [good.as_str(), "{}", "not json"] {
                let mut headers = vec![("Content-Type", "application/json")];
                headers.extend(authorization.as_deref().map(|value| ("Authorization", value)));
                let response = site.send("PUT", &share.path(), &headers, Some(body.as_bytes()));
                is_problem(silent(&response), 401, "owner_needed", &[]);
            }
        }
        assert_eq!(site.status(&share).status, 404);
    });
}

#[test]
fn a_wrong_method_gets_404() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let (id, api) = (share.link.id.to_string(), share.path());
    let taken = [
        (api.clone(), "GET HEAD PUT DELETE"),
        (format!("{api}/peek"), "POST"),
        (format!("{api}/open"), "POST"),
        (format!("{api}/confirm"), "POST"),
        ("/api/v1/site".into(), "GET HEAD"),
        ("/".into(), "GET HEAD POST"),
        (format!("/s/{id}"), "GET HEAD POST"),
        ("/status".into(), "GET HEAD POST"),
        ("/status/delete".into(), "POST"),
        ("/about".into(), "GET HEAD"),
        ("/health/ready".into(), "GET HEAD"),
        ("/test-redis".into(), "GET HEAD"),
        ("/robots.txt".into(), "GET HEAD"),
        ("/favicon.ico".into(), "GET HEAD"),
    ];
    for (path, methods) in &taken {
        for method in ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            if !methods.split(' ').any(|taken| taken == method) {
                let response = site.send(method, path, &[], None);
                assert_eq!(response.status, 404, "{method} {path}");
                assert!(!path.starts_with("/api") || response.code() == "not_found", "{method} {path}");
            }
        }
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        // Rocket treats a form's first field `_method` as the method.
        for path in [api.as_str(), "/status", "/"] {
            let headers = [("Content-Type", "application/x-www-form-urlencoded")];
            let body = format!("_method={method}&owner={}", share.owner.expose());
            let response = site.send("POST", path, &headers, Some(body.as_bytes()));
            assert!(response.status >= 400, "{method} {path}: {}", response.text());
        }
    }
    assert_eq!(site.peek(&share).json()["state"], "waiting");
}

#[test]
fn errors_echo_no_request_data() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    let json = ("Content-Type", "application/json");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let bearer = format!("Bearer {MARK}");
    let body = format!("{{\"{MARK}\": \"{MARK}\", \"open_proof\": \"{MARK}\", \"claim\": \"{MARK}\"}}");
    let query = format!("?lang={MARK}&wait={MARK}&seen={MARK}&{MARK}={MARK}");
    let mut paths: Vec<String> =
        ["/", "/status", "/about", "/health/live", "/health/ready", "/test-redis", "/robots.txt"]
            .map(str::to_owned)
            .into();
    paths.extend([
        share.path(),
        format!("{}/peek", share.path()),
        format!("{}/open", share.path()),
        format!("{}/confirm", share.path()),
        format!("/s/{}", share.link.id),
        format!("/s/{}%23{MARK}", share.link.id),
        format!("/s/{MARK}"),
        format!("/{MARK}"),
        format!("/api/v1/{MARK}"),
        format!("/api/v1/shares/{MARK}"),
        format!("/api/v1/shares/{MARK}/open"),
        format!("/assets/{MARK}/{MARK}"),
        format!("/health/{MARK}"),
        "/status/delete".to_owned(),
    ]);
    let mut count = 0;
    for path in &paths {
        for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
            for kind in [json, form, ("Content-Type", MARK)] {
                for accept in ["text/html", "application/json", "*/*"] {
                    let headers = [
                        kind,
                        ("Accept", accept),
                        ("Accept-Language", MARK),
                        ("Authorization", &bearer),
                        ("Referer", MARK),
                        ("User-Agent", MARK),
                        ("X-Forwarded-For", MARK),
                        ("X-Forwarded-Host", MARK),
                        ("Forwarded", "host=eCh0-m4rk3r"),
                    ];
                    let sent = (method != "GET").then_some(body.as_bytes());
                    silent(&site.send(method, &format!("{path}{query}"), &headers, sent));
                    count += 1;
                }
            }
        }
    }
    // Typed values are echoed in the form's own fields only.
    let form_body = format!("{MARK}={MARK}&lifetime={MARK}&ask={MARK}");
    for path in ["/", "/status", "/status/delete", &format!("/s/{}", share.link.id)] {
        for accept in ["text/html", "application/json", "*/*"] {
            let response = site.send("POST", path, &[form, ("Accept", accept)], Some(form_body.as_bytes()));
            silent(&response);
            count += 1;
        }
    }
    assert!(!site.server.log.text().contains(MARK));
    for (name, bytes) in files(&site.server.data_dir) {
        assert!(crate::raw_http::find(&bytes, MARK.as_bytes()).is_none(), "{name}");
    }
    assert_eq!(site.peek(&share).json()["state"], "waiting");
    println!("{count} requests with a marker, which no response, log line or file contains");
}
