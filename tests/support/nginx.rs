//! A real nginx with the configuration in `docs/deployment.md`, in front of a local server.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use crate::ports::free_port;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running nginx; stopped when dropped.
pub struct Nginx {
    process: Child,
    /// Its HTTP port, for clients without TLS; all else is as documented.
    pub port: u16,
    /// Its HTTPS port, with a self-signed certificate.
    pub tls: u16,
    folder: TempDir,
}

/// Returns the nginx configuration in `docs/deployment.md`.
fn documented() -> String {
    let document =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deployment.md")).expect("deployment.md");
    let block = document.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next());
    block.expect("an nginx configuration").to_owned()
}

/// Replaces a text that must be present.
fn put(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "docs/deployment.md contains {old:?}");
    text.replace(old, new)
}

impl Nginx {
    /// Starts nginx in front of the server on this port.
    pub fn before(server: u16) -> Self {
        Self::changed(server, &[])
    }

    /// Starts nginx with texts of the documented configuration replaced by others.
    pub fn changed(server: u16, changes: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let at = folder.path().display();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=share.example"])
            .args(["-addext", "subjectAltName=DNS:share.example", "-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout", &format!("{at}/privkey.pem"), "-out", &format!("{at}/fullchain.pem")])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl is installed").success());
        let (port, tls, redirect) = (free_port(), free_port(), free_port());
        let mut site = documented();
        for (old, new) in [
            ("    listen [::]:80;\n", String::new()),
            ("    listen [::]:443 ssl http2;\n", String::new()),
            ("listen 80;", format!("listen 127.0.0.1:{redirect};")),
            ("listen 443 ssl http2;", format!("listen 127.0.0.1:{tls} ssl http2;\n    listen 127.0.0.1:{port};")),
            ("/etc/ssl/share.example/", format!("{at}/")),
            ("/var/log/nginx/", format!("{at}/")),
            ("server 127.0.0.1:8000;", format!("server 127.0.0.1:{server};")),
        ] {
            site = put(&site, old, &new);
        }
        for (old, new) in changes {
            site = put(&site, old, new);
        }
        let whole = format!(
            "daemon off;\npid {at}/nginx.pid;\nerror_log {at}/start.log emerg;\nworker_processes 2;\n\
             worker_rlimit_nofile 8192;\nevents {{ worker_connections 4096; }}\nhttp {{\n\
             client_body_temp_path {at}/body;\nproxy_temp_path {at}/proxy;\nfastcgi_temp_path {at}/fastcgi;\n\
             uwsgi_temp_path {at}/uwsgi;\nscgi_temp_path {at}/scgi;\n{site}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, whole).unwrap();
        let command = || {
            let mut command = Command::new("nginx");
            command.arg("-p").arg(folder.path()).arg("-c").arg(&file).arg("-e").arg(folder.path().join("start.log"));
            command
        };
        let tested = command().arg("-t").output().expect("nginx is installed");
        assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
        let process = command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let nginx = Self { process, port, tls, folder };
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "nginx listens\n{}", nginx.logs());
            thread::sleep(Duration::from_millis(20));
        }
        nginx
    }

    /// `http://127.0.0.1:{port}`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The file of its certificate, for share.example.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("fullchain.pem")
    }

    /// Returns the content of all its log files.
    pub fn logs(&self) -> String {
        let files = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let logs = files.filter(|file| file.extension().is_some_and(|extension| extension == "log"));
        logs.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()).collect()
    }

    /// Returns the number of request bodies buffered to files.
    pub fn buffered_bodies(&self) -> usize {
        let folders = ["body", "proxy"].map(|name| self.folder.path().join(name));
        folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten().count()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Workers exit with the master only on SIGTERM.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}
