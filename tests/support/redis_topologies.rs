//! Redis with TLS, with Sentinel and as a cluster: real processes, each on a free port.
#![allow(dead_code, reason = "each test binary uses a part of this module")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]

use crate::ports::free_port;
use crate::redis_server::RedisServer;
use redis::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long servers may take to discover each other.
const PATIENCE: Duration = Duration::from_secs(60);

fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "timed out after {PATIENCE:?} waiting for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A test certificate authority, and the certificates it issued for a server on 127.0.0.1 and for a client.
pub(crate) struct Certificates(TempDir);

impl Certificates {
    /// Creates them with `openssl`.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let openssl = |arguments: &str| {
            let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder.path()).output();
            let output = output.expect("openssl is installed");
            assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
        let leaf = "-addext basicConstraints=critical,CA:FALSE";
        openssl(&format!("req -x509 {key} -subj /CN=authority -keyout ca.key -out ca.pem"));
        for (name, extension) in
            [("server", "subjectAltName=IP:127.0.0.1,DNS:localhost"), ("client", "extendedKeyUsage=clientAuth")]
        {
            openssl(&format!(
                "req -x509 -CA ca.pem -CAkey ca.key {key} {leaf} -addext {extension} -subj /CN={name} \
                 -keyout {name}.key -out {name}.pem"
            ));
        }
        Self(folder)
    }

    /// Path of one of its files: `ca.pem`, `server.key`, `client.pem` and so on.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// redis-server options for TLS on `port` with client certificates required.
    pub(crate) fn options(&self, port: u16) -> Vec<String> {
        let path = |name| self.file(name).display().to_string();
        [
            ("--tls-port", port.to_string()),
            ("--tls-cert-file", path("server.pem")),
            ("--tls-key-file", path("server.key")),
            ("--tls-ca-cert-file", path("ca.pem")),
            ("--tls-auth-clients", "yes".into()),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect()
    }
}

/// A primary, its replicas and their sentinels.
pub(crate) struct Sentinels {
    /// The servers; any of them may be the primary.
    pub(crate) nodes: Vec<RedisServer>,
    sentinels: Vec<RedisServer>,
}

impl Sentinels {
    /// Name of the primary in Sentinel.
    pub(crate) const NAME: &'static str = "main";

    /// Starts a primary, `replicas` replicas and three sentinels that consider a server down after this time.
    pub(crate) fn start(replicas: usize, down_after: Duration, options: &[&str]) -> Self {
        let start = |more: &[&str]| RedisServer::start(&[&["--repl-diskless-sync-delay", "0"], options, more].concat());
        let mut nodes = vec![start(&[])];
        let port = nodes[0].port().to_string();
        nodes.extend((0..replicas).map(|_| start(&["--replicaof", &format!("127.0.0.1 {port}")])));
        wait("the replicas", || nodes[0].info("replication")["connected_slaves"] == replicas.to_string());
        let configuration = format!(
            "sentinel monitor {name} 127.0.0.1 {port} 2\nsentinel down-after-milliseconds {name} {down_after}\n\
             sentinel failover-timeout {name} 8000\nsentinel parallel-syncs {name} 2\n",
            name = Self::NAME,
            down_after = down_after.as_millis(),
        );
        let sentinels: Vec<_> = (0..3).map(|_| RedisServer::start_sentinel(&configuration)).collect();
        let all = Self { nodes, sentinels };
        all.wait_until_known();
        all
    }

    /// The `redis_url` for them.
    pub(crate) fn url(&self) -> String {
        let hosts: Vec<_> = self.sentinels.iter().map(|sentinel| format!("127.0.0.1:{}", sentinel.port())).collect();
        format!("redis-sentinel://{}/{}", hosts.join(","), Self::NAME)
    }

    /// Index of the node that the sentinels name as primary.
    pub(crate) fn primary(&self) -> usize {
        let (_, port): (String, u16) = self.sentinels[0].ask(&["SENTINEL", "GET-MASTER-ADDR-BY-NAME", Self::NAME]);
        self.nodes.iter().position(|node| node.port() == port).expect("the primary is a known node")
    }

    /// Number of elections so far, as the first sentinel counts them.
    pub(crate) fn elections(&self) -> u64 {
        let known: HashMap<String, String> = self.sentinels[0].ask(&["SENTINEL", "MASTER", Self::NAME]);
        known["config-epoch"].parse().unwrap()
    }

    /// Waits until every sentinel knows the others and all replicas, and every replica follows the primary.
    pub(crate) fn wait_until_known(&self) {
        wait("the sentinels to discover all nodes", || {
            self.sentinels.iter().all(|sentinel| {
                let known: HashMap<String, String> = sentinel.ask(&["SENTINEL", "MASTER", Self::NAME]);
                known["num-other-sentinels"] == "2"
                    && known["num-slaves"] == (self.nodes.len() - 1).to_string()
                    && known["flags"] == "master"
            })
        });
        wait("every replica to follow", || {
            // Query the primary each time: sentinels that are told twice elect twice.
            let info = self.nodes[self.primary()].info("replication");
            info["role"] == "master"
                && info["connected_slaves"] == (self.nodes.len() - 1).to_string()
                && (0..self.nodes.len() - 1).all(|n| info[&format!("slave{n}")].contains("state=online"))
        });
    }

