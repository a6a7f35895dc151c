//! Kills the server at random points of uploads, openings, downloads and confirmations: acknowledged writes must
//! survive, and nothing may leak.

use crate::bucket::Bucket;
use crate::client::{Client, Response};
use crate::embedded_files;
use crate::fault_proxy::{Direction, Proxy};
use crate::files::{File, Files};
use crate::full;
use crate::object_store;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, b64, claim, open_body, random, until};
use crate::table::row;
use onetimeshare_envelope::Claim;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tempfile::TempDir;

/// Workers that send requests while the server is killed.
const WORKERS: usize = 3;
/// Ended shares that are kept and checked again after later crashes.
const KEPT: usize = 60;
/// How many of them are checked after each crash.
const LOOKED_AT: usize = 6;

fn below(end: usize) -> usize {
    usize::try_from(u64::from_le_bytes(random()) % end as u64).unwrap()
}

/// Stage of a share. Ordered, except for the last two, of which a share reaches at most one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Stage {
    Nothing,
    Uploading,
    Waiting,
    Opened,
    Confirmed,
    Deleted,
}

/// A share under test.
struct TrackedShare {
    files: Files,
    parts: Vec<Vec<u8>>,
    receiver: Claim,
    /// The stage at which it stops.
    goal: Stage,
    /// Number of parts after which an upload stops.
    enough: usize,
    /// The stage that was acknowledged, and the furthest that was requested.
    acknowledged: Stage,
    asked: Stage,
    /// Parts acknowledged as uploaded, and parts downloaded.
    sent: Vec<u32>,
    fetched: BTreeMap<u32, Vec<u8>>,
}

/// The server died before it responded.
struct ServerDied;

fn answered(response: Result<Response, ureq::Error>) -> Result<Response, ServerDied> {
    match response {
        // A server that is shutting down may still respond 5xx; nothing was acknowledged then.
        Ok(response) if response.status < 500 => Ok(response),
        _ => Err(ServerDied),
    }
}

impl TrackedShare {
    fn new() -> Self {
        let size = [0, 700, 30_000, 400_000, 1_100_000, 2_300_000][below(6)];
        let files =
            vec![File::made("one", size, below(1 << 40) as u64), File::made("two", 20_000, below(1 << 40) as u64)];
        let files = Files::new(files);
        let parts = files.all_parts();
        let goals = [
            Stage::Uploading,
            Stage::Waiting,
            Stage::Opened,
            Stage::Opened,
            Stage::Confirmed,
            Stage::Confirmed,
            Stage::Confirmed,
            Stage::Deleted,
        ];
        let enough = below(parts.len());
        Self {
            files,
            parts,
            receiver: claim(),
            goal: goals[below(goals.len())],
            enough,
            acknowledged: Stage::Nothing,
            asked: Stage::Nothing,
            sent: Vec::new(),
            fetched: BTreeMap::new(),
        }
    }

    fn has_ended(&self) -> bool {
        self.acknowledged == self.goal && (self.goal != Stage::Uploading || self.sent.len() >= self.enough)
    }

    /// Returns the stage according to the server.
    fn stage(&self, client: &Client) -> Result<Stage, ServerDied> {
        let response = answered(client.try_bare("GET", &self.files.share.path(), &self.files.share.owner.expose()))?;
        let status = response.json();
        Ok(match status["state"].as_str() {
            None => Stage::Nothing,
            Some("uploading") => Stage::Uploading,
            Some("waiting") => Stage::Waiting,
            Some("opened") if status.get("confirmed_at").is_some() => Stage::Confirmed,
            Some("opened") => Stage::Opened,
            Some("deleted") => Stage::Deleted,
            Some(state) => panic!("{state}"),
        })
    }

    /// Returns the parts that the server has received, during an upload.
    fn received(&self, client: &Client) -> Result<Vec<u32>, ServerDied> {
        let path = format!("{}/parts", self.files.share.path());
        let response = answered(client.try_bare("GET", &path, &self.files.share.owner.expose()))?.json();
        let numbers = response["received"].as_array().into_iter().flatten();
        Ok(numbers.filter_map(|n| u32::try_from(n.as_u64()?).ok()).collect())
    }

