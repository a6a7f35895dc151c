//! Tests forms as programs in the wild send them: names, charsets, encodings and headers in every legal spelling, and
//! clear refusals of the rest.

use crate::client::{Client, Response};
use crate::pages_create::read;
use crate::server::Options;
use crate::site::{Site, is_problem};
use crate::table::row;
use onetimeshare_envelope::Link;

const FORM: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=x");
const URLENCODED: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Builds a form from parts, each a head and a content.
fn form(parts: &[(&[u8], &[u8])]) -> Vec<u8> {
    let part = |(head, content): &(&[u8], &[u8])| [b"--x\r\n", *head, b"\r\n\r\n", *content, b"\r\n"].concat();
    [parts.iter().map(part).collect::<Vec<_>>().concat(), b"--x--\r\n".to_vec()].concat()
}

fn post(site: &Client, parts: &[(&[u8], &[u8])]) -> Response {
    site.send("POST", "/", &[FORM], Some(&form(parts)))
}

/// Returns the name and the content of the only file of a share, as its receiver gets them without scripts.
#[track_caller]
fn file(site: &Client, response: &Response) -> (String, Vec<u8>) {
    assert_eq!(response.status, 200, "{}", response.text());
    let text = response.text();
    let (link, page) = (text.trim(), format!("/s/{}", Link::parse(&text).unwrap().id));
    let opened = site.form(&page, "application/json", &[("link", link)]).json();
    let fields = [("link", link), ("nonce", opened["claim"].as_str().unwrap())];
    let bytes = site.form(&format!("{page}/files/1"), "*/*", &fields).body;
    assert_eq!(opened["files"].as_array().unwrap().len(), 1);
    (opened["files"][0]["name"].as_str().unwrap().to_owned(), bytes)
}

