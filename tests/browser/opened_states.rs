//! States of the list on this device and of players, as a part of the tour (`page_states.rs`).

use crate::contents::{File, Files};
use crate::page_states::{Tour, Visitor};
use crate::pages::ReceiverPage;
use crate::players::sound;
use std::rc::Rc;

impl<V: Visitor> Tour<'_, V> {
    /// On the page of a new link, begins a list on this device, and forgets it.
    pub async fn listed(&mut self) {
        let browser = Rc::clone(&self.browser);
        browser.click("[data-action=keep-list]").await;
        self.wait_for("[data-slot=list-kept]").await;
        self.look("ready-listed").await;
        browser.run("localStorage.removeItem('list:')", Vec::new()).await;
    }

    /// Plays sound, and meets sound that is none.
    pub async fn played(&mut self) {
        let browser = Rc::clone(&self.browser);
        let files = [File::of("note.wav", sound()), File::of("broken.wav", "no sound")];
        let sent = Files::with(None, files.to_vec(), 3_600);
        sent.send(&self.client);
        let receiver = ReceiverPage(&browser);
        receiver.follow(&self.link(&sent.share.link), true).await;
        receiver.press().await;
        browser.click("main [data-slot=files] li:nth-child(1) [data-action=play]").await;
        browser.until("document.querySelector('main audio')?.readyState >= 1").await;
        browser.click("main [data-slot=files] li:nth-child(2) [data-action=play]").await;
        self.wait_for("main [data-slot=trouble]").await;
        self.look("opened-player").await;
    }
}
