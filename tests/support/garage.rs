//! Garage, an object store of another maker, on free ports of 127.0.0.1: the program that `OTS_GARAGE` names.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]

use super::{KEY, NAME, REGION};
use crate::ports::free_port;
use std::ffi::OsString;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Startup timeout.
const START_TIME: Duration = Duration::from_secs(60);

/// A running server with one empty bucket; stopped when dropped.
pub(crate) struct Garage {
    port: u16,
    process: Child,
    folder: TempDir,
}

impl Garage {
    /// The program to test with, if any.
    pub(crate) fn program() -> Option<OsString> {
        std::env::var_os("OTS_GARAGE").filter(|path| !path.is_empty())
    }

    /// Starts this program.
    pub(crate) fn start(program: &OsString) -> Self {
        // Another process may take a free port first.
        for _ in 0..5 {
            if let Some(garage) = Self::try_start(program) {
                return garage;
            }
        }
        panic!("{} does not start", program.display());
    }

    fn try_start(program: &OsString) -> Option<Self> {
        let (folder, port, rpc) = (tempfile::tempdir().unwrap(), free_port(), free_port());
        let configuration = format!(
            "metadata_dir = \"meta\"\ndata_dir = \"data\"\ndb_engine = \"lmdb\"\nreplication_factor = 1\n\
             rpc_bind_addr = \"127.0.0.1:{rpc}\"\nrpc_public_addr = \"127.0.0.1:{rpc}\"\nrpc_secret = \"{}\"\n\
             [s3_api]\ns3_region = \"{REGION}\"\napi_bind_addr = \"127.0.0.1:{port}\"\n",
            "00".repeat(32)
        );
        std::fs::write(folder.path().join("garage.toml"), configuration).unwrap();
        let mut process = Command::new(program)
            .args(["-c", "garage.toml", "server", "--single-node", "--default-bucket"])
            .env("GARAGE_DEFAULT_ACCESS_KEY", KEY[0])
            .env("GARAGE_DEFAULT_SECRET_KEY", KEY[1])
            .env("GARAGE_DEFAULT_BUCKET", NAME)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let end = Instant::now() + START_TIME;
        while Instant::now() < end && process.try_wait().unwrap().is_none() {
            if list(port).is_some() {
                return Some(Self { port, process, folder });
            }
            thread::sleep(Duration::from_millis(20));
        }
        println!("{}", std::fs::read_to_string(folder.path().join("log")).unwrap());
        process.kill().unwrap();
        process.wait().unwrap();
        None
    }

    /// The port of its S3 interface.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The names of its objects.
    pub(crate) fn objects(&self) -> Vec<String> {
        list(self.port).unwrap_or_else(|| {
            panic!("Garage lists nothing: {}", std::fs::read_to_string(self.folder.path().join("log")).unwrap())
        })
    }
}

impl Drop for Garage {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Lists the first thousand objects of the bucket. Returns `None` when the server does not answer or knows no such bucket.
fn list(port: u16) -> Option<Vec<String>> {
    let answer = Command::new("curl")
        .args(["--silent", "--fail", "--max-time", "20", "--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"])
        .args(["--aws-sigv4", &format!("aws:amz:{REGION}:s3")])
        .args(["--user", &KEY.join(":"), &format!("http://127.0.0.1:{port}/{NAME}?list-type=2&max-keys=1000")])
        .output()
        .unwrap();
    let text = answer.status.success().then(|| String::from_utf8(answer.stdout).unwrap())?;
    let names = text.split("<Key>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    Some(names.collect())
}
