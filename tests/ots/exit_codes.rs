//! Exit codes, on which scripts rely.

use crate::client::{Client, Share};
use crate::fault_proxy::Proxy;
use crate::ots::Ots;
use crate::server::{Options, Server};

#[test]
fn each_failure_has_its_code_and_says_what_to_do() {
    let server = Options::default().set("max_size", "2 MiB").set("max_message", 20).start();
    let ots = Ots::new(&server.url());
    let site = Client::new(server.url());
    let link = ots.send("short");

    // 1: this computer.
    std::fs::write(ots.path("taken"), "").unwrap();
    assert!(ots.with_input(&["open", "-", "--yes", "-o", "taken/below"], &sent_file(&ots)).fails(1).contains("-o"));
    // 2: usage.
    assert!(ots.with_input(&["open", "-"], &link).fails(2).contains("--yes"));
    ots.run(&["open", "--nonsense"]).fails(2);
    assert!(ots.run(&["send", "missing.txt"]).fails(2).contains("missing.txt"));
    assert!(ots.with_input(&["send", "--ttl", "100d"], "x").fails(2).contains("--ttl"));
    assert!(ots.with_input(&["status", "--wait"], &link).fails(2).contains("status link"));
    // 3: gone, and never there.
    let other = Share::new("x").link.url(&server.url());
    assert!(ots.open(&other).fails(3).contains("nothing at this link"));
    // 4: opened by another.
    let opened = Share::new("x");
    site.create(&opened);
    site.open(&opened, &onetimeshare_envelope::Claim::random().unwrap());
    assert!(ots.open(&opened.link.url(&server.url())).fails(4).contains("already opened"));
    // 6: damaged, and nothing is sent.
    assert!(ots.open(&link[..link.len() - 2]).fails(6).contains("damaged"));
    assert!(ots.open("nothing").fails(6).contains("damaged"));
    // 8: refused.
    assert!(ots.with_input(&["send", "-"], "longer than twenty letters").fails(8).contains("20"));
    let large = ots.put("large.bin", std::io::Read::take(std::io::repeat(7), 3 << 20));
    assert!(ots.run(&["send", &large]).fails(8).contains("takes"));
    // 9: not reachable.
    let proxy = Proxy::to(server.port);
    proxy.lose("/api/");
    let away = Ots::new(&proxy.url());
    assert!(away.with_input(&["send", "-"], "x").fails(9).contains("cannot be reached"));
    // 0: the link that was used above still opens.
    assert_eq!(ots.open(&link).ok().text("message"), "short");
}

fn sent_file(ots: &Ots) -> String {
    let path = ots.put("note.txt", "hello".as_bytes());
    ots.run(&["send", "--json", &path]).ok().text("link")
}

#[test]
fn a_failure_as_json_has_a_code() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    for (words, input, code) in [
        (&["open", "-", "--yes", "--json"][..], "nothing", "damaged"),
        (&["open", "-", "--json"], &ots.send("x"), "usage"),
        (&["send", "--json", "missing"], "", "usage"),
    ] {
        let failed = ots.with_input(words, input);
        assert!(failed.code != 0 && failed.json()["error"]["code"] == code, "{failed:?}");
    }
}
