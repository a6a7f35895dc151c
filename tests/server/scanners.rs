//! Tests that previewers, scanners and prefetching browsers never consume a share.

use crate::client::{Response, Share};
use crate::dump::dump;
use crate::raw_http::{RawConnection, head};
use crate::server::Options;
use crate::site::{Site, claim, on_both};
use std::collections::HashMap;

/// User agents of link previewers, scanners and browsers. The empty one sends no header.
const AGENTS: [&str; 41] = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slackbot 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.12.16/i",
    "WhatsApp/2",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/97.0.4692.99 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/76.0.3803.0 Safari/537.36",
    "Go-http-client/1.1",
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.179 Mobile Safari/537.36 (compatible; Google-Safety; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 8_1 like Mac OS X) AppleWebKit/600.1.4 (KHTML, like Gecko) Version/8.0 Mobile/12B410 Safari/600.1.4 (Applebot/0.1; +http://www.apple.com/go/applebot)",
    "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "Mattermost-Bot/1.1",
    "http.rb/2.2.2 (Mastodon/1.5.1; +https://example-masto-instance.org/)",
    "Viber",
    "Mozilla/5.0 (compatible; KeybaseBot; +https://keybase.io)",
    "Iframely/1.3.1 (+https://iframely.com/docs/about) Atlassian",
    "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Chatwork LinkPreview v1",
    "Mozilla/5.0 (compatible; Linespider/1.1; +https://lin.ee/4dwXkTH)",
    "facebookexternalhit/1.1;kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
    "Notion/1.0 (https://notion.so; team@makenotion.com)",
    "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1.2 Safari/605.1.15",
    "python-requests/2.21.0",
    "curl/7.64.0",
    "okhttp/4.1.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
];

/// Passive requests: a method and one more header.
const WAYS: [(&str, &str); 6] = [
    ("GET", ""),
    ("HEAD", ""),
    ("OPTIONS", ""),
    ("GET", "Range: bytes=0-99"),
    ("GET", "Sec-Purpose: prefetch"),
    ("GET", "Sec-Purpose: prefetch;prerender"),
];

/// Every other URL that can be fetched, except the visit counter, which counts requests.
const ELSEWHERE: [&str; 12] = [
    "/",
    "/status",
    "/about",
    "/offline",
    "/share",
    "/manifest.webmanifest",
    "/sw.js",
    "/img/preview.png",
    "/favicon.ico",
    "/robots.txt",
    "/health/live",
    "/nowhere",
];

/// The constant part of a response: all but its date and nonce.
fn fixed(response: &Response) -> (u16, Vec<(String, String)>, String) {
    let (status, headers, mut body) = crate::site::bare(response);
    if let Some(at) = body.find("name=\"nonce\" value=\"") {
        let from = at + "name=\"nonce\" value=\"".len();
        assert_eq!(body[from..].find('"'), Some(32), "a nonce has 32 characters");
        body.replace_range(from..from + 32, "");
    }
    (status, headers, body)
}

#[test]
fn no_previewer_scanner_or_prefetch_consumes_a_share() {
    on_both(Options::default, |site| {
        let (waiting, opened, deleted, unknown) = (Share::new("a"), Share::new("b"), Share::new("c"), Share::new("d"));
        for share in [&waiting, &opened, &deleted] {
            site.create(share);
        }
        assert_eq!(site.open(&opened, &claim()).status, 200);
        assert_eq!(site.delete(&deleted).status, 204);
        let before = dump(site);
        assert!(before.len() >= 3, "{:?}", before.keys());

        let mut addresses: Vec<_> = ELSEWHERE.map(|path| (path, path.to_owned())).into();
        for share in [&waiting, &opened, &deleted, &unknown] {
            let (id, fragment) = (share.link.id, share.link.fragment());
            let damages = ["", "%23", "%2523"]
                .map(|damage| if damage.is_empty() { damage.into() } else { format!("{damage}{fragment}") });
            addresses.extend(damages.map(|damage| ("/s/", format!("/s/{id}{damage}"))));
        }

        let mut requests = 0;
        let mut connection = RawConnection::to(site.server.port);
        let mut look = |method: &str, path: &str, agent: &str, header: &str| {
            let agent = format!("User-Agent: {agent}");
            let mut headers = vec!["Accept: text/html,*/*;q=0.8"];
            headers.extend(
                [agent.as_str(), header].into_iter().filter(|line| !line.is_empty() && *line != "User-Agent: "),
            );
            connection.write(head(method, path, &headers).as_bytes());
            requests += 1;
            connection.response_to(method).expect("a response")
        };
        // A kind of page gets the same response for every id and user agent.
        let mut pages = HashMap::new();
        for agent in AGENTS {
            for (method, header) in WAYS {
                for (kind, path) in &addresses {
                    let response = look(method, path, agent, header);
                    let expected = if method == "OPTIONS" || path == "/nowhere" { 404 } else { 200 };
                    assert_eq!(response.status, expected, "{method} {path}");
                    if response.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
                        assert_eq!(response.header("cache-control"), Some("no-store, no-transform"), "{path}");
                    }
                    let seen = fixed(&response);
                    let first = pages.entry((kind, method, header)).or_insert_with(|| seen.clone());
                    assert_eq!(&seen, first, "{method} {path} ({header}) by {agent}");
                }
            }
        }
        assert!(dump(site) == before, "the store is unchanged");
        assert_eq!(site.peek(&waiting).json()["state"], "waiting");
        assert_eq!(waiting.message_in(&site.open(&waiting, &claim())).as_deref(), Some("a"));
        println!(
            "{}: {requests} looks by {} programs in {} ways at {} addresses; the store is the same byte for byte, and \
             the share still waited and then opened",
            site.store(),
            AGENTS.len(),
            WAYS.len(),
            addresses.len(),
        );
    });
}

#[test]
fn get_requests_to_every_route_open_nothing() {
    let site = Site::embedded(Options::default());
    let share = Share::new("a");
    site.create(&share);
    for method in ["GET", "HEAD", "OPTIONS"] {
        for rest in ["", "/peek", "/open", "/confirm", "/parts", "/parts/0", "/complete"] {
            for token in [share.owner.expose(), claim().expose()] {
                site.bare(method, &format!("{}{rest}", share.path()), &token);
            }
        }
    }
    for _ in 0..50 {
        assert_eq!(site.peek(&share).json()["state"], "waiting");
    }
    assert_eq!(site.open(&share, &claim()).status, 200);
}

#[test]
fn the_link_page_needs_no_store() {
    let mut site = Site::on_redis(Options::default());
    let path = format!("/s/{}", Share::new("a").link.id);
    let with = fixed(&site.get(&path));
    site.redis.as_mut().unwrap().kill();
    assert_eq!(fixed(&site.get(&path)), with);
}