    /// Requests a failover while the primary is alive. `turn` selects the sentinel: one that was paused for seconds
    /// accepts the command but ignores it for half a minute (TILT mode); the others act on it.
    pub(crate) fn fail_over(&self, turn: usize) {
        let sentinel = &self.sentinels[turn % self.sentinels.len()];
        wait("a sentinel to accept the failover", || {
            let response: Value = sentinel.try_ask(&["SENTINEL", "FAILOVER", Self::NAME]).unwrap_or(Value::Nil);
            response == Value::Okay
        });
    }
}

/// A cluster of three primaries with a replica each.
pub(crate) struct Cluster {
    /// The servers.
    pub(crate) nodes: Vec<RedisServer>,
}

impl Cluster {
    /// Starts the cluster; nodes count as down after this time.
    pub(crate) fn start(down_after: Duration, options: &[&str]) -> Self {
        let down_after = down_after.as_millis().to_string();
        let nodes: Vec<_> = (0..6)
            .map(|_| {
                let bus = free_port().to_string();
                let own = ["--cluster-enabled", "yes", "--cluster-node-timeout", &down_after, "--cluster-port", &bus];
                RedisServer::start(&[&own, options, &["--repl-diskless-sync-delay", "0"]].concat())
            })
            .collect();
        for (primary, slots) in nodes.iter().zip([("0", "5460"), ("5461", "10922"), ("10923", "16383")]) {
            let _: Value = primary.ask(&["CLUSTER", "ADDSLOTSRANGE", slots.0, slots.1]);
        }
        for (n, node) in nodes.iter().enumerate() {
            let _: Value = node.ask(&["CLUSTER", "SET-CONFIG-EPOCH", &(n + 1).to_string()]);
        }
        for node in &nodes[1..] {
            let config: Vec<String> = node.ask(&["CONFIG", "GET", "cluster-port"]);
            let _: Value = nodes[0].ask(&["CLUSTER", "MEET", "127.0.0.1", &node.port().to_string(), &config[1]]);
        }
        let cluster = Self { nodes };
        wait("the nodes to meet", || cluster.all(|node| node.cluster_info("cluster_known_nodes") == "6"));
        for (primary, replica) in (0..3).zip(3..6) {
            let id: String = cluster.nodes[primary].ask(&["CLUSTER", "MYID"]);
            wait("a replica to know its primary", || {
                cluster.nodes[replica].try_ask::<Value>(&["CLUSTER", "REPLICATE", &id]).is_ok()
            });
        }
        cluster.wait_until_whole();
        cluster
    }

    fn all(&self, holds: impl Fn(&RedisServer) -> bool) -> bool {
        self.nodes.iter().all(holds)
    }

    /// Waits until every node reports a healthy cluster and each primary has its replica.
    pub(crate) fn wait_until_whole(&self) {
        wait("the cluster to be healthy", || {
            self.all(|node| node.cluster_info("cluster_state") == "ok")
                && self.nodes.iter().filter(|node| node.info("replication")["role"] == "master").count() == 3
                && self.all(|node| {
                    let info = node.info("replication");
                    if info["role"] == "master" {
                        info["connected_slaves"] == "1"
                    } else {
                        info["master_link_status"] == "up"
                    }
                })
        });
    }

    /// The `redis_url` for it.
    pub(crate) fn url(&self) -> String {
        let hosts: Vec<_> = self.nodes[..2].iter().map(|node| format!("127.0.0.1:{}", node.port())).collect();
        format!("redis-cluster://{}", hosts.join(","))
    }

    /// Returns the index and id of the primary that owns a slot.
    pub(crate) fn owner(&self, slot: u16) -> (usize, String) {
        let lines: String = self.nodes[0].ask(&["CLUSTER", "NODES"]);
        let has = |range: &str| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            first.parse::<u16>().is_ok_and(|first| first <= slot) && last.parse::<u16>().is_ok_and(|last| slot <= last)
        };
        let line = lines.lines().find(|line| line.split(' ').skip(8).any(has)).expect("a primary owns the slot");
        let words: Vec<_> = line.split(' ').collect();
        let port: u16 = words[1].split('@').next().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        (self.nodes.iter().position(|node| node.port() == port).unwrap(), words[0].to_owned())
    }

    /// Migrates a slot with all its keys to the next primary, as `redis-cli --cluster reshard` does.
    pub(crate) fn move_slot(&self, slot: u16) {
        let (from, from_id) = self.owner(slot);
        let to = (from + 1..self.nodes.len())
            .chain(0..from)
            .find(|node| self.nodes[*node].info("replication")["role"] == "master")
            .unwrap();
        let to_id: String = self.nodes[to].ask(&["CLUSTER", "MYID"]);
        let number = slot.to_string();
        let _: Value = self.nodes[to].ask(&["CLUSTER", "SETSLOT", &number, "IMPORTING", &from_id]);
        let _: Value = self.nodes[from].ask(&["CLUSTER", "SETSLOT", &number, "MIGRATING", &to_id]);
        let port = self.nodes[to].port().to_string();
        loop {
            let keys: Vec<String> = self.nodes[from].ask(&["CLUSTER", "GETKEYSINSLOT", &number, "1"]);
            let Some(key) = keys.first() else { break };
            let _: Value = self.nodes[from].ask(&["MIGRATE", "127.0.0.1", &port, key, "0", "5000"]);
        }
        for node in [to, from] {
            let _: Value = self.nodes[node].ask(&["CLUSTER", "SETSLOT", &number, "NODE", &to_id]);
        }
    }
}