#[test]
fn a_file_keeps_its_name_in_every_spelling_of_its_header() {
    let site = Site::embedded(Options::default());
    let spellings: [(&[u8], &str); 37] = [
        (b"name=\"file\"; filename*=utf-8''f%C3%A5rik%C3%A5l.txt", "f\u{e5}rik\u{e5}l.txt"),
        (b"name=\"file\"; filename*=UTF-8'en'%e2%82%ac%20rates.csv", "€ rates.csv"),
        (b"name=\"file\"; filename*=iso-8859-1''r%E9sum%E9.pdf", "résumé.pdf"),
        (b"name=\"file\"; filename=\"f_rik_l.txt\"; filename*=UTF-8''f%C3%A5rik%C3%A5l.txt", "f\u{e5}rik\u{e5}l.txt"),
        (b"name=\"file\"; filename*=\"UTF-8''na%C3%AFve.txt\"; filename=\"naive.txt\"", "naïve.txt"),
        (b"name=\"file\"; filename*=GBK''%D6%D0.txt", "中.txt"),
        (b"name=\"file\"; filename*=UTF-8''caf%C3%A9+au+lait.txt", "café+au+lait.txt"),
        (b"name=\"file\"; filename*=klingon''x; filename=\"fall back.txt\"", "fall back.txt"),
        (b"name=\"file\"; filename=\"fall back.txt\"; filename*=UTF-8''%FF", "fall back.txt"),
        (
            b"name=\"file\"; filename*0*=UTF-8''long%20%C3; filename*1*=%A9; filename*2=\"t\xc3\xa9.txt\"",
            "long été.txt",
        ),
        (b"name=\"file\"; filename*1*=%A9.txt; filename*0*=UTF-8''%C3", "é.txt"),
        (b"name=\"file\"; filename*0=\"two \"; filename*1=\"halves.txt\"", "two halves.txt"),
        (b"name=\"file\"; filename=\"say %22hi%22.txt\"", "say _hi_.txt"),
        (b"name=\"file\"; filename=\"two%0D%0Alines.txt\"", "twolines.txt"),
        (b"name=\"file\"; filename=\"say \\\"hi\\\".txt\"", "say _hi_.txt"),
        (b"name=\"file\"; filename=\"say \"hi\".txt\"", "say _hi_.txt"),
        (b"name=\"file\"; filename=\"=?UTF-8?B?w6kudHh0?=\"", "é.txt"),
        (b"name=\"file\"; filename=\"=?ISO-8859-1?Q?caf=E9_menu=2Epdf?=\"", "café menu.pdf"),
        (b"name=\"file\"; filename=\"=?UTF-8?Q?=C3?= =?UTF-8?Q?=A9t=C3=A9?=.txt\"", "été.txt"),
        (b"name=\"file\"; filename==?utf-8?b?w6kudHh0?=", "é.txt"),
        (b"name=\"file\"; filename=\"=?UTF-8?B?w6kudHg?=\"", "é.tx"),
        (b"name=\"file\"; filename=\"=?ISO-2022-JP?B?GyRCRnxLXBsoQi50eHQ=?=\"", "日本.txt"),
        (b"name=\"file\"; filename=\"r\xe9sum\xe9.pdf\"", "résumé.pdf"),
        (b"name=\"file\"; filename=\"5 \x80.txt\"", "5 €.txt"),
        ("name=\"file\"; filename=\"日本 👋.txt\"".as_bytes(), "日本 👋.txt"),
        (b"NAME=\"file\"; FILENAME=\"a.txt\"", "a.txt"),
        (b"Name=file; FileName=a.txt", "a.txt"),
        (b"filename=a.txt ;name=files", "a.txt"),
        (b"  name = \"file\" ;\tfilename = \"a.txt\" ;", "a.txt"),
        (b"name=\"file\";\r\n filename=\"folded.txt\"", "folded.txt"),
        (b"name=\"file\";\r\n\tfilename*0=\"folded \";\r\n\tfilename*1=\"twice.txt\"", "folded twice.txt"),
        (b"name=\"file\"; filename=\"C:\\temp\\new.txt\"", "new.txt"),
        (b"name=\"file\"; filename=\"\\\\server\\share\\new.txt\"", "new.txt"),
        (b"filename=\"C:\\temp\\\"; name=\"file\"", "file"),
        (b"name=\"file\"; filename=\"a;b=c.txt\"", "a;b=c.txt"),
        (b"filename=\"it's.txt\"; modification-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"; name=file", "it's.txt"),
        (b"name=\"file\"; filename=\"bell\x07.txt\"", "bell.txt"),
    ];
    for (header, name) in &spellings {
        let head = [b"Content-Disposition: form-data; ", *header].concat();
        let response = post(&site, &[(&head, b"bytes\r\n--y")]);
        assert_eq!(file(&site, &response), ((*name).to_owned(), b"bytes\r\n--y".to_vec()), "{}", header.escape_ascii());
    }
    row("spellings of file names", format!("{} forms, each name and content as meant", spellings.len()));
}

#[test]
fn headers_are_accepted_in_every_legal_spelling() {
    let site = Site::embedded(Options::default());
    let heads: [&[u8]; 8] = [
        b"content-disposition:form-data;name=message",
        b"CONTENT-DISPOSITION: FORM-DATA; NAME=\"message\"",
        b"Content-Disposition : form-data; name=\"message\"   ",
        b"X-Other: a\r\n folded\r\nContent-Disposition:\r\n form-data;\r\n name=\"message\"",
        b"Content-Length: 2\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=\"message\"",
        b"Content-Disposition: form-data; name*=UTF-8''message",
        b"Content-Disposition: form-data; name=\"=?UTF-8?B?bWVzc2FnZQ==?=\"",
        b"Content-Disposition: attachment; name=\"message\"; filename=\"note.txt\"\r\nContent-Encoding: Identity",
    ];
    for head in heads {
        let made = post(&site, &[(head, b"hi")]);
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some("hi"), "{}", head.escape_ascii());
    }
    let part = "Content-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n";
    for (kind, boundary) in [
        ("multipart/form-data;boundary=x", "x"),
        ("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"x\";", "x"),
        ("multipart/form-data; boundary=----=_Part_5_1.2", "----=_Part_5_1.2"),
        ("multipart/form-data; boundary=\"a'()+_,-./:=? b\"", "a'()+_,-./:=? b"),
        ("multipart/form-data; boundary = x ", "x"),
    ] {
        for form in [
            format!("--{boundary}\r\n{part}--{boundary}--\r\n"),
            format!("preamble\r\n--{boundary} \t\r\n{part}--{boundary}--"),
            format!("\r\n--{boundary}\r\n{part}--{boundary}--\r\nepilogue"),
        ] {
            let made = site.send("POST", "/", &[("Content-Type", kind)], Some(form.as_bytes()));
            assert_eq!(read(&site, &made.text(), None).as_deref(), Some("hi"), "{kind}: {}", made.text());
        }
    }
}