    /// Advances the share to its goal, starting from the server's state.
    fn advance(&mut self, client: &Client) -> Result<(), ServerDied> {
        self.holds(client)?;
        let (path, owner) = (self.files.share.path(), self.files.share.owner.expose());
        let mut received = self.received(client)?;
        while !self.has_ended() {
            let n = (1..=self.parts.len()).find(|n| !received.contains(&u32::try_from(*n).unwrap()));
            let stops = received.len() >= self.enough && [Stage::Uploading, Stage::Deleted].contains(&self.goal);
            match (self.acknowledged, n) {
                (Stage::Nothing, _) => {
                    self.asked = Stage::Uploading;
                    let response = answered(client.try_json("PUT", &path, Some(&owner), &self.files.share.body))?;
                    assert!([200, 201].contains(&response.status), "{}", response.text());
                    self.acknowledged = Stage::Uploading;
                }
                (Stage::Uploading, _) if stops && self.goal == Stage::Deleted => {
                    self.asked = Stage::Deleted;
                    assert_eq!(answered(client.try_bare("DELETE", &path, &owner))?.status, 204);
                    self.acknowledged = Stage::Deleted;
                }
                (Stage::Uploading, _) if stops => break,
                (Stage::Uploading, Some(n)) => {
                    let bytes = &self.parts[n - 1];
                    let n = u32::try_from(n).unwrap();
                    assert_eq!(answered(client.try_put_part(&self.files.share, n, bytes))?.status, 204);
                    self.sent.push(n);
                    received.push(n);
                }
                (Stage::Uploading, None) => {
                    self.asked = self.asked.max(Stage::Waiting);
                    let response = answered(client.try_bare("POST", &format!("{path}/complete"), &owner))?;
                    assert_eq!(response.status, 200, "{}", response.text());
                    self.acknowledged = Stage::Waiting;
                }
                (Stage::Waiting, _) => {
                    self.asked = Stage::Opened;
                    let response = answered(client.try_open(&self.files.share, &self.receiver))?;
                    assert_eq!(response.status, 200, "{}", response.text());
                    assert!(self.files.manifest_in(&response.json()).is_ok());
                    self.acknowledged = Stage::Opened;
                }
                (Stage::Opened, _) => {
                    self.fetch(client)?;
                    self.asked = Stage::Confirmed;
                    let path = format!("{path}/confirm");
                    assert_eq!(answered(client.try_bare("POST", &path, &self.receiver.expose()))?.status, 204);
                    self.acknowledged = Stage::Confirmed;
                }
                (Stage::Confirmed | Stage::Deleted, _) => break,
            }
        }
        Ok(())
    }

    /// Downloads missing parts and verifies all of them.
    fn fetch(&mut self, client: &Client) -> Result<(), ServerDied> {
        for n in 1..self.files.parts() {
            if !self.fetched.contains_key(&n) {
                let response = answered(client.try_part(&self.files.share, &self.receiver, n))?;
                assert_eq!(response.status, 200, "{}", response.text());
                self.fetched.insert(n, response.body);
            }
        }
        let Ok(hashes) = self.files.read(|n| Ok::<_, std::convert::Infallible>(self.fetched[&n].clone()));
        assert!(self.files.are(&hashes), "every file is unchanged");
        Ok(())
    }

    /// Checks that acknowledged calls took effect and unrequested ones did not, then adopts the server's state.
    fn holds(&mut self, client: &Client) -> Result<(), ServerDied> {
        let stage = self.stage(client)?;
        let (least, most) = (self.acknowledged, self.asked);
        assert!(stage >= least && stage <= most, "{stage:?}, with {least:?} acknowledged and {most:?} requested");
        if stage == Stage::Uploading {
            let received = self.received(client)?;
            assert!(self.sent.iter().all(|n| received.contains(n)), "an acknowledged part exists");
            self.sent = received;
        }
        if stage >= Stage::Opened {
            // No other claim opens it.
            assert_eq!(answered(client.try_open(&self.files.share, &claim()))?.status, 410);
            let other = answered(client.try_part(&self.files.share, &claim(), 1))?;
            assert_eq!(other.status, 404);
        } else if stage == Stage::Uploading {
            assert_eq!(answered(client.try_open(&self.files.share, &claim()))?.status, 404);
        }
        self.acknowledged = stage;
        Ok(())
    }

    /// Checks that requests without valid proofs change and reveal nothing.
    fn rejects_invalid_proofs(&self, client: &Client) -> Result<(), ServerDied> {
        let (share, path) = (&self.files.share, self.files.share.path());
        let before = answered(client.try_bare("GET", &path, &share.owner.expose()))?;
        let mut body = open_body(share, &self.receiver, None);
        body["open_proof"] = b64(&random::<32>()).into();
        let token = claim().expose();
        for (method, path) in [
            ("DELETE", path.clone()),
            ("POST", format!("{path}/complete")),
            ("POST", format!("{path}/confirm")),
            ("GET", format!("{path}/parts/0")),
        ] {
            assert_eq!(answered(client.try_bare(method, &path, &token))?.status, 404, "{method} without a valid proof");
        }
        assert_eq!(answered(client.try_json("POST", &format!("{path}/open"), None, &body))?.status, 404);
        let after = answered(client.try_bare("GET", &path, &share.owner.expose()))?;
        assert_eq!(
            (before.status, before.json()),
            (after.status, after.json()),
            "requests without a valid proof change nothing"
        );
        Ok(())
    }

