//! Tests of two servers on one Redis and one object store: uploads and downloads go on at the other server when one is
//! killed, and the end of the last hour leaves nothing.

use crate::beside_redis::opened_once;
use crate::bucket::Bucket;
use crate::client::Client;
use crate::clock::Clock;
use crate::fault_proxy::{Direction, Proxy};
use crate::files::{File, Files};
use crate::full;
use crate::object_store::options;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, until};
use crate::table::row;
use std::thread;
use std::time::Duration;

/// Seconds after which every share has ended, and its hour a day ago: a day of upload, a lifetime of a week, the grace, and a
/// day.
pub(crate) const AFTER_ALL: u32 = 10 * 86_400;

/// Kills a server after the object store has a part, and before Redis learns its name.
fn leave_an_object(proxy: &Proxy, server: &mut Server, bucket: &Bucket) {
    let files = Files::new(vec![File::made("left", 700, 9)]);
    let (client, part) = (Client::new(server.url()), files.all_parts().remove(0));
    client.create(&files.share);
    let before = bucket.count();
    // The server waits for an answer that does not come.
    proxy.stall(Direction::Down, 0);
    thread::scope(|scope| {
        let sent = scope.spawn(|| client.try_put_part(&files.share, 1, &part).is_err());
        until(SOON, "the object", || (bucket.count() > before).then_some(()));
        server.kill();
        assert!(sent.join().unwrap());
    });
    proxy.mend();
}

/// Opens a share that went over both servers, and reads and confirms it through both.
fn over_two_servers(servers: &mut [Server; 2], n: usize, options: impl Fn() -> Options) {
    let (bulk, opener, other, receiver) = opened_once(servers, n, options);
    assert_eq!(other.part(&bulk.share, &receiver, 1).status, 200, "fetched at the other");
    assert_eq!(opener.confirm(&bulk.share, &receiver).status, 204);
    assert_eq!(other.part(&bulk.share, &receiver, 1).status, 404);
}

#[test]
fn two_servers_share_one_redis_and_one_object_store() {
    let shares = if full() { 200 } else { 6 };
    let (clock, bucket) = (Clock::running(), Bucket::start());
    let redis = RedisServer::start_with_variables(clock.for_redis());
    let proxy = Proxy::to(bucket.port());
    let options = || options(&redis, proxy.port);
    let mut servers = [options().start(), options().start()];
    for n in 0..shares {
        over_two_servers(&mut servers, n, options);
    }
    until(Duration::from_secs(60), "all objects to be removed", || (bucket.count() == 0).then_some(()));
    leave_an_object(&proxy, &mut servers[0], &bucket);
    servers[0] = options().start();
    assert_eq!(bucket.count(), 1, "an object without a reference");
    clock.run_ahead(AFTER_ALL);
    servers[1] = options().start();
    until(Duration::from_secs(60), "the last hour to be removed", || (bucket.count() == 0).then_some(()));
    row(
        "two servers on one Redis and one object store",
        format!("{shares} kills, {shares} shares, each read once; what a kill left is removed with its hour"),
    );
}
