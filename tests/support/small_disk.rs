//! A server on its own small disk.
#![allow(dead_code, reason = "each test binary uses a part of this module")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed assumption should fail the test")]

use crate::server::{Options, Server};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server whose embedded store is on its own small disk: a tmpfs in a private mount namespace.
pub struct SmallDisk {
    /// The server.
    pub server: Server,
}

impl SmallDisk {
    /// Starts a server with a disk of `size` bytes.
    pub fn of(size: u64, options: Options) -> Self {
        let [unshare, how] = own_mounts();
        let script =
            "mkdir -p \"$ROCKET_DATA_DIR\" && mount -t tmpfs -o size=$0 none \"$ROCKET_DATA_DIR\" && exec \"$@\"";
        let server = options.through(&[unshare, how, "sh", "-c", script, &size.to_string()]).start();
        Self { server }
    }

    /// Fills the disk up to this many bytes.
    pub fn fill(&self, bytes: u64) {
        let file = seen_by(&self.server, &self.server.data_dir).join("something-else");
        std::fs::write(file, vec![1; usize::try_from(bytes).unwrap()]).unwrap();
    }
}

/// Returns the command that starts a program in its own mount namespace, in which it may mount.
pub fn own_mounts() -> [&'static str; 2] {
    // As root in a new mount namespace; otherwise in a new user namespace, too.
    let ways = [["unshare", "-m"], ["unshare", "-rm"]];
    let works = |way: &[&str; 2]| {
        let mut probe = Command::new(way[0]);
        probe.arg(way[1]).args(["mount", "-t", "tmpfs", "none", "/mnt"]).stdin(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    };
    ways.into_iter().find(works).expect("a small disk can be mounted: `unshare -rm mount -t tmpfs none /mnt`")
}

/// Returns where this test finds a file of the server's mount namespace.
pub fn seen_by(server: &Server, path: &Path) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root", server.pid())).join(path.strip_prefix("/").unwrap())
}
