//! Tests an nginx that nobody configured for the site: https, the `Host` of the upstream, and a limit on bodies.

use crate::browser::Options;
use crate::contents::File;
use crate::device::{Device, HURRY, MIB};
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running nginx; stopped when dropped.
struct Nginx {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Nginx {
    /// Starts nginx with its default settings for everything but `more`, in front of the server on this port.
    fn before(server: u16, more: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let at = folder.path().display();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=share.example"])
            .args(["-keyout", &format!("{at}/key.pem"), "-out", &format!("{at}/cert.pem")])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl is installed").success());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let paths =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {at}/{name};"));
        let site = format!(
            "daemon off;\npid {at}/nginx.pid;\nerror_log {at}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{}\n\
             server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {at}/cert.pem; ssl_certificate_key {at}/key.pem;\n\
             {more}\nlocation / {{ proxy_pass http://127.0.0.1:{server}; }} }} }}\n",
            paths.join("\n")
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, site).unwrap();
        let process = Command::new("nginx").arg("-c").arg(&file).arg("-e").arg(folder.path().join("start.log")).spawn();
        let nginx = Self { process: process.expect("nginx is installed"), port, _folder: folder };
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "nginx listens");
            std::thread::sleep(Duration::from_millis(20));
        }
        nginx
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Workers exit with the master only on SIGTERM.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

#[test]
fn links_have_the_address_of_the_page_and_refusals_of_a_proxy_are_told_as_such() {
    with_permit(async {
        let server = Server::start();
        let nginx = Nginx::before(server.port, "client_max_body_size 300k;");
        let site = format!("https://share.example:{}", nginx.port);
        let device = Device::new();
        let browser = Options::default()
            .argument("--host-resolver-rules=MAP share.example 127.0.0.1")
            .argument("--ignore-certificate-errors")
            .expect("SSL certificate error")
            .expect("An SSL certificate error occurred")
            .start()
            .await;
        browser.at_start_of_pages(HURRY);
        let sender = SenderPage(&browser);
        let made = sender.send(&site, true, "over https", None).await;
        assert!(made.link.starts_with(&format!("{site}/s/")), "{}", made.link);
        assert!(made.status.starts_with(&format!("{site}/status#")), "{}", made.status);
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "over https");

        sender.visit(&site, true).await;
        sender.choose(&[&device.put(&File::made("big.bin", MIB, 1))]).await;
        sender.chosen(1).await;
        browser.click("#create button.main").await;
        let said = "Something between you and OneTimeShare refuses big pieces. Tell its owner: 413.";
        browser.until(&format!("document.querySelector('#problems')?.innerText.includes({said:?})")).await;
        browser.close().await;
    });
}
