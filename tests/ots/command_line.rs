//! Settings, warnings, and links of the wrong kind.

use crate::ots::Ots;
use crate::server::Server;

#[test]
fn a_secret_on_the_command_line_works_and_is_told_about_once() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let sent = ots.run(&["send", "-m", "hello"]).ok();
    assert_eq!(sent.stderr.matches("history").count(), 1, "{}", sent.stderr);
    let opened = ots.run(&["open", sent.stdout.trim(), "--yes"]).ok();
    assert_eq!(opened.stderr.matches("history").count(), 1, "{}", opened.stderr);
    assert_eq!(opened.stdout, "hello");
}

#[test]
fn the_site_comes_from_the_command_line_the_environment_or_the_file() {
    let server = Server::start();
    let ots = Ots::new("");
    assert!(ots.with_input(&["send", "-"], "x").fails(2).contains("ots config"));
    assert!(ots.run(&["config", "ftp://x"]).fails(2).contains("https://share.example"));
    ots.run(&["config", &format!("{}/", server.url())]).ok();
    let shown = ots.run(&["config", "--json"]).ok();
    assert_eq!((shown.text("site"), shown.text("from")), (server.url(), "the config file".to_owned()));
    let link = ots.send("from the file");
    let shown = ots.with_env(&["config", "--json"], &[("OTS_SITE", "https://a.example")]).ok();
    assert_eq!(shown.text("site"), "https://a.example");
    let words = ["config", "--json", "--site", "b.example"];
    assert_eq!(ots.with_env(&words, &[("OTS_SITE", "https://a.example")]).ok().text("site"), "https://b.example");
    // A link names its own site, unless --site overrides it.
    assert_eq!(ots.open(&link.replace("127.0.0.1", "localhost")).ok().text("message"), "from the file");
    let piece = link.split_once("/s/").unwrap().1;
    let link = ots.send("elsewhere").replace(&server.url(), "https://away.example");
    assert_eq!(piece.len(), 50);
    let site = server.url();
    let opened = ots.with_input(&["open", "-", "--yes", "--site", &site], &link).ok();
    assert_eq!(opened.stdout, "elsewhere");
    std::fs::write(ots.path("config/ots/config.toml"), "sight = 1").unwrap();
    assert!(ots.with_input(&["send", "-"], "x").fails(2).contains("config.toml"));
}

#[test]
fn a_link_of_another_kind_is_named() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let sent = ots.with_input(&["send", "--json"], "x").ok();
    let asked = ots.run(&["ask", "--json"]).ok();
    for (words, link, hint) in [
        (&["open", "-", "--yes"][..], sent.text("status_link"), "ots status"),
        (&["open", "-", "--yes"], asked.text("link"), "ots answer"),
        (&["open", "-", "--yes"], asked.text("private_link"), "ots collect"),
        (&["collect", "-", "--yes"], asked.text("link"), "ots answer"),
        (&["delete", "-"], sent.text("link"), "status link"),
        (&["answer", "-", "-m", "x"], sent.text("link"), "ots open"),
    ] {
        let said = ots.with_input(words, &link).fails(2);
        assert!(said.contains(hint), "{words:?}: {said}");
    }
}

#[test]
fn one_of_two_texts_on_standard_input_is_refused() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    assert!(ots.with_input(&["send", "-", "-m", "x"], "y").fails(2).contains("once"));
    let link = ots.run(&["ask", "--json"]).ok().text("link");
    assert!(ots.with_input(&["answer", "-"], &link).fails(2).contains("both"));
    assert!(ots.with_input(&["send", "-"], "").fails(2).contains("empty"));
}
