//! A server on its own small disk.
#![allow(dead_code, reason = "each test binary uses a part of this module")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed assumption should fail the test")]

use crate::server::{Options, Server};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A server whose embedded store is on its own small disk: a tmpfs in a private mount namespace.
pub struct SmallDisk {
    /// The server.
    pub server: Server,
}

impl SmallDisk {
    /// Starts a server with a disk of `size` bytes.
    pub fn of(size: u64, options: Options) -> Self {
        // As root in a new mount namespace; otherwise in a new user namespace, too.
        let ways = [["unshare", "-m"], ["unshare", "-rm"]];
        let works = |way: &&[&str; 2]| {
            let mut probe = Command::new(way[0]);
            probe.arg(way[1]).args(["mount", "-t", "tmpfs", "none", "/mnt"]).stdin(Stdio::null()).stderr(Stdio::null());
            probe.status().is_ok_and(|status| status.success())
        };
        let way = ways.iter().find(works).expect("a small disk can be mounted: `unshare -rm mount -t tmpfs none /mnt`");
        let script =
            "mkdir -p \"$ROCKET_DATA_DIR\" && mount -t tmpfs -o size=$0 none \"$ROCKET_DATA_DIR\" && exec \"$@\"";
        let server = options.through(&[way[0], way[1], "sh", "-c", script, &size.to_string()]).start();
        Self { server }
    }

    /// Fills the disk up to this many bytes.
    pub fn fill(&self, bytes: u64) {
        let folder = PathBuf::from(format!("/proc/{}/root", self.server.pid()));
        let file = folder.join(self.server.data_dir.strip_prefix("/").unwrap()).join("something-else");
        std::fs::write(file, vec![1; usize::try_from(bytes).unwrap()]).unwrap();
    }
}
