//! Tests devices with wrong clocks: the pages count by the server's.

use crate::browser::Browser;
use crate::client::Client;
use crate::pages::{ReceiverPage, SenderPage, StatusPage};
use crate::server::Server;
use crate::with_permit;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A device that is days late or early.
fn shifted(ms: i64) -> String {
    format!(
        "const RealDate = Date;
        window.Date = class extends RealDate {{
            constructor(...parts) {{ super(...(parts.length === 0 ? [RealDate.now() + {ms}] : parts)); }}
            static now() {{ return RealDate.now() + {ms}; }}
        }};
        window.realNow = () => RealDate.now();"
    )
}

#[test]
fn a_wrong_clock_of_the_device_moves_no_end_and_no_relative_time() {
    with_permit(async {
        let server = Server::start();
        let client = Client::new(server.url());
        for days in [-400_i64, 3] {
            let browser = Browser::start().await;
            browser.at_start_of_pages(&shifted(days * 86_400_000));
            let sender = SenderPage(&browser);
            sender.visit(&server.url(), true).await;
            sender.write("in time").await;
            browser.click("details.more summary").await;
            // In 90 minutes, as the server counts.
            let put = "const at = new Date(Math.ceil((realNow() + 90 * 60_000) / 60_000) * 60_000);
                const shift = at.getTimezoneOffset() * 60_000;
                const field = document.getElementById('until');
                field.value = new Date(at.getTime() - shift).toISOString().slice(0, 16);
                field.dispatchEvent(new Event('input', { bubbles: true }));
                return at.getTime();";
            let wanted = browser.run(put, Vec::new()).await.as_i64().unwrap();
            let made = sender.make().await;
            let status = client.bare("GET", &format!("/api/v1/shares/{}", made.id()), &made.owner()).json();
            let end = OffsetDateTime::parse(status["expires_at"].as_str().unwrap(), &Rfc3339).unwrap();
            let late = end.unix_timestamp() * 1000 - wanted;
            assert!((-1_000..5_000).contains(&late), "{days} days: ends {late} ms late");
            let shown = browser.text("[data-slot=expires]").await;
            assert!(shown.contains("in 90 minutes") || shown.contains("in 91 minutes"), "{days} days: {shown}");

            ReceiverPage(&browser).follow(&made.link, true).await;
            let shown = browser.text("[data-slot=before]").await;
            assert!(shown.contains("in 90 minutes") || shown.contains("in 91 minutes"), "{days} days: {shown}");
            StatusPage(&browser).visit(&made.status, true).await;
            StatusPage(&browser).says("Not opened yet").await;
            let checked = "document.querySelector('[data-slot=checked-at]').dateTime";
            let off = browser.run(&format!("return realNow() - Date.parse({checked})"), Vec::new()).await;
            assert!(off.as_f64().unwrap().abs() < 5_000.0, "{days} days: {off}");
            browser.close().await;
        }
    });
}
