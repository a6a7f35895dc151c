//! Requests: asked, answered and collected by `ots`, and with the server's own forms.

use crate::client::Client;
use crate::files::File;
use crate::ots::{Ots, names, sha256_of};
use crate::server::Server;
use onetimeshare_envelope::request::GiveLink;

fn ask(ots: &Ots, note: &str, answers: &str) -> (String, String) {
    let asked = ots.with_input(&["ask", "--json", "--answers", answers, "-"], note).ok();
    (asked.text("link"), asked.text("private_link"))
}

#[test]
fn answers_reach_the_person_who_asked() {
    let server = Server::start();
    let (asks, gives) = (Ots::new(&server.url()), Ots::new("https://other.example"));
    let (link, private) = ask(&asks, "the contract, please\u{1b}[2J", "2");
    assert_eq!(
        asks.with_input(&["collect", "--json", "--yes"], &private).ok().json()["answers"].as_array().unwrap().len(),
        0
    );
    let file = File::made("contract.pdf", 1_500_000, 3);
    let path = gives.put("contract.pdf", file.read());
    let given = gives.with_input(&["answer", "-", &path, "-m", "here it is"], &link).ok();
    assert!(given.stderr.contains("the contract, please\u{fffd}[2J"), "{}", given.stderr);
    gives.with_input(&["answer", &link, "-m", "-"], "and a second").ok();
    assert!(gives.with_input(&["answer", &link, "-"], "a third").fails(3).contains("all the answers"));
    assert_eq!(asks.with_input(&["status", "--json"], &private).ok().json()["answers"], 2);
    let got = asks.with_input(&["collect", "--json", "--yes", "-o", "got"], &private).ok().json();
    assert_eq!(got["answers"][0]["message"], "here it is");
    assert_eq!(got["answers"][1]["message"], "and a second");
    assert_eq!(sha256_of(asks.path("got/contract.pdf")), file.sha256());
    let again = asks.with_input(&["collect", "--json", "--yes", "-o", "got"], &private).ok().json();
    assert_eq!((again["answers"].as_array().unwrap().len(), again["already_opened"].as_u64()), (0, Some(2)));
    assert_eq!(names(asks.path("got")), ["contract.pdf"]);
    assert_eq!((asks.journals(), gives.journals()), (0, 0));
}

#[test]
fn collecting_waits_for_an_answer() {
    let server = Server::start();
    let (asks, gives) = (Ots::new(&server.url()), Ots::new(&server.url()));
    let (link, private) = ask(&asks, "anything", "1");
    let waits = asks.begin(&["collect", "--wait", "--json", "--yes", "-"], &private, &[]);
    gives.with_input(&["answer", &link, "-m", "-"], "late").ok();
    assert_eq!(waits.finish().ok().json()["answers"][0]["message"], "late");
}

#[test]
fn the_forms_of_the_site_answer_and_ask_too() {
    let server = Server::start();
    let (ots, site) = (Ots::new(&server.url()), Client::new(server.url()));
    let (link, private) = ask(&ots, "by a form", "1");
    let id = GiveLink::parse(&link).unwrap().id;
    let given = site.form(&format!("/r/{id}"), "application/json", &[("link", &link), ("message", "from a form")]);
    assert!(given.status < 300, "{}", given.text());
    let got = ots.with_input(&["collect", "--json", "--yes"], &private).ok().json();
    assert_eq!(got["answers"][0]["message"], "from a form");

    let asked = site.form("/request", "application/json", &[("note", "from a form"), ("answers", "1")]).json();
    ots.with_input(&["answer", asked["link"].as_str().unwrap(), "-m", "-"], "to a form").ok();
    let private = asked["private_link"].as_str().unwrap();
    assert_eq!(
        ots.with_input(&["collect", "--json", "--yes"], private).ok().json()["answers"][0]["message"],
        "to a form"
    );
}

#[test]
fn an_ended_request_takes_no_answers() {
    let server = Server::start();
    let ots = Ots::new(&server.url());
    let (link, private) = ask(&ots, "The photos, please", "3");
    ots.with_input(&["answer", &link, "-m", "-"], "in time").ok();
    ots.with_input(&["delete", "-"], &private).ok();
    ots.with_input(&["answer", &link, "-m", "-"], "too late").fails(3);
    assert_eq!(
        ots.with_input(&["collect", "--json", "--yes"], &private).ok().json()["answers"][0]["message"],
        "in time"
    );
}
