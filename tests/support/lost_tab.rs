//! Tabs of Chromium that lose their page, and its process.

use super::{Browser, chromium};
use crate::client::Client as Http;
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

impl Browser {
    /// Crashes the page. Nothing but `reload_lost` works afterwards.
    pub fn crash_page(&self) {
        // The page does not answer the command that crashes it.
        let body = json!({ "cmd": "Page.crash", "params": {} });
        assert_ne!(self.control.json("POST", "/goog/cdp/execute", None, &body).status, 200);
    }

    /// Reloads the tab whose URL contains this text, after its page or process was lost. Chromium's driver gives up the
    /// session of such a tab, so this begins another. Returns whether it worked; the tab may not be ready yet.
    pub async fn reload_lost(&mut self, url: &str) -> bool {
        let options = self.client.capabilities().and_then(|session| session.get("goog:chromeOptions")).unwrap();
        let capabilities = chromium(json!({ "debuggerAddress": options["debuggerAddress"] }));
        // Otherwise the end of the first session would end the browser.
        self.client.persist().await.unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        self.client = builder.capabilities(capabilities).connect(&self.address).await.unwrap();
        let session = self.client.session_id().await.unwrap().unwrap();
        self.control = Http::new(format!("{}/session/{session}", self.address));
        // The browser's own pages are windows, too.
        for window in self.client.windows().await.unwrap_or_default() {
            let found = self.client.switch_to_window(window).await.is_ok();
            let found = found && self.client.current_url().await.is_ok_and(|found| found.as_str().contains(url));
            if found {
                return self.client.refresh().await.is_ok();
            }
        }
        false
    }
}