    /// Number of parts that the store must keep of it, part 0 included.
    fn kept(&self) -> usize {
        match self.acknowledged {
            Stage::Uploading => 1 + self.sent.len(),
            Stage::Waiting | Stage::Opened => self.files.parts() as usize,
            Stage::Nothing | Stage::Confirmed | Stage::Deleted => 0,
        }
    }

    /// Ends the share: downloads it if a claim may still do so, and deletes it if possible.
    fn ends(mut self, client: &Client) -> Result<(), ServerDied> {
        if self.acknowledged == Stage::Waiting && below(2) == 0 {
            let opened = answered(client.try_open(&self.files.share, &self.receiver))?;
            assert_eq!(opened.status, 200, "an unopened share can be opened");
            self.acknowledged = Stage::Opened;
        }
        let (path, owner) = (self.files.share.path(), self.files.share.owner.expose());
        if self.acknowledged == Stage::Opened {
            self.fetched.clear();
            assert_eq!(answered(client.try_open(&self.files.share, &self.receiver))?.status, 200);
            self.fetch(client)?;
            let path = format!("{path}/confirm");
            assert_eq!(answered(client.try_bare("POST", &path, &self.receiver.expose()))?.status, 204);
        } else if [Stage::Uploading, Stage::Waiting].contains(&self.acknowledged) {
            assert_eq!(answered(client.try_bare("DELETE", &path, &owner))?.status, 204);
        }
        for n in 0..self.files.parts() {
            let response = answered(client.try_part(&self.files.share, &self.receiver, n))?;
            assert_eq!(response.status, 404, "a confirmed share stays ended");
        }
        Ok(())
    }
}

/// Where a store keeps its shares.
enum Backend {
    Folder(TempDir),
    Redis(RedisServer),
    Composed(RedisServer, TempDir),
    Objects(RedisServer, Bucket),
    EmbeddedAndObjects(TempDir, Bucket),
}

impl Backend {
    fn start(&self) -> Server {
        match self {
            Self::Folder(folder) => Options::default().data_dir(folder.path()).start(),
            Self::Redis(redis) => Options::default().redis(redis.port()).start(),
            Self::Composed(redis, files) => {
                let url = format!("file://{}", files.path().display());
                Options::default().redis(redis.port()).set("files_url", url).start()
            }
            Self::Objects(redis, bucket) => object_store::options(redis, bucket.port()).start(),
            Self::EmbeddedAndObjects(folder, bucket) => {
                object_store::with_objects(Options::default(), bucket.port()).data_dir(folder.path()).start()
            }
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Folder(_) => "embedded",
            Self::Redis(_) => "Redis",
            Self::Composed(..) => "Redis and a folder",
            Self::Objects(..) => "Redis and an object store",
            Self::EmbeddedAndObjects(..) => "embedded and an object store",
        }
    }

    /// Returns the number of stored parts; fails when a key has no TTL, or parts have no record.
    fn parts(&self) -> usize {
        match self {
            Self::Folder(folder) => embedded_files::parts_kept(folder.path()),
            Self::EmbeddedAndObjects(folder, _) => {
                embedded_files::parts_kept(folder.path()) + embedded_files::references_kept(folder.path())
            }
            Self::Redis(redis) | Self::Composed(redis, _) | Self::Objects(redis, _) => {
                let script = "local parts = 0 \
                    for _, key in ipairs(redis.call('KEYS', '*')) do \
                      if redis.call('PTTL', key) < 0 then return -1 end \
                      local record = string.match(key, '^(share:{%w+}):') \
                      if record and #record == 24 and redis.call('EXISTS', record) == 0 then return -2 end \
                      if string.sub(key, -2) == ':0' then parts = parts + 1 end \
                      if string.sub(key, -6) == ':parts' and redis.call('EXISTS', record .. ':0') == 1 then \
                        parts = parts + redis.call('HLEN', key) - redis.call('HEXISTS', key, 'sum') \
                          - redis.call('HEXISTS', key, 'files') \
                      end \
                    end return parts";
                let parts: i64 = redis.ask(&["EVAL", script, "0"]);
                assert_ne!(parts, -1, "every key has a TTL");
                usize::try_from(parts).expect("all parts have a record")
            }
        }
    }
}

