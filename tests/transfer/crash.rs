//! Kills the server at random points of uploads, openings, downloads and confirmations: acknowledged writes must
//! survive, and nothing may leak.

use crate::client::{Answer, Client};
use crate::embedded_files;
use crate::faults::{Proxy, Way};
use crate::files::{File, Files};
use crate::full;
use crate::redis_server::RedisServer;
use crate::server::{Options, Server};
use crate::site::{SOON, b64, claim, open_body, random, until};
use crate::table::row;
use onetimeshare::share::Claim;
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
struct Life {
    files: Files,
    parts: Vec<Vec<u8>>,
    reader: Claim,
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
struct Died;

fn answered(answer: Result<Answer, ureq::Error>) -> Result<Answer, Died> {
    match answer {
        // A server that is shutting down may still respond 5xx; nothing was acknowledged then.
        Ok(answer) if answer.status < 500 => Ok(answer),
        _ => Err(Died),
    }
}

impl Life {
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
            reader: claim(),
            goal: goals[below(goals.len())],
            enough,
            acknowledged: Stage::Nothing,
            asked: Stage::Nothing,
            sent: Vec::new(),
            fetched: BTreeMap::new(),
        }
    }

    fn is_over(&self) -> bool {
        self.acknowledged == self.goal && (self.goal != Stage::Uploading || self.sent.len() >= self.enough)
    }

    /// Returns the stage according to the server.
    fn stage(&self, client: &Client) -> Result<Stage, Died> {
        let answer = answered(client.try_bare("GET", &self.files.share.path(), &self.files.share.owner.expose()))?;
        let status = answer.json();
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
    fn received(&self, client: &Client) -> Result<Vec<u32>, Died> {
        let path = format!("{}/parts", self.files.share.path());
        let answer = answered(client.try_bare("GET", &path, &self.files.share.owner.expose()))?.json();
        let numbers = answer["received"].as_array().into_iter().flatten();
        Ok(numbers.filter_map(|n| u32::try_from(n.as_u64()?).ok()).collect())
    }

    /// Advances the share to its goal, starting from the server's state.
    fn go_on(&mut self, client: &Client) -> Result<(), Died> {
        self.holds(client)?;
        let (path, owner) = (self.files.share.path(), self.files.share.owner.expose());
        let mut received = self.received(client)?;
        while !self.is_over() {
            let n = (1..=self.parts.len()).find(|n| !received.contains(&u32::try_from(*n).unwrap()));
            let stops = received.len() >= self.enough && [Stage::Uploading, Stage::Deleted].contains(&self.goal);
            match (self.acknowledged, n) {
                (Stage::Nothing, _) => {
                    self.asked = Stage::Uploading;
                    let answer = answered(client.try_json("PUT", &path, Some(&owner), &self.files.share.body))?;
                    assert!([200, 201].contains(&answer.status), "{}", answer.text());
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
                    let answer = answered(client.try_bare("POST", &format!("{path}/complete"), &owner))?;
                    assert_eq!(answer.status, 200, "{}", answer.text());
                    self.acknowledged = Stage::Waiting;
                }
                (Stage::Waiting, _) => {
                    self.asked = Stage::Opened;
                    let answer = answered(client.try_open(&self.files.share, &self.reader))?;
                    assert_eq!(answer.status, 200, "{}", answer.text());
                    assert!(self.files.manifest_in(&answer.json()).is_ok());
                    self.acknowledged = Stage::Opened;
                }
                (Stage::Opened, _) => {
                    self.fetch(client)?;
                    self.asked = Stage::Confirmed;
                    let path = format!("{path}/confirm");
                    assert_eq!(answered(client.try_bare("POST", &path, &self.reader.expose()))?.status, 204);
                    self.acknowledged = Stage::Confirmed;
                }
                (Stage::Confirmed | Stage::Deleted, _) => break,
            }
        }
        Ok(())
    }

    /// Downloads missing parts and verifies all of them.
    fn fetch(&mut self, client: &Client) -> Result<(), Died> {
        for n in 1..self.files.parts() {
            if !self.fetched.contains_key(&n) {
                let answer = answered(client.try_part(&self.files.share, &self.reader, n))?;
                assert_eq!(answer.status, 200, "{}", answer.text());
                self.fetched.insert(n, answer.body);
            }
        }
        let Ok(hashes) = self.files.read(|n| Ok::<_, std::convert::Infallible>(self.fetched[&n].clone()));
        assert!(self.files.are(&hashes), "every file is as it was sent");
        Ok(())
    }

    /// Checks that acknowledged calls took effect and unrequested ones did not, then adopts the server's state.
    fn holds(&mut self, client: &Client) -> Result<(), Died> {
        let stage = self.stage(client)?;
        let (least, most) = (self.acknowledged, self.asked);
        assert!(stage >= least && stage <= most, "{stage:?} after {least:?} was acknowledged and {most:?} asked for");
        if stage == Stage::Uploading {
            let received = self.received(client)?;
            assert!(self.sent.iter().all(|n| received.contains(n)), "an acknowledged part is there");
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
    fn keeps_strangers_out(&self, client: &Client) -> Result<(), Died> {
        let (share, path) = (&self.files.share, self.files.share.path());
        let before = answered(client.try_bare("GET", &path, &share.owner.expose()))?;
        let mut body = open_body(share, &self.reader, None);
        body["open_proof"] = b64(&random::<32>()).into();
        let token = claim().expose();
        for (method, path) in [
            ("DELETE", path.clone()),
            ("POST", format!("{path}/complete")),
            ("POST", format!("{path}/confirm")),
            ("GET", format!("{path}/parts/0")),
        ] {
            assert_eq!(answered(client.try_bare(method, &path, &token))?.status, 404, "{method} by a stranger");
        }
        assert_eq!(answered(client.try_json("POST", &format!("{path}/open"), None, &body))?.status, 404);
        let after = answered(client.try_bare("GET", &path, &share.owner.expose()))?;
        assert_eq!((before.status, before.json()), (after.status, after.json()), "a stranger changes nothing");
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
    fn ends(mut self, client: &Client) -> Result<(), Died> {
        if self.acknowledged == Stage::Waiting && below(2) == 0 {
            let opened = answered(client.try_open(&self.files.share, &self.reader))?;
            assert_eq!(opened.status, 200, "a share that waits can be opened");
            self.acknowledged = Stage::Opened;
        }
        let (path, owner) = (self.files.share.path(), self.files.share.owner.expose());
        if self.acknowledged == Stage::Opened {
            self.fetched.clear();
            assert_eq!(answered(client.try_open(&self.files.share, &self.reader))?.status, 200);
            self.fetch(client)?;
            let path = format!("{path}/confirm");
            assert_eq!(answered(client.try_bare("POST", &path, &self.reader.expose()))?.status, 204);
        } else if [Stage::Uploading, Stage::Waiting].contains(&self.acknowledged) {
            assert_eq!(answered(client.try_bare("DELETE", &path, &owner))?.status, 204);
        }
        for n in 0..self.files.parts() {
            let answer = answered(client.try_part(&self.files.share, &self.reader, n))?;
            assert_eq!(answer.status, 404, "gone is gone");
        }
        Ok(())
    }
}

/// Where a store keeps its shares.
enum Ground {
    Folder(TempDir),
    Redis(RedisServer),
}

impl Ground {
    fn start(&self) -> Server {
        match self {
            Self::Folder(folder) => Options::default().data_dir(folder.path()).start(),
            Self::Redis(redis) => Options::default().redis(redis.port()).start(),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Folder(_) => "embedded",
            Self::Redis(_) => "Redis",
        }
    }

    /// Returns the number of stored parts; fails when a key has no TTL, or parts have no record.
    fn parts(&self) -> usize {
        match self {
            Self::Folder(folder) => embedded_files::parts_kept(folder.path()),
            Self::Redis(redis) => {
                let script = "local parts = 0 \
                    for _, key in ipairs(redis.call('KEYS', '*')) do \
                      if redis.call('PTTL', key) < 0 then return -1 end \
                      local record = string.match(key, '^(.*}):') \
                      if record and redis.call('EXISTS', record) == 0 then return -2 end \
                      if string.sub(key, -2) == ':0' then parts = parts + 1 end \
                      if string.sub(key, -6) == ':parts' then \
                        parts = parts + redis.call('HLEN', key) - redis.call('HEXISTS', key, 'sum') \
                      end \
                    end return parts";
                let parts: i64 = redis.ask(&["EVAL", script, "0"]);
                usize::try_from(parts).expect("every key has an end, and no parts are without their record")
            }
        }
    }
}

/// Checks everything after a crash: the unfinished shares, some of the ended ones, and that the store holds the parts
/// of these shares and nothing else.
fn check(ground: &Ground, client: &Client, unfinished: &mut [Life], over: &mut [Life]) {
    let checked = |life: &mut Life| {
        assert!(life.holds(client).is_ok() && life.keeps_strangers_out(client).is_ok(), "the server lives");
    };
    unfinished.iter_mut().for_each(checked);
    for _ in 0..LOOKED_AT.min(over.len()) {
        let at = below(over.len());
        checked(&mut over[at]);
    }
    let kept: usize = unfinished.iter().chain(&*over).map(Life::kept).sum();
    assert_eq!(ground.parts(), kept, "{}: no part is left over and none is lost", ground.name());
}

/// Advances shares until the server dies.
fn work(client: &Client, lives: &Mutex<Vec<Life>>, over: &Mutex<Vec<Life>>, dead: &AtomicBool) {
    while !dead.load(Ordering::SeqCst) {
        let mut life = lives.lock().unwrap().pop().unwrap_or_else(Life::new);
        let died = life.go_on(client).is_err();
        if died || !life.is_over() {
            lives.lock().unwrap().push(life);
        } else {
            over.lock().unwrap().push(life);
        }
        if died {
            break;
        }
    }
}

fn kill_again_and_again(ground: &Ground, rounds: usize) {
    let (unfinished, over) = (Mutex::new(Vec::<Life>::new()), Mutex::new(Vec::<Life>::new()));
    let wire = Proxy::to(0);
    let (mut under_way, mut shares, mut checks) = (0, 0, 0);
    let mut within: BTreeMap<Stage, usize> = BTreeMap::new();
    for round in 0..=rounds {
        let mut server = ground.start();
        wire.lead_to(server.port);
        wire.mend();
        let client = Client::new(server.url());
        {
            let (mut unfinished, mut over) = (unfinished.lock().unwrap(), over.lock().unwrap());
            unfinished.iter().for_each(|life| *within.entry(life.asked).or_default() += 1);
            check(ground, &client, &mut unfinished, &mut over);
            checks += unfinished.len() + LOOKED_AT.min(over.len());
            // Two or three shares end in each round, so many are removed for good.
            let stay = if round < rounds { KEPT } else { 0 };
            while over.len() > stay {
                let at = below(over.len());
                assert!(over.swap_remove(at).ends(&client).is_ok(), "the server lives");
                shares += 1;
            }
        }
        if round == rounds {
            let mut unfinished = unfinished.lock().unwrap();
            shares += unfinished.len();
            unfinished.drain(..).for_each(|life| assert!(life.ends(&client).is_ok(), "the server lives"));
            until(SOON, "the store to be empty", || (ground.parts() == 0).then_some(()));
            break;
        }
        let dead = AtomicBool::new(false);
        // The kill follows this many bytes in one direction, in the middle of whatever is in progress.
        let (way, moment) = if below(3) > 0 { (Way::Up, 3_000_000) } else { (Way::Down, 1_500_000) };
        let moment = below(moment) as u64;
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| work(&Client::new(wire.url()), &unfinished, &over, &dead));
            }
            until(SOON, "the work to go on", || (wire.passed(way) >= moment).then_some(()));
            server.kill();
            dead.store(true, Ordering::SeqCst);
        });
        under_way += unfinished.lock().unwrap().len();
    }
    row(
        &format!("kill -9 of the server in transfers ({})", ground.name()),
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
        scope.spawn(|| kill_again_and_again(&Ground::Folder(TempDir::new().unwrap()), rounds));
        scope.spawn(|| kill_again_and_again(&Ground::Redis(RedisServer::start(&[])), rounds));
    });
}