#[test]
fn texts_are_decoded_from_the_declared_charset_or_refused() {
    let site = Site::embedded(Options::default());
    let head = b"Content-Disposition: form-data; name=\"message\"\r\nContent-Type: text/plain; charset=";
    let declared: [(&str, &[u8], &str); 12] = [
        ("ISO-8859-1", b"\xfc\xdf", "üß"),
        ("\"windows-1252\"", b"\x80", "€"),
        ("utf-16le", b"h\0i\0", "hi"),
        ("UTF-16", b"\xff\xfe\xac\x20", "€"),
        ("Shift_JIS", b"\x93\xfa\x96\x7b", "日本"),
        ("KOI8-R", b"\xc4\xc1", "да"),
        ("ISO-2022-JP", b"\x1b$BF|K\\\x1b(B", "日本"),
        ("UTF-16LE", b"\xfe\xff\0h", "h"),
        ("utf8; format=flowed", "é".as_bytes(), "é"),
        ("us-ascii", "é".as_bytes(), "é"),
        ("ANSI_X3.4-1968", "é".as_bytes(), "é"),
        ("utf-8", b"\xef\xbb\xbfmark", "\u{feff}mark"),
    ];
    for (charset, bytes, text) in declared {
        let made = post(&site, &[(&[head, charset.as_bytes()].concat(), bytes)]);
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some(text), "{charset}: {}", made.text());
    }
    for (charset, bytes) in [
        ("utf-8", &b"\xfc"[..]),
        ("utf-16le", b"h\0i"),
        ("Shift_JIS", b"\x93"),
        ("EUC-JP", b"\xc6"),
        ("ascii", b"\xfc"),
    ] {
        let refused = post(&site, &[(&[head, charset.as_bytes()].concat(), bytes)]);
        assert_eq!(refused.status, 400, "{charset}");
        assert!(refused.text().contains("UTF-8"), "{}", refused.text());
    }
    for charset in ["utf-7", "utf-32", "cp850", "binary", "klingon", ""] {
        let refused = post(&site, &[(&[head, charset.as_bytes()].concat(), b"hi")]);
        assert_eq!(refused.status, 415, "{charset}");
        assert!(refused.text().contains("charset") && refused.text().contains("UTF-8"), "{}", refused.text());
    }
    let plain = b"Content-Disposition: form-data; name=\"message\"";
    let charset = b"Content-Disposition: form-data; name=\"_charset_\"";
    let made = post(&site, &[(charset, b"iso-8859-1"), (plain, b"\xfc")]);
    assert_eq!(read(&site, &made.text(), None).as_deref(), Some("ü"), "the charset of the whole form");
    let password = b"Content-Disposition: form-data; name=\"password\"\r\nContent-Type: text/plain; charset=latin1";
    let made = post(&site, &[(password, b"p\xe4ssw\xf6rt"), (plain, b"hi")]);
    assert_eq!(read(&site, &made.text(), Some("pässwört")).as_deref(), Some("hi"), "the charset of a password");
    // The bytes of a file have no charset.
    let head =
        b"Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: text/plain; charset=klingon";
    assert_eq!(file(&site, &post(&site, &[(head, b"\xfc\xdf")])).1, b"\xfc\xdf");
}

#[test]
fn urlencoded_texts_are_decoded_from_the_declared_charset_or_refused() {
    let site = Site::embedded(Options::default());
    let send = |kind: &str, body: &[u8]| site.send("POST", "/", &[("Content-Type", kind)], Some(body));
    let plain = "application/x-www-form-urlencoded";
    for (kind, body, text) in [
        (plain, &b"message=caf%C3%A9+%26%2B"[..], "café &+"),
        (plain, "message=café".as_bytes(), "café"),
        (plain, b"message=100%&lifetime=3600", "100%"),
        (plain, b"&message=a%0D%0Ab%00&", "a\r\nb\0"),
        (plain, b"_charset_=windows-1252&message=%80", "€"),
        ("application/x-www-form-urlencoded; charset=ISO-8859-1", b"message=caf%E9", "café"),
        ("application/x-www-form-urlencoded; charset=ISO-8859-1", b"message=caf\xe9", "café"),
        ("application/x-www-form-urlencoded; charset=windows-31j", b"message=%93%fa", "日"),
        ("Application/X-WWW-Form-Urlencoded;Charset=\"utf-8\"", b"message=caf%c3%a9", "café"),
    ] {
        let made = send(kind, body);
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some(text), "{kind}: {}", made.text());
    }
    for body in [
        &b"message=M\xfcller"[..],
        b"message=caf%E9",
        b"message=%ED%A0%80",
        b"message=%c0%af",
        b"message=cut\xf0\x9f",
        b"message=hi&password=%FFsecret",
    ] {
        let refused = send(plain, body);
        assert_eq!(refused.status, 400, "{}", body.escape_ascii());
        assert!(refused.text().contains("UTF-8"), "{}", refused.text());
        let headers = [URLENCODED, ("Accept", "application/json")];
        is_problem(&site.send("POST", "/", &headers, Some(body)), 400, "malformed", &[]);
        let link = [&b"link="[..], body].concat();
        if !body.contains(&b'&') {
            for path in ["/status", "/status/delete", "/s/0000000000000000", "/request/collect"] {
                is_problem(&site.send("POST", path, &headers, Some(&link)), 400, "malformed", &[]);
            }
        }
    }
    for kind in ["application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset="] {
        assert_eq!(send(kind, b"message=hi").status, 415, "{kind}");
    }
}

