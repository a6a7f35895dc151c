//! Journeys between the site's pages and the client `ots`.

use crate::browser::Browser;
use crate::contents::File;
use crate::device::{Device, MIB, NO_PICKER, downloaded, each};
use crate::ots::{Ots, sha256_of};
use crate::pages::{ReceiverPage, SenderPage};
use crate::server::Server;
use crate::with_permit;

const MESSAGE: &str = "The code is 4711.\n\tΓειά, 漢字 🙂 <b>&amp;";

#[test]
fn what_the_page_sends_the_client_opens() {
    with_permit(async {
        let server = Server::start();
        let (device, ots) = (Device::new(), Ots::new(&server.url()));
        let files = [File::made("ride.bin", 3 * MIB + 5, 3), File::of("two.txt", "two")];
        let browser = Browser::start().await;
        let page = SenderPage(&browser);
        page.visit(&server.url(), true).await;
        page.write(MESSAGE).await;
        page.choose(&each(&device.put_all(&files))).await;
        let made = page.make().await;
        let opened = ots.open(&made.link).ok();
        assert_eq!(opened.text("message"), MESSAGE);
        for file in &files {
            assert_eq!(sha256_of(ots.path("got").join(&file.name)), file.sha256());
        }
        browser.close().await;
    });
}

#[test]
fn what_the_client_sends_the_page_opens() {
    with_permit(async {
        let server = Server::start();
        let ots = Ots::new(&server.url());
        let files = [File::made("ride.bin", 3 * MIB + 5, 3)];
        let path = ots.put("ride.bin", files[0].read());
        let link = ots.with_input(&["send", "--json", "-", &path], MESSAGE).ok().text("link");
        let browser = Browser::start().await;
        browser.at_start_of_pages(NO_PICKER);
        let folder = browser.downloads();
        let receiver = ReceiverPage(&browser);
        assert_eq!(receiver.open(&link, true, None).await, MESSAGE);
        browser.click("main .rows > li [data-action=save]").await;
        receiver.row_shows("ride.bin", "Saved.").await;
        downloaded(&folder, &files).await;
        assert_eq!(sha256_of(folder.join("ride.bin")), files[0].sha256());
        browser.close().await;
    });
}