/// Checks everything after a crash: the unfinished shares, some of the ended ones, and that the store holds the parts
/// of these shares and nothing else.
fn check(backend: &Backend, client: &Client, unfinished: &mut [TrackedShare], over: &mut [TrackedShare]) {
    let checked = |tracked: &mut TrackedShare| {
        assert!(tracked.holds(client).is_ok() && tracked.rejects_invalid_proofs(client).is_ok(), "the server is up");
    };
    unfinished.iter_mut().for_each(checked);
    for _ in 0..LOOKED_AT.min(over.len()) {
        let at = below(over.len());
        checked(&mut over[at]);
    }
    let kept: usize = unfinished.iter().chain(&*over).map(TrackedShare::kept).sum();
    assert_eq!(backend.parts(), kept, "{}: no part is leaked and none is lost", backend.name());
}

/// Advances shares until the server dies.
fn work(
    client: &Client,
    tracked_shares: &Mutex<Vec<TrackedShare>>,
    over: &Mutex<Vec<TrackedShare>>,
    dead: &AtomicBool,
) {
    while !dead.load(Ordering::SeqCst) {
        let mut tracked = tracked_shares.lock().unwrap().pop().unwrap_or_else(TrackedShare::new);
        let server_died = tracked.advance(client).is_err();
        if server_died || !tracked.has_ended() {
            tracked_shares.lock().unwrap().push(tracked);
        } else {
            over.lock().unwrap().push(tracked);
        }
        if server_died {
            break;
        }
    }
}

fn kill_repeatedly(backend: &Backend, rounds: usize) {
    let (unfinished, over) = (Mutex::new(Vec::<TrackedShare>::new()), Mutex::new(Vec::<TrackedShare>::new()));
    let proxy = Proxy::to(0);
    let (mut under_way, mut shares, mut checks) = (0, 0, 0);
    let mut within: BTreeMap<Stage, usize> = BTreeMap::new();
    for round in 0..=rounds {
        let mut server = backend.start();
        proxy.redirect_to(server.port);
        proxy.mend();
        let client = Client::new(server.url());
        {
            let (mut unfinished, mut over) = (unfinished.lock().unwrap(), over.lock().unwrap());
            unfinished.iter().for_each(|tracked| *within.entry(tracked.asked).or_default() += 1);
            check(backend, &client, &mut unfinished, &mut over);
            checks += unfinished.len() + LOOKED_AT.min(over.len());
            // Two or three shares end in each round, so many are removed for good.
            let stay = if round < rounds { KEPT } else { 0 };
            while over.len() > stay {
                let at = below(over.len());
                assert!(over.swap_remove(at).ends(&client).is_ok(), "the server is up");
                shares += 1;
            }
        }
        if round == rounds {
            let mut unfinished = unfinished.lock().unwrap();
            shares += unfinished.len();
            unfinished.drain(..).for_each(|tracked| assert!(tracked.ends(&client).is_ok(), "the server is up"));
            until(SOON, "the store to be empty", || (backend.parts() == 0).then_some(()));
            break;
        }
        let dead = AtomicBool::new(false);
        // The kill follows this many bytes in one direction, in the middle of whatever is in progress.
        let (direction, moment) = if below(3) > 0 { (Direction::Up, 3_000_000) } else { (Direction::Down, 1_500_000) };
        let moment = below(moment) as u64;
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| work(&Client::new(proxy.url()), &unfinished, &over, &dead));
            }
            until(SOON, "the workers to make progress", || (proxy.passed(direction) >= moment).then_some(()));
            server.kill();
            dead.store(true, Ordering::SeqCst);
        });
        under_way += unfinished.lock().unwrap().len();
    }
    row(
        &format!("kill -9 of the server in transfers ({})", backend.name()),
        format!(
            "{rounds} kills, {under_way} times within a share (asked for last: {within:?}), {shares} shares, {checks} checks: \
             nothing lost, nothing opened twice, nothing left over"
        ),
    );
}

#[test]
fn a_server_killed_during_a_transfer_loses_no_acknowledged_part_and_leaks_none() {
    let rounds = if full() { 1_000 } else { 30 };
    thread::scope(|scope| {
        scope.spawn(|| kill_repeatedly(&Backend::Folder(TempDir::new().unwrap()), rounds));
        scope.spawn(|| kill_repeatedly(&Backend::Redis(RedisServer::start(&[])), rounds));
        let composed = Backend::Composed(RedisServer::start(&[]), TempDir::new().unwrap());
        scope.spawn(move || kill_repeatedly(&composed, rounds));
        let objects = Backend::Objects(RedisServer::start(&[]), Bucket::start_any());
        scope.spawn(move || kill_repeatedly(&objects, rounds));
        let embedded = Backend::EmbeddedAndObjects(TempDir::new().unwrap(), Bucket::start_any());
        scope.spawn(move || kill_repeatedly(&embedded, rounds));
    });
}
