//! Tests an nginx that nobody configured for the site: https, the `Host` of the upstream, and a limit on bodies.

use crate::browser::{Browser, Options};
use crate::contents::File;
use crate::device::{Device, HURRY, MIB};
use crate::pages::{ReceiverPage, SenderPage};
use crate::ports::free_port;
use crate::server::Server;
use crate::with_permit;
use std::fs;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running nginx; stopped when dropped.
pub struct Nginx {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Nginx {
    /// Starts nginx with its default settings for everything but `more`, in front of the server on this port.
    pub fn before(server: u16, more: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let at = folder.path().display();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=share.example"])
            .args(["-keyout", &format!("{at}/key.pem"), "-out", &format!("{at}/cert.pem")])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl is installed").success());
        let port = free_port();
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

    /// `https://share.example:{port}`.
    pub fn url(&self) -> String {
        format!("https://share.example:{}", self.port)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Workers exit with the master only on SIGTERM.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// A window that resolves the site's name and accepts its certificate.
pub async fn window() -> Browser {
    let browser = Options::default()
        .argument("--host-resolver-rules=MAP share.example 127.0.0.1")
        .argument("--ignore-certificate-errors")
        .expect("SSL certificate error")
        .expect("An SSL certificate error occurred")
        .start()
        .await;
    browser.at_start_of_pages(HURRY);
    browser
}

#[test]
fn links_have_the_address_of_the_page_and_refusals_of_a_proxy_are_told_as_such() {
    with_permit(async {
        let server = Server::start();
        let device = Device::new();
        let browser = window().await;
        let sender = SenderPage(&browser);
        let nginx = Nginx::before(server.port, "");
        let made = sender.send(&nginx.url(), true, "over https", None).await;
        assert!(made.link.starts_with(&format!("{}/s/", nginx.url())), "{}", made.link);
        assert!(made.status.starts_with(&format!("{}/status#", nginx.url())), "{}", made.status);
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "over https");
        // Parts are smaller than the 1 MB that nginx takes by default.
        sender.visit(&nginx.url(), true).await;
        sender.choose(&[&device.put(&File::made("big.bin", 3 * MIB, 1))]).await;
        sender.chosen(1).await;
        sender.make().await;

        let strict = Nginx::before(server.port, "client_max_body_size 300k;");
        sender.visit(&strict.url(), true).await;
        sender.choose(&[&device.put(&File::made("big.bin", MIB, 1))]).await;
        sender.chosen(1).await;
        browser.click("#create button.main").await;
        let said = "Something between you and OneTimeShare refuses big pieces. Tell the site’s owner: 413.";
        browser
            .until(&format!("document.querySelector('main [data-slot=trouble]')?.innerText.includes({said:?})"))
            .await;
        browser.close().await;
    });
}

#[test]
fn failures_of_a_proxy_are_no_answers_of_the_site() {
    with_permit(async {
        let server = Server::start();
        let browser = window().await;
        browser.expect("the server responded with a status of 5");
        let sender = SenderPage(&browser);
        let said = |status: u16| {
            let text = "Something between you and OneTimeShare does not work. Try again soon. If it goes on, tell the site’s owner";
            format!("document.querySelector('main').innerText.includes('{text}: {status}.')")
        };
        for (status, does) in [
            (502, "proxy_pass http://127.0.0.1:1;"),
            (503, "return 503 '{}';"),
            (504, "return 504;"),
            (403, "default_type text/html; return 403 '<h1>Blocked</h1>';"),
            (404, "return 404;"),
        ] {
            let nginx = Nginx::before(server.port, &format!("location /api/ {{ {does} }}"));
            sender.visit(&nginx.url(), true).await;
            sender.write("kept").await;
            browser.click("#create button.main").await;
            browser.until(&said(status)).await;
            assert_eq!(browser.eval("document.getElementById('message').value").await, "kept", "{status}");
            browser.goto("about:blank").await;
        }
        // What a proxy does not find is not gone.
        let made = sender.send(&server.url(), true, "still there", None).await;
        for does in ["return 404;", "default_type application/json; return 404 '{\"error\": \"no route\"}';"] {
            let nginx = Nginx::before(server.port, &format!("location ~ ^/api/v1/shares/[^/]+ {{ {does} }}"));
            browser.goto("about:blank").await;
            browser.goto(&made.link.replace(&server.url(), &nginx.url())).await;
            browser.until(&said(404)).await;
            browser.goto("about:blank").await;
            browser.goto(&made.status.replace(&server.url(), &nginx.url())).await;
            browser.until(&said(404)).await;
            // Ends what the page still loads through this proxy.
            browser.goto("about:blank").await;
        }
        assert_eq!(ReceiverPage(&browser).open(&made.link, true, None).await, "still there");
        browser.close().await;
    });
}