#[test]
fn encoded_parts_are_decoded_or_refused() {
    let site = Site::embedded(Options::default());
    let text = b"Content-Disposition: form-data; name=\"message\"\r\nContent-Transfer-Encoding: ";
    let upload = b"Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Transfer-Encoding: ";
    for (encoding, sent, meant) in [
        ("base64", &b"aGVsbG8g\r\nd29ybGQ=\r\n"[..], "hello world"),
        ("BASE64", b"aGk", "hi"),
        ("base64 ", b"Zm9v\n\nYmFy\n", "foobar"),
        ("quoted-printable", b"caf=C3=A9 =3D soft=\r\n break \r\nline", "café = soft break\r\nline"),
        ("Quoted-Printable", b"1 =E2=82=AC=", "1 €"),
        ("quoted-printable", "é =c3=a9=20\r\ntab\t\r\n.".as_bytes(), "é é \r\ntab\r\n."),
        ("8bit", "=C3 é".as_bytes(), "=C3 é"),
        ("binary", b"aGk=", "aGk="),
        ("7bit", b"a=\r\nb", "a=\r\nb"),
    ] {
        let made = post(&site, &[(&[text, encoding.as_bytes()].concat(), sent)]);
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some(meant), "{encoding}: {}", made.text());
        let made = post(&site, &[(&[upload, encoding.as_bytes()].concat(), sent)]);
        assert_eq!(file(&site, &made).1, meant.as_bytes(), "{encoding}");
    }
    let head = [text, &b"base64\r\nContent-Type: text/plain; charset=iso-8859-1"[..]].concat();
    assert_eq!(read(&site, &post(&site, &[(&head, b"/N8=")]).text(), None).as_deref(), Some("üß"), "and its charset");
    let password = b"Content-Disposition: form-data; name=\"password\"\r\nContent-Transfer-Encoding: base64";
    let made = post(&site, &[(password, b"c2VjcmV0LTE="), (b"Content-Disposition: form-data; name=message", b"hi")]);
    assert_eq!(read(&site, &made.text(), Some("secret-1")).as_deref(), Some("hi"), "an encoded password");
    let large: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &large);
    let lines: Vec<&[u8]> = encoded.as_bytes().chunks(76).collect();
    let made = post(&site, &[(&[&upload[..], b"base64"].concat(), &lines.join(&b"\r\n"[..]))]);
    assert!(file(&site, &made).1 == large, "a file of many pieces");
    for (encoding, sent, status) in [
        ("base64", &b"not base64!"[..], 400),
        ("base64", b"aGk=x", 400),
        ("base64", b"aGk=aGk=", 400),
        ("base64", b"-_-_", 400),
        ("quoted-printable", b"=XY", 400),
        ("quoted-printable", b"caf=E9", 400),
        ("quoted-printable", b"50% = half", 400),
        ("x-uuencode", b"x", 415),
        ("uuencode", b"x", 415),
        ("base64; line=76", b"aGk=", 415),
        ("gzip", b"x", 415),
        ("binary\r\nContent-Encoding: gzip", b"x", 415),
        ("8bit\r\ncontent-encoding: identity, br", b"x", 415),
    ] {
        let refused = post(&site, &[(&[text, encoding.as_bytes()].concat(), sent)]);
        assert_eq!(refused.status, status, "{encoding}: {}", refused.text());
        if encoding != "quoted-printable" {
            let refused = post(&site, &[(&[upload, encoding.as_bytes()].concat(), sent)]);
            assert_eq!(refused.status, status, "{encoding}: {}", refused.text());
        }
    }
}

