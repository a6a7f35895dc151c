//! The site from outside: the real program, real requests.

#[path = "../support/client.rs"]
mod client;
#[path = "../support/server.rs"]
mod server;

use client::{Client, Share};
use onetimeshare::share::Claim;
use server::Server;

#[test]
fn a_message_is_created_looked_at_opened_once_and_gone() {
    let server = Server::start();
    let client = Client::new(server.url());
    let share = Share::new("the door code is 4711");
    client.create(&share);
    assert_eq!(client.put(&share).status, 200, "the same again");
    assert_eq!(client.peek(&share).json()["state"], "waiting");
    let (first, second) = (Claim::random().unwrap(), Claim::random().unwrap());
    let opened = client.open(&share, &first);
    assert_eq!(opened.status, 200, "{}", opened.text());
    assert_eq!(share.message_in(&opened).as_deref(), Some("the door code is 4711"));
    assert_eq!(client.open(&share, &second).status, 410);
    assert_eq!(client.open(&share, &first).status, 200, "its reader may ask again");
    assert_eq!(client.confirm(&share, &first).status, 204);
    assert_eq!(client.open(&share, &first).json()["yours"], true);
    assert_eq!(client.status(&share).json()["state"], "opened");
    assert_eq!(client.delete(&share).status, 410);
}