#[test]
fn compressed_bodies_get_415_everywhere() {
    let site = Site::embedded(Options::default());
    let share = crate::client::Share::new("a");
    let api = share.path();
    let bearer = format!("Bearer {}", share.owner.expose());
    let json = ("Content-Type", "application/json");
    let calls = [
        ("POST", "/".to_owned(), URLENCODED),
        ("POST", "/".to_owned(), FORM),
        ("POST", "/status".to_owned(), URLENCODED),
        ("POST", "/status/delete".to_owned(), URLENCODED),
        ("POST", format!("/s/{}", share.link.id), FORM),
        ("PUT", api.clone(), json),
        ("POST", format!("{api}/peek"), json),
        ("POST", format!("{api}/open"), json),
    ];
    for (method, path, kind) in &calls {
        for encoding in ["gzip", "GZIP", "br", "deflate", "zstd", "x-gzip", "identity, gzip", "x-unknown"] {
            let headers = [*kind, ("Content-Encoding", encoding), ("Authorization", &bearer)];
            let refused = site.send(method, path, &headers, Some(b"\x1f\x8b\x08"));
            assert_eq!(refused.status, 415, "{method} {path} {encoding}: {}", refused.text());
            assert!(refused.text().contains("compressed"), "{}", refused.text());
        }
    }
    for encoding in ["identity", "Identity", "identity, IDENTITY", ""] {
        let plain = site.send("POST", "/", &[URLENCODED, ("Content-Encoding", encoding)], Some(b"message=hi"));
        assert_eq!(plain.status, 200, "{encoding} is no compression");
    }
}

#[test]
fn programs_get_their_text_back_byte_for_byte() {
    let site = Site::embedded(Options::default());
    let texts =
        ["a\r\nb\r\n", "\r\n\r\nstart", "mixed\r\nline\nends\r", "\u{feff}mark", "\0nul", " ", "\n", "--x", "\r\n--xy"];
    for text in texts {
        let kind = ("Content-Type", "multipart/form-data; boundary=other");
        let head = "Content-Disposition: form-data; name=\"message\"";
        let form = format!("--other\r\n{head}\r\n\r\n{text}\r\n--other--\r\n");
        let made = site.send("POST", "/", &[kind], Some(form.as_bytes()));
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some(text), "{text:?}: {}", made.text());
        let encoded = form_urlencoded::Serializer::new(String::new()).append_pair("message", text).finish();
        let made = site.send("POST", "/", &[URLENCODED], Some(encoded.as_bytes()));
        assert_eq!(read(&site, &made.text(), None).as_deref(), Some(text), "{text:?}");
    }
}

#[test]
fn bad_values_and_unknown_fields_are_refused() {
    let site = Site::embedded(Options::default());
    for (name, value) in [
        ("expire", "3600"),
        ("ttl", "1h"),
        ("Lifetime", "3600"),
        ("Message", "x"),
        ("passphrase", "abcdefgh"),
        ("Password", "abcdefgh"),
        ("password[]", "abcdefgh"),
        ("pass word", "x"),
        ("password ", "abcdefgh"),
        ("", "x"),
    ] {
        let refused = site.form("/", "application/json", &[("message", "hi"), (name, value)]);
        is_problem(&refused, 422, "unknown", &["member"]);
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        let message = (&b"Content-Disposition: form-data; name=\"message\""[..], &b"hi"[..]);
        for parts in [[message, (head.as_bytes(), value.as_bytes())], [(head.as_bytes(), value.as_bytes()), message]] {
            let refused = site.send("POST", "/", &[FORM, ("Accept", "application/json")], Some(&form(&parts)));
            is_problem(&refused, 422, "unknown", &["member"]);
        }
    }
    for value in ["1h", "forever", "3600s", " 3600", "3600.0", "0x10", "-1", "1e4", "3,600", "PT1H", "٣٦٠٠"] {
        let refused = site.form("/", "application/json", &[("message", "hi"), ("lifetime", value)]);
        crate::site::is_invalid(&refused, "lifetime");
        let line = site.form("/", "*/*", &[("message", "hi"), ("lifetime", value)]);
        let words = "Send lifetime as a number of seconds from 3600 to 604800.\n";
        assert_eq!((line.status, line.text().as_str()), (422, words), "{value}");
    }
    let malformed: [&[u8]; 6] = [
        b"--x\r\nContent-Disposition: form-data; name=\"message\r\n\r\nhi\r\n--x--\r\n",
        b"--x\r\nContent-Disposition form-data\r\n\r\nhi\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n--xy--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi\r\n--x",
        b"--x\nContent-Disposition: form-data; name=\"message\"\n\nhi\n--x--\n",
        b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhi",
    ];
    for body in malformed {
        let headers = [FORM, ("Accept", "application/json")];
        is_problem(&site.send("POST", "/", &headers, Some(body)), 400, "malformed", &[]);
    }
}
